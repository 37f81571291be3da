"""How far consents reach, as ``consent check`` and ``consent list`` print it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vidkit import console
from vidkit.consoles import spelling

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from vidkit.people.consents import Consent
    from vidkit.people.reach import Gap, Reached, Standing
    from vidkit.problems import Problem
    from vidkit.spreadsheets.rows import Row

SHOWN = 3
"""So many briefs that cannot be read are named."""


def row(one: Standing) -> list[str]:
    """A consent in a table: its name, role, state, last day, file."""
    from vidkit.briefs import keys  # noqa: PLC0415

    said = one.entry.consent
    role, ends = (keys.choice("consent", "role", said.role), said.ends) if said else ("-", "-")
    return [one.entry.name, role, console.words(f"consent-state-{one.state}"), ends, spelling.shown(one.entry.file)]


def named(brief: Path, rows: Mapping[Path, Row]) -> str:
    """What people call a brief: its file, or the row of a table."""
    return rows[brief].called if brief in rows else spelling.shown(brief)


def unread(reached: Reached, rows: Mapping[Path, Row], typed: str = "") -> Iterator[Problem]:
    """What keeps several briefs from being read, then the first of those that could not be (VK-S140), with what is ``typed`` after ``vidkit check`` to see
    why, if it is not the briefs.
    """
    from vidkit.problems import problem  # noqa: PLC0415

    yield from reached.causes
    some, count = reached.unread[:SHOWN], len(reached.unread)
    called = console.words("and").join(named(one, rows) for one in some) + "……" * (len(some) < count)
    if some:
        yield problem("VK-S140", names=called, count=count, typed=typed or " ".join(map(spelling.typed, some)))


def needless(briefs: Sequence[Path], reached: Reached, rows: Mapping[Path, Row]) -> None:
    """Which of some briefs need no consent, and where nobody has one yet, how to begin."""
    used = {use.brief for one in reached.standings for use in one.uses}
    for brief in briefs:
        if brief not in {*used, *reached.unread, *(gap.brief for gap in reached.gaps)}:
            console.say(console.words("consent-needless", brief=named(brief, rows)))
    if not briefs and not reached.standings and not any(gap.names for gap in reached.gaps):
        console.note(console.words("consent-none"))


def report(found: Sequence[Standing], gaps: Sequence[Gap], rows: Mapping[Path, Row], *, sure: bool = True) -> None:
    """What is said of consents, and of what briefs still need; that none needs a consent only if all could be read (``sure``)."""
    for one in found:
        _one(one, rows, sure=sure)
    _gaps(gaps, rows)


def _one(one: Standing, rows: Mapping[Path, Row], *, sure: bool) -> None:
    """A consent: each thing that is enough or lacking once with its platforms, then what to do about all of it."""
    from vidkit.people import reach  # noqa: PLC0415

    name, _, state, ends, _ = row(one)
    console.say(f"{name}　{state}　{ends}")
    for brief, platforms, lack in reach.lines(one):
        said = reach.plainly(lack) if lack else console.words("consent-enough")
        shown = {"brief": named(brief, rows), "platform": console.words("and").join(platforms)}
        console.say(console.words("consent-use", **shown, said=said))
    for hint in reach.steps(one):
        console.say(console.words("consent-next", hint=hint))
    if not one.uses and sure:
        console.say(console.words("consent-unused"))
    if one.entry.consent and one.entry.consent.do_not_show:
        console.say(console.words("consent-keep-out", things=console.words("and").join(one.entry.consent.do_not_show)))


def _gaps(gaps: Sequence[Gap], rows: Mapping[Path, Row]) -> None:
    """What briefs still need, and what to do about it."""
    from vidkit.people import reach  # noqa: PLC0415
    from vidkit.problems import spoken_language  # noqa: PLC0415

    for gap in gaps:
        if gap.names:
            console.say(
                console.words(
                    "consent-missing", brief=named(gap.brief, rows), names=console.words("and").join(gap.names)
                )
            )
        for said in map(reach.plainly, (*gap.unsaid, *gap.against)):
            console.say(console.words("consent-unsaid", brief=named(gap.brief, rows), said=said))
    for hint in dict.fromkeys(p.hint(spoken_language()) for gap in gaps for p in (*gap.unsaid, *gap.against)):
        console.say(console.words("consent-next", hint=hint))
    first = next((name for gap in gaps for name in gap.names), "")
    if first:
        console.note(console.words("consent-missing-next", name=spelling.typed(first)))


def boxed(said: Consent) -> str:
    """What a consent says of the box on what is sensitive; nothing where its form has none."""
    from vidkit.people import consents  # noqa: PLC0415

    if not consents.has_box(said.role):
        return ""
    answer = {True: "yes", False: "no", None: "unsaid"}[said.sensitive]
    return console.words(f"consent-sensitive-{answer}")

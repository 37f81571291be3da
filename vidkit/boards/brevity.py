"""A clip that is longer than its template means it to be, because its words have to be read → which of the brief's texts to shorten."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vidkit.boards.pacing import timing
from vidkit.briefs import written
from vidkit.problems import problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vidkit.brief import Brief
    from vidkit.kit import Template
    from vidkit.problems import Place, Problem

SPARE = 1.0
"""So many seconds over its length nobody notices."""
NAMED = 3
"""So many texts are named, the longest first."""
SHORT = 10
"""A text is called by so many of its first characters."""
TOLD = ("VK-T006", "VK-T008")
"""What is told of a clip that is too long."""
VERBATIM = ("review",)
"""What somebody else wrote is not shortened."""


def overlong(brief: Brief, template: Template, seconds: float) -> tuple[Problem, ...]:
    """VK-T006 for a clip of so many seconds, with how many characters less it would take and the longest texts, or VK-T008 where somebody else's
    words are most of it; nothing where it is short enough.
    """
    limit = template.seconds[1]
    if seconds <= limit + SPARE:
        return ()
    told = sorted(_shown(brief, template), key=lambda one: -len(one[0]))[:NAMED]
    names = {"template": template.names.zh, "template_en": template.names.en}
    quote = brief.review.text if brief.review and "review" in _taken(template) else ""
    if len(quote) > sum(len(said) for said, _ in told):
        length = {"seconds": f"{seconds:.0f}", "limit": f"{limit:g}", "count": len(quote)}
        return (problem("VK-T008", written.place(brief, "review.text"), **names, **length),)
    if not told:
        return ()
    count = 5 * -(-round((seconds - limit) * timing("reading_per_second")) // 5)
    texts = "、".join(f"「{_called(said)}」（{_line(at, brief)}{len(said)} 字）" for said, at in told)
    english = ", ".join(f'"{_called(said)}" (line {at.line}, {len(said)})' for said, at in told)
    length = {"seconds": f"{seconds:.0f}", "limit": f"{limit:g}", "count": count}
    return (problem("VK-T006", told[0][1], texts=texts, texts_en=english, **names, **length),)


def longest(told: Iterable[Problem]) -> tuple[Problem, ...]:
    """What is told of a brief's clips, everything once; how long they are only of the longest."""
    found: dict[object, Problem] = {}
    for one in told:
        same = (one.code, one.place) if one.code in TOLD else one
        before = found.setdefault(same, one)
        if same is not one and _seconds(one) > _seconds(before):
            found[same] = one
    return tuple(found.values())


def _seconds(told: Problem) -> float:
    return float(dict(told.values)["seconds"])


def _shown(brief: Brief, template: Template) -> Iterator[tuple[str, Place]]:
    """The texts that the template shows, with their places."""
    taken = _taken(template) - {*VERBATIM}
    for path, said in written.texts(brief):
        place = written.place(brief, path)
        if place and path.partition(".")[0] in taken:
            yield said, place


def _taken(template: Template) -> set[str]:
    """What the template takes of a brief."""
    return {path.partition(".")[0] for path in template.takes}


def _called(said: str) -> str:
    return said if len(said) <= SHORT else f"{said[:SHORT]}…"


def _line(at: Place, brief: Brief) -> str:
    """Where a text stands: its line, with the name of another file than the brief's."""
    name = Path(at.file).name
    other = "" if name == brief.file.name else f"{name} "
    return f"{other}第 {at.line} 行，"

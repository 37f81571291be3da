"""What a brief says that can be made as it is, and that its writer may have meant otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vidkit.brief import MODELS
from vidkit.briefs import cleaned, keys, written
from vidkit.problems import problem
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vidkit.brief import Brief
    from vidkit.problems import Place, Problem

UNDRAWN, OWN_WORDS = "VK-T002", "VK-T009"
"""A character that no font has: in words that may be changed, and in somebody's own."""


def problems(brief: Brief) -> Iterator[Problem]:
    """Years in a trade that look like an age (VK-B062), emoji that no picture shows (VK-B063, once for all fields)."""
    for number, one in enumerate(brief.people):
        path = f"people.{number}.years"
        if (one.years or 0) >= table("belongs")["long_in_trade"]:
            yield problem("VK-B062", written.place(brief, path), field=_called(brief, path), years=one.years)
    lacking = [path for path, typed in brief.pasted if cleaned.lacks(typed)]
    if lacking:
        called = "、".join(dict.fromkeys(_called(brief, path) for path in lacking))
        yield problem("VK-B063", written.place(brief, lacking[0]), field=called)


def once(brief: Brief, refused: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems, what cannot be drawn of one place (VK-T002) told once with all its characters, not again without a place; VK-T009 where they
    are somebody's own words.
    """
    found = tuple(refused)
    lacking: dict[Place | None, list[Problem]] = {}
    for one in found:
        if one.code == UNDRAWN:
            lacking.setdefault(one.place, []).append(one)
    own = {brief.at(path) for path, _ in written.texts(brief) if _verbatim(path)}
    placed = {sign for place, several in lacking.items() if place for sign in _signs(several)}
    unplaced = [one for one in lacking.pop(None, []) if not placed.issuperset(_signs([one]))]
    lacking |= {None: unplaced} if unplaced else {}
    told = (_together(several, own=place in own) for place, several in lacking.items())
    return (*(one for one in found if one.code != UNDRAWN), *told)


def _together(several: list[Problem], *, own: bool) -> Problem:
    first = dict(several[0].values)
    code = OWN_WORDS if own else UNDRAWN
    return problem(code, several[0].place, **first | {"characters": " ".join(_signs(several))})


def _signs(several: Iterable[Problem]) -> dict[str, None]:
    """The characters some problems tell of, each once, in their order."""
    return dict.fromkeys(sign for one in several for sign in dict(one.values)["characters"].split(" "))


def _verbatim(path: str) -> bool:
    field = _field(path)
    return bool(field and field.verbatim)


def _field(path: str) -> keys.Field | None:
    """The field of a dotted path (``people.0.quote``); None where none is."""
    model, found = "brief", None
    for name in (part for part in path.split(".") if not part.isdigit()):
        found = keys.find(model, name) if model else None
        model = MODELS.get(found.kind, "") if found else ""
    return found


def _called(brief: Brief, path: str) -> str:
    """What a field is called where it was written, or by its usual name."""
    field, whole = _field(path), path.rstrip(".0123456789")
    return dict(brief.typed).get(whole) or (field.zh[0] if field else path)

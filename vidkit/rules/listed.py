"""A list of words as its file (``data/rules/NAME.yaml``) says it → frozen values; a faulty one is refused at its line and row (VK-K001).

What a list says for all its rows stands in each of them, unless the row says it itself.
"""

from __future__ import annotations

import re
from datetime import date  # noqa: TC003  # pydantic reads it
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from vidkit.briefs.mode import MODES, Mode
from vidkit.kits import values
from vidkit.kits.values import Several, Value, among
from vidkit.rules.finding import Level  # noqa: TC001  # pydantic reads it
from vidkit.tables import shared, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.kits.values import Steps
    from vidkit.problems import Refusal

HERE = Path(__file__).parents[1] / "data" / "rules"
TOLD = ("why", "why_en", "rewrite", "rewrite_en")
ORIGIN = ("source", "checked_on", "confidence")
SHARED = (*TOLD, *ORIGIN, "law", "modes", "turned")
"""What a list says for those of its rows that say nothing of it."""
NAMED = re.compile(r"{([a-z]\w*)}")
"""A shared part where it is named in a pattern."""


def _laws() -> tuple[str, ...]:
    return tuple(table("rules/bases"))


Text = Annotated[str, Field(min_length=1)]


class Entry(Value):
    """A row: what it looks for, how much that weighs and in which posts, what is told of it, and what lets a find go (see ``packs``)."""

    level: Level
    words: tuple[Text, ...] = ()
    patterns: tuple[Text, ...] = ()
    law: Annotated[str, among(_laws)]
    why: Text
    why_en: Text
    rewrite: Text
    rewrite_en: Text
    source: Text
    checked_on: date
    confidence: Literal["A", "B", "C", "X"]
    modes: Several[Mode] = MODES
    turned: tuple[Mode, ...] = ()
    before: str = ""
    after: str = ""
    around: str = ""
    spared: tuple[Text, ...] = Field(default=(), alias="except")
    beside: str = Field(default="", alias="with")
    toward: bool = False
    whole: bool = False
    proof: tuple[Literal["promise", "certificate", "certificates"], ...] = ()
    about: Literal["", "contact", "qr"] = ""
    needs: Literal["", "number"] = ""


class Listing(Value):
    """A list: its rows, what lets finds of all of them go, what speaks of the service, and what several patterns share, by name."""

    rows: Several[Entry]
    before: str = ""
    after: str = ""
    around: str = ""
    spared: tuple[Text, ...] = Field(default=(), alias="except")
    toward: str = ""
    sentence: str | None = None
    parts: dict[str, Text] = Field(default={})


def listing(name: str) -> Listing:
    """The list of that name; refuses with VK-K001 what does not fit, a row that looks for nothing, and a part that the list does not have."""
    file = HERE / f"{name}.yaml"
    read = values.read(file)
    found = values.value(Listing, _spread(read), file, origin=lambda steps: (file, _stands(read, steps)))
    for number, row in enumerate(found.rows):
        if not (row.words or row.patterns):
            raise values.refused(file, ("rows", number), "nothing")
        for at, pattern in enumerate(row.patterns):
            for part in NAMED.findall(pattern):
                if part not in found.parts:
                    known = ", ".join(f"'{one}'" for one in found.parts)
                    raise values.refused(file, ("rows", number, "patterns", at), "shared", part=part, expected=known)
    return found


def _spread(read: dict[str, Any]) -> dict[str, Any]:
    """What a list says with what it says for all rows in each of them."""
    told = {key: said for key, said in read.items() if key in SHARED}
    rows, kept = read.get("rows"), {key: said for key, said in read.items() if key not in SHARED}
    if isinstance(rows, list):
        kept["rows"] = [told | row if isinstance(row, dict) else row for row in rows]
    return kept


def _stands(read: dict[str, Any], steps: Steps) -> Steps:
    """Where an entry really stands: in its row, or in the list for all rows."""
    if len(steps) > 2 and steps[0] == "rows" and steps[2] not in read["rows"][steps[1]] and steps[2] in read:
        return steps[2:]
    return steps


def faulty(name: str) -> Refusal | None:
    """The first expression of a list that is none by itself, or finds nothing at all everywhere, at its row (VK-K001); None where all will do."""
    found = listing(name)
    for steps, pattern in _expressions(found):
        try:
            empty = re.compile(shared(pattern, found.parts)).match("")
        except re.error as error:
            return values.refused(HERE / f"{name}.yaml", steps, "expression", found=str(error))
        if empty and steps[0] == "rows" and "patterns" in steps:
            return values.refused(HERE / f"{name}.yaml", steps, "empty")
    return None


def _expressions(found: Listing) -> Iterator[tuple[Steps, str]]:
    """Every expression of a list with the entry it stands in."""
    yield from ((("parts", name), part) for name, part in found.parts.items())
    yield from _letting(found, ())
    for key in ("toward", "sentence"):
        if pattern := getattr(found, key):
            yield (key,), pattern
    for number, row in enumerate(found.rows):
        yield from ((("rows", number, "patterns", at), one) for at, one in enumerate(row.patterns))
        yield from _letting(row, ("rows", number))
        if row.beside:
            yield ("rows", number, "with"), row.beside


def _letting(said: Listing | Entry, steps: Steps) -> Iterator[tuple[Steps, str]]:
    yield from (((*steps, key), getattr(said, key)) for key in ("before", "after", "around") if getattr(said, key))
    yield from (((*steps, "except", at), one) for at, one in enumerate(said.spared))

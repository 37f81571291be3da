"""What a text tells of people who can be told apart: whole names, illness, that somebody is alone, what is a family's own (``data/rules/personal.yaml``).

Nothing here knows a brief or a post, so that whoever writes one may ask, too.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from vidkit.rules import listed, normal
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROWS = ("named", "ill", "alone", "family")
"""What may be told of people: rows of ``data/rules/personal.yaml``."""
TOO = "ill-too"
"""The row of what is told of him or her, whose name stands before."""


def told(row: str, text: str, own: Iterable[str] = ()) -> Iterator[re.Match[str]]:
    """Where a text tells what a row looks for, in its order, none over another; people called by a name of ``own`` may be spoken of."""
    ends, known = 0, tuple(own)
    plain, (needed, patterns) = normal.narrow(text), _sought(row)
    lines = [line for line in normal.lines(plain) if not needed or needed.search(plain, *line)]
    found = (one for line in lines for pattern in patterns for one in pattern.finditer(plain, *line))
    for one in sorted(found, key=lambda one: (one.start(), -one.end())):
        if one.start() >= ends and not _is_own(one["name"], known):
            ends = one.end()
            yield one


def names_customer(text: str, own: Iterable[str] = ()) -> bool:
    """Whether a text calls a customer by a surname and a title."""
    return next(told("customer", text, own), None) is not None


def is_private(text: str, own: Iterable[str] = ()) -> bool:
    """Whether a text tells of somebody what is nobody's business; 他 and 她 count as somebody whom other words name. Such words are no line to begin
    a post with.
    """
    return any(next(told(row, text, own), None) for row in (*ROWS, TOO))


def _is_own(name: str, own: Iterable[str]) -> bool:
    return any(name in one or one in name for one in own)


@cache
def _sought(row: str) -> tuple[re.Pattern[str] | None, tuple[re.Pattern[str], ...]]:
    """What must stand in a line for anything to be found there, and the expressions of a row; the parts they name filled in."""
    data = table("rules/personal")
    needed = data[row].get("with")
    patterns = tuple(re.compile(listed.shared(one, data["parts"])) for one in data[row]["patterns"])
    return re.compile(listed.shared(needed, data["parts"])) if needed else None, patterns

"""The open levels of block style, line by line: which key's line begins further left than the first key of its item."""

from __future__ import annotations

from typing import NamedTuple


class Step(NamedTuple):
    """An open level: the column and line of its first key, or of its first dash, which has no key."""

    column: int
    line: int
    key: str = ""

    def said(self) -> dict[str, object]:
        """Where it stands, as messages say it."""
        return {"line": self.line + 1, "key": self.key, "right": self.column}


def left_of(steps: list[Step], column: int, *, key: bool) -> Step | None:
    """Close the levels that end at a line which begins in a column. The first key of the item that the line belongs to, if the line is a ``key``
    that begins further left, but not so far as to leave the item.
    """
    left = None
    while steps and steps[-1].column > column:
        left = steps.pop()
    if not (key and left and left.key and steps and steps[-1].column < column):
        return None
    steps.append(left)
    return left


def open_level(steps: list[Step], step: Step) -> None:
    """Note a level, unless it is open already."""
    if not steps or steps[-1].column < step.column:
        steps.append(step)

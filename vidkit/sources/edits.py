"""Lines of a text with edits made in them, and the way back from every character to its own column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Edit = tuple[tuple[int, int], int, str]
"""Line and column, how many characters there are replaced (0: none), and by what."""


def lines(text: str) -> list[str]:
    """The lines of a text as YAML counts them, without their ends."""
    return re.split(r"\r\n|\r|\n", text)


def mended(
    typed: Sequence[str], edits: Iterable[Edit], own: Mapping[int, tuple[int, ...]]
) -> tuple[str, dict[int, tuple[int, ...]]]:
    """The lines with every edit made, and for each edited line the file's own column of every character."""
    lines = list(typed)
    columns = dict(own)
    edited: dict[int, dict[int, tuple[int, str]]] = {}
    for (line, column), width, text in edits:
        edited.setdefault(line, {})[column] = (width, text)
    for line, made in edited.items():
        lines[line], trail = _edited(lines[line], made)
        base = own.get(line)
        columns[line] = tuple(base[min(c, len(base) - 1)] for c in trail) if base else trail
    return "\n".join(lines), columns


def _edited(line: str, edits: Mapping[int, tuple[int, str]]) -> tuple[str, tuple[int, ...]]:
    out, trail, column = "", [], 0
    while column <= len(line):
        width, text = edits.get(column, (1, line[column : column + 1]))
        trail += [column] * len(text)
        out += text
        if width == 0:
            out += line[column : column + 1]
            trail += [column]
            width = 1
        column += width
    return out, (*trail, len(line))

"""Texts in quotation marks, where they end; those in brackets as Chinese keyboards write them, between Chinese marks or with commas of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』"}
COMMAS = "，、；;"
"""What can only part entries of a list where the one before is quoted."""
LONGEST = 400
"""So far a text is followed to where it ends."""
MOST_SHOWN = 60
"""So many characters of a mended list are shown whole."""


def quote_end(line: str, start: int, sign: str) -> int | None:
    """The column behind the mark (" or ') that closes a text of YAML's own quotes which goes on here, or None when this line has none."""
    pattern = r"(?:[^\"\\]|\\.)*\"" if sign == '"' else r"(?:[^']|'')*'(?!')"
    match = re.compile(pattern).match(line, start)
    return match.end() if match else None


def quoted(line: str, start: int) -> int | None:
    """Where a text ends that begins with a Chinese quotation mark and fills its entry to the mark that closes it; None for any other."""
    closing, depth = QUOTES.get(line[start], ""), 0
    if not closing or line.find(closing, start, start + LONGEST) < 0:
        return None
    for at in range(start, min(len(line), start + LONGEST)):
        depth += (line[at] == line[start]) - (line[at] == closing)
        if not depth:
            return at + 1 if at > start + 1 and line[at + 1 :].lstrip(" ")[:1] in {*COMMAS, *",]}】］"} else None
    return None


def requoted(line: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """What stands in the place of which signs of such a text, so that YAML reads it as one: its own marks, doubled inside."""
    yield start, "'"
    yield from ((at, "''") for at in range(start + 1, end - 1) if line[at] == "'")
    yield end - 1, "'"


def as_text(line: str, comma: int, bracket: str) -> str:
    """How brackets are written where a comma is part of a text: the whole list if it is short, else the text alone."""
    if bracket != "[":
        return f"'…{line[comma]}…'"
    first = line.rfind("[", max(0, comma - LONGEST), comma) + 1 or comma
    last = line.find("]", comma, comma + LONGEST)
    inside = line[first : last if last >= 0 else comma + MOST_SHOWN]
    entries = [_bare(entry) for entry in inside.split(",")]
    whole = "[" + ", ".join(map(_single, entries)) + "]"
    return whole if len(whole) <= MOST_SHOWN else _single(entries[inside[: comma - first].count(",")])


def whole(parts: Sequence[str]) -> str:
    """A text that commas cut into parts, as one between quotation marks; a long one by its beginning."""
    text = (", " if all(map(str.isascii, parts)) else "，").join(parts)
    shown = text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"
    return _single(shown) if {'"', "\\"} & set(shown) else f'"{shown}"'


def _bare(entry: str) -> str:
    return entry.strip(" \u3000").strip("\"'" + "".join((*QUOTES, *QUOTES.values())))


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

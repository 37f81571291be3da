"""Texts in lines and columns as wide as the terminal: a Chinese character is two places wide, and no command is torn apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NARROWEST, WIDEST = 40, 120
"""Lines are wrapped to no fewer and no more places than these, whatever the terminal's width."""
HANG: Final = 2
"""How far the further lines of a sentence stand to the right of its first."""
FULLEST, FULL = 0.9, 0.6
"""A line ends after a comma or a space if that leaves so much of it filled, else after a word if it leaves this much, else between any two
characters.
"""
_TOLD = r"\"[^\"]*\"|'[^']*'"
_NAME = r"[^\s，。；：、（）()]*"
WHOLE: Final = re.compile(
    rf"vidkit(?: [a-z]+(?: (?:-[-a-z]+|{_TOLD}|{_NAME}[.\u4e00-\u9fff]{_NAME}|[a-z]+(?=[,，;；)）]|  | -| {_NAME}[\u4e00-\u9fff]|$)))*)?"
    r"|# \S+ [!-~]+"
    r'|"[^"]+": \{[^}]*\}'
    r"|[!-~]+"
)
"""What is not torn apart at the end of a line: an example of a command or of a setting, a word of Latin letters."""


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows of texts in columns; a Chinese character is two places wide."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(_padded(cell, w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows)


def width(text: str) -> int:
    """How many places a text takes on a terminal."""
    from unicodedata import east_asian_width  # noqa: PLC0415

    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def terminal_width() -> int:
    """How many places a line has: the terminal's, less the last, which some terminals break behind."""
    import shutil  # noqa: PLC0415

    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns - 1))


def wrapped(text: str, places: int, hang: int = 0) -> tuple[str, ...]:
    """A text in lines of so many places, the further ones with ``hang`` spaces before them: no command and no word is torn apart where
    that can be avoided.
    """
    if width(text) <= places:
        return (text,)
    lines: list[str] = []
    start, ends = 0, _ends(text, places - hang)
    while width(text[start:]) > places - hang * bool(lines):
        end = _line_end(text, start, places - hang * bool(lines), ends)
        lines.append(text[start:end].rstrip())
        start = end
    return tuple(f"{'':{hang * bool(number)}}{line}" for number, line in enumerate((*lines, text[start:])) if line)


def _ends(text: str, places: int) -> dict[int, float]:
    """Where a line of the text may end, with how full it must be for that; what is whole stays so if a line has room for it and a comma."""
    from vidkit import text as lines  # noqa: PLC0415  # only what is too wide pays for it

    spans = [found.span() for found in WHOLE.finditer(text) if width(found[0]) <= places - 2]
    spans += [found.span() for found in re.finditer(r"[!-~]+", text)]
    held = {at for start, end in spans for at in range(start + 1, end)}
    spaces = {at for at in range(1, len(text)) if text[at - 1] == " " != text[at]}
    words_ = lines.phrase_ends(text)
    found = sorted(({*lines.breaks(text)} | spaces) - held)
    return {
        at: FULLEST if text[at - 1] in " ，。；：、·" else FULL if at in words_ else 1.0 for at in (*found, len(text))
    }


def _line_end(text: str, start: int, places: int, ends: Mapping[int, float]) -> int:
    """Where the line that starts there ends; it is too long only where nothing else is left."""
    later = [at for at in ends if at > start]
    filled = {at: width(text[start:at].rstrip()) / places for at in later}
    fitting = [at for at in later if filled[at] <= 1]
    commas = [at for at in fitting if ends[at] == FULLEST <= filled[at]]
    words_ = [at for at in fitting if ends[at] < 1 and filled[at] >= FULL]
    return (commas or words_ or fitting or later[:1])[-1]


def _padded(text: str, places: int) -> str:
    return text + " " * (places - width(text))

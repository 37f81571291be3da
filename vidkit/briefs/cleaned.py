"""A value as it was typed → the words that are meant: without what nobody sees and without the marks of a quotation around all of it; and
as it can be drawn, without pictographs.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from vidkit import text
from vidkit.sources import flows, prescan, unseen

if TYPE_CHECKING:
    from vidkit.source import Node

PAIRS = flows.QUOTES | {"＂": "＂"}
"""The marks of a quotation, as Chinese keyboards type them, those that brackets are read by among them."""
_NARROW = str.maketrans(dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\u205f", " "))
"""Spaces of web pages, which mean the one of the keyboard; the wide one indents Chinese paragraphs."""
_ADDED = "\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
_LETTER = "\u2139"
"""A pictograph that counts as a letter (ℹ)."""
_PICTOGRAPH = re.compile(rf"(?:[^\w\s]|{_LETTER})(?:[{_ADDED}]|\u200d[^\w\s])*|[{_ADDED}]+")
"""A sign with all that is joined to it, or what was added to a character to choose its look."""
_LOOK = re.compile(f"[{_ADDED}]")
_KEYCAP = re.compile(r"(?<=[0-9])\ufe0f?\u20e3(?=[0-9])|(?<=[\w\u20e3][0-9])\ufe0f?\u20e3")
"""What makes a key of a digit of a longer number, or behind a word (做6️⃣处): no number of a list, behind which a space is read."""


def words(node: Node) -> str:
    """The words of a text: no spaces around them, no signs that nobody sees and that mean nothing, no quotation marks around the whole unless
    the file itself quotes them.
    """
    said = unseen.seen(node.text).translate(_NARROW).strip(prescan.BLANKS)
    return said if node.quoted else unwrapped(said)


def unwrapped(said: str) -> str:
    """The words without one pair of Chinese quotation marks around all of them; words whose marks end and begin again inside keep theirs."""
    first, last, inner = said[:1], said[-1:], said[1:-1].strip(prescan.BLANKS)
    for opening, closing in PAIRS.items():
        marks = {opening, closing}
        if inner and {first, last} <= marks and (marks.isdisjoint(inner) or _around(said, opening, closing)):
            return inner
    return said


def _around(said: str, opening: str, closing: str) -> bool:
    """Whether the mark that opens a text closes at its end."""
    depth = [0]
    for sign in said:
        depth.append(depth[-1] + (sign == opening) - (sign == closing))
    return depth[-1] == 0 and 0 not in depth[1:-1]


def commas(said: str) -> str:
    """The words with the comma of the keyboard made a Chinese one where it stands between Chinese characters (铲刀铲,铲完再拖)."""
    return re.sub(r"(?<=[\u4e00-\u9fff]),(?=[\u4e00-\u9fff])", "，", said)


def drawable(said: str) -> str:
    """The words without pictographs that no font of ours has, and without what chooses the look of others (♥️ is drawn as ♥); a space takes the
    place of one between two words.
    """
    if said.isascii():
        return said
    lines = ((line, _bare(line)) for line in said.split("\n"))
    return "\n".join(bare for line, bare in lines if bare or not line.strip()).strip()


def lacks(said: str) -> bool:
    """Whether pictographs of the words are not drawn at all; ♥️ only looks otherwise."""
    return drawable(said) != _LOOK.sub("", said).strip()


def _bare(line: str) -> str:
    said = _KEYCAP.sub("", line)
    found = _PICTOGRAPH.sub(lambda sign: "\0" if _missing(sign[0]) else _LOOK.sub("", sign[0]), said)
    return re.sub(r" *\0[\0 ]*", lambda gap: " " if _parts(found, gap) else "", found) if "\0" in found else found


def _parts(found: str, gap: re.Match[str]) -> bool:
    """Whether words stand on both sides of what is left out, so that they would run into each other."""
    around = found[gap.start() - 1 : gap.start()] + found[gap.end() : gap.end() + 1]
    return gap.start() > 0 and len(around) == 2 and all(sign.isalnum() for sign in around)


def _missing(sign: str) -> bool:
    """Whether a sign is a pictograph that no font has, or what was added to a character."""
    pictures = "".join(char for char in sign if char == _LETTER or unicodedata.category(char) in {"So", "Sk"})
    return bool(text.missing(_LOOK.sub("", pictures))) or not _LOOK.sub("", sign)

"""A value as it was typed → the words that are meant: without what nobody sees and without the marks of a quotation around all of it; and
as it can be drawn, without pictographs that only decorate. What signs say besides is data (``data/signs.yaml``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from vidkit import text
from vidkit.sources import flows, prescan, unseen
from vidkit.tables import shared, table

if TYPE_CHECKING:
    from vidkit.source import Node

PAIRS = flows.QUOTES | {"＂": "＂"}
"""The marks of a quotation, as Chinese keyboards type them, those that brackets are read by among them."""
_NARROW = str.maketrans(dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\u205f", " "))
"""Spaces of web pages, which mean the one of the keyboard; the wide one indents Chinese paragraphs."""
_ADDED = "\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
_HAIR = "\U0001f9b0-\U0001f9b3"
"""Hair that is joined to somebody (👩‍🦰)."""
_LETTER = "\u2139"
"""A pictograph that counts as a letter (ℹ)."""
_PICTOGRAPH = re.compile(rf"(?:[^\w\s]|{_LETTER})(?:[{_ADDED}]|\u200d[^\w\s])*|[{_ADDED}]+")
"""A sign with all that is joined to it, or what was added to a character to choose its look."""
_LOOK = re.compile(f"[{_ADDED}]")
_KEYS = re.compile(r"(?:[0-9]\ufe0f?\u20e3\ufe0f?)+")
"""A key, or keys side by side, which are one number (1️⃣2️⃣月)."""
_KEY = re.compile(r"(?<!\u20e3)(?<!\u20e3\ufe0f)([0-9])\ufe0f?\u20e3\ufe0f?(?![0-9]\ufe0f?\u20e3)")
"""A key that stands by itself."""
_KEYCAP = r"(?<=[0-9])\ufe0f?\u20e3(?=[0-9])|(?<=[\w\u20e3×][0-9])\ufe0f?\u20e3"
"""What makes a key of a digit of a longer number, or behind a word (做6️⃣处): no number of a list, behind which a space is read."""
_FAR = 16
"""So many characters before a sign are looked at for what says how it is meant."""
_CHINESE = "[\u4e00-\u9fff]"
_BETWEEN = f"[{_ADDED}\u200d\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]*"
"""Emoji that stand beside a comma."""
_COMMA = re.compile(rf"(“[^”]*”|「[^」]*」|『[^』]*』|\"[^\"\n]*\")|({_CHINESE}{_BETWEEN}), ?(?={_BETWEEN}{_CHINESE})")
"""Words between quotation marks, or a comma of the keyboard between Chinese characters."""
_GONE = "\0"
"""Stands where a pictograph is left out, until what it leaves behind is in order."""
_EMPTY = re.compile(
    "|".join(
        rf" *{re.escape(opening)}[\0 ]*\0 *{re.escape(closing)}"
        for opening, closing in ("（）", "()", "【】", "[]", "《》", "“”", "‘’", "「」", "『』")
    )
)
"""Brackets and quotation marks round nothing else."""
_MARKS = "、，,；;：:。！？!?"
"""What parts clauses and sentences, from the weakest to the strongest."""
_MET = re.compile(rf"([{_MARKS}]) *\0[\0 ]*([{_MARKS}])")
_WEAK = "、，,；;：:"
_EDGE = re.compile(rf"^[\0 ]*\0 *[{_WEAK}。]+|[{_WEAK}]+ *\0[\0 ]*$")
"""A mark that parts nothing any more at the beginning or the end of a line."""


class Meaning(NamedTuple):
    """Where a sign stands in a text and the words it is read as; ``unsure`` where it may be there only to be looked at."""

    start: int
    end: int
    words: str
    unsure: bool = False


class _Row(NamedTuple):
    """A row of ``data/signs.yaml``: signs, the words they stand for, what stands right before and right after one that is meant so, and what
    (``unless``) stands nowhere in its line.
    """

    signs: str
    meant: str
    behind: str = ""
    before: str = ""
    unless: str = ""
    alone: bool = False
    unsure: bool = False


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
    """The words with the comma of the keyboard made a Chinese one where it stands between Chinese characters (铲刀铲,铲完再拖), emoji beside it or
    not; what stands between quotation marks stays as it was said.
    """
    return _COMMA.sub(lambda found: found[1] or f"{found[2]}，", said)


def figured(said: str) -> str:
    """The words with signs that are numbers, operators or words read as such (🔟分钟, 3✖️4米, 置🔝); a row of the same operators is a decoration."""
    return _worded(said, "figures")


def _worded(said: str, kind: str) -> str:
    """The words with the signs of a kind as what these stand for."""
    for sign in reversed(meant(said, kind)):
        said = said[: sign.start] + sign.words + said[sign.end :]
    return said


def meant(said: str, kind: str) -> tuple[Meaning, ...]:
    """The signs of a text that stand for words, as a part of ``data/signs.yaml`` has them: ``figures``, what only pictures
    read so (``drawn``), or what they say besides (``saying``).
    """
    if said.isascii():
        return ()
    read = ((sign, _row(said, kind, sign)) for sign in _signs(kind).finditer(said))
    return tuple(Meaning(*sign.span(), row.meant, row.unsure) for sign, row in read if row)


def drawable(said: str) -> str:
    """The words without pictographs that no font of ours has, and without what chooses the look of others (♥️ is drawn as ♥); a space takes the
    place of one between two words. What says a number, a mark or a no (``data/signs.yaml``) is not left out.
    """
    if said.isascii():
        return said
    lines = ((line, _bare(line)) for line in said.split("\n"))
    return "\n".join(bare for line, bare in lines if bare or not line.strip()).strip()


def lacks(said: str) -> bool:
    """Whether pictographs of the words are not drawn at all; ♥️ only looks otherwise."""
    return any(_GONE in _marked(line) for line in said.split("\n"))


def _bare(line: str) -> str:
    found = _marked(line)
    if _GONE not in found:
        return found
    while (whole := _EMPTY.sub(_GONE, found)) != found:
        found = whole
    while (whole := _MET.sub(lambda met: max(met[1], met[2], key=_strength), found)) != found:
        found = whole
    found = _EDGE.sub("", found)
    return re.sub(r" *\0[\0 ]*", lambda gap: " " if _parts(found, gap) else "", found)


def _marked(line: str) -> str:
    """A line as it is drawn, with a mark of our own in the place of each pictograph that is left out."""
    read = _unkeyed(_worded(figured(line), "drawn"))
    said = _ending().sub(lambda sign: table("signs")["ending"][sign[1]], read)
    return _PICTOGRAPH.sub(lambda sign: _GONE if _missing(sign[0]) else _LOOK.sub("", sign[0]), said)


def _unkeyed(line: str) -> str:
    """A line whose keys of plain numbers are digits; each number of a list (1️⃣灶台2️⃣水槽) has spaces around."""
    keys = list(_KEY.finditer(line))
    listed = len(keys) > 1 and [key[1] for key in keys] == [str(number + 1) for number in range(len(keys))]
    if listed and _KEYS.match(line) and not all(_counted().match(line, key.end()) for key in keys):
        line = _KEY.sub(r" \1 ", line).replace("  ", " ").strip()
    return _keycap().sub("", line)


def _strength(mark: str) -> int:
    return _MARKS.index(mark)


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(table("signs")["counting"])


@cache
def _keycap() -> re.Pattern[str]:
    return re.compile(rf"{_KEYCAP}|(?<=[0-9])\ufe0f?\u20e3(?={_counted().pattern})")


def _row(said: str, kind: str, sign: re.Match[str]) -> _Row | None:
    """The first row by which a sign stands for words where it stands."""
    return next((row for row in _rows(kind) if sign[1] in row.signs and _fits(row, said, sign)), None)


def _fits(row: _Row, said: str, sign: re.Match[str]) -> bool:
    if row.alone and sign[0].count(sign[1]) > 1:
        return False
    if row.unless and _context(row.unless).search(_line(said, sign.start())):
        return False
    behind = not row.behind or _context(rf"(?:{row.behind})\Z").search(said, max(0, sign.start() - _FAR), sign.start())
    return bool(behind and (not row.before or _context(row.before).match(said, sign.end())))


def _line(said: str, at: int) -> str:
    """The line of a text that a place stands in."""
    return said[said.rfind("\n", 0, at) + 1 :].partition("\n")[0]


@cache
def _context(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)


@cache
def _signs(kind: str) -> re.Pattern[str]:
    """A sign of some row, or a row of the same, with what chooses its look (a skin, hair), no part of another one (👩‍🔧)."""
    every = "".join(dict.fromkeys(sign for row in _rows(kind) for sign in row.signs))
    look = f"[{_ADDED}]*(?:\u200d[{_HAIR}])?"
    return re.compile(rf"(?<!\u200d)([{every}]){look}(?:\1{look})*(?![{_ADDED}\u200d])")


@cache
def _rows(kind: str) -> tuple[_Row, ...]:
    """The rows of a part of ``data/signs.yaml``, its shared ``parts`` in their places."""
    data = table("signs")
    rows = (_Row(**row) for row in data[kind])
    return tuple(
        row._replace(behind=shared(row.behind, data["parts"]), before=shared(row.before, data["parts"])) for row in rows
    )


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(rf"([{''.join(table('signs')['ending'])}])\ufe0f?")


def _parts(found: str, gap: re.Match[str]) -> bool:
    """Whether words stand on both sides of what is left out, so that they would run into each other."""
    around = found[gap.start() - 1 : gap.start()] + found[gap.end() : gap.end() + 1]
    return gap.start() > 0 and len(around) == 2 and all(sign.isalnum() for sign in around)


def _missing(sign: str) -> bool:
    """Whether a sign is a pictograph that no font has and that may go, or what was added to a character."""
    if not set(sign).isdisjoint(table("signs")["refusing"]):
        return False
    pictures = "".join(char for char in sign if char == _LETTER or unicodedata.category(char) in {"So", "Sk"})
    return bool(text.missing(_LOOK.sub("", pictures))) or not _LOOK.sub("", sign)

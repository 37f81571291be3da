"""Characters that nobody sees: which of them mean nothing where they stand and are passed over, and which must be told.

Text copied out of chats and web pages is full of the former (zero-width spaces, marks of a file's beginning, soft hyphens); marks of direction
that turn words round, and controls, could show other words than there are.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff"
    "\uffa0\ufff0-\uffff\U000e0000-\U000e007f]"
)
_HALF = re.compile("[\ud800-\udfff]")
_NOTHING = frozenset("\xad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff")
"""Without width and, in Chinese words, without meaning."""
_JOINERS = frozenset("\u200c\u200d")
_JOINED = re.compile("[\u0600-\u18af]")
"""Letters of scripts whose shapes joiners change: from Arabic to Mongolian."""
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e007a]{3,6}\U000e007f")
"""The flag of a part of a country: a black one, letters nobody sees, and what ends them (Unicode UTS #51, ED-14a)."""
_TAGS = "\U000e0000"
"""Where these letters begin."""
_LONGEST = 8


class Unseen(NamedTuple):
    """An invisible character and where in a text it stands; whether it must be ``told``, or is passed over."""

    at: int
    char: str
    told: bool


def unseen(text: str) -> Iterator[Unseen]:
    """The control, direction and zero-width characters of a text; what an emoji or a script needs is none of them."""
    for match in _INVISIBLE.finditer(text):
        if not _needed(text, match.start()):
            yield Unseen(match.start(), match[0], match[0] not in _NOTHING)


def hidden(text: str) -> Iterator[tuple[int, str]]:
    """Those that must be told, by index."""
    return ((one.at, one.char) for one in unseen(text) if one.told)


def seen(text: str) -> str:
    """The text without those that are passed over."""
    if text.isascii():
        return text
    gone = {one.at for one in unseen(text) if not one.told}
    return "".join(char for index, char in enumerate(text) if index not in gone) if gone else text


def paired(text: str) -> str:
    r"""The text with the halves of characters that JSON writes as two escapes (``\ud83d\ude00``) put together; a half alone stays one."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") if _HALF.search(text) else text


def code_point(char: str) -> str:
    """``U+200B`` for a zero-width space."""
    return f"U+{ord(char):04X}"


def between(text: str, index: int) -> dict[str, str]:
    """Where in a text the character of an index stands, in the words of both languages, by its neighbours that can be seen."""
    line = text[: index + 1].rpartition("\n")[2]
    before = seen_only(line[:-1])[-1:]
    after = seen_only(text[index + 1 :].partition("\n")[0])[:1]
    if before and after:
        return {"where": f"“{before}”和“{after}”中间", "where_en": f"between “{before}” and “{after}”"}
    if before or after:
        side, side_en = ("后面", "behind") if before else ("前面", "before")
        return {"where": f"“{before or after}”{side}", "where_en": f"{side_en} “{before or after}”"}
    return {"where": "这一行", "where_en": "in this line"}


def seen_only(text: str) -> str:
    """The text without any invisible character and without spaces around it."""
    return _INVISIBLE.sub("", text).strip()


def _needed(text: str, index: int) -> bool:
    """Whether an emoji or a script needs a character nobody sees."""
    if text[index] >= _TAGS:
        near = _FLAG.finditer(text, max(0, index - _LONGEST), index + _LONGEST)
        return any(flag.start() < index < flag.end() for flag in near)
    if text[index] not in _JOINERS:
        return False
    around = text[max(0, index - 1) : index] + text[index + 1 : index + 2]
    joins = text[index] == "\u200d" and len(around) == 2
    emoji = joins and all(unicodedata.category(c) in {"So", "Sk", "Mn"} for c in around)
    return emoji or bool(index and _JOINED.match(text, index - 1))

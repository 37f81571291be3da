"""A text as typed → the same words without disguise, each character with its place in what was typed.

Wide letters become narrow, large ones small, traditional characters simple; invisible characters, marks on letters, and spaces or marks
between Chinese characters go; characters that stand for others (醉好, 弟一, 蕞) are read as what they stand for. Ends of clauses stay.
What stands for what is data (``data/rules/normal.yaml``).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDS = ",，。！？；：、…!?;:\n|"
"""Marks that end a clause, or an item of a list in one."""
STOPS = ENDS.replace("、", "")
"""Marks as far as a 不 or 没有 reaches."""
FULL = "。!?\n"
"""Marks that end a sentence."""
GONE = frozenset({"Cf", "Mn", "Me", "Cc", "Cs", "Co", "Cn"})
"""Kinds of characters that are not seen by themselves: joiners, marks over others, controls."""
SEEN = "\n\t"
MARKS = frozenset("ZPS")
"""Kinds of characters that are no letters and no digits: spaces, punctuation, signs."""
LEAST_SPREAD = 3
"""So many characters, each parted from the next by a mark, are one word taken apart."""


@dataclass(frozen=True)
class Plain:
    """A text without disguise, and for each of its characters where it begins and ends in the text as typed."""

    typed: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the plain text stands in the typed one."""
        return self.starts[start], self.ends[end - 1]

    def words(self, start: int, end: int) -> str:
        """A part of the plain text as it was typed."""
        first, last = self.place(start, end)
        return self.typed[first:last]

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Where the clause around a part begins and ends."""
        return self.around(start, end, STOPS)

    def around(self, start: int, end: int, marks: str) -> tuple[int, int]:
        """Where the words around a part begin and end, as far as the marks."""
        first = max(self.text.rfind(mark, 0, start) for mark in marks) + 1
        last = min((at for mark in marks if (at := self.text.find(mark, end)) >= 0), default=len(self.text))
        return first, last


@lru_cache(maxsize=4096)
def plain(typed: str) -> Plain:
    """The text without disguise."""
    kept = [(char, at) for at, one in enumerate(typed) for char in _read(one)]
    kept = [
        one
        for one, before, after in zip(kept, _nearest(kept), _nearest(kept[::-1])[::-1], strict=True)
        if not _between(one[0], before, after)
    ]
    text, starts, ends = "".join(c for c, _ in kept), [at for _, at in kept], [at + 1 for _, at in kept]
    for pattern, meant in _alike("alike"):
        text, starts, ends = _meant(pattern, meant, text, starts, ends)
    return Plain(typed, text, tuple(starts), tuple(ends))


@lru_cache(maxsize=8192)
def bare(typed: str) -> str:
    """The text without disguise and without any marks, to be held against others."""
    return re.sub(r"\W", "", plain(typed).text)


@lru_cache(maxsize=4096)
def narrow(text: str) -> str:
    """The text, as long as it was, its wide letters and digits narrow, its traditional characters simple, 拾 a ten beside what is counted."""
    same = alone()
    read = "".join(
        same.get(one, one) if len(one) == 1 else char
        for char, one in ((c, unicodedata.normalize("NFKC", c)) for c in text)
    )
    for pattern, meant in _alike("numerals"):
        read = pattern.sub(meant, read)
    return read


def joined(said: Plain) -> Plain:
    """The text with the ends of its clauses gone too, those of its lines excepted: for words taken apart by commas (最，好)."""
    return _of(said, [at for at, char in enumerate(said.text) if char == "\n" or char not in ENDS])


def unbroken(said: Plain) -> tuple[Plain, tuple[int, ...]]:
    """The text without line ends between two Chinese characters, for words that one takes apart (催⏎乳), and where there they were."""
    gone = [at for at in _line_ends(said.text) if _is_break(said.text, at)]
    left = frozenset(gone)
    kept = [at for at in range(len(said.text)) if at not in left] if gone else []
    return _of(said, kept), tuple(at - before for before, at in enumerate(gone))


def cut(said: Plain, start: int, end: int) -> Plain:
    """A part of a text, as if nothing stood around it."""
    return Plain(said.typed, said.text[start:end], said.starts[start:end], said.ends[start:end])


def _line_ends(text: str) -> Iterator[int]:
    at = text.find("\n")
    while at >= 0:
        yield at
        at = text.find("\n", at + 1)


def _of(said: Plain, kept: list[int]) -> Plain:
    """Those characters of a text that are kept."""
    return Plain(
        said.typed,
        "".join(said.text[at] for at in kept),
        tuple(said.starts[at] for at in kept),
        tuple(said.ends[at] for at in kept),
    )


def _is_break(text: str, at: int) -> bool:
    return text[at] == "\n" and _is_chinese(text[at - 1 : at]) and _is_chinese(text[at + 1 : at + 2])


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Where each line of a text begins and ends: nothing that is looked for reaches over a line's end."""
    first = 0
    for line in text.split("\n"):
        yield first, first + len(line)
        first += len(line) + 1


def spread(said: Plain, start: int, end: int) -> bool:
    """Whether each character of a part stands by itself in the typed text, with marks before the next one (国，家，级)."""
    gaps = [said.starts[b] - said.ends[a] for a, b in pairwise(range(start, end))]
    return end - start >= LEAST_SPREAD and all(gap > 0 for gap in gaps)


def is_between(said: Plain, start: int, end: int) -> bool:
    """Whether an everyday word runs into a part from before it and another out of it: the end of one and the beginning of the next (打算|命名). Not
    where the part is one that is no such chance (``sure``), or one of the two words speaks of the same (``telling``: 尽快|抢占).
    """
    if not all(over(said, start, end)) or said.text[start:end] in _named("sure"):
        return False
    beside = (said.text[start - 1 : start + 1], said.text[end - 1 : end + 1])
    return not any(word in _named("telling") for word in beside)


def over(said: Plain, start: int, end: int) -> tuple[bool, bool]:
    """Whether an everyday word of two characters runs into a part, and whether one runs out of it."""
    return said.text[max(0, start - 1) : start + 1] in _pairs(), said.text[end - 1 : end + 1] in _pairs()


@cache
def _named(key: str) -> frozenset[str]:
    """The words of a list of ``data/rules/normal.yaml``."""
    return frozenset(table("rules/normal")[key])


@cache
def _pairs() -> frozenset[str]:
    """Everyday words of two characters; read when something short is found."""
    words = (word for line in table("common_words")["words"].values() for word in line.split())
    return frozenset(word for word in words if len(word) == len("打算"))


@cache
def _read(char: str) -> str:
    """What a character is read as; nothing for one that is not seen."""
    if char in SEEN:
        return char
    wide = unicodedata.normalize("NFKC", char).casefold()
    same = alone()
    return "".join(same.get(one, one) for one in wide if unicodedata.category(one) not in GONE)


@cache
def alone() -> dict[str, str]:
    """What characters stand for wherever they are written."""
    data = table("rules/normal")
    further: dict[str, str] = data["traditional"]
    return {**dict(zip(further["written"], further["meant"], strict=True)), **data["same"]}


def _between(char: str, before: str, after: str) -> bool:
    """Whether a character is a mark inside words: a space beside a Chinese character, any mark between two of them."""
    if char in ENDS or not _is_mark(char):
        return False
    chinese = [_is_chinese(one) for one in (before, after)]
    return any(chinese) if char.isspace() else all(chinese)


def _is_chinese(char: str) -> bool:
    return "㐀" <= char <= "鿿" or (char != "" and char in "々〇")


def _nearest(kept: list[tuple[str, int]]) -> list[str]:
    """For each character the last one before it that is a letter, a digit or the end of a clause."""
    found, last = [], ""
    for char, _ in kept:
        found.append(last)
        if char in ENDS or not _is_mark(char):
            last = char
    return found


@cache
def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] in MARKS or char.isspace()


@cache
def _alike(key: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What is written for something else where it stands so: pattern → what is meant."""
    return tuple((re.compile(row["written"]), row["meant"]) for row in table("rules/normal")[key])


def _meant(
    pattern: re.Pattern[str], meant: str, text: str, starts: list[int], ends: list[int]
) -> tuple[str, list[int], list[int]]:
    """A text with what a pattern finds read as what is meant; its places with it."""
    found = list(pattern.finditer(text))
    for one in reversed(found):
        first, last = one.span()
        text = text[:first] + meant + text[last:]
        if len(meant) != last - first:
            starts[first:last], ends[first:last] = [starts[first]] * len(meant), [ends[last - 1]] * len(meant)
    return text, starts, ends

"""jieba's dictionary → ``vidkit/data/common_words.yaml``: the commonest words of two to four characters, and how common each is.

Run with the file of jieba 0.42.1 (``pip download --no-deps jieba==0.42.1``): ``python tools/common_words.py jieba/dict.txt``.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).parents[1] / "vidkit/data/common_words.yaml"
WORDS, CHARACTERS = 20_000, 3_000
"""So many of the commonest words of several characters, and of one, are kept."""
SELDOM = 30
"""Further words of two characters are kept that were counted so often at least."""
LENGTHS = range(2, 5)
PEOPLE = frozenset(("nr", "nrt", "nrfg", "nrf"))
"""What jieba calls names of people: none is kept."""
CHINESE = re.compile("[\u4e00-\u9fff]+")
WIDE = 60
"""So many words stand on a line."""
HEAD = """\
# Common words, by how common they are: a word under 17 stands about 2 to the 17th times in the texts they were counted in. Where no known
# word of line_words.yaml stands, vidkit/boards/joints.py reads a text as the likeliest of them, and breaks no line inside one; vidkit/rules/normal.py
# looks whether one stands across both edges of a find. seldom: further words of two characters, a first character with all that may follow it; where
# a line's end parts a find, vidkit/rules/packs.py looks whether a common word or one of these stands across an edge of it (吹风｜水珠).
# Made by tools/common_words.py; nothing in it is written by hand.
"""
FOOT = """\
source: >-
  https://github.com/fxsjy/jieba 0.42.1, jieba/dict.txt, (c) 2013 Sun Junyi, MIT licence: the 20000 commonest words of two to four characters
  but names of people, the 3000 commonest of one, and how often each was counted, as a power of two; further ones of two characters counted 30 times or more
checked_on: 2026-11-28
confidence: A
"""


def counted(text: str) -> dict[str, int]:
    """The words of jieba's dictionary that are Chinese and no names, and how often each was counted."""
    entries = (line.split() for line in text.splitlines())
    return {word: int(often) for word, often, kind in entries if CHINESE.fullmatch(word) and kind not in PEOPLE}


def kept(counts: dict[str, int]) -> list[str]:
    """The commonest words, those of several characters and those of one."""
    often = sorted(counts, key=lambda word: (-counts[word], word))
    several = [word for word in often if len(word) in LENGTHS][:WORDS]
    return several + [word for word in often if len(word) == 1][:CHARACTERS]


def seldom(counts: dict[str, int], common: list[str]) -> list[str]:
    """The further words of two characters, those with the same first character as one: it, then what follows it."""
    known = frozenset(common)
    rows: dict[str, str] = defaultdict(str)
    for word in sorted(counts):
        if len(word) == LENGTHS.start and counts[word] >= SELDOM and word not in known:
            rows[word[0]] += word[1]
    return [first + further for first, further in rows.items()]


def table(text: str) -> str:
    """The file that is made of jieba's dictionary."""
    counts = counted(text)
    common = kept(counts)
    rows: dict[int, list[str]] = defaultdict(list)
    for word in sorted(common):
        rows[counts[word].bit_length() - 1].append(word)
    lines = ["words:"]
    for power in sorted(rows, reverse=True):
        lines += [f"  {power}: >-", *_folded(rows[power], "    ")]
    lines += ["seldom: >-", *_folded(seldom(counts, common), "  ")]
    return HEAD + "\n".join(lines) + "\n" + FOOT


def _folded(words: list[str], indent: str) -> list[str]:
    return [f"{indent}{' '.join(words[at : at + WIDE])}" for at in range(0, len(words), WIDE)]


if __name__ == "__main__":
    TARGET.write_text(table(Path(sys.argv[1]).read_text(encoding="utf-8")), encoding="utf-8")

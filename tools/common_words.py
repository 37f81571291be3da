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
LENGTHS = range(2, 5)
PEOPLE = frozenset(("nr", "nrt", "nrfg", "nrf"))
"""What jieba calls names of people: none is kept."""
CHINESE = re.compile("[\u4e00-\u9fff]+")
WIDE = 60
"""So many words stand on a line."""
HEAD = """\
# Common words, by how common they are: a word under 17 stands about 2 to the 17th times in the texts they were counted in. Where no known
# word of line_words.yaml stands, vidkit/boards/joints.py reads a text as the likeliest of them, and breaks no line inside one; vidkit/rules/normal.py
# looks whether one stands across both edges of a find.
# Made by tools/common_words.py; nothing in it is written by hand.
"""
FOOT = """\
source: >-
  https://github.com/fxsjy/jieba 0.42.1, jieba/dict.txt, (c) 2013 Sun Junyi, MIT licence: the 20000 commonest words of two to four characters
  but names of people, the 3000 commonest of one, and how often each was counted, as a power of two
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


def table(text: str) -> str:
    """The file that is made of jieba's dictionary."""
    counts = counted(text)
    rows: dict[int, list[str]] = defaultdict(list)
    for word in sorted(kept(counts)):
        rows[counts[word].bit_length() - 1].append(word)
    lines = ["words:"]
    for power in sorted(rows, reverse=True):
        words = rows[power]
        lines += [f"  {power}: >-"]
        lines += [f"    {' '.join(words[at : at + WIDE])}" for at in range(0, len(words), WIDE)]
    return HEAD + "\n".join(lines) + "\n" + FOOT


if __name__ == "__main__":
    TARGET.write_text(table(Path(sys.argv[1]).read_text(encoding="utf-8")), encoding="utf-8")

"""Large words → a block of at most so many lines, broken between phrases where that costs few letter sizes."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from vidkit import layout, page, text

if TYPE_CHECKING:
    from vidkit.page import Desk
    from vidkit.problems import Place
    from vidkit.text import Block

PARTICLES = frozenset("的了着过吗呢吧啊们地得么")
"""No headline line starts with these."""
MARKED = 0.75
"""A line of large words may be this much longer if it ends at a mark."""
PHRASED = 0.68
"""Lines that end with phrases may cost this share of the letters' size."""


def headline(
    at: Desk,
    part: str,
    words: str,
    room: float,
    *,
    sizes: tuple[int, int],
    lines: int,
    keyword: str = "",
    place: Place | None = None,
) -> Block:
    """Large words in at most ``lines`` lines, broken between phrases where that costs few letter sizes; refuses as ``text.fit`` does."""
    usual = page.block(at, part, "text", words, room, sizes=sizes, lines=lines, keyword=keyword, place=place)
    assert usual is not None, "a headline has words"
    if len(usual.lines) == 1:
        return usual
    rule = at.pages.parts[part].slots["text"]
    font = layout.font(at.brand, rule)
    setting = text.Setting(sizes, int(room) - rule.inset, lines, font, rule.spacing, rule.accent_pad)
    phrased = _phrased(text.plain(words), setting, len(usual.lines), keyword)
    return phrased if phrased and phrased.size >= usual.size * PHRASED else usual


def _phrased(words: str, setting: text.Setting, count: int, keyword: str) -> Block | None:
    """The words in ``count`` lines that end with phrases, best after a mark, with the shortest longest line; None when too long."""
    ends = sorted(text.phrase_ends(words) & set(text.breaks(words, keyword)))
    ways = [
        (0, *cuts, len(words)) for cuts in combinations([end for end in ends if words[end] not in PARTICLES], count - 1)
    ]

    def lines(way: tuple[int, ...]) -> tuple[str, ...]:
        return tuple(text.shown(words[a:b]) for a, b in pairwise(way))

    def width(line: str) -> float:
        """The line's width in px for letters of 1 px."""
        pads = 2 * setting.accent_pad if keyword and keyword in line else 0.0
        return text.measure(line, setting.font, 1000) / 1000 + pads

    def cost(way: tuple[int, ...]) -> float:
        marked = all(words[end - 1] in text.DROPPED for end in way[1:-1])
        return max(map(width, lines(way))) * (MARKED if marked else 1.0)

    fitting = [way for way in ways if max(map(width, lines(way))) * setting.sizes[1] <= setting.width]
    if not fitting:
        return None
    best = lines(min(fitting, key=cost))
    size = min(setting.sizes[0], int(setting.width / max(map(width, best)))) // 2 * 2
    first = next((i for i, line in enumerate(best) if keyword and keyword in line), -1)
    made = tuple(
        text.line_of(line, setting.font, size, accent=keyword if i == first else "", accent_pad=setting.accent_pad)
        for i, line in enumerate(best)
    )
    return text.Block(made, size, round(size * setting.spacing), round(0.88 * size))

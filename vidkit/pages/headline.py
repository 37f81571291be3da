"""Large words → a block of at most so many lines, broken between phrases; which words stand out, which stay whole, where lines end well."""

from __future__ import annotations

from itertools import combinations, islice, pairwise
from typing import TYPE_CHECKING

from vidkit import joints, layout, page, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vidkit.brief import Brief
    from vidkit.page import Desk
    from vidkit.problems import Place
    from vidkit.text import Block

LEADING = frozenset("一二三四五六七八九两几半每各第也不没很太更最又就都还再先只才要想能会给把被让和跟与或在到从向对")
"""No headline line ends with these: they belong to what follows, as what ``joints.carries`` knows does."""
MEASURES = frozenset("门条个次台件位遍种份")
"""A line does not start with one of these alone: it belongs to what stands before."""
ADDRESSES = ("奶奶", "爷爷", "婆婆", "阿姨", "大姐", "姐", "女士", "先生", "师傅", "老师", "叔叔")
"""A line does not start with one of these: somebody's name stands before it."""
ENDED = frozenset(text.DROPPED + "：")
"""Marks at which a line of large words ends well; a name before a colon stands alone."""
MARKED = 0.75
"""A line of large words may be this much longer if it ends at a mark."""
PHRASED = 0.5
"""Lines that end with phrases may cost this share of the letters' size."""
STRESSED = (2, 6)
"""Least and most characters that stand out where the words do not have the brief's keyword."""
SHORT = 5
"""Fewer characters than this stand out as they are."""
MOSTLY = 0.6
"""No more than this share of the words stands out."""


def headline(
    at: Desk,
    part: str,
    words: str,
    room: float,
    *,
    sizes: tuple[int, int],
    lines: int,
    keyword: str = "",
    whole: Sequence[str] = (),
    place: Place | None = None,
) -> Block:
    """Large words in at most ``lines`` lines, broken between phrases but not inside ``whole`` words, even where the letters get smaller;
    refuses as ``text.fit`` does.
    """
    usual = page.block(at, part, "text", words, room, sizes=sizes, lines=lines, keyword=keyword, place=place)
    assert usual is not None, "a headline has words"
    if len(usual.lines) == 1:
        return usual
    rule = at.pages.parts[part].slots["text"]
    font = layout.font(at.brand, rule)
    setting = text.Setting(sizes, int(room) - rule.inset, lines, font, rule.spacing, rule.accent_pad)
    phrased = _phrased(text.plain(words), setting, len(usual.lines), (keyword, *whole))
    return phrased if phrased and phrased.size >= usual.size * PHRASED else usual


def known(desk: Desk, brief: Brief) -> tuple[str, ...]:
    """Words that stay whole in large letters: those of the pages' own list, and the names the brief gives to people, work and places."""
    people = (name for one in brief.people for name in (one.name, one.craft))
    named = (
        brief.service,
        brief.area,
        *brief.jobs,
        *(one.item for one in brief.prices),
        *(p.spot for p in brief.pairs),
    )
    return tuple(dict.fromkeys(word for word in (*desk.pages.whole, *people, *named) if len(word) > 1))


def stress(words: str, keyword: str, whole: Sequence[str] = ()) -> str:
    """What stands out in large words: the keyword, else the last clause if it is short, else the last phrase if that is, else the first
    phrase that may; "" for nothing.
    """
    plain = text.plain(words)
    if keyword and keyword in plain:
        return keyword
    if len(plain) < SHORT:
        return ""
    marks = (at for at in range(len(plain) - 1, 0, -1) if plain[at - 1] in text.DROPPED)
    places = sorted({0, *ends(plain, whole)})
    phrases = (end for end in reversed(places) if 0 < end < len(plain))
    last = (plain[at:].strip() for at in (*marks, *islice(phrases, 2)))
    others = (part for a, b in pairwise(places) if (part := text.shown(plain[a:b]))[:1] not in LEADING)
    least, most = STRESSED
    fits = (w for w in (*last, *others) if least <= len(w) <= min(most, len(plain) * MOSTLY) and plain.count(w) == 1)
    return next((w for w in fits if not joints.leaning(w[-1])), "")


def ends(words: str, whole: Sequence[str] = ()) -> frozenset[int]:
    """Where a line of these words may end well: after a mark or a phrase, with nothing left behind that belongs to the other side."""
    phrases = text.phrase_ends(words)
    inside = {at + i for word in whole for at in text.starts(words, word) for i in range(1, len(word))}

    def well(at: int) -> bool:
        left, right = words[at - 1], words[at]
        alone = right in MEASURES and at + 1 in phrases
        named = words.startswith(ADDRESSES, at) and at - 1 in {0, *phrases}
        bound = joints.held(words, at) or left in LEADING or left == right
        return left in ENDED or not (bound or alone or named)

    return frozenset(at for at in phrases - inside if at == len(words) or well(at))


def torn(words: str, block: Block, whole: Sequence[str] = ()) -> tuple[int, int]:
    """How many lines of a block end between phrases but not at a mark, and how many end inside a phrase."""
    plain, at, between, inside = text.plain(words), 0, 0, 0
    good = ends(plain, whole)
    for line in block.lines[:-1]:
        at = plain.index(line.text, at) + len(line.text)
        marked = plain[at] in ENDED or plain[at - 1] in ENDED or plain[at] == " "
        between += not marked and at in good
        inside += not marked and at not in good
    return between, inside


def _phrased(words: str, setting: text.Setting, count: int, keep: Sequence[str]) -> Block | None:
    """The words in ``count`` lines that end with phrases, best after a mark, with the shortest longest line; None when too long. The first
    of the words to ``keep`` whole is the keyword.
    """
    keyword, verbatim = keep[0], text.quotation(words)
    places = sorted(ends(words, keep) & set(text.breaks(words, keyword)))
    ways = [(0, *cuts, len(words)) for cuts in combinations(places, count - 1)]

    def lines(way: tuple[int, ...]) -> tuple[str, ...]:
        return tuple(text.shown(words[a:b], verbatim=verbatim) for a, b in pairwise(way))

    def width(line: str) -> float:
        """The line's width in px for letters of 1 px."""
        pads = 2 * setting.accent_pad if keyword and keyword in line else 0.0
        return text.measure(line, setting.font, 1000) / 1000 + pads

    def cost(way: tuple[int, ...]) -> float:
        marked = all(words[end - 1] in ENDED for end in way[1:-1])
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

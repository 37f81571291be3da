"""Large words → a block of at most so many lines, broken between phrases; which words stand out, which stay whole, where lines end well."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import chain, combinations, islice, pairwise
from typing import TYPE_CHECKING

from vidkit import layout, text
from vidkit.boards import joints
from vidkit.pages import page
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vidkit.brief import Brief
    from vidkit.pages.page import Desk
    from vidkit.problems import Place
    from vidkit.text import Block

ENDED = frozenset(text.DROPPED + "：")
"""Marks at which a line of large words ends well; a name before a colon stands alone."""
MARKED = 0.75
"""A line of large words may be this much longer if it ends at a mark."""
PHRASED = 0.5
"""Lines that end with phrases may cost this share of the letters' size."""
CLAUSED = 0.9
"""Lines that end at marks may cost this share of the size of smaller words."""
STRESSED = (2, 6)
"""Least and most characters that stand out where the words do not have the brief's keyword."""
QUOTES = " “”「」"
YEAR = re.compile("[0-9]{4}年")
"""What only says in which year."""
HERE = re.compile("[在到][这那](?:里|点|儿)了?$")
"""What tells no more than that it is here (写｜在这里了)."""
SUBJECT = 1.4
"""How much longer a line of large words may be if that keeps somebody with what is said of her (腰杆｜都直不起来)."""
OWNED = 1.15
"""The same where no line then ends in a 的 before its noun."""
SHORT = 5
"""Fewer characters than this stand out as they are."""
MOSTLY = 0.67
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
    """What stands out in large words: the keyword; else a number with its thing; else the last clause if it is short; else the last phrase, then
    the first that may, then a word of the trade; "" for nothing. Names, people in general, times, what could be anything and what the ``whole`` words name alone do not
    stand out, but for a thing that ends the words.
    """
    plain = text.plain(words)
    if keyword and keyword in plain:
        return keyword
    if len(plain) < SHORT:
        return ""
    places = sorted({0, *ends(plain, whole)})
    marks = [at for at in range(len(plain) - 1, 0, -1) if plain[at - 1] in text.DROPPED]
    final = [_begun(plain[at:].strip(QUOTES)) for at in (*marks, *_last(plain, places))]
    others = [part for a, b in pairwise(places) if _opening(part := text.shown(plain[a:b]).strip(QUOTES))]
    least, most = STRESSED
    inside = _inside(plain)

    def fits(part: str) -> bool:
        leant = part.endswith("的") if plain.endswith(part) else joints.leaning(part[-1:])
        alone = least <= len(part) <= min(most, len(plain) * MOSTLY) and plain.count(part) == 1
        again = any(plain.count(one[0]) > 1 for one in _counting().finditer(part))
        cut = not inside.isdisjoint((plain.index(part), plain.index(part) + len(part))) if alone else True
        return not (cut or leant or again or _hollow(plain, part))

    def telling(parts: Iterable[str]) -> Iterator[str]:
        return (part for part in parts if fits(part) and part not in whole and not _plain(part))

    counts = (part for part in final[: len(marks)] if _counting().search(part))
    things = (part for part in final if fits(part) and part in whole and not _named(part))
    trade = (part for part in sorted(_row("trade"), key=plain.find) if part in plain)
    return next(chain(telling((*counts, *_counted(plain, places), *final)), things, telling((*others, *trade))), "")


@cache
def _counting() -> re.Pattern[str]:
    """A number with its measure, 三年, 二十袋, 一碗, said twice as one (一间一间); no year (2026年), no 第一次, no 一起."""
    number, measures = "[0-9]{1,3}|[一两二三四五六七八九十百几半]+", table("headline")["measures"]
    return re.compile(rf"(?<![第0-9.])(?P<said>(?:{number})(?:{measures}))(?:又?(?P=said))?")


@cache
def _row(name: str) -> frozenset[str]:
    """The characters or words of a row of the list."""
    return frozenset(table("headline")[name].split())


@cache
def _name() -> re.Pattern[str]:
    """A name with its title, 小张, 刘姐."""
    titles = "|".join(sorted(_row("addresses")))
    return re.compile(rf"[小老阿][一-龥]|[一-龥]{{1,2}}(?:{titles})")


def _inside(plain: str) -> set[int]:
    """Where a cut would part a number from its measure, or what is said twice: 一间一间."""
    held = (one for form in (_counting(), joints.AGAIN) for one in form.finditer(plain))
    return {at for one in held for at in range(one.start() + 1, one.end())}


def _last(plain: str, places: Sequence[int]) -> Iterator[int]:
    """Where the last two phrases of some words begin."""
    return islice((at for at in reversed(places) if 0 < at < len(plain)), 2)


def _hollow(plain: str, part: str) -> bool:
    """Whether a phrase has words that only join (在这里了), or begins within what joins it (还｜要找)."""
    torn = plain[: plain.index(part)][-1:] in _row("joining") and part[0] in _row("modal")
    telling = HERE.sub("", part)
    return torn or part[-1] in _row("bare") or len(telling) < STRESSED[0] or _row("hollow").issuperset(telling)


def _opening(part: str) -> bool:
    """Whether a phrase may stand out for what follows it: it is no part of that, and nobody stands at its end who does it."""
    return part[:1] not in _row("leading") and part[-1:] not in _row("pronouns")


def _begun(part: str) -> str:
    """A phrase without what only joins it to the one before (都刷亮了 → 刷亮了)."""
    return _begun(part[1:]) if part[:1] in _row("joining") and len(part) > STRESSED[0] else part


def _counted(plain: str, places: Sequence[int]) -> Iterator[str]:
    """Numbers with their things, each as long as it may be, those of more than one first (二十袋, 三年没洗, 一碗油)."""
    found = sorted(_counting().finditer(plain), key=lambda one: one[0].startswith("一"))
    stops = [at for at in range(1, len(plain)) if plain[at] == "的" or plain[at] in text.DROPPED]
    for one in found:
        bare = one.end() if plain[one.end() - 1] not in _row("bare") else one.end() + 1
        closed = sorted({at for at in (*places, *stops, bare, len(plain)) if bare <= at <= len(plain)}, reverse=True)
        long = one[0].endswith(tuple(_row("spans"))) and plain[one.end() : one.end() + 1] not in _row("of_it")
        ways = (plain[one.start() : at] for at in ([bare] if long else closed) if at >= bare and _whole(plain, at))
        yield from (part for part in ways if not set(text.DROPPED) & set(part))


def _whole(plain: str, at: int) -> bool:
    """Whether words may be cut there for what stands out: not behind what only tells of the thing that follows (老油烟机)."""
    return at == len(plain) or plain[at] in text.DROPPED or plain[at - 1] not in _row("telling")


def _plain(part: str) -> bool:
    """Whether a phrase tells too little to stand out: somebody, a time, or what could be anything."""
    vague = part.endswith(tuple(_row("times") | _row("generic")))
    return _named(part) or vague or bool(YEAR.fullmatch(part)) or part[:1] in _row("saying")


def _named(part: str) -> bool:
    """Whether a phrase is a name or people in general."""
    alone = part in _row("people")
    return alone or bool(_name().fullmatch(part))


def ends(words: str, whole: Sequence[str] = ()) -> frozenset[int]:
    """Where a line of these words may end well: after a mark or a phrase, with nothing left behind that belongs to the other side."""
    phrases = {joints.before_subject(words, at) for at in text.phrase_ends(words)}
    inside = {at + i for word in whole for at in text.starts(words, word) for i in range(1, len(word))}

    def well(at: int) -> bool:
        left, right = words[at - 1], words[at]
        alone = right in _row("alone") and at + 1 in phrases
        named = words.startswith(tuple(_row("addresses")), at) and at - 1 in {0, *phrases}
        bound = joints.held(words, at) or left in _row("leading") or left == right
        return left in ENDED or bool(joints.rests(words).get(at)) or not (bound or alone or named)

    return frozenset(at for at in phrases - inside if at == len(words) or well(at)) | _before_again(words)


def _before_again(words: str) -> frozenset[int]:
    """Where words said twice begin behind what joins them: it stands with what it is said of (连床底的灰都｜一点一点拖出来了)."""
    found = (one.start() for one in joints.AGAIN.finditer(words))
    return frozenset(at for at in found if at > 1 and words[at - 1] in _row("joining"))


def _predicate(words: str, at: int) -> bool:
    """Whether a line ends between somebody or something and what is said of it: before 都, 也 and their like, where nobody rests."""
    joined = words[at] in _row("joining") and not joints.rests(words).get(at)
    return joined and words[at - 1] not in ENDED


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


def mixed(words: str, block: Block) -> bool:
    """Whether a clause of some words is broken between lines and shares one of them with another clause."""
    return _mixed(words, _cuts(words, block))


def _mixed(words: str, cuts: Sequence[int]) -> bool:
    """Whether, of lines that end at these places, one ends within a clause and it or the next holds part of another one."""
    several = [any(mark in text.shown(words[a:b]) for mark in ENDED) for a, b in pairwise(cuts)]
    parted = [words[end - 1] not in ENDED for end in cuts[1:-1]]
    return any(within and (a or b) for within, (a, b) in zip(parted, pairwise(several), strict=True))


def _cuts(words: str, block: Block) -> tuple[int, ...]:
    """Where the lines of a block end in its words, marks that are not shown with the line before."""
    found = [0]
    for line in block.lines[:-1]:
        at = words.index(line.text, found[-1]) + len(line.text)
        found.append(at + (words[at] in ENDED))
    return (*found, len(words))


def claused(words: str, usual: Block, setting: text.Setting, *, apart: bool = False) -> Block:
    """Words set in several lines, with lines that all end at marks where that takes no more lines and hardly smaller letters; ``apart``: in lines
    of which none that ends within a clause holds part of another one, where they have room for that.
    """
    plain = text.plain(words)
    if apart:
        ways = (_phrased(plain, setting, count, ("",), apart=True) for count in range(1, setting.lines + 1))
        return max(filter(None, ways), key=lambda made: (made.size, -len(made.lines)), default=usual)
    marks = frozenset(at for at in range(1, len(plain)) if plain[at - 1] in ENDED)
    if not any(torn(plain, usual)):
        return usual
    hardly = replace(setting, sizes=(usual.size, setting.sizes[1]))
    made = _phrased(plain, hardly, len(usual.lines), ("",), marks)
    return made if made and made.size >= usual.size * CLAUSED else usual


def _phrased(
    words: str,
    setting: text.Setting,
    count: int,
    keep: Sequence[str],
    at: frozenset[int] | None = None,
    *,
    apart: bool = False,
) -> Block | None:
    """The words in ``count`` lines that end with phrases, or ``at`` some places, best after a mark, with the shortest longest line; None when too
    long, or when no clause stands ``apart``. The first of the words to ``keep`` whole is the keyword.
    """
    keyword, verbatim = keep[0], text.quotation(words)
    places = sorted((ends(words, keep) if at is None else at) & set(text.breaks(words, keyword)))
    every = ((0, *cuts, len(words)) for cuts in combinations(places, count - 1))
    ways = [way for way in every if not (apart and _mixed(words, way))]

    def lines(way: tuple[int, ...]) -> tuple[str, ...]:
        return tuple(text.shown(words[a:b], verbatim=verbatim) for a, b in pairwise(way))

    def width(line: str) -> float:
        """The line's width in px for letters of 1 px."""
        pads = 2 * setting.accent_pad if keyword and keyword in line else 0.0
        return text.measure(line, setting.font, 1000) / 1000 + pads

    def cost(way: tuple[int, ...]) -> float:
        marked = all(words[end - 1] in ENDED for end in way[1:-1])
        parted = sum(_predicate(words, end) for end in way[1:-1])
        owned = sum(words[end - 1] == "的" and joints.owned(words, end) for end in way[1:-1])
        return max(map(width, lines(way))) * (MARKED if marked else 1.0) * SUBJECT**parted * OWNED**owned

    fitting = [way for way in ways if max(map(width, lines(way))) * setting.sizes[1] <= setting.width]
    if not fitting:
        return None
    best = lines(min(fitting, key=cost))
    size = max(min(setting.sizes[0], int(setting.width / max(map(width, best)))) // 2 * 2, setting.sizes[1])
    first = next((i for i, line in enumerate(best) if keyword and keyword in line), -1)
    made = tuple(
        text.line_of(line, setting.font, size, accent=keyword if i == first else "", accent_pad=setting.accent_pad)
        for i, line in enumerate(best)
    )
    return text.Block(made, size, round(size * setting.spacing), round(0.88 * size))

"""Lists of words (``data/rules/*.yaml``, read by ``listed``) → what they find in a text.

A list has rows. A row finds its ``words`` and its ``patterns``: regular expressions over the text without disguise (see ``normal``). These keys
of a list or of a row say which finds count:

======== ==== ==============================================================================================================
key      of   what it means
======== ==== ==============================================================================================================
except   both a find of any row that lies inside what this matches is let go
before   both this stands right before the find in its clause: let go
after    both this stands right behind the find in its clause: let go
around   both this stands anywhere in the find's clause: let go
sentence list the find's sentence warns of it, as ``warned`` in ``data/rules/normal.yaml`` or as this says: let go. No key: no warning counts
with     row  this must stand in the text, too
whole    row  true: a find with marks or spaces between its characters is let go
modes    both the kinds of post in which a row looks
toward   list what speaks of the service
toward   row  true: the find's clause must speak of the service
turned   both the kinds of post in which it must; somebody's own words are then only to be looked at again
parts    list pieces that several patterns share, by name
======== ==== ==============================================================================================================

What a list says of ``except``, ``before``, ``after`` and ``around`` holds besides what a row says; its ``modes`` and ``turned`` hold for rows
that say none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from vidkit.rules import listed, normal
from vidkit.tables import shared, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vidkit.briefs.mode import Mode
    from vidkit.rules.finding import Level
    from vidkit.rules.listed import Entry, Listing
    from vidkit.rules.normal import Plain

PACKS = (
    "absolute",
    "guarantee",
    "authority",
    "medical",
    "pressure",
    "superstition",
    "diversion",
    "discrimination",
    "fees",
    "income",
    "dignity",
    "trade",
)
"""The lists, in the order their finds are told."""
LISTED = re.compile("[、和与及或跟]{0,2}(?:任何)?")
"""What may stand between finds that share what turns the first one round (不收押金、培训费)."""
SHORT, REACH = 3, 3
"""Finds of so few characters may be parts of two words; everyday words reach so far over their edges."""
APART = "最第"
"""A word that begins so is one word even with a mark behind its first character."""
BEGUN = re.compile(f"[{APART}][{re.escape(normal.ENDS)}]")
FOUND = "※"
"""Stands in a sentence for what was found in it, where it is asked whether the sentence warns."""
NEAR = 150
"""So far before and behind a find stands what turns it round: a clause of thousands of characters is not read whole for each find in it."""
WORD = re.compile("[㐀-鿿]{2,4}")
"""A word that is one by itself, with a line's end inside, too."""
TORN, FEW = re.compile(rf"[{APART}][ \t]*\n"), 8
"""No line ends with such a character; a find of so many characters at most may have one there."""
LONG = 4
"""So many characters a ``WORD`` has at most."""
FAR = 12
"""So far before a line's end that tears an everyday word begins what is found over it."""
AROUND, ASIDE = 80, 24
"""So far around a line's end stands what lets go a word that it takes apart, and so far what such a word is told by."""
MUCH = "得"
"""Right behind a character this says how much of it there is (美得很): the character is a word by itself."""
KNOWN = ("work", "things", "talk", "house", "care", "town", "guizhou", "home")
"""The lists of ``line_words`` whose words let go what they share a character with."""
REMEMBERED = 4096
"""Of so many texts at most it is remembered what a list found."""
LONE = re.compile(r"\W\w\W")
"""Characters between marks: words may have been taken apart."""


@dataclass(frozen=True)
class Sought:
    """An expression that is compiled when something is first looked for: most of them never are, since most posts say nothing that a list finds.
    An empty one finds nothing; one that is none is refused at its row of the list ``pack`` (VK-K001).
    """

    pattern: str
    pack: str = ""

    def __bool__(self) -> bool:
        return bool(self.pattern)

    @cached_property
    def ready(self) -> re.Pattern[str]:
        """The expression compiled."""
        try:
            return re.compile(self.pattern)
        except re.error as error:
            raise (listed.faulty(self.pack) if self.pack else None) or error from error


class Row(NamedTuple):
    """A row of a list: what it says, the modes it holds for and those it holds for only toward the service, and what lets a find go."""

    pack: str
    number: int
    said: Entry
    level: Level
    modes: tuple[Mode, ...]
    turned: tuple[Mode, ...]
    proof: tuple[str, ...]
    needs: str
    before: Sought
    after: Sought
    around: Sought
    beside: Sought
    toward: bool
    whole: bool


class Pack(NamedTuple):
    """A list ready to look: its rows, one expression that finds them all, what is let go, what speaks of the service."""

    rows: tuple[Row, ...]
    words: Sought
    spared: Sought
    warned: Sought
    toward: Sought


class Hit(NamedTuple):
    """What a row found: the part of the plain text it was found in."""

    row: Row
    said: Plain
    start: int
    end: int

    @property
    def typed(self) -> str:
        """The words as typed."""
        return self.said.words(self.start, self.end)

    @property
    def plain(self) -> str:
        """The words without disguise."""
        return self.said.text[self.start : self.end]

    @property
    def clause(self) -> str:
        """The clause they stand in, without disguise."""
        first, last = self.said.clause(self.start, self.end)
        return self.said.text[first:last]


@cache
def pack(name: str) -> Pack:
    """A list by its name."""
    found = listed.listing(name)
    rows = tuple(_row(name, number, found, said) for number, said in enumerate(found.rows))
    words = "|".join(f"(?P<r{row.number}>{shared(_words(row.said), found.parts)})" for row in rows)
    spared = [*found.spared, *(one for row in rows for one in row.said.spared)]
    warned = [*table("rules/normal")["warned"], found.sentence] if found.sentence is not None else []
    return Pack(
        rows,
        Sought(words, name),
        _one_of(spared, name),
        _one_of(filter(None, warned), name),
        Sought(found.toward, name),
    )


def _row(name: str, number: int, found: Listing, said: Entry) -> Row:
    before, after, around = (
        _one_of(filter(None, both), name)
        for both in ((found.before, said.before), (found.after, said.after), (found.around, said.around))
    )
    return Row(
        pack=name,
        number=number,
        said=said,
        level=said.level,
        modes=said.modes,
        turned=said.turned,
        proof=said.proof,
        needs=said.needs,
        before=Sought(f"(?:{before.pattern})$" if before else "", name),
        after=after,
        around=around,
        beside=Sought(said.beside, name),
        toward=said.toward,
        whole=said.whole,
    )


def _words(said: Entry) -> str:
    longest = sorted(said.words, key=lambda word: (-len(word), word))
    return "|".join((*said.patterns, *(re.escape(word) for word in longest)))


def _one_of(patterns: Iterable[str], name: str) -> Sought:
    return Sought("|".join(f"(?:{one})" for one in patterns), name)


@lru_cache(maxsize=REMEMBERED)
def hits(name: str, typed: str, names: tuple[str, ...] = ()) -> tuple[Hit, ...]:
    """What a list finds in a text and lets not go, whatever the post is for; ``names`` are trade names, whose words are let go. The same words stand
    on every platform: what was found in them is remembered.
    """
    return tuple(_hits(name, typed, names))


def _hits(name: str, typed: str, names: tuple[str, ...]) -> Iterator[Hit]:
    looked = pack(name)
    said = normal.plain(typed)
    yield from _kept(looked, said, names)
    if LONE.search(typed) or BEGUN.search(said.text):
        yield from (hit for hit in _kept(looked, normal.joined(said), names) if _apart(said, hit))
    yield from _over_lines(looked, said, names)


def _over_lines(looked: Pack, said: Plain, names: tuple[str, ...]) -> Iterator[Hit]:
    """What line ends take apart, each word once. Only where something begins right before a line's end is it looked what lets that go."""
    whole, breaks = normal.unbroken(said)
    told = set[tuple[int, int]]()
    for first, last in _together(at for at in breaks if _begins_before(looked, whole.text, at)):
        begin = max(0, first - AROUND)
        near = normal.cut(whole, begin, last + AROUND)
        found = _in_line(looked, near, names, max(0, first - begin - ASIDE), min(len(near.text), last - begin + ASIDE))
        for hit in filter(None, map(_softened, found)):
            if (stands := hit.said.place(hit.start, hit.end)) not in told:
                told.add(stands)
                yield hit


def _together(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of places that stand near each other: what stands around them is read once."""
    first = last = -1
    for at in places:
        if first >= 0 and at - first > AROUND:
            yield first, last
            first = -1
        first, last = at if first < 0 else first, at
    if first >= 0:
        yield first, last


def _begins_before(looked: Pack, text: str, at: int) -> bool:
    """Whether something is found that begins few characters before a place and ends behind it."""
    far = FAR if _tears(text, at) else FEW if text[at - 1] in APART else LONG
    found = (looked.words.ready.match(text, first, at + ASIDE) for first in range(max(0, at - far + 1), at))
    return any(one and one.end() > at for one in found)


def _softened(hit: Hit) -> Hit | None:
    """A find that a line's end takes apart, if it is a short word of Chinese characters by itself (催⏎乳): where what begins a line may begin another
    word, none; a longer find if the line's end tears an everyday word in it (便⏎宜的保姆). To be looked at again, since lines are sentences as often, but where
    no line ends as the first one does (最⏎好).
    """
    inside = hit.typed
    if "\n" not in inside or hit.row.whole:
        return None
    if TORN.search(inside) and inside.count("\n") == 1 and len(hit.plain) <= FEW:
        return hit
    short = WORD.fullmatch(hit.plain)
    if _is_shared(hit) if short else not all(_tears(hit.said.text, at) for at in _parted(hit)):
        return None
    return hit._replace(row=hit.row._replace(level="caution" if hit.row.level == "ban" else hit.row.level))


def _parted(hit: Hit) -> tuple[int, ...]:
    """Where lines end inside a find."""
    said = hit.said
    return tuple(at for at in range(hit.start + 1, hit.end) if "\n" in said.typed[said.ends[at - 1] : said.starts[at]])


def _tears(text: str, at: int) -> bool:
    """Whether a line's end at a place tears an everyday word (天⏎花板): one stands across it, and none ends or begins there."""
    return _is_inside(text[max(0, at - REACH) : at], text[at : at + REACH])


@lru_cache(maxsize=16384)
def _is_inside(before: str, behind: str) -> bool:
    """Whether the end of a text and the beginning of the next make an everyday word, and neither is one by itself."""
    known = _known()
    if not any(before[-a:] + behind[:b] in known for a in range(1, REACH + 1) for b in range(1, REACH + 2 - a)):
        return False
    return not any(word in known for long in range(2, REACH + 1) for word in (before[-long:], behind[:long]))


def _is_shared(hit: Hit) -> bool:
    """Whether the first or the last character of a find is rather one of another word: it is said twice (先擦顶｜级级往下), something is said of it
    (洗完｜美得很), a common word stands across that edge, or where the line's end leaves it alone any everyday word (吹风｜水珠).
    """
    text, start, end = hit.said.text, hit.start, hit.end
    twice = text[end - 1] == text[end : end + 1] or text[start] == text[max(0, start - 1) : start]
    if twice or text.startswith(MUCH, end) or any(normal.over(hit.said, start, end)):
        return True
    parted = _parted(hit)
    return (parted[0] == start + 1 and _runs_in(text, start, end)) or (
        parted[-1] == end - 1 and _runs_out(text, start, end)
    )


def _runs_in(text: str, start: int, end: int) -> bool:
    """Whether an everyday word ends with the first character of a part, and none with its last."""
    words = _known()
    return any(
        text[at : start + 1] in words and text[at:end] not in words for at in range(max(0, start - REACH), start)
    )


def _runs_out(text: str, start: int, end: int) -> bool:
    """Whether an everyday word, or one of those that are seldom, begins with the last character of a part, and none with its first; one of two
    characters not where another word begins with its second (加微｜信报名).
    """
    known, least = _known(), 2 if text[end : end + 2] in _known() else 1
    further = ((text[end - 1 : at], text[start:at]) for at in range(end + least, min(len(text), end + REACH) + 1))
    return any((word in known or word in _seldom()) and torn not in known for word, torn in further)


@cache
def _known() -> frozenset[str]:
    """Everyday words of two to four characters; read when a line's end parts something."""
    known = table("line_words")
    words = (
        word for line in (*table("common_words")["words"].values(), *map(known.get, KNOWN)) for word in line.split()
    )
    return frozenset((*table("rules/normal")["whole"], *(word for word in words if len(word) > 1)))


@cache
def _seldom() -> frozenset[str]:
    """Further words of two characters, which are seldom."""
    return frozenset(row[0] + further for row in table("common_words")["seldom"].split() for further in row[1:])


def _apart(said: Plain, hit: Hit) -> bool:
    """Whether a find over the ends of clauses is one word taken apart."""
    first, last = hit.said.place(hit.start, hit.end)
    inside = said.typed[first:last]
    over = any(char in normal.ENDS for char in inside)
    begun = hit.plain[0] in APART and len(inside) <= len(hit.plain) + 2 and inside[1] in normal.ENDS
    return over and not hit.row.whole and (begun or normal.spread(hit.said, hit.start, hit.end))


def _kept(looked: Pack, said: Plain, names: tuple[str, ...]) -> Iterator[Hit]:
    for first, last in normal.lines(said.text):
        yield from _in_line(looked, said, names, first, last)


def _in_line(looked: Pack, said: Plain, names: tuple[str, ...], first: int, last: int) -> Iterator[Hit]:
    found = looked.words.ready.search(said.text, first, last)
    if not found:
        return
    spared = [*_spans(looked.spared, said.text, first, last), *_named(said.text, names)]
    denied = -1
    while found:
        hit = Hit(looked.rows[int(str(found.lastgroup)[1:])], said, *found.span())
        held = bool(found[0]) and not _is_spared(hit, spared) and _holds(hit) and not _is_warned(looked, hit)
        if held and _is_denied(hit, denied):
            held, denied = False, hit.end
        if held:
            yield hit
        at = found.end() if held else found.start() + 1
        found = looked.words.ready.search(said.text, at, last) if at <= last else None


def _spans(sought: Sought, text: str, at: int, end: int) -> Iterator[tuple[int, int]]:
    """Everything a pattern matches in a part of a text, finds inside each other too."""
    while sought and at <= end and (found := sought.ready.search(text, at, end)):
        yield found.span()
        at = found.start() + 1


def _named(text: str, names: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for name in names:
        at = text.find(name)
        while at >= 0:
            yield at, at + len(name)
            at = text.find(name, at + 1)


def _is_spared(hit: Hit, spared: list[tuple[int, int]]) -> bool:
    return any(first <= hit.start and hit.end <= last for first, last in spared) or _is_cut(hit)


@cache
def _whole() -> Sought:
    words = sorted(table("rules/normal")["whole"], key=lambda word: (-len(word), word))
    return Sought("|".join(map(re.escape, words)))


def _is_cut(hit: Hit) -> bool:
    """Whether a short find is no word but the end of one everyday word and the beginning of the next (社保过, 柜顶尖角, 打算命名)."""
    text, first = hit.said.text, max(0, hit.start - REACH)
    if hit.end - hit.start > SHORT or len(hit.typed) > len(hit.plain):
        return False
    around = text[first : hit.end + REACH]
    start, end = hit.start - first, hit.end - first
    if any(a < start < b < end or start < a < end < b for a, b in _spans(_whole(), around, 0, len(around))):
        return True
    return hit.typed == hit.plain and normal.is_between(hit.said, hit.start, hit.end)


def _is_denied(hit: Hit, denied: int) -> bool:
    """Whether what stands right before a find in its clause takes it back, or took back the find it is listed with, which ended at ``denied``."""
    if 0 <= denied <= hit.start and LISTED.fullmatch(hit.said.text, denied, hit.start):
        return True
    first, _ = hit.said.clause(hit.start, hit.end)
    return bool(hit.row.before and hit.row.before.ready.search(hit.said.text[max(first, hit.start - NEAR) : hit.start]))


def _is_warned(looked: Pack, hit: Hit) -> bool:
    """Whether the sentence of a find warns of it: what is sought has ``FOUND`` where the find stands."""
    if not looked.warned:
        return False
    first, last = hit.said.around(hit.start, hit.end, normal.FULL)
    near = ((max(first, hit.start - NEAR), hit.start), (hit.end, min(last, hit.end + NEAR)))
    before, behind = (hit.said.text[a:b].replace(FOUND, " ") for a, b in near)
    return bool(looked.warned.ready.search(f"{before}{FOUND}{behind}"))


def _holds(hit: Hit) -> bool:
    """Whether nothing behind or around a find lets it go."""
    row, text = hit.row, hit.said.text
    first, last = hit.said.clause(hit.start, hit.end)
    if row.whole and len(hit.typed) > len(hit.plain):
        return False
    if row.beside and not row.beside.ready.search(text):
        return False
    if row.after and row.after.ready.match(text[hit.end : last]):
        return False
    beside = f"{text[first : hit.start]} {text[hit.end : last]}"
    return not (row.around and row.around.ready.search(beside))


def is_toward(hit: Hit) -> bool:
    """Whether the clause of a find speaks of the service."""
    toward = pack(hit.row.pack).toward
    return not toward or bool(toward.ready.search(hit.clause))

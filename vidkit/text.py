"""Words → lines of runs with their own x: measuring, Chinese line breaking, shrinking to fit.

resvg breaks no lines and falls back badly (design.md), so every line is broken and every run placed here, from a prebuilt
table of coverage and advances (``fonts/metrics.json``, written by ``tools/fonts.py``). Lengths are pixels of the 1080-wide canvas.
"""

from __future__ import annotations

import json
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import accumulate, groupby, pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from vidkit.boards import joints
from vidkit.problems import Refusal, problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from vidkit.problems import Place

Face = Literal["text", "display"]
NO_START = frozenset("，。、；：？！）》」』】〉”’…—·/,.;:?!)%℃°～~]}”’％‰㎡")
NO_END = frozenset("（《「『【〈“‘([{¥￥$#＃第约共")
DROPPED = "，。、；,;·"
"""Marks between things said, with which none of them ends on screen (Netflix Timed Text Style Guide, Simplified Chinese, read 2026-11-22)."""
ENDED = DROPPED.replace("、", "")
"""Of these, what no line ends with either: where a list goes on below, its mark stays (小苏打、｜洗洁精1:1)."""
SPLIT_PHRASE = 0.2
UNMARKED = 0.1
"""What a line that ends between phrases costs besides where the words have a mark to end it at."""
STRADDLED = 0.12
"""What it costs besides where one thing said ends in the line and the next is torn at its end (缝，我家｜住了9年)."""
HELD = 1.0
"""What it costs where a line begins with what leans on the word before, or ends with what belongs to what follows: any other way is better."""
RESTED, AMONG_MARKS = 0.16, 0.5
"""What a line gains that ends where somebody surely rests without a mark; the share of it in a text with marks, whose writer would have put one.
"""
BOUND = 0.6
"""What it costs besides where it begins with what belongs to what is done before (干了｜11年, 17袋｜垃圾)."""
BEGUN = 0.2
"""What it costs besides where only a word or two of the next thing said stand at a line's end (就会嘛你｜不要慌)."""
QUOTE_SPLIT = 0.3
"""What it costs besides to tear a name in quotation marks."""
OWNED, STRANDED = 0.12, 0.5
"""What it costs besides where a line ends in a 的 before its noun, and where a word or two are left alone on the last line."""
SMALLER = 0.84
BROKEN_CLAUSE, BROKEN_PHRASE, BROKEN_AFTER, BROKEN_HELD, BROKEN_BOUND = 0.12, 0.2, 0.06, 0.5, 0.35
"""How much a line that ends between phrases, or inside one, disturbs, how much more where something else said ends in it, how much one
that ends where none should, and one behind which what belongs to it begins.
"""
MORE_LINES = 0.02
"""How much each line more disturbs than the words have in smaller letters."""
BROKEN_OWNED, BROKEN_STRANDED = 0.1, 0.4
"""How much more one disturbs that ends in a 的 before its noun, and one that leaves a word or two alone."""
HARDLY = 0.7
"""Lines that are worth no more than this share of their size tear what hangs together: smaller letters are tried, down to the smallest."""
MARKS = frozenset("，。、；：？！?!,;·")
ENDING = MARKS - frozenset("、·")
"""Marks at which something said is at an end; after the others a list goes on."""
AFTER_MARK, LISTED = 0.16, 0.04
"""What a line that ends with a mark gains, and one that ends in the middle of a list (厨房、客厅)."""
LIST_TORN = 0.3
"""What it costs to end in the middle of a list that hangs on a word (含叶轮、油网), and how much that disturbs, once for a list."""
LINE, ALONE = 1.0, 9.0
"""What a line of a long text costs, and what it costs besides where it does not fit."""
HANGING = 0.5
"""The empty left half of a full-width opening mark."""


@dataclass(frozen=True)
class Font:
    """A face at a weight; ``weight`` is one of the face's listed weights."""

    face: Face = "text"
    weight: int = 700


@dataclass(frozen=True)
class Run:
    """Neighbouring characters drawn with one font from one x (pixels from the line's start)."""

    text: str
    family: str
    weight: int
    x: float
    width: float
    accent: bool = False


@dataclass(frozen=True)
class Line:
    """One line: its runs and its width in pixels."""

    runs: tuple[Run, ...]
    width: float

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Block:
    """Lines of one size; the first baseline lies ``ascent`` below the top, the next ``leading`` further down."""

    lines: tuple[Line, ...]
    size: int
    leading: int
    ascent: int

    @property
    def width(self) -> float:
        """The longest line's width in pixels."""
        return max((line.width for line in self.lines), default=0.0)

    @property
    def height(self) -> int:
        """Top of the first line's em box to the bottom of the last one's, in pixels."""
        return self.size + (len(self.lines) - 1) * self.leading


@dataclass(frozen=True)
class Setting:
    """How a piece of text may be set: sizes from large to the floor (px), lines, line spacing and room in pixels; ``verbatim`` words keep
    the marks at the ends of their lines, as words do that stand in quotation marks as a whole.
    """

    sizes: tuple[int, int]
    width: int
    lines: int = 1
    font: Font = Font()
    spacing: float = 1.28
    accent_pad: float = 0.0
    verbatim: bool = False


@cache
def table() -> dict[str, Any]:
    """The measurements of the vendored faces."""
    found: dict[str, Any] = json.loads(
        resources.files("vidkit").joinpath("fonts/metrics.json").read_text(encoding="utf-8")
    )
    return found


def font_files() -> tuple[Path, ...]:
    """The font files every drawing uses; no system font is ever read."""
    with resources.as_file(resources.files("vidkit").joinpath("fonts")) as folder:
        return tuple(folder / face["file"] for face in table().values())


@cache
def _starts(face: Face) -> tuple[int, ...]:
    return tuple(first for first, _ in table()[face]["ranges"])


@cache
def covers(face: Face, character: str) -> bool:
    """Whether the face has a glyph for the character."""
    at = bisect_right(_starts(face), ord(character)) - 1
    return at >= 0 and ord(character) <= int(table()[face]["ranges"][at][1])


@lru_cache(maxsize=4096)
def missing(text: str) -> tuple[str, ...]:
    """The characters no vendored font can draw, in order, without repeats."""
    return tuple(dict.fromkeys(c for c in text if not any(covers(face, c) for face in ("display", "text"))))


@cache
def advance(font: Font, character: str) -> float:
    """The character's advance in thousandths of the size; 0 when the face lacks it."""
    face = table()[font.face]
    width = face["widths"].get(str(ord(character)), face["usual"])
    return float(width[face["weights"].index(font.weight)] if isinstance(width, list) else width)


def _font_of(font: Font, character: str) -> Font:
    if covers(font.face, character):
        return font
    return Font("text", 900 if font.face == "display" else font.weight)


def measure(text: str, font: Font, size: int) -> float:
    """The line's width in pixels, without outline or plate."""
    return _advances(text, font)[-1] * size / 1000


@lru_cache(maxsize=8192)
def _advances(text: str, font: Font) -> tuple[float, ...]:
    """For every position of a text how far it lies from its start, in thousandths of the size."""
    return (0.0, *accumulate(advance(_font_of(font, c), c) for c in text))


def line_of(text: str, font: Font, size: int, *, accent: str = "", accent_pad: float = 0.0) -> Line:
    """The text as one line: runs by font, the accented words as runs of their own with ``accent_pad`` em on both sides."""
    x, runs = -_hang(text, font, size), []
    for piece, accented in _accents(text, accent):
        pad = accent_pad * size if accented else 0.0
        x += pad
        for used, group in groupby(piece, key=lambda c: _font_of(font, c)):
            part = "".join(group)
            width = measure(part, used, size)
            family = str(table()[used.face]["family"])
            runs.append(Run(part, family, used.weight, round(x, 2), round(width, 2), accented))
            x += width
        x += pad
    return Line(tuple(runs), round(x, 2))


def _hang(text: str, font: Font, size: int) -> float:
    """How far an opening quotation mark stands out to the left, so that the words below it line up with the words beside it."""
    return measure(text[0], font, size) * HANGING if text[:1] in {"“", "「", "《", "（"} else 0.0


def _accents(text: str, accent: str) -> Iterator[tuple[str, bool]]:
    before, found, after = text.partition(accent) if accent else (text, "", "")
    pieces = ((before, False), (found, True), (after, False))
    return ((piece, accented) for piece, accented in pieces if piece)


def plain(text: str) -> str:
    """NFC, with runs of white space as one space and none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@lru_cache(maxsize=4096)
def phrase_ends(text: str) -> frozenset[int]:
    """The positions where a phrase of the text ends, by BudouX's model for Simplified Chinese; in a known word none does, at its ends one
    may, after a word that belongs to what follows none does.
    """
    import budoux  # noqa: PLC0415  # only commands that lay out words pay for it

    phrases = budoux.load_default_simplified_chinese_parser().parse(text)
    words = joints.known(text)
    around = {at for span in words for at in span if at and text[at : at + 1] not in NO_START}
    parts = joints.address(text)
    found = (
        set(accumulate(map(len, phrases))) | around | set(joints.rests(text)) | joints.using(text) | joints.since(text)
    )
    found -= joints.whole(text)
    found = (found - joints.inside(parts)) | {at for span in parts for at in span if at}
    return frozenset(at for at in found if at == len(text) or not joints.forward(text, at))


def _is_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in "-_./:+@&'")


def breaks(text: str, keep: str = "") -> tuple[int, ...]:
    """The places where a line may end: not before closing marks, after opening ones, inside known words, numbers with their unit, or
    ``keep``.
    """
    kept = {at + i for at in starts(text, keep) for i in range(1, len(keep))}
    kept |= joints.whole(text)
    ended = {found.end() for one in (joints.AND_A_HALF, joints.CLOCK) for found in one.finditer(text)}
    listed = joints.tallied(text)[0]
    return tuple(
        at
        for at in range(1, len(text))
        if at not in kept and _may_break(text[at - 1], text[at], ended=at in ended, listed=at in listed)
    )


def _may_break(left: str, right: str, *, ended: bool, listed: bool) -> bool:
    if right in NO_START or left in NO_END or right == " ":
        return False
    if left == " " or (listed and not _is_word(right)):
        return True
    if right in joints.UNITS and left in joints.NUMERALS | joints.UNITS | joints.POINTERS:
        return False
    if right in joints.MEASURES and left in joints.NUMERALS | joints.POINTERS:
        return False
    if _is_word(left) and _is_word(right):
        return False
    return ended or not (left.isdigit() or left in "几两半十") or right in NO_END


def starts(text: str, part: str) -> Iterator[int]:
    """Where a part begins in a text, also where it overlaps itself; nowhere for an empty part."""
    at = text.find(part) if part else -1
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def shown(line: str, *, verbatim: bool = False) -> str:
    """The line as it stands on screen: no spaces at its ends, and unless ``verbatim`` no comma or full stop at its end (a line of nothing
    else stays).
    """
    return line.strip() if verbatim else line.strip().rstrip(ENDED).rstrip() or line.strip()


def quotation(text: str) -> bool:
    """Whether words stand in quotation marks as a whole: they are somebody's own, and keep their marks at the ends of lines too."""
    return bool(joints.QUOTATION.fullmatch(text))


def wrap(text: str, setting: Setting, size: int, *, accent: str = "") -> tuple[str, ...] | None:
    """The fewest lines of at most ``setting.width`` px, evenly filled, broken between phrases, or one more where those would tear what hangs
    together; None when it cannot be.
    """
    places = (0, *breaks(text, accent), len(text))
    pad = 2 * setting.accent_pad * size
    before, verbatim = _advances(text, setting.font), setting.verbatim or quotation(text)

    def room_left(start: int, end: int) -> float:
        part = shown(text[start:end], verbatim=verbatim)
        first = text.index(part, start)
        extra = pad if accent and accent in part else 0.0
        return setting.width - (before[first + len(part)] - before[first]) * size / 1000 - extra

    ways: list[tuple[int, ...]] = []
    for count in range(1, setting.lines + 1):
        best = _best_lines(text, places, count, setting.width, room_left)
        ways += [best] if best else []
        if len(ways) == 2 or (ways and not _tears(text, ways[0], whole=verbatim)):
            break
    if not ways:
        return None
    best = min(ways, key=lambda way: _tears(text, way, whole=verbatim))
    return tuple(shown(text[a:b], verbatim=verbatim) for a, b in pairwise(best))


def _best_lines(text: str, places: Sequence[int], count: int, width: int, room_left: Any) -> tuple[int, ...] | None:
    if count == 1:
        return (0, len(text)) if room_left(0, len(text)) >= 0 else None
    costs: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for _ in range(count):
        longer: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, cuts) in costs.items():
            for end in places[bisect_right(places, start) :]:
                room = room_left(start, end)
                if room < -width:
                    break
                if room < 0:
                    continue
                total = cost + (room / width) ** 2 + _break_cost(text, end, _straddles(text, start, end))
                if end not in longer or total < longer[end][0]:
                    longer[end] = (total, (*cuts, end))
        costs = longer
    if len(text) not in costs:
        return None
    return (0, *costs[len(text)][1])


def flow(text: str, font: Font, size: int, width: float, ends: frozenset[int]) -> tuple[int, ...]:
    """Where the lines of a text of any length end, the last at its end: in the fewest lines of ``width`` px, over whose edge a mark may hang,
    those that fill them evenly and end at marks and between phrases (``ends``). What cannot be broken stands on a line of its own.
    """
    before = _advances(text, font)

    def room_left(start: int, end: int) -> float:
        part = shown(text[start:end])
        first = text.index(part, start)
        return 1 - (before[first + len(part)] - before[first]) * size / 1000 / width

    best: dict[int, tuple[float, int]] = {0: (0.0, 0)}
    for end in (*breaks(text), len(text)):
        ways: list[tuple[float, int]] = []
        torn = 0.0 if end in ends or text[end - 1] in MARKS else SPLIT_PHRASE
        for start in reversed(best):
            room = room_left(start, end)
            if room < 0 and ways:
                break
            uneven = ALONE if room < 0 else 0.0 if end == len(text) else room**2
            ways.append(
                (best[start][0] + LINE + uneven + torn + _break_cost(text, end, _straddles(text, start, end)), start)
            )
            if room < 0:
                break
        best[end] = min(ways)
    cuts = [len(text)]
    while best[cuts[-1]][1]:
        cuts.append(best[cuts[-1]][1])
    return tuple(reversed(cuts))


@lru_cache(maxsize=16384)
def _break_cost(text: str, end: int, straddles: bool) -> float:  # noqa: FBT001  # lru_cache is quicker without names
    """What a line that ends here costs of a line's evenness: least after a mark, most where what hangs together is torn."""
    if end == len(text):
        return 0.0
    if joints.lone(text, end):
        return HELD
    if _said(text, end):
        return -AFTER_MARK
    rest = _rest(text, end)
    cost = UNMARKED * (1 - rest) if _has_ends(text) else 0.0
    cost += STRADDLED if straddles else 0.0
    cost += QUOTE_SPLIT if joints.quoted(text, end) else 0.0
    cost += STRANDED if joints.stranded(text, end) else 0.0
    listed = joints.governed(text, end)
    cost += LIST_TORN if listed else 0.0
    if text[end - 1] in MARKS:
        return cost - (0.0 if listed else LISTED)
    if joints.held(text, end):
        return cost + HELD
    cost += BOUND if joints.bound(text, end) else 0.0
    cost += (BEGUN if joints.begun(text, end) else 0.0) + (OWNED if joints.owned(text, end) else 0.0)
    return cost - RESTED * rest + (0.0 if end in phrase_ends(text) else SPLIT_PHRASE)


def _said(text: str, end: int) -> bool:
    """Whether something said ends at a place: at a mark, at a separator, or at a space in place of a mark."""
    return _ended(text, end) or joints.apart(text, end)


def _ended(text: str, end: int) -> bool:
    """Whether something said ends at a place with a mark, or with a space in its place."""
    last = text[end - 1]
    return last in ENDING or (last == " " and joints.spaced(text, end))


@lru_cache(maxsize=1024)
def strains(text: str) -> Mapping[int, float]:
    """The places where a line, or a screen, may end, with how much that disturbs: nothing at marks and where somebody surely rests, most
    where what hangs together is torn.
    """
    ends = phrase_ends(text)
    found = {
        at: 0.0 if text[at - 1] in MARKS or text[at - 1] == " " else _broken(text, at, ends) for at in breaks(text)
    }
    return MappingProxyType(found)


def _straddles(text: str, start: int, end: int) -> bool:
    """Whether a line holds the end of something said and only the beginning of the next."""
    return not _ended(text, end) and (start < _within(text)[end][0] or _runs_on(text, start, end))


def _runs_on(text: str, start: int, end: int) -> bool:
    """Whether somebody surely rests within a line, without a mark, and not at its end."""
    return joints.rests(text).get(end) != joints.SURE and start < _within(text)[end][1]


@lru_cache(maxsize=1024)
def _within(text: str) -> tuple[tuple[int, int], ...]:
    """For every place of a text: where, before it, something said last ended at a mark, and where somebody last rested surely; 0 for nowhere."""
    rests = joints.rests(text)
    marked, rested, found = 0, 0, [(0, 0)]
    for at in range(1, len(text) + 1):
        found.append((marked, rested))
        marked = at if _ended(text, at) else marked
        rested = at if rests.get(at) == joints.SURE else rested
    return tuple(found)


def _rest(text: str, at: int) -> float:
    """How surely somebody rests at a place, less surely in a text with marks."""
    return joints.rests(text).get(at, 0.0) * (AMONG_MARKS if _marked(text) else 1.0)


@lru_cache(maxsize=1024)
def _marked(text: str) -> bool:
    """Whether a text has a mark, a space in place of one, or a separator to end a line at."""
    return joints.SEPARATOR in text or any(_ended(text, at) for at in range(1, len(text)))


def _has_ends(text: str) -> bool:
    """Whether something said ends within a text: at a mark, or where somebody surely rests."""
    return _marked(text) or joints.SURE in joints.rests(text).values()


def _tears(text: str, cuts: Sequence[int], *, whole: bool) -> float:
    """How much lines are torn that end where none should, in a name in quotation marks, with a word or two of what is said next, or in words
    without marks inside a phrase; of words that are shown as a ``whole`` also those with parts of two things said.
    """
    lines = [(a, b) for a, b in pairwise(cuts) if b < len(text) and not joints.apart(text, b)]
    return sum(_torn(text, a, b) or (BROKEN_AFTER if whole and _straddles(text, a, b) else 0.0) for a, b in lines)


def _torn(text: str, start: int, end: int) -> float:
    """How much a line is torn that ends at no mark, within a list that hangs on a word, or leaves one character alone."""
    listed = LIST_TORN if joints.governed(text, end) else 0.0
    if text[end - 1] in MARKS or joints.spaced(text, end):
        return BROKEN_STRANDED if joints.lone(text, end) else listed
    strain = strains(text)[end]
    split = (strain >= BROKEN_PHRASE and not _marked(text)) or joints.stranded(text, end)
    held = joints.held(text, end) or joints.bound(text, end) or joints.quoted(text, end) or joints.begun(text, end)
    return listed + (max(strain, BROKEN_CLAUSE) if held or split or _runs_on(text, start, end) else 0.0)


def fit(text: str, setting: Setting, *, accent: str = "", place: Place | None = None) -> Block:
    """The text at the largest size that fits; refuses with VK-T001 (too long) or VK-T002 (a character no font has)."""
    text = plain(text)
    lacking = missing(text)
    if lacking:
        seen = [c for c in lacking if c != "\u200d"] or lacking  # what joins an emoji's parts goes with them
        points = " ".join(f"{c if c.isprintable() else ''}(U+{ord(c):04X})" for c in seen)
        said = "".join(c for c in text if c.isprintable())
        raise Refusal(problem("VK-T002", place, characters=points, text=_short(said)))
    accent = accent if accent and accent in text else ""
    made = _fitted(text, setting, accent)
    if made:
        return made
    raise Refusal(
        problem(
            "VK-T001", place, text=_short(text), length=len(text), lines=setting.lines, room=_capacity(text, setting)
        )
    )


@lru_cache(maxsize=4096)
def _fitted(text: str, setting: Setting, accent: str) -> Block | None:
    """The text as it reads best: in the largest letters, but up to a sixth smaller where lines then end with a clause or a phrase."""
    found: list[tuple[float, int, tuple[str, ...]]] = []
    for size in range(setting.sizes[0], setting.sizes[1] - 1, -2):
        if found and size < found[0][1] * SMALLER and max(found)[0] > max(found)[1] * HARDLY:
            break
        lines = wrap(text, setting, size, accent=accent) if _could_fit(text, setting, size) else None
        if lines:
            unrest = _unrest(text, lines)
            found.append((size * (1 - unrest), size, lines))
            if not unrest:
                break
    fewest = min((len(lines) for *_, lines in found), default=0)
    best = max(found, key=lambda one: (one[0] - one[1] * MORE_LINES * (len(one[2]) - fewest), one[1]), default=None)
    return _block(best[2], setting, best[1], accent) if best else None


def _unrest(text: str, lines: tuple[str, ...]) -> float:
    """How much broken clauses and phrases disturb, as a share of the letters' size."""
    ends = phrase_ends(text) if len(lines) > 1 else frozenset()
    at, unrest, listed = 0, 0.0, 0.0
    for line in lines[:-1]:
        start = text.index(line, at)
        at = start + len(line)
        listed = LIST_TORN if joints.governed(text, at) else listed
        if {text[at - 1], text[at]} & ENDING or joints.spaced(text, at + 1):
            unrest += BROKEN_STRANDED if joints.lone(text, at) else 0.0
            continue
        if text.startswith(f" {joints.SEPARATOR}", at):
            continue
        if {text[at - 1], text[at]}.isdisjoint(MARKS):
            unrest += _broken(text, at, ends) + (BROKEN_PHRASE if joints.quoted(text, at) else 0.0)
        unrest += BROKEN_AFTER if _straddles(text, start, at) else 0.0
    return unrest + listed


def _broken(text: str, at: int, ends: frozenset[int]) -> float:
    """How much a line that ends at no mark disturbs."""
    if joints.held(text, at):
        return BROKEN_HELD
    if joints.bound(text, at):
        return BROKEN_BOUND
    begun = BROKEN_PHRASE if joints.begun(text, at) else 0.0
    begun += (BROKEN_STRANDED if joints.stranded(text, at) else 0.0) + (BROKEN_OWNED if joints.owned(text, at) else 0.0)
    return begun + (BROKEN_CLAUSE * (1 - _rest(text, at)) if at in ends else BROKEN_PHRASE)


def _could_fit(text: str, setting: Setting, size: int) -> bool:
    return measure(text, setting.font, size) <= setting.width * setting.lines + size * setting.lines


def _capacity(text: str, setting: Setting) -> int:
    """How many of the text's characters would fit, counted from its beginning."""
    longest = min(len(text) - 1, 4 * setting.lines * setting.width // setting.sizes[1])
    fits = (n for n in range(longest, 0, -1) if _could_fit(text[:n], setting, setting.sizes[1]))
    return next((n for n in fits if wrap(text[:n], setting, setting.sizes[1])), 1)


def _block(lines: tuple[str, ...], setting: Setting, size: int, accent: str) -> Block:
    first = next((i for i, line in enumerate(lines) if accent and accent in line), -1)
    made = tuple(
        line_of(line, setting.font, size, accent=accent if i == first else "", accent_pad=setting.accent_pad)
        for i, line in enumerate(lines)
    )
    return Block(made, size, round(size * setting.spacing), round(0.88 * size))


def _short(text: str) -> str:
    return text if len(text) <= 16 else text[:15] + "…"

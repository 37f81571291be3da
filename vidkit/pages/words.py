"""The words every poster has: the title with service and place, short reasons, who stands behind it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vidkit.briefs import days
from vidkit.pages import page, qr
from vidkit.pages.drawings import draws, joined, laid, told
from vidkit.pages.headline import headline, known, stress
from vidkit.problems import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vidkit.brief import Brief, Person
    from vidkit.layout import Drawing
    from vidkit.pages.drawings import Ask
    from vidkit.text import Block

MARK, MARK_GAP = 84, 20
"""How high the logo beside the brand's name is, and the room between them, px."""
ONE_LINE = 88
"""Letters at least this large (px) are worth having a title in one line."""
ROOMY = 1.1
FACE = 120
"""A person's framed photo, px, where she is not cut out; it stands in the lower right corner of the foot."""
CORNER = 26
APART = 36
"""The least room between points on one line, px."""
SPOT = 22
"""Room between a reason's spot and its words, px."""
ICON, BESIDE_ICON = 1.28, 20
"""An icon's size in letters, and the room beside it, px."""
NOTE = 14
"""Another pair's note longer than this many characters is no short reason, and that of the pair shown may take two lines."""
READABLE = 52
"""Letters of notes at least this large (px) on a page about all of them are worth no more lines."""
PIN = "pin"
"""The icon of places."""
BRAND = 240
"""Room for the brand beside a person whose craft is long, with what stands between them, px."""
HALF = 0.45
"""The share of a line for each of two words that stand side by side, their ground round them."""
SNUG = "call-beside"
"""What closer words say of a code's invitation: it stands beside the code, not below it."""
CODE = 240
"""A code is at least this large without its quiet zone, px."""
BESIDE_CODE, BELOW_CODE = 36, 10
"""Room between a code and the words beside it, and the line below it, px."""


@draws("poster-head")
def head(ask: Ask) -> Drawing:
    """Service and place, and the title with its keyword, on paper."""
    return _headline(ask, "poster-head")


@draws("poster-series")
def series(ask: Ask) -> Drawing | None:
    """The series with its number where the title above which it stands gave way; None otherwise."""
    if not ask.brief.series or "poster-head" not in ask.spared:
        return None
    block = laid(ask, "poster-series", "text", episode(ask.brief), "series")
    return page.drawing(ask.desk, "poster-series", ask.room, ask.scale, t={"text": block})


@draws("poster-banner")
def banner(ask: Ask) -> Drawing:
    """Service and place, and the title with its keyword on a plate, on a coloured ground."""
    return _headline(ask, "poster-banner")


def _headline(ask: Ask, part: str) -> Drawing:
    blocks = {"kicker": above(ask, part), "text": _title(ask, part)}
    return page.drawing(ask.desk, part, ask.room, ask.scale, t=blocks)


def above(ask: Ask, part: str) -> Block | None:
    """Service, place, day and series in one line, else the last of them in a second one, else each in its own; None without any."""
    serial = (episode(ask.brief), "series") if ask.brief.service and ask.brief.series else None
    said = tuple(filter(None, (*kicker(ask.brief), serial)))
    if not said:
        return None
    for lines in ([said], [said[:-1], said[-1:]]):
        with suppress(Refusal):  # a refusal is how a line says that it is too short
            return _stacked(ask, part, lines)
    return _stacked(ask, part, [(one,) for one in said])


def _stacked(ask: Ask, part: str, lines: Sequence[Sequence[tuple[str, str]]]) -> Block:
    """The lines of a kicker in letters of one size; refuses one that is too long."""
    said = [(" · ".join(words for words, _ in line), line[0][1]) for line in lines if line]
    blocks = [laid(ask, part, "kicker", words, path) for words, path in said]
    size = min(block.size for block in blocks)
    alike = (block.size == size for block in blocks)
    again = (laid(ask, part, "kicker", words, path, sizes=(size, size)) for words, path in said)
    return joined(blocks if all(alike) else list(again))


def kicker(brief: Brief) -> Iterator[tuple[str, str]]:
    """(words, path in the brief) of what stands small above a title, which does not say them itself."""
    if brief.service:
        if brief.service != brief.title:
            yield brief.service, "service"
    elif brief.series:
        yield episode(brief), "series"
    if brief.area:
        yield brief.area, "area"
    if brief.day and not brief.service:
        yield brief.day, "day"


def episode(brief: Brief) -> str:
    """The series with its number, 家政服务达人 第3期."""
    return brief.series + (f" 第{brief.episode}期" if brief.episode else "")


def _title(ask: Ask, part: str) -> Block:
    """The title in one line where its letters stay large, in two where there is much room or one is too small, at last in three."""
    brief, rule = ask.brief, ask.desk.pages.parts[part].slots["text"]
    largest = max(round(rule.sizes[0] * ask.scale), rule.sizes[1])
    alone = () if ask.scale > ROOMY else ((1, (max(rule.sizes[0], ONE_LINE), ONE_LINE)),)
    refused: Refusal | None = None
    for lines, sizes in (
        *alone,
        (rule.lines, (largest, rule.sizes[1])),
        (rule.lines + 1, (largest, rule.sizes[1] - 4)),
    ):
        try:
            return headline(
                ask.desk,
                part,
                brief.title,
                ask.room,
                sizes=sizes,
                lines=lines,
                keyword=stress(brief.title, brief.keyword, known(ask.desk, brief)),
                whole=known(ask.desk, brief),
                place=brief.at("title"),
            )
        except Refusal as refusal:  # a refusal is how a number of lines says that the words do not fit
            refused = refusal
    assert refused is not None, "a title has sizes"
    raise refused


@draws("poster-valid")
def valid(ask: Ask) -> Drawing | None:
    """Until when the prices hold, in one line; None where that stands beside the code."""
    return None if ask.code else told(replace(ask, room=round(ask.room * HALF)), "poster-valid")


# Reasons


@draws("poster-reasons")
def reasons(ask: Ask) -> Drawing | None:
    """Up to three short reasons with icons: the brief's points, on one line if they have room there, else the notes of the pair shown and of
    others with their spots, else the spots; None without any, or where they stand beside the code.
    """
    if ask.code:
        return None
    line = _line(ask)
    return _drawn(ask, line or reasoned(ask, ask.room), across=bool(line))


def _drawn(ask: Ask, rows: list[dict[str, Any]], *, across: bool = False) -> Drawing | None:
    return page.drawing(ask.desk, "poster-reasons", ask.room, ask.scale, rows=rows, across=across) if rows else None


def _line(ask: Ask) -> list[dict[str, Any]]:
    """The points beside each other in the largest letters in which one line holds them; none where it does not, or where they leave room for a
    second pair beside them.
    """
    if len(ask.brief.points) < 2 or len(ask.brief.pairs) > 1:
        return []
    said = [Reason("", words, f"points.{i}") for i, words in enumerate(ask.brief.points[:3])]
    floor = ask.desk.pages.parts["poster-reasons"].slots["text"].sizes[1]
    for size in range(min(_largest(ask, one, ask.room) for one in said), floor - 1, -2):
        rows = [_row(ask, one, ask.room, size) for one in said]
        if sum(row["width"] for row in rows) + APART * (len(rows) - 1) <= ask.room:
            return rows
    return []


@dataclass(frozen=True)
class Reason:
    """A reason: where it is about, its words ("" for the spot alone), where the brief says them, how many lines it may take, its icon if no
    word decides that.
    """

    spot: str
    words: str
    path: str
    lines: int = 1
    icon: str = ""


def reasoned(ask: Ask, room: float) -> list[dict[str, Any]]:
    """The reasons in rows of icon, spot and text, all in the largest letters of one size that have room beside their icons: at most three
    lines, two where the third gives way. A pair's note stands there only below that of the pair the picture shows.
    """
    brief, most = ask.brief, 2 if page.THIRD in ask.spared else 3
    if brief.points:
        return _rows(ask, [Reason("", words, f"points.{i}") for i, words in enumerate(brief.points[:most])], room)
    shown = _shown(ask, room)
    if not shown:
        return _spots(ask, room)
    first = _leading(brief)
    others = [_noted(brief, i) for i, pair in enumerate(brief.pairs) if i != first and 0 < len(pair.note) <= NOTE]
    try:
        return _rows(ask, [shown, *others[: most - shown.lines]], room)
    except Refusal:  # a refusal is how others say that they are too long; a person beside them leaves wider ways
        if ask.aside:
            raise
        return _rows(ask, [shown], room)


def everywhere(ask: Ask, high: float) -> Drawing | None:
    """The points, else every pair's spot with its note for a page about all of them, within ``high`` px, in more lines where the letters
    would be small; None without any.
    """
    pairs = ask.brief.pairs
    if ask.brief.points or not any(pair.note for pair in pairs):
        return reasons(ask) if ask.brief.points else None
    best: tuple[float, Drawing | None] = (0.0, None)
    for lines in (2, 3, 4):
        try:
            rows = _rows(ask, [_noted(ask.brief, i, lines) for i in range(len(pairs))], ask.room)
        except Refusal:  # a refusal is how lines say that they are too short
            continue
        drawn, side = _drawn(ask, rows), rows[0]["side"]
        if drawn and drawn.height <= high and side > best[0]:
            best = side, drawn
        if best[0] >= READABLE * ICON:
            break
    return best[1]


def _noted(brief: Brief, at: int, lines: int = 1) -> Reason:
    return Reason(brief.pairs[at].spot, brief.pairs[at].note, f"pairs.{at}.note", lines)


def _leading(brief: Brief) -> int:
    """The number of the pair the picture shows, 0 where there is none."""
    return brief.pairs.index(brief.leading[0]) if brief.pairs else 0


def _shown(ask: Ask, room: float) -> Reason | None:
    """The note of the pair the picture shows, a long one in two lines if it has to; None where there is none or those are too short."""
    first = _leading(ask.brief)
    note = ask.brief.pairs[first].note if ask.brief.pairs else ""
    if len(note) <= NOTE:
        return _noted(ask.brief, first) if note else None
    ways = (_noted(ask.brief, first, lines) for lines in (1, 2))
    return next((one for one in ways if _fits(ask, one, room)), None)


def _fits(ask: Ask, one: Reason, room: float) -> bool:
    try:
        return bool(_rows(ask, [one], room))
    except Refusal:  # a refusal is how lines say that they are too short
        return False


def _spots(ask: Ask, room: float) -> list[dict[str, Any]]:
    """As many of the places as stand in one line, where there are several."""
    spots = list(dict.fromkeys(pair.spot for pair in ask.brief.pairs if pair.spot))
    ways = (Reason("", " · ".join(spots[:count]), "pairs.0.spot", icon=PIN) for count in range(len(spots), 1, -1))
    said = next((one for one in ways if _fits(ask, one, room)), None)
    return _rows(ask, [said], room) if said else []


def _rows(ask: Ask, said: Sequence[Reason], room: float) -> list[dict[str, Any]]:
    """The reasons set alike in the largest letters that have room, those of several lines in ones that break well; refuses those without room."""
    floor = ask.desk.pages.parts["poster-reasons"].slots["text"].sizes[1]
    for size in range(min(_largest(ask, one, room) for one in said), floor, -2):
        try:
            return [_row(ask, one, room, size) for one in said]
        except Refusal:  # a refusal is how letters say that they are too large
            continue
    return [_row(ask, one, room, floor) for one in said]


def _largest(ask: Ask, one: Reason, room: float) -> int:
    """The largest letters a reason may have, px: in larger ones it would be too long, or its lines would break worse."""
    part, lines = "poster-reasons", one.lines
    least = ask.desk.pages.parts[part].slots["text"].sizes[1]
    beside = room - (SPOT if one.spot else 0)
    most = laid(ask, part, "text", one.spot + one.words, one.path, room=beside, lines=lines).size
    if lines == 1 or not one.words:
        return most
    left = _left(ask, room, most, page.block(ask.desk, part, "spot", one.spot, room, sizes=(most, most)))
    return laid(ask, part, "text", one.words, one.path, room=left, sizes=(most, least), lines=lines).size


def _left(ask: Ask, room: float, size: int, spot: Block | None) -> float:
    """The room that icon and spot leave a text, px, with the inset that its slot will take off."""
    start = size * ICON + BESIDE_ICON + (spot.width + SPOT if spot else 0)
    return room - start + ask.desk.pages.parts["poster-reasons"].slots["text"].inset


def _row(ask: Ask, one: Reason, room: float, size: int) -> dict[str, Any]:
    """A row of a reason: its icon, spot and text, the icon's side, the row's width and height in px."""
    part, like, side = "poster-reasons", (size, size), size * ICON
    spot = page.block(ask.desk, part, "spot", one.spot, room, sizes=like)
    start = side + BESIDE_ICON + (spot.width + SPOT if spot else 0)
    left, place = _left(ask, room, size, spot), ask.brief.at(one.path)
    text = page.block(ask.desk, part, "text", one.words, left, sizes=like, lines=one.lines, place=place)
    return {
        "icon": one.icon or page.icon(ask.desk, one.words),
        "spot": spot,
        "text": text,
        "side": side,
        "width": start + text.width if text else start - SPOT,
        "height": side + (text.height - text.size if text else 0),
    }


# Who stands behind it


@draws("poster-foot")
def foot(ask: Ask) -> Drawing:
    """Logo, brand and legal name on the left, the person (or the code, the person then above the brand) on the right, or above the brand where they
    have no room beside each other.
    """
    if ask.code:
        return _foot_with_code(ask)
    person = standing_in_foot(ask)
    face = FACE if person and person.photo and not ask.aside else 0
    beside = face + 20 if face else 0
    blocks = _beside_each_other(ask, person, beside)
    above = blocks is None
    if blocks is None:
        blocks = _person(ask, person, ask.room) | _brand(ask, ask.room - _mark(ask) - beside)
    blocks["phone"] = _phone(ask, ask.room - beside)
    return page.drawing(
        ask.desk, "poster-foot", ask.room, ask.scale, t=blocks, lined=_lined(ask), face=face, corner=CORNER, above=above
    )


def _mark(ask: Ask) -> float:
    """Room the logo takes beside the brand's name, px."""
    return page.mark(ask.desk.brand, MARK) + MARK_GAP


def _beside_each_other(ask: Ask, person: Person | None, beside: int) -> dict[str, Block | None] | None:
    """Brand and person in one row, she wider where her craft would be torn; None where that tears the brand's name or refuses its words, or tears
    the craft beside her picture.
    """
    usual: dict[str, Block | None] | None = None
    for room in (ask.room // 2 - 24 - beside, ask.room - _mark(ask) - beside - BRAND):
        try:
            blocks = _apart(ask, person, room, beside)
        except Refusal:  # a refusal is how the brand says that it has no room
            if not person:
                raise
            continue
        if person and _torn(blocks, "name"):
            continue
        if not _torn(blocks):
            return blocks
        usual = usual or blocks
    return None if ask.aside else usual


def _apart(ask: Ask, person: Person | None, room: float, beside: int) -> dict[str, Block | None]:
    """The person in a room on the right, and the brand in what is left of it; ``beside`` px are taken by her face."""
    blocks = _person(ask, person, room)
    taken = max((made.width + 40 for made in blocks.values() if made), default=0)
    return blocks | _brand(ask, ask.room - _mark(ask) - beside - taken)


def _brand(ask: Ask, room: float) -> dict[str, Block | None]:
    brand = ask.desk.brand
    return {
        "name": _named(ask, room),
        "legal": page.block(ask.desk, "poster-foot", "legal", brand.legal_name, room),
    }


def _named(ask: Ask, room: float) -> Block | None:
    """The brand's full name in one line where its letters may be so small, else in two."""
    words = ask.desk.brand.full_name
    try:
        return page.block(ask.desk, "poster-foot", "name", words, room, scale=ask.scale)
    except Refusal:  # a refusal is how one line says that it is too short
        return page.block(ask.desk, "poster-foot", "name", words, room, scale=ask.scale, lines=2)


def _torn(blocks: dict[str, Block | None], slot: str = "craft") -> bool:
    words = blocks[slot]
    return words is not None and len(words.lines) > 1


def _valid(ask: Ask, room: float) -> Block | None:
    """Until when the prices hold, beside a code."""
    if not ask.brief.valid_until or "poster-valid" not in ask.desk.pages.poster.body:
        return None
    words = ask.desk.pages.says["valid"] + days.spelt(ask.brief.valid_until)
    return laid(ask, "poster-foot", "valid", words, "valid_until", room=room)


def _phone(ask: Ask, room: float) -> Block | None:
    """The shop's telephone, as large as it stands in one line."""
    return (
        laid(ask, "poster-foot", "phone", f"{ask.desk.pages.says['phone']} {ask.phone}", "phone", room=room)
        if ask.phone
        else None
    )


def _lined(ask: Ask) -> bool:
    return not ask.first and (ask.brief.price is None or ask.quiet or len(ask.brief.prices) > 1)


def standing_in_foot(ask: Ask) -> Person | None:
    """The person whom the foot names: nobody when the picture shows her, or her own words stand without one, which name her."""
    her, kind = ask.brief.person, ask.desk.pages.poster
    quoted = bool(her and her.quote) and not ask.shows and "poster-quote" in set(kind.body) - set(ask.spared)
    return None if ask.shows in {"person", "people"} or quoted or len(ask.brief.people) > 1 else her


def _person(ask: Ask, person: Person | None, room: float) -> dict[str, Block | None]:
    if not person:
        return {"person": None, "craft": None}
    return {
        "person": laid(ask, "poster-foot", "person", person.name, "person.name", room=room),
        "craft": _craft(ask, trade(person), room),
    }


def _craft(ask: Ask, said: str, room: float) -> Block | None:
    """A person's craft and years in one line where its letters may be so small, else in two."""
    if not said:
        return None
    try:
        return laid(ask, "poster-foot", "craft", said, "person.craft", room=room, lines=1)
    except Refusal:  # a refusal is how one line says that it is too short
        return laid(ask, "poster-foot", "craft", said, "person.craft", room=room)


def trade(person: Person) -> str:
    """Her craft and years, 保洁师 · 8年."""
    return " · ".join(filter(None, (person.craft, f"{person.years}年" if person.years else "")))


def _foot_with_code(ask: Ask) -> Drawing:
    """The code with its invitation on the right; the reasons, the person and the brand on the left. Reasons that give way to the picture
    stay as far as they fill what is empty beside the code; the brand's slogan where there are none.
    """
    brand, person = ask.desk.brand, standing_in_foot(ask)
    code = qr.drawn(ask.code, CODE)
    left = ask.room - code.side - BESIDE_CODE
    blocks = _person(ask, person, left)
    blocks["call"] = page.block(ask.desk, "poster-foot", "call", ask.desk.pages.says["qr"], code.side, scale=ask.scale)
    blocks["name"] = _named(ask, left - _mark(ask))
    blocks["legal"] = page.block(ask.desk, "poster-foot", "legal", brand.legal_name, left - _mark(ask))
    blocks["valid"] = _valid(ask, left)
    blocks["phone"] = _phone(ask, left)
    try:
        rows = reasoned(ask, left) if "poster-reasons" in ask.desk.pages.poster.body else []
    except Refusal:  # a refusal is how reasons say that there is no room beside a code
        rows = []

    def drawn(count: int, slogan: Block | None = None) -> Drawing:
        said = blocks | {"slogan": slogan}
        return page.drawing(
            ask.desk, "poster-code", ask.room, ask.scale, t=said, code=code, rows=rows[:count], lined=_lined(ask),
            below=BELOW_CODE, tight=not ask.shows and SNUG in ask.spared,
        )  # fmt: skip

    if rows and "poster-reasons" not in ask.spared:
        return drawn(len(rows))
    bare = drawn(0)
    ways = (*(drawn(count) for count in range(len(rows), 0, -1)), drawn(0, _slogan(ask, left)))
    return next((one for one in ways if one.height <= bare.height), bare)


def _slogan(ask: Ask, room: float) -> Block | None:
    """The brand's slogan, as large as it stands in one or two lines."""
    try:
        return page.block(ask.desk, "poster-foot", "slogan", ask.desk.brand.slogan, room, scale=ask.scale)
    except Refusal:  # a refusal is how a long slogan says that there is no room
        return None

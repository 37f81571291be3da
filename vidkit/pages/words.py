"""The words every poster has: the title with service and place, short reasons, who stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vidkit import page, qr
from vidkit.pages.drawings import day, draws, joined, laid, told
from vidkit.pages.headline import headline, known, stress
from vidkit.problems import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vidkit.brief import Brief, Person
    from vidkit.layout import Drawing
    from vidkit.pages.drawings import Ask
    from vidkit.text import Block

MARK = 104
"""Room the logo takes beside the brand's name, px."""
ONE_LINE = 88
"""Letters at least this large (px) are worth having a title in one line."""
ROOMY = 1.1
FACE = 120
"""A person's framed photo, px, where she is not cut out; it stands in the lower right corner of the foot."""
CORNER = 26
SPOT = 22
"""Room between a reason's spot and its words, px."""
ICON, BESIDE_ICON = 1.28, 20
"""An icon's size in letters, and the room beside it, px."""
THIRD = "third-reason"
"""Where this gives way, there are two reasons."""
NOTE = 14
"""A pair's note longer than this many characters is no short reason."""
CODE = 240
"""A code is at least this large without its quiet zone, px."""
BESIDE_CODE, BELOW_CODE = 36, 10
"""Room between a code and the words beside it, and the line below it, px."""


@draws("poster-head")
def head(ask: Ask) -> Drawing:
    """Service and place, and the title with its keyword, on paper."""
    return _headline(ask, "poster-head")


@draws("poster-banner")
def banner(ask: Ask) -> Drawing:
    """Service and place, and the title with its keyword on a plate, on a coloured ground."""
    return _headline(ask, "poster-banner")


def _headline(ask: Ask, part: str) -> Drawing:
    blocks = {"kicker": above(ask, part), "text": _title(ask, part)}
    return page.drawing(ask.desk, part, ask.room, ask.scale, t=blocks)


def above(ask: Ask, part: str) -> Block | None:
    """Service (or series), place and day in one line, or each in its own; None without any."""
    said = tuple(kicker(ask.brief))
    if not said:
        return None
    try:
        return laid(ask, part, "kicker", " · ".join(words for words, _ in said), said[0][1])
    except Refusal:  # a refusal is how one line says that it is too short
        return joined([laid(ask, part, "kicker", words, path) for words, path in said])


def kicker(brief: Brief) -> Iterator[tuple[str, str]]:
    """(words, path in the brief) of what stands small above a title."""
    if brief.service:
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
    """Until when the prices hold; None where that stands beside the code."""
    return None if ask.code else told(ask, "poster-valid")


# Reasons


@draws("poster-reasons")
def reasons(ask: Ask) -> Drawing | None:
    """Up to three short reasons with icons: the brief's points, else the pairs' short notes with their spots; None without any, or
    where they stand beside the code.
    """
    rows = None if ask.code else reasoned(ask, ask.room)
    return page.drawing(ask.desk, "poster-reasons", ask.room, ask.scale, rows=rows) if rows else None


def reasoned(ask: Ask, room: float) -> list[dict[str, Any]]:
    """The reasons in rows of icon, spot and text, all in the largest letters of one size that have room beside their icons."""
    part = "poster-reasons"
    said = tuple(_reasons(ask.brief))[: 2 if THIRD in ask.spared else 3]
    sizes = (
        laid(ask, part, "text", spot + words, path, room=room - (SPOT if spot else 0)).size
        for spot, words, path in said
    )
    largest, floor = min(sizes, default=0), ask.desk.pages.parts[part].slots["text"].sizes[1]
    rows = [_rows(ask, said, room, size) for size in range(largest, floor - 1, -2)] if said else []
    return next((row for row in rows if max(map(_across, row)) <= room), rows[-1] if rows else [])


def _rows(ask: Ask, said: Sequence[tuple[str, str, str]], room: float, size: int) -> list[dict[str, Any]]:
    def alike(slot: str, words: str) -> Block | None:
        return page.block(ask.desk, "poster-reasons", slot, words, room, sizes=(size, size))

    return [
        {"icon": page.icon(ask.desk, words), "spot": alike("spot", spot), "text": alike("text", words)}
        for spot, words, _ in said
    ]


def _across(row: dict[str, Any]) -> float:
    """A row's width in px: icon, spot and text with the room between them."""
    spot = row["spot"].width + SPOT if row["spot"] else 0
    return float(row["text"].size * ICON + BESIDE_ICON + spot + row["text"].width)


def _reasons(brief: Brief) -> Iterator[tuple[str, str, str]]:
    """(spot, words, path in the brief) of each reason."""
    if brief.points:
        yield from (("", words, f"points.{i}") for i, words in enumerate(brief.points[:3]))
        return
    short = [
        (pair.spot, pair.note, f"pairs.{i}.note") for i, pair in enumerate(brief.pairs) if 0 < len(pair.note) <= NOTE
    ]
    yield from short[:3]


# Who stands behind it


@draws("poster-foot")
def foot(ask: Ask) -> Drawing:
    """Logo, brand and legal name on the left, the person (or the code, the person then above the brand) on the right."""
    if ask.code:
        return _foot_with_code(ask)
    brand, person = ask.desk.brand, standing_in_foot(ask)
    face = FACE if person and person.photo and not ask.aside else 0
    beside = face + 20 if face else 0
    blocks = _person(ask, person, ask.room // 2 - 24 - beside)
    left = ask.room - MARK - beside - max((made.width + 40 for made in blocks.values() if made), default=0)
    blocks["name"] = page.block(ask.desk, "poster-foot", "name", brand.full_name, left, scale=ask.scale)
    blocks["legal"] = page.block(ask.desk, "poster-foot", "legal", brand.legal_name, left)
    return page.drawing(
        ask.desk, "poster-foot", ask.room, ask.scale, t=blocks, lined=_lined(ask), face=face, corner=CORNER
    )


def _valid(ask: Ask, room: float) -> Block | None:
    """Until when the prices hold, beside a code."""
    if not ask.brief.valid_until or "poster-valid" not in ask.desk.pages.poster.body:
        return None
    words = ask.desk.pages.says["valid"] + day(ask.brief.valid_until)
    return laid(ask, "poster-foot", "valid", words, "valid_until", room=room)


def _lined(ask: Ask) -> bool:
    return not ask.first and (ask.brief.price is None or ask.quiet or len(ask.brief.prices) > 1)


def standing_in_foot(ask: Ask) -> Person | None:
    """The person whom the foot names: nobody when the picture shows her."""
    return None if ask.shows in {"person", "people"} or len(ask.brief.people) > 1 else ask.brief.person


def _person(ask: Ask, person: Person | None, room: float) -> dict[str, Block | None]:
    if not person:
        return {"person": None, "craft": None}
    craft = trade(person)
    return {
        "person": laid(ask, "poster-foot", "person", person.name, "person.name", room=room),
        "craft": laid(ask, "poster-foot", "craft", craft, "person.craft", room=room) if craft else None,
    }


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
    blocks["name"] = page.block(ask.desk, "poster-foot", "name", brand.full_name, left - MARK, scale=ask.scale)
    blocks["legal"] = page.block(ask.desk, "poster-foot", "legal", brand.legal_name, left - MARK)
    blocks["valid"] = _valid(ask, left)
    try:
        rows = reasoned(ask, left) if "poster-reasons" in ask.desk.pages.poster.body else []
    except Refusal:  # a refusal is how reasons say that there is no room beside a code
        rows = []

    def drawn(count: int, slogan: Block | None = None) -> Drawing:
        said = blocks | {"slogan": slogan}
        return page.drawing(
            ask.desk, "poster-code", ask.room, ask.scale, t=said, code=code, rows=rows[:count], lined=_lined(ask),
            below=BELOW_CODE, tight=not ask.shows,
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

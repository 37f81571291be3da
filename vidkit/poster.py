"""A checked brief → its posters: pages of their own, not crops of the clip.

A poster is one pair of photos across the whole width between drawings of measured height. The letters are tried from large to small
until the picture has its share of the height; what is left over becomes air. Whatever the brief leaves out takes no room.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from vidkit import page
from vidkit.page import Page
from vidkit.problems import Refusal
from vidkit.storyboard import Box, Picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vidkit.brief import Brief
    from vidkit.layout import Drawing
    from vidkit.page import Desk, Poster
    from vidkit.plan import Script
    from vidkit.text import Block

    Make = Callable[["Ask"], Drawing | None]
    Over = tuple[tuple[page.Shown, ...], tuple[str, ...]]

SEAM = 8
THUMB = (144, 210)
"""The least and the largest side of the second pair's photos, px."""
BESIDE = 56
"""The least room between the reasons and the second pair, px."""
RADIUS = 18
TAG = 12
BADGE = 88
INSET = 36
MARK = 104
"""Room the logo takes beside the brand's name, px."""
LEAST_CONDITIONS = 40
"""Conditions are at least half as large as the price they limit, and never smaller than this (px)."""
ONE_LINE = 88
"""Letters at least this large (px) are worth having a title in one line."""
ROOMY = 1.1
FACE = 120
"""A person's framed photo, px, where she is not cut out; it stands in the lower right corner of the foot."""
CORNER = 26
CLEAR = 24
"""The least room between words and a standing person, px."""
ASIDE = ("poster-reasons", "poster-price", "poster-foot")
"""What leaves room on its right for a person who stands there."""
BLEED = 0.75
"""How much of the margin a standing person may take (elbows and shoulders)."""
FORMS = ("beside", "below", "tall")
"""How a price stands: conditions beside it; below it, what it is for beside it; everything below each other."""
SPOT = 22
"""Room between a reason's spot and its words, px."""
BETWEEN = 88
"""Room between a price with its unit and the words beside it, px."""
NOTE = 14
"""A pair's note longer than this many characters is no short reason."""


@lru_cache(maxsize=32)
def pages(script: Script) -> tuple[tuple[str, Page], ...]:
    """The posters by name, each drawn for its own size; refuses words that do not fit (VK-T001) or cannot be drawn (VK-T002)."""
    desk = page.desk(script)
    return tuple((name, _page(desk, poster, script)) for name, poster in desk.pages.posters.items())


@dataclass(frozen=True)
class Ask:
    """What a drawing is asked for: whose words, px of room, the letters' scale, whether it is the first of its column, and px on its
    right kept free for a standing person.
    """

    desk: Desk
    brief: Brief
    room: int
    scale: float
    first: bool = False
    aside: int = 0


# One poster


@dataclass(frozen=True)
class Piece:
    """A drawing by name, put on the poster's left margin at a top in px."""

    name: str
    drawing: Drawing
    top: int


@dataclass(frozen=True)
class Column:
    """A poster's drawings above and below the picture, the picture's box they leave, and the px they keep free on the right."""

    pieces: tuple[Piece, ...]
    picture: Box
    aside: int = 0

    def find(self, name: str) -> Piece | None:
        """The drawing of a name, if the brief has something for it."""
        return next((piece for piece in self.pieces if piece.name == name), None)


def _page(desk: Desk, poster: Poster, script: Script) -> Page:
    beside = _beside(desk, poster, script)
    column = beside or arranged(desk, poster, script.brief)
    own = (_person if beside else _face)(column, poster, script)
    shown = (_picture(desk, column, poster, script), _more(desk, column, poster, script), own)
    photos = tuple(photo for photos, _ in shown for photo in photos)
    over = tuple(piece for _, pieces in shown for piece in pieces)
    colours = desk.brand.colours
    ground = _ground(poster.size[0], column.picture.y, getattr(colours, poster.above_ground))
    words = (page.nested(piece.drawing.svg, poster.margin, piece.top) for piece in column.pieces)
    return Page(poster.size, colours.paper, photos, page.sheet(poster.size, (*ground, *words, *over)))


def _ground(width: int, height: int, tint: str) -> Iterator[str]:
    if height:
        yield f'<rect width="{width}" height="{height}" fill="{tint}"/>'


def arranged(desk: Desk, poster: Poster, brief: Brief, aside: int = 0) -> Column:
    """Where everything stands: the largest letters that leave the picture its least share, or the smallest ones there are; ``aside``
    px on the right are kept free below the picture.
    """
    column = cache(lambda scale: _column(desk, poster, brief, scale, aside))
    least = (poster.beside if aside else poster.picture[0]) * poster.size[1]
    at = bisect_left(poster.scales, True, key=lambda scale: column(scale).picture.height >= least)  # noqa: FBT003  # the value sought
    return column(poster.scales[min(at, len(poster.scales) - 1)])


def _column(desk: Desk, poster: Poster, brief: Brief, scale: float, aside: int = 0) -> Column:
    ask = Ask(desk, brief, poster.size[0] - 2 * poster.margin, scale, aside=aside)
    above, below = _drawn(ask, poster.above), _drawn(ask, poster.below)
    taken = sum(_air(poster, group) + sum(drawing.height for _, drawing in group) for group in (above, below))
    spare = poster.size[1] - taken
    height = min(spare, int(poster.size[1] * poster.picture[1])) // 2 * 2
    more = max(0, spare - height) / (len(below) + 1 + (len(above) + 1 if above else 0))
    over, at = _tops(above, 0, poster.pad, poster.gap, more)
    picture = Box(0, at // 2 * 2, poster.size[0], height)
    under, _ = _tops(below, picture.y + height, poster.pad[::-1], poster.gap, more)
    return Column((*over, *under), picture, aside)


def _drawn(ask: Ask, names: tuple[str, ...]) -> list[tuple[str, Drawing]]:
    """The drawings of these names that the brief has something for."""
    made: list[tuple[str, Drawing]] = []
    for name in names:
        room = ask.room - (ask.aside if name in ASIDE else 0)
        drawn = PARTS[name](replace(ask, first=not made, room=room))
        made += [(name, drawn)] if drawn else []
    return made


def _air(poster: Poster, group: list[tuple[str, Drawing]]) -> int:
    return sum(poster.pad) + poster.gap * (len(group) - 1) if group else 0


def _tops(
    group: list[tuple[str, Drawing]], start: int, pad: tuple[int, int], gap: int, more: float
) -> tuple[tuple[Piece, ...], int]:
    """Drawings one below the other from ``start`` on, and where the room after them ends."""
    if not group:
        return (), start
    pieces, at = [], start + pad[0] + more
    for name, drawing in group:
        pieces.append(Piece(name, drawing, round(at)))
        at += drawing.height + gap + more
    return tuple(pieces), round(at - gap + pad[1])


# The picture


def _picture(desk: Desk, column: Column, poster: Poster, script: Script) -> Over:
    """The first pair across the whole width with its labels and the arrow on the seam."""
    pair, box = script.brief.pairs[0], column.picture
    down = page.stacked(page.both(pair, script.prints), box.width, box.height)
    cells = halves(box, down=down)
    badge = page.drawing(desk, "badge", BADGE, down=down)
    middle = (box.x + (box.width - BADGE) / 2, box.y + (box.height - BADGE) / 2)
    pills = tuple(
        _pill(desk, cell, poster.margin, after=after) for cell, after in zip(cells, (False, True), strict=True)
    )
    return tuple(page.paired(pair, script.prints, cells)), (
        _seam(box, down=down),
        *pills,
        page.nested(badge.svg, *middle),
    )


def _more(desk: Desk, column: Column, poster: Poster, script: Script) -> Over:
    """The second pair, small, where the reasons leave room beside them."""
    reasons = column.find("poster-reasons")
    if not reasons or len(script.brief.pairs) < 2 or column.aside:
        return (), ()
    side = min(reasons.drawing.height, THUMB[1]) // 2 * 2
    left = poster.size[0] - poster.margin - 2 * side - SEAM
    if side < THUMB[0] or left < poster.margin + reasons.drawing.width + BESIDE:
        return (), ()
    pair, top = script.brief.pairs[1], reasons.top + (reasons.drawing.height - side) // 2
    cells = Box(left, top, side, side), Box(left + side + SEAM, top, side, side)
    spot = page.block(desk, "tag", "text", pair.spot, 2 * side, place=script.brief.at("pairs.1.spot"))
    tag = page.drawing(desk, "tag", 2 * side, t={"text": spot})
    at = left + side + (SEAM - tag.width) / 2, top + side - tag.height - TAG
    photos = (
        replace(shown, outline=page.rounded(shown.box, RADIUS)) for shown in page.paired(pair, script.prints, cells)
    )
    return tuple(photos), (page.nested(tag.svg, *at),)


def _face(column: Column, poster: Poster, script: Script) -> Over:
    """The person's photo in the foot's lower right corner, as a card with round corners."""
    person, foot = script.brief.person, column.find("poster-foot")
    if not person or not person.photo or not foot:
        return (), ()
    box = Box(poster.size[0] - poster.margin - FACE, foot.top + foot.drawing.height - FACE, FACE, FACE)
    return (page.Shown(page.picture(script.prints[person.photo], 1.0), box, page.rounded(box, CORNER)),), ()


def _beside(desk: Desk, poster: Poster, script: Script) -> Column | None:
    """The column beside a person who is cut out; None when nobody is or the words do not fit beside her."""
    photo = script.brief.person.photo if script.brief.person else None
    if not photo or not script.prints[photo].person:
        return None
    for aside in poster.aside:
        try:
            column = arranged(desk, poster, script.brief, aside)
        except Refusal:  # a refusal is how a narrower column says that its words do not fit
            continue
        if column.picture.height >= poster.beside * poster.size[1]:
            return column
    return None


def _person(column: Column, poster: Poster, script: Script) -> Over:
    """The person without the background, standing on the poster's lower edge right of the words."""
    assert script.brief.person, "somebody stands there"
    assert script.brief.person.photo, "somebody stands there"
    known = script.prints[script.brief.person.photo]
    assert known.person, "somebody stands there"
    left, top, right, bottom = known.person
    ratio = (right - left) * known.width / ((bottom - top) * known.height)
    under = next(piece for piece in column.pieces if piece.name in ASIDE)
    above = max((p.top + p.drawing.height for p in column.pieces if p.top < under.top), default=0)
    least = max(
        above, column.picture.y + column.picture.height * (1 - poster.reach) if above <= column.picture.y else 0
    )
    room = column.aside - CLEAR + poster.margin * BLEED
    height = int(min(poster.size[1] - least, room / ratio)) // 2 * 2
    width = int(height * ratio) // 2 * 2
    start = poster.size[0] - poster.margin - column.aside + CLEAR + (room - width) / 2
    box = Box(round(start), poster.size[1] - height, width, height)
    return (page.Shown(Picture(known.sha256, known.person), box, cutout=True),), ()


def halves(box: Box, *, down: bool) -> tuple[Box, Box]:
    """A box in two of the same size with the seam between them, one above the other or side by side."""
    if down:
        part = (box.height - SEAM) // 4 * 2
        return Box(box.x, box.y, box.width, part), Box(box.x, box.y + box.height - part, box.width, part)
    part = (box.width - SEAM) // 4 * 2
    return Box(box.x, box.y, part, box.height), Box(box.x + box.width - part, box.y, part, box.height)


def _seam(box: Box, *, down: bool) -> str:
    if down:
        return (
            f'<rect y="{box.y + (box.height - SEAM) // 2 - 1}" width="{box.width}" height="{SEAM + 2}" fill="#ffffff"/>'
        )
    return (
        f'<rect x="{(box.width - SEAM) // 2 - 1}" y="{box.y}" width="{SEAM + 2}" height="{box.height}" fill="#ffffff"/>'
    )


def _pill(desk: Desk, cell: Box, margin: int, *, after: bool) -> str:
    drawn = pill(desk, after=after)
    left = margin if cell.x == 0 else cell.x + INSET
    return page.nested(drawn.svg, left, cell.y + INSET)


def pill(desk: Desk, *, after: bool, scale: float = 1.0) -> Drawing:
    """The label of a photo, in the template's words (清洁前 or 清洁后)."""
    words = page.block(desk, "pill", "text", desk.labels.after if after else desk.labels.before, 900, scale=scale)
    return page.drawing(desk, "pill", 900, scale, t={"text": words}, after=after)


# The words


def head(ask: Ask) -> Drawing:
    """Service and place, and the title with its keyword, on paper."""
    return _headline(ask, "poster-head")


def banner(ask: Ask) -> Drawing:
    """Service and place, and the title with its keyword on a plate, on a coloured ground."""
    return _headline(ask, "poster-banner")


def _headline(ask: Ask, part: str) -> Drawing:
    blocks = {"kicker": _kicker(ask, part), "text": _title(ask, part)}
    return page.drawing(ask.desk, part, ask.room, ask.scale, t=blocks)


def _kicker(ask: Ask, part: str) -> Block:
    """Service and place in one line, or each in its own."""
    brief = ask.brief
    both = " · ".join(filter(None, (brief.service, brief.area)))
    try:
        return _set(ask, part, "kicker", both, "service")
    except Refusal:
        lines = [
            _set(ask, part, "kicker", getattr(brief, path), path)
            for path in ("service", "area")
            if getattr(brief, path)
        ]
    return replace(
        min(lines, key=lambda block: block.size), lines=tuple(line for block in lines for line in block.lines)
    )


def _set(ask: Ask, part: str, slot: str, words: str, path: str, *, room: int | None = None) -> Block:
    """A slot's words, which stand at a path of the brief."""
    made = page.block(
        ask.desk, part, slot, words, ask.room if room is None else room, scale=ask.scale, place=ask.brief.at(path)
    )
    assert made is not None, "words that are there"
    return made


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
            return page.headline(
                ask.desk,
                part,
                brief.title,
                ask.room,
                sizes=sizes,
                lines=lines,
                keyword=brief.keyword,
                place=brief.at("title"),
            )
        except Refusal as refusal:  # a refusal is how a number of lines says that the words do not fit
            refused = refusal
    assert refused is not None, "a title has sizes"
    raise refused


def reasons(ask: Ask) -> Drawing | None:
    """Up to three short reasons with icons: the brief's points, else the pairs' short notes with their spots; None without any."""
    said = tuple(_reasons(ask.brief))
    if not said:
        return None
    part = "poster-reasons"
    size = min(
        _set(ask, part, "text", spot + words, path, room=ask.room - (SPOT if spot else 0)).size
        for spot, words, path in said
    )

    def laid(slot: str, words: str) -> Block | None:
        return page.block(ask.desk, part, slot, words, ask.room, sizes=(size, size))

    rows = [
        {"icon": page.icon(ask.desk, words), "spot": laid("spot", spot), "text": laid("text", words)}
        for spot, words, _ in said
    ]
    return page.drawing(ask.desk, part, ask.room, ask.scale, rows=rows)


def _reasons(brief: Brief) -> Iterator[tuple[str, str, str]]:
    """(spot, words, path in the brief) of each reason."""
    if brief.points:
        yield from (("", words, f"points.{i}") for i, words in enumerate(brief.points[:3]))
        return
    short = [
        (pair.spot, pair.note, f"pairs.{i}.note") for i, pair in enumerate(brief.pairs) if 0 < len(pair.note) <= NOTE
    ]
    yield from short[:3]


def price(ask: Ask) -> Drawing | None:
    """The price with its conditions, at least half as large: beside it when they fit in two lines, else below; None without one."""
    if not ask.brief.price:
        return None
    largest, floor = ask.desk.pages.parts["poster-price"].slots["amount"].sizes
    refused: Refusal | None = None
    for size in range(max(round(largest * ask.scale), floor), floor - 1, -4):
        for form in FORMS:
            try:
                return _price(ask, size, form)
            except Refusal as refusal:  # a refusal is how a form says that its words do not fit
                refused = refusal
    assert refused is not None, "a price has sizes"
    raise refused


def _price(ask: Ask, size: int, form: str) -> Drawing:
    said = ask.brief.price
    assert said is not None, "only called for a price"
    slots = ask.desk.pages.parts["poster-price"].slots
    inner = ask.room - 2 * slots["amount"].inset

    def laid(slot: str, words: str, width: float, sizes: tuple[int, int], lines: int = 1) -> Block:
        place = ask.brief.at(f"price.{slot}")
        made = page.block(ask.desk, "poster-price", slot, words, width, sizes=sizes, lines=lines, place=place)
        assert made is not None, "a price has all its words"
        return made

    def scaled(slot: str) -> tuple[int, int]:
        return max(round(slots[slot].sizes[0] * ask.scale), slots[slot].sizes[1]), slots[slot].sizes[1]

    amount = laid("amount", said.amount, ask.room, (size, size))
    unit = laid("unit", f"元/{said.unit}" + ("起" if said.starting else ""), inner - amount.width, scaled("unit"))
    rest = inner - amount.width - unit.width - BETWEEN
    least = max(LEAST_CONDITIONS, math.ceil(size / 2))
    wanted = least if form == "beside" else max(least, scaled("conditions")[0])
    item = laid("item", said.item, inner if form == "tall" else rest, scaled("item"))
    width, lines = (rest, 2) if form == "beside" else (inner, slots["conditions"].lines)
    conditions = laid("conditions", said.conditions, width, (wanted, least), lines)
    blocks = {"amount": amount, "unit": unit, "item": item, "conditions": conditions}
    return page.drawing(ask.desk, "poster-price", ask.room, ask.scale, t=blocks, form=form)


def foot(ask: Ask) -> Drawing:
    """Who stands behind it: logo, brand and legal name on the left, the person on the right, under a line when no price is above."""
    brand, person = ask.desk.brand, ask.brief.person
    face = FACE if person and person.photo and not ask.aside else 0
    blocks: dict[str, Block | None] = {"person": None, "craft": None}
    if person:
        half = ask.room // 2 - 24 - (face + 20 if face else 0)
        craft = " · ".join(filter(None, (person.craft, f"{person.years}年" if person.years else "")))
        blocks["person"] = _set(ask, "poster-foot", "person", person.name, "person.name", room=half)
        blocks["craft"] = _set(ask, "poster-foot", "craft", craft, "person.craft", room=half) if craft else None
    left = (
        ask.room
        - MARK
        - (face + 20 if face else 0)
        - max((made.width + 40 for made in blocks.values() if made), default=0)
    )
    blocks["name"] = page.block(ask.desk, "poster-foot", "name", brand.full_name, left, scale=ask.scale)
    blocks["legal"] = page.block(ask.desk, "poster-foot", "legal", brand.legal_name, left)
    lined = ask.brief.price is None and not ask.first
    return page.drawing(ask.desk, "poster-foot", ask.room, ask.scale, t=blocks, lined=lined, face=face, corner=CORNER)


PARTS: dict[str, Make] = {
    "poster-head": head,
    "poster-banner": banner,
    "poster-reasons": reasons,
    "poster-price": price,
    "poster-foot": foot,
}
"""Which function makes a drawing named in ``pages.yaml``."""

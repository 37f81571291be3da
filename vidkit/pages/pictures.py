"""What a poster's picture can be: a pair, a person, people, a photo. Each kind is one function with what it needs of a brief."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from vidkit.layout import even_up
from vidkit.pages import page
from vidkit.pages.drawings import joined
from vidkit.pages.words import trade
from vidkit.photos.prints import FREE, face
from vidkit.problems import Refusal
from vidkit.storyboard import Box, Picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from vidkit.brief import Brief, Person, Photo
    from vidkit.layout import Drawing
    from vidkit.pages.page import Desk
    from vidkit.photos.prints import Print
    from vidkit.plan import Script
    from vidkit.text import Block

    Has = Callable[[Brief], bool]
    Make = Callable[["View"], "Laid"]

SEAM = 8
BADGE = 88
INSET = 36
BELOW = 40
"""Room between a coloured ground and the cards below it, px."""
GUTTER = 20
"""Room between the cards of people, px."""
WORDS = 150
"""What the words of a card take of its height, about, px."""
ROUND = 28
CARD = 0.8
"""The width-to-height ratio a portrait should have."""
LOW = 1.7
"""A card whose portrait would be wider than this, or than whole heads allow, has its words beside the portrait, not below."""
ROOMY = 400
"""A card at least this wide (px) has room for words beside a portrait."""
TIGHT = 1.8
"""A card is at least so many times higher than its words, else only the name stands there."""
NARROW = 300
"""A card narrower than this (px) has craft and years in a line each."""
HEAD, CARDED, WIDEST, USUAL = 1.3, 1.1, 2.0, 1.5
"""A portrait is at least this many heads high (in a card ``CARDED``), and at most so wide; without a known head at most ``USUAL``."""
SLIM = 0.5
"""The share of the picture's width for the words of a plate that stands beside a portrait."""
DISC, WIDE_DISC = 0.46, 0.37
"""The radius of the disc behind a person who is cut out, as a share of the picture's height, and of its width where she stands in the middle of
a wide one."""
DISC_TOP = 0.9
"""How high above the picture's lower edge the disc ends, as a share of the picture's height."""
STAND = (0.94, 0.78)
"""How much of the picture's height and width a person who is cut out may take."""


@dataclass(frozen=True)
class View:
    """Where a picture is asked for: whose brief, its box on the page and the page's margin, px."""

    desk: Desk
    script: Script
    box: Box
    margin: int

    @property
    def brief(self) -> Brief:
        """The brief whose picture it is."""
        return self.script.brief


@dataclass(frozen=True)
class Laid:
    """A picture on a page: pieces of SVG under its photos, the photos, pieces of SVG over them."""

    photos: tuple[page.Shown, ...] = ()
    over: tuple[str, ...] = ()
    under: tuple[str, ...] = ()

    def __add__(self, other: Laid) -> Laid:
        return Laid(self.photos + other.photos, self.over + other.over, self.under + other.under)


PICTURES: dict[str, tuple[Has, Make]] = {}


def shows(name: str, has: Has) -> Callable[[Make], Make]:
    """Register a function as the maker of a kind of picture, for briefs that have what it needs."""

    def registered(make: Make) -> Make:
        PICTURES[name] = has, make
        return make

    return registered


def chosen(wanted: tuple[str, ...], brief: Brief) -> str:
    """The first kind of picture the brief has something for, "" without any."""
    return next((name for name in wanted if name in PICTURES and PICTURES[name][0](brief)), "")


def laid(name: str, view: View) -> Laid:
    """The picture of a kind in its box."""
    return PICTURES[name][1](view) if name else Laid()


# A pair


@shows("pair", lambda brief: bool(brief.comparisons))
def pair(view: View) -> Laid:
    """The first pair across the whole box with its labels and the arrow on the seam."""
    two, box = view.brief.leading[0], view.box
    down = page.stacked(page.both(two, view.script.prints), box.width, box.height)
    cells = halves(box, down=down)
    badge = page.drawing(view.desk, "badge", BADGE, down=down)
    middle = (box.x + (box.width - BADGE) / 2, box.y + (box.height - BADGE) / 2)
    pills = tuple(
        _pill(view.desk, cell, view.margin, box, after=after) for cell, after in zip(cells, (False, True), strict=True)
    )
    over = (seam(box, down=down), *pills, page.nested(badge.svg, *middle))
    return Laid(tuple(page.paired(two, view.script.prints, cells)), over)


def halves(box: Box, *, down: bool) -> tuple[Box, Box]:
    """A box in two of the same size with the seam between them, one above the other or side by side."""
    if down:
        part = (box.height - SEAM) // 4 * 2
        return Box(box.x, box.y, box.width, part), Box(box.x, box.y + box.height - part, box.width, part)
    part = (box.width - SEAM) // 4 * 2
    return Box(box.x, box.y, part, box.height), Box(box.x + box.width - part, box.y, part, box.height)


def seam(box: Box, *, down: bool) -> str:
    """The white line between two halves."""
    if down:
        top = box.y + (box.height - SEAM) // 2 - 1
        return f'<rect x="{box.x}" y="{top}" width="{box.width}" height="{SEAM + 2}" fill="#ffffff"/>'
    left = box.x + (box.width - SEAM) // 2 - 1
    return f'<rect x="{left}" y="{box.y}" width="{SEAM + 2}" height="{box.height}" fill="#ffffff"/>'


def _pill(desk: Desk, cell: Box, margin: int, box: Box, *, after: bool) -> str:
    left = margin if cell.x == box.x == 0 else cell.x + INSET
    return page.nested(pill(desk, after=after).svg, left, cell.y + INSET)


@lru_cache(maxsize=64)
def pill(desk: Desk, *, after: bool, scale: float = 1.0, spot: str = "") -> Drawing:
    """The label of a photo, in the template's words (清洁前 or 清洁后), after its spot if one is given."""
    said = " ".join(filter(None, (spot, desk.labels.after if after else desk.labels.before)))
    words = page.block(desk, "pill", "text", said, 900, scale=scale)
    return page.drawing(desk, "pill", 900, scale, t={"text": words}, after=after)


# People


def portrait(brief: Brief) -> bool:
    """Whether the first person has a photo."""
    return bool(brief.person and brief.person.photo)


@shows("person", portrait)
def person(view: View) -> Laid:
    """The first person across the whole box, standing on a coloured ground if she can be cut out, with her name on a plate."""
    who = view.brief.person
    assert who, "somebody is there"
    assert who.photo, "somebody's photo is there"
    known = view.script.prints[who.photo]
    if known.person:
        shown = standing(view, known, aside=True)
        plate = _clear(view, who, shown.photos[0].box)
        return shown + Laid(over=(_cornered(view, plate),))
    return max(_named(view, known, who), key=lambda way: way[0])[1]


def _clear(view: View, who: Person, figure: Box) -> Drawing:
    """The name plate that hides less of the person beside it: in one line, or higher with her home in a line of its own where that has room."""
    room, box = view.box.width - 2 * view.margin, view.box
    ways = [name_plate(view.desk, who, room)]
    if who.home and trade(who):
        ways.append(name_plate(view.desk, who, room, apart=True))

    def hidden(plate: Drawing) -> int:
        return max(0, view.margin + plate.width - figure.x) * plate.height

    return min((one for one in ways if one is ways[0] or one.height <= box.height - 2 * INSET), key=hidden)


def _named(view: View, known: Print, who: Person) -> Iterator[tuple[tuple[bool, float], Laid]]:
    """A portrait with her name on a plate: over its lower left corner; where her face would lie under it, above the plate or right of a narrower
    one. Each way with what speaks for it: whether her face is free, and how high her head is.
    """
    box = view.box
    plate = name_plate(view.desk, who, box.width - 2 * view.margin)
    usual = _with_plate(view, known, plate, box)
    yield usual
    if usual[0][0]:
        return
    yield _with_plate(view, known, plate, replace(box, height=(box.height - plate.height - 2 * INSET) // 2 * 2), 0.5)
    with suppress(Refusal):  # a refusal is how a narrower plate says that the words do not fit
        slim = name_plate(view.desk, who, round(box.width * SLIM))
        start = (view.margin + slim.width + INSET) // 2 * 2
        yield _with_plate(view, known, slim, replace(box, x=box.x + start, width=(box.width - start) // 2 * 2))


def _with_plate(
    view: View, known: Print, plate: Drawing, inner: Box, at: float = 1.0
) -> tuple[tuple[bool, float], Laid]:
    """A portrait in a part of the picture's box, a plate in the lower left corner of the whole, and what speaks for it."""
    made = framed(replace(view, box=inner), known, at=at)
    (shown,) = made.photos
    left, top = view.margin, view.box.y + view.box.height - INSET - plate.height
    seen = face(known, shown.picture.crop, shown.box.edges)
    free = not seen or seen.free(shown.box.edges, ((left, top, left + plate.width, top + plate.height),)) >= FREE
    under = made.under if inner == view.box else (_ground(view),)
    return (free, seen.head if seen else 0.0), replace(made, under=under, over=(_cornered(view, plate),))


def _cornered(view: View, plate: Drawing) -> str:
    """A plate in the lower left corner of the picture."""
    return page.nested(plate.svg, view.margin, view.box.y + view.box.height - INSET - plate.height)


def _ground(view: View) -> str:
    box = view.box
    return f'<rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" fill="{view.desk.brand.colours.primary}"/>'


def framed(view: View, known: Print, at: float = 0.5) -> Laid:
    """A portrait in its box, as wide as her whole head allows; what is left over beside it (``at``: 0 she stands left, 1 right) is coloured."""
    box = view.box
    width = min(box.width, int(box.height * widest(known)) // 2 * 2)
    left = box.x + round((box.width - width) * at / 2) * 2
    inner = Box(left, box.y, width, box.height)
    under = (_ground(view),) if width < box.width else ()
    return Laid((page.Shown(page.picture(known, inner.width / inner.height), inner),), (), under)


def widest(known: Print, heads: float = HEAD) -> float:
    """The largest width-to-height ratio at which a photo still shows so many ``heads`` of height: its largest head with air around it."""
    own = known.width / known.height
    head = max((bottom - top for _, top, _, bottom in known.heads), default=0.0)
    return own / max(min(heads * head, 1.0), own / WIDEST) if head else max(own, USUAL)


def standing(view: View, known: Print, *, aside: bool = False) -> Laid:
    """A person without her background before a disc in the accent colour, on the lower edge of the box, in its middle or on the right."""
    assert known.person, "she can be cut out"
    box, colours = view.box, view.desk.brand.colours
    ratio = shape(known)
    room = box.width * STAND[1]
    height = even_up(min(box.height * STAND[0], room / ratio)) - 2
    width = int(height * ratio) // 2 * 2
    middle = box.x + (box.width - view.margin - width / 2 if aside else box.width / 2)
    left = round(min(middle - width / 2, box.x + box.width - width))
    radius = max(box.height * DISC, 0.0 if aside else box.width * WIDE_DISC)
    bottom = box.y + box.height
    down = bottom - box.height * DISC_TOP + radius
    disc = f'<circle cx="{left + width / 2:g}" cy="{down:g}" r="{radius:g}" fill="{colours.accent}"/>'
    frame = f'<svg x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" viewBox="{box.x} {box.y} {box.width} {box.height}">'
    shown = page.Shown(Picture(known.sha256, known.person), Box(left, bottom - height, width, height), cutout=True)
    return Laid((shown,), (), (frame, _ground(view), disc, "</svg>"))


def shape(known: Print) -> float:
    """Width to height of the person who can be cut out of a photo."""
    assert known.person, "she can be cut out"
    left, top, right, bottom = known.person
    return (right - left) * known.width / ((bottom - top) * known.height)


def name_plate(desk: Desk, who: Person, room: int, *, apart: bool = False) -> Drawing:
    """Her name, craft and years, and where she comes from (``apart``: in a line of its own), on a plate."""
    home = desk.pages.says["home"] + who.home if who.home else ""
    parts = tuple(filter(None, (trade(who), home)))
    crafts = [
        page.block(desk, "name-plate", "craft", said, room) for said in (parts if apart else (" · ".join(parts),))
    ]
    blocks = {
        "name": page.block(desk, "name-plate", "name", who.name, room),
        "craft": joined([one for one in crafts if one]) if parts else None,
    }
    return page.drawing(desk, "name-plate", room, t=blocks)


def series_badge(desk: Desk, brief: Brief, room: int) -> Drawing | None:
    """The series and the episode's number; None for a brief of no series."""
    if not brief.series:
        return None
    number = f"第{brief.episode}期" if brief.episode else ""
    blocks = {
        "series": page.block(desk, "series-badge", "series", brief.series, room, place=brief.at("series")),
        "number": page.block(desk, "series-badge", "number", number, room) if number else None,
    }
    return page.drawing(desk, "series-badge", room, t=blocks)


@shows("people", lambda brief: sum(bool(one.photo) for one in brief.people) >= 2)
def people(view: View) -> Laid:
    """Two to four people in cards, each with her name, her craft and who taught her below (or beside) her portrait; whoever has no photo
    stands there with the first character of her name.
    """
    box, count = view.box, len(view.brief.people)
    top = box.y + (view.margin if box.y == 0 else BELOW)
    inner = Box(view.margin, top, box.width - 2 * view.margin, box.y + box.height - top)
    cards = tuple(grid(inner, count, GUTTER, WORDS))
    words = captions(view, cards)
    low = max(drawn.height for drawn in words)
    wide = min(LOW, *(widest(view.script.prints[one.photo], CARDED) for one in view.brief.people if one.photo))
    if cards[0].width > max(wide * (cards[0].height - low), ROOMY):
        return sum((_beside(view, number, card) for number, card in enumerate(cards)), Laid())
    if cards[0].height < low * TIGHT:
        words = captions(view, cards, short=True)
        low = max(drawn.height for drawn in words)
    made = Laid()
    for who, drawn, card in zip(view.brief.people, words, cards, strict=True):
        high = (card.height - low) // 2 * 2
        made += _card(view, who, replace(card, height=high)) + Laid(
            over=(page.nested(drawn.svg, card.x, card.y + high),)
        )
    return made


def grid(box: Box, count: int, gap: int, words: int = 0) -> Iterator[Box]:
    """A box cut into so many equal cards with gaps between. Columns and rows are those that bring the photo of a card, its height less ``words`` px,
    nearest to a portrait. What is left at the edges goes to the last cards.
    """

    def cost(across: int) -> float:
        rows = -(-count // across)
        width, height = (box.width - gap * (across - 1)) / across, (box.height - gap * (rows - 1)) / rows
        return abs(math.log(width / max(height - words, 24) / CARD)) if count % across == 0 else math.inf

    across = min(range(1, count + 1), key=cost)
    rows = count // across
    width, height = (
        (box.width - gap * (across - 1)) // across // 2 * 2,
        (box.height - gap * (rows - 1)) // rows // 2 * 2,
    )
    for number in range(count):
        column, row = number % across, number // across
        x, y = box.x + column * (width + gap), box.y + row * (height + gap)
        yield Box(
            x,
            y,
            box.x + box.width - x if column == across - 1 else width,
            box.y + box.height - y if row == rows - 1 else height,
        )


def _beside(view: View, number: int, card: Box) -> Laid:
    width = int(min(card.height * CARD, card.width * 0.5)) // 2 * 2
    (words,) = _captioned(view, (number,), (card.width - width - GUTTER,))
    at = card.x + width + GUTTER, card.y + (card.height - words.height) // 2
    return _card(view, view.brief.people[number], replace(card, width=width)) + Laid(
        over=(page.nested(words.svg, *at),)
    )


def captions(view: View, cards: Sequence[Box], *, short: bool = False) -> tuple[Drawing, ...]:
    """Each person's name, craft and teacher, to stand below her portrait, alike: what stands beside each other in letters of one size and on one
    height; ``short`` ones are names alone.
    """
    return _captioned(view, range(len(cards)), [card.width for card in cards], short=short)


def _captioned(view: View, numbers: Sequence[int], rooms: Sequence[int], *, short: bool = False) -> tuple[Drawing, ...]:
    room, everyone = min(rooms), [view.brief.people[number] for number in numbers]
    says = view.desk.pages.says["taught_narrow" if room < NARROW else "taught"]

    def put(slot: str, said: Sequence[str], path: str) -> list[Block | None]:
        largest, floor = view.desk.pages.parts["person-caption"].slots[slot].sizes
        places = [view.brief.at(f"people.{number}.{path}") for number in numbers]

        def every(top: int) -> list[Block | None]:
            return [
                page.block(view.desk, "person-caption", slot, words, room, sizes=(top, floor), place=place)
                for words, place in zip(said, places, strict=True)
            ]

        return every(min((block.size for block in every(largest) if block), default=floor))

    crafts = put("craft", [trade(who) for who in everyone], "craft")
    if room < NARROW or any(block and len(block.lines) > 1 for block in crafts):
        parts = [[who.craft for who in everyone], [f"{who.years}年" if who.years else "" for who in everyone]]
        both = zip(*(put("craft", said, "craft") for said in parts), strict=True)
        crafts = [joined(lines) if (lines := [one for one in each if one]) else None for each in both]
    taught = put("taught", [says.format(name=who.taught_by) if who.taught_by else "" for who in everyone], "taught_by")
    names = put("name", [who.name for who in everyone], "name")
    rows = [max((block.height for block in row if block), default=0) for row in (names, crafts)]
    each = zip(names, crafts, taught, rooms, strict=True)
    return tuple(
        page.drawing(
            view.desk,
            "person-caption",
            own,
            t={"name": name, "craft": None if short else craft, "taught": None if short else by},
            rows=rows,
        )
        for name, craft, by, own in each
    )


def _card(view: View, who: Person, card: Box) -> Laid:
    """A portrait with round corners, or the first character of a name on a coloured ground."""
    if who.photo:
        known = view.script.prints[who.photo]
        return Laid((page.Shown(page.picture(known, card.width / card.height), card, page.rounded(card, ROUND)),))
    size = min(card.width, card.height) // 2
    first = page.block(view.desk, "initial", "text", who.name[0], card.width, sizes=(size, size))
    drawn = page.drawing(view.desk, "initial", card.width, t={"text": first}, height=card.height, corner=ROUND)
    return Laid(over=(page.nested(drawn.svg, card.x, card.y),))


# One photo


def photo_of(brief: Brief) -> Photo | None:
    """The photo that shows the work best: one of the brief's own, of its sections, the last after, the group."""
    singles = (*brief.photos, *(photo for one in brief.sections for photo in one.photos))
    afters = tuple(two.after for two in brief.comparisons)
    return next(iter((*singles, *afters, *filter(None, (brief.group,)))), None)


def work_of(brief: Brief) -> Photo | None:
    """The photo to show where nothing may be said: the first after, else the best photo, else the first person."""
    afters = tuple(two.after for two in brief.leading[:1])
    people = tuple(one.photo for one in brief.people if one.photo)
    return next(iter((*afters, *filter(None, (photo_of(brief),)), *people)), None)


@shows("photo", lambda brief: photo_of(brief) is not None)
def photo(view: View) -> Laid:
    """One photo across the whole box."""
    shown = photo_of(view.brief)
    assert shown, "a photo is there"
    box = view.box
    return Laid((page.Shown(page.picture(view.script.prints[shown], box.width / box.height), box),))


@shows("group", lambda brief: brief.group is not None)
def group(view: View) -> Laid:
    """The photo of all of them across the whole box."""
    assert view.brief.group, "a photo is there"
    box = view.box
    known = view.script.prints[view.brief.group]
    return Laid((page.Shown(page.picture(known, box.width / box.height), box),))

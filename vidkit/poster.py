"""A checked brief → its posters: pages of their own, not crops of the clip.

A poster is a picture across the whole width between drawings of measured height. The letters are tried from large to small until the
picture has its share of the height; when even the smallest leave it too little, drawings that can be spared give way, at last the picture;
what is left over becomes air. Whatever the brief leaves out takes no room.
"""

from __future__ import annotations

from bisect import bisect_left
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from vidkit import plan
from vidkit.labels import marking
from vidkit.pages import offers, page, pictures, qr, told, words  # their drawings register themselves
from vidkit.pages.drawings import Ask, made
from vidkit.pages.page import Page
from vidkit.pages.pictures import Laid, View
from vidkit.photos import matrix
from vidkit.photos.prints import crop
from vidkit.problems import Refusal
from vidkit.storyboard import Box, Picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vidkit.kits.platform import Platform
    from vidkit.layout import Drawing
    from vidkit.pages.page import Desk, Frame, Kind
    from vidkit.photos.prints import Print
    from vidkit.plan import Script

CLEAR = 24
"""The least room between words and a standing person, px."""
BLEED = 0.75
"""How much of the margin a standing person may take (elbows and shoulders)."""
THUMB = (144, 210)
"""The least and the largest side of the second pair's photos, px."""
BESIDE = 56
"""The least room between the reasons and the second pair, px."""
RADIUS = 18
HEADS = 1.7
"""A person's small portrait is so many of her heads high: smaller faces are not known at the size of a thumb."""
TAG = 12
ENOUGH = {"third-reason": 0.94, "poster-reasons": 0.94}
"""These do not give way while the picture has this much of its least share,"""
USUALLY_ENOUGH = 0.82
"""nor anything else while it has this much."""
NEARLY = 0.94
"""Beside a standing person the picture may have this much of its least share where all the words keep their place."""
CODED = 0.8
"""Beside a code the picture's least share is this much of what it is without."""
LEAST = {"person": 0.26, "people": 0.26}
USUAL_LEAST = 0.2
"""A picture with less than this share of the height is none: it gives way to the words."""
GIVES = 0.25
"""A picture gives way to a customer's words that would be small on a screen, down to this share of the height."""
CLOSE = 0.6
"""How much of its air a poster keeps whose words would not fit otherwise."""
REGISTERED = (offers, told, words)


def pages(script: Script, chosen: Sequence[Platform] = ()) -> tuple[tuple[str, Page], ...]:
    """The posters by name, for the brief's platforms and those ``chosen``, each drawn for its own size, without those that have no room for all
    the words; refuses words that do not fit (VK-T001) or cannot be drawn (VK-T002).
    """
    return _pages(script, plan.with_chosen(script, chosen))


@lru_cache(maxsize=32)
def _pages(script: Script, where: tuple[Platform, ...]) -> tuple[tuple[str, Page], ...]:
    desk, paper = page.desk(script), _Reached(qr.text(script), script.brief.phone)
    every = (
        (
            name,
            _marked(Order(desk, frame, script, *(paper if frame.qr else UNREACHED), () if frame.qr else where), where),
        )
        for name, frame in desk.pages.posters.items()
    )
    return tuple((name, made_at) for name, made_at in every if made_at)


@lru_cache(maxsize=32)
def reachable(script: Script, platform: Platform) -> tuple[tuple[str, Page], ...]:
    """The posters with the brief's code and telephone for a platform that allows them: none without either or where both are forbidden."""
    reached = _reached(script, platform)
    if reached == UNREACHED:
        return ()
    desk = page.desk(script)
    every = (
        (name, _marked(Order(desk, frame, script, *reached, (platform,)), (platform,), linked=True))
        for name, frame in desk.pages.posters.items()
        if not frame.qr
    )
    return tuple((name, made_at) for name, made_at in every if made_at)


def left_out(script: Script, platforms: Sequence[Platform]) -> tuple[str, ...]:
    """The names of posters that have no room for all the words, and so are not made."""
    desk = page.desk(script)
    reached = [where for where in platforms if _reached(script, where) != UNREACHED]
    wanted = {name for name, frame in desk.pages.posters.items() if not frame.qr}
    made = [dict(pages(script, platforms)), *(dict(reachable(script, where)) for where in reached)]
    lost = {name for name in desk.pages.posters if name not in made[0]} | {
        n for n in wanted for m in made[1:] if n not in m
    }
    return tuple(sorted(lost))


class _Reached(NamedTuple):
    """How people reach the shop from a page: the text of its code and its telephone, "" for none."""

    code: str = ""
    phone: str = ""


UNREACHED = _Reached()


def _reached(script: Script, platform: Platform) -> _Reached:
    """What of a brief's code and telephone a platform allows."""
    return _Reached(
        qr.text(script) if platform.allows_qr else "", script.brief.phone if platform.allows_contact else ""
    )


# One poster


@dataclass(frozen=True)
class Piece:
    """A drawing by name, put on the poster's left margin at a top in px."""

    name: str
    drawing: Drawing
    top: int


@dataclass(frozen=True)
class Column:
    """A poster's drawings above and below the picture, the picture's box they leave, its kind ("" for none), the px kept free on the
    right for a standing person, and what gave way.
    """

    pieces: tuple[Piece, ...]
    picture: Box
    shows: str
    aside: int = 0
    spared: frozenset[str] = frozenset()

    def find(self, name: str) -> Piece | None:
        """The drawing of a name, if the brief has something for it."""
        return next((piece for piece in self.pieces if piece.name == name), None)


@dataclass(frozen=True)
class Order:
    """What one poster is made from: the shared desk, the frame, the brief, the text of its code, its telephone, the platforms it goes to, what
    stands closer than usual.
    """

    desk: Desk
    frame: Frame
    script: Script
    code: str = ""
    phone: str = ""
    platforms: tuple[Platform, ...] = ()
    close: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        """What the template's posters are made of."""
        return self.desk.pages.poster

    @property
    def size(self) -> tuple[int, int]:
        """Width and height it is drawn at, px."""
        return self.frame.width, self.frame.height

    @property
    def share(self) -> tuple[float, float]:
        """The picture's least and largest share of the height."""
        banner = self.kind.picture_banner if self.frame.above else None
        least, most = banner or self.kind.picture or self.frame.picture
        return least * (CODED if self.code else 1.0), most


def _marked(order: Order, where: tuple[Platform, ...], *, linked: bool = False) -> Page | None:
    """The poster with its marks; None where there is no room for all the words."""
    return marking.still(
        order.script,
        order.frame.size,
        where,
        lambda size: _page(replace(order, frame=order.frame.model_copy(update={"size": size}))),
        linked=linked,
    )


def _page(order: Order) -> Page | None:
    """The poster; None where even the smallest letters leave no room for all the words."""
    desk, frame, script = order.desk, order.frame, order.script
    beside = _beside(order)
    column = beside or arranged(order)
    if column.picture.height < 0:
        return None
    view = View(desk, script, column.picture, frame.margin)
    shown = pictures.laid(column.shows, view) + _more(order, column)
    shown += _person(order, column) if beside else _face(order, column)
    colours = desk.brand.colours
    drawn = (page.nested(piece.drawing.svg, frame.margin, piece.top) for piece in column.pieces)
    ground = _ground(order.size, column, getattr(colours, frame.above_ground))
    under = page.sheet(order.size, shown.under) if shown.under else ""
    svg = page.sheet(order.size, (*ground, *drawn, *shown.over))
    made_at = Page(order.size, colours.paper, shown.photos, svg, under, frame.dpi)
    return made_at if order.size == frame.size else page.resized(made_at, frame.size)


def _ground(size: tuple[int, int], column: Column, tint: str) -> Iterator[str]:
    """The coloured ground above the picture, down to the first drawing below where there is none."""
    if column.picture.y:
        yield f'<rect width="{size[0]}" height="{column.picture.y}" fill="{tint}"/>'


def arranged(order: Order, aside: int = 0) -> Column:
    """Where everything stands: the largest letters that leave the picture its least share; what can be spared gives way when the
    smallest ones do not, at last the picture.
    """
    shows = pictures.chosen(order.kind.shows, order.script.brief)
    least = (order.frame.beside if aside else order.share[0]) * order.size[1] if shows else 0
    floor = LEAST.get(shows, USUAL_LEAST) * order.size[1]
    best = None
    for count in range(len(order.kind.spare) + 1):
        column = _largest(order, aside, shows, order.kind.spare[:count], least)
        best = column if best is None or column.picture.height >= floor > best.picture.height else best
        then = order.kind.spare[count] if count < len(order.kind.spare) else ""
        if column.picture.height >= least * ENOUGH.get(then, USUALLY_ENOUGH):
            return column
    assert best is not None, "there is a way with everything"
    if shows and best.picture.height < floor:
        return _rescued(order, aside, shows, floor) or _bare(order, aside)
    return best if best.picture.height >= 0 else _bare(order, aside)


def _rescued(order: Order, aside: int, shows: str, floor: float) -> Column | None:
    """With a picture of its least height, which costs what gives way last; None where even that is not enough."""
    for count in range(1, len(order.kind.last) + 1):
        column = _largest(order, aside, shows, (*order.kind.spare, *order.kind.last[:count]), floor)
        if column.picture.height >= floor:
            return column
    return None


def _bare(order: Order, aside: int) -> Column:
    """Without a picture: with everything if that has room, else without what can be spared, at last with less air."""
    snug = [replace(order, close=(words.SNUG,))] if order.code else []
    closer = replace(order, frame=_closer(order.frame), close=(words.SNUG,))
    every = len(order.kind.spare)
    ways = [*((way, count) for count in range(every + 1) for way in (order, *snug)), (closer, every)]
    for way, count in ways:
        column = _largest(way, aside, "", order.kind.spare[:count], 0)
        if column.picture.height >= 0:
            return column
    return column


def _closer(frame: Frame) -> Frame:
    """A frame whose drawings stand as near to each other, and to its edges, as they still read."""
    pad = round(frame.pad[0] * CLOSE), round(frame.pad[1] * CLOSE)
    return frame.model_copy(update={"pad": pad, "gap": round(frame.gap * CLOSE)})


def _largest(order: Order, aside: int, shows: str, spared: tuple[str, ...], least: float) -> Column:
    """The column with the largest letters that leave ``least`` px, else with the smallest; a picture beside a customer's words gives way to them as
    long as they are small.
    """
    scales = order.frame.scales
    column = cache(lambda scale: _column(order, scale, aside, shows, spared))

    def leaves(scale: float, share: float) -> bool:
        try:
            return column(scale).picture.height >= share
        except Refusal:  # a refusal is how words say that these letters are too large for them
            return False

    at = bisect_left(scales, True, key=lambda scale: leaves(scale, least))  # noqa: FBT003  # the value sought
    at = min(at, len(scales) - 1)
    low = min(GIVES * order.size[1], least)
    while (
        at
        and not order.frame.dpi
        and told.small(order.desk, order.script.brief, scales[at])
        and leaves(scales[at - 1], low)
    ):
        at -= 1
    return column(scales[at])


def _column(order: Order, scale: float, aside: int, shows: str, spared: tuple[str, ...]) -> Column:
    frame, kind = order.frame, order.kind
    ask = Ask(
        order.desk,
        order.script,
        frame.width - 2 * frame.margin,
        scale,
        tight=scale == frame.scales[-1],
        aside=aside,
        shows=shows,
        code=order.code,
        phone=order.phone,
        platforms=order.platforms,
        spared=(*order.close, *spared),
    )
    above = _drawn(ask, frame.above, spared)
    below = _drawn(ask, (*frame.head, *kind.body, *frame.foot), spared)
    taken = sum(_air(frame, group) + sum(drawing.height for _, drawing in group) for group in (above, below))
    spare = order.size[1] - taken
    height = min(spare, int(order.size[1] * order.share[1]) if shows else 0) // 2 * 2
    more = max(0, spare - height) / (len(below) + 1 + (len(above) + 1 if above else 0))
    over, at = _tops(above, 0, frame.pad, frame.gap, more)
    picture = Box(0, at // 2 * 2, frame.width, height if shows else min(height, 0))
    under, _ = _tops(below, picture.y + max(height, 0), frame.pad[::-1], frame.gap, more)
    return Column((*over, *under), picture, shows, aside, frozenset(spared))


def _drawn(ask: Ask, names: tuple[str, ...], spared: tuple[str, ...]) -> list[tuple[str, Drawing]]:
    """The drawings of these names that the brief has something for, those beside a standing person narrower."""
    drawings: list[tuple[str, Drawing]] = []
    for name in names:
        room = ask.room - (ask.aside if name not in {"poster-head", "poster-banner"} else 0)
        drawn = None if name in spared else made(replace(ask, first=not drawings, room=room), name)
        drawings += [(name, drawn)] if drawn else []
    return drawings


def _air(frame: Frame, group: Sequence[tuple[str, Drawing]]) -> int:
    return sum(frame.pad) + frame.gap * (len(group) - 1) if group else 0


def _tops(
    group: Sequence[tuple[str, Drawing]], start: int, pad: tuple[int, int], gap: int, more: float
) -> tuple[tuple[Piece, ...], int]:
    """Drawings one below the other from ``start`` on, and where the room after them ends."""
    if not group:
        return (), start
    pieces, at = [], start + pad[0] + more
    for name, drawing in group:
        pieces.append(Piece(name, drawing, round(at)))
        at += drawing.height + gap + more
    return tuple(pieces), round(at - gap + pad[1])


# Beside the words


def _more(order: Order, column: Column) -> Laid:
    """The second pair, small, where the reasons leave room beside them."""
    reasons, pairs = column.find("poster-reasons"), order.script.brief.leading
    if not reasons or len(pairs) < 2 or column.aside or column.shows != "pair":
        return Laid()
    frame = order.frame
    side = min(reasons.drawing.height, THUMB[1]) // 2 * 2
    left = frame.width - frame.margin - 2 * side - pictures.SEAM
    if side < THUMB[0] or left < frame.margin + reasons.drawing.width + BESIDE:
        return Laid()
    pair, top = pairs[1], reasons.top + (reasons.drawing.height - side) // 2
    cells = Box(left, top, side, side), Box(left + side + pictures.SEAM, top, side, side)
    number = order.script.brief.comparisons.index(pair)
    place = order.script.brief.at(f"pairs.{number}.spot")
    spot = page.block(order.desk, "tag", "text", pair.spot, 2 * side, place=place)
    tag = page.drawing(order.desk, "tag", 2 * side, t={"text": spot})
    at = left + side + (pictures.SEAM - tag.width) / 2, top + side - tag.height - TAG
    photos = (
        replace(shown, outline=page.rounded(shown.box, RADIUS))
        for shown in page.paired(pair, order.script.prints, cells)
    )
    return Laid(tuple(photos), (page.nested(tag.svg, *at),))


def _face(order: Order, column: Column) -> Laid:
    """The person's photo in the foot, as a card with round corners, where the foot names her."""
    foot, brief = column.find("poster-foot"), order.script.brief
    spared = () if column.find("poster-quote") else ("poster-quote",)
    ask = Ask(order.desk, order.script, 0, 1.0, shows=column.shows, spared=spared)
    person = words.standing_in_foot(ask)
    if not foot or not person or not person.photo or order.code:
        return Laid()
    assert brief.person, "the foot names the first person"
    size = words.FACE
    box = Box(order.frame.width - order.frame.margin - size, foot.top + foot.drawing.height - size, size, size)
    known = order.script.prints[person.photo]
    shown = Picture(known.sha256, crop(known, 1.0, close=_close(known)))
    return Laid((page.Shown(shown, box, page.rounded(box, words.CORNER)),))


def _close(known: Print) -> float:
    """How much closer than all of a photo a small square of it comes: to ``HEADS`` times the height of its largest head."""
    head = max(known.heads, key=matrix.size, default=None)
    part = crop(known, 1.0)
    return max(1.0, (part[3] - part[1]) / (HEADS * (head[3] - head[1]))) if head else 1.0


def _beside(order: Order) -> Column | None:
    """The column beside a person who is cut out; None when nobody is, a code stands there or the words do not fit beside her."""
    photo = order.script.brief.person.photo if order.script.brief.person else None
    shows = pictures.chosen(order.kind.shows, order.script.brief)
    if not photo or not order.script.prints[photo].person or order.code or shows in {"person", "people"}:
        return None
    return next(_ranked(order), None)


def _ranked(order: Order) -> Iterator[Column]:
    """The columns beside a standing person, the best first: those that say all that one without her says, in letters as usual or closer, then with
    a picture a little smaller, at last those where words give way to her.
    """
    said, least = arranged(order).spared, order.frame.beside * order.size[1]
    usual = _asides(order)
    yield from (one for one in usual if one.spared <= said and one.picture.height >= least)
    every = [*usual, *_asides(replace(order, close=(page.TIGHT,)))]
    yield from (
        one for share in (1.0, NEARLY) for one in every if one.spared <= said and one.picture.height >= least * share
    )
    yield from (one for one in usual if one.picture.height >= least)


def _asides(order: Order) -> list[Column]:
    """The columns beside a standing person, from the widest room for her on, without those whose words do not fit."""
    columns = []
    for aside in order.frame.aside:
        with suppress(Refusal):  # a refusal is how a narrower column says that its words do not fit
            columns.append(arranged(order, aside))
    return columns


def _person(order: Order, column: Column) -> Laid:
    """The person without the background, standing on the poster's lower edge right of the words."""
    assert order.script.brief.person, "somebody stands there"
    assert order.script.brief.person.photo, "somebody stands there"
    known, frame = order.script.prints[order.script.brief.person.photo], order.frame
    assert known.person, "somebody stands there"
    ratio = pictures.shape(known)
    under = next(piece for piece in column.pieces if piece.name not in {"poster-head", "poster-banner"})
    above = max((p.top + p.drawing.height for p in column.pieces if p.top < under.top), default=0)
    reach = column.picture.y + column.picture.height * (1 - frame.reach) if above <= column.picture.y else 0
    room = column.aside - CLEAR + frame.margin * BLEED
    height = int(min(order.size[1] - max(above, reach), room / ratio)) // 2 * 2
    width = int(height * ratio) // 2 * 2
    start = frame.width - frame.margin - column.aside + CLEAR + (room - width) / 2
    box = Box(round(start), order.size[1] - height, width, height)
    return Laid((page.Shown(Picture(known.sha256, known.person), box, cutout=True),))

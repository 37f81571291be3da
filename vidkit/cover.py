"""A checked brief + a platform → the covers it asks for: one picture, three to eight large characters.

A kind of cover is one function with ``@fronts``; ``pages.yaml`` says which kinds a template prefers. Kinds with a plate keep everything at
the same spot whatever the words are, so that the covers of a series form one wall.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from vidkit.briefs import days
from vidkit.captions.phrasing import counted
from vidkit.labels import marking
from vidkit.pages import drawings, offers, page, pictures, titles, told
from vidkit.pages.page import Page, Shown
from vidkit.pages.sayings import hiring, quoted, unsaid
from vidkit.pages.words import kicker, trade
from vidkit.problems import Refusal
from vidkit.storyboard import Box

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vidkit.brief import Brief, Photo
    from vidkit.kits.platform import Cover as Size
    from vidkit.kits.platform import Platform
    from vidkit.layout import Drawing
    from vidkit.pages.page import Cover, Desk
    from vidkit.photos.prints import Print
    from vidkit.plan import Script
    from vidkit.problems import Place
    from vidkit.text import Block

    Notes = tuple[tuple[str, ...], ...]
    Has = Callable[[Brief], bool]
    Make = Callable[["Sheet"], Page]
    Line = tuple[tuple[float, float], tuple[float, float]]
    Saying = tuple[str, Place | None]
    Spread = tuple["Sheet", "Plate"]

LINE = 12
EDGE = 56
PILL = 1.2
PLATE_PAD, TIGHT_PAD = 104, 64
"""Room above and below the words of a plate together, px, and what it is where they would be small."""
AIR = 72
"""The least room above and below words on a ground of their own, px."""
GROWN = (0.0, 0.04, 0.08)
"""What a plate whose words would hardly be read takes of the picture above it, as shares of the middle part's height."""
PLATE_GAP = 24
STARS = 56
"""A star's size on a cover, px."""
EDGE_LINE = 12
BADGE, BADGE_ROOM = 48, 900
"""What a badge on the edge of a plate takes of the plate, and the room it has, px."""
MARK, LINE_MARK = 190, 76
"""The brand's mark beside the words of a wide cover, and in the line above a picture, px."""
LOWER = 0.56
"""Where the words stand in what a plate leaves them: a little below its middle."""
LEGIBLE = 0.9
"""The share of a cover's least letters that words keep: smaller ones are not read among other covers."""
QUOTED = 0.88
"""The share of a plate's width for words in quotation marks, which stand out."""
PRICED = 0.2, 0.15
"""The share of a cover's height its large words keep when prices stand below them, and where it takes that to say how long these hold."""
WORDS = 0.55
"""The share of a cover's height its large words keep when chips stand below them."""
TOO_LONG = "VK-T001"
GUTTER = 6


@dataclass(frozen=True)
class Sheet:
    """A cover to be laid out: its kind, the size it is drawn at and the size it will have, px, whose it is and where it goes."""

    desk: Desk
    kind: Cover
    drawn: tuple[int, int]
    whole: tuple[int, int]
    script: Script
    platform: Platform

    @property
    def brief(self) -> Brief:
        """The brief whose cover it is."""
        return self.script.brief


FRONTS: dict[str, tuple[Has, Make]] = {}


def fronts(name: str, has: Has) -> Callable[[Make], Make]:
    """Register a function as the maker of a kind of cover, for briefs that have what it needs."""

    def registered(make: Make) -> Make:
        FRONTS[name] = has, make
        return make

    return registered


@lru_cache(maxsize=32)
def pages(script: Script, platform: Platform) -> tuple[tuple[str, Page], ...]:
    """The platform's covers by name (``cover-3x4``); refuses a title that does not fit (VK-T001)."""
    desk = page.desk(script)
    return tuple((f"cover-{size.name}", _marked(desk, size, script, platform)) for size in platform.covers)


def _marked(desk: Desk, size: Size, script: Script, platform: Platform) -> Page:
    """A cover with its marks; a platform whose covers carry no words has no place for a purchase link on them either."""
    made = marking.still(
        script,
        (size.width, size.height),
        (platform,),
        lambda whole: _page(desk, whole, script, platform),
        linked=platform.allows_words_on_covers,
    )
    assert made, "a cover is always laid out"
    return made


def _page(desk: Desk, whole: tuple[int, int], script: Script, platform: Platform) -> Page:
    if not platform.allows_words_on_covers:
        return _plain(desk, script, whole)
    kind = next(kind for kind in desk.pages.covers if whole[0] / whole[1] <= kind.up_to)
    drawn = (kind.width, round(kind.width * whole[1] / whole[0]))
    sheet = Sheet(desk, kind, drawn, whole, script, platform)
    return next(
        make(sheet) for name in (*desk.pages.cover.shows, "words") for has, make in (FRONTS[name],) if has(script.brief)
    )


def _plain(desk: Desk, script: Script, whole: tuple[int, int]) -> Page:
    """A photo and nothing else: an after, another photo, the person; the brand's mark on its colour where there is none."""
    brief, box = script.brief, Box(0, 0, *whole)
    photo = pictures.work_of(brief)
    if photo:
        shown = Shown(page.picture(script.prints[photo], box.width / box.height), box)
        return Page(whole, desk.brand.colours.paper, (shown,), page.sheet(whole, ()))
    logo = page.drawing(desk, "cover-mark", whole[0], height=whole[1])
    return Page(whole, desk.brand.colours.paper, (), page.sheet(whole, (logo.svg,)))


def middle(kind: Cover, drawn: tuple[int, int]) -> tuple[int, int, int, int]:
    """The part every crop keeps (left, top, right, bottom in px), less its margin."""
    width, height = drawn
    inner = min(width, height * kind.middle), min(height, width / kind.middle)
    left, top = (width - inner[0]) / 2 + kind.margin, (height - inner[1]) / 2 + kind.margin
    return round(left), round(top), round(width - left), round(height - top)


@fronts("pair", lambda brief: bool(brief.comparisons))
def split(at: Sheet) -> Page:
    """Before and after on two sides of a leaning white line, the words over it, labels in the corners."""
    desk, kind, drawn, whole, script = at.desk, at.kind, at.drawn, at.whole, at.script
    down = page.stacked(page.both(script.brief.leading[0], script.prints), *drawn)
    scale = whole[0] / drawn[0]
    (x1, y1), (x2, y2) = _line(kind, drawn, down=down)
    photos = tuple(_sides(script, whole, ((x1 * scale, y1 * scale), (x2 * scale, y2 * scale)), down=down))
    seam = f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="#ffffff" stroke-width="{LINE}"/>'
    pieces = (seam, *_labels(desk, kind, drawn, down=down), _title(desk, kind, drawn, script.brief, down=down))
    return Page(whole, desk.brand.colours.paper, photos, page.sheet(drawn, pieces))


def _labels(desk: Desk, kind: Cover, drawn: tuple[int, int], *, down: bool) -> Iterator[str]:
    """清洁前 in the upper left corner, 清洁后 in the lower right one, or the upper right one of photos side by side."""
    _, top, _, bottom = middle(kind, drawn)
    before, after = (pictures.pill(desk, after=which, scale=PILL) for which in (False, True))
    high, low = max(top, EDGE), min(bottom, drawn[1] - EDGE) - after.height
    yield page.nested(before.svg, EDGE, high)
    yield page.nested(after.svg, drawn[0] - EDGE - after.width, low if down else high)


def _title(desk: Desk, kind: Cover, drawn: tuple[int, int], brief: Brief, *, down: bool) -> str:
    """The words at their place, but between the labels."""
    left, top, right, bottom = middle(kind, drawn)
    label = pictures.pill(desk, after=True, scale=PILL).height + PLATE_GAP
    first, last = max(top, EDGE) + label, min(bottom, drawn[1] - EDGE) - (label if down else 0)
    title = titles.headline(desk, kind, brief, right - left, last - first)
    at = top + (0.5 if down else kind.words_at) * (bottom - top) - title.height / 2
    return page.nested(title.svg, left, round(max(first, min(at, last - title.height))))


def _line(kind: Cover, drawn: tuple[int, int], *, down: bool) -> Line:
    width, height = drawn
    lean = kind.slant / 2
    if down:
        return (0.0, height / 2 + lean), (float(width), height / 2 - lean)
    return (width / 2 + lean, 0.0), (width / 2 - lean, float(height))


def _sides(script: Script, whole: tuple[int, int], line: Line, *, down: bool) -> Iterator[Shown]:
    """Both photos, each in the box that holds its side of the line; the after is cut along the line."""
    width, height = whole
    (x1, y1), (x2, y2) = line
    first = Box(0, 0, width, round(max(y1, y2))) if down else Box(0, 0, round(max(x1, x2)), height)
    x, y = (0, int(min(y1, y2))) if down else (int(min(x1, x2)), 0)
    second = Box(x, y, width - x, height - y)
    corner = (0.0, float(height)) if down else (float(width), 0.0)
    before, after = page.paired(script.brief.leading[0], script.prints, (first, second))
    yield before
    yield Shown(after.picture, after.box, (*line, (float(width), float(height)), corner))


# One photo or people above a plate


@fronts("person", pictures.portrait)
def person(at: Sheet) -> Page:
    """One woman's portrait over a plate with the words and her name, or the jobs she speaks for."""
    who = at.brief.person
    assert who, "somebody is there"
    assert who.photo, "somebody's photo is there"
    note, path = _hiring(at) or (((unsaid(at.brief, who.name), trade(who)),), "person.name")
    at, plate = _roomy(at, Words(note, path))
    known = at.script.prints[who.photo]
    view = pictures.View(at.desk, at.script, _photo_box(at), 0)
    framed = pictures.Laid((_filled(known, _photo_box(at)),)) if _wide(at) else pictures.framed(view, known)
    shown = pictures.standing(view, known) if known.person and not _wide(at) else framed
    work = pictures.work_of(at.brief)
    aside = _aside(at, None if work in {one.photo for one in at.brief.people} else work)
    return _plated(at, shown + aside, plate)


@fronts("people", lambda brief: sum(bool(one.photo) for one in brief.people) >= 2)
def people(at: Sheet) -> Page:
    """Two to four portraits over a plate with the words and their names, or the jobs they speak for."""
    everyone = [one for one in at.brief.people if one.photo]
    names = " · ".join(one.name for one in everyone)
    note, path = _hiring(at) or (((names,),), "people")
    at, plate = _roomy(at, Words(note, path))
    half = -(-len(everyone) // 2) if _wide(at) else 0
    boxes = ((_left_box(at), half), (_photo_box(at), len(everyone) - half))
    cells = (cell for box, count in boxes if count for cell in pictures.grid(box, count, GUTTER))
    shown = tuple(
        _filled(at.script.prints[one.photo], cell) for one, cell in zip(everyone, cells, strict=True) if one.photo
    )
    return _plated(at, pictures.Laid(shown), plate)


@fronts("group", lambda brief: brief.group is not None)
def group(at: Sheet) -> Page:
    """The photo of all of them over a plate."""
    assert at.brief.group, "a photo is there"
    known = at.script.prints[at.brief.group]
    names = " · ".join(one.name for one in at.brief.people)
    at, plate = _roomy(at, Words(((names,),), "people"))
    return _plated(at, pictures.Laid((_filled(known, _photo_box(at)),)), plate)


@fronts("review", lambda brief: brief.review is not None and pictures.photo_of(brief) is not None)
def review(at: Sheet) -> Page:
    """A photo of the work over a plate with the stars and a clause of the customer's own words over her name; without such a clause, or where its
    letters would be small, the words of other covers, not over her name.
    """
    said, photo = at.brief.review, pictures.photo_of(at.brief)
    assert said, "a review is there"
    assert photo, "a photo is there"
    source = at.platform.sayable(said.platform) or at.desk.pages.says["review"]
    hers = Words(((said.name, source, days.spelt(said.date)),), "review.platform", said.stars or 0, quoted(at.brief))
    ours = Words((tuple(one for one, _ in kicker(at.brief)),), "service", said.stars or 0)
    at, plate = _reviewed(at, hers, ours)
    shown = pictures.Laid((_filled(at.script.prints[photo], _photo_box(at, faces=False)),))
    aside = _aside(at, next((one for one in at.brief.photos if one != photo), None))
    return _plated(at, shown + aside, plate, faces=False)


def _reviewed(at: Sheet, hers: Words, ours: Words) -> Spread:
    """A customer's words on their plate where they are nearly as large as a cover's should be, or larger than other words; else these."""
    plate = _plate(at, hers, faces=False) if hers.quote else None
    if plate and plate.title.size >= at.kind.sizes[1] * LEGIBLE:
        return at, plate
    others = _roomy(at, ours, faces=False)
    return (at, plate) if plate and plate.title.size > others[1].title.size else others


@fronts("priced", lambda brief: len(brief.prices) > 1 and pictures.photo_of(brief) is not None)
def priced(at: Sheet) -> Page:
    """The words and all prices with their conditions on a darkened photo; where the prices have no room, the photo over a plate with the words and
    what the prices are for: never an amount without its conditions.
    """
    photo = pictures.photo_of(at.brief)
    assert photo, "a photo is there"
    if _sheet(at, *_room_alone(at, _kicker(at))):
        return _alone(at, _filled(at.script.prints[photo], Box(0, 0, *at.whole)))
    items = (tuple(one.item for one in at.brief.prices),)
    at, plate = _roomy(at, Words(items, "prices.0.item"), faces=False)
    shown = pictures.Laid((_filled(at.script.prints[photo], _photo_box(at, faces=False)),))
    return _plated(at, shown, plate, faces=False)


def _hiring(at: Sheet) -> tuple[Notes, str] | None:
    """What is asked for and where, and where the brief says that. None where nobody is hired."""
    said = hiring(at.brief, at.desk.pages.says)
    return (tuple((one, at.brief.area) for one in said), "jobs.0") if said else None


def _filled(known: Print, box: Box) -> Shown:
    return Shown(page.picture(known, box.width / box.height), box)


def plate_top(kind: Cover, drawn: tuple[int, int]) -> int:
    """Where the plate begins, px: a share of the middle part's height above its lower edge; a wide cover has it at the side."""
    width, height = drawn
    low = (height + min(height, width / kind.middle)) / 2
    return round(low - kind.plate * min(height, width / kind.middle)) // 2 * 2


def _wide(at: Sheet) -> bool:
    return at.kind.photo[0] > 0


def _photo_box(at: Sheet, *, faces: bool = True) -> Box:
    """The part of the page the picture fills: above the plate, or beside the words of a wide cover; pictures of ``faces`` begin where
    every crop begins.
    """
    width, height = at.drawn
    if _wide(at):
        left = round(at.kind.photo[0] * width)
        return Box(left, 0, round(at.kind.photo[2] * width) - left, height)
    top = max(0, round((height - width / at.kind.middle) / 2)) // 2 * 2 if faces else 0
    return Box(0, top, width, plate_top(at.kind, at.drawn) - top)


def _left_box(at: Sheet) -> Box:
    """The part of a wide cover left of the words, as wide as the picture right of them."""
    return Box(0, 0, _photo_box(at).width, at.drawn[1])


def _aside(at: Sheet, photo: Photo | None) -> pictures.Laid:
    """A second picture, left of the words of a wide cover; nothing elsewhere or without one."""
    return pictures.Laid((_filled(at.script.prints[photo], _left_box(at)),)) if photo and _wide(at) else pictures.Laid()


@dataclass(frozen=True)
class Words:
    """What stands on a plate besides its words: its note's parts, or what else it may say, where the brief says that, the stars above, and the
    customer's words with their place where these are its words.
    """

    note: Notes
    path: str
    stars: int = 0
    quote: Saying | None = None


@dataclass(frozen=True)
class Plate:
    """Where a plate's words may stand (left, top, right, bottom, px), the stars above them, whether the badge of the series stands on its edge, and
    the words and their note as they are set.
    """

    inner: tuple[int, int, int, int]
    stars: int
    badge: bool
    title: Block
    note: Block | None


def _roomy(at: Sheet, said: Words, *, faces: bool = True) -> Spread:
    """A cover and its plate, which is as much higher as its words need to be read; all covers of a series keep their frame."""
    best: Spread | None = None
    for more in (0.0,) if at.brief.series or _wide(at) else GROWN:
        way = replace(at, kind=at.kind.model_copy(update={"plate": at.kind.plate + more})) if more else at
        plate = _plate(way, said, faces=faces)
        best = (way, plate) if best is None or plate.title.size > best[1].title.size else best
        if plate.title.size >= at.kind.sizes[1] * LEGIBLE:
            break
    assert best is not None, "a plate has a height"
    return best


def _plate(at: Sheet, said: Words, *, faces: bool) -> Plate:
    """A plate below or beside a picture with its words, without the note where it leaves them no room."""
    box = _photo_box(at, faces=faces)
    left, top, right, bottom = middle(at.kind, at.drawn)
    wide = _wide(at)
    inner = (left, top, box.x - at.kind.margin, bottom) if wide else (left, box.y + box.height, right, bottom)
    badge = not wide and pictures.series_badge(at.desk, at.brief, BADGE_ROOM) is not None
    note = _note(at, said, inner[2] - inner[0])
    try:
        title = _large(at, said, inner, note, badge=badge)
    except Refusal:  # a refusal is how the words say that they have no room
        if note is None:
            raise
        title, note = _large(at, said, inner, None, badge=badge), None
    return Plate(inner, said.stars, badge, title, note)


def _plated(at: Sheet, shown: pictures.Laid, plate: Plate, *, faces: bool = True) -> Page:
    """A picture with the plate: words, a note below them, the series' badge always at the same spot."""
    colours, box = at.desk.brand.colours, _photo_box(at, faces=faces)
    left, low = middle(at.kind, at.drawn)[0], box.y + box.height
    badge = pictures.series_badge(at.desk, at.brief, BADGE_ROOM) if plate.badge else None
    ground, ink = (colours.paper, colours.ink) if plate.stars else (colours.primary, colours.paper)
    both = any(one.box.x < left for one in shown.photos)
    corner = page.nested(badge.svg, left, low - badge.height // 2) if badge else ""
    mark = "" if both and _wide(at) else _mark(at, box.y, ground)
    pieces = (*_panels(at, box, ground, both=both), *_on_plate(at, plate, ground, ink), *shown.over, corner, mark)
    under = page.sheet(at.drawn, shown.under) if shown.under else ""
    made = Page(at.drawn, ground, shown.photos, page.sheet(at.drawn, pieces), under)
    return page.resized(made, at.whole)


def _mark(at: Sheet, above: int, ground: str) -> str:
    """The brand where a cover has nothing else: left of a wide one's words, ``above`` (px) all else of a high one, or below its words where nothing
    is left there; only seen where the cover is not cut.
    """
    width, height = at.drawn
    low = middle(at.kind, at.drawn)[3] + at.kind.margin
    start, high = (0, height) if _wide(at) else (0, above) if above else (low, height - low)
    if not _wide(at) and high < 2 * LINE_MARK:
        return ""
    room = _left_box(at).width if _wide(at) else width
    name = page.block(at.desk, "brand-line", "name", at.desk.brand.full_name, room - 2 * EDGE)
    size = MARK if _wide(at) else LINE_MARK
    drawn = page.drawing(at.desk, "cover-brand", room, t={"name": name}, size=size, ground=ground, beside=not _wide(at))
    share = 0.5 if _wide(at) or not above else LOWER
    return page.nested(drawn.svg, 0, round(start + (high - drawn.height) * share))


def _panels(at: Sheet, box: Box, ground: str, *, both: bool) -> Iterator[str]:
    """Everything that is not the picture (or, on a wide cover, ``both`` pictures), in one colour, with a line in the accent colour between."""
    width, height = at.drawn
    accent = at.desk.brand.colours.accent
    if _wide(at):
        left = _left_box(at).width if both else 0
        yield f'<rect x="{left}" width="{box.x - left}" height="{height}" fill="{ground}"/>'
        for x in (left, box.x - EDGE_LINE) if both else (box.x - EDGE_LINE,):
            yield f'<rect x="{x}" width="{EDGE_LINE}" height="{height}" fill="{accent}"/>'
        return
    low = box.y + box.height
    if box.y:
        yield f'<rect width="{width}" height="{box.y}" fill="{ground}"/>'
    yield f'<rect y="{low}" width="{width}" height="{height - low}" fill="{ground}"/>'
    yield f'<rect y="{low}" width="{width}" height="{EDGE_LINE}" fill="{accent}"/>'


def _on_plate(at: Sheet, plate: Plate, ground: str, ink: str) -> Iterator[str]:
    """The words with the note below (and the stars above), in the middle of the plate's height."""
    left, top, right, bottom = plate.inner
    drawn = page.drawing(
        at.desk,
        "cover-plate",
        right - left,
        t={"text": plate.title, "note": plate.note},
        ground=ground,
        ink=ink,
        stars=plate.stars,
        gap=PLATE_GAP,
        star=STARS,
    )
    first = top + (BADGE if plate.badge else 0)
    first += EDGE_LINE
    yield page.nested(drawn.svg, left, round(first + max(0.0, bottom - first - drawn.height) * LOWER))


def _large(at: Sheet, said: Words, inner: tuple[int, int, int, int], note: Block | None, *, badge: bool) -> Block:
    """A plate's large words in what badge, stars and note leave them, with less air around them where they would be small."""
    left, top, right, bottom = inner
    room = right - left
    taken = (STARS + PLATE_GAP if said.stars else 0) + (note.height + PLATE_GAP if note else 0)
    best: Block | None = None
    refused: Refusal | None = None
    for pad in (PLATE_PAD, TIGHT_PAD):
        high = bottom - top - taken - (BADGE + pad // 2 if badge else pad)
        try:
            way = (
                titles.set_on_plate(at.desk, at.kind, at.brief, said.quote, round(room * QUOTED), high)
                if said.quote
                else _titled(at, room, high)
            )
        except Refusal as refusal:  # a refusal is how the words say that they have no room
            refused = refused or refusal
            continue
        best = way if best is None or way.size > best.size else best
        if best.size >= at.kind.sizes[1]:
            break
    if best is None:
        assert refused is not None, "one way was tried"
        raise refused
    return best


def _note(at: Sheet, said: Words, room: int) -> Block | None:
    """As much of a note as stands in one line; None when not even its first part does, nor that of what else it may say."""
    parts = [tuple(filter(None, one)) for one in said.note]
    for line in (" · ".join(one[:count]) for one in parts for count in range(len(one), 0, -1)):
        try:
            return page.block(at.desk, "cover-note", "text", line, room, lines=1, place=at.brief.at(said.path))
        except Refusal as refusal:  # a refusal is how a line says that the words do not fit
            if any(one.code != TOO_LONG for one in refusal.problems):
                raise
    return None


def _titled(at: Sheet, room: int, high: float) -> Block:
    """The whole title where its letters stay readable, else what a cover says instead."""
    return titles.on_plate(at.desk, at.kind, at.brief, room, high)


# A photo, or words alone


@fronts("photo", lambda brief: pictures.photo_of(brief) is not None)
def photo(at: Sheet) -> Page:
    """One photo across the whole cover, darker below, with large words in the lower part of the middle."""
    shown = pictures.photo_of(at.brief)
    assert shown, "a photo is there"
    picture = Shown(page.picture(at.script.prints[shown], at.whole[0] / at.whole[1]), Box(0, 0, *at.whole))
    left, top, right, bottom = middle(at.kind, at.drawn)
    title = titles.headline(at.desk, at.kind, at.brief, right - left, bottom - top)
    note = " · ".join(said for said, _ in kicker(at.brief))
    tag = _tag(at, note, right - left)
    low = bottom - title.height - round(0.02 * at.drawn[1])
    shade = page.drawing(at.desk, "cover-shade", at.drawn[0], height=at.drawn[1])
    pieces = [shade.svg, page.nested(title.svg, left, low)]
    if tag:
        pieces.append(page.nested(tag.svg, left + (right - left - tag.width) / 2, low - tag.height - PLATE_GAP))
    return Page(at.whole, at.desk.brand.colours.paper, (picture,), page.sheet(at.drawn, pieces))


def _tag(at: Sheet, note: str, room: int) -> Drawing | None:
    if not note:
        return None
    return page.drawing(
        at.desk, "cover-tag", room, t={"text": page.block(at.desk, "cover-note", "text", note, room - 80)}
    )


@fronts("words", lambda _: True)
def alone(at: Sheet) -> Page:
    """The words on the brand's colour; below them the prices with their conditions, or what they are for."""
    return _alone(at)


def _alone(at: Sheet, behind: Shown | None = None) -> Page:
    """The words in the middle with what stands below them, on the brand's colour or on a photo ``behind`` it."""
    left, top, _, bottom = middle(at.kind, at.drawn)
    ground, note = at.desk.brand.colours.primary, _kicker(at)
    room, high = _room_alone(at, note)
    items, title = _with_items(at, room, high)
    ink = at.desk.brand.colours.paper
    drawn = page.drawing(
        at.desk,
        "cover-plate",
        room,
        t={"text": title, "note": note},
        ground=ground,
        ink=ink,
        stars=0,
        gap=PLATE_GAP,
        star=STARS,
    )
    over = page.drawing(at.desk, "cover-veil" if behind else "cover-ground", at.drawn[0], height=at.drawn[1])
    tall = drawn.height + (items.height + 2 * PLATE_GAP if items else 0)
    start = round(top + (bottom - top - tall) / 2)
    pieces = [
        over.svg,
        page.nested(drawn.svg, left, start),
        "" if _wide(at) else _mark(at, top - at.kind.margin, ground),
    ]
    if items:
        pieces.append(page.nested(items.svg, left, start + drawn.height + 2 * PLATE_GAP))
    return Page(at.whole, ground, (behind,) if behind else (), page.sheet(at.drawn, pieces))


def _kicker(at: Sheet) -> Block | None:
    """What is done and where, in a small line."""
    left, _, right, _ = middle(at.kind, at.drawn)
    return page.block(at.desk, "cover-note", "text", " · ".join(words for words, _ in kicker(at.brief)), right - left)


def _room_alone(at: Sheet, note: Block | None) -> tuple[int, int]:
    """Width and height that the words and the prices have together, px, beside their margins and their ``note``."""
    left, top, right, bottom = middle(at.kind, at.drawn)
    return right - left, bottom - top - max(TIGHT_PAD, _least_pad(at)) - (note.height + PLATE_GAP if note else 0)


def _least_pad(at: Sheet) -> int:
    """What words on a ground of their own keep free above and below together beside the margins, px."""
    return 2 * max(0, AIR - at.kind.margin)


def _sheet(at: Sheet, room: int, high: int) -> tuple[Drawing, Block] | None:
    """All prices, and the words above them, which have their share of the height at least and grow into the air that is not needed; None where both
    have no room, or nothing is sold.
    """
    ask, apart = drawings.Ask(at.desk, at.script, room, 1.0), 2 * PLATE_GAP
    highs: list[int] = []
    for share in PRICED:
        with suppress(Refusal):  # a refusal is how the words say that a share is no room for them
            highs.append(high - _titled(at, room, high * share).height - apart)
    sheet = offers.sheet(ask, highs) if highs else None
    high += max(0, TIGHT_PAD - _least_pad(at))
    return (sheet, _titled(at, room, high - sheet.height - apart)) if sheet else None


def _with_items(at: Sheet, room: int, high: int) -> tuple[Drawing | None, Block]:
    """The words with every price below them, in the largest letters that leave the words their share of the height, else with as many of the
    items as leave them most of it.
    """
    both = _sheet(at, room, high)
    if both:
        return both
    for count in range(len(at.brief.prices), 1, -1):
        items = _items(at, room, count)
        left = high - (items.height + 2 * PLATE_GAP if items else 0)
        if items and left >= high * WORDS:
            return items, _titled(at, room, left)
    return None, _titled(at, room, high)


def _items(at: Sheet, room: int, count: int) -> Drawing | None:
    """What the first prices are for, in chips, and how many there are where these are not all; None where there is no room for them beside the words."""
    if at.drawn[1] < room:
        return None
    every = len(at.brief.prices)
    more = (at.desk.pages.says["more_prices"].format(count=counted(every)),) if count < every else ()
    said = (*(one.item for one in at.brief.prices[:count]), *more)
    blocks = [page.block(at.desk, "cover-note", "text", one, room - 80) for one in said]
    chips = [{"text": block, "width": block.width + block.size * 1.2} for block in blocks if block]
    return page.drawing(at.desk, "cover-items", room, rows=told.rowed(chips, room), gap=told.BETWEEN)

"""A still page → a picture: photos in boxes under one SVG of the whole page. Posters and covers are pages.

The SVG leaves its photo boxes transparent (or draws over them); photos are cropped and resampled by OpenCV, never by the SVG. Sizes,
slots and arrangements are data: ``templates/_parts/pages/pages.yaml`` for all templates, ``templates/<name>/pages.yaml`` for what differs.
Drawings (``*.svg.j2``) say their own size, so pages are composed of drawings of known size put beside and below each other.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any, Literal

import pydantic
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from vidkit import layout, text
from vidkit.boards import scope
from vidkit.compiled import Folders, Undefined, refusing, rendered
from vidkit.kit import SHORT, Ground, Labels, Part
from vidkit.kits import logo, palette, values
from vidkit.kits.contrast import readable
from vidkit.kits.values import Value
from vidkit.layout import Drawing
from vidkit.photos.prints import crop
from vidkit.storyboard import Box, Picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import jinja2

    from vidkit.brief import Pair, Photo
    from vidkit.kit import Brand, Shelf
    from vidkit.photos.prints import Print
    from vidkit.plan import Script
    from vidkit.problems import Place
    from vidkit.text import Block


THIRD = "third-reason"
"""Where this gives way, there are two reasons."""
TIGHT = "price-lines"
"""Where this gives way, conditions stand beside what a price of the list is for, not below it."""
COLUMN = ("above", "head", "foot")
"""Where a poster's frame has drawings of its own."""

# From page to picture


@dataclass(frozen=True)
class Shown:
    """A picture in a box of the page; ``outline`` (page pixels) keeps only the part inside that polygon, ``cutout`` only the person."""

    picture: Picture
    box: Box
    outline: tuple[tuple[float, float], ...] = ()
    cutout: bool = False


@dataclass(frozen=True)
class Page:
    """A picture to be made."""

    size: tuple[int, int]
    """Width and height, px."""
    ground: str
    """The colour behind everything, #rrggbb."""
    photos: tuple[Shown, ...]
    """Bottom to top."""
    svg: str
    """What is drawn over the photos."""
    under: str = ""
    """What is drawn under them."""
    dpi: int = 0
    """Dots an inch, said in the file; 0: not meant for paper."""


# What a template says about its pages


class Frame(Value):
    """A poster's size and how it is set, in px of a page ``width`` px wide. A frame may be ``like`` another of its file or of those below, and
    say only what differs.
    """

    size: tuple[int, int]
    """The finished picture's."""
    width: int = 1080
    margin: int
    above: tuple[str, ...] = ()
    """The drawings above the picture."""
    above_ground: Ground = "paper"
    """The colour behind these."""
    head: tuple[str, ...] = ()
    """The first drawings below the picture."""
    foot: tuple[str, ...] = ()
    """The last ones."""
    pad: tuple[int, int]
    """Room before and behind the drawings above the picture; below it the other way round."""
    gap: int
    """Room between two drawings."""
    picture: tuple[float, float]
    """The picture's least and largest share of the height; a template may ask for another."""
    scales: tuple[float, ...]
    """Scales of the letters, tried from large to small."""
    aside: tuple[int, ...] = ()
    """Room on the right for a standing person: the first width that leaves the words room."""
    reach: float = 0.0
    """The share of the picture's height that this person may reach over."""
    beside: float = 0.4
    """The picture's least share of the height where somebody stands beside the words, since she is picture, too."""
    qr: bool = False
    """The code may always stand there (print)."""
    dpi: int = 0
    """Dots an inch, said in the file; a PDF goes with it."""

    @property
    def height(self) -> int:
        """The height it is drawn at, in px."""
        return round(self.width * self.size[1] / self.size[0])

    @property
    def on_paper(self) -> bool:
        """Whether it is printed, and posted nowhere: the code may always stand there, or the file says its size on paper."""
        return self.qr or self.dpi > 0


class Kind(Value):
    """What the posters of a template are made of."""

    shows: tuple[Literal["pair", "person", "people", "photo", "group"], ...] = ()
    """Kinds of pictures; the first that the brief has something for is shown."""
    body: tuple[str, ...] = ()
    """The drawings between head and foot."""
    spare: tuple[str, ...] = ()
    """Drawings that give way, in this order, when the picture would become too small."""
    last: tuple[str, ...] = ()
    """Drawings that give way only when there would be no picture."""
    picture: tuple[float, float] | None = None
    """The picture's least and largest share of the height, if not the frame's."""
    picture_banner: tuple[float, float] | None = None
    """The same on frames with drawings above the picture."""


class Front(Value):
    """What the covers of a template show: kinds of covers, the first that the brief has something for; where their words come from."""

    shows: tuple[Literal["pair", "person", "people", "photo", "group", "priced", "review", "words"], ...] = ()
    words: str = ""


class Cover(Value):
    """A kind of cover, in px of a picture ``width`` px wide."""

    up_to: float
    """The largest width-to-height ratio it is for."""
    width: int
    middle: float
    """The width-to-height ratio of the middle part, which every crop keeps."""
    margin: int
    """The space inside the middle part."""
    slant: int
    """How far the white line between two photos leans."""
    words_at: float
    """Where in the middle part the words stand when that line is upright: 0 top, 1 bottom."""
    sizes: tuple[int, int]
    """The largest and the smallest letters."""
    lines: int
    short: int = 0
    """The largest letters of a few characters alone."""
    plate: float = 0.34
    """The share of the height that the plate with the words takes below a portrait."""
    photo: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    """The part a portrait fills: left, top, right, bottom as shares."""

    def largest(self, words: str) -> int:
        """The largest letters of some words, px."""
        return max(self.sizes[0], self.short) if len(words) <= SHORT else self.sizes[0]


class PagePart(Part):
    """A drawing with slots for words; ``words`` fill the slots (expressions over the brief) where no function of ours makes the drawing."""

    words: dict[str, str] = pydantic.Field({})
    values: dict[str, str] = pydantic.Field({})


class Pages(Value):
    """What ``pages.yaml`` says, the template's over what all templates share: drawings with slots, posters, covers, the words that stand
    on them beside the brief's, icons by the words they go with, words no line of large letters breaks.
    """

    parts: dict[str, PagePart]
    posters: dict[str, Frame]
    poster: Kind
    cover: Front
    covers: tuple[Cover, ...]
    tiles: dict[str, tuple[int, int]]
    says: dict[str, str]
    whole: tuple[str, ...] = ()
    icons: dict[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Desk:
    """What every drawing of one brief's pages shares: the template's data, the brand, the folders where drawings are found. A desk equals only
    itself, so drawings can be remembered by it.
    """

    pages: Pages
    brand: Brand
    labels: Labels
    folders: tuple[Path, ...]
    files: tuple[Path, ...] = ()


@lru_cache(maxsize=8)
def desk(script: Script) -> Desk:
    """The desk for a brief, one for all its pages; refuses faulty pages with VK-K001."""
    return _desk(script.shelf, script.brand, scope.labels(script.brief, script.template), script.template.folder)


def shared(shelf: Shelf, brand: Brand) -> Desk:
    """The desk for pages that belong to no template."""
    return _desk(shelf, brand, Labels(), None)


def _desk(shelf: Shelf, brand: Brand, labels: Labels, own: Path | None) -> Desk:
    parts = [folder / "templates" / "_parts" for folder in shelf.folders]
    mine = (own,) if own else ()
    folders = (*mine, *(folder / "pages" for folder in parts), *parts)
    files = (*(folder / "pages" for folder in reversed(parts)), *mine)
    found = tuple(file for folder in files if (file := folder / "pages.yaml").is_file())
    return Desk(_pages(found), brand, labels, folders, found)


def forget() -> None:
    """Read what pages are made of anew from now on."""
    desk.cache_clear()
    _pages.cache_clear()
    environment.cache_clear()
    _made.cache_clear()


@cache
def _pages(files: tuple[Path, ...]) -> Pages:
    """What the files say together, later ones over earlier ones; what one adds is held against what there may be before the next."""
    said: Any = {}
    for file in files:
        said = over(said, values.read(file))
        made = values.value(Pages, _liked(said, file), file)
        for steps, name, known in _mentions(made):
            if name not in known:
                raise values.unknown(file, steps, "drawing", name, known)
    return made


def _liked(said: dict[str, Any], file: Path) -> dict[str, Any]:
    """What pages say with posters that are ``like`` another one written out; refuses one that is like none there is (VK-K006)."""
    posters = said.get("posters")
    if not isinstance(posters, dict):
        return said
    for name, row in posters.items():
        if isinstance(row, dict) and "like" in row and row["like"] not in posters:
            raise values.unknown(file, ("posters", name, "like"), "poster", str(row["like"]), tuple(posters))
    return {**said, "posters": {name: _whole(row, posters, {name}) for name, row in posters.items()}}


def _whole(row: Any, posters: dict[str, Any], seen: set[str]) -> Any:
    """A poster over the one it is like, and what that is like; one of a circle is left as it is."""
    if not isinstance(row, dict) or "like" not in row or row["like"] in seen:
        return row
    own = {key: value for key, value in row.items() if key != "like"}
    return over(_whole(posters[row["like"]], posters, {*seen, row["like"]}), own)


def _mentions(pages: Pages) -> Iterator[tuple[values.Steps, str, tuple[str, ...]]]:
    """The drawings that posters name: the entry, the name, and those there are."""
    drawings, kind = tuple(sorted(pages.parts)), pages.poster
    rows = [(("posters", name, key), getattr(frame, key)) for name, frame in pages.posters.items() for key in COLUMN]
    for steps, names in (*rows, (("poster", "body"), kind.body)):
        for name in names:
            yield steps, name, drawings
    for key, names in (("spare", kind.spare), ("last", kind.last)):
        for name in names:
            yield ("poster", key), name, (*drawings, THIRD, TIGHT)


def over(below: Any, above: Any) -> Any:
    """Two pieces of data as one: maps are joined key by key, anything else from above takes the place of what is below."""
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    return below | {key: over(below[key], value) if key in below else value for key, value in above.items()}


# Drawings of a page


def block(
    at: Desk,
    part: str,
    slot: str,
    words: str,
    room: float,
    *,
    scale: float = 1.0,
    sizes: tuple[int, int] | None = None,
    lines: int = 0,
    keyword: str = "",
    place: Place | None = None,
) -> Block | None:
    """A slot's words set into ``room`` px, its largest letters scaled but never under its floor; None for no words.

    Other ``sizes`` and ``lines`` take the place of the slot's own.
    """
    if not words:
        return None
    rule = at.pages.parts[part].slots[slot]
    largest, floor = sizes or (max(round(rule.sizes[0] * scale), rule.sizes[1]), rule.sizes[1])
    font = layout.font(at.brand, rule)
    setting = text.Setting(
        (largest, floor),
        int(room) - rule.inset,
        lines or rule.lines,
        font,
        rule.spacing,
        rule.accent_pad,
        rule.verbatim,
    )
    return text.fit(words, setting, accent=keyword, place=place)


def drawing(at: Desk, name: str, room: int, scale: float = 1.0, **values: Any) -> Drawing:
    """A drawing of the template (``NAME.svg.j2``) for a room in px; refuses one that does not work with VK-K003."""
    told = {"room": room, "u": scale} | values
    return _made(at.folders, at.brand, name, _Told(_key(told), told))


@dataclass(frozen=True)
class _Told:
    """What a template is told, the same as other values of the same ``key``."""

    key: object
    values: dict[str, Any] = field(compare=False)


def _key(value: object) -> object:
    """A value as one that can be looked up; 1 and 1.0 are written differently, so they are not the same."""
    if isinstance(value, dict):
        return tuple((name, _key(one)) for name, one in value.items())
    if isinstance(value, list | tuple):
        return type(value), tuple(map(_key, value))
    return type(value), value


@lru_cache(maxsize=512)
def _made(folders: tuple[Path, ...], brand: Brand, name: str, told: _Told) -> Drawing:
    """The same words are set at the same size again and again: while the largest size is sought, on every page, for the rules and for the files."""
    own = {
        "c": brand.colours,
        "brand": brand,
        "on": readable,
        "stress": palette.stressed(brand.colours),
        "faint": palette.faint(brand.colours),
        **_signs(brand),
    }
    said = own | told.values
    with refusing("VK-K003", known=said, template="_parts/pages", name=name):
        svg = rendered(environment(folders).get_template(f"{name}.svg.j2"), said)
        return Drawing(svg, *layout.size(svg))


@cache
def environment(folders: tuple[Path, ...]) -> jinja2.Environment:
    """Jinja for the drawings in these folders, the first folder first; nothing undefined passes."""
    made = ImmutableSandboxedEnvironment(
        loader=Folders(folders),
        undefined=Undefined,
        autoescape=True,
        auto_reload=False,
        bytecode_cache=layout.bytecode(),
    )
    made.globals["even"] = layout.even_up
    return made


def _signs(brand: Brand) -> dict[str, object]:
    """How drawings show the brand's logo, and how much room it takes; nothing, and none, if the brand has no logo."""

    def put(x: float, y: float, high: float) -> Markup:
        return Markup(nested(logo.sized(brand.logo, high), x, y, high))  # noqa: S704  # the brand's own drawing

    def beside(x: float, y: float, height: float, free: float = 0) -> Markup:
        """The logo left of words, in a line of a height of which some px are ``free``; a long one is lower, in its middle."""
        if not brand.logo:
            return Markup("")
        high = logo.fitted(brand.logo, _longest(height, free), height)[1]
        return put(x, y + (height - high) / 2, high)

    def within(x: float, y: float, side: float) -> Markup:
        """The logo in the middle of a square, in the circle around which a long one may reach."""
        if not brand.logo:
            return Markup("")
        wide, high = logo.stated(brand.logo)
        reach = side * math.sqrt(2) * wide / math.hypot(wide, high)
        width, height = logo.fitted(brand.logo, max(side, reach), side)
        left = height if logo.squarish(brand.logo) else width
        return put(x + (side - left) / 2, y + (side - height) / 2, height)

    def plate(height: float, room: float) -> float:
        """The width of what the logo stands on, px: the disc's of that height, but for a long one where there is room for more."""
        wide, high = logo.stated(brand.logo) if brand.logo else (1, 1)
        ends = 2 * logo.BESIDE * height
        width = logo.fitted(brand.logo, min(logo.WIDEST * height, room) - ends, logo.INSIDE * height)[0] + ends
        return width if wide > logo.LONG * high and height < width <= room else height

    def plated(x: float, y: float, width: float, height: float) -> Markup:
        """The logo in the middle of such a plate."""
        high = logo.fitted(brand.logo, width - 2 * logo.BESIDE * height, logo.INSIDE * height)[1]
        return put(x + logo.BESIDE * height, y + (height - high) / 2, high)

    return {
        "logo": beside,
        "logo_width": partial(mark, brand),
        "logo_within": within,
        "logo_square": not brand.logo or logo.squarish(brand.logo),
        "logo_plate": plate,
        "logo_plated": plated,
    }


def mark(brand: Brand, height: float, free: float = 0) -> float:
    """The room that a brand's logo takes left of words in a line of a height, px: a square, but for a tall one, or a long one, which takes some
    of what is ``free`` in its line besides.
    """
    if not brand.logo:
        return 0.0
    return height if logo.squarish(brand.logo) else logo.fitted(brand.logo, _longest(height, free), height)[0]


def _longest(height: float, free: float) -> float:
    return min(logo.WIDE * height + max(free, 0), logo.WIDEST * height)


def nested(svg: str, x: float, y: float, height: float | None = None) -> str:
    """An SVG with a stated size put at a point of another one, scaled to a height in px if one is given."""
    width, own = layout.size(svg)
    shown = own if height is None else height
    inner = re.sub(
        r'(<svg [^>]*?) width="[^"]*" height="[^"]*"',
        rf'\1 width="{width * shown / own:g}" height="{shown:g}"',
        svg,
        count=1,
    )
    return re.sub(r"<svg ", f'<svg x="{x:g}" y="{y:g}" ', inner, count=1)


def sheet(size: tuple[int, int], pieces: Sequence[str]) -> str:
    """One SVG of ``size`` px with the pieces on it, bottom to top; it fills whatever it is drawn into."""
    width, height = size
    box = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" preserveAspectRatio="none"'
    return "".join((f'<svg xmlns="http://www.w3.org/2000/svg" {box}>', *pieces, "</svg>"))


def resized(made: Page, size: tuple[int, int]) -> Page:
    """The page as a larger or smaller picture of (nearly) the same shape: photos in boxes of whole pixels, the SVG drawn anew."""
    across, down = size[0] / made.size[0], size[1] / made.size[1]

    def moved(shown: Shown) -> Shown:
        box = shown.box
        left, top = round(box.x * across), round(box.y * down)
        right, bottom = round((box.x + box.width) * across), round((box.y + box.height) * down)
        outline = tuple((round(x * across, 2), round(y * down, 2)) for x, y in shown.outline)
        return replace(shown, box=Box(left, top, right - left, bottom - top), outline=outline)

    return replace(
        made,
        size=size,
        photos=tuple(map(moved, made.photos)),
        svg=_sized(made.svg, size),
        under=_sized(made.under, size),
    )


def within(made: Page, size: tuple[int, int], box: Box, over: str = "") -> Page:
    """The page inside a box of a picture of ``size`` px, with further drawings over it."""
    small = made if made.size == (box.width, box.height) else resized(made, (box.width, box.height))

    def moved(shown: Shown) -> Shown:
        outline = tuple((x + box.x, y + box.y) for x, y in shown.outline)
        return replace(shown, box=replace(shown.box, x=shown.box.x + box.x, y=shown.box.y + box.y), outline=outline)

    def put(svg: str) -> str:
        inner = _sized(svg, (box.width, box.height))
        return re.sub(r"<svg ", f'<svg x="{box.x}" y="{box.y}" ', inner, count=1)

    photos = tuple(map(moved, small.photos))
    under = sheet(size, (put(small.under),)) if small.under else ""
    return replace(small, size=size, photos=photos, svg=sheet(size, (put(small.svg), over)), under=under)


def _sized(svg: str, size: tuple[int, int]) -> str:
    """An SVG of ``sheet`` with another size stated."""
    return re.sub(r' width="\d+" height="\d+"', f' width="{size[0]}" height="{size[1]}"', svg, count=1)


def icon(at: Desk, words: str) -> str:
    """The icon that goes with some words: the first whose own words occur in them, else the tick."""
    return next((name for name, known in at.pages.icons.items() if any(word in words for word in known)), "tick")


def rounded(box: Box, radius: float) -> tuple[tuple[float, float], ...]:
    """The outline of a box with round corners, in page px."""
    right, bottom = box.x + box.width - radius, box.y + box.height - radius
    middles = ((right, bottom), (box.x + radius, bottom), (box.x + radius, box.y + radius), (right, box.y + radius))
    turns = [(corner, math.pi / 2 * (i + step / 24)) for i, corner in enumerate(middles) for step in range(25)]
    return tuple((round(x + radius * math.cos(at), 2), round(y + radius * math.sin(at), 2)) for (x, y), at in turns)


# Pairs of photos


def picture(shown: Print, ratio: float) -> Picture:
    """The part of a photo with a width-to-height ratio, as near what matters in it as its edges allow."""
    return Picture(shown.sha256, crop(shown, ratio))


def stacked(photos: tuple[Print, Print], width: int, height: int, lean: float = 1.2) -> bool:
    """Whether a pair shows more of itself one above the other than side by side; landscape photos lean to stacking."""
    ratios = [known.width / known.height for known in photos]
    over = min(_kept(ratio, width / (height / 2)) for ratio in ratios)
    beside = min(_kept(ratio, width / 2 / height) for ratio in ratios)
    leaning = lean if math.prod(ratios) > 1 else 1 / lean
    return over * leaning >= beside


def _kept(own: float, ratio: float) -> float:
    """The share of a photo left after cropping it from one width-to-height ratio to another."""
    return min(own / ratio, ratio / own)


def both(pair: Pair, prints: Mapping[Photo, Print]) -> tuple[Print, Print]:
    """How both photos of a pair are shown."""
    return prints[pair.before], prints[pair.after]


def paired(pair: Pair, prints: Mapping[Photo, Print], boxes: tuple[Box, Box]) -> Iterator[Shown]:
    """Both photos of a pair, each cropped for its box."""
    for shown, box in zip(both(pair, prints), boxes, strict=True):
        yield Shown(picture(shown, box.width / box.height), box)

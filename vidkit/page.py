"""A still page → a picture: photos in boxes under one SVG of the whole page. Posters and covers are pages.

The SVG leaves its photo boxes transparent (or draws over them); photos are cropped and resampled by OpenCV, never by the SVG. Sizes,
slots and arrangements of a template's pages are data (``templates/<name>/pages.yaml``); its drawings (``*.svg.j2``) say their own size,
so pages are composed of drawings of known size put beside and below each other.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

import jinja2
import pydantic
import yaml
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from vidkit import layout, text
from vidkit.contrast import readable
from vidkit.kit import Part, Value
from vidkit.layout import Drawing
from vidkit.photos.prints import crop
from vidkit.problems import Refusal, problem
from vidkit.storyboard import Box, Picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from vidkit.brief import Pair, Photo
    from vidkit.kit import Brand, Labels
    from vidkit.photos.prints import Print
    from vidkit.plan import Script
    from vidkit.problems import Place
    from vidkit.text import Block


PARTICLES = frozenset("的了着过吗呢吧啊们地得么")
"""No headline line starts with these."""
MARKED = 0.75
"""A line of large words may be this much longer if it ends at a mark."""
PHRASED = 0.68
"""Lines that end with phrases may cost this share of the letters' size."""

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
    """A picture to be made: its size in pixels, its ground (#rrggbb), photos in boxes bottom to top, and the SVG over them."""

    size: tuple[int, int]
    ground: str
    photos: tuple[Shown, ...]
    svg: str


# What a template says about its pages


class Poster(Value):
    """A poster: what stands above and below its picture, in px.

    ``picture`` is the picture's least and largest share of the height; ``scales`` of the letters are tried from large to small;
    ``aside`` px on the right, the first that leaves the words room, are kept for a standing person, who may reach over ``reach`` of the picture's height; the picture then
    has at least the share ``beside``: the person is picture too.
    """

    size: tuple[int, int]
    margin: int
    above: tuple[str, ...] = ()
    above_ground: str = "paper"
    below: tuple[str, ...]
    pad: tuple[int, int]
    gap: int
    picture: tuple[float, float]
    scales: tuple[float, ...]
    aside: tuple[int, ...] = (320,)
    reach: float = 0.0
    beside: float = 0.4


class Cover(Value):
    """A kind of cover, for pictures up to a width-to-height ratio, in px of a picture ``width`` px wide.

    ``middle`` is the width-to-height ratio of the middle part every crop keeps, ``margin`` the space in it, ``slant`` how far the
    white line leans, ``words_at`` where in the middle part (0 top, 1 bottom) the words stand when that line is upright.
    """

    up_to: float
    width: int
    middle: float
    margin: int
    slant: int
    words_at: float
    sizes: tuple[int, int]
    lines: int


class Pages(Value):
    """What ``pages.yaml`` says: drawings with slots, posters, kinds of covers, icons by the words they go with."""

    parts: dict[str, Part]
    posters: dict[str, Poster]
    covers: tuple[Cover, ...]
    wordless: tuple[str, ...] = ()
    icons: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Desk:
    """What every drawing of one brief's pages shares: the template's data, the brand, the folders where drawings are found."""

    pages: Pages
    brand: Brand
    labels: Labels
    folders: tuple[Path, ...]


def desk(script: Script) -> Desk:
    """The desk for a brief; refuses a template without pages with VK-G101, one with faulty pages with VK-K001."""
    own = script.template.folder
    folders = (own, *(folder / "templates" / "_parts" for folder in script.shelf.folders))
    return Desk(_pages(own / "pages.yaml"), script.brand, script.template.labels, folders)


@cache
def _pages(file: Path) -> Pages:
    if not file.is_file():
        raise Refusal(problem("VK-G101", template=file.parent.name))
    try:
        return Pages.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError, OSError, pydantic.ValidationError) as error:
        raise Refusal(
            problem("VK-K001", file=f"{file.parent.name}/{file.name}", words=str(error).splitlines()[0])
        ) from error


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
        (largest, floor), int(room) - rule.inset, lines or rule.lines, font, rule.spacing, rule.accent_pad
    )
    return text.fit(words, setting, accent=keyword, place=place)


def headline(
    at: Desk,
    part: str,
    words: str,
    room: float,
    *,
    sizes: tuple[int, int],
    lines: int,
    keyword: str = "",
    place: Place | None = None,
) -> Block:
    """Large words in at most ``lines`` lines, broken between phrases where that costs few letter sizes; refuses as ``text.fit`` does."""
    usual = block(at, part, "text", words, room, sizes=sizes, lines=lines, keyword=keyword, place=place)
    assert usual is not None, "a headline has words"
    if len(usual.lines) == 1:
        return usual
    rule = at.pages.parts[part].slots["text"]
    font = layout.font(at.brand, rule)
    setting = text.Setting(sizes, int(room) - rule.inset, lines, font, rule.spacing, rule.accent_pad)
    phrased = _phrased(text.plain(words), setting, len(usual.lines), keyword)
    return phrased if phrased and phrased.size >= usual.size * PHRASED else usual


def _phrased(words: str, setting: text.Setting, count: int, keyword: str) -> Block | None:
    """The words in ``count`` lines that end with phrases, best after a mark, with the shortest longest line; None when too long."""
    ends = sorted(text.phrase_ends(words) & set(text.breaks(words, keyword)))
    ways = [
        (0, *cuts, len(words)) for cuts in combinations([end for end in ends if words[end] not in PARTICLES], count - 1)
    ]

    def lines(way: tuple[int, ...]) -> tuple[str, ...]:
        return tuple(text.shown(words[a:b]) for a, b in pairwise(way))

    def width(line: str) -> float:
        """The line's width in px for letters of 1 px."""
        pads = 2 * setting.accent_pad if keyword and keyword in line else 0.0
        return text.measure(line, setting.font, 1000) / 1000 + pads

    def cost(way: tuple[int, ...]) -> float:
        marked = all(words[end - 1] in text.DROPPED for end in way[1:-1])
        return max(map(width, lines(way))) * (MARKED if marked else 1.0)

    fitting = [way for way in ways if max(map(width, lines(way))) * setting.sizes[1] <= setting.width]
    if not fitting:
        return None
    best = lines(min(fitting, key=cost))
    size = min(setting.sizes[0], int(setting.width / max(map(width, best)))) // 2 * 2
    first = next((i for i, line in enumerate(best) if keyword and keyword in line), -1)
    made = tuple(
        text.line_of(line, setting.font, size, accent=keyword if i == first else "", accent_pad=setting.accent_pad)
        for i, line in enumerate(best)
    )
    return text.Block(made, size, round(size * setting.spacing), round(0.88 * size))


def drawing(at: Desk, name: str, room: int, scale: float = 1.0, **values: Any) -> Drawing:
    """A drawing of the template (``NAME.svg.j2``) for a room in px; refuses one that does not work with VK-K003."""
    try:
        svg = environment(at.folders).get_template(f"{name}.svg.j2").render(
            room=room, u=scale, c=at.brand.colours, brand=at.brand, logo=_logo(at.brand), on=readable, **values
        )  # fmt: skip
    except (jinja2.TemplateError, TypeError, ValueError) as error:
        raise Refusal(problem("VK-K003", template=at.folders[0].name, name=name, words=error)) from error
    return Drawing(svg, *layout.size(svg))


@cache
def environment(folders: tuple[Path, ...]) -> jinja2.Environment:
    """Jinja for the drawings in these folders, the first folder first; nothing undefined passes."""
    made = ImmutableSandboxedEnvironment(
        loader=jinja2.FileSystemLoader(folders),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        auto_reload=False,
        bytecode_cache=layout.bytecode(),
    )
    made.globals["even"] = layout.even
    return made


def _logo(brand: Brand) -> Callable[[float, float, float], Markup]:
    def drawn(x: float, y: float, height: float) -> Markup:
        """The brand's logo as an SVG of a height inside the drawing; nothing if the brand has none."""
        return Markup(nested(brand.logo, x, y, height)) if brand.logo else Markup("")  # noqa: S704  # the brand's own drawing

    return drawn


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
    """One SVG of ``size`` px with the pieces on it, bottom to top."""
    width, height = size
    root = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    return "".join((root, *pieces, "</svg>"))


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

"""Words and parts → drawings with a size; named places and the safe box → boxes. Roles in, pixels out.

A drawing is an SVG of its own size. Its words were measured and broken by ``text`` and are placed run by run; colours come from the
brand by role. Positions follow the platform's safe box: no part that carries words is ever placed outside it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from vidkit import text
from vidkit.cache import compiled_templates
from vidkit.compiled import Compiled, Folders, Undefined, refusing, rendered
from vidkit.kits import logo, palette
from vidkit.kits.contrast import over, readable
from vidkit.storyboard import Box
from vidkit.text import Font, Setting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import jinja2

    from vidkit.kit import Brand, Parts, Shelf, Slot
    from vidkit.kit import Place as Spot
    from vidkit.kits.platform import SafeBox
    from vidkit.problems import Place
    from vidkit.text import Block

CARD_WIDTH = 960
CARD_RATIOS = (0.8, 1.15)
WHOLE_RATIOS = (0.8, 4 / 3)
"""The shapes of a card for photos that are cropped to it, and of one that is cut as little as can be: a phone's photo is shown whole."""
PANORAMA_RATIO = 16 / 9
"""The form of a card in which a panorama passes by."""
CARD_MIDDLE = 816
WHOLE_MIDDLE = 840
CARD_TOP = 400
CARD_BOTTOM = 1840
CARD_FEET = (1176, 1216, 1232, 1256, 1296)
"""Rows a card had better end at, so that there is room below it: for two lines of her own words under their quotation mark, for two
lines on paper, for two of a caption, for one line of her own words, for one of a caption.
"""
CARD_SHORTER = (64, 112)
"""How much a card may be shortened to end at one: so much at any time, so much as long as its photos are flatter than it, px."""
CARD_RADIUS = 36
PORTRAIT = 0.85
FILL_TOP = 400
GAP = 24
HANG = 80
"""A panel that hangs over a card's edge does so on purpose: at least so much of it on either side, px."""
LOW = 0.9
"""Where a logo that is not square ends above words, as a share of its box: nothing else keeps it from them."""
BESIDE = 28
"""Room between words on one line and those beside them, with what a drawing keeps besides, px; half as much between several of these."""
TITLE_TOP = 20
"""A title that stands over no card begins this far below the top of the safe box, px."""
GRID_GAP = (8, 16)
"""Between the photos of a grid, across and down, px."""
GALLERY = (656, 432)
GALLERY_GAP = (8, 16)
"""How high a gallery's upper and its lower photos are, so that two lines of large words stand below; between its photos, across and
down; px."""
TALL = 450
"""A drawing at the top may be this tall (a title of two lines with its tag): only then has it the wider room above the app's buttons."""


@dataclass(frozen=True)
class Drawing:
    """An SVG with its even size in pixels, and the characters a viewer has to read, of which ``spare`` may be left to a glance where there is no
    time; in a column of drawings it stands ``down`` px below the top, and the column is ``whole`` px high (0: it stands alone).
    """

    svg: str
    width: int
    height: int
    reading: int = 0
    down: int = 0
    whole: int = 0
    spare: int = 0

    @property
    def below(self) -> int:
        """How far its lower edge lies below the top of its place, in pixels."""
        return self.down + self.height


@dataclass(frozen=True)
class Studio:
    """What every drawing of one clip shares: parts, brand, canvas, and where drawings are found."""

    parts: Parts
    brand: Brand
    canvas: tuple[int, int]
    shelf: Shelf


@dataclass(frozen=True)
class Stage:
    """Where things may stand in one scene: the safe box, and the picture's visible part (a card's box, or most of the canvas, below the
    row ``under`` where the words at the top end).
    """

    canvas: tuple[int, int]
    safe: SafeBox
    card: Box | None
    under: int = 0


def even_up(value: float) -> int:
    """The next even whole number, upwards."""
    return 2 * math.ceil(value / 2 - 1e-6)


def bytecode() -> jinja2.BytecodeCache | None:
    """Where compiled templates are kept from one run to the next (by their source), if anywhere."""
    folder = compiled_templates()
    return Compiled(folder) if folder else None


@cache
def environment(shelf: Shelf) -> jinja2.Environment:
    """Jinja for drawings: parts of the user's folder first; nothing undefined passes, nothing can be changed."""
    folders = [folder / "templates" / "_parts" for folder in shelf.folders]
    made = ImmutableSandboxedEnvironment(
        loader=Folders(folders),
        undefined=Undefined,
        autoescape=True,
        auto_reload=False,
        bytecode_cache=bytecode(),
    )
    made.globals["even"] = even_up
    return made


def drawing(
    studio: Studio,
    name: str,
    words: Mapping[str, str],
    room: int,
    *,
    keyword: str = "",
    places: Mapping[str, Place | None] | None = None,
    shown: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
) -> Drawing:
    """A part with its words set into ``room`` px; ``shown`` draws other words in a slot's place (numbers that count up); ``values`` are
    further texts for its drawing (``v.name``), such as how many steps there are; the one called ``known`` names the slots whose words were read
    in a scene before, ``yields`` those whose words may be left to a glance.
    """
    slots = studio.parts.parts[name].slots if name in studio.parts.parts else {}
    where = places or {}
    blocks: dict[str, Block | None] = {
        slot: _block(studio, slots, slot, words, room, keyword, where.get(slot)) if words.get(slot) else None
        for slot in slots
    }
    limits = (*_limits(slots, blocks), *_narrower(slots, blocks, room))
    for slot, most in sorted(limits, key=lambda one: -one[1]):
        limited = {**slots, slot: slots[slot].model_copy(update={"sizes": (most, min(slots[slot].sizes[1], most))})}
        blocks[slot] = _block(studio, limited, slot, words, room, keyword, where.get(slot))
    moving = {slot: _like(blocks[slot], said) for slot, said in (shown or {}).items()}
    svg = render(studio, name, blocks, room, {slot: moving.get(slot) for slot in slots}, values or {})
    known, yielding = ((values or {}).get(name, "").split() for name in ("known", "yields"))
    read = {
        slot: characters(words[slot])
        for slot, rule in slots.items()
        if blocks[slot] is not None and not rule.silent and slot not in known
    }
    width, height = size(svg)
    return Drawing(svg, width, height, sum(read.values()), spare=sum(read.get(slot, 0) for slot in yielding))


def characters(said: str) -> int:
    """How many characters of a text are read: all but its spaces."""
    return len("".join(said.split()))


def _limits(slots: Mapping[str, Slot], blocks: Mapping[str, Block | None]) -> Iterator[tuple[str, int]]:
    """The slots whose letters are more than twice as large as those of words that must be half as large, and the size they may have."""
    for slot, rule in slots.items():
        small, large = blocks[slot], blocks.get(rule.half_of)
        if small and large and large.size > 2 * small.size:
            yield rule.half_of, 2 * small.size


def _narrower(slots: Mapping[str, Slot], blocks: Mapping[str, Block | None], room: int) -> Iterator[tuple[str, int]]:
    """The slots whose letters leave no room for the words that stand beside them, and the size at which they do, if they may be so small."""
    for slot, rule in slots.items():
        names = (rule.beside,) if isinstance(rule.beside, str) else rule.beside
        block, others = blocks[slot], [other for name in names if (other := blocks.get(name))]
        left = room - rule.inset - sum(other.width for other in others) - BESIDE * (len(others) + 1) / 2
        if block and others and block.width > left:
            most = math.floor(left / block.width * block.size)
            if most >= rule.sizes[1]:
                yield slot, most


def render(
    studio: Studio,
    name: str,
    blocks: Mapping[str, Block | None],
    room: int,
    shown: Mapping[str, Block | None],
    values: Mapping[str, str],
) -> str:
    """The part's SVG text; refuses a template that does not work with VK-K003."""
    texts = (tuple(blocks.items()), tuple(shown.items()), tuple(values.items()))
    return _rendered(studio.shelf, studio.brand, studio.canvas, name, room, *texts)


@lru_cache(maxsize=1024)
def _rendered(
    shelf: Shelf,
    brand: Brand,
    canvas: tuple[int, int],
    name: str,
    room: int,
    blocks: tuple[tuple[str, Block | None], ...],
    shown: tuple[tuple[str, Block | None], ...],
    values: tuple[tuple[str, str], ...],
) -> str:
    """Most drawings of a clip are the same on every platform."""
    said = {
        "t": dict(blocks),
        "c": brand.colours,
        "stress": palette.stressed(brand.colours),
        "room": room,
        "canvas": canvas,
        "shown": dict(shown),
        "v": dict(values),
        "logo": _logo(brand),
        "on": readable,
        "over": over,
    }
    with refusing("VK-K003", known=said, template="_parts", name=name):
        svg = rendered(environment(shelf).get_template(f"{name}.svg.j2"), said)
        size(svg)
        return svg


def forget() -> None:
    """Look at the drawings' files again: one of them changed."""
    environment.cache_clear()
    _rendered.cache_clear()


def _logo(brand: Brand) -> Any:
    def nested(x: float, y: float, width: float, height: float, low: bool = False) -> Markup:  # noqa: FBT001, FBT002  # called by drawings
        """The brand's logo as an SVG inside the drawing; one that is not square at the left of its box, in its middle or ``low``, a little
        above its foot.
        """
        if not logo.squarish(brand.logo):
            across, down = logo.stated(brand.logo)
            high = height * LOW if low else height
            scale = min(width / across, high / down)
            y += (high - down * scale) * (1 if low else 0.5)
            width, height = across * scale, down * scale
        inner = re.sub(r"<svg ", f'<svg x="{x}" y="{y}" ', logo.sized(brand.logo, height), count=1)
        inner = re.sub(
            r'(<svg [^>]*?) width="[^"]*" height="[^"]*"', rf'\1 width="{width}" height="{height}"', inner, count=1
        )
        return Markup(inner)  # noqa: S704  # the brand folder's own drawing, not a user's words

    return nested


def size(svg: str) -> tuple[int, int]:
    """Width and height an SVG states for itself, in pixels; raises ValueError for one that does not, or not in whole numbers."""
    found = re.search(r'<svg [^>]*?width="(\d+)" height="(\d+)"', svg)
    if not found:
        raise ValueError(f'<svg width="…" height="…"> ? {svg[:60]}')
    return int(found[1]), int(found[2])


def font(brand: Brand, rule: Slot) -> Font:
    """The font a slot's role means in this brand."""
    if rule.face in {"text", "display"}:
        return Font(rule.face, rule.weight or 400)
    role = brand.fonts.headline if rule.face == "headline" else brand.fonts.body
    return Font(role.face, rule.weight if rule.weight and role.face == "text" else role.weight)


def _block(
    studio: Studio,
    slots: Mapping[str, Slot],
    slot: str,
    words: Mapping[str, str],
    room: int,
    keyword: str,
    place: Place | None,
) -> Block:
    rule = slots[slot]
    setting = Setting(
        rule.reach(words[slot]),
        room - rule.inset,
        rule.lines,
        font(studio.brand, rule),
        rule.spacing,
        rule.accent_pad,
        rule.verbatim,
    )
    return text.fit(words[slot], setting, accent=keyword, place=place)


def _like(block: Block | None, said: str) -> Block | None:
    """Other words set as a block's only line was set."""
    if block is None:
        return None
    if not said:
        return text.Block((), block.size, block.leading, block.ascent)
    run = block.lines[0].runs[0]
    line = text.Line((text.Run(said, run.family, run.weight, 0.0, 0.0),), block.lines[0].width)
    return text.Block((line,), block.size, block.leading, block.ascent)


# Boxes


def room(spot: Spot, safe: SafeBox) -> int:
    """How wide words may be at a place: the safe box's width, the narrower one where the app's buttons are."""
    high = spot.y == "top" and (spot.of != "safe" or safe.top + spot.dy + TALL < safe.narrow_from_y)
    return (safe.right if high else safe.narrow_right) - safe.left - spot.dx


def tallest(spot: Spot, safe: SafeBox, under: int = 0) -> int:
    """How high a column of drawings may be at a place of the safe box; one that stands at its bottom ``under`` the row where other words end."""
    if spot.y == "bottom":
        return safe.bottom - spot.dy - (under + GAP if under else safe.top)
    return safe.bottom - safe.top - (2 * abs(spot.dy) if spot.y == "middle" else spot.dy)


def headed(spots: Iterable[tuple[Spot, Drawing]], safe: SafeBox, title: int) -> int:
    """The row below the drawings that stand at the top of the safe box, those of a title ``title`` px from there; 0 for none."""
    begun = ((s.dy if s.of == "safe" else title, d) for s, d in spots if s.of in {"safe", "title"} and s.y == "top")
    return max((safe.top + dy + drawn.below for dy, drawn in begun), default=0)


def card(
    ratios: tuple[float, ...],
    under: int = 0,
    *,
    whole: bool = False,
    squarest: float = math.inf,
    low: bool = True,
    panorama: bool = False,
) -> Box:
    """The box of a card for photos of these width-to-height ratios: of their geometric mean, within limits and never flatter than the ``squarest``
    form its photos may have, in the middle of the stage, but below the row ``under``. The card of a ``whole`` photo may be flatter and stands
    higher, that of a ``panorama`` is the flattest.

    A card that leaves a little too little room for words below it stands higher, or is that much shorter. It does so whatever the words are, since
    a card keeps still while words come and go; only where none ever come (not ``low``) it takes their room.
    """
    mean = math.exp(sum(math.log(r) for r in ratios) / len(ratios))
    flat, wide = WHOLE_RATIOS if whole else CARD_RATIOS
    wide = PANORAMA_RATIO if panorama else wide
    height = 8 * round(CARD_WIDTH / min(max(mean, flat), wide, squarest) / 8)
    middle = WHOLE_MIDDLE if whole else CARD_MIDDLE
    highest = max(CARD_TOP, under + 2 * GAP if under else 0) // 2 * 2
    top = max(highest, middle - height // 2) // 2 * 2
    height = min(height, (CARD_BOTTOM - top) // 8 * 8)
    shortest = max(height - CARD_SHORTER[1], min(height - CARD_SHORTER[0], CARD_WIDTH / mean))
    feet = CARD_FEET if low else ()
    foot = next((row for row in feet if highest + shortest <= row < top + height), top + height)
    top = max(highest, foot - height)
    return Box(60, top, CARD_WIDTH, min(height, (foot - top) // 8 * 8))


def shortened(box: Box, foot: int, highest: int, least: int) -> Box | None:
    """A card that ends at a row ``foot`` at the latest: moved up as far as the row ``highest``, then made shorter; None where it would be
    lower than ``least`` px.
    """
    if box.y + box.height <= foot:
        return box
    top = max(even_up(highest), foot - box.height)
    height = (foot - top) // 8 * 8
    return replace(box, y=top, height=height) if height >= least else None


def grid(count: int, canvas: tuple[int, int]) -> tuple[Box, ...]:
    """The canvas in equal boxes for one to four photos: one below the other, the odd one first and wide, four in two rows."""
    width, height = canvas
    if count == 1:
        return (Box(0, 0, width, height),)
    low = (height - GRID_GAP[1]) // 2
    half = (width - GRID_GAP[0]) // 2
    upper, lower = [[Box(0, y, width, low)] for y in (0, height - low)]
    halves = [[Box(x, y, half, low) for x in (0, width - half)] for y in (0, height - low)]
    rows = {2: (upper, lower), 3: (upper, halves[1]), 4: (halves[0], halves[1])}
    return tuple(box for row in rows[count] for box in row)


def gallery(count: int, canvas: tuple[int, int], highest: int = 0) -> tuple[Box, ...]:
    """One to four photos in the upper part of the canvas, from the row ``highest`` or a little lower on, with room for words below: side by side,
    the third and fourth under others.
    """
    top = -(-highest // 8) * 8
    foot = sum(GALLERY) + GALLERY_GAP[1]
    upper = GALLERY[0] if not top else (foot - top - GALLERY_GAP[1]) // 16 * 8
    whole, low = foot - top, top + upper + GALLERY_GAP[1]
    lower = foot - low
    if count == 1:
        return (Box(0, top, canvas[0], whole),)
    half = (canvas[0] - GALLERY_GAP[0]) // 2
    left, right = 0, canvas[0] - half
    tall = [Box(x, top, half, whole) for x in (left, right)]
    split = [[Box(x, top, half, upper), Box(x, low, half, lower)] for x in (left, right)]
    across = [box for pair in zip(*split, strict=True) for box in pair]
    return tuple({2: tall, 3: [tall[0], *split[1]], 4: across}[count])


def column(drawings: Sequence[Drawing], apart: int) -> tuple[Drawing, ...]:
    """Drawings one below the other, ``apart`` px between them."""
    tops = [sum(d.height + apart for d in drawings[:i]) for i in range(len(drawings))]
    whole = tops[-1] + drawings[-1].height if drawings else 0
    return tuple(replace(d, down=top, whole=whole) for d, top in zip(drawings, tops, strict=True))


def place(spot: Spot, drawn: Drawing, stage: Stage) -> Box:
    """The drawing's box at a place of the stage, on even pixels."""
    left, top, right, bottom = _region(spot, stage)
    x = {"left": left + spot.dx, "right": right - spot.dx - drawn.width, "centre": (left + right - drawn.width) / 2}[
        spot.x
    ]
    whole = drawn.whole or drawn.height
    over = min(spot.air, stage.safe.kept)
    y = {
        "top": top + spot.dy - over,
        "bottom": bottom - spot.dy - whole,
        "middle": (top + bottom - whole) / 2 + spot.dy,
    }[spot.y]
    if spot.of == "title" and stage.card:
        y = stage.card.y - GAP - whole
    if spot.of in {"safe", "picture"} and spot.y == "bottom" and stage.card:
        low = stage.safe.bottom - spot.dy - whole
        y = _at_edge(low, whole, stage.card, stage.safe.bottom, hangs=spot.of == "picture")
        x += GAP if spot.x == "left" and y + whole < stage.card.y + stage.card.height else 0
    y += drawn.down
    if spot.of != "canvas":
        x = max(min(x, _right_edge(y + drawn.height, stage.safe) - drawn.width), stage.safe.left)
    return Box(round(x / 2) * 2, round(y / 2) * 2, drawn.width, drawn.height)


def _at_edge(low: float, height: int, card: Box, bottom: int, *, hangs: bool) -> float:
    """The first row of words that would begin at ``low``, moved so that no edge of a card runs through them: they stand below the card, else
    inside it. A panel that ``hangs`` lies well over its lower edge instead, where there is no room below.
    """
    edge = card.y + card.height
    if edge + GAP + height <= bottom:
        return edge + GAP
    hung = min(low, edge - HANG)
    if hangs and hung + height >= edge + HANG:
        return hung
    return min(low, edge - GAP - height)


def _right_edge(bottom: float, safe: SafeBox) -> int:
    return safe.narrow_right if bottom > safe.narrow_from_y else safe.right


def _region(spot: Spot, stage: Stage) -> tuple[int, int, int, int]:
    safe, box = stage.safe, stage.card
    if spot.of == "canvas":
        return 0, 0, *stage.canvas
    if spot.of == "picture":
        if box is None:
            top = max(FILL_TOP, stage.under + GAP if stage.under else 0)
            return safe.left - spot.dx, top - spot.dy, safe.right + spot.dx, safe.bottom
        return max(safe.left, box.x), box.y, min(safe.right, box.x + box.width), min(safe.bottom, box.y + box.height)
    if spot.of == "title":
        return safe.left, safe.top + TITLE_TOP, safe.right, safe.bottom
    return safe.left, safe.top, safe.right, safe.bottom

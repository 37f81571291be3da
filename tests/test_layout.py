"""The safe box: on every platform no pixel of words leaves it, at any moment of any motion, and no words disappear."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import made_up
import numpy as np
import pytest
from conftest import LANDSCAPE, PORTRAIT, SHORT, brief_of, script_of
from made_up import Ask

from vidkit import graphics, kit, layout, motion, paint, plan
from vidkit.kits import platform
from vidkit.layout import Studio
from vidkit.painting.album import Album
from vidkit.problems import Refusal
from vidkit.storyboard import Box, Compare, Graphic, Scene, Storyboard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.kits.platform import Platform, SafeBox

MARGIN = 60
"""Pixels around a drawing in which words cut off by its edge are looked for."""
INK = 24
"""A pixel less opaque than this (of 255) is not seen."""
COARSE, SPARE = 4, 2
"""How many times smaller words are drawn to see roughly where they are; pixels on every side for what so small a drawing misses."""
BRANDS = tuple(name for name, _ in kit.brand_names(kit.shelf()))
ASKS = made_up.every(BRANDS)
SMALL = {"conditions", "legal", "valid"}
"""Slots whose words may be as small as conditions."""
PLATFORMS = platform.all_platforms()
PLATFORM = {one.id: one for one in PLATFORMS}
HANGING = {"price", "problem", "result", "group"}
"""Scenes whose words stand on an opaque panel, which may hang over a card's edge."""


@cache
def script(ask: Ask) -> plan.Script:
    """A made-up brief; every platform plans the same."""
    return made_up.script(ask)


@cache
def storyboard(ask: Ask, where: str) -> Storyboard | None:
    """The storyboard of a made-up brief on a platform; None when it is refused as too long for it."""
    try:
        return plan.plan(script(ask), PLATFORM[where]).board
    except Refusal as refusal:
        assert {p.code for p in refusal.problems} == {"VK-T003"}, refusal.problems  # noqa: PT017  # the only refusal allowed here
        return None


def drawings(board: Storyboard) -> Iterator[tuple[Scene, Graphic]]:
    """Every graphic of a storyboard with its scene, the labels on pairs too."""
    for scene in board.scenes:
        yield from ((scene, g) for g in scene.graphics)
        for picture in scene.pictures:
            if isinstance(picture, Compare):
                yield from (
                    (scene, g) for g in (*(picture.labels or ()), *((picture.handle,) if picture.handle else ()))
                )


def runs(svg: str) -> list[str]:
    """The text elements of a drawing."""
    return re.findall(r"<text\b.*?</text>", svg, re.DOTALL)


class Ink(NamedTuple):
    """Where the words of a drawing leave ink, in its own pixels: for rows ``top`` onwards the first and the last column (exclusive)."""

    top: int
    left: np.ndarray
    right: np.ndarray


def ink(svg: str) -> Ink | None:
    """The ink of a drawing's words alone; every shape is taken away, a margin added so that nothing is cut off."""
    words = alone(svg)
    return _ink(words, *layout.size(svg)) if words else None


def roughly(svg: str) -> Ink | None:
    """As ``ink``, some pixels larger on every side, in a tenth of the time: what is well inside with this is inside."""
    words = alone(svg)
    return _roughly(words, *layout.size(svg)) if words else None


@cache
def alone(svg: str) -> str:
    """The words of a drawing, all in one colour."""
    return re.sub(r' (fill|stroke)="#[0-9A-Fa-f]+"', r' \1="#000000"', "".join(runs(svg)))


@cache
def _ink(words: str, width: int, height: int) -> Ink:
    return _found(_opaque(words, width + 2 * MARGIN, height + 2 * MARGIN, 1) > INK, words)


@cache
def _roughly(words: str, width: int, height: int) -> Ink:
    found = _found(_opaque(words, width + 2 * MARGIN, height + 2 * MARGIN, COARSE) > 0, words)
    left, right = ((one.repeat(COARSE) + MARGIN) * COARSE - MARGIN for one in (found.left, found.right))
    near = range(2 * SPARE + 1)
    left = np.min([np.pad(left, (by, 2 * SPARE - by), constant_values=left.max()) for by in near], axis=0)
    right = np.max([np.pad(right, (by, 2 * SPARE - by), constant_values=right.min()) for by in near], axis=0)
    return Ink((found.top + MARGIN) * COARSE - MARGIN - SPARE, left - SPARE, right + SPARE)


def _opaque(words: str, width: int, height: int, smaller: int) -> np.ndarray:
    """How opaque words are, drawn so many times smaller, with their margin."""
    size = -(-width // smaller), -(-height // smaller)
    box = f"-{MARGIN} -{MARGIN} {size[0] * smaller} {size[1] * smaller}"
    page = f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}" viewBox="{box}">'
    return graphics.drawn(f"{page}{words}</svg>", *size)[..., 3]


def _found(seen: np.ndarray, words: str) -> Ink:
    """Where pixels are seen, in a drawing's own pixels."""
    rows = np.flatnonzero(seen.any(axis=1))
    assert rows.size, words
    part, width = seen[rows[0] : rows[-1] + 1], seen.shape[1]
    left = np.where(part.any(axis=1), part.argmax(axis=1), width) - MARGIN
    right = np.where(part.any(axis=1), width - part[:, ::-1].argmax(axis=1), 0) - MARGIN
    return Ink(int(rows[0]) - MARGIN, left, right)


def stances(frames: int, item: Graphic) -> set[tuple[int, int, float]]:
    """Every distinct offset (even pixels) and scale a graphic is drawn with while it shows."""
    spans = range(max(item.first, 0), min(item.last, frames))
    shown = [at for at in spans if motion.at(item.opacity, at) > 0]
    return {
        (
            2 * round(motion.at(item.dx, at) / 2),
            2 * round(motion.at(item.dy, at) / 2),
            round(motion.at(item.scale, at), 4),
        )
        for at in shown
    }


def reach(item: Graphic, marks: Ink, stance: tuple[int, int, float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Canvas rows of the ink with its first and last column, a scaled drawing taken a pixel larger on every side."""
    dx, dy, scale = stance
    soft = 0 if scale == 1 else 1
    middle = item.box.width / 2, item.box.height / 2
    rows = item.box.y + dy + middle[1] + (np.arange(len(marks.left)) + marks.top - middle[1]) * scale
    left = item.box.x + dx + middle[0] + (marks.left - middle[0]) * scale - soft
    right = item.box.x + dx + middle[0] + (marks.right - middle[0]) * scale + soft
    return rows, left, right


def outside(rows: np.ndarray, left: np.ndarray, right: np.ndarray, safe: SafeBox) -> str:
    """How far ink leaves the safe box, in words; empty when it does not."""
    seen = right > left
    rows, left, right = rows[seen], left[seen], right[seen]
    edge = np.where(rows + 1 > safe.narrow_from_y, safe.narrow_right, safe.right)
    gone = {
        "left": safe.left - left.min(),
        "top": safe.top - rows.min(),
        "right": (right - edge).max(),
        "bottom": rows.max() + 1 - safe.bottom,
    }
    return ", ".join(f"{side} by {by:.1f} px" for side, by in gone.items() if by > 0)


@pytest.mark.parametrize("ask", ASKS, ids=str)
def test_no_words_leave_the_safe_box(ask: Ask) -> None:
    """Entering, past the goal, settled and leaving: on every platform every pixel of ink stays inside the platform's safe box."""
    faults = set()
    for where in PLATFORMS:
        board = storyboard(ask, where.id)
        for scene, item in drawings(board) if board else ():
            faults |= {f"{where.id} {scene.name}: {fault}" for fault in leaving(item, scene.frames, where.safe)}
    assert not faults, "\n".join(sorted(faults))


@cache
def leaving(item: Graphic, frames: int, safe: SafeBox) -> tuple[str, ...]:
    """How a drawing's words leave the safe box in a scene of so many frames; platforms share most drawings."""
    taken = stances(frames, item)
    if not any(_leaving(item, roughly(item.svg), taken, safe)):
        return ()
    return tuple(_leaving(item, ink(item.svg), taken, safe))


def _leaving(item: Graphic, marks: Ink | None, taken: set[tuple[int, int, float]], safe: SafeBox) -> Iterator[str]:
    if marks is None:
        return
    for stance in taken:
        fault = outside(*reach(item, marks, stance), safe)
        if fault:
            yield f"{said(item)}: {fault} at {stance}"


def said(item: Graphic) -> str:
    """The beginning of a drawing's words."""
    return "".join(re.findall(">([^<]+)</text>", item.svg))[:24]


@pytest.mark.parametrize("ask", ASKS, ids=str)
def test_a_clip_has_its_length_wherever_it_can(ask: Ask) -> None:
    """On every platform a clip is within the template's and the platform's length, or what its long words need; only they may be too long."""
    template = kit.template(ask.template, kit.shelf())
    for where in PLATFORMS:
        board = storyboard(ask, where.id)
        if board is None:
            assert ask.long or where.max_seconds < template.seconds[0], where.id
            continue
        seconds = board.frames / board.fps
        most = max(template.seconds[1], template.at_most) if ask.long else template.seconds[1]
        assert seconds <= min(most, where.max_seconds) + 1 / board.fps, where.id


@pytest.mark.parametrize("ask", ASKS, ids=str)
def test_no_words_lie_over_each_other(ask: Ask) -> None:
    """At no time does one drawing's words or plate touch the words of another."""
    faults = set()
    for where in ("douyin", "meituan"):
        board = storyboard(ask, where)
        for scene in board.scenes if board else ():
            items = [
                *scene.graphics,
                *(label for p in scene.pictures if isinstance(p, Compare) for label in p.labels or ()),
            ]
            small = [item for item in items if (item.box.width, item.box.height) != board.canvas and alone(item.svg)]  # type: ignore[union-attr]
            faults |= {f"{where} {scene.name}: {fault}" for a in small for b in small for fault in _over(a, b)}
    assert not faults, "\n".join(sorted(faults))


def _over(one: Graphic, other: Graphic) -> Iterator[str]:
    """Where a drawing lies over another one's words while both are seen, both where they have come to rest."""
    if one is other or one.last <= other.first or other.last <= one.first:
        return
    if any(_lying(one, other, roughly(other.svg))):
        yield from _lying(one, other, ink(other.svg))


def _lying(one: Graphic, other: Graphic, marks: Ink | None) -> Iterator[str]:
    if not marks:
        return
    left, right = other.box.x + int(marks.left.min()), other.box.x + int(marks.right.max())
    top, bottom = other.box.y + marks.top, other.box.y + marks.top + len(marks.left)
    across = min(right, one.box.x + one.box.width) - max(left, one.box.x)
    down = min(bottom, one.box.y + one.box.height) - max(top, one.box.y)
    if across > 2 and down > 2:
        yield f"{said(one) or 'a drawing'} over {said(other)} by {across}x{down} px"


def drawn(ask: Ask) -> set[str]:
    """Every drawing of a made-up brief's storyboards on two platforms."""
    boards = [storyboard(ask, where) for where in ("douyin", "meituan")]
    return {item.svg for board in boards if board for _, item in drawings(board)}


@pytest.mark.parametrize("ask", ASKS, ids=str)
def test_no_words_are_cut_by_their_own_drawing(ask: Ask) -> None:
    """Outlines, tall marks and hanging brackets stay inside the drawing they belong to."""
    faults = {fault for svg in drawn(ask) if _cut(svg, roughly(svg)) for fault in _cut(svg, ink(svg))}
    assert not faults, "\n".join(sorted(faults))


def _cut(svg: str, marks: Ink | None) -> tuple[str, ...]:
    """How words reach beyond their drawing."""
    if not marks:
        return ()
    width, height = layout.size(svg)
    left, right = int(marks.left.min()), int(marks.right.max()) - width
    top, bottom = marks.top, marks.top + len(marks.left) - height
    if left >= 0 and top >= 0 and right <= 0 and bottom <= 0:
        return ()
    return (f"{re.findall('>([^<]+)</text>', svg)[:3]}: left {left}, top {top}, right {right:+}, bottom {bottom:+}",)


CELL = 96, 32
"""Width and height of the room for a run of words drawn alone: for its first letters."""
SEEN: set[str] = set()
"""Runs of words, without their place and colour, that were found to leave ink."""


@pytest.mark.parametrize("ask", ASKS, ids=str)
def test_no_words_disappear(ask: Ask) -> None:
    """Each run of words drawn alone leaves ink: its font is there, its characters are there, its size is not nothing."""
    every = sorted({run for svg in drawn(ask) for run in runs(svg)})
    assert all(float(size) >= 1 for run in every for size in re.findall(r'font-size="([^"]*)"', run))
    bare = {re.sub(r' (x|y|fill|stroke|stroke-width)="[^"]*"', "", run) for run in every}
    bare = {re.sub(r'font-size="[^"]*"', 'font-size="20"', run) for run in bare}
    listed = sorted(bare - SEEN)
    cells = "".join(run.replace("<text ", f'<text x="4" y="{i * CELL[1] + 24}" ', 1) for i, run in enumerate(listed))
    size = CELL[0], CELL[1] * max(len(listed), 1)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}">{cells}</svg>'
    alpha = graphics.drawn(svg, *size)[..., 3]
    for i, run in enumerate(listed):
        assert (alpha[i * CELL[1] : (i + 1) * CELL[1]] > INK).any() or not re.sub(r"<.*?>|\s", "", run), run
    SEEN.update(listed)


def test_words_are_large_enough() -> None:
    """Words are at least 54 px, conditions and the legal name at least 40 px."""
    shelf = kit.shelf()
    parts = kit.parts(shelf).parts
    for name, part in parts.items():
        for slot, rule in part.slots.items():
            assert rule.sizes[0] >= rule.sizes[1] >= 40, (name, slot)
            assert rule.sizes[1] >= 54 or slot in SMALL or name == "end-legal", (name, slot)


@pytest.mark.parametrize("ask", ASKS, ids=str)
def test_drawn_words_are_large_enough(ask: Ask) -> None:
    """No words are drawn smaller than 40 px."""
    sizes = {int(size) for svg in drawn(ask) for run in runs(svg) for size in re.findall(r'font-size="(\d+)"', run)}
    assert all(size >= 40 for size in sizes)
    assert sizes or ask.long


def test_the_painter_draws_ink_where_we_say() -> None:
    """The reach found from numbers is the reach of really painted pixels, within two, at rest, moved and past its goal."""
    text = (
        '<text x="30" y="80" font-family="Noto Sans SC" font-weight="900" font-size="72" fill="#ffffff">清洁后</text>'
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="290" height="120" viewBox="0 0 290 120">{text}</svg>'
    marks = ink(svg)
    assert marks
    for dx, dy, scale in ((0, 0, 1.0), (-12, 36, 1.0), (0, 0, 1.06), (0, 0, 0.62)):
        item = Graphic(
            svg, Box(100, 200, 290, 120), 0, 9, dx=motion.steady(dx), dy=motion.steady(dy), scale=motion.steady(scale)
        )
        scene = Scene("s", 9, None, (), (item,))
        luma = paint.frame(paint.ready(scene, (540, 640), Album({})), 0)[:640]
        rows, columns = np.flatnonzero((luma > 40).any(axis=1)), np.flatnonzero((luma > 40).any(axis=0))
        found = (rows[0], rows[-1], columns[0], columns[-1] + 1)
        at, left, right = reach(item, marks, (dx, dy, scale))
        seen = right > left
        assert found == pytest.approx((at[seen].min(), at[seen].max(), left[seen].min(), right[seen].max()), abs=2)


def test_a_character_no_font_has_is_refused_by_name() -> None:
    """An emoji in a note is VK-T002 at its line of the brief, with its code point."""
    brief = brief_of(SHORT, 1, options=True)
    pair = brief.pairs[0].model_copy(update={"note": "擦干净👍"})
    with pytest.raises(Refusal) as caught:
        plan.plan(script_of(brief.model_copy(update={"pairs": (pair,)})), platform.load("douyin"))
    (found,) = caught.value.problems
    assert found.code == "VK-T002"
    assert "U+1F44D" in found.message("zh")


# Boxes


def _stage(where: Platform, card: Box | None) -> layout.Stage:
    return layout.Stage(where.canvas, where.safe, card)


@pytest.mark.parametrize(
    "card", [None, layout.card((LANDSCAPE[0] / LANDSCAPE[1],)), layout.card((0.8,))], ids=["full", "wide", "tall"]
)
def test_every_place_keeps_its_drawing_in_the_safe_box(card: Box | None) -> None:
    """A drawing as wide as its place has room for stays between the sides, on even pixels, wherever it stands."""
    where = platform.load("douyin")
    for name, spot in kit.parts(kit.shelf()).places.items():
        if spot.of == "canvas":
            continue
        drawn = layout.Drawing("", layout.even_up(layout.room(spot, where.safe)) - 2, 120)
        box = layout.place(spot, drawn, _stage(where, card))
        assert box.x % 2 == box.y % 2 == 0, name
        assert box.x >= where.safe.left - 2, name
        edge = where.safe.narrow_right if box.y + box.height > where.safe.narrow_from_y else where.safe.right
        assert box.x + box.width <= edge, name
        assert where.safe.top <= box.y, name
        assert box.y + box.height <= where.safe.bottom, name


RATIOS = ((4 / 3,), (4 / 3, 4 / 3), (0.75,), (16 / 9, 9 / 16), (4.0,), (0.25,), (1.0, 1.1), (0.9,), (1.5,))
"""Width to height of photos that share a card."""


def test_cards_take_the_photos_form_within_reason() -> None:
    """Width to height between the bounds, the geometric mean of the photos between them, but for what a card is shortened; on the canvas, even."""
    for ratios in RATIOS:
        box = layout.card(ratios)
        mean = float(np.exp(np.mean(np.log(ratios))))
        wanted = min(max(mean, layout.CARD_RATIOS[0]), layout.CARD_RATIOS[1])
        lacking = layout.CARD_WIDTH / wanted - box.height
        assert lacking == pytest.approx(0, abs=0.01 * box.height) or box.y + box.height in layout.CARD_FEET
        assert lacking <= layout.CARD_SHORTER[mean > box.width / box.height] + 8, (ratios, box)
        assert all(side % 2 == 0 for side in (box.x, box.y, box.width, box.height))
        assert box.y + box.height < 1920


def test_a_card_is_as_high_as_its_photos_may_be_square() -> None:
    """The wide photo of a phone that may be cropped gets a larger card; one without any words below it all the room they would take."""
    for whole in (False, True):
        heights = [layout.card((4 / 3,), whole=whole, squarest=least).height for least in (4 / 3, 1.15, 1.0)]
        assert heights == sorted(heights)
        assert heights[-1] > layout.card((4 / 3,), whole=whole).height
        bare = layout.card((4 / 3,), whole=whole, squarest=1.0, low=False)
        assert (bare.y, bare.height) == (layout.CARD_TOP, layout.CARD_WIDTH)
        assert bare.y + bare.height <= platform.load("douyin").safe.bottom
    assert layout.card((0.8,), squarest=1.0) == layout.card((0.8,))


def test_a_card_leaves_a_caption_the_little_room_it_lacks() -> None:
    """Phone photos under one or two lines of title: a caption has room below them, of two lines where the title has one."""
    where = platform.load("douyin")
    for under, lines in ((0, 240), (360, 240), (366, 240), (508, 106)):
        for whole in (False, True):
            box = layout.card((4 / 3, 4 / 3), under, whole=whole)
            assert box.y >= under + layout.GAP
            assert box.y + box.height + layout.GAP + lines <= where.safe.bottom, (under, whole, box)


@pytest.mark.parametrize("whole", [False, True], ids=["cropped", "whole"])
def test_no_cards_edge_runs_through_words(whole: bool) -> None:  # noqa: FBT001
    """Captions stand below a card or within it, a gap away; a panel is below it, within it, or lies well over its lower edge."""
    where = platform.load("douyin")
    places = kit.parts(kit.shelf()).places
    spots = {name: spot for name, spot in places.items() if spot.of in {"safe", "picture"} and spot.y == "bottom"}
    assert {"subtitle", "spoken", "lower-third", "panel"} <= set(spots)
    made = {layout.card(ratios, under, whole=whole) for ratios in RATIOS for under in (0, *range(300, 700, 22))}
    made |= {replace(box, y=y) for box in made for y in (where.safe.top, 264, 408)}
    faults = set()
    for box, (name, spot), height in itertools.product(sorted(made, key=str), spots.items(), range(100, 700, 14)):
        drawn = layout.Drawing("", 700, height)
        placed = layout.place(spot, drawn, _stage(where, box))
        over, under = box.y + box.height - placed.y, placed.y + placed.height - box.y - box.height
        below = over <= -layout.GAP
        within = under <= -layout.GAP and placed.y >= box.y + layout.GAP and placed.x >= box.x + layout.GAP
        hangs = spot.of == "picture" and min(over, under) >= layout.HANG
        tight = height > min(box.y + box.height - layout.GAP, where.safe.bottom - spot.dy) - box.y - layout.GAP
        assert where.safe.top <= placed.y < placed.y + placed.height <= where.safe.bottom or tight, (name, box, placed)
        if not (below or within or hangs or tight):
            faults.add(f"{name} {placed} at {box}")
    assert not faults, "\n".join(sorted(faults)[:20])


@pytest.mark.parametrize("ask", ASKS, ids=str)
def test_words_are_on_a_card_or_off_it(ask: Ask) -> None:
    """In no scene does the lower edge of a card run through words' box but a panel's, and there well inside it."""
    for where in ("douyin", "meituan"):
        board = storyboard(ask, where)
        for scene, item in drawings(board) if board else ():
            card = scene.backdrop.card if scene.backdrop else None
            if card is None or not alone(item.svg) or (item.box.width, item.box.height) == board.canvas:  # type: ignore[union-attr]
                continue
            edge = card.y + card.height
            over, under = edge - item.box.y, item.box.y + item.box.height - edge
            assert max(over, under) > 0
            assert under <= -layout.GAP or over <= -layout.GAP or min(over, under) >= layout.HANG, (
                scene.name,
                item.box,
            )
            hangs = scene.name in HANGING or said(item).startswith("难处")
            assert min(over, under) <= 0 or hangs, (scene.name, said(item))


def test_every_part_draws() -> None:
    """Each part of the table has a drawing of even size that resvg accepts, with every slot filled and with the least."""
    shelf = kit.shelf()
    table = kit.parts(shelf)
    brand = kit.brand("linli", shelf)
    studio = Studio(table, brand, (1080, 1920), shelf)
    for name, part in table.parts.items():
        words = {slot: ("199" if slot == "amount" else "洁净") for slot in part.slots}
        drawn = layout.drawing(studio, name, words, 840, values=defaultdict(lambda: "1", now="upper"))
        assert drawn.width % 2 == drawn.height % 2 == 0
        assert graphics.rasterise(drawn.svg, drawn.width, drawn.height)[..., 3].any(), name


@pytest.mark.parametrize(
    ("part", "said", "known", "read"),
    [
        ("price", {"item": "擦玻璃", "amount": "12.5", "unit": "元/平方米起", "conditions": "高空不做"}, "", 17),
        ("price-card", {"item": "擦玻璃", "amount": "12.5", "unit": "元/平方米", "conditions": "高空不做"}, "", 16),
        ("price-card", {"item": "擦玻璃", "fee": "12.5", "unit": "元/平方米", "conditions": "高空不做"}, "", 16),
        ("person", {"ribbon": "这次上门的", "name": "秀兰阿姨", "craft": "保洁师 · 8年"}, "", 15),
        ("quote", {"name": "秀兰阿姨", "craft": "保洁师 · 8年", "quote": "慢慢来”"}, "", 14),
        ("review-card", {"text": "谢谢", "name": "张女士", "source": "客户评价"}, "", 9),
        ("review-card", {"text": "谢谢", "name": "张女士", "source": "客户评价"}, "name source", 2),
        ("review-card", {"text": "谢谢", "name": "张女士", "source": "客户 评价"}, "name", 6),
        ("end-offer", {"offer": "价格有效至2026年12月31日", "call": "点头像"}, "", 19),
        ("end-offer", {"offer": "价格有效至2026年12月31日", "call": "点头像"}, "offer", 3),
        ("list-title", {"text": "价目表", "note": "有效期至 2026年1月1日"}, "", 16),
    ],
)
def test_what_matters_takes_time_to_read(part: str, said: dict[str, str], known: str, read: int) -> None:
    """What a price is, per what, how long it holds, who did the work: every character of it, but in slots whose words were read before."""
    shelf = kit.shelf()
    studio = Studio(kit.parts(shelf), kit.brand("linli", shelf), (1080, 1920), shelf)
    drawn = layout.drawing(studio, part, said, 840, values={"known": known, "yields": "source"})
    assert (drawn.reading, drawn.spare) == (read, 4 if "source" in said and "source" not in known else 0)


def test_text_in_a_drawing_cannot_break_it() -> None:
    """Angle brackets, ampersands and template marks in a brief's words are drawn as they are, never read as SVG or Jinja."""
    shelf = kit.shelf()
    studio = Studio(kit.parts(shelf), kit.brand("linli", shelf), (1080, 1920), shelf)
    said = "<b>&{{x}}"
    drawn = layout.drawing(studio, "subtitle", {"text": said}, 840)
    assert "&lt;b&gt;&amp;{{x}}" in drawn.svg
    assert graphics.rasterise(drawn.svg, drawn.width, drawn.height)[..., 3].any()


def test_mixed_photos_are_really_mixed() -> None:
    """These storyboards hold full-bleed scenes and cards both, so both are proven."""
    board = storyboard(Ask("before-after", many=True, options=True), "douyin")
    assert board
    assert LANDSCAPE[0] > LANDSCAPE[1]
    assert PORTRAIT[0] < PORTRAIT[1]
    cards = {bool(scene.backdrop and scene.backdrop.card) for scene in board.scenes if scene.pictures}
    assert cards == {True, False}

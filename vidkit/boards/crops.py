"""Photos and the boxes they fill → the part of each that is shown; of several people, faces of about one size in one row, below the app's bar."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from vidkit import layout
from vidkit.boards.pacing import timing
from vidkit.photos.matrix import size as extent
from vidkit.photos.matrix import within
from vidkit.photos.prints import CENTRE, crop, crop_below, crop_with, face
from vidkit.storyboard import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vidkit.photos.matrix import Part
    from vidkit.photos.prints import Print
    from vidkit.storyboard import Box

LARGER = (1.0, 1.08, 1.16, 1.25)
"""So much larger than the others a head may be so that it begins where they do."""
LARGEST = 0.84
"""So much of its box's height a head takes at most, where its photo shows more than the head."""
LEVEL = 16
"""Heads begin at one row when they begin no more than this from it, px."""


def cropped(shown: Print, box: Box, close: float = 1.0, subject: float = CENTRE) -> Picture:
    """The part of a photo that fills a box, its subject that share of the box down as far as the photo's edges allow; looked at closer only
    as far as its pixels allow.
    """
    part = crop_with(shown, box.width / box.height, closest(shown, box, close), subject)
    return Picture(shown.sha256, part, shown.moves)


def closest(shown: Print, box: Box, close: float) -> float:
    """How close a photo is looked at in a box: as wanted, or as far as its pixels allow."""
    left, top, right, bottom = shown.usable
    width, height = (right - left) * shown.width, (bottom - top) * shown.height
    whole = min(width, height * box.width / box.height)
    return min(close, max(1.0, whole / box.width * timing("close_upscale")))


def gallery(
    known: Sequence[Print], canvas: tuple[int, int], highest: int
) -> tuple[tuple[Box, ...], tuple[Picture, ...]]:
    """The boxes of one to four photos of people, and what fills them; they begin below the canvas' upper edge, at the row ``highest`` or a little
    lower, where some face in the upper row would stand above it.
    """
    boxes = layout.gallery(len(known), canvas)
    pictures = faces(known, boxes, highest + layout.GAP)
    upper = [one for one in zip(known, boxes, pictures, strict=True) if one[1].y == 0]
    seen = (face(shown, picture.crop, box.edges) for shown, box, picture in upper)
    if all(one is None or one.box[1] >= highest for one in seen):
        return boxes, pictures
    boxes = layout.gallery(len(known), canvas, highest)
    return boxes, faces(known, boxes, boxes[0].y + layout.GAP)


def grid(known: Sequence[Print], canvas: tuple[int, int], highest: int) -> tuple[tuple[Box, ...], tuple[Picture, ...]]:
    """The boxes of one to four photos on the whole canvas, and what fills them, no head above the row ``highest`` where the photos allow."""
    boxes = layout.grid(len(known), canvas)
    return boxes, faces(known, boxes, highest + layout.GAP)


def faces(known: Sequence[Print], boxes: Sequence[Box], low: int) -> tuple[Picture, ...]:
    """The parts of photos of people that fill boxes: their heads of one size in each row of boxes, as large as the photos allow, and their tops
    at one row, none above the canvas' row ``low``, px, where the photos allow.
    """
    found: list[Picture] = []
    for _, row in groupby(zip(known, boxes, strict=True), lambda one: one[1].y):
        found += _row(tuple(row), low)
    return tuple(found)


def _row(row: Sequence[tuple[Print, Box]], low: float) -> Iterator[Picture]:
    """The parts for one row of boxes: heads as large as the smallest of the largest ones, or a little larger where that brings them up to the
    others.
    """
    low = max(low, row[0][1].y + layout.GAP)
    most = [closest(*one, timing("close_faces")) for one in row]
    near = [_height(*one, 1.0) for one in row]
    far = [_height(*one, close) for one, close in zip(row, most, strict=True)]
    wanted = max(min(LARGEST * row[0][1].height, *filter(None, far)), *near) if any(far) else 0.0
    closes = [min(max(wanted / high, 1.0), far) if high else far for high, far in zip(near, most, strict=True)]
    tops = (_below(*one, close, low)[1] for one, close in zip(row, closes, strict=True))
    top = min(low, *tops)
    for one, close, end in zip(row, closes, most, strict=True):
        ways = [_below(*one, min(close * larger, end), top) for larger in LARGER]
        yield next((picture for picture, found in ways if found <= top + LEVEL), ways[-1][0])


def _below(shown: Print, box: Box, close: float, low: float) -> tuple[Picture, float]:
    """The part that fills a box with no head above a row of the canvas where the photo allows, and where its largest head begins; at that row
    without one.
    """
    part = crop_below(shown, box.width / box.height, close, max(low - box.y, 0) / box.height)
    top, bottom = _head(shown, box, part)
    return Picture(shown.sha256, part, shown.moves), top if bottom < float("inf") else low


def _height(shown: Print, box: Box, close: float) -> float:
    """How high the largest head is in a box at such a closeness, px; 0 without one."""
    top, bottom = _head(shown, box, crop(shown, box.width / box.height, close=close))
    return bottom - top if bottom < float("inf") else 0.0


def _head(shown: Print, box: Box, part: Part) -> tuple[float, float]:
    """The canvas' rows between which the largest head of a photo stands, a part of which fills a box; below everything without one."""
    heads = [seen for head in shown.heads if (seen := within(head, shown.usable))]
    if not heads:
        return float("inf"), float("inf")
    head = max(heads, key=extent)
    scale = box.height / (part[3] - part[1])
    return box.y + (head[1] - part[1]) * scale, box.y + (head[3] - part[1]) * scale

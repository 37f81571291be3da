"""What a scene shows, prepared, and put on a frame: pictures that zoom in their box, graphics laid over them.

Everything here is one picture or one drawing by itself; ``reveals`` makes two pictures into a before and after, ``paint`` whole scenes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vidkit import colour, graphics, motion
from vidkit.painting import zoom
from vidkit.storyboard import Box, nearest_even

if TYPE_CHECKING:
    from collections.abc import Callable

    from vidkit.colour import Bytes
    from vidkit.painting.ground import Photos
    from vidkit.storyboard import Graphic, Photo, Picture

    Placed = tuple[graphics.Patch, int, int]

STEPS = (1, 2, 2)
"""Canvas pixels to one sample of Y, U and V, each way."""
DENSITY = 0.25
"""Pictures that move are prepared larger than their box by whole steps of this, so that scenes of one photo
share them; with boxes and anchors on multiples of 8 every anchor then falls between two pixels of every plane."""
GRID = 8
JOINED_KEPT = 4
"""How many patches made of several are kept for a scene: they change when a drawing comes to rest or leaves."""


@dataclass(frozen=True, eq=False)
class Shown:
    """A picture ready to be zoomed: its Y, U and V folded about the anchor (canvas pixels of the box), the box, and how many of its pixels lie
    on one canvas pixel at zoom 1, across and down.
    """

    planes: tuple[Bytes, Bytes, Bytes]
    box: Box
    anchor: tuple[int, int]
    scale: tuple[float, float]


@dataclass(frozen=True, eq=False)
class Drawn:
    """A graphic, its drawing at full size, and its patch."""

    graphic: Graphic
    rgba: Bytes
    patch: graphics.Patch


def up_to(value: int, multiple: int) -> int:
    """The next multiple of a number, upwards."""
    return -(-value // multiple) * multiple


# Pictures


def show(source: Picture, box: Box, about: tuple[float, float], most: float, photos: Photos) -> Shown:
    """A picture prepared for a box, to be zoomed up to ``most`` about a point (fractions of the box)."""
    density = 1 + math.ceil((most - 1) / DENSITY - 1e-9) * DENSITY
    width, height = (2 * math.ceil(side * density / 2) for side in (box.width, box.height))
    planes = photos.planes(source, width, height)
    anchor = _on_grid(about[0] * box.width), _on_grid(about[1] * box.height)
    scale = width / box.width, height / box.height
    x, y = nearest_even(anchor[0] * scale[0]), nearest_even(anchor[1] * scale[1])
    luma, u, v = (zoom.folded(plane, x // step, y // step) for plane, step in zip(planes, STEPS, strict=True))
    return Shown((luma, u, v), box, anchor, scale)


def _on_grid(value: float) -> int:
    return GRID * round(value / GRID)


def place(
    target: Bytes,
    shown: Shown,
    closer: float,
    columns: tuple[int, int] | None = None,
    rows: tuple[int, int] | None = None,
    moved: int = 0,
) -> None:
    """Draw the picture, or some columns and rows of it (box pixels, even), onto the frame at a zoom about its anchor, ``moved`` to the right by
    so many pixels (even).
    """
    box, across, down = shown.box, columns or (0, shown.box.width), rows or (0, shown.box.height)
    part = Box(box.x + moved + across[0], box.y + down[0], across[1] - across[0], down[1] - down[0])
    scale = shown.scale[0] / closer, shown.scale[1] / closer
    for window, plane, step in zip(windows(target, part), shown.planes, STEPS, strict=True):
        point = shown.anchor[0] // step, shown.anchor[1] // step
        wanted = (across[0] // step, across[1] // step), (down[0] // step, down[1] // step)
        zoom.draw(window, plane, point, scale, *wanted, cv2.INTER_CUBIC if step == 1 else cv2.INTER_LINEAR)


def pass_by(target: Bytes, shown: Shown, item: Photo, at: int) -> None:
    """Draw a photo as it is at frame ``at`` of its scene: zoomed, or one that is wider than its box with the columns that are seen by then."""
    if not item.wide:
        place(target, shown, motion.at(item.zoom, at))
        return
    left = nearest_even(motion.at(item.pan, at))
    place(target, shown, 1.0, (left, left + item.box.width), moved=-left)


def beside(left: Shown, right: Shown, line: int, closer: float) -> Shown:
    """Two pictures prepared for one box as one: the first up to a column (box pixels, even), the second from there on, at a zoom.

    Within two pixels of the line the kernel mixes them.
    """
    from_anchor = (line - left.anchor[0]) * left.scale[0] / closer
    luma, u, v = (
        zoom.beside(one, other, round(from_anchor / step))
        for one, other, step in zip(left.planes, right.planes, STEPS, strict=True)
    )
    return replace(left, planes=(luma, u, v))


@dataclass(frozen=True, eq=False)
class Film:
    """A film ready to be played, and where its frames come from."""

    item: Photo
    photos: Photos


def play(target: Bytes, film: Film, at: int) -> None:
    """Draw the film's frame for frame ``at`` of its scene; once it is over, its last one."""
    box = film.item.box
    picture = replace(film.item.picture, frame=played(film.item, at))
    for window, plane in zip(windows(target, box), film.photos.planes(picture, box.width, box.height), strict=True):
        window[:] = plane


def played(item: Photo, at: int) -> int:
    """Which frame of a film shows in frame ``at`` of its scene."""
    return min(int(item.begins + at * item.pace), item.picture.moves - 1)


def windows(target: Bytes, box: Box) -> tuple[Bytes, Bytes, Bytes]:
    """Views of a box's part of a frame's Y, U and V; writing to them writes the frame."""
    y, u, v = (
        plane[box.y // step : (box.y + box.height) // step, box.x // step : (box.x + box.width) // step]
        for plane, step in zip(colour.planes(target), STEPS, strict=True)
    )
    return y, u, v


# Graphics


def draw(item: Graphic, photos: Photos) -> Drawn:
    """A graphic drawn at its full size; who has the photos may have the drawing."""
    rgba = graphics.premultiplied(graphics.rasterise(item.svg, item.box.width, item.box.height, photos.stock))
    return Drawn(item, rgba, graphics.patch(rgba))


def visible(item: Graphic, at: int) -> bool:
    """Whether anything of a graphic shows at a frame of its scene."""
    return item.first <= at < item.last and motion.at(item.opacity, at) > 0


@dataclass(frozen=True, eq=False)
class Drawings:
    """Graphics that lie over each other in this order; what those at rest have in common is kept from frame to frame."""

    items: tuple[Drawn, ...]
    joined: Callable[[tuple[Placed, ...]], tuple[Placed, ...]] = field(
        default_factory=lambda: lru_cache(maxsize=JOINED_KEPT)(graphics.joined)
    )


def draw_all(items: tuple[Graphic, ...], photos: Photos) -> Drawings:
    """Graphics drawn at their full size."""
    return Drawings(tuple(draw(item, photos) for item in items))


def lay(target: Bytes, drawings: Drawings, at: int) -> None:
    """Draw graphics onto the frame, moved, scaled and faded as their curves say for frame ``at`` of their scene; those at rest that follow
    one another as few patches.
    """
    shown = (item for item in drawings.items if visible(item.graphic, at))
    for resting, items in groupby(shown, lambda item: _rests(item.graphic, at)):
        placed = tuple(_placed(item, at) for item in items)
        for one in drawings.joined(placed) if resting and len(placed) > 1 else placed:
            graphics.lay(target, *one)


def _rests(item: Graphic, at: int) -> bool:
    """Whether a graphic that shows is whole and of its own size, and does not move before the next frame."""
    curves = item.opacity, item.scale, item.dx, item.dy
    full = motion.at(item.opacity, at) >= 1 and motion.at(item.scale, at) == 1
    return full and not any(motion.moves(curve, at, at + 1) for curve in curves)


def _placed(item: Drawn, at: int) -> Placed:
    """A graphic's patch at a frame, and where its corner lies."""
    graphic = item.graphic
    x = graphic.box.x + nearest_even(motion.at(graphic.dx, at))
    y = graphic.box.y + nearest_even(motion.at(graphic.dy, at))
    scale = motion.at(graphic.scale, at)
    patch = item.patch
    if scale != 1:
        larger = _scaled(item.rgba, scale)
        x, y = (
            v - (a - b) // 4 * 2 for v, a, b in zip((x, y), larger.shape[1::-1], item.rgba.shape[1::-1], strict=True)
        )
        patch = graphics.patch(larger)
    return graphics.faded(patch, motion.at(graphic.opacity, at)), x, y


def _scaled(rgba: Bytes, scale: float) -> Bytes:
    """A premultiplied drawing scaled about its middle, grown by multiples of four pixels so that its middle stays on the grid."""
    height, width = rgba.shape[:2]
    size = tuple(side + up_to(max(0, math.ceil(side * scale) - side), 4) for side in (width, height))
    left, top = ((after - before * scale + scale - 1) / 2 for after, before in zip(size, (width, height), strict=True))
    matrix = np.array([[scale, 0, left], [0, scale, top]])
    return np.asarray(cv2.warpAffine(rgba, matrix, size, flags=cv2.INTER_LINEAR), np.uint8)

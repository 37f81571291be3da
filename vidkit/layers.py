"""What a scene shows, prepared, and put on a frame: pictures that zoom in their box, graphics laid over them.

Everything here is one picture or one drawing by itself; ``reveals`` makes two pictures into a before and after, ``paint`` whole scenes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vidkit import colour, graphics, motion

if TYPE_CHECKING:
    from vidkit.colour import Bytes
    from vidkit.ground import Photos
    from vidkit.storyboard import Box, Graphic, Photo, Picture

STEPS = (1, 2, 2)
"""Canvas pixels to one sample of Y, U and V, each way."""
DENSITY = 0.25
"""Pictures that move are prepared larger than their box by whole steps of this, so that scenes of one photo
share them; with boxes and anchors on multiples of 8 every anchor then falls between two pixels of every plane."""
GRID = 8


@dataclass(frozen=True, eq=False)
class Shown:
    """A picture ready to be zoomed: for Y, U and V its four parts around the anchor (canvas pixels of the box, even), the box, and
    how many of its pixels lie on one canvas pixel at zoom 1, across and down.
    """

    quarters: tuple[tuple[Bytes, ...], ...]
    box: Box
    anchor: tuple[int, int]
    scale: tuple[float, float]


@dataclass(frozen=True, eq=False)
class Drawn:
    """A graphic, its drawing at full size, and its patch."""

    graphic: Graphic
    rgba: Bytes
    patch: graphics.Patch


def even(value: float) -> int:
    """The nearest even whole number."""
    return 2 * round(value / 2)


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
    split = even(anchor[0] * scale[0]), even(anchor[1] * scale[1])
    quarters = tuple(_quartered(p, split[0] // step, split[1] // step) for p, step in zip(planes, STEPS, strict=True))
    return Shown(quarters, box, anchor, scale)


def _on_grid(value: float) -> int:
    return GRID * round(value / GRID)


def _quartered(plane: Bytes, x: int, y: int) -> tuple[Bytes, ...]:
    """The plane's four parts around a point, each turned so that the point is its top left corner."""
    parts = ((plane[:y, :x], -1), (plane[:y, x:], 0), (plane[y:, :x], 1), (plane[y:, x:], None))
    return tuple(part if turn is None or not part.size else _u8(cv2.flip(part, turn)) for part, turn in parts)


def place(
    target: Bytes,
    shown: Shown,
    zoom: float,
    columns: tuple[int, int] | None = None,
    rows: tuple[int, int] | None = None,
) -> None:
    """Draw the picture, or some columns and rows of it (box pixels, even), onto the frame at a zoom about its anchor.

    A zoom about a corner needs no shift, so each of the four parts around the anchor is resized from its own corner: sub-pixel
    exact like an affine warp, cubic, and several times faster.
    """
    box, across, down = shown.box, columns or (0, shown.box.width), rows or (0, shown.box.height)
    for plane, parts, step in zip(colour.planes(target), shown.quarters, STEPS, strict=True):
        window = plane[box.y // step :, box.x // step :]
        anchor = shown.anchor[0] // step, shown.anchor[1] // step
        scale = shown.scale[0] / zoom, shown.scale[1] / zoom
        kernel = cv2.INTER_CUBIC if step == 1 else cv2.INTER_LINEAR
        wanted = (across[0] // step, across[1] // step), (down[0] // step, down[1] // step)
        for index, part in enumerate(parts):
            _quarter(window, part, anchor, scale, wanted, index, kernel)


def _quarter(
    window: Bytes,
    part: Bytes,
    anchor: tuple[int, int],
    scale: tuple[float, float],
    wanted: tuple[tuple[int, int], tuple[int, int]],
    index: int,
    kernel: int,
) -> None:
    """Resize one part (0 top left, 1 top right, 2 bottom left, 3 bottom right) and draw what is wanted of it."""
    lower, righter = divmod(index, 2)
    (left, right), (near_x, far_x) = _beyond(wanted[0], anchor[0], righter)
    (top, bottom), (near_y, far_y) = _beyond(wanted[1], anchor[1], lower)
    if left >= right or top >= bottom:
        return
    sized = _resized(part, scale, far_x, far_y, kernel)[near_y:, near_x:]
    turn = {(0, 0): -1, (0, 1): 0, (1, 0): 1, (1, 1): None}[lower, righter]
    if turn is None:
        window[top:bottom, left:right] = sized
    else:
        cv2.flip(sized, turn, dst=window[top:bottom, left:right])


def _beyond(wanted: tuple[int, int], anchor: int, later: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """The wanted samples on one side of the anchor: where they lie, and how near and far from it."""
    first, last = (max(wanted[0], anchor), wanted[1]) if later else (wanted[0], min(wanted[1], anchor))
    return (first, last), ((first - anchor, last - anchor) if later else (anchor - last, anchor - first))


def _resized(part: Bytes, scale: tuple[float, float], width: int, height: int, kernel: int) -> Bytes:
    """The part at ``scale`` of its pixels to one, from its corner, exactly ``width`` by ``height``."""
    columns = min(part.shape[1], math.ceil(width * scale[0]) + 3)
    rows = min(part.shape[0], math.ceil(height * scale[1]) + 3)
    made = cv2.resize(part[:rows, :columns], None, fx=1 / scale[0], fy=1 / scale[1], interpolation=kernel)
    short = max(0, height - made.shape[0]), max(0, width - made.shape[1])
    if any(short):
        made = cv2.copyMakeBorder(made, 0, short[0], 0, short[1], cv2.BORDER_REPLICATE)
    return _u8(made[:height, :width])


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


def draw(item: Graphic) -> Drawn:
    """A graphic drawn at its full size."""
    rgba = graphics.premultiplied(graphics.rasterise(item.svg, item.box.width, item.box.height))
    return Drawn(item, rgba, graphics.patch(rgba))


def visible(item: Graphic, at: int) -> bool:
    """Whether anything of a graphic shows at a frame of its scene."""
    return item.first <= at < item.last and motion.at(item.opacity, at) > 0


def lay(target: Bytes, item: Drawn, at: int) -> None:
    """Draw a graphic onto the frame, moved, scaled and faded as its curves say for frame ``at`` of its scene."""
    graphic = item.graphic
    if not visible(graphic, at):
        return
    x = graphic.box.x + even(motion.at(graphic.dx, at))
    y = graphic.box.y + even(motion.at(graphic.dy, at))
    scale = motion.at(graphic.scale, at)
    patch = item.patch if scale == 1 else graphics.patch(_scaled(item.rgba, scale))
    x, y = x - (patch.size[0] - graphic.box.width) // 4 * 2, y - (patch.size[1] - graphic.box.height) // 4 * 2
    graphics.lay(target, graphics.faded(patch, motion.at(graphic.opacity, at)), x, y)


def _scaled(rgba: Bytes, scale: float) -> Bytes:
    """A premultiplied drawing scaled about its middle, grown by multiples of four pixels so that its middle stays on the grid."""
    height, width = rgba.shape[:2]
    size = tuple(side + up_to(max(0, math.ceil(side * scale) - side), 4) for side in (width, height))
    left, top = ((after - before * scale + scale - 1) / 2 for after, before in zip(size, (width, height), strict=True))
    matrix = np.array([[scale, 0, left], [0, scale, top]])
    return np.asarray(cv2.warpAffine(rgba, matrix, size, flags=cv2.INTER_LINEAR), np.uint8)


def _u8(array: object) -> Bytes:
    return np.asarray(array, np.uint8)

"""Layers at frame i → pixels: a scene and its pictures → one planar YUV frame.

``ready`` does the work that does not depend on the frame (pictures cropped and converted, graphics drawn, still parts painted once);
``frame`` does the rest. No template is known here and no position is decided. Slow moves on photos are sub-pixel; graphics
and cuts stand on even pixels, so chroma never swims against luma.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vidkit import colour, graphics, ground, motion
from vidkit.storyboard import Box, Compare, Graphic, Photo, Picture, Scene

if TYPE_CHECKING:
    from vidkit.colour import Bytes
    from vidkit.ground import Photos


STEPS = (1, 2, 2)
"""Canvas pixels to one sample of Y, U and V, each way."""
DENSITY = 0.25
"""Pictures that move are prepared larger than their box by whole steps of this, so that scenes of one photo
share them; with boxes and anchors on multiples of 8 every anchor then falls between two pixels of every plane."""
GRID = 8
PEEK_HIDDEN = 0.004
STROKES = 3
CLOTH = 0.30
SOFTNESS = 14.0
WET_EDGE = 0.62
DIRTY_UNTIL, CLEAN_FROM, LABEL_FADE = 0.5, 0.93, 0.06
LABEL_RAMP = 0.045
"""A side's label is fully there when the line is this share of the box's width beyond it."""


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


@dataclass(frozen=True, eq=False)
class Ready:
    """A scene with everything prepared: the still ground and whether a picture covers all of it, its
    pictures with what they show, and its drawn graphics.
    """

    scene: Scene
    ground: Bytes
    covered: bool
    pictures: tuple[tuple[Photo | Compare, tuple[Shown, ...], tuple[Drawn, ...]], ...]
    drawn: tuple[Drawn, ...]


def ready(scene: Scene, canvas: tuple[int, int], photos: Photos) -> Ready:
    """The scene prepared for painting on a canvas of (width, height) pixels."""
    below = ground.backdrop(scene.backdrop, canvas, photos)
    pictures = tuple((p, _shown(p, photos), _drawn_of(p)) for p in scene.pictures)
    covered = any(not p.radius and (p.box.width, p.box.height) == canvas for p in scene.pictures)
    return Ready(scene, below, covered, pictures, tuple(_draw(g) for g in scene.graphics))


def frame(scene: Ready, at: int) -> Bytes:
    """Frame ``at`` of the scene, counted from its own first frame."""
    made = np.empty_like(scene.ground) if scene.covered else scene.ground.copy()
    for picture, shown, drawn in scene.pictures:
        if isinstance(picture, Photo):
            _photo(made, picture, shown[0], at)
        else:
            _compare(made, picture, shown, drawn, at)
        if picture.radius:
            _round_corners(made, scene.ground, picture.box, picture.radius)
    for item in scene.drawn:
        _graphic(made, item, at)
    return made


def still(scene: Scene, first: int, last: int) -> bool:
    """Whether the scene shows the same picture from frame ``first`` up to, not including, ``last``."""
    span = (first, last - 1)
    curves = [curve for p in scene.pictures for curve in (p.zoom, *((p.progress,) if isinstance(p, Compare) else ()))]
    drawn = (*scene.graphics, *(g for p in scene.pictures for g in _graphics_of(p)))
    return not any(motion.moves(curve, *span) for curve in curves) and all(_graphic_is_still(g, *span) for g in drawn)


def _graphic_is_still(item: Graphic, first: int, last: int) -> bool:
    shown = item.first <= first and last < item.last
    absent = last < item.first or item.last <= first
    return absent or (
        shown and not any(motion.moves(c, first, last) for c in (item.opacity, item.dx, item.dy, item.scale))
    )


# Pictures


def _shown(picture: Photo | Compare, photos: Photos) -> tuple[Shown, ...]:
    sources = (picture.picture,) if isinstance(picture, Photo) else (picture.before, picture.after)
    density = 1 + math.ceil((max(key.value for key in picture.zoom) - 1) / DENSITY - 1e-9) * DENSITY
    return tuple(_show(source, picture.box, picture.about, density, photos) for source in sources)


def _show(source: Picture, box: Box, about: tuple[float, float], density: float, photos: Photos) -> Shown:
    width, height = (2 * math.ceil(side * density / 2) for side in (box.width, box.height))
    planes = photos.planes(source, width, height)
    anchor = _on_grid(about[0] * box.width), _on_grid(about[1] * box.height)
    scale = width / box.width, height / box.height
    split = _even(anchor[0] * scale[0]), _even(anchor[1] * scale[1])
    quarters = tuple(_quartered(p, split[0] // step, split[1] // step) for p, step in zip(planes, STEPS, strict=True))
    return Shown(quarters, box, anchor, scale)


def _on_grid(value: float) -> int:
    return GRID * round(value / GRID)


def _quartered(plane: Bytes, x: int, y: int) -> tuple[Bytes, ...]:
    """The plane's four parts around a point, each turned so that the point is its top left corner."""
    parts = ((plane[:y, :x], -1), (plane[:y, x:], 0), (plane[y:, :x], 1), (plane[y:, x:], None))
    return tuple(part if turn is None or not part.size else _u8(cv2.flip(part, turn)) for part, turn in parts)


def _place(target: Bytes, shown: Shown, zoom: float, columns: tuple[int, int]) -> None:
    """Draw the picture's columns (box pixels, even) onto the frame at a zoom about its anchor.

    A zoom about a corner needs no shift, so each of the four parts around the anchor is resized from its own corner: sub-pixel
    exact like an affine warp, cubic, and several times faster.
    """
    box, (left, right) = shown.box, columns
    for plane, parts, step in zip(colour.planes(target), shown.quarters, STEPS, strict=True):
        window = plane[box.y // step : (box.y + box.height) // step, box.x // step : (box.x + box.width) // step]
        anchor = shown.anchor[0] // step, shown.anchor[1] // step
        scale = shown.scale[0] / zoom, shown.scale[1] / zoom
        kernel = cv2.INTER_CUBIC if step == 1 else cv2.INTER_LINEAR
        for index, part in enumerate(parts):
            _quarter(window, part, anchor, scale, (left // step, right // step), index, kernel)


def _quarter(
    window: Bytes,
    part: Bytes,
    anchor: tuple[int, int],
    scale: tuple[float, float],
    columns: tuple[int, int],
    index: int,
    kernel: int,
) -> None:
    """Resize one part (0 top left, 1 top right, 2 bottom left, 3 bottom right) and draw those of its columns that are wanted."""
    lower, righter = divmod(index, 2)
    left, right = (max(columns[0], anchor[0]), columns[1]) if righter else (columns[0], min(columns[1], anchor[0]))
    top, bottom = (anchor[1], window.shape[0]) if lower else (0, anchor[1])
    if left >= right or top >= bottom:
        return
    near, far = (left - anchor[0], right - anchor[0]) if righter else (anchor[0] - right, anchor[0] - left)
    sized = _resized(part, scale, far, bottom - top, kernel)[:, near:]
    turn = {(0, 0): -1, (0, 1): 0, (1, 0): 1, (1, 1): None}[lower, righter]
    window[top:bottom, left:right] = sized if turn is None else cv2.flip(sized, turn)


def _resized(part: Bytes, scale: tuple[float, float], width: int, height: int, kernel: int) -> Bytes:
    """The part at ``scale`` of its pixels to one, from its corner, exactly ``width`` by ``height``."""
    columns = min(part.shape[1], math.ceil(width * scale[0]) + 3)
    rows = min(part.shape[0], math.ceil(height * scale[1]) + 3)
    made = cv2.resize(part[:rows, :columns], None, fx=1 / scale[0], fy=1 / scale[1], interpolation=kernel)
    short = max(0, height - made.shape[0]), max(0, width - made.shape[1])
    if any(short):
        made = cv2.copyMakeBorder(made, 0, short[0], 0, short[1], cv2.BORDER_REPLICATE)
    return _u8(made[:height, :width])


def _u8(array: object) -> Bytes:
    return np.asarray(array, np.uint8)


def _photo(target: Bytes, item: Photo, shown: Shown, at: int) -> None:
    _place(target, shown, motion.at(item.zoom, at), (0, item.box.width))


# Before and after


def _compare(target: Bytes, item: Compare, shown: tuple[Shown, ...], drawn: tuple[Drawn, ...], at: int) -> None:
    progress = motion.at(item.progress, at)
    REVEALS[item.kind](target, item, shown, drawn, progress, at)


def _stamp(target: Bytes, label: Drawn | None, ink: float, at: int) -> None:
    """A label of the pair, whole, at an opacity from 0 to 1."""
    if label and ink > 0 and _visible(label.graphic, at):
        opacity = min(ink, 1.0) * motion.at(label.graphic.opacity, at)
        graphics.lay(target, graphics.faded(label.patch, opacity), label.graphic.box.x, label.graphic.box.y)


def _stamp_sides(target: Bytes, item: Compare, drawn: tuple[Drawn, ...], line: int, at: int) -> None:
    """Both labels, each shown as soon as its own side of the line has room for it; no label is ever cut."""
    before, after = _labels(item, drawn)
    edge, ramp = item.box.x + line, LABEL_RAMP * item.box.width
    if before and after:
        left, right = before.graphic.box, after.graphic.box
        _stamp(target, before, (edge - (left.x + left.width)) / ramp, at)
        _stamp(target, after, (right.x - edge) / ramp, at)


def _clipped(target: Bytes, item: Drawn, columns: tuple[int, int], at: int) -> None:
    left, right = columns
    box = item.graphic.box
    visible = max(left, box.x), min(right, box.x + box.width)
    if visible[0] >= visible[1]:
        return
    part = item.rgba[:, visible[0] - box.x : visible[1] - box.x]
    faded = graphics.faded(graphics.patch(np.ascontiguousarray(part)), motion.at(item.graphic.opacity, at))
    graphics.lay(target, faded, visible[0], box.y)


def _even(value: float) -> int:
    return 2 * round(value / 2)


def _labels(item: Compare, drawn: tuple[Drawn, ...]) -> tuple[Drawn | None, Drawn | None]:
    return (drawn[0], drawn[1]) if item.labels else (None, None)


def _line(target: Bytes, item: Compare, drawn: tuple[Drawn, ...], x: int, at: int) -> None:
    """The wipe's line with its handle, centred on column ``x`` of the box, cut at the box's edges."""
    if not item.handle:
        return
    handle = drawn[-1]
    moved = replace(
        handle.graphic, box=replace(handle.graphic.box, x=item.box.x + x - _even(handle.graphic.box.width / 2))
    )
    _clipped(target, replace(handle, graphic=moved), (item.box.x, item.box.x + item.box.width), at)


def _wipe(
    target: Bytes, item: Compare, shown: tuple[Shown, ...], drawn: tuple[Drawn, ...], progress: float, at: int
) -> None:
    """A line sweeps from right to left; the before stays on its left, the after comes on its right."""
    line = _even((1 - progress) * item.box.width)
    zoom = motion.at(item.zoom, at)
    _place(target, shown[0], zoom, (0, line))
    _place(target, shown[1], zoom, (line, item.box.width))
    _stamp_sides(target, item, drawn, line, at)
    if PEEK_HIDDEN < progress < 1 - PEEK_HIDDEN:
        _line(target, item, drawn, line, at)


def _split(
    target: Bytes, item: Compare, shown: tuple[Shown, ...], drawn: tuple[Drawn, ...], progress: float, at: int
) -> None:
    """The after slides in from the right; each photo keeps its middle in the middle of its own part."""
    line = _even((1 - progress) * item.box.width)
    _panel(target, item, shown[0], (0, line), at)
    _panel(target, item, shown[1], (line, item.box.width), at)
    _stamp_sides(target, item, drawn, line, at)
    if PEEK_HIDDEN < progress < 1 - PEEK_HIDDEN:
        _line(target, item, drawn, line, at)


def _panel(target: Bytes, item: Compare, shown: Shown, columns: tuple[int, int], at: int) -> None:
    """The middle columns of a photo, as many as the panel is wide."""
    left, right = columns
    if right <= left:
        return
    inset = _even((item.box.width - (right - left)) / 2)
    scratch = np.empty((_up_to(item.box.height, 4) * 3 // 2, item.box.width), np.uint8)
    local = replace(shown, box=Box(0, 0, item.box.width, item.box.height))
    _place(scratch, local, motion.at(item.zoom, at), (inset, inset + right - left))
    for plane, source, step in zip(colour.planes(target), colour.planes(scratch), STEPS, strict=True):
        rows, width, height = item.box.y // step, (right - left) // step, item.box.height // step
        start = (item.box.x + left) // step
        plane[rows : rows + height, start : start + width] = source[:height, inset // step : inset // step + width]


def _up_to(value: int, multiple: int) -> int:
    return -(-value // multiple) * multiple


def _hand_wipe(
    target: Bytes, item: Compare, shown: tuple[Shown, ...], drawn: tuple[Drawn, ...], progress: float, at: int
) -> None:
    """The after appears where a cloth has passed, in broad strokes with a wet edge from the top right to the bottom left.

    「清洁前」 stays while most of the photo is still dirty, 「清洁后」 comes when all of it is clean; in between there is no label.
    """
    zoom, whole = motion.at(item.zoom, at), (0, item.box.width)
    before, after = _labels(item, drawn)
    _place(target, shown[1] if progress >= 1 else shown[0], zoom, whole)
    if 0 < progress < 1:
        cleaned = np.empty_like(target)
        _place(cleaned, shown[1], zoom, whole)
        _wiped(target, cleaned, item.box, progress)
    _stamp(target, before, (DIRTY_UNTIL - progress) / LABEL_FADE, at)
    _stamp(target, after, (progress - CLEAN_FROM) / LABEL_FADE, at)


def _wiped(target: Bytes, cleaned: Bytes, box: Box, progress: float) -> None:
    """Mix the cleaned picture into the box where the cloth has been, and whiten the edge where it is."""
    arrival = cloth(box.width, box.height)
    passed = np.clip((progress * (255 + SOFTNESS) - np.arange(256)) / SOFTNESS, 0, 1)
    share = _u8(cv2.LUT(arrival, _u8(np.rint(passed * 255))))
    edge = _u8(cv2.LUT(arrival, _u8(np.rint(4 * passed * (1 - passed) * WET_EDGE * 255))))
    half = [_u8(cv2.resize(m, (box.width // 2, box.height // 2), interpolation=cv2.INTER_AREA)) for m in (share, edge)]
    masks = ((share, edge), (half[0], half[1]), (half[0], half[1]))
    for plane, clean, (mix, wet), step, white in zip(
        colour.planes(target), colour.planes(cleaned), masks, STEPS, (235, 128, 128), strict=True
    ):
        rows = slice(box.y // step, (box.y + box.height) // step)
        columns = slice(box.x // step, (box.x + box.width) // step)
        kept = cv2.multiply(plane[rows, columns], 255 - mix, scale=1 / 255)
        mixed = cv2.add(kept, cv2.multiply(clean[rows, columns], mix, scale=1 / 255))
        mixed = cv2.multiply(mixed, 255 - wet, scale=1 / 255)
        plane[rows, columns] = cv2.add(mixed, cv2.convertScaleAbs(wet, alpha=white / 255))


@cache
def cloth(width: int, height: int) -> Bytes:
    """When the cloth passes each pixel, 0 first to 255 last: a zigzag of ``STROKES`` there-and-back strokes from the top."""
    small = (max(2, width // 8), max(2, height // 8))
    x, y = np.meshgrid(np.linspace(0, 1, small[0]), np.linspace(0, height / width, small[1]))
    time = np.linspace(0, 1, 240)
    swing = 0.5 - 0.5 * np.cos(np.pi * 2 * STROKES * time)
    path_x = 1.05 - 1.1 * swing
    path_y = (-CLOTH / 2 + time * (1 + CLOTH * width / height)) * height / width
    path_y = path_y + 0.18 * (path_x - 0.5)
    arrival = np.full(x.shape, 1.0)
    for moment, px, py in zip(time[::-1], path_x[::-1], path_y[::-1], strict=True):
        arrival[np.hypot(x - px, (y - py) * 1.15) < CLOTH] = moment
    soft = np.asarray(cv2.GaussianBlur(arrival.astype(np.float32), (0, 0), max(1.0, small[0] / 45)))
    soft = (soft - soft.min()) / max(float(soft.max() - soft.min()), 1e-6)
    return _u8(np.rint(cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR) * 255))


REVEALS = {"wipe": _wipe, "split": _split, "hand-wipe": _hand_wipe}


# Graphics


def _graphics_of(picture: Photo | Compare) -> tuple[Graphic, ...]:
    """What is drawn on a pair: its labels, then its handle."""
    if isinstance(picture, Photo):
        return ()
    return (*(picture.labels or ()), *((picture.handle,) if picture.handle else ()))


def _drawn_of(picture: Photo | Compare) -> tuple[Drawn, ...]:
    return tuple(_draw(g) for g in _graphics_of(picture))


def _draw(item: Graphic) -> Drawn:
    rgba = graphics.premultiplied(graphics.rasterise(item.svg, item.box.width, item.box.height))
    return Drawn(item, rgba, graphics.patch(rgba))


def _visible(item: Graphic, at: int) -> bool:
    return item.first <= at < item.last and motion.at(item.opacity, at) > 0


def _graphic(target: Bytes, item: Drawn, at: int) -> None:
    graphic = item.graphic
    if not _visible(graphic, at):
        return
    x = graphic.box.x + _even(motion.at(graphic.dx, at))
    y = graphic.box.y + _even(motion.at(graphic.dy, at))
    scale = motion.at(graphic.scale, at)
    patch = item.patch if scale == 1 else graphics.patch(_scaled(item.rgba, scale))
    x, y = x - (patch.size[0] - graphic.box.width) // 4 * 2, y - (patch.size[1] - graphic.box.height) // 4 * 2
    graphics.lay(target, graphics.faded(patch, motion.at(graphic.opacity, at)), x, y)


def _scaled(rgba: Bytes, scale: float) -> Bytes:
    """A premultiplied drawing scaled about its middle, grown by multiples of four pixels so that its middle stays on the grid."""
    height, width = rgba.shape[:2]
    size = tuple(side + _up_to(max(0, math.ceil(side * scale) - side), 4) for side in (width, height))
    left, top = ((after - before * scale + scale - 1) / 2 for after, before in zip(size, (width, height), strict=True))
    matrix = np.array([[scale, 0, left], [0, scale, top]])
    return np.asarray(cv2.warpAffine(rgba, matrix, size, flags=cv2.INTER_LINEAR), np.uint8)


def _round_corners(target: Bytes, below: Bytes, box: Box, radius: int) -> None:
    """Put the ground back where a card's corners are round."""
    for plane, under, step in zip(colour.planes(target), colour.planes(below), STEPS, strict=True):
        size = radius // step
        shape = ground.corner(size)
        x, y, width, height = (v // step for v in (box.x, box.y, box.width, box.height))
        for top, flip_y in ((y, False), (y + height - size, True)):
            for left, flip_x in ((x, False), (x + width - size, True)):
                kept = shape[:: -1 if flip_y else 1, :: -1 if flip_x else 1]
                window = (slice(top, top + size), slice(left, left + size))
                mixed = plane[window] * kept + under[window] * (1 - kept)
                plane[window] = np.rint(mixed).astype(np.uint8)

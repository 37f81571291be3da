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

from vidkit import colour, graphics, motion
from vidkit.photos import frame as framing
from vidkit.storyboard import Backdrop, Box, Compare, Graphic, Photo, Picture, Scene

if TYPE_CHECKING:
    from collections.abc import Callable

    from vidkit.colour import Bytes

    Planes = tuple[Bytes, Bytes, Bytes]
    Load = Callable[[Picture, int, int], Bytes]
    """Gives the photo of a picture, whole, upright, RGB, decoded so that the picture's part has at least the given pixels."""

KERNEL = cv2.INTER_LINEAR
OVERSAMPLE = 1.0
PEEK_HIDDEN = 0.004
STROKES = 3
CLOTH = 0.30
SOFTNESS = 26.0
BACKDROP_SIDE = 160
BACKDROP_BLUR = 9.0
SHADOW = 0.45


@dataclass(frozen=True, eq=False)
class Shown:
    """A picture ready to be warped: its planes, its box and how many of its pixels lie on one canvas pixel at zoom 1."""

    planes: Planes
    box: Box
    density: float


@dataclass(frozen=True, eq=False)
class Drawn:
    """A graphic, its drawing at full size, and its patch."""

    graphic: Graphic
    rgba: Bytes
    patch: graphics.Patch


@dataclass(frozen=True, eq=False)
class Ready:
    """A scene with everything prepared: the still ground, its pictures with what they show, and its drawn graphics."""

    scene: Scene
    ground: Bytes
    pictures: tuple[tuple[Photo | Compare, tuple[Shown, ...], tuple[Drawn, ...]], ...]
    drawn: tuple[Drawn, ...]


def ready(scene: Scene, canvas: tuple[int, int], load: Load) -> Ready:
    """The scene prepared for painting on a canvas of (width, height) pixels; ``load`` gives whole photos."""
    ground = backdrop(scene.backdrop, canvas, load)
    pictures = tuple((p, _shown(p, load), _drawn_of(p)) for p in scene.pictures)
    return Ready(scene, ground, pictures, tuple(_draw(g) for g in scene.graphics))


def frame(scene: Ready, at: int) -> Bytes:
    """Frame ``at`` of the scene, counted from its own first frame."""
    made = scene.ground.copy()
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
    for picture in scene.pictures:
        if motion.moves(picture.zoom, *span) or (isinstance(picture, Compare) and motion.moves(picture.progress, *span)):
            return False
    return all(_graphic_is_still(g, *span) for g in scene.graphics)


def _graphic_is_still(item: Graphic, first: int, last: int) -> bool:
    shown = item.first <= first and last < item.last
    absent = last < item.first or item.last <= first
    return absent or (shown and not any(motion.moves(c, first, last) for c in (item.opacity, item.dx, item.dy, item.scale)))


# Pictures


def _shown(picture: Photo | Compare, load: Load) -> tuple[Shown, ...]:
    sources = (picture.picture,) if isinstance(picture, Photo) else (picture.before, picture.after)
    density = OVERSAMPLE * max(key.value for key in picture.zoom)
    return tuple(_show(source, picture.box, density, load) for source in sources)


def _show(source: Picture, box: Box, density: float, load: Load) -> Shown:
    width, height = (2 * math.ceil(side * density / 2) for side in (box.width, box.height))
    part = framing.cut(load(source, width, height), source.crop, (width, height))
    return Shown(colour.yuv_planes(part), box, width / box.width)


def _matrix(shown: Shown, zoom: float, about: tuple[float, float], step: int, left: int, width: int) -> Bytes:
    """Where each pixel of a plane's window comes from: the affine map from window to picture pixels (pixel centres at .5)."""
    pixels = shown.planes[0].shape[1] / shown.box.width, shown.planes[0].shape[0] / shown.box.height
    fixed = about[0] * shown.box.width / step, about[1] * shown.box.height / step
    del width
    x = pixels[0] / zoom, (left + 0.5 - fixed[0]) * pixels[0] / zoom + fixed[0] * pixels[0] - 0.5
    y = pixels[1] / zoom, (0.5 - fixed[1]) * pixels[1] / zoom + fixed[1] * pixels[1] - 0.5
    return np.array([[x[0], 0, x[1]], [0, y[0], y[1]]])


def _place(target: Bytes, shown: Shown, zoom: float, about: tuple[float, float], columns: tuple[int, int]) -> None:
    """Warp the picture's columns (box pixels, even) onto the frame."""
    left, right = columns
    if right <= left:
        return
    box = shown.box
    for plane, source, step in zip(colour.planes(target), shown.planes, (1, 2, 2), strict=True):
        width, height = (right - left) // step, box.height // step
        matrix = _matrix(shown, zoom, about, step, left // step, width)
        window = plane[box.y // step : box.y // step + height, (box.x + left) // step : (box.x + right) // step]
        window[:] = cv2.warpAffine(
            source, matrix, (width, height), flags=KERNEL | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
        )


def _photo(target: Bytes, item: Photo, shown: Shown, at: int) -> None:
    _place(target, shown, motion.at(item.zoom, at), item.about, (0, item.box.width))


# Before and after


def _compare(target: Bytes, item: Compare, shown: tuple[Shown, ...], drawn: tuple[Drawn, ...], at: int) -> None:
    progress = motion.at(item.progress, at)
    REVEALS[item.kind](target, item, shown, drawn, progress, at)


def _sides(target: Bytes, item: Compare, shown: Shown, label: Drawn | None, columns: tuple[int, int], at: int) -> None:
    """One photo of the pair with its label, in some columns of the box only."""
    _place(target, shown, motion.at(item.zoom, at), item.about, columns)
    if label and _visible(label.graphic, at):
        _clipped(target, label, (item.box.x + columns[0], item.box.x + columns[1]), at)


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
    moved = replace(handle.graphic, box=replace(handle.graphic.box, x=item.box.x + x - _even(handle.graphic.box.width / 2)))
    _clipped(target, replace(handle, graphic=moved), (item.box.x, item.box.x + item.box.width), at)


def _wipe(target: Bytes, item: Compare, shown: tuple[Shown, ...], drawn: tuple[Drawn, ...], progress: float, at: int) -> None:
    """A line sweeps from right to left; the before stays on its left, the after comes on its right."""
    line = _even((1 - progress) * item.box.width)
    before, after = _labels(item, drawn)
    _sides(target, item, shown[0], before, (0, line), at)
    _sides(target, item, shown[1], after, (line, item.box.width), at)
    if PEEK_HIDDEN < progress < 1 - PEEK_HIDDEN:
        _line(target, item, drawn, line, at)


def _split(target: Bytes, item: Compare, shown: tuple[Shown, ...], drawn: tuple[Drawn, ...], progress: float, at: int) -> None:
    """The after slides in from the right; each photo keeps its middle in the middle of its own part."""
    line = _even((1 - progress) * item.box.width)
    before, after = _labels(item, drawn)
    _panel(target, item, shown[0], (0, line), at)
    _panel(target, item, shown[1], (line, item.box.width), at)
    for label, columns in ((before, (0, line)), (after, (line, item.box.width))):
        if label and _visible(label.graphic, at):
            _clipped(target, label, (item.box.x + columns[0], item.box.x + columns[1]), at)
    if PEEK_HIDDEN < progress < 1 - PEEK_HIDDEN:
        _line(target, item, drawn, line, at)


def _panel(target: Bytes, item: Compare, shown: Shown, columns: tuple[int, int], at: int) -> None:
    """The middle columns of a photo, as many as the panel is wide."""
    left, right = columns
    if right <= left:
        return
    inset = _even((item.box.width - (right - left)) / 2)
    scratch = colour.empty(item.box.width, _up_to(item.box.height, 4))
    local = replace(shown, box=Box(0, 0, item.box.width, item.box.height))
    _place(scratch, local, motion.at(item.zoom, at), item.about, (inset, inset + right - left))
    for plane, source, step in zip(colour.planes(target), colour.planes(scratch), (1, 2, 2), strict=True):
        rows, width, height = item.box.y // step, (right - left) // step, item.box.height // step
        start = (item.box.x + left) // step
        plane[rows : rows + height, start : start + width] = source[:height, inset // step : inset // step + width]


def _up_to(value: int, multiple: int) -> int:
    return -(-value // multiple) * multiple


def _hand_wipe(
    target: Bytes, item: Compare, shown: tuple[Shown, ...], drawn: tuple[Drawn, ...], progress: float, at: int
) -> None:
    """The after appears where a cloth has passed, in broad soft strokes from the top right to the bottom left."""
    whole = (0, item.box.width)
    before, after = _labels(item, drawn)
    _sides(target, item, shown[0], before, whole, at)
    if progress <= 0:
        return
    cleaned = target.copy()
    _sides(cleaned, item, shown[1], after, whole, at)
    arrival = cloth(item.box.width, item.box.height)
    passed = np.clip((progress * (255 + SOFTNESS) - np.arange(256)) / SOFTNESS, 0, 1)
    mask = cv2.LUT(arrival, np.rint(passed * 255).astype(np.uint8))
    half = cv2.resize(mask, (item.box.width // 2, item.box.height // 2), interpolation=cv2.INTER_AREA)
    for plane, clean, alpha, step in zip(
        colour.planes(target), colour.planes(cleaned), (mask, half, half), (1, 2, 2), strict=True
    ):
        rows = slice(item.box.y // step, (item.box.y + item.box.height) // step)
        columns = slice(item.box.x // step, (item.box.x + item.box.width) // step)
        kept = cv2.multiply(plane[rows, columns], 255 - alpha, scale=1 / 255)
        plane[rows, columns] = cv2.add(kept, cv2.multiply(clean[rows, columns], alpha, scale=1 / 255))


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
    soft = cv2.GaussianBlur(arrival.astype(np.float32), (0, 0), max(1.0, small[0] / 45))
    soft = (soft - soft.min()) / max(float(soft.max() - soft.min()), 1e-6)
    return np.rint(cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR) * 255).astype(np.uint8)


REVEALS = {"wipe": _wipe, "split": _split, "hand-wipe": _hand_wipe}


# Graphics


def _drawn_of(picture: Photo | Compare) -> tuple[Drawn, ...]:
    if isinstance(picture, Photo):
        return ()
    items = (*(picture.labels or ()), *((picture.handle,) if picture.handle else ()))
    return tuple(_draw(g) for g in items)


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
    """A premultiplied drawing scaled about its middle, on the smallest canvas of multiples of four that holds it."""
    height, width = rgba.shape[:2]
    size = tuple(max(4, _up_to(math.ceil(side * max(scale, 1)), 4) if scale > 1 else _up_to(side, 2)) for side in (width, height))
    matrix = np.array([[scale, 0, (size[0] - width * scale) / 2], [0, scale, (size[1] - height * scale) / 2]])
    return np.asarray(cv2.warpAffine(rgba, matrix, size, flags=cv2.INTER_LINEAR), np.uint8)


# Ground


def backdrop(item: Backdrop | None, canvas: tuple[int, int], load: Load) -> Bytes:
    """The still ground of a scene as a frame."""
    width, height = canvas
    if item is None:
        return colour.empty(width, height)
    tint = np.array(colour.rgb(item.tint), np.float32)
    if item.picture is None:
        ground = np.full((height, width, 3), tint, np.float32)
    else:
        ground = _blurred(item.picture, canvas, tint, load)
    if item.card:
        ground = _with_shadow(ground, item.card, item.radius)
    made = colour.of_rgb(np.clip(np.rint(ground), 0, 255).astype(np.uint8))
    if item.card:
        _edge(made, item.card, item.radius, item.edge)
    return made


def _blurred(picture: Picture, canvas: tuple[int, int], tint: Bytes, load: Load) -> Bytes:
    """The picture far out of focus, at 55 % of its light, mixed with a third of the tint."""
    small = (BACKDROP_SIDE * canvas[0] // canvas[1] // 2 * 2, BACKDROP_SIDE)
    part = framing.cut(load(picture, *small), picture.crop, small).astype(np.float32)
    soft = cv2.GaussianBlur(part, (0, 0), BACKDROP_BLUR, borderType=cv2.BORDER_REFLECT_101)
    mixed = soft * 0.42 + tint * 0.36
    return np.asarray(cv2.resize(mixed, canvas, interpolation=cv2.INTER_CUBIC))


def _with_shadow(ground: Bytes, card: Box, radius: int) -> Bytes:
    """The ground under the card's shadow: 45 % dark, blurred over 28 px, fallen by 14 px (at 1080 wide)."""
    scale = ground.shape[1] / 1080
    shade = np.zeros(ground.shape[:2], np.float32)
    fall = round(14 * scale)
    shade[card.y + fall : card.y + card.height + fall, card.x : card.x + card.width] = SHADOW
    small = cv2.resize(shade, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), max(0.5, (7 + radius / 20) * scale))
    full = cv2.resize(soft, (ground.shape[1], ground.shape[0]), interpolation=cv2.INTER_LINEAR)
    return ground * (1 - full[..., None])


def _edge(target: Bytes, card: Box, radius: int, edge: str) -> None:
    """A light frame around the card, 4 px at 1080 wide."""
    line = max(2, _even(4 * target.shape[1] / 1080))
    width, height = card.width + 2 * line, card.height + 2 * line
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<rect width="{width}" height="{height}" rx="{radius + line}" fill="{edge}"/></svg>'
    )
    graphics.lay(target, graphics.draw(svg, width, height), card.x - line, card.y - line)


def _round_corners(target: Bytes, ground: Bytes, box: Box, radius: int) -> None:
    """Put the ground back where a card's corners are round."""
    for plane, under, step in zip(colour.planes(target), colour.planes(ground), (1, 2, 2), strict=True):
        size = radius // step
        shape = corner(size)
        x, y, width, height = (v // step for v in (box.x, box.y, box.width, box.height))
        for top, flip_y in ((y, False), (y + height - size, True)):
            for left, flip_x in ((x, False), (x + width - size, True)):
                kept = shape[:: -1 if flip_y else 1, :: -1 if flip_x else 1]
                window = (slice(top, top + size), slice(left, left + size))
                mixed = plane[window] * kept + under[window] * (1 - kept)
                plane[window] = np.rint(mixed).astype(np.uint8)


@cache
def corner(size: int) -> Bytes:
    """How much of the picture shows in the top left corner of a rounded box: 0 to 1, float32, shape (size, size)."""
    fine = (np.arange(size * 4) + 0.5) / 4
    inside = np.hypot(size - fine[None, :], size - fine[:, None]) <= size
    return np.asarray(inside.reshape(size, 4, size, 4).mean(axis=(1, 3)), np.float32)

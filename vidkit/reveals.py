"""A pair of photos at a progress from 0 to 1 → the before giving way to the after, painted into its box.

``wipe`` and ``hand_wipe`` promise one continuous picture, so their photos must lie on each other; the others are made for any two
photos. Each says how its labels come and go: a label is whole or absent, never cut. Curves and names are in ``data/names.yaml``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vidkit import graphics, ground, motion
from vidkit.layers import STEPS, Drawn, Shown, draw, even, place, show, up_to, visible, windows
from vidkit.storyboard import Backdrop, Box, Compare, Picture

if TYPE_CHECKING:
    from vidkit.colour import Bytes
    from vidkit.ground import Photos
    from vidkit.motion import Curve

WHITE = (235, 128, 128)
"""Y, U and V."""
PEEK_HIDDEN = 0.004
STROKES = 3
CLOTH = 0.30
SOFTNESS = 14.0
WET_EDGE = 0.62
DIRTY_UNTIL, CLEAN_FROM, LABEL_FADE = 0.5, 0.93, 0.06
LABEL_RAMP = 0.045
"""A side's label is fully there when the line is this share of the box's width beyond it."""
SEAM = 8 / 1080
"""The white line between two stacked photos, as a share of the box's width."""
SLATS = 6
TURN = 0.36
"""The share of the progress in which one slat turns; each begins evenly later than the one before."""
SHADE = 0.6
"""How much darker the side of a slat is when it is seen edge-on."""
GLINT = 0.5
"""How white the corner of a slat is when it points at us; it is as wide as a quarter of the seam, to either side."""
FLASH = (0.55, 0.34, 0.17, 0.06)
"""How white the frames after a cut are: one flash, never more than 60 %, gone after four frames."""
FLASH_WHITE = (226, 127, 129)
"""Y, U and V of the flash: short of the full 235, a trace warm."""
PUNCH = 0.03
"""How much closer the after begins when it is cut to."""


@dataclass(frozen=True, eq=False)
class Pair:
    """A before and after with everything prepared: both pictures, their labels, the handle of the line, and for a reveal that leaves part
    of the box free the before far out of focus, as a frame of the box's width.
    """

    item: Compare
    before: Shown
    after: Shown
    labels: tuple[Drawn, Drawn] | None
    handle: Drawn | None
    behind: Bytes | None


def pair(item: Compare, tint: str, photos: Photos) -> Pair:
    """A pair prepared; what its pictures leave free is tinted (#rrggbb)."""
    behind = _behind(item, tint, photos) if item.kind == "stacked" else None
    most = max(key.value for key in item.zoom)
    boxes = halves(item.box) if item.kind == "stacked" else (item.box, item.box)
    before, after = (
        show(p, box, item.about, most, photos) for p, box in zip((item.before, item.after), boxes, strict=True)
    )
    labels = (draw(item.labels[0]), draw(item.labels[1])) if item.labels else None
    return Pair(item, before, after, labels, draw(item.handle) if item.handle else None, behind)


def halves(box: Box) -> tuple[Box, Box]:
    """A box's upper and lower half, both of even height."""
    upper = even(box.height / 2)
    return replace(box, height=upper), replace(box, y=box.y + upper, height=box.height - upper)


def _behind(item: Compare, tint: str, photos: Photos) -> Bytes:
    """The middle of a before cropped for half the box, blurred and darkened, as a frame of the box's width and at least its height."""
    left, top, right, bottom = item.before.crop
    inset = (right - left) / 4
    middle = Picture(item.before.sha256, (left + inset, top, right - inset, bottom))
    return ground.backdrop(Backdrop(tint, middle), (item.box.width, up_to(item.box.height, 4)), photos)


# Labels and lines


def _stamp(target: Bytes, label: Drawn, ink: float, at: int) -> None:
    """A label of the pair, whole, at an opacity from 0 to 1."""
    if ink > 0 and visible(label.graphic, at):
        opacity = min(ink, 1.0) * motion.at(label.graphic.opacity, at)
        graphics.lay(target, graphics.faded(label.patch, opacity), label.graphic.box.x, label.graphic.box.y)


def _stamp_both(target: Bytes, it: Pair, inks: tuple[float, float], at: int) -> None:
    for label, ink in zip(it.labels or (), inks, strict=False):
        _stamp(target, label, ink, at)


def _stamp_sides(target: Bytes, it: Pair, line: int, at: int) -> None:
    """Both labels, each shown as soon as its own side of the line has room for it; no label is ever cut."""
    if it.labels:
        left, right = (label.graphic.box for label in it.labels)
        edge, ramp = it.item.box.x + line, LABEL_RAMP * it.item.box.width
        _stamp_both(target, it, ((edge - (left.x + left.width)) / ramp, (right.x - edge) / ramp), at)


def _line(target: Bytes, it: Pair, progress: float, x: int, at: int) -> None:
    """The line with its handle while it moves, centred on column ``x`` of the box, cut at the box's edges."""
    if not it.handle or not PEEK_HIDDEN < progress < 1 - PEEK_HIDDEN:
        return
    own, box = it.handle.graphic.box, it.item.box
    start = box.x + x - even(own.width / 2)
    left, right = max(box.x, start), min(box.x + box.width, start + own.width)
    if left < right:
        part = np.ascontiguousarray(it.handle.rgba[:, left - start : right - start])
        faded = graphics.faded(graphics.patch(part), motion.at(it.handle.graphic.opacity, at))
        graphics.lay(target, faded, left, own.y)


# One continuous picture


def wipe(target: Bytes, it: Pair, progress: float, at: int) -> None:
    """A line sweeps from right to left; the before stays on its left, the after comes on its right."""
    line = even((1 - progress) * it.item.box.width)
    zoom = motion.at(it.item.zoom, at)
    place(target, it.before, zoom, (0, line))
    place(target, it.after, zoom, (line, it.item.box.width))
    _stamp_sides(target, it, line, at)
    _line(target, it, progress, line, at)


def hand_wipe(target: Bytes, it: Pair, progress: float, at: int) -> None:
    """The after appears where a cloth has passed, in broad strokes with a wet edge from the top right to the bottom left.

    「清洁前」 stays while most of the photo is still dirty, 「清洁后」 comes when all of it is clean; in between there is no label.
    """
    zoom = motion.at(it.item.zoom, at)
    place(target, it.after if progress >= 1 else it.before, zoom)
    if 0 < progress < 1:
        cleaned = np.empty_like(target)
        place(cleaned, it.after, zoom)
        _wiped(target, cleaned, it.item.box, progress)
    _stamp_both(target, it, ((DIRTY_UNTIL - progress) / LABEL_FADE, (progress - CLEAN_FROM) / LABEL_FADE), at)


def _wiped(target: Bytes, cleaned: Bytes, box: Box, progress: float) -> None:
    """Mix the cleaned picture into the box where the cloth has been, and whiten the edge where it is."""
    arrival = cloth(box.width, box.height)
    passed = np.clip((progress * (255 + SOFTNESS) - np.arange(256)) / SOFTNESS, 0, 1)
    share = _u8(cv2.LUT(arrival, _u8(np.rint(passed * 255))))
    edge = _u8(cv2.LUT(arrival, _u8(np.rint(4 * passed * (1 - passed) * WET_EDGE * 255))))
    half = [_u8(cv2.resize(m, (box.width // 2, box.height // 2), interpolation=cv2.INTER_AREA)) for m in (share, edge)]
    masks = ((share, edge), (half[0], half[1]), (half[0], half[1]))
    for plane, clean, (mix, wet), white in zip(windows(target, box), windows(cleaned, box), masks, WHITE, strict=True):
        kept = cv2.multiply(plane, 255 - mix, scale=1 / 255)
        mixed = cv2.add(kept, cv2.multiply(clean, mix, scale=1 / 255))
        mixed = cv2.multiply(mixed, 255 - wet, scale=1 / 255)
        plane[:] = cv2.add(mixed, cv2.convertScaleAbs(wet, alpha=white / 255))


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


# Any two photos


def split(target: Bytes, it: Pair, progress: float, at: int) -> None:
    """The after slides in from the right; each photo keeps its middle in the middle of its own part."""
    line = even((1 - progress) * it.item.box.width)
    _panel(target, it, it.before, (0, line), at)
    _panel(target, it, it.after, (line, it.item.box.width), at)
    _stamp_sides(target, it, line, at)
    _line(target, it, progress, line, at)


def _panel(target: Bytes, it: Pair, shown: Shown, columns: tuple[int, int], at: int) -> None:
    """The middle columns of a photo, as many as the panel is wide."""
    box, (left, right) = it.item.box, columns
    if right <= left:
        return
    inset = even((box.width - (right - left)) / 2)
    scratch = np.empty((up_to(box.height, 4) * 3 // 2, box.width), np.uint8)
    local = replace(shown, box=replace(box, x=0, y=0))
    place(scratch, local, motion.at(it.item.zoom, at), (inset, inset + right - left))
    panel, middle = replace(box, x=box.x + left, width=right - left), Box(inset, 0, right - left, box.height)
    for plane, source in zip(windows(target, panel), windows(scratch, middle), strict=True):
        plane[:] = source


def stacked(target: Bytes, it: Pair, progress: float, at: int) -> None:
    """The before stands in the middle over its own blur; it moves up as the after rises from below, until each fills its half.

    A white seam lies on the after's upper edge. The labels do not move: each shows while its photo is under all of it.
    """
    box, zoom = it.item.box, motion.at(it.item.zoom, at)
    upper, lower = it.before.box, it.after.box
    before = replace(upper, y=upper.y + even((1 - progress) * lower.height / 2))
    after = replace(lower, y=lower.y + even((1 - progress) * lower.height))
    if progress < 1:
        _soften(target, it)
    place(target, replace(it.before, box=before), zoom)
    place(target, replace(it.after, box=after), zoom, rows=(0, box.y + box.height - after.y))
    seam = max(2, even(SEAM * box.width))
    thin = max(2, seam // 4 * 2)
    if progress < 1:
        _rule(target, box, before.y - thin, thin)
        _rule(target, box, before.y + before.height, thin)
    if progress > 0:
        _rule(target, box, after.y - seam // 4 * 2, seam)
    ramp = LABEL_RAMP * box.width
    shown = zip(it.labels or (), (before, after), (upper, lower), strict=False)
    for label, now, home in shown:
        _stamp(target, label, _under(label.graphic.box, now) / max(1.0, min(ramp, _under(label.graphic.box, home))), at)


def _under(label: Box, photo: Box) -> float:
    """How many pixels a photo reaches beyond a label, above or below, whichever is less; negative when it is not under all of it."""
    return min(label.y - photo.y, photo.y + photo.height - label.y - label.height)


def _soften(target: Bytes, it: Pair) -> None:
    """Fill the box with the blur behind."""
    assert it.behind is not None
    for plane, soft in zip(
        windows(target, it.item.box), windows(it.behind, replace(it.item.box, x=0, y=0)), strict=True
    ):
        plane[:] = soft


def _rule(target: Bytes, box: Box, y: int, thick: int) -> None:
    """A white line across the box, cut at its edges."""
    top, bottom = max(y, box.y), min(y + thick, box.y + box.height)
    for plane, level in zip(windows(target, replace(box, y=top, height=max(0, bottom - top))), WHITE, strict=True):
        plane[:] = level


def flip(target: Bytes, it: Pair, progress: float, at: int) -> None:
    """Upright slats turn one after the other, from the right to the left, each from the before to the after, as on a turning billboard.

    A label leaves before the first slat under it turns and comes when the last one under it has turned.
    """
    box, zoom = it.item.box, motion.at(it.item.zoom, at)
    edges = [even(box.width * i / SLATS) for i in range(SLATS + 1)]
    turned = [_turned(progress, i) for i in range(SLATS)]
    untouched, begun = edges[sum(t <= 0 for t in turned)], edges[sum(t < 1 for t in turned)]
    place(target, it.after, zoom, (untouched, box.width))
    old = np.empty_like(target)
    place(old, it.before, zoom, (0, begun))
    for new, plane, step in zip(windows(target, box), windows(old, box), STEPS, strict=True):
        new[:, : untouched // step] = plane[:, : untouched // step]
        for (left, right), share in zip(pairwise(edges), turned, strict=True):
            if 0 < share < 1:
                columns = slice(left // step, right // step)
                _slat(new[:, columns], plane[:, columns], share, step, even(SEAM * box.width / 4))
    if it.labels:
        before, after = ([_begins(i) for i in _slats(label.graphic.box, box, edges)] for label in it.labels)
        leaves, comes = min(before, default=1.0), max(after, default=0.0) + TURN
        _stamp_both(target, it, ((leaves - progress) / LABEL_FADE, (progress - comes) / LABEL_FADE), at)


def _slats(label: Box, box: Box, edges: list[int]) -> list[int]:
    """The slats under a label."""
    left = label.x - box.x
    return [i for i, (a, b) in enumerate(pairwise(edges)) if a < left + label.width and left < b]


def _begins(slat: int) -> float:
    """The progress at which a slat begins to turn."""
    return (SLATS - 1 - slat) / (SLATS - 1) * (1 - TURN)


def _turned(progress: float, slat: int) -> float:
    """How far a slat has turned, 0 to 1."""
    return motion.ease_in_out(min(max((progress - _begins(slat)) / TURN, 0.0), 1.0))


def _slat(new: Bytes, old: Bytes, share: float, step: int, glint: int) -> None:
    """Turn one slat's samples from the old side to the new by a share of a quarter turn: both sides squeezed side by side, each the
    darker the more it is turned away, the corner between them catching the light.
    """
    black, white = (16, 235) if step == 1 else (128, 128)
    away, near = math.cos(share * math.pi / 2), math.sin(share * math.pi / 2)
    edge = even(new.shape[1] * step * away / (away + near)) // step
    new[:] = np.hstack((_side(old, edge, away, black), _side(new, new.shape[1] - edge, near, black)))
    corner = new[:, max(0, edge - glint // step) : edge + glint // step]
    ink = GLINT * math.sin(share * math.pi)
    if corner.size:
        corner[:] = cv2.convertScaleAbs(corner, alpha=1 - ink, beta=white * ink)


def _side(plane: Bytes, width: int, facing: float, black: int) -> Bytes:
    """One side of a slat, ``width`` samples wide, darkened towards ``black`` the less it faces us (1 to 0)."""
    if not width:
        return plane[:, :0]
    light = 1 - SHADE * (1 - facing)
    squeezed = cv2.resize(plane, (width, plane.shape[0]), interpolation=cv2.INTER_AREA)
    return _u8(cv2.convertScaleAbs(squeezed, alpha=light, beta=black * (1 - light)))


def flash(target: Bytes, it: Pair, progress: float, at: int) -> None:
    """A cut with a short soft flash; the after begins a little closer and settles while the progress goes from 0 to 1.

    The labels change with the cut.
    """
    box, zoom = it.item.box, motion.at(it.item.zoom, at)
    if progress <= 0:
        place(target, it.before, zoom)
    else:
        place(target, it.after, zoom * (1 + PUNCH * (1 - progress)))
        white = _flash(it.item.progress, progress, at)
        for plane, level in zip(windows(target, box), FLASH_WHITE, strict=True):
            if white:
                plane[:] = cv2.convertScaleAbs(plane, alpha=1 - white, beta=level * white)
    _stamp_both(target, it, (float(progress <= 0), float(progress > 0)), at)


def _flash(course: Curve, progress: float, at: int) -> float:
    """How white a frame after the cut is; the cut follows the last frame at which the course is 0."""
    since = at - max((key.frame for key in course if key.value <= 0), default=at) - 1
    return FLASH[since] if 0 <= since < len(FLASH) and progress < 1 else 0.0


def _u8(array: object) -> Bytes:
    return np.asarray(array, np.uint8)

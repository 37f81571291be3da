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

from vidkit import graphics, motion
from vidkit.colour import u8
from vidkit.painting.layers import Drawn, Shown, beside, draw, place, show, visible, windows
from vidkit.storyboard import nearest_even

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vidkit.colour import Bytes
    from vidkit.motion import Curve
    from vidkit.painting.ground import Photos
    from vidkit.storyboard import Box, Compare

    Floats = NDArray[np.float32]

WHITE = (235, 128, 128)
"""Y, U and V."""
PEEK_HIDDEN = 0.004
STROKES = 3
CLOTH = 0.30
SOFTNESS = 14.0
WET_EDGE = 0.62
MOMENTS = 480
"""How many places of the cloth on its way are drawn: fewer would show as scales along its edge."""
DIRTY_UNTIL, CLEAN_FROM, LABEL_FADE = 0.5, 0.93, 0.06
LABEL_RAMP = 0.045
"""A side's label is fully there when the line is this share of the box's width beyond it."""
SEAM = 8 / 1080
"""The white line between two stacked photos, as a share of the box's width."""
NEAR = 0.16
"""The after's label comes when its photo is this share of its height from its end, so it does not run through a subtitle."""
SLATS = 5
"""Slats of one width; one turns when the one on its right has turned: two at a time would leave narrow strips between them."""
SHADE = 0.25
"""How much darker a turning slat is at most, at its fold."""
FLASH = (0.9, 0.62, 0.38, 0.2, 0.08, 0.02)
"""How white the frames from a cut on are: hardly anything is seen through the first. One flash: one is harmless where three in a second are not."""
PUSH = 0.04
"""How much closer the before comes until the cut, and the after begins."""


@dataclass(frozen=True, eq=False)
class Pair:
    """A before and after with everything prepared: both pictures, their labels, the handle of the line."""

    item: Compare
    before: Shown
    after: Shown
    labels: tuple[Drawn, Drawn] | None
    handle: Drawn | None


def pair(item: Compare, photos: Photos) -> Pair:
    """A pair prepared."""
    most = max(key.value for key in item.zoom)
    boxes = halves(item.box) if item.kind == "stacked" else (item.box, item.box)
    before, after = (
        show(p, box, item.about, most, photos) for p, box in zip((item.before, item.after), boxes, strict=True)
    )
    labels = (draw(item.labels[0], photos), draw(item.labels[1], photos)) if item.labels else None
    return Pair(item, before, after, labels, draw(item.handle, photos) if item.handle else None)


def halves(box: Box) -> tuple[Box, Box]:
    """A box's upper and lower half, both of even height."""
    upper = nearest_even(box.height / 2)
    return replace(box, height=upper), replace(box, y=box.y + upper, height=box.height - upper)


def covers(item: Compare) -> bool:
    """Whether nothing of a pair's box is ever left to what lies behind it; ``stacked`` leaves its lower half until the after has risen."""
    return item.kind != "stacked" or all(key.value >= 1 for key in item.progress)


# Labels and lines


def _stamp(target: Bytes, label: Drawn, ink: float, at: int, dy: int = 0) -> None:
    """A label of the pair, whole, at an opacity from 0 to 1, moved down by ``dy`` pixels (even)."""
    if ink > 0 and visible(label.graphic, at):
        opacity = min(ink, 1.0) * motion.at(label.graphic.opacity, at)
        graphics.lay(target, graphics.faded(label.patch, opacity), label.graphic.box.x, label.graphic.box.y + dy)


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
    faded = graphics.faded(it.handle.patch, motion.at(it.handle.graphic.opacity, at))
    graphics.lay_on(windows(target, box), faded, x - nearest_even(own.width / 2), own.y - box.y)


# One continuous picture


def _place_sides(target: Bytes, it: Pair, line: int, at: int) -> None:
    """The before up to a column of the box, the after from there on."""
    zoom = motion.at(it.item.zoom, at)
    if line <= 0 or it.item.box.width <= line:
        place(target, it.before if line else it.after, zoom)
    else:
        place(target, beside(it.before, it.after, line, zoom), zoom)


def wipe(target: Bytes, it: Pair, progress: float, at: int) -> None:
    """A line sweeps from right to left; the before stays on its left, the after comes on its right."""
    line = nearest_even((1 - progress) * it.item.box.width)
    _place_sides(target, it, line, at)
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
    when, steep = arrival(box.width, box.height), 255 / SOFTNESS
    offset = progress * (255 + SOFTNESS) * steep
    passed = np.asarray(cv2.addWeighted(when, -steep, when, 0, offset)).clip(0, 255)
    foam = cv2.multiply(passed, 255 - passed, scale=4 * WET_EDGE / 255)
    half = [u8(cv2.convertScaleAbs(m)) for m in (passed, foam)]
    full = [u8(cv2.resize(m, (box.width, box.height), interpolation=cv2.INTER_LINEAR)) for m in half]
    for plane, clean, (mix, wet), white in zip(
        windows(target, box), windows(cleaned, box), (full, half, half), WHITE, strict=True
    ):
        kept = cv2.multiply(plane, 255 - mix, scale=1 / 255)
        mixed = cv2.add(kept, cv2.multiply(clean, mix, scale=1 / 255))
        mixed = cv2.multiply(mixed, 255 - wet, scale=1 / 255)
        plane[:] = cv2.add(mixed, cv2.convertScaleAbs(wet, alpha=white / 255))


@cache
def arrival(width: int, height: int) -> Floats:
    """When the cloth passes each sample of half a box's width and height, 0 first to 255 last, in fractions: a zigzag of ``STROKES``
    there-and-back strokes from the top. Whole numbers would show as contour lines where it is slow.
    """
    small = (max(2, width // 6), max(2, height // 6))
    x, y = np.meshgrid(
        np.linspace(0, 1, small[0], dtype=np.float32), np.linspace(0, height / width, small[1], dtype=np.float32)
    )
    time = np.linspace(0, 1, MOMENTS)
    swing = 0.5 - 0.5 * np.cos(np.pi * 2 * STROKES * time)
    path_x = 1.05 - 1.1 * swing
    path_y = (-CLOTH / 2 + time * (1 + CLOTH * width / height)) * height / width
    path_y = path_y + 0.18 * (path_x - 0.5)
    first = np.full(x.shape, 1.0, np.float32)
    for moment, px, py in zip(time[::-1], path_x[::-1], path_y[::-1], strict=True):
        first[(x - px) ** 2 + ((y - py) * 1.15) ** 2 < CLOTH**2] = moment
    soft = cv2.GaussianBlur(first, (0, 0), max(1.0, small[0] / 40))
    fine = cv2.resize(soft, (width // 2, height // 2), interpolation=cv2.INTER_CUBIC)
    fine = np.asarray(cv2.GaussianBlur(fine, (0, 0), max(1.0, width / 240)), np.float32)
    return np.asarray((fine - fine.min()) / max(float(fine.max() - fine.min()), 1e-6) * 255, np.float32)


# Any two photos


def split(target: Bytes, it: Pair, progress: float, at: int) -> None:
    """The after slides in from the right; each photo keeps its middle in the middle of its own part."""
    line = nearest_even((1 - progress) * it.item.box.width)
    _panel(target, it, it.before, (0, line), at)
    _panel(target, it, it.after, (line, it.item.box.width), at)
    _stamp_sides(target, it, line, at)
    _line(target, it, progress, line, at)


def _panel(target: Bytes, it: Pair, shown: Shown, columns: tuple[int, int], at: int) -> None:
    """The middle columns of a photo, as many as the panel is wide."""
    box, (left, right) = it.item.box, columns
    if right <= left:
        return
    inset = nearest_even((box.width - (right - left)) / 2)
    place(target, shown, motion.at(it.item.zoom, at), (inset, inset + right - left), moved=left - inset)


def stacked(target: Bytes, it: Pair, progress: float, at: int) -> None:
    """The before stands in the upper half; the after rises into the lower one from below, over what lies behind.

    A white seam lies on the after's upper edge. Each label is fixed to its photo and moves with it; the after's comes when it is near.
    """
    box, zoom = it.item.box, motion.at(it.item.zoom, at)
    lower, away = it.after.box, 1 - progress
    after = replace(lower, y=lower.y + nearest_even(away * lower.height))
    place(target, it.before, zoom)
    place(target, replace(it.after, box=after), zoom, rows=(0, box.y + box.height - after.y))
    seam = max(2, nearest_even(SEAM * box.width))
    thin = max(2, seam // 4 * 2)
    if progress < 1:
        _rule(target, box, lower.y, thin)
    if progress > 0:
        _rule(target, box, after.y - seam // 4 * 2, seam)
    moved, inks = (0, after.y - lower.y), (1.0, (NEAR - away) / LABEL_FADE)
    for label, dy, ink in zip(it.labels or (), moved, inks, strict=False):
        _stamp(target, label, ink, at, dy)


def _rule(target: Bytes, box: Box, y: int, thick: int) -> None:
    """A white line across the box, cut at its edges."""
    top, bottom = max(y, box.y), min(y + thick, box.y + box.height)
    for plane, level in zip(windows(target, replace(box, y=top, height=max(0, bottom - top))), WHITE, strict=True):
        plane[:] = level


def flip(target: Bytes, it: Pair, progress: float, at: int) -> None:
    """Upright slats of one width turn one after the other, from the right to the left: each gives way to the after from its right edge,
    like a page turned over, while both photos stay where they are.

    A label is there while all slats under it are at rest on its own photo; where that would leave a time without any label, they
    change over in the middle of that time.
    """
    box = it.item.box
    edges = [nearest_even(box.width * i / SLATS) for i in range(SLATS + 1)]
    turned, begun = divmod(progress * SLATS, 1)
    left, right = edges[max(0, SLATS - 1 - int(turned))], edges[SLATS - int(turned)]
    share = motion.ease_in_out(begun)
    fold = right - nearest_even((right - left) * share)
    _place_sides(target, it, fold, at)
    if left < fold < right:
        luma = windows(target, box)[0][:, left:right]
        luma[:] = cv2.multiply(luma, _light(luma.shape, share), scale=1 / 255)
    _stamp_both(target, it, _at_rest(it, edges, progress), at)


def _light(shape: tuple[int, ...], share: float) -> Bytes:
    """How light a turning slat of so many rows and columns is, 255 for full light: darkest at the fold, in full light at both its edges, and where it has hardly begun or
    nearly ended to turn.
    """
    height, width = shape
    fold = width * (1 - share)
    x = np.arange(width) + 0.5
    near = np.where(x < fold, x / fold, (width - x) / (width - fold))
    row = 1 - SHADE * math.sin(math.pi * share) * near**2
    return np.repeat(u8(np.rint(255 * row))[None], height, axis=0)


def _at_rest(it: Pair, edges: list[int], progress: float) -> tuple[float, float]:
    """How visible both labels are."""
    if not it.labels:
        return 0.0, 0.0
    before, after = ([_begins(i) for i in _slats(label.graphic.box, it.item.box, edges)] for label in it.labels)
    leaves, comes = min(before, default=1.0), max(after, default=0.0) + 1 / SLATS
    if comes > leaves - LABEL_FADE:
        leaves, comes = (comes + leaves + LABEL_FADE) / 2, (comes + leaves - LABEL_FADE) / 2
    return (leaves - progress) / LABEL_FADE, (progress - comes) / LABEL_FADE


def _slats(label: Box, box: Box, edges: list[int]) -> list[int]:
    """The slats under a label."""
    left = label.x - box.x
    return [i for i, (a, b) in enumerate(pairwise(edges)) if a < left + label.width and left < b]


def _begins(slat: int) -> float:
    """The progress at which a slat begins to turn."""
    return (SLATS - 1 - slat) / SLATS


def flash(target: Bytes, it: Pair, progress: float, at: int) -> None:
    """The before comes slowly closer while the progress goes from -1 to 0, then a cut in one soft flash to the after, which begins as
    close and settles while the progress goes on to 1.

    The labels change with the cut.
    """
    zoom = motion.at(it.item.zoom, at)
    if progress <= 0:
        place(target, it.before, zoom * (1 + PUSH * (1 + progress)))
    else:
        place(target, it.after, zoom * (1 + PUSH * (1 - progress)))
        white = _flash(it.item.progress, progress, at)
        for plane, level in zip(windows(target, it.item.box), WHITE, strict=True):
            if white:
                plane[:] = cv2.convertScaleAbs(plane, alpha=1 - white, beta=level * white)
    _stamp_both(target, it, (float(progress <= 0), float(progress > 0)), at)


def _flash(course: Curve, progress: float, at: int) -> float:
    """How white a frame after the cut is; the cut follows the last frame at which the course is 0."""
    since = at - max((key.frame for key in course if key.value <= 0), default=at) - 1
    return FLASH[since] if 0 <= since < len(FLASH) and progress < 1 else 0.0

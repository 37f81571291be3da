"""Layers at frame i → pixels: a scene and its pictures → one planar YUV frame.

``ready`` does the work that does not depend on the frame (pictures cropped and converted, graphics drawn, still parts painted once);
``frame`` does the rest. No template is known here and no position is decided. Slow moves on photos are sub-pixel; graphics
and cuts stand on even pixels, so chroma never swims against luma.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from vidkit import colour, motion
from vidkit.painting import ground, layers, reveals
from vidkit.painting.layers import STEPS, Drawings, Film, Shown
from vidkit.storyboard import Box, Compare, Graphic, Photo, Scene

if TYPE_CHECKING:
    from vidkit.colour import Bytes
    from vidkit.painting.ground import Photos

REVEALS = {
    "wipe": reveals.wipe,
    "split": reveals.split,
    "hand-wipe": reveals.hand_wipe,
    "stacked": reveals.stacked,
    "flip": reveals.flip,
    "flash": reveals.flash,
}


@dataclass(frozen=True, eq=False)
class Ready:
    """A scene with everything prepared: the still ground and whether a picture covers all of it, its
    pictures and pairs, and its drawn graphics.
    """

    scene: Scene
    ground: Bytes
    covered: bool
    pictures: tuple[tuple[Photo, Shown | Film] | reveals.Pair, ...]
    drawn: Drawings


def ready(scene: Scene, canvas: tuple[int, int], photos: Photos) -> Ready:
    """The scene prepared for painting on a canvas of (width, height) pixels."""
    below = ground.backdrop(scene.backdrop, canvas, photos)
    pictures = tuple(
        reveals.pair(p, photos) if isinstance(p, Compare) else (p, _shown(p, photos)) for p in scene.pictures
    )
    covered = any(_covers(p) and (p.box.width, p.box.height) == canvas for p in scene.pictures)
    return Ready(scene, below, covered, pictures, layers.draw_all(scene.graphics, photos))


def _covers(item: Photo | Compare) -> bool:
    """Whether nothing of a picture's box is left to what lies behind it."""
    return not item.radius and (not isinstance(item, Compare) or reveals.covers(item))


def _shown(item: Photo, photos: Photos) -> Shown | Film:
    if item.picture.moves:
        return Film(item, photos)
    box = replace(item.box, width=item.wide) if item.wide else item.box
    return layers.show(item.picture, box, item.about, max(key.value for key in item.zoom), photos)


def frame(scene: Ready, at: int) -> Bytes:
    """Frame ``at`` of the scene, counted from its own first frame."""
    made = np.empty_like(scene.ground) if scene.covered else scene.ground.copy()
    for one in scene.pictures:
        if isinstance(one, reveals.Pair):
            item: Photo | Compare = one.item
            REVEALS[one.item.kind](made, one, motion.at(one.item.progress, at), at)
        else:
            item, shown = one
            if isinstance(shown, Film):
                layers.play(made, shown, at)
            else:
                layers.pass_by(made, shown, item, at)
        if item.radius:
            _round_corners(made, scene.ground, item.box, item.radius)
    layers.lay(made, scene.drawn, at)
    return made


def marked(made: Bytes, marks: Drawings, at: int) -> Bytes:
    """The frame ``at`` of a part of the clip with the marks of that part laid over it."""
    layers.lay(made, marks, at)
    return made


def steady(marks: tuple[Graphic, ...], first: int, last: int) -> bool:
    """Whether marks look the same from frame ``first`` up to, not including, ``last``."""
    return all(_graphic_is_still(mark, first, last - 1) for mark in marks)


def still(scene: Scene, first: int, last: int) -> bool:
    """Whether the scene shows the same picture from frame ``first`` up to, not including, ``last``."""
    span = (first, last - 1)
    curves = [curve for p in scene.pictures for curve in (p.zoom, p.progress if isinstance(p, Compare) else p.pan)]
    drawn = (*scene.graphics, *(g for p in scene.pictures for g in _graphics_of(p)))
    if any(_plays(p, *span) for p in scene.pictures):
        return False
    return not any(motion.moves(curve, *span) for curve in curves) and all(_graphic_is_still(g, *span) for g in drawn)


def _plays(item: Photo | Compare, first: int, last: int) -> bool:
    """Whether a film shows different frames at two frames of its scene."""
    return isinstance(item, Photo) and layers.played(item, first) != layers.played(item, last)


def _graphics_of(picture: Photo | Compare) -> tuple[Graphic, ...]:
    """What is drawn on a pair: its labels and its handle."""
    if isinstance(picture, Photo):
        return ()
    return (*(picture.labels or ()), *((picture.handle,) if picture.handle else ()))


def _graphic_is_still(item: Graphic, first: int, last: int) -> bool:
    shown = item.first <= first and last < item.last
    absent = last < item.first or item.last <= first
    return absent or (
        shown and not any(motion.moves(c, first, last) for c in (item.opacity, item.dx, item.dy, item.scale))
    )


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

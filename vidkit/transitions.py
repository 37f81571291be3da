"""How one scene gives way to the next: (frame of the old, frame of the new, progress from 0 to 1) → frame.

At 0 a transition is exactly the old frame, at 1 exactly the new one; neither is written to. To add one, write one decorated
function and name it in ``data/names.yaml``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from vidkit import colour, motion
from vidkit.painting import zoom

if TYPE_CHECKING:
    from collections.abc import Callable

    from vidkit.colour import Bytes

    Transition = Callable[[Bytes, Bytes, float], Bytes]

TRANSITIONS: dict[str, Transition] = {}
ZOOM = 0.6
SOFT = 0.06
"""How far out of focus a flight is half way, as a share of the frame's width."""


transition = motion.registered(TRANSITIONS)


@transition
def cut(old: Bytes, new: Bytes, progress: float) -> Bytes:
    """The new scene at once."""
    return old if progress <= 0 else new


@transition
def fade(old: Bytes, new: Bytes, progress: float) -> Bytes:
    """One dissolves into the other."""
    return np.asarray(cv2.addWeighted(old, 1 - progress, new, progress, 0), np.uint8)


@transition
def slide(old: Bytes, new: Bytes, progress: float) -> Bytes:
    """The new scene slides in from the right over the old one, slowing down."""
    return _from_right(old, new, motion.ease_out(progress), pushed=False)


@transition
def push(old: Bytes, new: Bytes, progress: float) -> Bytes:
    """The new scene pushes the old one out to the left."""
    return _from_right(old, new, motion.ease_in_out(progress), pushed=True)


@transition
def wipe(old: Bytes, new: Bytes, progress: float) -> Bytes:
    """The new scene is uncovered from right to left along an upright edge."""
    edge = 2 * round((1 - motion.ease_in_out(progress)) * old.shape[1] / 2)
    made = old.copy()
    for target, source, step in zip(colour.planes(made), colour.planes(new), (1, 2, 2), strict=True):
        target[:, edge // step :] = source[:, edge // step :]
    return made


@transition
def zoom_through(old: Bytes, new: Bytes, progress: float) -> Bytes:
    """The eye flies through the old scene into the new one, which arrives from a little further away; while both are seen they are out of focus,
    so that no edge of the one stands in the other.
    """
    if progress in {0.0, 1.0}:
        return (old if progress == 0 else new).copy()
    eased = motion.ease_in_out(progress)
    near = _zoomed(old, 1 + ZOOM * eased)
    far = _zoomed(new, 1 + ZOOM / 3 * (1 - eased))
    mix = min(max((eased - 0.2) / 0.6, 0.0), 1.0)
    return _soft(np.asarray(cv2.addWeighted(near, 1 - mix, far, mix, 0), np.uint8), SOFT * 4 * mix * (1 - mix))


def _soft(frame: Bytes, share: float) -> Bytes:
    """The frame out of focus over a share of its width."""
    for plane in colour.planes(frame):
        reach = round(share * plane.shape[1] / 2)
        if reach:
            plane[:] = cv2.blur(cv2.blur(plane, (2 * reach + 1,) * 2), (2 * reach + 1,) * 2)
    return frame


def _from_right(old: Bytes, new: Bytes, progress: float, *, pushed: bool) -> Bytes:
    edge = 2 * round((1 - progress) * old.shape[1] / 2)
    made = np.empty_like(old)
    for target, before, after, step in zip(
        colour.planes(made), colour.planes(old), colour.planes(new), (1, 2, 2), strict=True
    ):
        at, width = edge // step, target.shape[1]
        target[:, :at] = before[:, width - at :] if pushed else before[:, :at]
        target[:, at:] = after[:, : width - at]
    return made


def _zoomed(frame: Bytes, closer: float) -> Bytes:
    """The frame enlarged about its middle."""
    made = np.empty_like(frame)
    for target, source in zip(colour.planes(made), colour.planes(frame), strict=True):
        height, width = source.shape
        middle = width // 2, height // 2
        folded = zoom.folded(source, *middle)
        zoom.draw(target, folded, middle, (1 / closer, 1 / closer), (0, width), (0, height), cv2.INTER_LINEAR)
    return made

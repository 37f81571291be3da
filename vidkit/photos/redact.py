"""Areas of a picture → the picture with them softened beyond recognition: coarse blocks, blurred, under a soft edge.

Everything is measured in parts of the area, so that a photo looks the same at whatever size it was decoded; only the area's own
rectangle is touched, and outside the areas every byte stays. What is covered is gone: the softening averages over blocks so
large that a face is a few patches of colour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from vidkit.photos.areas import Area
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from vidkit.photos.faces import Face
    from vidkit.photos.matrix import Point

STEPS = 8
"""Pixels a block has while it is blurred, before it grows to its size."""
SUBPIXEL = 4
"""Bits of a corner's position below one pixel."""


def of_face(face: Face) -> Area:
    """The ellipse that covers a face with most of its hair, its ears and its chin."""
    cover = table("privacy")["cover"]["face"]
    left, top, right, bottom = face.box
    wide, tall = (right - left) * cover["wider"] / 2, (bottom - top) * cover["taller"] / 2
    x, y = (left + right) / 2, (top + bottom) / 2 - cover["higher"] * (bottom - top)
    return Area("ellipse", (_point(x - wide, y - tall), _point(x + wide, y + tall)))


def of_code(quad: Sequence[tuple[float, float]]) -> Area:
    """The quadrilateral of a code, grown about its middle to hold its quiet zone."""
    wider = table("privacy")["cover"]["code"]["wider"]
    x, y = (sum(values) / len(quad) for values in zip(*quad, strict=True))
    return Area("polygon", tuple(_point(x + (px - x) * wider, y + (py - y) * wider) for px, py in quad))


def soften(rgb: NDArray[np.uint8], areas: Iterable[Area]) -> NDArray[np.uint8]:
    """A new RGB picture in which every area is softened beyond recognition; areas may overlap, or lie partly or wholly outside."""
    made = rgb.copy()
    for area in areas:
        _soften(made, area)
    return made


def _soften(rgb: NDArray[np.uint8], area: Area) -> None:
    """Soften one area in place."""
    cover = table("privacy")["cover"]
    own = cover["face" if area.shape == "ellipse" else "code"]
    height, width = rgb.shape[:2]
    corners = np.array(area.points, np.float64) * (width, height)
    low, high = corners.min(axis=0), corners.max(axis=0)
    left, top = (max(0, int(np.floor(value))) for value in low)
    right, bottom = min(width, int(np.ceil(high[0]))), min(height, int(np.ceil(high[1])))
    if left >= right or top >= bottom:
        return
    window = rgb[top:bottom, left:right]
    block = max(float((high - low).max()) / own["blocks"], 2.0)
    edge = max(float((high - low).min()) * own["edge"], 1.0)
    weight = _weight(area.shape, corners - (left, top), (right - left, bottom - top), edge)
    soft = _patches(window, block, cover)
    rgb[top:bottom, left:right] = cv2.blendLinear(soft, window, weight, 1 - weight)


def _patches(window: NDArray[np.uint8], block: float, cover: dict[str, Any]) -> NDArray[np.uint8]:
    """The window as blocks of about ``block`` pixels, each drawn to the mean of all and to grey, then blurred."""
    height, width = window.shape[:2]
    counts = max(1, round(width / block)), max(1, round(height / block))
    mean = cv2.resize(window, counts, interpolation=cv2.INTER_AREA).astype(np.float32)
    mean += (mean.mean(axis=(0, 1), keepdims=True) - mean) * cover["pull"]
    mean += (mean.mean(axis=2, keepdims=True) - mean) * cover["grey"]
    big = np.round(mean).astype(np.uint8).repeat(STEPS, axis=0).repeat(STEPS, axis=1)
    smooth = cv2.GaussianBlur(big, (0, 0), cover["blur"] * STEPS, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _weight(shape: str, corners: NDArray[np.float64], size: tuple[int, int], edge: float) -> NDArray[np.float32]:
    """How much of the cover shows at each pixel of a window of ``size``: 0 at the area's rim, 1 from ``edge`` pixels inside on."""
    rim = int(np.ceil(edge)) + 2
    mask = np.zeros((size[1] + 2 * rim, size[0] + 2 * rim), np.uint8)
    if shape == "ellipse":
        low, high = corners.min(axis=0) + rim, corners.max(axis=0) + rim
        y, x = np.ogrid[: mask.shape[0], : mask.shape[1]]
        middle, half = (low + high) / 2, np.maximum((high - low) / 2, 0.5)
        mask[((x + 0.5 - middle[0]) / half[0]) ** 2 + ((y + 0.5 - middle[1]) / half[1]) ** 2 <= 1] = 1
    else:
        whole = np.round((corners + rim - 0.5) * (1 << SUBPIXEL)).astype(np.int32)
        cv2.fillPoly(mask, [whole], (1,), shift=SUBPIXEL)
    inside = cv2.distanceTransform(mask, cv2.DIST_L2, cv2.DIST_MASK_5)[rim:-rim, rim:-rim]
    ramp = np.clip(inside / edge, 0.0, 1.0)
    return np.asarray(ramp * ramp * (3 - 2 * ramp), np.float32)


def _point(x: float, y: float) -> Point:
    return round(x, 5), round(y, 5)

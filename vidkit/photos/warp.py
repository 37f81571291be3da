"""A photo and how it lies on another → its pixels as they lie there, in one resampling."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vidkit.tables import table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vidkit.photos.align import Floats, Part, Rgb

AROUND = 4
"""Pixels of the averaged picture that are kept around what is seen of it: the cubic sampling looks at two."""


def warp(rgb: Rgb, matrix: tuple[float, ...], part: Part, size: tuple[int, int]) -> Rgb:
    """The RGB picture seen through an alignment's matrix: the ``part`` (fractions of ``onto``) at ``size`` (width, height) pixels.

    What of it is seen is averaged down first where it shrinks, then sampled cubically (Lanczos measured 1 dB better at 48, and four times as
    slow); beyond its edges the edge pixels go on.
    """
    left, top, right, bottom = part
    mapping = np.array(matrix).reshape(3, 3) @ np.array([[right - left, 0, left], [0, bottom - top, top], [0, 0, 1]])
    shrinks = _shrinks(rgb, mapping, size)
    seen, inside = _seen(rgb, mapping, max(shrinks))
    reduced = _reduced(seen, shrinks)
    height, width = reduced.shape[:2]
    through = _pixels(width, height) @ inside @ mapping @ np.linalg.inv(_pixels(*size))
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    return np.asarray(
        cv2.warpPerspective(reduced, through, size, flags=flags, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def _pixels(width: int, height: int) -> Floats:
    """Fractions to pixel indices."""
    return np.array([[width, 0, -0.5], [0, height, -0.5], [0, 0, 1.0]])


def _shrinks(rgb: Rgb, mapping: Floats, size: tuple[int, int]) -> tuple[float, float]:
    """How much a mapping shrinks the picture more than the table allows the sampling to, across and down, in its middle; at least 1."""
    height, width = rgb.shape[:2]
    x, y, z = mapping @ (0.5, 0.5, 1.0)
    slopes = (mapping[:2, :2] - np.outer((x / z, y / z), mapping[2, :2])) / z
    across, down = np.linalg.norm(slopes * [[width], [height]] / size, axis=1) / table("align")["shrink"]
    return max(float(across), 1.0), max(float(down), 1.0)


def _seen(rgb: Rgb, mapping: Floats, shrinks: float) -> tuple[Rgb, Floats]:
    """The box of the picture in which a mapping finds its pixels, with what the sampling looks at around it, and fractions of the picture → of it."""
    height, width = rgb.shape[:2]
    corners = mapping @ np.array([[0, 1, 0, 1], [0, 0, 1, 1], [1, 1, 1, 1]], np.float64)
    if (corners[2] <= 0).any():
        return rgb, np.eye(3)
    around = math.ceil(AROUND * shrinks)
    x, y = corners[0] / corners[2] * width, corners[1] / corners[2] * height
    (left, right), (top, bottom) = _span(x, width, around), _span(y, height, around)
    across, down = right - left, bottom - top
    inside = np.array([[width / across, 0, -left / across], [0, height / down, -top / down], [0, 0, 1]])
    return rgb[top:bottom, left:right], inside


def _span(places: NDArray[np.float64], side: int, around: int) -> tuple[int, int]:
    """The first pixel and the one after the last from the least to the largest place and ``around`` these, inside a picture's side; at least one."""
    first = min(side - 1, max(0, math.floor(places.min()) - around))
    return first, max(first + 1, min(side, math.ceil(places.max()) + around))


def _reduced(rgb: Rgb, shrinks: tuple[float, float]) -> Rgb:
    """The picture averaged down by so much, across and down."""
    height, width = rgb.shape[:2]
    smaller = max(1, round(width / shrinks[0])), max(1, round(height / shrinks[1]))
    if smaller == (width, height):
        return rgb
    return np.asarray(cv2.resize(rgb, smaller, interpolation=cv2.INTER_AREA), np.uint8)

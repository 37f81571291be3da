"""Where to look in a photo, and the part of it that fills a box: a picture → a centre of interest → a crop.

The centre of interest is where detail is, leaning to the middle: the centroid of the gradient energy under a broad centre weight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

WORKING_SIDE = 160
CENTRE_SIGMA = 0.38


def interest(rgb: NDArray[np.uint8]) -> tuple[float, float]:
    """The centre of interest of an RGB picture as fractions of its width and height, rounded to thousandths."""
    height, width = rgb.shape[:2]
    scale = WORKING_SIDE / max(height, width)
    small = cv2.resize(rgb, (max(8, round(width * scale)), max(8, round(height * scale))), interpolation=cv2.INTER_AREA)
    grey = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), (0, 0), 1.5)
    energy = cv2.magnitude(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1))
    rows, columns = energy.shape
    y = (np.arange(rows, dtype=np.float32) + 0.5) / rows
    x = (np.arange(columns, dtype=np.float32) + 0.5) / columns
    weight = np.exp(-((x[None, :] - 0.5) ** 2 + (y[:, None] - 0.5) ** 2) / (2 * CENTRE_SIGMA**2))
    mass = energy * weight + 1e-3
    total = float(mass.sum())
    return round(float((mass.sum(axis=0) * x).sum()) / total, 3), round(float((mass.sum(axis=1) * y).sum()) / total, 3)


def crop(size: tuple[int, int], ratio: float, focus: tuple[float, float]) -> tuple[float, float, float, float]:
    """The largest part of a picture of ``size`` (width, height) with width/height = ``ratio`` whose middle is as near the focus as
    the edges allow: left, top, right, bottom as fractions, rounded to a millionth.
    """
    own = size[0] / size[1]
    width, height = (ratio / own, 1.0) if own > ratio else (1.0, own / ratio)
    left = min(max(focus[0] - width / 2, 0.0), 1.0 - width)
    top = min(max(focus[1] - height / 2, 0.0), 1.0 - height)
    return round(left, 6), round(top, 6), round(left + width, 6), round(top + height, 6)


def cut(rgb: NDArray[np.uint8], part: tuple[float, float, float, float], size: tuple[int, int]) -> NDArray[np.uint8]:
    """The part (fractions) of an RGB picture resampled to ``size`` (width, height) pixels: averaged when it shrinks, cubic when it grows."""
    height, width = rgb.shape[:2]
    left, top = round(part[0] * width), round(part[1] * height)
    right, bottom = max(left + 1, round(part[2] * width)), max(top + 1, round(part[3] * height))
    window = rgb[top:bottom, left:right]
    shrinks = window.shape[1] >= size[0] and window.shape[0] >= size[1]
    made = cv2.resize(window, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
    return np.asarray(made, np.uint8)

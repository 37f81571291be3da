"""Where to look in a photo, and a part of it as pixels of a box: a picture → a centre of interest, a crop → a picture.

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
EVEN = 1.5
"""A picture reduced by no more than this may be sampled between neighbouring pixels; beyond it, fine patterns would turn into others."""


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


def resized(picture: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """A picture at another ``size`` (width, height) to look for things in: halved as often as that goes, and the rest of the way sampled or,
    where that is far, averaged. Averaging the whole way shows the same and takes five times as long.
    """
    while min(picture.shape[1] / size[0], picture.shape[0] / size[1]) >= 2:
        picture = halved(picture)
    if size == (picture.shape[1], picture.shape[0]):
        return picture
    far = max(picture.shape[1] / size[0], picture.shape[0] / size[1]) > EVEN
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA if far else cv2.INTER_LINEAR), np.uint8)


def halved(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A picture at half its size, rounded up, averaged."""
    height, width = rgb.shape[:2]
    made = cv2.resize(rgb, (-(-width // 2), -(-height // 2)), interpolation=cv2.INTER_AREA)
    return np.asarray(made, np.uint8)


def cut(rgb: NDArray[np.uint8], part: tuple[float, float, float, float], size: tuple[int, int]) -> NDArray[np.uint8]:
    """The part (fractions) of an RGB picture resampled to ``size`` (width, height) pixels: averaged when it shrinks, cubic when it grows."""
    height, width = rgb.shape[:2]
    left, top = round(part[0] * width), round(part[1] * height)
    right, bottom = max(left + 1, round(part[2] * width)), max(top + 1, round(part[3] * height))
    window = rgb[top:bottom, left:right]
    shrinks = window.shape[1] >= size[0] and window.shape[0] >= size[1]
    made = cv2.resize(window, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
    return np.asarray(made, np.uint8)


def inside(rgb: NDArray[np.uint8], part: tuple[float, float, float, float]) -> NDArray[np.uint8]:
    """The pixels of a part (fractions) of an RGB picture, as they are."""
    height, width = rgb.shape[:2]
    left, top, right, bottom = (round(at * side) for at, side in zip(part, (width, height) * 2, strict=True))
    return rgb[top:bottom, left:right] if (right - left, bottom - top) != (width, height) else rgb


def sized(size: tuple[int, int], part: tuple[float, float, float, float]) -> tuple[int, int]:
    """The width and height of a part of a picture of that size."""
    return round(size[0] * (part[2] - part[0])), round(size[1] * (part[3] - part[1]))


def out_of(part: tuple[float, float, float, float], at: tuple[float, float]) -> tuple[float, float]:
    """A point of a part as a point of the whole picture, rounded to thousandths."""
    left, top, right, bottom = part
    return round(left + at[0] * (right - left), 3), round(top + at[1] * (bottom - top), 3)

"""Is a photo good enough to show: a picture → sharpness, brightness, contrast; these and its size → what is wrong with it.

Sharpness is measured as the width of blur. The energy of the gradient across an edge blurred by s pixels falls with √(s² + σ²) when
the picture is smoothed by σ along it first; its ratio for two σ gives s. It is taken tile by tile in four directions: of each direction
the sharpest tiles count, so that a shallow depth of field is no fault, and of the directions the worst, so that a shaken hand is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from vidkit.photos import frame
from vidkit.photos.change import LINEAR, LUMA
from vidkit.tables import table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Floats = NDArray[np.float32]

FINE, COARSE, ACROSS = 1.0, 3.0, 1.5
"""The two smoothings along the measured direction and the one across it, in pixels."""
TILES = 12
"""Tiles along the longer side."""
DIRECTIONS = ((1.0, 0.0), (0.0, 1.0), (0.7071, 0.7071), (0.7071, -0.7071))
WIDEST = 20.0
"""A blur beyond this many pixels is not told apart."""


@dataclass(frozen=True)
class Quality:
    """A photo's sharpness (1 sharp to the pixel, towards 0 blurred), brightness and contrast (both CIELAB lightness, 0 to 1)."""

    sharpness: float
    brightness: float
    contrast: float


def measure(rgb: Bytes) -> Quality:
    """The quality of an upright RGB photo decoded to 1000-2000 px. Sharpness is 1/√(1 + s²) with s the blur (standard deviation) in pixels
    of a picture 720 px long; brightness the lightness that a quarter of the picture exceeds; contrast its 5th to 95th percentile.
    """
    side = float(_part("quality")["work_px"])
    scale = min(1.0, side / max(rgb.shape[:2]))
    reduced = cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else rgb
    grey = cv2.cvtColor(np.asarray(reduced, np.uint8), cv2.COLOR_RGB2GRAY).astype(np.float32)
    width = blur(grey) * side / max(grey.shape)
    light = _lightness(rgb)
    low, quarter, high = (float(v) for v in np.percentile(light, (5, 75, 95)))
    return Quality(round(float(1 / np.sqrt(1 + width**2)), 3), round(quarter, 3), round(high - low, 3))


def faults(quality: Quality, size: tuple[int, int], *, chat: bool) -> tuple[str, ...]:
    """What is wrong with a photo of ``size`` (width, height of the file, px), worst first: of "blurred", "dark", "small", "shrunk" (small
    because a chat app made it so).
    """
    limits = _part("faults")
    short = min(size)
    shrunk = chat and short < limits["shrunk_px"]["below"]
    said = {
        "blurred": quality.sharpness < limits["blurred"]["below"],
        "dark": quality.brightness < limits["dark"]["below"],
        "small": short < limits["small_px"]["below"] and not shrunk,
        "shrunk": shrunk,
    }
    return tuple(word for word, true in said.items() if true)


def blur(grey: Floats) -> float:
    """The width (standard deviation, pixels) of a grey picture's blur: of four directions the worst, of each its sharpest tiles."""
    noise = _noise(grey)
    widths = [_sharpest(_energy(grey, FINE, d, noise), _energy(grey, COARSE, d, noise)) for d in DIRECTIONS]
    found = [w for w in widths if w is not None]
    return max(found) if found else WIDEST


def _part(name: str) -> dict[str, Any]:
    return dict(table("quality")[name])


def _lightness(rgb: Bytes) -> Floats:
    """CIELAB lightness, 0 to 1, of a picture reduced to about 256 px; the first steps in sRGB, which is a thousandth beside (0.005 at most)."""
    while max(rgb.shape[:2]) >= 1024:
        rgb = frame.halved(rgb)
    scale = min(1.0, 256 / max(rgb.shape[:2]))
    linear = cv2.transform(cv2.LUT(rgb, LINEAR), LUMA[None])
    luma = cv2.resize(linear, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(np.where(luma > 216 / 24389, 1.16 * np.cbrt(luma) - 0.16, 24389 / 2700 * luma), np.float32)


def _energy(grey: Floats, sigma: float, direction: tuple[float, float], noise: float) -> Floats:
    """The mean energy of the smoothed derivative along a direction in each tile, less what noise of that variance adds."""
    kernel = _kernel(sigma, direction)
    along = _filtered(grey, kernel, upright=0.0 in direction)
    tile = max(16, round(max(grey.shape) / TILES))
    grid = max(1, grey.shape[1] // tile), max(1, grey.shape[0] // tile)
    square = (along * along)[: grid[1] * tile, : grid[0] * tile]
    return np.asarray(
        cv2.resize(square, grid, interpolation=cv2.INTER_AREA) - noise * float((kernel**2).sum()), np.float32
    )


def _filtered(grey: Floats, kernel: Floats, *, upright: bool) -> Floats:
    """A picture under a kernel; one along rows or columns is the product of one of each, which is six times as fast."""
    if not upright:
        return np.asarray(cv2.filter2D(grey, cv2.CV_32F, kernel), np.float32)
    row, column = np.unravel_index(int(np.abs(kernel).argmax()), kernel.shape)
    across, down = kernel[row], kernel[:, column] / kernel[row, column]
    return np.asarray(cv2.sepFilter2D(grey, cv2.CV_32F, across, down), np.float32)


@cache
def _kernel(sigma: float, direction: tuple[float, float]) -> Floats:
    """A Gaussian derivative along a direction, smoothed across it; a slope of 1 a pixel gives 1."""
    reach = round(3 * max(sigma, ACROSS))
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1].astype(np.float32)
    along, across = x * direction[0] + y * direction[1], y * direction[0] - x * direction[1]
    kernel = along * np.exp(-(along**2) / (2 * sigma**2) - across**2 / (2 * ACROSS**2))
    return np.asarray(kernel / (kernel * along).sum(), np.float32)


def _noise(grey: Floats) -> float:
    """The noise's variance: from the median of a second difference that cancels plain slopes (Immerkær's mask)."""
    mask = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    return float(np.median(np.abs(cv2.filter2D(grey, cv2.CV_32F, mask))) / 0.6745 / 6) ** 2


def _sharpest(fine: Floats, coarse: Floats) -> float | None:
    """The blur of the sharpest tiles in one direction; None where hardly a tile has edges."""
    limits = _part("quality")
    edges = coarse >= max(float(limits["least_energy"]), float(limits["relative_energy"]) * float(coarse.max()))
    if edges.sum() < 2:
        return None
    squared = (np.maximum(fine[edges], 1e-6) / coarse[edges]) ** 2
    width = np.sqrt(np.maximum(COARSE**2 - squared * FINE**2, 0) / np.maximum(squared - 1, 1e-3))
    return float(min(np.percentile(width, float(limits["sharpest_percent"])), WIDEST))

"""What changed between the two aligned photos of a pair, and what did not: two pictures of one size → masks, ratios, a place to look.

Both pictures are compared small, in linear light. Where there is texture, the structure must be the same under any gain and offset
(local normalised cross-correlation of luminance); everywhere the colour must be the same after one global gain for each channel.
That gain is the peak of the log ratios, not their mean: what was cleaned or moved does not pull it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from vidkit.colour import KB, KG, KR
from vidkit.tables import table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Floats = NDArray[np.float32]
    Mask = NDArray[np.bool_]

LUMA = np.array([KR, KG, KB], np.float32)
_CODES = np.arange(256) / 255
LINEAR = np.where(_CODES <= 0.04045, _CODES / 12.92, ((_CODES + 0.055) / 1.055) ** 2.4).astype(np.float32)
"""Linear light of the 256 sRGB codes (IEC 61966-2-1)."""
DARK = np.float32(1 / 512)
"""Added to linear light before a logarithm: about code 6, below which codes are noise."""
FOCUS_SPREAD, FOCUS_WINDOW = 0.12, 0.5
"""How far differences support each other, and the window they should gather in, as shares of the picture's sides."""
PEAK_RANGE_EV, PEAK_BIN_EV, PEAK_SIGMA_BINS = 4.0, 0.05, 2.5


@dataclass(frozen=True, eq=False)
class Match:
    """Two pictures compared small: both in linear light (H, W, 3), log2 ratios after/before of each channel, the global log2 ratio,
    where both can be judged, where the structure is the same, and where nothing changed.
    """

    before: Floats
    after: Floats
    ratios: Floats
    ratio: tuple[float, float, float]
    valid: Mask
    alike: Mask
    same: Mask

    @property
    def share(self) -> float:
        """The unchanged share of the whole picture."""
        return float(self.same.mean())


def match(before: Bytes, after: Bytes) -> Match:
    """The two aligned RGB pictures compared; they must have the same size."""
    one, two = small(before), small(after)
    valid = _judgeable(before, one) & _judgeable(after, two)
    ratios = np.log2((two + DARK) / (one + DARK))
    correlation, textured, flat = _structure(one, two)
    alike = textured & (correlation >= number("match", "correlation"))
    certain = valid & alike
    ratio = _peak(ratios, certain)
    same = certain
    for _ in range(3):
        same = valid & (alike | flat) & _near(ratios, ratio)
        ratio = _medians(ratios, same, ratio)
    if (same & alike).mean() < number("match", "least_alike"):
        same = np.zeros_like(same)
    same = cv2.erode(same.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
    return Match(one, two, ratios, _medians(ratios, same, ratio), valid, alike, same)


def focus(excess: Floats) -> tuple[tuple[float, float], float]:
    """Where two pictures differ most by their ``difference``, as fractions of width and height rounded to thousandths, and how sure that
    is, 0 to 1: strong, gathered in one place and not all over the picture.
    """
    total = float(excess.sum())
    if total <= 0:
        return (0.5, 0.5), 0.0
    near = np.asarray(
        cv2.GaussianBlur(excess, (0, 0), FOCUS_SPREAD * max(excess.shape), borderType=cv2.BORDER_CONSTANT)
    )
    weight = excess * near
    rows, columns = excess.shape
    x, y = (np.arange(columns) + 0.5) / columns, (np.arange(rows) + 0.5) / rows
    mass = float(weight.sum())
    centre = float((weight.sum(axis=0) * x).sum()) / mass, float((weight.sum(axis=1) * y).sum()) / mass
    strength = min(1.0, float((excess * weight).sum()) / mass / number("focus", "sure_delta_e"))
    window = (np.abs(x - centre[0]) <= FOCUS_WINDOW / 2)[None, :] & (np.abs(y - centre[1]) <= FOCUS_WINDOW / 2)[:, None]
    inside, even = float(excess[window].sum()) / total, float(window.mean())
    gathered = max(0.0, (inside - even) / (1 - even))
    extent = min(1.0, float((excess[window] > 0).sum()) / excess.size / number("focus", "sure_share"))
    return (round(centre[0], 3), round(centre[1], 3)), round(strength * gathered * extent, 3)


def difference(found: Match) -> Floats:
    """How much two compared pictures differ beyond the tone, small: CIELAB distance above the floor, the least over small shifts; thin
    edges do not count. The darker one is raised, so that what is clipped in the brighter one is clipped in both.
    """
    ratio = np.asarray(found.ratio, np.float32) if found.share >= number("match", "least") else np.zeros(3, np.float32)
    one, two = (
        _perceived(found.before * 2 ** np.maximum(ratio, 0)),
        _perceived(found.after * 2 ** np.maximum(-ratio, 0)),
    )
    apart = np.min([_apart(one, two, dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)], axis=0)
    solid = cv2.morphologyEx(apart.astype(np.float32), cv2.MORPH_OPEN, np.ones((4, 4), np.uint8))
    return np.asarray(np.maximum(solid - number("focus", "floor_delta_e"), 0), np.float32)


def _perceived(linear: Floats) -> Floats:
    """Linear light as CIELAB at the focus size, blurred."""
    height, width = linear.shape[:2]
    scale = min(1.0, number("focus", "work_px") / max(height, width))
    size = max(8, round(width * scale)), max(8, round(height * scale))
    reduced = cv2.resize(np.clip(linear, 0, 1).astype(np.float32), size, interpolation=cv2.INTER_AREA)
    colour = cv2.cvtColor(np.clip(reduced, 0, 1) ** np.float32(1 / 2.2), cv2.COLOR_RGB2Lab)
    return np.asarray(cv2.GaussianBlur(colour, (0, 0), number("focus", "blur_px")), np.float32)


def _apart(one: Floats, two: Floats, dx: int, dy: int) -> Floats:
    padded = np.pad(two, ((1, 1), (1, 1), (0, 0)), mode="edge")
    rows, columns = one.shape[:2]
    moved = padded[1 + dy : 1 + dy + rows, 1 + dx : 1 + dx + columns]
    return np.asarray(np.sqrt(((one - moved) ** 2).sum(axis=2)), np.float32)


def small(rgb: Bytes) -> Floats:
    """An RGB picture in linear light at the working size, slightly blurred against noise and misalignment by a pixel or two."""
    reduced = _reduced(cv2.LUT(rgb, LINEAR))
    return np.asarray(cv2.GaussianBlur(reduced, (0, 0), number("match", "blur_px")), np.float32)


def number(part: str, name: str) -> float:
    """A threshold of ``data/quality.yaml``."""
    return float(table("quality")[part][name])


def _reduced(picture: Any) -> Floats:
    height, width = picture.shape[:2]
    scale = min(1.0, number("match", "work_px") / max(height, width))
    size = max(8, round(width * scale)), max(8, round(height * scale))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.float32)


def _judgeable(rgb: Bytes, linear: Floats) -> Mask:
    """Where a picture is neither clipped nor nearly black."""
    clipped = _reduced((np.maximum.reduce(cv2.split(rgb)) >= 250).astype(np.float32)) > 0.1
    return np.asarray(~clipped & (linear @ LUMA > 0.004), bool)


def _structure(one: Floats, two: Floats) -> tuple[Floats, Mask, Mask]:
    """The local correlation of two pictures' luminance, where it means something (both textured), and where both are flat."""
    a, b = np.sqrt(one @ LUMA), np.sqrt(two @ LUMA)
    mean_a, mean_b = _local(a), _local(b)
    var_a = np.maximum(_local(a * a) - mean_a**2, 0)
    var_b = np.maximum(_local(b * b) - mean_b**2, 0)
    correlation = (_local(a * b) - mean_a * mean_b) / np.sqrt(var_a * var_b + 1e-8)
    least = number("match", "texture")
    strong_a, strong_b = np.sqrt(var_a) >= least * mean_a, np.sqrt(var_b) >= least * mean_b
    return correlation, strong_a & strong_b, ~strong_a & ~strong_b


def _local(picture: Floats) -> Floats:
    side = round(number("match", "window_px"))
    return np.asarray(cv2.blur(picture, (side, side), borderType=cv2.BORDER_REFLECT), np.float32)


def _near(ratios: Floats, ratio: tuple[float, float, float]) -> Mask:
    """Where the log ratios are the global one within the tolerances: in brightness, and of each channel beside the brightness."""
    off = ratios - np.asarray(ratio, np.float32)
    luma = off @ LUMA
    chroma = np.abs(off - luma[..., None]).max(axis=2)
    near = (np.abs(luma) <= number("match", "luma_ev")) & (chroma <= number("match", "chroma_ev"))
    return np.asarray(near, bool)


def _medians(ratios: Floats, where: Mask, fallback: tuple[float, float, float]) -> tuple[float, float, float]:
    if where.sum() < 50:
        return fallback
    r, g, b = (float(v) for v in np.median(ratios[where], axis=0))
    return r, g, b


def _peak(ratios: Floats, where: Mask) -> tuple[float, float, float]:
    """The commonest log ratio: first of green, then of red and blue beside it among the pixels near that."""
    found = ratios[where]
    if len(found) < 50:
        return 0.0, 0.0, 0.0
    green = _mode(found[:, 1])
    near = found[np.abs(found[:, 1] - green) <= 0.3]
    red, blue = (green + _mode(near[:, i] - near[:, 1]) for i in (0, 2))
    return red, green, blue


def _mode(values: Floats) -> float:
    bins = round(2 * PEAK_RANGE_EV / PEAK_BIN_EV)
    counts, edges = np.histogram(np.clip(values, -PEAK_RANGE_EV, PEAK_RANGE_EV), bins, (-PEAK_RANGE_EV, PEAK_RANGE_EV))
    wave = np.asarray(cv2.GaussianBlur(counts.astype(np.float32)[None], (0, 0), sigmaX=PEAK_SIGMA_BINS, sigmaY=1.0))[0]
    top = int(wave.argmax())
    return float(edges[top] + edges[top + 1]) / 2

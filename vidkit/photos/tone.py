"""The same treatment for both photos of a pair: two aligned pictures → gains for each; a picture and gains → the graded picture.

Both move towards their common mean in linear light, by what was measured on what did not change. The before is never darkened: where
it is the brighter one, only its white balance moves and the after is raised alone. A photo alone that is too dark is lifted by a curve.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np

from vidkit.photos import change
from vidkit.photos.change import number
from vidkit.tables import table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Floats = NDArray[np.float64]
    Gains = tuple[float, float, float]

ONE = (1.0, 1.0, 1.0)
LUMA = change.LUMA.astype(np.float64)
STEP = 10_000
"""Gains are rounded to one part in this."""
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
"""Linear sRGB to CIE XYZ (IEC 61966-2-1)."""
EDIT_LUMA_EV, EDIT_CHROMA_EV = 0.6, 1.0
"""How far a filter may have moved a pixel from the pair's global ratio and still be compared."""
Side = Literal["", "before", "after"]


@dataclass(frozen=True)
class Tone:
    """What levels a pair: gains of R, G, B in linear light for both photos, the unchanged share they were measured on, which of the
    two looks filtered, and how much brighter the after was taken, in EV.
    """

    before: Gains
    after: Gains
    unchanged: float
    edited: Side
    difference_ev: float


def level(found: change.Match) -> Tone:
    """How the two compared pictures of a pair are brought together; identity when too little is unchanged or nobody would see it."""
    share = round(found.share, 4)
    if share < number("match", "least"):
        return Tone(ONE, ONE, share, edited(found), 0.0)
    base, ratio = _base(found), np.asarray(found.ratio)
    exposure = _exposure(base, ratio)
    gains = (ONE, ONE) if _unseen(base, ratio) else _towards(base, ratio, exposure)
    return Tone(*gains, share, edited(found), round(exposure, 3))


def graded(rgb: Bytes, gains: Gains) -> Bytes:
    """A picture with the gains applied in linear light. Below the shoulder a gain is exact; above it bends so that black stays black,
    white stays white and no two levels change places. A gain and its inverse undo each other; (1, 1, 1) gives the same bytes.
    """
    if gains == ONE:
        return rgb
    curves = np.stack([_curve(gain) for gain in gains], axis=1)[None]
    return np.asarray(cv2.LUT(rgb, curves), np.uint8)


def lifted(rgb: Bytes, stops: float) -> Bytes:
    """A picture with its shadows raised by so many stops, the lighter the less: white stays white, no two levels change places, and the noise
    beside black is raised by half. 0 gives the same bytes.
    """
    if not stops:
        return rgb
    light = change.LINEAR.astype(np.float64)
    gain = 1 + (2**stops - 1) * light / (light + number("lift", "toe"))
    return np.asarray(cv2.LUT(rgb, _codes(light * gain / (1 + (gain - 1) * light))), np.uint8)


def edited(found: change.Match) -> Side:
    """Which of a compared pair looks filtered: far more saturated than the other, or both more saturated and more contrasty. Empty where
    neither is, where there is too little colour to judge, or where the exposures differ so much that cameras' own curves would show.
    """
    limits = table("quality")["edited"]
    if abs(_exposure(_base(found), np.asarray(found.ratio))) > limits["max_difference_ev"]:
        return ""
    saturation, contrast = (float(np.log2(v)) for v in pushed(found))
    alone = float(np.log2(limits["saturation" if saturation > 0 else "saturation_before"]))
    colour, curve = (float(np.log2(v)) for v in limits["together"])
    alike = saturation * contrast > 0 and abs(saturation) >= colour and abs(contrast) >= curve
    if abs(saturation) < alone and not alike:
        return ""
    return "after" if saturation > 0 else "before"


def pushed(found: change.Match) -> tuple[float, float]:
    """By how much the after is more saturated and more contrasty than the before where the structure is the same: slopes of CIELAB's
    colour and lightness against each other, 1 where they are the same or cannot be measured.
    """
    ratio = np.asarray(found.ratio, np.float32)
    off = found.ratios - ratio
    luma = off @ change.LUMA
    near = (np.abs(luma) < EDIT_LUMA_EV) & (np.abs(off - luma[..., None]).max(axis=2) < EDIT_CHROMA_EV)
    where = found.valid & (found.alike | found.same) & near
    if where.mean() < number("match", "least"):
        return 1.0, 1.0
    one, two = lab(found.before[where] * 2 ** (ratio / 2)), lab(found.after[where] * 2 ** (-ratio / 2))
    one, two = one - one.mean(axis=0), two - two.mean(axis=0)
    return _slope(one[:, 1:], two[:, 1:]), _slope(one[:, :1], two[:, :1])


def _slope(one: Floats, two: Floats) -> float:
    """The slope of one set of centred values against another, neither of them exact (total least squares)."""
    a, b, c = float((one * one).sum()), float((two * two).sum()), float((one * two).sum())
    limits = table("quality")["edited"]
    spread = np.sqrt(min(a, b) / len(one))
    if spread < limits["least_spread"] or c < limits["least_correlation"] * np.sqrt(a * b):
        return 1.0
    return float((b - a + np.hypot(b - a, 2 * c)) / (2 * c))


def _base(found: change.Match) -> Floats:
    """The typical unchanged colour of the before, in linear light."""
    where = found.same if found.same.any() else found.valid
    return np.asarray(np.median(found.before[where], axis=0) if where.any() else np.ones(3), np.float64) + 1e-6


def _exposure(base: Floats, ratio: Floats) -> float:
    """The difference in luminance, EV, that log2 ratios make of a colour."""
    return float(np.log2((base * 2**ratio) @ LUMA / (base @ LUMA)))


def _unseen(base: Floats, ratio: Floats) -> bool:
    """Whether the unchanged colour differs less than a person notices (CIELAB)."""
    return float(np.linalg.norm(lab(base * 2**ratio) - lab(base))) < number("noticeable", "delta_e")


def lab(linear: Floats) -> Floats:
    """CIELAB (D65) of linear sRGB colours, shape (…, 3)."""
    white = TO_XYZ.sum(axis=1)
    t = np.asarray(linear, np.float64) @ TO_XYZ.T / white
    f = np.where(t > 216 / 24389, np.cbrt(t), (24389 / 27 * t + 16) / 116)
    x, y, z = f[..., 0], f[..., 1], f[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def _towards(base: Floats, ratio: Floats, exposure: float) -> tuple[Gains, Gains]:
    """Gains of the before and the after: half the way each; all of it by the after where the before would have to be darkened."""
    white = ratio - exposure
    raised = exposure / 2 if exposure > 0 else 0.0
    before = _within(base, white / 2, raised)
    after = _within(base * 2**ratio, -white / 2, raised - exposure)
    up = tuple(min(np.ceil(v * STEP), _most()) / STEP for v in before)
    near = tuple(min(round(v * STEP), _most()) / STEP for v in after)
    return (float(up[0]), float(up[1]), float(up[2])), (near[0], near[1], near[2])


def _most() -> int:
    return int(2 ** number("tone", "limit_ev") * STEP)


def _within(colour: Floats, white: Floats, exposure: float) -> Floats:
    """Gains that move a colour's white balance by up to the limit without changing its luminance, then its luminance by what room is left."""
    limit = number("tone", "limit_ev")
    balance = white * min(1.0, number("tone", "white_ev") / max(float(np.abs(white).max()), 1e-9))
    balance = balance - np.log2((colour * 2**balance) @ LUMA / (colour @ LUMA))
    room = max(0.0, limit - float(balance.max())), max(0.0, limit + float(balance.min()))
    return np.asarray(2 ** (balance + np.clip(exposure, -room[1], room[0])), np.float64)


@cache
def _curve(gain: float) -> Bytes:
    """256 sRGB codes under a gain in linear light, with a shoulder."""
    light = change.LINEAR.astype(np.float64)
    bent = _raised(light, gain) if gain >= 1 else _lowered(light, gain)
    return _codes(bent)


def _codes(light: Floats) -> Bytes:
    """Linear light as sRGB codes."""
    codes = np.where(light <= 0.0031308, light * 12.92, 1.055 * np.maximum(light, 1e-9) ** (1 / 2.4) - 0.055)
    return np.asarray(np.clip(np.rint(codes * 255), 0, 255), np.uint8)


def _raised(light: Floats, gain: float) -> Floats:
    """Light times a gain of at least 1; above the knee a hyperbola of the same slope that ends at 1."""
    knee = number("tone", "shoulder")
    slope = (gain - knee) / (1 - knee)
    t = np.maximum(light * gain - knee, 0) / (gain - knee)
    return np.where(light * gain <= knee, light * gain, knee + (1 - knee) * slope * t / (1 + (slope - 1) * t))


def _lowered(light: Floats, gain: float) -> Floats:
    """The inverse of `_raised` by 1/gain."""
    knee = number("tone", "shoulder")
    top = 1 / gain
    slope = (top - knee) / (1 - knee)
    u = np.maximum(light - knee, 0) / (1 - knee)
    return np.where(light <= knee, light * gain, (knee + (top - knee) * u / (slope - (slope - 1) * u)) * gain)

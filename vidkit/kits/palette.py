"""One colour → a brand's five colours that read on each other, in OKLCH (B. Ottosson, 2020); plain arithmetic, no chance."""

from __future__ import annotations

import math
from itertools import count
from typing import TYPE_CHECKING

from vidkit.kit import Colours
from vidkit.kits.contrast import CONTRAST, contrast, over

if TYPE_CHECKING:
    from collections.abc import Iterator

Triple = tuple[float, float, float]
LMS = ((0.4122214708, 0.5363325363, 0.0514459929), (0.2119034982, 0.6806995451, 0.1073969566), (0.0883024619, 0.2817188376, 0.6299787005))  # fmt: skip
LAB = ((0.2104542553, 0.7936177850, -0.0040720468), (1.9779984951, -2.4285922050, 0.4505937099), (0.0259040371, 0.7827717662, -0.8086757660))  # fmt: skip
BACK = ((1.0, 0.3963377774, 0.2158037573), (1.0, -0.1055613458, -0.0638541728), (1.0, -0.0894841775, -1.2914855480))
RGB = ((4.0767416621, -3.3077115913, 0.2309699292), (-1.2684380046, 2.6097574011, -0.3413193965), (-0.0041960863, -0.7034186147, 1.7076147010))  # fmt: skip
"""Linear sRGB → cone responses → OKLab, and back (https://bottosson.github.io/posts/oklab)."""

GREY = 0.03
"""Less chroma than this has no hue to speak of, but in a pale colour."""
PALE, TINGE = 0.8, 0.015
"""The lightness from which a colour is pale, and the chroma from which it is none of the greys and off-whites then."""
VIVID, PLAIN, CREAM = 0.6, 0.05, 0.03
"""A pale colour is meant as a colour if its chroma is the first's share of what it could have at its lightness, or the second; in yellows, which
are cream and beige then, the third.
"""
LIGHT, SHOWS = 0.94, 0.09
"""A pale yellow of so much lightness is paper itself, if the accent is as far from it as the second."""
THROUGH = 0.96
"""The share of what is dark behind it that a card of paper hides (data/brand.yaml, pairs)."""
MOST = 0.25
"""More chroma than any pale colour of sRGB has."""
DEEP = 0.15
"""The chroma of a pale colour when it is darkened, if sRGB has so much: with its own it would be grey."""
AMBER = 85.0
"""Hue in degrees of warm yellow: an accent near it looks like light on nearly every dark ground."""
TURNS = (30.0, -30.0, 60.0, -60.0, 105.0, -105.0, 150.0, -150.0, 180.0)
"""How far, in degrees, an accent's hue may stand from the main colour's."""
YELLOWS = (75.0, 125.0)
"""Hues that turn to mud when they are darkened: they go to brown, and stay themselves in the accent."""
BROWN, WARMEST = 58.0, 98.0
"""The hue in degrees of that brown, and the last one of a yellow that does not look green; no accent has one between that and the last of the yellows."""
BRIGHT = 0.1
"""A yellow of so much chroma is a sign of its own: it stays as it is, on a dark ground."""
BESIDE_YELLOW = (0.29, 0.028)
"""Lightness and chroma of that ground, nearly black and a little warm."""
VEIL = 0.78
"""The share of a photo that ink hides where accented words lie over it (data/brand.yaml, pairs)."""
PAPER = (0.975, 0.012)
INK = (0.24, 0.045)
QUIET = (0.52, 0.035)
ACCENT = (0.88, 0.125)
"""Lightness and largest chroma of the roles that follow the main colour's hue."""
APART = 0.1
"""How far apart in lightness a dark main colour and ink are, so that they can be told from each other."""
FAINT = 0.07
"""Less chroma than this stands out from quiet words by darkness only."""
READS = 4.6
"""Contrast of primary and quiet with paper: the 4.5 of WCAG AA and a little for plates that let the photo through."""


def derived(main: str) -> Colours:
    """Colours by role around one main colour (#rrggbb): the main colour itself, only darkened until paper reads on it; a bright yellow, which
    would be brown then, is the accent itself, on a dark ground; a pale one, cream, is paper with brown on it.
    """
    _, chroma, hue = oklch(main)
    grey = chroma < GREY and not _pale(main)
    own = AMBER if grey else hue
    tint = min(chroma, 0.004) if grey else 1.0
    beside, sign = hexadecimal((*BESIDE_YELLOW, own)), main.upper()
    bright = (
        chroma >= BRIGHT and _yellow(hue) and contrast(sign, over(_ink(beside, tint, own), "#FFFFFF", VEIL)) >= CONTRAST
    )
    accent = sign if bright else hexadecimal((*ACCENT, AMBER if grey else _turned(hue)))
    cream = not bright and _cream(main, accent)
    paper = sign if cream else hexadecimal((PAPER[0], min(PAPER[1], tint), own))
    quiet = _dark((QUIET[0], min(QUIET[1], tint), own), over(paper, "#000000", THROUGH) if cream else paper)
    primary = beside if bright else _primary(main, paper)
    return Colours(primary=primary, accent=accent, paper=paper, ink=_ink(primary, tint, own), quiet=quiet)


def _ink(primary: str, tint: float, hue: float) -> str:
    """The colour of words, darker than a primary that is nearly as dark, or lighter than one that is black."""
    lightness, usual = oklch(primary)[0], INK[0]
    if abs(lightness - usual) < APART:
        usual = lightness - APART if lightness >= 2 * APART else lightness + APART
    return hexadecimal((usual, min(INK[1], tint), hue))


def _primary(main: str, paper: str) -> str:
    """The main colour if paper reads on it, else the nearest darker one on which it does."""
    lightness, chroma, hue = oklch(main)
    if contrast(main, paper) >= READS:
        return main.upper()
    if _pale(main):
        chroma = max(chroma, DEEP)
    return _dark((lightness, chroma, BROWN if _yellow(hue) and chroma >= GREY else hue), paper)


def _pale(main: str) -> bool:
    """Whether a colour is light, and yet a colour."""
    lightness, chroma, hue = oklch(main)
    vivid = VIVID * oklch(hexadecimal((lightness, MOST, hue)))[1]
    return lightness > PALE and chroma >= max(TINGE, min(vivid, CREAM if _yellow(hue) else PLAIN))


def _cream(main: str, accent: str) -> bool:
    """Whether a colour is a yellow so pale that it is paper."""
    lightness, _, hue = oklch(main)
    return _yellow(hue) and lightness >= LIGHT and _pale(main) and difference(main, accent) >= SHOWS


def stressed(colours: Colours) -> str:
    """The colour of words on paper that stand out from others: primary, but for a ``faint`` one: then the darker one of it and ink."""
    darker = min(colours.primary, colours.ink, key=lambda one: oklch(one)[0])
    return darker if faint(colours) else colours.primary


def faint(colours: Colours) -> bool:
    """Whether primary does not stand out among other words: it is grey, or mud as pale as quiet words."""
    lightness, chroma, _ = oklch(colours.primary)
    mud = chroma < FAINT and lightness > oklch(colours.quiet)[0] - APART
    return mud or chroma < GREY


def difference(one: str, other: str) -> float:
    """How far apart two colours look: their distance in OKLab, about 0.02 where the eye begins to tell them apart."""
    return math.dist(_oklab(one), _oklab(other))


def oklch(colour: str) -> Triple:
    """Lightness 0-1, chroma and hue in degrees of ``#rrggbb``."""
    lightness, a, b = _oklab(colour)
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def hexadecimal(lch: Triple) -> str:
    """The ``#RRGGBB`` of a lightness, chroma and hue, with as much of the chroma as sRGB has."""
    lightness, chroma, hue = lch
    steps = 64
    shown = (_linear((lightness, chroma * (steps - n) / steps, hue)) for n in range(steps + 1))
    linear = next((one for one in shown if all(-1e-4 <= part <= 1 + 1e-4 for part in one)), (lightness**3,) * 3)
    return _text(tuple(255 * _encoded(part) for part in linear))


def _dark(lch: Triple, paper: str) -> str:
    """The lightest colour of that hue, no lighter than asked for, on which paper reads."""
    darker = (hexadecimal((lch[0] - step / 200, lch[1], lch[2])) for step in _steps(lch[0]))
    return next(one for one in darker if contrast(one, paper) >= READS)


def _steps(lightness: float) -> Iterator[int]:
    return (step for step in count() if step / 200 <= lightness)


def _yellow(hue: float) -> bool:
    return YELLOWS[0] <= hue <= YELLOWS[1]


def _turned(hue: float) -> float:
    """The hue of an accent: the main hue turned by one of ``TURNS``, the nearest to amber, a greenish one twice as far; a yellow keeps its own."""
    if _yellow(hue):
        return min(hue, WARMEST)
    near = min(((hue + turn) % 360 for turn in TURNS), key=_from_amber)
    return min(near, WARMEST) if _yellow(near) else near


def _from_amber(hue: float) -> float:
    away = abs((hue - AMBER + 180) % 360 - 180)
    return round(2 * away if WARMEST < hue < YELLOWS[1] else away, 6)


def _times(matrix: tuple[Triple, Triple, Triple], vector: Triple) -> Triple:
    rows = tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return rows[0], rows[1], rows[2]


def _oklab(colour: str) -> Triple:
    red, green, blue = (_decoded(part / 255) for part in bytes.fromhex(colour[1:]))
    cones = _times(LMS, (red, green, blue))
    return _times(LAB, (math.cbrt(cones[0]), math.cbrt(cones[1]), math.cbrt(cones[2])))


def _linear(lch: Triple) -> Triple:
    lightness, chroma, hue = lch
    angle = math.radians(hue)
    cones = _times(BACK, (lightness, chroma * math.cos(angle), chroma * math.sin(angle)))
    return _times(RGB, (cones[0] ** 3, cones[1] ** 3, cones[2] ** 3))


def _decoded(part: float) -> float:
    """Linear light of an sRGB part (IEC 61966-2-1)."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _encoded(part: float) -> float:
    """The sRGB part of linear light."""
    clipped = min(1.0, max(0.0, part))
    return clipped * 12.92 if clipped <= 0.0031308 else 1.055 * clipped ** (1 / 2.4) - 0.055


def _text(parts: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(part):02X}" for part in parts)

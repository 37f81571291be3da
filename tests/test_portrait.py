"""Cut-outs of a person drawn here: found whole and alone, the same every time, rejected with a reason when the head or the person is not.

A drawn person proves the machinery (layout of the network's input, scales, gate, edge, colours), not how well real hair is cut:
that is measured on photos with ``bench/portrait.py``.
"""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
import resvg_py
from PIL import Image

from vidkit.photos import portrait
from vidkit.photos.portrait import Cutout, Rejected, Signs

if TYPE_CHECKING:
    from vidkit.colour import Bytes

PERSON = """
<path d="M60 600 C60 440 90 380 170 352 L250 330 L330 352 C410 380 440 440 440 600 Z" fill="url(#shirt)"/>
<path d="M212 280 L212 345 Q250 385 288 345 L288 280 Z" fill="url(#neck)"/>
<path d="M205 340 L250 400 L295 340 L330 352 L270 430 L250 405 L230 430 L170 352 Z" fill="#e9e4da"/>
<path d="M160 190 C150 80 350 80 340 190 C345 250 335 270 325 285 L175 285 C165 270 155 250 160 190 Z" fill="#1d1613"/>
<ellipse cx="250" cy="215" rx="73" ry="95" fill="url(#face)"/>
<path d="M172 205 C175 120 240 115 262 135 C290 120 330 130 328 205 C315 165 290 155 262 152 C230 160 190 160 172 205 Z"
 fill="#1d1613"/>
<path d="M200 192 q20 -11 38 0 M264 192 q20 -11 38 0" stroke="#35241c" stroke-width="6" fill="none"/>
<ellipse cx="220" cy="211" rx="14" ry="7" fill="#f4efe9"/><ellipse cx="282" cy="211" rx="14" ry="7" fill="#f4efe9"/>
<circle cx="220" cy="211" r="6.5" fill="#2a1a12"/><circle cx="282" cy="211" r="6.5" fill="#2a1a12"/>
<path d="M250 205 L243 245 Q251 253 261 245" fill="none" stroke="#a8704f" stroke-width="5"/>
<path d="M222 268 Q250 290 280 268 Q250 276 222 268 Z" fill="#a23e3a" stroke="#8d3a34" stroke-width="3"/>
"""
DEFINITIONS = """
<linearGradient id="wall" x2="1" y2="1"><stop stop-color="#d9d4c8"/><stop offset="1" stop-color="#9c968a"/></linearGradient>
<linearGradient id="shirt" x2="1" y2="0.4"><stop stop-color="#1d8a84"/><stop offset="1" stop-color="#0b4f4b"/></linearGradient>
<linearGradient id="neck" x2="1"><stop stop-color="#c48763"/><stop offset="1" stop-color="#96603f"/></linearGradient>
<radialGradient id="face" cx="0.4" cy="0.4" r="0.75"><stop stop-color="#f0bd98"/><stop offset="0.7" stop-color="#d69c76"/>
<stop offset="1" stop-color="#a56d4c"/></radialGradient>
"""
GOOD = Signs(900, 0.5, 0.97, 0.0, 1, 0.05, 0.0, 1.0, 0.08, 0.98, 0.99, 2.0, 0.001, 0.0)


@cache
def drawn(*at: int, width: int = 500) -> Bytes:
    """A room with a person at each x, 600 px high, with the blur and grain of a photo."""
    people = "".join(f'<g transform="translate({x} 0)">{PERSON}</g>' for x in at)
    room = f'<rect width="{width}" height="600" fill="url(#wall)"/><rect y="330" width="{width}" height="8" fill="#857d70"/>'
    picture = np.asarray(_image(f"{room}{people}", width).convert("RGB")).astype(np.float32)
    grain = np.random.default_rng(1).normal(0, 4, picture.shape)
    return np.clip(cv2.GaussianBlur(picture, (0, 0), 1.0) + grain, 0, 255).astype(np.uint8)


def _image(inner: str, width: int) -> Image.Image:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="600"><defs>{DEFINITIONS}</defs>{inner}</svg>'
    )
    return Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg))))


def truth() -> Bytes:
    """The drawn person's own alpha."""
    return np.asarray(_image(PERSON, 500).convert("RGBA"))[..., 3]


def _cut(rgb: Bytes, face: tuple[float, float, float, float] | None = None) -> Cutout:
    made = portrait.cut_out(rgb, face)
    assert isinstance(made, Cutout), made
    return made


def test_a_person_is_cut_out_along_the_outline() -> None:
    """Alpha has the picture's size, agrees with the drawing to 96 % of their union, and names the person's box."""
    made, own = _cut(drawn(0)), truth()
    both, either = np.minimum(made.alpha, own).sum(dtype=float), np.maximum(made.alpha, own).sum(dtype=float)
    assert made.alpha.shape == (600, 500)
    assert both / either > 0.96
    assert made.box == pytest.approx((0.12, 0.18, 0.88, 1.0), abs=0.02)
    assert 0.5 < made.quality <= 1


def test_a_larger_picture_gives_the_same_person() -> None:
    """Alpha is found at the working size and carried to the picture's own."""
    big = np.asarray(cv2.resize(drawn(0), (1250, 1500), interpolation=cv2.INTER_CUBIC), np.uint8)
    made = _cut(big)
    assert made.alpha.shape == (1500, 1250)
    small = cv2.resize(made.alpha, (500, 600), interpolation=cv2.INTER_AREA).astype(int)
    assert np.abs(small - _cut(drawn(0)).alpha).mean() < 3


def test_the_same_picture_gives_the_same_alpha() -> None:
    """Again, in other threads, and after the chance of OpenCV was used for something else."""
    first = _cut(drawn(0))
    cv2.setRNGSeed(99)
    assert np.array_equal(_cut(drawn(0)).alpha, first.alpha)
    with ThreadPoolExecutor(3) as pool:
        for made in pool.map(lambda _: _cut(drawn(0)), range(3)):
            assert np.array_equal(made.alpha, first.alpha)
            assert (made.box, made.quality) == (first.box, first.quality)


def test_a_softened_face_is_still_a_person() -> None:
    """A worker who does not show her face is cut out too."""
    coarse = cv2.resize(cv2.resize(drawn(0), (17, 20), interpolation=cv2.INTER_AREA), (500, 600))
    mask = cv2.ellipse(np.zeros((600, 500), np.uint8), (250, 215), (75, 100), 0, 0, 360, (255,), -1)
    share = cv2.GaussianBlur(mask, (0, 0), 5)[..., None] / 255
    hidden = np.asarray(cv2.GaussianBlur(coarse, (0, 0), 6) * share + drawn(0) * (1 - share), np.uint8)
    assert _cut(hidden).box[1] == pytest.approx(0.18, abs=0.03)


@pytest.mark.parametrize(
    ("picture", "reason"),
    [
        (drawn(), "no-person"),
        (np.full((600, 500, 3), 127, np.uint8), "no-person"),
        (drawn(0, 480, width=1000), "several"),
        (drawn(0, 300, width=800), "several"),
        (drawn(-180), "cut-off-head"),
        (drawn(0)[130:], "cut-off-head"),
        (drawn(0)[::2, ::2], "too-small"),
    ],
    ids=["empty room", "grey", "two apart", "two together", "half a head", "no top of the head", "small"],
)
def test_what_cannot_be_cut_out_says_why(picture: Bytes, reason: str) -> None:
    """Nobody, two people, a head the picture cuts, too few pixels."""
    assert portrait.cut_out(np.ascontiguousarray(picture)) == Rejected(reason)


def test_a_face_elsewhere_is_not_this_person() -> None:
    """A face given by the caller has to lie on the person that was cut out."""
    assert _cut(drawn(0), (0.36, 0.2, 0.64, 0.5)).quality > 0.5
    assert portrait.cut_out(drawn(0), (0.0, 0.0, 0.1, 0.1)) == Rejected("unsure")


def test_the_old_ground_leaves_no_halo() -> None:
    """A half-covered pixel has the person's colour afterwards, a covered one its own."""
    rgb, alpha = np.zeros((90, 1200, 3), np.uint8), np.zeros((90, 1200), np.uint8)
    share = np.clip((np.arange(1200) - 595) / 10, 0, 1)
    alpha[:] = np.round(share * 255)
    rgb[:] = np.round(share[:, None] * (200, 40, 30) + (1 - share)[:, None] * (20, 220, 40))
    clean = portrait.decontaminated(rgb, alpha)
    assert np.array_equal(clean[:, 606:], rgb[:, 606:])
    assert np.abs(rgb[45, 597:605].astype(int) - (200, 40, 30)).max() > 90
    assert np.abs(clean[45, 597:605].astype(int) - (200, 40, 30)).max() <= 25


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("height_px", 200, "too-small"),
        ("coverage", 0.02, "no-person"),
        ("coverage", 0.97, "no-person"),
        ("certain", 0.5, "no-person"),
        ("others", 0.4, "several"),
        ("heads", 2, "several"),
        ("top", 0.0, "cut-off-head"),
        ("sides", 0.3, "cut-off-head"),
        ("face", 0.4, "unsure"),
        ("doubt", 0.5, "unsure"),
        ("mirror", 0.7, "unsure"),
        ("agreement", 0.7, "unsure"),
        ("softness", 12.0, "ragged"),
        ("ragged", 0.2, "ragged"),
    ],
)
def test_every_sign_can_reject(name: str, value: float, reason: str) -> None:
    """Each sign out of its range names its reason; within them all there is none."""
    assert not portrait.fault(GOOD)
    values: dict[str, Any] = {name: value}
    assert portrait.fault(replace(GOOD, **values)) == reason


def test_shoulders_over_the_edge_cost_quality() -> None:
    """A person whose shoulders leave the picture is accepted, but worth less."""
    assert portrait.quality(replace(GOOD, shoulders=0.5)) < portrait.quality(GOOD)
    assert not portrait.fault(replace(GOOD, shoulders=0.5))

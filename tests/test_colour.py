"""RGB ↔ planar YUV: the numbers of BT.709, planes that are views, and a way back that loses next to nothing."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import LETTERS, flat, smooth
from hypothesis import given
from hypothesis import strategies as st

from vidkit import colour

BT709 = {
    "K": (16, 128, 128),
    "W": (235, 128, 128),
    "R": (63, 102, 240),
    "L": (173, 42, 26),
    "B": (32, 240, 118),
    "Y": (219, 16, 138),
}
"""8-bit limited-range values of the pure colours, as in ITU-R BT.709-6 and every colour-bar table made from it."""


@pytest.mark.parametrize("letter", BT709)
def test_pure_colours_have_the_values_of_the_standard(letter: str) -> None:
    """The table of BT.709 colour bars, to the level."""
    y, u, v = colour.yuv_planes(flat(letter, (4, 4)))
    assert (int(y[0, 0]), int(u[0, 0]), int(v[0, 0])) == BT709[letter]


def test_planes_are_views_of_the_frame() -> None:
    """Writing to a plane writes the frame; sizes are (H, W) and (H/2, W/2)."""
    frame = colour.empty(12, 8)
    y, u, v = colour.planes(frame)
    assert (y.shape, u.shape, v.shape) == ((8, 12), (4, 6), (4, 6))
    y[:], u[:], v[:] = 1, 2, 3
    assert (int((frame == 1).sum()), int((frame == 2).sum()), int((frame == 3).sum())) == (96, 24, 24)


def test_an_empty_frame_is_black() -> None:
    """Black is Y 16, U and V 128."""
    assert (colour.to_rgb(colour.empty(12, 8)) == 0).all()


def test_there_and_back() -> None:
    """A smooth picture comes back within three levels on average, flat colours within two."""
    picture = smooth(96, 64, 3)
    back = colour.to_rgb(colour.of_rgb(picture))
    assert float(np.abs(back.astype(int) - picture).mean()) < 3
    for letter in LETTERS:
        assert np.abs(colour.to_rgb(colour.of_rgb(flat(letter, (8, 8)))).astype(int) - flat(letter, (8, 8))).max() <= 2


@given(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))
def test_every_colour_stays_in_limited_range(red: int, green: int, blue: int) -> None:
    """Y lies in 16-235, U and V in 16-240, and grey has no colour."""
    y, u, v = colour.yuv_planes(np.full((2, 2, 3), (red, green, blue), np.uint8))
    assert 16 <= y.min() <= y.max() <= 235
    assert all(16 <= p.min() <= p.max() <= 240 for p in (u, v))
    if red == green == blue:
        assert (u[0, 0], v[0, 0]) == (128, 128)


def test_hexadecimal_colours() -> None:
    """#rrggbb, with or without its mark."""
    assert colour.rgb("#0a10FF") == colour.rgb("0A10ff") == (10, 16, 255)

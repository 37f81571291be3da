"""How photos are shown: crops that keep what matters, ids of treatments, how large a photo must be decoded."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vidkit.photos import matrix, prints
from vidkit.photos.areas import Area
from vidkit.photos.prints import Asset, Print, Treatment, crop

if TYPE_CHECKING:
    from vidkit.photos.matrix import Part

RATIOS = (9 / 16, 3 / 4, 4 / 3, 1.0, 2.35)
"""Every shape that clips, covers and posters ask for."""
FRACTION = st.floats(0, 1)
TURN = (0.0, -1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0)
"""A quarter turn as a matrix from fractions to fractions."""


def ratio_of(part: Part, shown: Print) -> float:
    """Width to height of a part, in pixels."""
    return (part[2] - part[0]) * shown.width / ((part[3] - part[1]) * shown.height)


@st.composite
def parts(draw: st.DrawFn, least: float = 0.02, most: float = 1.0) -> Part:
    """A rectangle within the whole."""
    width, height = draw(st.floats(least, most)), draw(st.floats(least, most))
    left, top = draw(st.floats(0, 1 - width)), draw(st.floats(0, 1 - height))
    return left, top, left + width, top + height


@given(st.sampled_from(RATIOS), FRACTION, FRACTION, parts(0.3), st.floats(1, 3))
def test_a_crop_has_its_ratio_and_stays_inside(ratio: float, x: float, y: float, usable: Part, close: float) -> None:
    """Every shape, everywhere: the ratio is right and nothing outside the usable part shows."""
    shown = Print("a", 4000, 3000, (x, y), usable)
    part = crop(shown, ratio, close=close)
    assert ratio_of(part, shown) == pytest.approx(ratio, rel=1e-3)
    assert part[0] >= usable[0] - 2e-6
    assert part[1] >= usable[1] - 2e-6
    assert part[2] <= usable[2] + 2e-6
    assert part[3] <= usable[3] + 2e-6


@given(st.sampled_from(RATIOS), FRACTION, FRACTION, parts(0.05, 0.3), st.floats(1, 3))
def test_a_head_is_never_cut(ratio: float, x: float, y: float, head: Part, close: float) -> None:
    """Wherever the focus is and however close the look: a head that fits the shape is whole in the picture."""
    shown = Print("a", 3000, 4000, (x, y), heads=(head,))
    part = crop(shown, ratio, close=close)
    assert part[0] <= head[0] + 2e-6
    assert part[1] <= head[1] + 2e-6
    assert part[2] >= head[2] - 2e-6
    assert part[3] >= head[3] - 2e-6


@given(st.sampled_from(RATIOS), parts(0.05, 0.25), parts(0.05, 0.25))
def test_of_two_heads_none_is_cut_where_that_can_be(ratio: float, one: Part, two: Part) -> None:
    """When both fit the shape together, both are whole."""
    shown = Print("a", 3000, 4000, heads=(one, two))
    whole = crop(Print("a", 3000, 4000), ratio)
    union = min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3])
    assume(union[2] - union[0] <= whole[2] - whole[0] and union[3] - union[1] <= whole[3] - whole[1])
    part = crop(shown, ratio)
    assert part[0] <= union[0] + 2e-6
    assert part[1] <= union[1] + 2e-6
    assert part[2] >= union[2] - 2e-6
    assert part[3] >= union[3] - 2e-6


def test_a_head_that_cannot_be_kept_is_left_out_whole() -> None:
    """Two people at the two ends of a wide photo: the portrait shows one of them, and no half of the other."""
    left, right = (0.30, 0.3, 0.40, 0.5), (0.66, 0.3, 0.75, 0.5)
    part = crop(Print("a", 4000, 2000, (0.5, 0.5), heads=(left, right)), 9 / 16)
    seen = [head for head in (left, right) if part[0] < head[2] and head[0] < part[2]]
    assert all(part[0] <= head[0] + 1e-6 and head[2] <= part[2] + 1e-6 for head in seen)
    assert seen


@given(st.sampled_from(RATIOS), FRACTION, parts(0.05, 0.3), parts(0.4))
def test_a_head_that_is_not_shown_pulls_nothing(ratio: float, x: float, head: Part, usable: Part) -> None:
    """A head that lies mostly outside the usable part has no say where the crop lies."""
    if matrix.within(head, usable):
        return
    shown = Print("a", 3000, 4000, (x, 0.5), usable)
    assert crop(Print("a", 3000, 4000, (x, 0.5), usable, (head,)), ratio) == crop(shown, ratio)


def test_a_plain_photo_keeps_its_own_id() -> None:
    """Nothing done: the photo's own hash. Anything done: another id of the same length, the same every time."""
    own = "ab" * 32
    covered = Treatment((Area("ellipse", ((0.1, 0.1), (0.2, 0.2))),))
    assert prints.name(own, Treatment()) == own
    assert prints.name(own, covered) == prints.name(own, covered) != own
    assert len(prints.name(own, covered)) == len(own)
    assert prints.name(own, covered) != prints.name(own, Treatment(gains=(1.1, 1.0, 1.0)))


def test_matrices_lead_there_and_back() -> None:
    """A point through a matrix and its inverse is where it was; a part seen through a quarter turn is turned."""
    skewed = (0.9, 0.1, 0.02, -0.05, 1.1, 0.01, 0.02, -0.03, 1.0)
    for at in ((0.0, 0.0), (0.3, 0.8), (1.0, 1.0)):
        there = matrix.through(skewed, at)
        assert matrix.through(matrix.inverse(skewed), there) == pytest.approx(at)
    assert matrix.seen_from(TURN, (0.0, 0.0, 0.5, 0.25)) == pytest.approx((0.75, 0.0, 1.0, 0.5))
    assert matrix.area(((0, 0), (2, 0), (2, 1), (0, 1))) == pytest.approx(2)


@pytest.mark.parametrize("way", [None, TURN, (0.5, 0.0, 0.2, 0.0, 0.5, 0.3, 0.0, 0.0, 1.0)])
def test_a_photo_is_decoded_as_large_as_its_part_needs(way: tuple[float, ...] | None) -> None:
    """The part asked for has the pixels asked for, with a little to spare under a matrix."""
    asset = Asset(Path("a.jpg"), "a.jpg", (4000, 3000), "a", Treatment(matrix=way))
    part, size = (0.1, 0.2, 0.6, 0.7), (500, 600)
    wanted = prints.needed(asset, part, size)
    corners = ((0.1, 0.2), (0.6, 0.2), (0.6, 0.7), (0.1, 0.7))
    share = matrix.area(tuple(matrix.through(way, c) if way else c for c in corners))
    assert math.sqrt(share * wanted[0] * wanted[1]) >= 0.99 * math.sqrt(size[0] * size[1])

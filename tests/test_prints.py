"""How photos are shown: crops that keep what matters, ids of treatments, how large a photo must be decoded."""

from __future__ import annotations

import math
from dataclasses import replace
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


@pytest.mark.parametrize(
    ("shown", "ratio", "part"),
    [
        (Print("a", 1024, 620, (0.44, 0.4), heads=((0.27, 0.02, 0.61, 0.68),)), 0.5, (0.28863, 0.0, 0.59137, 1.0)),
        (Print("a", 900, 900, (0.5, 0.85), heads=((0.0, 0.0, 1.0, 1.0),)), 9 / 16, (0.21875, 0.0, 0.78125, 1.0)),
        (Print("a", 960, 2048, (0.47, 0.33), heads=((0.15, 0.0, 0.79, 0.389),)), 1.25, (0.0, 0.014, 1.0, 0.389)),
        (Print("a", 900, 900, (0.5, 0.85), heads=((0.0, 0.0, 1.0, 1.0),)), 3.0, (0.0, 0.383333, 1.0, 0.716667)),
    ],
    ids=["a little too narrow", "half as narrow", "a little too low", "a third as low"],
)
def test_a_head_larger_than_the_shape_is_what_it_shows(shown: Print, ratio: float, part: Part) -> None:
    """Too wide or too high a face is no reason to show what is beside it: its middle, and its eyes, are in the picture."""
    assert crop(shown, ratio) == pytest.approx(part, abs=1e-5)


@given(
    st.sampled_from((*RATIOS, 0.3, 4.0)),
    FRACTION,
    FRACTION,
    st.lists(parts(0.05), min_size=1, max_size=4),
    st.sampled_from(((1024, 620), (900, 900), (960, 2048))),
    st.floats(1, 2),
)
def test_the_largest_head_is_shown_as_far_as_it_can_be(
    ratio: float, x: float, y: float, heads: list[Part], size: tuple[int, int], close: float
) -> None:
    """Whoever else is in the photo, wherever its focus is: no picture of that size shows more of the largest head."""
    largest, *others = sorted(heads, key=matrix.size, reverse=True)
    assume(all(matrix.size(one) < matrix.size(largest) - 1e-3 for one in others))
    shown = Print("a", *size, (x, y), heads=tuple(heads))
    part = crop(shown, ratio, close=close)
    for axis in (0, 1):
        seen = min(part[axis + 2], largest[axis + 2]) - max(part[axis], largest[axis])
        assert seen == pytest.approx(min(part[axis + 2] - part[axis], largest[axis + 2] - largest[axis]), abs=4e-6)
    whole = crop(Print("a", *size), ratio)
    assert all(
        part[i + 2] - part[i] >= min(whole[i + 2] - whole[i], largest[i + 2] - largest[i]) - 4e-6 for i in (0, 1)
    )


@given(st.sampled_from(RATIOS), FRACTION, parts(0.05, 0.3), parts(0.4))
def test_a_head_that_is_not_shown_pulls_nothing(ratio: float, x: float, head: Part, usable: Part) -> None:
    """A head that lies mostly outside the usable part has no say where the crop lies."""
    if matrix.within(head, usable):
        return
    shown = Print("a", 3000, 4000, (x, 0.5), usable)
    assert crop(Print("a", 3000, 4000, (x, 0.5), usable, (head,)), ratio) == crop(shown, ratio)


@given(
    st.sampled_from(((1440, 1080), (1920, 1080), (4032, 1700), (900, 900), (1080, 1440))),
    FRACTION,
    st.lists(parts(0.05, 0.4), max_size=3),
    st.lists(parts(0.05, 0.4), max_size=2),
)
def test_a_landscape_is_made_squarer_only_where_nothing_is_lost(
    size: tuple[int, int], x: float, heads: list[Part], covers: list[Part]
) -> None:
    """It keeps three quarters of its width, every head and every covered place, or its own form."""
    shown = Print("a", *size, (x, 0.5), heads=tuple(heads), covers=tuple(covers))
    ratio = prints.squarest(shown)
    own = max(1.0, size[0] / size[1])
    assert max(1.0, 0.75 * own) - 1e-9 <= ratio <= own + 1e-9
    if ratio < own - 1e-9:
        part = crop(shown, ratio)
        for left, top, right, bottom in (*heads, *covers):
            assert part[0] <= left
            assert part[1] <= top
            assert right <= part[2]
            assert bottom <= part[3]
    if not heads and not covers:
        assert ratio == pytest.approx(max(1.0, 0.75 * own))


def test_people_at_both_edges_keep_a_photo_as_wide_as_it_is() -> None:
    """Who stands at an edge is not cropped away for a larger card, nor is a covered code."""
    edges = (0.02, 0.3, 0.1, 0.45), (0.9, 0.3, 0.98, 0.45)
    assert prints.squarest(Print("a", 1440, 1080, heads=edges)) == pytest.approx(4 / 3)
    assert prints.squarest(Print("a", 1440, 1080, covers=edges)) == pytest.approx(4 / 3)
    assert prints.squarest(Print("a", 1440, 1080, (0.1, 0.4), heads=edges[:1])) == 1.0


@given(st.sampled_from(RATIOS), FRACTION, FRACTION, parts(0.05, 0.6), st.floats(1.0, 1.06))
def test_a_head_stays_in_a_picture_that_comes_closer(ratio: float, x: float, y: float, head: Part, zoom: float) -> None:
    """Wherever the photo's focus is: of a head that is whole at first nothing leaves the picture while it is looked closer, if that can be."""
    shown = Print("a", 1200, 1000, (x, y), heads=(head,))
    part = crop(shown, ratio)
    about = prints.still_point(shown, part)
    for axis in (0, 1):
        length = part[axis + 2] - part[axis]
        first, last = (head[axis] - part[axis]) / length, (head[axis + 2] - part[axis]) / length
        assert 0 <= about[axis] <= 1
        if first >= 0 and last <= 1 and last - first <= 0.94:
            assert about[axis] * (1 - 1 / zoom) <= first + 1e-3
            assert last <= 1 - (1 - about[axis]) * (1 - 1 / zoom) + 1e-3


def test_without_a_head_a_picture_comes_closer_to_its_focus() -> None:
    """Away from its edges."""
    part = (0.0, 0.0, 0.5, 1.0)
    assert prints.still_point(Print("a", 1200, 1000, (0.2, 0.5)), part) == (0.4, 0.5)
    assert prints.still_point(Print("a", 1200, 1000, (0.0, 1.0)), part) == (0.25, 0.75)


def test_a_face_is_free_where_no_words_lie_on_it() -> None:
    """From the brows to the chin; hair may be covered, and what is outside its picture is not seen."""
    seen = prints.face(
        Print("a", 1000, 1000, heads=((0.25, 0.0, 0.75, 1.0),)), (0.0, 0.0, 1.0, 1.0), (0, 0, 1000, 1000)
    )
    assert seen
    assert seen.head == 1000
    assert seen.free((0, 0, 1000, 1000), ()) == 1.0
    assert seen.free((0, 0, 1000, 1000), ((0, 0, 1000, 310), (0, 960, 1000, 1000))) == 1.0
    assert seen.free((0, 0, 1000, 1000), ((0, 635, 1000, 1000),)) == pytest.approx(0.5, abs=0.01)
    assert seen.free((500, 0, 1000, 1000), ()) == pytest.approx(0.5, abs=0.01)
    assert prints.face(Print("a", 1000, 1000), (0.0, 0.0, 1.0, 1.0), (0, 0, 1000, 1000)) is None


def test_a_lift_makes_another_picture() -> None:
    """A lifted photo has an id of its own; one that is not has the id it would have if there were no lifting."""
    own, treated = "ab" * 32, Treatment(gains=(1.1, 1.0, 1.0))
    assert prints.name(own, Treatment(lift=1.5)) != own
    assert prints.name(own, replace(treated, lift=1.5)) != prints.name(own, treated)


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

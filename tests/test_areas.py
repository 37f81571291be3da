"""Places in photos: what they hold, when they are about one thing, which corners make a polygon."""

from __future__ import annotations

import pytest

from vidkit.photos import areas
from vidkit.photos.areas import Area

DISC = Area("ellipse", ((0.2, 0.2), (0.6, 0.6)))
SQUARE = Area("polygon", ((0.2, 0.2), (0.6, 0.2), (0.6, 0.6), (0.2, 0.6)))
HALF = (0.5, 0.0, 0.0, 0.0, 0.5, 0.0, 0.0, 0.0, 1.0)
"""From a pair as it is shown to a photo of which it shows the upper left quarter."""


def small(x: float, y: float, side: float = 0.06) -> Area:
    """A find of some size about a point."""
    return Area("ellipse", ((x - side / 2, y - side / 2), (x + side / 2, y + side / 2)))


def test_a_cover_holds_what_lies_in_its_own_shape() -> None:
    """The middle of an ellipse, not the corner of its box; not something much larger than itself; only what is in the photo counts."""
    assert areas.holds(DISC, small(0.4, 0.4))
    assert not areas.holds(DISC, small(0.23, 0.23))
    assert areas.holds(SQUARE, small(0.24, 0.24))
    assert not areas.holds(small(0.4, 0.4), DISC)
    assert areas.holds(Area("polygon", ((0, 0), (1, 0), (1, 0.2), (0, 0.2))), small(0.5, 0.0, 0.3))


def test_two_areas_are_about_one_thing_when_place_and_size_agree() -> None:
    """The same box, or nearly; not a small thing inside a large one, nor a neighbour."""
    assert areas.alike(DISC, SQUARE)
    assert areas.alike(SQUARE, Area("polygon", tuple((x + 0.08, y) for x, y in SQUARE.points)))
    assert not areas.alike(SQUARE, small(0.4, 0.4))
    assert not areas.alike(SQUARE, Area("polygon", tuple((x + 0.4, y) for x, y in SQUARE.points)))


def test_areas_are_carried_from_photo_to_photo() -> None:
    """Through the pair as it is shown; nothing where the other photo does not show it; an ellipse stays one."""
    assert areas.carried(DISC, None, HALF) == Area("ellipse", ((0.1, 0.1), (0.3, 0.3)))
    assert areas.carried(Area("ellipse", ((0.1, 0.1), (0.3, 0.3))), HALF, None) == DISC
    assert areas.carried(small(0.8, 0.8), HALF, None) is None
    carried = areas.carried(SQUARE, None, HALF)
    assert carried
    assert carried.shape == "polygon"


@pytest.mark.parametrize(
    ("corners", "good"),
    [
        (((0, 0), (1, 0), (0.5, 1)), True),
        (((0, 0), (1, 0), (1, 1), (0, 1)), True),
        (((0, 0), (1, 1), (1, 0), (0, 1)), False),
        (((1, 1), (1, 1), (1, 1)), False),
        (((0, 0), (0.5, 0.5), (1, 1)), False),
        (((0, 0), (1, 0), (0.5, 0.3), (1, 1), (0, 1)), True),
    ],
)
def test_corners_make_a_polygon_or_do_not(corners: tuple[tuple[float, float], ...], good: bool) -> None:  # noqa: FBT001
    """Triangles, squares and dents do; crossed sides, one point and one line do not."""
    assert areas.simple(corners) == good

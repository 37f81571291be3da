"""A folded plane shows, at its own size, exactly what it is made of, wherever it is folded and whatever part is wanted."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from vidkit.painting import zoom

PLANE = np.random.default_rng(7).integers(0, 256, (30, 20), np.uint8)
OTHER = 255 - PLANE
POINTS = [(0, 0), (20, 30), (0, 30), (10, 15), (7, 22), (20, 1)]


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize(
    ("across", "down"), [((0, 20), (0, 30)), ((3, 9), (20, 30)), ((12, 20), (1, 2)), ((5, 5), (0, 9))]
)
@pytest.mark.parametrize("kernel", [cv2.INTER_CUBIC, cv2.INTER_LINEAR])
def test_at_its_own_size_it_is_itself(
    point: tuple[int, int], across: tuple[int, int], down: tuple[int, int], kernel: int
) -> None:
    """Every part of the plane to the last bit, on either side of the point or across it, and nothing beside it."""
    part = slice(*down), slice(*across)
    canvas = np.zeros((40, 40), np.uint8)
    inner = canvas[4 : 4 + down[1] - down[0], 6 : 6 + across[1] - across[0]]
    zoom.draw(inner, zoom.folded(PLANE, *point), point, (1.0, 1.0), across, down, kernel)
    assert np.array_equal(inner, PLANE[part])
    inner[:] = 0
    assert not canvas.any()


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("line", [1, 4, 10, 16, 19])
def test_two_planes_beside_each_other(point: tuple[int, int], line: int) -> None:
    """The first's columns up to the line, the second's from there on."""
    both = zoom.beside(zoom.folded(PLANE, *point), zoom.folded(OTHER, *point), line - point[0])
    made = np.zeros_like(PLANE)
    zoom.draw(made, both, point, (1.0, 1.0), (0, 20), (0, 30), cv2.INTER_CUBIC)
    assert np.array_equal(made, np.hstack([PLANE[:, :line], OTHER[:, line:]]))


@pytest.mark.parametrize("point", [(10, 16), (6, 22), (20, 30), (0, 0)])
def test_a_zoom_is_an_affine_one(point: tuple[int, int]) -> None:
    """Soft shapes come out where a warp about the same point puts them, within a level."""
    soft = np.asarray(cv2.GaussianBlur(cv2.resize(PLANE, (80, 120)), (0, 0), 6), np.uint8)
    at, closer = (point[0] * 4, point[1] * 4), 1.17
    made = np.zeros((120, 80), np.uint8)
    zoom.draw(made, zoom.folded(soft, *at), at, (1 / closer, 1 / closer), (0, 80), (0, 120), cv2.INTER_CUBIC)
    x, y = ((p - 0.5) * (1 - 1 / closer) for p in at)
    warped = cv2.warpAffine(
        soft,
        np.array([[1 / closer, 0, x], [0, 1 / closer, y]]),
        (80, 120),
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    assert int(cv2.absdiff(made, warped).max()) <= 1

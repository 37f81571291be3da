"""Two pictures of one place are laid on each other, or not at all: drawn scenes under known mappings, and pictures with nothing to hold."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from vidkit.photos import align as module
from vidkit.photos import frame, lanes
from vidkit.photos.align import Alignment, Unaligned, align, largest, likeness
from vidkit.photos.warp import warp

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Rgb = NDArray[np.uint8]

IDENTITY = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
WHOLE = (0.0, 0.0, 1.0, 1.0)
SQUARE = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
TILTED = ((0.06, 0.04), (0.97, 0.08), (0.93, 0.95), (0.02, 0.9))


@cache
def scene(seed: int, width: int = 600, height: int = 450) -> Rgb:
    """A room of sorts: some hundred rectangles, discs and strokes of all sizes over a soft ground."""
    rng = np.random.default_rng(seed)
    ground = cv2.resize(rng.integers(60, 200, (4, 5, 3), np.uint8), (width, height), interpolation=cv2.INTER_CUBIC)
    made = np.ascontiguousarray(ground)
    for _ in range(200):
        colour = rng.integers(0, 256, 3).tolist()
        x, y, size = int(rng.integers(width)), int(rng.integers(height)), int(rng.integers(6, 50))
        end = x + int(rng.integers(-size, size)), y + int(rng.integers(-size, size))
        kind = rng.integers(3)
        if kind == 0:
            cv2.rectangle(made, (x, y), end, colour, -1)
        elif kind == 1:
            cv2.circle(made, (x, y), size // 2, colour, -1)
        else:
            cv2.line(made, (x, y), end, colour, int(rng.integers(2, 7)))
    return np.asarray(cv2.GaussianBlur(made, (0, 0), 1.0), np.uint8)


def through(matrix: Floats, points: Floats) -> Floats:
    """Where a matrix takes points."""
    q = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    return np.asarray(q[:, :2] / q[:, 2:])


def onto_corners(corners: tuple[tuple[float, float], ...]) -> Floats:
    """The matrix from a view's fractions to the scene's, by where its corners lie, clockwise from the top left."""
    made = cv2.getPerspectiveTransform(SQUARE.astype(np.float32), np.array(corners, np.float32))
    return np.asarray(made, np.float64)


def seen(matrix: Floats, size: tuple[int, int], seed: int = 1) -> Rgb:
    """The scene through such a view."""
    return warp(scene(seed), tuple(matrix.ravel().tolist()), WHOLE, size)


def error(found: Alignment | Unaligned, truth: Floats) -> float:
    """Mean error at the whole frame's corners in pixels, for a picture 1080 wide and high."""
    assert isinstance(found, Alignment), found
    back = np.asarray(np.linalg.inv(np.array(found.matrix).reshape(3, 3)) @ truth)
    return float(np.linalg.norm(through(back, SQUARE) - SQUARE, axis=1).mean() * 1080)


def test_identity_is_the_picture_itself() -> None:
    """The same picture twice lies on itself, and all of it but a margin is usable."""
    found = align(scene(1), scene(1))
    assert isinstance(found, Alignment)
    assert np.allclose(found.matrix, IDENTITY, atol=1e-4)
    assert found.kind == "similarity"
    assert found.confidence == 1.0
    assert (found.turned, found.scale, round(found.overlap, 2)) == (0, 1.0, 1.0)
    assert np.allclose(found.usable, WHOLE, atol=0.004)


@pytest.mark.parametrize(("size", "turn"), [((600, 450), 0), ((360, 480), 1), ((800, 600), 2), ((450, 600), 3)])
def test_tilt_size_and_quarter_turns(size: tuple[int, int], turn: int) -> None:
    """A tilted second shot of another size, also with the phone turned, is found within a pixel."""
    corners = TILTED[-turn:] + TILTED[:-turn] if turn else TILTED
    view = onto_corners(corners)
    found = align(scene(1), seen(view, size))
    assert error(found, np.asarray(np.linalg.inv(view))) < 1
    assert isinstance(found, Alignment)
    assert found.turned == turn * 90
    assert found.kind == "homography"


def test_light_noise_and_a_third_replaced() -> None:
    """Another light, noise and a third of the picture covered with something else change the answer by less than two pixels."""
    view = onto_corners(TILTED)
    after = seen(view, (600, 450)).astype(np.float64)
    after[:, 400:] = scene(2)[:, 400:]
    rng = np.random.default_rng(3)
    after = 255 * (after * [0.5, 0.42, 0.3] / 255) ** 0.7 + rng.normal(0, 4, after.shape)
    found = align(scene(1), after.clip(0, 255).astype(np.uint8))
    assert error(found, np.asarray(np.linalg.inv(view))) < 2


def test_usable_part_is_covered_by_both() -> None:
    """The usable rectangle's corners lie inside the second picture, and a bigger one would not fit."""
    view = onto_corners(((0.2, 0.1), (1.1, 0.15), (1.05, 0.9), (0.15, 0.85)))
    found = align(scene(1), seen(view, (600, 450)))
    assert isinstance(found, Alignment)
    left, top, right, bottom = found.usable
    corners = through(
        np.array(found.matrix).reshape(3, 3), np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    )
    assert corners.min() > 0
    assert corners.max() < 1
    assert right == 1.0
    assert left == pytest.approx(0.2, abs=0.02)
    assert (right - left) * (bottom - top) > 0.52


def test_largest_rectangle_of_a_diamond() -> None:
    """In a square standing on its corner it is half as wide and high."""
    found = largest(np.array([[0.0, -1.0], [1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]]))
    assert found == pytest.approx((-0.5, -0.5, 0.5, 0.5), abs=0.01)


def test_other_places_are_refused() -> None:
    """Different scenes are never laid on each other."""
    assert isinstance(align(scene(1), scene(2)), Unaligned)


def test_nothing_to_hold_is_refused() -> None:
    """Black, plain, noisy and endlessly repeated pictures are refused with the reason, and do not fall over."""
    black, rng = np.zeros((300, 400, 3), np.uint8), np.random.default_rng(4)
    tile = np.tile(rng.integers(0, 256, (50, 50, 3), np.uint8), (6, 8, 1))
    noise = [rng.integers(0, 256, (300, 400, 3), np.uint8) for _ in range(2)]
    assert align(black, scene(1)) == Unaligned("blank", 0, 0.0)
    assert align(black + 255, black) == Unaligned("blank", 0, 0.0)
    assert isinstance(align(noise[0], noise[1]), Unaligned)
    assert isinstance(align(tile, np.roll(tile, (20, 30), (0, 1))), Unaligned)
    plain = (black + 128 + np.arange(400, dtype=np.uint8)[None, :, None] // 8).astype(np.uint8)
    found = align(plain, plain[::-1])
    assert isinstance(found, Unaligned)
    assert found.reason == "few-features"


@pytest.mark.parametrize(
    ("corners", "reasons"),
    [
        (((0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6)), {"scale", "small-overlap", "few-matches", "few-inliers"}),
        (((0.0, 0.3), (0.45, 0.3), (0.45, 0.65), (0.0, 0.65)), {"scale", "small-overlap"}),
        (((0.0, 0.0), (0.35, 0.0), (0.35, 1.0), (0.0, 1.0)), {"shear", "small-overlap", "few-matches", "few-inliers"}),
        (((1.0, 0.0), (0.0, 0.0), (0.0, 1.0), (1.0, 1.0)), {"few-matches", "few-inliers", "fold", "spread"}),
    ],
)
def test_no_hand_held_pair_looks_like_that(corners: tuple[tuple[float, float], ...], reasons: set[str]) -> None:
    """Far too near, too little in common, squeezed, or mirrored: refused with one of the reasons that fit."""
    found = align(scene(1), seen(onto_corners(corners), (600, 450)))
    assert isinstance(found, Unaligned)
    assert found.reason in reasons


def test_same_answer_every_time_and_in_threads() -> None:
    """Nothing depends on chance or on what other threads do."""
    other = seen(onto_corners(TILTED), (600, 450))
    first = align(scene(1), other)
    cv2.setRNGSeed(77)
    with ThreadPoolExecutor(2) as pool:
        again = list(pool.map(lambda _: align(scene(1), other), range(2)))
    assert again == [first] * 2


def test_what_is_at_hand_small_gives_the_same_answer() -> None:
    """Two pictures made small before lie on each other exactly as when they are made small for it, by one thread or in lanes."""
    one, two = scene(3, 1200, 900), scene(3, 1000, 750)
    smaller = module.small(one), module.small(two)
    with lanes.opened() as beside:
        assert align(one, two, smaller=smaller, lanes=beside) == align(one, two)


def test_neighbours_are_mutual_and_clearly_nearer() -> None:
    """The fast search finds the pairs that the definition names, also where several are as near."""
    rng = np.random.default_rng(2)
    words = rng.integers(0, 60, (80, 128)).astype(np.float32)
    other = np.vstack([words[:50] + rng.integers(0, 3, (50, 128)), words[:5], words[:5], words[60:62]]).astype(
        np.float32
    )
    empty = np.zeros((0, 2))
    a, b = (module.Features(empty, empty, empty, empty, each) for each in (np.vstack([words, words[60:62]]), other))
    far = ((a.words[:, None] - b.words[None]) ** 2).sum(axis=2)
    expected = []
    for i, j in enumerate(far.argmin(axis=1)):
        rest = far.copy()
        rest[np.arange(len(far)), far.argmin(axis=1)] = np.inf
        if far[:, j].argmin() == i and far[i, j] < 0.64 * min(rest[i].min(), rest[:, j].min()):
            expected.append((i, int(j)))
    assert list(zip(*(each.tolist() for each in module._matches(a, b)), strict=True)) == expected
    assert len(expected) > 40


def test_likeness_tells_layouts_apart() -> None:
    """The same picture in another light looks more alike than another picture; inliers count as well."""
    dim = (scene(1) * 0.6).astype(np.uint8)
    assert likeness(scene(1), dim, 0) > 0.9
    assert likeness(scene(1), scene(2), 0) < 0.5
    assert likeness(scene(1), scene(2), 1000) == 1.0


@pytest.mark.parametrize("size", [(600, 450), (300, 226), (900, 676), (200, 150)])
def test_warp_of_the_identity_is_a_resize(size: tuple[int, int]) -> None:
    """Through the identity a picture is what cutting and resizing makes of it, without any shift."""
    made, plain = warp(scene(1), IDENTITY, WHOLE, size), frame.cut(scene(1), WHOLE, size)
    assert np.abs(made.astype(int) - plain).mean() < 1.5
    shift, _ = cv2.phaseCorrelate(*(cv2.cvtColor(one, cv2.COLOR_RGB2GRAY).astype(np.float64) for one in (made, plain)))
    assert math.hypot(*shift) < 0.1


def test_warp_shows_the_part_asked_for() -> None:
    """A part at the picture's own scale is the same as slicing it out; beyond the edges the edge goes on."""
    assert np.array_equal(warp(scene(1), IDENTITY, (1 / 6, 1 / 6, 5 / 6, 5 / 6), (400, 300)), scene(1)[75:375, 100:500])
    beyond = warp(scene(1), IDENTITY, (-0.5, 0.0, 0.5, 1.0), (600, 450))
    assert np.array_equal(beyond[:, :290], np.repeat(scene(1)[:, :1], 290, axis=1))


def test_warp_does_not_alias() -> None:
    """A fine chequerboard shrunk eight times is even grey."""
    board = np.indices((800, 800)).sum(axis=0) % 2 * 255
    fine = np.repeat(board[:, :, None], 3, axis=2).astype(np.uint8)
    assert np.ptp(warp(fine, IDENTITY, WHOLE, (100, 100))) <= 2

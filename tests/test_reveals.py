"""Reveals begin and end exactly, stay in their box and never cut a label; those for unaligned photos promise no continuous picture."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from conftest import assert_pixels, letters
from test_paint import ALL, Prints, compare, drawn, painted

from vidkit import colour, motion, paint
from vidkit.motion import Key
from vidkit.painting import reveals
from vidkit.storyboard import Backdrop, Box, Compare, Graphic, Photo, Picture, Scene, Storyboard, shrunk
from vidkit.tables import table

if TYPE_CHECKING:
    from vidkit.colour import Bytes
    from vidkit.motion import Curve

GREY = Backdrop(tint="#808080")
IN_ONE_BOX = sorted(set(paint.REVEALS) - {"stacked"})
GRADUAL = sorted(set(paint.REVEALS) - {"stacked", "flash"})
FPS = 30


def shown(item: Compare, at: int = 0, canvas: tuple[int, int] = (24, 32)) -> list[str]:
    """A pair alone on a canvas, as letters."""
    return letters(painted(Scene("s", 99, GREY, (item,)), at, canvas))


def pills(*corners: tuple[int, int]) -> tuple[Graphic, Graphic]:
    """A yellow label for the before and a lime one for the after, 4x4 pixels each."""
    first, second = (
        Graphic(drawn(4, 4, fill), Box(*corner, 4, 4), 0, 99)
        for fill, corner in zip(("#ffff00", "#00ff00"), corners, strict=True)
    )
    return first, second


def course(kind: str, frames: int) -> Curve:
    """A reveal's course from the table over a number of frames."""
    points = table("names")["reveals"][kind]["curve"]
    return tuple(Key(round(share * (frames - 1)), value, ease) for share, value, ease in points)


# Every reveal


@pytest.mark.parametrize("kind", IN_ONE_BOX)
@pytest.mark.parametrize("radius", [0, 6])
@pytest.mark.parametrize(("at", "names"), [(0, "1"), (53, "2")])
def test_a_reveal_begins_and_ends_exactly(kind: str, radius: int, at: int, names: str) -> None:
    """On its usual course only the before shows at first, at last only the after, to the last bit, and no handle."""
    box = Box(10, 20, 88, 118)
    handle = Graphic(drawn(20, 118, "#ffffff"), Box(0, 20, 20, 118), 0, 54)
    item = replace(compare(kind, 0, box, "12"), progress=course(kind, 54), radius=radius, handle=handle)
    alone = Photo(Picture(names, ALL), box, radius)
    pair, single = (
        painted(Scene("s", 54, Backdrop(tint="#123456"), (p,)), at, canvas=(108, 192)) for p in (item, alone)
    )
    assert np.array_equal(pair, single)


@pytest.mark.parametrize("kind", paint.REVEALS)
def test_a_reveal_stays_in_its_box(kind: str) -> None:
    """No pixel outside the pair's box changes at any time, not even under the handle."""
    box = Box(20, 40, 60, 98)
    handle = Graphic(drawn(40, 98, "#ffffff"), Box(0, 40, 40, 98), 0, 9)
    bare = painted(Scene("s", 9, GREY), canvas=(100, 180))
    for progress in (*np.linspace(0, 1, 12), 0.99):
        item = replace(compare(kind, float(progress), box), handle=handle)
        made = painted(Scene("s", 9, GREY, (item,)), canvas=(100, 180))
        for plane, ground, step in zip(colour.planes(made), colour.planes(bare), (1, 2, 2), strict=True):
            inside = slice(40 // step, 138 // step), slice(20 // step, 80 // step)
            plane[inside] = ground[inside]
        assert np.array_equal(made, bare)


@pytest.mark.parametrize("kind", GRADUAL)
def test_a_reveal_shows_more_of_the_after_all_the_time(kind: str) -> None:
    """Black into white gets lighter with progress, without a jump of more than an eighth between sixty steps."""
    items = [compare(kind, i / 60, Box(0, 0, 96, 160), "KW") for i in range(61)]
    light = [float(painted(Scene("s", 9, None, (item,)), canvas=(96, 160)).mean()) for item in items]
    steps = np.diff(light)
    assert steps.min() >= -1e-3 * (light[-1] - light[0])
    assert steps.max() < (light[-1] - light[0]) / 8


@pytest.mark.parametrize("kind", paint.REVEALS)
def test_a_reveal_is_never_still_while_it_moves(kind: str) -> None:
    """Where a scene of a pair on its usual course calls itself still, its frames are equal, flash and all; made twice they are the same."""
    item = replace(compare(kind, 0, Box(0, 0, 48, 64), "12"), progress=course(kind, 54))
    scene = Scene("s", 54, None, (item,))
    frames, again = ([paint.frame(ready, at) for at in range(54)] for ready in _twice(scene, (48, 64)))
    assert all(np.array_equal(a, b) for a, b in zip(frames, again, strict=True))
    for at in range(1, 54):
        assert not paint.still(scene, at - 1, at + 1) or np.array_equal(frames[at - 1], frames[at])


def _twice(scene: Scene, canvas: tuple[int, int]) -> list[paint.Ready]:
    return [paint.ready(scene, canvas, Prints()) for _ in range(2)]


@pytest.mark.parametrize("kind", paint.REVEALS)
@pytest.mark.parametrize("box", [Box(0, 0, 1080, 1920), Box(60, 402, 960, 1066)], ids=["full", "card"])
def test_a_reveal_works_on_a_smaller_canvas(kind: str, box: Box) -> None:
    """A draft at a third or a sixth of the size shows a pair of blue photos blue from edge to edge, by even pixels."""
    item = replace(compare(kind, 1.0, box, "BB"), radius=36 if box.x else 0)
    for divisor in (3, 6):
        small = shrunk(Storyboard((1080, 1920), FPS, (Scene("s", 9, None, (item,)),)), divisor)
        rows = letters(painted(small.scenes[0], canvas=small.canvas))
        left, top = (2 * round(v / divisor / 2) for v in (box.x, box.y))
        assert set(rows[top + 20][left : small.canvas[0] - left]) == {"B"}
        assert rows[top + 2][small.canvas[0] // 2] == "B"


def test_every_reveal_says_whether_it_needs_an_aligned_pair() -> None:
    """The wipes promise one continuous picture; a pair that cannot be aligned has several others."""
    needs = {kind: entry["aligned"] for kind, entry in table("names")["reveals"].items()}
    assert {kind for kind, aligned in needs.items() if aligned} == {"wipe", "hand-wipe"}
    assert {kind for kind, aligned in needs.items() if aligned is False} >= {"split", "stacked", "flip", "flash"}


# Wipe


def test_wipe_pixels() -> None:
    """Half way the before stands left of the line, the after right of it."""
    rows = ["G" * 16] * 4 + ["GGRRRRRRBBBBBBGG"] * 12 + ["G" * 16] * 8
    scene = Scene("s", 5, GREY, (compare("wipe", 0.5, Box(2, 4, 12, 12)),))
    assert_pixels(painted(scene), " ".join(rows))


@pytest.mark.parametrize(("progress", "before", "after"), [(0.5, True, True), (0.75, False, True), (0.25, True, False)])
def test_labels_are_whole_or_absent(progress: float, before: bool, after: bool) -> None:  # noqa: FBT001
    """A side's label shows when its side has room for all of it; the line never cuts one."""
    item = replace(compare("wipe", progress), labels=pills((2, 2), (10, 2)))
    line = round(16 * (1 - progress))
    bare = "R" * line + "B" * (16 - line)
    row = bare[:2] + ("YYYY" if before else bare[2:6]) + bare[6:10] + ("LLLL" if after else bare[10:14]) + bare[14:]
    assert_pixels(painted(Scene("s", 9, None, (item,))), " ".join([bare] * 2 + [row] * 4 + [bare] * 18))


def test_a_handle_rides_on_the_line() -> None:
    """The handle is centred on the line while the wipe moves and gone when it is over."""
    handle = Graphic(drawn(4, 24, "#ffffff"), Box(0, 0, 4, 24), 0, 9)
    for progress, row in ((0.0, "R" * 16), (0.25, "RRRRRRRRRRWWWWBB"), (0.5, "RRRRRRWWWWBBBBBB"), (1.0, "B" * 16)):
        scene = Scene("s", 9, None, (replace(compare("wipe", progress), handle=handle),))
        assert_pixels(painted(scene), f"{row} " * 24)


# Hand wipe


def test_the_edge_of_a_hand_wipe_has_no_contours() -> None:
    """Across the widest foam the light takes many small steps, no stairs."""
    scene = Scene("s", 9, None, (compare("hand-wipe", 0.38, Box(0, 0, 960, 960), "KK"),))
    luma = colour.planes(painted(scene, canvas=(960, 960)))[0].astype(int)
    foam = luma[:, 940][luma[:, 940] > 16]
    assert len(set(foam.tolist())) > 64
    assert np.abs(np.diff(foam)).max() <= 12


# Stacked


def test_stacked_pixels() -> None:
    """At the end the before fills the upper half and the after the lower, with a white seam between; nothing else is left."""
    rows = ["G" * 24] * 4 + ["GGGG" + "R" * 16 + "GGGG"] * 12 + ["GGGG" + "W" * 16 + "GGGG"] * 2
    rows += ["GGGG" + "B" * 16 + "GGGG"] * 10 + ["G" * 24] * 4
    assert shown(compare("stacked", 1.0, Box(4, 4, 16, 24))) == rows


@pytest.mark.parametrize("progress", [0.0, 0.5])
def test_stacked_leaves_what_lies_behind(progress: float) -> None:
    """Until the after is there, the lower half shows the scene's ground and nothing of either photo, also where the pair fills the canvas."""
    item = compare("stacked", progress, Box(0, 0, 24, 48), "RB")
    free = round(24 * (1 - progress))
    rows = shown(item, canvas=(24, 48))
    assert set(rows[:22]) == {"R" * 24}
    assert set(rows[26 : 22 + free]) == {"G" * 24}


@pytest.mark.parametrize("progress", [0.25, 0.5, 0.9, 0.97])
def test_stacked_photos_are_whole_on_their_way(progress: float) -> None:
    """The before stays as the after rises by even pixels; the after's foot is below the box's edge, no line is elsewhere."""
    rows = shown(compare("stacked", progress, Box(0, 0, 24, 48), "LB"), canvas=(24, 48))
    below = 2 * round(24 * (1 - progress) / 2)
    assert {row[8] for row in rows[: min(24, 24 + below - 2)]} == {"L"}
    assert {row[8] for row in rows[24 + below + 2 :]} <= {"B"}
    assert rows[24 + below][8] == "W"


def test_stacked_labels_are_fixed_to_their_photos() -> None:
    """Each label keeps its place in its photo wherever that is, and is whole or absent; the after's comes before its photo rests."""
    item = replace(compare("stacked", 0.0, Box(0, 0, 24, 96), "RB"), labels=pills((4, 38), (4, 54)))
    seen = set()
    for progress in np.linspace(0, 1, 49):
        rows = shown(replace(item, progress=motion.steady(float(progress))), canvas=(24, 96))
        below = 2 * round(48 * (1 - progress) / 2)
        assert [y for y, row in enumerate(rows) if row[4:8] == "YYYY"] == list(range(38, 42))
        found = [y for y, row in enumerate(rows) if row[4:8] == "LLLL"]
        assert found in ([], list(range(54 + below, 58 + below)))
        seen |= {below} if found else set()
    assert seen == {0, 2, 4}


def test_a_subtitle_never_stands_on_a_stacked_label() -> None:
    """Labels about the seam, as the board puts them, never cross the rows where a subtitle of two lines stands (1245 to 1430 of 1920)."""
    box, seam, tall = Box(0, 0, 216, 384), 192, 18
    labels = tuple(
        Graphic(drawn(44, tall, fill), Box(12, y, 44, tall), 0, 99)
        for fill, y in (("#ffff00", seam - 6 - tall), ("#00ff00", seam + 6))
    )
    for progress in np.linspace(0, 1, 97):
        bare = compare("stacked", float(progress), box, "RB")
        items = (bare, replace(bare, labels=(labels[0], labels[1])))
        one, two = (colour.planes(painted(Scene("s", 9, None, (i,)), canvas=(216, 384)))[0] for i in items)
        assert np.array_equal(one[249:286], two[249:286])


def test_stacked_halves_share_the_box() -> None:
    """Both halves are even and together the box, also where its height is no multiple of four."""
    upper, lower = reveals.halves(Box(4, 6, 10, 22))
    assert (upper, lower) == (Box(4, 6, 10, 12), Box(4, 18, 10, 10))


# Flip


@pytest.mark.parametrize("turned", range(6))
def test_flip_pixels(turned: int) -> None:
    """When so many of the five slats have turned the after stands on the right of one clear edge, the before on its left."""
    rows = shown(compare("flip", turned / 5, Box(0, 0, 40, 24)), canvas=(40, 24))
    assert set(rows) == {"R" * (40 - 8 * turned) + "B" * (8 * turned)}


def test_the_slats_of_a_flip_are_even() -> None:
    """On every canvas the kit has, whole or a card, all slats are of one width."""
    assert [width % (2 * reveals.SLATS) for width in (1080, 960)] == [0, 0]


def test_flip_leaves_no_narrow_strips() -> None:
    """At every moment there is one edge: before, then after, and none of either beyond; it goes from right to left."""
    folds = []
    for progress in np.linspace(0, 1, 61):
        scene = Scene("s", 9, None, (compare("flip", float(progress), Box(0, 0, 80, 32), "RB"),))
        red = colour.planes(painted(scene, canvas=(80, 32)))[2][0] > 128
        folds.append(int(red.sum()))
        assert red.tolist() == [True] * folds[-1] + [False] * (40 - folds[-1])
    assert folds == sorted(folds, reverse=True)


def test_a_turning_slat_is_hardly_darker() -> None:
    """Two white photos: no pixel gets darker than by a quarter, and only one slat gets darker at a time."""
    for progress in np.linspace(0, 1, 21):
        scene = Scene("s", 9, None, (compare("flip", float(progress), Box(0, 0, 80, 32), "WW"),))
        luma = colour.planes(painted(scene, canvas=(80, 32)))[0]
        assert luma.min() >= 235 * (1 - 0.25) - 1
        assert len({int(x) // 16 for x in np.flatnonzero(luma[0] < 235)}) <= 1


def test_flip_labels_are_there_while_their_slats_rest() -> None:
    """A label is there only while every slat under it is at rest on its own photo, both while each has its half."""
    item = replace(compare("flip", 0.0, Box(0, 0, 40, 24)), labels=pills((2, 2), (34, 2)))
    for progress in np.linspace(0, 1, 41):
        row = shown(replace(item, progress=motion.steady(float(progress))), canvas=(40, 24))[3]
        assert row[2:6] != "YYYY" or row[:8] == "RRYYYYRR"
        assert row[34:38] != "LLLL" or row[32:] == "BBLLLLBB"
    rows = [shown(replace(item, progress=motion.steady(p)), canvas=(40, 24))[3] for p in (0.0, 0.5, 1.0)]
    assert [(row[2:6], row[34:38]) for row in rows] == [("YYYY", "RRRR"), ("YYYY", "LLLL"), ("BBBB", "LLLL")]


@pytest.mark.parametrize("width", [4, 12, 20])
def test_a_flip_is_never_without_a_label(width: int) -> None:
    """However wide the labels are, at every moment one of them is at least half there."""
    labels = tuple(Graphic(drawn(width, 4, "#ffffff"), Box(x, 2, width, 4), 0, 99) for x in (0, 40 - width))
    item = replace(compare("flip", 0.0, Box(0, 0, 40, 24), "KK"), labels=(labels[0], labels[1]))
    for progress in np.linspace(0, 1, 101):
        scene = Scene("s", 99, None, (replace(item, progress=motion.steady(float(progress))),))
        assert colour.planes(painted(scene, canvas=(40, 24)))[0].max() >= 16 + 219 * 0.45


# Flash

CUT = (Key(0, -1.0), Key(10, 0.0), Key(20, 1.0, "ease-out"), Key(40, 1.0))


def lights(names: str, progress: Curve) -> list[float]:
    """The mean light of each frame, from 0 to 1."""
    item = replace(compare("flash", 0.0, names=names), progress=progress)
    ready = paint.ready(Scene("s", 41, None, (item,)), (16, 24), Prints())
    return [float((colour.planes(paint.frame(ready, at))[0].mean() - 16) / 219) for at in range(41)]


def test_one_soft_flash_at_the_cut() -> None:
    """Black stays black up to the cut; the first frame is nearly white, then the flash fades over five frames and never comes back."""
    light = lights("KK", CUT)
    assert light[:11] == [0.0] * 11
    assert light[17:] == [0.0] * 24
    assert 0.85 <= light[11] < 1
    assert light[11] > light[12] > light[13] > light[14] > light[15] > light[16] > 0


def test_a_flash_never_reaches_full_white() -> None:
    """White photos become no lighter than they are."""
    assert max(lights("WW", CUT)) <= 1.0
    assert min(lights("WW", CUT)) >= 0.95


def test_the_before_comes_closer_and_the_after_settles() -> None:
    """The before begins as the plain photo and is a little enlarged at the cut; the after begins as close and ends as the plain photo."""
    item = replace(compare("flash", 0.0, Box(0, 0, 96, 160), "12"), progress=CUT, zoom=(Key(40, 1.0), Key(41, 1.1)))
    ready = paint.ready(Scene("s", 41, None, (item,)), (96, 160), Prints())

    def alone(letter: str, zoom: float) -> Bytes:
        single = Photo(Picture(letter, ALL), item.box, zoom=(Key(0, zoom), Key(1, 1.1)))
        return painted(Scene("s", 41, None, (single,)), canvas=(96, 160))

    close, near = 1 + reveals.PUSH * (1 - motion.at(CUT, 17)), 1 + reveals.PUSH / 2
    for at, letter, zoom in ((0, "1", 1.0), (5, "1", near), (10, "1", 1.04), (17, "2", close), (20, "2", 1.0)):
        assert np.array_equal(paint.frame(ready, at), alone(letter, zoom))


def test_something_moves_in_a_flash_from_the_first_frame() -> None:
    """No two frames up to the cut are the same, and a pair on the usual course turns in the first third of its scene."""
    course_ = course("flash", 72)
    item = replace(compare("flash", 0.0, Box(0, 0, 540, 960), "12"), progress=course_)
    ready = paint.ready(Scene("s", 72, None, (item,)), (540, 960), Prints())
    turn = max(key.frame for key in course_ if not key.value)
    frames = [paint.frame(ready, at) for at in range(turn + 1)]
    assert turn < 24
    assert not any(np.array_equal(a, b) for a, b in pairwise(frames))


def test_flash_labels_change_with_the_cut() -> None:
    """The before's label up to the cut, the after's from then on."""
    item = replace(compare("flash", 0.0, names="RB"), progress=CUT, labels=pills((2, 2), (10, 2)))
    assert shown(item, 10, (16, 24))[3] == "RRYYYYRRRRRRRRRR"
    assert shown(item, 11, (16, 24))[3][10:14] == "LLLL"
    assert shown(item, 30, (16, 24))[3] == "BBBBBBBBBBLLLLBB"

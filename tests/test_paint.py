"""Painting: layers land where the storyboard puts them, reveals begin and end exactly, slow moves do not tremble."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from conftest import assert_pixels, flat, letters, smooth

from vidkit import colour, motion, paint
from vidkit.boards import pacing
from vidkit.colour import u8
from vidkit.kits import contrast
from vidkit.motion import Key
from vidkit.photos import frame as framing
from vidkit.storyboard import Backdrop, Box, Compare, Graphic, Photo, Picture, Scene

if TYPE_CHECKING:
    from vidkit.colour import Bytes

ALL = (0.0, 0.0, 1.0, 1.0)
SMALL = (16, 24)
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}">{2}</svg>'


@dataclass(frozen=True, eq=False)
class Prints:
    """Photos for the painter: flat for a colour's letter, soft shapes for a digit, or always the one given."""

    only: Bytes | None = None
    stock: None = None

    def cut(self, picture: Picture, width: int, height: int) -> Bytes:
        """The picture's part of exactly the size asked for."""
        name, shape = picture.sha256, (max(width, 64), max(height, 64))
        if self.only is None and not name.isdigit():
            return flat(name, (width, height))
        whole = self.only if self.only is not None else smooth(*shape, int(name))
        return framing.cut(whole, picture.crop, (width, height))

    def planes(self, picture: Picture, width: int, height: int) -> tuple[Bytes, Bytes, Bytes]:
        """The same as Y, U and V."""
        return colour.yuv_planes(self.cut(picture, width, height))


def drawn(width: int, height: int, fill: str) -> str:
    """A full rectangle."""
    return SQUARE.format(width, height, f'<rect width="{width}" height="{height}" fill="{fill}"/>')


def painted(scene: Scene, at: int = 0, canvas: tuple[int, int] = SMALL) -> Bytes:
    """A scene's frame on a small canvas."""
    return paint.frame(paint.ready(scene, canvas, Prints()), at)


def photo(letter: str, box: Box, **more: int) -> Photo:
    """A flat photo in a box."""
    return Photo(Picture(letter, ALL), box, **more)  # type: ignore[arg-type]


def compare(kind: str, progress: float, box: Box | None = None, names: str = "RB") -> Compare:
    """A pair of photos at a point of its reveal."""
    pictures = [Picture(name, ALL) for name in names]
    return Compare(pictures[0], pictures[1], box or Box(0, 0, 16, 24), kind, motion.steady(progress))  # type: ignore[arg-type]


# Pixels


def test_a_photo_fills_its_box() -> None:
    """And nothing beside it."""
    scene = Scene("s", 5, Backdrop(tint="#808080"), (photo("R", Box(4, 6, 8, 12)),))
    rows = ["G" * 16] * 6 + ["GGGGRRRRRRRRGGGG"] * 12 + ["G" * 16] * 6
    assert_pixels(painted(scene), " ".join(rows))


def test_a_panorama_passes_by_in_its_box() -> None:
    """Frame by frame the columns further right, each pixel as it is; nothing beside the box; a scene that passes by is no still."""
    wide = np.repeat(np.arange(20, 220, 4, dtype=np.uint8)[None, :, None], 12, axis=0).repeat(3, axis=2)
    box, pan = Box(4, 6, 8, 12), (Key(0, 0.0), Key(10, 40.0))
    scene = Scene("s", 12, Backdrop(tint="#000000"), (Photo(Picture("w", ALL), box, wide=50, pan=pan),))
    ready, whole = paint.ready(scene, SMALL, Prints(wide)), colour.yuv_planes(wide)[0]
    for at in (0, 3, 10, 11):
        luma = colour.planes(paint.frame(ready, at))[0]
        left = min(4 * at, 40)
        assert np.array_equal(luma[6:18, 4:12], whole[:, left : left + 8])
        assert luma[:, 12:].max() <= 17
    assert paint.still(scene, 10, 12)
    assert not paint.still(scene, 0, 12)


def test_layers_lie_bottom_to_top() -> None:
    """Backdrop, then pictures in order, then graphics in order."""
    graphics = (
        Graphic(drawn(8, 8, "#00ff00"), Box(0, 0, 8, 8), 0, 5),
        Graphic(drawn(4, 4, "#ffff00"), Box(6, 6, 4, 4), 0, 5),
    )
    scene = Scene("s", 5, None, (photo("R", Box(0, 0, 16, 12)), photo("B", Box(0, 10, 8, 8))), graphics)
    rows = ["LLLLLLLLRRRRRRRR"] * 6 + ["LLLLLLYYYYRRRRRR"] * 2 + ["RRRRRRYYYYRRRRRR"] * 2
    rows += ["BBBBBBBBRRRRRRRR"] * 2 + ["BBBBBBBBKKKKKKKK"] * 6 + ["K" * 16] * 6
    assert_pixels(painted(scene), " ".join(rows))


def test_a_graphic_shows_in_its_span_only() -> None:
    """From ``first`` up to, not including, ``last``."""
    item = Graphic(drawn(16, 24, "#ff0000"), Box(0, 0, 16, 24), 2, 4)
    scene = Scene("s", 6, Backdrop(tint="#0000ff"), (), (item,))
    assert [letters(painted(scene, at))[0][0] for at in range(6)] == list("BBRRBB")


def test_a_moved_graphic_stands_on_even_pixels() -> None:
    """A slide moves in steps of two, rounding the curve's value."""
    item = Graphic(drawn(4, 4, "#ff0000"), Box(6, 10, 4, 4), 0, 9, dx=motion.steady(2.9), dy=motion.steady(-4.2))
    rows = ["K" * 16] * 6 + ["KKKKKKKKRRRRKKKK"] * 4 + ["K" * 16] * 14
    assert_pixels(painted(Scene("s", 9, None, (), (item,))), " ".join(rows))


@pytest.mark.parametrize("side", [4, 6, 8, 10])
@pytest.mark.parametrize("scale", [0.5, 0.75, 1.0, 1.06, 1.3])
def test_a_scaled_graphic_keeps_its_middle(side: int, scale: float) -> None:
    """A pop grows and shrinks about the middle of its box: no jump by a pixel on the way to rest."""
    item = Graphic(drawn(side, side, "#ffffff"), Box(6, 8, side, side), 0, 9, scale=motion.steady(scale))
    luma = colour.planes(painted(Scene("s", 9, None, (), (item,)), canvas=(24, 32)))[0].astype(float) - 16
    x, y = (float((luma.sum(axis=a) * (np.arange(luma.shape[1 - a]) + 0.5)).sum() / luma.sum()) for a in (0, 1))
    assert (x, y) == pytest.approx((6 + side / 2, 8 + side / 2), abs=0.15)


def test_round_corners_show_the_ground() -> None:
    """The corners of a card's picture are the backdrop's, its edges and middle the photo's."""
    scene = Scene("s", 5, Backdrop(tint="#0000ff"), (photo("R", Box(4, 6, 16, 20), radius=8),))
    found = letters(painted(scene, canvas=(24, 32)))
    assert found[:6] == ["B" * 24] * 6
    assert {found[row][column] for row in (6, 7, 24, 25) for column in (4, 5, 18, 19)} == {"B"}
    assert {found[row][column] for row in (15, 16) for column in (4, 19)} == {"R"}
    assert {row[11:13] for row in found[6:26]} == {"RR"}
    assert all(row == row[::-1] for row in found)
    assert found == found[::-1]


# Still and moving


def test_still_says_the_truth() -> None:
    """Wherever a scene calls itself still, its frames are equal; a picture that moves is never still."""
    box = Box(0, 0, 16, 24)
    moving = Photo(Picture("1", ALL), box, zoom=(Key(3, 1.0), Key(6, 1.4)))
    words = Graphic(drawn(4, 4, "#ffffff"), Box(4, 4, 4, 4), 2, 9, opacity=(Key(1, 0.0), Key(4, 1.0)))
    label = Graphic(drawn(8, 4, "#ffff00"), Box(2, 2, 8, 4), 4, 7)
    fading = replace(label, first=0, last=10, opacity=(Key(5, 1.0), Key(8, 0.0)))
    pairs = tuple(replace(compare("wipe", 0.5), labels=(one, one)) for one in (label, fading))
    scenes = [
        Scene("s", 10, None, (moving,)),
        Scene("s", 10, Backdrop(tint="#808080"), (), (words,)),
        *(Scene("s", 10, None, (pair,)) for pair in pairs),
    ]
    for scene in scenes:
        frames = [painted(scene, at) for at in range(10)]
        for at in range(1, 10):
            if paint.still(scene, at - 1, at + 1):
                assert np.array_equal(frames[at - 1], frames[at])
    assert not paint.still(scenes[0], 3, 6)
    assert paint.still(scenes[0], 6, 10)
    assert paint.still(scenes[1], 4, 9)


def disk(width: int, height: int, centre: tuple[float, float], radius: float) -> Bytes:
    """A bright round disk on grey, its edge exact to a sixteenth of a pixel."""
    rgb = np.full((height, width, 3), 96, np.uint8)
    middle = round(centre[0] * width * 16), round(centre[1] * height * 16)
    cv2.circle(rgb, middle, round(radius * width * 16), (230, 230, 230), -1, cv2.LINE_AA, 4)
    return rgb


def _measured(frame: Bytes) -> tuple[float, float, float]:
    """Centre x, y and radius of the disk in a frame, in pixels, from its light above the grey."""
    grey, bright = (int(colour.yuv_planes(np.full((2, 2, 3), level, np.uint8))[0][0, 0]) for level in (96, 230))
    luma = colour.planes(frame)[0]
    rows, columns = (np.flatnonzero((luma > grey + 8).any(axis=axis)) for axis in (1, 0))
    top, left = int(rows[0]) - 8, int(columns[0]) - 8
    light = luma[top : rows[-1] + 9, left : columns[-1] + 9].astype(np.float64) - grey
    mass = light.sum()
    x = float((light.sum(axis=0) * (np.arange(light.shape[1]) + 0.5)).sum() / mass)
    y = float((light.sum(axis=1) * (np.arange(light.shape[0]) + 0.5)).sum() / mass)
    return left + x, top + y, float(np.sqrt(mass / (bright - grey) / np.pi))


PUSH_IN = (Key(0, 1.0), Key(71, 1 + pacing.timing("push_in")))
DRIFT = (Key(0, 1.0), Key(90, 1 + pacing.timing("drift_per_second") * 3))
BACK = (Key(0, 1 + pacing.timing("drift_per_second") * 3), Key(90, 1.0))
WHOLE, CARD = Box(0, 0, 1080, 1920), Box(60, 500, 960, 720)


@pytest.mark.parametrize(
    ("box", "zoom", "density"),
    [(WHOLE, PUSH_IN, 1.0), (WHOLE, DRIFT, 2.7), (WHOLE, BACK, 1.0), (CARD, PUSH_IN, 2.7), (CARD, DRIFT, 1.0)],
    ids=["push-in", "drift-of-a-large-photo", "drift-back", "push-in-of-a-large-photo-on-a-card", "drift-on-a-card"],
)
def test_a_slow_zoom_does_not_tremble(box: Box, zoom: motion.Curve, density: float) -> None:
    """A tracked disk: mean |second difference| ≤ 0.02 px/frame² in place and radius, and no step backwards."""
    source = disk(round(box.width * density), round(box.height * density), (0.68, 0.41), 0.13)
    item = Photo(Picture("disk", ALL), box, 36 if box is CARD else 0, zoom, (0.4, 0.55))
    ready = paint.ready(Scene("s", 91, None, (item,)), (1080, 1920), Prints(source))
    if box is CARD:
        ready = replace(ready, ground=colour.of_rgb(np.full((1920, 1080, 3), 96, np.uint8)))
    track = np.array([_measured(paint.frame(ready, at)) for at in range(zoom[-1].frame + 1)])
    steps = np.diff(track, axis=0)
    outwards = np.sign(zoom[-1].value - zoom[0].value) * np.array([1, -1, 1])
    assert (steps * outwards > 0).all(), (steps * outwards).min(axis=0)
    assert np.abs(np.diff(steps, axis=0)).mean(axis=0).max() <= 0.02


def test_the_disk_goes_where_the_zoom_says() -> None:
    """After a zoom by 1.06 about a point the disk's distance from that point and its radius are 1.06 times what they were."""
    item = Photo(Picture("disk", ALL), WHOLE, 0, PUSH_IN, (0.4, 0.55))
    ready = paint.ready(Scene("s", 72, None, (item,)), (1080, 1920), Prints(disk(1080, 1920, (0.68, 0.41), 0.13)))
    first, last = (np.array(_measured(paint.frame(ready, at))) for at in (0, 71))
    fixed = np.array([0.4 * 1080, 0.55 * 1920])
    assert first == pytest.approx([0.68 * 1080, 0.41 * 1920, 0.13 * 1080], abs=1.2)
    assert (last[:2] - fixed) == pytest.approx((first[:2] - fixed) * 1.06, abs=0.1)
    assert last[2] == pytest.approx(first[2] * 1.06, abs=0.1)


# Ground


def test_a_blurred_backdrop_covers_the_canvas() -> None:
    """A picture out of focus, darkened and tinted; without a picture the tint alone."""
    flat_ground = painted(Scene("s", 5, Backdrop(tint="#808080")))
    assert_pixels(flat_ground, f"{'G' * 16} " * 24)
    blurred = colour.to_rgb(
        painted(Scene("s", 5, Backdrop(tint="#000000", picture=Picture("W", ALL))), canvas=(108, 192))
    )
    assert 0 < blurred.min() <= blurred.max() < 200


@pytest.mark.parametrize("tint", ["#0b7a75", "#a93f1c", "#6b2c56"])
def test_a_ground_tells_of_its_picture_and_bears_words(tint: str) -> None:
    """Light and dark parts of a photo stay apart behind a card; large white words can be read on the whitest photo."""
    white = colour.to_rgb(painted(Scene("s", 5, Backdrop(tint, Picture("W", ALL))), canvas=(108, 192)))
    level = "#" + "".join(f"{v:02x}" for v in white.reshape(-1, 3).max(axis=0))
    assert contrast.contrast(level, "#ffffff") >= 3.5
    stripes = np.repeat(np.tile(np.repeat(u8([30, 220]), 24), 3)[None, :], 256, axis=0)
    item = paint.ready(Scene("s", 5, Backdrop(tint, Picture("0", ALL))), (108, 192), Prints(np.dstack([stripes] * 3)))
    across = colour.planes(paint.frame(item, 0))[0][96].astype(int)
    assert across.max() - across.min() > 40


def test_a_card_has_an_edge_and_a_shadow_inside_the_canvas() -> None:
    """Around a card the ground is lighter (its edge), then darker (its shadow), and far away as it was."""
    scene = Scene("s", 5, Backdrop(tint="#808080", card=Box(20, 60, 64, 60), radius=6))
    luma = colour.planes(painted(scene, canvas=(108, 192)))[0]
    assert luma[90, 19] > 200
    assert luma[124, 50] < 120
    assert luma[4, 50] == 126


def test_drawings_at_rest_look_as_those_that_move() -> None:
    """What lies over each other is joined once it rests; the frames before and after differ by two levels at most where nothing moves."""
    under = Graphic(drawn(16, 24, "#20406080"), Box(0, 0, 16, 24), 0, 9)
    over = Graphic(drawn(8, 8, "#ffcc0080"), Box(4, 4, 8, 8), 0, 9, dx=(Key(0, -4.0), Key(3, 0.0)))
    ready = paint.ready(
        Scene("s", 9, Backdrop(tint="#808080"), (photo("R", Box(0, 0, 16, 12)),), (under, over)), SMALL, Prints()
    )
    moving, resting = (paint.frame(ready, at) for at in (2, 3))
    assert np.array_equal(resting, paint.frame(ready, 8))
    assert np.abs(moving.astype(int) - resting)[12:24].max() <= 2
    assert not np.array_equal(moving, resting)

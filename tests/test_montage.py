"""Pictures that are no plain photo: collages, screenshots, black bars; and ordinary pictures with straight lines, which are none of these."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from conftest import room

from vidkit.photos import facts, montage
from vidkit.photos.matrix import WHOLE

if TYPE_CHECKING:
    from vidkit.colour import Bytes

SIZE = (396, 600)


def side(*, cleaned: bool) -> Bytes:
    """The room as one half of a picture, the one before the work taken from a little beside."""
    whole = room(800, 600, 2, cleaned=cleaned)
    return whole[:, 200:596] if cleaned else whole[:, 190:586]


def beside(one: Bytes, other: Bytes, wide: int, colour: int | tuple[int, int, int]) -> Bytes:
    """Two pictures with a line of a colour between them."""
    return np.hstack([one, np.full((one.shape[0], wide, 3), colour, np.uint8), other])


def stored(rgb: Bytes) -> Bytes:
    """The picture as a JPEG gives it back."""
    return np.asarray(cv2.imdecode(cv2.imencode(".jpg", rgb, [cv2.IMWRITE_JPEG_QUALITY, 75])[1], 1), np.uint8)


@pytest.mark.parametrize(("wide", "colour"), [(0, 0), (8, 255), (12, 0), (6, 200), (16, (220, 40, 40))])
@pytest.mark.parametrize("turned", [False, True])
def test_two_photos_on_one_are_a_collage(wide: int, colour: int, *, turned: bool) -> None:
    """Side by side and one above the other, with a line between them or none."""
    lit = np.asarray(side(cleaned=True) * 0.85, np.uint8)
    made = stored(beside(side(cleaned=False), lit, wide, colour))
    assert montage.look(np.rot90(made).copy() if turned else made) == (WHOLE, True)


@pytest.mark.parametrize("kind", ["unequal", "three", "barred"])
def test_collages_of_other_forms(kind: str) -> None:
    """Parts of unequal width without a line, three in a row, two between black bars."""
    dirty, clean = side(cleaned=False), side(cleaned=True)
    pictures = {
        "unequal": beside(dirty[:, :300], clean, 0, 0),
        "three": beside(beside(dirty, clean, 8, 255), clean, 8, 255),
        "barred": cv2.copyMakeBorder(beside(dirty, clean, 8, 255), 300, 300, 0, 0, cv2.BORDER_CONSTANT),
    }
    part, together = montage.look(stored(np.asarray(pictures[kind], np.uint8)))
    assert together
    assert (part != WHOLE) is (kind == "barred")


@pytest.mark.parametrize("kind", ["room", "pane", "doors", "tiles", "wardrobe", "wall", "rail", "frame"])
def test_ordinary_pictures_are_none(kind: str) -> None:
    """A window's two panes, two doors of one pattern, tiles, the mirrors of a wardrobe, a white wall: straight lines are common in homes."""
    whole, half = room(800, 600, 2), side(cleaned=False)
    pane, tiles = whole.copy(), whole.copy()
    pane[:, 396:404] = 255
    tiles[:, 196::200], tiles[196::200] = 245, 245
    wall = np.full_like(whole, 252)
    wall[300:] = whole[:300]
    rail, frame = whole.copy(), whole.copy()
    rail[290:300], frame[:, 300:303], frame[:, 303:310] = (200, 40, 40), 20, 250
    doors, wardrobe = beside(half, half, 8, 0), beside(half, half[:, ::-1], 8, 255)
    pictures = {"room": whole, "pane": pane, "tiles": tiles, "wall": wall, "doors": doors, "wardrobe": wardrobe}
    pictures |= {"rail": rail, "frame": frame}
    seen = stored(pictures[kind])
    assert montage.look(seen) == (WHOLE, False)
    assert not montage.screen(seen, "", png=False, camera=False)


@pytest.mark.parametrize("turned", [False, True])
def test_black_bars_are_measured(*, turned: bool) -> None:
    """A picture between two bars; a room that fades into the night has none."""
    barred, night = room(800, 600, 2), room(800, 600, 2)
    barred[:90], barred[510:] = 0, 6
    night[:] = night * np.sin(np.linspace(0, np.pi, 600))[:, None, None] * 0.3
    barred, night = (np.rot90(stored(one), int(turned)).copy() for one in (barred, night))
    part, together = montage.look(barred)
    assert part == pytest.approx((0.15, 0, 0.85, 1) if turned else (0, 0.15, 1, 0.85), abs=0.005)
    assert not together
    assert montage.look(night)[0] == WHOLE


@pytest.mark.parametrize("share", [0.4, 0.5, 0.6])
def test_bars_all_round_a_small_picture(share: float) -> None:
    """Rows beside the picture are black for half of their length and more, and are no words on a bar."""
    made, wide, high = np.zeros((600, 800, 3), np.uint8), round(800 * share), round(600 * share)
    x, y = (800 - wide) // 2, (600 - high) // 2
    made[y : y + high, x : x + wide] = cv2.resize(room(800, 600, 2), (wide, high), interpolation=cv2.INTER_AREA)
    around = (1 - share) / 2
    expected = around, around, 1 - around, 1 - around
    assert montage.look(stored(made))[0] == pytest.approx(expected, abs=0.01)


def test_a_fade_says_nothing_of_bars() -> None:
    """A black frame, one that has just begun to show something, and a night that is lit by a lamp."""
    night = np.full((600, 800, 3), 12, np.uint8)
    assert montage.dim(np.zeros_like(night))
    assert montage.dim(np.asarray(room(800, 600, 2) * 0.1, np.uint8))
    night[200:300, 300:400] = 200
    assert not montage.dim(night)
    assert not montage.dim(room(800, 600, 2))


def test_bars_may_be_unequal_and_bear_words_but_no_noise() -> None:
    """A shifted picture, a title on its bar; the dark jambs of a doorway are as wide and not as even."""
    barred, jambs = room(800, 600, 2), room(800, 600, 2)
    barred[:150], barred[540:] = 0, 0
    cv2.putText(barred, "AFTER 2026", (100, 90), cv2.FONT_HERSHEY_SIMPLEX, 2, (255, 255, 255), 5)
    noise = np.abs(np.random.default_rng(1).normal(6, 4, (600, 110, 3))).astype(np.uint8)
    jambs[:, :110], jambs[:, -110:] = noise, noise
    assert montage.look(stored(barred))[0] == pytest.approx((0, 0.25, 1, 0.9), abs=0.005)
    assert montage.look(jambs)[0] == WHOLE


def test_the_bars_of_a_film_are_those_of_all_its_moments() -> None:
    """A film that has them at its beginning alone, or that moves between them, is shown whole."""
    one, near, other = (0.0, 0.2, 1.0, 0.8), (0.0, 0.195, 1.0, 0.805), (0.0, 0.3, 1.0, 0.7)
    assert montage.steady([one, near]) == near
    for parts in ([], [WHOLE], [one, WHOLE], [WHOLE, one], [one, other]):
        assert montage.steady(parts) == WHOLE


@pytest.mark.parametrize(
    ("name", "png", "camera", "bar", "told"),
    [
        ("Screenshot_20261103.jpg", False, True, "", True),
        ("微信截图.jpg", False, False, "", True),
        ("a.png", True, False, "", True),
        ("a.jpg", False, False, "both", True),
        ("a.jpg", False, True, "both", False),
        ("a.jpg", False, False, "signs", False),
        ("a.jpg", False, False, "lamp", False),
        ("a.jpg", False, False, "plain", False),
        ("a.jpg", False, False, "", False),
        ("film.mp4", True, False, "", False),
    ],
)
def test_a_screen_is_known_by_its_name_its_kind_and_its_bars(
    name: str, bar: str, *, png: bool, camera: bool, told: bool
) -> None:
    """As tall as a phone; a camera's own photo of that form, a wall with a lamp before it and the still of a film are none. One of another
    shape is known by its bars.
    """
    seen = [screen(tall, bar) for tall in (800, 500)]
    found = [montage.screen(stored(one), facts._named(name), png=png, camera=camera) for one in seen]
    assert found == [told, told and name != "a.png"]
    assert montage.screen(stored(screen(500, "signs")), "png", png=True, camera=False)
    poster = [stored(screen(658, bar)) for bar in ("", "signs")]
    assert [montage.screen(one, "png", png=True, camera=False) for one in poster] == [False, True]


def screen(tall: int, bar: str) -> Bytes:
    """A picture so tall with an app's bar of this kind at its top, or one at either end."""
    made = room(370, tall, 2)
    for one in (made, made[::-1])[: 2 if bar in {"both", "lamp"} else 1]:
        if bar:
            one[: tall // 12] = 240
        if bar in {"signs", "both"}:
            one[tall // 40 : tall // 22, 30:90], one[tall // 40 : tall // 22, 290:330] = 20, 20
        if bar == "lamp":
            one[tall // 40 : tall // 22, 150:210] = 20
    return made

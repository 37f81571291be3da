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


def beside(one: Bytes, other: Bytes, wide: int, colour: int) -> Bytes:
    """Two pictures with a line of a colour between them."""
    return np.hstack([one, np.full((one.shape[0], wide, 3), colour, np.uint8), other])


def stored(rgb: Bytes) -> Bytes:
    """The picture as a JPEG gives it back."""
    return np.asarray(cv2.imdecode(cv2.imencode(".jpg", rgb, [cv2.IMWRITE_JPEG_QUALITY, 75])[1], 1), np.uint8)


@pytest.mark.parametrize(("wide", "colour"), [(0, 0), (8, 255), (12, 0)])
@pytest.mark.parametrize("turned", [False, True])
def test_two_photos_on_one_are_a_collage(wide: int, colour: int, *, turned: bool) -> None:
    """Side by side and one above the other, with a line between them or none."""
    lit = np.asarray(side(cleaned=True) * 0.85, np.uint8)
    made = stored(beside(side(cleaned=False), lit, wide, colour))
    assert montage.look(np.rot90(made).copy() if turned else made) == (WHOLE, True)


@pytest.mark.parametrize("kind", ["room", "pane", "doors", "tiles", "wardrobe", "wall"])
def test_ordinary_pictures_are_none(kind: str) -> None:
    """A window's two panes, two doors of one pattern, tiles, the mirrors of a wardrobe, a white wall: straight lines are common in homes."""
    whole, half = room(800, 600, 2), side(cleaned=False)
    pane, tiles = whole.copy(), whole.copy()
    pane[:, 396:404] = 255
    tiles[:, 196::200], tiles[196::200] = 245, 245
    wall = np.full_like(whole, 252)
    wall[300:] = whole[:300]
    doors, wardrobe = beside(half, half, 8, 0), beside(half, half[:, ::-1], 8, 255)
    pictures = {"room": whole, "pane": pane, "tiles": tiles, "wall": wall, "doors": doors, "wardrobe": wardrobe}
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


@pytest.mark.parametrize(
    ("name", "png", "camera", "bar", "told"),
    [
        ("Screenshot_20261103.jpg", False, True, "", True),
        ("微信截图.jpg", False, False, "", True),
        ("a.png", True, False, "", True),
        ("a.jpg", False, False, "signs", True),
        ("a.jpg", False, True, "signs", False),
        ("a.jpg", False, False, "plain", False),
        ("a.jpg", False, False, "", False),
        ("film.mp4", True, False, "", False),
    ],
)
def test_a_screen_is_known_by_its_name_its_kind_and_its_bars(
    name: str, bar: str, *, png: bool, camera: bool, told: bool
) -> None:
    """As tall as a phone; a camera's own photo of that form, a blown-out ceiling and the still of a film are none."""
    tall = room(370, 800, 2)
    if bar:
        tall[:60] = 240
    if bar == "signs":
        tall[20:36, 30:90] = 20
    assert montage.screen(stored(tall), facts._named(name), png=png, camera=camera) is told

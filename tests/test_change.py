"""What changed between two aligned photos: found in spite of other light, noise and a pixel or two; nothing found where nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from vidkit.photos import change

if TYPE_CHECKING:
    from vidkit.colour import Bytes


def unchanged(before: Bytes, after: Bytes) -> Bytes:
    """A mask as large as the two pictures: 255 where nothing changed but the light of the whole picture, else 0."""
    mask = change.match(before, after).same.astype(np.uint8) * 255
    return np.asarray(cv2.resize(mask, (before.shape[1], before.shape[0]), interpolation=cv2.INTER_NEAREST), np.uint8)


def focus(before: Bytes, after: Bytes) -> tuple[tuple[float, float], float]:
    """Where two pictures differ most."""
    return change.focus(change.difference(change.match(before, after)))


def room(seed: int = 1, size: tuple[int, int] = (320, 240)) -> Bytes:
    """A picture with surfaces, edges and some texture; ``size`` is width and height."""
    chance = np.random.default_rng(seed)
    made = np.full((size[1], size[0], 3), (150, 140, 120), np.uint8)
    for _ in range(60):
        x, y = (int(chance.integers(0, side)) for side in size)
        w, h = (int(v) for v in chance.integers(15, 60, 2))
        cv2.rectangle(made, (x, y), (x + w, y + h), [int(v) for v in chance.integers(40, 200, 3)], -1)
    return noisy(made, 4, seed)


def noisy(rgb: Bytes, sigma: float, seed: int) -> Bytes:
    """Grain of so many levels."""
    return np.clip(np.rint(rgb + np.random.default_rng(seed).normal(0, sigma, rgb.shape)), 0, 255).astype(np.uint8)


def relit(rgb: Bytes, *ev: float) -> Bytes:
    """Other light: EV of red, green and blue."""
    light = np.clip(change.LINEAR[rgb] * 2.0 ** np.array(ev), 0, 1)
    codes = np.where(light <= 0.0031308, light * 12.92, 1.055 * np.maximum(light, 1e-9) ** (1 / 2.4) - 0.055)
    return np.asarray(np.rint(codes * 255), np.uint8)


def moved(rgb: Bytes, x: float, y: float) -> Bytes:
    """Shifted by parts of a pixel."""
    size = rgb.shape[1], rgb.shape[0]
    warped = cv2.warpAffine(rgb, np.array([[1, 0, x], [0, 1, y]], np.float64), size, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(warped, np.uint8)


def patched(rgb: Bytes, left: int, top: int, right: int, bottom: int) -> Bytes:
    """With another room in a rectangle."""
    made = rgb.copy()
    made[top:bottom, left:right] = room(99, (rgb.shape[1], rgb.shape[0]))[top:bottom, left:right]
    return made


def test_the_mask_leaves_out_what_was_replaced() -> None:
    """Under other light, grain and a shift, most of the kept part is in the mask and hardly anything of the replaced one."""
    before = room()
    after = patched(noisy(moved(relit(before, 0.7, 0.5, 0.3), 1.3, -1), 2, 5), 100, 60, 220, 180)
    mask = unchanged(before, after)
    assert mask.shape == before.shape[:2]
    assert set(np.unique(mask)) <= {0, 255}
    inside = mask[70:170, 110:210] > 0
    kept = np.delete(mask > 0, np.s_[60:180], axis=0)
    assert inside.mean() < 0.1
    assert kept.mean() > 0.4


def test_clipped_and_black_parts_cannot_be_judged() -> None:
    """White and black that are the same in both are in no mask: they say nothing about the light."""
    picture = room()
    picture[:80], picture[-80:] = 255, 0
    mask = unchanged(picture, picture)
    assert not mask[:70].any()
    assert not mask[-70:].any()
    assert (mask[90:150] > 0).mean() > 0.8


@pytest.mark.parametrize("ev", [(0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (-1.0, -1.0, -1.0), (0.3, 0.0, -0.3)])
def test_the_ratio_is_that_of_the_light(ev: tuple[float, float, float]) -> None:
    """A third of the picture replaced does not pull the measured ratios by more than 0.05 EV."""
    before = room()
    after = patched(relit(before, *ev), 0, 0, 140, 180)
    assert change.match(before, after).ratio == pytest.approx(ev, abs=0.05)


def test_a_washed_wall_does_not_pull_the_ratio() -> None:
    """A quarter of the picture that became lighter by 0.8 EV with its texture kept is change, not light."""
    before = room()
    after = before.copy()
    after[:120, :160] = relit(before[:120, :160], 0.8, 0.8, 0.9)
    found = change.match(before, after)
    assert found.ratio == pytest.approx((0, 0, 0), abs=0.03)
    assert unchanged(before, after)[10:110, 10:150].mean() < 20


def test_other_rooms_have_nothing_in_common() -> None:
    """Two different pictures share little."""
    assert change.match(room(1), room(2)).share < 0.15


@pytest.mark.parametrize("centre", [(80, 60), (230, 70), (160, 180)])
def test_the_focus_is_where_the_change_is(centre: tuple[int, int]) -> None:
    """A replaced square is found within 4 % of the picture's sides, under other light and slight misalignment, and surely."""
    x, y = centre
    before = room()
    after = moved(relit(before, -0.3, -0.4, -0.5), 1.5, 1)
    after[y - 35 : y + 35, x - 35 : x + 35] = (90, 200, 240)
    (left, top), sure = focus(before, after)
    assert (left, top) == pytest.approx((x / 320, y / 240), abs=0.04)
    assert sure > 0.8


def test_the_same_picture_has_no_focus() -> None:
    """Nothing changed: the middle, and not sure at all; neither do light, grain and a shift make one."""
    before = room()
    assert focus(before, before) == ((0.5, 0.5), 0.0)
    assert focus(before, noisy(moved(relit(before, 0.4, 0.3, 0.2), 1.5, 1), 2, 3))[1] < 0.2


def test_a_change_all_over_is_nowhere_sure() -> None:
    """Where everything changed no place is chosen."""
    assert focus(room(1), room(2))[1] < 0.3


@pytest.mark.parametrize("colour", [0, 128, 255])
def test_plain_pictures_do_not_break_it(colour: int) -> None:
    """Black, grey and white pictures give a mask, a ratio and a focus like any other, and no warning."""
    plain = np.full((60, 80, 3), colour, np.uint8)
    assert unchanged(plain, plain).shape == (60, 80)
    assert focus(plain, np.full_like(plain, 128))[1] <= 1
    assert change.match(plain, plain).ratio == (0, 0, 0)

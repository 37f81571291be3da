"""The same treatment for both photos of a pair: towards each other within limits, the before never darkened, what changed left alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_change import moved, noisy, patched, relit, room

from vidkit.photos import change, decode, tone

if TYPE_CHECKING:
    from vidkit.colour import Bytes

PHOTOS = Path(__file__).parents[1] / "examples" / "photos"
MOST = 2**0.5
EV = st.floats(-3, 3).map(lambda v: round(v, 2))


def saturated(rgb: Bytes, factor: float) -> Bytes:
    """Colours pushed away from grey."""
    grey = (rgb @ np.array([0.299, 0.587, 0.114]))[..., None]
    return np.asarray(np.clip(np.rint(grey + (rgb - grey) * factor), 0, 255), np.uint8)


def mean(rgb: Bytes) -> np.ndarray:
    """The mean colour in linear light of what is not clipped."""
    return np.asarray(change.LINEAR[rgb][rgb.max(axis=2) < 250].mean(axis=0), np.float64)


def luminance_gain(gains: tuple[float, float, float], colour: np.ndarray) -> float:
    """What gains do to a colour's luminance."""
    return float((colour * np.array(gains)) @ tone.LUMA / (colour @ tone.LUMA))


@pytest.mark.parametrize(
    ("ev", "left"),
    [
        ((0.6, 0.6, 0.6), 0.05),
        ((-0.45, -0.45, -0.45), 0.05),
        ((0.3, 0.0, -0.3), 0.05),
        ((0.8, 0.5, 0.2), 0.08),
        ((-1, -1, -1), 0.55),
    ],
)
def test_levelling_brings_the_unchanged_together(ev: tuple[float, float, float], left: float) -> None:
    """With a third replaced, grain and a shift, the light of a pair is the same afterwards in each channel, as far as the limits allow."""
    before = room()
    after = noisy(moved(relit(before, *ev), 1, -1), 2, 4)
    found = tone.level(change.match(before, patched(after, 0, 0, 140, 180)))
    one, two = mean(tone.graded(before, found.before)), mean(tone.graded(after, found.after))
    assert np.abs(np.log2(two / one)).max() <= left
    assert found.difference_ev == pytest.approx(ev[1], abs=0.12)
    assert found.edited == ""


@given(EV, EV, EV)
def test_gains_keep_their_limits(red: float, green: float, blue: float) -> None:
    """Whatever was measured: no channel moves by more than 0.5 EV, and the before's luminance never falls."""
    colour = np.array([0.2, 0.18, 0.12])
    ratio = np.array([red, green, blue])
    before, after = tone._towards(colour, ratio, tone._exposure(colour, ratio))
    for gain in (*before, *after):
        assert 1 / MOST - 1e-4 <= gain <= MOST
    assert luminance_gain(before, colour) >= 1 - 1e-9


@given(EV, st.floats(-0.3, 0.3))
def test_a_small_step_of_the_light_is_a_small_step_of_the_gains(exposure: float, warm: float) -> None:
    """Gains are continuous: 0.01 EV more makes at most 0.02 EV more of each, also where limits begin."""
    colour = np.array([0.2, 0.18, 0.12])
    one, two = (
        np.log2(np.array(tone._towards(colour, r, tone._exposure(colour, r))))
        for r in (np.array([warm, 0, -warm]) + exposure + step for step in (0.0, 0.01))
    )
    assert np.abs(one - two).max() <= 0.02


def test_a_brighter_before_keeps_its_light() -> None:
    """Where the before is the brighter one, only the after moves."""
    before = room()
    found = tone.level(change.match(before, relit(before, -0.4, -0.4, -0.4)))
    assert found.before == pytest.approx(tone.ONE, abs=0.02)
    assert luminance_gain(found.before, mean(before)) >= 0.9999
    assert found.after == pytest.approx((2**0.4,) * 3, abs=0.03)


def test_what_nobody_sees_is_left_alone() -> None:
    """The same photo, and one 0.05 EV brighter, get no gains at all."""
    before = room()
    for after in (before, relit(before, 0.05, 0.05, 0.05)):
        found = tone.level(change.match(before, after))
        assert (found.before, found.after) == (tone.ONE, tone.ONE)


def test_two_rooms_are_not_levelled() -> None:
    """Too little in common: identity, and nothing said about the light."""
    dark = relit(np.full_like(room(), 200), -4, -4, -4)
    found = tone.level(change.match(room(), cv2.rotate(dark, cv2.ROTATE_180).astype(np.uint8)))
    assert (found.before, found.after, found.difference_ev, found.edited) == (tone.ONE, tone.ONE, 0.0, "")


def test_a_washed_wall_stays_lighter() -> None:
    """What became lighter by being cleaned is not levelled away: a quarter lighter by 0.8 EV gives no gains."""
    before = room()
    after = before.copy()
    after[:120, :160] = relit(before[:120, :160], 0.8, 0.8, 0.9)
    found = tone.level(change.match(before, after))
    assert (found.before, found.after) == (tone.ONE, tone.ONE)


@pytest.mark.parametrize("name", ["bathroom", "hood", "stove"])
def test_painted_pairs_are_hardly_moved(name: str) -> None:
    """The demo's pairs, cleaned in one light, move by less than 0.2 EV, and none is taken for filtered."""
    pair = [
        decode.picture(decode.read(PHOTOS / f"{name}_{w}.jpg", name=w), at_least=(380, 380))
        for w in ("before", "after")
    ]
    found = tone.level(change.match(pair[0], pair[1]))
    assert np.abs(np.log2([*found.before, *found.after])).max() < 0.2
    assert found.edited == ""


@pytest.mark.parametrize("side", ["before", "after"])
def test_a_filter_on_one_is_found(side: str) -> None:
    """Saturation of 1.5 on one of the two names it, also in other light; the same on both, or other light alone, names none."""
    plain = room()
    pushed = relit(saturated(plain, 1.5), 0.2, 0.2, 0.2)
    pair = (plain, pushed) if side == "after" else (pushed, plain)
    assert tone.level(change.match(*pair)).edited == side
    assert tone.level(change.match(pushed, relit(pushed, -0.3, -0.2, -0.1))).edited == ""


def test_grey_pictures_say_nothing_about_filters() -> None:
    """Without colour there is no saturation to compare."""
    grey = np.repeat(room()[..., :1], 3, axis=2)
    assert tone.level(change.match(grey, saturated(grey, 2))).edited == ""


def test_one_is_the_same_bytes() -> None:
    """Gains of one give the picture itself."""
    picture = room()
    assert tone.graded(picture, tone.ONE).tobytes() == picture.tobytes()


@given(st.floats(0.7072, 1.4142))
def test_the_curve_is_monotone_between_black_and_white(gain: float) -> None:
    """Black and white stay, no two levels change places, and no more than a few levels fall together at the top."""
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    made = tone.graded(ramp, (gain, gain, gain))[0, :, 0].astype(int)
    assert (made[0], made[255]) == (0, 255)
    assert (np.diff(made) >= 0).all()
    assert (made == 255).sum() <= 4
    assert (np.diff(made) >= 0).all() if gain == 1 else ((made - np.arange(256)) * (gain - 1) >= 0).all()


@given(st.floats(1.0, 1.4142))
def test_a_gain_and_its_inverse_undo_each_other(gain: float) -> None:
    """Raised and lowered again, a level comes back within two."""
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    back = tone.graded(tone.graded(ramp, (gain,) * 3), (1 / gain,) * 3)
    assert np.abs(back.astype(int) - ramp).max() <= 2


def test_a_gain_is_exact_below_the_shoulder() -> None:
    """Linear light is multiplied by the gain, within half a code, up to code 170."""
    ramp = np.repeat(np.arange(171, dtype=np.uint8)[None, :, None], 3, axis=2)
    made = tone.graded(ramp, (1.2, 1.2, 1.2))
    assert np.abs(made.astype(int) - relit(ramp, *[float(np.log2(1.2))] * 3)).max() <= 1


@pytest.mark.parametrize("stops", [0.3, 1.0, 1.5])
def test_a_lift_keeps_black_white_and_the_order_of_levels(stops: float) -> None:
    """Shadows come up by nearly as many stops, light hardly; nothing is blown; what lies beside black comes up by half at most."""
    levels = np.arange(256, dtype=np.uint8)[None, :, None].repeat(3, axis=2)
    light = tone.lifted(levels, stops)[0, :, 0].astype(int)
    assert (light[0], light[255]) == (0, 255)
    assert (np.diff(light) >= 0).all()
    assert (light >= np.arange(256)).all()
    assert (light[:250] < 254).all()
    raised = np.log2(np.maximum(change.LINEAR[light], 1e-9) / np.maximum(change.LINEAR[np.arange(256)], 1e-9))
    assert raised[60] == pytest.approx(stops, abs=0.2)
    assert raised[5:8].max() < 0.75 * stops
    assert raised[230:].max() < 0.3 * stops
    assert np.array_equal(tone.lifted(levels, 0.0), levels)


def test_the_same_answer_twice() -> None:
    """Measured twice, also with other threads, a pair gives the same."""
    before, after = room(), relit(patched(room(), 0, 0, 90, 90), 0.5, 0.4, 0.3)
    threads = cv2.getNumThreads()
    one = tone.level(change.match(before, after))
    cv2.setNumThreads(1)
    two = tone.level(change.match(before, after))
    cv2.setNumThreads(threads)
    assert one == two

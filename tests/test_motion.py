"""Curves: every easing begins at 0 and ends at 1, and a curve never jumps."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidkit import motion
from vidkit.motion import Curve, Key


@st.composite
def curves(draw: st.DrawFn) -> Curve:
    """Curves of one to five keys, frames rising."""
    frames = sorted(draw(st.sets(st.integers(-20, 200), min_size=1, max_size=5)))
    value = st.floats(-100, 100).map(lambda v: round(v, 3))
    return tuple(Key(frame, draw(value), draw(st.sampled_from(sorted(motion.EASINGS)))) for frame in frames)


@pytest.mark.parametrize("name", motion.EASINGS)
def test_an_easing_goes_from_nothing_to_all(name: str) -> None:
    """f(0) = 0, f(1) = 1, and it is finite and near that range between."""
    ease = motion.EASINGS[name]
    assert ease(0.0) == pytest.approx(0.0, abs=1e-12)
    assert ease(1.0) == pytest.approx(1.0, abs=1e-12)
    values = [ease(i / 200) for i in range(201)]
    assert all(math.isfinite(v) and -0.2 < v < 1.2 for v in values)
    assert max(abs(b - a) for a, b in itertools.pairwise(values)) < 0.03


def test_an_overshoot_passes_its_goal_by_six_percent() -> None:
    """The documented strength is the measured one."""
    assert max(motion.overshoot(i / 5000) for i in range(5001)) == pytest.approx(1.06, abs=0.0005)


@given(curves())
def test_a_curve_holds_its_ends(curve: Curve) -> None:
    """Before the first key is the first value, after the last the last, and every key is met exactly."""
    assert motion.at(curve, curve[0].frame - 7) == curve[0].value
    assert motion.at(curve, curve[-1].frame + 7) == curve[-1].value
    for key in curve:
        assert motion.at(curve, key.frame) == pytest.approx(key.value, abs=1e-9)


@given(curves())
def test_a_curve_is_continuous(curve: Curve) -> None:
    """From one frame to the next a value moves by no more than the steepest easing allows: an overshoot starts at 4.283 of its mean speed."""
    for left, right in itertools.pairwise(curve):
        steepest = 4.3 * abs(right.value - left.value) / (right.frame - left.frame)
        for frame in range(left.frame, right.frame):
            assert abs(motion.at(curve, frame + 1) - motion.at(curve, frame)) <= steepest + 1e-9


@given(curves(), st.integers(-30, 200), st.integers(0, 30))
def test_moves_says_whether_any_frame_differs(curve: Curve, first: int, more: int) -> None:
    """``moves`` is exactly the comparison of all the values in the span."""
    values = {motion.at(curve, i) for i in range(first, first + more + 1)}
    assert motion.moves(curve, first, first + more) == (len(values) > 1)


def test_names_are_the_functions_names() -> None:
    """A template's easing names are the registered functions with hyphens."""
    assert all(name == function.__name__.replace("_", "-") for name, function in motion.EASINGS.items())

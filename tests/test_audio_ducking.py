"""Music under speech: deep enough, down before the first syllable, no pumping between words, slowly up again."""

from __future__ import annotations

import numpy as np
import pytest

from vidkit.audio import ducking
from vidkit.audio.speech import Span
from vidkit.audio.track import RATE

SPEECH = (Span(2 * RATE, 3 * RATE), Span(int(3.55 * RATE), 5 * RATE), Span(7 * RATE, 8 * RATE))


def curve_db(
    spoken: tuple[Span, ...] = SPEECH, seconds: float = 10, depth: float | None = None
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The curve in dB."""
    out: np.ndarray[tuple[int], np.dtype[np.float64]] = 20 * np.log10(
        ducking.gain(spoken, int(seconds * RATE), depth).astype(float)
    )
    return out


def test_music_is_at_least_12_db_down_under_every_word() -> None:
    """And at its own level where nobody speaks."""
    found = curve_db()
    for one in SPEECH:
        assert found[one.start : one.end].max() <= -12
    assert np.abs(found[: int(1.8 * RATE)]).max() < 1e-6
    assert np.abs(found[int(5.5 * RATE) : int(6.7 * RATE)]).max() < 1e-6
    assert len(found) == 10 * RATE


def test_it_falls_in_120_ms_before_the_word_and_rises_in_400_after() -> None:
    """Attack, look-ahead, release."""
    found = curve_db()
    fallen = np.flatnonzero(found < -0.01)[0] / RATE
    low = np.flatnonzero(found <= found.min() + 0.01)[0] / RATE
    assert low - fallen == pytest.approx(0.12, abs=0.01)
    assert 0.02 <= 2 - low <= 0.06
    up = np.flatnonzero(found[5 * RATE :] > -0.01)[0] / RATE
    assert up == pytest.approx(0.4, abs=0.015)


def test_no_pumping_between_words() -> None:
    """A pause below 0.6 s holds the music down, a longer one lets it up."""
    found = curve_db()
    assert found[3 * RATE : int(3.55 * RATE)].max() <= -12
    many = tuple(Span(int((1 + 0.45 * i) * RATE), int((1.2 + 0.45 * i) * RATE)) for i in range(12))
    inside = curve_db(many)[many[0].start : many[-1].end]
    assert np.ptp(inside) < 1e-6


def test_no_step_anywhere() -> None:
    """The steepest change is that of the attack: no click."""
    assert np.abs(np.diff(ducking.gain(SPEECH, 10 * RATE))).max() < 0.0005


def test_edges_of_the_clip() -> None:
    """Speech from the first sample starts ducked; speech past the end, before the start or none at all is no trouble."""
    assert curve_db((Span(0, RATE),), 2)[0] <= -12
    assert curve_db((Span(RATE, 9 * RATE),), 2)[-1] <= -12
    assert curve_db((Span(-2 * RATE, -RATE), Span(30 * RATE, 40 * RATE)), 2).min() == 0
    assert curve_db((), 2).min() == 0
    assert len(ducking.gain(SPEECH, 0)) == 0


def test_depth_follows_both_loudnesses() -> None:
    """At least the usual depth, more for loud music, never more than the most."""
    assert ducking.depth_db(-16, -30) == 13
    assert ducking.depth_db(-16, -10) == 18
    assert ducking.depth_db(-40, -6) == 24
    assert curve_db(depth=18).min() == pytest.approx(-18, abs=0.01)


def test_the_same_in_the_same_out() -> None:
    """Order of the spans does not matter."""
    assert np.array_equal(ducking.gain(SPEECH, RATE * 9), ducking.gain(SPEECH[::-1], RATE * 9))

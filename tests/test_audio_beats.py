"""The grid of beats: click tracks of every tempo under noise, small bands made of numbers, our own beds and parts of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from vidkit import sound
from vidkit.audio import beats, track
from vidkit.audio.track import RATE

Times = npt.NDArray[np.float64]
NEAR = 0.040


def clicks(bpm: float, *, seconds: float = 16, snr_db: float = 6, drift: float = 0.0) -> tuple[sound.Mono, Times]:
    """Short clicks over white noise, and their times; ``drift``: so much faster at the end than at the start."""
    chance = np.random.default_rng(round(bpm))
    music, t = np.zeros(int(seconds * RATE)), np.arange(1440) / RATE
    click = np.sin(2 * np.pi * 1500 * t) * np.exp(-t / 0.006)
    times = [0.3]
    while times[-1] < seconds - 1.2:
        times.append(times[-1] + 60 / bpm / (1 + drift * (times[-1] / seconds - 0.5)))
    for at in times:
        music[int(at * RATE) : int(at * RATE) + 1440] += click
    music += chance.standard_normal(len(music)) * np.sqrt(np.square(click).mean()) * 10 ** (-snr_db / 20)
    return music[: int((times[-1] + 0.3) * RATE)], np.array(times)


def note(hertz: float, seconds: float, soft: float = 0.01) -> sound.Mono:
    """A plucked or soft tone."""
    t = np.arange(int(seconds * RATE)) / RATE
    waves = sum(np.sin(2 * np.pi * hertz * n * t) / n**1.6 for n in (1, 2, 3, 4))
    out: sound.Mono = waves * np.minimum(1, t / soft) * np.exp(-t / (0.6 * seconds))
    return out


CHORDS = ((220, 261.6, 329.6), (174.6, 220, 261.6), (196, 246.9, 293.7), (261.6, 329.6, 392))


def band(bpm: float, bar: int, *, plucked: bool) -> tuple[sound.Mono, Times]:
    """A guitar in eighths or a piano's chords, a bass, a chord a bar; 22 s from a random place in a beat."""
    chance, beat = np.random.default_rng(bar), 60 / bpm
    music = np.zeros(22 * RATE)
    times = np.arange(chance.uniform(0.05, beat), 21.5, beat)

    def put(tone: sound.Mono, at: float, level: float) -> None:
        first = int(at * RATE)
        music[first : first + len(tone)] += level * tone[: len(music) - first]

    for number, at in enumerate(times.tolist()):
        chord, place = CHORDS[number // bar % 4], number % bar
        if place == 0:
            put(note(chord[0] / 2, beat * 1.5), at, 0.7)
        for step, tone in enumerate(chord):
            if plucked and step < 2:
                put(
                    note(chord[(2 * number + step) % 3] * (2 - step), beat, 0.004),
                    at + step * beat / 2,
                    0.4 - 0.1 * step,
                )
            elif not plucked:
                put(note(tone, beat, 0.02), at, 0.3 if place == 0 else 0.15)
    return music + 0.003 * chance.standard_normal(len(music)), times


def found_share(grid: beats.Grid, times: Times) -> tuple[float, float]:
    """The share of true beats found within 40 ms, and of found ones that are true."""
    found = np.array(grid.beats) / RATE
    if not len(found):
        return 0.0, 0.0
    apart = np.abs(times[:, None] - found[None, :])
    return float((apart.min(axis=1) <= NEAR).mean()), float((apart.min(axis=0) <= NEAR).mean())


def heard(music: Any) -> beats.Grid:
    """The grid of made music."""
    return beats.grid(np.asarray(music, np.float32))


@pytest.mark.parametrize("bpm", [60, 67, 75, 88, 96, 107, 120, 133, 150, 167, 180])
def test_clicks_under_noise(bpm: int) -> None:
    """From 60 to 180 a minute: every beat, none too much, the tempo to a tenth."""
    music, times = clicks(bpm)
    grid = heard(music)
    assert min(found_share(grid, times)) >= 0.9
    assert grid.tempo_bpm == pytest.approx(bpm, abs=0.1)
    assert grid.steady
    assert grid.confidence > 0.5


@pytest.mark.parametrize("bpm", [80, 120])
def test_people_who_play_faster_and_faster(bpm: int) -> None:
    """A tempo that drifts by a tenth is followed."""
    music, times = clicks(bpm, drift=0.1)
    assert min(found_share(heard(music), times)) >= 0.9


@pytest.mark.parametrize(("bpm", "bar", "plucked"), [(72, 4, False), (96, 4, True), (118, 4, False), (104, 3, False)])
def test_small_bands(bpm: int, bar: int, *, plucked: bool) -> None:
    """Eighths are not taken for beats; bars begin where harmony changes."""
    music, times = band(bpm, bar, plucked=plucked)
    grid = heard(music)
    assert min(found_share(grid, times)) >= 0.9
    first = int(np.abs(times - grid.bars[0] / RATE).argmin())
    assert (grid.beats_per_bar, first % bar) == (bar, 0)


@pytest.mark.parametrize("bed", track.beds(), ids=lambda bed: str(bed.id))
def test_our_own_beds(bed: track.Bed) -> None:
    """90 of 100 beats of 40 s of every bed, from its start and from the middle of a bar, at its own tempo."""
    music, beat = sound._music(bed), bed.beat_samples / RATE
    for start in (0.0, 2.5 * beat):
        part = music[int(start * RATE) : int((start + 40) * RATE)]
        grid = beats.grid(part)
        times = np.arange(int(np.ceil(start / beat)), bed.body_beats, dtype=float) * beat - start
        inside = times[times < len(part) / RATE - 0.1]
        assert min(found_share(grid, inside)) >= 0.9
        assert grid.tempo_bpm == pytest.approx(bed.tempo_bpm, rel=0.005)


@pytest.mark.parametrize("length", [0, 1, 1000, RATE])
def test_too_short_for_a_beat(length: int) -> None:
    """No grid, no confidence, no trouble."""
    assert heard(np.ones(length) * 0.1) == beats.Grid((), 0.0, 4, 0, steady=False, confidence=0.0)


@pytest.mark.parametrize("swell", [0.0, 0.2, 0.5])
def test_steady_tones_have_no_beat(swell: float) -> None:
    """A held chord, swelling slowly or not: nothing starts in it."""
    t = np.arange(10 * RATE) / RATE
    chord = sum((np.sin(2 * np.pi * hertz * t) for hertz in (220, 277, 330)), np.zeros(len(t)))
    assert heard(0.1 * chord * (1 + swell * np.sin(t))).beats == ()


@pytest.mark.parametrize("bpm", [72, 100, 133])
def test_music_that_starts_on_its_first_sample(bpm: int) -> None:
    """Its first beat is there, not lost before it; the grid is that of the clicks."""
    music, times = clicks(bpm, snr_db=30)
    grid = heard(music[int(times[0] * RATE) :])
    assert grid.beats[0] == 0
    assert grid.tempo_bpm == pytest.approx(bpm, abs=0.1)
    assert len(grid.beats) == len(times)


def test_no_beat_is_not_sworn_to() -> None:
    """Silence has none; noise has little confidence, well below music's."""
    assert heard(np.zeros(8 * RATE)).beats == ()
    noise = heard(np.random.default_rng(1).standard_normal(12 * RATE) * 0.1)
    assert noise.confidence < heard(clicks(100)[0]).confidence - 0.1


def test_the_same_music_gives_the_same_grid() -> None:
    """No chance; both channels are heard; places lie within the music."""
    music = clicks(100)[0].astype(np.float32)
    both = beats.grid(np.stack([music, music], axis=1))
    assert both == beats.grid(music)
    assert list(both.beats) == sorted(set(both.beats))
    assert both.beats[-1] < len(music)
    assert set(both.bars) <= set(both.beats)


@pytest.mark.parametrize(("bpm", "found"), [(42, 84), (48, 96), (54, 108), (195, 97.5), (220, 110)])
def test_tempos_beyond_people_are_doubled_or_halved(bpm: int, found: float) -> None:
    """Never three beats for one, nor one for three: cuts on them would miss every bar of four."""
    assert heard(clicks(bpm, seconds=30, snr_db=30)[0]).tempo_bpm == pytest.approx(found, abs=0.2)


@pytest.mark.parametrize("bpm", [72, 90, 110])
def test_knocks_without_harmony_have_bars_of_four(bpm: int) -> None:
    """Only what clearly counts to three is a waltz; nothing is made of knocks that are all alike, nor of the silence after them."""
    music, t = np.zeros(40 * RATE), np.arange(RATE // 8) / RATE
    knock = np.sin(2 * np.pi * 900 * t) * np.exp(-45 * t)
    for number in range(40 * bpm // 60 - 1):
        first = int(number * 60 / bpm * RATE)
        music[first : first + len(knock)] += knock * (0.7 if number % 4 else 1)
    assert heard(music).beats_per_bar == 4

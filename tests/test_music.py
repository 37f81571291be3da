"""The six beds: their data, their files, how they loop and end, their beat, and the script that composed them."""

from __future__ import annotations

import importlib
import itertools
import math
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from last_chord import landing

from vidkit import sound
from vidkit.audio import track as scores
from vidkit.audio.track import RATE, Bed, Cue, Track
from vidkit.tables import mapping

if TYPE_CHECKING:
    from types import ModuleType

BEDS = scores.beds()
each = pytest.mark.parametrize("bed", BEDS, ids=lambda b: str(b.id))
MOODS = {
    "bright": "明快",
    "warm": "温暖",
    "calm": "舒缓",
    "lively": "热闹",
    "proud": "自豪",
    "tender": "温情",
}
STEP = RATE // 200  # samples between two looks at the spectrum


@cache
def tool(name: str) -> ModuleType:
    """A module of the folder ``tools``."""
    folder = str(Path(__file__).parent.parent / "tools")
    sys.path.insert(0, folder)
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(folder)


@cache
def rises(name: str) -> np.ndarray[Any, Any]:
    """How much the spectrum of a bed rises every 5 ms."""
    return rising(sound._music(scores.bed(name)))


def rising(samples: sound.Samples) -> np.ndarray[Any, Any]:
    """How much the spectrum rises every 5 ms; the value at ``i`` belongs to what begins at ``i * STEP``."""
    mono = np.pad(samples.mean(axis=1), (512, 512))
    measure = tool("music_figures")
    found: np.ndarray[Any, Any] = measure.flux(measure.spectra(mono, 1024, STEP))
    return found


def around(rise: np.ndarray[Any, Any], sample: float, reach_ms: float = 60) -> float:
    """The greatest rise within so many ms of a sample."""
    at, reach = round(sample / STEP), round(reach_ms / 5)
    return float(rise[max(at - reach, 0) : at + reach + 1].max())


def stored(bed: Bed) -> dict[str, Any]:
    """A bed's data as they are written."""
    return mapping(sound._folder("music").joinpath(f"{bed.id}.yaml").read_text(encoding="utf-8"))


@each
def test_data_match_their_file(bed: Bed) -> None:
    """The script measures the stored file as its data say: digest, grid, loudness within 0.3, peak; 60 to 90 s, at most 1.2 MB."""
    compose = tool("compose")
    data, packed = stored(bed), sound._folder("music").joinpath(bed.file).read_bytes()
    assert compose.described(compose.PIECES[bed.id], packed) == data
    heard = sound._music(bed)
    assert sound.loudness(heard) == pytest.approx(-15, abs=0.3)
    assert 20 * math.log10(float(np.abs(heard).max())) <= -3.5
    assert len(heard) == (bed.body_beats + bed.ending_beats) * bed.beat_samples
    assert 60 <= len(heard) / RATE <= 90
    assert len(packed) <= 1_200_000
    assert data["licence"] == "original, MIT with vidkit"
    assert data["frames_per_beat"][30] * RATE == bed.beat_samples * 30


def test_every_mood_has_a_bed_of_its_own() -> None:
    """The six moods in both languages name six beds; no name stands for two."""
    assert [scores.bed(mood).id for mood in MOODS] == [scores.bed(mood).id for mood in MOODS.values()]
    assert len({scores.bed(mood).id for mood in MOODS}) == len(BEDS) == 6
    assert scores.bed("default").id == "linli-morning"
    assert {bed.aliases[0] for bed in BEDS} == set(MOODS.values())  # what a mistyped name is told
    names = [name for bed in BEDS for name in {bed.id, bed.name_zh, bed.name_en, *bed.aliases}]
    assert all(bed.name_zh in bed.aliases for bed in BEDS)
    assert len(names) == len(set(names))


@each
def test_loops_join_without_a_jump(bed: Bed) -> None:
    """Where a long track goes back, the spectrum rises no more than at the body's other bar lines, and no sample jumps."""
    length = (2 * bed.body_beats + 12) * bed.beat_samples
    heard = sound._laid(bed, length)
    at = bed.body_beats * bed.beat_samples
    rise = rising(heard[at - 3 * RATE : at + 3 * RATE])
    bar = bed.beats_per_bar * bed.beat_samples
    lines = sorted(around(rises(bed.id), line) for line in range(bar, at, bar))
    louder = 10 ** ((sound.levels()["loudness"]["target_lufs"] - bed.lufs) / 40)  # the flux is of square roots
    assert sound.pieces(bed, length)[1].start == bed.loop_to_beat * bed.beat_samples
    assert around(rise, 3 * RATE) <= lines[-1] * louder
    bend = np.abs(np.diff(heard[at - RATE : at + RATE].astype(np.float64), 2, axis=0)).max(axis=1)
    assert bend[RATE - sound.JOIN - 10 : RATE + 3].max() <= bend.max()
    assert bend[RATE - 5 : RATE + 3].max() < 0.7 * bend.max()


@each
def test_the_last_chord_lands_on_its_beat_and_rings_out(bed: Bed) -> None:
    """A chord begins on its beat (within 25 ms), only decays from then on, and has died at the end."""
    heard, rise = sound._music(bed), rises(bed.id)
    at = (bed.body_beats + bed.final_chord_beat) * bed.beat_samples
    near = rise[at // STEP - 20 : at // STEP + 60]
    assert abs(int(np.flatnonzero(near > 0.6 * near.max())[0]) - 20) * 5 <= 25
    assert rise[at // STEP + 4 * RATE // STEP // 4 :].max() < 0.5 * near.max()
    ring = np.square(heard[at:].astype(np.float64)).sum(axis=1)
    seconds = [float(part.sum()) for part in np.array_split(ring, 5)]
    assert seconds == sorted(seconds, reverse=True)
    assert np.abs(heard[-RATE // 20 :]).max() < 0.005


@each
def test_what_begins_begins_on_the_beat(bed: Bed) -> None:
    """The strongest rise near each beat of the body lies within 20 ms of it on average."""
    rise = rises(bed.id)
    off = []
    for beat in range(1, bed.body_beats):
        at = round(beat * bed.beat_samples / STEP)
        off.append(abs(int(rise[at - 24 : at + 25].argmax()) - 24) * 5)
    assert float(np.mean(off)) <= 20


@each
def test_finished_clips_end_with_the_chord(bed: Bed) -> None:
    """At any length the chord lands 3 to 5 beats (a waltz: 6) before the end and the clip's last frame is silent; an odd bar is never cut."""
    if bed.beats_per_bar % 2:
        assert not any(
            sound.attach_beat(bed, length) % bed.beats_per_bar for length in range(8 * RATE, 60 * RATE, 7777)
        )
    for frames in (240, 615, 1500):
        track = Track(frames, 30, bed.id, (Cue(10, "tick"),))
        landed = landing(track)
        assert landed is not None
        assert 2.99 <= (frames - landed) * RATE / 30 / bed.beat_samples <= 5.01 + bed.beats_per_bar % 2
    heard = sound.mix(Track(240, 30, bed.id))
    assert np.abs(heard[-RATE // 30 :]).max() < 0.01
    assert np.abs(heard[: RATE // 50]).max() > 0.01


@each
def test_the_last_chord_comes_with_the_last_cut(bed: Bed) -> None:
    """On its frame where that lies on a beat and the chord can ring until the end, else at most a beat beside it (a waltz: two), on a bar or its middle."""
    beat, waltz = bed.beat_samples * 30 // RATE, bed.beats_per_bar % 2
    for beats in range(4 * bed.beats_per_bar, 8 * bed.beats_per_bar):
        track = Track((beats + 3) * beat, 30, bed.id, closing=beats * beat)
        met = beats % bed.beats_per_bar == 0 or not waltz
        landed = landing(track)
        assert landed is not None
        assert (landed == track.closing) if met else abs(landed - beats * beat) <= 2 * beat
        late = replace(track, closing=beats * beat + beat // 2)
        landed = landing(late)
        assert landed is not None
        assert abs(landed - beats * beat - beat // 2) <= (2.5 if waltz else 1.5) * beat
        if not waltz:
            assert landed // beat % 2 == 0
    assert landing(Track(40 * beat, 30, bed.id, closing=20 * beat)) == landing(Track(40 * beat, 30, bed.id)) or waltz


def test_no_two_beds_are_alike() -> None:
    """Tempo and key all differ; between any two, tempo, metre, brightness and density are clearly apart taken together."""
    measure = tool("music_figures")
    assert len({bed.tempo_bpm for bed in BEDS}) == len({bed.key.split()[0] for bed in BEDS}) == len(BEDS)
    traits = {}
    for bed in BEDS:
        heard = sound._music(bed)[10 * RATE : 40 * RATE]
        found = np.abs(np.fft.rfft(heard.mean(axis=1)[: 1 << 20]))
        hertz = np.fft.rfftfreq(1 << 20, 1 / RATE)
        density = len(measure.onsets(heard.mean(axis=1))) / 30
        traits[bed.id] = np.log2([bed.tempo_bpm, bed.beats_per_bar, float(found @ hertz / found.sum()), density])
    for one, other in itertools.combinations(traits.values(), 2):
        assert float(np.abs(one - other).sum()) > 0.3


@pytest.mark.parametrize("mood", ["warm", "lively"])
def test_a_piece_renders_the_same_twice(mood: str) -> None:
    """The first two beats, rendered twice, have the same samples, are no silence and clip nowhere."""
    piece, desk = tool("compose").PIECES[scores.bed(mood).id], tool("band.desk")
    first, second = desk.render(piece, 2), desk.render(piece, 2)
    assert np.array_equal(first, second)
    assert 0.05 < np.abs(first).max() < 1


def test_scores_are_whole_bars_and_belong_to_the_stored_beds() -> None:
    """Every bar of every melody has the bar's beats; figures divide their bar; there are as many bars as the data say."""
    score = tool("band.score")
    for name in ("warm", "calm", "lively", "proud", "tender"):
        module = tool(f"band.{name}")
        piece, per_bar = module.PIECE, module.PIECE.beats_per_bar
        assert sum(len(score.bars(s.chords)) for s in module.SECTIONS) == piece.body_bars + piece.cadence_bars
        for section in module.SECTIONS:
            count = len(score.bars(section.chords))
            for line in section.lines.values():
                beats = [sum(float(w.split(":")[1]) for w in bar.split()) for bar in score.bars(line)]
                assert beats == [per_bar] * count, line
            assert all(len(bar) % per_bar == 0 for figure in section.figures.values() for bar in score.bars(figure))
    for piece in tool("compose").PIECES.values():
        assert min(n.beat for n in piece.notes) == 0
        assert max(n.beat for n in piece.notes) < piece.body_beats + piece.cadence_beats + 2
        assert score.played(piece) == score.played(piece)


def test_nobody_plays_before_the_beat() -> None:
    """Players are late by a few milliseconds and the swing at most, never early; every force is heard."""
    score = tool("band.score")
    for piece in tool("compose").PIECES.values():
        late = [b.beat - a.beat for a, b in zip(piece.notes, score.played(piece), strict=True)]
        most = max([*piece.swing.values(), 0]) + piece.late_s[1] * piece.tempo_bpm / 60
        assert 0 <= min(late) <= max(late) <= most + 1e-9
        assert all(0.05 < n.force <= 1.3 for n in piece.notes)


def test_the_morning_has_no_note_outside_g_major() -> None:
    """Every pitched note of the oldest bed belongs to its scale; its bars are whole."""
    morning, drums = tool("band.morning"), tool("band.score").DRUMS
    assert {n.pitch % 12 for n in morning.PIECE.notes if n.part not in drums} <= {7, 9, 11, 0, 2, 4, 6}
    for line in (*morning.SCORE.melody, *filter(None, morning.SCORE.answer)):
        assert sum(float(word.split(":")[1]) for word in line.split()) == 4, line

"""Sound: beds, mix, loudness, limiter, and the finished AAC."""

from __future__ import annotations

import errno
import hashlib
import itertools
import math
import os
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, get_args

import made_speech
import numpy as np
import pytest
from last_chord import landing

from vidkit import ffmpeg, kit, sound
from vidkit.audio import clean, effects, mastering, phrases
from vidkit.audio import track as scores
from vidkit.audio.track import RATE, Cue, Track, Voice
from vidkit.problems import Refusal

if TYPE_CHECKING:
    from pathlib import Path

MORNING = scores.bed("linli-morning")
FRAME = RATE // 30


def decoded(file: Path) -> sound.Samples:
    """The samples of a finished file."""
    raw = ffmpeg.run(["-i", file.name, "-f", "f32le", "-ar", str(RATE), "-ac", "2", "pipe:1"], cwd=file.parent)
    return np.frombuffer(raw, np.float32).reshape(-1, 2)


def judged(samples: sound.Samples) -> tuple[float, float]:
    """Loudness and true peak as ffmpeg's ebur128 finds them."""
    said = ffmpeg.report(
        [
            *("-f", "f32le", "-ar", str(RATE), "-ac", "2", "-i", "pipe:0"),
            *("-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"),
        ],
        stdin=samples.astype(np.float32).tobytes(),
    )
    return sound._figure(said, r"I:\s+(\S+) LUFS"), sound._figure(said, r"Peak:\s+(\S+) dBFS")


def decibels(samples: sound.Samples) -> float:
    """Mean level in dBFS."""
    return 10 * math.log10(float(np.square(samples, dtype=np.float64).mean()) + 1e-20)


@pytest.mark.parametrize("frames", [240, 459, 1200])
def test_finished_sound_has_the_wanted_loudness_peak_and_length(tmp_path: Path, frames: int) -> None:
    """8, 15.3 and 40 s with every effect: −14 ± 0.5 LUFS, at most −1.5 dBTP, exact length, as measured on the AAC."""
    cues = (Cue(54, "whoosh"), Cue(90, "tick"), Cue(108, "pop"), Cue(frames - 75, "chime"))
    told = sound.write(Track(frames, 30, "default", cues), tmp_path / "a.m4a")
    heard = decoded(tmp_path / "a.m4a")
    lufs, peak = judged(heard)
    assert lufs == pytest.approx(-14, abs=0.5)
    assert peak <= -1.5
    assert told.lufs == pytest.approx(lufs, abs=0.1)
    assert told.true_peak_db == pytest.approx(peak, abs=0.15)
    assert abs(len(heard) - frames * FRAME) < sound.AAC_FRAME


def test_the_same_track_gives_the_same_bytes(tmp_path: Path) -> None:
    """No clock, no unseeded chance, one thread; nothing else is left in the folder."""
    track = Track(200, 30, "linli-morning", (Cue(60, "whoosh"),))
    for name in ("a.m4a", "b.m4a"):
        sound.write(track, tmp_path / name)
    assert (tmp_path / "a.m4a").read_bytes() == (tmp_path / "b.m4a").read_bytes()
    assert sorted(f.name for f in tmp_path.iterdir()) == ["a.m4a", "b.m4a"]


def test_a_folder_that_cannot_be_removed_spoils_no_finished_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows keeps what a scanner looks into."""

    def kept(*_given: object, **_named: object) -> None:
        raise OSError(errno.ENOTEMPTY, "The directory is not empty")

    monkeypatch.setattr(os, "rmdir", kept)
    sound.write(Track(30, 30, None), tmp_path / "a.m4a")
    assert len(decoded(tmp_path / "a.m4a"))


def test_finished_file_says_nothing_about_its_making(tmp_path: Path) -> None:
    """No encoder name, no title, no time in the file's metadata."""
    sound.write(Track(60, 30, "default"), tmp_path / "a.m4a")
    bare = ffmpeg.run(["-i", "a.m4a", "-f", "ffmetadata", "pipe:1"], cwd=tmp_path).decode()
    assert "encoder" not in (tmp_path / "a.m4a").read_bytes().decode("latin1").lower()
    assert "title" not in bare
    assert "creation_time" not in bare


def test_silence_stays_silence(tmp_path: Path) -> None:
    """A track without bed or effects is digital silence of the right length, not raised noise."""
    told = sound.write(Track(95, 30, None), tmp_path / "a.m4a")
    heard = decoded(tmp_path / "a.m4a")
    assert told.lufs == -math.inf
    assert not heard.any()
    assert abs(len(heard) - 95 * FRAME) < sound.AAC_FRAME


def test_effects_without_music_keep_their_own_level(tmp_path: Path) -> None:
    """Without a bed the loudness is not chased: room is left for music added in the app."""
    sound.write(Track(150, 30, None, (Cue(60, "whoosh"), Cue(90, "pop"))), tmp_path / "a.m4a")
    assert max(mastering.momentary(decoded(tmp_path / "a.m4a"))) <= -18


@pytest.mark.parametrize("bed", scores.beds(), ids=lambda b: str(b.id))
def test_a_bed_is_what_its_data_say(bed: scores.Bed) -> None:
    """Length in beats, loudness, size, and a beat of whole frames at 30 fps."""
    heard = sound._music(bed)
    assert len(heard) == (bed.body_beats + bed.ending_beats) * bed.beat_samples
    assert bed.beat_samples == RATE * 60 / bed.tempo_bpm
    assert sound.loudness(heard) == pytest.approx(bed.lufs, abs=0.1)
    assert len(sound._folder("music").joinpath(bed.file).read_bytes()) <= 1_200_000
    assert bed.beat_samples % FRAME == 0
    assert bed.body_beats % bed.beats_per_bar == bed.loop_to_beat % bed.beats_per_bar == 0
    assert bed.licence


@pytest.mark.parametrize("bed", scores.beds(), ids=lambda b: str(b.id))
def test_a_bed_measures_like_music(bed: scores.Bed) -> None:
    """Crest 8–14 dB, stereo but safe in mono, energy spread from bass to treble, something new on nearly every beat."""
    heard = sound._music(bed)[: bed.body_beats * bed.beat_samples]
    crest = 20 * math.log10(float(np.abs(heard).max())) - decibels(heard)
    power = np.square(np.abs(np.fft.rfft(heard.mean(axis=1))))
    hertz = np.fft.rfftfreq(len(heard), 1 / RATE)
    bands = [float(power[(hertz >= 80 * 4**i) & (hertz < 80 * 4 ** (i + 1))].sum()) for i in range(4)]
    starts = np.arange(12 * bed.body_beats) * bed.beat_samples // 12
    bends = np.square(np.diff(heard.mean(axis=1), prepend=0))
    level = 10 * np.log10(np.add.reduceat(bends, starts) * 12 / bed.beat_samples + 1e-12).reshape(-1, 12)
    rise = level[1:, :2].max(axis=1) - level[:-1, 10:].min(axis=1)
    assert 8 <= crest <= 14
    assert 0.3 < float(np.corrcoef(heard[:, 0], heard[:, 1]).min()) < 0.95
    assert all(-5 < 10 * math.log10(a / b) < 16 for a, b in itertools.pairwise(bands))
    assert float((rise > 3).mean()) > 0.9


def test_music_starts_on_the_first_sample() -> None:
    """The first 10 ms already sound: no silence before the first beat."""
    assert decibels(sound.mix(Track(300, 30, "default"))[: RATE // 100]) > -25


@pytest.mark.parametrize("seconds", [6, 7.7, 12, 15.3, 21.1, 33, 59.9, 64, 90])
def test_music_ends_properly_at_any_length(seconds: float) -> None:
    """The last chord rings out: it lands 1.8–3 s before the end, decays over the last two seconds, and the end is silent."""
    track = Track(round(seconds * 30), 30, "default")
    heard = sound.mix(track)
    landed = landing(track)
    assert landed is not None
    chord = heard[landed * FRAME :]
    assert 1.79 * RATE <= len(chord) <= 3.01 * RATE
    assert np.abs(heard[-RATE // 20 :]).max() < 0.01
    quarters = [decibels(chord[i * len(chord) // 4 : (i + 1) * len(chord) // 4]) for i in range(4)]
    assert quarters == sorted(quarters, reverse=True)
    assert quarters[0] - quarters[3] > 10


@pytest.mark.parametrize("bed", scores.beds(), ids=lambda b: str(b.id))
def test_the_shortest_clips_end_on_the_last_chord(bed: scores.Bed) -> None:
    """From six seconds on, with every bed, the chord lands at least 1.5 s before the end and rings until there."""
    for frames in range(180, 420, 15):
        landed = landing(Track(frames, 30, bed.id))
        assert landed is not None
        assert 1.49 <= (frames - landed) / 30 <= 5.01


@pytest.mark.parametrize("samples", range(RATE * 6, RATE * 90, RATE * 7 + 1234))
def test_pieces_fill_the_track_on_the_beat(samples: int) -> None:
    """Pieces add up to the track; each starts on a beat; loops meet at bar lines; the ending starts at a bar or its middle."""
    laid, at = sound.pieces(MORNING, samples), 0
    for before, piece in zip((None, *laid), laid, strict=False):
        assert at % MORNING.beat_samples == piece.start % MORNING.beat_samples == 0
        if before and piece.start == MORNING.loop_to_beat * MORNING.beat_samples:
            assert before.start + before.length == MORNING.body_beats * MORNING.beat_samples
        at += piece.length
    assert at == samples
    assert sound.attach_beat(MORNING, samples) % 2 == 0
    assert laid[-1].start + laid[-1].length > MORNING.body_beats * MORNING.beat_samples


@pytest.mark.parametrize("seconds", [8, 25, 61, 70, 90])
def test_joins_do_not_click(seconds: int) -> None:
    """Where pieces meet the samples bend no more sharply than the music around them does."""
    length = seconds * RATE
    heard = sound.mix(Track(seconds * 30, 30, "default")).astype(np.float64)
    bend = np.abs(np.diff(heard, 2, axis=0)).max(axis=1)
    at = 0
    for piece in sound.pieces(MORNING, length)[:-1]:
        at += piece.length
        assert bend[at - sound.JOIN - 10 : at + 3].max() < 0.5 * bend[at - RATE // 2 : at + RATE // 2].max()


def test_the_kinds_of_effects_are_listed_once() -> None:
    """``track.Kind`` is what a template may say, what can be made, and what has a level and a name."""
    kinds, told = set(get_args(scores.Kind)), sound.levels()["effects"]
    assert set(effects.BELLS) == set(effects.GLITTER)
    assert set(get_args(kit.Words.model_fields["sound"].annotation)) == {"", *kinds}
    assert kinds == {*effects.EFFECTS, *effects.BELLS} == set(told["momentary_lufs"]) == set(told["names"])
    for name in ("storyboard", "kit"):
        written = resources.files("vidkit").joinpath(f"{name}.py").read_text(encoding="utf-8")
        assert '"whoosh"' not in written


@pytest.mark.parametrize("kind", get_args(scores.Kind))
def test_an_effect_stands_on_its_frame(kind: scores.Kind) -> None:
    """Noises that pass are loudest on their frame; the others begin there."""
    heard = sound.mix(Track(120, 30, None, (Cue(40, kind),)))
    level = np.square(heard).sum(axis=1).reshape(-1, FRAME).sum(axis=1)
    found = (
        int(level.argmax())
        if kind in {"whoosh", "brush", "page"}
        else int(np.flatnonzero(level > 1e-3 * level.max())[0])
    )
    assert abs(found - 40) <= 1


@pytest.mark.parametrize("kind", get_args(scores.Kind))
@pytest.mark.parametrize("gain_db", [0.0, 40.0])
def test_no_effect_is_louder_than_its_ceiling(kind: scores.Kind, gain_db: float) -> None:
    """Momentary loudness of an effect alone stays at or under −18 LUFS whatever gain is asked."""
    heard = sound.mix(Track(120, 30, None, (Cue(40, kind, gain_db),)))
    assert -45 < max(mastering.momentary(heard)) <= -18


ALL = (400, 16_000)


def pitches(sound_: sound.Samples, share: float = 0.04, band: tuple[int, int] = (400, 4200)) -> set[int]:
    """The pitch classes, in semitones above C, that hold a share of a sound's power in a band (Hz) at least."""
    power = np.square(np.abs(np.fft.rfft(sound_[:RATE].mean(axis=1) * np.hanning(len(sound_[:RATE])))))
    hertz = np.fft.rfftfreq(len(sound_[:RATE]), 1 / RATE)
    used = (hertz > band[0]) & (hertz < band[1])
    notes = np.round(12 * np.log2(hertz[used] / 440)).astype(int) + 9
    held = np.bincount(notes % 12, power[used], 12)
    return {note for note in range(12) if held[note] > share * held.sum()}


@pytest.mark.parametrize("kind", list(effects.BELLS))
@pytest.mark.parametrize("bed", scores.beds(), ids=lambda b: str(b.id))
def test_bells_are_in_the_key_of_their_bed(kind: scores.Kind, bed: scores.Bed) -> None:
    """The end's are the notes of its last chord; none of any lies a semitone beside one of these."""
    tonic, minor = effects.scale(bed.key)
    chord = {(tonic + above) % 12 for above in (0, 3 if minor else 4, 7)}
    found = pitches(effects.effect(kind, bed.key)[0])
    assert found == chord if kind == "chime" else len(found) >= 3
    assert not {(note + beside) % 12 for note in found for beside in (1, 11)} & chord
    heard = sound._music(bed)[(bed.body_beats + bed.final_chord_beat) * bed.beat_samples :]
    assert pitches(heard, 0.15, (80, 700)) <= chord


@pytest.mark.parametrize(
    ("key", "tonic", "minor"),
    [
        ("E-flat major", 3, False),
        ("F-sharp minor", 6, True),
        ("G major pentatonic", 7, False),
        ("B-flat minor", 10, True),
    ],
)
def test_keys_are_read(key: str, tonic: int, minor: bool) -> None:  # noqa: FBT001
    """Their first note, and whether their third is minor: the bells have it."""
    assert effects.scale(key) == (tonic, minor)
    assert (tonic + (3 if minor else 4)) % 12 in pitches(effects.effect("chime", key)[0])


@pytest.mark.parametrize("kind", list(effects.BELLS))
def test_bells_beside_own_music_have_no_pitch(kind: scores.Kind) -> None:
    """Nobody knows its key, so no note is more than a little louder than the others."""
    assert pitches(effects.effect(kind, "")[0], 0.16, ALL) == set()
    assert pitches(effects.effect(kind)[0], 0.16, ALL)
    tune = scores.Tune("a" * 64, tuple(range(0, 9 * RATE, RATE // 2)))
    track = Track(90, 30, None, (Cue(30, kind),), tune=tune)
    heard = sound.mix(track, lambda _: np.zeros((9 * RATE, 2), np.float32))
    assert np.abs(heard).max() > 0
    assert pitches(heard[RATE:], 0.16, ALL) == set()


def test_effects_follow_the_music() -> None:
    """The same knock is softer in a soft bar and louder in a full one, by no more than its data say, and stays under the ceiling."""
    t = np.arange(8 * RATE) / RATE
    swell = np.where(t < 4, 0.02, 0.5)[:, None] * np.sin(2 * np.pi * 220 * t)[:, None] * np.ones(2)
    tune = scores.Tune("a" * 64, tuple(range(0, 8 * RATE, RATE // 2)))
    track = Track(240, 30, None, (Cue(60, "tick"), Cue(165, "tick"), Cue(190, "chime", 40.0)), tune=tune)
    given = lambda _: swell.astype(np.float32)  # noqa: E731
    more = sound.mix(track, given) - sound.mix(replace(track, cues=()), given)
    soft, full, loud = (more[a * FRAME : (a + 24) * FRAME] for a in (55, 160, 185))
    most = sound.levels()["effects"]["follow_db"]
    usual = sound.levels()["effects"]["momentary_lufs"]["tick"]
    assert max(mastering.momentary(soft)) == pytest.approx(usual - most, abs=0.1)
    assert usual < max(mastering.momentary(full)) <= usual + most + 0.1
    assert max(mastering.momentary(loud)) <= -18


def test_music_begins_without_a_click() -> None:
    """From silence, within a millisecond."""
    for bed in scores.beds():
        heard = sound.mix(Track(90, 30, bed.id))
        assert not heard[0].any()
        assert np.array_equal(heard[sound.SHORT_RISE : RATE], sound._laid(bed, 90 * FRAME)[sound.SHORT_RISE : RATE])


def test_effects_at_the_edges_are_cut_without_a_click() -> None:
    """A cue on the first or the last frame, or outside the track, neither fails nor clicks."""
    cues = (Cue(0, "whoosh"), Cue(59, "chime"), Cue(60, "pop"), Cue(-90, "tick"))
    heard = sound.mix(Track(60, 30, None, cues))
    assert len(heard) == 60 * FRAME
    assert np.abs(heard[-1]).max() < 1e-6


def test_own_loudness_agrees_with_ffmpeg() -> None:
    """BS.1770 here and in ffmpeg's ebur128 differ by at most 0.1 LU: tones, noise, gated quiet, one channel, music."""
    t = np.arange(RATE * 6) / RATE
    rng = np.random.default_rng(5)
    tone = np.stack([0.1 * np.sin(2 * np.pi * 997 * t)] * 2, axis=1)
    bass = np.stack([0.3 * np.sin(2 * np.pi * 60 * t)] * 2, axis=1)
    hiss = 0.05 * rng.standard_normal((len(t), 2))
    gated = hiss * np.where(t < 3, 1, 0.01)[:, None]
    one_ear = hiss * np.array([1, 0])
    for signal in (tone, bass, hiss, gated, one_ear, sound._music(MORNING)[: RATE * 20]):
        assert sound.loudness(signal) == pytest.approx(judged(signal.astype(np.float32))[0], abs=0.1)


def test_limiter_holds_true_peaks_between_samples() -> None:
    """A tone at a quarter of the sample rate peaks 3 dB over its samples: the limiter sees it; loudness is reached as well."""
    t = np.arange(RATE * 4)
    swell = np.minimum(1, np.minimum(t, t[::-1]) / RATE)
    tone = np.stack([swell * np.sin(np.pi / 2 * t + np.pi / 4)] * 2, axis=1).astype(np.float32)
    mastered = sound.master(tone, None, -1.5)
    assert judged(mastered)[1] <= -1.4
    loud = sound.master(sound.mix(Track(450, 30, "default")), -11, -2)
    assert judged(loud)[0] == pytest.approx(-11, abs=0.5)
    assert judged(loud)[1] <= -1.9


def test_master_leaves_quiet_peaks_alone_and_raises_at_most_12_db() -> None:
    """Below the ceiling the sound is only scaled; a very quiet sound is not blown up; silence stays."""
    music = sound.mix(Track(200, 30, "default")) * np.float32(0.1)
    scaled = sound.master(music, -30, -1.5)
    assert np.allclose(scaled, music * (scaled[9999, 0] / music[9999, 0]), atol=1e-6)
    assert sound.loudness(sound.master(music * np.float32(0.1), -14, -1.5)) < -38
    assert not sound.master(np.zeros((RATE, 2), np.float32), -14, -1.5).any()


def test_key_names_everything_that_changes_the_sound() -> None:
    """An alias is the same track; length, rate, bed, cue and gain each make another."""
    track = Track(300, 30, "default", (Cue(30, "pop"),))
    others = (
        replace(track, frames=301),
        replace(track, fps=60),
        replace(track, bed=None),
        replace(track, cues=()),
        replace(track, cues=(Cue(30, "pop", 1.0),)),
    )
    assert sound.key(track) == sound.key(replace(track, bed="linli-morning"))
    assert len({sound.key(t) for t in (track, *others)}) == 1 + len(others)


@cache
def said(seconds: float) -> sound.Samples:
    """Made speech, cleaned, so long at least."""
    words = phrases.phrases("我叫王秀英，从毕节来贵阳八年了。刚来的时候什么都不会，跟着张姐学了三个月。" * 4)
    talk = made_speech.talk(words, seed=3).samples[: round(seconds * RATE)]
    made = clean.cleaned(talk).samples
    made.setflags(write=False)
    return made


def spoken_track(frames: int, voice: sound.Samples, bed: str | None = "default") -> Track:
    """A clip in which somebody speaks from its second second on, and again after a pause of three."""
    half = len(voice) // 2
    again = Voice("a" * 64, half, len(voice) - half, 2 * RATE + half + 3 * RATE)
    return Track(
        frames, 30, bed, (Cue(45, "whoosh"), Cue(frames - 75, "chime")), (Voice("a" * 64, 0, half, 2 * RATE), again)
    )


@pytest.mark.parametrize("bed", [*(b.id for b in scores.beds()), None])
def test_a_voice_over_music_keeps_the_levels(tmp_path: Path, bed: str | None) -> None:
    """−14 ± 0.5 LUFS, at most −1.5 dBTP, exact length, with a voice over every bed and alone."""
    track = spoken_track(750, said(15), bed)
    sound.write(track, tmp_path / "a.m4a", lambda _: said(15))
    heard = decoded(tmp_path / "a.m4a")
    lufs, peak = judged(heard)
    assert lufs == pytest.approx(-14, abs=0.5)
    assert peak <= -1.5
    assert abs(len(heard) - 750 * FRAME) < sound.AAC_FRAME


def test_music_lies_12_db_lower_under_speech(tmp_path: Path) -> None:
    """On the finished AAC: what is different left and right is music alone; against the same clip without a voice it falls by 12 dB and
    more within 120 ms before the first word, and is back 400 ms after the last.
    """
    voice = said(15)
    track = replace(spoken_track(750, voice), cues=())
    sound.write(track, tmp_path / "a.m4a", lambda _: voice)
    sound.write(replace(track, voices=()), tmp_path / "b.m4a")
    side = [np.diff(decoded(tmp_path / name), axis=1)[:, 0] for name in ("a.m4a", "b.m4a")]
    steps = [np.square(one[: len(one) // 4800 * 4800]).reshape(-1, 4800).mean(axis=1) for one in side]
    depth = 10 * np.log10(steps[0] / steps[1])
    half = len(voice) // 2 / RATE
    free = float(np.median(depth[2:16]))
    between = float(np.median(depth[round(10 * (2 + half + 1.2)) : round(10 * (2 + half + 2.4))]))
    under = float(np.median(depth[round(10 * 2.6) : round(10 * (1.8 + half))]))
    assert free - under >= 12
    assert abs(free - between) < 1


def test_effects_are_softer_under_speech() -> None:
    """9 dB lower while somebody speaks, at their own level where nobody does, and as before in clips without a voice."""
    voice = said(6)
    spoken = Track(360, 30, None, (), (Voice("a" * 64, 0, len(voice), 2 * RATE),))

    def heard(frame: int, track: Track) -> sound.Samples:
        with_it, without = (
            sound.mix(replace(track, cues=cues), lambda _: voice) for cues in ((Cue(frame, "pop"),), ())
        )
        at = frame * FRAME
        return (with_it - without)[at : at + RATE // 10]

    own, free, under = heard(150, replace(spoken, voices=())), heard(15, spoken), heard(150, spoken)
    levels = [10 * np.log10(np.square(one).mean()) for one in (own, free, under)]
    assert levels[1] == pytest.approx(levels[0], abs=0.01)
    assert levels[2] == pytest.approx(levels[0] - 9, abs=0.2)


def test_the_same_voice_gives_the_same_bytes(tmp_path: Path) -> None:
    """Deterministic with recordings too, and named by them."""
    voice = said(5)
    track = Track(240, 30, "calm", (), (Voice("a" * 64, 0, len(voice), RATE),))
    for name in ("a.m4a", "b.m4a"):
        sound.write(track, tmp_path / name, lambda _: voice)
    assert (tmp_path / "a.m4a").read_bytes() == (tmp_path / "b.m4a").read_bytes()
    moved = replace(track, voices=(replace(track.voices[0], at=RATE + 1),))
    assert len({sound.key(one) for one in (track, moved, replace(track, voices=()))}) == 3


def test_a_piece_of_a_recording_is_heard_where_it_belongs() -> None:
    """Sample-exact, in both ears, soft where it was cut, silent elsewhere; what is over the clip's end is left away."""
    voice = np.full(RATE, 0.25, np.float32)
    track = Track(60, 30, None, (), (Voice("a" * 64, 1000, 20_000, 30_000), Voice("a" * 64, 0, RATE, 90_000)))
    heard = sound.mix(track, lambda _: voice)
    assert not heard[:30_000].any()
    assert not heard[50_000:90_000].any()
    assert heard[40_000].tolist() == [0.25, 0.25]
    assert np.abs(np.diff(heard[29_990:50_010, 0])).max() < 0.01
    assert len(heard) == 60 * FRAME


def test_an_unknown_bed_is_refused_by_name() -> None:
    """VK-S001 names what there is."""
    with pytest.raises(Refusal) as refused:
        sound.mix(Track(300, 30, "disco"))
    assert refused.value.problems[0].code == "VK-S001"
    assert "linli-morning" in str(refused.value)


def test_a_damaged_bed_is_refused() -> None:
    """VK-S002 when the stored bytes are not the ones the data name."""
    with pytest.raises(Refusal) as refused:
        sound._music(replace(MORNING, sha256=hashlib.sha256(b"").hexdigest()))
    assert refused.value.problems[0].code == "VK-S002"


def test_levels_that_cannot_be_met_are_refused_and_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """VK-S003 after three encodings, and no file under the final name."""
    wanted: dict[str, Any] = {**sound.levels(), "loudness": {**sound.levels()["loudness"], "true_peak_db": -40.0}}
    monkeypatch.setattr(sound, "levels", lambda: wanted)
    with pytest.raises(Refusal) as refused:
        sound.write(Track(60, 30, "default"), tmp_path / "a.m4a")
    assert refused.value.problems[0].code == "VK-S003"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("samples", [0, 1, 4799])
def test_less_than_a_step_has_no_loudness(samples: int) -> None:
    """Below 100 ms nothing is measured, and nothing fails."""
    short = np.ones((samples, 2), np.float32)
    assert sound.loudness(short) == -math.inf

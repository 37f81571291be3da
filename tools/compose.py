"""Composes vidkit's music: a score in this file → notes → samples → ``vidkit/music/<id>.ogg`` and its data ``<id>.yaml``.

Run ``python tools/compose.py [ID …]``. Everything heard is computed here with numpy: plucked strings, marimba and bells as decaying
partials, electric piano by FM, noise for percussion and for the room. No recording or sample is used. Chance is seeded
per note, so the same numpy makes the same samples.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import yaml

from vidkit import ffmpeg, sound, track

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Wave = npt.NDArray[np.float64]

RATE: Final = track.RATE
MUSIC: Final = Path(__file__).parent.parent / "vidkit" / "music"
STORED_LUFS: Final = -15.0
STORED_PEAK_DB: Final = -4.5
LICENCE: Final = "original, MIT with vidkit"


# --------------------------------------------------------------------------------------------------------------- score


@dataclass(frozen=True)
class Note:
    """One sound: the part that plays it, when (beats), MIDI pitch, how long (beats), how hard (0 to 1), ornament."""

    part: str
    beat: float
    pitch: int
    beats: float
    force: float
    ornament: str = ""


@dataclass(frozen=True)
class Score:
    """A piece: chords and melody by bar, and which parts play in which bars."""

    id: str
    aliases: tuple[str, ...]
    zh: str
    en: str
    key: str
    tempo_bpm: int
    body_bars: int
    loop_to_bar: int
    seed: int
    chords: tuple[str, ...]
    melody: tuple[str, ...]
    answer: tuple[str, ...]
    parts: dict[str, tuple[int, ...]]


VOICINGS: Final = {
    "G": "G2 D3 G3 B3 D4",
    "Gadd9": "G2 D3 G3 A3 D4",
    "G/B": "B2 G3 B3 D4 G4",
    "D/F#": "F#2 D3 A3 D4 F#4",
    "D": "D3 A3 D4 F#4 A4",
    "Dsus": "D3 A3 D4 G4 A4",
    "Em7": "E2 B2 G3 D4 E4",
    "C": "C3 E3 G3 D4 E4",
    "Am7": "A2 E3 G3 C4 E4",
    "Bm7": "B2 F#3 A3 D4 F#4",
}

MORNING: Final = Score(
    id="linli-morning",
    aliases=("default", "默认"),
    zh="邻里早晨",
    en="Neighbourhood Morning",
    key="G major pentatonic",
    tempo_bpm=100,  # a beat is exactly 18 frames at 30 fps
    body_bars=24,
    loop_to_bar=8,
    seed=20,
    chords=(
        *("Gadd9", "D/F#", "Em7", "C", "G/B", "Am7", "C", "Dsus D"),
        *("C", "D", "Bm7", "Em7", "C", "D", "G", "Gadd9 G/B"),
        *("G", "D/F#", "Em7", "C", "G/B", "Am7", "C", "Dsus D"),
        *("C D", "G"),
    ),
    melody=(
        "D5:1.5 E5:.5 G5:1 ~B5:1",
        "A5:1.5 G5:.5 E5:1 D5:1",
        "E5:1 G5:.5 A5:.5 ~B5:1.5 A5:.5",
        "G5:2 -:1 E5:.5 G5:.5",
        "~B5:1.5 A5:.5 G5:1 D5:1",
        "E5:1.5 G5:.5 ~A5:2",
        "G5:.5 A5:.5 G5:.5 E5:.5 D5:1 E5:1",
        "~A5:3 D5:.25 E5:.25 G5:.25 A5:.25",
        "B5:1 ~D6:1.5 B5:.5 A5:1",
        "A5:1.5 B5:.5 A5:1 D5:1",
        "D5:.5 E5:.5 F#5:1 A5:1 ~B5:1",
        "G5:2 E5:1 G5:1",
        "E5:.5 G5:.5 A5:1 B5:1 ~D6:1",
        "~A5:2.5 B5:.5 A5:1",
        "G5:3 D5:.5 E5:.5",
        "G5:3 D5:.25 E5:.25 G5:.25 A5:.25",
        "~B5:1.5 A5:.5 G5:1 B5:.5 D6:.5",
        "A5:1.5 G5:.5 E5:.5 G5:.5 D5:1",
        "E5:.5 D5:.5 E5:.5 G5:.5 ~B5:1.5 A5:.5",
        "G5:2 -:.5 D5:.5 E5:.5 G5:.5",
        "~D6:1.5 B5:.5 A5:1 G5:1",
        "E5:.5 G5:.5 A5:.5 G5:.5 ~A5:2",
        "G5:.5 A5:.5 G5:.5 E5:.5 D5:1 E5:1",
        "~A5:3 D5:.25 E5:.25 G5:.25 A5:.25",
        "E5:.5 G5:.5 A5:1 ~B5:1 A5:1",
        "G5:4",
    ),
    answer=(
        *("", "", "", "-:2 G5:.5 E5:.5 D5:1", "", "-:2 E5:.5 D5:.5 E5:.5 G5:.5", "", "-:1 D6:.5 A5:.5 -:.5 D6:.5 A5:1"),
        *(
            "E5:1 -:.5 G5:.5 E5:1 -:1",
            "F#5:1 -:.5 A5:.5 F#5:1 -:1",
            "F#5:1 -:.5 D5:.5 F#5:1 -:1",
            "-:2 B4:.5 E5:.5 B5:1",
        ),
        *(
            "E5:1 -:.5 G5:.5 E5:1 -:1",
            "-:2 D6:.5 A5:.5 F#5:1",
            "-:1 D6:.5 B5:.5 -:.5 G5:.5 D5:1",
            "-:1 B5:.5 D6:.5 G5:1 -:1",
        ),
        *("D5:.5 G5:.5 -:1 D5:.5 G5:.5 -:1", "D5:.5 A5:.5 -:1 D5:.5 F#5:.5 -:1", "E5:.5 B5:.5 -:1 E5:.5 G5:.5 -:1"),
        *("-:2 G5:.5 E5:.5 D5:1", "D5:.5 G5:.5 -:1 B4:.5 D5:.5 -:1", "-:2 E5:.5 D5:.5 E5:.5 G5:.5", "E5:.5 G5:.5 -:3"),
        *("-:1 D6:.5 A5:.5 -:.5 D6:.5 A5:1", "-:1 G5:.5 E5:.5 -:.5 F#5:.5 D5:1", ""),
    ),
    parts={  # bars, counted from 0, end not included
        "shaker": (0, 25),
        "kick": (0, 25),
        "snap": (1, 25),
        "bass": (0, 26),
        "strum": (8, 25),
        "bell": (0, 26),
        "wood": (4, 24),
    },
)

SCORES: Final = {score.id: score for score in (MORNING,)}

PICKING: Final = (0, 2, 3, 1, 4, 2, 3, 1)  # strings of a voicing, an eighth each
SHAKES: Final = (1.0, 0.35, 0.62, 0.42)  # force of the four sixteenths
SEMITONES: Final = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


def midi(name: str) -> int:
    """A pitch name such as F#4 as a MIDI number (A4 = 69)."""
    return 12 * int(name[-1]) + 12 + SEMITONES[name[0]] + name.count("#")


def voicing(chord: str) -> tuple[int, ...]:
    """A chord's five strings from low to high."""
    return tuple(midi(name) for name in VOICINGS[chord].split())


def notes(score: Score) -> tuple[Note, ...]:
    """Every note of the piece as written."""
    bars = len(score.chords)
    return tuple(n for bar in range(bars) for n in (*sung(score, bar), *backing(score, bar), *beaten(score, bar)))


def sung(score: Score, bar: int) -> Iterator[Note]:
    """The melody of a bar, and the marimba's answer."""
    for part, lines, force in (("zheng", score.melody, 0.8), ("marimba", score.answer, 0.6)):
        beat = 4.0 * bar
        for word in lines[bar].split():
            pitch, beats = word.split(":")
            if pitch != "-":
                accent = 0.12 if beat % 2 == 0 else 0.0
                ornament = "slide" if pitch[0] == "~" else "ring" if bar == len(lines) - 1 else ""
                yield Note(part, beat, midi(pitch.lstrip("~")), float(beats), force + accent, ornament)
            beat += float(beats)


def backing(score: Score, bar: int) -> Iterator[Note]:
    """Guitar, electric piano, bass and the bells that open a section."""
    chords = score.chords[bar].split()
    span, last = 4 // len(chords), len(score.chords) - 1
    let = "ring" if bar == last else ""
    for index, chord in enumerate(chords):
        strings, at = voicing(chord), 4.0 * bar + index * span
        yield from rolled("guitar", strings, at, 6.0, let) if bar in {0, last} else picked(strings, at, span)
        yield from (Note("piano", at, p, 6.0 if bar == last else span, 0.55, let) for p in middle(strings))
        yield from low(strings, at, span, let)
        if playing(score, "strum", bar):
            yield from (Note("strum", at + b, p, 0.4, 0.5) for b in range(1, span, 2) for p in strings[2:])
    if bar == 0:
        yield from picked(voicing(chords[0]), 0.0, 4)
    if playing(score, "bell", bar) and bar in {0, 8, 16, last}:
        yield from (
            Note("bell", 4.0 * bar + 0.25 * i, midi(p), 4, 0.7 - 0.1 * i) for i, p in enumerate(("D6", "G6", "B6"))
        )
    if bar == last:
        yield from rolled("zheng", tuple(midi(p) for p in ("G4", "B4", "D5")), 4.0 * bar, 6.0, let)


def picked(strings: tuple[int, ...], at: float, span: int) -> Iterator[Note]:
    """A chord picked string by string in eighths."""
    for i in range(span * 2):
        yield Note("guitar", at + i / 2, strings[PICKING[i]], 1.0, 0.72 if i % 4 == 0 else 0.5 + 0.06 * (i % 2))


def rolled(part: str, strings: tuple[int, ...], at: float, beats: float, let: str) -> Iterator[Note]:
    """A chord struck from low to high, each string a little later."""
    yield from (Note(part, at + 0.03 * i, pitch, beats, 0.5, let) for i, pitch in enumerate(strings))


def middle(strings: tuple[int, ...]) -> tuple[int, ...]:
    """The chord's upper four notes, moved by octaves into G3 to F#4."""
    return tuple(sorted({(pitch - midi("G3")) % 12 + midi("G3") for pitch in strings[1:]}))


def low(strings: tuple[int, ...], at: float, span: int, let: str) -> Iterator[Note]:
    """The bass: the chord's lowest string on the strong beats, its octave and second string between."""
    deep, second = strings[0], strings[1]
    deep = deep - 12 if deep > midi("C3") else deep
    while second > deep + 7:
        second -= 12
    if let:
        yield Note("bass", at, deep, 6.0, 0.85, let)
        return
    yield Note("bass", at, deep, 1.4, 0.85)
    if span == 4:
        yield Note("bass", at + 1.5, deep + 12 if deep < midi("B2") else deep, 0.5, 0.5)
        yield Note("bass", at + 2, deep, 1.2, 0.75)
    yield Note("bass", at + span - 0.5, second, 0.5, 0.55)


def beaten(score: Score, bar: int) -> Iterator[Note]:
    """Shaker, soft kick, finger snaps and wood block of a bar; the last bar has one soft kick only."""
    at = 4.0 * bar
    if bar == len(score.chords) - 1:
        yield Note("kick", at, 0, 1, 0.7)
        return
    if playing(score, "shaker", bar):
        yield from (Note("shaker", at + i / 4, i % 4, 0.25, SHAKES[i % 4] * (0.8 if i < 8 else 0.9)) for i in range(16))
    if playing(score, "kick", bar):
        yield from (Note("kick", at + b, 0, 1, f) for b, f in ((0, 0.85), (1.5, 0.45), (2, 0.75)))
    if playing(score, "snap", bar):
        yield from (Note("snap", at + b, 0, 1, 0.7) for b in (1, 3))
    if playing(score, "wood", bar) and bar % 4 == 3:
        yield from (Note("wood", at + b, p, 1, f) for b, p, f in ((2.5, 0, 0.5), (3, 2, 0.6), (3.5, 0, 0.7)))


def playing(score: Score, part: str, bar: int) -> bool:
    """Whether a part plays in a bar."""
    first, end = score.parts[part]
    return first <= bar < end


def played(score: Score) -> tuple[Note, ...]:
    """The notes as a player plays them: off-beats swung, never early, force a little uneven; the very first stay on time."""
    rng = np.random.default_rng(score.seed)
    second = score.tempo_bpm / 60
    out = []
    for note in notes(score):
        swing = {0.5: 0.045, 0.25: 0.03, 0.75: 0.03}.get(note.beat % 1, 0.0)
        late = min(abs(rng.normal(0, 0.0035)), 0.009) * second if note.beat > 0 else 0.0
        force = float(np.clip(note.force * (1 + rng.normal(0, 0.07)), 0.1, 1))
        out.append(replace(note, beat=note.beat + swing + late, force=force))
    return tuple(out)


# --------------------------------------------------------------------------------------------------------- instruments


def seconds(length: float) -> Wave:
    """Sample times from 0 for so many seconds."""
    times: Wave = np.arange(int(length * RATE)) / RATE
    return times


def hertz(pitch: float) -> float:
    """Frequency of a MIDI pitch."""
    return float(440 * 2 ** ((pitch - 69) / 12))


def noise(length: float, low_hz: float, high_hz: float, rng: np.random.Generator) -> Wave:
    """Noise between two frequencies with soft edges, of standard deviation 1."""
    count = int(length * RATE)
    octave = np.log2(np.maximum(np.fft.rfftfreq(count, 1 / RATE), 1))
    edge = 1 / (1 + np.exp(-6 * (octave - np.log2(low_hz)))) / (1 + np.exp(6 * (octave - np.log2(high_hz))))
    made = np.fft.irfft(np.fft.rfft(rng.standard_normal(count)) * edge, count)
    level: Wave = made / made.std()
    return level


def damped(sounded: Wave, held: float, release: float) -> Wave:
    """The sound let go after ``held`` seconds, dying within about ``release``."""
    t = np.arange(len(sounded)) / RATE
    return sounded * np.where(t < held, 1, np.exp(-np.maximum(t - held, 0) / release))


@dataclass(frozen=True)
class String:
    """A plucked string: ring time of its fundamental in s, loss of high partials, pluck point, brightness, stiffness."""

    ring: float
    loss: float
    pluck: float
    slope: float
    stiff: float
    pick: float


GUITAR: Final = String(ring=0.42, loss=0.9, pluck=0.21, slope=1.1, stiff=5e-5, pick=0.05)
ZHENG: Final = String(ring=0.62, loss=0.5, pluck=0.17, slope=1.2, stiff=8e-5, pick=0.07)
STRUM: Final = String(ring=0.16, loss=1.2, pluck=0.28, slope=1.1, stiff=5e-5, pick=0.08)


def plucked(string: String, note: Note, held: float, rng: np.random.Generator) -> Wave:
    """A plucked string: partials shaped by the pluck point, each with its own two-stage decay; harder is brighter."""
    base = hertz(note.pitch)
    t = seconds(min(held + 0.5, 4.0))
    turn = phase(base, t, note, held)
    out = np.zeros(len(t))
    for k in range(1, min(42, int(15_000 / base)) + 1):
        ring = (
            string.ring
            * (2.0 if note.ornament == "ring" else 1)
            * (220 / base) ** 0.35
            / (1 + string.loss * (k * base / 1000) ** 1.25)
        )
        live = t[: min(len(t), int(7 * ring * RATE) + 400)]
        level = abs(np.sin(np.pi * k * string.pluck)) / k**string.slope * (0.35 + note.force) ** (0.12 * k)
        level *= 1 + 0.15 * rng.standard_normal()
        decay = 0.75 * np.exp(-live / ring) + 0.25 * np.exp(-live / (2.6 * ring))
        out[: len(live)] += (
            level * decay * np.sin(k * np.sqrt(1 + string.stiff * k * k) * turn[: len(live)] + rng.uniform(-1.8, 1.8))
        )
    out *= np.minimum(1, t / 0.0012)
    click = noise(0.02, 1500, 5200, rng) * np.exp(-seconds(0.02) / 0.004) * string.pick
    out[: len(click)] += click
    return damped(out, held, 0.09) * note.force


def phase(base: float, t: Wave, note: Note, held: float) -> Wave:
    """Phase of the fundamental in radians: a slide up into the note, a slow vibrato once it has settled."""
    cents = np.zeros(len(t))
    if note.ornament == "slide":
        cents -= 190 * np.exp(-t / 0.028)
    if note.part == "zheng" and held > 0.5:
        cents += 9 * np.sin(2 * np.pi * 5.3 * t) * np.clip((t - 0.22) / 0.3, 0, 1)
    turns: Wave = 2 * np.pi * base * np.cumsum(2 ** (cents / 1200)) / RATE
    return turns


def struck(note: Note, modes: tuple[tuple[float, float, float], ...], knock: float, rng: np.random.Generator) -> Wave:
    """A struck bar or bell: modes of (frequency ratio, level, decay in s at A4), higher pitches die sooner."""
    base = hertz(note.pitch)
    t = seconds(max(d for _, _, d in modes) * 6)
    out = np.zeros(len(t))
    for ratio, level, decay in modes:
        if base * ratio < 16_000:
            tau = decay * (440 / base) ** 0.5
            out += level * note.force ** (0.5 + 0.2 * ratio) * np.exp(-t / tau) * np.sin(2 * np.pi * base * ratio * t)
    out *= np.minimum(1, t / 0.001)
    tap = noise(0.03, 400, 2500, rng) * np.exp(-seconds(0.03) / 0.006) * knock * note.force
    out[: len(tap)] += tap
    return out


def electric(note: Note, held: float) -> Wave:
    """A soft electric piano by FM, attack 45 ms, two voices a little apart."""
    t, base = seconds(held + 1.0), hertz(note.pitch)
    out = np.zeros(len(t))
    for detune in (0.9994, 1.0007):
        turn = 2 * np.pi * base * detune * t
        index = 0.9 * note.force * np.exp(-t / 0.7) + 0.18
        out += np.sin(turn + index * np.sin(turn)) + 0.05 * np.exp(-t / 0.09) * np.sin(7 * turn)
    out *= (1 - np.exp(-t / 0.045)) * np.exp(-t / (2.4 if note.ornament == "ring" else 0.9)) * note.force
    return damped(out, held, 0.22)


def round_bass(note: Note, held: float) -> Wave:
    """A finger bass: four partials, the upper ones short, gently saturated so that small speakers hear it."""
    t, base = seconds(held + 0.4), hertz(note.pitch)
    turn = 2 * np.pi * base * t
    partials = ((1, 1.0, 0.9), (2, 0.55, 0.45), (3, 0.28, 0.25), (4, 0.14, 0.15), (5, 0.07, 0.1))
    out = sum((a * np.exp(-t / d) * np.sin(k * turn) for k, a, d in partials), np.zeros(len(t)))
    shaped: Wave = np.tanh(1.3 * out * np.minimum(1, t / 0.004)) * note.force
    return damped(shaped, held, 0.06)


def kick(note: Note, rng: np.random.Generator) -> Wave:
    """A soft kick: a sine that falls from 130 to 52 Hz, with a felt tap."""
    t = seconds(0.35)
    turn = 2 * np.pi * np.cumsum(52 + 78 * np.exp(-t / 0.025)) / RATE
    out = np.sin(turn) * np.exp(-t / 0.1) * np.minimum(1, t / 0.002)
    out[: RATE // 50] += 0.12 * noise(0.02, 700, 2500, rng) * np.exp(-seconds(0.02) / 0.004)
    beaten_once: Wave = out * note.force
    return beaten_once


def snap(note: Note, rng: np.random.Generator) -> Wave:
    """Finger snaps of three people, a few milliseconds apart."""
    out = np.zeros(int(0.16 * RATE))
    for _ in range(3):
        t = seconds(0.12)
        one = noise(0.12, rng.uniform(1300, 1700), rng.uniform(2600, 3600), rng) * np.exp(-t / 0.016)
        late = int(rng.uniform(0, 0.011) * RATE)
        out[late : late + len(one)] += one * np.minimum(1, t / 0.0006)
    return out * note.force / 3


def shake(note: Note, rng: np.random.Generator) -> Wave:
    """One stroke of a shaker: beads that swell and stop."""
    t = seconds(0.11)
    swell = np.exp(-(((t - 0.022) / 0.011) ** 2)) + 0.35 * np.exp(-t / 0.03) * np.minimum(1, t / 0.01)
    return noise(0.11, 4200, 10_500, rng) * swell * note.force


MARIMBA: Final = ((1.0, 1.0, 0.34), (3.98, 0.28, 0.10), (9.7, 0.10, 0.035))
BELL: Final = ((1.0, 1.0, 1.3), (2.0, 0.3, 0.9), (2.76, 0.25, 0.5), (5.4, 0.14, 0.2))
WOOD: Final = ((1.0, 1.0, 0.05), (1.51, 0.5, 0.03), (2.63, 0.3, 0.018))


@dataclass(frozen=True)
class Seat:
    """Where a part sits: level in dB, place from -1 (left) to 1 (right), how much of the room is heard (dB)."""

    level_db: float
    place: float
    room_db: float


SEATS: Final = {
    "zheng": Seat(-4.6, 0.1, -11),
    "guitar": Seat(-7.0, -0.26, -15),
    "strum": Seat(-11.0, 0.36, -15),
    "marimba": Seat(-10.5, 0.28, -12),
    "piano": Seat(-18.0, -0.08, -12),
    "bass": Seat(-7.7, 0.0, -30),
    "kick": Seat(-1.0, 0.0, -26),
    "snap": Seat(-3.5, 0.12, -12),
    "shaker": Seat(-19.5, 0.28, -16),
    "wood": Seat(-12.0, -0.4, -10),
    "bell": Seat(-20.0, -0.25, -6),
}


def voice(note: Note, held: float, rng: np.random.Generator) -> Wave:
    """The samples of one note, as its part sounds."""
    players: dict[str, Callable[[], Wave]] = {
        "zheng": lambda: plucked(ZHENG, note, max(held, 0.6), rng),
        "guitar": lambda: plucked(GUITAR, note, held, rng),
        "strum": lambda: plucked(STRUM, note, held, rng),
        "marimba": lambda: struck(note, MARIMBA, 0.12, rng),
        "piano": lambda: electric(note, held),
        "bass": lambda: round_bass(note, held),
        "kick": lambda: kick(note, rng),
        "snap": lambda: snap(note, rng),
        "shaker": lambda: shake(note, rng),
        "wood": lambda: struck(replace(note, pitch=81 + note.pitch), WOOD, 0.3, rng),
        "bell": lambda: struck(note, BELL, 0.03, rng),
    }
    return players[note.part]()


# ------------------------------------------------------------------------------------------------------- room and desk


def render(score: Score) -> Wave:
    """The whole piece, shape (samples, 2): parts, room, desk; cut at the end of the last bar's ring."""
    beat = beat_samples(score)
    length = total_beats(score) * beat
    dry, sent = np.zeros((length, 2)), np.zeros((length, 2))
    for index, note in enumerate(played(score)):
        rng = np.random.default_rng((score.seed, index))
        sounded = voice(note, note.beats * beat / RATE, rng)
        seat, at = SEATS[note.part], round(note.beat * beat)
        sounded = sounded[: length - at] * 10 ** (seat.level_db / 20)
        both = sounded[:, None] * placed(seat.place + wander(note, rng))
        dry[at : at + len(sounded)] += both
        sent[at : at + len(sounded)] += both * 10 ** (seat.room_db / 20)
    return finished(dry + convolved(sent, room(score.seed)), length)


def wander(note: Note, rng: np.random.Generator) -> float:
    """How far a sound sits from its part's place: strings of a chord and shaker strokes spread a little."""
    if note.part in {"guitar", "piano", "marimba", "strum"}:
        return (note.pitch - 60) / 90
    return float(rng.uniform(-0.1, 0.1)) if note.part == "shaker" else 0.0


def placed(place: float) -> Wave:
    """Left and right gain of a place, equal power."""
    angle = (np.clip(place, -1, 1) + 1) * np.pi / 4
    gains: Wave = np.array([np.cos(angle), np.sin(angle)])
    return gains


@cache
def room(seed: int) -> Wave:
    """The room's answer, shape (samples, 2): noise per octave dying at its own rate, after six early reflections."""
    rng = np.random.default_rng((seed, 1))
    length = 1.9
    t = seconds(length)
    out = np.zeros((len(t), 2))
    for octave, rt60 in zip(
        (150, 300, 600, 1200, 2400, 4800, 9600), (0.7, 1.0, 1.15, 1.1, 0.95, 0.7, 0.45), strict=True
    ):
        level = 0.4 if octave < 200 else 1.0 if octave < 5000 else 0.6
        for side in (0, 1):
            out[:, side] += level * noise(length, octave / 1.4, octave * 1.4, rng) * 10 ** (-3 * t / rt60)
    out *= (1 - np.exp(-t / 0.012))[:, None]
    out = np.roll(out, int(0.017 * RATE), axis=0)
    out[: int(0.017 * RATE)] = 0
    for side in (0, 1):
        for ms, level in ((11, 9), (19, 7), (27, 6), (37, 5), (43, 4), (59, 3)):
            out[int((ms + 2.3 * side) * RATE / 1000), side] += level * 2.5
    answer: Wave = out / np.sqrt(np.square(out).sum() / 2)
    return answer


def convolved(sounded: Wave, answer: Wave) -> Wave:
    """The sound in the room, cut to the sound's own length."""
    size = 1 << (len(sounded) + len(answer) - 1).bit_length()
    wet: Wave = np.fft.irfft(np.fft.rfft(sounded, size, axis=0) * np.fft.rfft(answer, size, axis=0), size, axis=0)
    return wet[: len(sounded)]


def finished(mixed: Wave, length: int) -> Wave:
    """The mix through the desk: tone, soft compression, the stored loudness under a limiter; the last 0.3 s fade."""
    out = sound.master(compressed(toned(mixed)).astype(np.float32), STORED_LUFS, STORED_PEAK_DB).astype(np.float64)
    fade = int(0.3 * RATE)
    out[length - fade :] *= np.cos(np.linspace(0, np.pi / 2, fade))[:, None] ** 2
    return out


TONE: Final = (
    (30, -24),
    (45, -3),
    (80, 0),
    (500, 0),
    (1000, -2),
    (2000, -2),
    (4000, 1),
    (8000, 2),
    (12_000, 4.5),
    (17_000, 6),
)


def toned(mixed: Wave) -> Wave:
    """The mix through a smooth curve of (Hz, dB), without phase."""
    size = 1 << (len(mixed) - 1).bit_length()
    octave = np.log2(np.maximum(np.fft.rfftfreq(size, 1 / RATE), 1))
    curve = 10 ** (np.interp(octave, np.log2([f for f, _ in TONE]), [g for _, g in TONE]) / 20)
    shaped: Wave = np.fft.irfft(np.fft.rfft(mixed, size, axis=0) * curve[:, None], size, axis=0)
    return shaped[: len(mixed)]


def compressed(mixed: Wave) -> Wave:
    """Three to two above the loudest fifth, attack 12 ms, release 120 ms, measured in 5 ms steps."""
    step = RATE // 200
    count = -(-len(mixed) // step)
    power = (
        np.square(np.pad(mixed, ((0, count * step - len(mixed)), (0, 0)))).sum(axis=1).reshape(count, step).mean(axis=1)
    )
    level = 10 * np.log10(power + 1e-12)
    threshold = np.percentile(level, 80)
    over, wanted = 0.0, np.maximum(level - threshold, 0) / 3
    gain = np.empty(count)
    for i, amount in enumerate(wanted):
        over += (amount - over) * (1 - np.exp(-5 / (12 if amount > over else 120)))
        gain[i] = -over
    curve = np.interp(np.arange(len(mixed)), (np.arange(count) + 0.5) * step, gain)
    out: Wave = mixed * (10 ** (curve / 20))[:, None]
    return out


# --------------------------------------------------------------------------------------------------------------- store


def beat_samples(score: Score) -> int:
    """Samples in a beat."""
    return RATE * 60 // score.tempo_bpm


def total_beats(score: Score) -> int:
    """Beats of the stored piece: body, a bar of cadence, the last chord's ring of six beats."""
    return 4 * score.body_bars + 4 + 6


def store(score: Score) -> dict[str, Any]:
    """Render and store a piece; the data written beside it."""
    raw = render(score).astype(np.float32).tobytes()
    plain = ("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact", "-threads", "1")
    came = ("-f", "f32le", "-ar", str(RATE), "-ac", "2", "-i", "pipe:0")
    packed = ffmpeg.run([*came, "-c:a", "libvorbis", "-q:a", "4.5", *plain, "-f", "ogg", "pipe:1"], stdin=raw)
    MUSIC.joinpath(f"{score.id}.ogg").write_bytes(packed)
    data = described(score, packed)
    words = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)
    MUSIC.joinpath(f"{score.id}.yaml").write_text(words, encoding="utf-8", newline="\n")
    return data


def described(score: Score, packed: bytes) -> dict[str, Any]:
    """A piece's data: names, grid, positions in beats, what the stored file measures, rights."""
    heard = np.frombuffer(ffmpeg.run(["-i", "pipe:0", "-f", "f32le", "pipe:1"], stdin=packed), np.float32).reshape(
        -1, 2
    )
    peak, power = float(np.abs(heard).max()), float(np.square(heard, dtype=np.float64).mean())
    return {
        "id": score.id,
        "aliases": list(score.aliases),
        "name": {"zh": score.zh, "en": score.en},
        "file": f"{score.id}.ogg",
        "sha256": hashlib.sha256(packed).hexdigest(),
        "key": score.key,
        "tempo_bpm": score.tempo_bpm,
        "beats_per_bar": 4,
        "beat_samples": beat_samples(score),
        "frames_per_beat": {fps: fps * 60 // score.tempo_bpm for fps in (25, 30, 50, 60)},
        "body": {"first_beat": 0, "beats": 4 * score.body_bars, "loop_to_beat": 4 * score.loop_to_bar},
        "ending": {"first_beat": 4 * score.body_bars, "beats": 10, "final_chord_beat": 4},
        "measured": {
            "lufs": round(sound.loudness(heard), 2),
            "sample_peak_db": round(20 * float(np.log10(peak)), 2),
            "crest_db": round(20 * float(np.log10(peak)) - 10 * float(np.log10(power)), 1),
            "correlation": round(float(np.corrcoef(heard[:, 0], heard[:, 1]).min()), 2),
        },
        "licence": LICENCE,
        "made": "composed for vidkit and synthesised by tools/compose.py with numpy; no recordings or samples",
    }


if __name__ == "__main__":
    for name in sys.argv[1:] or SCORES:
        print(yaml.safe_dump(store(SCORES[name]), allow_unicode=True, sort_keys=False))

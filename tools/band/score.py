"""A piece of music as data: notes, sections of chords, melodies and figures, and how they become notes.

Beats count quarters from 0. A melody is written ``D5:1.5 E5:.5 | -:1 ~B5:3``: pitch (``#``, ``b``), colon, beats; ``-`` rests,
``~`` slides up into the note, ``^`` plays a quick upper note before it. A figure is a row of steps that divides its bar evenly:
``0.2.3.1.`` plucks strings of the bar's chord, ``*`` strikes all above the lowest, ``/`` rolls them, ``.`` waits; for drums
a digit is the force in ninths. Bars are parted by ``|`` and a figure's bars are repeated.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SEMITONES: Final = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
ORNAMENTS: Final = {"~": "slide", "^": "grace"}
DRUMS: Final = frozenset(
    {"kick", "snap", "shaker", "wood", "clap", "frame", "slap", "jingle", "brush", "drum", "cymbals"}
)

SUSTAINED: Final = frozenset({"strings", "pad", "cello", "violin", "flute", "horn"})


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
class Seat:
    """Where a part sits: level in dB, place from -1 (left) to 1 (right), room heard (dB), beats a plucked note rings on."""

    level_db: float
    place: float
    room_db: float
    ring: float = 0.0


@dataclass(frozen=True)
class Room:
    """A room: seconds until its tail has fallen by 60 dB at middle pitches, milliseconds before the tail begins."""

    tail_s: float = 1.15
    gap_ms: float = 17.0


@dataclass(frozen=True)
class Section:
    """Some bars: their chords, the melodies sung over them, the figures played, and how hard all that is (1 is usual)."""

    chords: str
    lines: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, str] = field(default_factory=dict)
    force: float = 1.0


@dataclass(frozen=True)
class Piece:
    """A whole piece: what it is called and for, its grid, its notes as written, its players' seats and its sound."""

    id: str
    aliases: tuple[str, ...]
    zh: str
    en: str
    key: str
    tempo_bpm: float
    beats_per_bar: int
    body_bars: int
    loop_to_bar: int
    seed: int
    notes: tuple[Note, ...]
    seats: Mapping[str, Seat]
    tone: tuple[tuple[float, float], ...]
    room: Room = Room()
    quality: float = 4.5
    swing: Mapping[float, float] = field(default_factory=dict)
    late_s: tuple[float, float] = (0.0035, 0.009)
    squeeze: float = 3.0
    cadence_bars: int = 1
    ring_beats: int = 6

    @property
    def body_beats(self) -> int:
        """Beats before the ending."""
        return self.body_bars * self.beats_per_bar

    @property
    def cadence_beats(self) -> int:
        """Beats of the ending before its last chord."""
        return self.cadence_bars * self.beats_per_bar

    @property
    def beats(self) -> int:
        """Beats of the stored piece: body, cadence, the last chord's ring."""
        return self.body_beats + self.cadence_beats + self.ring_beats


def midi(name: str) -> int:
    """A pitch name such as F#4 or Bb3 as a MIDI number (A4 = 69)."""
    return 12 * int(name[-1]) + 12 + SEMITONES[name[0]] + name.count("#") - name.count("b")


def voiced(voicing: str) -> tuple[int, ...]:
    """A chord's strings from low to high."""
    return tuple(midi(name) for name in voicing.split())


def bars(text: str) -> tuple[str, ...]:
    """The bars of a line or figure."""
    return tuple(bar.strip() for bar in text.split("|"))


def folded(pitches: tuple[int, ...], lowest: int) -> tuple[int, ...]:
    """A chord's notes moved by octaves into the octave above a pitch: neighbouring chords then move by small steps."""
    return tuple(sorted({(pitch - lowest) % 12 + lowest for pitch in pitches}))


def sung(part: str, line: str, first_beat: float, per_bar: int, force: float) -> Iterator[Note]:
    """The notes of a melody; strong beats a little harder, longer and higher notes too."""
    for number, bar in enumerate(bars(line)):
        beat = first_beat + number * per_bar
        for word in bar.split():
            name, beats = word.split(":")
            if name != "-":
                pitch, strong = midi(name.lstrip("~^")), 0.06 if (beat - first_beat) % per_bar in {0, 2} else 0.0
                shaped = force * (0.72 + strong + 0.05 * min(float(beats), 2) + 0.004 * (pitch - 72))
                yield Note(part, beat, pitch, float(beats), shaped, ORNAMENTS.get(name[0], ""))
            beat += float(beats)


@dataclass(frozen=True)
class Bar:
    """A bar as the accompaniment sees it: its first beat, its beats, its chords in equal shares."""

    first_beat: float
    beats: int
    chords: tuple[tuple[int, ...], ...]

    def at(self, beat: float) -> tuple[tuple[int, ...], float]:
        """The chord at a beat of the bar, and the beats left until it changes."""
        share = self.beats / len(self.chords)
        number = int(beat / share + 1e-9)
        return self.chords[number], (number + 1) * share - beat


def figured(part: str, figure: str, bar: Bar, force: float, ring: float, lowest: int | None) -> Iterator[Note]:
    """The notes of one bar of a figure; a note lasts until the figure's next, or rings on until the chord changes."""
    steps = figure.replace(" ", "")
    size = bar.beats / len(steps)
    struck = [i for i, sign in enumerate(steps) if sign != "."]
    for i, following in zip(struck, [*struck, len(steps)][1:], strict=True):
        beat = i * size
        if part in DRUMS:
            yield Note(part, bar.first_beat + beat, i, 0.25, force * int(steps[i]) / 9)
            continue
        chord, left = bar.at(beat)
        chord = chord if lowest is None else folded(chord[1:], lowest)
        beats = min(max((following - i) * size, ring), left)
        yield from strokes(Note(part, bar.first_beat + beat, 0, beats, force * accent(beat)), steps[i], chord)


def accent(beat: float) -> float:
    """How hard a step of a figure is: the bar's first beat most, then beats, then what lies between."""
    return 0.8 if beat == 0 else 0.68 if beat % 1 == 0 else 0.54 if beat % 0.5 == 0 else 0.44


def strokes(note: Note, sign: str, chord: tuple[int, ...]) -> Iterator[Note]:
    """One step of a figure: a string, the chord above its lowest string, or that chord rolled."""
    if sign.isdigit():
        octave, string = divmod(int(sign), len(chord))
        yield replace(note, pitch=chord[string] + 12 * octave)
        return
    for i, pitch in enumerate(chord[1:] if len(chord) > 4 else chord):
        late = 0.05 * i if sign == "/" else 0.0
        yield replace(note, pitch=pitch, beat=note.beat + late, force=note.force * (0.9 if i else 1))


def written(
    sections: tuple[Section, ...],
    chords: Mapping[str, str],
    per_bar: int,
    seats: Mapping[str, Seat],
    lowest: Mapping[str, int],
) -> tuple[Note, ...]:
    """Every note of some sections, one after the other, bass notes put into the bass's register."""
    out: list[Note] = []
    beat = 0.0
    for section in sections:
        for part, line in section.lines.items():
            out += sung(part, line, beat, per_bar, section.force)
        for number, names in enumerate(bars(section.chords)):
            bar = Bar(beat + number * per_bar, per_bar, tuple(voiced(chords[name]) for name in names.split()))
            for part, figure in section.figures.items():
                rows = bars(figure)
                row = rows[number % len(rows)]
                out += figured(part, row, bar, section.force, seats[part].ring, lowest.get(part))
        beat += per_bar * len(bars(section.chords))
    return tuple(replace(n, pitch=deep(n.pitch)) if n.part == "bass" else n for n in out)


def deep(pitch: int) -> int:
    """A pitch moved by octaves into E1 to D#2 … B2, where a bass plays: nothing above C3."""
    while pitch > midi("C3"):
        pitch -= 12
    return pitch


def last_chord(voicings: Mapping[str, str], beat: float, beats: float, rolled: Mapping[str, float]) -> tuple[Note, ...]:
    """The chord a piece ends on: each part's notes, struck together or rolled by so many beats a string, left to ring."""
    return tuple(
        Note(part, beat + rolled.get(part, 0) * i, pitch, beats, 0.42 if part in SUSTAINED else 0.6, "ring")
        for part, voicing in voicings.items()
        for i, pitch in enumerate(voiced(voicing))
    )


def played(piece: Piece) -> tuple[Note, ...]:
    """The notes as players play them: off-beats swung, never early, force a little uneven; the very first stay on time."""
    rng = np.random.default_rng(piece.seed)
    second = piece.tempo_bpm / 60
    spread, most = piece.late_s
    out = []
    for note in piece.notes:
        swing = piece.swing.get(note.beat % 1, 0.0)
        late = min(abs(rng.normal(0, spread)), most) * second if note.beat > 0 else 0.0
        force = float(np.clip(note.force * (1 + rng.normal(0, 0.07)), 0.1, 1))
        out.append(replace(note, beat=note.beat + swing + late, force=force))
    return tuple(out)

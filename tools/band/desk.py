"""From notes to the finished mix: who plays what, where they sit, the room, tone, compression, loudness."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from band import drums, plucked, sung
from band.score import Note, Piece, Room, played
from band.tone import RATE, Wave, noise, seconds
from vidkit import sound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STORED_LUFS: Final = -15.0
STORED_PEAK_DB: Final = -4.5
FADE: Final = int(0.3 * RATE)

SPREAD: Final = frozenset(
    {"guitar", "piano", "marimba", "strum", "felt", "nylon", "qin", "celesta", "kalimba", "pizzicato"}
)
SINGERS: Final = {"flute": sung.FLUTE, "horn": sung.HORN, "cello": sung.CELLO, "violin": sung.VIOLIN}
STRINGS: Final = {
    "guitar": plucked.GUITAR,
    "strum": plucked.STRUM,
    "nylon": plucked.NYLON,
    "pipa": plucked.PIPA,
    "qin": plucked.QIN,
    "pizzicato": plucked.PIZZICATO,
}
BARS: Final = {
    "marimba": (plucked.MARIMBA, 0.12),
    "bell": (plucked.BELL, 0.03),
    "celesta": (plucked.CELESTA, 0.05),
    "kalimba": (plucked.KALIMBA, 0.1),
}
BEATEN: Final = {
    "kick": drums.kick,
    "snap": drums.snap,
    "shaker": drums.shake,
    "clap": drums.clap,
    "frame": drums.frame,
    "slap": drums.slap,
    "jingle": drums.jingle,
    "brush": drums.brush,
    "drum": drums.drum,
    "cymbals": drums.cymbals,
}
OTHERS: Final[dict[str, Callable[[Note, float, np.random.Generator], Wave]]] = {
    "zheng": lambda note, held, rng: plucked.plucked(plucked.ZHENG, note, max(held, 0.6), rng),
    "felt": plucked.felt,
    "piano": lambda note, held, _: plucked.electric(note, held),
    "bass": lambda note, held, _: plucked.round_bass(note, held),
    "wood": lambda note, _, rng: plucked.struck(replace(note, pitch=81 + note.pitch), plucked.WOOD, 0.3, rng),
    "strings": sung.ensemble,
    "bows": lambda note, held, rng: sung.ensemble(note, held, rng, 0.025, 0.09),
    "pad": sung.pad,
}


def voice(note: Note, held: float, rng: np.random.Generator) -> Wave:
    """The samples of one note as its part sounds: one channel, or two from an ensemble."""
    if note.part in STRINGS:
        return plucked.plucked(STRINGS[note.part], note, held, rng)
    if note.part in BARS:
        return plucked.struck(note, *BARS[note.part], rng)
    if note.part in BEATEN:
        return BEATEN[note.part](note, rng)
    return OTHERS[note.part](note, held, rng)


def beat_samples(piece: Piece) -> int:
    """Samples in a beat."""
    return round(RATE * 60 / piece.tempo_bpm)


def render(piece: Piece, beats: int | None = None) -> Wave:
    """The whole piece, or its first beats, shape (samples, 2): parts, room, desk; cut at the end of the last bar's ring."""
    length = (piece.beats if beats is None else beats) * beat_samples(piece)
    dry, sent = np.zeros((length, 2)), np.zeros((length, 2))
    for note, at, sounded, rng in sounds(piece, length):
        seat = piece.seats[note.part]
        heard = sounded[: length - at] * 10 ** (seat.level_db / 20)
        if heard.ndim == 1:
            both = heard[:, None] * placed(seat.place + wander(note, rng))
        else:
            both = heard * placed(seat.place) * np.sqrt(2)
        dry[at : at + len(heard)] += both
        sent[at : at + len(heard)] += both * 10 ** (seat.room_db / 20)
    return finished(piece, dry + convolved(sent, room(piece.seed, piece.room)))


def sounds(piece: Piece, length: int) -> Iterator[tuple[Note, int, Wave, np.random.Generator]]:
    """Every note, or phrase of a singing part, that begins within so many samples: where, its samples, its own chance."""
    beat = beat_samples(piece)
    notes = played(piece)
    for index, note in enumerate(notes):
        rng = np.random.default_rng((piece.seed, index))
        at = round(note.beat * beat)
        if note.part not in SINGERS and at < length:
            yield note, at, voice(note, note.beats * beat / RATE, rng), rng
    for number, part in enumerate(sorted(SINGERS)):
        for phrase in phrases(tuple(n for n in notes if n.part == part)):
            first = phrase[0]
            rng = np.random.default_rng((piece.seed, number, round(first.beat * 96)))
            at = round(first.beat * beat)
            timed = tuple(((n.beat - first.beat) * beat / RATE, n.beats * beat / RATE, n) for n in phrase)
            if at < length:
                yield first, at, sung.sing(SINGERS[part], timed, rng), rng


def phrases(notes: tuple[Note, ...]) -> Iterator[tuple[Note, ...]]:
    """Notes of one part without a rest between them."""
    run: list[Note] = []
    for note in notes:
        if run and note.beat - (run[-1].beat + run[-1].beats) > 0.15:
            yield tuple(run)
            run = []
        run.append(note)
    if run:
        yield tuple(run)


def wander(note: Note, rng: np.random.Generator) -> float:
    """How far a sound sits from its part's place: strings of a chord and shaker strokes spread a little."""
    if note.part in SPREAD:
        return (note.pitch - 60) / 90
    return float(rng.uniform(-0.1, 0.1)) if note.part == "shaker" else 0.0


def placed(place: float) -> Wave:
    """Left and right gain of a place, equal power."""
    angle = (np.clip(place, -1, 1) + 1) * np.pi / 4
    gains: Wave = np.array([np.cos(angle), np.sin(angle)])
    return gains


@cache
def room(seed: int, shape: Room) -> Wave:
    """The room's answer, shape (samples, 2): noise per octave dying at its own rate, after six early reflections."""
    rng = np.random.default_rng((seed, 1))
    larger = shape.tail_s / 1.15
    length, gap = 1.9 * larger, int(shape.gap_ms * RATE / 1000)
    t = seconds(length)
    out = np.zeros((len(t), 2))
    for octave, rt60 in zip(
        (150, 300, 600, 1200, 2400, 4800, 9600), (0.7, 1.0, 1.15, 1.1, 0.95, 0.7, 0.45), strict=True
    ):
        level = 0.4 if octave < 200 else 1.0 if octave < 5000 else 0.6
        for side in (0, 1):
            out[:, side] += level * noise(length, octave / 1.4, octave * 1.4, rng) * 10 ** (-3 * t / (rt60 * larger))
    out *= (1 - np.exp(-t / 0.012))[:, None]
    out = np.roll(out, gap, axis=0)
    out[:gap] = 0
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


def finished(piece: Piece, mixed: Wave) -> Wave:
    """The mix through the desk: tone, soft compression, the stored loudness under a limiter; the last 0.3 s fade."""
    levelled = compressed(toned(mixed, piece.tone), piece.squeeze).astype(np.float32)
    out = sound.master(levelled, STORED_LUFS, STORED_PEAK_DB).astype(np.float64)
    out[-FADE:] *= np.cos(np.linspace(0, np.pi / 2, FADE))[:, None] ** 2
    return out


def toned(mixed: Wave, tone: tuple[tuple[float, float], ...]) -> Wave:
    """The mix through a smooth curve of (Hz, dB), without phase."""
    size = 1 << (len(mixed) - 1).bit_length()
    octave = np.log2(np.maximum(np.fft.rfftfreq(size, 1 / RATE), 1))
    curve = 10 ** (np.interp(octave, np.log2([f for f, _ in tone]), [g for _, g in tone]) / 20)
    shaped: Wave = np.fft.irfft(np.fft.rfft(mixed, size, axis=0) * curve[:, None], size, axis=0)
    return shaped[: len(mixed)]


def compressed(mixed: Wave, squeeze: float) -> Wave:
    """The loudest fifth brought down by a part (1 / squeeze) of what it passes the rest, attack 12 ms, release 120 ms, in 5 ms steps."""
    step = RATE // 200
    count = -(-len(mixed) // step)
    power = (
        np.square(np.pad(mixed, ((0, count * step - len(mixed)), (0, 0)))).sum(axis=1).reshape(count, step).mean(axis=1)
    )
    level = 10 * np.log10(power + 1e-12)
    threshold = np.percentile(level, 80)
    over, wanted = 0.0, np.maximum(level - threshold, 0) / squeeze
    gain = np.empty(count)
    for i, amount in enumerate(wanted):
        over += (amount - over) * (1 - np.exp(-5 / (12 if amount > over else 120)))
        gain[i] = -over
    curve = np.interp(np.arange(len(mixed)), (np.arange(count) + 0.5) * step, gain)
    out: Wave = mixed * (10 ** (curve / 20))[:, None]
    return out

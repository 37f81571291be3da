"""「邻里早晨」 Neighbourhood Morning: bright. Zither, guitar and marimba over bass, snaps and shaker; G major, 100 bpm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from band.score import Note, Piece, Seat, midi, voiced

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Score:
    """Chords and melody by bar, and which parts play in which bars."""

    chords: tuple[str, ...]
    melody: tuple[str, ...]
    answer: tuple[str, ...]
    parts: dict[str, tuple[int, int]]


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

SCORE: Final = Score(
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

PICKING: Final = (0, 2, 3, 1, 4, 2, 3, 1)  # strings of a voicing, an eighth each
SHAKES: Final = (1.0, 0.35, 0.62, 0.42)  # force of the four sixteenths


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
        strings, at = voiced(VOICINGS[chord]), 4.0 * bar + index * span
        yield from rolled("guitar", strings, at, 6.0, let) if bar in {0, last} else picked(strings, at, span)
        yield from (Note("piano", at, p, 6.0 if bar == last else span, 0.55, let) for p in middle(strings))
        yield from low(strings, at, span, let)
        if playing(score, "strum", bar):
            yield from (Note("strum", at + b, p, 0.4, 0.5) for b in range(1, span, 2) for p in strings[2:])
    if bar == 0:
        yield from picked(voiced(VOICINGS[chords[0]]), 0.0, 4)
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

PIECE: Final = Piece(
    id="linli-morning",
    aliases=("明快", "bright", "default", "默认", "轻快", "清爽"),
    zh="邻里早晨",
    en="Neighbourhood Morning",
    key="G major pentatonic",
    tempo_bpm=100,  # a beat is exactly 18 frames at 30 fps
    beats_per_bar=4,
    body_bars=24,
    loop_to_bar=8,
    seed=20,
    notes=notes(SCORE),
    seats=SEATS,
    tone=TONE,
    swing={0.5: 0.045, 0.25: 0.03, 0.75: 0.03},
)

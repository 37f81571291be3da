"""「家里的灯」 The Lamp at Home: warm. Felt piano and nylon guitar, violins that come in, kalimba; F major, 75 bpm."""

from __future__ import annotations

from typing import Final

from band.score import Piece, Room, Seat, Section, last_chord, midi, written

CHORDS: Final = {
    "F": "F2 C3 A3 C4 G4",
    "F/A": "A2 F3 A3 C4 F4",
    "C/E": "E2 C3 G3 C4 E4",
    "Dm7": "D3 A3 C4 F4 A4",
    "Bb": "Bb2 F3 A3 D4 F4",
    "Gm7": "G2 D3 F3 Bb3 D4",
    "Am7": "A2 E3 G3 C4 E4",
    "C11": "C3 G3 Bb3 D4 F4",
    "C": "C3 G3 C4 E4 G4",
}

SEATS: Final = {
    "felt": Seat(-4.5, -0.06, -13, ring=1.0),
    "nylon": Seat(-9.0, -0.34, -15, ring=1.4),
    "strings": Seat(-22.5, 0.05, -9),
    "violin": Seat(-18.0, 0.16, -9),
    "kalimba": Seat(-13.0, 0.42, -11),
    "bass": Seat(-8.0, 0.0, -30),
    "kick": Seat(-5.5, 0.0, -26),
    "brush": Seat(-22.0, 0.22, -14),
    "shaker": Seat(-13.5, -0.3, -16),
    "cymbals": Seat(-20.0, -0.3, -6),
}

ARPEGGIO: Final = "0.2.3.4.1.3.2.3."
BASS: Final = "0....0.1|0....0.2"
HEART: Final = "7.....4.6......."
SOFT: Final = "3.2.3.2.3.2.3.2."
SWEEP: Final = "....6.......6..."

TUNE: Final = (
    "A4:1 C5:.5 D5:.5 ~C5:1 A4:1|G4:1.5 A4:.5 C5:2|D5:1 C5:.5 A4:.5 F4:1 A4:1|G4:.5 A4:.5 F4:1 D4:1.5 C4:.5",
    "A4:1 C5:.5 D5:.5 F5:1.5 D5:.5|C5:1.5 A4:.5 G4:2|D5:.5 C5:.5 A4:1 C5:.5 A4:.5 G4:1|G4:1 A4:.5 C5:.5 G4:2",
    "D5:1.5 F5:.5 A5:1 G5:1|E5:1.5 G5:.5 E5:1 C5:1|D5:1.5 C5:.5 A4:1 D5:1|C5:3 A4:.5 C5:.5",
    "D5:1.5 F5:.5 G5:1 F5:1|E5:1 C5:1 A4:1 C5:1|D5:1 F5:1 A5:1.5 G5:.5|G5:2 F5:.5 D5:.5 C5:1",
)

SECTIONS: Final = (
    Section(
        "F|Bb C11",
        {"felt": "C5:1 D5:.5 F5:.5 A5:1.5 G5:.5|F5:1 D5:1 C5:1.5 G4:.5"},
        {"nylon": ARPEGGIO, "bass": "0.......|0...0...", "cymbals": "6...|....", "shaker": "........|....3.2."},
        0.86,
    ),
    Section(
        "F|C/E|Dm7|Bb",
        {"felt": TUNE[0]},
        {"nylon": ARPEGGIO, "bass": BASS, "kick": HEART, "shaker": SOFT},
        0.9,
    ),
    Section(
        "F|C/E|Bb|C11 C",
        {"felt": TUNE[1], "kalimba": "-:4|-:2 C6:.5 A5:.5 G5:1|-:4|-:1 G5:.5 C6:.5 D6:1 C6:1"},
        {"nylon": ARPEGGIO, "bass": BASS, "kick": HEART, "shaker": SOFT, "brush": SWEEP, "strings": "*..."},
        0.96,
    ),
    Section(
        "Dm7|Am7|Bb|F",
        {"violin": TUNE[2]},
        {
            "felt": "0.2.4.3.|2.4.3.2.",
            "nylon": ARPEGGIO,
            "bass": BASS,
            "kick": HEART,
            "shaker": SOFT,
            "brush": SWEEP,
            "strings": "*...",
        },
        1.0,
    ),
    Section(
        "Gm7|Am7|Bb|C11 C",
        {"violin": TUNE[3], "kalimba": "-:2 D6:.5 Bb5:.5 D6:1|-:4|-:2 D6:.5 C6:.5 A5:1|-:4"},
        {
            "felt": "0.2.4.3.|2.4.3.2.",
            "nylon": ARPEGGIO,
            "bass": BASS,
            "kick": HEART,
            "shaker": SOFT,
            "brush": SWEEP,
            "strings": "*...",
        },
        1.08,
    ),
    Section(
        "F|C/E|Dm7|Bb C",
        {
            "felt": TUNE[0].replace("D4:1.5 C4:.5", "G4:2"),
            "violin": "C5:2 F5:2|E5:3 C5:1|F5:2 A5:2|F5:2 E5:2",
            "kalimba": "-:2 A5:.5 C6:.5 F5:1|-:4|-:2 A5:.5 F5:.5 D6:1|-:4",
        },
        {
            "nylon": ARPEGGIO,
            "bass": BASS,
            "kick": HEART,
            "shaker": SOFT,
            "brush": SWEEP,
            "strings": "*...",
            "cymbals": "5...|....|....|....",
        },
        1.1,
    ),
    Section(
        "Bb C11",
        {"felt": "D5:1 F5:1 G5:.5 F5:.5 D5:.5 C5:.5", "violin": "F5:2 G5:1.5 -:.5"},
        {
            "nylon": "0.2.3.4.0.2.3.4.",
            "bass": "0...0...",
            "kick": "7.......6.......",
            "strings": "*.*.",
            "brush": SWEEP,
        },
        0.98,
    ),
)
LAST: Final = {
    "bass": "F1",
    "felt": "F3 C4 A4 C5 F5",
    "nylon": "F2 C3 A3 C4 G4",
    "strings": "A3 C4 F4",
    "kalimba": "A5 C6",
    "kick": "F1",
    "brush": "F1",
    "cymbals": "F5",
}

PIECE: Final = Piece(
    id="lamp-at-home",
    aliases=("温暖", "warm", "暖心", "温馨", "暖"),
    zh="家里的灯",
    en="The Lamp at Home",
    key="F major",
    tempo_bpm=75,  # a beat is 24 frames at 30 fps, 20 at 25
    beats_per_bar=4,
    body_bars=22,
    loop_to_bar=2,
    seed=31,
    notes=(
        *written(SECTIONS, CHORDS, 4, SEATS, {"strings": midi("F3"), "felt": midi("A3")}),
        *last_chord(LAST, 92, 6, {"felt": 0.03, "nylon": 0.04, "kalimba": 0.5}),
    ),
    seats=SEATS,
    tone=(
        (30, -24),
        (45, -4),
        (80, 0.5),
        (160, 1.5),
        (250, 0.5),
        (500, -0.5),
        (1500, 0),
        (4000, 2),
        (8000, 3.5),
        (14_000, 5),
    ),
    room=Room(1.35, 19),
    quality=4.0,
    swing={0.5: 0.03, 0.25: 0.025, 0.75: 0.035},
    late_s=(0.005, 0.013),
    squeeze=3.5,
)

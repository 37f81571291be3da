"""「一双手」 A Pair of Hands: proud. Horn and strings over a steady piano, big soft drum; C major, 90 bpm."""

from __future__ import annotations

from typing import Final

from band.score import Piece, Room, Seat, Section, last_chord, midi, written

CHORDS: Final = {
    "C": "C3 G3 C4 E4 G4",
    "C/E": "E2 C3 G3 C4 E4",
    "G": "G2 D3 G3 B3 D4",
    "G/B": "B2 G3 B3 D4 G4",
    "Gsus": "G2 D3 G3 C4 D4",
    "Am7": "A2 E3 G3 C4 E4",
    "F": "F2 C3 G3 A3 C4",
    "Dm7": "D3 A3 C4 F4 A4",
    "Em7": "E2 B2 G3 D4 E4",
}

SEATS: Final = {
    "horn": Seat(-16.0, -0.16, -8),
    "violin": Seat(-17.0, -0.24, -8),
    "cello": Seat(-20.0, 0.26, -10),
    "felt": Seat(-7.5, 0.06, -14, ring=0.5),
    "bows": Seat(-21.0, -0.06, -10),
    "strings": Seat(-23.0, 0.04, -8),
    "nylon": Seat(-12.0, 0.4, -15, ring=1.0),
    "bass": Seat(-8.5, 0.0, -30),
    "drum": Seat(-5.5, 0.0, -14),
    "kick": Seat(-2.5, 0.0, -26),
    "clap": Seat(-8.0, 0.1, -9),
    "jingle": Seat(-14.0, 0.36, -14),
    "shaker": Seat(-18.5, -0.32, -16),
    "cymbals": Seat(-19.0, -0.3, -4),
}

PULSE: Final = "*.2.3.2.*.2.3.2."
STRIDE: Final = "0...0.0.0...0.1.|0...0.0.0.0.1.2."
STEP: Final = "8.......7.4....."
BEADS: Final = "6343634363436344"

TUNE: Final = (
    "G4:1 C5:1.5 D5:.5 E5:1|D5:1.5 B4:.5 G4:2|A4:1 C5:1 E5:1.5 D5:.5|C5:2.5 A4:.5 G4:1",
    "E5:1 G5:1.5 E5:.5 C5:1|A4:1 C5:1 F5:1.5 E5:.5|D5:1 F5:1 E5:1 D5:1|G4:2 D5:2",
    "A5:1.5 G5:.5 F5:1 C5:1|D5:1 G5:2 A5:.5 B5:.5|B5:1 G5:1 E5:1 D5:1|C5:1.5 E5:.5 A5:2",
    "A5:1.5 G5:.5 F5:1 A5:1|G5:1.5 E5:.5 C5:1 E5:1|F5:1 A5:1 G5:1 F5:1|G5:2 D5:1 G5:1",
)
UNDER: Final = "C3:2 E3:2|D3:4|E3:2 C3:2|F3:2 G3:2"

SECTIONS: Final = (
    Section(
        "C|G/B|Am7|F G",
        {"cello": "G3:4|D3:2 G3:2|C3:2 E3:2|A3:2 B3:2", "horn": "-:4|-:4|-:4|-:2 A4:1 B4:1"},
        {
            "felt": "*.2.3.4.*.2.3.4.|*.2.3.4.*.2.3.2.",
            "nylon": "0.2.3.4.2.3.4.3.",
            "bows": "................|................|*.*.*.*.*.*.*.*.|*.*.*.*.*.*.*.*.",
            "bass": "0.......0.......",
            "kick": "................|................|8.......7.......|8.......7.......",
            "shaker": "................|................|6343634363436344|6343634363436344",
            "drum": "7...............|................|7...............|7.......6...6.6.",
            "cymbals": "5...|....|....|....",
        },
        0.96,
    ),
    Section(
        "C|G/B|Am7|F",
        {"horn": TUNE[0]},
        {"felt": PULSE, "bass": STRIDE, "kick": STEP, "shaker": BEADS, "bows": "*.*.*.*."},
        0.96,
    ),
    Section(
        "C/E|F|Dm7|Gsus G",
        {"horn": TUNE[1], "cello": "E3:2 C3:2|F3:2 A3:2|D3:2 F3:2|G3:2 B3:2"},
        {
            "felt": PULSE,
            "bass": STRIDE,
            "kick": STEP,
            "shaker": BEADS,
            "bows": "*.*.*.*.",
            "strings": "*...",
            "clap": "....5.......5...",
            "drum": "................|................|................|........6...6.67",
        },
        1.0,
    ),
    Section(
        "F|G|Em7|Am7",
        {"violin": TUNE[2], "horn": "F4:2 A4:2|G4:2 B4:2|G4:2 E4:2|A4:2 C5:2"},
        {
            "felt": PULSE,
            "nylon": "0.2.3.4.2.3.4.3.",
            "bass": STRIDE,
            "kick": STEP,
            "shaker": BEADS,
            "strings": "*...",
            "clap": "....6.......6...",
            "jingle": "....4.......4...",
            "drum": "8...............|................|7...............|..............5.",
            "cymbals": "6...|....|....|....",
        },
        1.06,
    ),
    Section(
        "F|C/E|Dm7|Gsus G",
        {"violin": TUNE[3], "horn": "F4:2 C5:2|E4:2 G4:2|A4:2 F4:2|G4:2 B4:2"},
        {
            "felt": PULSE,
            "nylon": "0.2.3.4.2.3.4.3.",
            "bass": STRIDE,
            "kick": STEP,
            "shaker": BEADS,
            "strings": "*...",
            "clap": "....6.......6...",
            "jingle": "....4.......4...",
            "drum": "8...............|................|7...............|7...7...7.7.7.7.",
        },
        1.1,
    ),
    Section(
        "C|G/B|Am7|F G",
        {
            "horn": TUNE[0].replace("C5:2.5 A4:.5 G4:1", "C5:2 B4:1 D5:1"),
            "violin": "E5:2 G5:2|G5:4|E5:2 A5:2|A5:2 G5:2",
            "cello": UNDER,
        },
        {
            "felt": PULSE,
            "bows": "*.*.*.*.",
            "bass": STRIDE,
            "kick": STEP,
            "shaker": BEADS,
            "strings": "*...",
            "clap": "....6.......6...",
            "jingle": "....4.......4...",
            "drum": "8...............|................|7...............|7.......6...6.6.",
            "cymbals": "6...|....|....|....",
        },
        1.12,
    ),
    Section(
        "F G",
        {"horn": "A4:1 C5:1 D5:1 B4:.5 -:.5", "violin": "C5:1 F5:1 G5:1.5 -:.5", "cello": "F3:2 G3:1.5 -:.5"},
        {
            "felt": "*.*.*.*.",
            "bows": "*.*.*.*.",
            "bass": "0...0.0.0...0.0.",
            "kick": "8.......8.......",
            "drum": "7.......7...7.77",
            "strings": "*.*.",
            "shaker": BEADS,
        },
        1.08,
    ),
)
LAST: Final = {
    "felt": "C2 G2 C3 E4 G4 C5",
    "strings": "G3 C4 E4 G4 C5",
    "horn": "C5",
    "cello": "C3",
    "nylon": "C3 G3 C4 E4 G4",
    "bass": "C2",
    "drum": "C2",
    "kick": "C2",
    "jingle": "C5",
    "shaker": "C5",
    "cymbals": "C5",
}

PIECE: Final = Piece(
    id="pair-of-hands",
    aliases=("自豪", "proud", "励志", "昂扬", "大气"),
    zh="一双手",
    en="A Pair of Hands",
    key="C major",
    tempo_bpm=90,  # a beat is 20 frames at 30 fps
    beats_per_bar=4,
    body_bars=24,
    loop_to_bar=4,
    seed=63,
    notes=(
        *written(SECTIONS, CHORDS, 4, SEATS, {"strings": midi("G3"), "bows": midi("C4"), "felt": midi("E4")}),
        *last_chord(LAST, 100, 6, {"felt": 0.02, "nylon": 0.04}),
    ),
    seats=SEATS,
    tone=((30, -24), (45, -3), (80, 1), (160, 2), (250, 1), (600, -0.5), (2000, 0), (5000, 2), (9000, 4), (14_000, 5)),
    room=Room(1.7, 22),
    quality=4.0,
    late_s=(0.0045, 0.011),
    squeeze=3.5,
)

"""「赶场天」 Market Day: lively. Marimba riff, pipa-like strings and bamboo flute, claps and hand drums; A major, 120 bpm."""

from __future__ import annotations

from typing import Final

from band.score import Piece, Room, Seat, Section, last_chord, written

CHORDS: Final = {
    "A": "A2 E3 A3 C#4 E4",
    "A/C#": "C#3 E3 A3 C#4 E4",
    "D": "D3 A3 D4 F#4 A4",
    "E": "E2 B2 G#3 B3 E4",
    "Esus": "E2 B2 A3 B3 E4",
    "F#m7": "F#2 C#3 E3 A3 C#4",
    "Bm7": "B2 F#3 A3 B3 D4",
    "G": "G2 D3 G3 B3 D4",
}

SEATS: Final = {
    "pipa": Seat(-4.0, 0.08, -14),
    "flute": Seat(-18.5, -0.14, -12),
    "marimba": Seat(-13.0, 0.34, -14),
    "strum": Seat(-10.0, -0.4, -15),
    "nylon": Seat(-12.5, -0.36, -15, ring=0.5),
    "bass": Seat(-10.0, 0.0, -30),
    "kick": Seat(-2.0, 0.0, -26),
    "clap": Seat(-5.5, 0.1, -12),
    "slap": Seat(-7.0, 0.3, -14),
    "frame": Seat(-7.0, -0.22, -14),
    "shaker": Seat(-21.5, -0.3, -18),
    "jingle": Seat(-14.5, 0.42, -16),
    "wood": Seat(-12.0, -0.45, -12),
    "cymbals": Seat(-17.0, -0.3, -6),
}

RIFF: Final = "2.4.3.2.4..3.4..|2.4.3.2.4.3.2.3."
CHOP: Final = "..*...*...*...*."
WALK: Final = "0.....0...1...2.|0.....0...2.1..."
FOUR: Final = "8.......7.......|8.....4.7......."
HANDS: Final = "....7.......7..."
ROLL: Final = "..4..5....4..53.|..4..5..4.5.4343"
SHAKE: Final = "7454745474547464"
RING: Final = "....5.......5.4."

TUNE: Final = (
    "E5:.5 F#5:.5 A5:.5 F#5:.5 E5:.5 C#5:.5 E5:1|E5:.5 F#5:.5 A5:.5 ~B5:1 A5:.5 F#5:.5 A5:.5|~B5:.5 A5:.5 F#5:.5 A5:.5 F#5:.5 E5:.5 F#5:1|C#5:.5 E5:.5 C#5:.5 B4:.5 A4:1 B4:.5 C#5:.5",
    "E5:.5 F#5:.5 A5:.5 F#5:.5 E5:.5 C#5:.5 E5:1|A5:.5 B5:.5 ~D6:1 B5:.5 A5:.5 F#5:1|B5:.5 A5:.5 F#5:.5 E5:.5 F#5:.5 A5:.5 B5:.5 A5:.5|~B5:1.5 A5:.25 F#5:.25 E5:1 -:1",
    "F#5:1.5 A5:.5 F#5:1 D5:1|E5:1.5 ^B5:1.5 A5:.5 G#5:.5|A5:1 F#5:.5 E5:.5 C#5:1 E5:1|~F#5:2 A5:1 E5:1",
    "F#5:1.5 A5:.5 B5:1 A5:1|~B5:1.5 G#5:.5 E5:1 G#5:1|A5:1 B5:.5 ~C#6:1 B5:.5 A5:1|B5:2 E5:1 -:1",
    "A4:.25 A4:.25 A4:.5 C#5:.5 E5:.5 A5:1 E5:1|G4:.25 G4:.25 G4:.5 B4:.5 D5:.5 G5:1 D5:1|F#5:.5 E5:.5 D5:.5 F#5:.5 A5:.5 F#5:.5 A5:1|~B5:1 A5:.25 G#5:.25 F#5:.25 E5:.25 B4:1 -:1",
)
GAPS: Final = "-:4|-:3 E6:.5 C#6:.5|-:4|-:2 A5:.5 B5:.5 ~C#6:1"

FULL: Final = {
    "marimba": RIFF,
    "strum": CHOP,
    "bass": WALK,
    "kick": FOUR,
    "clap": HANDS,
    "slap": ROLL,
    "shaker": SHAKE,
}

SECTIONS: Final = (
    Section(
        "A|A|D|Esus E",
        {"flute": "-:4|-:4|-:4|-:2 E5:.5 F#5:.25 A5:.25 B5:1"},
        {
            "marimba": RIFF,
            "kick": "8.......7.......",
            "clap": "................|....6.......6...",
            "shaker": "................|................|7454745474547464|7454745474547464",
            "bass": "0...............|0.....0...1...2.",
            "frame": "7..4..5...6...5.",
            "wood": "................|..........4.5.6.",
        },
        0.88,
    ),
    Section("A|A|D|A", {"pipa": TUNE[0]}, FULL | {"strum": "................"}, 0.94),
    Section("F#m7|D|Bm7|Esus E", {"pipa": TUNE[1], "flute": GAPS.replace("~C#6:1", "E6:1")}, FULL, 1.0),
    Section(
        "D|E|F#m7|D A/C#",
        {"flute": TUNE[2]},
        FULL | {"nylon": "0.2.3.4.2.3.4.3.", "jingle": RING, "wood": "................|..........4.5.6."},
        1.02,
    ),
    Section(
        "D|E|F#m7|Esus E",
        {"flute": TUNE[3], "pipa": "-:4|-:4|-:4|-:2 E5:.25 F#5:.25 A5:.25 B5:.25 ~C#6:1"},
        FULL | {"nylon": "0.2.3.4.2.3.4.3.", "jingle": RING},
        1.06,
    ),
    Section(
        "A|G|D|Esus E",
        {"pipa": TUNE[4]},
        {
            "kick": "8.......7.......",
            "frame": "7..4..6.7..4.565",
            "slap": "..5.5.4...5.5.45",
            "clap": "....7.......7...|....7.......7.77",
            "bass": "0..0..0.0.......",
            "shaker": SHAKE,
        },
        0.96,
    ),
    Section(
        "A|A|D|A", {"pipa": TUNE[0], "flute": GAPS}, FULL | {"jingle": RING, "cymbals": "7...|....|....|...."}, 1.06
    ),
    Section(
        "F#m7|D|Bm7|Esus E",
        {"pipa": TUNE[1], "flute": "C#5:2 E5:2|F#5:2 A5:2|F#5:2 B5:2|B5:2 G#5:1 -:1"},
        FULL | {"jingle": RING, "nylon": "0.2.3.4.2.3.4.3."},
        1.12,
    ),
    Section(
        "D E",
        {"pipa": "F#5:.5 A5:.5 ~B5:.5 A5:.5 B5:.25 ~C#6:.25 B5:.5 G#5:.5 E5:.5", "flute": "F#5:2 G#5:1.5 -:.5"},
        {
            "marimba": "2.4.3.2.2.3.4.3.",
            "strum": "..*...*...*.*.*.",
            "bass": "0.....0.0...2.1.",
            "kick": "8.......8...7.7.",
            "clap": "....7.......7.7.",
            "shaker": SHAKE,
        },
        1.1,
    ),
)
LAST: Final = {
    "pipa": "A4 C#5 E5 A5",
    "nylon": "A2 E3 A3 C#4 E4 A4",
    "marimba": "A3 E4 A4 C#5",
    "bass": "A1",
    "flute": "A5",
    "cymbals": "A5",
    "kick": "A1",
}

PIECE: Final = Piece(
    id="market-day",
    aliases=("热闹", "lively", "欢快", "喜庆", "开心"),
    zh="赶场天",
    en="Market Day",
    key="A major",
    tempo_bpm=120,  # a beat is 15 frames at 30 fps, 25 at 50
    beats_per_bar=4,
    body_bars=32,
    loop_to_bar=4,
    seed=58,
    notes=(
        *written(SECTIONS, CHORDS, 4, SEATS, {}),
        *last_chord(LAST, 132, 6, {"pipa": 0.04, "nylon": 0.03}),
    ),
    seats=SEATS,
    tone=((30, -24), (45, -3), (80, 0), (400, 0), (1200, -1.5), (2500, -1), (5000, 1), (10_000, 3), (16_000, 5)),
    room=Room(0.85, 13),
    quality=3.5,
    late_s=(0.0035, 0.009),
)

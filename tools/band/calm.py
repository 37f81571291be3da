"""「窗边的风」 Wind at the Window: calm. Bamboo flute over a long zither, pad and low strings; D major, 60 bpm."""

from __future__ import annotations

from typing import Final

from band.score import Piece, Room, Seat, Section, last_chord, midi, written

CHORDS: Final = {
    "D": "D2 A2 E3 F#3 A3",
    "D/F#": "F#2 D3 A3 D4 E4",
    "Bm7": "B1 F#2 D3 A3 B3",
    "Gmaj7": "G2 D3 F#3 B3 D4",
    "Em9": "E2 B2 G3 D4 F#4",
    "F#m7": "F#2 C#3 E3 A3 C#4",
    "A9sus": "A2 E3 G3 B3 D4",
    "A": "A2 E3 A3 B3 C#4",
}

SEATS: Final = {
    "flute": Seat(-16.0, 0.06, -7),
    "qin": Seat(-5.5, -0.26, -11, ring=2.5),
    "felt": Seat(-6.0, 0.26, -11, ring=2.0),
    "pad": Seat(-25.0, 0.0, -9),
    "strings": Seat(-27.0, -0.05, -8),
    "bass": Seat(-10.5, 0.0, -22),
    "frame": Seat(-7.5, 0.1, -9),
    "shaker": Seat(-15.0, 0.36, -10),
    "cymbals": Seat(-19.0, -0.4, -3),
}

STREAM: Final = "0.2.3.4.|0.3.4.7."
DROPS: Final = "..3...2.|....4.3."
PULSE: Final = "6.....3."
GRAIN: Final = "4.2.3.2.|4.2.3.3."

TUNE: Final = (
    "A4:2 ~B4:1 D5:1|F#5:2.5 E5:.5 D5:1|~B4:1.5 D5:.5 A4:2|E5:1.5 D5:.5 B4:1 -:1",
    "A4:1 B4:1 D5:1 E5:1|~F#5:1.5 A5:.5 F#5:2|E5:.5 F#5:.5 D5:1 ^B4:2|A4:1.5 B4:.5 E5:1 -:1",
    "~F#5:2 A5:1 B5:1|~A5:2.5 F#5:.5 E5:1|G5:1 F#5:.5 E5:.5 ^D5:1 B4:1|E5:1.5 F#5:.5 E5:1 -:1",
)
SECOND: Final = "-:2 F#4:2|-:2 A4:1 B4:1|-:2 G4:2|-:3 G4:.5 A4:.5"

SECTIONS: Final = (
    Section(
        "D|Gmaj7 A9sus",
        {"flute": "-:2 ^A4:1 B4:1|~D5:2 B4:1 -:1"},
        {
            "qin": "/.2.3.4.|0.2.0.3.",
            "pad": "*...",
            "bass": "0.......|0...0...",
            "cymbals": "6...|....",
            "shaker": GRAIN,
        },
        0.86,
    ),
    Section(
        "D|Bm7|Gmaj7|A9sus",
        {"flute": TUNE[0]},
        {"qin": STREAM, "pad": "*...", "bass": "0...", "frame": PULSE, "shaker": GRAIN},
        0.92,
    ),
    Section(
        "D|F#m7|Gmaj7|A9sus A",
        {"flute": TUNE[1]},
        {
            "qin": STREAM,
            "felt": DROPS,
            "pad": "*...",
            "strings": "*...",
            "bass": "0.....1.",
            "frame": PULSE,
            "shaker": GRAIN,
            "cymbals": "5...|....|....|....",
        },
        1.0,
    ),
    Section(
        "Bm7|F#m7|Em9|A9sus",
        {"flute": TUNE[2]},
        {
            "qin": "0.2.3.2.|0.4.3.2.",
            "felt": "2.4.3.4.|2.3.4.3.",
            "pad": "*...",
            "strings": "*...",
            "bass": "0.....2.|0...0.1.",
            "frame": "7..3..4.",
            "shaker": GRAIN,
            "cymbals": "6...|....|5...|....",
        },
        1.1,
    ),
    Section(
        "D|Bm7|Gmaj7|A9sus",
        {"flute": TUNE[0].replace("A4:2 ~B4:1 D5:1", "A4:1.5 B4:.5 ~D5:2"), "felt": SECOND},
        {
            "qin": STREAM,
            "pad": "*...",
            "strings": "*...",
            "bass": "0.....1.",
            "frame": PULSE,
            "shaker": GRAIN,
            "cymbals": "5...|....|....|....",
        },
        1.0,
    ),
    Section(
        "Gmaj7 A9sus",
        {"flute": "B4:1 D5:1 ~E5:1.5 -:.5"},
        {"qin": "0.2.0.3.", "pad": "*.*.", "strings": "*.*.", "bass": "0...0...", "frame": "6...4...", "shaker": GRAIN},
        0.92,
    ),
)
LAST: Final = {
    "qin": "D2 A2 D3 F#3 A3 D4",
    "felt": "F#4 A4 D5",
    "pad": "A3 D4 F#4",
    "strings": "D3 A3 F#4",
    "bass": "D2",
    "frame": "D2",
    "cymbals": "D5",
}

PIECE: Final = Piece(
    id="wind-at-window",
    aliases=("舒缓", "calm", "平静", "安静", "轻柔"),
    zh="窗边的风",
    en="Wind at the Window",
    key="D major pentatonic",
    tempo_bpm=60,  # a beat is a second: 30 frames at 30 fps, 25 at 25
    beats_per_bar=4,
    body_bars=18,
    loop_to_bar=2,
    seed=47,
    notes=(
        *written(SECTIONS, CHORDS, 4, SEATS, {"strings": midi("A3"), "pad": midi("E3"), "felt": midi("D5")}),
        *last_chord(LAST, 76, 6, {"qin": 0.09, "felt": 0.25}),
    ),
    seats=SEATS,
    tone=((30, -24), (50, -3), (80, 0), (250, -1), (600, 0), (2000, 1), (5000, 3), (9000, 5), (14_000, 6)),
    room=Room(2.3, 26),
    quality=4.0,
    late_s=(0.006, 0.014),
    squeeze=4.0,
)

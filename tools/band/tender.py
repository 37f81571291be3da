"""「晚饭时候」 Suppertime: tender. A slow waltz of felt piano, cello and celesta with high strings; E flat major, 72 bpm."""

from __future__ import annotations

from typing import Final

from band.score import Piece, Room, Seat, Section, last_chord, midi, written

CHORDS: Final = {
    "Eb": "Eb2 Bb2 G3 Bb3 Eb4",
    "Eb/G": "G2 Eb3 G3 Bb3 Eb4",
    "Bb/D": "D2 Bb2 F3 Bb3 D4",
    "Cm7": "C2 G2 Eb3 Bb3 D4",
    "Gm7": "G2 D3 F3 Bb3 D4",
    "Ab": "Ab2 Eb3 G3 C4 Eb4",
    "Fm7": "F2 C3 Ab3 C4 Eb4",
    "Bbsus": "Bb2 F3 Ab3 Bb3 Eb4",
    "Bb": "Bb2 F3 Ab3 Bb3 D4",
}

SEATS: Final = {
    "felt": Seat(-4.0, -0.08, -14, ring=1.5),
    "cello": Seat(-20.0, 0.2, -11),
    "violin": Seat(-20.5, -0.2, -10),
    "strings": Seat(-27.0, 0.0, -10),
    "celesta": Seat(-13.0, 0.35, -12),
    "nylon": Seat(-9.0, -0.3, -14, ring=1.0),
    "bass": Seat(-11.5, 0.0, -26),
    "brush": Seat(-19.0, 0.24, -12),
    "shaker": Seat(-17.0, -0.3, -12),
    "cymbals": Seat(-20.0, -0.3, -4),
}

WALTZ: Final = "0.2.3.|0.3.4."
RIPPLE: Final = "023432|023423"
TICK: Final = "4.3.3."
SWAY: Final = "..5.4."

TUNE: Final = (
    "G4:1 Bb4:1 C5:1|Bb4:2 F4:1|G4:1 F4:1 Eb4:1|D4:2 F4:1|Eb4:1 G4:1 C5:1|Bb4:1.5 G4:.5 Eb4:1|F4:1 G4:1 Ab4:1|F4:3",
    "G4:1 Bb4:1 Eb5:1|D5:2 Bb4:1|C5:1 Bb4:1 G4:1|F4:2 Bb4:1|C5:1 Eb5:1 F5:1|G5:1.5 Eb5:.5 Bb4:1|Ab4:1 Bb4:1 C5:1|Bb4:3",
)
DEEP: Final = "Eb4:1.5 D4:.5 C4:1|Bb3:1 D4:2|C4:1.5 Bb3:.5 Ab3:1|G3:3"
HIGH: Final = "Ab4:1 C5:1 Eb5:1|D5:1.5 C5:.5 Bb4:1|C5:1 Eb5:1 G5:1|F5:3"
BELOW: Final = "Eb3:3|D3:3|C3:2 D3:1|D3:2 F3:1|Eb3:2 C3:1|Eb3:2 G3:1|Ab3:2 F3:1|F3:2 Bb2:1"
LIGHTS: Final = (
    "-:3|-:1 D6:.5 Bb5:.5 F5:1|-:3|-:1 F5:.5 Bb5:.5 D6:1|-:3|-:1 Bb5:.5 Eb6:.5 G6:1|-:3|-:1 Bb5:.5 C6:.5 Eb6:1"
)
GLIMMER: Final = "-:3|-:3|-:3|-:3|-:3|-:1 Bb5:.5 Eb6:.5 G6:1|-:3|-:1 Bb5:.5 C6:.5 Eb6:1"

SECTIONS: Final = (
    Section(
        "Eb|Bbsus",
        {"celesta": "G5:1 Bb5:1 Eb6:1|-:1 F5:.5 Bb5:.5 C6:1"},
        {"felt": "0.2.3.|0.2.3.", "shaker": TICK, "cymbals": "5..|..."},
        0.86,
    ),
    Section(
        "Eb|Bb/D|Cm7|Gm7|Ab|Eb/G|Fm7|Bbsus",
        {"felt": TUNE[0], "celesta": GLIMMER},
        {"nylon": WALTZ, "bass": "0..", "shaker": TICK},
        0.9,
    ),
    Section(
        "Cm7|Gm7|Ab|Eb/G",
        {"cello": DEEP},
        {"felt": RIPPLE, "nylon": WALTZ, "bass": "0..", "strings": "*..", "shaker": TICK, "brush": SWAY},
        0.98,
    ),
    Section(
        "Fm7|Gm7|Ab|Bb",
        {"violin": HIGH, "cello": "F3:2 C3:1|D3:3|C3:2 Eb3:1|D3:2 F3:1"},
        {
            "felt": RIPPLE,
            "nylon": WALTZ,
            "bass": "0.1",
            "strings": "*..",
            "shaker": TICK,
            "brush": SWAY,
            "cymbals": "5..|...|...|...",
        },
        1.06,
    ),
    Section(
        "Eb|Bb/D|Cm7|Gm7|Ab|Eb/G|Fm7|Bbsus",
        {"felt": TUNE[1], "cello": BELOW, "celesta": LIGHTS},
        {
            "nylon": WALTZ,
            "bass": "0.1",
            "strings": "*..",
            "shaker": TICK,
            "brush": SWAY,
            "cymbals": "5..|" + "...|" * 6 + "...",
        },
        1.04,
    ),
    Section(
        "Bb",
        {"felt": "Ab4:1 G4:1 F4:1", "cello": "Ab3:1 F3:1.5 -:.5"},
        {"nylon": "0.2.3.", "bass": "0..", "strings": "*..", "shaker": TICK},
        0.9,
    ),
)
LAST: Final = {
    "felt": "Eb3 Bb3 Eb4 G4 Bb4",
    "nylon": "Eb2 Bb2 G3 Bb3 Eb4",
    "celesta": "Bb5 Eb6 G6",
    "strings": "G3 Bb3 Eb4",
    "cello": "Eb3",
    "bass": "Eb2",
    "brush": "Eb2",
    "cymbals": "Eb5",
}

PIECE: Final = Piece(
    id="suppertime",
    aliases=("温情", "tender", "感人", "走心", "思念"),
    zh="晚饭时候",
    en="Suppertime",
    key="E-flat major",
    tempo_bpm=72,  # a beat is 25 frames at 30 fps
    beats_per_bar=3,
    body_bars=26,
    loop_to_bar=2,
    seed=77,
    notes=(
        *written(SECTIONS, CHORDS, 3, SEATS, {"strings": midi("G3"), "felt": midi("G3")}),
        *last_chord(LAST, 81, 6, {"felt": 0.03, "nylon": 0.05, "celesta": 0.5}),
    ),
    seats=SEATS,
    tone=((30, -24), (50, -3), (80, 0), (250, -1), (600, 0), (2000, 1), (5000, 3), (9000, 5), (14_000, 6)),
    room=Room(1.6, 20),
    quality=4.0,
    late_s=(0.006, 0.014),
    squeeze=3.5,
)

"""The sound effects, made by numbers: a whoosh, a cloth, a page, a drop, a wood block, bells. The same samples every time."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from vidkit.audio.mastering import Mono, Samples, momentary, ratio
from vidkit.audio.track import RATE
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable

    from vidkit.audio.track import Kind

USUAL: Final = "G major"
"""The key of bells where there is no music."""


def effect(kind: Kind, key: str = USUAL) -> tuple[Samples, int]:
    """An effect's samples at its usual level (``data/sound.yaml``), and the sample that belongs on the cue's frame.

    Bells are notes of the ``key`` of the music beside them ("E-flat major"); where nobody knows it ("") they are noise without a pitch.
    """
    return _effect(kind, key if kind in BELLS else USUAL)


@cache
def _effect(kind: Kind, key: str) -> tuple[Samples, int]:
    sound, mark = (_bells(kind, key), 0) if kind in BELLS else EFFECTS[kind]()
    own = table("sound")["effects"]
    level = own["momentary_lufs"][kind] + (0 if key else own["unpitched_db"])
    return (sound * ratio(level - max(momentary(sound)))).astype(np.float32), mark


def _bells(kind: Kind, key: str) -> Mono:
    return BELLS[kind](*scale(key)) if key else GLITTER[kind]()


def scale(key: str) -> tuple[int, bool]:
    """A key's first note, in semitones above C, and whether it is minor: of "E-flat major" 3 and False."""
    note, mode = key.split()[:2]
    letter, _, sign = note.partition("-")
    return ("C D EF G A B".index(letter) + {"": 0, "sharp": 1, "flat": -1}[sign]) % 12, mode == "minor"


def _whoosh() -> tuple[Mono, int]:
    """Noise whose band climbs and falls again, from left to right in 0.45 s; it peaks at 0.27 s."""
    length, peak = RATE * 45 // 100, RATE * 27 // 100
    t = (np.arange(length) - peak) / RATE
    noise = np.fft.rfft(np.random.default_rng(7).standard_normal((2, length)))
    pitch = np.log2(np.maximum(np.fft.rfftfreq(length, 1 / RATE), 1.0))
    sweep = 11.2 - 9.0 * np.abs(t) ** 0.9  # octaves above 1 Hz: 2.4 kHz at the peak
    total = np.zeros((2, length))
    for centre in np.arange(8.0, 13.5, 0.5):
        band = np.fft.irfft(noise * np.exp2(-(((pitch - centre) / 0.45) ** 2)) * 2 ** (-centre / 2), length)
        total += band * np.exp(-(((sweep - centre) / 0.9) ** 2))
    swell = np.where(t < 0, np.exp(-((t / 0.11) ** 2)), np.exp(-((t / 0.065) ** 2)))
    side = np.clip(t / 0.2, -1, 1) * np.pi / 8 + np.pi / 4
    ends = np.minimum(1, np.minimum(np.arange(length), np.arange(length)[::-1]) / (RATE * 0.02))
    return (total * swell * ends * np.stack([np.cos(side), np.sin(side)])).T, peak


def _brush() -> tuple[Mono, int]:
    """A cloth drawn over a tile: rough noise of one pitch, from left to right in 0.4 s; it is loudest at 0.2 s."""
    length, peak = RATE * 40 // 100, RATE * 20 // 100
    t = (np.arange(length) - peak) / RATE
    rough = 1 + 0.35 * _slow_noise(length, 60, seed=12)
    swell = np.exp(-(np.abs(t / 0.12) ** 2.4))
    return _passing(_band(length, 1800, 1.1, seed=11) * rough * swell, t / 0.2), peak


def _page() -> tuple[Mono, int]:
    """A sheet of paper turned: a crackling rustle that brightens as it falls, in 0.26 s; it is loudest at 0.1 s."""
    length, peak = RATE * 26 // 100, RATE * 10 // 100
    t = (np.arange(length) - peak) / RATE
    crackle = np.clip(0.4 + _slow_noise(length, 160, seed=21), 0, 1.5)
    swell = np.where(t < 0, np.exp(-((t / 0.05) ** 2)), np.exp(-t / 0.05))
    rise = np.clip((t + 0.1) / 0.26, 0, 1)
    rustle = _band(length, 1600, 0.9, seed=22) * (1 - rise) + 0.8 * _band(length, 5200, 0.8, seed=23) * rise
    return _passing(rustle * crackle * swell, t / 0.16), peak


def _sparkle(tonic: int, minor: bool) -> Mono:  # noqa: FBT001
    """Five tiny bells upwards through the pentatonic scale, from its third to its third, 45 ms apart: something shines."""
    t = np.arange(RATE * 11 // 10) / RATE
    out = np.zeros((len(t), 2))
    lowest = _near(84, tonic)
    for step, above in enumerate((3, 7, 10, 12, 15) if minor else (4, 7, 9, 12, 16)):
        pitch = _hertz(lowest + above)
        bell = _mode(t, pitch, 0.9 - 0.1 * step, 0.22) + _mode(t, pitch * 2.76, 0.14, 0.07)
        late = step * RATE * 45 // 1000
        out[late:] += bell[: len(t) - late, None] * np.array([0.55 + 0.1 * step, 0.95 - 0.1 * step])
    return out * np.minimum(1, t[::-1] / 0.2)[:, None]


def _glitter(grains: int, apart_s: float, decay_s: float) -> Mono:
    """Grains of noise, each higher than the one before, from left to right: as if something shone, in no key."""
    t = np.arange(int(RATE * (grains * apart_s + 6 * decay_s))) / RATE
    out = np.zeros((len(t), 2))
    for step in range(grains):
        late = round(step * apart_s * RATE)
        noise = _band(len(t), 3000 * 2 ** (step / 3), 0.5, seed=31 + step).T
        grain = noise * (np.exp(-t / decay_s) * np.minimum(1, t / 0.002))[:, None]
        out[late:] += grain[: len(t) - late] * np.array([0.9 - 0.1 * step, 0.5 + 0.1 * step])
    return out * np.minimum(1, t[::-1] / 0.1)[:, None]


def _band(length: int, centre_hz: float, octaves: float, seed: int) -> Mono:
    """Noise around a pitch, both channels, of level one."""
    noise = np.fft.rfft(np.random.default_rng(seed).standard_normal((2, length)))
    pitch = np.log2(np.maximum(np.fft.rfftfreq(length, 1 / RATE), 1.0) / centre_hz)
    band = np.fft.irfft(noise * np.exp2(-((pitch / octaves) ** 2)), length)
    level: Mono = band / band.std()
    return level


def _slow_noise(length: int, highest_hz: float, seed: int) -> Mono:
    """Noise below a frequency, of level one."""
    lines = np.fft.rfft(np.random.default_rng(seed).standard_normal(length))
    lines[np.fft.rfftfreq(length, 1 / RATE) > highest_hz] = 0
    slow = np.fft.irfft(lines, length)
    level: Mono = slow / slow.std()
    return level


def _passing(both: Mono, way: Mono) -> Mono:
    """Two channels of noise that pass from left (-1) to right (1), soft at both ends."""
    side = np.clip(way, -1, 1) * np.pi / 8 + np.pi / 4
    length = both.shape[1]
    ends = np.minimum(1, np.minimum(np.arange(length), np.arange(length)[::-1]) / (RATE * 0.02))
    passed: Mono = (both * ends * np.stack([np.cos(side), np.sin(side)])).T
    return passed


def _pop() -> tuple[Mono, int]:
    """A drop of water: a tone that jumps from 380 to 900 Hz in 50 ms."""
    t = np.arange(RATE * 14 // 100) / RATE
    pitch = 900 - 520 * np.exp(-t / 0.018)
    tone = np.sin(2 * np.pi * np.cumsum(pitch) / RATE) * np.exp(-t / 0.028) * np.minimum(1, t / 0.002)
    return _both(tone), 0


def _tick() -> tuple[Mono, int]:
    """A small wood block."""
    t = np.arange(RATE * 9 // 100) / RATE
    modes = ((1480, 1.0, 0.016), (2230, 0.5, 0.010), (3890, 0.35, 0.006))
    return _both(sum((_mode(t, *mode) for mode in modes), np.zeros(len(t)))), 0


def _chime(tonic: int, minor: bool) -> Mono:  # noqa: FBT001
    """Four small bells, the chord of the key upwards from its first note (in G from G5), 60 ms apart, spread from left to right."""
    t = np.arange(RATE * 18 // 10) / RATE
    out = np.zeros((len(t), 2))
    lowest = _near(79, tonic)
    for step, above in enumerate((0, 3 if minor else 4, 7, 12)):
        bell = sum((_mode(t, _hertz(lowest + above) * r, a, d) for r, a, d in BELL), np.zeros(len(t)))
        late = step * RATE * 6 // 100
        out[late:] += bell[: len(t) - late, None] * np.array([0.9 - 0.1 * step, 0.6 + 0.1 * step])
    return out * np.minimum(1, t[::-1] / 0.2)[:, None]


def _near(note: int, tonic: int) -> int:
    """The MIDI number of the note nearest to another that lies so many semitones above a C."""
    return note + (tonic - note + 6) % 12 - 6


def _hertz(note: int) -> float:
    return float(440 * 2 ** ((note - 69) / 12))


BELL: Final = ((1.0, 1.0, 0.45), (2.0, 0.35, 0.30), (2.76, 0.25, 0.16), (5.4, 0.12, 0.07))  # ratio, level, decay in s


def _mode(t: Mono, pitch_hz: float, level: float, decay_s: float) -> Mono:
    sound: Mono = level * np.sin(2 * np.pi * pitch_hz * t) * np.exp(-t / decay_s) * np.minimum(1, t / 0.001)
    return sound


def _both(mono: Mono) -> Mono:
    return np.stack([mono, mono], axis=1)


EFFECTS: Final[dict[Kind, Callable[[], tuple[Mono, int]]]] = {
    "whoosh": _whoosh,
    "brush": _brush,
    "page": _page,
    "pop": _pop,
    "tick": _tick,
}
BELLS: Final[dict[Kind, Callable[[int, bool], Mono]]] = {"chime": _chime, "sparkle": _sparkle}
"""What is in a key: its first note and whether it is minor → samples that begin on the cue's frame."""
GLITTER: Final[dict[Kind, Callable[[], Mono]]] = {
    "chime": lambda: _glitter(4, 0.06, 0.2),
    "sparkle": lambda: _glitter(5, 0.045, 0.08),
}
"""The same in no key."""

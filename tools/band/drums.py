"""Hands, skins, wood, beads and small metal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from band.tone import RATE, Wave, noise, seconds

if TYPE_CHECKING:
    from band.score import Note

SKIN: Final = ((1.0, 1.0, 1.0), (1.59, 0.5, 0.6), (2.14, 0.35, 0.45), (2.65, 0.22, 0.35), (3.16, 0.15, 0.28))


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


def skin(note: Note, base_hz: float, ring: float, touch: tuple[float, float, float], rng: np.random.Generator) -> Wave:
    """A drum skin: its modes, a little sharp at the stroke, and the touch of the hand (from Hz, to Hz, level)."""
    t = seconds(5 * ring)
    bent = np.cumsum(1 + 0.12 * note.force * np.exp(-t / 0.03)) / RATE
    out = np.zeros(len(t))
    for ratio, level, share in SKIN:
        dull = level * note.force ** (0.4 * ratio)
        out += dull * np.exp(-t / (ring * share)) * np.sin(2 * np.pi * base_hz * ratio * bent + rng.uniform(-0.4, 0.4))
    low, high, level = touch
    tap = noise(0.06, low, high, rng) * np.exp(-seconds(0.06) / 0.009) * level
    out[: len(tap)] += tap
    on_skin: Wave = out * np.minimum(1, t / 0.0015) * np.minimum(1, (t[-1] - t) / 0.02) * note.force
    return on_skin


def frame(note: Note, rng: np.random.Generator) -> Wave:
    """A frame drum played with the thumb in its middle."""
    return skin(note, 88, 0.13, (300, 1600, 0.16), rng)


def slap(note: Note, rng: np.random.Generator) -> Wave:
    """The same drum tapped with fingers at its rim."""
    return skin(note, 310, 0.035, (900, 4200, 0.4), rng)


def drum(note: Note, rng: np.random.Generator) -> Wave:
    """A big drum struck softly, like a tanggu with wrapped sticks."""
    return skin(note, 58, 0.3, (120, 900, 0.3), rng)


def clap(note: Note, rng: np.random.Generator) -> Wave:
    """Five people clapping, not quite together."""
    out = np.zeros(int(0.22 * RATE))
    for _ in range(5):
        t = seconds(0.16)
        low = rng.uniform(750, 1100)
        one = noise(0.16, low, low * rng.uniform(2.2, 3.2), rng) * (np.exp(-t / 0.009) + 0.18 * np.exp(-t / 0.04))
        late = int(rng.uniform(0, 0.013) * RATE)
        out[late : late + len(one)] += one * np.minimum(1, t / 0.0007)
    return out * np.minimum(1, np.arange(len(out))[::-1] / 400) * note.force / 4


def jingle(note: Note, rng: np.random.Generator) -> Wave:
    """A tambourine's plates: many high partials that rattle twice."""
    t = seconds(0.3)
    out = np.zeros(len(t))
    for late, level in ((0.0, 1.0), (0.018, 0.5)):
        live = np.maximum(t - late, 0)
        for pitch in rng.uniform(4800, 13_000, 14):
            ring = np.exp(-live / rng.uniform(0.02, 0.07)) * (t >= late)
            out += level * ring * np.sin(2 * np.pi * pitch * live + rng.uniform(0, 6)) * np.minimum(1, live / 0.001)
    return out * np.minimum(1, t[::-1] / 0.02) * note.force / 7


def brush(note: Note, rng: np.random.Generator) -> Wave:
    """A brush drawn over a skin."""
    t = seconds(0.26)
    swell = np.minimum(1, t / 0.012) * np.exp(-t / 0.05) + 0.3 * np.sin(np.pi * t / 0.26) ** 2
    return noise(0.26, 1900, 8500, rng) * swell * np.minimum(1, t[::-1] / 0.03) * note.force


def cymbals(note: Note, rng: np.random.Generator) -> Wave:
    """A pair of small thick cymbals (pengling) touched together: two pitches that beat."""
    t = seconds(2.6)
    out = np.zeros(len(t))
    for pitch, level, ring in (
        (2637, 1, 0.8),
        (2649, 0.9, 0.7),
        (5120, 0.35, 0.4),
        (7710, 0.25, 0.22),
        (9900, 0.1, 0.1),
    ):
        out += level * np.exp(-t / ring) * np.sin(2 * np.pi * pitch * t + rng.uniform(0, 6))
    rung: Wave = out * np.minimum(1, t / 0.0008) * np.minimum(1, t[::-1] / 0.2) * note.force / 2
    return rung

"""Instruments whose sound goes on: flute, horn, solo strings (phrase by phrase in one breath or bow), ensembles and pads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from band.tone import RATE, Wave, hertz, noise, partials, period, read, seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from band.score import Note

CONTROL: Final = 1000  # steps a second of what hand and breath do
BODY: Final = (  # a violin's body: what it adds in dB at a frequency
    (100, -8),
    (200, 0),
    (285, 4),
    (380, -2),
    (470, 4),
    (700, -1),
    (1000, 2),
    (1500, -4),
    (2700, 3),
    (4000, -4),
    (6000, -12),
    (10_000, -24),
    (16_000, -36),
)


@dataclass(frozen=True)
class Singer:
    """How a melody instrument is played: partials when soft and when loud, times in s, vibrato, breath or bow noise in dB."""

    levels: Callable[[float, float], tuple[float, ...]]
    attack: float
    release: float
    glide: float
    rate_hz: float
    cents: float
    tremolo: float
    breath_db: float
    breath: tuple[float, float]
    chiff: float


def blown(base_hz: float, loud: float) -> tuple[float, ...]:
    """A bamboo flute's partials."""
    soft = (1, 0.11, 0.07, 0.012, 0.006, 0.002)
    full = (1, 0.46, 0.30, 0.11, 0.075, 0.04, 0.022, 0.012)
    return mixed(soft, full, loud)[: partials(base_hz, 8)]


def brass(base_hz: float, loud: float) -> tuple[float, ...]:
    """A horn's partials: louder is brighter."""
    dark = tuple(float(np.exp(-(k - 1) / 1.1)) for k in range(1, 17))
    bright = tuple(float(np.exp(-(k - 1) / 3.2)) for k in range(1, 17))
    return mixed(dark, bright, loud)[: partials(base_hz, 16)]


def bowed(base_hz: float, loud: float) -> tuple[float, ...]:
    """A bowed string's partials: a sawtooth through the instrument's body, rosin when loud."""
    k = np.arange(1, partials(base_hz, 60) + 1)
    hz = k * base_hz
    body = np.interp(np.log2(hz), np.log2([f for f, _ in BODY]), [g for _, g in BODY])
    return tuple(float(level) for level in 10 ** (body / 20) / k * np.exp(-hz / (2200 + 4200 * loud)))


def mixed(soft: Sequence[float], full: Sequence[float], share: float) -> tuple[float, ...]:
    """Partials between soft and full."""
    quiet = [*soft, *[0.0] * (len(full) - len(soft))]
    return tuple(a * (1 - share) + b * share for a, b in zip(quiet, full, strict=True))


FLUTE: Final = Singer(blown, 0.075, 0.09, 0.035, 4.9, 12, 0.09, -31, (900, 7500), 0.16)
HORN: Final = Singer(brass, 0.12, 0.14, 0.03, 5.0, 5, 0.03, -50, (300, 2500), 0.0)
CELLO: Final = Singer(bowed, 0.16, 0.2, 0.06, 5.3, 17, 0.05, -38, (900, 5000), 0.02)
VIOLIN: Final = Singer(bowed, 0.13, 0.18, 0.05, 5.7, 18, 0.05, -38, (1800, 8000), 0.02)


def sing(singer: Singer, phrase: tuple[tuple[float, float, Note], ...], rng: np.random.Generator) -> Wave:
    """A phrase in one breath: notes of (start s, length s, note) joined by glides, each with its swell and vibrato."""
    length = phrase[-1][0] + phrase[-1][1] + 3 * singer.release + 0.1
    steps = np.arange(int(length * CONTROL)) / CONTROL
    pitch, level, waver = np.full(len(steps), float(phrase[0][2].pitch)), np.zeros(len(steps)), np.zeros(len(steps))
    for i, (start, held, note) in enumerate(phrase):
        inside = steps >= start
        t = steps[inside] - start
        ends = start + held if i == len(phrase) - 1 else phrase[i + 1][0]
        pitch[inside] = note.pitch + ornamented(note.ornament, t)
        swell = 0.82 + 0.18 * np.sin(np.pi * np.clip(t / max(held, 0.1), 0, 1)) ** 0.8
        if note.ornament == "ring":
            swell = np.exp(-t / (0.24 * held))
        tongued = np.where(t < 0.024, 0.5, 1) if i else 1.0
        level[inside] = note.force * swell * tongued * (steps[inside] < ends)
        waver[inside] = np.clip((t - 0.26) / 0.45, 0, 1) if held > 0.45 else 0.0
    return sounded(singer, smooth(pitch, singer.glide), smooth(level, singer.attack, 0.0), smooth(waver, 0.1, 0.0), rng)


def ornamented(ornament: str, t: Wave) -> Wave:
    """What an ornament does to the pitch, in semitones."""
    if ornament == "slide":
        bent: Wave = -2.0 * np.exp(-t / 0.05)
        return bent
    return np.where(t < 0.075, 2.0, 0.0) if ornament == "grace" else np.zeros(len(t))


def smooth(steps: Wave, over: float, before: float | None = None) -> Wave:
    """Control steps made round over so many seconds, never ahead of time."""
    kernel = np.hanning(int(over * CONTROL) + 2)[1:-1]
    first = steps[0] if before is None else before
    padded = np.concatenate([np.full(len(kernel) - 1, first), steps])
    rounded: Wave = np.convolve(padded, kernel / kernel.sum(), "valid")
    return rounded


def sounded(singer: Singer, pitch: Wave, level: Wave, waver: Wave, rng: np.random.Generator) -> Wave:
    """The samples of what hand and breath do."""
    count = len(pitch) * RATE // CONTROL
    t = np.arange(count) / RATE
    at = np.arange(len(pitch)) / CONTROL
    drift = smooth(rng.standard_normal(len(pitch)), 0.2) * 0.5
    swing = np.sin(2 * np.pi * np.cumsum(singer.rate_hz * (1 + 0.12 * drift)) / CONTROL + rng.uniform(0, 6))
    bent = pitch + (singer.cents * waver * swing + 5 * drift) / 100
    loud = level * (1 + singer.tremolo * waver * swing) * (1 + 0.06 * drift)
    base = hertz(float(np.median(pitch)))
    turns = np.cumsum(np.interp(t, at, 440 * 2 ** ((bent - 69) / 12))) / RATE
    force = np.maximum(np.interp(t, at, loud), 0)
    share = np.clip(force, 0, 1) ** 1.3
    highest = hertz(float(pitch.max()) + 2.5)
    tables = [period(singer.levels(base, x)[: partials(highest, 60)]) for x in (0.0, 1.0)]
    tone = read(tables[0], turns) * (1 - share) + read(tables[1], turns) * share
    hiss = noise(count / RATE + 0.01, *singer.breath, rng)[:count]
    air = hiss * (0.75 + 0.25 * np.sin(2 * np.pi * turns)) * 10 ** (singer.breath_db / 20)
    out: Wave = (tone * 1.4 + air * (0.4 + 0.6 * share)) * force
    out += chiffed(singer, level, count, hiss)
    return out


def chiffed(singer: Singer, level: Wave, count: int, hiss: Wave) -> Wave:
    """The puff where a note is tongued: noise wherever the level rises fast."""
    rise = np.maximum(np.gradient(level) * CONTROL, 0)
    puff = smooth(rise, 0.02, 0.0) / 20
    edge: Wave = np.interp(np.arange(count) / RATE, np.arange(len(level)) / CONTROL, puff) * hiss * singer.chiff
    return edge


def ensemble(note: Note, held: float, rng: np.random.Generator, attack: float = 0.12, release: float = 0.22) -> Wave:
    """Six string players in a half circle, shape (samples, 2): each with pitch, bow and vibrato of her own; attack and release in s."""
    base = hertz(note.pitch)
    long = note.ornament == "ring"
    t = seconds(held + 4 * release)
    out = np.zeros((len(t), 2))
    dark, bright = period(bowed(base, 0.15)), period(bowed(base, 0.9))
    share = 0.25 + 0.6 * note.force
    rise = (1 - np.exp(-t / attack)) ** 1.5 * (0.86 + 0.14 * np.sin(np.pi * np.clip(t / held, 0, 1)))
    fade = np.exp(-np.maximum(t - (0.12 * held if long else held), 0) / (0.2 * held if long else release))
    for player in range(6):
        depth = rng.uniform(7, 15) * np.clip((t - rng.uniform(0.15, 0.35)) / 0.4, 0, 1)
        cents = rng.normal(0, 4.5) + depth * np.sin(2 * np.pi * rng.uniform(4.7, 6.1) * t + rng.uniform(0, 6))
        turns = np.cumsum(base * 2 ** (cents / 1200)) / RATE + rng.uniform(0, 1)
        one = read(dark, turns) * (1 - share) + read(bright, turns) * share
        angle = np.pi / 4 + (player - 2.5) * 0.13
        out += one[:, None] * np.array([np.cos(angle), np.sin(angle)])
    out += noise(len(t) / RATE, 1500, 7000, rng)[: len(t), None] * 0.012
    bow: Wave = out * (rise * fade * np.minimum(1, t[::-1] / 0.01) * note.force / 2.2)[:, None]
    return bow


def pad(note: Note, held: float, rng: np.random.Generator) -> Wave:
    """A soft pad, shape (samples, 2): four slow voices a little apart that open and close."""
    base = hertz(note.pitch)
    long = note.ornament == "ring"
    t = seconds(held + 1.6)
    out = np.zeros((len(t), 2))
    count = partials(base, 14)
    dark = period(tuple(1 / k**2.4 for k in range(1, count + 1)))
    open_ = period(tuple(1 / k**1.35 for k in range(1, count + 1)))
    share = 0.15 + 0.45 * np.sin(np.pi * np.clip(t / (held + 0.8), 0, 1)) ** 2
    for cents, side in ((-6.5, 0.12), (-2.0, 0.62), (2.4, 0.38), (6.1, 0.88)):
        wave_hz = rng.uniform(0.15, 0.4)
        turns = base * 2 ** (cents / 1200) * t + rng.uniform(0, 1) + 0.02 * np.sin(2 * np.pi * wave_hz * t)
        one = read(dark, turns) * (1 - share) + read(open_, turns) * share
        out += one[:, None] * np.array([np.cos(side * np.pi / 2), np.sin(side * np.pi / 2)])
    rise = 1 - np.exp(-t / 0.22)
    fade = np.exp(-np.maximum(t - (0.15 * held if long else held), 0) / (0.2 * held if long else 0.38))
    held_: Wave = out * (rise * fade * np.minimum(1, t[::-1] / 0.05) * note.force / 2)[:, None]
    return held_

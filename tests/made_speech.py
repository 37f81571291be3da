"""Speech-like sound made by numbers: syllables with formants, tones and consonants at known times, noise, hum; the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from vidkit.audio.track import RATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vidkit.audio.phrases import Phrase

LOW = 16_000  # Hz, at which voices are made
Mono = npt.NDArray[np.float32]
VOWELS = ((800, 1200, 2500), (350, 2200, 2900), (350, 800, 2400), (500, 1800, 2500), (550, 950, 2500))
"""Formants in Hz of a, i, u, e, o."""
PAUSES = {0: 0.0, 1: 0.06, 2: 0.24, 3: 0.5}
"""Seconds of pause after a unit, by its mark."""


@dataclass(frozen=True)
class Talk:
    """A made recording and the first and last moment of every syllable, in seconds, unit by unit."""

    samples: Mono
    units: tuple[tuple[tuple[float, float], ...], ...]


def talk(
    phrases: Sequence[Phrase],
    seed: int = 1,
    *,
    rate: float = 4.6,
    drift: float = 0.0,
    snr_db: float | None = 20.0,
    run_on: bool = False,
) -> Talk:
    """Phrases said at so many syllables a second, faster or slower by ``drift`` (0.3: 30 %) at the end, over noise; ``run_on``: pauses at the
    ends of sentences only.
    """
    chance = np.random.default_rng(seed)
    units = [unit for phrase in phrases for unit in phrase.units]
    parts: list[npt.NDArray[np.float64]] = [np.zeros(int(LOW * chance.uniform(0.2, 0.8)))]
    times, at, done = [], len(parts[0]), 0
    total = sum(round(unit.syllables) for unit in units)
    for unit in units:
        spoken = []
        count = round(unit.syllables)
        for number in range(count):
            tempo = rate * (1 + drift * (done / total - 0.5))
            last = 1.3 if number == count - 1 and unit.pause > 1 else 1.0
            sound = syllable(chance, last * chance.normal(1, 0.16) / tempo)
            spoken.append((at / LOW, (at + len(sound)) / LOW))
            parts.append(sound)
            at, done = at + len(sound), done + 1
        silent = 0.0 if run_on and unit.pause < 3 else PAUSES[unit.pause]
        pause = np.zeros(int(LOW * silent * chance.uniform(0.7, 1.4)))
        parts.append(pause)
        at += len(pause)
        times.append(tuple(spoken))
    parts.append(np.zeros(int(LOW * chance.uniform(0.2, 0.8))))
    voice = np.concatenate(parts)
    voice *= 0.1 / np.sqrt(np.square(voice[np.abs(voice) > 1e-4]).mean())
    voice = raised(voice)
    noise = 0 if snr_db is None else hiss(len(voice), seed) * 0.1 * 10 ** (-snr_db / 20)
    return Talk((voice + noise).astype(np.float32), tuple(times))


def syllable(chance: np.random.Generator, seconds: float) -> npt.NDArray[np.float64]:
    """A consonant (a hiss, a stop, a hum, none) and a vowel that glides, with a tone and a dip at both ends."""
    length = max(int(LOW * max(seconds, 0.09)), LOW // 12)
    t = np.arange(length) / LOW
    kind = chance.integers(4)
    begun = {0: 0.28, 1: 0.18, 2: 0.22, 3: 0.0}[int(kind)] * length
    pitch = 200 * chance.uniform(0.85, 1.2) * (1 + chance.uniform(-0.25, 0.25) * np.linspace(-1, 1, length))
    phase = 2 * np.pi * np.cumsum(pitch) / LOW
    first, second = (np.array(VOWELS[i]) for i in chance.integers(5, size=2))
    glide = np.linspace(0, 1, length)[:, None]
    glide = np.linspace(0, 0.7, 8)[:, None]
    formants, harmonics = first + (second - first) * glide, np.arange(1, 26)
    heard = pitch[:: -(-length // 8)][:8]
    near = np.exp(-0.5 * ((heard[:, None, None] * harmonics[:, None] - formants[: len(heard), None]) / 130) ** 2)
    weight = (near * np.array([1, 0.6, 0.3])).sum(axis=2) / harmonics**0.3
    steps = np.linspace(0, len(heard) - 1, length)
    out = np.zeros(length)
    for harmonic in harmonics.tolist():
        out += np.interp(steps, np.arange(len(heard)), weight[:, harmonic - 1]) * np.sin(harmonic * phase)
    voiced = np.clip((np.arange(length) - begun) / (0.018 * LOW), 0 if kind != 2 else 0.2, 1)
    shape = voiced * np.clip(np.arange(length)[::-1] / (0.05 * LOW), 0.12, 1) * (1 - 0.35 * np.linspace(0, 1, length))
    out *= shape
    if kind in {0, 1}:
        burst = np.diff(chance.standard_normal(length + 1))
        width, middle = (0.4 * begun, 0.55 * begun) if kind == 0 else (0.15 * begun, 0.8 * begun)
        out += 0.35 * burst * np.exp(-0.5 * ((np.arange(length) - middle) / max(width, 1)) ** 2)
    return out * np.clip(t / 0.006, 0, 1) * 10 ** (chance.uniform(-3, 3) / 20)


def raised(voice: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """16 kHz to 48 kHz."""
    out: npt.NDArray[np.float64] = 3 * np.fft.irfft(np.fft.rfft(voice, size := quick(len(voice))), 3 * size)
    return out[: 3 * len(voice)]


def quick(length: int) -> int:
    """A power of two at or above a length: transforms of others may take a hundred times as long."""
    return 1 << (length - 1).bit_length()


def hiss(length: int, seed: int = 3) -> npt.NDArray[np.float64]:
    """A room's noise, softer towards the top, of power one."""
    size = quick(length)
    noise = np.fft.rfft(np.random.default_rng(seed + 1000).standard_normal(size))
    noise /= np.maximum(np.fft.rfftfreq(size, 1 / RATE), 100) ** 0.35
    out: npt.NDArray[np.float64] = np.fft.irfft(noise, size)[:length]
    return out / float(np.sqrt(np.square(out).mean()))


def hum(length: int, level: float = 0.02, mains_hz: float = 50.0) -> npt.NDArray[np.float64]:
    """Mains hum: the ground wave and its odd and even friends."""
    t = np.arange(length) / RATE
    waves = [
        a * np.sin(2 * np.pi * mains_hz * n * t + n)
        for n, a in ((1, 0.6), (2, 1), (3, 0.6), (4, 0.4), (6, 0.3), (8, 0.2))
    ]
    out: npt.NDArray[np.float64] = level * np.sum(waves, axis=0)
    return out


def known(phrases: Sequence[Phrase], made: Talk) -> list[tuple[float, float]]:
    """When each phrase begins and ends, in seconds."""
    edges = [0]
    for phrase in phrases:
        edges.append(edges[-1] + len(phrase.units))
    return [(made.units[a][0][0], made.units[b - 1][-1][1]) for a, b in pairwise(edges)]

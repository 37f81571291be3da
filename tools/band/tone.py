"""Raw material of instruments: times, pitches, noise between two frequencies, letting go, periods read at any speed."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from vidkit.audio import track

Wave = npt.NDArray[np.float64]

RATE: Final = track.RATE
PERIOD: Final = 1 << 14  # points of a stored period: between them a straight line errs by less than -80 dB


def seconds(length: float) -> Wave:
    """Sample times from 0 for so many seconds."""
    times: Wave = np.arange(int(length * RATE)) / RATE
    return times


def hertz(pitch: float) -> float:
    """Frequency of a MIDI pitch."""
    return float(440 * 2 ** ((pitch - 69) / 12))


def noise(length: float, low_hz: float, high_hz: float, rng: np.random.Generator) -> Wave:
    """Noise between two frequencies with soft edges, of standard deviation 1."""
    count = int(length * RATE)
    octave = np.log2(np.maximum(np.fft.rfftfreq(count, 1 / RATE), 1))
    edge = 1 / (1 + np.exp(-6 * (octave - np.log2(low_hz)))) / (1 + np.exp(6 * (octave - np.log2(high_hz))))
    made = np.fft.irfft(np.fft.rfft(rng.standard_normal(count)) * edge, count)
    level: Wave = made / made.std()
    return level


def damped(sounded: Wave, held: float, release: float) -> Wave:
    """The sound let go after ``held`` seconds, dying within about ``release``."""
    t = np.arange(len(sounded)) / RATE
    return sounded * np.where(t < held, 1, np.exp(-np.maximum(t - held, 0) / release))


@cache
def period(levels: tuple[float, ...]) -> Wave:
    """One period of a sound whose partials have these levels, with its first point again at the end; loudness 1."""
    spectrum = np.zeros(PERIOD // 2 + 1, complex)
    spectrum[1 : len(levels) + 1] = -0.5j * PERIOD * np.array(levels) / np.sqrt(np.square(levels).sum())
    once = np.fft.irfft(spectrum, PERIOD)
    closed: Wave = np.append(once, once[0])
    return closed


def read(once: Wave, turns: Wave) -> Wave:
    """A stored period at a phase that counts whole turns."""
    at = (turns % 1) * PERIOD
    first = at.astype(np.intp)
    rest = at - first
    out: Wave = once[first] * (1 - rest) + once[first + 1] * rest
    return out


def partials(base_hz: float, most: int) -> int:
    """How many partials of a pitch stay under 15 kHz, up to a number: nothing folds back."""
    return max(1, min(most, int(15_000 / base_hz)))

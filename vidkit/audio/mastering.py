"""Samples → how loud they are (ITU-R BS.1770-4), and the same samples at a loudness and below a peak.

Samples are float32 arrays of shape (samples, 2) at 48 kHz, full scale 1.0.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from vidkit.audio.track import RATE

if TYPE_CHECKING:
    from collections.abc import Iterator

Samples = npt.NDArray[np.float32]
Mono = npt.NDArray[np.float64]
MOST_GAIN_DB: Final = 12.0  # quiet sound is never raised more than this


# Loudness


def loudness(samples: npt.NDArray[np.floating[Any]]) -> float:
    """Integrated loudness in LUFS by BS.1770-4 (two gates); -inf when nothing passes the gate at -70."""
    return _gated(steps(samples))


def _gated(powers: Mono) -> float:
    power = _windows(powers)
    for gate in (-70.0, -10.0):
        floor = gate if gate == -70.0 else _lufs(float(power.mean())) + gate
        power = power[power > 10 ** ((floor + 0.691) / 10)]
        if not len(power):
            return -math.inf
    return _lufs(float(power.mean()))


def momentary(samples: npt.NDArray[np.floating[Any]]) -> tuple[float, ...]:
    """Loudness in LUFS of every 400 ms, in steps of 100 ms, with silence before and after."""
    quiet = np.zeros((RATE * 4 // 10, 2))
    return tuple(_lufs(float(p)) for p in _windows(steps(np.concatenate([quiet, samples, quiet]))))


def steps(samples: npt.NDArray[np.floating[Any]]) -> Mono:
    """Power of the K-weighted sound, both channels, for every whole 100 ms."""
    step = RATE // 10
    if len(samples) < step:
        return np.zeros(0)
    weighted = _k_weighted(samples)
    count = len(weighted) // step
    framed, powers = weighted[: count * step].reshape(count, -1), np.empty(count)
    for some in _runs(count, 100):
        powers[some] = np.square(framed[some]).sum(axis=1, dtype=np.float64) / step
    return powers


def _runs(count: int, most: int) -> Iterator[slice]:
    """Runs of at most so many of ``count`` things: what is worked out for a long track takes no more memory than for a short one."""
    for first in range(0, count, most):
        yield slice(first, min(first + most, count))


def _windows(powers: Mono) -> Mono:
    whole: Mono = np.convolve(powers, np.full(4, 0.25), "valid") if len(powers) >= 4 else np.zeros(0)
    return whole


def _lufs(power: float) -> float:
    return 10 * math.log10(power) - 0.691 if power > 0 else -math.inf


def _k_weighted(samples: npt.NDArray[np.floating[Any]]) -> Samples:
    """The samples through BS.1770's two filters, by overlap-save in blocks whose spectra fit the processor's cache."""
    size, past = 1 << 14, 1 << 12  # the high pass at 38 Hz has rung out after 2^12 samples
    hop = size - past
    blocks = -(-len(samples) // hop)
    padded = np.zeros((2, past + blocks * hop), np.float32)
    padded[:, past : past + len(samples)] = samples.T
    framed = np.lib.stride_tricks.sliding_window_view(padded, size, axis=1)[:, ::hop]
    out = np.empty((2, blocks, hop), np.float32)
    for some in _runs(blocks, 32):
        out[:, some] = np.fft.irfft(np.fft.rfft(framed[:, some]) * _k_response(size), size)[:, :, past:]
    return out.reshape(2, -1)[:, : len(samples)].T


@cache
def _k_response(size: int) -> npt.NDArray[np.complex64]:
    """BS.1770-4 tables 1 and 2 (coefficients at 48 kHz) at the frequencies of an rfft."""
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(size))
    shelf = (1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z**2) / (
        1 - 1.69065929318241 * z + 0.73248077421585 * z**2
    )
    high_pass = (1 - 2 * z + z**2) / (1 - 1.99004745483398 * z + 0.99007225036621 * z**2)
    response: npt.NDArray[np.complex64] = (shelf * high_pass).astype(np.complex64)
    return response


# Level and peaks


def master(samples: Samples, target_lufs: float | None, true_peak_db: float) -> Samples:
    """The samples at the target loudness (None: as they are), no true peak above the ceiling in dBTP; silence stays silence."""
    powers = steps(samples)
    gain_db = _gain_db(_gated(powers), target_lufs)
    reduction = _reduction(samples, gain_db, true_peak_db)
    if reduction is None:
        return samples * ratio(gain_db)
    if target_lufs is not None:  # what the limiter takes away is given back once
        gain_db = min(gain_db + target_lufs - _limited_loudness(samples, powers, reduction, gain_db), MOST_GAIN_DB)
        reduction = _reduction(samples, gain_db, true_peak_db)
        assert reduction is not None
    out = samples * ratio(gain_db)
    out *= reduction[:, None]
    return out


def _gain_db(lufs: float, target_lufs: float | None) -> float:
    return 0.0 if target_lufs is None or lufs == -math.inf else min(target_lufs - lufs, MOST_GAIN_DB)


def _limited_loudness(samples: Samples, powers: Mono, reduction: npt.NDArray[np.float32], gain_db: float) -> float:
    """Loudness after gain and limiter, from the power each 100 ms loses: no second filtering."""
    step = RATE // 10
    shape = (len(powers), step)
    whole = samples[: len(powers) * step]
    power = np.einsum("sc,sc->s", whole, whole).reshape(shape)
    kept = (power * np.square(reduction[: len(powers) * step]).reshape(shape)).sum(axis=1) / (power.sum(axis=1) + 1e-20)
    return _gated(powers * kept) + gain_db


BLOCK: Final = 16  # samples; the limiter thinks in blocks
LOOK_AHEAD: Final = 15  # blocks, 5 ms
RELEASE_DB: Final = 40.0 * BLOCK / RATE  # dB a block: 40 dB a second
TAPS: Final = 12  # a phase, as in BS.1770 annex 2


def _reduction(samples: Samples, gain_db: float, ceiling_db: float) -> npt.NDArray[np.float32] | None:
    """The limiter's factor for every sample after a gain, or None when nothing passes the ceiling.

    Factors fall within the look-ahead before a peak, along a raised cosine, and rise again at a steady rate in dB.
    """
    need_db = np.minimum(0, ceiling_db - gain_db - _db(_block_peaks(samples, ratio(ceiling_db - gain_db))))
    if not need_db.any():
        return None
    ramp = np.arange(len(need_db)) * RELEASE_DB
    released = ramp + np.minimum.accumulate(need_db - ramp)
    held = _least(
        np.pad(released, (1, LOOK_AHEAD + 1)), LOOK_AHEAD + 2
    )  # the least of this block to the look-ahead's end
    kernel = np.hanning(LOOK_AHEAD + 2)[1:-1] / np.hanning(LOOK_AHEAD + 2)[1:-1].sum()
    smooth = np.convolve(np.pad(held, (LOOK_AHEAD - 1, 0), "edge"), kernel, "valid")
    factors = 10 ** (smooth / 20)
    return _spread(factors)[: len(samples)]


def _least(values: Mono, width: int) -> Mono:
    least: Mono = np.lib.stride_tricks.sliding_window_view(values, width).min(axis=1)
    return least


def _spread(factors: Mono) -> npt.NDArray[np.float32]:
    """A straight line from each block's factor to the next one's."""
    rise = np.diff(factors, append=factors[-1:])
    line = np.empty((len(factors), BLOCK), np.float32)
    for some in _runs(len(factors), 1 << 14):
        line[some] = factors[some, None] + rise[some, None] * (np.arange(BLOCK) / BLOCK)
    return line.reshape(-1)


def _block_peaks(samples: Samples, limit: float) -> Mono:
    """The greatest true peak in each block, four times oversampled where the samples come within 4.4 dB of the limit."""
    blocks = -(-len(samples) // BLOCK)
    padded = np.zeros((2, TAPS // 2 + blocks * BLOCK + TAPS // 2), np.float32)
    padded[:, TAPS // 2 : TAPS // 2 + len(samples)] = samples.T
    whole = np.abs(padded[:, TAPS // 2 : -(TAPS // 2)]).reshape(2, blocks, BLOCK).max(axis=(0, 2)).astype(np.float64)
    close = np.flatnonzero(whole > 0.6 * limit)
    around = np.lib.stride_tricks.sliding_window_view(padded, BLOCK + TAPS, axis=1)[:, ::BLOCK]
    for some in (close[run] for run in _runs(len(close), 1 << 14)):
        near = around[:, some]
        for phase in _phases():
            between = sum(tap * near[:, :, i + 1 : i + 1 + BLOCK] for i, tap in enumerate(phase))
            whole[some] = np.maximum(whole[some], np.abs(between).max(axis=(0, 2), initial=0))
    peaks: Mono = whole
    return peaks


@cache
def _phases() -> tuple[tuple[np.float32, ...], ...]:
    """Windowed-sinc taps for the three points between two samples."""
    at = np.arange(TAPS) - (TAPS // 2 - 1)
    taps = [np.sinc(at - p) * np.cos(np.pi * (at - p) / (TAPS + 1)) ** 2 for p in (0.25, 0.5, 0.75)]
    return tuple(tuple(np.float32(tap) for tap in row / row.sum()) for row in taps)


def _db(ratio: Mono) -> Mono:
    level: Mono = 20 * np.log10(np.maximum(ratio, 1e-9))
    return level


def ratio(db: float) -> float:
    """A level in dB as a factor."""
    return float(10 ** (db / 20))

"""Where somebody speaks: the level of a recording in the voice's bands, frame by frame, and the spans above its own floor.

A frame is 10 ms; samples are mono float32 at 48 kHz.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from vidkit.audio.track import RATE
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vidkit.audio.decode import Samples

Curve = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
FRAME: Final = RATE // 100  # samples
SIZE: Final = 2048  # of the spectrum
CHUNK: Final = 2000  # frames looked at in one go
BANDS: Final = 20
QUIETEST: Final = 1e-12


@dataclass(frozen=True, order=True)
class Span:
    """A run of samples, the end not included."""

    start: int
    end: int

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return (self.end - self.start) / RATE


def numbers() -> dict[str, Any]:
    """The figures of ``data/voice.yaml`` about speech."""
    return dict(table("voice")["speech"])


def bands(voice: Samples) -> Curve:
    """Power of every frame in each band of the voice, shape (frames, bands)."""
    window = RATE * int(numbers()["window_ms"]) // 1000
    frames = -(-len(voice) // FRAME)
    around = (window - FRAME) // 2
    padded = np.pad(voice, (around, max(0, frames * FRAME - len(voice)) + window))
    seen = np.lib.stride_tricks.sliding_window_view(padded, window)[::FRAME][:frames]
    shape = np.hanning(window + 2)[1:-1].astype(np.float32)
    out, places = np.empty((frames, BANDS)), edges(*numbers()["band_hz"], BANDS, SIZE)
    for first in range(0, frames, CHUNK):
        part = np.fft.rfft(seen[first : first + CHUNK] * shape, SIZE)
        out[first : first + CHUNK] = summed(np.square(np.abs(part)), places)
    return out / float(np.square(shape).sum() * SIZE)


@cache
def edges(low: float, high: float, count: int, size: int) -> tuple[int, ...]:
    """Where bands of even width as pitch is heard (mel) begin among the lines of a spectrum, and where the last one ends."""
    mel = np.linspace(1127 * np.log1p(low / 700), 1127 * np.log1p(high / 700), count + 1)
    return tuple(np.round(700 * np.expm1(mel / 1127) * size / RATE).astype(int).tolist())


def summed(lines: npt.NDArray[np.float32], edges: tuple[int, ...]) -> npt.NDArray[np.float32]:
    """The sum of a spectrum's lines in every band; no matrix product, whose last bits change with the number of threads."""
    found: npt.NDArray[np.float32] = np.add.reduceat(lines[:, : edges[-1]], edges[:-1], axis=1)
    return found


def level_db(power: Curve) -> Curve:
    """The level of every frame in dB, from its bands."""
    level: Curve = 10 * np.log10(power.sum(axis=1) + QUIETEST)
    return level


def threshold_db(level: Curve) -> tuple[float, float, float]:
    """A recording's floor, its top and the level between them above which somebody speaks, in dB."""
    own = numbers()
    top = float(np.percentile(level, own["top_percentile"]))
    floor = max(float(np.percentile(level, own["floor_percentile"])), top - own["deepest_db"])
    return floor, top, floor + max(own["over_floor_db"], own["share"] * (top - floor))


def stands_out(level: Curve) -> bool:
    """Whether anything rises over a recording's own floor: the shortest word does, steady noise and a voice that lies below it do not."""
    if not len(level):
        return False
    floor, top, _ = threshold_db(level)
    return bool(top - floor >= numbers()["over_floor_db"])


def speaking(level: Curve) -> Mask:
    """The frames in which somebody speaks: holes within words closed, clicks left out; all of them where nothing stands out."""
    if not len(level):
        return np.zeros(0, bool)
    floor, _, limit = threshold_db(level)
    if not stands_out(level):
        return np.ones(len(level), bool)
    hole, least = (int(numbers()[name]) // 10 for name in ("hole_ms", "least_ms"))
    sure = _without_short(~_without_short(~(level > limit), hole, edges=False), least, edges=True)
    return ~_without_short(
        ~_reached(sure, _soft(level) > floor + (limit - floor) * numbers()["soft_share"]), hole, edges=False
    )


def silent(level: Curve, mask: Mask) -> Mask:
    """The frames in which nothing happens at all: nobody speaks, and the level stays near its lowest of the second around; no soft word does."""
    if not len(level):
        return mask
    half, soft = 50, _soft(np.maximum(level, threshold_db(level)[0]))
    near = np.lib.stride_tricks.sliding_window_view(np.pad(soft, half, "edge"), 2 * half + 1).min(axis=1)
    still: Mask = ~mask & (soft < near + numbers()["steady_db"])
    return still


def _soft(level: Curve) -> Curve:
    """The level averaged over three frames."""
    soft: Curve = np.convolve(np.pad(level, 1, "edge"), np.full(3, 1 / 3), "valid")
    return soft


def _reached(sure: Mask, likely: Mask) -> Mask:
    """Sure frames, and the likely ones that touch them within the length of a consonant: its hiss is softer than a vowel."""
    out = sure.copy()
    for _ in range(int(numbers()["consonant_ms"]) // 10):
        grown = out.copy()
        grown[1:] |= out[:-1]
        grown[:-1] |= out[1:]
        out |= grown & likely
    return out


def _without_short(mask: Mask, least: int, *, edges: bool) -> Mask:
    """The mask without runs shorter than ``least`` frames; those at the edges stay unless ``edges``."""
    out = mask.copy()
    for start, end in runs(mask):
        if end - start < least and (edges or (start > 0 and end < len(mask))):
            out[start:end] = False
    return out


def runs(mask: Mask) -> list[tuple[int, int]]:
    """The first and the one-past-last place of every run of true."""
    edge = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return list(zip(edge[::2].tolist(), edge[1::2].tolist(), strict=True))


def spans(voice: Samples) -> tuple[Span, ...]:
    """The runs of samples in which somebody speaks."""
    mask = speaking(level_db(bands(voice)))
    return tuple(Span(start * FRAME, min(end * FRAME, len(voice))) for start, end in runs(mask))


def snr_db(level: Curve, mask: Mask) -> float:
    """How far speech lies over what is heard between it, in dB; 60 where nothing is heard between, 0 where nothing stands out."""
    if not stands_out(level):
        return 0.0
    if mask.all() or not mask.any():
        return 60.0
    between = ~_grown(mask, 5)
    loud, quiet = (max(float(np.mean(10 ** (level[where] / 10))), QUIETEST) for where in (mask, between))
    return min(60.0, float(10 * np.log10(max(loud - quiet, QUIETEST) / quiet)))


def _grown(mask: Mask, frames: int) -> Mask:
    """The mask with so many frames more on both sides, as long as anything is left between."""
    wide = np.convolve(mask, np.ones(2 * frames + 1), "same") > 0.5
    return mask if wide.all() else wide


def joined(found: Sequence[Span], hold: int) -> tuple[Span, ...]:
    """The spans with those put together that lie less than ``hold`` samples apart."""
    out: list[Span] = []
    for one in sorted(found):
        if out and one.start - out[-1].end < hold:
            out[-1] = Span(out[-1].start, max(out[-1].end, one.end))
        else:
            out.append(one)
    return tuple(out)

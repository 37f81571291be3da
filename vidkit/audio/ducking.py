"""Where somebody speaks → how loud the music under it may be, sample by sample.

The music falls before the first syllable, not on it; it stays down over the pauses between words, and rises again slowly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from vidkit.audio.speech import Span, joined
from vidkit.audio.track import RATE
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

Gain = npt.NDArray[np.float32]


def depth_db(voice_lufs: float, music_lufs: float) -> float:
    """How far music of a loudness is lowered under a voice of another: at least the usual depth, and until it lies well under the voice."""
    own = _numbers()
    needed = music_lufs - (voice_lufs - own["under_speech_db"])
    return float(min(max(own["depth_db"], needed), own["most_db"]))


def gain(spoken: Sequence[Span], length: int, depth: float | None = None) -> Gain:
    """The factor for every sample of the music under these spans of speech, 1.0 where nobody speaks; depth in dB."""
    own = _numbers()
    attack, release, hold, ahead = (
        RATE * int(own[f"{name}_ms"]) // 1000 for name in ("attack", "release", "hold", "ahead")
    )
    down = np.zeros(length, np.float32)
    for one in joined([one for one in spoken if one.start < length and one.end > 0], hold):
        low = one.start - ahead
        _lay(down, low - attack, _rise(attack))
        down[max(low, 0) : max(one.end, 0)] = 1
        _lay(down, one.end, _rise(release)[::-1])
    lowered: Gain = np.exp(down * np.float32(-(own["depth_db"] if depth is None else depth) * np.log(10) / 20))
    return lowered


def _rise(samples: int) -> Gain:
    """Half a cosine from 0 to 1, in dB."""
    ramp: Gain = (0.5 - 0.5 * np.cos(np.pi * (np.arange(samples) + 1) / (samples + 1))).astype(np.float32)
    return ramp


def _lay(down: Gain, at: int, ramp: Gain) -> None:
    """Put a ramp into the curve where it is lower than the ramp."""
    first, last = max(at, 0), min(at + len(ramp), len(down))
    if first < last:
        down[first:last] = np.maximum(down[first:last], ramp[first - at : last - at])


def _numbers() -> dict[str, Any]:
    return dict(table("voice")["duck"])

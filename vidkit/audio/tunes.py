"""A person's own music on its grid of beats → as many samples as a clip needs: from its first bar, round again at a bar line.

The music starts with a bar, so that beat 0 is the clip's first sample.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from vidkit.audio.track import RATE

if TYPE_CHECKING:
    from vidkit.audio.mastering import Samples
    from vidkit.audio.track import Tune

JOIN: Final = RATE * 30 // 1000  # samples of crossfade before the bar line where the music goes round
QUIET: Final = 0.03  # share of the loudest moment below which music has not begun


def start(samples: Samples) -> int:
    """The sample at which music begins to be heard."""
    step = RATE // 50
    peaks = np.abs(samples[: len(samples) // step * step]).reshape(-1, step * samples[0].size).max(axis=1)
    return int((peaks > QUIET * peaks.max(initial=0)).argmax()) * step if len(peaks) else 0


def pieces(tune: Tune, samples: int, length: int) -> tuple[tuple[int, int], ...]:
    """The runs (first sample, count) of music of so many samples that make a track of ``length``: whole bars, again and again.

    Music without beats is played from its start to its end, again and again.
    """
    bars = tune.beats[tune.first_bar :: tune.beats_per_bar]
    first, last = (bars[0], bars[-1]) if len(bars) > 1 else (0, samples)
    if samples - first >= length:  # it need not go round: the last bar may be cut
        return ((first, length),)
    runs, left = [], length
    while left > 0:
        runs.append((first, min(last - first, left)))
        left -= runs[-1][1]
    return tuple(runs)


def laid(music: Samples, tune: Tune, length: int) -> Samples:
    """The music's samples for a track of ``length``, stereo; a bar's last 30 ms cross into those before the bar it goes back to."""
    source = np.stack([music, music], axis=1) if music.ndim == 1 else music
    out, at = np.zeros((length, 2), np.float32), 0
    for first, count in pieces(tune, len(source), length):
        if at and first >= JOIN:
            down = np.cos(np.linspace(0, np.pi / 2, JOIN)).astype(np.float32)[:, None]
            out[at - JOIN : at] = out[at - JOIN : at] * down + source[first - JOIN : first] * np.sqrt(1 - down**2)
        out[at : at + count] = source[first : first + count]
        at += count
    return out

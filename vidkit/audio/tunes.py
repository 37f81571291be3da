"""A person's own music on its grid of beats → as many samples as a clip needs: from its first bar, round again at a bar line.

The music starts with a bar, so that beat 0 is the clip's first sample; it goes round before it fades, rings out or falls silent.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from vidkit.audio.track import RATE
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from vidkit.audio.mastering import Samples
    from vidkit.audio.track import Tune

JOIN: Final = RATE * 30 // 1000  # samples of crossfade before the bar line where the music goes round
SOFT: Final = RATE * 5 // 1000  # samples of crossfade after it, where nothing stands before the bar it goes back to
BLEND: Final = RATE  # samples of crossfade of music without bars
MOMENT: Final = RATE // 50  # samples of which the loudest is looked at


def numbers() -> dict[str, Any]:
    """What of a file is played (``data/sound.yaml``)."""
    return dict(table("sound")["own_music"])


def start(samples: Samples) -> int:
    """The sample at which music begins to be heard."""
    return int(_over(samples, numbers()["heard_share"]).argmax()) * MOMENT if len(samples) >= MOMENT else 0


def played(samples: Samples) -> Samples:
    """The music without a long silence after its end, and about zero where its recorder left it beside."""
    own, middle = numbers(), samples.mean(axis=0, dtype=np.float64) if len(samples) else np.zeros(1)
    if np.abs(middle).max() > own["offset_share"] * np.abs(samples).max(initial=0):
        samples = samples - middle.astype(np.float32)
    heard = np.flatnonzero(_over(samples, own["heard_share"]))
    end = (int(heard[-1]) + 1) * MOMENT if len(heard) else len(samples)
    rest = own["rest_seconds"] if len(samples) - end > own["tail_seconds"] * RATE else own["tail_seconds"]
    return samples[: end + round(rest * RATE)]


def gaps(samples: Samples) -> tuple[tuple[float, float], ...]:
    """The seconds from when to when music is silent in between."""
    own = numbers()
    loud = np.flatnonzero(_over(samples, own["gap_share"]))
    step = MOMENT / RATE
    found = ((float(a + 1) * step, float(b) * step) for a, b in pairwise(loud.tolist()))
    return tuple((a, b) for a, b in found if b - a >= own["gap_seconds"])


def _over(samples: Samples, share: float) -> npt.NDArray[np.bool_]:
    """Whether each moment reaches a share of the loudest."""
    whole = len(samples) // MOMENT * MOMENT
    channels = 1 if samples.ndim == 1 else samples.shape[1]
    peaks = np.abs(samples[:whole]).reshape(-1, MOMENT * channels).max(axis=1)
    found: npt.NDArray[np.bool_] = peaks > share * peaks.max(initial=0)
    return found


def upright(samples: Samples) -> tuple[Samples, bool]:
    """The music with one channel turned round where its two cancel each other, and whether they did."""
    if samples.ndim == 1 or not len(samples):
        return samples, False
    power = float(np.square(samples, dtype=np.float64).mean())
    both = float(np.square(samples.mean(axis=1, dtype=np.float64)).mean())
    if not power or both > power * 10 ** (-numbers()["cancel_db"] / 10):
        return samples, False
    return samples * np.array([1, -1], samples.dtype), True


def bar_lines(samples: Samples, bars: Sequence[int]) -> tuple[int, ...]:
    """The bar lines between which music goes round: up to its last bar at full loudness, or to the file's end where it was cut there."""
    if len(bars) < 2:
        return tuple(bars)
    own, bar = numbers(), (bars[-1] - bars[0]) / (len(bars) - 1)
    near = own["cut_ms"] / 1000 * RATE
    lines = [at for at in bars if len(samples) - at > near]
    if abs(lines[-1] + bar - len(samples)) <= near and _full([*lines, len(samples)], samples, bar, own["rung_out_db"]):
        return (*lines, len(samples))
    while len(lines) > 2 and not _full(lines, samples, bar / 2, own["fading_db"]):
        lines.pop()
    return tuple(lines)


def _full(lines: Sequence[int], samples: Samples, length: float, softer_db: float) -> bool:
    """Whether the music before the last of these lines is as loud as before the others, but for some dB."""
    levels = [_level_db(samples[max(0, at - round(length)) : at]) for at in lines[1:]]
    return levels[-1] >= float(np.median(levels)) - softer_db


def _level_db(samples: Samples) -> float:
    return float(10 * np.log10(np.square(samples, dtype=np.float64).mean() + 1e-20))


def pieces(tune: Tune, samples: int, length: int) -> tuple[tuple[int, int], ...]:
    """The runs (first sample, count) of music of so many samples that make a track of ``length``: whole bars, again and again.

    Music without bars is played from where it begins to its end, again and again, its last second under its first.
    """
    bars = tune.beats[tune.first_bar :: tune.beats_per_bar]
    first = bars[0] if bars else 0
    last = bars[-1] if len(bars) > 1 else samples - min(BLEND, (samples - first) // 4)
    if samples - first >= length:  # it need not go round: the last bar may be cut
        return ((first, length),)
    runs, left = [], length
    while left > 0:
        runs.append((first, min(last - first, left)))
        left -= runs[-1][1]
    return tuple(runs)


def laid(music: Samples, tune: Tune, length: int) -> Samples:
    """The music's samples for a track of ``length``, stereo; a bar's last 30 ms cross into those before the bar it goes back to.

    Where the music begins with that bar, what follows the bar it leaves crosses into its first 5 ms; without bars, into its first second.
    """
    source = np.stack([music, music], axis=1) if music.ndim == 1 else music
    out, at, ended = np.zeros((length, 2), np.float32), 0, 0
    barred = len(tune.beats[tune.first_bar :: tune.beats_per_bar]) > 1
    for first, count in pieces(tune, len(source), length):
        out[at : at + count] = source[first : first + count]
        if at and barred and first >= JOIN:
            cross(out[at - JOIN : at], source[first - JOIN : first], out[at - JOIN : at])
        elif at:
            cross(source[ended:], source[first:], out[at : at + (SOFT if barred else BLEND)])
        at, ended = at + count, first + count
    return out


def cross(old: Samples, new: Samples, out: Samples) -> None:
    """One piece of music into another; one that was cut at its bar line has nothing left to cross from and goes on without a seam."""
    count = min(len(old), len(new), len(out))
    down = fall(count)[:, None]
    out[:count] = old[:count] * down + new[:count] * np.sqrt(1 - down**2)


def fall(samples: int) -> npt.NDArray[np.float32]:
    """The way from 1 to 0 of what goes, as loud at every moment with what comes (the square root of 1 less its square)."""
    return np.cos(np.linspace(0, np.pi / 2, samples)).astype(np.float32)

"""When a recording says which words: phrases laid on the pauses and syllables that can be heard.

No words are recognised. The recording gives spans of speech, the dips between syllables and an idea of how many syllables lie
between two moments; the words give syllables and pauses. The best way to lay one on the other is found by dynamic programming, twice:
first at one tempo, then at the tempo each part of the recording turned out to have.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from vidkit.audio import speech
from vidkit.audio.speech import FRAME, Curve
from vidkit.audio.track import RATE
from vidkit.problems import problem
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vidkit.audio.decode import Samples
    from vidkit.audio.phrases import Phrase, Unit
    from vidkit.problems import Place, Problem

SPREAD: Final = 0.3  # how much one syllable's length varies, as a share of itself
WEIGH_COUNT: Final = 0.6  # how much heard syllables count beside lengths
NO_PAUSE: Final = (0.0, 0.3, 1.2, 3.0)  # cost of no pause where the words have none, a light mark, a comma, an end
UNWRITTEN: Final = 0.5  # cost of a cut between phrases at a pause that no mark tells
INSIDE: Final = 9.0  # cost of a second's pause inside a unit
PAUSES: Final = (10, 20)  # frames: up to the first a hole is a consonant, from the second a pause
BLUR: Final = 3.0  # frames


@dataclass(frozen=True)
class Said:
    """A phrase and the samples from its first syllable's start to its last one's end."""

    phrase: Phrase
    start: int
    end: int


@dataclass(frozen=True)
class Timing:
    """Every phrase with its time, the seconds somebody speaks, and whether that can be these words by their number."""

    said: tuple[Said, ...]
    fits: bool
    seconds: float = 0.0


@dataclass(frozen=True, eq=False)
class _Cuts:
    """Places where one unit may end and the next begin: frames, and how much each costs beside the lengths.

    ``ends`` and ``starts`` are the same frame within speech and the two sides of a pause.
    """

    ends: Curve
    starts: Curve
    pause: Curve
    dip: Curve


def timed(voice: Samples, phrases: Sequence[Phrase]) -> Timing:
    """The phrases with their times in a mono recording, in order and without overlap; no phrases, no times."""
    units = [unit for phrase in phrases for unit in phrase.units]
    power = speech.bands(voice)
    level = speech.level_db(power)
    mask = speech.speaking(level)
    if not units or not mask.any():
        return Timing((), not units)
    heard = _measure(power, level, mask)
    cuts = _cuts(level, mask)
    counts = np.array([max(unit.syllables, 0.5) for unit in units])
    tempo, path = np.ones(len(units)), [0]
    for _ in range(3):
        path = _laid(units, counts * tempo, heard, cuts)
        tempo = _tempo(path, counts, heard, cuts)
    seconds = int(np.count_nonzero(mask)) * FRAME / RATE
    slow, fast = table("voice")["subtitles"]["syllables_per_second"]
    fits = slow <= float(counts.sum()) / seconds <= fast
    return Timing(_said(phrases, path, cuts, len(voice)), fits, seconds)


def notes(timing: Timing, name: str, place: Place | None = None) -> tuple[Problem, ...]:
    """What people should know: the recording does not seem to be these words (VK-V015)."""
    if timing.fits:
        return ()
    syllables = round(sum(one.phrase.syllables for one in timing.said))
    return (problem("VK-V015", place, name=name, syllables=syllables, seconds=round(timing.seconds, 1)),)


# What is heard


def _measure(power: Curve, level: Curve, mask: speech.Mask) -> Curve:
    """How much was said before every frame, growing from 0 to 1: time spoken, blended with syllables heard."""
    spoken = np.concatenate([[0.0], np.cumsum(mask)])
    nuclei = np.zeros(len(mask))
    nuclei[_nuclei(power, level, mask)] = 1.0
    told = np.concatenate([[0.0], np.cumsum(np.convolve(nuclei, _bell(4 * BLUR), "same"))])
    blend: Curve = spoken / spoken[-1]
    return (1 - WEIGH_COUNT) * blend + WEIGH_COUNT * told / told[-1] if told[-1] > 2 else blend


def _nuclei(power: Curve, level: Curve, mask: speech.Mask) -> Any:
    """The frames in the middle of syllables: peaks of the vowels' bands that stand out from the dips around them."""
    vowels = _smooth(10 * np.log10(power[:, 2:15].sum(axis=1) + speech.QUIETEST), BLUR)
    floor = float(np.percentile(level[mask], 20)) - 3
    peaks = np.flatnonzero((vowels[1:-1] > vowels[:-2]) & (vowels[1:-1] >= vowels[2:])) + 1
    kept: list[int] = []
    for peak in peaks[(vowels[peaks] > floor) & mask[peaks]].tolist():
        dip = float(vowels[kept[-1] : peak].min()) if kept else -np.inf
        if not kept or min(vowels[kept[-1]], vowels[peak]) - dip > 1.0:
            kept.append(peak)
        elif vowels[peak] > vowels[kept[-1]]:
            kept[-1] = peak
    return np.array(kept, int)


def _smooth(curve: Curve, frames: float) -> Curve:
    half = int(4 * frames)
    out: Curve = np.convolve(np.pad(curve, half, "edge"), _bell(frames), "valid")
    return out


def _bell(frames: float) -> Curve:
    half = int(4 * frames)
    bell = np.exp(-0.5 * (np.arange(-half, half + 1) / frames) ** 2)
    out: Curve = bell / bell.sum()
    return out


def _cuts(level: Curve, mask: speech.Mask) -> _Cuts:
    """The beginning, every hole in speech, every dip within it, and the end."""
    runs = speech.runs(mask)
    soft = _smooth(np.maximum(level, speech.threshold_db(level)[0]), BLUR / 2)
    dips = np.flatnonzero((soft[1:-1] <= soft[:-2]) & (soft[1:-1] < soft[2:])) + 1
    around = np.stack([_reach(soft, dips, side) for side in (-1, 1)]).min(axis=0) - soft[dips] if len(dips) else dips
    found = [(runs[0][0], runs[0][0], 0.0, 0.0)]
    found += [(a[1], b[0], float(b[0] - a[1]), 0.0) for a, b in pairwise(runs)]
    found += [(d, d, 0.0, max(0.0, 1 - depth / 10)) for d, depth in zip(dips.tolist(), around, strict=True) if mask[d]]
    found += [(runs[-1][1], runs[-1][1], 0.0, 0.0)]
    return _Cuts(*(np.array(column, float) for column in zip(*sorted(found), strict=True)))


def _reach(soft: Curve, dips: Any, side: int) -> Curve:
    """The highest level within 150 ms on one side of every dip."""
    steps = np.arange(16) * side
    out: Curve = soft[np.clip(dips[:, None] + steps, 0, len(soft) - 1)].max(axis=1)
    return out


# Words on sound


def _laid(units: Sequence[Unit], weights: Curve, heard: Curve, cuts: _Cuts) -> list[int]:
    """The cut before every unit and after the last one, at the least cost."""
    ends, starts = heard[cuts.ends.astype(int)], heard[cuts.starts.astype(int)]
    share = weights / weights.sum()
    said = ends[None, :] - starts[:, None]  # from cut (row) to cut (column)
    inside = INSIDE / 100 * _paused(cuts)
    one = float(np.median(share / np.array([max(unit.syllables, 1) for unit in units])))
    best, back = np.full(len(ends), np.inf), []
    best[0] = 0
    for at, unit in enumerate(units):
        spread = SPREAD * np.sqrt(share[at] * one) + 0.1 * one
        cost = np.where(said > 0, ((said - share[at]) / spread) ** 2 / 2 + inside, np.inf)
        total = best[:, None] + cost
        came = total.argmin(axis=0)
        best = total[came, np.arange(len(ends))] + (_cut_cost(unit, cuts) if at < len(units) - 1 else 0)
        back.append(came)
    path = [len(ends) - 1]
    for came in reversed(back):
        path.append(int(came[path[-1]]))
    return path[::-1]


def _paused(cuts: _Cuts) -> Curve:
    """Frames of pause strictly between two cuts."""
    long = cuts.pause * _is_pause(cuts)
    before = np.concatenate([[0.0], np.cumsum(long)])
    between: Curve = np.maximum(0.0, before[:-1][None, :] - before[1:][:, None])
    return between


def _is_pause(cuts: _Cuts) -> Curve:
    """How surely each hole is a pause, from 0 to 1."""
    sure: Curve = np.clip((cuts.pause - PAUSES[0]) / (PAUSES[1] - PAUSES[0]), 0, 1)
    return sure


def _cut_cost(unit: Unit, cuts: _Cuts) -> Curve:
    """What it costs to end a unit at each cut."""
    pause = _is_pause(cuts)
    cost: Curve = (1 - pause) * NO_PAUSE[unit.pause] + cuts.dip * (cuts.pause == 0)
    return cost + (UNWRITTEN * pause if unit.pause == 0 else 0)


def _tempo(path: list[int], counts: Curve, heard: Curve, cuts: _Cuts) -> Curve:
    """How slowly each unit is said against the whole, smoothed over its neighbours."""
    ends, starts = heard[cuts.ends.astype(int)], heard[cuts.starts.astype(int)]
    said = np.array([ends[b] - starts[a] for a, b in pairwise(path)])
    middle = np.cumsum(counts) - counts / 2
    near = np.exp(-0.5 * ((middle[:, None] - middle[None, :]) / 12) ** 2)
    slow = (near @ said) / (near @ counts) * counts.sum() / max(said.sum(), 1e-9)
    tempo: Curve = np.clip(slow, 0.6, 1.7)
    return tempo


def _said(phrases: Sequence[Phrase], path: list[int], cuts: _Cuts, length: int) -> tuple[Said, ...]:
    out, at = [], 0
    for phrase in phrases:
        first, last = path[at], path[at + len(phrase.units)]
        start, end = int(cuts.starts[first]) * FRAME, min(int(cuts.ends[last]) * FRAME, length)
        out.append(Said(phrase, start, max(end, start + 1)))
        at += len(phrase.units)
    return tuple(out)

"""Music → its grid of beats: onsets, tempo, the beats by dynamic programming, and where bars begin.

Onsets are how much the spectrum grows from one 10 ms to the next (Bello et al., 2005); beats are the path through them that stays
nearest to one tempo (Ellis, 2007); of the path's half, double and three-halves the one whose beats stand out from what lies between is
taken. Music played by a machine gets a straight grid.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from vidkit.audio import speech
from vidkit.audio.decode import mono
from vidkit.audio.track import RATE
from vidkit.tables import table

if TYPE_CHECKING:
    from vidkit.audio.decode import Samples

Curve = npt.NDArray[np.float64]
HOP: Final = RATE // 100
SIZE: Final = 2048
WINDOW: Final = 1440
BANDS: Final = 32
CHUNK: Final = 2000
LATE: Final = 0.004
"""Seconds by which a sound's start lies after the frame in which the spectrum grows most: measured on clicks."""
TIGHT: Final = 100.0  # how dearly a beat pays for leaving the tempo (Ellis: 100 to 680)
RELATED: Final = ((1.0, 1.0), (0.5, 1.5), (2.0, 1.35), (2 / 3, 1.8), (1.5, 1.8))
"""Other lengths a beat may have, as shares of the one found first, and how many times better they must be."""
STRAIGHT: Final = 0.020  # seconds; beats that lie so near a straight line were played by a machine
LEAST: Final = 4  # beats of a grid
STILL: Final = 0.05  # harmony that changes less is one chord: drums spread up to 0.02, songs from 0.18 on
CLEAR: Final = 1.5  # spreads by which a waltz's first beat stands out at least (made and stored ones: 2.8 and more; equal knocks: up to 1.3)
SILENT: Final = 0.01  # of the loudest two beats; there is no harmony in less
START: Final = 0.5  # spreads of all onsets; on a beat with less nothing starts


@dataclass(frozen=True)
class Grid:
    """Where music's beats lie.

    ``beats``: samples at 48 kHz from the music's start; ``tempo_bpm``; ``beats_per_bar`` and ``first_bar`` (which beat begins a bar) are a
    guess; ``steady``: the beats are evenly spaced; ``confidence`` from 0 (no beat at all) to 1.
    """

    beats: tuple[int, ...]
    tempo_bpm: float
    beats_per_bar: int
    first_bar: int
    steady: bool
    confidence: float

    @property
    def bars(self) -> tuple[int, ...]:
        """The samples at which bars begin, where loops and cuts fall best."""
        return self.beats[self.first_bar :: self.beats_per_bar]


def grid(music: Samples) -> Grid:
    """The grid of a piece of music at 48 kHz, mono or stereo; without beats and of no confidence when there is no beat."""
    one = mono(music)
    power = _bands(one) if len(one) >= 2 * RATE else np.zeros((0, BANDS))
    rise = onsets(power)
    if not len(rise) or float(rise.max(initial=0)) <= 0:
        return Grid((), 0.0, 4, 0, steady=False, confidence=0.0)
    frames, score = _best(rise)
    if len(frames) < LEAST or not _played(rise, frames):
        return Grid((), 0.0, 4, 0, steady=False, confidence=0.0)
    exact = _exact(rise, frames)
    straight = _straight(exact, len(rise), rise)
    beats = exact if straight is None else straight
    bar, first = _bars(one, power, rise, beats)
    at = np.round((beats / 100 + LATE) * RATE).astype(int)
    before = at < -_early()
    inside = np.maximum(at[~before & (at < len(music))], 0)
    first = (first - int(np.count_nonzero(before))) % bar
    tempo = 6000 / float(np.median(np.diff(beats))) if straight is None else 6000 / float(beats[1] - beats[0])
    return Grid(tuple(inside.tolist()), round(tempo, 2), bar, first, straight is not None, round(score, 2))


# Onsets


def _bands(sound: Samples) -> Curve:
    """Loudness of every frame in each band, compressed as hearing does, shape (frames, bands)."""
    frames = -(-len(sound) // HOP)
    padded = np.pad(sound, (WINDOW // 2, WINDOW + HOP))
    seen = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP][:frames]
    shape = np.hanning(WINDOW + 2)[1:-1].astype(np.float32)
    out, edges = np.empty((frames, BANDS)), speech.edges(30, 12_000, BANDS, SIZE)
    for first in range(0, frames, CHUNK):
        lines = np.abs(np.fft.rfft(seen[first : first + CHUNK] * shape, SIZE))
        out[first : first + CHUNK] = speech.summed(lines, edges) / np.diff(edges)
    usual = float(np.sqrt(np.square(out).mean())) or 1.0
    loudness: Curve = np.log1p(20 * out / usual)
    return loudness


def onsets(power: Curve) -> Curve:
    """How much starts in every frame, of spread one over music, less what always starts there; nothing where no sound starts."""
    if len(power) < 4:
        return np.zeros(len(power))
    rise = np.zeros(len(power))
    rise[1:-1] = np.maximum(0, power[2:] - power[:-2]).sum(axis=1)
    rise = _blurred(rise, 1.0)
    rise = np.maximum(0, rise - _blurred(rise, 30.0))
    usual = float(rise.std())
    return rise / usual if usual > _numbers()["least_onsets"] else np.zeros(len(power))


def _blurred(curve: Curve, frames: float) -> Curve:
    half = int(3 * frames) + 1
    bell = np.exp(-0.5 * (np.arange(-half, half + 1) / frames) ** 2)
    out: Curve = np.convolve(np.pad(curve, half, "edge"), bell / bell.sum(), "valid")
    return out


# Tempo and beats


def _best(rise: Curve) -> tuple[Curve, float]:
    """The beats in frames at the tempo that explains the onsets best, and how well it does (0 to 1)."""
    period, found = _period(rise), []
    for times, better in RELATED:
        if _slowest() >= period * times >= _fastest():
            beats = _path(rise, period * times)
            found.append((_worth(rise, beats, period * times) / better, times == 1.0, tuple(beats.tolist())))
    if not found:
        return np.zeros(0), 0.0
    worth, _, frames = max(found)
    told = _contrast(rise, np.array(frames))
    return np.array(frames, float), float(np.clip(told, 0, 1)) if worth > 0 else 0.0


def _slowest() -> float:
    return 6000 / float(_numbers()["slowest_bpm"])


def _fastest() -> float:
    return 6000 / float(_numbers()["fastest_bpm"])


def _early() -> int:
    return round(RATE * float(_numbers()["early_ms"]) / 1000)


def _numbers() -> dict[str, Any]:
    return dict(table("voice")["beats"])


def _liked(period: float) -> float:
    """How likely people feel a beat of so many frames, 1 at the likeliest: a bell over octaves (Parncutt)."""
    octaves = np.log2(6000 / period / _numbers()["likely_bpm"])
    return float(np.exp(-0.5 * (octaves / 0.9) ** 2))


def _period(rise: Curve) -> float:
    """The likeliest distance of beats in frames, by the onsets' likeness to themselves later, at one to four beats."""
    size = 1 << (2 * len(rise) - 1).bit_length()
    like = np.fft.irfft(np.square(np.abs(np.fft.rfft(rise - rise.mean(), size))), size)[: len(rise)]
    like = like / (np.arange(len(rise), 0, -1) + len(rise) * 0.1)
    lags = np.arange(_fastest(), min(_slowest(), len(rise) / 4) + 0.1, 0.1)
    places = np.arange(len(like))
    comb = sum((np.interp(lags * n, places, like) / n**0.5 for n in (1, 2, 3, 4)), np.zeros(len(lags)))
    liked = np.array([_liked(float(lag)) for lag in lags])
    return float(lags[int((np.maximum(comb, 0) * liked).argmax())])


def _path(rise: Curve, period: float) -> Curve:
    """The frames of the beats nearest to a tempo that carry the most onsets."""
    low, high = round(period / 2), round(period * 2)
    steps = np.arange(low, high + 1)
    toll = -TIGHT * np.square(np.log(steps / period))
    soft = _blurred(rise, max(1.0, period / 32))
    best, back = soft.copy(), np.full(len(soft), -1)
    for at in range(low, len(soft)):
        few = min(high, at) - low + 1
        came = best[at - steps[:few]] + toll[:few]
        pick = int(came.argmax())
        if came[pick] > 0:
            best[at] += came[pick]
            back[at] = at - steps[pick]
    tail = max(0, len(best) - high)
    path = [tail + int(best[tail:].argmax())]
    while back[path[-1]] >= 0:
        path.append(int(back[path[-1]]))
    return np.array(path[::-1], float)


def _worth(rise: Curve, beats: Curve, period: float) -> float:
    """How good a beat is: what starts on it against what starts between (half-way, or a third and two thirds of the way) and on every second or
    third one, weighed by how likely it is.
    """
    if len(beats) < LEAST:
        return 0.0
    on = _strength(rise, beats)
    weak = min(_weakest(on, 2), _weakest(on, 3))  # near 0: every second or third beat is empty, there are too many
    between = {part: _between(rise, beats, part) for part in (1 / 3, 1 / 2, 2 / 3)}
    often = max(between[1 / 2], min(between[1 / 3], between[2 / 3]))
    full = often / max(float(on.mean()), 1e-9)  # near 1: as much between the beats, there are too few
    liked = float(_liked(period) ** 0.7)
    return float(on.mean()) * liked * (0.25 + min(weak * 1.6, 1.0)) * (1.25 - 0.75 * min(full, 1.0))


def _weakest(on: Curve, step: int) -> float:
    """What starts on the emptiest of every so many beats, as a share of what starts on the fullest."""
    means = [float(on[first::step].mean()) for first in range(step)]
    return min(means) / max(*means, 1e-9)


def _between(rise: Curve, beats: Curve, part: float) -> float:
    """How much starts so far on the way from each beat to the next."""
    return float(_strength(rise, beats[:-1] + part * np.diff(beats)).mean())


def _strength(rise: Curve, at: Curve) -> Curve:
    """The highest onset within 30 ms of each place."""
    around = np.clip(np.round(at).astype(int)[:, None] + np.arange(-3, 4), 0, len(rise) - 1)
    found: Curve = rise[around].max(axis=1)
    return found


def _played(rise: Curve, beats: Curve) -> bool:
    """Whether something starts on enough of the beats for them to be heard."""
    share = float((_strength(rise, beats) > START).mean())
    return share >= float(_numbers()["least_played"])


def _contrast(rise: Curve, beats: Curve) -> float:
    """Onsets on the beats against those everywhere, from 0 to 1."""
    on = float(_strength(rise, beats).mean())
    usual = float(_strength(rise, np.arange(len(rise), dtype=float)).mean())
    return (on - usual) / max(on, 1e-9)


def _exact(rise: Curve, beats: Curve) -> Curve:
    """Each beat at the top of the onset it stands on, between frames."""
    out = beats.copy()
    for number, beat in enumerate(beats.astype(int).tolist()):
        low, high = max(beat - 4, 1), min(beat + 5, len(rise) - 1)
        if high <= low or rise[low:high].max() < 0.3:
            continue
        top = low + int(rise[low:high].argmax())
        left, middle, right = rise[top - 1 : top + 2]
        bend = left - 2 * middle + right
        out[number] = top + (0.5 * (left - right) / bend if bend < 0 else 0)
    return out


def _straight(beats: Curve, frames: int, rise: Curve) -> Curve | None:
    """The even grid that most of the beats lie on, over the whole music; None when they do not."""
    count = np.arange(len(beats), dtype=float)
    weight = np.minimum(_strength(rise, beats), 3) + 0.01
    slope, start = _line(count, beats, weight)
    for _ in range(5):
        near = np.abs(beats - slope * count - start) < 100 * STRAIGHT * 1.5
        if np.count_nonzero(near) < 0.6 * len(beats):
            return None
        slope, start = _line(count[near], beats[near], weight[near])
    off = np.abs(beats - slope * count - start)
    if np.percentile(off, 75) > 100 * STRAIGHT:
        return None
    first, last = -int((start + 2) // slope), int((frames - 1 - start) // slope)
    even: Curve = start + slope * np.arange(first, last + 1, dtype=float)
    return even


def _line(x: Curve, y: Curve, weight: Curve) -> tuple[float, float]:
    slope, start = np.polyfit(x, y, 1, w=np.sqrt(weight))
    return float(slope), float(start)


def _bars(sound: Samples, power: Curve, rise: Curve, beats: Curve) -> tuple[int, int]:
    """Beats in a bar (four, or three where that is much clearer) and which beat begins one: where low notes start and harmony changes."""
    low = _strength(np.concatenate([[0.0], np.maximum(0, np.diff(power[:, :4].sum(axis=1)))]), beats)
    accent = _level(low) + 2 * _level(_changes(sound, beats), STILL) + 0.5 * _level(_strength(rise, beats))
    best = {bar: _accents(accent, bar) for bar in (3, 4)}
    clear = {bar: float(means.max() - np.delete(means, means.argmax()).mean()) for bar, means in best.items()}
    bar = 3 if clear[3] > max(1.5 * clear[4], CLEAR) and len(beats) >= 24 else 4
    return bar, int(best[bar].argmax())


def _changes(sound: Samples, beats: Curve) -> Curve:
    """How far the two beats from each one differ in harmony from the two before it; not at all from silence, or where it begins."""
    length = int(np.median(np.diff(beats)) * HOP)
    hertz = np.fft.rfftfreq(length, 1 / RATE)
    used = (hertz > 80) & (hertz < 1500)
    pitch = (np.round(12 * np.log2(hertz[used] / 440)) % 12).astype(int)
    shape = np.hanning(length).astype(np.float32)
    notes = np.zeros((len(beats), 12))
    for number, beat in enumerate(beats):
        start = int(np.clip(beat * HOP, 0, max(0, len(sound) - length)))
        part = sound[start : start + length]
        if len(part) == length:
            notes[number] = np.bincount(pitch, np.abs(np.fft.rfft(part * shape))[used], 12)
    two = notes + np.concatenate([notes[1:], notes[-1:]])
    loud = np.linalg.norm(two, axis=1)
    two /= loud[:, None] + 1e-9
    changes: Curve = 1 - (two * _two_before(two)).sum(axis=1)
    changes[np.minimum(loud, _two_before(loud)) < SILENT * loud.max(initial=0)] = 0
    return changes


def _two_before(rows: Curve) -> Curve:
    """What stands two beats before each one, of the first two the first."""
    return np.concatenate([rows[:1], rows[:1], rows[:-2]])


def _accents(accent: Curve, bar: int) -> Curve:
    means: Curve = np.array([accent[phase::bar].mean() if len(accent) > phase else -9.0 for phase in range(bar)])
    return means


def _level(curve: Curve, least: float = 1e-9) -> Curve:
    """A curve in spreads from its mean; nothing where it spreads less than ``least``."""
    spread = float(curve.std())
    out: Curve = (curve - curve.mean()) / spread if spread > least else np.zeros(len(curve))
    return np.clip(out, -3, 3)

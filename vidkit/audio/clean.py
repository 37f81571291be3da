"""A recorded voice → the same voice without silence at its ends and in long pauses, hum and hiss, at an even level and the loudness of speech.

Mono float32 at 48 kHz in and out. Every step measures first and leaves alone what needs nothing; the same samples give the same samples.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from vidkit.audio import mastering, speech
from vidkit.audio.speech import FRAME, Curve, Span
from vidkit.audio.track import RATE
from vidkit.problems import problem
from vidkit.tables import table

if TYPE_CHECKING:
    from vidkit.audio.decode import Samples
    from vidkit.problems import Place, Problem

WINDOW: Final = 2048  # samples of the hiss filter's window
HOP: Final = WINDOW // 4
SMOOTHED: Final = 0.97  # share of the last frame in what is believed of this one's speech (Ephraim and Malah, 1984)
SHORTEST: Final = RATE * 4 // 10  # samples that loudness can be measured of
FADE: Final = RATE // 100  # samples, at both ends
JOIN: Final = RATE // 50  # samples, over which the two sides of a shortened pause go into each other
TOLD: Final = 6  # places of shortened pauses told
WORDLESS: Final = "VK-V022"
"""The problem of a recording in which no words can be heard: whether they are the written ones need not be asked."""


@dataclass(frozen=True, eq=False)
class Voice:
    """A cleaned recording, where in the given one it lay, how far speech stood over noise there (dB), whether there was any, and what was taken
    out of its long pauses (samples of the given one).
    """

    samples: Samples
    span: Span
    snr_db: float
    words: bool = True
    cut: tuple[Span, ...] = ()


def cleaned(voice: Samples) -> Voice:
    """The voice from its first word to its last with room to breathe, without long pauses, hum and hiss, even, at the loudness of speech.

    A sound in which no word can be heard keeps its length and becomes no louder.
    """
    plain = filtered(voice, hum_lines(voice))
    level = speech.level_db(speech.bands(plain))
    if not _speaks(voice, level):
        return Voice(_no_louder(_faded(plain)), Span(0, len(voice)), 0.0, words=False)
    mask = speech.speaking(level)
    before = speech.snr_db(level, mask)
    quiet = without_hiss(plain, mask) if before < _numbers("hiss")["enough_snr_db"] else plain
    span = trimmed(mask, len(voice))
    cut = long_pauses(level, mask, span) if before >= _numbers("hiss")["least_snr_db"] else ()
    kept = _faded(without(quiet, span, cut))
    after = speech.level_db(speech.bands(kept))
    said = speech.speaking(after)
    return Voice(loud(evened(kept, after, said)), span, before, cut=cut)


def _speaks(voice: Samples, level: Curve) -> bool:
    """Whether somebody may be heard in a recording: something stands out, and it is more than what a filter leaves of a hum."""
    if not speech.stands_out(level):
        return False
    whole = 10 * np.log10(float(np.var(voice, dtype=np.float64)) + speech.QUIETEST)
    return bool(speech.threshold_db(level)[1] > whole - _numbers("hum")["deepest_db"])


def notes(voice: Voice, name: str, place: Place | None = None) -> tuple[Problem, ...]:
    """What people should know: no words in it (VK-V022), too much noise even after cleaning (VK-V014), pauses shortened (VK-V023)."""
    if not voice.words:
        return (problem(WORDLESS, place, name=name),)
    noisy = voice.snr_db < _numbers("hiss")["least_snr_db"]
    return (*((problem("VK-V014", place, name=name),) if noisy else ()), *_shortened(voice, name, place))


def _shortened(voice: Voice, name: str, place: Place | None) -> tuple[Problem, ...]:
    if not voice.cut:
        return ()
    starts = [one.start // RATE for one in voice.cut]
    places = [f"{second // 60}:{second % 60:02}" for second in starts[:TOLD]]
    more = " …" if len(starts) > TOLD else ""
    at = {"at": "、".join(places) + more, "at_en": ", ".join(places) + more}
    seconds = round(sum(one.seconds for one in voice.cut), 1)
    return (problem("VK-V023", place, name=name, count=len(starts), seconds=seconds, **at),)


def _numbers(name: str) -> dict[str, Any]:
    return dict(table("voice")[name])


# Ends


def trimmed(mask: speech.Mask, length: int) -> Span:
    """From a breath before the first word to a breath after the last; everything where nobody speaks."""
    runs = speech.runs(mask)
    if not runs:
        return Span(0, length)
    breath = RATE * int(_numbers("trim")["breath_ms"]) // 1000
    return Span(max(0, runs[0][0] * FRAME - breath), min(length, runs[-1][1] * FRAME + breath))


def long_pauses(level: Curve, mask: speech.Mask, span: Span) -> tuple[Span, ...]:
    """What is taken out of the silences within a span that are too long, from their middles: samples, in order."""
    own = _numbers("pauses")
    most, kept = (RATE * int(own[name]) // 1000 for name in ("longest_ms", "kept_ms"))
    runs = [Span(a * FRAME, b * FRAME) for a, b in speech.runs(speech.silent(level, mask))]
    inside = [one for one in runs if span.start < one.start and one.end < span.end and one.end - one.start > most]
    return tuple(Span(one.start + kept // 2, one.end - (kept - kept // 2)) for one in inside)


def without(voice: Samples, span: Span, cut: tuple[Span, ...]) -> Samples:
    """A span of the voice without what is cut, as new samples: before every cut its sound goes over into that before the end of what is cut."""
    parts, at = [], span.start
    rise = np.sin(np.linspace(0, np.pi / 2, JOIN, dtype=np.float32))
    for one in cut:
        left, right = voice[one.start - JOIN : one.start], voice[one.end - JOIN : one.end]
        parts += [voice[at : one.start - JOIN], left * rise[::-1] + right * rise]
        at = one.end
    return np.concatenate([*parts, voice[at : span.end]])


def _faded(voice: Samples) -> Samples:
    over = min(FADE, len(voice) // 2)
    if over:
        ramp = np.linspace(0, 1, over, dtype=np.float32)
        voice[:over] *= ramp
        voice[-over:] *= ramp[::-1]
    return voice


# Hum


def hum_lines(voice: Samples) -> tuple[tuple[float, float], ...]:
    """The harmonics of the mains that hum, as (Hz, dB over what lies beside them): steady lines, seen in the recording's quieter moments."""
    own, size = _numbers("hum"), RATE // 2
    if len(voice) < size * 2:
        return ()
    windows = np.lib.stride_tricks.sliding_window_view(voice, size)[:: size // 2]
    shape = np.hanning(size).astype(np.float32)
    highest = int(own["highest_hz"]) * size // RATE + 16
    power = np.stack([np.square(np.abs(np.fft.rfft((one - one.mean()) * shape)[:highest])) for one in windows])
    level = 10 * np.log10(np.percentile(power, 25, axis=0) + speech.QUIETEST)
    step = int(own["mains_hz"]) * size // RATE
    found = [(at * RATE / size, _over(level, at)) for at in range(step, highest - 14, step)]
    lines = tuple((hertz, over) for hertz, over in found if over > own["over_db"])
    return lines if len(lines) > 1 or any(over > 2 * own["over_db"] for _, over in lines) else ()


def _over(level: Curve, at: int) -> float:
    """How far a line stands over the middle of what lies 6 to 20 Hz beside it, in dB."""
    beside = np.concatenate([level[max(0, at - 10) : at - 2], level[at + 3 : at + 11]])
    return float(level[at - 1 : at + 2].max() - np.median(beside))


def filtered(voice: Samples, lines: tuple[tuple[float, float], ...]) -> Samples:
    """The voice without what lies below it, and without these lines: no phase is turned."""
    if not len(voice):
        return voice
    own, size = _numbers("hum"), _easy(len(voice) + RATE // 2)
    hertz = np.fft.rfftfreq(size, 1 / RATE).astype(np.float32)
    cut = np.float32(table("voice")["voice_low_cut_hz"])
    response = 1 / np.sqrt(1 + (cut / np.maximum(hertz, 1)) ** 8)
    response[0] = 0
    spectrum = np.fft.rfft(voice, size)
    for frequency, over in lines:
        near = np.flatnonzero(np.abs(hertz - frequency) < 2 + 0.01 * frequency)
        peak = hertz[near[np.abs(spectrum[near]).argmax()]]  # the mains are seldom at exactly 50 Hz
        away = (hertz[near] - peak) / (own["width_hz"] * (1 + frequency / 500))
        response[near] *= 1 - (1 - 10 ** (-over / 20)) * np.exp(-(away**4))
    spectrum *= response
    return np.fft.irfft(spectrum, size)[: len(voice)].astype(np.float32)


def _easy(length: int) -> int:
    """The shortest length at or above one that transforms quickly."""
    return min(m << max(0, (-(-length // m) - 1).bit_length()) for m in (1, 3, 5, 9, 15))


# Hiss


def without_hiss(voice: Samples, mask: speech.Mask) -> Samples:
    """The voice less the steady noise heard in its pauses: a Wiener filter that follows the speech (decision-directed)."""
    spectrum = _spectrum(voice)
    power = np.square(np.abs(spectrum))
    noise = _noise(power, mask)
    floor = np.float32(10 ** (-_numbers("hiss")["most_db"] / 20))
    seen, before = power / noise, np.zeros(power.shape[1], np.float32)
    for at in range(len(power)):
        believed = SMOOTHED * before + (1 - SMOOTHED) * np.maximum(seen[at] - 1, 0)
        gain = np.maximum(believed / (1 + believed), floor)
        before = np.square(gain) * seen[at]
        spectrum[at] *= gain
    return _sound(spectrum, len(voice))


def _spectrum(voice: Samples) -> npt.NDArray[np.complex64]:
    frames = -(-len(voice) // HOP) + 3
    padded = np.pad(voice, (WINDOW - HOP, frames * HOP + WINDOW - len(voice)))
    seen = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP][:frames]
    return np.fft.rfft(seen * _shape()).astype(np.complex64)


def _sound(spectrum: npt.NDArray[np.complex64], length: int) -> Samples:
    parts = np.fft.irfft(spectrum, WINDOW).astype(np.float32) * _shape() / 2
    out = np.zeros((len(parts) + 4, HOP), np.float32)
    for part in range(4):
        out[part : part + len(parts)] += parts[:, part * HOP : (part + 1) * HOP]
    return out.reshape(-1)[WINDOW - HOP :][:length]


def _shape() -> npt.NDArray[np.float32]:
    """The root of a Hann window, whose square adds to two when laid at quarters."""
    return np.sin(np.pi * np.arange(WINDOW) / WINDOW).astype(np.float32)


def _noise(power: npt.NDArray[np.float32], mask: speech.Mask) -> npt.NDArray[np.float32]:
    """Power of the noise at every frequency: the mean of the pauses, or of the quietest moments where there are none."""
    middle = (np.arange(len(power)) * HOP - (WINDOW - HOP) + WINDOW // 2) // FRAME
    wide = np.convolve(mask, np.ones(7), "same") > 0.5
    pause = ~wide[np.clip(middle, 0, len(mask) - 1)] & (middle >= 0) & (middle < len(mask)) if len(mask) else middle < 0
    quiet = power[pause] if np.count_nonzero(pause) >= 20 else np.percentile(power, [5, 15], axis=0)
    noise = quiet.mean(axis=0)
    soft = np.convolve(np.pad(noise, 2, "edge"), np.full(5, 0.2), "valid")
    out: npt.NDArray[np.float32] = np.maximum(soft, 1e-10).astype(np.float32)
    return out


# Level


def evened(voice: Samples, level: Curve, mask: speech.Mask) -> Samples:
    """The voice with soft passages raised and loud ones lowered a little, then its peaks compressed gently."""
    if not mask.any():
        return voice
    own = _numbers("even")
    usual = float(10 * np.log10(np.mean(10 ** (level[mask] / 10))))
    slow = np.clip(usual - _passing(level, mask, 100 * own["over_seconds"]), -own["within_db"], own["within_db"])
    over = np.maximum(0, level + slow - usual - own["above_db"]) * (1 - 1 / own["ratio"])
    gain_db = slow - _released(over, 6 * 10 / own["release_ms"])
    soft = np.convolve(np.pad(gain_db, 2, "edge"), (0.1, 0.25, 0.3, 0.25, 0.1), "valid")
    at = np.arange(len(voice), dtype=np.float32) / FRAME - 0.5
    return (voice * np.interp(at, np.arange(len(soft)), 10 ** (soft / 20))).astype(np.float32)


def _passing(level: Curve, mask: speech.Mask, frames: float) -> Curve:
    """The mean level of speech around every frame, in dB."""
    half = int(frames)
    near = np.exp(-0.5 * (np.arange(-half, half + 1) / (frames / 2)) ** 2)
    size = _easy(len(level) + 2 * half)
    power, weight = (
        np.fft.irfft(np.fft.rfft(one, size) * np.fft.rfft(near, size), size)[half : half + len(level)]
        for one in (np.where(mask, 10 ** (level / 10), 0), mask.astype(float))
    )
    everywhere = float(np.mean(10 ** (level[mask] / 10)))
    around: Curve = 10 * np.log10((np.maximum(power, 0) + 0.05 * everywhere) / (np.maximum(weight, 0) + 0.05))
    return around


def _released(over: Curve, step: float) -> Curve:
    """The reduction in dB: up at once, down by ``step`` a frame."""
    ramp = np.arange(len(over)) * step
    down: Curve = np.maximum.accumulate(over + ramp) - ramp
    return np.maximum(down, 0)


def loud(voice: Samples) -> Samples:
    """The voice at the loudness of speech (LUFS, when heard on both sides) below the ceiling for peaks."""
    own = _numbers("loudness")
    both = np.stack([voice, voice], axis=1)
    found = mastering.loudness(both) if len(voice) >= SHORTEST else -np.inf
    if found == -np.inf:
        return voice
    gain = float(min(own["speech_lufs"] - found, own["max_gain_db"]))
    raised = (both * 10 ** (gain / 20)).astype(np.float32)
    return np.ascontiguousarray(mastering.master(raised, own["speech_lufs"], own["true_peak_db"])[:, 0])


def _no_louder(sound: Samples) -> Samples:
    """The sound as it is, or turned down to the loudness of speech and below the ceiling for peaks."""
    own = _numbers("loudness")
    if len(sound) < SHORTEST:
        return sound
    over = mastering.loudness(np.stack([sound, sound], axis=1)) - own["speech_lufs"]
    peak = 20 * np.log10(float(np.abs(sound).max()) + speech.QUIETEST) - own["true_peak_db"]
    lowered: Samples = (sound * 10 ** (-max(over, peak, 0.0) / 20)).astype(np.float32)
    return lowered

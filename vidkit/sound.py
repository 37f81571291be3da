"""The clip's sound: a track (music bed, effects, length in frames) → samples → a mastered AAC file.

The only module that knows audio. Samples are float32 arrays of shape (samples, 2) at 48 kHz, full scale 1.0. Loudness is ITU-R
BS.1770-4; a bed's numbers stand beside it in ``vidkit/music/*.yaml``, the levels in ``vidkit/data/sound.yaml``.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import tempfile
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from vidkit import ffmpeg
from vidkit.problems import Refusal, problem
from vidkit.tables import table
from vidkit.track import RATE, Bed, Cue, Kind, Track, bed, samples_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from importlib.resources.abc import Traversable

Samples = npt.NDArray[np.float32]
Mono = npt.NDArray[np.float64]

FORMAT: Final = 1  # counts up when the same track must sound different
AAC_FRAME: Final = 1024  # samples
JOIN: Final = RATE * 30 // 1000  # samples of crossfade before the beat where two pieces of a bed meet
TAIL: Final = RATE * 9 // 10  # samples of the last fade to silence
SHORT_FADE: Final = RATE // 100  # samples; keeps a track without an ending from clicking
MOST_GAIN_DB: Final = 12.0  # quiet sound is never raised more than this
TRIES: Final = 3  # encodings before write gives up


@dataclass(frozen=True)
class Loudness:
    """Integrated loudness in LUFS (-inf for silence) and true peak in dBTP (-inf for digital silence)."""

    lufs: float
    true_peak_db: float


@dataclass(frozen=True)
class Piece:
    """A run of a bed's samples as it is laid into a track."""

    start: int
    length: int


# ---------------------------------------------------------------------------------------------------------------- beds


def attach_beat(bed: Bed, samples: int) -> int:
    """The beat of the track where the ending starts, so that its last chord rings 3 to 5 beats until the track's end.

    Of the beats that leave such a ring, the first of a bar is best, then the middle, then the one nearest to a ring of four.
    """
    beats = samples / bed.beat_samples

    def cost(beat: int) -> tuple[bool, int, float]:
        ring = beats - beat - bed.final_chord_beat
        off = beat % bed.beats_per_bar
        weak = 0 if off == 0 else 1 if off * 2 == bed.beats_per_bar else 2
        return (not 3 <= ring <= 5, weak if 3 <= ring <= 5 else 0, abs(ring - 4))

    return min(range(max(1, math.ceil(beats))), key=cost)


def pieces(bed: Bed, samples: int) -> tuple[Piece, ...]:
    """The runs of the bed that make a track of so many samples: body, its loop as often as needed, ending."""
    beat, laid = attach_beat(bed, samples), 0
    runs: list[tuple[int, int]] = []
    while laid < beat:
        start = 0 if not runs else bed.loop_to_beat
        runs.append((start, min(bed.body_beats - start, beat - laid)))
        laid += runs[-1][1]
    if runs and sum(runs[-1]) == bed.body_beats:
        runs[-1] = (runs[-1][0], runs[-1][1] + bed.ending_beats)  # the ending follows the body in the file: no join
    else:
        runs.append((bed.body_beats, bed.ending_beats))
    return _cut(tuple(Piece(a * bed.beat_samples, n * bed.beat_samples) for a, n in runs), samples)


def landing(track: Track) -> int | None:
    """The frame on which the music's last chord lands, or None without music: a good place for the end card."""
    if track.bed is None:
        return None
    found, length = bed(track.bed), samples_in(track.frames, track.fps)
    at = (attach_beat(found, length) + found.final_chord_beat) * found.beat_samples
    return round(at * track.fps / RATE)


def _cut(runs: tuple[Piece, ...], samples: int) -> tuple[Piece, ...]:
    left, kept = samples, []
    for run in runs:
        if left > 0:
            kept.append(Piece(run.start, min(run.length, left)))
            left -= kept[-1].length
    return tuple(kept)


@cache
def _music(bed: Bed) -> Samples:
    stored = _folder("music").joinpath(bed.file).read_bytes()
    if hashlib.sha256(stored).hexdigest() != bed.sha256:
        raise Refusal(problem("VK-S002", name=bed.file))
    raw = ffmpeg.run(
        ["-threads", "1", "-i", "pipe:0", "-f", "f32le", "-ar", str(RATE), "-ac", "2", "pipe:1"], stdin=stored
    )
    heard = np.frombuffer(raw, np.float32).reshape(-1, 2)
    if len(heard) < (bed.body_beats + bed.ending_beats) * bed.beat_samples:
        raise Refusal(problem("VK-S002", name=bed.file))
    return heard


# ----------------------------------------------------------------------------------------------------------------- mix


def mix(track: Track) -> Samples:
    """The track's samples before mastering: the bed near the target loudness from the first sample, effects on top."""
    length = samples_in(track.frames, track.fps)
    out = np.zeros((length, 2), np.float32) if track.bed is None else _laid(bed(track.bed), length)
    for cue in track.cues:
        sound, mark = effect(cue.kind)
        _add(out, sound * _ratio(_allowed_db(cue)), samples_in(cue.frame, track.fps) - mark)
    return _faded(out, SHORT_FADE)


def _laid(bed: Bed, length: int) -> Samples:
    source, out, at = _music(bed), np.zeros((length, 2), np.float32), 0
    for piece in pieces(bed, length):
        if at:
            _join(out[at - JOIN : at], source[piece.start - JOIN : piece.start])
        out[at : at + piece.length] = source[piece.start : piece.start + piece.length]
        at += piece.length
    out *= _ratio(levels()["loudness"]["target_lufs"] - bed.lufs)
    return _faded(out, TAIL)


def _join(old: Samples, new: Samples) -> None:
    down = _fall(len(old))[:, None]
    old *= down
    old += new[len(new) - len(old) :] * np.sqrt(1 - down**2)


def _faded(out: Samples, over: int) -> Samples:
    fade = min(over, len(out))
    out[len(out) - fade :] *= np.square(_fall(fade))[:, None]
    return out


def _fall(samples: int) -> npt.NDArray[np.float32]:
    return np.cos(np.linspace(0, np.pi / 2, samples)).astype(np.float32)


def _add(out: Samples, sound: Samples, at: int) -> None:
    first, last = max(at, 0), min(at + len(sound), len(out))
    if first < last:
        out[first:last] += sound[first - at : last - at]


def _allowed_db(cue: Cue) -> float:
    """Gain in dB over the effect's usual level, held under the ceiling for effects."""
    own = levels()["effects"]
    return min(cue.gain_db, float(own["ceiling_lufs"] - own["momentary_lufs"][cue.kind]) - 0.1)


# ------------------------------------------------------------------------------------------------------------- effects


@cache
def effect(kind: Kind) -> tuple[Samples, int]:
    """An effect's samples at its usual level (``data/sound.yaml``), and the sample that belongs on the cue's frame."""
    sound, mark = EFFECTS[kind]()
    loudest = max(_momentary(sound))
    gain = _ratio(levels()["effects"]["momentary_lufs"][kind] - loudest)
    return (sound * gain).astype(np.float32), mark


def _whoosh() -> tuple[npt.NDArray[np.float64], int]:
    """Noise whose band climbs and falls again, from left to right in 0.45 s; it peaks at 0.27 s."""
    length, peak = RATE * 45 // 100, RATE * 27 // 100
    t = (np.arange(length) - peak) / RATE
    noise = np.fft.rfft(np.random.default_rng(7).standard_normal((2, length)))
    pitch = np.log2(np.maximum(np.fft.rfftfreq(length, 1 / RATE), 1.0))
    sweep = 11.2 - 9.0 * np.abs(t) ** 0.9  # octaves above 1 Hz: 2.4 kHz at the peak
    total = np.zeros((2, length))
    for centre in np.arange(8.0, 13.5, 0.5):
        band = np.fft.irfft(noise * np.exp2(-(((pitch - centre) / 0.45) ** 2)) * 2 ** (-centre / 2), length)
        total += band * np.exp(-(((sweep - centre) / 0.9) ** 2))
    swell = np.where(t < 0, np.exp(-((t / 0.11) ** 2)), np.exp(-((t / 0.065) ** 2)))
    side = np.clip(t / 0.2, -1, 1) * np.pi / 8 + np.pi / 4
    ends = np.minimum(1, np.minimum(np.arange(length), np.arange(length)[::-1]) / (RATE * 0.02))
    return (total * swell * ends * np.stack([np.cos(side), np.sin(side)])).T, peak


def _pop() -> tuple[npt.NDArray[np.float64], int]:
    """A drop of water: a tone that jumps from 380 to 900 Hz in 50 ms."""
    t = np.arange(RATE * 14 // 100) / RATE
    pitch = 900 - 520 * np.exp(-t / 0.018)
    tone = np.sin(2 * np.pi * np.cumsum(pitch) / RATE) * np.exp(-t / 0.028) * np.minimum(1, t / 0.002)
    return _both(tone), 0


def _tick() -> tuple[npt.NDArray[np.float64], int]:
    """A small wood block."""
    t = np.arange(RATE * 9 // 100) / RATE
    modes = ((1480, 1.0, 0.016), (2230, 0.5, 0.010), (3890, 0.35, 0.006))
    return _both(sum((_mode(t, *mode) for mode in modes), np.zeros(len(t)))), 0


def _chime() -> tuple[npt.NDArray[np.float64], int]:
    """Four small bells, G5 B5 D6 G6, 60 ms apart, spread from left to right."""
    t = np.arange(RATE * 18 // 10) / RATE
    out = np.zeros((len(t), 2))
    for step, pitch in enumerate((783.99, 987.77, 1174.66, 1567.98)):
        bell = sum((_mode(t, pitch * r, a, d) for r, a, d in BELL), np.zeros(len(t)))
        late = step * RATE * 6 // 100
        out[late:] += bell[: len(t) - late, None] * np.array([0.9 - 0.1 * step, 0.6 + 0.1 * step])
    return out * np.minimum(1, t[::-1] / 0.2)[:, None], 0


BELL: Final = ((1.0, 1.0, 0.45), (2.0, 0.35, 0.30), (2.76, 0.25, 0.16), (5.4, 0.12, 0.07))  # ratio, level, decay in s


def _mode(t: Mono, pitch_hz: float, level: float, decay_s: float) -> Mono:
    sound: Mono = level * np.sin(2 * np.pi * pitch_hz * t) * np.exp(-t / decay_s) * np.minimum(1, t / 0.001)
    return sound


def _both(mono: Mono) -> npt.NDArray[np.float64]:
    return np.stack([mono, mono], axis=1)


EFFECTS: Final[dict[Kind, Callable[[], tuple[npt.NDArray[np.float64], int]]]] = {
    "whoosh": _whoosh,
    "pop": _pop,
    "tick": _tick,
    "chime": _chime,
}


# ------------------------------------------------------------------------------------------------------------ loudness


def loudness(samples: npt.NDArray[np.floating[Any]]) -> float:
    """Integrated loudness in LUFS by BS.1770-4 (two gates); -inf when nothing passes the gate at -70."""
    return _gated(_steps(samples))


def _gated(steps: Mono) -> float:
    power = _windows(steps)
    for gate in (-70.0, -10.0):
        floor = gate if gate == -70.0 else _lufs(float(power.mean())) + gate
        power = power[power > 10 ** ((floor + 0.691) / 10)]
        if not len(power):
            return -math.inf
    return _lufs(float(power.mean()))


def _momentary(samples: npt.NDArray[np.floating[Any]]) -> tuple[float, ...]:
    """Loudness in LUFS of every 400 ms, in steps of 100 ms, with silence before and after."""
    quiet = np.zeros((RATE * 4 // 10, 2))
    return tuple(_lufs(float(p)) for p in _windows(_steps(np.concatenate([quiet, samples, quiet]))))


def _steps(samples: npt.NDArray[np.floating[Any]]) -> Mono:
    """Power of the K-weighted sound, both channels, for every whole 100 ms."""
    step = RATE // 10
    weighted = _k_weighted(samples)
    count = len(weighted) // step
    square: Mono = np.square(weighted[: count * step]).reshape(count, -1).sum(axis=1, dtype=np.float64) / step
    return square


def _windows(steps: Mono) -> Mono:
    whole: Mono = np.convolve(steps, np.full(4, 0.25), "valid") if len(steps) >= 4 else np.zeros(0)
    return whole


def _lufs(power: float) -> float:
    return 10 * math.log10(power) - 0.691 if power > 0 else -math.inf


def _k_weighted(samples: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.floating[Any]]:
    """The samples through BS.1770's two filters, by overlap-save in blocks whose spectra fit the processor's cache."""
    size, past = 1 << 14, 1 << 12  # the high pass at 38 Hz has rung out after 2^12 samples
    hop = size - past
    blocks = -(-len(samples) // hop)
    padded = np.zeros((2, past + blocks * hop), np.float32)
    padded[:, past : past + len(samples)] = samples.T
    framed = np.lib.stride_tricks.sliding_window_view(padded, size, axis=1)[:, ::hop]
    out = np.fft.irfft(np.fft.rfft(framed) * _k_response(size), size)[:, :, past:]
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


# -------------------------------------------------------------------------------------------------------------- master


def master(samples: Samples, target_lufs: float | None, true_peak_db: float) -> Samples:
    """The samples at the target loudness (None: as they are), no true peak above the ceiling in dBTP; silence stays silence."""
    steps = _steps(samples)
    gain_db = _gain_db(_gated(steps), target_lufs)
    reduction = _reduction(samples, gain_db, true_peak_db)
    if reduction is None:
        return samples * _ratio(gain_db)
    if target_lufs is not None:  # what the limiter takes away is given back once
        gain_db = min(gain_db + target_lufs - _limited_loudness(samples, steps, reduction, gain_db), MOST_GAIN_DB)
        reduction = _reduction(samples, gain_db, true_peak_db)
        assert reduction is not None
    out = samples * _ratio(gain_db)
    out *= reduction[:, None]
    return out


def _gain_db(lufs: float, target_lufs: float | None) -> float:
    return 0.0 if target_lufs is None or lufs == -math.inf else min(target_lufs - lufs, MOST_GAIN_DB)


def _limited_loudness(samples: Samples, steps: Mono, reduction: npt.NDArray[np.float32], gain_db: float) -> float:
    """Loudness after gain and limiter, from the power each 100 ms loses: no second filtering."""
    step = RATE // 10
    shape = (len(steps), step)
    power = np.square(samples[: len(steps) * step]).sum(axis=1).reshape(shape)
    kept = (power * np.square(reduction[: len(steps) * step]).reshape(shape)).sum(axis=1) / (power.sum(axis=1) + 1e-20)
    return _gated(steps * kept) + gain_db


BLOCK: Final = 16  # samples; the limiter thinks in blocks
LOOK_AHEAD: Final = 15  # blocks, 5 ms
RELEASE_DB: Final = 40.0 * BLOCK / RATE  # dB a block: 40 dB a second
TAPS: Final = 12  # a phase, as in BS.1770 annex 2


def _reduction(samples: Samples, gain_db: float, ceiling_db: float) -> npt.NDArray[np.float32] | None:
    """The limiter's factor for every sample after a gain, or None when nothing passes the ceiling.

    Factors fall within the look-ahead before a peak, along a raised cosine, and rise again at a steady rate in dB.
    """
    need_db = np.minimum(0, ceiling_db - gain_db - _db(_block_peaks(samples, _ratio(ceiling_db - gain_db))))
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
    return _spread(factors)[: len(samples)].astype(np.float32)


def _least(values: Mono, width: int) -> Mono:
    least: Mono = np.lib.stride_tricks.sliding_window_view(values, width).min(axis=1)
    return least


def _spread(factors: Mono) -> Mono:
    """A straight line from each block's factor to the next one's."""
    rise = np.diff(factors, append=factors[-1:])
    line: Mono = factors[:, None] + rise[:, None] * (np.arange(BLOCK) / BLOCK)
    return line.reshape(-1)


def _block_peaks(samples: Samples, limit: float) -> Mono:
    """The greatest true peak in each block, four times oversampled where the samples come within 4.4 dB of the limit."""
    blocks = -(-len(samples) // BLOCK)
    padded = np.zeros((2, TAPS // 2 + blocks * BLOCK + TAPS // 2), np.float32)
    padded[:, TAPS // 2 : TAPS // 2 + len(samples)] = samples.T
    whole = np.abs(padded[:, TAPS // 2 : -(TAPS // 2)]).reshape(2, blocks, BLOCK).max(axis=(0, 2)).astype(np.float64)
    close = np.flatnonzero(whole > 0.6 * limit)
    near = np.lib.stride_tricks.sliding_window_view(padded, BLOCK + TAPS, axis=1)[:, ::BLOCK][:, close]
    for phase in _phases():
        between = sum(tap * near[:, :, i + 1 : i + 1 + BLOCK] for i, tap in enumerate(phase))
        whole[close] = np.maximum(whole[close], np.abs(between).max(axis=(0, 2), initial=0))
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


def _ratio(db: float) -> float:
    return float(10 ** (db / 20))


# --------------------------------------------------------------------------------------------------------------- write


def write(track: Track, file: Path) -> Loudness:
    """Mix, master and encode the track to an .m4a file, and say what the finished AAC measures.

    A track with a bed comes out at the target loudness; one without keeps the effects at their own level. Refuses with VK-S001
    (no such bed), VK-S002 (bed damaged), VK-S003 (levels missed three times) or VK-S004 (wrong length).
    """
    mixed, wanted = mix(track), levels()["loudness"]
    target = None if track.bed is None else float(wanted["target_lufs"])
    ceiling = float(wanted["true_peak_db"])
    aim, top = target, ceiling - float(levels()["aac"]["headroom_db"])
    with tempfile.TemporaryDirectory(prefix=".sound-", dir=file.parent) as folder:
        for _ in range(TRIES):
            _encode(master(mixed, aim, top), Path(folder))
            found = _measure(Path(folder), len(mixed))
            off = 0.0 if target is None else target - found.lufs
            over = found.true_peak_db - ceiling
            if abs(off) <= float(wanted["tolerance_lu"]) and over <= 0:
                Path(folder, FILE).replace(file)
                return found
            aim = None if aim is None else aim + off
            top -= max(over, 0) + 0.1
    raise Refusal(_missed(found, wanted))


def _missed(found: Loudness, wanted: dict[str, Any]) -> Any:
    level, ceiling = wanted["target_lufs"], wanted["true_peak_db"]
    return problem("VK-S003", tries=TRIES, lufs=found.lufs, target=level, peak=found.true_peak_db, ceiling=ceiling)


FILE: Final = "sound.m4a"
CODER: Final = (
    "-c:a",
    "aac",
    "-profile:a",
    "aac_low",
    "-aac_coder",
    "fast",
)  # at 192 kb/s less noise than twoloop, in half the time
PLAIN: Final = ("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact")


def _encode(samples: Samples, folder: Path) -> None:
    coded = (*CODER, "-b:a", f"{levels()['aac']['bitrate_kbps']}k", "-threads", "1")
    raw = ("-threads", "1", "-f", "f32le", "-ar", str(RATE), "-ac", "2", "-i", "pipe:0")
    ffmpeg.run([*raw, *coded, *PLAIN, "-movflags", "+faststart", FILE], stdin=samples.tobytes(), cwd=folder)


def _measure(folder: Path, samples: int) -> Loudness:
    """The finished file's loudness and true peak by ffmpeg's ebur128; VK-S004 when its length is off by an AAC frame or more."""
    chain = ("-af", "ebur128=peak=true:framelog=quiet", "-progress", "pipe:2", "-f", "null", "-")
    said = ffmpeg.report(["-threads", "1", "-i", FILE, *chain], cwd=folder)
    length = round(_figure(said, r"out_time_us=(\d+)") * RATE / 1e6)
    if abs(length - samples) >= AAC_FRAME:
        raise Refusal(problem("VK-S004", wanted=samples, found=length))
    lufs, peak = _figure(said, r"I:\s+(\S+) LUFS"), _figure(said, r"Peak:\s+(\S+) dBFS")
    return Loudness(-math.inf if lufs <= -70 else lufs, peak)


def _figure(said: str, pattern: str) -> float:
    found = re.findall(pattern, said)
    if not found:
        raise Refusal(ffmpeg.failure(0, said.strip()))
    return float(found[-1])


# ----------------------------------------------------------------------------------------------------------------- key


def key(track: Track) -> str:
    """A track's name in the cache: sha256 of everything that can change a byte of its file."""
    named = asdict(track) | {"bed": None if track.bed is None else asdict(bed(track.bed))}
    return hashlib.sha256(json.dumps([FORMAT, named, _made_by()], sort_keys=True).encode()).hexdigest()


@cache
def _made_by() -> tuple[str, ...]:
    sources: Iterable[Traversable] = (_folder("sound.py"), _folder("data").joinpath("sound.yaml"))
    return (ffmpeg.version(), np.__version__, *(hashlib.sha256(s.read_bytes()).hexdigest() for s in sources))


@cache
def levels() -> dict[str, Any]:
    """The levels of ``vidkit/data/sound.yaml``."""
    return table("sound")


def _folder(name: str) -> Traversable:
    return resources.files("vidkit").joinpath(name)

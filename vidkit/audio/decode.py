"""A sound file's bytes → float32 samples at 48 kHz and what was measured of them, or a refusal with the file's place in the brief.

What a file is, its first bytes say, never its name; ffmpeg gets it under a name of ours, with the reader for that kind and no
other, so that no text in it can send ffmpeg to other files. ffmpeg itself is handed in (``vidkit.ffmpeg``): this module runs nothing.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

import numpy as np
import numpy.typing as npt

from vidkit.audio import clean, cutoff, silk, speech
from vidkit.audio.track import RATE
from vidkit.photos.file import disguise
from vidkit.problems import Refusal, problem
from vidkit.runs import faults
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vidkit.problems import Place, Problem

Samples = npt.NDArray[np.float32]
Use = Literal["voice", "music"]
LOUDEST: Final = 4.0  # times full scale; no sound is louder
NAME: Final = "sound"  # what the file is called in the private folder


class Player(Protocol):
    """What is needed of ``vidkit.ffmpeg``."""

    def run(self, arguments: Sequence[str], *, stdin: bytes | None = None, cwd: Path | None = None) -> bytes:
        """Run ffmpeg; any complaint is a refusal."""

    def report(self, arguments: Sequence[str], *, stdin: bytes | None = None, cwd: Path | None = None) -> str:
        """Run ffmpeg for what it prints."""


@dataclass(frozen=True)
class Source:
    """A sound file as read: its bytes, what people call it, and where the brief names it."""

    content: bytes
    name: str
    place: Place | None = None


@dataclass(frozen=True)
class Measured:
    """What was found in a sound file: its kind, channels and rate (Hz) as stored, its length in seconds, and its faults.

    ``one_ear``: only one of two channels holds sound; ``whole``: nothing in it was unreadable, and nothing lacks at its end.
    """

    kind: str
    channels: int
    rate: int
    seconds: float
    silent: bool = False
    clipped: bool = False
    one_ear: bool = False
    whole: bool = True


@dataclass(frozen=True, eq=False)
class Recording:
    """A sound file's samples, shape (n,) or (n, 2) at 48 kHz, full scale 1.0, and what was measured."""

    samples: Samples
    measured: Measured


def limits() -> dict[str, Any]:
    """The limits of ``data/voice.yaml``."""
    return dict(table("voice")["limits"])


def read(file: Path, *, name: str, place: Place | None = None) -> Source:
    """The file's bytes; refuses an unreadable (VK-V001), empty (VK-V002) or huge (VK-V003) file."""
    limit = limits()["max_file_mb"]
    try:
        size = file.stat().st_size
        if size > limit * 1_000_000:
            raise Refusal(problem("VK-V003", place, name=name, megabytes=round(size / 1e6), limit=limit))
        content = file.read_bytes()
    except OSError as error:
        faults.answered(error)
        raise Refusal(problem("VK-V001", place, name=name, words=error.strerror or error)) from error
    if not content:
        raise Refusal(problem("VK-V002", place, name=name))
    return Source(content, name, place)


def kind(content: bytes) -> tuple[str, str]:
    """What a sound file is by its first bytes, and which of ffmpeg's readers reads it; two empty strings for anything else."""
    for row in table("voice")["kinds"]:
        if any(_starts(content, mark.encode("latin-1")) for mark in row["starts"]):
            return str(row["name"]), _tagged(content, str(row["reader"]))
    return "", ""


def _starts(content: bytes, mark: bytes) -> bool:
    return len(content) >= len(mark) and all(
        want in (b"?"[0], got) for want, got in zip(mark, content[: len(mark)], strict=True)
    )


def _tagged(content: bytes, reader: str) -> str:
    """The reader for what stands behind an ID3 tag, which is not always MP3."""
    if not content.startswith(b"ID3") or len(content) < 10:
        return reader
    size = 10 + sum((byte & 127) << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
    behind = content[size : size + 4]
    if behind == b"fLaC":
        return "flac"
    return "aac" if behind[:1] == b"\xff" and behind[1:2] in {b"\xf1", b"\xf9"} else reader


def heard(source: Source, player: Player, use: Use = "voice") -> Recording:
    """The sound of a file, mono or stereo at 48 kHz.

    Refuses what is no sound (VK-V004), holds none (VK-V005), cannot be read (VK-V006), needs the ``voice`` extra (VK-V007), is too
    long (VK-V008) or too short (VK-V010) for its use, or silent (VK-V009; music VK-V021).
    """
    name, reader = kind(source.content)
    if not reader:
        really = disguise(source.content) or "没见过的文件 (unknown file)"
        raise Refusal(problem("VK-V004", source.place, name=source.name, really=really))
    stored, samples, whole = _silk(source, player) if reader == "silk" else _played(source, player, reader, use)
    whole = whole and not cutoff.cut_off(source.content, reader)
    measured = _measured(name, stored, samples, whole=whole, use=use)
    _refuse(source, measured, use)
    return Recording(_both_ears(samples) if measured.one_ear else samples, measured)


def notes(source: Source, measured: Measured) -> tuple[Problem, ...]:
    """What people should know about a recording that plays: distorted, one ear, not whole."""
    found = {"VK-V011": measured.clipped, "VK-V012": measured.one_ear, "VK-V013": not measured.whole}
    values = {"name": source.name, "seconds": round(measured.seconds, 1)}
    return tuple(problem(code, source.place, **values) for code, there in found.items() if there)


def mono(samples: Samples) -> Samples:
    """One channel of a recording: the mean of two, or the louder one where they would cancel each other."""
    if samples.ndim == 1:
        return samples
    middle = samples.mean(axis=1, dtype=np.float32)
    power = np.square(samples, dtype=np.float64).mean(axis=0)
    if float(np.square(middle, dtype=np.float64).mean()) < 0.25 * float(power.max()):
        return np.ascontiguousarray(samples[:, int(power.argmax())])
    return np.ascontiguousarray(middle)


# ffmpeg


def _played(source: Source, player: Player, reader: str, use: Use) -> tuple[tuple[int, int], Samples, bool]:
    """Channels and rate as stored, the samples, and whether ffmpeg read them without a complaint."""
    seconds = limits()["max_seconds"][use] + 0.5
    with tempfile.TemporaryDirectory(prefix="vidkit-sound-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        (folder / NAME).write_bytes(source.content)
        stored = _stored(source, player, reader, folder)
        wanted = ("-ac", str(min(stored[0], 2)), "-ar", str(RATE), "-t", str(seconds), "-f", "f32le", "pipe:1")
        try:
            raw, whole = player.run([*_opened(reader), *wanted], cwd=folder), True
        except Refusal as refusal:
            _machine(refusal)
            raw, whole = _forgiving(player, reader, wanted, folder), False
    samples = np.frombuffer(raw[: len(raw) // 8 * 8], np.float32)
    if (not len(samples) and not whole) or _spoilt(samples):
        raise Refusal(problem("VK-V006", source.place, name=source.name))
    return stored, _finite(samples if stored[0] == 1 else samples.reshape(-1, 2)), whole


def _opened(reader: str) -> tuple[str, ...]:
    """Arguments that open the file with one reader, and take the first sound in it and nothing else."""
    few = ("-max_streams", str(limits()["max_streams"]), "-protocol_whitelist", "file,pipe")
    return ("-threads", "1", *few, "-f", reader, "-i", NAME, "-map", "0:a:0", "-vn", "-sn", "-dn")


def _forgiving(player: Player, reader: str, wanted: tuple[str, ...], folder: Path) -> bytes:
    """What can be read of a damaged file: complaints are not listened to."""
    try:
        return player.run(["-loglevel", "quiet", "-err_detect", "ignore_err", *_opened(reader), *wanted], cwd=folder)
    except Refusal as refusal:
        _machine(refusal)
        return b""


def _stored(source: Source, player: Player, reader: str, folder: Path) -> tuple[int, int]:
    """Channels and rate as stored, from the header of the first moment copied to WAV."""
    first = ("-t", "0.05", "-c:a", "pcm_s16le", "-f", "wav", "pipe:1")
    head = _forgiving(player, reader, first, folder)
    channels, rate = int.from_bytes(head[22:24], "little"), int.from_bytes(head[24:28], "little")
    if head[:4] != b"RIFF" or not rate or not 1 <= channels <= limits()["max_channels"]:
        raise Refusal(problem(_lacking(player, reader, folder), source.place, name=source.name))
    return channels, rate


def _lacking(player: Player, reader: str, folder: Path) -> str:
    """Why nothing could be read: pictures only, or damaged."""
    found = player.report(["-protocol_whitelist", "file,pipe", "-f", reader, "-i", NAME], cwd=folder)
    return "VK-V005" if "Video:" in found and "Audio:" not in found else "VK-V006"


def _machine(refusal: Refusal) -> None:
    """A full disk or a missing ffmpeg is told as what it is, not as a fault of the file."""
    if refusal.problems[0].code != "VK-E002":
        raise refusal


def _silk(source: Source, player: Player) -> tuple[tuple[int, int], Samples, bool]:
    """A WeChat voice message: its packets through the ``voice`` extra, then to 48 kHz."""
    packets, whole = silk.packets(source.content)
    if len(packets) * silk.numbers()["packet_ms"] / 1000 > limits()["max_seconds"]["voice"]:
        raise Refusal(problem("VK-V008", source.place, name=source.name, limit=limits()["max_seconds"]["voice"]))
    played = silk.decoded(packets)
    if played is None:
        raise Refusal(problem("VK-V007", source.place, name=source.name))
    raw, sound = played
    if not raw:
        raise Refusal(problem("VK-V006", source.place, name=source.name))
    rate = silk.numbers()["rate_hz"]
    given = ("-threads", "1", "-f", "s16le", "-ar", str(rate), "-ac", "1", "-i", "pipe:0")
    made = player.run([*given, "-f", "f32le", "-ar", str(RATE), "-ac", "1", "pipe:1"], stdin=raw)
    return (1, rate), np.frombuffer(made, np.float32), whole and sound


# What was measured


def _spoilt(samples: Samples) -> bool:
    """Whether too many samples are no numbers, or far beyond any level: a float WAV may hold such."""
    with np.errstate(invalid="ignore"):
        share = 1 - float((np.abs(samples) <= LOUDEST).mean()) if len(samples) else 0.0
    return bool(share > limits()["spoilt_share"])


def _finite(samples: Samples) -> Samples:
    """Samples that are numbers: a float WAV may hold others, and ones far above full scale."""
    out: Samples = np.clip(np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0), -LOUDEST, LOUDEST)
    return out


def _measured(name: str, stored: tuple[int, int], samples: Samples, *, whole: bool, use: Use) -> Measured:
    own = limits()
    loudest = _loudest_db(samples) if len(samples) else (-200.0,)
    return Measured(
        kind=name,
        channels=stored[0],
        rate=stored[1],
        seconds=len(samples) / RATE,
        silent=max(loudest) < own["silent_db"],
        clipped=_clipped(samples) or (use == "voice" and _shouted(mono(samples))),
        one_ear=len(loudest) == 2
        and max(loudest) >= own["silent_db"]
        and abs(loudest[0] - loudest[1]) > own["one_ear_db"],
        whole=whole,
    )


def _loudest_db(samples: Samples) -> tuple[float, ...]:
    """The loudest 50 ms of each channel in dBFS, less any constant offset."""
    channels = samples[:, None] if samples.ndim == 1 else samples
    step = RATE // 20
    blocks = channels[: max(1, len(channels) // step) * step]
    blocks = (blocks - blocks.mean(axis=0)).reshape(-1, min(step, len(blocks)), channels.shape[1])
    power = np.square(blocks, dtype=np.float64).mean(axis=1).max(axis=0)
    return tuple(float(10 * np.log10(one + 1e-20)) for one in power)


def _clipped(samples: Samples) -> bool:
    """Whether the sound is cut off at the top: more samples lie at its highest level than in the whole band below it, as none do in nature."""
    own = limits()
    level = np.abs(samples) if samples.ndim == 1 else np.abs(samples).max(axis=1)
    top = float(level.max(initial=0)) * own["clipped_level"]
    at_top = int(np.count_nonzero(level >= top))
    below = int(np.count_nonzero(level >= top * own["clipped_band"])) - at_top
    often = at_top / max(len(level), 1) * RATE
    return bool(often > own["clipped_per_second"] and at_top > own["clipped_times"] * below)


def _shouted(voice: Samples) -> bool:
    """Whether a voice was cut off before it was packed; even without hum and wind, which are as loud all the time."""
    if not _flattened(voice):
        return False
    plain = clean.filtered(voice, clean.hum_lines(voice))
    return speech.stands_out(speech.level_db(speech.bands(plain))) and _flattened(plain)


def _flattened(voice: Samples) -> bool:
    """Whether a sound is as loud all the time as one that was cut off: far more of its moments than in nature are as loud as the loudest."""
    own, step = limits(), RATE // 100
    whole = len(voice) // step * step
    peaks = np.abs(voice[:whole]).reshape(-1, step).max(axis=1)
    loud = peaks[peaks > 0.1 * peaks.max(initial=0)]
    return bool(len(loud) >= 50 and (loud > own["flat_level"] * np.quantile(loud, 0.97)).mean() > own["flat_share"])


def _refuse(source: Source, measured: Measured, use: Use) -> None:
    own, limit = limits(), limits()["max_seconds"][use]
    if measured.seconds > limit:
        raise Refusal(problem("VK-V008", source.place, name=source.name, limit=limit))
    if measured.seconds < own["min_seconds"]:
        raise Refusal(problem("VK-V010", source.place, name=source.name, seconds=round(measured.seconds, 2)))
    if measured.silent:
        raise Refusal(problem("VK-V009" if use == "voice" else "VK-V021", source.place, name=source.name))


def _both_ears(samples: Samples) -> Samples:
    """The channel that holds sound."""
    return np.ascontiguousarray(samples[:, int(np.square(samples, dtype=np.float64).sum(axis=0).argmax())])

"""A finished clip, decoded wholly once → what is in it: streams, frames, seconds, loudness, black, frozen and silent stretches, single frames.

One run of ffmpeg does it all: the picture goes through its detectors and, frame by frame where asked for, to us; the sound is measured to
EBU R128. Nothing here judges; ``proof`` does.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from vidkit import ffmpeg
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from vidkit.colour import Bytes

Span = tuple[float, float]
"""From a second to a second."""
Kind = Literal["video", "audio", "other"]


@dataclass(frozen=True)
class Stream:
    """A stream as ffmpeg tells it: its kind, codec and profile; of a picture its pixel format, size (px) and frames a second, of a sound its
    samples a second and channels (stereo).
    """

    kind: Kind
    codec: str
    profile: str = ""
    pixels: str = ""
    size: tuple[int, int] = (0, 0)
    fps: float = 0.0
    rate: int = 0
    channels: str = ""


@dataclass(frozen=True, eq=False)
class Measured:
    """What a clip holds. ``lufs`` is -inf for silence; ``shown`` are the frames asked for, planar YUV of shape (H·3/2, W), in their order."""

    streams: tuple[Stream, ...]
    frames: int
    seconds: float
    lufs: float
    true_peak_db: float
    black: tuple[Span, ...] = ()
    frozen: tuple[Span, ...] = ()
    silent: tuple[Span, ...] = ()
    faults: tuple[str, ...] = ()
    shown: tuple[Bytes, ...] = ()


def clip(file: Path, moments: Sequence[int] = ()) -> Measured:
    """Decode a clip to its end; ``moments`` are frames (from 0, rising) to be shown. A file that is no clip has no streams."""
    streams = tuple(_streams(ffmpeg.report(["-i", file.name], cwd=file.parent)))
    if [one.kind for one in streams] != ["video", "audio"]:
        return Measured(streams, 0, 0.0, -math.inf, -math.inf)
    pictures, said = ffmpeg.measured(_arguments(file.name, moments), cwd=file.parent)
    seconds = float(_last(said, r"out_time_us=(\d+)") or 0) / 1e6
    lufs = float(_last(said, r"I:\s+(\S+) LUFS") or -math.inf)
    return Measured(
        streams,
        frames=int(_last(said, r"^frame=\s*(\d+)") or 0),
        seconds=seconds,
        lufs=-math.inf if lufs <= -70 else lufs,
        true_peak_db=float(_last(said, r"Peak:\s+(\S+) dBFS") or -math.inf),
        black=tuple((float(a), float(b)) for a, b in re.findall(r"black_start:(\S+) black_end:(\S+)", said)),
        frozen=_spans(said, "freeze", seconds),
        silent=_spans(said, "silence", seconds),
        faults=tuple(dict.fromkeys(re.findall(r"\[(?:error|fatal|panic)\] (.+)", said)))[:3],
        shown=_frames(pictures, streams[0].size),
    )


def _arguments(name: str, moments: Sequence[int]) -> list[str]:
    known = table("proof")
    black, frozen, silence = known["black"], known["frozen"], known["silence"]
    chosen = "+".join(f"eq(n\\,{moment})" for moment in moments) or "0"
    pictures = (
        f"[0:v]split[a][b];[a]blackdetect=d={black['seconds']['value']}:pic_th={black['picture']['value']}:"
        f"pix_th={black['pixel']['value']},freezedetect=n={frozen['noise_db']['value']}dB:"
        f"d={frozen['seconds']['value']}[seen];[b]select={chosen}[shown]"
    )
    sound = f"silencedetect=n={silence['level_db']['value']}dB:d={silence['seconds']['value']},ebur128=peak=true:framelog=quiet"
    every = ("-fps_mode", "passthrough")
    return [
        *("-loglevel", "repeat+level+info", "-i", name, "-filter_complex", pictures),
        *("-map", "[seen]", *every, "-map", "0:a", "-af", sound, "-progress", "pipe:2", "-f", "null", "-"),
        *("-map", "[shown]", *every, "-pix_fmt", "yuv420p", "-f", "rawvideo", "pipe:1"),
    ]


def _streams(said: str) -> Iterator[Stream]:
    """The streams of the input, from the lines that ffmpeg prints of them."""
    for kind, words in re.findall(r"^\s*Stream #0:\d+.*?: (Video|Audio|\w+): (.*)$", said, re.MULTILINE):
        codec, _, rest = words.partition(" ")
        profile = re.match(r"\(([^)/]*)\)", rest)
        if kind == "Video":
            size = re.search(r", (\d{2,5})x(\d{2,5})", words)
            yield Stream(
                "video",
                codec.rstrip(","),
                profile[1].strip() if profile else "",
                pixels=(re.search(r", (\w+)[(,]", words) or ["", ""])[1],
                size=(int(size[1]), int(size[2])) if size else (0, 0),
                fps=float((re.search(r", ([\d.]+) fps", words) or ["", "0"])[1]),
            )
        elif kind == "Audio":
            rate = re.search(r", (\d+) Hz, ([\w.]+)", words)
            yield Stream(
                "audio",
                codec.rstrip(","),
                profile[1].strip() if profile else "",
                rate=int(rate[1]) if rate else 0,
                channels=rate[2] if rate else "",
            )
        else:
            yield Stream("other", codec.rstrip(","))


def _last(said: str, pattern: str) -> str:
    found = re.findall(pattern, said, re.MULTILINE)
    return str(found[-1]) if found else ""


def _spans(said: str, name: str, end: float) -> tuple[Span, ...]:
    """Stretches by their starts and ends; one still open when the clip ends, ends with it."""
    starts = [float(one) for one in re.findall(rf"{name}_start: (-?[\d.]+)", said)]
    ends = [float(one) for one in re.findall(rf"{name}_end: (-?[\d.]+)", said)]
    return tuple(zip(starts, [*ends, end][: len(starts)], strict=True))


def _frames(raw: bytes, size: tuple[int, int]) -> tuple[Bytes, ...]:
    width, height = size
    whole = np.frombuffer(raw, np.uint8)
    count = len(whole) // max(width * height * 3 // 2, 1)
    return tuple(whole[: count * width * height * 3 // 2].reshape(count, height * 3 // 2, width)) if count else ()

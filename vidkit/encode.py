"""Frames → a segment file; segment files and sound → a clip; a clip → what is really in it.

Every segment is encoded alone, closed GOP, one thread, so its bytes repeat; the clip is a stream copy of its segments. Nothing
here decides what is seen.
"""

from __future__ import annotations

import io
import math
import os
import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from vidkit import ffmpeg
from vidkit.problems import Refusal, problem
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from av.container import OutputContainer
    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

    from vidkit.colour import Bytes

COLOURS = {"color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709", "color_range": "tv"}
BT709 = tuple(word for name, value in COLOURS.items() for word in (f"-{name}", value))
EXACT = ("-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1", "-map_chapters", "-1")
UNREAD = "none"
"""No decoder has this name. When segments are joined, ffmpeg would decode the first frames of each to see what it is, which takes as long as all
the rest; it says that it must not, and joins them to the same bytes.
"""
CLOCK = {"video_track_timescale": "15360", "movie_timescale": "15360"}
"""Clock ticks a second of every file's tracks and of the whole: a multiple of 30. With ffmpeg's own 1000, a segment's length is rounded
to milliseconds and frames after a join come early (measured: 502 ticks instead of 512, with two B-frames).
"""
TICKS = tuple(word for name, value in CLOCK.items() for word in (f"-{name}", value))
SEI = 6
"""The type of H.264's supplemental enhancement information (ITU-T H.264, table 7-1): nothing a decoder needs."""
UNSIGNED = ("-bsf:v", f"filter_units=remove_types={SEI}")
"""What makes ffmpeg leave these out."""
ROOM = 0.99
"""The share of a size that pictures may fill: the file has an index."""
FULL = 0.9
"""How full a segment's buffer is when it begins (x264's vbv-init)."""
KEEPS = 19
"""The first PyAV that keeps a file's metadata whatever its letters are; those before must be told to (``metadata_errors``), this refuses the word."""
FILE = {"fflags": "+bitexact", **CLOCK}
"""How a segment's file is written here."""


@dataclass(frozen=True)
class Settings:
    """One encoder setting; rates in kb/s, ``gop`` and ``lookahead`` in frames, ``tuning`` in x264's own words (``name=value:…``)."""

    preset: str
    crf: int
    b_frames: int
    max_rate: int
    buffer: int
    gop: int
    lookahead: int
    level: str
    tuning: str = ""


@dataclass(frozen=True)
class Contents:
    """What a clip file holds: packets of video and audio, the frames (from 0) that are key frames, seconds, and whether moov comes first."""

    video_packets: int
    audio_packets: int
    key_frames: tuple[int, ...]
    video_seconds: float
    audio_seconds: float
    regular: bool
    moov_first: bool


@cache
def settings(name: str) -> Settings:
    """The setting called ``final`` or ``draft``."""
    chosen = table("encoder")[name]
    return Settings(**{field: chosen[field] for field in Settings.__annotations__})


def within(chosen: Settings, seconds: float, segments: int, most_kbit: float) -> Settings:
    """The setting with a lower rate, if a clip of so many seconds and segments could become larger than ``most_kbit`` (without sound) at its own:
    nobody waits for a long clip only to be told that it is too large. A segment may begin with nearly a whole buffer.
    """
    buffered = FULL * chosen.buffer / chosen.max_rate
    rate = math.floor(most_kbit * ROOM / (seconds + buffered * segments))
    if rate >= chosen.max_rate:
        return chosen
    return replace(chosen, max_rate=rate, buffer=rate * chosen.buffer // chosen.max_rate)


def spaced(chosen: Settings, frames: int) -> Settings:
    """The setting with as few key frames as its GOP allows in a segment of so many frames, evenly apart: in a slow zoom each shows as a tick, two
    soon after one another most.
    """
    return replace(chosen, gop=-(-frames // -(-frames // chosen.gop)))


def options(chosen: Settings) -> dict[str, str]:
    """The encoder's options in libavcodec's words: H.264 High, BT.709, constant frame rate, one thread, one closed GOP after another."""
    told = f"open-gop=0:force-cfr=1:stitchable=1:rc-lookahead={chosen.lookahead}"
    return {
        "profile": "high",
        "level": chosen.level,
        "threads": "1",
        "flags": "+bitexact",
        "preset": chosen.preset,
        "crf": str(chosen.crf),
        "bf": str(chosen.b_frames),
        "maxrate": f"{chosen.max_rate}k",
        "bufsize": f"{chosen.buffer}k",
        "g": str(chosen.gop),
        "keyint_min": str(chosen.gop),
        "sc_threshold": "0",
        "x264-params": f"{told}:{chosen.tuning}" if chosen.tuning else told,
        **COLOURS,
    }


def segment(
    frames: Iterable[Bytes], count: int, canvas: tuple[int, int], fps: int, chosen: Settings, file: Path
) -> None:
    """Encode exactly ``count`` planar YUV frames of (width, height) ``canvas`` into an MP4 at ``file``.

    The encoder works in this process and reads each frame where it lies: no program is started and no pixel goes through a pipe. Once
    handed over and taken in, a frame may be written to again. Refuses with VK-E002 what the encoder refuses, with VK-E006 a wrong number of frames.
    """
    stored = io.BytesIO()
    fed, coded = _encoded(frames, canvas, fps, chosen, stored)
    if fed != count or coded != count:
        raise Refusal(problem("VK-E006", words=f"{fed} frames, {coded} packets of {count}"))
    file.write_bytes(stored.getbuffer())


def _encoded(
    frames: Iterable[Bytes], canvas: tuple[int, int], fps: int, chosen: Settings, stored: io.BytesIO
) -> tuple[int, int]:
    """The frames as an MP4: how many went in and how many packets came out."""
    import av  # noqa: PLC0415  # not needed where every segment is there already

    fed = coded = 0
    try:
        with av.open(stored, "w", format="mp4", options=FILE) as container:
            stream = container.add_stream("libx264", rate=fps, options=options(chosen))
            stream.width, stream.height, stream.pix_fmt = *canvas, "yuv420p"
            for fed, frame in enumerate(frames, 1):
                picture = av.VideoFrame.from_numpy_buffer(frame, format="yuv420p")
                picture.pts, picture.time_base = fed - 1, Fraction(1, fps)
                coded += _put(container, stream, picture)
            if fed:
                coded += _put(container, stream, None)
    except av.FFmpegError as error:
        if isinstance(error, MemoryError):
            raise
        raise Refusal(problem("VK-E002", status=error.errno, words=error)) from error
    return fed, coded


def _put(container: OutputContainer, stream: VideoStream, picture: VideoFrame | None) -> int:
    """A picture (None at the end) into the encoder, what comes out into the file: how many packets."""
    packets = stream.encode(picture)
    for packet in packets:
        container.mux(_unsigned(packet) if packet.is_keyframe else packet)
    return len(packets)


def _unsigned(packet: Packet[VideoStream]) -> Packet[VideoStream]:
    """A key frame's packet without the message in which x264 says how it was called (which it writes with a file's first frame)."""
    import av  # noqa: PLC0415

    stream, base = packet.stream, packet.time_base
    (plain,) = av.BitStreamFilterContext(f"filter_units=remove_types={SEI}", "h264").filter(packet)
    plain.stream, plain.time_base = stream, base
    return plain


def join(segments: Sequence[Path], sound: Path | None, file: Path, label: str = "") -> None:
    """Put segments one after another without touching a frame, add the sound and an AI label if there is one, move the index to the
    front.

    ``file`` lies in a private folder; the segments' names are the cache's own, never a user's.
    """
    folder = file.parent
    listing = folder / "segments.txt"
    listed = (f"file '{_beside(folder, part)}'\noption codec_whitelist {UNREAD}\n" for part in segments)
    listing.write_text("ffconcat version 1.0\n" + "".join(listed), encoding="utf-8")
    streams: tuple[str, ...] = ("-map", "0:v:0")
    inputs: tuple[str, ...] = ("-loglevel", "repeat+error", "-f", "concat", "-safe", "0", "-i", listing.name)
    tags: tuple[str, ...] = ("-movflags", "+faststart")
    if sound:
        inputs, streams = (*inputs, "-i", _beside(folder, sound)), (*streams, "-map", "1:a:0")
    if label:
        number = inputs.count("-i")
        inputs = (*inputs, "-f", "ffmetadata", "-i", _said(label, folder))
        tags = ("-map_metadata", str(number), "-movflags", "+faststart+use_metadata_tags")
    told = [*inputs, *streams, "-c", "copy", *EXACT, *TICKS, *tags, "-f", "mp4", file.name]
    ffmpeg.run(told, cwd=folder, but=f"not on whitelist '{UNREAD}'")


def _said(label: str, folder: Path) -> str:
    """The name of a file of metadata that says the label: no text of an input stands on a command line."""
    escaped = re.sub(r"([=;#\\\n])", r"\\\1", label)
    (folder / "label.txt").write_text(f";FFMETADATA1\nAIGC={escaped}\n", encoding="utf-8")
    return "label.txt"


def _beside(folder: Path, part: Path) -> str:
    """The way from one cache folder to a file of the same cache, with forward slashes."""
    return os.path.relpath(part, folder).replace("\\", "/")


def contents(file: Path, fps: int) -> Contents:
    """What a finished file really holds, read packet by packet (no decoding); refuses with VK-E006 one that cannot be read."""
    import av  # noqa: PLC0415  # not needed where every clip is there already

    named, asked = f"file:{file}", {"codec_whitelist": UNREAD}
    lenient: dict[str, Any] = {} if int(av.__version__.partition(".")[0]) >= KEEPS else {"metadata_errors": "replace"}
    try:
        with av.open(named, "r", options=asked, **lenient) as container:
            packets = [_Packet.of(one) for one in container.demux() if one.size]
    except av.FFmpegError as error:
        if isinstance(error, OSError):
            raise
        raise Refusal(problem("VK-E006", words=error.strerror)) from error
    shown = sorted((one for one in packets if one.kind == "video"), key=lambda one: one.begins)
    audio = [one for one in packets if one.kind == "audio"]
    step = {after.begins - before.begins for before, after in pairwise(shown)}
    keys = tuple(number for number, one in enumerate(shown) if one.key)
    return Contents(
        len(shown),
        len(audio),
        keys,
        float(shown[-1].begins + shown[-1].lasts - shown[0].begins) if shown else 0.0,
        float(sum((one.lasts for one in audio), Fraction())),
        bool(shown) and shown[0].begins == 0 and step <= {Fraction(1, fps)},
        moov_first(file),
    )


@dataclass(frozen=True)
class _Packet:
    """Of which ``kind`` a packet is, when it begins and how long it lasts, in seconds, and whether it needs no other. Packets themselves are gone
    once their file is closed.
    """

    kind: str
    begins: Fraction
    lasts: Fraction
    key: bool

    @classmethod
    def of(cls, packet: Packet[Any]) -> _Packet:
        tick = packet.time_base
        return cls(packet.stream.type, (packet.pts or 0) * tick, (packet.duration or 0) * tick, packet.is_keyframe)


def moov_first(file: Path) -> bool:
    """Whether an MP4's index (moov) stands before its media data (mdat), so that it plays while it loads."""
    with file.open("rb") as stream:
        while head := stream.read(8):
            size, kind = int.from_bytes(head[:4], "big"), head[4:8]
            if kind in {b"moov", b"mdat"}:
                return kind == b"moov"
            stream.seek((int.from_bytes(stream.read(8), "big") - 16) if size == 1 else size - 8, 1)
    return False


def check(file: Path, frames: int, fps: int, starts: Sequence[int], *, sound: bool) -> Contents:
    """The clip's contents; refuses with VK-E006 when they are not exactly what was planned."""
    found = contents(file, fps)
    faults = [
        (found.video_packets != frames, f"{found.video_packets} video packets, {frames} planned"),
        (not found.regular, "frames are not evenly spaced"),
        (not set(starts) <= set(found.key_frames), "a segment does not start with a key frame"),
        (not found.moov_first, "moov after mdat"),
        (sound != bool(found.audio_packets), "sound missing or not wanted"),
        (sound and abs(found.audio_seconds - frames / fps) > 0.1, f"{found.audio_seconds:.3f} s of sound"),
    ]
    wrong = [words for bad, words in faults if bad]
    if wrong:
        raise Refusal(problem("VK-E006", words="; ".join(wrong)))
    return found

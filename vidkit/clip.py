"""A timeline and a sound track → clip.mp4: segments painted and encoded in parallel, kept by key, joined, checked.

Here segments are made in threads: OpenCV and the encoder, which works in this process, leave Python's lock while they do, and threads share
decoded photos. The seam for other computers is ``Rendering``: it is given the segments that are missing and sees that their files get into the cache.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

import cv2

from vidkit import encode, ffmpeg, paint, tables, timeline, transitions
from vidkit.labels import aigc
from vidkit.painting import heap, layers
from vidkit.photos import heif
from vidkit.runs import waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor, Future
    from pathlib import Path

    from vidkit.cache import Cache
    from vidkit.colour import Bytes
    from vidkit.encode import Settings
    from vidkit.painting.album import Album
    from vidkit.painting.ground import Photos
    from vidkit.timeline import Segment

FORMAT = 1
"""Raised when segments of an older vidkit must not be used again."""
DRAWING = (
    "painting/album.py",
    "colour.py",
    "encode.py",
    "film/probe.py",
    "film/reading.py",
    "film/reel.py",
    "graphics.py",
    "painting/ground.py",
    "painting/layers.py",
    "motion.py",
    "paint.py",
    "photos/areas.py",
    "photos/boxes.py",
    "photos/change.py",
    "photos/decode.py",
    "photos/file.py",
    "photos/frame.py",
    "photos/heif.py",
    "photos/matrix.py",
    "photos/portrait.py",
    "photos/prints.py",
    "photos/redact.py",
    "photos/tone.py",
    "photos/warp.py",
    "painting/reveals.py",
    "storyboard.py",
    "timeline.py",
    "transitions.py",
    "painting/zoom.py",
)
"""Our code that decides what is painted."""
DRAWING_DATA = (
    "data/align.yaml",
    "data/footage.yaml",
    "data/limits.yaml",
    "data/portrait.yaml",
    "data/privacy.yaml",
    "data/quality.yaml",
    "fonts/metrics.json",
    "models/selfie_segmentation.tflite",
)
"""What that code reads of ours."""
TOOLS = ("numpy", "opencv-python-headless", "pillow", heif.library(), "resvg-py")
"""What paints besides our own code."""

cv2.setNumThreads(1)  # one thread a segment: bytes repeat, and segments already fill the cores


heap.give_back()


@dataclass(frozen=True)
class Clip:
    """A finished clip in the cache: its file, the keys of its segments in order, and which of them had to be made."""

    file: Path
    keys: tuple[str, ...]
    made: tuple[str, ...]
    contents: encode.Contents


class Rendering(Protocol):
    """What makes segments elsewhere than on this computer (``cluster.sender``)."""

    def __call__(
        self,
        missing: Mapping[str, Segment],
        album: Album,
        chosen: Settings,
        cache: Cache,
        pool: Executor,
        ready: Callable[[str], None],
    ) -> dict[str, Path]:
        """The files of the missing segments, in the cache, by their keys; ``ready`` is told each key."""


@cache
def engine() -> str:
    """A hash of everything besides a segment's own words that decides its bytes: what paints it and what encodes it."""
    return tables.engine((), FORMAT, ffmpeg.version(), painting(), tools=("av",))


@cache
def painting() -> str:
    """A hash of everything that decides what is painted of given words: our drawing code, fonts and tools."""
    return tables.engine((*DRAWING, *DRAWING_DATA), tools=TOOLS)


def key(segment: Segment, chosen: Settings) -> str:
    """The segment's content address: no paths, no dates, no place in the clip."""
    said = json.dumps([timeline.order(segment), asdict(chosen), engine()], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def painter(segment: Segment, album: Photos) -> Callable[[int], Bytes]:
    """What paints the segment's frame at a step; what its frames share is made once."""
    scene = paint.ready(segment.scene, segment.canvas, album)
    onto = paint.ready(segment.onto, segment.canvas, album) if segment.onto else None
    marks = layers.draw_all(segment.marks, album)

    def painted(step: int) -> Bytes:
        drawn = paint.frame(scene, segment.first + step)
        if onto:
            progress = (step + 1) / (segment.frames + 1)
            drawn = transitions.TRANSITIONS[segment.transition](drawn, paint.frame(onto, step), progress)
        return paint.marked(drawn, marks, step)

    return painted


def frames(segment: Segment, album: Photos) -> Iterator[Bytes]:
    """The segment's frames in order; a frame that cannot differ from the one before is not painted again."""
    painted = painter(segment, album)
    last: Bytes | None = None
    for step in range(segment.frames):
        if last is None or segment.onto or not _same(segment, step):
            last = painted(step)
        yield last


def _same(segment: Segment, step: int) -> bool:
    """Whether a step of a shot cannot differ from the one before."""
    at = segment.first + step
    return paint.still(segment.scene, at - 1, at + 1) and paint.steady(segment.marks, step - 1, step + 1)


def make(
    timelines: Sequence[Sequence[Segment]],
    sounds: Sequence[Future[Path] | None],
    album: Album,
    chosen: Settings,
    cache: Cache,
    pool: Executor,
    advance: Callable[[int], None] = lambda _frames: None,
    labels: Sequence[str] = (),
    elsewhere: Rendering | None = None,
    after: Callable[[], None] = lambda: None,
) -> tuple[Clip, ...]:
    """Make (or find) every segment of every clip, each once, here or ``elsewhere``, and join each clip with its sound and its AI label, if
    ``labels`` has one for it; ``advance`` is told how many frames became ready. ``after`` is called when all segments were handed to the pool
    (with ``elsewhere``: at once); what it submits runs on cores that become idle.
    """
    keys = [tuple(key(segment, chosen) for segment in segments) for segments in timelines]
    wanted = {
        name: segment
        for names, segments in zip(keys, timelines, strict=True)
        for name, segment in zip(names, segments, strict=True)
    }
    shares = Counter(name for names in keys for name in names)
    held = {name: file for name in wanted if (file := cache.find(name, ".mp4"))}
    advance(sum(wanted[name].frames * shares[name] for name in held))
    missing = {name: segment for name, segment in wanted.items() if name not in held}

    def ready(name: str) -> None:
        advance(missing[name].frames * shares[name])

    if elsewhere:
        after()
        made = elsewhere(missing, album, chosen, cache, pool, ready)
    else:
        with begun(missing, album, chosen, cache, pool) as tasks:
            after()
            made = collected(tasks, ready)
    return tuple(
        _joined(segments, names, held | made, tuple(made), waiting.result(sound) if sound else None, label, cache)
        for segments, names, sound, label in zip(timelines, keys, sounds, labels or ("",) * len(keys), strict=True)
    )


@contextmanager
def begun(
    segments: Mapping[str, Segment], album: Album, chosen: Settings, cache: Cache, pool: Executor
) -> Iterator[dict[Future[Path], str]]:
    """Segments being made, longest first so that no core idles at the end: their keys by what will be their files. They are stopped when
    anything fails meanwhile.
    """
    stop = threading.Event()
    longest = sorted(segments, key=lambda name: (-segments[name].frames, name))
    tasks = {pool.submit(render, segments[name], name, album, chosen, cache, stop): name for name in longest}
    try:
        yield tasks
    except BaseException:
        stop.set()
        for task in tasks:
            task.cancel()
        raise


def collected(tasks: Mapping[Future[Path], str], ready: Callable[[str], None]) -> dict[str, Path]:
    """The files by their keys, as they become ready."""
    parts: dict[str, Path] = {}
    for task in waiting.ended(tasks):
        parts[tasks[task]] = task.result()
        ready(tasks[task])
    return parts


def render(
    segment: Segment, name: str, album: Photos, chosen: Settings, cache: Cache, stop: threading.Event | None = None
) -> Path:
    """Paint and encode one segment into the cache under its key; once ``stop`` is set no further frame is painted."""
    with cache.scratch() as folder:
        file = folder / "segment.mp4"
        apart = encode.spaced(chosen, segment.frames)
        encode.segment(_until(stop, frames(segment, album)), segment.frames, segment.canvas, segment.fps, apart, file)
        return cache.keep(name, file)


def _until(stop: threading.Event | None, painted: Iterator[Bytes]) -> Iterator[Bytes]:
    for frame in painted:
        if stop and stop.is_set():
            return
        yield frame


def starts(segments: Sequence[Segment]) -> tuple[int, ...]:
    """The clip's frame on which each segment begins."""
    found, at = [], 0
    for segment in segments:
        found.append(at)
        at += segment.frames
    return tuple(found)


def found(segments: Sequence[Segment], frame: int) -> tuple[int, int]:
    """The number of the segment in which a frame of the clip lies, and its step there."""
    begins = starts(segments)
    number = max(i for i, start in enumerate(begins) if start <= frame)
    return number, frame - begins[number]


def _joined(
    segments: Sequence[Segment],
    keys: tuple[str, ...],
    parts: Mapping[str, Path],
    made: tuple[str, ...],
    sound: Path | None,
    said: str,
    cache: Cache,
) -> Clip:
    total, fps = sum(segment.frames for segment in segments), segments[0].fps
    parted = [*keys, sound.name if sound else "", said, engine()]
    name = hashlib.sha256(json.dumps(parted).encode()).hexdigest()
    held = cache.recall(name)
    file = cache.find(name, ".mp4")
    if file is None or held is None:
        with cache.scratch() as folder:
            joined = folder / "clip.mp4"
            encode.join([parts[k] for k in keys], sound, joined, said)
            checked = encode.check(joined, total, fps, starts(segments), sound=sound is not None)
            aigc.prove(joined, said)
            file = cache.keep(name, joined)
            cache.remember(name, asdict(checked))
        return Clip(file, keys, made, checked)
    held["key_frames"] = tuple(held["key_frames"])
    return Clip(file, keys, made, encode.Contents(**held))

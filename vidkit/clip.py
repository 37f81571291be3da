"""A timeline and a sound track → clip.mp4: segments painted and encoded in parallel, kept by key, joined, checked.

One path for one or many workers: a worker gets a segment, the photos it names by hash, and a place to write; the seam is
``concurrent.futures.Executor``. Threads serve best here, since OpenCV and ffmpeg work outside Python's lock and share decoded photos.
"""

from __future__ import annotations

import hashlib
import json
import math
import threading
from collections import Counter, OrderedDict
from concurrent.futures import as_completed
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib import metadata, resources
from typing import TYPE_CHECKING, Any, Protocol

import cv2

from vidkit import aigc, colour, encode, ffmpeg, heap, layers, paint, timeline, transitions
from vidkit.film import reading
from vidkit.photos import align, decode, portrait, prints, redact, tone
from vidkit.photos import frame as framing
from vidkit.photos.file import unchanged
from vidkit.photos.matrix import WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor, Future
    from pathlib import Path

    from vidkit.cache import Cache
    from vidkit.colour import Bytes
    from vidkit.encode import Settings
    from vidkit.ground import Photos
    from vidkit.photos.prints import Asset
    from vidkit.storyboard import Picture
    from vidkit.timeline import Segment

FORMAT = 1
"""Raised when segments of an older vidkit must not be used again."""
DRAWING = (
    *(
        "colour.py",
        "encode.py",
        "film/reading.py",
        "graphics.py",
        "ground.py",
        "layers.py",
        "motion.py",
        "paint.py",
        "reveals.py",
        "storyboard.py",
        "timeline.py",
        "transitions.py",
    ),
    *(
        f"photos/{name}.py"
        for name in (
            *("align", "areas", "change", "decode", "file", "frame", "matrix", "portrait", "prints", "redact", "tone"),
        )
    ),
    "fonts/metrics.json",
    "models/selfie_segmentation.tflite",
    *(f"data/{name}.yaml" for name in ("align", "limits", "portrait", "privacy", "quality")),
)
TOOLS = ("numpy", "opencv-python-headless", "pillow", "pi-heif", "resvg-py")
PHOTOS_KEPT = 24_000_000
"""Bytes of whole photos kept; the last one is kept however large it is."""
PLANES_KEPT = 8
PEOPLE_KEPT = 2
WORKING = 1600
"""The longer side, px, of a photo whose person is found once for all smaller sizes."""

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
    """What makes segments: this computer (``_rendered``), or others (``cluster.sender``)."""

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


@dataclass(eq=False)
class Album:
    """Photos developed for painting, the last few kept; threads wait for each other instead of decoding twice."""

    assets: Mapping[str, Asset]
    _kept: OrderedDict[tuple[object, ...], Any] = field(default_factory=OrderedDict)
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _player: reading.Player = field(default_factory=reading.Player)

    def cut(self, picture: Picture, width: int, height: int) -> Bytes:
        """A picture's part as RGB, shape (height, width, 3), cut from the photo as it is to be shown."""
        matrix = self.assets[picture.sha256].treatment.matrix
        whole = self._whole(picture, width, height)
        if matrix is None:
            return framing.cut(whole, picture.crop, (width, height))
        return align.warp(whole, matrix, picture.crop, (width, height))

    def person(self, picture: Picture, width: int, height: int) -> tuple[Bytes, Bytes]:
        """A picture's part without its background: RGB without the old background's colour, and alpha, found before anything is covered."""
        whole, alpha = self._standing(picture, width, height)
        return framing.cut(whole, picture.crop, (width, height)), framing.cut(alpha, picture.crop, (width, height))

    def _standing(self, picture: Picture, width: int, height: int) -> tuple[Bytes, Bytes]:
        """The whole photo without its background and its alpha, found once for every size up to the working one."""
        asset = self.assets[picture.sha256]
        needed, working = prints.needed(asset, picture.crop, (width, height)), _working(asset.size)
        wanted = working if needed[0] <= working[0] and needed[1] <= working[1] else needed
        key = (picture.sha256, "person", *wanted)
        found: tuple[Bytes, Bytes] = self._once(key, lambda: self._parted(asset, wanted), PEOPLE_KEPT)
        return found

    def _parted(self, asset: Asset, wanted: tuple[int, int]) -> tuple[Bytes, Bytes]:
        raw = _at_most(decode.picture(unchanged(asset.file, asset.sha256, name=asset.name), at_least=wanted), wanted)
        alpha, _ = portrait.judged(raw)
        assert alpha is not None, "only a person who was found is shown cut out"
        shown = tone.graded(redact.soften(raw, asset.treatment.areas), asset.treatment.gains)
        return portrait.decontaminated(shown, alpha), alpha

    def planes(self, picture: Picture, width: int, height: int) -> tuple[Bytes, Bytes, Bytes]:
        """A picture's part as Y, U and V planes of exactly (width, height) pixels, both even; of a film the part of one frame."""
        if picture.frame is not None:
            return self._played(picture, width, height)
        key = (picture, width, height)
        found: tuple[Bytes, Bytes, Bytes] = self._once(
            key, lambda: colour.yuv_planes(self.cut(picture, width, height)), PLANES_KEPT
        )
        return found

    def _played(self, picture: Picture, width: int, height: int) -> tuple[Bytes, Bytes, Bytes]:
        """A part of one frame of a film: covered once when its reel was made, and again what was found or decided since."""
        asset = self.assets[picture.sha256]
        assert asset.reel, "only films have frames"
        assert picture.frame is not None, "a film's photo is no frame of it"
        frame = self._player.frame(asset.reel, picture.frame)
        if asset.treatment.areas:
            frame = colour.of_rgb(redact.soften(colour.to_rgb(frame), asset.treatment.areas))
        y, u, v = (
            framing.cut(plane, picture.crop, (width // step, height // step))
            for plane, step in zip(colour.planes(frame), layers.STEPS, strict=True)
        )
        return y, u, v

    def _whole(self, picture: Picture, width: int, height: int) -> Bytes:
        """The whole photo, covered and levelled, decoded so that the picture's part has (width, height) pixels if the photo has."""
        asset = self.assets[picture.sha256]
        wanted = prints.needed(asset, picture.crop, (width, height))
        key = (picture.sha256, decode.reduction(asset.size, wanted))
        found: Bytes = self._once(key, lambda: self._develop(asset, wanted), PHOTOS_KEPT, lambda photo: photo.nbytes)
        return found

    def _once(
        self, key: tuple[object, ...], make: Callable[[], Any], most: int, size: Callable[[Any], int] = lambda _thing: 1
    ) -> Any:
        """What is kept under a key, made if need be; of its kind (keys as long) the latest are kept, ``most`` in all by ``size``."""
        with self._lock:
            if key not in self._kept:
                self._kept[key] = make()
            self._kept.move_to_end(key)
            left = most - size(self._kept[key])
            for old in [k for k in reversed(self._kept) if len(k) == len(key)][1:]:
                left -= size(self._kept[old])
                if left < 0:
                    del self._kept[old]
            return self._kept[key]

    def _develop(self, asset: Asset, wanted: tuple[int, int]) -> Bytes:
        """Decoded, then covered before anything else is done with it, then levelled."""
        shown = redact.soften(
            decode.picture(unchanged(asset.file, asset.sha256, name=asset.name), at_least=wanted), asset.treatment.areas
        )
        return tone.graded(shown, asset.treatment.gains)


def _working(size: tuple[int, int]) -> tuple[int, int]:
    """A photo's size with the longer side at most ``WORKING`` px."""
    scale = min(1.0, WORKING / max(size))
    return math.ceil(size[0] * scale), math.ceil(size[1] * scale)


def _at_most(rgb: Bytes, size: tuple[int, int]) -> Bytes:
    """The picture no larger than it is needed."""
    scale = max(size[0] / rgb.shape[1], size[1] / rgb.shape[0])
    if scale >= 1:
        return rgb
    return framing.cut(rgb, WHOLE, (round(rgb.shape[1] * scale), round(rgb.shape[0] * scale)))


@cache
def engine() -> str:
    """A hash of everything besides a segment's own words that decides its bytes: our drawing code, fonts and tools."""
    digest = hashlib.sha256(f"{FORMAT} {ffmpeg.version()} ".encode())
    digest.update(" ".join(f"{tool} {metadata.version(tool)}" for tool in TOOLS).encode())
    for name in DRAWING:
        digest.update(resources.files("vidkit").joinpath(name).read_bytes())
    return digest.hexdigest()


def key(segment: Segment, chosen: Settings) -> str:
    """The segment's content address: no paths, no dates, no place in the clip."""
    said = json.dumps([timeline.order(segment), asdict(chosen), engine()], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def painter(segment: Segment, album: Photos) -> Callable[[int], Bytes]:
    """What paints the segment's frame at a step; what its frames share is made once."""
    scene = paint.ready(segment.scene, segment.canvas, album)
    onto = paint.ready(segment.onto, segment.canvas, album) if segment.onto else None
    marks = tuple(layers.draw(mark) for mark in segment.marks)

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
) -> tuple[Clip, ...]:
    """Make (or find) every segment of every clip, each once, here or ``elsewhere``, and join each clip with its sound and its AI label, if
    ``labels`` has one for it; ``advance`` is told how many frames became ready.
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
    render_all = elsewhere or _rendered
    made = render_all(missing, album, chosen, cache, pool, lambda name: advance(missing[name].frames * shares[name]))
    return tuple(
        _joined(segments, names, held | made, tuple(made), sound.result() if sound else None, label, cache)
        for segments, names, sound, label in zip(timelines, keys, sounds, labels or ("",) * len(keys), strict=True)
    )


def _rendered(
    missing: Mapping[str, Segment],
    album: Album,
    chosen: Settings,
    cache: Cache,
    pool: Executor,
    ready: Callable[[str], None],
) -> dict[str, Path]:
    """The missing segments' files, made here."""
    with begun(missing, album, chosen, cache, pool) as tasks:
        return collected(tasks, ready)


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
    for task in as_completed(tasks):
        parts[tasks[task]] = task.result()
        ready(tasks[task])
    return parts


def render(
    segment: Segment, name: str, album: Photos, chosen: Settings, cache: Cache, stop: threading.Event | None = None
) -> Path:
    """Paint and encode one segment into the cache under its key; once ``stop`` is set no further frame is painted."""
    with cache.scratch() as folder:
        file = folder / "segment.mp4"
        encode.segment(_until(stop, frames(segment, album)), segment.frames, segment.canvas, segment.fps, chosen, file)
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

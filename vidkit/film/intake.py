"""A film's file and an excerpt → its reel in the cache: looked through for faces and codes, covered, made upright and even, encoded.

The file is read twice: small, to find what must be covered, then at its size. What is found is joined through time before a single covered
frame is written, so that no frame shows a face that the next one hides. Sound and metadata never come along; uncovered pixels are never kept.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from vidkit import colour, encode, ffmpeg
from vidkit.encode import Settings
from vidkit.film import probe, reading, tracks
from vidkit.film.reel import FPS, Reel
from vidkit.film.tracks import Sight
from vidkit.labels import imprint
from vidkit.photos import codes, faces, montage, redact
from vidkit.photos.areas import Area, bounds
from vidkit.photos.matrix import WHOLE
from vidkit.problems import Refusal, problem
from vidkit.tables import engine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from vidkit.cache import Cache
    from vidkit.colour import Bytes
    from vidkit.film.probe import Stored
    from vidkit.film.tracks import Track
    from vidkit.photos.matrix import Part
    from vidkit.problems import Place

STUDY = (
    *(f"film/{name}.py" for name in ("intake", "probe", "reading", "reel", "tracks")),
    *("colour.py", "encode.py", "labels/imprint.py", "models/face_detection_yunet_2023mar.onnx"),
    *(f"photos/{name}.py" for name in ("align", "areas", "boxes", "change", "codes", "decode")),
    *(f"photos/{name}.py" for name in ("faces", "file", "frame")),
    *(f"photos/{name}.py" for name in ("heif", "lanes", "matrix", "metadata", "montage", "redact", "warp")),
    *(f"data/{name}.yaml" for name in ("align", "editors", "footage", "limits", "privacy", "quality")),
)
"""What decides a reel: when one of these changes, films are read again."""
TOOLS = ("av", "numpy", "opencv-python-headless")
SHARP_SIDE = 320
"""px: frames are compared for sharpness at this size."""


@dataclass(frozen=True)
class Film:
    """A film as a brief names it: its file, how people call it, where the brief says so, and the excerpt in seconds (None: as usual)."""

    file: Path
    name: str
    place: Place
    start: float = 0.0
    seconds: float | None = None


@dataclass(frozen=True)
class _Look:
    """What a film holds: how many frames, what is to be covered, which frame is the sharpest, what lies between black bars."""

    frames: int
    found: tuple[Track, ...]
    sharpest: int
    inside: Part


def taken(film: Film, where: Cache) -> Reel:
    """The film's reel, from the cache or made now. Refuses (VK-F…) one that cannot be read, is too large, damaged, without pictures, or has
    nothing at that place.
    """
    sha256 = probe.content(film.file, film.name, film.place)
    said = json.dumps([sha256, round(film.start, 3), film.seconds and round(film.seconds, 3), version()])
    key = hashlib.sha256(said.encode()).hexdigest()
    held, reel, still = where.recall(key), where.find(key, ".mp4"), where.find(key, ".png")
    if held and reel and still:
        return _reel(key, reel, still, held)
    return _made(film, key, where)


@cache
def version() -> str:
    """A hash of everything that decides what is made of a film."""
    return engine(STUDY, ffmpeg.version(), tools=TOOLS)


def _made(film: Film, key: str, where: Cache) -> Reel:
    with where.scratch() as folder:
        probe.put(film.file, folder)
        stored = probe.stored(folder, film.name, film.place)
        seconds = _excerpt(film, stored)
        look = _looked(film, stored, seconds, folder)
        size = _reel_size(stored)
        file, still = folder / "reel.mp4", folder / "still.png"
        settings = Settings(**probe.rules()["reel"]["encoder"])
        frames = _covered(film, stored, look, size, folder, still)
        encode.segment(frames, look.frames, size, FPS, settings, file)
        with (folder / probe.NAME).open("rb") as stream:
            label = imprint.brought(stream)
        kinds = [track[0].kind for track in look.found]
        made = {"frames": look.frames, "width": size[0], "height": size[1], "label": label}
        made |= {"faces": kinds.count("face"), "codes": kinds.count("code"), "inside": look.inside}
        reel = _reel(key, where.keep(key, file), where.keep(key, still), made)
        where.remember(key, made)
    return reel


def _reel(key: str, file: Path, still: Path, made: Mapping[str, Any]) -> Reel:
    """A reel as the cache remembers it."""
    size = made["width"], made["height"]
    return Reel(
        key, file, still, made["frames"], size, made["label"], made["faces"], made["codes"], tuple(made["inside"])
    )


def _excerpt(film: Film, stored: Stored) -> float:
    """How many seconds are taken; refuses (VK-F014) a film that is too short, and (VK-F006) an excerpt that begins
    where it is over, or all but over.
    """
    limits = probe.rules()["limits"]
    left, least = stored.seconds - film.start, limits["least_seconds"]
    if stored.seconds < least:
        length = f"{stored.seconds:.1f}"
        raise Refusal(problem("VK-F014", film.place, name=film.name, length=length, least=f"{least:g}"))
    if left < least:
        raise Refusal(
            problem("VK-F006", film.place, name=film.name, length=f"{stored.seconds:.1f}", start=f"{film.start:g}")
        )
    return float(min(left, film.seconds or limits["usual_seconds"], limits["most_seconds"]))


def _reel_size(stored: Stored) -> tuple[int, int]:
    """The film's size, no larger than needed, width and height multiples of four."""
    own = probe.rules()["reel"]
    sides = (stored.width, stored.height)
    scale = min(1.0, max(most / side for most, side in zip(own["covers"], sides, strict=True)))
    scale = min(scale, own["longest"] / max(sides))
    width, height = (max(4, round(side * scale / 4) * 4) for side in sides)
    return width, height


# Looking


def _looked(film: Film, stored: Stored, seconds: float, folder: Path) -> _Look:
    """The whole excerpt looked through, small, and its sharpest frame as closely as a photo; refuses (VK-F003) one that ends early."""
    rules = probe.rules()
    look, limits = rules["look"], rules["limits"]
    scale = min(1.0, look["side"] / max(stored.width, stored.height))
    size = max(2, round(stored.width * scale)), max(2, round(stored.height * scale))
    sights: list[Sight] = []
    parts: list[Part] = []
    sharpest, best, count = (-1.0, 0), np.empty(0, np.uint8), 0
    for rgb in reading.frames(folder, stored, film.start, seconds, size, film.name, film.place):
        if count % look["faces_every"] == 0:
            sights += _faces(rgb, count, {"passes": look["passes"], "show_from": look["show_from"]})
            if (sharp := _sharpness(rgb)) > sharpest[0]:
                sharpest, best = (sharp, count), rgb
        if count % look["codes_every"] == 0:
            sights += _codes(rgb, count)
        if count % FPS == 0 and WHOLE not in parts and not montage.dim(rgb):
            parts.append(montage.between(rgb))
        count += 1
    missing = seconds * FPS - count
    if not count or missing > max(limits["short_frames"], limits["short_share"] * seconds * FPS):
        raise Refusal(problem("VK-F003", film.place, name=film.name))
    sights += (*_faces(best, sharpest[1], {}), *_codes(best, sharpest[1]))
    return _Look(count, tracks.tracks(sights, rules["tracks"]), sharpest[1], montage.steady(parts))


def _faces(rgb: Bytes, frame: int, otherwise: dict[str, Any]) -> Iterator[Sight]:
    for face in faces.find(rgb, otherwise):
        yield Sight(frame, "face", face.box, face.score)


def _codes(rgb: Bytes, frame: int) -> Iterator[Sight]:
    for quad in codes.find(rgb):
        yield Sight(frame, "code", bounds(Area("polygon", quad)))


def _sharpness(rgb: Bytes) -> float:
    """How much fine detail a frame has: two frames of one film can be compared."""
    scale = SHARP_SIDE / max(rgb.shape[:2])
    small = cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    return round(float(cv2.Laplacian(grey, cv2.CV_32F).var()), 3)


# Covering


def _covered(
    film: Film, stored: Stored, look: _Look, size: tuple[int, int], folder: Path, still: Path
) -> Iterator[Bytes]:
    """The excerpt's frames covered, as planar YUV; the sharpest one is left as a picture too."""
    rules = probe.rules()["tracks"]
    seconds = (look.frames + 1) / FPS
    read = reading.frames(folder, stored, film.start, seconds, size, film.name, film.place)
    for number, rgb in enumerate(read):
        if number == look.frames:
            break
        shown = redact.soften(rgb, tracks.covered(look.found, number, rules))
        if number == look.sharpest:
            made, packed = cv2.imencode(".png", np.ascontiguousarray(shown[..., ::-1]))
            assert made
            still.write_bytes(packed.tobytes())
        yield colour.of_rgb(shown)

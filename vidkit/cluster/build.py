"""What decides a segment's bytes besides its order, said so that two computers can compare: versions, drawing code, a trial segment.

The drawing code's hash covers versions and sources; that the same libraries give the same pixels on another processor is not known until it
was tried, so each makes one tiny segment of a drawn picture and compares its hash.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from vidkit import __version__, clip, encode, ffmpeg
from vidkit.motion import Key
from vidkit.painting.album import Album
from vidkit.photos.areas import Area
from vidkit.photos.prints import Asset, Treatment
from vidkit.storyboard import Backdrop, Box, Compare, Graphic, Photo, Picture, Scene
from vidkit.timeline import Segment

if TYPE_CHECKING:
    from pathlib import Path

    from vidkit.cache import Cache
    from vidkit.colour import Bytes

CANVAS = (144, 256)
FRAMES = 8
SHORT = 8
"""Letters of a hash that people are shown."""
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="32"><rect width="96" height="32" rx="9" fill="#1d6b54" fill-opacity="0.8"/>'
    '<text x="48" y="23" text-anchor="middle" font-family="Noto Sans SC" font-size="20" fill="#fff">焕然</text></svg>'
)


@dataclass(frozen=True)
class Build:
    """What draws somewhere: versions by name, the hash of the drawing code with them, and the hash of the trial segment."""

    versions: tuple[tuple[str, str], ...]
    engine: str
    trial: str


def own(where: Cache) -> Build:
    """What draws here; the trial is made once a process."""
    tools = ((tool, metadata.version(tool)) for tool in ("av", *clip.TOOLS))
    return Build(
        (("vidkit", __version__), ("ffmpeg", ffmpeg.version()), *tools), clip.engine(), _trial(where, clip.engine())
    )


def apart(one: Build, other: Build) -> tuple[str, str] | None:
    """What two builds have that the other has not, in words; None when they give the same bytes."""
    if one == other:
        return None
    others = dict(other.versions)
    named = [(f"{tool} {version}", f"{tool} {others.get(tool)}") for tool, version in one.versions]
    named = [two for two in named if two[0] != two[1]]
    if not named:
        kind = "drawing code" if one.engine != other.engine else "trial segment"
        hashes = (one.engine, other.engine) if one.engine != other.engine else (one.trial, other.trial)
        named = [(f"{kind} {hashes[0][:SHORT]}", f"{kind} {hashes[1][:SHORT]}")]
    return ", ".join(mine for mine, _ in named), ", ".join(theirs for _, theirs in named)


@cache
def _trial(where: Cache, engine: str) -> str:
    """The SHA-256 of the trial segment."""
    del engine
    with where.scratch() as folder:
        file, chosen = folder / "trial.mp4", encode.settings("draft")
        segment = trial()
        album = Album(_assets(folder))
        encode.segment(clip.frames(segment, album), segment.frames, segment.canvas, segment.fps, chosen, file)
        return hashlib.sha256(file.read_bytes()).hexdigest()


def _assets(folder: Path) -> dict[str, Asset]:
    """A drawn photo, as it is and covered, levelled and warped."""
    file = folder / "trial.png"
    Image.fromarray(_drawn(400, 300)).save(file)
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    cover = Area("ellipse", ((0.3, 0.3), (0.55, 0.62)))
    matrix = (1.01, 0.02, -0.01, -0.015, 0.99, 0.012, 0.01, -0.008, 1.0)
    treated = Asset(file, "trial", (400, 300), sha256, Treatment((cover,), (1.12, 1.0, 0.91), matrix))
    return {"plain": replace(treated, treatment=Treatment()), "treated": treated}


def _drawn(width: int, height: int) -> Bytes:
    """Soft shapes and grain, of whole numbers only, so that the photo itself is the same everywhere."""
    y, x = np.mgrid[0:height, 0:width].astype(np.int64)
    waves = [(x * x * 3 + y * 211 * step) // 97 + (y * y) // (7 + step) for step in (1, 2, 3)]
    grain = (x * 7919 + y * 104729) % 31
    return np.stack([(wave // 3 % 180 + 40 + grain) % 256 for wave in waves], axis=2).astype(np.uint8)


def trial() -> Segment:
    """A segment with a pair, a zoom, a blurred ground with a card, a drawing and a crossing."""
    plain, treated = Picture("plain", (0.2, 0.0, 0.6, 0.95)), Picture("treated", (0.1, 0.1, 0.55, 0.9))
    zoom = (Key(0, 1.0), Key(FRAMES, 1.2, "ease-in-out"))
    card = Box(16, 40, 112, 160)
    over = Graphic(SVG, Box(24, 208, 96, 32), 0, FRAMES, opacity=(Key(0, 0.2), Key(FRAMES, 1.0)))
    pair = Compare(plain, treated, card, "hand-wipe", (Key(0, 0.1), Key(FRAMES, 0.9)), 12, zoom)
    scene = Scene("", FRAMES, Backdrop("#314a40", plain, card, 12), (pair,), (over,))
    onto = Scene("", FRAMES, None, (Photo(treated, Box(0, 0, *CANVAS), zoom=zoom),))
    return Segment(CANVAS, 30, scene, 0, FRAMES, onto, "fade")

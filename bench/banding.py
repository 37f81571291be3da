"""Bands on soft gradients: CAMBI (libvmaf's measure of banding) of grounds and dark photos, painted and encoded, with and without dither.

``python bench/banding.py PHOTO DARK_PHOTO [--look FOLDER]``. CAMBI is 0 without bands; its authors call 5 the point where bands begin to
annoy. ``--look`` leaves enlarged PNGs with contrast raised twelve times.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import choices
import cv2
import numpy as np
import quality
import record
from quality import CANVAS, Sample

from vidkit import clip, encode, ffmpeg
from vidkit.motion import Key
from vidkit.painting import ground
from vidkit.painting.album import Album
from vidkit.photos import decode
from vidkit.photos.prints import Asset, Print, crop
from vidkit.storyboard import Backdrop, Box, Photo, Picture, Scene
from vidkit.timeline import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.colour import Bytes
    from vidkit.encode import Settings

FRAMES = 45
CARD = Box(96, 496, 888, 928)
LOOKED_AT = (slice(1440, 1800), slice(60, 420))
RAISED = 12


def asset(file: Path) -> tuple[Asset, Picture]:
    """A photo as the painter gets it, and the part of it that fills the canvas."""
    source = decode.read(file, name=file.name)
    size = decode.header(source)
    return Asset(file, file.name, size, source.sha256), Picture(
        source.sha256, crop(Print(source.sha256, *size), CANVAS[0] / CANVAS[1])
    )


def scenes(photo: Picture, dark: Picture) -> Iterator[Scene]:
    """What has soft gradients: both photos far out of focus behind a card, and the dark one filling the picture, slowly moving."""
    white = "#FFFFFF"
    for name, picture in (("ground", photo), ("dark ground", dark)):
        yield Scene(name, FRAMES, Backdrop("#0A7A72", picture, CARD, 36, white))
    yield Scene("dark photo", FRAMES, None, (Photo(dark, Box(0, 0, *CANVAS), 0, (Key(0, 1.0), Key(FRAMES - 1, 1.03))),))


@contextmanager
def undithered() -> Iterator[None]:
    """The ground painted without its noise."""
    before = ground.dither
    ground.dither = lambda width, height: np.zeros((height, width, 3), np.float32)  # type: ignore[assignment]
    ground.backdrop.cache_clear()
    try:
        yield
    finally:
        ground.dither = before
        ground.backdrop.cache_clear()


def measured(scene: Scene, album: Album, chosen: Settings, folder: Path, look: Path | None, tag: str) -> dict[str, Any]:
    """A scene's CAMBI painted and encoded, with its bytes."""
    segment = Segment(CANVAS, 30, scene, 0, FRAMES)
    one = Sample(scene.name, segment, 0, FRAMES, folder / "painted.yuv", folder / "painted.yuv")
    quality.kept(one.painted, clip.frames(segment, album))
    made = folder / "made.mp4"
    quality.encoded(one, chosen, made)
    found = {"painted": None, "encoded": made}
    bands = {
        what: round(float(np.mean([f["cambi"] for f in quality.scores(one, file, feature="cambi", every=11)])), 2)
        for what, file in found.items()
    }
    if look:
        for what, frame in (("painted", _frame(one.painted)), ("encoded", _decoded(made, folder))):
            cv2.imwrite(str(look / f"{scene.name}-{tag}-{what}.png".replace(" ", "-")), raised(frame))
    return {"scene": scene.name, **bands, "mbps": round(made.stat().st_size * 8 / 1e6 / (FRAMES / 30), 2)}


def _frame(file: Path) -> Bytes:
    """The luma of frame 20 of a raw file."""
    rows = CANVAS[1] * 3 // 2
    whole = np.memmap(file, np.uint8, "r").reshape(-1, rows, CANVAS[0])
    return np.asarray(whole[20, : CANVAS[1]])


def _decoded(made: Path, folder: Path) -> Bytes:
    """The luma of frame 20 of an encoded file."""
    file = folder / "decoded.yuv"
    ffmpeg.run(["-i", str(made), "-frames:v", "21", "-f", "rawvideo", "-pix_fmt", "yuv420p", str(file)])
    return _frame(file)


def raised(luma: Bytes) -> Bytes:
    """A part of a frame with its contrast raised about its own mean, twice as large."""
    part = luma[LOOKED_AT].astype(np.float32)
    strong = np.clip((part - part.mean()) * RAISED + 128, 0, 255).astype(np.uint8)
    return np.asarray(cv2.resize(strong, None, fx=2, fy=2, interpolation=cv2.INTER_NEAREST), np.uint8)


WAYS = (("", True), ("", False), ("aq-strength=0.5", True), ("aq-mode=0", True), ("aq-mode=3", True))
"""X264's own words, and whether the ground is dithered."""


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("photo", type=Path)
    parser.add_argument("dark", type=Path)
    parser.add_argument("--look", type=Path, help="a folder for enlarged pictures")
    asked = parser.parse_args()
    (light, first), (dim, second) = asset(asked.photo), asset(asked.dark)
    album = Album({light.sha256: light, dim.sha256: dim})
    rows = []
    with tempfile.TemporaryDirectory(prefix="vidkit-bench-") as name:
        for words, dithered in WAYS:
            with choices.told(words), nullcontext() if dithered else undithered():
                for scene in scenes(first, second):
                    if dithered or scene.backdrop:
                        tag = f"{words or 'shipped'}-{'dithered' if dithered else 'plain'}"
                        said = measured(scene, album, encode.settings("final"), Path(name), asked.look, tag)
                        rows.append({"words": words, "dithered": dithered} | said)
                        print(json.dumps(rows[-1]), flush=True)
    record.keep("banding", {"rows": rows})


if __name__ == "__main__":
    main()

"""Picture quality for bytes: a slow zoom over real photos, encoded as vidkit encodes it, against a supersampled lossless reference.

``python bench/quality.py PHOTO… [--table]`` prints VMAF (ffmpeg's libvmaf), Mb/s and CPU seconds per setting as JSON lines. The
reference is drawn from the full-size photo at twice the canvas with a Lanczos kernel and averaged down, without an encoder.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vidkit import clip, colour, encode, ffmpeg, pacing, paint
from vidkit.motion import Key, at
from vidkit.photos import decode
from vidkit.photos.prints import Asset, Print, crop
from vidkit.storyboard import Box, Photo, Picture, Scene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.colour import Bytes

CANVAS = (1080, 1920)
FRAMES = 60
ABOUT = (0.4, 0.6)


def scene(file: Path) -> tuple[Scene, Asset, Picture]:
    """A push-in over one photo, at the board's own rate."""
    source = decode.read(file, name=file.name)
    size = decode.header(source)
    picture = Picture(source.sha256, crop(Print(source.sha256, *size), CANVAS[0] / CANVAS[1]))
    zoom = Key(0, 1.0), Key(FRAMES - 1, 1 + pacing.timing("push_in"))
    shown = Scene("zoom", FRAMES, None, (Photo(picture, Box(0, 0, *CANVAS), 0, zoom, ABOUT),))
    return shown, Asset(file, file.name, size, source.sha256), picture


def reference(file: Path, shown: Scene, picture: Picture) -> Iterator[Bytes]:
    """The same move drawn at twice the size from the whole photo."""
    rgb = decode.picture(decode.read(file, name=file.name))
    height, width = rgb.shape[:2]
    left, top, right, bottom = picture.crop
    part = rgb[round(top * height) : round(bottom * height), round(left * width) : round(right * width)]
    big = CANVAS[0] * 2, CANVAS[1] * 2
    for frame in range(FRAMES):
        zoom = at(shown.pictures[0].zoom, frame)
        scale = part.shape[1] / big[0] / zoom, part.shape[0] / big[1] / zoom
        middle = ABOUT[0] * part.shape[1], ABOUT[1] * part.shape[0]
        shift = [m - a * side * s + s / 2 - 0.5 for m, a, side, s in zip(middle, ABOUT, big, scale, strict=True)]
        matrix = np.array([[scale[0], 0, shift[0]], [0, scale[1], shift[1]]])
        flags = cv2.INTER_LANCZOS4 | cv2.WARP_INVERSE_MAP
        drawn = cv2.warpAffine(part, matrix, big, flags=flags, borderMode=cv2.BORDER_REPLICATE)
        yield colour.of_rgb(np.asarray(cv2.resize(drawn, CANVAS, interpolation=cv2.INTER_AREA), np.uint8))


def vmaf(made: Path, raw: Path) -> float:
    """Libvmaf's score of an encoded file against raw frames."""
    size = f"{CANVAS[0]}x{CANVAS[1]}"
    read = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", size, "-r", "30", "-i", str(raw)]
    out = ffmpeg.report(["-i", str(made), *read, "-lavfi", "libvmaf=n_threads=2:n_subsample=3", "-f", "null", "-"])
    found = re.search(r"VMAF score: ([0-9.]+)", out)
    assert found, out[-400:]
    return float(found[1])


def cpu() -> float:
    """CPU seconds of this process and its ended children."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in usages)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("photos", nargs="+", type=Path)
    parser.add_argument(
        "--table", action="store_true", help="several presets, rates and B-frames, not only the chosen ones"
    )
    asked = parser.parse_args()
    final = encode.settings("final")
    table = [
        replace(final, preset=p, crf=c, b_frames=b)
        for p in ("superfast", "veryfast", "faster")
        for c in (16, 18, 20)
        for b in (0, 2)
    ]
    for file in asked.photos:
        shown, asset, picture = scene(file)
        painted = paint.ready(shown, CANVAS, clip.Album({picture.sha256: asset}))
        frames = [paint.frame(painted, i) for i in range(FRAMES)]
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            raw = folder / "reference.yuv"
            with raw.open("wb") as stream:
                for frame in reference(file, shown, picture):
                    stream.write(frame.tobytes())
            for chosen in table if asked.table else [final]:
                made = folder / "made.mp4"
                before = cpu()
                encode.segment(iter(frames), FRAMES, CANVAS, 30, chosen, made)
                spent = cpu() - before
                mbps = made.stat().st_size * 8 / 1e6 / (FRAMES / 30)
                said = {"photo": file.name, "preset": chosen.preset, "crf": chosen.crf, "b_frames": chosen.b_frames}
                print(
                    json.dumps(
                        said | {"vmaf": round(vmaf(made, raw), 2), "mbps": round(mbps, 2), "cpu_s": round(spent, 2)}
                    ),
                    flush=True,
                )


if __name__ == "__main__":
    try:
        main()
    except subprocess.SubprocessError as error:
        raise SystemExit(str(error)) from error

"""How the encoder's setting and the painter's kernels were chosen: each measured on the same shots of real photos.

``python bench/choices.py FOLDER [--kernels]`` takes moving shots only, two of each storyboard of ``quality.py``: stricter than whole clips,
whose cards and still parts score higher. Settings are compared by VMAF, Mb/s and the encoder's CPU; kernels by VMAF before encoding
and the painter's CPU. Every row of one run saw the same frames; CPU is only to be compared within one run.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import quality
import record
from PIL import Image

from vidkit import encode, paint
from vidkit.cache import Cache
from vidkit.painting import layers, zoom
from vidkit.painting.album import Album
from vidkit.photos import frame as framing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality import Sample

    from vidkit.colour import Bytes

SHOTS = {"kitchen": (0, 10), "steps": (1, 6), "story": (5, 10)}
EVERY = 5
ALWAYS = "mbtree=1:b-adapt=0"
"""Two B-frames always, not as many as x264 finds good."""
FAST: dict[str, Any] = {"preset": "superfast", "crf": 14}
SETTINGS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"crf": 16}, ""),
    ({"crf": 15}, ""),
    ({"crf": 14}, ""),
    ({"crf": 17, "preset": "superfast"}, ""),
    ({"crf": 16}, "aq-mode=3"),
    ({"crf": 16}, "mbtree=0"),
    ({"crf": 16, "preset": "faster"}, ""),
    ({"crf": 16, "preset": "superfast"}, "mbtree=1"),
    (FAST, "mbtree=1"),
    ({**FAST, "crf": 15}, "mbtree=1"),
    ({**FAST, "b_frames": 0}, "mbtree=1"),
    ({**FAST, "b_frames": 3}, "mbtree=1"),
    ({**FAST, "max_rate": 12000, "buffer": 6000}, "mbtree=1"),
    ({**FAST, "lookahead": 10}, "mbtree=1"),
    (FAST, "mbtree=1:aq-mode=0"),
    (FAST, ALWAYS),
    ({**FAST, "b_frames": 3}, ALWAYS),
    ({**FAST, "lookahead": 10}, ALWAYS),
    ({**FAST, "crf": 15, "lookahead": 7}, ALWAYS),
    ({**FAST, "crf": 15, "lookahead": 8}, ALWAYS),
    ({**FAST, "crf": 15, "lookahead": 10}, ALWAYS),
)
"""What differs from the base, as fields of a setting and as words of x264's own."""
BASE: dict[str, Any] = {
    "preset": "veryfast",
    "b_frames": 2,
    "max_rate": 10000,
    "buffer": 5000,
    "lookahead": 5,
    "tuning": "",
}
KERNELS = {"linear": cv2.INTER_LINEAR, "cubic": cv2.INTER_CUBIC, "lanczos": cv2.INTER_LANCZOS4, "area": cv2.INTER_AREA}
PREPARED = {"bicubic": Image.Resampling.BICUBIC, "lanczos": Image.Resampling.LANCZOS}
PAINTERS = (
    ("area", "cubic", "linear", 0.25),
    ("lanczos", "cubic", "linear", 0.25),
    ("area", "lanczos", "linear", 0.25),
    ("area", "linear", "linear", 0.25),
    ("area", "area", "area", 0.25),
)
"""How a photo is reduced to what is kept of it, how luma and chroma are resampled for a frame, and how much denser than its box it is kept."""


@contextmanager
def told(words: str) -> Iterator[None]:
    """X264 told more than a setting says."""
    plain = encode.options

    def more(chosen: encode.Settings) -> dict[str, str]:
        listed = plain(chosen)
        return listed | {"x264-params": listed["x264-params"] + (f":{words}" if words else "")}

    encode.options = more
    try:
        yield
    finally:
        encode.options = plain


def settings(found: dict[str, list[Sample]], work: Path) -> Iterator[dict[str, Any]]:
    """Every setting on all shots: the mean over the boards, and VMAF of each."""
    for change, words in SETTINGS:
        chosen = replace(encode.settings("final"), **{**BASE, **change})
        with told(words):
            rows = {board: quality.row(shots, chosen, work, every=EVERY) for board, shots in found.items()}
        kept = {"preset": chosen.preset, "crf": chosen.crf, "b_frames": chosen.b_frames}
        more = [f"{name} {change[name]}" for name in ("lookahead",) if name in change] + [
            words.replace(":", ", ")
        ] * bool(words)
        if "max_rate" in change:
            more.append(f"at most {chosen.max_rate / 1000:.0f} Mb/s")
        mean = {
            name: round(float(np.mean([r[name] for r in rows.values()])), 2)
            for name in ("vmaf", "p5", "mbps", "cpu_ms")
        }
        yield {**kept, "more": ", ".join(more), **mean, "boards": {board: r["vmaf"] for board, r in rows.items()}}


@contextmanager
def painting(prepared: str, luma: str, chroma: str, density: float) -> Iterator[None]:
    """The painter with other kernels."""
    before = zoom._resized, framing.cut, layers.DENSITY  # noqa: SLF001  # what is compared has no seam of its own

    def resized(plane: Bytes, scale: tuple[float, float], width: int, height: int, kernel: int) -> Bytes:
        return before[0](plane, scale, width, height, KERNELS[luma if kernel == cv2.INTER_CUBIC else chroma])

    def cut(rgb: Bytes, part: tuple[float, float, float, float], size: tuple[int, int]) -> Bytes:
        if prepared == "area":
            return before[1](rgb, part, size)
        height, width = rgb.shape[:2]
        box = (round(part[0] * width), round(part[1] * height), round(part[2] * width), round(part[3] * height))
        return np.asarray(Image.fromarray(rgb).resize(size, PREPARED[prepared], box), np.uint8)

    zoom._resized, framing.cut, layers.DENSITY = resized, cut, density  # noqa: SLF001
    try:
        yield
    finally:
        zoom._resized, framing.cut, layers.DENSITY = before  # noqa: SLF001


def kernels(found: dict[str, list[Sample]], albums: dict[str, Album], work: Path) -> Iterator[dict[str, Any]]:
    """Every way to paint, before encoding."""
    for prepared, luma, chroma, density in PAINTERS:
        points, spent, frames = [], 0.0, 0
        with painting(prepared, luma, chroma, density):
            for board, shots in found.items():
                album = Album(albums[board].assets)
                for one in shots:
                    scene = paint.ready(one.segment.scene, one.segment.canvas, album)
                    before = time.process_time()
                    made = [paint.frame(scene, one.segment.first + step) for step in range(one.first, one.last)]
                    spent, frames = spent + time.process_time() - before, frames + len(made)
                    again = replace(one, first=0, last=len(made), painted=work / "again.yuv")
                    quality.kept(again.painted, iter(made))
                    points += [point["vmaf"] for point in quality.scores(again, None, every=EVERY)]
        said = {"prepared": prepared, "luma": luma, "chroma": chroma, "density": 1 + density}
        yield said | quality.score(points) | {"paint_ms": round(1000 * spent / frames, 1)}


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("photos", type=Path, help="a folder of photos")
    parser.add_argument("--kernels", action="store_true", help="the painter's kernels, not the encoder's settings")
    parser.add_argument(
        "--work", type=Path, help="a folder with room for 5 GB of raw frames; a temporary one if left out"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vidkit-bench-", dir=asked.work) as name:
        work, found, albums = Path(name), {}, {}
        for file in quality.briefs(asked.photos, work):
            board, albums[file.stem] = quality.planned(file, Cache(work / "cache"))
            found[file.stem] = list(quality.samples(file.stem, board, albums[file.stem], work, SHOTS[file.stem]))
        rows = []
        for row in kernels(found, albums, work) if asked.kernels else settings(found, work):
            print(json.dumps(row), flush=True)
            rows.append(row)
    if asked.kernels:
        record.keep("kernels", {"rows": rows})
    else:
        record.keep("settings", {"base": asdict(replace(encode.settings("final"), **BASE)), "rows": rows})


if __name__ == "__main__":
    main()

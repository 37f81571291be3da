"""Picture quality for bytes: three storyboards of real photos, encoded as vidkit encodes them, against supersampled lossless frames.

``python bench/quality.py FOLDER``; FOLDER holds photos, ``NAME_before`` and ``NAME_after`` are pairs.
The reference is the same storyboard painted at twice the size and averaged down, 2x2 to one, without an encoder. VMAF is libvmaf's
own default model (vmaf_v0.6.1). Every segment takes part with a second of it: from its start, its middle or its end, in turn; it is
encoded from its own first frame on, as in a clip, so that rate control stands where it would.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import cv2
import numpy as np
import record
import yaml

from vidkit import clip, colour, encode, ffmpeg, paint, plan, storyboard, timeline, transitions
from vidkit.cache import Cache
from vidkit.painting import layers, reveals
from vidkit.painting.album import Album
from vidkit.photos import decode
from vidkit.storyboard import Compare, Photo, Storyboard

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vidkit.colour import Bytes
    from vidkit.encode import Settings
    from vidkit.timeline import Segment

ROOT = Path(__file__).resolve().parents[1]
CANVAS = (1080, 1920)
LEAST_SIDE = 1080
"""Photos with a shorter side below that are left out: enlarged photos are easy to encode."""
WINDOW = 30
EVERY = 5
"""Every so manyth frame of a sample is scored."""
HALF = cast("int", Fraction(1, 2))
WHOLE_PIXELS = {"slide", "push", "wipe"}
"""Transitions that only move pixels."""
MODEL = "vmaf_v0.6.1"


@dataclass(frozen=True, eq=False)
class Sample:
    """A segment with the frames that are looked at; the painted frames from its start on, and the reference of those looked at, as raw files."""

    board: str
    segment: Segment
    first: int
    last: int
    painted: Path
    reference: Path


# Storyboards


def photos(folder: Path) -> tuple[list[tuple[Path, Path]], list[Path]]:
    """The pairs of a folder, and its photos without the befores, all large enough."""
    kinds = {".jpg", ".jpeg", ".png", ".heic", ".webp"}
    files = [file for file in sorted(folder.iterdir()) if file.suffix.lower() in kinds]
    large = [file for file in files if min(decode.header(decode.read(file, name=file.name))) >= LEAST_SIDE]
    named = {file.stem: file for file in large}
    befores = {stem: file for stem, file in named.items() if stem.endswith("_before")}
    pairs = [(file, after) for stem, file in befores.items() if (after := named.get(stem[:-6] + "after"))]
    paired = {before for before, _ in pairs}
    return pairs, [file for file in large if file not in paired]


def briefs(folder: Path, work: Path) -> Iterator[Path]:
    """Three of the examples' briefs with the folder's photos in place of their own."""
    pairs, singles = photos(folder)
    paired = {file for pair in pairs for file in pair}
    others = [file for file in singles if file not in paired]
    pairs = [*pairs, *pairwise(others)]
    shown = work / "photos"
    shown.mkdir()
    for file in {*singles, *(file for pair in pairs for file in pair)}:
        shutil.copyfile(file, shown / file.name)
    for name in ("kitchen", "steps", "story"):
        said = yaml.safe_load((ROOT / "examples" / f"{name}.yaml").read_text(encoding="utf-8"))
        said.get("人物", {}).pop("照片", None)
        said.pop("出镜", None)
        for i, pair in enumerate(said.get("对比", ())):
            pair |= {"前": f"photos/{pairs[i % len(pairs)][0].name}", "后": f"photos/{pairs[i % len(pairs)][1].name}"}
        sections = said.get("步骤") or said.get("章节") or ()
        for i, section in enumerate(sections):
            section["照片"] = f"photos/{singles[(i if name == 'steps' else -1 - i) % len(singles)].name}"
            section.pop("前", None)
            section.pop("后", None)
        file = work / f"{name}.yaml"
        file.write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=10000), encoding="utf-8")
        yield file


def planned(file: Path, cache: Cache) -> tuple[Storyboard, Album]:
    """A brief's storyboard for douyin (all platforms share one canvas, rate and master) and its photos."""
    script = plan.read(file, cache)
    one = plan.plan(script, plan.platforms(script, "douyin")[0])
    assert one.board.canvas == CANVAS, one.board.canvas
    return replace(_anchored(one.board), marks=()), Album(script.assets)  # a posted clip has no bands of a sample


def _anchored(board: Storyboard) -> Storyboard:
    """The board with every zoom's anchor said where the painter puts it, so that it is the same point on any canvas."""

    def moved(item: Photo | Compare) -> Photo | Compare:
        sides = (
            item.box.width,
            item.box.height // 2 if isinstance(item, Compare) and item.kind == "stacked" else item.box.height,
        )
        about = tuple(
            layers.GRID * round(part * side / layers.GRID) / side for part, side in zip(item.about, sides, strict=True)
        )
        return replace(item, about=cast("tuple[float, float]", about))

    scenes = tuple(replace(scene, pictures=tuple(map(moved, scene.pictures))) for scene in board.scenes)
    return replace(board, scenes=scenes)


def samples(
    name: str, board: Storyboard, album: Album, folder: Path, only: Sequence[int] | None = None
) -> Iterator[Sample]:
    """Every segment of a board (or those of some numbers) with its frames painted and their reference."""
    large = storyboard.shrunk(board, HALF)
    for number, (segment, twice) in enumerate(zip(timeline.cut(board), timeline.cut(large), strict=True)):
        if only is not None and number not in only:
            continue
        spare = max(0, segment.frames - WINDOW)
        first = (0, spare // 2, spare)[number % 3]
        last = min(segment.frames, first + WINDOW)
        one = Sample(name, segment, first, last, folder / f"{name}-{number}.yuv", folder / f"{name}-{number}-ref.yuv")
        kept(one.painted, (frame for frame, _ in zip(clip.frames(segment, album), range(last), strict=False)))
        with coarse():
            kept(one.reference, supersampled(segment, twice, album, first, last))
        yield one


def kept(file: Path, frames: Iterator[Bytes]) -> None:
    """Frames into a raw file."""
    with file.open("wb") as stream:
        for frame in frames:
            stream.write(frame.data)


@contextmanager
def coarse() -> Iterator[None]:
    """Things that move by even pixels of the canvas move by fours on one twice as large: to the same places."""
    before = storyboard.nearest_even
    for module in (layers, reveals):
        module.nearest_even = lambda value: 4 * round(value / 4)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        for module in (layers, reveals):
            module.nearest_even = before  # type: ignore[attr-defined]


def supersampled(shown: Segment, segment: Segment, album: Album, first: int, last: int) -> Iterator[Bytes]:
    """Frames of a segment, painted from the large board and averaged down; what transitions move by whole pixels is moved afterwards."""
    scene = paint.ready(segment.scene, segment.canvas, album)
    onto = paint.ready(segment.onto, segment.canvas, album) if segment.onto else None
    marks, small = (layers.draw_all(one.marks, album) for one in (segment, shown))
    for step in range(first, last):
        made = paint.frame(scene, segment.first + step)
        if onto:
            cross = transitions.TRANSITIONS[segment.transition]
            pair, progress = (made, paint.frame(onto, step)), (step + 1) / (segment.frames + 1)
            if segment.transition in WHOLE_PIXELS:
                yield paint.marked(cross(averaged(pair[0]), averaged(pair[1]), progress), small, step)
                continue
            made = cross(*pair, progress)
        yield averaged(paint.marked(made, marks, step))


def averaged(frame: Bytes) -> Bytes:
    """A frame at half its size each way, four samples to one."""
    planes = colour.planes(frame)
    width, height = frame.shape[1] // 2, frame.shape[0] // 3
    small = [cv2.resize(p, (p.shape[1] // 2, p.shape[0] // 2), interpolation=cv2.INTER_AREA) for p in planes]
    assert small[0].shape == (height, width)
    return np.concatenate([np.asarray(p, np.uint8).reshape(-1, width) for p in small])


# Scores


def raw(file: Path) -> list[str]:
    """How ffmpeg is told to read raw frames."""
    size = f"{CANVAS[0]}x{CANVAS[1]}"
    return ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", size, "-r", "30", *encode.BT709, "-i", str(file)]


def scores(one: Sample, made: Path | None, *, feature: str = "", every: int = EVERY) -> list[dict[str, float]]:
    """Libvmaf's figures of the sample's frames: an encoded segment, or the painted frames themselves."""
    log = one.reference.with_suffix(".json")
    asked = f"libvmaf=n_threads=2:n_subsample={every}:log_fmt=json:log_path={log}" + (
        f":feature=name={feature}" if feature else ""
    )
    cut = f"[0:v]trim=start_frame={one.first}:end_frame={one.last},setpts=PTS-STARTPTS[made]"
    shown = ["-i", str(made)] if made else raw(one.painted)
    ffmpeg.run(
        [
            *shown,
            *raw(one.reference),
            "-lavfi",
            f"{cut};[1:v]setpts=PTS-STARTPTS[ref];[made][ref]{asked}",
            "-f",
            "null",
            "-",
        ]
    )
    return [frame["metrics"] for frame in json.loads(log.read_text(encoding="utf-8"))["frames"]]


def encoded(one: Sample, chosen: Settings, made: Path) -> float:
    """The sample's segment up to the last frame looked at, encoded; the CPU seconds of the encoder."""
    size = CANVAS[0] * CANVAS[1] * 3 // 2
    before = time.process_time()
    with one.painted.open("rb") as stream:
        frames = (np.frombuffer(stream.read(size), np.uint8).reshape(-1, CANVAS[0]) for _ in range(one.last))
        encode.segment(frames, one.last, CANVAS, 30, chosen, made)
    return time.process_time() - before


def row(found: Sequence[Sample], chosen: Settings, work: Path, *, every: int = EVERY) -> dict[str, Any]:
    """One setting on samples: VMAF, Mb/s and encoder CPU."""
    made, points, spent, size, frames, peak = work / "made.mp4", [], 0.0, 0, 0, 0.0
    for one in found:
        spent += encoded(one, chosen, made)
        own = made.stat().st_size
        peak = max(peak, own * 8 / 1e6 / (one.last / 30)) if one.last >= 30 else peak
        size, frames = size + own, frames + one.last
        points += [p["vmaf"] for p in scores(one, made, every=every)]
    return score(points) | {
        "mbps": round(size * 8 / 1e6 / (frames / 30), 2),
        "peak_mbps": round(peak, 1),
        "cpu_ms": round(1000 * spent / frames, 1),
    }


def score(points: Sequence[float]) -> dict[str, float]:
    """Mean, the worst twentieth's limit and the worst."""
    return {
        "vmaf": round(float(np.mean(points)), 2),
        "p5": round(float(np.percentile(points, 5)), 2),
        "min": round(min(points), 2),
    }


def main() -> None:
    """Measure the shipped setting on whole storyboards, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("photos", type=Path, help="a folder of photos")
    parser.add_argument(
        "--work", type=Path, help="a folder with room for 10 GB of raw frames; a temporary one if left out"
    )
    asked = parser.parse_args()
    chosen = encode.settings("final")
    boards: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="vidkit-bench-", dir=asked.work) as name:
        work = Path(name)
        for file in briefs(asked.photos, work):
            board, album = planned(file, Cache(work / "cache"))
            found = list(samples(file.stem, board, album, work))
            painted = score([p["vmaf"] for one in found for p in scores(one, None, every=2 * EVERY)])
            boards[file.stem] = {
                "seconds": round(board.frames / board.fps, 1),
                "painted": painted["vmaf"],
                **row(found, chosen, work),
            }
            print(json.dumps({file.stem: boards[file.stem]}), flush=True)
            for one in found:
                one.painted.unlink()
                one.reference.unlink()
    record.keep("quality", {"setting": asdict(chosen), "model": MODEL, "boards": boards})


if __name__ == "__main__":
    main()

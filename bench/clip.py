"""What a clip costs: vidkit against one ffmpeg fed the same ready frames (= 1.0) and against the same storyboard in MoviePy.

``python bench/clip.py [--stories demo six-pairs seven-steps] [--rounds 3] [--keep]`` prints one JSON object per measurement and a table of
ratios. Every figure is of whole processes from start to exit, with all their children; the contenders take turns within a round and a
ratio compares two runs of one round. Linux only. What is measured and why: bench/README.md.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import material
import measure
import numpy as np
import record

from vidkit import encode, ffmpeg, plan, sound
from vidkit.cache import Cache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vidkit.plan import Plan, Script

ROOT = Path(__file__).resolve().parents[1]
HERE = Path(__file__).resolve().parent
MOVIEPY = "moviepy==2.2.1"
PSNR_PLACES = 6
PLATFORMS = "抖音, 快手, 视频号, 小红书"
"""The four platforms of the run for several."""


@dataclass(frozen=True)
class Stage:
    """All that is ready before the clock starts."""

    story: str
    folder: Path
    brief: Path
    script: Script
    one: Plan
    raw: Path
    audio: Path

    @property
    def frames(self) -> int:
        """Frames of the clip."""
        return self.one.board.frames


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--stories", nargs="+", choices=tuple(STORIES), default=list(STORIES))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="one round of the demo with only its first pair")
    parser.add_argument("--moviepy-frames", type=int, default=0, help="so many frames in MoviePy too (0: none)")
    parser.add_argument("--platform", default="douyin")
    parser.add_argument(
        "--work", type=Path, help="a folder with room for the raw frames (3 MB each); a temporary one if left out"
    )
    parser.add_argument("--keep", action="store_true", help="record the result for docs/performance.md")
    asked = parser.parse_args()
    found: list[dict[str, Any]] = []
    abouts = []
    for story in ["demo"] if asked.quick else asked.stories:
        with tempfile.TemporaryDirectory(prefix="vidkit-bench-", dir=asked.work) as name:
            stage = staged(Path(name), story, asked.platform, short=asked.quick)
            cut = min(asked.moviepy_frames, stage.frames) if story == "demo" else 0
            python = moviepy_python() if cut else None
            abouts.append(about(stage, python, cut))
            say(abouts[-1])
            for around in range(1 if asked.quick else asked.rounds):
                for measured in round_of(stage, around, asked.platform, python, cut):
                    found.append(measured | {"story": story})
                    say(found[-1])
    print("\n" + table(found))
    if asked.keep:
        record.keep("clip", {"stories": abouts, "rows": rows(found), "rounds": asked.rounds})


def say(thing: dict[str, Any]) -> None:
    """One JSON line."""
    print(json.dumps(thing, ensure_ascii=False), flush=True)


# Before the clock starts


def _demo(script: Script, folder: Path) -> Path:
    return material.copied(script, folder)


def _six_pairs(script: Script, folder: Path) -> Path:
    return material.from_phone(script, folder, 6)


def _seven_steps(script: Script, folder: Path) -> Path:
    own = material.from_phone(script, folder)
    material.said_longer(own, "，做到哪一步都先和您说一声")
    return own


STORIES: dict[str, tuple[str, Callable[[Script, Path], Path]]] = {
    "demo": ("kitchen.yaml", _demo),
    "six-pairs": ("kitchen.yaml", _six_pairs),
    "seven-steps": ("steps.yaml", _seven_steps),
}
"""The storyboards: the example each is made from, and how; the last two with photos of twelve megapixels."""


def staged(folder: Path, story: str, platform: str, *, short: bool) -> Stage:
    """The brief copied, its frames painted into one raw file, its sound mixed; and Python's byte code written."""
    cache = Cache(folder / "cache-stage")
    source, made = STORIES[story]
    own = made(plan.read(ROOT / "examples" / source, cache), folder / "brief")
    if short:
        material.with_pairs(own, (0,))
    script = plan.read(own, cache)
    one = plan.plan(script, plan.platforms(script, platform)[0])
    raw, audio = folder / "frames.yuv", folder / "mix.m4a"
    painted = material.paint_all(one, script, raw)
    assert painted == one.board.frames, (painted, one.board.frames)
    sound.write(one.track, audio, plan.recorded(script))
    for arguments in (["--help"], ["check", str(own)]):
        measure.run(
            vidkit(*arguments), folder / "warm.log", cwd=ROOT, env={"VIDKIT_CACHE": str(folder / "cache-stage")}
        )
    return Stage(story, folder, own, script, one, raw, audio)


def vidkit(*arguments: str) -> list[str]:
    """A vidkit command line."""
    return [sys.executable, "-m", "vidkit", *arguments]


def moviepy_python() -> Path:
    """The Python of an environment of its own with MoviePy in it, made when it is not there and kept."""
    folder = Path(tempfile.gettempdir()) / f"vidkit-bench-{MOVIEPY.replace('==', '-')}"
    python = folder / "bin" / "python"
    if not (folder / "done").is_file():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        said = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", MOVIEPY]
        subprocess.run(said, check=True, stdout=sys.stderr)
        (folder / "done").touch()
    return python


def about(stage: Stage, python: Path | None, cut: int) -> dict[str, Any]:
    """The machine, the versions and the clip."""
    tools = ("numpy", "opencv-python-headless", "pillow", "av", "imageio-ffmpeg")
    versions = {tool: metadata.version(tool) for tool in tools}
    return {
        "what": "about",
        "date": datetime.now(UTC).date().isoformat(),
        **measure.machine(),
        "python": sys.version.split()[0],
        "ffmpeg": ffmpeg.version(),
        **versions,
        **({"moviepy": MOVIEPY, "moviepy_versions": frozen(python), "moviepy_frames": cut} if python else {}),
        "story": stage.story,
        "photos": len(stage.script.assets),
        "seconds": round(stage.frames / stage.one.board.fps, 1),
        "frames": stage.frames,
        "segments": len(stage.one.segments),
        "encoder": encode.settings("final").__dict__,
    }


def frozen(python: Path) -> dict[str, str]:
    """What else stands in MoviePy's environment and counts for its speed."""
    listed = subprocess.run([str(python), "-m", "pip", "freeze"], check=True, capture_output=True, text=True).stdout
    pairs = (line.split("==") for line in listed.split() if "==" in line)
    return {name: version for name, version in pairs if name.lower() in {"numpy", "pillow", "imageio-ffmpeg"}}


# One round


def round_of(stage: Stage, around: int, platform: str, python: Path | None, cut: int) -> Iterator[dict[str, Any]]:
    """Every contender once, in turn."""
    folder = stage.folder / f"round-{around}"
    folder.mkdir()
    yield baseline(stage, folder, around, stage.frames)
    yield from vidkit_runs(stage, folder, around, platform)
    if python:
        if cut < stage.frames:
            yield baseline(stage, folder, around, cut)
        yield moviepy(stage, folder, around, python, cut)


def baseline(stage: Stage, folder: Path, around: int, frames: int) -> dict[str, Any]:
    """One ffmpeg, as many threads as it likes, fed the ready frames through one pipe, the ready sound copied in."""
    board, out = stage.one.board, folder / f"baseline-{frames}.mp4"
    width, height = board.canvas
    told = {name: value for name, value in encode.options(encode.settings("final")).items() if name != "threads"}
    command = [
        *(ffmpeg.executable(), *ffmpeg.QUIET[:1], *ffmpeg.QUIET[2:], "-f", "rawvideo", "-pix_fmt", "yuv420p"),
        *("-s", f"{width}x{height}", "-r", str(board.fps), *encode.BT709, "-i", "pipe:0", "-i", str(stage.audio)),
        *(
            "-map",
            "0:v:0",
            "-map",
            "1:a:0",
            "-c:v",
            "libx264",
            *(word for name, value in told.items() for word in (f"-{name}:v", value)),
            "-c:a",
            "copy",
            "-t",
            str(frames / board.fps),
        ),
        *("-movflags", "+faststart", str(out)),
    ]
    feeder = [sys.executable, str(HERE / "feed.py"), str(stage.raw), str(width * height * 3 // 2), str(frames), "--"]
    cost = measure.run([*feeder, *command], folder / "baseline.log")
    held = encode.contents(out, board.fps).video_packets
    assert held == frames, (held, frames)
    what = "baseline" if frames == stage.frames else "baseline-cut"
    return measure.told(what, around, cost, frames=held, mb=megabytes(out))


def megabytes(file: Path) -> float:
    """A file's size in MB."""
    return round(file.stat().st_size / 1e6, 2)


def vidkit_runs(stage: Stage, folder: Path, around: int, platform: str) -> Iterator[dict[str, Any]]:
    """The clip alone, then all that is made for one platform, then for four: each with empty caches."""
    brief = shutil.copytree(stage.folder / "brief", folder / "brief") / stage.brief.relative_to(stage.folder / "brief")
    alone = folder / "alone.mp4"
    command = [sys.executable, str(HERE / "alone.py"), str(brief), platform, str(alone)]
    cost = measure.run(command, folder / "alone.log", cwd=ROOT, env={"VIDKIT_CACHE": str(folder / "cache-alone")})
    yield _counted(stage, around, "alone", cost, alone)
    for what in ("vidkit", "four"):
        out = folder / what
        command = vidkit("make", str(brief), "-o", str(out), "--json")
        if what == "four":
            material.for_platforms(brief, PLATFORMS)
        else:
            command += ["--platform", platform]
        cost = measure.run(
            command, folder / f"{what}.log", cwd=ROOT, env={"VIDKIT_CACHE": str(folder / f"cache-{what}")}
        )
        yield _counted(stage, around, what, cost, out / brief.stem / platform / "clip.mp4")


def _counted(stage: Stage, around: int, what: str, cost: measure.Cost, file: Path) -> dict[str, Any]:
    held = encode.contents(file, stage.one.board.fps).video_packets
    assert held == stage.frames, (what, held, stage.frames)
    return measure.told(what, around, cost, frames=held, mb=megabytes(file))


def moviepy(stage: Stage, folder: Path, around: int, python: Path, cut: int) -> dict[str, Any]:
    """The same storyboard in MoviePy, with what its frames lost against the painted ones (PSNR of Y, dB)."""
    board, chosen = stage.one.board, encode.settings("final")
    story, out = stage.folder / "story" / "story.json", folder / "moviepy.mp4"
    if not story.is_file():
        rates = ["-maxrate", f"{chosen.max_rate}k", "-bufsize", f"{chosen.buffer}k", "-bf", str(chosen.b_frames)]
        params = [
            "-crf",
            str(chosen.crf),
            *rates,
            "-g",
            str(chosen.gop),
            "-profile:v",
            "high",
            *encode.BT709,
            "-movflags",
            "+faststart",
        ]
        encoder = {"preset": chosen.preset, "params": params}
        material.export(stage.one, stage.script, story.parent, {"encoder": encoder, "sound": "mix.m4a"})
        ffmpeg.run(["-i", str(stage.audio), "-c", "copy", "-t", str(cut / board.fps), str(story.parent / "mix.m4a")])
    cost = measure.run(
        [str(python), str(HERE / "moviepy_clip.py"), str(story), str(cut), str(out)], folder / "moviepy.log"
    )
    held = encode.contents(out, board.fps).video_packets
    assert held == cut, (held, cut)
    places = [cut * (2 * i + 1) // (2 * PSNR_PLACES) for i in range(PSNR_PLACES)]
    like = {str(place): psnr(stage, out, place) for place in places} if around == 0 else {}
    return measure.told("moviepy", around, cost, frames=held, mb=megabytes(out), psnr_db=like)


def psnr(stage: Stage, file: Path, place: int) -> float:
    """How like the painted frame a made file's frame is, luma only, in dB."""
    width, height = stage.one.board.canvas
    chosen = ["-vf", f"select=eq(n\\,{place}),format=gray", "-frames:v", "1", "-f", "rawvideo", "pipe:1"]
    made = np.frombuffer(ffmpeg.run(["-i", str(file), *chosen]), np.uint8).astype(np.float64)
    with stage.raw.open("rb") as stream:
        stream.seek(place * width * height * 3 // 2)
        painted = np.frombuffer(stream.read(width * height), np.uint8).astype(np.float64)
    limited = made * 219 / 255 + 16  # ``format=gray`` is full range
    return round(float(10 * np.log10(255**2 / max(float(np.mean((limited - painted) ** 2)), 1e-9))), 1)


# The table


ROWS = (
    ("alone", "baseline", "the clip alone"),
    ("vidkit", "baseline", "everything for one platform"),
    ("four", "vidkit", "four platforms / one"),
    ("moviepy", "baseline-cut", "MoviePy"),
)


def rows(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Ratios of two runs of one round, by story, and the peak of the process tree."""
    told = []
    for story in dict.fromkeys(one["story"] for one in found):
        own = [one for one in found if one["story"] == story]
        for what, against, words in ROWS:
            base = against if any(m["what"] == against for m in own) else "baseline"
            pairs = [
                (m, b) for m in own for b in own if m["what"] == what and b["what"] == base and m["round"] == b["round"]
            ]
            if pairs:
                cpu, wall = (measure.spread([m[unit] / b[unit] for m, b in pairs]) for unit in ("cpu_s", "wall_s"))
                peak, load = max(m["peak_mb"] for m, _ in pairs), max(m["load"] for m, _ in pairs)
                told.append({"story": story, "what": words, "cpu": cpu, "wall": wall, "peak_mb": peak, "load": load})
    return told


def table(found: list[dict[str, Any]]) -> str:
    """The ratios as lines of text."""
    lines = [f"{'':14}{'':30}{'CPU median (min-max)':24}{'wall median (min-max)':24}{'peak MB':>8}  load"]
    for row in rows(found):
        ratios = f"{_ratio(row['cpu']):24}{_ratio(row['wall']):24}"
        lines.append(f"{row['story']:14}{row['what']:30}{ratios}{row['peak_mb']:8.0f}  {row['load']}")
    for what in ("baseline", "alone", "vidkit", "four", "moviepy"):
        runs = [m for m in found if m["what"] == what]
        if runs:
            cpu, wall = (
                _ratio(measure.spread([m[unit] / m["frames"] * 30 for m in runs])) for unit in ("cpu_s", "wall_s")
            )
            lines.append(f"{what + ', seconds for a second of clip':44}{cpu:24}{wall:24}")
    return "\n".join(lines)


def _ratio(said: dict[str, float]) -> str:
    return f"{said['median']:.2f} ({said['min']:.2f}-{said['max']:.2f})"


if __name__ == "__main__":
    main()

"""What a clip costs: vidkit against one ffmpeg fed the same ready frames (= 1.0) and against the same storyboard in MoviePy.

``python bench/clip.py [BRIEF] [--rounds 3] [--quick]`` prints one JSON object per measurement and a table of ratios. Every figure is
of whole processes from start to exit, with all their children; the contenders take turns within a round and a ratio compares
two runs of one round. Linux only. What is measured and why: bench/README.md.
"""

from __future__ import annotations

import argparse
import json
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

from vidkit import encode, ffmpeg, plan, sound
from vidkit.cache import Cache

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.plan import Plan, Script

ROOT = Path(__file__).resolve().parents[1]
HERE = Path(__file__).resolve().parent
MOVIEPY = "moviepy==2.2.1"
NEW_WORDS = "先用温水泡一会儿再擦"
SMALL_RUNS = 7
PSNR_PLACES = 6


@dataclass(frozen=True)
class Stage:
    """All that is ready before the clock starts."""

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
    parser.add_argument("brief", nargs="?", type=Path, default=ROOT / "examples" / "kitchen.yaml")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="one round, only the first pair, no MoviePy")
    parser.add_argument("--no-moviepy", action="store_true")
    parser.add_argument(
        "--moviepy-frames",
        type=int,
        default=330,
        help="cut MoviePy's clip, and a baseline for it, to so many frames (0: none)",
    )
    parser.add_argument(
        "--moviepy-rounds", type=int, default=0, help="MoviePy only in the first so many rounds (0: all)"
    )
    parser.add_argument("--platform", default="douyin")
    parser.add_argument(
        "--work", type=Path, help="a folder with room for the raw frames (3 MB each); a temporary one if left out"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vidkit-bench-", dir=asked.work) as name:
        stage = staged(Path(name), asked.brief, asked.platform, short=asked.quick)
        cut = min(asked.moviepy_frames or stage.frames, stage.frames)
        python = None if asked.quick or asked.no_moviepy else moviepy_python()
        say(about(stage, python, cut))
        found = []
        for around in range(1 if asked.quick else asked.rounds):
            wanted = python if around < (asked.moviepy_rounds or asked.rounds) else None
            for measured in round_of(stage, around, asked.platform, wanted, cut):
                say(measured)
                found.append(measured)
        for measured in small(stage):
            say(measured)
            found.append(measured)
        print("\n" + table(found))


def say(thing: dict[str, Any]) -> None:
    """One JSON line."""
    print(json.dumps(thing, ensure_ascii=False), flush=True)


# Before the clock starts


def staged(folder: Path, brief: Path, platform: str, *, short: bool) -> Stage:
    """The brief copied, its frames painted into one raw file, its sound mixed; and Python's byte code written."""
    cache = Cache(folder / "cache-stage")
    own = material.copied(plan.read(brief, cache), folder / "brief")
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
    return Stage(folder, own, script, one, raw, audio)


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
    tools = ("numpy", "opencv-python-headless", "pillow", "imageio-ffmpeg")
    versions = {tool: metadata.version(tool) for tool in tools}
    return {
        "what": "about",
        "date": datetime.now(UTC).date().isoformat(),
        **measure.machine(),
        "python": sys.version.split()[0],
        "ffmpeg": ffmpeg.version(),
        **versions,
        **({"moviepy": MOVIEPY, "moviepy_versions": frozen(python), "moviepy_frames": cut} if python else {}),
        "brief": stage.brief.name,
        "pairs": len(stage.script.brief.pairs),
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
    listed = list(encode.video_arguments(encode.settings("final"), board.fps))
    at = listed.index("-threads")
    command = [
        *(ffmpeg.executable(), *ffmpeg.QUIET[:1], *ffmpeg.QUIET[2:], "-f", "rawvideo", "-pix_fmt", "yuv420p"),
        *("-s", f"{width}x{height}", "-r", str(board.fps), *encode.BT709, "-i", "pipe:0", "-i", str(stage.audio)),
        *(
            "-map",
            "0:v:0",
            "-map",
            "1:a:0",
            *listed[:at],
            *listed[at + 2 :],
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
    """Cold, then with nothing changed, then with one pair's words changed, then the check."""
    script, own = stage.script, folder / "brief"
    brief = material.copied(script, own)
    out, env = folder / "out", {"VIDKIT_CACHE": str(folder / "cache")}
    checking, command = (
        vidkit("check", str(brief)),
        vidkit("make", str(brief), "-o", str(out), "--platform", platform, "--json"),
    )
    first = measure.run(checking, folder / "check.log", cwd=ROOT, env={"VIDKIT_CACHE": str(folder / "cache-check")})
    yield measure.told("check-first", around, first)
    for what in ("vidkit", "vidkit-warm", "vidkit-words"):
        if what == "vidkit-words":
            material.reworded(script, brief, NEW_WORDS)
        cost = measure.run(command, folder / f"{what}.log", cwd=ROOT, env=env)
        told = json.loads((folder / f"{what}.log").read_text(encoding="utf-8"))["briefs"][0]
        file = out / brief.stem / platform / "clip.mp4"
        held = encode.contents(file, stage.one.board.fps).video_packets
        more = {"frames": held, "mb": megabytes(file), "segments": told["segments"], "made": told["made"]}
        yield measure.told(what, around, cost, **more)
    yield measure.told("check", around, measure.run(checking, folder / "check.log", cwd=ROOT, env=env))


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


# Small things


def small(stage: Stage) -> Iterator[dict[str, Any]]:
    """``vidkit --help`` and ``import click``, in turn."""
    for around in range(SMALL_RUNS):
        for what, command in (("import-click", [sys.executable, "-c", "import click"]), ("help", vidkit("--help"))):
            yield measure.told(what, around, measure.run(command, stage.folder / "small.log", cwd=ROOT))


# The table


ROWS = (
    ("vidkit", "baseline", "cold, everything", "<= 1.6 CPU, <= 1.3 wall"),
    ("vidkit-warm", "vidkit", "nothing changed / cold", ""),
    ("vidkit-words", "vidkit", "one pair's words / cold", "<= 0.3"),
    ("moviepy", "baseline-cut", "MoviePy", ">= 8"),
    ("help", "import-click", "--help / import click", "<= 2.5 wall"),
)


def table(found: list[dict[str, Any]]) -> str:
    """Ratios of runs of one round, and the figures with a limit of their own."""
    lines = [f"{'':28}{'CPU median (min-max)':26}{'wall median (min-max)':26}{'peak MB':>9}  wanted"]
    for what, against, words, wanted in ROWS:
        base = against if any(m["what"] == against for m in found) else "baseline"
        pairs = [
            (m, b) for m in found for b in found if m["what"] == what and b["what"] == base and m["round"] == b["round"]
        ]
        if not pairs:
            continue
        ratios = [measure.spread([m[unit] / b[unit] for m, b in pairs]) for unit in ("cpu_s", "wall_s")]
        peak = max(m["peak_mb"] for m, _ in pairs)
        lines.append(f"{words:28}{_ratio(ratios[0]):26}{_ratio(ratios[1]):26}{peak:9.0f}  {wanted}")
    for what, wanted in (
        ("baseline", ""),
        ("vidkit", ""),
        ("moviepy", ""),
        ("check", "< 0.5 s wall"),
        ("check-first", ""),
        ("help", ""),
    ):
        runs = [m for m in found if m["what"] == what]
        if runs:
            told = [_ratio(measure.spread([m[unit] for m in runs])) for unit in ("cpu_s", "wall_s")]
            peak, load = max(m["peak_mb"] for m in runs), [m["load"] for m in runs]
            shown = f"{told[0]:26}{told[1]:26}{peak:9.0f}  {wanted}"
            lines.append(f"{what + ', seconds':28}{shown}{' ' if wanted else ''}(load {min(load)}-{max(load)})")
    return "\n".join(lines)


def _ratio(said: dict[str, float]) -> str:
    return f"{said['median']:.2f} ({said['min']:.2f}-{said['max']:.2f})"


if __name__ == "__main__":
    main()

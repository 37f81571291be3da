"""What making again costs when little or nothing changed: ``python bench/warm.py [BRIEF]``; ``--keep`` records it.

The brief, its folder and vidkit itself are copied (a changed vidkit has nothing to remember), made once, and then taken in turns in every
round: the same command again, one frame, one caption changed, and one changed while ``make --watch`` waits. CPU seconds hold all children's;
those of frames inside one process are one thread's.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import measure
import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
VIDKIT = (sys.executable, "-m", "vidkit")
SPOT = re.compile(r"^(\s*(?:- )?位置: )(\S+)$", re.MULTILINE)
TICKS = os.sysconf("SC_CLK_TCK")
INSIDE = """
import json, sys, time
from pathlib import Path
from vidkit import cache, clip, plan, sheet
from vidkit.painting.album import Album
script = plan.read(Path(sys.argv[1]), cache.default())
one = plan.plan(script, plan.platforms(script)[0])
album = Album(script.assets)
took = []
for scene in one.segments:
    start = sum(s.frames for s in one.segments[: one.segments.index(scene)])
    for step in (0, scene.frames // 3, scene.frames // 2):
        begun = time.process_time()
        sheet.shown(one.segments, album, (start + step) / scene.fps)
        took.append((time.process_time() - begun, step > 0))
print(json.dumps(sorted(seconds for seconds, again in took if again)))
"""


def rounds(brief: Path, work: Path, count: int) -> Iterator[dict[str, Any]]:
    """Every round's costs, by name."""
    env = {
        **measure.INSTALLED,
        "VIDKIT_CACHE": str(work / "cache"),
        "PYTHONPATH": str(work / "vidkit"),
        "PYTHONSAFEPATH": "1",
    }
    log, out = work / "log.txt", str(work / "out")
    make, frame = (
        (*VIDKIT, "make", str(brief), "-o", out),
        (*VIDKIT, "frame", str(brief), "-o", str(work / "frame.png")),
    )

    def cost(*command: str) -> measure.Cost:
        return measure.run(command, log, cwd=work, env=env)

    cold = cost(*make)
    cost(*frame, "--at", "1")
    for number in range(count):
        yield {
            "cold": cold,
            "click": cost(sys.executable, "-c", "import click"),
            "nothing": cost(*make),
            "frame": cost(*frame, "--at", str(3 + 4 * number)),
            "words": _worded(brief, number, lambda: cost(*make)),
            "watch": _watched(brief, out, env, number),
            "inside": json.loads(
                subprocess.run(
                    [sys.executable, "-c", INSIDE, str(brief)],
                    env={**os.environ, **env},
                    capture_output=True,
                    check=True,
                ).stdout
            ),
        }


def _changed(brief: Path, number: int) -> str:
    """The brief with another caption, as editors save; what it said before."""
    text = brief.read_text(encoding="utf-8")
    beside = brief.with_suffix(".tmp")
    beside.write_text(SPOT.sub(rf"\g<1>\g<2>{'甲乙丙丁戊己'[number % 6]}", text, count=1), encoding="utf-8")
    beside.replace(brief)
    return text


def _worded(brief: Path, number: int, make: Callable[[], measure.Cost]) -> measure.Cost:
    """The cost of making everything again after one caption was changed; another one than ``_watched`` changes to."""
    text = _changed(brief, number + 3)
    try:
        return make()
    finally:
        brief.write_text(text, encoding="utf-8")
        make()


def _watched(brief: Path, out: str, env: dict[str, str], number: int) -> tuple[float, float]:
    """Seconds from saving one changed caption to the line that says the draft is made, and CPU seconds that took."""
    text = brief.read_text(encoding="utf-8")
    command = (*VIDKIT, "make", "--watch", str(brief), "-o", out)
    known = {**os.environ, **env, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, env=known, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as child:
        assert child.stdout
        try:
            _until(child.stdout, "Ctrl-C")
            before, begun = _cpu(child.pid), time.perf_counter()
            _changed(brief, number)
            _until(child.stdout, "重做好了")
            return time.perf_counter() - begun, _cpu(child.pid) - before
        finally:
            child.send_signal(signal.SIGINT)
            brief.write_text(text, encoding="utf-8")


def _until(stream: Any, word: str) -> None:
    for line in stream:
        if word in line.decode():
            return
    raise RuntimeError(f"ended before it said {word}")


def _cpu(pid: int) -> float:
    """CPU seconds of a process and of the children it waited for."""
    said = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, said[11:15])) / TICKS


def figures(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Medians, and the ratios that are the claim."""

    def middle(values: list[float]) -> float:
        return round(statistics.median(values), 3)

    def of(name: str) -> dict[str, float]:
        return {
            "wall_s": middle([one[name].wall_s for one in found]),
            "cpu_s": middle([one[name].cpu_s for one in found]),
            "of_cold_cpu": middle([one[name].cpu_s / one["cold"].cpu_s for one in found]),
            "of_click_cpu": middle([one[name].cpu_s / one["click"].cpu_s for one in found]),
        }

    frames = sorted(seconds for one in found for seconds in one["inside"])
    return {
        "rounds": len(found),
        "cold": of("cold"),
        "nothing": of("nothing"),
        "words": of("words"),
        "frame": of("frame"),
        "watch": {
            "wall_s": middle([one["watch"][0] for one in found]),
            "cpu_s": middle([one["watch"][1] for one in found]),
            "of_cold_cpu": middle([one["watch"][1] / one["cold"].cpu_s for one in found]),
        },
        "inside_cpu_ms": {
            "median": round(1000 * statistics.median(frames)),
            "nine_tenths": round(1000 * frames[9 * len(frames) // 10]),
        },
    }


def main() -> None:
    """Measure, print, and record if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("brief", nargs="?", type=Path, default=ROOT / "examples" / "kitchen.yaml")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        shutil.copytree(given.brief.parent, work / "briefs")
        for part in ("vidkit", "templates", "brand"):
            shutil.copytree(ROOT / part, work / "vidkit" / part, ignore=shutil.ignore_patterns("__pycache__"))
        compileall.compile_dir(work / "vidkit" / "vidkit", quiet=1)  # as pip leaves it
        os.environ["VIDKIT_LANG"] = "zh"
        found = figures(list(rounds(work / "briefs" / given.brief.name, work, given.rounds)))
    print(json.dumps(found, indent=1))
    if given.keep:
        record.keep("warm", found)


if __name__ == "__main__":
    main()

"""What a clip costs in a batch, and that it does not grow: ``python bench/batch.py [BRIEF] [--counts 5 50] [--rounds 3] [--full]``.

So many briefs of one brand, each with a title and photos of its own (the brief's first pair, in other light), are made by one ``vidkit make``
with an empty cache; runs of few and of many take turns. Then the same again with ``--resume``. Clips are so small (90 x 160) that what a batch
adds to a clip weighs more than in any real one; ``--full`` makes them as they are. Linux only.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import clip
import measure
import record
from PIL import Image, ImageEnhance, ImageOps

from vidkit import plan
from vidkit.cache import Cache

if TYPE_CHECKING:
    from vidkit.plan import Script

LONGER = 800
"""Pixels of a photo's longer side."""
SHRUNK = 12
"""How many times smaller than a clip's a small clip's canvas is, each way."""
SMALL = f"import sys; from vidkit import plan; plan.DRAFT = {SHRUNK}; from vidkit.cli import program; program.main(sys.argv[1:])"
"""vidkit whose drafts are small."""
BRIEF = """模板: {template}
品牌: {brand}
标题: 灶台第{number}次变样
服务: 深度保洁
谁家: 不是客户家
对比:
  - {{位置: 灶台, 前: {number}-before.jpg, 后: {number}-after.jpg}}
"""


def briefs(folder: Path, script: Script, count: int) -> list[str]:
    """The briefs' files, with their photos beside them."""
    folder.mkdir()
    pair = script.brief.pairs[0]
    found = []
    for number in range(count):
        for name, photo in (("before", pair.before), ("after", pair.after)):
            lit(photo.path, folder / f"{number}-{name}.jpg", 0.9 + 0.2 * number / count)
        file = folder / f"{number:03}.yaml"
        words = BRIEF.format(template=script.template.id, brand=script.brand.id, number=number)
        file.write_text(words, encoding="utf-8")
        found.append(str(file))
    return found


def lit(file: Path, target: Path, light: float) -> None:
    """The photo, brighter or darker by a factor, as a JPEG of quality 90."""
    with Image.open(file) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((LONGER, LONGER))
    ImageEnhance.Brightness(upright).enhance(light).save(target, "JPEG", quality=90)


def run(folder: Path, script: Script, count: int, around: int, *, full: bool) -> dict[str, Any]:
    """One batch with an empty cache, then what is left to do of it."""
    files = briefs(folder / "briefs", script, count)
    wanted = ("make", *files, "-o", str(folder / "out"), "--platform", "douyin", "--json")
    asked = clip.vidkit(*wanted) if full else [sys.executable, "-c", SMALL, *wanted, "--draft"]
    env = {"VIDKIT_CACHE": str(folder / "cache")}
    cold = measure.run(asked, folder / "make.log", cwd=clip.ROOT, env=env)
    told = json.loads((folder / "make.log").read_text(encoding="utf-8"))["briefs"]
    env["VIDKIT_TODAY"] = "2030-01-01"  # another day than what the memory of the run knows
    resumed = measure.run([*asked, "--resume"], folder / "resume.log", cwd=clip.ROOT, env=env)
    kept = json.loads((folder / "resume.log").read_text(encoding="utf-8"))["briefs"]
    return measure.told(
        "batch",
        around,
        cold,
        count=count,
        clip_cpu_s=round(cold.cpu_s / count, 3),
        segments=sum(one["segments"] for one in told),
        made=sum(one["made"] for one in told),
        resume_cpu_s=resumed.cpu_s,
        kept=sum(one["kept"] for one in kept),
    )


def summary(rows: list[dict[str, Any]], *, full: bool) -> dict[str, Any]:
    """For each count the medians; how the most compares with the fewest, round by round."""
    counts = sorted({row["count"] for row in rows})
    by = {count: [row for row in rows if row["count"] == count] for count in counts}
    pairs = zip(by[counts[0]], by[counts[-1]], strict=True)
    return {
        "full": full,
        "rounds": len(by[counts[0]]),
        "ratio": measure.spread([many["clip_cpu_s"] / few["clip_cpu_s"] for few, many in pairs]),
        "counts": [
            {
                "count": count,
                "clip_cpu_s": measure.spread([row["clip_cpu_s"] for row in found]),
                "peak_mb": round(statistics.median(row["peak_mb"] for row in found)),
                "resume_share": round(statistics.median(row["resume_cpu_s"] / row["cpu_s"] for row in found), 3),
                **{name: found[0][name] for name in ("segments", "made", "kept")},
            }
            for count, found in by.items()
        ],
    }


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("brief", nargs="?", type=Path, default=clip.ROOT / "examples" / "kitchen.yaml")
    parser.add_argument("--counts", type=int, nargs="+", default=[5, 50])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--full", action="store_true", help="clips of full size")
    parser.add_argument("--quick", action="store_true", help="one round; nothing is kept")
    asked = parser.parse_args()
    clip.say({"what": "about", **measure.machine()})
    rows = []
    with tempfile.TemporaryDirectory(prefix="vidkit-bench-") as name:
        script = plan.read(asked.brief, Cache(Path(name) / "cache-stage"))
        for around in range(1 if asked.quick else asked.rounds):
            for count in asked.counts:
                with tempfile.TemporaryDirectory(dir=name) as own:
                    rows.append(run(Path(own), script, count, around, full=asked.full))
                clip.say(rows[-1])
    found = summary(rows, full=asked.full)
    clip.say({"what": "summary", **found})
    if not asked.quick:
        record.keep("batch", found)


if __name__ == "__main__":
    main()

"""How much memory making a clip takes, and that it does not grow with the clip: ``python bench/memory.py [--megapixels 48] [--keep]``.

Every photo becomes a different JPEG of a phone's size (enlarged, with grain, as its camera would give it), then ``vidkit make --jobs 2`` makes
clips of different lengths with empty caches. The figure is the peak of Pss summed over the process tree. Linux only.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from pathlib import Path

import clip
import material
import measure
import record

from vidkit import plan
from vidkit.cache import Cache

CLIPS = (("kitchen.yaml", 1, False), ("kitchen.yaml", 6, False), ("expert.yaml", 0, False), ("expert.yaml", 0, True))
"""The examples, how many pairs of photos each gets (0: its own photos), and whether more is said in it."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--megapixels", type=int, default=48)
    parser.add_argument("--platform", default="douyin")
    parser.add_argument("--keep", action="store_true", help="record the result for docs/performance.md")
    asked = parser.parse_args()
    short = 2 * round(math.sqrt(asked.megapixels * 1e6 * 3 / 4) / 2)
    clip.say({"what": "about", **measure.machine()})
    found = []
    for source, pairs, longer in CLIPS:
        with tempfile.TemporaryDirectory(prefix="vidkit-bench-") as name:
            folder = Path(name)
            script = plan.read(clip.ROOT / "examples" / source, Cache(folder / "cache-stage"))
            own = material.from_phone(script, folder / "brief", pairs, (short * 4 // 3, short))
            if longer:
                material.noted_longer(
                    own, "，做到哪一步都先和您说一声，不着急", "做完一样再做下一样，东西放回原处，请您看过"
                )
            script = plan.read(own, Cache(folder / "cache-stage"))
            board = plan.plan(script, plan.platforms(script, asked.platform)[0]).board
            command = clip.vidkit(
                "make", str(own), "-o", str(folder / "out"), "--platform", asked.platform, "--jobs", "2"
            )
            cost = measure.run(
                command,
                folder / "make.log",
                cwd=clip.ROOT,
                env={"VIDKIT_CACHE": str(folder / "cache")},
                every=measure.OFTEN,
            )
            seconds = round(board.frames / board.fps, 1)
            found.append(measure.told("memory", 0, cost, photos=len(script.assets), clip_seconds=seconds))
            clip.say(found[-1])
    if asked.keep:
        record.keep("memory", {"megapixels": asked.megapixels, "clips": found})


if __name__ == "__main__":
    main()

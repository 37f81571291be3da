"""How much memory making a clip takes, and that it does not grow with the clip: ``python bench/memory.py [BRIEF] [--pairs 1 4]``.

Every photo of the brief becomes a different 12-megapixel JPEG (enlarged, with grain, as a phone's camera would give it), then
``vidkit make --jobs 2`` makes a short and a long clip with empty caches. The figure is the peak of Pss summed over the process tree. Linux only.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import clip
import material
import measure
import numpy as np
from PIL import Image, ImageOps

from vidkit import plan
from vidkit.cache import Cache

LONG_SIDE, SHORT_SIDE = 4032, 3024
GRAIN = 6.0


def enlarged(file: Path, target: Path, seed: int) -> None:
    """The photo at 12 megapixels with grain, as a JPEG of quality 90."""
    with Image.open(file) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    wide = upright.width >= upright.height
    big = ImageOps.fit(upright, (LONG_SIDE, SHORT_SIDE) if wide else (SHORT_SIDE, LONG_SIDE), Image.Resampling.BICUBIC)
    pixels = np.asarray(big, np.float32)
    grain = np.random.default_rng(seed).normal(0, GRAIN, pixels.shape[:2]).astype(np.float32)
    noisy = np.clip(pixels + grain[..., None], 0, 255).astype(np.uint8)
    target.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(noisy).save(target, "JPEG", quality=90)


def brief_of(folder: Path, source: Path, pairs: int) -> Path:
    """A copy of the brief with so many pairs, each pair with photos of its own, all of 12 megapixels."""
    script = plan.read(source, Cache(folder / "cache-stage"))
    own = material.copied(script, folder / "brief")
    kept = len(script.brief.pairs)
    material.with_pairs(own, [i % kept for i in range(pairs)])
    text, seed = own.read_text(encoding="utf-8"), 0
    for asset in script.assets.values():
        name = asset.name
        while name in text:
            target = f"large/{seed:02}.jpg"
            enlarged(asset.file, own.parent / target, seed)
            text, seed = text.replace(name, target, 1), seed + 1
    own.write_text(text, encoding="utf-8")
    return own


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("brief", nargs="?", type=Path, default=clip.ROOT / "examples" / "kitchen.yaml")
    parser.add_argument("--pairs", type=int, nargs="+", default=[1, 4])
    parser.add_argument("--platform", default="douyin")
    asked = parser.parse_args()
    clip.say({"what": "about", **measure.machine()})
    for pairs in asked.pairs:
        with tempfile.TemporaryDirectory(prefix="vidkit-bench-") as name:
            folder = Path(name)
            own = brief_of(folder, asked.brief, pairs)
            script = plan.read(own, Cache(folder / "cache-stage"))
            board = plan.plan(script, plan.platforms(script, asked.platform)[0]).board
            command = clip.vidkit(
                "make", str(own), "-o", str(folder / "out"), "--platform", asked.platform, "--jobs", "2"
            )
            cost = measure.run(command, folder / "make.log", cwd=clip.ROOT, env={"VIDKIT_CACHE": str(folder / "cache")})
            seconds = round(board.frames / board.fps, 1)
            clip.say(measure.told("memory", 0, cost, pairs=pairs, photos=len(script.assets), clip_seconds=seconds))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Paints the example before/after photos of cleaning work. No real photo is used.

Run:  python3 -m venv venv && venv/bin/pip install mitsuba numpy opencv-python-headless pillow pyoidn
      venv/bin/python examples/draw/draw.py            (all six; some minutes each on two cores)
      venv/bin/python examples/draw/draw.py stove --test   (a small quick one, for trying things)
pyoidn is optional: without it a coarser denoiser is used. Mitsuba's fast variant needs LLVM 16 or newer
(Debian: libllvm19, with DRJIT_LIBLLVM_PATH naming the library); without it the slow variant is used.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SCENES = {
    "stove": ((1536, 2048), ("2026:03:14 09:12:40", "2026:03:14 12:05:18")),
    "hood": ((2048, 1536), ("2026:03:14 09:14:05", "2026:03:14 12:09:51")),
    "bathroom": ((1536, 2048), ("2026:03:15 14:02:33", "2026:03:15 17:10:07")),
}
FINENESS = 0.72  # rendered pixels per photo pixel: a phone's own pixels are this soft
SIDEWAYS = {"stove_before", "bathroom_after"}


def pick_variant() -> str:
    """The vectorised variant if it works here (a bad LLVM aborts the process, so ask a child), else the plain one."""
    code = (
        "import mitsuba as mi; mi.set_variant('llvm_ad_rgb'); s = mi.cornell_box();"
        "s['sensor']['film']['width'] = s['sensor']['film']['height'] = 16; mi.render(mi.load_dict(s), spp=1).numpy()"
    )
    ok = subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0
    return "llvm_ad_rgb" if ok else "scalar_rgb"


def main() -> None:
    """Render the scenes asked for and write their photos."""
    ap = argparse.ArgumentParser(description="Paint the example photos.")
    ap.add_argument("names", nargs="*", default=[], help="stove, hood, bathroom, or one photo such as stove_before")
    ap.add_argument("--out", type=Path, default=HERE.parent / "photos")
    ap.add_argument("--spp", type=int, default=16)
    ap.add_argument("--scale", type=float, default=1.0)
    ap.add_argument("--test", action="store_true", help="about a third of the size, few samples, PNG")
    args = ap.parse_args()

    import cv2
    import mitsuba as mi
    import numpy as np

    mi.set_variant(pick_variant())
    sys.path.insert(0, str(HERE))
    import importlib

    from PIL import Image

    import kit
    import phone

    scale, spp = (0.36, 24) if args.test else (args.scale, args.spp)
    args.out.mkdir(parents=True, exist_ok=True)
    for name, ((w, h), times) in SCENES.items():
        for state, when in zip(("before", "after"), times):
            full = f"{name}_{state}"
            if args.names and name not in args.names and full not in args.names:
                continue
            start = time.time()
            scene = importlib.import_module(name).scene(clean=state == "after")
            ow, oh = int(w * scale), int(h * scale)
            light = kit.render(scene, int(ow * FINENESS), int(oh * FINENESS), spp, seed=len(full))
            light = np.clip(cv2.resize(light, (ow, oh), interpolation=cv2.INTER_CUBIC), 0, None)
            img = phone.develop(light, scene.exposure, scene.wb, seed=len(full))
            if args.test:
                Image.fromarray(img).save(args.out / f"{full}.png")
                size = 0
            else:
                size = phone.save(img, args.out / f"{full}.jpg", when, sideways=full in SIDEWAYS)
            print(
                f"{full}: {img.shape[1]}x{img.shape[0]}, {size} bytes, {time.time() - start:.0f} s, "
                f"mean {img.mean():.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()

"""What a benchmark measured, kept: ``record.keep("clip", figures)`` writes ``bench/results/clip.json``.

A result says the day (UTC), the machine, the versions of what takes part and how busy the machine was; ``bench/page.py`` writes
docs/performance.md from all of them. Figures are plain JSON values, ratios wherever there is something to compare with.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import measure

from vidkit import ffmpeg

if TYPE_CHECKING:
    from collections.abc import Mapping

RESULTS = Path(__file__).resolve().parent / "results"
TOOLS = {"PyAV": "av", "NumPy": "numpy", "OpenCV": "opencv-python-headless", "Pillow": "pillow"}


def versions() -> dict[str, str]:
    """Python, ffmpeg and the libraries that draw."""
    python = sys.version.split()[0]
    return {
        "Python": python,
        "ffmpeg": ffmpeg.version(),
        **{tool: metadata.version(name) for tool, name in TOOLS.items()},
    }


def keep(name: str, figures: Mapping[str, Any], *, more: Mapping[str, str] | None = None) -> Path:
    """Write ``bench/results/NAME.json``; ``more`` are versions of other tools that took part. The file's path."""
    said = {
        "day": datetime.now(UTC).date().isoformat(),
        "machine": measure.machine(),
        "versions": versions() | dict(more or {}),
        "load": round(os.getloadavg()[0], 1),
        "figures": dict(figures),
    }
    file = RESULTS / f"{name}.json"
    RESULTS.mkdir(exist_ok=True)
    file.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{file.relative_to(RESULTS.parents[1])} written; now: python bench/page.py", file=sys.stderr)
    return file

"""docs/scaling.md says what the recorded results say, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_page_is_what_the_results_say() -> None:
    """``bench/cluster.py --page`` would write the page as it stands."""
    said = "import sys, cluster; sys.stdout.buffer.write(cluster.said().encode())"
    told = subprocess.run([sys.executable, "-c", said], cwd=ROOT / "bench", capture_output=True, check=True)
    assert told.stdout.decode() == (ROOT / "docs" / "scaling.md").read_text(encoding="utf-8")

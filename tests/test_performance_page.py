"""docs/performance.md says what the recorded results say, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).parent.parent / "bench"


def test_the_page_is_what_the_results_say() -> None:
    """``bench/page.py`` would write the page as it stands."""
    checked = subprocess.run(
        [sys.executable, "page.py", "--check"], cwd=BENCH, capture_output=True, text=True, check=False
    )
    assert not checked.returncode, checked.stderr

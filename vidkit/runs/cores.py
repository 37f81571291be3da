"""How many cores this process may use, which is how much is done side by side."""

from __future__ import annotations

import os
import sys


def usable() -> int:
    """The cores that the system lets this process run on (``taskset``, a container's CPU set): perhaps fewer than the computer has."""
    if sys.version_info >= (3, 13):
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

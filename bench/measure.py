"""A command → what one whole run of it cost: wall and CPU seconds of it and all its children, and the peak memory of its process tree.

Linux only: memory is the sum of Pss over the tree (shared pages are shared out, so nothing is counted twice), read from
``/proc/*/smaps_rollup`` every 50 ms; CPU is what the kernel charges the process and the children it waited for.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SELDOM, OFTEN = 0.5, 0.05
"""Seconds between two looks at a process tree's memory: each look takes milliseconds of a core from what is measured, and stops it meanwhile."""
INSTALLED = {"PYTHONDONTWRITEBYTECODE": ""}
"""Commands find their modules compiled, as pip leaves them: a checkout under test would otherwise compile a hundred of them at every start."""


@dataclass(frozen=True)
class Cost:
    """One run: seconds, MB (10^6 bytes) at the peak of the tree, and how busy the machine was before it (1-minute load average)."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    load: float


def run(
    command: Sequence[str],
    log: Path,
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    every: float = SELDOM,
) -> Cost:
    """Run a command from start to exit, its stdout in ``log`` and its stderr beside it; a failing command is an error. Its memory is looked at
    ``every`` so many seconds.
    """
    load = os.getloadavg()[0]
    complaints = log.with_suffix(".err")
    with log.open("wb") as out, complaints.open("wb") as wrong:
        begun = time.perf_counter()
        child = subprocess.Popen(
            command, cwd=cwd, env={**os.environ, **INSTALLED, **(env or {})}, stdout=out, stderr=wrong
        )
        watch = _Watch(child.pid, every)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        peak = watch.stop()
    if child.returncode:
        raise RuntimeError(
            f"{command[:4]} … ended with {child.returncode}: {complaints.read_text(errors='replace')[-800:]}"
        )
    return Cost(round(wall, 3), round(used.ru_utime + used.ru_stime, 3), round(peak / 1e6, 1), round(load, 1))


class _Watch:
    """A thread that looks at the process tree until stopped."""

    def __init__(self, pid: int, every: float) -> None:
        self._pid, self._every, self._ended, self._peak = pid, every, threading.Event(), 0
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._ended.wait(self._every):
            self._peak = max(self._peak, sum(map(_pss, tree(self._pid))))

    def stop(self) -> int:
        """The most bytes seen."""
        self._ended.set()
        self._thread.join()
        return self._peak


def tree(pid: int) -> Iterator[int]:
    """The process and all its descendants; those that end meanwhile are left out, and those that have not begun to be another program:
    until then a child lies in its parent's memory, which would count twice.
    """
    yield pid
    own = _words(pid)
    for child in _children(pid):
        if _words(child) != own:
            yield from tree(child)


def _words(pid: int) -> bytes:
    """A process's command line; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _children(pid: int) -> list[int]:
    """The children of a process's threads; none of a process or a thread that is gone."""
    found: list[int] = []
    with suppress(OSError):  # the process ended: even the listing of its threads says so
        for thread in os.listdir(f"/proc/{pid}/task"):  # noqa: PTH208  # a Path's listing is lazy and fails later
            with suppress(OSError):
                found += map(int, Path(f"/proc/{pid}/task/{thread}/children").read_text().split())
    return found


def _pss(pid: int) -> int:
    """Bytes of memory a process is charged for; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median, least and most."""
    return {"median": round(statistics.median(values), 3), "min": round(min(values), 3), "max": round(max(values), 3)}


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    return {
        "cpus": len(os.sched_getaffinity(0)),
        "cpu": names[0] if names else platform.machine(),
        "system": platform.system(),
    }


def told(what: str, around: int, cost: Cost, **more: Any) -> dict[str, Any]:
    """One measurement as a JSON object."""
    return {"what": what, "round": around, **asdict(cost), **more}

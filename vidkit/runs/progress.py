"""Frames done → a line on the terminal with the time left; nothing when stderr is no terminal or the work takes no second."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from vidkit.console import harmless, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress

PATIENCE = 1.0
"""Seconds after which a line appears."""
STILL = 4
"""A still counts for so many frames (measured with the examples: it takes 90 ms of a core, a frame 22 ms)."""


@contextmanager
def bar(
    label: str, frames: int | None, *, unit: str = "frames-left", quiet: bool = False
) -> Iterator[Callable[..., None]]:
    """A function to be told how many more of ``frames`` are done, and of how many when that turns out later; any thread may call it."""
    if quiet or not sys.stderr.isatty():
        yield lambda _frames, _all=None: None
        return
    line = _line(unit)
    task = line.add_task(harmless(label), total=frames)
    timer = threading.Timer(PATIENCE, line.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda more, total=None: line.update(task, advance=more, total=total)
    finally:
        timer.cancel()
        line.stop()


def _line(unit: str) -> Progress:
    from rich.console import Console  # noqa: PLC0415  # rich takes 0.1 s to load
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(words(unit)),
        TimeRemainingColumn(compact=True),
        console=Console(stderr=True),
        transient=True,
    )

"""Frames done → a line on the terminal with the time left; nothing when stderr is no terminal or the work takes no second.

A line that is drawn anew ten times a second is read out as often by a screen reader: where the terminal draws nothing anew (``TERM=dumb``) or
``VIDKIT_PLAIN`` is set, whole lines come instead, one for every tenth.
"""

from __future__ import annotations

import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from vidkit import console
from vidkit.console import harmless, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress

PATIENCE = 1.0
"""Seconds after which a line appears."""
TENTHS = 10
"""So many lines at most where lines are whole, besides a first one."""
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
    if console.plain():
        yield _Told(label, frames).more
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


class _Told:
    """What is said in whole lines of a work while it goes on."""

    def __init__(self, label: str, frames: int | None) -> None:
        self.label, self.frames, self.done, self.tenth = label, frames, 0, -1
        self.begun, self.lock = time.monotonic(), threading.Lock()

    def more(self, frames: int, total: int | None = None) -> None:
        """So many more are done, of so many when that turns out; said where a tenth is full, but not the last, behind which more is said."""
        with self.lock:
            self.done, self.frames = self.done + frames, total or self.frames
            tenth = self.done * TENTHS // self.frames if self.frames else 0
            if self.tenth < tenth < TENTHS and time.monotonic() - self.begun >= PATIENCE:
                self.tenth = tenth
                console.note(f"{self.label} {tenth * 100 // TENTHS}%")


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

"""Work that can be stopped: Ctrl-C, SIGTERM and Ctrl-Break, what is said then, the exit codes."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from vidkit import console

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

GRACE = 1.5
"""Seconds that a stopped run may take to put things away."""
TERMINATED = 15
"""SIGTERM's number everywhere; the program then ends with 128 + 15."""


@contextmanager
def stoppable(said: str = "stopped") -> Iterator[None]:
    """Within this, Ctrl-C, SIGTERM and Ctrl-Break (Windows) stop the work by KeyboardInterrupt, whose value is the signal's number; ``said`` is the
    entry of ``data/cli.yaml`` that is told then.

    What is open is put away first; when that takes longer than ``GRACE`` (a segment in the middle of its encoding), or the signal comes
    again, the program leaves at once: ffmpeg ends with its input, and nothing lies under a final name yet.
    """
    import signal  # noqa: PLC0415
    import threading  # noqa: PLC0415

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    timers: list[threading.Timer] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        if timers:
            _leave(number, said)
        timers.append(threading.Timer(GRACE, _leave, (number, said)))
        timers[0].daemon = True
        timers[0].start()
        raise KeyboardInterrupt(number)

    wanted = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)]
    before = {number: signal.signal(number, stop) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for timer in timers:
            timer.cancel()


def _leave(number: int, said: str) -> None:
    os._exit(stopped(KeyboardInterrupt(number), said))


def stopped(error: BaseException | None, said: str = "stopped") -> int:
    """Say that the work was stopped; the exit code for it (130 for Ctrl-C, 143 for SIGTERM)."""
    console.note(console.words(said))
    return 128 + (TERMINATED if error is not None and error.args == (TERMINATED,) else 2)

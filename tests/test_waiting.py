"""Waiting for threads: in slices, so that a stop is heard, with the results and errors that waiting at once would give."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from vidkit.runs import waiting

if TYPE_CHECKING:
    from collections.abc import Callable


def test_results_come_in_the_order_they_were_asked_for() -> None:
    """Whatever ends first."""

    def late(number: int) -> int:
        time.sleep((8 - number) / 200)
        return number

    with ThreadPoolExecutor(4) as pool:
        assert waiting.mapped(pool, late, range(8)) == list(range(8))
        assert waiting.mapped(pool, str, ()) == []


def test_tasks_come_as_they_end() -> None:
    """Each once, also those that failed or had ended before."""
    early: Future[bool] = Future()
    early.set_result(True)
    gates = [threading.Event() for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        tasks = [pool.submit(gate.wait) for gate in gates]
        found = []
        for task in waiting.ended([*tasks, early]):
            found.append(task)
            if len(found) <= len(gates):
                gates[-len(found)].set()
    assert found == [early, *reversed(tasks)]


def test_the_first_error_is_raised_and_nothing_more_begun() -> None:
    """As with a pool's own map; a task's own timeout is its answer."""
    begun = []

    def work(number: int) -> None:
        begun.append(number)
        if number == 1:
            raise TimeoutError(number)
        time.sleep(0.02)

    with ThreadPoolExecutor(1) as pool, pytest.raises(TimeoutError):
        waiting.mapped(pool, work, range(50))
    assert len(begun) < 10


WAYS: dict[str, Callable[[ThreadPoolExecutor, Future[Any]], object]] = {
    "one": lambda _pool, task: waiting.result(task),
    "several": lambda _pool, task: list(waiting.ended([task])),
    "all": lambda pool, _task: waiting.mapped(pool, str, range(2)),
}


@pytest.mark.parametrize("way", WAYS)
def test_nobody_waits_longer_than_a_slice_at_once(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a wait cannot be interrupted (Windows), a signal is heard between two of them."""
    heard, real, gate = list[float | None](), threading.Condition.wait, threading.Event()

    def wait(self: threading.Condition, timeout: float | None = None) -> bool:
        if timeout != 0 and threading.current_thread() is threading.main_thread():
            heard.append(timeout)
            if len(heard) == 3:
                raise KeyboardInterrupt
        return real(self, timeout)

    monkeypatch.setattr(waiting, "SLICE", 0.01)
    with ThreadPoolExecutor(1) as pool:
        task = pool.submit(gate.wait)
        monkeypatch.setattr(threading.Condition, "wait", wait)
        with pytest.raises(KeyboardInterrupt):
            WAYS[way](pool, task)
        monkeypatch.undo()
        gate.set()
    assert heard == [0.01] * 3

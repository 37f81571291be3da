"""Waiting for work in other threads in slices: on Windows whoever waits without an end hears no Ctrl-C until the work is done."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, wait
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Executor, Future

S = TypeVar("S")
T = TypeVar("T")

SLICE: Final = 0.2
"""Seconds after which whoever waits looks up."""


def ended(tasks: Iterable[Future[T]]) -> Iterator[Future[T]]:
    """Each task once it has ended, in whatever order they end."""
    left = set(tasks)
    while left:
        done, left = wait(left, timeout=SLICE, return_when=FIRST_COMPLETED)
        yield from done


def result(task: Future[T]) -> T:
    """What a task gives when it has ended; raises what it raised."""
    while not task.done():
        wait((task,), timeout=SLICE)
    return task.result()


def mapped(pool: Executor, work: Callable[[S], T], given: Iterable[S]) -> list[T]:
    """What the work gives of each, in their order; the first that raises is raised, and what was not begun is not done."""
    tasks = [pool.submit(work, one) for one in given]
    try:
        return [result(task) for task in tasks]
    finally:
        for task in tasks:
            task.cancel()

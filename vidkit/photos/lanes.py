"""Threads beside those that examine photos, a lane for faces in each size and one for features, so that nobody stands and waits.

They are there for one examination: what OpenCV keeps for each thread goes with them (100 to 200 MB), and a process forked later finds no lane whose
threads are not there.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from vidkit.runs import cores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

T = TypeVar("T")
Lane = Literal["large", "small", "features"]
CORES = cores.usable()
HALF = max(1, CORES // 2)
WIDTHS: dict[Lane, int] = {"large": HALF, "small": HALF, "features": CORES}
"""How many look for faces in a picture's largest size (180 MB each), in its smaller ones (40 MB), for features in one (110 MB)."""
HEAVY = threading.BoundedSemaphore(CORES)
"""A seat for each work on a photo that takes over 100 MB: a large file decoded, faces in its largest size, features."""


@dataclass(frozen=True)
class Lanes:
    """Threads by what they do; without any, work is done at once."""

    pools: Mapping[Lane, ThreadPoolExecutor] = field(default_factory=dict)

    def begin(self, lane: Lane, work: Callable[..., T], *asked: Any) -> Callable[[], T]:
        """Begin work, or do it: what waits for it and gives what came of it, or raises what it raised."""
        if lane in self.pools:
            return self.pools[lane].submit(work, *asked).result
        made = work(*asked)
        return lambda: made


NONE = Lanes()
"""Everything is done by who asks."""


@contextmanager
def opened() -> Iterator[Lanes]:
    """Lanes until the end."""
    with ExitStack() as pools:
        yield Lanes({lane: pools.enter_context(ThreadPoolExecutor(width)) for lane, width in WIDTHS.items()})

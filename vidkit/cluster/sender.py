"""Missing segments → work orders for others, given out through any executor; finished segments → this computer's cache, proven.

Workers are taken to come and go: an order that failed is given out again a few times, then the run is refused with what was said last.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, CancelledError, wait
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vidkit import cache as caches
from vidkit import clip
from vidkit.cluster import build, orders, stores, worker
from vidkit.cluster.orders import Done, Refused, WorkOrder
from vidkit.problems import Problem, Refusal, problem
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Executor, Future
    from pathlib import Path

    from vidkit.cache import Cache
    from vidkit.cluster.stores import Store
    from vidkit.encode import Settings
    from vidkit.painting.album import Album
    from vidkit.timeline import Segment

LOST = "KilledWorker"
"""What Dask raises for a task under which workers died one after the other: it has tried often enough."""
WORDS = 200
"""So many letters of an exception are told."""


@dataclass(frozen=True)
class Sender:
    """Gives work out through an executor and a store (fsspec URL); ``present`` counts the workers there are just now."""

    executor: Executor
    store: str
    present: Callable[[], int] = lambda: 1

    def __call__(
        self,
        missing: Mapping[str, Segment],
        album: Album,
        chosen: Settings,
        cache: Cache,
        pool: Executor,
        ready: Callable[[str], None],
    ) -> dict[str, Path]:
        """The files of the missing segments by their keys (``clip.Rendering``); what plays a film is made here: each of its frames would travel."""
        films = {key: segment for key, segment in missing.items() if orders.plays(segment)}
        away = {key: segment for key, segment in missing.items() if key not in films}
        with clip.begun(films, album, chosen, cache, pool) as here:
            parts = self._away(away, album, chosen, cache, ready) if away else {}
            return parts | clip.collected(here, ready)

    def _away(
        self,
        segments: Mapping[str, Segment],
        album: Album,
        chosen: Settings,
        cache: Cache,
        ready: Callable[[str], None],
    ) -> dict[str, Path]:
        """The files of segments made by the workers, longest first so that no worker idles at the end."""
        with stores.run(self.store, cache) as store:
            out = _Out(self, store, cache)
            try:
                for key in sorted(segments, key=lambda key: (-segments[key].frames, key)):
                    pictures = tuple((ask, out.sent(ask, album)) for ask in orders.asked(segments[key]))
                    out.give(WorkOrder(key, segments[key], chosen, pictures, store.url, build.own(cache)))
                return out.collected(ready)
            except BaseException:
                out.stop()
                raise


@dataclass
class _Out:
    """What is out at workers: orders by their future, how often each was given out, and what was uploaded."""

    sender: Sender
    store: Store
    cache: Cache
    waiting: dict[Future[Done | Refused], WorkOrder] = field(default_factory=dict)
    given: Counter[str] = field(default_factory=Counter)
    uploaded: dict[orders.Ask, str] = field(default_factory=dict)

    def sent(self, ask: orders.Ask, album: Album) -> str:
        """The SHA-256 of what is asked for, uploaded once."""
        if ask not in self.uploaded:
            content = orders.pack(ask, album)
            name = hashlib.sha256(content).hexdigest()
            self.store.put(f"{name}{orders.PICTURE}", content, f"{name}{caches.PART}")
            self.uploaded[ask] = name
        return self.uploaded[ask]

    def give(self, order: WorkOrder) -> None:
        """Give an order out."""
        self.given[order.key] += 1
        try:
            self.waiting[self.sender.executor.submit(worker.carry_out, order)] = order
        except RuntimeError as error:  # a pool that broke, a connection that was closed
            raise Refusal(_broken(error)) from error

    def collected(self, ready: Callable[[str], None]) -> dict[str, Path]:
        """The files of all orders, as they become ready."""
        parts: dict[str, Path] = {}
        while self.waiting:
            for task in self._finished():
                order = self.waiting.pop(task)
                said = _answer(task)
                file = self._fetched(said) if isinstance(said, Done) else said
                if isinstance(file, Refused):
                    self._again(order, file)
                else:
                    parts[order.key] = file
                    ready(order.key)
        return parts

    def stop(self) -> None:
        """Take back what is not begun."""
        for task in self.waiting:
            task.cancel()

    def _finished(self) -> set[Future[Done | Refused]]:
        """The tasks that ended, at least one; refuses (VK-D003) when for long there is nobody to work."""
        rules, alone = table("cluster"), 0.0
        while True:
            done, _ = wait(self.waiting, timeout=float(rules["look_every_seconds"]), return_when=FIRST_COMPLETED)
            if done:
                return done
            alone = 0.0 if self.sender.present() else alone + float(rules["look_every_seconds"])
            if alone >= rules["workers_seconds"]:
                raise Refusal(problem("VK-D003"))

    def _fetched(self, done: Done) -> Path | Refused:
        """A finished segment in the cache, or why it cannot be had; one that its proof does not speak of counts as not made."""
        try:
            content = self.store.get(f"{done.key}-{done.proof}.mp4")
        except Refusal as refusal:
            return Refused(refusal.problems)
        with self.cache.scratch() as folder:
            file = folder / "segment.mp4"
            file.write_bytes(content)
            if caches.proof(done.key, file) != done.proof:
                return Refused((problem("VK-D006"),))
            return self.cache.keep(done.key, file)

    def _again(self, order: WorkOrder, refused: Refused) -> None:
        """Give an order out again where that may help; refuse with what was said where it may not, or was tried often enough."""
        rules = table("cluster")
        if not {p.code for p in refused.problems} & set(rules["again"]):
            raise Refusal(*refused.problems)
        if self.given[order.key] < rules["tries"]:
            self.give(order)
            return
        last = refused.problems[0]
        count = self.given[order.key]
        raise Refusal(problem("VK-D008", count=count, words=last.message("zh"), words_en=last.message("en")))


def _answer(task: Future[Done | Refused]) -> Done | Refused:
    """What became of a task, whatever that is."""
    try:
        return task.result()
    except CancelledError:
        return Refused((problem("VK-D009", words="scheduler lost"),))
    except Exception as error:  # noqa: BLE001  # whatever a worker or the way to it may raise
        return Refused((_broken(error),) if type(error).__name__ == LOST else (_failed(error),))


def _broken(error: BaseException) -> Problem:
    return problem("VK-D009", words=_said(error))


def _failed(error: Exception) -> Problem:
    return problem("VK-D007", words=_said(error))


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:WORDS].splitlines()[0].rstrip(": ")

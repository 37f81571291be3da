"""A work order → a finished segment in the store: what a worker does.

Pictures are kept in memory only, the segment in a private folder until it is uploaded: nothing of a photo stays on a worker's disk. Only
light modules are imported at the top, since a scheduler reads orders too.
"""

from __future__ import annotations

import platform
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from vidkit import cache as caches
from vidkit.cluster.stores import Store
from vidkit.problems import Refusal, problem
from vidkit.tables import table

if TYPE_CHECKING:
    from vidkit.cache import Cache
    from vidkit.cluster.orders import Ask, Done, Planes, Refused, WorkOrder
    from vidkit.colour import Bytes
    from vidkit.storyboard import Picture


def carry_out(order: WorkOrder) -> Done | Refused:
    """Make an order's segment and upload it; what stands against it is an answer, no exception, so that no log has the order's words."""
    from vidkit.cluster.orders import Refused  # noqa: PLC0415  # see the module's docstring
    from vidkit.consoles.crashes import machine_fault  # noqa: PLC0415  # same

    try:
        return _carried_out(order, caches.default())
    except Refusal as refusal:
        return Refused(refusal.problems)
    except (MemoryError, OSError) as error:
        fault = machine_fault(error)
        if not fault:
            raise
        return Refused((fault,))


def _carried_out(order: WorkOrder, where: Cache) -> Done:
    from vidkit import clip  # noqa: PLC0415  # see the module's docstring
    from vidkit.cluster.orders import Done  # noqa: PLC0415  # same

    _agreed(order, where)
    store = Store(order.store)
    with where.scratch() as folder:
        _swept(where, folder.stat().st_mtime)
        album = _Fetched(store, dict(order.pictures))
        made = clip.render(order.segment, order.key, album, order.chosen, caches.Cache(folder))
        proof = caches.proof(order.key, made)
        store.still_open()
        store.put(f"{order.key}-{proof}{made.suffix}", made.read_bytes(), f"{folder.name}{caches.PART}")
    return Done(order.key, proof)


def _agreed(order: WorkOrder, where: Cache) -> None:
    """Refuse (VK-D004) an order of a build that gives other bytes than this one."""
    from vidkit.cluster import build  # noqa: PLC0415  # see the module's docstring

    differ = build.apart(order.build, build.own(where))
    if differ:
        raise Refusal(problem("VK-D004", worker=platform.node(), ours=differ[0], theirs=differ[1]))


def _swept(where: Cache, now: float) -> None:
    """Remove what killed workers left here; ``now`` is a moment by the disk's clock. Others on this computer may be doing the same."""
    with suppress(OSError):
        where.sweep(now - float(table("cluster")["stale_seconds"]))


@dataclass(eq=False)
class _Fetched:
    """An album of an order's pictures, by the SHA-256 of their files."""

    store: Store
    files: dict[Ask, str] = field(default_factory=dict)
    stock: None = None

    def cut(self, picture: Picture, width: int, height: int) -> Bytes:
        """The RGB picture that was sent for this."""
        from vidkit.cluster import orders  # noqa: PLC0415  # see the module's docstring

        return orders.rgb(_picture(self.store, self.files[orders.Ask("cut", picture, width, height)]))

    def planes(self, picture: Picture, width: int, height: int) -> Planes:
        """The planes that were sent for this."""
        from vidkit.cluster import orders  # noqa: PLC0415  # see the module's docstring

        return orders.planes(_picture(self.store, self.files[orders.Ask("planes", picture, width, height)]))


@lru_cache(maxsize=int(table("cluster")["pictures_kept"]))
def _picture(store: Store, sha256: str) -> bytes:
    """A picture's file, fetched once; its hash is proven."""
    return store.picture(sha256, ".png")

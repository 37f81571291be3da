"""What frames and stills are made of, kept in the cache for the next run: parts cut from photos, and drawings.

They only save time: a segment made again because one caption changed cuts no photo anew and draws only what changed. Of the cache they have
a share, the ones not used for longest go first, and where the disk has little room or cannot be written nothing is put there.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vidkit.problems import Refusal
from vidkit.runs import closed
from vidkit.tables import table

if TYPE_CHECKING:
    from vidkit.cache import Cache


@dataclass(frozen=True)
class Stock:
    """The stock in a cache of what is made by one ``painting`` (``clip.painting``)."""

    cache: Cache
    painting: str

    def find(self, kind: str, said: Any) -> bytes | None:
        """What is kept of a ``kind`` (``cache.STOCK``) under ``said`` (plain data), proven; None when there is none."""
        return self.cache.content(self._key(kind, said), f".{kind}")

    def put(self, kind: str, said: Any, content: bytes | memoryview) -> None:
        """Keep something, if the disk has room to spare; whatever is wrong with the disk is told by who has to write."""
        with suppress(Refusal, OSError):
            closed.make(self.cache.root, self.cache.root)
            if shutil.disk_usage(self.cache.root).free >= float(table("limits")["cache"]["spare_mb"]) * 1e6:
                self.cache.store(self._key(kind, said), f".{kind}", content)

    def _key(self, kind: str, said: Any) -> str:
        whole = json.dumps([kind, said, self.painting], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(whole.encode()).hexdigest()

"""Arrays laid aside on disk for as long as a run lasts: in one file without a name, so nothing is left of it however the run ends."""

from __future__ import annotations

import shutil
import tempfile
import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from vidkit import faults
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator
    from pathlib import Path

    from vidkit.colour import Bytes


@dataclass(eq=False)
class Shelf:
    """Where arrays are laid aside and had again by any thread. A disk with little room, or one that cannot be written, is left alone: then
    nothing is found here.
    """

    folder: Path
    _opened: ExitStack
    _files: list[BinaryIO] = field(default_factory=list)
    _places: dict[Hashable, tuple[int, tuple[int, ...]]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, key: Hashable) -> Bytes | None:
        """The array laid aside under a key, as a new one."""
        with self._lock:
            if key not in self._places:
                return None
            at, shape = self._places[key]
            found = np.empty(shape, np.uint8)
            self._files[0].seek(at)
            read = self._files[0].readinto(found.data)  # type: ignore[attr-defined]  # every file opened for bytes has it
            return found if read == found.nbytes else None

    def put(self, key: Hashable, array: Bytes) -> None:
        """Lay an array aside under a key, if the disk has room to spare."""
        with self._lock:
            try:
                if shutil.disk_usage(self.folder).free >= float(table("limits")["cache"]["spare_mb"]) * 1e6:
                    self._append(key, np.ascontiguousarray(array))
            except OSError as error:
                if faults.of_the_machine(error) and error.errno not in faults.FULL:
                    raise

    def _append(self, key: Hashable, array: Bytes) -> None:
        if not self._files:
            nameless = tempfile.TemporaryFile(dir=self.folder, buffering=0)  # noqa: SIM115  # closed with the shelf
            self._files.append(self._opened.enter_context(nameless))
        at = self._files[0].seek(0, 2)
        if self._files[0].write(array.data) == array.nbytes:  # less where the disk was filled meanwhile
            self._places[key] = at, array.shape


@contextmanager
def within(folder: Path) -> Iterator[Shelf]:
    """An empty shelf in a folder, gone afterwards."""
    with ExitStack() as opened:
        yield Shelf(folder, opened)

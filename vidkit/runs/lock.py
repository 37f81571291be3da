"""One run at a time for an output folder, or for a file of people's own: a lock that ends with the process that holds it, and whose run it is.

Locks lie in the cache's folder, so nothing is left among people's files. Runs with different caches do not see each other; each file
of theirs still appears whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import filelock

from vidkit import console
from vidkit.consoles import spelling
from vidkit.problems import Refusal, problem
from vidkit.runs import closed, faults, stored
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.cache import Cache


SOON = 1.0
"""Seconds of waiting that nobody needs to be told of."""


@contextmanager
def held(folder: Path, cache: Cache, wait_seconds: float | None = None) -> Iterator[None]:
    """Hold an output folder, or a file that is to be changed; another run that has it is waited for, which is told, as long as ``data/limits.yaml`` says, then refuses with
    VK-E008.
    """
    wait = float(table("limits")["cache"]["lock_wait_seconds"]) if wait_seconds is None else wait_seconds
    name = hashlib.sha256(str(folder.resolve()).encode(errors="surrogatepass")).hexdigest()[:16]
    file = cache.root / "locks" / f"{name}.lock"
    owner = file.with_suffix(".json")
    try:
        closed.make(file.parent, cache.root)
        lock = filelock.FileLock(file)
        with suppress(filelock.Timeout):
            lock.acquire(timeout=min(wait, SOON))
        if not lock.is_locked:
            console.note(console.words("waiting", folder=spelling.shown(folder), owner=_told(owner)))
            lock.acquire(timeout=max(wait - SOON, 0.0))
    except filelock.Timeout as error:
        raise Refusal(problem("VK-E008", folder=folder, owner=_told(owner))) from error
    except OSError as error:
        raise faults.refusal(error, file.parent, faults.little(), cached=True) from error
    try:
        with suppress(OSError):
            said = {"pid": os.getpid(), "host": platform.node(), "folder": str(folder.resolve())}
            owner.write_text(json.dumps(said), encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            owner.unlink(missing_ok=True)
        lock.release()


def taken(cache: Cache) -> tuple[Path, ...]:
    """The folders that runs say they hold: every one that is held now, and those of killed runs."""
    found = (stored.of(owner).get("folder") for owner in sorted((cache.root / "locks").glob("*.json")))
    return tuple(Path(folder) for folder in found if isinstance(folder, str))


def _told(owner: Path) -> str:
    """Which process on which computer has the folder, as far as it says."""
    try:
        said = stored.of(owner)
        return f"{said['pid']} @ {said['host']}"
    except (OSError, KeyError):
        return "?"

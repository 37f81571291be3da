"""A folder at an fsspec URL through which pictures go out and segments come back, for as long as one run lasts.

What is read is held against its hash. The folder is removed at the end, whatever became of the run; a run that was killed is remembered in its
sender's cache, and its folder goes when that cache is next used for such a run.
"""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import filelock

from vidkit.problems import Refusal, problem
from vidkit.runs import closed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vidkit.cache import Cache

OPEN = "open"
"""A file that lies in the folder as long as its run goes on."""
OVER = "the run is over"


@dataclass(frozen=True)
class Store:
    """A run's folder; whatever goes wrong with it is a refusal (VK-D005)."""

    url: str

    def put(self, name: str, content: bytes, beside: str) -> None:
        """Write a file: first as ``beside``, then renamed."""
        with self._told() as (files, root):
            files.pipe_file(f"{root}/{beside}", content)
            files.mv(f"{root}/{beside}", f"{root}/{name}")

    def get(self, name: str) -> bytes:
        """A file's content."""
        with self._told() as (files, root):
            return bytes(files.cat_file(f"{root}/{name}"))

    def picture(self, sha256: str, suffix: str) -> bytes:
        """The content of a picture's file; refuses one that is not what its name says."""
        content = self.get(f"{sha256}{suffix}")
        if hashlib.sha256(content).hexdigest() != sha256:
            raise self._refused("a picture was changed")
        return content

    def open(self) -> None:
        """Begin: the folder is there, and its run goes on."""
        with self._told() as (files, root):
            files.makedirs(root, exist_ok=True)
            files.pipe_file(f"{root}/{OPEN}", b"vidkit\n")

    def still_open(self) -> None:
        """Refuse when the run is over: nothing may be written to a folder that was cleared."""
        with self._told() as (files, root):
            going_on = files.exists(f"{root}/{OPEN}")
        if not going_on:
            raise self._refused(OVER)

    def clear(self) -> None:
        """Remove the folder with all that is in it."""
        with self._told() as (files, root):
            with suppress(FileNotFoundError):
                files.rm_file(f"{root}/{OPEN}")
            with suppress(FileNotFoundError):
                files.rm(root, recursive=True)

    @contextmanager
    def _told(self) -> Iterator[tuple[Any, str]]:
        """The file system and the folder's path in it; what goes wrong inside is told plainly, without the URL's password."""
        try:
            import fsspec  # noqa: PLC0415  # an extra

            files, root = fsspec.url_to_fs(self.url, use_listings_cache=False)
            yield files, str(root).rstrip("/")
        except Refusal:
            raise
        except ModuleNotFoundError as error:
            raise Refusal(problem("VK-D001", words=error.name or "fsspec")) from error
        except Exception as error:  # each of fsspec's file systems has exceptions of its own
            raise self._refused(_hidden(f"{type(error).__name__}: {error}")) from error

    def _refused(self, words: str) -> Refusal:
        return Refusal(problem("VK-D005", store=_hidden(self.url), words=words))


def _hidden(words: str) -> str:
    """Words without names and passwords of URLs in them."""
    return re.sub(r"://[^/@\s]*@", "://…@", words)


@contextmanager
def run(url: str, cache: Cache) -> Iterator[Store]:
    """A folder below a URL for one run, cleared afterwards; folders that killed runs of this cache left are cleared first."""
    _clear_left(cache)
    with cache.scratch() as unique:
        store = Store(f"{url.rstrip('/')}/vidkit-{unique.name}")
        noted = _noted(cache) / f"{unique.name}.json"
        closed.make(noted.parent, cache.root)
        with filelock.FileLock(noted.with_suffix(".lock")):
            noted.write_text(json.dumps({"url": store.url}), encoding="utf-8")
            store.open()
            try:
                yield store
            except BaseException:
                with suppress(Refusal):  # what ended the run is what must be told; what is left goes next time
                    store.clear()
                raise
            store.clear()
            noted.unlink()
        noted.with_suffix(".lock").unlink(missing_ok=True)


def _clear_left(cache: Cache) -> None:
    """Clear the folders of runs that do not go on any more."""
    for noted in sorted(_noted(cache).glob("*.json")):
        lock = filelock.FileLock(noted.with_suffix(".lock"))
        with suppress(filelock.Timeout, Refusal, OSError, ValueError, KeyError), lock.acquire(timeout=0):
            Store(json.loads(noted.read_text(encoding="utf-8"))["url"]).clear()
            noted.unlink()
            noted.with_suffix(".lock").unlink(missing_ok=True)


def _noted(cache: Cache) -> Path:
    return cache.root / "stores"

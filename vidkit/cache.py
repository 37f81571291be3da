"""The cache folder: key → file. Deleting it costs only time.

An entry's name is ``<key>-<SHA-256 of its content><suffix>``: it appears by one rename, carries its own proof, and one that does not
match is removed and made again. ``VIDKIT_CACHE`` names another folder.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from vidkit.problems import Refusal, problem

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Cache:
    """A folder of finished parts."""

    root: Path

    def find(self, key: str, suffix: str) -> Path | None:
        """The entry's file, its content proven against its name; None when there is none."""
        for file in sorted(self._folder(key).glob(f"{key}-*{suffix}")):
            if sha256(file) == file.name[len(key) + 1 : -len(suffix)]:
                return file
            file.unlink(missing_ok=True)
        return None

    def keep(self, key: str, made: Path) -> Path:
        """Move a finished file (from ``scratch``) into the cache under its key; its suffix is kept."""
        file = self._folder(key) / f"{key}-{sha256(made)}{made.suffix}"
        with _said_plainly(self.root):
            file.parent.mkdir(parents=True, exist_ok=True)
            made.replace(file)
        return file

    def recall(self, key: str) -> Any | None:
        """The value remembered under a key, or None."""
        file = self.find(key, ".json")
        return json.loads(file.read_text(encoding="utf-8")) if file else None

    def remember(self, key: str, value: Any) -> None:
        """Remember a JSON value under a key."""
        with self.scratch() as folder:
            made = folder / "value.json"
            with _said_plainly(self.root):
                made.write_text(json.dumps(value, sort_keys=True), encoding="utf-8")
            self.keep(key, made)

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A private empty folder on the cache's own disk, removed afterwards."""
        parent = self.root / "tmp"
        with _said_plainly(self.root):
            parent.mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(dir=parent))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def sweep(self, before: float) -> None:
        """Remove private folders last touched before a moment (seconds since 1970): runs that were killed left them."""
        for folder in (self.root / "tmp").glob("*"):
            if folder.stat().st_mtime < before:
                shutil.rmtree(folder, ignore_errors=True)

    def _folder(self, key: str) -> Path:
        return self.root / "parts" / key[:2]


def default() -> Cache:
    """The cache of this user, or of ``VIDKIT_CACHE``."""
    return Cache(Path(os.environ.get("VIDKIT_CACHE") or platformdirs.user_cache_dir("vidkit", appauthor=False)))


def compiled_templates() -> Path | None:
    """The folder where Jinja keeps compiled templates; None when it cannot be written."""
    folder = default().root / "templates"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def sha256(file: Path) -> str:
    """The file's SHA-256 in hex."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def deliver(source: Path, target: Path) -> bool:
    """Copy a finished file to its final name: a hidden sibling, flushed to disk, then one rename; False when it is there already."""
    if target.is_file() and target.stat().st_size == source.stat().st_size and sha256(target) == sha256(source):
        return False
    with landing(target) as sibling:
        shutil.copyfile(source, sibling)
    return True


def deliver_bytes(content: bytes, target: Path) -> bool:
    """As ``deliver``, for bytes at hand."""
    if target.is_file() and target.read_bytes() == content:
        return False
    with landing(target) as sibling:
        sibling.write_bytes(content)
    return True


@contextmanager
def landing(target: Path) -> Iterator[Path]:
    """A hidden sibling to write; when all went well it is flushed and takes the final name, otherwise it is removed."""
    sibling = target.parent / f".{target.name}.part"
    try:
        with _said_plainly(target.parent):
            target.parent.mkdir(parents=True, exist_ok=True)
            yield sibling
            with sibling.open("rb+") as stream:
                os.fsync(stream.fileno())
            sibling.replace(target)
    finally:
        sibling.unlink(missing_ok=True)


@contextmanager
def _said_plainly(folder: Path) -> Iterator[None]:
    """An error of the disk inside is a refusal: full (VK-E003), or a folder that cannot be written (VK-E005)."""
    try:
        yield
    except OSError as error:
        code = "VK-E003" if error.errno == errno.ENOSPC else "VK-E005"
        raise Refusal(problem(code, folder=folder.name, words=error.strerror or error)) from error

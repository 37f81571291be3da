"""The cache folder: key → file. Deleting it costs only time.

An entry's name is ``<key>-<SHA-256 of its key and content><suffix>``: it appears by one rename, carries its own proof, and one that does
not match is removed and made again. What was not used for longest goes first when the folder is full. ``VIDKIT_CACHE`` names another folder;
whatever else lies in that is left alone.

Another run may empty the cache at any moment. What a run found and then misses is a refusal of its own (VK-E013): begun again, it is made again.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import platformdirs

from vidkit.problems import Refusal, problem
from vidkit.runs import closed, faults
from vidkit.sources import encoding
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

T = TypeVar("T")

PART = ".part"
"""How the name of a file ends that is only being written."""
MOST_NAME = 200
"""Bytes of a file's name that its hidden siblings' take over."""
NAMED = re.compile(r"([0-9a-f]{64})-([0-9a-f]{64})(\.[a-z0-9]+)")
"""What the name of an entry looks like: its key, its proof, its suffix."""
STOCK = (".planes", ".drawing")
"""How the names of those entries end that only save time (``stock``)."""
REMEMBERED = ".json"
"""How the names of values end."""
OTHERS = 0o022
"""The bits of a file's mode that let others write into it."""
PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between two tries to rename on Windows: what looks at new files there (virus scanners, the search index, a browser that shows one) has
them open for moments.
"""
LOOKS = 20
"""How often a folder is looked through at most while other runs remove folders in it."""
CONTENT = "content"
"""What a file of bytes at hand is called until it is kept."""
PARTS, PRIVATE, TEMPLATES = "parts/[0-9a-f][0-9a-f]", "tmp/vidkit-*", "templates/*.jinja"
"""What in a cache's folder is ours: folders of entries, private folders, compiled templates."""


class Lost(Refusal):
    """A refusal because a file that was there a moment ago is gone or damaged: another program did that."""

    def __init__(self, file: Path) -> None:
        super().__init__(problem("VK-E013", name=file.name))


class TakenError(Exception):
    """Something has the name already that a new file was to get."""


@dataclass(frozen=True)
class Entry:
    """A file of the cache: how many bytes it has, when it was last used (nanoseconds since 1970)."""

    file: Path
    size: int
    used: int

    @property
    def sound(self) -> bool:
        """Whether the content is what was kept under the name."""
        named = NAMED.fullmatch(self.file.name)
        return named is not None and _proven(named[1], self.file, named[3])


@dataclass(frozen=True)
class Cache:
    """A folder of finished parts."""

    root: Path

    def find(self, key: str, suffix: str) -> Path | None:
        """The entry's file, its content proven against its name; None when there is none."""
        return self._first(key, suffix, lambda file: file if proof(key, file) == _proof_in(file, key, suffix) else None)

    def content(self, key: str, suffix: str) -> bytes | None:
        """The entry's content, read once and proven against its name; None when there is none."""
        return self._first(key, suffix, lambda file: _whole(key, file, suffix))

    def _first(self, key: str, suffix: str, look: Callable[[Path], T | None]) -> T | None:
        """What ``look`` gives of a key's first entry that proves itself, which is used now; one that does not, or cannot be read, is removed."""
        for file in _listed(self._folder(key), f"{key}-*{suffix}"):
            try:
                found = look(file)
            except OSError as error:
                faults.answered(error)
                found = None
            if found is not None:
                with suppress(OSError):
                    os.utime(file)
                return found
            _removed(file)
        return None

    def keep(self, key: str, made: Path) -> Path:
        """Move a finished file (from ``scratch``) into the cache under its key; its suffix is kept. An entry of that name that proves itself and
        cannot be replaced (Windows: somebody reads it just now) is as good.
        """
        with said_plainly(self.root, cached=True):
            try:
                file = self._folder(key) / f"{key}-{proof(key, made)}{made.suffix}"
                closed.make(file.parent, self.root)
                moved(made, file, lambda: _proven(key, file, made.suffix))
            except FileNotFoundError as error:
                raise Lost(made) from error
        return file

    def recall(self, key: str) -> Any | None:
        """The value remembered under a key; None when there is none. An entry that proves itself and is no JSON is removed like a damaged one."""
        return self._first(key, REMEMBERED, lambda file: _value(_whole(key, file, REMEMBERED)))

    def remember(self, key: str, value: Any) -> None:
        """Remember a JSON value under a key; where the cache is emptied just now, it is not."""
        self.store(key, REMEMBERED, json.dumps(value, sort_keys=True).encode())

    def store(self, key: str, suffix: str, content: bytes | memoryview) -> None:
        """Keep bytes under a key; where the cache is emptied just now, they are not."""
        with suppress(Lost), self.scratch() as folder:
            made = folder / f"{CONTENT}{suffix}"
            with said_plainly(self.root, cached=True), missed(folder):
                made.write_bytes(content)
            self.keep(key, made)

    def showing(self) -> tuple[Path, ...]:
        """The parts in which somebody may be seen or heard, by name: everything but what is remembered as JSON and what only saves time (``STOCK``)."""
        mute = {REMEMBERED, *STOCK}
        found = (one.file for one in self.entries() if NAMED.fullmatch(one.file.name) and one.file.suffix not in mute)
        return tuple(sorted(found))

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A private empty folder on the cache's own disk, removed afterwards; what a full, failing or read-only disk refuses meanwhile is told of
        this one.
        """
        parent = self.root / "tmp"
        with said_plainly(self.root, cached=True):
            closed.make(parent, self.root)
            folder = Path(tempfile.mkdtemp(prefix="vidkit-", dir=parent))
        try:
            yield folder
        except faults.Full as full:
            raise full.at(self.root) from full
        except FileNotFoundError as error:
            if folder.is_dir():
                raise
            raise Lost(folder) from error
        except OSError as error:
            if error.errno in faults.FULL | {errno.EIO, errno.EROFS}:
                raise faults.refusal(error, self.root, cached=True) from error
            raise
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def sweep(self, before: float) -> None:
        """Remove private folders last touched before a moment (seconds since 1970): runs that were killed left them."""
        for folder in _listed(self.root, PRIVATE):
            with suppress(FileNotFoundError):  # another run may remove it just now
                if folder.stat().st_mtime < before:
                    shutil.rmtree(folder, ignore_errors=True)

    def entries(self) -> tuple[Entry, ...]:
        """Every file among the parts, the one not used for longest first."""
        found = []
        for file in _listed(self.root, f"{PARTS}/*"):
            with suppress(FileNotFoundError):  # another run may remove it just now
                if file.is_file():
                    said = file.stat()
                    found.append(Entry(file, said.st_size, said.st_mtime_ns))
        return tuple(sorted(found, key=lambda entry: (entry.used, entry.file.name)))

    def verify(self) -> tuple[int, int]:
        """How many files were looked at, and how many of them were not what they should be and were removed."""
        entries = self.entries()
        bad = [entry for entry in entries if not entry.sound]
        return len(entries), sum(_removed(entry.file) for entry in bad)

    def trim(self, most_bytes: int) -> int:
        """Remove the files not used for longest until no more than so many bytes are left, of them a share of what only saves time
        (``data/limits.yaml``); how many were removed.
        """
        entries = self.entries()
        stock = [entry for entry in entries if entry.file.suffix in STOCK]
        gone = _shrunk(stock, most_bytes * float(table("limits")["cache"]["stock_share"]))
        return len(gone) + len(_shrunk([entry for entry in entries if entry not in gone], most_bytes))

    def empty_stock(self) -> tuple[Path, ...]:
        """Remove everything that only saves time, also what killed runs left half-kept of it; the files that cannot be removed now."""
        kept = (entry.file for entry in self.entries() if entry.file.suffix in STOCK)
        half = (file for suffix in STOCK for file in _listed(self.root, f"{PRIVATE}/{CONTENT}{suffix}"))
        return tuple(file for file in (*kept, *half) if not _removed(file))

    def clear(self) -> int:
        """Remove every part and everything that was only being made; how many files were removed. Refuses (VK-E005) where some cannot be."""
        entries = self.entries()
        gone = sum(_removed(entry.file) for entry in entries)
        for ours in (PARTS, PRIVATE, TEMPLATES):
            for one in _listed(self.root, ours):
                _removed(one)
        for folder in ("parts", "tmp", "templates"):
            with suppress(OSError):  # not there, or it holds something else
                (self.root / folder).rmdir()
        if gone < len(entries):
            raise faults.refusal(OSError(errno.EACCES, os.strerror(errno.EACCES)), self.root, cached=True)
        return gone

    def _folder(self, key: str) -> Path:
        return self.root / "parts" / key[:2]


def _listed(folder: Path, pattern: str) -> list[Path]:
    """What lies below a folder under a pattern, in order; looked for again when another run removes a folder meanwhile, which ``glob`` takes ill."""
    for _ in range(LOOKS - 1):
        with suppress(FileNotFoundError):
            return sorted(folder.glob(pattern))
    return sorted(folder.glob(pattern))


def _shrunk(entries: Sequence[Entry], most_bytes: float) -> set[Entry]:
    """Remove the first of some entries until the others have no more than so many bytes; those that went."""
    over, gone = sum(entry.size for entry in entries) - most_bytes, set()
    for entry in entries:
        if over <= 0:
            break
        if _removed(entry.file):
            over -= entry.size
            gone.add(entry)
    return gone


def most_bytes() -> int:
    """How large the cache may grow: ``VIDKIT_CACHE_GB``, or what ``data/limits.yaml`` says."""
    said = os.environ.get("VIDKIT_CACHE_GB", "")
    wanted = (
        float(said) if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", said) else float(table("limits")["cache"]["most_gb"])
    )
    return round(wanted * 1e9)


def default() -> Cache:
    """The cache of this user, or of ``VIDKIT_CACHE``; VK-E015 when nobody knows where that is."""
    root = place()
    if root is None:
        raise Refusal(problem("VK-E015"))
    return Cache(root)


def place() -> Path | None:
    """The folder of the default cache; None for a user whom the system gives no home folder."""
    try:
        said = os.environ.get("VIDKIT_CACHE") or platformdirs.user_cache_dir("vidkit", appauthor=False)
        return Path(said).expanduser()
    except RuntimeError:
        return None


def compiled_templates() -> Path | None:
    """The folder where Jinja keeps compiled templates; None when it cannot be written."""
    root = default().root
    folder = root / "templates"
    try:
        closed.make(folder, root)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def is_ours(opened: int) -> bool:
    """Whether only this user, or the system's, can have written an opened file: what is run must not come from anybody else who may write into a
    shared cache. Windows does not say; there it counts as ours.
    """
    if os.name == "nt":
        return True
    said = os.fstat(opened)
    return said.st_uid in (os.geteuid(), 0) and not said.st_mode & OTHERS


def now() -> float:
    """This moment, in seconds since 1970: what a cache has left from before it is swept."""
    return time.time()


def sha256(file: Path) -> str:
    """The file's SHA-256 in hex."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def proof(key: str, file: Path) -> str:
    """SHA-256 in hex of a key and a file's content: a file that was kept under another key does not prove itself."""
    digest = hashlib.sha256(key.encode())
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _value(content: bytes | None) -> Any | None:
    """The value that JSON says; None for what is none."""
    try:
        return None if content is None else json.loads(content)
    except (ValueError, RecursionError):
        return None


def _whole(key: str, file: Path, suffix: str) -> bytes | None:
    """An entry's content, read once, if it is the one its name speaks of."""
    read = file.read_bytes()
    digest = hashlib.sha256(key.encode())
    digest.update(read)
    return read if digest.hexdigest() == _proof_in(file, key, suffix) else None


def _proof_in(file: Path, key: str, suffix: str) -> str:
    """The proof that an entry's name holds."""
    return file.name[len(key) + 1 : -len(suffix)]


def _proven(key: str, file: Path, suffix: str) -> bool:
    """Whether an entry's content is the one its name speaks of; one that cannot be read is not."""
    try:
        return proof(key, file) == _proof_in(file, key, suffix)
    except OSError as error:
        faults.answered(error)
        return False


def _removed(file: Path) -> bool:
    """Remove a file, or a folder in its place; False where that was not possible (open in another program, folder not ours)."""
    try:
        if file.is_dir() and not file.is_symlink():
            shutil.rmtree(file)
        else:
            file.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def moved(source: Path, target: Path, as_good: Callable[[], bool] = lambda: False) -> None:
    """Give a file or a folder its new name at once; a file that had the name is replaced. On Windows a refusal is waited out for 1.6 seconds;
    where one stays, ``as_good`` says whether what has the name serves as well, else the system's error is raised.
    """
    for pause in (*(PAUSES if faults.windows() else ()), None):
        try:
            source.replace(target)
        except PermissionError:
            if as_good():
                return
            if pause is None:
                raise
            time.sleep(pause)
        else:
            return


def named_first(source: Path, target: Path) -> None:
    """Give a file a name that nothing has, at once and whole; raises ``TakenError`` where something has it. On disks without hard links the name is
    taken first and filled then.
    """
    try:
        try:
            os.link(source, target)
        except FileExistsError:
            raise
        except OSError:
            target.open("xb").close()
            try:
                moved(source, target)
            except BaseException:
                target.unlink(missing_ok=True)
                raise
    except FileExistsError as error:
        raise TakenError(target) from error


def deliver(source: Path, target: Path) -> bool:
    """Copy a finished file to its final name: a hidden sibling, checked and flushed to disk, then one rename; False when it is there already.

    An entry of the cache that was damaged or removed since it was found is refused (VK-E013), and gone.
    """
    with said_plainly(target.parent, file=target), missed(source):
        size = source.stat().st_size
        if target.is_file() and target.stat().st_size == size and sha256(target) == sha256(source):
            return False
    with landing(target, size) as sibling:
        with missed(source):
            shutil.copyfile(source, sibling)
        named = NAMED.fullmatch(source.name)
        if named and proof(named[1], sibling) != named[2]:
            _removed(source)
            raise Lost(source)
    return True


def deliver_bytes(content: bytes, target: Path) -> bool:
    """As ``deliver``, for bytes at hand."""
    with said_plainly(target.parent, file=target):
        if target.is_file() and target.read_bytes() == content:
            return False
    with landing(target, len(content)) as sibling:
        sibling.write_bytes(content)
    return True


def deliver_new(content: bytes, target: Path) -> bool:
    """As ``deliver_bytes``, for a file that is not there yet: of several who write one at the same time one does; False for the others, and where
    something has the name.
    """
    try:
        with landing(target, len(content), named_first) as sibling:
            sibling.write_bytes(content)
    except TakenError:
        return False
    return True


def deliver_text(text: str, target: Path, words: Container[str]) -> bool:
    """As ``deliver_bytes``, for the text of people's own file: written as the file that is there (UTF-8, with a mark, GB18030); ``words`` are the
    keys it may hold.
    """
    with said_plainly(target.parent, file=target):
        before = target.read_bytes() if target.is_file() else b""
    return deliver_bytes(encoding.encoded(text, before, words), target)


@contextmanager
def landing(target: Path, size: int = 0, give: Callable[[Path, Path], None] = moved) -> Iterator[Path]:
    """A hidden sibling to write (``size`` bytes, where that is known); when all went well it is flushed and takes the final name (``give``), otherwise
    it is removed.
    """
    sibling = target.parent / f"{_hidden(target)}{os.getpid()}-{threading.get_ident()}{PART}"
    try:
        with said_plainly(target.parent, size, target):
            closed.make(target.parent)
            yield sibling
            with sibling.open("rb+") as stream:
                os.fsync(stream.fileno())
            give(sibling, target)
            _settled(target.parent)
    finally:
        with suppress(OSError):  # a folder that cannot be written says so even of what is not there
            sibling.unlink(missing_ok=True)


@contextmanager
def new_folder(folder: Path) -> Iterator[None]:
    """Make a folder to fill, with those above it; what was made goes again with all in it when that raises. An error of the system stays one
    (FileExistsError where it is there already).
    """
    above = [one for one in folder.parents if not one.exists()]
    try:
        folder.mkdir(parents=True)
        try:
            yield
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    except BaseException:
        for one in above:
            with suppress(OSError):  # somebody else put something into it
                one.rmdir()
        raise


def _settled(folder: Path) -> None:
    """The renames in a folder reach the disk, where the system lets a folder be flushed."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _hidden(target: Path) -> str:
    """How the names of a file's hidden siblings begin; systems take 255 bytes for the whole."""
    name = target.name
    return f".{name if len(os.fsencode(name)) <= MOST_NAME else hashlib.sha256(os.fsencode(name)).hexdigest()}."


def leavings_removed(folder: Path) -> int:
    """Remove what a killed run left half-written below a folder; how many files. Only for who holds the folder's lock."""
    return sum(_removed(file) for file in folder.rglob(f".*{PART}"))


def leavings_of(target: Path) -> int:
    """Remove what killed runs left half-written of one file; how many files. Only for who alone may write it now."""
    begun = _hidden(target)
    return sum(_removed(file) for file in target.parent.glob(f".*{PART}") if file.name.startswith(begun))


@contextmanager
def missed(file: Path) -> Iterator[None]:
    """A file that was there a moment ago and is not any more is refused (VK-E013)."""
    try:
        yield
    except FileNotFoundError as error:
        if file.exists():
            raise
        raise Lost(file) from error


@contextmanager
def said_plainly(folder: Path, needed: int = 0, file: Path | None = None, *, cached: bool = False) -> Iterator[None]:
    """An error of the system inside is a refusal that names the folder (the cache's if ``cached``), how many bytes it lacks where it is full, and the
    ``file`` in it where that may be all that cannot be written.
    """
    try:
        yield
    except OSError as error:
        raise faults.refusal(error, folder, needed, file, cached=cached) from error

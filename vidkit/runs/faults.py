"""What the system says when it fails → one problem in plain words: a full disk with how much it lacks, a quota, too many open files, a disk
that fails, a folder that cannot be written.

Where a file's absence is an answer (no such photo, no such consent), ``answered`` tells an absence from a system that could not look.
"""

from __future__ import annotations

import errno
import math
import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vidkit.problems import Problem, Refusal, problem
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable

MEGABYTE: Final = 1_000_000
FULL: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""The disk, or the share of it that is this person's, is full."""
FILES: Final = frozenset({errno.EMFILE, errno.ENFILE})
"""No further file can be opened."""
SPARE: Final = 4
"""Files a library may have to open at once and does not complain of when it cannot."""
SAID: Final = {
    "No space left on device": errno.ENOSPC,
    "Disk quota exceeded": getattr(errno, "EDQUOT", errno.ENOSPC),
    "Too many open files": errno.EMFILE,
    "Read-only file system": errno.EROFS,
    "Cannot allocate memory": errno.ENOMEM,
    "Insufficient memory": errno.ENOMEM,  # OpenCV
    "failed to map segment": errno.ENOMEM,  # the loader of libraries
    "can't start new thread": errno.ENOMEM,  # Python; so many are allowed, or there is no memory for its stack
}
"""What a program of others says of the system's errors."""
BUSY: Final = {32: "ERROR_SHARING_VIOLATION", 33: "ERROR_LOCK_VIOLATION"}
"""Windows' own numbers for what another program has open; as errno both are EACCES."""
OF_A_FILE: Final = frozenset(
    {errno.EACCES, errno.EPERM, errno.EBUSY, errno.EISDIR, getattr(errno, "ETXTBSY", errno.EBUSY)}
)
"""Errors that may be one file's, where others of its folder can be written."""
CRASHED: Final = range(0xC000_0000, 0xC100_0000)
"""Exit statuses of what Windows ended: numbers of its own (NTSTATUS) where POSIX has a signal. No error of ffmpeg's lies there."""


class Full(Refusal):
    """A refusal because a disk is full: it knows the folder, for those who know how much more the work needs."""

    def __init__(self, number: int, folder: Path, needed: int = 0) -> None:
        super().__init__(lacking(number, folder, needed))
        self.number, self.folder = number, folder

    def at(self, folder: Path) -> Full:
        """The same of a folder above, which people know."""
        return Full(self.number, folder) if self.folder.is_relative_to(folder) else self


def windows() -> bool:
    """Whether this is Windows, where nothing can be renamed or removed that another program has open."""
    return os.name == "nt"


def refusal(
    error: OSError, folder: Path | None = None, needed: int = 0, file: Path | None = None, *, cached: bool = False
) -> Refusal:
    """An error of the system as a refusal; ``folder`` is where the work went (the cache's if ``cached``), ``needed`` the bytes it still wants there,
    ``file`` what was to be written in it.
    """
    if error.errno in FULL:
        return Full(error.errno or errno.ENOSPC, folder or fullest((Path.cwd(), Path(tempfile.gettempdir()))), needed)
    return Refusal(told(error, folder, file, cached=cached))


def told(error: OSError, folder: Path | None = None, file: Path | None = None, *, cached: bool = False) -> Problem:
    """An error of the system as a problem (exit 5)."""
    if error.errno in FULL:
        return refusal(error, folder).problems[0]
    if error.errno in FILES:
        return problem("VK-E010")
    if error.errno == errno.ENOMEM:
        return problem("VK-M012")
    zh, en = words(error)
    if folder is None:
        return problem("VK-M013", words=zh, words_en=en)
    if error.errno == errno.EIO:
        return problem("VK-E011", folder=folder, words=zh, words_en=en)
    name = file.name if file and error.errno in OF_A_FILE else ""
    rows = {"where": "fault-file" if name else "fault-folder", "then": "fault-then-cache" if cached else "fault-then"}
    said = {
        f"{what}{end}": table("cli")[row][tongue].format(folder=folder, name=name)
        for what, row in rows.items()
        for end, tongue in (("", "zh"), ("_en", "en"))
    }
    return problem("VK-E005", folder=folder, words=zh, words_en=en, **said)


def words(error: OSError) -> tuple[str, str]:
    """What an error of the system means, in Chinese and in English."""
    rows, name = table("faults"), errno.errorcode.get(error.errno or 0, "")
    own = (BUSY.get(getattr(error, "winerror", None) or 0, ""), f"{name}_WINDOWS" if windows() else "", name)
    row = next((rows[one] for one in own if one in rows), None)
    said = error.strerror or str(error)
    return (row["zh"], row["en"]) if row else (said, said)


def lacking(number: int, folder: Path, needed: int = 0) -> Problem:
    """How much a full disk lacks: what is needed (bytes; a usual clip's where nobody knows), what is free, for which folder. Megabytes. Of a
    disk that says it is full with that much free, only this.
    """
    left, wanted = free(folder), needed or usual()
    if number != errno.ENOSPC:
        return problem("VK-E009", folder=folder, needed=math.ceil(wanted / MEGABYTE), free=left // MEGABYTE)
    sizes = {"needed": math.ceil(wanted / MEGABYTE), "free": left // MEGABYTE}
    sizes["missing"] = sizes["needed"] - sizes["free"]
    row = table("cli")["disk-lacks" if sizes["missing"] > 0 else "disk-says-full"]
    said = {f"lack{end}": row[tongue].format(**sizes) for end, tongue in (("", "zh"), ("_en", "en"))}
    return problem("VK-E003", None, folder=folder, **sizes, **said)


def usual() -> int:
    """Bytes a usual clip with everything beside it takes while it is made."""
    return int(table("limits")["cache"]["usual_mb"]) * MEGABYTE


def little() -> int:
    """Bytes that words, folders and new names take at most."""
    return int(table("limits")["cache"]["little_mb"]) * MEGABYTE


def free(folder: Path) -> int:
    """Bytes free on a folder's disk, or on that of the nearest folder above it that is there; 0 where the system does not say."""
    for there in (folder, *folder.absolute().parents):
        try:
            return shutil.disk_usage(there).free
        except OSError:
            continue
    return 0


def fullest(folders: Iterable[Path]) -> Path:
    """The folder with the least space."""
    return min(folders, key=free)


def of_the_machine(error: OSError) -> bool:
    """Whether an error says nothing of the file asked for: the system had no means to look."""
    return error.errno in FULL | FILES | {errno.ENOMEM}


def answered(error: Exception) -> None:
    """An error that tells of a file (not there, not readable, no such thing) is an answer; one of the machine is raised again, lest it be
    taken for one.
    """
    if isinstance(error, OSError) and of_the_machine(error):
        raise error


def killed(status: int) -> bool:
    """Whether a program with this exit status was ended from outside, or crashed: by a signal, or by Windows itself."""
    return status < 0 or status in CRASHED


def number_said(status: int, complaint: str) -> int:
    """The number of the system's error a program ended with: from its words, or from its exit status, which is ffmpeg's error
    number in eight bits, on Windows in thirty-two; 0 for none of ours.
    """
    for said, number in SAID.items():
        if said in complaint:
            return number
    return next((number for number in SAID.values() if status in {-number & 0xFF, -number & 0xFFFF_FFFF}), 0)


def enough_files() -> None:
    """Raise the system's own error when the few files cannot be opened that a library needs and would silently do without."""
    with ExitStack() as opened:
        for _ in range(SPARE):
            opened.enter_context(Path(os.devnull).open("rb"))

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
}
"""What a program of others says of the system's errors."""


class Full(Refusal):
    """A refusal because a disk is full: it knows the folder, for those who know how much more the work needs."""

    def __init__(self, number: int, folder: Path, needed: int = 0) -> None:
        super().__init__(lacking(number, folder, needed))
        self.number, self.folder = number, folder

    def at(self, folder: Path) -> Full:
        """The same of a folder above, which people know."""
        return Full(self.number, folder) if self.folder.is_relative_to(folder) else self


def refusal(error: OSError, folder: Path | None = None, needed: int = 0) -> Refusal:
    """An error of the system as a refusal; ``folder`` is where the work went, ``needed`` the bytes it still wants there."""
    if error.errno in FULL:
        return Full(error.errno or errno.ENOSPC, folder or fullest((Path.cwd(), Path(tempfile.gettempdir()))), needed)
    return Refusal(told(error, folder))


def told(error: OSError, folder: Path | None = None) -> Problem:
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
    return problem("VK-E011" if error.errno == errno.EIO else "VK-E005", folder=folder, words=zh, words_en=en)


def words(error: OSError) -> tuple[str, str]:
    """What an error of the system means, in Chinese and in English."""
    row = table("faults").get(errno.errorcode.get(error.errno or 0, ""))
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


def number_said(status: int, complaint: str) -> int:
    """The number of the system's error a program ended with: from its words, or from its exit status, which is ffmpeg's error
    number in eight bits; 0 for none of ours.
    """
    for said, number in SAID.items():
        if said in complaint:
            return number
    return next((number for number in SAID.values() if status == -number & 0xFF), 0)


def enough_files() -> None:
    """Raise the system's own error when the few files cannot be opened that a library needs and would silently do without."""
    with ExitStack() as opened:
        for _ in range(SPARE):
            opened.enter_context(Path(os.devnull).open("rb"))

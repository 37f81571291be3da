"""What making a brief reads: its files and folders, and marks that change when one of them does.

A file is known by its content. Files that would be read if they were there are among them: one that appears is a change.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vidkit.briefs.paths import PROJECT_FILE, project_root
from vidkit.cache import sha256
from vidkit.runs import cores, waiting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vidkit.plan import Script

SHARED = ("brand", "consents", "people", "platforms", "series", "templates")
"""Folders of a shop that a brief may be made from."""
LARGE = 1_000_000
"""Bytes: in those folders a larger file (a scan, a photo) counts as changed when its size or its times are; what a brief names is always read."""
ABSENT = ""
UNFOUND = (OSError, UnicodeEncodeError)
"""What the system says of a file that is not there, or cannot be: its name has letters that the system's names do not take here."""


@dataclass(frozen=True)
class Inputs:
    """Files that are read, files that would be if they were there, and folders with all that is in them."""

    files: tuple[Path, ...]
    possible: tuple[Path, ...] = ()
    folders: tuple[Path, ...] = ()


def around(file: Path) -> Inputs:
    """What every brief at that place is made from, whatever it says."""
    folder = (file,) if file.is_dir() else ()
    return Inputs(
        files=() if folder else (file,),
        possible=tuple(_project_files(_base(file))),
        folders=(*folder, *(shop(file) / name for name in SHARED)),
    )


def shop(file: Path) -> Path:
    """The folder of the shop around a brief: the one with the project's file, else the one it lies in."""
    return project_root(_base(file))


def _base(file: Path) -> Path:
    """The folder a brief lies in; a brief that is a folder is one itself."""
    return file.resolve() if file.is_dir() else file.resolve().parent


def of(file: Path, script: Script) -> Inputs:
    """What a brief was made from: ``file`` as typed, with everything it names."""
    brief, near = script.brief, around(script.brief.file)
    starts = (brief.file.parent, shop(brief.file))
    found = tuple(named(brief))
    entries = script.consents.entries if script.consents else ()
    forms = tuple(one.consent.signed for one in entries if one.consent and one.consent.signed)
    typed = (start / name.replace("\\", "/") for name in (*(one.name for one in found), *forms) for start in starts)
    consents = (script.consents.folder,) if script.consents else ()
    folder = (file,) if file.is_dir() else ()
    files = (*near.files, *(() if folder else (file,)), *(one.path for one in found))
    papers = (one.paper for one in entries if one.paper)
    return Inputs(
        files=tuple(dict.fromkeys(files)),
        possible=tuple(dict.fromkeys((*near.possible, *typed, *papers))),
        folders=tuple(dict.fromkeys((*folder, *near.folders, *consents))),
    )


def named(value: Any) -> Iterator[Any]:
    """Everything in a brief that names a file (a photo, a recording, music): it has the file's ``name`` as typed and its ``path``."""
    if isinstance(value, tuple):
        for one in value:
            yield from named(one)
    elif isinstance(getattr(value, "path", None), Path):
        yield value
    elif hasattr(value, "model_fields_set"):
        for one in vars(value).values():
            yield from named(one)


def _project_files(base: Path) -> Iterator[Path]:
    """Where a project's file is looked for, up to the first that is there."""
    for folder in (base, *base.parents):
        yield folder / PROJECT_FILE
        if (folder / PROJECT_FILE).is_file():
            return


def marks(wanted: Inputs) -> dict[str, str]:
    """Every file by its path with a mark that changes when its content does."""
    named = {str(file) for file in (*wanted.files, *wanted.possible)}
    beside = {str(file) for folder in wanted.folders for file in tree(folder)} - named
    with ThreadPoolExecutor(max_workers=cores.usable()) as pool:
        found = {
            **dict(zip(sorted(named), waiting.mapped(pool, content, sorted(named)), strict=True)),
            **dict(zip(sorted(beside), waiting.mapped(pool, _content_or_times, sorted(beside)), strict=True)),
        }
    return dict(sorted(found.items()))


def present(wanted: Inputs) -> frozenset[str]:
    """The paths of those files that are there."""
    beside = (file for folder in wanted.folders for file in tree(folder))
    return frozenset(str(file) for file in (*wanted.files, *wanted.possible, *beside) if file.is_file())


def tree(folder: Path, *, linked: bool = True) -> Iterator[Path]:
    """Every file below a folder, in folders that are ``linked`` there too, each once; none that is hidden, and none where it cannot be read."""
    walked: set[str] = set()
    for here, folders, names in os.walk(folder, followlinks=linked):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        real = os.path.realpath(here)
        if real in walked:
            folders.clear()
            continue
        walked.add(real)
        yield from (Path(here, name) for name in names if not name.startswith("."))


def touched(wanted: Iterable[str]) -> int:
    """When any of some files was last written or put there, in nanoseconds since 1970; what is absent does not count."""
    return max(map(_touched, wanted), default=0)


def _touched(name: str) -> int:
    try:
        said = Path(name).stat()
    except UNFOUND:
        return 0
    return max(said.st_mtime_ns, said.st_ctime_ns)


def content(name: str) -> str:
    """A file's SHA-256 in hex; empty for none that can be read."""
    try:
        return sha256(Path(name))
    except UNFOUND:
        return ABSENT


def _content_or_times(name: str) -> str:
    try:
        said = Path(name).stat()
    except UNFOUND:
        return ABSENT
    return content(name) if said.st_size <= LARGE else f"{said.st_size} {said.st_mtime_ns} {said.st_ctime_ns}"

"""What making a brief reads: its files and folders, and whether any of them changed.

A file is known by its content. Files that would be read if they were there are among them: one that appears is a change.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vidkit.briefs.paths import PROJECT_FILE
from vidkit.cache import sha256
from vidkit.runs import waiting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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
    base = file.resolve() if file.is_dir() else file.resolve().parent
    places = tuple(_project_files(base))
    root = places[-1].parent if places[-1].is_file() else base
    folder = (file,) if file.is_dir() else ()
    return Inputs(() if folder else (file,), places, (*folder, *(root / name for name in SHARED)))


def of(file: Path, script: Script) -> Inputs:
    """What a brief was made from: ``file`` as typed, with everything it names."""
    brief, near = script.brief, around(script.brief.file)
    starts = (brief.file.parent, near.folders[-1].parent)
    found = tuple(named(brief))
    entries = script.consents.entries if script.consents else ()
    forms = tuple(one.consent.signed for one in entries if one.consent and one.consent.signed)
    typed = (start / name.replace("\\", "/") for name in (*(one.name for one in found), *forms) for start in starts)
    consents = (script.consents.folder,) if script.consents else ()
    folder = (file,) if file.is_dir() else ()
    files = (*near.files, *(() if folder else (file,)), *(one.path for one in found))
    parts = (
        files,
        (*near.possible, *typed, *(one.paper for one in entries if one.paper)),
        (*folder, *near.folders, *consents),
    )
    return Inputs(*(tuple(dict.fromkeys(part)) for part in parts))


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
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        found = {
            **dict(zip(sorted(named), waiting.mapped(pool, content, sorted(named)), strict=True)),
            **dict(zip(sorted(beside), waiting.mapped(pool, _content_or_times, sorted(beside)), strict=True)),
        }
    return dict(sorted(found.items()))


def present(wanted: Inputs) -> frozenset[str]:
    """The paths of those files that are there."""
    beside = (file for folder in wanted.folders for file in tree(folder))
    return frozenset(str(file) for file in (*wanted.files, *wanted.possible, *beside) if file.is_file())


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """Files that are new, gone or different."""
    return tuple(name for name in sorted({*before, *after}) if before.get(name, ABSENT) != after.get(name, ABSENT))


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

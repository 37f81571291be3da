"""A photo's path as typed in a brief → the regular file under the project root that it means, or a problem.

Only names are looked at; no file is opened.
"""

from __future__ import annotations

import re
import stat
import unicodedata
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from vidkit import faults, keys
from vidkit.problems import problem

if TYPE_CHECKING:
    from vidkit.problems import Place, Problem

PROJECT_FILE = "vidkit.yaml"
_ELSEWHERE = re.compile(r"[/~]|[A-Za-z][A-Za-z0-9+.-]*:")


def project_root(base: Path) -> Path:
    """The nearest folder at or above ``base`` that holds ``vidkit.yaml``, else ``base``."""
    home = base.resolve()
    return next((folder for folder in (home, *home.parents) if (folder / PROJECT_FILE).is_file()), home)


def find(typed: str, base: Path, place: Place) -> Path | Problem:
    """The file that ``typed`` names, looked for in ``base``, then in the project root; it never leaves that root."""
    path = typed.replace("\\", "/")
    if _ELSEWHERE.match(path):
        return problem("VK-B030", place, path=typed)
    root = project_root(base)
    starts = tuple(dict.fromkeys((base.resolve(), root)))
    answers = [_under(root, start, path, typed, place) for start in starts]
    guessed = (a for a in answers if not isinstance(a, Path) and a.code == "VK-B033")
    return next((a for a in answers if isinstance(a, Path)), None) or next(guessed, answers[0])


def _under(root: Path, start: Path, path: str, typed: str, place: Place) -> Path | Problem:
    if not _stays(root, start, path):
        return problem("VK-B031", place, path=typed)
    try:
        return _regular(root, _look(start, path), typed, place)
    except (OSError, RuntimeError, ValueError) as error:  # too long a name, a loop of links, a folder we may not enter
        faults.answered(error)
        return _missing(root, start, path, typed, place)


def _regular(root: Path, file: Path, typed: str, place: Place) -> Path | Problem:
    real = file.resolve(strict=True)
    if not real.is_relative_to(root):
        return problem("VK-B032", place, path=typed)
    mode = real.stat().st_mode
    if stat.S_ISDIR(mode):
        return problem("VK-B035", place, path=typed)
    return real if stat.S_ISREG(mode) else problem("VK-B036", place, path=typed)


def _stays(root: Path, start: Path, path: str) -> bool:
    """Whether the path, read without looking at the disk, ends under the root."""
    parts = list(start.parts)
    for part in PurePosixPath(path).parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
        if len(parts) < len(root.parts):
            return False
    return Path(*parts).is_relative_to(root)


def _look(start: Path, path: str) -> Path:
    """The path below ``start``; where a name is not there byte for byte, its twin in another Unicode form."""
    here = start
    for part in PurePosixPath(path).parts:
        here = here / part if part == ".." or _exists(here / part) else here / _twin(here, part)
    return here


def _exists(path: Path) -> bool:
    try:
        return path.is_symlink() or path.exists()
    except OSError as error:  # too long a name, a loop of links
        faults.answered(error)
        return False


def alike(name: str) -> str:
    """A name or path as file systems compare it that fold case and accents' spelling."""
    return unicodedata.normalize("NFC", name).casefold()


def _twin(folder: Path, name: str) -> str:
    form = unicodedata.normalize("NFC", name)
    return next((entry for entry in _names(folder) if unicodedata.normalize("NFC", entry) == form), name)


def _names(folder: Path) -> tuple[str, ...]:
    try:
        return tuple(sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith(".")))
    except OSError as error:
        faults.answered(error)
        return ()


def _missing(root: Path, start: Path, path: str, typed: str, place: Place) -> Problem:
    guess = _guess(root, start, PurePosixPath(path))
    if guess is None:
        folders = "、".join(f"“{folder.name or folder}”" for folder in dict.fromkeys((start, root)))
        return problem("VK-B034", place, path=typed, folders=folders)
    return problem("VK-B033", place, path=typed, guess=guess)


def _guess(root: Path, start: Path, path: PurePosixPath) -> str | None:
    """The path with its first wrong name replaced by the nearest there is."""
    here, right = start, PurePosixPath()
    for number, part in enumerate(path.parts):
        if not here.resolve().is_relative_to(root):
            return None
        if not _exists(here / part):
            near = _near(part, _names(here))
            return None if near is None else str(right.joinpath(near, *path.parts[number + 1 :]))
        here, right = here / part, right / part
    return None


def _near(name: str, there: tuple[str, ...]) -> str | None:
    """The nearest name in a folder: the same but for the case, the same but for the ending, or a few letters off."""
    stem = keys.folded(PurePosixPath(name).stem)
    same = next((n for n in there if keys.folded(n) == keys.folded(name)), None)
    twin = next((n for n in there if keys.folded(PurePosixPath(n).stem) == stem), None)
    return same or twin or keys.nearest(name, there)

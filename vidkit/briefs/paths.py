"""A photo's path as typed in a brief → the regular file under the project root that it means, or a problem.

Only names are looked at; no file is opened.
"""

from __future__ import annotations

import re
import stat
import unicodedata
from dataclasses import replace
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from vidkit.briefs import sides
from vidkit.problems import Problem, in_order, problem
from vidkit.runs import faults
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vidkit.problems import Place

PROJECT_FILE = "vidkit.yaml"
PHOTOS, MADE, ARCHIVE = "photos", "out", "archive"
"""Folders of a shop: photos, what is made, what was published."""
PAIRS, DRAFT = "pairs", "draft"
"""Folders of what is made of a brief, beside those of platforms: its pairs as finished pictures, and its drafts, so that a quick look
never takes a finished clip's place."""
LISTED, SHOWN = 5, 3
"""So many files of a folder, and so many missing photos, are named in a message."""
QUOTES = frozenset('"“”')
_ELSEWHERE = re.compile(r"[/~]|[A-Za-z][A-Za-z0-9+.-]*:")


def project_root(base: Path) -> Path:
    """The nearest folder at or above ``base`` that holds ``vidkit.yaml``, else ``base``."""
    home = base.resolve()
    return next((folder for folder in (home, *home.parents) if (folder / PROJECT_FILE).is_file()), home)


class Sought(NamedTuple):
    """What a path should name: the endings such files have (any if none are said), which side of a pair it stands for, and the folder of the
    project where a name without a folder is looked for as well.
    """

    endings: tuple[str, ...] = ()
    side: str = ""
    home: str = ""


ANYTHING = Sought()


def find(typed: str, base: Path, place: Place, sought: Sought = ANYTHING) -> Path | Problem:
    """The file that ``typed`` names, looked for in ``base``, then in the project root, a bare name last in the ``sought`` file's home; it never
    leaves that root. What is ``sought`` narrows the guess at what a wrong name means.
    """
    path = typed.replace("\\", "/")
    if _ELSEWHERE.match(path):
        return problem("VK-B030", place, path=typed)
    root = project_root(base)
    starts = tuple(dict.fromkeys((base.resolve(), root)))
    answers: dict[Path, Problem | None] = {}
    for start in starts:
        found = _under(root, start, path, typed, place)
        if isinstance(found, Path):
            return found
        answers[start] = found
    nowhere = not any(answers.values())
    at_home = _at_home(root, sought.home, path, typed, place) if nowhere and sought.home and "/" not in path else None
    if at_home:
        return at_home
    told = {start: wrong or _missing(root, start, path, typed, place, sought) for start, wrong in answers.items()}
    guessed = (one for one in told.values() if one.code == "VK-B033")
    return next(guessed, next(iter(told.values())))


def _at_home(root: Path, home: str, name: str, typed: str, place: Place) -> Path | None:
    """The file of exactly that name in a folder of the project."""
    try:
        found = _regular(root, _look(root / home, name), typed, place)
    except (OSError, RuntimeError, ValueError) as error:  # as in _under
        faults.answered(error)
        return None
    return found if isinstance(found, Path) else None


def _under(root: Path, start: Path, path: str, typed: str, place: Place) -> Path | Problem | None:
    """The file below a start, what is wrong with it, or None where nothing is there."""
    if not _stays(root, start, path):
        return problem("VK-B031", place, path=typed)
    try:
        return _regular(root, _look(start, path), typed, place)
    except (OSError, RuntimeError, ValueError) as error:  # too long a name, a loop of links, a folder we may not enter
        faults.answered(error)
        if _leads_nowhere(start, path):
            return problem("VK-B058", place, path=typed)
        return None


def _leads_nowhere(start: Path, path: str) -> bool:
    """Whether there is a link of that name, to what is gone or in a circle."""
    try:
        return _look(start, path).is_symlink()
    except (OSError, ValueError) as error:
        faults.answered(error)
        return False


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


def unquoted(typed: str) -> str:
    """A name without the quotation marks around it, which come along when a path is copied out of a window of files."""
    return typed[1:-1].strip() if len(typed) > 2 and {typed[0], typed[-1]} <= QUOTES else typed


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


def _missing(root: Path, start: Path, path: str, typed: str, place: Place, sought: Sought) -> Problem:
    guess = _guess(root, start, PurePosixPath(path), sought)
    if guess is None:
        starts = tuple(dict.fromkeys((start, root)))
        folders = "、".join(f"“{folder.name or folder}”" for folder in starts)
        there = next(filter(None, (_there(root, one, PurePosixPath(path).parent, sought) for one in starts)), {})
        return problem("VK-B034", place, path=typed, folders=folders, **{"there": "", "there_en": "", **there})
    return problem("VK-B033", place, path=typed, guess=guess)


def _guess(root: Path, start: Path, path: PurePosixPath, sought: Sought) -> str | None:
    """The file meant: one of another spelling in the folder that was typed, else the only one of that name in a folder near by. A typed folder other
    than that for all photos may be the name of a place, so its files are not looked for everywhere.
    """
    own = _folder(root, start, path.parent)
    found = None if own is None else sides.meant(str(own / path.name), _fitting(start, own, sought), sought.side)
    if found is None:
        anywhere = str(path.parent) in {".", PHOTOS}
        tops = (*(() if own is None else (own,)), *((PurePosixPath(),) if anywhere else ()))
        near = (one for folder in _near(root, start, tops) for one in _fitting(start, folder, sought))
        named = [n for n in near if sides.same_name(PurePosixPath(n).name, path.name) and sides.fits(n, sought.side)]
        found = named[0] if len(named) == 1 else None
    return found if found and _kind(root, start / found) == stat.S_IFREG else None


def _folder(root: Path, start: Path, path: PurePosixPath) -> PurePosixPath | None:
    """The folder a path means, a misspelt one put right; None if it is not there."""
    here = PurePosixPath()
    for part in path.parts:
        names = (part,) if part == ".." or _exists(start / here / part) else _folders(root, start, here)
        alike = [name for name in names if sides.same_name(name, part) or sides.misspelt(name, part)]
        if len(alike) != 1 or _kind(root, start / here / alike[0]) != stat.S_IFDIR:
            return None
        here /= alike[0]
    return here


def _near(root: Path, start: Path, tops: tuple[PurePosixPath, ...]) -> tuple[PurePosixPath, ...]:
    """Folders, then the folders in each, photos' own first."""
    below = (top / name for top in tops for name in _folders(root, start, top))
    return tuple(dict.fromkeys((*tops, *sorted(below, key=lambda one: (one.name != PHOTOS, str(one))))))


def _folders(root: Path, start: Path, folder: PurePosixPath) -> tuple[str, ...]:
    """Folders in a folder, without those of made files and of other projects."""
    names = (name for name in _names(start / folder) if name != MADE)
    there = ((name, start / folder / name) for name in names)
    return tuple(n for n, one in there if _kind(root, one) == stat.S_IFDIR and not _exists(one / PROJECT_FILE))


def _fitting(start: Path, folder: PurePosixPath, sought: Sought) -> tuple[str, ...]:
    """What a folder holds with such an ending, as paths from ``start``; nothing is looked at."""
    names = (name for name in _names(start / folder) if not sought.endings or name.lower().endswith(sought.endings))
    return tuple(str(folder / name) for name in names)


def _first(root: Path, start: Path, folder: PurePosixPath, sought: Sought) -> tuple[str, ...]:
    """The names of the first files of a folder that may be meant, one more than are listed."""
    there = (one for one in _fitting(start, folder, sought) if _kind(root, start / one) == stat.S_IFREG)
    return tuple(PurePosixPath(one).name for one in islice(there, LISTED + 1))


def _kind(root: Path, path: Path) -> int:
    """The kind of thing a path leads to (``stat.S_IFREG``, ``stat.S_IFDIR``), 0 for nothing and for what lies outside."""
    try:
        real = path.resolve(strict=True)
        return stat.S_IFMT(real.stat().st_mode) if real.is_relative_to(root) else 0
    except (OSError, RuntimeError) as error:  # a loop of links, a folder we may not enter
        faults.answered(error)
        return 0


def _there(root: Path, start: Path, path: PurePosixPath, sought: Sought) -> dict[str, str]:
    """What a message says of the files in the nearest folder that has any, the first of them by name; nothing if none has."""
    own = _folder(root, start, path)
    tops = (*(() if own is None else (own,)), PurePosixPath())
    listed = ((one, _first(root, start, one, sought)) for one in _near(root, start, tops))
    folder, files = next((both for both in listed if both[1]), (None, ()))
    if folder is None:
        return {}
    names = "、".join(files[:LISTED]) + ("……" if len(files) > LISTED else "")
    said = table("intake")["there"]
    return {
        f"there{tongue}": said[kind].format(folder=folder.name or start.name, names=names)
        for tongue, kind in (("", "zh"), ("_en", "en"))
    }


def told(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems, several photos of one file that are not there told as one, with the single ones as its ``parts``."""
    found = tuple(dict.fromkeys(problems))
    missing: dict[str, list[Problem]] = {}
    for one in found:
        if one.code == "VK-B034" and one.place:
            missing.setdefault(one.place.file, []).append(one)
    several = {file: in_order(those) for file, those in missing.items() if len(those) > 1}
    merged = {one for those in several.values() for one in those}
    return (*(one for one in found if one not in merged), *(_as_one(those) for those in several.values()))


def _as_one(missing: tuple[Problem, ...]) -> Problem:
    """Photos that are not there, in the order of their lines: which lines, the first names, and the folder to put them into."""
    said = [dict(one.values) for one in missing]
    lines = tuple(dict.fromkeys(str(one.place.line) for one in missing if one.place))
    names = tuple(dict.fromkeys(one["path"] for one in said))
    parents = {str(PurePosixPath(name.replace("\\", "/")).parent) for name in names} - {"."}
    values = {
        "lines": "、".join(lines),
        "lines_en": ", ".join(lines),
        "names": "、".join(names[:SHOWN]) + ("……" if len(names) > SHOWN else ""),
        "folder": next(iter(parents)) if len(parents) == 1 else PHOTOS,
        **{name: said[0][name] for name in ("there", "there_en")},
    }
    return replace(problem("VK-B039", missing[0].place, **values), parts=missing)

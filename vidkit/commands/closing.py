"""What ``make`` and ``demo`` say at the end: what lies where, whether it may be posted, what is to be filled in, what comes next.

It follows from file names, the files' words and what was said on the way alone, so that a run that was remembered says the same.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

from vidkit import console
from vidkit.consoles import spelling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from vidkit.problems import Problem

OPEN: Final = "（请填："
"""What stands in words of a post where people have to write something themselves."""
COUNTED: Final = {"clip": "clip", "cover": "picture", "poster": "picture", "pair": "picture", "grid": "picture"}
"""Kinds of files of which it is said how many there are, with what they are counted in."""
SUMMED: Final = ("clip", "cover", "poster")
"""Those that the last words count."""
NAMED: Final = 3
"""So many names are told one by one."""


@dataclass(frozen=True)
class Ended:
    """What became of one brief: its file as typed, the folder with its files (none of one that failed), what was said of it, whether an
    earlier run had made it, and what it is ``called`` where it is no file.
    """

    brief: Path
    folder: Path | None = None
    files: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()
    kept: bool = False
    called: str = ""

    @property
    def name(self) -> str:
        """What the brief is called among others."""
        return self.called or spelling.shown(self.brief)


@dataclass(frozen=True)
class Way:
    """How it was made: as a draft, as our example, of a table's rows; ``more`` are the options that the next command needs, too."""

    draft: bool = False
    example: bool = False
    rows: str = ""
    more: str = ""


def say_files(one: Ended) -> None:
    """What lies in each folder, a line for each."""
    for folder, files in groupby(_told(one), lambda file: file.parent):
        what = console.words("made-what").join(_what(tuple(files)))
        console.say(
            console.words("made-row", place=_place(one, folder), folder=f"{spelling.shown(folder)}{os.sep}", what=what)
        )


def say_end(ended: Sequence[Ended], way: Way) -> None:
    """What was made, what keeps it from being posted, and what comes next; nothing where nothing is there."""
    if any(one.folder for one in ended):
        for line in _lines(ended, way):
            console.advise(line)


def _lines(ended: Sequence[Ended], way: Way) -> Iterator[str]:
    made = [one for one in ended if one.folder and not one.kept]
    kept = [one for one in ended if one.kept]
    if made:
        yield _made(made, draft=way.draft)
    if kept and len(ended) > 1:
        yield console.words("end-kept", count=len(kept), names=_names(one.name for one in kept))
    failed = [one.name for one in ended if not one.folder]
    if failed:
        yield console.words("end-failed", count=len(failed), names=_names(failed))
    if way.draft or way.example:
        yield console.words("draft-note" if way.draft else "end-example")
        return
    there = [one for one in ended if one.folder]
    yield from _waits(there)
    yield from _open(there)
    yield from _next(there, way)


def _made(made: Sequence[Ended], *, draft: bool) -> str:
    files = [file for one in made for file in one.files]
    kinds = {*map(_kind, files)}
    what = console.words("made-what").join(_counted(kind, files) for kind in SUMMED if kind in kinds)
    folders = [one.folder for one in made if one.folder]
    above = 0 if len(made) == 1 else 2 if draft else 1
    where = dict.fromkeys((folder, *folder.parents)[above] for folder in folders)
    folder = _names(map(spelling.shown, where))
    return console.words("end-made-several" if len(made) > 1 else "end-made", what=what, folder=folder, count=len(made))


def _waits(there: Sequence[Ended]) -> Iterator[str]:
    """What keeps the post waiting for somebody's consent, each cause once, of several briefs with whose it is."""
    causes: dict[str, dict[str, None]] = {}
    for one in there:
        for problem in one.problems:
            cause = waiting(problem)
            if cause:
                causes.setdefault(cause, {})[one.name] = None
    if len(causes) == 1 and len(there) == 1:
        yield console.words("end-wait", cause=next(iter(causes)))
    elif causes:
        yield console.words("end-waits")
        for cause, names in causes.items():
            yield console.words("end-cause-of" if len(there) > 1 else "end-cause", cause=cause, names=_names(names))


def waiting(said: Problem) -> str:
    """What is lacking of a consent; empty for a problem of another kind."""
    from vidkit.problems import spoken_language  # noqa: PLC0415

    return said.cause(spoken_language()) if said.sample else ""


def _open(there: Sequence[Ended]) -> Iterator[str]:
    """The files of words in which something is still to be filled in."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in there:
        files = [file for file in one.files if file.suffix == ".txt" and _is_open(file)]
        for folder, rows in groupby(files, lambda file: file.parent):
            names = console.words("made-what").join(file.name for file in rows)
            found.setdefault((_place(one, folder), names), []).append(one.name)
    for (place, files_), names_ in found.items():
        said = "end-fill-of" if len(there) > 1 else "end-fill"
        yield console.words(said, place=place, files=files_, names=_names(names_))


def _is_open(file: Path) -> bool:
    with suppress(OSError, UnicodeDecodeError):
        return OPEN in file.read_text(encoding="utf-8")
    return False


def _next(there: Sequence[Ended], way: Way) -> Iterator[str]:
    """The commands that come next: looking at what is covered, then the packs; the rows of a table are packed by one command."""
    briefs = [way.rows] if way.rows else [spelling.typed(one.brief) for one in there]
    look = f"vidkit privacy {briefs[0]} -o {console.words('picture-of')}"
    several = len(briefs) > 1
    yield console.words("end-privacy", command=console.words("end-more", names=look) if several else look)
    command = _names(f"vidkit publish {brief}{way.more}" for brief in briefs)
    lacks = dict.fromkeys(problem.code for one in there for problem in one.problems if waiting(problem))
    if several:
        yield console.words("end-next-several-mended" if lacks else "end-next-several", command=command)
    elif lacks and there[0].kept:
        yield console.words("end-next-check", check=f"vidkit check {briefs[0]}", command=command)
    elif lacks:
        yield console.words("end-next-mended", codes=_names(lacks), command=command)
    else:
        yield console.words("end-next", command=command)


# Files


def _told(one: Ended) -> tuple[Path, ...]:
    """The files that are told: not the record of them."""
    from vidkit.runs.stored import MANIFEST  # noqa: PLC0415

    return tuple(file for file in one.files if file.name != MANIFEST)


def _kind(file: Path) -> str:
    kind = {".srt": "subtitles", ".vtt": "subtitles", ".pdf": "pdf"}.get(file.suffix) or file.stem.partition("-")[0]
    return kind if kind in {*COUNTED, "subtitles", "caption", "pdf"} else "other"


def _what(files: Sequence[Path]) -> Iterator[str]:
    """What lies in a folder, kind by kind; files of no kind by their names."""
    for kind in dict.fromkeys(map(_kind, files)):
        if kind == "other":
            yield from (file.name for file in files if _kind(file) == kind)
        else:
            count = sum(1 for file in files if _kind(file) == kind)
            yield _counted(kind, files) if count > 1 and kind in COUNTED else console.words(f"kind-{kind}")


def _counted(kind: str, files: Iterable[Path]) -> str:
    count = sum(1 for file in files if _kind(file) == kind)
    measure = console.words(f"measure-{COUNTED[kind]}")
    return console.words("kind-count", kind=console.words(f"kind-{kind}"), count=count, measure=measure)


def _place(one: Ended, folder: Path) -> str:
    """What a folder of a brief is called: by its platform's name, or by what it holds."""
    from vidkit.briefs.paths import PAIRS  # noqa: PLC0415
    from vidkit.problems import spoken_language  # noqa: PLC0415

    if folder == one.folder:
        return console.words("kind-poster")
    if folder.name == PAIRS:
        return console.words("place-pairs")
    base = one.brief if one.brief.is_dir() else one.brief.parent
    return _titles(folder.name, base.resolve())[spoken_language()]


@cache
def _titles(name: str, base: Path) -> dict[str, str]:
    """The names of a platform for a brief that lies there: a shop's own come first; its id where its file is gone or faulty by now."""
    from vidkit.briefs import paths  # noqa: PLC0415
    from vidkit.kits import platform  # noqa: PLC0415
    from vidkit.problems import Refusal  # noqa: PLC0415

    with suppress(Refusal):
        found = platform.load(name, (paths.project_root(base) / "platforms",))
        return {"zh": found.title_zh, "en": found.title_en}
    return {"zh": name, "en": name}


def _names(names: Iterable[str]) -> str:
    """The first of some names."""
    rows = tuple(names)
    listed = console.words("and").join(rows[:NAMED])
    return console.words("end-more", names=listed) if len(rows) > NAMED else listed

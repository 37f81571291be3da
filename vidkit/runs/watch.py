"""Waiting until something that a brief is made from changes: files are looked at by size and times, a change counts once it has come to rest.

No clock is read here: whoever waits brings the pause between two looks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fnmatch import translate
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from vidkit import kit, layout
from vidkit.pages import page
from vidkit.runs import inputs
from vidkit.runs.provenance import KIT
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vidkit.plan import Script
    from vidkit.runs.inputs import Inputs

Look = dict[str, tuple[int, ...]]
"""Files by their paths: size, times and number; an absent one is not there."""
UNKNOWN = (-1,)


@dataclass
class Watched:
    """A brief as typed, what it is made from as far as known, the folders ``near`` it where what it lacks may be put, and how all that looked and
    which content it had when it was last read.
    """

    file: Path
    out: Path
    wanted: Inputs
    near: tuple[Path, ...] = ()
    seen: Look = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)


def watched(file: Path, out: Path) -> Watched:
    """A brief nobody has read yet, made into the folder ``out``."""
    return Watched(file, out.resolve(), inputs.around(file))


def look(one: Watched) -> Look:
    """How a brief's files look now."""
    named = map(str, (*one.wanted.files, *one.wanted.possible))
    beside = (str(file) for folder in one.wanted.folders for file in inputs.tree(folder))
    near = (
        str(file)
        for folder in one.near
        for file in inputs.tree(folder, linked=False)
        if not file.is_relative_to(one.out)
    )
    names = (*named, *beside, *islice(near, int(table("watch")["most_files"])))
    return {name: said for name in names if not _passing(name) and (said := _looks(name))}


def _looks(name: str) -> tuple[int, ...]:
    try:
        said = Path(name).stat()
    except OSError:
        return ()
    return said.st_size, said.st_mtime_ns, said.st_ctime_ns, said.st_ino


def _passing(name: str) -> bool:
    return _beside().match(Path(name).name) is not None


@cache
def _beside() -> re.Pattern[str]:
    return re.compile("|".join(map(translate, table("watch")["passing"])))


def settled(now: Callable[[], Look], before: Look, pause: Callable[[], None]) -> Look:
    """Wait for a change and until two looks in a row are the same; how it looks then."""
    found = now()
    while found == before:
        pause()
        found = now()
    while True:
        pause()
        later = now()
        if later == found:
            return found
        found = later


def changes(one: Watched) -> tuple[str, ...]:
    """Files of a brief whose content is not what it was when the brief was last read."""
    now = look(one)
    suspects = [name for name in sorted({*now, *one.seen}) if now.get(name) != one.seen.get(name)]
    same = {name: now[name] for name in suspects if name in now and one.marks.get(name) == inputs.content(name)}
    one.seen |= same
    return tuple(name for name in suspects if name not in same)


def begin(one: Watched) -> None:
    """Note how a brief's files look before it is read."""
    now = look(one)
    one.marks = {name: mark for name, mark in one.marks.items() if now.get(name) == one.seen.get(name)}
    one.seen = now


def read_at(one: Watched, script: Script | None, since: int) -> None:
    """Note what was read by a making that began at ``since``; after one that was refused whatever lies near the brief counts too.

    A file written since then may have been read before or after: what it was then is not known.
    """
    if script:
        one.wanted, one.near = inputs.of(one.file, script), ()
    else:
        one.near = _near(one.file)
    before, now, known = one.seen, look(one), one.marks
    one.seen = {name: before.get(name) or (said if _older(said, since) else UNKNOWN) for name, said in now.items()}
    one.seen |= {name: said for name, said in before.items() if name not in now and not Path(name).exists()}
    inside = {str(file) for file in (*one.wanted.files, *one.wanted.possible)}
    sure = [
        name for name, said in one.seen.items() if said == now.get(name) and (script or name in known or name in inside)
    ]
    one.marks = {name: known.get(name) or inputs.content(name) for name in sure}


def _older(said: tuple[int, ...], since: int) -> bool:
    return max(said[1:3]) < since


def _near(file: Path) -> tuple[Path, ...]:
    base = file if file.is_dir() else file.resolve().parent
    return tuple(dict.fromkeys((base, inputs.shop(file))))


def forget(changed: Iterable[str]) -> None:
    """Forget what is kept in memory of templates, brands and platforms, if any of these changed."""
    if any(part in Path(name).parts for name in changed for part in KIT):
        kit.forget()
        page.forget()
        layout.forget()

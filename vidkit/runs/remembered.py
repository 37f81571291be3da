"""A run that made a brief is remembered: made from exactly these inputs, it left exactly these files and said exactly this.

While all of it still holds, proven by hashing inputs and outputs anew, the same command has nothing to do and says the same again. The day,
the options, the place one stands in, the language, vidkit's own files, its libraries and ffmpeg are part of the question. Only runs without
an error are remembered, and none during which something it read was written.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import vidkit
from vidkit.briefs import paths
from vidkit.cache import NAMED
from vidkit.problems import Place, Problem, Refusal, spoken_language
from vidkit.runs import inputs, stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vidkit.cache import Cache
    from vidkit.runs.inputs import Inputs

FORMAT: Final = 1
"""Raised when what an older vidkit remembered must not be used."""
MOST_BYTES: Final = 64 * 1024 * 1024
"""A larger answer is none of ours."""
OWN_SETTINGS: Final = "VIDKIT_"
ELSEWHERE: Final = frozenset({"VIDKIT_CACHE", "VIDKIT_TODAY", "VIDKIT_LANG", "VIDKIT_PLAIN"})
"""Settings that are asked for by themselves, or change nothing that is made."""


@dataclass(frozen=True)
class Asked:
    """What was asked for: a brief and an output folder as typed (empty: the usual one), one platform (empty: the brief's), a draft or not, the day;
    ``what`` is the kind of answer.
    """

    brief: str
    out: str
    platform: str
    draft: bool
    today: str
    what: str = "make"


@dataclass(frozen=True)
class Told:
    """What a run left and said: the folder with its files in order, what people must know (``later`` is told after the making), the run as JSON,
    and which episode of which series it was, if one.
    """

    folder: Path
    files: tuple[Path, ...]
    problems: tuple[Problem, ...]
    later: tuple[Problem, ...]
    data: str
    episode: tuple[str, ...] = ()


@dataclass(frozen=True)
class Begun:
    """When a run began, in nanoseconds since 1970 as the disk counts them, which files were there around its briefs, and what makes everything
    (``stamp``): a vidkit that is installed meanwhile has not made what an older one did.
    """

    at: int
    there: frozenset[str]
    maker: str


def key(asked: Asked, maker: str) -> str:
    """Under which name the answer is kept: everything besides the inputs that decides what is made and said; ``maker`` is the ``stamp``."""
    said = [FORMAT, asdict(asked), str(Path.cwd()), spoken_language(), _settings(), maker]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def begin(files: Iterable[Path], cache: Cache) -> Begun:
    """A run begins; where nothing can be written it begins before everything, and is never remembered."""
    there, maker = frozenset(name for file in files for name in inputs.present(inputs.around(file))), stamp()
    with suppress(Refusal, OSError), cache.scratch() as folder:
        return Begun(folder.stat().st_ctime_ns, there, maker)
    return Begun(0, there, maker)


def recall_all(questions: Sequence[Asked], cache: Cache) -> tuple[Told, ...] | None:
    """What a run of several briefs left and said; None when one has something to do, or two get in each other's way."""
    told: list[Told] = []
    maker = stamp() if questions else ""
    for asked in questions:
        one = recall(asked, cache, maker)
        if one is None:
            return None
        told.append(one)
    names = [paths.alike(str(one.folder)) for one in told]
    episodes = [one.episode for one in told if one.episode]
    apart = len({*names}) == len(names) and len({*episodes}) == len(episodes)
    return tuple(told) if told and apart else None


def recall(asked: Asked, cache: Cache, maker: str = "") -> Told | None:
    """What the same command left and said, if its inputs and outputs are what they were; None when there is something to do."""
    said = answer(asked, cache, maker)
    if said is None:
        return None
    folder = Path(said["folder"])
    if outputs(folder, draft=asked.draft) != said["outputs"]:
        return None
    made = tuple(Path(name) for name in said["made"])
    problems, later = (tuple(map(problem_of, said[name])) for name in ("problems", "later"))
    return Told(folder, made, problems, later, said["data"], tuple(said["episode"]))


def remember(asked: Asked, wanted: Inputs, told: Told, cache: Cache, begun: Begun) -> bool:
    """Remember a run; False where that could not be, or something it read was written or removed while it ran."""
    said = {
        "folder": str(told.folder),
        "outputs": outputs(told.folder, draft=asked.draft),
        "made": [str(file) for file in told.files],
        "problems": [plain(one) for one in told.problems],
        "later": [plain(one) for one in told.later],
        "data": told.data,
        "episode": told.episode,
    }
    return keep(asked, wanted, said, cache, begun)


def answer(asked: Asked, cache: Cache, maker: str = "") -> dict[str, Any] | None:
    """What was kept as the answer to a question, if everything it follows from is what it was; who asks several questions says the ``maker``."""
    said: dict[str, Any] | None = cache.recall(key(asked, maker or stamp()))
    if said is None:
        return None
    wanted = inputs.Inputs(**{name: tuple(map(Path, said[name])) for name in ("files", "possible", "folders")})
    return said if inputs.marks(wanted) == said["inputs"] else None


def keep(asked: Asked, wanted: Inputs, said: Mapping[str, Any], cache: Cache, begun: Begun) -> bool:
    """Keep an answer with what it follows from; False where that could not be, or that was written or removed meanwhile."""
    marked = inputs.marks(wanted)
    needed = (*begun.there, *map(str, wanted.files))
    if inputs.touched(marked) >= begun.at or not all(Path(name).is_file() for name in needed):
        return False
    whole = {
        "brief": str(Path(asked.brief).resolve()),
        "files": [str(file) for file in wanted.files],
        "possible": [str(file) for file in wanted.possible],
        "folders": [str(folder) for folder in wanted.folders],
        "inputs": marked,
        **said,
    }
    from vidkit.runs import places  # noqa: PLC0415  # only who keeps something notes where

    name = key(asked, begun.maker)
    places.note_cache(Path(asked.brief), cache)
    with suppress(Refusal, OSError):
        while held := cache.find(name, ".json"):
            held.unlink()
        cache.remember(name, whole)
        return True
    return False


def answers(cache: Cache) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every answer in the cache with its file; whatever else lies there, also what is damaged or not ours, is passed over."""
    for entry in cache.entries():
        if entry.file.suffix == ".json" and NAMED.fullmatch(entry.file.name) and entry.size <= MOST_BYTES:
            said = stored.of(entry.file)
            if isinstance(said.get("inputs"), dict):
                yield entry.file, said


def outputs(folder: Path, *, draft: bool) -> dict[str, str]:
    """Every file of a brief's output folder with its hash; drafts lie in a folder of their own."""
    found = inputs.marks(inputs.Inputs(tuple(inputs.tree(folder))))
    return {name: mark for name, mark in found.items() if draft or not Path(name).is_relative_to(folder / paths.DRAFT)}


def stamp() -> str:
    """A hash of what makes everything: vidkit's own files, the folders of installed packages, Python and ffmpeg, by size and times."""
    home = Path(vidkit.__file__).parent
    packed = home / "_bundled"
    own = packed if packed.is_dir() else home.parent
    folders = (home, own / "templates", own / "brand")
    seen = sorted(said for folder in folders for said in _told_of(folder))
    installed = [_times(Path(place)) for place in sys.path if place.endswith("-packages")]
    programs = (os.environ.get("IMAGEIO_FFMPEG_EXE"), shutil.which("ffmpeg"), sys.executable)
    said = [vidkit.__version__, sys.version, seen, installed, *((one, _times(Path(one))) for one in programs if one)]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _told_of(folder: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    for file in inputs.tree(folder):
        if file.suffix != ".pyc":
            yield str(file), _times(file)


def _times(file: Path) -> tuple[int, int]:
    try:
        said = file.stat()
    except OSError:
        return 0, 0
    return said.st_size, said.st_mtime_ns


def _settings() -> Mapping[str, str]:
    return {name: said for name, said in os.environ.items() if name.startswith(OWN_SETTINGS) and name not in ELSEWHERE}


def plain(one: Problem) -> list[Any]:
    """A problem as JSON."""
    return [one.code, asdict(one.place) if one.place else None, one.values, [plain(part) for part in one.parts]]


def problem_of(said: Any) -> Problem:
    """A problem as ``plain`` gave it."""
    code, place, values, parts = said
    named = tuple((name, value) for name, value in values)
    return Problem(code, Place(**place) if place else None, named, tuple(map(problem_of, parts)))

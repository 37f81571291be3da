"""Where a shop's work lies besides in the shop: output folders elsewhere and caches, noted by every run, so that taking a consent back finds them.

Each place is one small file in ``.vidkit/places`` of the shop, so runs at the same time lose nothing of each other's. Outside a shop nothing is noted.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vidkit import cache, project
from vidkit.briefs import paths
from vidkit.cache import Cache
from vidkit.problems import Refusal
from vidkit.publishing import archive
from vidkit.runs import faults, stored
from vidkit.runs.remains import BEGUN
from vidkit.runs.stored import MANIFEST, MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = Path(MARKS) / "places"
"""The folder in a shop where the places are noted."""
MADE, CACHE = "out", "cache"
"""What a place is: the folder of a brief's finished files, or a cache."""


@dataclass(frozen=True)
class Area:
    """Where is looked for what was made: the shop, the output folder, the ``folders`` to look through with all that is in them, the caches, and
    noted places that are not there now.
    """

    root: Path
    out: Path
    folders: tuple[Path, ...]
    caches: tuple[Cache, ...]
    lost: tuple[Path, ...] = ()

    @property
    def bases(self) -> tuple[Path, ...]:
        """The folders in which briefs' folders lie, the deepest first."""
        noted = (one.parent for one in self.folders[1:] if one != self.root)
        found = dict.fromkeys((self.out, self.root / "out", *noted, self.root))
        return tuple(sorted(found, key=lambda one: -len(one.absolute().parts)))

    @property
    def elsewhere(self) -> tuple[Path, ...]:
        """The noted folders outside the shop."""
        return tuple(one for one in self.folders if one not in {self.root, self.out})

    def holds(self, folder: Path) -> bool:
        """Whether a folder is among those looked through: in the shop, but in none that lies in it, or in another one of them."""
        tops = {one.resolve() for one in (self.out, *self.elsewhere)}
        own = self.root in self.folders and paths.project_root(folder) == self.root
        return own or bool(tops & {folder, *folder.parents})


# Noting


def note_made(brief: Path, folder: Path) -> None:
    """Note the folder of a brief's finished files, unless it lies in the brief's shop, where all is looked through."""
    root = project.root(brief)
    if paths.project_root(folder) != root:
        _note(root, MADE, folder)


def note_cache(brief: Path, store: Cache) -> None:
    """Note the cache in which a run keeps what it makes of a brief, or of a folder of photos."""
    _note(paths.project_root(brief) if brief.is_dir() else project.root(brief), CACHE, store.root)


def _note(root: Path, kind: str, place: Path) -> None:
    """Note a place once; where that cannot be written, the run goes on."""
    if not project.is_one(root):
        return
    file = _noted(root, kind, place)
    inside = _seen_from(root, place)
    said = json.dumps({"kind": kind, "place": inside}, ensure_ascii=False) + "\n"
    with suppress(Refusal, OSError):
        cache.deliver_bytes(said.encode("utf-8"), file)


def _noted(root: Path, kind: str, place: Path) -> Path:
    """The file that notes a place."""
    digest = hashlib.sha256(f"{kind} {_seen_from(root, place)}".encode(errors="surrogatepass")).hexdigest()
    return root / KEPT / f"{digest[:16]}.json"


def _seen_from(root: Path, place: Path) -> str:
    """A place as it is noted: in the shop from there, so that it is found when the shop is moved; else whole."""
    where = place.resolve()
    return (where.relative_to(root) if where.is_relative_to(root) else where).as_posix()


def forget(root: Path, folder: Path) -> None:
    """Forget the folder of finished files of which nothing is left."""
    with suppress(OSError):
        _noted(root, MADE, folder).unlink(missing_ok=True)


# Looking


def area(root: Path, out: Path, store: Cache) -> Area:
    """Where to look: in a shop all of it, the output folder (``out`` alone where there is no shop), every noted place that is there."""
    noted = tuple(_all(root))
    made = [place for kind, place in noted if kind == MADE]
    caches = [place for kind, place in noted if kind == CACHE and place != store.root.resolve()]
    folders = (out, *((root,) if project.is_one(root) else ()), *(one for one in made if one.is_dir()))
    lost = dict.fromkeys(_gone(one) for one in (*made, *caches) if not one.is_dir())
    return Area(root, out, folders, (store, *(Cache(one) for one in caches if one.is_dir())), tuple(lost))


def elsewhere(root: Path) -> tuple[Path, ...]:
    """The noted folders of finished files outside a shop."""
    return tuple(place for kind, place in _all(root) if kind == MADE)


def _all(root: Path) -> Iterator[tuple[str, Path]]:
    for file in sorted((root / KEPT).glob("*.json")):
        said = stored.of(file)
        kind, place = said.get("kind"), said.get("place")
        if isinstance(kind, str) and isinstance(place, str) and place:
            yield kind, root / place


def _gone(place: Path) -> Path:
    """What to say is missing of a place that is not there: the folder it lay in, where that is gone too."""
    return place if place.parent.is_dir() else place.parent


def manifests(folders: tuple[Path, ...], closed: dict[Path, None]) -> Iterator[Path]:
    """Every manifest below some folders, each once, also one that is only begun (``remains``); what cannot be opened is added to ``closed``. An
    archive, and another shop inside, are left alone.
    """

    def shut(error: OSError) -> None:
        faults.answered(error)
        if not isinstance(error, FileNotFoundError):
            closed[Path(str(error.filename))] = None

    known: set[str] = set()
    for top in folders:
        for here, inner, files in os.walk(top, onerror=shut):
            real = os.path.realpath(here)
            if real in known:
                inner.clear()
                continue
            known.add(real)
            inner[:] = sorted(name for name in inner if looked_through(Path(here), name))
            if MANIFEST in files or (MARKS in inner and (Path(here) / BEGUN).is_file()):
                yield Path(here) / MANIFEST


def looked_through(folder: Path, name: str) -> bool:
    """Whether a folder inside is looked through: no archive of what was published, no other shop."""
    kept = name == paths.ARCHIVE and any((folder / name).glob(f"*/*{archive.MANIFEST}"))
    return not kept and not project.is_one(folder / name)

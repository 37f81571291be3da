"""A folder's manifest as it was → what of it the next run leaves there: files not made again, with their consents and platforms.

Every run writes the manifest anew. What an earlier one made and this one did not is carried over, so that taking a consent back finds it still.
What a run is about to put there stands in a hidden file until all of it is there: a run that is killed between two files leaves none that
nobody knows of, and a manifest tells of finished files only.
"""

from __future__ import annotations

import json
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vidkit import cache
from vidkit.people import consents
from vidkit.runs import stored
from vidkit.runs.stored import MANIFEST, MARKS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    Run = dict[str, Any]

BEGUN: Final = Path(MARKS) / "manifest.begun"
"""Where it stands in a folder what a run is putting there, and what lay there before; no mark of a brief's folder can be called so."""
PROMISED: Final = frozenset({"inputs", "earlier"})
"""What a manifest says that holds only when all its files are there."""


@contextmanager
def announced(manifest: bytes, folder: Path) -> Iterator[None]:
    """Put files into a folder inside: what its manifest will say is written to ``BEGUN`` before the first of them, and under its own name after
    the last. Only for who holds the folder's lock.
    """
    final, begun = folder / MANIFEST, folder / BEGUN
    with cache.said_plainly(folder):
        known = final.is_file() and final.read_bytes() == manifest
    if not known:
        older = [_short(run, files(run)) for run in runs(said(folder))]
        told = stored.mapping(manifest) | {"earlier": older}
        cache.deliver_bytes(json.dumps(told, ensure_ascii=False, sort_keys=True).encode("utf-8"), begun)
    yield
    cache.deliver_bytes(manifest, final)
    with suppress(OSError):  # it says nothing that the manifest does not
        begun.unlink(missing_ok=True)
        begun.parent.rmdir()


def said(folder: Path, most_bytes: int | None = None) -> Run:
    """What the manifest of a folder says, of at most so many bytes. Where a run was stopped while it put its files there: which of them are
    there, under its own name, and what earlier runs made that it had not replaced yet.
    """
    begun = stored.of(folder / BEGUN, most_bytes)
    if not runs(begun):
        return stored.of(folder / MANIFEST, most_bytes)
    there = _there(folder, files(begun))
    older = _left(folder, runs(begun)[1:], there)
    own = {name: value for name, value in begun.items() if name not in PROMISED}
    return own | {"files": there} | ({"earlier": older} if older else {})


def of(folder: Path, made: Collection[str]) -> list[Run]:
    """What earlier runs made that lies in a folder as it was, a map for each, the last one first; ``made`` are the files of this run."""
    return _left(folder, runs(said(folder)), made)


def _left(folder: Path, those: Iterable[Run], made: Collection[str]) -> list[Run]:
    """What of some runs lies in a folder as it was and was not ``made`` again, a map for each."""
    found, known = [], set(made)
    for run in those:
        new = {name: digest for name, digest in files(run).items() if name not in known}
        there = _there(folder, new)
        known |= set(there)
        if there:
            found.append(_short(run, there))
    return found


def _short(run: Run, there: dict[str, str]) -> Run:
    """What must be known of a run of which some files are left."""
    kinds = {"consents": list, "mentioned": list, "homes": list, "rooms": dict}
    named = {name: run[name] for name, kind in kinds.items() if isinstance(run.get(name), kind)}
    return {"files": there, "platforms": platforms(run), **named}


def _there(folder: Path, named: dict[str, str]) -> dict[str, str]:
    """Which of some files lie in a folder with their hashes."""
    return {
        name: digest
        for name, digest in named.items()
        if inside(folder / name, folder) and consents.digest(folder / name) == digest
    }


def brief(run: Run) -> str:
    """The path of a run's brief below its shop, or its name; empty where neither is noted."""
    noted = as_map(run.get("brief"))
    return str(noted.get("path") or noted.get("name") or "")


def inside(file: Path, folder: Path) -> bool:
    """Whether a manifest's file really lies in its folder, whatever the manifest says."""
    return file.is_file() and not file.is_symlink() and file.resolve().is_relative_to(folder.resolve())


def runs(manifest: Run) -> tuple[Run, ...]:
    """The runs a manifest tells of: its own, then earlier ones of which something was left; none where it is no manifest."""
    own = (manifest,) if isinstance(manifest.get("vidkit"), str) else ()
    return (*own, *(run for run in as_list(manifest.get("earlier")) if isinstance(run, dict))) if own else ()


def files(run: Run) -> dict[str, str]:
    """The files of a run below its folder, each with its hash."""
    return {name: digest for name, digest in as_map(run.get("files")).items() if isinstance(digest, str)}


def platforms(run: Run) -> list[str]:
    """The platforms a run was for."""
    return list(dict.fromkeys(map(str, (*as_map(run.get("clips")), *as_list(run.get("platforms"))))))


def as_map(value: Any) -> dict[str, Any]:
    """A value that should be a map; an empty one where it is none."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """A value that should be a list; an empty one where it is none."""
    return value if isinstance(value, list) else []


def as_number(value: Any) -> int:
    """A value that should be a whole number; 0 where it is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0

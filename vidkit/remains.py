"""A folder's manifest as it was → what of it the next run leaves there: files not made again, with their consents, platforms and parts in the cache.

Every run writes the manifest anew. What an earlier one made and this one did not is carried over, so that taking a consent back finds it still.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vidkit import consents, stored
from vidkit.earlier import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    Run = dict[str, Any]


def of(folder: Path, made: Collection[str]) -> list[Run]:
    """What earlier runs made that lies in a folder as it was, a map for each, the last one first; ``made`` are the files of this run."""
    found, known = [], set(made)
    for run in runs(stored.of(folder / MANIFEST)):
        new = {name: digest for name, digest in files(run).items() if name not in known}
        there = {
            name: digest
            for name, digest in new.items()
            if inside(folder / name, folder) and consents.digest(folder / name) == digest
        }
        known |= set(new)
        if there:
            named = {"consents": run["consents"]} if isinstance(run.get("consents"), list) else {}
            found.append({"files": there, "platforms": platforms(run), "cache": parts(run), **named})
    return found


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


def parts(run: Run) -> list[str]:
    """The cache's keys a run names, also those of an older manifest: its clips' segments and sounds."""
    clips = [as_map(one) for one in as_map(run.get("clips")).values()]
    found = [key for one in clips for key in (*as_list(one.get("segments")), one.get("sound"))]
    return sorted({key for key in (*as_list(run.get("cache")), *found) if isinstance(key, str)})


def as_map(value: Any) -> dict[str, Any]:
    """A value that should be a map; an empty one where it is none."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """A value that should be a list; an empty one where it is none."""
    return value if isinstance(value, list) else []

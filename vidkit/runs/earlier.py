"""A folder of what was made earlier → whose it is, and what lies in it that was not made this time. Nothing is deleted."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vidkit import cache, plan, project
from vidkit.briefs import keys, paths
from vidkit.consoles import spelling
from vidkit.kits import platform
from vidkit.problems import Place, Refusal, problem
from vidkit.runs import stored
from vidkit.runs.stored import MANIFEST, MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vidkit.plan import Script
    from vidkit.problems import Problem

KINDS = ("clip", "cover", "caption", "article", "package", "reply", "poster", "pair", "grid")
"""What files made for a brief are called, up to the first sign, in the order people look for them; their own files have other names."""
WRITTEN = frozenset({".yaml", ".yml"})
"""How files end that briefs, profiles and settings are written in; other files named by a brief's places are tables."""
DEEP = 3
"""Most parts of a brief's path that is noted for one outside a shop: no path of the machine gets into a manifest."""


@dataclass(frozen=True)
class Mark:
    """Whose work a folder holds: hashes of where the brief lies with its table, seen from the output folder and on this machine, so that one of
    them stays when either is moved; the table's name, if a row was made.

    Manifests hold no places of the machine: this is kept beside them, in the output folder's ``.vidkit``.
    """

    of: tuple[str, ...]
    table: str = ""


def mark(script: Script, out: Path) -> Mark:
    """The mark of a brief, or of a table over it, in an output folder."""
    places = () if script.sha256 else (Path(place.file) for _, place in script.brief.places)
    table = next((file for file in places if file.suffix.lower() not in WRITTEN and file.is_file()), None)
    files = [file.resolve() for file in (script.brief.file, table) if file]
    ways = ([_seen_from(out.resolve(), file) for file in files], [file.as_posix() for file in files])
    said = (paths.alike("\n".join(way)) for way in ways)
    return Mark(
        tuple(hashlib.sha256(one.encode(errors="surrogatepass")).hexdigest()[:16] for one in said),
        table.name if table else "",
    )


def _seen_from(out: Path, file: Path) -> str:
    """The way from one to the other; on another drive the whole path."""
    try:
        return Path(os.path.relpath(file, out)).as_posix()
    except ValueError:
        return file.as_posix()


def noted(brief: Path, out: Path) -> str:
    """How a manifest names its brief: by its path in its shop or, outside one, from the folder that holds ``out``; else by its name."""
    base, real = _base(brief, out), brief.resolve()
    if not real.is_relative_to(base):
        return brief.name
    inside = real.relative_to(base)
    return inside.as_posix() if project.is_one(base) or len(inside.parts) <= DEEP else brief.name


def _base(brief: Path, out: Path) -> Path:
    root = project.root(brief)
    return root if project.is_one(root) else out.resolve().parent


def refuse_another(brief: Path, out: Path, folders: Iterable[Path]) -> None:
    """Refuse (VK-M021) to write into folders in which another brief's work lies, as long as that brief is still there."""
    base, own = _base(brief, out), noted(brief, out)
    for folder in folders:
        other = _owner(folder / MANIFEST)
        if other and keys.folded(other) != keys.folded(own) and (base / other).is_file():
            raise Refusal(problem("VK-M021", Place(spelling.shown(brief)), folder=spelling.shown(folder), other=other))


def claim(script: Script, folder: Path) -> None:
    """Note whose a brief's folder is, before the first file is put there."""
    told = json.dumps(asdict(mark(script, folder.parent)), ensure_ascii=False) + "\n"
    cache.deliver_bytes(told.encode("utf-8"), _marked(folder))


def tidied(folder: Path) -> None:
    """Remove what a killed run left half-written in a brief's folder, and of its mark. Only for who holds the folder's lock."""
    cache.leavings_removed(folder)
    cache.leavings_of(_marked(folder))


def _marked(folder: Path) -> Path:
    return folder.parent / MARKS / f"{folder.name}.json"


def refuse_theirs(script: Script, folder: Path, target: Path, parts: Iterable[str]) -> None:
    """Refuse (VK-M028) a brief's ``folder`` that holds work of a table, or of something else of that name, and (VK-M029) one that vidkit never
    wrote to where files of our names lie in ``target``, which will be written to, or in ``parts`` below it.
    """
    own = mark(script, folder.parent)
    manifests = [one for one in (folder / MANIFEST, target / MANIFEST) if one.is_file()]
    known = stored.of(_marked(folder))
    path, table = next(filter(None, map(_owner, manifests)), ""), str(known.get("table") or "")
    same_name = keys.folded(path) == keys.folded(noted(script.brief.file, folder.parent))
    if manifests and not {*known.get("of", own.of)} & {*own.of} and (table or same_name):
        other = " · ".join(filter(None, (path, table)))
        place = Place(spelling.shown(script.brief.file))
        raise Refusal(problem("VK-M028", place, folder=spelling.shown(folder), other=other))
    if not known and not any(_by_vidkit(one) for one in manifests):
        theirs = [name for part in ("", *parts) for name in _of_our_names(target, target / part)]
        if theirs:
            raise Refusal(problem("VK-M029", folder=spelling.shown(target), names="、".join(theirs[:6])))


def _by_vidkit(manifest: Path) -> bool:
    """Whether a manifest is ours; a damaged one may be."""
    found = stored.of(manifest)
    return not found or "vidkit" in found


def _of_our_names(folder: Path, where: Path) -> Iterator[str]:
    for file in sorted(where.glob("*.*")):
        if _ours(file) or (file.name == MANIFEST and where == folder):
            yield file.relative_to(folder).as_posix()


def _owner(manifest: Path) -> str:
    """The path a manifest notes of its brief; empty without one (an older vidkit noted none)."""
    try:
        return str(stored.of(manifest)["brief"]["path"])
    except (KeyError, TypeError):
        return ""


def left(folder: Path, files: Iterable[Path], script: Script, made: Iterable[str]) -> tuple[Problem, ...]:
    """What lies in a brief's folder but was not made this time is said (VK-M022): folders of platforms that neither the brief names nor were
    ``made``, and single files beside the ``files`` that were.
    """
    known = {name for name, _ in platform.names(plan.platform_folders(script.shelf))}
    names = (*_folders(folder, known - {*script.brief.platforms, *made}), *_files(folder, frozenset(files)))
    shown = "、".join(names[:6]) + ("……" if len(names) > 6 else "")
    return (problem("VK-M022", Place(spelling.shown(folder)), count=len(names), names=shown),) if names else ()


def _folders(folder: Path, platforms: Iterable[str]) -> Iterator[str]:
    for name in sorted(platforms):
        if any(_ours(file) for file in (folder / name).glob("*.*")):
            yield f"{name}/"


def _files(folder: Path, made: frozenset[Path]) -> Iterator[str]:
    for where in sorted({folder, folder / paths.PAIRS, *(file.parent for file in made)}):
        for file in sorted(where.glob("*.*")):
            if file not in made and _ours(file):
                yield file.relative_to(folder).as_posix()


def _ours(file: Path) -> bool:
    return file.is_file() and file.name.split(".")[0].split("-")[0] in KINDS

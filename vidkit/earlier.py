"""A folder of what was made earlier → whose it is, and what lies in it that was not made this time. Nothing is deleted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from vidkit import console, faults, keys, plan, platform, project
from vidkit.problems import Place, Refusal, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from vidkit.plan import Script
    from vidkit.problems import Problem

MANIFEST = "manifest.json"
KINDS = ("clip", "cover", "caption", "article", "package", "reply", "poster", "pair", "grid")
"""What files made for a brief are called, up to the first sign; people's own files have other names."""
DEEP = 3
"""Most parts of a brief's path that is noted for one outside a shop: no path of the machine gets into a manifest."""


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
            raise Refusal(problem("VK-M021", Place(console.shown(brief)), folder=console.shown(folder), other=other))


def _owner(manifest: Path) -> str:
    """The path a manifest notes of its brief; empty without one (an older vidkit noted none)."""
    try:
        return str(said(manifest)["brief"]["path"])
    except (KeyError, TypeError):
        return ""


def said(manifest: Path) -> dict[str, Any]:
    """What a manifest says; nothing where there is none that can be read."""
    try:
        found = json.loads(manifest.read_text(encoding="utf-8"))
    except OSError as error:
        faults.answered(error)
        return {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def left(folder: Path, files: Iterable[Path], script: Script, made: Iterable[str]) -> tuple[Problem, ...]:
    """What lies in a brief's folder but was not made this time is said (VK-M022): folders of platforms that neither the brief names nor were
    ``made``, and single files beside the ``files`` that were.
    """
    known = {name for name, _ in platform.names(plan.platform_folders(script.shelf))}
    names = (*_folders(folder, known - {*script.brief.platforms, *made}), *_files(folder, frozenset(files)))
    shown = "、".join(names[:6]) + ("……" if len(names) > 6 else "")
    return (problem("VK-M022", Place(console.shown(folder)), count=len(names), names=shown),) if names else ()


def _folders(folder: Path, platforms: Iterable[str]) -> Iterator[str]:
    for name in sorted(platforms):
        if any(_ours(file) for file in (folder / name).glob("*.*")):
            yield f"{name}/"


def _files(folder: Path, made: frozenset[Path]) -> Iterator[str]:
    for where in sorted({folder, *(file.parent for file in made)}):
        for file in sorted(where.glob("*.*")):
            if file not in made and _ours(file):
                yield file.relative_to(folder).as_posix()


def _ours(file: Path) -> bool:
    return file.is_file() and file.name.split(".")[0].split("-")[0] in KINDS

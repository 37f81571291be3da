"""A folder and a few answers → a shop's new project: ``vidkit.yaml``, a page of instructions, and the folders its briefs use.

The texts are data (``data/shop.yaml``). What is there already is left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vidkit import cache, project
from vidkit.briefs import paths
from vidkit.kits import branding
from vidkit.problems import Refusal, problem
from vidkit.runs import closed, faults
from vidkit.tables import table

if TYPE_CHECKING:
    from pathlib import Path

    from vidkit.kits.branding import Answers
    from vidkit.problems import Problem


@dataclass(frozen=True)
class Opened:
    """What became of a new project: its folder, what was made in it and what was there already, as paths below it, and what to know."""

    folder: Path
    made: tuple[str, ...]
    kept: tuple[str, ...]
    problems: tuple[Problem, ...]


def write(folder: Path, answers: Answers | None = None, area: str = "") -> Opened:
    """Make a folder a project, with a brand of its own if there are answers; nothing there is changed. The brand comes last: a run that could not
    go on is done by doing it again.

    Refuses (VK-N001) a name that is a file's, what ``branding.sure`` refuses, and a disk that cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise Refusal(problem("VK-N001", name=folder))
    if answers:
        branding.sure(answers, folder)
    outer = () if project.is_one(folder) else tuple(_outer(folder))
    kept: list[str] = []
    before = {name for name in table("shop")["folders"] if (folder / name).is_dir()}
    made = [f"brand/{answers.folder}/"] if answers else []
    for name in table("shop")["folders"]:
        there = name in before
        _make_folder(folder / name)
        (kept if there else made).append(f"{name}/")
    for name, text in texts(answers.name if answers else "", area).items():
        there = (folder / name).exists()
        (kept if there else made).append(name)
        if not there:
            cache.deliver_bytes(text.encode("utf-8"), folder / name)
    if answers:
        branding.write(answers, folder)
    return Opened(folder, tuple(made), tuple(kept), outer)


def texts(brand: str, area: str) -> dict[str, str]:
    """The files of a new project by their paths; without a brand of its own it uses an example."""
    said = table("shop")
    line = f"地区: {project.quoted(area)}" if area else f"#地区: {said['area']}"
    values = {
        "brand_said": said["brand_said"]["own" if brand else "example"],
        "brand": project.quoted(brand or said["brand"]),
        "area": line,
        "private": "\n".join(map(_pattern, _private())),
    }
    return {name: re.sub(r"\{(\w+)\}", lambda found: values[found[1]], text) for name, text in said["files"].items()}


def _private() -> tuple[str, ...]:
    """The endings of files that may show or name somebody, each once."""
    taken, known = table("intake"), table("asked")["endings"]
    listed = (*taken["pictures"], *taken["videos"], *(one for each in known.values() for one in each))
    return tuple(dict.fromkeys((*listed, *table("shop")["private"])))


def _pattern(ending: str) -> str:
    """An ending for git, which tells capitals from small letters: ``*.[jJ][pP][gG]``."""
    return "*" + "".join(f"[{sign}{sign.upper()}]" if sign.isalpha() else sign for sign in ending)


def _outer(folder: Path) -> tuple[Problem, ...]:
    """A project inside another one is said: its briefs will not see the outer one's people and brand."""
    outside = paths.project_root(folder.resolve())
    return (problem("VK-N002", name=outside.name),) if project.is_one(outside) else ()


def _make_folder(folder: Path) -> None:
    try:
        closed.make(folder)
    except OSError as error:
        raise faults.refusal(error, folder, faults.little()) from error

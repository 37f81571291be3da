"""A shop's project folder → what all its briefs share: its root, what ``vidkit.yaml`` says once for all, the profiles in ``people/``."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vidkit import source
from vidkit.briefs import keys, paths
from vidkit.consoles import spelling
from vidkit.problems import Place, Refusal, problem
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.brief import Brief
    from vidkit.problems import Problem
    from vidkit.source import Node

PEOPLE = "people"
PHOTO_FOLDER_BRIEF = "清单.yaml"
"""The brief that lies among the photos of a folder; it goes by the folder's name."""
EMPTY = "VK-Y010"
BAD_IN_FILES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(10))})
"""Names Windows keeps for itself (Microsoft, Naming Files, Paths, and Namespaces)."""


def root(file: Path) -> Path:
    """The project folder of a brief: the nearest one above with ``vidkit.yaml``, else the brief's own."""
    return paths.project_root(file.resolve().parent)


def here() -> Path:
    """The project one stands in, else the folder itself; refuses (VK-N031) to stand just outside of shops, where nothing of theirs is found."""
    folder = root(Path("brief.yaml"))
    below = (
        () if is_one(folder) else tuple(sorted(file.parent.name for file in folder.glob(f"[!.]*/{paths.PROJECT_FILE}")))
    )
    if below:
        listed = "、".join(below[:6])
        raise Refusal(problem("VK-N031", names=listed, first=spelling.typed(below[0])))
    return folder


def is_one(folder: Path) -> bool:
    """Whether a folder is a project's."""
    return (folder / paths.PROJECT_FILE).is_file()


def out(file: Path) -> Path:
    """Where what is made of a brief goes if nobody says: ``out`` in its project, else in the folder one stands in."""
    folder = root(file)
    return folder / "out" if is_one(folder) else Path("out")


def called(file: Path) -> str:
    """What a brief is called, and the folder of what is made of it: its file's name, or its folder's when it lies among photos."""
    return file.resolve().parent.name if file.name == PHOTO_FOLDER_BRIEF else file.stem


def sure_of_name(file: Path) -> None:
    """Refuse (VK-M030) a brief that is called as no folder of what is made may be."""
    if not may_hold_made(called(file)):
        raise Refusal(problem("VK-M030", Place(spelling.shown(file)), name=called(file) or file.name))


def may_hold_made(name: str) -> bool:
    """Whether a folder of that name may lie in an output folder and hold what is made of a brief: no ``..``, none that is hidden or lies elsewhere,
    none that Windows keeps for itself, and not the archive's, in which nobody looks for what was made.
    """
    usual_name = bool(name.strip(" .")) and not name.startswith(".") and not {"/", "\\"} & set(name)
    return usual_name and not _is_device(name) and paths.alike(name) != paths.ARCHIVE


def _is_device(name: str) -> bool:
    return name.partition(".")[0].strip().lower() in DEVICES


def usual(folder: Path) -> Node | None:
    """What ``vidkit.yaml`` of a project says for briefs that do not say it themselves; None when it says nothing. Refuses a faulty one."""
    file = folder / paths.PROJECT_FILE
    if not file.is_file():
        return None
    node, problems = source.examine(file, shown=spelling.shown(file))
    wrong = tuple(p for p in problems if p.code != EMPTY)
    if wrong:
        raise Refusal(*source.first_ones(wrong))
    return node


def usual_fields(folder: Path) -> tuple[tuple[str, str], ...]:
    """The fields of a brief that a project says once for all, with what it says as typed."""
    said = usual(folder)
    found = ((keys.find("brief", key.text), value) for key, value in (said.pairs if said else ()))
    return tuple(
        (field.name, value.text.strip()) for field, value in found if field and (value.text.strip() or value.items)
    )


class Profile(NamedTuple):
    """A person's profile: its file, the names it answers to, what it says as far as it can be read, and what is wrong with its writing."""

    file: Path
    names: tuple[str, ...]
    node: Node | None
    problems: tuple[Problem, ...]

    def said(self, field: str) -> str:
        """What it says of a field of a person, as typed; empty for nothing, and for a photo its file."""
        row = keys.find("person", field)
        found = self.node.under(row.names) if row and self.node else None
        inner = keys.find("photo", "file")
        if found and found.kind == "map" and inner:
            found = found.under(inner.names)
        return found.text.strip() if found else ""


def profiles(folder: Path) -> tuple[Profile, ...]:
    """Every profile of a project, by its file's name."""
    return tuple(_profiles(folder / PEOPLE))


def _profiles(folder: Path) -> Iterator[Profile]:
    for file in sorted((*folder.glob("*.yaml"), *folder.glob("*.yml"))):
        node, problems = source.examine(file, shown=spelling.shown(file))
        one = Profile(file, (file.stem,), node, problems)
        said = one.said("name")
        yield one._replace(names=tuple(dict.fromkeys((said or file.stem, file.stem))))


def people(folder: Path) -> tuple[tuple[str, Path], ...]:
    """Every name a profile answers to (the name written in it, and its file's), with its file."""
    return tuple((name, one.file) for one in profiles(folder) for name in one.names)


def notes(brief: Brief) -> Iterator[Problem]:
    """What to know of a brief's people: the example's fictional one should not go out, and nobody taught herself."""
    yield from _circles(brief)
    yield from _newer(brief)
    for number, one in enumerate(brief.people):
        place = brief.at(f"people.{number}.name")
        if place and Path(place.file).stem in table("shop")["people"]:
            yield problem("VK-N004", brief.at(f"people.{number}") or brief.at("people"), name=one.name)


def _circles(brief: Brief) -> Iterator[Problem]:
    """Who is her own teacher, at once or by way of others: every such circle once, where it is first written."""
    teacher = {one.name: one.taught_by for one in brief.people if one.taught_by}
    told: set[str] = set()
    for number, one in enumerate(brief.people):
        way = [one.name]
        while (above := teacher.get(way[-1], "")) and above not in way:
            way.append(above)
        if above == one.name and one.name not in told:
            told.update(way)
            yield problem("VK-N030", brief.at(f"people.{number}.taught_by"), names="、".join([*way, one.name]))


def _newer(brief: Brief) -> Iterator[Problem]:
    """Whose teacher has worked at it for fewer years than she: one of the two numbers, or who taught whom, may be wrong."""
    years = {one.name: one.years for one in brief.people}
    for number, one in enumerate(brief.people):
        taught = years.get(one.taught_by)
        if one.years and taught and taught < one.years:
            place = brief.at(f"people.{number}.taught_by")
            yield problem("VK-N032", place, name=one.name, years=one.years, teacher=one.taught_by, taught=taught)


def is_file_name(name: str) -> bool:
    """Whether a file or folder may be called so, on Windows too."""
    usual_length = 0 < len(name.encode("utf-8")) <= 120 and not BAD_IN_FILES.search(name)
    return usual_length and not _is_device(name) and name[0] not in " ._~-" and name[-1] not in " ."


def quoted(text: str, *, inside: bool = False) -> str:
    """A text as our YAML reads it back: bare where nothing in it could mean something else (``inside`` brackets commas could)."""
    signs = r"\w/.·\-" if inside else r"\w/.·\-，。！？、；（）"
    if re.fullmatch(rf"\w(?:[{signs} ]*[{signs}])?", text):
        return text
    return json.dumps(text, ensure_ascii=False) if "\n" in text else "'" + text.replace("'", "''") + "'"

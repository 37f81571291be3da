"""What a brief may name → tables for people, data for programs: templates, brands, platforms, transitions, parts, places, people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vidkit import kit, plan, project
from vidkit.brief import profile
from vidkit.briefs import new
from vidkit.briefs.fields import Names, Notes
from vidkit.console import words
from vidkit.consoles import spelling
from vidkit.consoles.wrapping import columns
from vidkit.kits import platform
from vidkit.problems import in_order, spoken_language
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from vidkit.kit import Shelf
    from vidkit.kits.platform import Fact, Platform
    from vidkit.problems import Problem

    Row = list[str]


def text(kind: str, folder: Path) -> str:
    """One kind as a table; ``folder`` is where the person stands (their project's own things come first)."""
    head = words(f"list-{kind}").split("|")
    rows = _people_rows(_root(folder)) if kind == "people" else ROWS[kind](_shelf(folder))
    return columns([head, *rows])


def as_data(kind: str, folder: Path) -> dict[str, Any]:
    """One kind as plain data; platforms with every fact, its source, date and confidence."""
    return {kind: list(_people_data(_root(folder)) if kind == "people" else DATA[kind](_shelf(folder)))}


def _root(folder: Path) -> Path:
    return project.root(folder / "brief.yaml")


def _shelf(folder: Path) -> Shelf:
    return kit.shelf(_root(folder))


def _platforms(shelf: Shelf) -> tuple[Platform, ...]:
    return platform.all_platforms(plan.platform_folders(shelf))


def _template_rows(shelf: Shelf) -> Iterator[Row]:
    for name, _ in kit.template_names(shelf):
        one = kit.template(name, shelf)
        yield [one.id, one.names.zh, one.names.en, one.about.zh if spoken_language() == "zh" else one.about.en]


def _brand_rows(shelf: Shelf) -> Iterator[Row]:
    for name, _ in kit.brand_names(shelf):
        one = kit.brand(name, shelf)
        yield [one.id, one.names.zh, one.names.en, one.full_name]


def _platform_rows(shelf: Shelf) -> Iterator[Row]:
    for one in _platforms(shelf):
        limits = [one.max_seconds, one.text.title_max or "-", one.text.body_max, one.text.topics_max]
        covers = " ".join(cover.name for cover in one.covers)
        yield [one.id, one.title_zh, one.title_en, f"{one.canvas[0]}x{one.canvas[1]}", *map(str, limits), covers]


def _transition_rows(_shelf: Shelf) -> Iterator[Row]:
    for name, others in kit.named("transitions"):
        yield [name, words("and").join(other for other in others if other != name)]


def faults(folder: Path) -> tuple[Problem, ...]:
    """Everything wrong with the profiles of the project one stands in."""
    names = Names(people=project.people(_root(folder)))
    found: list[Problem] = []
    for one in project.profiles(_root(folder)):
        notes = Notes(one.file.parent, names, "zh")
        if one.node:
            profile(notes, one.file, one.node)
        found += [*one.problems, *notes.problems]
    return in_order(found)


def _people_rows(folder: Path) -> Iterator[Row]:
    gone = new.left_out(folder)
    for one in project.profiles(folder):
        names = words("and").join(one.names) + (words("person-taken-back") if one.names[0] in gone else "")
        yield [
            names,
            *(one.said(field) or "-" for field in ("craft", "years", "home", "photo")),
            spelling.shown(one.file),
        ]


def _people_data(folder: Path) -> Iterator[dict[str, Any]]:
    gone = new.left_out(folder)
    for one in project.profiles(folder):
        said = {field: one.said(field) for field in ("name", "craft", "years", "home", "taught_by", "photo", "quote")}
        yield {"file": spelling.shown(one.file), "names": list(one.names), **said, "taken_back": one.names[0] in gone}


def _template_data(shelf: Shelf) -> Iterator[dict[str, Any]]:
    for name, _ in kit.template_names(shelf):
        one = kit.template(name, shelf)
        yield {
            "id": one.id,
            "names": one.names.model_dump(),
            "about": one.about.model_dump(),
            "takes": {field: take.model_dump(include={"least", "most"}) for field, take in one.takes.items()},
            "seconds": list(one.seconds),
            "scenes": [scene.name for scene in one.scenes],
        }


def _brand_data(shelf: Shelf) -> Iterator[dict[str, Any]]:
    for name, _ in kit.brand_names(shelf):
        yield kit.brand(name, shelf).model_dump(exclude={"logo"})


def _platform_data(shelf: Shelf) -> Iterator[dict[str, Any]]:
    for one in _platforms(shelf):
        known = platform.facts(one.id, plan.platform_folders(shelf))
        yield {
            "id": one.id,
            "names": {"zh": one.title_zh, "en": one.title_en, "aliases": list(one.aliases)},
            "facts": [_fact(fact) for fact in known],
        }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "path": fact.path,
        "value": fact.value,
        "source": fact.source,
        "checked_on": fact.checked_on,
        "confidence": fact.confidence,
    }


def _part_rows(shelf: Shelf) -> Iterator[Row]:
    for name, one in sorted(kit.parts(shelf).parts.items()):
        yield [name, words("and").join(one.slots) or "-"]


def _place_rows(shelf: Shelf) -> Iterator[Row]:
    called = table("names")["stands"]
    for name, one in kit.parts(shelf).places.items():
        yield [name, *(called[word][spoken_language()] for word in (one.of, one.x, one.y))]


def _part_data(shelf: Shelf) -> Iterator[dict[str, Any]]:
    for name, one in sorted(kit.parts(shelf).parts.items()):
        slots = {slot: rule.model_dump(include={"sizes", "lines", "face"}) for slot, rule in one.slots.items()}
        yield {"id": name, "slots": slots}


def _place_data(shelf: Shelf) -> Iterator[dict[str, Any]]:
    for name, one in kit.parts(shelf).places.items():
        yield {"id": name, **one.model_dump()}


def _transition_data(_shelf: Shelf) -> Iterator[dict[str, Any]]:
    for name, others in kit.named("transitions"):
        yield {"id": name, "names": list(others)}


ROWS: dict[str, Callable[[Shelf], Iterator[Row]]] = {
    "templates": _template_rows,
    "brands": _brand_rows,
    "platforms": _platform_rows,
    "transitions": _transition_rows,
    "parts": _part_rows,
    "places": _place_rows,
}
DATA: dict[str, Callable[[Shelf], Iterator[dict[str, Any]]]] = {
    "templates": _template_data,
    "brands": _brand_data,
    "platforms": _platform_data,
    "transitions": _transition_data,
    "parts": _part_data,
    "places": _place_data,
}

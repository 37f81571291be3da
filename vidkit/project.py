"""A shop's project folder → what all its briefs share: its root, what ``vidkit.yaml`` says once for all, the profiles in ``people/``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vidkit import keys, paths, source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vidkit.source import Node

PEOPLE = "people"


def root(file: Path) -> Path:
    """The project folder of a brief: the nearest one above with ``vidkit.yaml``, else the brief's own."""
    return paths.project_root(file.resolve().parent)


def usual(folder: Path) -> Node | None:
    """What ``vidkit.yaml`` of a project says for briefs that do not say it themselves; None when it says nothing. Refuses a faulty one."""
    file = folder / paths.PROJECT_FILE
    if not file.is_file() or not file.read_bytes().strip():
        return None
    return source.read(file, shown=str(file))


def people(folder: Path) -> tuple[tuple[str, Path], ...]:
    """Every name a profile answers to (its file's name, and the name written in it), with its file."""
    return tuple(_people(folder / PEOPLE))


def _people(folder: Path) -> Iterator[tuple[str, Path]]:
    field = keys.find("person", "name")
    assert field, "people have names"
    for file in sorted((*folder.glob("*.yaml"), *folder.glob("*.yml"))):
        yield file.stem, file
        node, _ = source.examine(file)
        said = (node.get(name) for name in field.names) if node else ()
        yield from ((one.text.strip(), file) for one in said if one and one.text.strip() not in {"", file.stem})

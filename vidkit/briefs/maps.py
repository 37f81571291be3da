"""Reading maps of a YAML file: a node → the values of a model's fields, alone or in a list of several."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from vidkit.briefs.fields import Notes, Spot, Value, entries, fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.source import Node

V = TypeVar("V", bound=Value)


def read_map(notes: Notes, spot: Spot, node: Node, model: str) -> dict[str, Any] | None:
    """The values of a map, or None with a problem when the node is no map. A list is a problem too, and its first entry is looked at all the same."""
    if node.kind == "list":
        notes.say("VK-B052", node.place, field=spot.key)
        first = node.items[0] if node.items else node
        return fields(notes, model, first, f"{spot.path}.") if first.kind == "map" else None
    if node.kind != "map":
        code = "VK-B026" if re.search(r"[：:]", node.text) else "VK-B008"
        notes.say(code, node.place, field=spot.key, example=spot.field.shown(notes.language))
        return None
    return fields(notes, model, node, f"{spot.path}.")


def read_maps(notes: Notes, spot: Spot, node: Node) -> Iterator[tuple[Spot, Node]]:
    """The entries of a list of maps; a single map needs no list around it."""
    items = (node,) if node.kind == "map" else entries(notes, spot, node)
    for number, item in enumerate(items):
        notes.places[f"{spot.path}.{number}"] = item.place
        yield spot.entry(number), item


def made(notes: Notes, before: int, model: type[V], values: dict[str, Any] | None) -> V | None:
    """The model of the values, or None if reading them found a problem (there were ``before`` problems until then)."""
    return None if values is None or len(notes.problems) > before else model(**values)


def read_value(notes: Notes, spot: Spot, node: Node, model: type[V], name: str) -> V | None:
    """A map as a value of a model whose fields stand in the table under a name."""
    before = len(notes.problems)
    return made(notes, before, model, read_map(notes, spot, node, name))


def read_values(notes: Notes, spot: Spot, node: Node, model: type[V], name: str) -> tuple[V, ...]:
    """A list of maps, or a single one, as values of a model."""
    found = [read_value(notes, inner, item, model, name) for inner, item in read_maps(notes, spot, node)]
    return tuple(value for value in found if value is not None)

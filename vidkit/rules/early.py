"""A brief that cannot be made yet → what is banned in its words all the same, whatever the rest of it will say: told with its other faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vidkit import kit, project
from vidkit.brief import MODELS
from vidkit.briefs import keys
from vidkit.briefs.written import NO_WORDS, UNSEEN
from vidkit.problems import Refusal
from vidkit.rules import normal, words
from vidkit.rules.finding import Said
from vidkit.rules.said import QUOTED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vidkit.rules.finding import Finding
    from vidkit.source import Node

WORDS = frozenset({"text", "texts", "lines"})
"""Kinds of fields whose words are seen as they are typed."""
PIECES = frozenset({"people", "pairs", "sections", "prices", "review"})
"""Kinds that hold such fields."""


def findings(node: Node, file: Path) -> tuple[Finding, ...]:
    """What is banned in the words of a brief's file in a post of every kind; ways off a platform are left out, since the platforms may change."""
    return tuple(words.always_banned(written(node), _trade_names(node, file)))


def written(node: Node, model: str = "brief", path: str = "") -> Iterator[Said]:
    """Every text that a node of a model says under a known key and that will be seen."""
    for key, value in node.pairs:
        row = keys.find(model, key.text)
        if row is None or row.name in NO_WORDS or f"{path}{row.name}" in UNSEEN:
            continue
        for one in value.items or (value,):
            if row.kind in PIECES and one.kind == "map":
                yield from written(one, MODELS[row.kind], f"{path}{row.name}.")
            elif row.kind in WORDS and one.kind == "text" and one.text.strip():
                where = f"{path}{row.name}"
                yield Said(one.text.strip(), where, one.place, quoted=bool(QUOTED.fullmatch(_numbered(where))))


def _numbered(path: str) -> str:
    """The path of a field of the first of several, as a brief calls it."""
    return path.replace("people.", "people.0.")


def _trade_names(node: Node, file: Path) -> tuple[str, ...]:
    """The names of the brand that a brief or its project names, without disguise; the name as typed where there is no such brand yet."""
    row, folder = keys.find("brief", "brand"), project.root(file)
    shelf = kit.shelf(folder)
    try:
        usual = dict(project.usual_fields(folder)).get("brand", "")
        typed = next((value.text for key, value in node.pairs if keys.find("brief", key.text) == row), usual)
        own = kit.brand_called(typed, shelf)
        brand = kit.brand(own, shelf) if own else None
    except Refusal:  # told elsewhere
        return ()
    return words.trade_names(brand) if brand else tuple(filter(None, (normal.plain(typed).text,)))

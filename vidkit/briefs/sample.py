"""The shipped example of a template → its words by field, as plain texts and lists, for a new brief to begin with.

Of photos only the files' names are taken: what was decided about the example's own faces holds for no other photo.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from vidkit import kit, source
from vidkit.brief import MODELS
from vidkit.briefs import keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from vidkit.source import Node

Entry = dict[str, "Said"]
"""The fields of a person, a step, a price."""
Said = str | tuple["Said", ...] | Entry
"""What an example says of a field: a text, several, or entries with fields of their own."""


@cache
def of(template: str) -> Mapping[str, Said]:
    """What our example of a template says, by field; empty for a template we have no example of."""
    names = {
        keys.folded(name)
        for own, others in kit.template_names(kit.shelf())
        if own == template
        for name in (own, *others)
    }
    for file in kit.examples():
        said = _read(file)
        if keys.folded(str(said.get("template", ""))) in names:
            return MappingProxyType(said)
    return MappingProxyType({})


def holding(texts: Iterable[str]) -> tuple[Entry, ...]:
    """What those of our examples say that hold one of some texts."""
    sought = tuple(texts)
    whole = ((file, file.read_text(encoding="utf-8")) for file in kit.examples())
    return tuple(_read(file) for file, words in whole if any(text in words for text in sought))


@cache
def _read(file: Path) -> Entry:
    """What an example's file says, by field."""
    node, _ = source.examine(file)
    return _entry("brief", node) if node else {}


def _entry(model: str, node: Node) -> Entry:
    found = ((keys.find(model, key.text), value) for key, value in node.pairs)
    return {field.name: _said(field, value) for field, value in found if field}


def _said(field: keys.Field, node: Node) -> Said:
    """A field's words; entries with fields of their own as a list where there may be several, even of a single one."""
    if field.kind in MODELS and not field.many:
        return _entry(MODELS[field.kind], node)
    if field.kind in MODELS:
        return tuple(_entry(MODELS[field.kind], one) for one in (node.items or (node,)))
    if node.kind == "map":
        return str(_entry("photo", node).get("file", ""))
    return tuple(_said(field, one) for one in node.items) if node.kind == "list" else node.text.strip()

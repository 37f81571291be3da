"""What a brief says about music: the name of a bed, none, or a file of the person's own with the licence she has for it."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  # pydantic reads it
from typing import TYPE_CHECKING

from vidkit import keys
from vidkit.fields import Notes, Spot, Value, read_name, reads
from vidkit.maps import read_map
from vidkit.problems import Place  # noqa: TC001  # pydantic reads it

if TYPE_CHECKING:
    from vidkit.source import Node

_SILENCE = frozenset({"无", "没有", "不要", "不要音乐", "none", "no", "off"})
_USUAL = frozenset({"default", "默认"})


class OwnMusic(Value):
    """Somebody's own music: its file as typed, the file it means, where the brief says so, and who allowed its use."""

    name: str
    path: Path
    place: Place
    licence: str


@reads("music")
def _music(notes: Notes, spot: Spot, node: Node) -> str | OwnMusic | None:
    """The id of a music bed, ``default``, a file with its licence, or None for silence."""
    if node.kind == "map":
        return _own(notes, spot, node)
    if node.kind == "text" and keys.folded(node.text) in _SILENCE:
        return None
    if node.kind == "text" and keys.folded(node.text) in _USUAL:
        return "default"
    return read_name(notes, spot, node)


def _own(notes: Notes, spot: Spot, node: Node) -> OwnMusic | None:
    before = len(notes.problems)
    values = read_map(notes, spot, node, "music") or {}
    found = values.get("file")
    if found is None or len(notes.problems) > before:
        return None
    return OwnMusic(name=found.name, path=found.path, place=found.place, licence=values["licence"])

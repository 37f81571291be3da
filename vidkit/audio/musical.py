"""What a brief says about music: the name of a bed, none, or a file of the person's own with the licence she has for it."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path  # noqa: TC003  # pydantic reads it
from typing import TYPE_CHECKING

from vidkit.briefs import keys
from vidkit.briefs.fields import Notes, Spot, Value, read_name, reads
from vidkit.briefs.maps import read_map
from vidkit.problems import Place, problem
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vidkit.brief import Brief
    from vidkit.problems import Problem
    from vidkit.source import Node

SILENCE = ("无", "没有", "不要", "不要音乐", "none", "no", "off")
USUAL = ("默认", "default")
"""What may be typed for no music, and for what the template has."""


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
    if node.kind == "text" and keys.folded(node.text) in SILENCE:
        return None
    if node.kind == "text" and keys.folded(node.text) in USUAL:
        return "default"
    if node.kind == "text" and keys.folded(node.text).endswith(tuple(table("asked")["endings"]["sound"])):
        known = "、".join(more[0] if more else own for own, more in notes.names.beds)
        notes.say("VK-S008", node.place, field=spot.key, name=node.text.strip(), known=known)
        return None
    return read_name(notes, spot, node)


def _own(notes: Notes, spot: Spot, node: Node) -> OwnMusic | None:
    before = len(notes.problems)
    values = read_map(notes, spot, node, "music") or {}
    found = values.get("file")
    if found is None or len(notes.problems) > before:
        return None
    return OwnMusic(name=found.name, path=found.path, place=found.place, licence=values["licence"])


def doubts(brief: Brief) -> Iterator[Problem]:
    """A licence that names none (VK-S009): 网上下的, 不知道."""
    own = brief.music
    if isinstance(own, OwnMusic) and not is_licence(own.licence):
        yield problem("VK-S009", own.place, name=own.name, words=own.licence)


def is_licence(said: str) -> bool:
    """Whether words say of some music whose it is, who allowed its use, or that it was paid for (``data/licences.yaml``)."""
    known = table("licences")
    words = unicodedata.normalize("NFKC", said).casefold().strip(" 。，.,!！?？…")
    if not any(map(str.isalpha, words)) or words in known["nothing"] or _holds(words, known["never"]):
        return False
    return _holds(words, known["sound"]) or not _holds(words, known["doubted"])


def _holds(words: str, patterns: Sequence[str]) -> bool:
    return any(re.search(pattern, words) for pattern in patterns)

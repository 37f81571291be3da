"""What a table's cell says → a value of a brief, and that laid over what the brief says, with its place in the table."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from vidkit import source
from vidkit.briefs import keys, paths
from vidkit.kits import platform
from vidkit.problems import problem
from vidkit.source import Node
from vidkit.spreadsheets import headings
from vidkit.spreadsheets.headings import INNER, NUMBERED
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from vidkit.problems import Place, Problem
    from vidkit.spreadsheets.headings import Step, Way

SEVERAL: Final = frozenset({"texts", "lines", "platforms", "choices", "photos"})
"""Kinds of fields whose cell may hold several entries, parted by 、 or ； or line breaks."""
FIGURES: Final = frozenset({"numbers", "focus", "areas"})
"""Kinds of fields that are numbers, which commas and spaces part too."""
FLOW: Final = re.compile(r"\{.*\}|\[.*\]", re.DOTALL)
"""A cell written as a brief writes a map or a list in one line."""
SHORT: Final = MappingProxyType({"photo": "file", "person": "name"})
"""Models whose values may be written as one text, and the field that text is."""
OF_ANY_PHOTO: Final = ("seconds", "as_taken")
"""What a brief says of a photo that holds for any other in its place: how it is shown, not what is in it."""
ALONE: Final = frozenset({"music"})
"""Further kinds of maps that may be written as one text."""
PARTED = re.compile(r"[、；;|\n]+")
LOOSE = re.compile(r"[\s、，,]+")
COMMA = re.compile(r"[、；;|\n,，]+")
"""What parts photos whose names all have an ending."""
WIDE = re.compile(r"[\s、；;|,，/／]+")
"""What parts names of a list that is known: 抖音/美团."""
APART: Final = re.compile(r"\s*\n\s*")
"""The end of a line in a cell, which people put there where words would not fit."""


class Lent(NamedTuple):
    """What a brief says of somebody or something that a row makes another of: its way, the value, and what the row says that makes it another."""

    steps: Way
    said: Node
    own: Node


def value(typed: str, steps: Way, place: Place) -> tuple[Node, tuple[Problem, ...]]:
    """A cell as a value of the brief: one text, the entries of a list, or what is written in it as in a brief; and what is wrong with that."""
    last = steps[-1]
    kind = _kind(steps)
    if FLOW.fullmatch(typed) and kind in {*INNER, *FIGURES, *SEVERAL}:
        node, problems = source.parse(f"x: {' '.join(typed.split())}\n", place.file)
        told = tuple(replace(one, place=place) for one in problems)
        return (node.pairs[0][1].at(place) if node and not told else Node(place, "text", text=typed)), told
    if kind in INNER and (INNER[kind] not in SHORT and kind not in ALONE):
        return Node(place, "text", text=typed), (_apart(typed, steps, place),)
    if kind in FIGURES:
        groups = [_parts(part, LOOSE, place) for part in PARTED.split(typed) if part.strip()] if kind == "areas" else []
        node = groups[0] if len(groups) == 1 else Node(place, "list", items=tuple(groups))
        return node if groups else _parts(PARTED.sub(" ", typed), LOOSE, place), ()
    listed = _parts(typed, _sign(typed, last), place)
    several = kind in SEVERAL and len(listed.items) > 1
    return (listed if several else Node(place, "text", text=_text(typed, last))), ()


def _kind(steps: Way) -> str:
    """The kind of what stands at the end of a way; an entry of a list of photos is a photo."""
    last = steps[-1] if isinstance(steps[-1], keys.Field) else steps[-2]
    assert isinstance(last, keys.Field)
    return "photo" if last.kind == "photos" and last is not steps[-1] else last.kind


def _apart(typed: str, steps: Way, place: Place) -> Problem:
    """That a cell says in one what a brief says entry by entry (VK-X021), with the headings for it."""
    model = INNER[_kind(steps)]
    figure = any(sign.isdecimal() for sign in typed)
    first = sorted(keys.models()[model], key=lambda one: (not (figure and one.kind == "amount"), not one.required))
    named = {tongue: [headings.called((*steps, one), tongue) for one in first] for tongue in ("zh", "en")}
    words = {"guess": named["zh"][0], "guess_en": named["en"][0]}
    words |= {"known": " · ".join(named["zh"][1:]), "known_en": " · ".join(named["en"][1:])}
    return problem("VK-X021", place, key=headings.called(steps, "zh"), key_en=headings.called(steps, "en"), **words)


def _sign(typed: str, last: Step) -> re.Pattern[str]:
    """What parts the entries of a cell: also commas, slashes and spaces where all that stands between them is the name of something."""
    parts = [part for part in WIDE.split(typed) if part]
    if not isinstance(last, keys.Field) or len(parts) < 2:
        return PARTED
    if last.kind == "photos":
        comma = [part.strip() for part in COMMA.split(typed)]
        return COMMA if all(PurePath(part).suffix for part in comma) else PARTED
    known = platform.names() if last.kind == "platforms" else last.choices
    return WIDE if all(keys.meant(part, known) for part in parts) else PARTED


def _text(typed: str, last: Step) -> str:
    """A cell of one line: where it was broken because words would not fit, they go on, after a space between Latin ones."""
    if "\n" not in typed or not isinstance(last, keys.Field) or last.lines or last.kind != "text":
        return typed
    return one_line(typed)


def one_line(typed: str) -> str:
    """A text without its line breaks."""
    first, *others = APART.split(typed.strip())
    for part in others:
        first += f" {part}" if first[-1:].isascii() and part[:1].isascii() else part
    return first


def _parts(typed: str, sign: re.Pattern[str], place: Place) -> Node:
    """The texts between signs as a list."""
    texts = (part.strip() for part in sign.split(typed))
    return Node(place, "list", items=tuple(Node(place, "text", text=part) for part in texts if part))


def laid(node: Node, kind: str, steps: Sequence[Step], value: Node, place: Place, typed: str) -> Node:
    """The node, a value of a field of that ``kind``, with the value at the end of the way, whatever is missing on the way added. With another photo's
    file all that the brief decided about the one it had is gone: its faces are others'.
    """
    if not steps:
        return _named_again(node, kind, value)
    step, rest = steps[0], steps[1:]
    if isinstance(step, int):
        return _entry(node, kind, step, rest, value, place, typed)
    if node.kind == "list":
        return _entry(node, kind, 0, steps, value, place, typed)
    if node.kind == "text":
        node = _as_map(node, kind, place, typed)
    pairs = list(node.pairs)
    at = next((n for n, (key, _) in enumerate(pairs) if _means(key, step)), None)
    if at is None:
        added = laid(Node(place, "map"), step.kind, rest, value, place, typed)
        return replace(node, pairs=(*pairs, (_key(step, place, typed), added)))
    key, old = pairs[at]
    new = laid(old, step.kind, rest, value, place, typed)
    pairs[at] = (key, new)
    if INNER.get(kind) == "photo" and step.name == SHORT["photo"] and not _is_same(old, new):
        kept = [keys.find("photo", name) for name in OF_ANY_PHOTO]
        pairs = [one for n, one in enumerate(pairs) if n == at or any(one_ and _means(one[0], one_) for one_ in kept)]
    return replace(node, pairs=tuple(pairs))


def _named_again(node: Node, kind: str, value: Node) -> Node:
    """A value, or of a photo that the brief names, too, what the brief says of it."""
    if INNER.get(kind) != "photo" or value.pairs:
        return value
    if value.kind == "list":
        return replace(value, items=tuple(_named_again(node, kind, one) for one in value.items))
    field = keys.find("photo", SHORT["photo"])
    for one in node.items if node.kind == "list" else (node,):
        file = one.under(field.names) if field and one.pairs else None
        if field and file and _is_same(file, value):
            return replace(one, pairs=tuple((key, value if _means(key, field) else said) for key, said in one.pairs))
    return value


def _is_same(one: Node, other: Node) -> bool:
    """Whether two texts name one file."""
    first, second = (paths.alike(text.text.replace("\\", "/").removeprefix("./")) for text in (one, other))
    return first == second


def _as_map(node: Node, kind: str, place: Place, typed: str) -> Node:
    """What stands there as one text as a map, so that more can be said of it: a photo by its file, a person by her name; else an empty one."""
    model = INNER.get(kind, "")
    field = keys.find(model, SHORT[model]) if model in SHORT and node.text.strip() else None
    return Node(node.place, "map", pairs=((_key(field, place, typed), node),)) if field else Node(place, "map")


def _key(field: keys.Field, place: Place, typed: str) -> Node:
    """A field's key, in the language of the heading typed."""
    return Node(place, "text", text=field.zh[0] if not typed.isascii() else field.name)


def _means(key: Node, field: keys.Field) -> bool:
    """Whether a key typed in the brief is one of a field's names."""
    return keys.folded(key.text) in {keys.folded(name) for name in field.names}


def _entry(node: Node, kind: str, number: int, rest: Sequence[Step], value: Node, place: Place, typed: str) -> Node:
    """The list with the value in its entry; a single map, photo or name is the first of its list."""
    alone = [node] if node.pairs or (node.text.strip() and INNER.get(kind) in SHORT) else []
    items = list(node.items) if node.kind == "list" else alone
    items += [Node(place, "map") for _ in range(number + 1 - len(items))]
    items[number] = laid(items[number], kind, rest, value, place, typed)
    return Node(node.place if node.items or node.pairs else place, "list", items=tuple(items))


def found(node: Node | None, steps: Way) -> Node | None:
    """What stands at the end of a way, or None; a single map is the first of its list."""
    for step in steps:
        if node is None:
            return None
        items = node.items if node.kind == "list" else (node,)
        number = step if isinstance(step, int) else 0
        node = items[number] if number < len(items) else None
        if isinstance(step, keys.Field):
            node = node.under(step.names) if node else None
    return node


def of_photos(steps: Way) -> bool:
    """Whether a way leads to the names of photos."""
    plain = headings.alike(steps)
    return bool(plain) and INNER.get(_kind(plain)) == "photo"


def photos(node: Node, steps: Way) -> Iterator[Node]:
    """The names of photos at the end of a way that leads to them."""
    yield from _names(found(node, headings.alike(steps)))


def _names(node: Node | None) -> Iterator[Node]:
    if node is None:
        return
    if node.kind == "text":
        yield from (node,) if node.text.strip() else ()
    for one in node.items:
        yield from _names(one)
    file = keys.find("photo", SHORT["photo"])
    if node.kind == "map" and file:
        yield from _names(node.under(file.names))


def rooms(node: Node) -> Iterator[Node]:
    """The names of photos in a brief that may show a customer's home."""
    for name in table("rows")["rooms"]:
        field = keys.find("brief", name)
        entries = found(node, (field,)) if field else None
        if field and entries and INNER[field.kind] == "photo":
            yield from _names(entries)
        elif field and entries:
            inside = [one.names for one in keys.models()[INNER[field.kind]] if INNER.get(one.kind) == "photo"]
            for entry in entries.items or (entries,):
                for names in inside:
                    yield from _names(entry.under(names))


def lent(node: Node, over: Node, file: str, changed: Container[str], part: str = "said") -> Iterator[Lent]:
    """What the brief ``over`` says, by its way, of entries that a row of a table, which is that ``file``, makes others of: the place of the brief's
    photo where the row has one that is not the brief's. Only in the fields that the table has ``changed``, and of such entries the ``part`` that is said, or shown.
    """
    for name, of_one in table("rows")["of_one"].items():
        field = keys.find("brief", name) if name in changed and part in of_one else None
        entries = found(node, (field,)) if field else None
        if not field or not entries:
            continue
        fields = {one.name: one for one in keys.models()[INNER[field.kind]]}
        for number, entry in enumerate(entries.items or (entries,)):
            was = found(over, (field, number))
            by = (each for one in of_one["by"] for each in _others(entry, was, fields[one], file))
            own = next(by, None)
            if own is None:
                continue
            steps = (field, *((number,) if number or field.kind in NUMBERED else ()))
            for one in of_one[part]:
                for way, said in _leaves((*steps, fields[one]), entry.under(fields[one].names)):
                    yield from (Lent(way, said, own),) if said.place.file != file else ()


def _others(entry: Node, was: Node | None, field: keys.Field, file: str) -> Iterator[Node]:
    """What a row says in a field of an entry, and the brief does not say there."""
    known = {one_line(one.text) for one in _said(was, field)}
    return (one for one in _said(entry, field) if one.place.file == file and one_line(one.text) not in known)


def _said(entry: Node | None, field: keys.Field) -> tuple[Node, ...]:
    """What an entry says in a field: the names of its photos, or what stands there."""
    said = entry.under(field.names) if entry else None
    if said is None:
        return ()
    return (
        tuple(_names(said)) if INNER.get(field.kind) == "photo" else (said,) if said.text.strip() or said.items else ()
    )


def _leaves(steps: Way, node: Node | None) -> Iterator[tuple[Way, Node]]:
    """What stands at a way, piece by piece, each by its own: of a photo its name, of a certificate its name and its number."""
    kind = _kind(steps)
    if node is None or INNER.get(kind) == "photo":
        yield from ((steps, one) for one in _names(node))
        return
    entries = node.items if kind in INNER else ()
    for number, entry in enumerate(entries or (node,)):
        at = (*steps, number) if number or (entries and kind in NUMBERED) else steps
        if entry.kind == "map" and kind in INNER:
            for field in keys.models()[INNER[kind]]:
                yield from _leaves((*at, field), entry.under(field.names))
        elif entry.text.strip() or entry.items:
            yield at, entry


def gap(node: Node, steps: Way) -> Way:
    """The first entry of a list on a way before which one is empty, as far as the way leads to it; nothing where there is none."""
    for at, step in enumerate(steps):
        if isinstance(step, int):
            before = (found(node, (*steps[:at], number)) for number in range(step))
            if any(one is None or not (one.pairs or one.items or one.text) for one in before):
                return steps[: at + 1]
    return ()

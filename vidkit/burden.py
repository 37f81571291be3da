"""A logo's drawing → what in it would take the renderer too long (``load`` in ``data/brand.yaml``): nothing stops it in the middle of a drawing."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree import ElementTree as ET

APART = {
    "opacity": "1",
    "filter": "none",
    "mask": "none",
    "clip-path": "none",
    "mix-blend-mode": "normal",
    "isolation": "auto",
}
"""What lets a shape be drawn apart and then laid on, with the word for not doing so."""
HELD = frozenset({"defs", "symbol", "mask", "clippath", "pattern", "filter", "lineargradient", "radialgradient"})
"""What is drawn only where it is referred to."""
NAMED = re.compile(r"url\(\s*['\"]?#([^'\")\s]+)")
NUMBER = re.compile(r"\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*(%?)")


def of(root: ET.Element) -> Iterator[str]:
    """What is too much, the first thing first."""
    most = table("brand")["load"]
    rows = tuple(_rows(root))
    if len(rows) > most["depth"]:
        yield f"<{_name(rows[most['depth']][0])}> … > {most['depth']}"
        return
    effects = {one.lower() for one in most["effects"]}
    for one in root.iter():
        name = _name(one)
        if name.lower().startswith("fe") and name.lower() not in effects:
            yield f"<{name}>"
        if name.lower() == "filter":
            yield from _too_wide(one, root, most["region"])
    named = {value: one for one in root.iter() if (value := one.get("id"))}
    layers = _Layers(named, most["depth"]).drawn(root)
    if layers > most["layers"]:
        told = f"url(#…) … > {most['depth']}" if math.isinf(layers) else f"{layers:g} > {most['layers']}"
        yield f"opacity, mask, clip-path, filter: {told}"


def _name(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _rows(root: ET.Element) -> Iterator[list[ET.Element]]:
    """The elements by how deep they lie in each other."""
    row = [root]
    while row:
        yield row
        row = [inner for one in row for inner in one]


def _too_wide(one: ET.Element, root: ET.Element, most: float) -> Iterator[str]:
    """A filter's place and size, in shares of its shape or of the whole drawing."""
    pixels = one.get("filterUnits") == "userSpaceOnUse"
    box = [float(part) for part in re.findall(r"\d+(?:\.\d+)?", root.get("viewBox", ""))]
    whole = max(box[2:] or [1.0]) or 1.0
    for side in ("x", "y", "width", "height"):
        found = NUMBER.match(one.get(side, ""))
        if not found:
            continue
        share = float(found[1]) / (100 if found[2] else whole if pixels else 1)
        if abs(share) > most:
            yield f'<filter {side}="{one.get(side)}">'


@dataclass(frozen=True)
class _Layers:
    """How many layers elements take, with all that they refer to by name; infinitely many where they lie ``most`` deep in each other."""

    named: Mapping[str, ET.Element]
    most: int
    known: dict[tuple[str, int], float] = field(default_factory=dict)

    def drawn(self, element: ET.Element, deep: int = 1, *, held: bool = False) -> float:
        """Those of an element so deep in others; of what is only ``held`` for others all that is in it."""
        if deep > self.most:
            return math.inf
        said = _said(element)
        apart = any(said.get(name, usual).strip() not in {usual, ""} for name, usual in APART.items())
        shown = held or _name(element).lower() not in HELD
        inner = sum(self.drawn(one, deep + 1) for one in element) if shown else 0.0
        return apart + inner + sum(self._referred(name, deep + 1) for name in _references(said) if name in self.named)

    def _referred(self, name: str, deep: int) -> float:
        """Those of what is drawn where a name is referred to: of a filter each step is one."""
        key = name, deep
        if key not in self.known:
            one = self.named[name]
            steps = len(one) if _name(one).lower() == "filter" else 0
            self.known[key] = steps + self.drawn(one, deep, held=True)
        return self.known[key]


def _references(said: Mapping[str, str]) -> Iterator[str]:
    """The names an element refers to."""
    for key, value in said.items():
        yield from NAMED.findall(value)
        if key == "href" and value.strip().startswith("#"):
            yield value.strip()[1:]


def _said(element: ET.Element) -> dict[str, str]:
    """What an element says of itself, in attributes and in its style."""
    said = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
    for one in said.pop("style", "").split(";"):
        name, _, value = one.partition(":")
        said[name.strip()] = value
    return said

"""A logo's drawing → what in it would take the renderer too long (``load`` in ``data/brand.yaml``): nothing stops it in the middle of a drawing."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

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


STEP = re.compile(r"\b(?!url\b)[a-z-]+\(", re.IGNORECASE)
"""A step of a filter that an element says itself."""
COMMAND = re.compile(r"([A-DF-Za-df-z]?)([^A-DF-Za-df-z]+|(?<=[Zz]))")
PLAIN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
OPAQUE = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?|rgb\([^)/]*\)|(?!transparent|currentColor|inherit)[A-Za-z]+")
"""A colour through which nothing shows."""
SIDES = {"rect": ("width", "height"), "circle": ("r", "r"), "ellipse": ("rx", "ry")}
"""What says how large a shape is, of round ones half of it."""
LINES = frozenset({"path", "polygon", "polyline"})
FRAMES = frozenset({"svg", "symbol"})
"""What may give what is in it a measure of its own."""
TINY = 1e-3
"""The length of a dash that says none."""


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
        return
    box = _box(root)
    took = _Work(root, named, box[0] * box[1], max(box), most).drawn(root, Pen())
    if took > most["ms"]:
        yield f"{took / 1000:.1f} s > {most['ms'] / 1000:g} s"


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
    whole = max(_box(root))
    for side in ("x", "y", "width", "height"):
        found = NUMBER.match(one.get(side, ""))
        if not found:
            continue
        share = float(found[1]) / (100 if found[2] else whole if pixels else 1)
        if abs(share) > most:
            yield f'<filter {side}="{one.get(side)}">'


def _box(root: ET.Element) -> tuple[float, float]:
    """The width and height of what a drawing shows, in its own units."""
    sides = [float(part) for part in re.findall(r"\d+(?:\.\d+)?", root.get("viewBox", ""))][2:4]
    return (sides[0] or 1.0, sides[1] or 1.0) if len(sides) == 2 else (1.0, 1.0)


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


@dataclass(frozen=True)
class Pen:
    """How shapes are painted, as those in a group have it from it."""

    fill: str = "opaque"
    """One of none, opaque, clear (what is behind shows through) and shaded."""
    stroke: str = "none"
    clear: bool = False
    """Whether what is behind shows through whatever the colour."""
    width: float = 1.0
    dash: float = 0.0
    """How long a dash is with its gap; 0 for a whole line."""
    area: float = 1.0
    """The area of what is one large; infinite where it is not known."""

    def held(self, said: Mapping[str, str]) -> Pen:
        """The pen in an element that says this."""
        clear = self.clear or any(said.get(name, "1").strip() != "1" for name in ("fill-opacity", "stroke-opacity"))
        dashes = [float(one) for one in PLAIN.findall(said.get("stroke-dasharray", ""))]
        return Pen(
            _kind(said["fill"]) if "fill" in said else self.fill,
            _kind(said["stroke"]) if "stroke" in said else self.stroke,
            clear,
            _length(said["stroke-width"]) if "stroke-width" in said else self.width,
            (sum(dashes) or TINY) if dashes else 0.0 if "stroke-dasharray" in said else self.dash,
            self.area * _scaled(said.get("transform", "")),
        )


@dataclass(frozen=True)
class _Work:
    """How many ms elements take at most, with all that they refer to: their sizes are guessed from their numbers, rather too large than too small."""

    root: ET.Element
    named: Mapping[str, ET.Element]
    whole: float
    side: float
    """The area and the longer side of the drawing, in its units."""
    most: Mapping[str, Any]
    known: dict[tuple[str, Pen], float] = field(default_factory=dict)

    def drawn(self, element: ET.Element, pen: Pen, *, held: bool = False) -> float:
        """Those of an element; of what is only ``held`` for others those of all that is in it."""
        said, name = _said(element), _name(element).lower()
        if name in HELD and not held:
            return 0.0
        inner = pen.held(said)
        if name in FRAMES and element is not self.root:
            inner = replace(inner, area=math.inf)
        share, long, parts = self._size(name, said, element, inner)
        own = self._painted(share, long, parts, inner) if parts else 0.0
        apart = sum(
            self.most["apart"][key] for key, usual in APART.items() if said.get(key, usual).strip() not in {usual, ""}
        )
        others = sum(self._referred(one, inner, share) for one in _references(said) if one in self.named)
        steps = len(STEP.findall(said.get("filter", ""))) * self.most["step"]
        return float(own + apart * share + steps + others + sum(self.drawn(one, inner) for one in element))

    def _referred(self, name: str, pen: Pen, share: float) -> float:
        """Those of what is drawn where a name is referred to, a filter's by its region's size."""
        one = self.named[name]
        if _name(one).lower() == "filter":
            return self._filtered(one, share)
        if _name(one).lower().endswith("gradient"):
            return 0.0
        key = name, replace(pen, area=math.inf, width=0.0)
        if key not in self.known:
            self.known[key] = self.drawn(one, key[1], held=True)
        return self.known[key]

    def _filtered(self, one: ET.Element, share: float) -> float:
        """Those of a filter's steps, on a shape of a share of the drawing or on the filter's own place."""
        effects = {key.lower(): ms for key, ms in self.most["effects"].items()}
        steps = sum(effects.get(_name(step).lower(), 0) for step in one.iter())
        pixels = one.get("filterUnits") == "userSpaceOnUse"
        size = 1.0 if pixels else share
        for key in ("width", "height"):
            found = NUMBER.match(one.get(key, "120%"))
            if found:
                size *= float(found[1]) / (100 if found[2] else self.side if pixels else 1)
        return float(steps * size)

    def _size(self, name: str, said: Mapping[str, str], element: ET.Element, pen: Pen) -> tuple[float, float, int]:
        """Which share of the drawing a shape takes at most, how long its line is, in lengths of the drawing, and of how many points it is: none in
        what is no shape.
        """
        if name == "text":
            letters = len("".join(element.itertext()))
            return 1.0, 20.0 * letters, 20 * letters
        if name in LINES:
            drawn = said.get("d", said.get("points", ""))
            wide, high, long = _extent(drawn)
            parts = len(PLAIN.findall(drawn)) // 2
        elif name in SIDES:
            wide, high = ((1 if name == "rect" else 2) * _length(said.get(key, "")) for key in SIDES[name])
            long, parts = 2 * (wide + high), 4
        else:
            return 1.0, 2.0, 2 * (name == "line")
        line = 2 * pen.width if pen.stroke != "none" else 0.0
        area = (wide + line) * (high + line) * pen.area
        return min(1.0, area / self.whole), min(2.0 * parts, long * math.sqrt(pen.area) / self.side), parts

    def _painted(self, share: float, long: float, parts: int, pen: Pen) -> float:
        """The time of one shape, filled and stroked."""
        took = self.most["shape"] + parts * self.most["part"]
        if pen.fill != "none":
            took += self._covered(pen.fill, share, pen) + self.most["fill"] * long
        if pen.stroke != "none":
            dashes = self.most["part"] * self.side / pen.dash if pen.dash else 0.0
            took += self._covered(pen.stroke, share, pen) + self.most["stroke"] * long + parts * dashes
        return float(took)

    def _covered(self, kind: str, share: float, pen: Pen) -> float:
        return float(self.most["clear" if pen.clear and kind == "opaque" else kind]) * share


def _kind(paint: str) -> str:
    """One of those that ``Pen.fill`` may be."""
    paint = paint.strip()
    if paint.startswith("url"):
        return "shaded"
    return "none" if paint == "none" else "opaque" if OPAQUE.fullmatch(paint) else "clear"


def _length(said: str) -> float:
    """A length in the drawing's units; infinite where it is in others."""
    try:
        return abs(float(said.strip().removesuffix("px")))
    except ValueError:
        return math.inf if said.strip() else 0.0


def _extent(path: str) -> tuple[float, float, float]:
    """How wide and high a path is at most, and how long: from its points where it says them, else from how far it goes."""
    points: tuple[list[float], list[float]] = ([], [])
    far = [0.0, 0.0]
    for number, (command, said) in enumerate(COMMAND.findall(path)):
        numbers = [float(one) for one in PLAIN.findall(said)]
        start = 2 * (command in "Mm" and not number) if command.islower() else len(numbers)
        for axis in (0, 1):
            both = command in "HhVvAa" and bool(command)
            points[axis].extend(numbers[:start] if both else numbers[:start][axis::2])
            far[axis] += sum(map(abs, numbers[start:] if both else numbers[start:][axis::2]))
    ranges = [max(one) - min(one) if one else 0.0 for one in points]
    long = sum(far) + sum(abs(one - before) for axis in points for before, one in pairwise(axis))
    return far[0] + ranges[0], far[1] + ranges[1], long


def _scaled(transform: str) -> float:
    """How many times as large an area is afterwards; infinitely where that is not known."""
    times = 1.0
    for name, said in re.findall(r"(\w+)\s*\(([^)]*)\)", transform):
        numbers = [float(one) for one in PLAIN.findall(said)]
        if name == "matrix" and len(numbers) == 6:
            times *= sum(one * one for one in numbers[:4]) / 2
        elif name == "scale" and numbers:
            times *= abs(numbers[0] * numbers[-1])
        elif name not in {"translate", "rotate"}:
            return math.inf
    return times

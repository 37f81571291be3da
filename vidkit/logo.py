"""A logo's SVG file → a drawing that can stand inside ours: what programs write around it taken off, its size in whole pixels, and what it
must not hold.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from vidkit import text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Fault = tuple[str, dict[str, object]]

FORBIDDEN = frozenset({"script", "image", "feimage", "foreignobject", "iframe", "audio", "video", "style", "handler"})
"""Elements no logo may have: pictures, programs, other documents, and styles, which resvg and browsers read differently."""
OUTSIDE = re.compile(r"url\(\s*['\"]?(?!['\"]?#)|@import|javascript:|data:", re.IGNORECASE)
SIZE = re.compile(r'<svg [^>]*?width="(\d+)" height="(\d+)"')
BEFORE = re.compile(r"\s*(?:(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*>)\s*)+(?=<svg\s)", re.DOTALL)
"""What Inkscape and Illustrator write before a drawing; a document type that declares something of its own is left for ``unsound``."""
ROOT = re.compile(r"<svg\s[^<>]*>")
SIDES = re.compile(r"\s(?:width|height)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
CORNER = re.compile(r"\s[xy]\s*=\s*(?:\"[^\"]*\"|'[^']*')")
"""Where a drawing stands is for ours to say."""
LENGTH = re.compile(r"\s*([\d.]+)\s*(px|pt|pc|mm|cm|in)?\s*")
UNITS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
"""CSS pixels in one of each (CSS Values 4, 6.2)."""


def read(file: Path) -> str:
    """The drawing in a file with nothing before it and its size in whole pixels; "" without a file."""
    return plain(file.read_text(encoding="utf-8-sig", errors="replace")) if file.is_file() else ""


def plain(svg: str) -> str:
    """An SVG without what stands before it, its size in whole pixels where it is in other units, or only in its viewBox."""
    svg = BEFORE.sub("", svg, count=1)
    root = ROOT.match(svg)
    if not root or (SIZE.match(svg) and "viewBox" in root[0] and not CORNER.search(root[0])):
        return svg
    size = _size(root[0])
    if size is None:
        return svg
    width, height = (max(1, round(side)) for side in size)
    box = "" if "viewBox" in root[0] else f' viewBox="0 0 {size[0]:g} {size[1]:g}"'
    empty = "/" * root[0].endswith("/>")
    rest = " ".join(SIDES.sub("", CORNER.sub("", root[0])).removeprefix("<svg").rstrip("/>").split())
    return f'<svg {rest} width="{width}" height="{height}"{box}{empty}>{svg[root.end() :]}'


def _size(root: str) -> tuple[float, float] | None:
    """The width and height in pixels that an SVG's first tag says, else those of its viewBox."""
    said = {name: value for name, _, value in re.findall(r"\s([\w:]+)\s*=\s*([\"'])(.*?)\2", root, re.DOTALL)}
    sides = [LENGTH.fullmatch(said.get(name, "")) for name in ("width", "height")]
    box = re.findall(r"-?[\d.]+", said.get("viewBox", ""))
    try:
        if all(sides):
            width, height = (float(side[1]) * UNITS[side[2] or "px"] for side in sides if side)
        else:
            width, height = (float(part) for part in box[2:])
    except ValueError:
        return None
    return (width, height) if min(width, height) > 0 else None


def unsound(svg: str) -> Iterator[Fault]:
    """What keeps an SVG from being put into our drawings, the first thing first."""
    if "<!DOCTYPE" in svg or "<!ENTITY" in svg:
        yield "VK-R006", {"what": "<!DOCTYPE>"}
    try:
        root = ET.fromstring(svg)  # noqa: S314  # no entities: looked for above
    except ET.ParseError as error:
        yield "VK-R004", {"words": error}
        return
    for what in _foreign(root, svg):
        yield "VK-R006", {"what": what}
    if not svg.startswith("<svg ") or not SIZE.match(svg) or not _viewed(root):
        yield "VK-R005", {}
    lacking = text.missing("".join(root.itertext()).replace("\n", ""))
    if lacking:
        yield "VK-R006", {"what": "".join(lacking)}


def _viewed(root: ET.Element) -> bool:
    """Whether the drawing has a viewBox, a width and a height above nothing."""
    box = [float(part) for part in re.findall(r"-?[\d.]+", root.get("viewBox", ""))]
    return len(box) == 4 and min(box[2:]) > 0 and min(int(root.get(side, "0")) for side in ("width", "height")) > 0


def _foreign(root: ET.Element, svg: str) -> Iterator[str]:
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2]
        if name.lower() in FORBIDDEN:
            yield f"<{name}>"
        for key, value in element.attrib.items():
            short = key.rpartition("}")[2].lower()
            if short.startswith("on") or (short in {"href", "src"} and not value.startswith("#")):
                yield f"{short}={value[:40]}"
    outside = OUTSIDE.search(svg)
    if outside:
        yield outside[0]

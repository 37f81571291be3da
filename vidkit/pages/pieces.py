"""The SVG of a page → its pieces, bottom to top, each with the box of the page it lies in: most of a page is photo or bare ground, and where
nothing is drawn nothing need be drawn.

A piece is a child of the page that says its box: a nested SVG, which never draws outside it, a plain rectangle or a straight line. Anything
else lies in the whole page. Nested drawings that fill most of it are looked into. A rectangle of whole pixels in one colour need not be drawn
at all; what stands on whole pixels in its own size is the same drawing wherever it stands.

A nested SVG is not clipped in its piece: that costs a layer of its own, and the piece's edges do it. Where it ends inside a pixel that pixel
is as full as what stands there makes it, which clipping would thin once more.
"""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vidkit.storyboard import Box

if TYPE_CHECKING:
    from collections.abc import Iterator

    Four = tuple[float, float, float, float]

SVG = "http://www.w3.org/2000/svg"
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
BORROWS = re.compile(r"url\(|href=|<style|<defs|Gradient")
"""What may need another part of the drawing: then it is drawn as one."""
PLAIN = frozenset({"x", "y", "width", "height", "rx", "ry", "fill", "fill-opacity", "opacity"})
"""What a rectangle may say without drawing outside its box."""
REACH = 24
"""How far a nested drawing that is not clipped (overflow="visible") may reach out of its box, in its units."""
LINE = frozenset({"x1", "y1", "x2", "y2", "stroke", "stroke-width"})
"""What a straight line may say without drawing further than half its width around its ends."""
FILLED = frozenset({"x", "y", "width", "height", "fill"})
"""What a rectangle says that is nothing but a colour."""
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
MOST = 0.5
"""The share of the page above which a nested drawing is looked into."""

ET.register_namespace("", SVG)


@dataclass(frozen=True)
class Piece:
    """An SVG that fills a box of the page, in pixels; one that is nothing but a colour (#rrggbb) says it as its ``fill``."""

    svg: str
    box: Box
    fill: str = ""


@dataclass(frozen=True)
class _Frame:
    """Where a drawing's units lie: the page pixel of its origin, page pixels a unit, and the box it is cut to."""

    left: float
    top: float
    across: float
    down: float
    box: Box


def pieces(svg: str, width: int, height: int) -> tuple[Piece, ...]:
    """The pieces of an SVG that is to fill (width, height) pixels; itself alone where these might not make the same picture, or are no
    smaller together.
    """
    page = Box(0, 0, width, height)
    root = None if BORROWS.search(svg) else _read(svg)
    frame = None if root is None else _frame(root, (0, 0, width, height), page)
    return _fewer(Piece(svg, page), () if root is None or frame is None else tuple(_of(root, frame)), split=bool(frame))


def _fewer(whole: Piece, parts: tuple[Piece, ...], *, split: bool) -> tuple[Piece, ...]:
    """The parts of a drawing, if it could be split and there is no more to draw: they are not clipped."""
    drawn = sum(_area(part.box) for part in parts if not part.fill)
    return parts if split and drawn <= _area(whole.box) else (whole,)


def _area(box: Box) -> int:
    return box.width * box.height


def _read(svg: str) -> ET.Element | None:
    try:
        return ET.fromstring(svg)  # noqa: S314  # drawn by our own templates around a brand's logo that was checked
    except ET.ParseError:
        return None


def _of(parent: ET.Element, frame: _Frame) -> Iterator[Piece]:
    for child in parent:
        placed = _placed(child, frame)
        box = _touched(placed, frame.box) if placed else frame.box
        if box is None:
            continue
        large = placed and _area(box) > MOST * _area(frame.box)
        inner = _frame(child, placed, box) if placed and large else None
        whole = _piece(child, frame, box, exact=placed == _sides(box))
        yield from _fewer(whole, tuple(_of(child, inner)) if inner else (), split=bool(inner))


def _sides(box: Box) -> Four:
    return box.x, box.y, box.x + box.width, box.y + box.height


def _frame(drawing: ET.Element, placed: Four, box: Box) -> _Frame | None:
    """The frame of a drawing that fills a place with its view; None if it keeps its own shape there, or reaches out of it."""
    view = [_number(value) for value in drawing.get("viewBox", "").split()]
    x, y, width, height = (value or 0.0 for value in view) if len(view) == 4 else (0.0, 0.0, 0.0, 0.0)
    if drawing.tag != f"{{{SVG}}}svg" or _is_open(drawing) or None in view or width <= 0 or height <= 0:
        return None
    across, down = (placed[2] - placed[0]) / width, (placed[3] - placed[1]) / height
    if drawing.get("preserveAspectRatio") != "none" and abs(across - down) * max(width, height) > 1e-3:
        return None
    return _Frame(placed[0] - x * across, placed[1] - y * down, across, down, box)


def _placed(child: ET.Element, frame: _Frame) -> Four | None:
    """Where a child lies on the page (left, top, right, bottom, in pixels); None where it does not say so."""
    kind, said = child.tag.removeprefix(f"{{{SVG}}}"), set(child.keys())
    if kind == "line" and said == LINE:
        return _along(child, frame)
    if kind not in {"svg", "rect"} or "transform" in said or (kind == "rect" and not said <= PLAIN):
        return None
    if child.get("overflow", "visible") != "visible":
        return None
    x, y, width, height = (_number(child.get(name, zero)) for name, zero in SAID)
    if x is None or y is None or width is None or height is None:
        return None
    reach = REACH if _is_open(child) else 0
    left, right = (frame.left + at * frame.across for at in (x - reach, x + width + reach))
    top, bottom = (frame.top + at * frame.down for at in (y - reach, y + height + reach))
    return left, top, right, bottom


def _is_open(child: ET.Element) -> bool:
    """Whether a nested drawing may reach out of its box."""
    return "overflow" in child.keys()  # noqa: SIM118  # an element is no mapping


def _along(line: ET.Element, frame: _Frame) -> Four | None:
    """Where a straight line lies, with half its width on every side."""
    x1, y1, x2, y2, width = (_number(line.get(name, "")) for name in ("x1", "y1", "x2", "y2", "stroke-width"))
    if x1 is None or y1 is None or x2 is None or y2 is None or width is None:
        return None
    left, right = (frame.left + x * frame.across for x in (min(x1, x2) - width / 2, max(x1, x2) + width / 2))
    top, bottom = (frame.top + y * frame.down for y in (min(y1, y2) - width / 2, max(y1, y2) + width / 2))
    return left, top, right, bottom


SAID = (("x", "0"), ("y", "0"), ("width", ""), ("height", ""))


def _number(said: str) -> float | None:
    return float(said) if NUMBER.fullmatch(said) else None


def _touched(placed: Four, within: Box) -> Box | None:
    """The whole pixels of a box that a place touches; None when it lies outside."""
    left, top = max(within.x, math.floor(placed[0] + 1e-6)), max(within.y, math.floor(placed[1] + 1e-6))
    right = min(within.x + within.width, math.ceil(placed[2] - 1e-6))
    bottom = min(within.y + within.height, math.ceil(placed[3] - 1e-6))
    return Box(left, top, right - left, bottom - top) if left < right and top < bottom else None


def _piece(child: ET.Element, frame: _Frame, box: Box, *, exact: bool) -> Piece:
    """A child of a drawing as a piece of the page; ``exact`` says that it ends where its box does. What stands there in its own size is drawn as if
    it stood in the page's corner: pages share it.
    """
    fill = child.get("fill", "") if exact and set(child.keys()) <= FILLED else ""
    if child.tag == f"{{{SVG}}}rect" and COLOUR.fullmatch(fill):
        return Piece("", box, fill)
    at = box
    if child.tag == f"{{{SVG}}}svg":
        if exact and not _is_open(child) and (frame.across, frame.down) == (1.0, 1.0):
            child, frame, at = _changed(child, x="0", y="0"), replace(frame, left=0.0, top=0.0), replace(box, x=0, y=0)
        child = _changed(child, overflow="visible")
    return Piece(_cut(child, frame, at), box)


def _changed(child: ET.Element, **said: str) -> ET.Element:
    """A drawing with other attributes."""
    made = ET.Element(child.tag, {**child.attrib, **said})
    made.text = child.text
    made.extend(child)
    return made


def _cut(child: ET.Element, frame: _Frame, box: Box) -> str:
    """An SVG of the box's size that shows the child as it lies on the page."""
    size = f'width="{box.width}" height="{box.height}" viewBox="{box.x} {box.y} {box.width} {box.height}"'
    laid = " ".join(repr(value) for value in (frame.across, 0.0, 0.0, frame.down, frame.left, frame.top))
    return f'<svg xmlns="{SVG}" {size}><g transform="matrix({laid})">{ET.tostring(child, encoding="unicode")}</g></svg>'

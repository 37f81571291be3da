"""Places of a photo, in fractions of its width and height: what they hold, where they lie, where they come to lie in another photo."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from vidkit.photos.matrix import Matrix, Part, Point, leading
from vidkit.photos.matrix import area as polygon_area
from vidkit.photos.matrix import size as part_size

GRID, HIDDEN = 9, 0.8
LEAST = 1e-5
"""The least share of a photo that a place covered by hand takes."""


@dataclass(frozen=True)
class Area:
    """A place to cover: an ellipse by the two corners of its box, or a polygon by its corners."""

    shape: Literal["ellipse", "polygon"]
    points: tuple[Point, ...]


def outline(area: Area) -> tuple[Point, ...]:
    """The corners of a polygon, or of the box around an ellipse."""
    if area.shape == "polygon":
        return area.points
    left, top, right, bottom = bounds(area)
    return (left, top), (right, top), (right, bottom), (left, bottom)


def bounds(area: Area) -> Part:
    """The box around an area."""
    xs, ys = [x for x, _ in area.points], [y for _, y in area.points]
    return min(xs), min(ys), max(xs), max(ys)


def middle(area: Area) -> Point:
    """The middle of the box around an area."""
    left, top, right, bottom = bounds(area)
    return (left + right) / 2, (top + bottom) / 2


def seen_middle(area: Area) -> Point:
    """The middle of an area, on the photo's edge where it lies outside."""
    x, y = middle(area)
    return min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)


def size(area: Area) -> float:
    """The share of the photo that the box around an area takes."""
    return part_size(bounds(area))


def alike(one: Area, other: Area) -> bool:
    """Whether two areas are about one thing: the boxes' common part is a third of what both take together, or more."""
    (a, b, c, d), (e, f, g, h) = bounds(one), bounds(other)
    common = max(0.0, min(c, g) - max(a, e)) * max(0.0, min(d, h) - max(b, f))
    return common >= (size(one) + size(other) - common) / 3


def holds(cover: Area, area: Area) -> bool:
    """Whether a cover hides an area: four fifths of it, of the part inside the photo, lie in the cover's own shape."""
    left, top, right, bottom = bounds(area)
    steps = [(i + 0.5) / GRID for i in range(GRID)]
    points = [(left + (right - left) * x, top + (bottom - top) * y) for x in steps for y in steps]
    inside = [at for at in points if contains(area, at) and 0 <= at[0] <= 1 and 0 <= at[1] <= 1]
    return bool(inside) and sum(contains(cover, at) for at in inside) >= HIDDEN * len(inside)


def contains(area: Area, at: Point) -> bool:
    """Whether a point lies in an area."""
    if area.shape == "ellipse":
        left, top, right, bottom = bounds(area)
        (x, y), wide, tall = middle(area), max(right - left, 1e-9), max(bottom - top, 1e-9)
        return (2 * (at[0] - x) / wide) ** 2 + (2 * (at[1] - y) / tall) ** 2 <= 1
    sides = zip(area.points, (*area.points[1:], area.points[0]), strict=True)
    crossed = [
        (y1 > at[1]) != (y2 > at[1]) and at[0] < x1 + (at[1] - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1), (x2, y2) in sides
    ]
    return sum(crossed) % 2 == 1


def simple(points: tuple[Point, ...]) -> bool:
    """Whether corners make a polygon worth the name: it has an area, and no two of its sides cross."""
    sides = list(zip(points, (*points[1:], points[0]), strict=True))
    apart = [(one, two) for i, one in enumerate(sides) for two in sides[i + 2 : len(sides) - (i == 0)]]
    return polygon_area(points) >= LEAST and not any(_cross(one, two) for one, two in apart)


def _cross(one: tuple[Point, Point], two: tuple[Point, Point]) -> bool:
    def side(line: tuple[Point, Point], at: Point) -> float:
        (x1, y1), (x2, y2) = line
        return (x2 - x1) * (at[1] - y1) - (y2 - y1) * (at[0] - x1)

    return side(one, two[0]) * side(one, two[1]) < 0 and side(two, one[0]) * side(two, one[1]) < 0


def carried(area: Area, start: Matrix | None, end: Matrix | None) -> Area | None:
    """An area of one photo of a pair as it lies in the other one; None where that does not show it.

    Both matrices lead from the pair as it is shown to a photo's fractions; None for a photo shown as it is.
    """
    points = tuple(leading(point, start, end) for point in outline(area))
    moved = replace(area, points=points)
    left, top, right, bottom = bounds(moved)
    if area.shape == "ellipse":
        moved = replace(moved, points=((left, top), (right, bottom)))
    return moved if left < 1 and top < 1 and right > 0 and bottom > 0 else None

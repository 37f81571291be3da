"""Places of a photo, in fractions of its width and height: what they hold, where they lie, where they come to lie in another photo."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from vidkit.photos.matrix import Matrix, Part, Point, leading


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


def size(area: Area) -> float:
    """The share of the photo that the box around an area takes."""
    left, top, right, bottom = bounds(area)
    return (right - left) * (bottom - top)


def overlap(one: Area, other: Area) -> bool:
    """Whether the middle of either lies in the box of the other."""
    return _holds(bounds(one), middle(other)) or _holds(bounds(other), middle(one))


def _holds(box: Part, at: Point) -> bool:
    return box[0] <= at[0] <= box[2] and box[1] <= at[1] <= box[3]


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

"""Points and parts of photos, in fractions of width and height, through matrices (3x3, row by row) that lead from one photo to another."""

from __future__ import annotations

Point = tuple[float, float]
Part = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Matrix = tuple[float, ...]
WHOLE: Part = (0.0, 0.0, 1.0, 1.0)


def through(matrix: Matrix, at: Point) -> Point:
    """A point through a matrix."""
    a, b, c, d, e, f, g, h, i = matrix
    deep = g * at[0] + h * at[1] + i
    return (a * at[0] + b * at[1] + c) / deep, (d * at[0] + e * at[1] + f) / deep


def after(matrix: Matrix, first: Matrix) -> Matrix:
    """The matrix that does ``first``, then ``matrix``."""
    rows, columns = (0, 3, 6), (0, 1, 2)
    return tuple(sum(matrix[row + k] * first[3 * k + column] for k in columns) for row in rows for column in columns)


def inverse(matrix: Matrix) -> Matrix:
    """The matrix that leads back."""
    a, b, c, d, e, f, g, h, i = matrix
    return (
        *(e * i - f * h, c * h - b * i, b * f - c * e),
        *(f * g - d * i, a * i - c * g, c * d - a * f),
        *(d * h - e * g, b * g - a * h, a * e - b * d),
    )


def seen_from(matrix: Matrix, part: Part) -> Part | None:
    """The box that holds a part after going through a matrix, as far as it lies within the whole; None when most of it does not."""
    points = [through(matrix, corner) for corner in corners(part)]
    xs, ys = ([round(p[axis], 4) for p in points] for axis in (0, 1))
    return within((min(xs), min(ys), max(xs), max(ys)), WHOLE)


def within(part: Part, frame: Part) -> Part | None:
    """What of a part lies in a frame; None when that is less than half of it."""
    left, top = max(part[0], frame[0]), max(part[1], frame[1])
    right, bottom = min(part[2], frame[2]), min(part[3], frame[3])
    if left >= right or top >= bottom or size((left, top, right, bottom)) < size(part) / 2:
        return None
    return left, top, right, bottom


def size(part: Part) -> float:
    """The share of the whole that a part takes."""
    left, top, right, bottom = part
    return (right - left) * (bottom - top)


def area(corners: tuple[Point, ...]) -> float:
    """The area of a polygon."""
    around = zip(corners, (*corners[1:], corners[0]), strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in around)) / 2


def corners(part: Part) -> tuple[Point, ...]:
    """The four corners of a part, clockwise from the upper left."""
    left, top, right, bottom = part
    return (left, top), (right, top), (right, bottom), (left, bottom)


def leading(at: Point, start: Matrix | None, end: Matrix | None) -> Point:
    """A point of the photo that ``start`` leads to, in the photo that ``end`` leads to; None for one that is shown as it is."""
    shared = through(inverse(start), at) if start else at
    x, y = through(end, shared) if end else shared
    return round(x, 5), round(y, 5)

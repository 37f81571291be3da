"""Pictures that are no plain photo: a collage, a phone's screenshot, a picture between bars. All looked for in the picture as it is looked at first.

A collage is two pictures of one place on one: a line straight to the pixel parts it, of one colour or at its middle, and its two sides lie on each
other as the photos of a pair do. A camera leaves no such line, and no two sides of one photo lie on each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from vidkit.photos import align, change, frame
from vidkit.photos.warp import warp
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from vidkit.photos.matrix import Part

    Rgb = NDArray[np.uint8]
    Floats = NDArray[np.float32]
    Run = tuple[int, int]

SAMPLES = 36
"""So many pixels of a row say whether it may be of one colour."""
SMALLEST = 16
"""A picture of fewer rows is no two pictures."""
STEP = 3
"""Of the pixels of a row that may be, every so many-th is looked at."""


class Even(NamedTuple):
    """The colour of each row of a picture, and which share of the row is of that colour."""

    colours: Floats
    share: Floats


def look(rgb: Rgb) -> tuple[Part, bool]:
    """The part of a picture between two black bars, above and below or left and right (the whole of it without such), and whether it was put together
    of two photos of one place, side by side or one above the other.
    """
    sides = [(one, _even(one)) for one in (rgb, np.ascontiguousarray(rgb.transpose(1, 0, 2)))]
    (top, bottom), (left, right) = (_between(*side) for side in sides)
    return (left, top, right, bottom), any(_alike(*two) for one, even in sides if (two := _sides(one, even)))


def screen(rgb: Rgb, named: str, *, png: bool, camera: bool) -> bool:
    """Whether a picture is what a phone's screen showed: its ``named`` says so, or it is as tall as a phone and no camera's: a PNG, or one with a bar
    of an app at its top or bottom.
    """
    if named == "screen":
        return True
    least, most = _part("screen")["tall"]
    if camera or not least <= rgb.shape[0] / rgb.shape[1] <= most:
        return False
    return (png and named == "png") or any(_of_app(side) for side in (rgb, rgb[::-1]))


def _part(name: str) -> dict[str, Any]:
    return dict(table("quality")[name])


def _even(rgb: Rgb, tails: int = 6) -> Even:
    """Of each row its colour (the median of each channel) and which share of it is of that colour; 0 where a few of its pixels, without the
    brightest and the darkest of so many, say that it has none.
    """
    levels, rows = _part("bars")["levels"], len(rgb)
    few = np.sort(rgb[:, :: max(1, rgb.shape[1] // SAMPLES)], axis=1)
    some, middle = few.shape[1] // tails, few.shape[1] // 2
    near = (few[:, -1 - some] - few[:, some]).max(axis=1) <= 2 * levels
    colours, share = few[:, middle].astype(np.float32), np.zeros(rows, np.float32)
    off = np.abs(rgb[near, ::STEP].astype(np.int16) - few[near, middle][:, None].astype(np.int16)).max(axis=2)
    share[near] = (off <= levels).mean(axis=1)
    return Even(colours, share)


def _edges(even: NDArray[np.bool_]) -> tuple[int, int]:
    """How many rows are even at the top, and where those at the bottom begin."""
    uneven = np.flatnonzero(~even)
    return (int(uneven[0]), int(uneven[-1]) + 1) if len(uneven) else (0, len(even))


def _between(rgb: Rgb, even: Even) -> tuple[float, float]:
    """Where a picture begins and ends between a black bar above and one below, as shares of its height."""
    rule, rows = _part("bars"), len(rgb)
    bar = (even.share >= rule["even"]) & (even.colours <= rule["black"]).all(axis=1)
    first, last = _edges(bar)
    wide = first, rows - last
    alike = min(wide) >= rule["least"] * rows and abs(wide[0] - wide[1]) <= rule["uneven"] * rows
    if not alike or last - first < max(rows * rule["left"], 4):
        return 0.0, 1.0
    begins, ends = _lit(rgb[first:last]), _lit(rgb[first:last][::-1])
    return (round((first + begins) / rows, 4), round((last - ends) / rows, 4)) if min(begins, ends) >= 0 else (0.0, 1.0)


def _lit(rgb: Rgb) -> int:
    """In which row beyond a bar the picture begins: soon, a dark room fades; -1 where it does not."""
    rule = _part("bars")
    lit = (rgb[: rule["soon_px"]].max(axis=2) >= rule["lit"]).mean(axis=1) >= rule["edge"]
    return int(lit.argmax()) if lit.any() else -1


def _of_app(rgb: Rgb) -> bool:
    """Whether a picture begins with an app's bar: even rows, rows with signs on the same colour, even rows again."""
    rule, rows = _part("screen"), len(rgb)
    colours, share = _even(rgb[: round(rows * rule["bar"])], 3)
    same = np.abs(colours - colours[0]).max(axis=1) <= rule["levels"]
    ground = same & (share >= rule["ground"])
    signs = same & (share < rule["ground"]) & (share >= 0.5)
    last = int((~(ground | signs)).argmax()) if not (ground | signs).all() else len(ground)
    grounds = np.flatnonzero(ground[:last])
    if len(grounds) < rule["least"] * rows:
        return False
    return bool(ground[0] and signs[: grounds[-1]].sum() >= rule["signs"] * rows)


def _sides(rgb: Rgb, even: Even) -> tuple[Rgb, Rgb] | None:
    """What lies above and below the one line of one colour, straight to the pixel, or the seam at the middle; more lines are tiles, shelves, panes."""
    rule, rows = _part("collage"), len(rgb)
    lines = [run for run in _runs(even.share >= rule["even"]) if _parts(even.colours[slice(*run)], rows)]
    if lines:
        first, last = lines[0]
        inner = rule["from"] <= (first + last) / 2 / rows <= 1 - rule["from"]
        return (rgb[: first - 1], rgb[last + 1 :]) if inner and len(lines) == 1 else None
    return (rgb[: rows // 2], rgb[rows // 2 :]) if rows >= SMALLEST and _seam(rgb) else None


def _parts(colours: Floats, rows: int) -> bool:
    """Whether rows of one colour are a line as between two pictures: black or white, and thin."""
    rule, colour = _part("collage"), np.median(colours, axis=0)
    plain = (colour <= rule["black"]).all() or (colour >= rule["white"]).all()
    return bool(plain and rule["least_px"] <= len(colours) <= rule["most"] * rows)


def _runs(even: NDArray[np.bool_]) -> Iterator[Run]:
    """Where even rows begin and end, but for those at the edges."""
    steps = np.diff(even.astype(np.int8), prepend=even[:1].astype(np.int8))
    first, last = np.flatnonzero(steps > 0), np.flatnonzero(steps < 0)[int(even[0]) :]
    yield from zip(first.tolist(), last.tolist(), strict=False)  # one that reaches the end has none


def _seam(rgb: Rgb) -> bool:
    """Whether the two halves of a picture meet as two pictures do: nearly all along, far more than rows beside it differ."""
    rule, middle = _part("collage"), len(rgb) // 2
    near = rgb[middle - 4 : middle + 4].astype(np.float32)
    steps = np.abs(np.diff(near, axis=0)).max(axis=2)
    torn = (steps >= rule["step"]).mean(axis=1)
    beside = max(torn[0], torn[1], torn[-2], torn[-1])
    tear = max(torn[2:5])
    return bool(tear >= rule["torn"] and beside <= tear / 2)


def _alike(one: Rgb, other: Rgb) -> bool:
    """Whether two pictures lie on each other as the photos of a pair do, and differ: two doors of one pattern do not."""
    rule = _part("collage")
    found = align.at_once(np.ascontiguousarray(one), np.ascontiguousarray(other))
    if not isinstance(found, align.Alignment) or found.overlap < rule["overlap"] or found.turned:
        return False
    left, top, right, bottom = found.usable
    size = max(8, round((right - left) * one.shape[1])), max(8, round((bottom - top) * one.shape[0]))
    compared = change.match(warp(other, found.matrix, found.usable, size), frame.cut(one, found.usable, size))
    return float((change.difference(compared) > 0).mean()) >= float(rule["changed"])

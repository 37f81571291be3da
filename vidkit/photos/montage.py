"""Pictures that are no plain photo: a collage, a phone's screenshot, a picture between bars. All looked for in the picture as it is looked at first.

A collage is pictures of one place on one: a line straight to the pixel parts it, or a seam, and its two sides lie on each other as the photos of
a pair do. No two sides of one photo lie on each other.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np

from vidkit.photos import align, change, frame
from vidkit.photos.matrix import WHOLE
from vidkit.photos.warp import warp
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from vidkit.photos.matrix import Part

    Rgb = NDArray[np.uint8]
    Floats = NDArray[np.float32]
    Run = tuple[int, int]

SAMPLES = 36
"""So many pixels of a row say whether it may be of one colour."""
SMALLEST = 16
"""A picture of fewer rows is no two pictures."""
NEARLY = 2
"""A row so near to the middle is at the middle."""
STEP = 3
"""Of the pixels of a row that may be, every so many-th is looked at."""


class Even(NamedTuple):
    """The colour of each row of a picture, and which share of the row is of that colour."""

    colours: Floats
    share: Floats


def look(rgb: Rgb) -> tuple[Part, bool]:
    """The part of a picture between two black bars, above and below or left and right (the whole of it without such), and whether what lies
    between them was put together of photos of one place, side by side or one above the other.
    """
    sides = _ways(rgb)
    part = _inner(sides)
    inner = sides if part == WHOLE else _ways(frame.inside(rgb, part))
    return part, any(_alike(*two) for one, even in inner for two in _sides(one, even))


def between(rgb: Rgb) -> Part:
    """The same part alone."""
    return _inner(_ways(rgb))


def dim(rgb: Rgb) -> bool:
    """Whether hardly anything of a film's frame is lit, as in a fade: it says nothing of bars."""
    rule = _part("bars")
    return bool((rgb.max(axis=2) >= rule["lit"]).mean() < rule["dim"])


def steady(parts: Sequence[Part]) -> Part:
    """What lies between black bars in every moment of a film that was looked at; the whole of it where they do not agree."""
    first = parts[0] if parts else WHOLE
    off = max((abs(one - other) for part in parts for one, other in zip(part, first, strict=True)), default=0.0)
    if first == WHOLE or off > _part("bars")["steady"]:
        return WHOLE
    lefts, tops, rights, bottoms = zip(*parts, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _inner(sides: list[tuple[Rgb, Even]]) -> Part:
    (top, bottom), (left, right) = (_between(*side) for side in sides)
    return left, top, right, bottom


def _ways(rgb: Rgb) -> list[tuple[Rgb, Even]]:
    """A picture as it is and on its side, with the colours of its rows and of its columns."""
    return [(one, _even(one)) for one in (rgb, np.ascontiguousarray(rgb.transpose(1, 0, 2)))]


def screen(rgb: Rgb, named: str, *, png: bool, camera: bool) -> bool:
    """Whether a picture is what a phone's screen showed: its ``named`` says so, or it is upright, no camera's, and has the bar of an app at its top
    and at its bottom; of a PNG one bar is enough, or that it is as tall as a phone.
    """
    if named == "screen":
        return True
    rule, times = _part("screen"), rgb.shape[0] / rgb.shape[1]
    if camera or not rule["upright"] <= times <= rule["tall"][1]:
        return False
    own = png and named == "png"
    return (own and times >= rule["tall"][0]) or sum(map(_of_app, (rgb, rgb[::-1]))) >= (1 if own else 2)


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


def _between(rgb: Rgb, even: Even) -> tuple[float, float]:
    """Where a picture begins and ends between a black bar above and one below, as shares of its height."""
    rule, rows = _part("bars"), len(rgb)
    first, last = _bar(rgb, even), rows - _bar(rgb[::-1], Even(even.colours[::-1], even.share[::-1]))
    wide = first, rows - last
    least = rule["least"] if abs(wide[0] - wide[1]) <= rule["uneven"] * rows else rule["shifted"]
    if min(wide) < least * rows or last - first < max(rows * rule["left"], 4):
        return 0.0, 1.0
    begins, ends = _lit(rgb[first:last]), _lit(rgb[first:last][::-1])
    return (round((first + begins) / rows, 4), round((last - ends) / rows, 4)) if min(begins, ends) >= 0 else (0.0, 1.0)


def _bar(rgb: Rgb, even: Even) -> int:
    """How many rows of a picture are a black bar at its top, words on it included; 0 of one that is not as even as only an app lays it."""
    rule = _part("bars")
    ground = (even.share >= rule["even"]) & (even.colours <= rule["black"]).all(axis=1)
    if not ground[0]:
        return 0
    bar = ground | ((rgb[:, ::STEP].max(axis=2) <= rule["black"]).mean(axis=1) >= rule["words"])
    plain = np.flatnonzero(ground[: int((~bar).argmax()) if not bar.all() else len(rgb)])
    plain = plain[: int(np.append(np.diff(plain) > rule["line"] * len(rgb) + 1, True).argmax()) + 1]
    if 2 * len(plain) < plain[-1] + 1:
        return 0
    inner = plain[plain < max(plain[-1] + 1 - rule["soon_px"], 1)]
    off = np.abs(rgb[inner, ::STEP].astype(np.int16) - even.colours[inner][:, None].astype(np.int16)).max(axis=2)
    flat = (off <= rule["flat"]).mean(axis=1)
    return int(plain[-1]) + 1 if np.median(flat) >= rule["even"] else 0


def _lit(rgb: Rgb) -> int:
    """In which row beyond a bar the picture begins: soon, a dark room fades; -1 where it does not."""
    rule = _part("bars")
    lit = (rgb[: rule["soon_px"]].max(axis=2) >= rule["lit"]).mean(axis=1) >= rule["edge"]
    return int(lit.argmax()) if lit.any() else -1


def _of_app(rgb: Rgb) -> bool:
    """Whether a picture begins with an app's bar: even rows, rows with signs left and right on the same colour, even rows again."""
    rule, rows = _part("screen"), len(rgb)
    colours, share = _even(rgb[: round(rows * rule["bar"])], 3)
    same = np.abs(colours - colours[0]).max(axis=1) <= rule["levels"]
    ground = same & (share >= rule["ground"])
    signs = same & (share < rule["ground"]) & (share >= 0.5)
    last = int((~(ground | signs)).argmax()) if not (ground | signs).all() else len(ground)
    grounds = np.flatnonzero(ground[:last])
    if len(grounds) < rule["least"] * rows:
        return False
    marked = np.flatnonzero(signs[: grounds[-1]])
    if not ground[0] or len(marked) < rule["signs"] * rows:
        return False
    off = np.abs(rgb[marked].astype(np.int16) - colours[0].astype(np.int16)).max(axis=2) > rule["sign"]
    wide = off.shape[1] // 3
    return bool(off[:, :wide].any() and off[:, -wide:].any())


def _sides(rgb: Rgb, even: Even) -> Iterator[tuple[Rgb, Rgb]]:
    """What lies on the two sides of a line of one colour, straight to the pixel, or of a seam; more lines are tiles, shelves, panes."""
    rule, rows = _part("collage"), len(rgb)
    lines = [run for run in _runs(even.share >= rule["even"]) if _parts(even.colours[slice(*run)], rows)]
    inner = [(first, last) for first, last in lines if rule["from"] <= (first + last) / 2 / rows <= 1 - rule["from"]]
    if len(inner) in rule["lines"]:
        cuts = [(0, 0), *((first - 1, last + 1) for first, last in inner), (rows, rows)]
        strips = [rgb[one[1] : other[0]] for one, other in pairwise(cuts)]
        yield from pairwise(strip for strip in strips if len(strip) >= rule["strip"] * rows)
    elif not inner and (seam := _seam(rgb)):
        yield rgb[: seam - 1], rgb[seam + 1 :]


def _parts(colours: Floats, rows: int) -> bool:
    """Whether rows of one colour are a line as between two pictures: all of the same, and thin."""
    rule = _part("collage")
    same = np.abs(colours - np.median(colours, axis=0)).max() <= rule["levels"]
    return bool(same and rule["least_px"] <= len(colours) <= rule["most"] * rows)


def _runs(even: NDArray[np.bool_]) -> Iterator[Run]:
    """Where even rows begin and end, but for those at the edges."""
    steps = np.diff(even.astype(np.int8), prepend=even[:1].astype(np.int8))
    first, last = np.flatnonzero(steps > 0), np.flatnonzero(steps < 0)[int(even[0]) :]
    yield from zip(first.tolist(), last.tolist(), strict=False)  # one that reaches the end has none


def _seam(rgb: Rgb) -> int:
    """In which row two pictures meet: nearly all along it, far more than in the rows near it, the next but one differs; 0 where there is none."""
    rule, rows = _part("collage"), len(rgb)
    first, last = round(rows * rule["from"]), round(rows * (1 - rule["from"]))
    if rows < SMALLEST:
        return 0
    torn = (
        cv2.absdiff(rgb[first - 1 : last - 1, ::STEP], rgb[first + 1 : last + 1, ::STEP]).max(axis=2) >= rule["step"]
    ).mean(axis=1)
    around = np.maximum(torn[:-6], torn[6:])
    middle = np.abs(np.arange(first + 3, last - 3) - rows / 2) <= NEARLY
    found = torn[3:-3] * (
        (torn[3:-3] >= np.where(middle, rule["torn"], rule["torn_beside"])) & (around <= torn[3:-3] / 2)
    )
    return int(found.argmax()) + 3 + first if found.any() else 0


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

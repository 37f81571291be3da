"""A brief's photos → one picture and plain data of everything found and covered in them, numbered, and what a person must still look at.

The photos are shown as they will be used, covered; rulers along their edges give the fractions that ``cover`` wants.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np

from vidkit import colour, develop, text
from vidkit.console import words
from vidkit.photos import decode, redact
from vidkit.sheet import over

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from vidkit.colour import Bytes
    from vidkit.develop import Study
    from vidkit.photos.prints import Area, Part, Point

COLUMNS = 2
GAP = 48
TALLEST = 1.34
"""A photo is shown at most this many times as high as a column is wide."""
RULER = 62
"""Room for the ruler beside a photo, px at a column of ``DRAWN`` px."""
LINE = 46
"""Height of a line of words, px at a column of ``DRAWN`` px."""
DRAWN = 1000
GROUND, INK, QUIET = "#22282b", "#f4efe6", "#a8b0b3"
COLOURS = {"covered": "#ff5a52", "doubtful": "#ffc94a", "shown": "#4cd97b", "spared": "#b9c0c3", "by-hand": "#c58bff"}


class Mark(NamedTuple):
    """Something marked in a photo: its number (0 for a place covered by hand), what was decided, its corners."""

    number: int
    state: str
    corners: tuple[Point, ...]
    said: str


def marks(one: Study) -> tuple[Mark, ...]:
    """Everything found in a photo with what was decided about it, then what is covered by hand."""
    found = (
        Mark(n, state(one, n), _corners(find.area), words(f"find-{find.kind}", sure=round(find.score * 100)))
        for n, find in enumerate(one.facts.finds, 1)
    )
    return (*found, *(Mark(0, "by-hand", corners, words("find-by-hand")) for corners in one.photo.cover))


def state(one: Study, number: int) -> str:
    """What was decided about a find: ``covered``, ``doubtful``, ``shown`` or ``spared``."""
    if number in one.covered:
        return "covered"
    if number in one.doubtful:
        return "doubtful"
    return "shown" if number in {choice.number for choice in one.photo.show_face} else "spared"


def _corners(area: Area) -> tuple[Point, ...]:
    if area.shape == "polygon":
        return area.points
    (left, top), (right, bottom) = area.points
    return (left, top), (right, top), (right, bottom), (left, bottom)


def as_data(studies: Sequence[Study]) -> list[dict[str, Any]]:
    """Every photo with its finds: number, kind, certainty, decision, the box around it in fractions."""
    return [
        {
            "photo": one.photo.name,
            "line": one.photo.place.line,
            "finds": [
                {
                    "number": n,
                    "kind": find.kind,
                    "score": find.score,
                    "decision": state(one, n),
                    "box": list(_box(_corners(find.area))),
                }
                for n, find in enumerate(one.facts.finds, 1)
            ],
            "covered_by_hand": [list(_box(corners)) for corners in one.photo.cover],
        }
        for one in studies
    ]


def _box(corners: tuple[Point, ...]) -> Part:
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


# The picture


def sheet(studies: Sequence[Study], *, width: int, advance: Callable[[int], None] = lambda _photos: None) -> Bytes:
    """All photos in columns as RGB (H, W, 3), ``width`` px wide; ``advance`` is told of every photo."""
    columns = min(COLUMNS, len(studies))
    column = (width - GAP * (columns + 1)) // columns
    unit = column / DRAWN
    tiles = [_tile(one, column, unit, advance) for one in studies]
    rows = [tiles[at : at + columns] for at in range(0, len(tiles), columns)]
    strips = [_row(row, width, column) for row in rows]
    return np.vstack([_head(width, unit), *strips, _foot(width, unit)])


def _row(tiles: Sequence[Bytes], width: int, column: int) -> Bytes:
    height = max(tile.shape[0] for tile in tiles)
    made = _ground(width, height + GAP)
    for at, tile in enumerate(tiles):
        x = GAP + at * (column + GAP)
        made[: tile.shape[0], x : x + column] = tile
    return made


def _ground(width: int, height: int) -> Bytes:
    made = np.empty((height, width, 3), np.uint8)
    made[:] = colour.rgb(GROUND)
    return made


def _tile(one: Study, column: int, unit: float, advance: Callable[[int], None]) -> Bytes:
    """One photo, covered, with its marks and rulers, and a line of words for each mark below it."""
    size = _fitted((one.facts.width, one.facts.height), column)
    source = decode.read(one.photo.path, name=one.photo.name, place=one.photo.place)
    shown = redact.soften(decode.picture(source, at_least=size), develop.areas(one))
    small = np.asarray(cv2.resize(shown, size, interpolation=cv2.INTER_AREA), np.uint8)
    listed = marks(one)
    ruler = round(LINE * unit)
    height = ruler + size[1] + round((len(listed) + 1.6) * LINE * unit)
    made = _ground(column, height)
    left = (column - size[0]) // 2
    made[ruler : ruler + size[1], left : left + size[0]] = small
    pieces = (
        *_rulers(size, (left, ruler), unit),
        *(piece for mark in listed for piece in _mark(mark, size, (left, ruler), unit)),
        *_lines(one, listed, ruler + size[1], unit),
    )
    advance(1)
    return over(made, _svg(column, height, pieces))


def _fitted(size: tuple[int, int], column: int) -> tuple[int, int]:
    scale = min((column - 2 * RULER * column / DRAWN) / size[0], column * TALLEST / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _rulers(size: tuple[int, int], at: tuple[int, int], unit: float) -> Iterator[str]:
    """Tenths along the upper and the left edge, with faint lines across the photo."""
    (width, height), (left, top) = size, at
    for tenth in range(1, 10):
        x, y = left + width * tenth / 10, top + height * tenth / 10
        yield f'<path d="M{x:.1f} {top}V{top + height}M{left} {y:.1f}H{left + width}" stroke="#ffffff" stroke-opacity="0.28" stroke-width="1"/>'
        yield _words(f"0.{tenth}", x, top - 10 * unit, 26 * unit, QUIET, "middle")
        yield _words(f"0.{tenth}", left - 6 * unit, y + 8 * unit, 22 * unit, QUIET, "end")


def _mark(mark: Mark, size: tuple[int, int], at: tuple[int, int], unit: float) -> Iterator[str]:
    tint = COLOURS[mark.state]
    points = [(at[0] + min(max(x, 0), 1) * size[0], at[1] + min(max(y, 0), 1) * size[1]) for x, y in mark.corners]
    outline = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polygon points="{outline}" fill="none" stroke="#000000" stroke-opacity="0.55" stroke-width="{9 * unit:.1f}"/>'
    yield f'<polygon points="{outline}" fill="none" stroke="{tint}" stroke-width="{5 * unit:.1f}"/>'
    if mark.number:
        x, y = min(p[0] for p in points), min(p[1] for p in points)
        side = 52 * unit
        yield f'<rect x="{x:.1f}" y="{max(at[1], y - side / 2):.1f}" width="{side:.1f}" height="{side:.1f}" rx="{8 * unit:.1f}" fill="{tint}"/>'
        yield _words(
            str(mark.number), x + side / 2, max(at[1], y - side / 2) + side * 0.74, 38 * unit, "#14181a", "middle", 900
        )


def _lines(one: Study, listed: Sequence[Mark], top: int, unit: float) -> Iterator[str]:
    """The photo's name, then a line for each mark."""
    step = LINE * unit
    yield _words(one.photo.name, 0, top + step, 34 * unit, INK, weight=700)
    for at, mark in enumerate(listed, 2):
        number = f"{mark.number}  " if mark.number else ""
        said = f"{number}{mark.said} · {words(f'state-{mark.state}')}"
        yield _words(said, 0, top + step * at, 30 * unit, COLOURS[mark.state])


def _head(width: int, unit: float) -> Bytes:
    height = round(150 * unit)
    pieces = [_words(words("privacy-title"), GAP, 78 * unit, 48 * unit, INK, weight=900)]
    x = float(GAP)
    for name, tint in COLOURS.items():
        said = words(f"state-{name}")
        pieces += [
            f'<rect x="{x:.1f}" y="{104 * unit:.1f}" width="{28 * unit:.1f}" height="{28 * unit:.1f}" fill="{tint}"/>',
            _words(said, x + 40 * unit, 128 * unit, 30 * unit, INK),
        ]
        x += (40 + 30 * _ems(said) + 44) * unit
    return over(_ground(width, height), _svg(width, height, pieces))


def _foot(width: int, unit: float) -> Bytes:
    """What no finder sees: a person has to look for it."""
    size, room = 34 * unit, width - 2 * GAP
    lines = [line for part in words("privacy-look").splitlines() for line in _wrapped(part, room / size)]
    height = round((len(lines) + 1.2) * LINE * unit)
    pieces = [
        _words(line, GAP, (at + 0.9) * LINE * unit, size, INK, weight=700 if at == 0 else 400)
        for at, line in enumerate(lines)
    ]
    return over(_ground(width, height), _svg(width, height, pieces))


def _wrapped(said: str, room: float) -> Iterator[str]:
    """The words in lines of at most ``room`` em, broken where text may break."""
    start, last = 0, 0
    for end in (*text.breaks(said, ""), len(said)):
        if _ems(said[start:end]) > room and last > start:
            yield said[start:last]
            start = last
        last = end
    yield said[start:]


def _ems(said: str) -> float:
    return sum(1.0 if ord(c) > 0x2E7F else 0.56 for c in said)


def _words(said: str, x: float, y: float, size: float, fill: str, anchor: str = "start", weight: int = 400) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{fill}" text-anchor="{anchor}" font-family="Noto Sans SC" '
        f'font-weight="{weight}" font-size="{size:.1f}">{html.escape(said)}</text>'
    )


def _svg(width: int, height: int, pieces: Sequence[str]) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">{"".join(pieces)}</svg>'

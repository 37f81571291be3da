"""A brief's photos → pictures and plain data of everything found and covered in them, numbered, and what a person must still look at.

The photos are shown as they will be used, covered; rulers along their edges give the fractions that ``cover`` wants. There is one picture as long
as all of it fits on one that phones still open.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np

from vidkit import colour, text
from vidkit.console import words
from vidkit.film.reading import Player
from vidkit.photos import decode, frame, redact, study
from vidkit.photos.advice import MANY
from vidkit.photos.areas import bounds, outline, seen_middle
from vidkit.photos.file import unchanged
from vidkit.problems import spoken_language
from vidkit.sheet import over
from vidkit.spreadsheets import headings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from vidkit.brief import Brief, Photo
    from vidkit.colour import Bytes
    from vidkit.develop import Developed
    from vidkit.film.reel import Reel
    from vidkit.photos.areas import Area
    from vidkit.photos.facts import Find
    from vidkit.photos.matrix import Point
    from vidkit.photos.study import Study

DRAWN = 1080
"""All lengths below are px of a sheet this wide, so that it reads on a phone."""
MARGIN, GAP, RULER = 44, 64, 66
TALLEST = 1.36
"""A photo is shown at most this many times as high as it is wide."""
PAGE = 5
"""A sheet is at most this many times as high as it is wide."""
LINE, SIZE, SMALL, FINE = 60, 40, 32, 26
"""Height of a line of words, and letters."""
CROP, BESIDE, STEP = 232, 12, 36
"""Side of the close look at a find, room between it and the words, height of a line of these."""
CELLS = 2
"""So many finds stand in a row."""
NEAR, AROUND = 0.62, 1.5
"""How far a close look reaches from the middle of a find that is bare, and of one that is covered, in its longest side.

A covered find is never shown bare, not even in this picture: it lies about in the shop's folder, is sent round to ask what others think, and no
consent taken back finds it (``withdraw`` deletes what manifests name). What surrounds the cover mostly tells a head from the back of an armchair;
where it does not, the row says which part of the photo itself to look at, and that is where the bare face stays.
"""
LEAST, BADGE = 64, 66
"""Least side of a find's frame, and the side of its number's."""
COLUMNS, ROWS = 6, 2
"""How many moments of a film are shown."""
GROUND, INK, QUIET = "#22282b", "#f4efe6", "#a8b0b3"
COLOURS = {
    "covered": "#4cd97b",
    "doubtful": "#ffc94a",
    "shown": "#ff6b61",
    "spared": "#b9c0c3",
    "by-hand": "#c58bff",
    "carried": "#5ac8d8",
    "held": "#5ac8d8",
}


COVERED = frozenset({"covered", "held"})
"""States of a find that nobody sees in this picture."""
THIRDS = ("left", "middle", "right"), ("top", "middle", "bottom")


class Mark(NamedTuple):
    """Something marked in a photo: its number (0 for a place covered by hand), what was decided, its corners, and what it looks like."""

    number: int
    state: str
    corners: tuple[Point, ...]
    said: str


def marks(one: Study, areas: Sequence[Area]) -> tuple[Mark, ...]:
    """Everything found in a photo with what was decided about it, then what is covered by hand, then what is covered because it is in the
    other photo of its pair; ``areas`` are all places covered in it.
    """
    found = (
        Mark(n, state(one, n, areas), outline(find.area), _seems(find)) for n, find in enumerate(one.facts.finds, 1)
    )
    carried = [area for area in areas if area not in study.areas(one)]
    by_hand = (Mark(0, "by-hand", area.points, words("find-by-hand")) for area in study.by_hand(one))
    other = (Mark(0, "carried", outline(area), words("find-carried")) for area in carried)
    return (*found, *by_hand, *other)


def _seems(find: Find) -> str:
    return words(f"find-{study.seems(find)}")


def counts(made: Developed) -> tuple[int, int]:
    """How much was found in all photos and films, and how much of it is not covered: in a film everything is."""
    states = [
        state(one, n, made.covered(one.photo)) for one in made.studies for n in range(1, len(one.facts.finds) + 1)
    ]
    filmed = sum(one.photo.reel.faces + one.photo.reel.codes for one in made.studies if one.photo.reel)
    return len(states) + filmed, sum(name not in {"covered", "held"} for name in states)


def captions(brief: Brief) -> dict[Photo, str]:
    """What each photo of a brief is: the pair's spot and side, a section's title, or the person; of one that a table names, a second line with
    the columns in which to decide about it.
    """
    sides = [(two.before, "side-before", two.spot) for two in brief.comparisons]
    sides += [(two.after, "side-after", two.spot) for two in brief.comparisons]
    named = {photo: words(side, spot=spot) for photo, side, spot in sides}
    named |= {photo: one.title for one in brief.sections for photo in one.photos}
    named |= {one.photo: words("side-person") for one in brief.people if one.photo}
    columns = {photo: headings.of_photo(brief, photo, spoken_language()) for photo in brief.mentions}
    told = {photo: words("column-of", heading=heading) for photo, heading in columns.items() if heading}
    return named | {photo: f"{named.get(photo, '')}\n{column}" for photo, column in told.items()}


def state(one: Study, number: int, areas: Sequence[Area]) -> str:
    """What became of a find: ``covered``, ``held`` (covered by another place's cover), ``doubtful``, ``shown`` or ``spared``."""
    if number in one.covered:
        return "covered"
    if study.held(one, number, areas):
        return "held"
    if number in one.doubtful:
        return "doubtful"
    return "shown" if number in study.numbers(one.photo.show_face) else "spared"


def as_data(made: Developed) -> list[dict[str, Any]]:
    """Every photo with its finds: number, kind, certainty, decision, the box around it in fractions; of a film also how many faces and codes are
    covered from its beginning to its end.
    """
    return [
        {
            "photo": one.photo.name,
            "line": one.photo.place.line,
            "finds": [
                {
                    "number": n,
                    "write": study.placed(one, n),
                    "kind": find.kind,
                    "score": find.score,
                    "decision": state(one, n, made.covered(one.photo)),
                    "box": list(bounds(find.area)),
                }
                for n, find in enumerate(one.facts.finds, 1)
            ],
            "film": {"faces": one.photo.reel.faces, "codes": one.photo.reel.codes} if one.photo.reel else None,
            "covered_by_hand": [list(bounds(area)) for area in study.by_hand(one)],
        }
        for one in made.studies
    ]


# The picture


def sheets(
    made: Developed,
    named: Mapping[Photo, str],
    *,
    width: int,
    advance: Callable[[int], None] = lambda _photos: None,
) -> tuple[Bytes, ...]:
    """All photos below each other as RGB (H, W, 3), ``width`` px wide, on as many sheets as it takes; ``advance`` is told of every photo."""
    unit = width / DRAWN
    parts: list[tuple[Bytes, ...]] = []
    for one in made.studies:
        covered = made.covered(one.photo)
        parts.append(tuple(_tile(one, covered, named.get(one.photo, ""), width, unit)))
        if one.photo.reel:
            parts.append((_film(one.photo.reel, covered, width, unit),))
        advance(1)
    parts.append((_foot(width, unit),))
    pages = tuple(_paged(parts, PAGE * width - _head(width, unit, "").shape[0]))
    of = f" / {len(pages)}" if len(pages) > 1 else ""
    return tuple(
        np.vstack([_head(width, unit, f"{number}{of}" if of else ""), *page]) for number, page in enumerate(pages, 1)
    )


def _paged(parts: Sequence[tuple[Bytes, ...]], most: int) -> Iterator[list[Bytes]]:
    """Parts on pages at most ``most`` px high. A part that fits on a page stays whole; one that does not goes on below its own first band."""
    page: list[Bytes] = []
    for part in parts:
        whole = _height(part)
        for number, band in enumerate(part):
            needed = whole if number == 0 and whole <= most else _height(part[: number + 2] if number == 0 else (band,))
            if page and _height(page) + needed > most:
                yield page
                page = [part[0]] if number else []
            page.append(band)
    yield page


def _height(bands: Sequence[Bytes]) -> int:
    return sum(band.shape[0] for band in bands)


def _ground(width: int, height: int) -> Bytes:
    made = np.empty((height, width, 3), np.uint8)
    made[:] = colour.rgb(GROUND)
    return made


def _tile(one: Study, areas: Sequence[Area], caption: str, width: int, unit: float) -> Iterator[Bytes]:
    """One photo in bands: what it is; itself, covered, with its marks and rulers; below it a close look at every find with how to decide."""
    size = _fitted((one.facts.width, one.facts.height), round(width - (MARGIN + RULER + 24) * unit))
    source = unchanged(one.photo.picture, one.facts.sha256, name=one.photo.name, place=one.photo.place)
    shown = redact.soften(decode.picture(source, at_least=size), areas)
    listed = marks(one, areas)
    yield _titled(one, caption, width, unit)
    yield _pictured(shown, listed, size, width, unit)
    for at in range(0, len(listed), CELLS):
        yield _row(one, shown, listed[at : at + CELLS], width, unit)
    every = list(_every(one, listed, width / unit - 2 * MARGIN))
    pieces = [_words(line, MARGIN * unit, (i * 48 + 36) * unit, SMALL * unit, INK) for i, line in enumerate(every)]
    below = _ground(width, round((len(every) * 48 + GAP) * unit))
    yield over(below, _svg(width, below.shape[0], pieces))


def _titled(one: Study, caption: str, width: int, unit: float) -> Bytes:
    """What a photo is, and its name."""
    caption, _, column = caption.partition("\n")
    name = " · ".join(filter(None, (one.photo.name, column)))
    pieces = (
        _words(caption, MARGIN * unit, 1.05 * LINE * unit, 46 * unit, INK, weight=900),
        _words(name, MARGIN * unit, 1.85 * LINE * unit, SMALL * unit, QUIET),
    )
    made = _ground(width, round(2.3 * LINE * unit))
    return over(made, _svg(width, made.shape[0], pieces))


def _pictured(shown: Bytes, listed: Sequence[Mark], size: tuple[int, int], width: int, unit: float) -> Bytes:
    """A photo, covered already, with its marks and rulers."""
    at = round((MARGIN + RULER - 20) * unit), round(0.8 * LINE * unit)
    made = _ground(width, at[1] + size[1] + round(28 * unit))
    made[at[1] : at[1] + size[1], at[0] : at[0] + size[0]] = cv2.resize(shown, size, interpolation=cv2.INTER_AREA)
    pieces = (*_rulers(size, at, unit), *(piece for mark in listed for piece in _mark(mark, size, at, unit)))
    return over(made, _svg(width, made.shape[0], pieces))


def _row(one: Study, shown: Bytes, listed: Sequence[Mark], width: int, unit: float) -> Bytes:
    """Close looks at some finds side by side, each with what it is and how to decide."""
    room = (DRAWN - 2 * MARGIN - (CELLS - 1) * BESIDE) / CELLS
    ways = [[line for said in _ways(one, mark) for line in _wrapped(said, room / FINE)] for mark in listed]
    made = _ground(width, round((CROP + max(map(len, ways)) * STEP + 28) * unit))
    side = round(CROP * unit)
    pieces: list[str] = []
    for column, (mark, said) in enumerate(zip(listed, ways, strict=True)):
        left = MARGIN + column * (room + BESIDE)
        x = round(left * unit)
        made[:side, x : x + side] = _close(shown, mark, side)
        pieces += _beside(mark, left + CROP + BESIDE, room - CROP - BESIDE, unit)
        for i, line in enumerate(said):
            pieces.append(_words(line, left * unit, (CROP + (i + 0.9) * STEP) * unit, FINE * unit, INK))
    return over(made, _svg(width, made.shape[0], pieces))


def _beside(mark: Mark, left: float, room: float, unit: float) -> Iterator[str]:
    """A find's number, what it looks like and what was decided about it."""
    tint, top = COLOURS[mark.state], 0.0
    if mark.number:
        yield _badge(mark.number, left * unit, 0, unit, tint)
        top = 74.0
    for said, weight in ((mark.said, 900), (words(f"state-{mark.state}"), 400)):
        for line in _wrapped(said, room / FINE):
            top += STEP * 0.88
            yield _words(line, left * unit, top * unit, FINE * unit, tint, weight=weight)


def _every(one: Study, listed: Sequence[Mark], room: float) -> Iterator[str]:
    """What to write for a photo with many doubtful finds none of which is a face, in lines; also that what is covered would be bare."""
    if sum(mark.state == "doubtful" for mark in listed) > MANY:
        said = words("decide-every-covered" if study.covered_faces(one) else "decide-every")
        yield from _wrapped(said, room / SMALL)


def _film(reel: Reel, areas: Sequence[Area], width: int, unit: float) -> Bytes:
    """Moments of a film from its beginning to its end, covered as they will be played."""
    player, room = Player(), round((width - 2 * MARGIN * unit) / COLUMNS)
    side = room, round(room * reel.size[1] / reel.size[0])
    numbers = [round(i * (reel.frames - 1) / (COLUMNS * ROWS - 1)) for i in range(COLUMNS * ROWS)]
    line = round(1.3 * LINE * unit)
    made = _ground(width, line + ROWS * side[1] + round(GAP * unit))
    for i, number in enumerate(numbers):
        shown = redact.soften(colour.to_rgb(player.frame(reel, number)), areas)
        x, y = round(MARGIN * unit) + i % COLUMNS * room, line + i // COLUMNS * side[1]
        made[y : y + side[1], x : x + room] = cv2.resize(shown, side, interpolation=cv2.INTER_AREA)
    told = words("privacy-film-none")
    if reel.faces or reel.codes:
        told = words("privacy-film", faces=reel.faces, codes=reel.codes)
    said = _words(told, MARGIN * unit, LINE * unit, SMALL * unit, INK)
    return over(made, _svg(width, made.shape[0], [said]))


def _fitted(size: tuple[int, int], width: int) -> tuple[int, int]:
    scale = min(width / size[0], width * TALLEST / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _close(rgb: Bytes, mark: Mark, side: int) -> Bytes:
    """A square look at a find with a little around it, at a covered one with much."""
    height, width = rgb.shape[:2]
    xs, ys = [x * width for x, _ in mark.corners], [y * height for _, y in mark.corners]
    far = AROUND if mark.state in COVERED else NEAR
    reach = min(max(max(xs) - min(xs), max(ys) - min(ys)) * far, min(width, height) / 2)
    x = min(max((min(xs) + max(xs)) / 2, reach), width - reach)
    y = min(max((min(ys) + max(ys)) / 2, reach), height - reach)
    part = (x - reach) / width, (y - reach) / height, (x + reach) / width, (y + reach) / height
    return frame.cut(rgb, part, (side, side))


def _rulers(size: tuple[int, int], at: tuple[int, int], unit: float) -> Iterator[str]:
    """Tenths along the upper and the left edge, with faint lines across the photo."""
    (width, height), (left, top) = size, at
    for tenth in range(1, 10):
        x, y = left + width * tenth / 10, top + height * tenth / 10
        yield f'<path d="M{x:.1f} {top}V{top + height}M{left} {y:.1f}H{left + width}" stroke="#ffffff" stroke-opacity="0.28" stroke-width="1"/>'
        yield _words(f"0.{tenth}", x, top - 12 * unit, 30 * unit, QUIET, "middle")
        yield _words(f"0.{tenth}", left - 10 * unit, y + 10 * unit, 28 * unit, QUIET, "end")


def _mark(mark: Mark, size: tuple[int, int], at: tuple[int, int], unit: float) -> Iterator[str]:
    """A frame around a find, its number on a badge that stands outside it where there is room."""
    tint = COLOURS[mark.state]
    points = [(at[0] + min(max(x, 0), 1) * size[0], at[1] + min(max(y, 0), 1) * size[1]) for x, y in mark.corners]
    if mark.number:
        points = _at_least(points, LEAST * unit)
    outline = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polygon points="{outline}" fill="none" stroke="#000000" stroke-opacity="0.55" stroke-width="{10 * unit:.1f}"/>'
    yield f'<polygon points="{outline}" fill="none" stroke="{tint}" stroke-width="{6 * unit:.1f}"/>'
    if mark.number:
        side = BADGE * unit
        x, y = min(p[0] for p in points), min(p[1] for p in points) - side
        y = y if y >= at[1] else min(max(p[1] for p in points), at[1] + size[1] - side)
        yield _badge(mark.number, x, y, unit, tint)


def _badge(number: int, x: float, y: float, unit: float, tint: str) -> str:
    side = BADGE * unit
    square = f'width="{side:.1f}" height="{side:.1f}" rx="{10 * unit:.1f}" fill="{tint}"'
    said = _words(str(number), x + side / 2, y + side * 0.74, 48 * unit, "#14181a", "middle", 900)
    return f'<rect x="{x:.1f}" y="{y:.1f}" {square}/>{said}'


def _at_least(points: list[tuple[float, float]], side: float) -> list[tuple[float, float]]:
    """The corners of a frame, grown about its middle until it is ``side`` px wide and high."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    (x, y), (wide, tall) = ((min(v) + max(v)) / 2 for v in (xs, ys)), (max(v) - min(v) for v in (xs, ys))
    more = max(1.0, side / max(wide, 1)), max(1.0, side / max(tall, 1))
    return [(x + (px - x) * more[0], y + (py - y) * more[1]) for px, py in points]


def _ways(one: Study, mark: Mark) -> Iterator[str]:
    """What to write to decide otherwise about a find, and where to look at it."""
    if mark.number:
        every = mark.state == "spared" and mark.number not in study.numbers(one.photo.not_face)
        code = "-code" if mark.state in COVERED and one.facts.finds[mark.number - 1].kind == "code" else ""
        key = "write-spared-every" if every else f"write-{mark.state}{code}"
        lines = words(key, number=study.placed(one, mark.number)).splitlines()
        yield from lines[-1:] if one.photo.reel else (*lines, *_where(one, mark))


def _where(one: Study, mark: Mark) -> Iterator[str]:
    """Where in the photo itself to look at a find that is covered here."""
    if mark.state in COVERED:
        x, y = seen_middle(one.facts.finds[mark.number - 1].area)
        across, down = (names[min(int(at * 3), 2)] for names, at in zip(THIRDS, (x, y), strict=True))
        yield words("privacy-where", where=words(f"where-{across}-{down}"))


def _head(width: int, unit: float, page: str) -> Bytes:
    """The title, which ``page`` of how many it is, and what the colours mean."""
    height = round((2.8 + len(COLOURS)) * LINE * unit)
    pieces = [
        _words(words("privacy-title"), MARGIN * unit, 1.5 * LINE * unit, 52 * unit, INK, weight=900),
        _words(page, width - MARGIN * unit, 1.5 * LINE * unit, SIZE * unit, QUIET, "end"),
        _words(words("privacy-keep"), MARGIN * unit, 2.5 * LINE * unit, SIZE * unit, COLOURS["shown"], weight=900),
    ]
    for i, (name, tint) in enumerate(item for item in COLOURS.items() if item[0] != "held"):
        y = (3.2 + i) * LINE * unit
        pieces += [
            f'<rect x="{MARGIN * unit:.1f}" y="{y:.1f}" width="{38 * unit:.1f}" height="{38 * unit:.1f}" rx="{6 * unit:.1f}" fill="{tint}"/>',
            _words(words(f"state-{name}"), (MARGIN + 60) * unit, y + 33 * unit, SIZE * unit, INK),
        ]
    return over(_ground(width, height), _svg(width, height, pieces))


def _foot(width: int, unit: float) -> Bytes:
    """What no finder sees: a person has to look for it."""
    size, room = SIZE * unit, width - 2 * MARGIN * unit
    lines = [line for part in words("privacy-look").splitlines() for line in _wrapped(part, room / size)]
    height = round((len(lines) + 1.6) * LINE * unit)
    pieces = [
        _words(line, MARGIN * unit, (at + 1) * LINE * unit, size, INK, weight=900 if at == 0 else 400)
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

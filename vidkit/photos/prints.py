"""How photos are shown: values between what was found out about a photo and what is painted. Fractions are of the upright photo.

A ``Print`` is what layout sees: an id, a size, where to look. Its ``Asset`` says how the painter gets it: the file and the
``Treatment`` (places covered, colours levelled, laid over another photo).
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Protocol

from vidkit.photos.matrix import WHOLE, area, corners, through, within
from vidkit.photos.matrix import size as extent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from vidkit.film.reel import Reel
    from vidkit.photos.areas import Area
    from vidkit.photos.matrix import Matrix, Part, Point

Gains = tuple[float, float, float]
PLAIN: Gains = (1.0, 1.0, 1.0)
SPARE = 1.15
"""A photo seen at an angle is denser in some places than on the whole: it is decoded this much larger."""
CENTRE = 0.5
"""How far down a photo's subject stands where nothing else is said, as a share of the part that is shown."""
VERSION = 1
"""Raised when the same treatment means something else."""


@dataclass(frozen=True)
class Treatment:
    """What is done to a photo before anything is cut from it: places covered, linear-light gains of R, G and B, and, when it is laid
    over another photo, the matrix (3x3, row by row) from that photo's fractions to its own.
    """

    areas: tuple[Area, ...] = ()
    gains: Gains = PLAIN
    matrix: Matrix | None = None


@dataclass(frozen=True)
class Asset:
    """Where a print's photo lies: the file, how people call it, its SHA-256, its upright width and height in pixels, its treatment,
    the AI label it carries, and its reel if it is a frame of a film.
    """

    file: Path
    name: str
    size: tuple[int, int]
    sha256: str
    treatment: Treatment = Treatment()
    label: str = ""
    reel: Reel | None = None


@dataclass(frozen=True)
class Print:
    """A photo as layout sees it: its id, width and height in pixels, the point that matters, the part that may be shown, heads that
    must not be cut, whether it is one of two photos that lie exactly over each other, the box of the person who can be cut out of it, and for
    how many frames it moves (0: it is no film).
    """

    sha256: str
    width: int
    height: int
    focus: Point = (0.5, 0.5)
    usable: Part = WHOLE
    heads: tuple[Part, ...] = ()
    aligned: bool = False
    person: Part | None = None
    moves: int = 0


def name(sha256: str, treatment: Treatment, reel: str = "") -> str:
    """The id of a photo under a treatment, as long as a SHA-256: the photo's own when nothing is done to it; of a film that of its ``reel``
    counts too.
    """
    if treatment == Treatment() and not reel:
        return sha256
    said = json.dumps([VERSION, sha256, asdict(treatment), *([reel] if reel else [])], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def crop(shown: Print, ratio: float, focus: Point | None = None, close: float = 1.0) -> Part:
    """The largest part of a print with width/height = ``ratio`` whose middle is as near its focus (or another one) as the edges allow,
    ``close`` times smaller than that; never through a head where that can be helped. Rounded to a millionth.
    """
    left, top, right, bottom = shown.usable
    own = shown.width / shown.height
    widest = min(right - left, (bottom - top) * ratio / own)
    size = widest, widest * own / ratio
    heads = tuple(seen for head in shown.heads if (seen := within(head, shown.usable)))
    kept = _kept(heads, size, focus or shown.focus)
    factor = min(close, *(size[i] / max(kept[i + 2] - kept[i], 1e-6) for i in (0, 1))) if kept else close
    across, down = (side / max(factor, 1.0) for side in size)
    x, y = focus or shown.focus
    at = (
        _along(x, across, (left, right), 0, heads, kept),
        _along(y, down, (top, bottom), 1, heads, kept),
    )
    return round(at[0], 6), round(at[1], 6), round(at[0] + across, 6), round(at[1] + down, 6)


def crop_with(shown: Print, ratio: float, close: float, subject: float) -> Part:
    """Such a part whose subject, the photo's focus, stands that share of its height down, as far as the photo's edges allow."""
    part = crop(shown, ratio, close=close)
    if subject == CENTRE:
        return part
    return crop(shown, ratio, (shown.focus[0], shown.focus[1] + (CENTRE - subject) * (part[3] - part[1])), close)


def crop_below(shown: Print, ratio: float, closest: float, row: float) -> Part:
    """Such a part with the heads as large as ``closest`` allows, none above that share of its height where the photo allows."""
    heads = [seen[1] for head in shown.heads if (seen := within(head, shown.usable))]
    if not heads:
        return crop(shown, ratio)
    _, top, _, bottom = crop(shown, ratio, close=closest)
    return crop(shown, ratio, (shown.focus[0], min(heads) + (CENTRE - row) * (bottom - top)), closest)


def enlarged(shown: Print, canvas: tuple[int, int]) -> float:
    """How many canvas pixels lie on one of the photo's when it fills the canvas."""
    left, top, right, bottom = shown.usable
    return max(canvas[0] / ((right - left) * shown.width), canvas[1] / ((bottom - top) * shown.height))


def _kept(heads: tuple[Part, ...], size: tuple[float, float], focus: Point) -> Part | None:
    """The box of as many heads as fit a window of this size together, the largest first, then the nearest."""
    union: Part | None = None
    for head in sorted(heads, key=lambda h: (-round(extent(h), 4), _away(h, focus))):
        wider = head if union is None else _joined(union, head)
        if wider[2] - wider[0] <= size[0] and wider[3] - wider[1] <= size[1]:
            union = wider
    return union


def _away(head: Part, focus: Point) -> float:
    return abs((head[0] + head[2]) / 2 - focus[0]) + abs((head[1] + head[3]) / 2 - focus[1])


def _joined(one: Part, other: Part) -> Part:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _along(
    middle: float, length: float, bounds: tuple[float, float], axis: int, heads: tuple[Part, ...], kept: Part | None
) -> float:
    """Where a window of a length begins along one axis: around ``middle``, within the bounds, holding the kept heads, and beginning
    and ending in no other head where a small move avoids it.
    """
    least, most = bounds[0], bounds[1] - length
    if kept:
        least, most = max(least, min(kept[axis + 2] - length, most)), min(most, max(kept[axis], least))
    wanted = min(max(middle - length / 2, least), max(least, most))
    edges = (e for head in heads for e in (head[axis], head[axis + 2], head[axis] - length, head[axis + 2] - length))
    ways = (wanted, *(e for e in edges if least <= e <= most))

    def cut(start: float) -> int:
        return sum(
            h[axis] < edge - 1e-9 and edge + 1e-9 < h[axis + 2] for h in heads for edge in (start, start + length)
        )

    return min(ways, key=lambda start: (cut(start), abs(start - wanted)))


def needed(asset: Asset, part: Part, size: tuple[int, int]) -> tuple[int, int]:
    """How large (width, height) a print's whole photo must be decoded so that a part of it has ``size`` pixels, if it has that many."""
    left, top, right, bottom = part
    matrix = asset.treatment.matrix
    if matrix is None:
        return max(1, int(size[0] / (right - left))), max(1, int(size[1] / (bottom - top)))
    share = area(tuple(through(matrix, corner) for corner in corners(part)))
    scale = SPARE * math.sqrt(size[0] * size[1] / max(share * asset.size[0] * asset.size[1], 1.0))
    return max(1, int(asset.size[0] * scale)), max(1, int(asset.size[1] * scale))


class Labelled(Protocol):
    """What may bring an AI label along: a photo, a recording, music."""

    @property
    def label(self) -> str:
        """The label, "" without one."""


def label(used: Iterable[Labelled]) -> str:
    """The AI label that what is made of some photos and sounds has to carry, "" without one."""
    return strongest(one.label for one in used)


def strongest(labels: Iterable[str]) -> str:
    """The strongest of some AI labels (1 made by AI, 2 maybe, 3 suspected; GB 45438-2025), "" where all are empty."""
    return min(
        filter(None, labels), key=lambda text: (str(json.loads(text)["AIGC"].get("Label", "9")), text), default=""
    )

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
EYES = (0.5, 0.55)
"""Where the eyes are in the box of a head, as shares of its width and height: what is shown of one that is larger than a picture."""
EDGE, CLOSER = 0.25, 0.06
"""How far the point that stays still is from a picture's edges, and what a picture loses of its sides on the way, as shares of them."""
KEPT, STEPS = 0.75, 5
"""What a landscape photo keeps of its width at least where it is shown squarer than it is; so many forms are tried."""
FACE: Part = (0.12, 0.32, 0.88, 0.95)
"""Where in the box of a head its face is, from the brows to the chin, in shares of the box."""
FREE = 0.92
"""A face is free when at least this share of it is in its picture and under no words."""
PANORAMA = 2.0
"""A photo wider than so many times its height is one: it is not seen whole at a time."""
VERSION = 1
"""Raised when the same treatment means something else."""


@dataclass(frozen=True)
class Treatment:
    """What is done to a photo before anything is cut from it."""

    areas: tuple[Area, ...] = ()
    """Places that are covered."""
    gains: Gains = PLAIN
    """By what R, G and B are multiplied, in linear light."""
    matrix: Matrix | None = None
    """Of a photo laid over another one: from that one's fractions to its own (3x3, row by row)."""
    lift: float = 0.0
    """By how many stops its shadows are lifted."""


@dataclass(frozen=True)
class Asset:
    """Where a print's photo lies, and what is done to it."""

    file: Path
    name: str
    """How people call it."""
    size: tuple[int, int]
    """Its upright width and height, px."""
    sha256: str
    """Of its file."""
    treatment: Treatment = Treatment()
    label: str = ""
    """The AI label it carries, if any."""
    reel: Reel | None = None
    """The film of which it is a frame."""
    odd: bool = False
    """Its file had bytes left over when it was decoded."""


@dataclass(frozen=True)
class Print:
    """A photo as layout sees it; points and parts are fractions of it."""

    sha256: str
    """Its id (``name``)."""
    width: int
    height: int
    focus: Point = (0.5, 0.5)
    """The point that matters."""
    usable: Part = WHOLE
    """What may be shown."""
    heads: tuple[Part, ...] = ()
    """Heads that must not be cut."""
    covers: tuple[Part, ...] = ()
    """Places that are covered."""
    aligned: bool = False
    """It lies exactly over the other photo of its pair."""
    person: Part | None = None
    """The box of the person who can be cut out of it."""
    moves: int = 0
    """How many frames it moves; 0: it is no film."""
    good: bool = True
    """Nothing was found wrong with it."""


def name(sha256: str, treatment: Treatment, reel: str = "") -> str:
    """The id of a photo under a treatment, as long as a SHA-256: the photo's own when nothing is done to it; of a film that of its ``reel``
    counts too.
    """
    if treatment == Treatment() and not reel:
        return sha256
    done = {key: value for key, value in asdict(treatment).items() if key != "lift" or value}
    said = json.dumps([VERSION, sha256, done, *([reel] if reel else [])], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def crop(shown: Print, ratio: float, focus: Point | None = None, close: float = 1.0) -> Part:
    """The largest part of a print with width/height = ``ratio``, or one ``close`` times smaller, its middle as near to the focus as the edges
    allow. It cuts no head where that can be helped; of a head that is too large it holds the middle across and the eyes down. Fractions,
    rounded to a millionth.
    """
    left, top, right, bottom = shown.usable
    own = shown.width / shown.height
    widest = min(right - left, (bottom - top) * ratio / own)
    size = widest, widest * own / ratio
    heads = tuple(seen for head in shown.heads if (seen := within(head, shown.usable)))
    at = focus or shown.focus
    kept = _kept(heads, size, at)
    factor = min(close, *(size[i] / max(kept[i + 2] - kept[i], 1e-6) for i in (0, 1))) if kept else close
    window = tuple(side / max(factor, 1.0) for side in size)
    x, y = (_along(at[i], window[i], (shown.usable[i], shown.usable[i + 2]), i, heads, kept, EYES[i]) for i in (0, 1))
    return round(x, 6), round(y, 6), round(x + window[0], 6), round(y + window[1], 6)


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


def still_point(shown: Print, part: Part) -> Point:
    """The point about which a picture of this part is zoomed, as fractions of the part: the focus, kept away from the edges, but moved as far as it
    takes so that the largest head stays in the picture.
    """
    head = max(shown.heads, key=extent, default=None)
    return _still(shown.focus, part, head, 0), _still(shown.focus, part, head, 1)


def _still(focus: Point, part: Part, head: Part | None, axis: int) -> float:
    start, length = part[axis], part[axis + 2] - part[axis]
    at = min(max((focus[axis] - start) / length, EDGE), 1 - EDGE)
    if head:
        first, last = (head[axis] - start) / length, (head[axis + 2] - start) / length
        least, most = 1 - (1 - last) / CLOSER, first / CLOSER
        if first >= 0 and last <= 1 and least <= most:
            at = min(max(at, least), most)
    return round(min(max(at, 0.0), 1.0), 3)


def squarest(shown: Print) -> float:
    """The least width-to-height ratio, from 1 on, to which a landscape print may be cropped: about its focus, with ``KEPT`` of its width, and
    with every head and covered place that it shows; 1 for a print that is no landscape.
    """
    left, top, right, bottom = shown.usable
    own = (right - left) * shown.width / ((bottom - top) * shown.height)
    if own <= 1:
        return 1.0
    least = max(1.0, own * KEPT)
    places = [seen for place in (*shown.heads, *shown.covers) if (seen := within(place, shown.usable))]
    ways = (least + (own - least) * step / STEPS for step in range(STEPS))
    return next((way for way in ways if _holds_all(crop(shown, way), places)), own)


def _holds_all(part: Part, places: Iterable[Part]) -> bool:
    return all(_joined(part, place) == part for place in places)


@dataclass(frozen=True)
class Face:
    """The face of whom a picture shows, px: its box, and how high the whole head is."""

    box: Part
    head: float

    def free(self, picture: Part, over: Iterable[Part]) -> float:
        """How much of it is within its picture and under none of the boxes ``over`` it, 0 to 1 (all in px; none of these over another)."""
        inside = _shared(self.box, picture)
        return max(0.0, inside - sum(_shared(self.box, one) for one in over)) / extent(self.box)


def face(shown: Print, part: Part, box: Part) -> Face | None:
    """The face in a photo's largest head where a part of the photo fills a box, px; None without a head."""
    head = max(shown.heads, key=extent, default=None)
    if head is None:
        return None
    across, down = (box[2] - box[0]) / (part[2] - part[0]), (box[3] - box[1]) / (part[3] - part[1])
    left, top = box[0] + (head[0] - part[0]) * across, box[1] + (head[1] - part[1]) * down
    wide, high = (head[2] - head[0]) * across, (head[3] - head[1]) * down
    found = left + FACE[0] * wide, top + FACE[1] * high, left + FACE[2] * wide, top + FACE[3] * high
    return Face(found, high)


def _shared(one: Part, other: Part) -> float:
    """The area two boxes share."""
    wide, high = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, wide) * max(0.0, high)


def enlarged(shown: Print, canvas: tuple[int, int]) -> float:
    """How many canvas pixels lie on one of the photo's when it fills the canvas."""
    left, top, right, bottom = shown.usable
    return max(canvas[0] / ((right - left) * shown.width), canvas[1] / ((bottom - top) * shown.height))


def _kept(heads: tuple[Part, ...], size: tuple[float, float], focus: Point) -> Part | None:
    """The box of as many heads as fit a window of this size together: the largest in any case, then those that fit beside it, the largest
    first, then the nearest.
    """
    union: Part | None = None
    for head in sorted(heads, key=lambda h: (-round(extent(h), 4), _away(h, focus))):
        wider = head if union is None else _joined(union, head)
        if union is None or all(wider[i + 2] - wider[i] <= size[i] for i in (0, 1)):
            union = wider
    return union


def _away(head: Part, focus: Point) -> float:
    return abs((head[0] + head[2]) / 2 - focus[0]) + abs((head[1] + head[3]) / 2 - focus[1])


def _joined(one: Part, other: Part) -> Part:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _along(
    middle: float,
    length: float,
    bounds: tuple[float, float],
    axis: int,
    heads: tuple[Part, ...],
    kept: Part | None,
    eyes: float,
) -> float:
    """Where a window of a length begins along one axis: around ``middle``, within the bounds, holding the kept heads, and beginning
    and ending in no other head where a small move avoids it. In a head that is longer than it, it lies about its ``eyes``.
    """
    least, most = bounds[0], bounds[1] - length
    if kept and kept[axis + 2] - kept[axis] > length:
        start = kept[axis] + eyes * (kept[axis + 2] - kept[axis]) - length / 2
        return min(max(start, kept[axis]), kept[axis + 2] - length)
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

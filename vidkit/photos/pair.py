"""Two photos of one spot → how they lie over each other, how their light differs, what changed. Remembered by content.

The after is the picture the before is laid over: the result is shown as it was taken.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from vidkit.photos import facts
from vidkit.photos import matrix as matrices
from vidkit.photos.lanes import NONE
from vidkit.photos.matrix import WHOLE
from vidkit.photos.prints import PLAIN
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from vidkit.cache import Cache
    from vidkit.photos.file import Source
    from vidkit.photos.lanes import Lanes
    from vidkit.photos.matrix import Matrix, Part, Point
    from vidkit.photos.prints import Gains

    Rgb = NDArray[np.uint8]

TURNS: Mapping[int, tuple[float, ...]] = MappingProxyType(
    {
        90: (0.0, 1.0, 0.0, -1.0, 0.0, 1.0, 0.0, 0.0, 1.0),
        180: (-1.0, 0.0, 1.0, 0.0, -1.0, 1.0, 0.0, 0.0, 1.0),
        270: (0.0, -1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0),
    }
)
"""From a photo turned clockwise by so many degrees to the photo as it is, in fractions."""
COLOURFUL, GREY = 12.0, 0.15
"""A photo in colour has at least this mean difference between its channels (levels); less than this share of that is black and white."""
EDGE = 0.02
"""So near a photo's edge, as a share of its sides, nothing is compared."""
COMPARED_SIDE = 512
"""The longer side of the part both photos share, in pixels, when their light and their difference are measured."""


@dataclass(frozen=True)
class Match:
    """What two photos have in common.

    ``matrix`` (3x3, row by row) leads from fractions of the after to fractions of the before; None when they do not match, and then
    ``reason`` says why: ``align``'s, or ``collage`` (one is two photos on one), ``mirrored`` (one is the other way round), ``cut`` (more
    changed beside what is left of them than in it). ``turn`` is set when the after lies on its side: it leads from fractions of the after set upright to fractions of the
    after as it is, and then everything else here is about the after set upright. ``usable`` is the part of the after that both show, ``left`` which
    shares that is of the before and of the after, black bars aside. ``before`` and ``after`` are the gains of "same treatment",
    ``brighter_ev`` how much brighter the after was. ``change`` is where they differ most and how sure that is, ``changed`` the share of the
    common part that differs beyond the light. ``edited`` names the
    photo that looks filtered, ``editor`` the one an editing app wrote alone; ``swapped``: the before was taken later.
    """

    matrix: tuple[float, ...] | None = None
    turn: tuple[float, ...] | None = None
    kind: str = ""
    usable: Part = WHOLE
    left: tuple[float, float] = (1.0, 1.0)
    confidence: float = 0.0
    inliers: int = 0
    matches: int = 0
    overlap: float = 0.0
    turned: int = 0
    scale: float = 1.0
    reason: str = ""
    alike: float = 1.0
    before: Gains = PLAIN
    after: Gains = PLAIN
    unchanged: float = 0.0
    brighter_ev: float = 0.0
    change: Point = (0.5, 0.5)
    change_sure: float = 0.0
    changed: float = 1.0
    edited: str = ""
    editor: str = ""
    swapped: bool = False


def match(before: Source, after: Source, cache: Cache, lanes: Lanes = NONE) -> Match:
    """What the two have in common; both are examined again only when the content of one changed."""
    said = f"pair {facts.version()} {before.sha256} {after.sha256}"
    key = hashlib.sha256(said.encode()).hexdigest()
    held: dict[str, Any] | None = cache.recall(key)
    if held:
        values: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in held.items()}
        return Match(**values)
    found = _compared(before, after, lanes)
    cache.remember(key, asdict(found))
    return found


def _compared(before: Source, after: Source, lanes: Lanes) -> Match:
    import numpy as np  # noqa: PLC0415  # not needed for pairs seen before

    from vidkit.photos import align  # noqa: PLC0415  # the same

    one, two = facts.working(before), facts.working(after)
    smaller = facts.small(after), facts.small(before)
    said = _told(before, after)
    (own, together), (others, beside) = map(facts.plainly, (after, before))
    if together or beside:
        return Match(reason="collage", **said)
    found = align.align(two, one, smaller=smaller, lanes=lanes)
    if isinstance(found, align.Unaligned):
        if _mirrored(one, two, smaller, lanes):
            return Match(reason="mirrored", matches=found.matches, **said)
        return Match(reason=found.reason, matches=found.matches, alike=found.alike, **said)
    turn = TURNS[found.turned] if found.turned and _before_is_upright(before, after) else None
    matrix, usable = found.matrix, _free(found.matrix, found.usable, own, others)
    if turn:
        matrix, back = matrices.after(matrix, turn), matrices.inverse(turn)
        usable, own = (matrices.seen_from(back, part) or part for part in (usable, own))
        two = np.ascontiguousarray(np.rot90(two, -found.turned // 90))
    left = _left(matrix, usable, own, others)
    if max(left) < table("align")["cut"]["least"]:
        return Match(reason="small-overlap", matches=found.matches, **said)
    said |= {"usable": usable, "left": left}
    if left[1] < table("align")["cut"]["whole"] and _elsewhere(_outside(one, two, matrix, usable, (own, others))):
        return Match(reason="cut", matches=found.matches, **said)
    said |= _levelled(one, two, matrix, usable)
    return Match(
        matrix=matrix, turn=turn, kind=found.kind, confidence=found.confidence, inliers=found.inliers,
        matches=found.matches, overlap=found.overlap, turned=found.turned, scale=found.scale, **said,
    )  # fmt: skip


def _mirrored(before: Rgb, after: Rgb, smaller: tuple[Rgb, Rgb], lanes: Lanes) -> bool:
    """Whether one of two photos is the other way round: they lie on each other once it is turned over."""
    import numpy as np  # noqa: PLC0415  # not needed for pairs seen before

    from vidkit.photos import align  # noqa: PLC0415  # the same

    over, small = (np.ascontiguousarray(rgb[:, ::-1]) for rgb in (before, smaller[1]))
    return isinstance(align.at_once(after, over, smaller=(smaller[0], small), lanes=lanes), align.Alignment)


def _free(matrix: Matrix, usable: Part, after: Part, before: Part) -> Part:
    """What of the usable part of a pair shows none of the black bars about its photos: these are the parts between them. Empty at its least."""
    seen = WHOLE if before == WHOLE else matrices.seen_from(matrices.inverse(matrix), before) or before
    left, top = (max(part[axis] for part in (usable, after, seen)) for axis in (0, 1))
    right, bottom = (min(part[axis] for part in (usable, after, seen)) for axis in (2, 3))
    return (left, top, right, bottom) if left < right and top < bottom else (0.0, 0.0, 0.0, 0.0)


def _left(matrix: Matrix, usable: Part, after: Part, before: Part) -> tuple[float, float]:
    """Which share of the before and of the after, of what lies between their black bars, is in the usable part of a pair."""
    lies = matrices.area(tuple(matrices.through(matrix, corner) for corner in matrices.corners(usable)))
    shares = lies / matrices.size(before), matrices.size(usable) / matrices.size(after)
    return round(min(shares[0], 1.0), 4), round(min(shares[1], 1.0), 4)


class Changes(NamedTuple):
    """How much changed in the part that is left of two photos and, wherever both show it, beside that; and how large the latter is, as a share."""

    inside: float
    beside: float
    area: float


def _elsewhere(found: Changes) -> bool:
    """Whether what two photos are to show is not in what is left of them: something of weight changed beside it, and more than in it."""
    return found.area >= float(table("align")["cut"]["area"]) and found.beside > found.inside


def _outside(before: Rgb, after: Rgb, matrix: Matrix, usable: Part, between: tuple[Part, Part]) -> Changes:
    """What changed, wherever both photos show it ``between`` the black bars of the after and of the before."""
    import numpy as np  # noqa: PLC0415  # not needed for pairs seen before

    from vidkit.photos import change, frame  # noqa: PLC0415  # the same
    from vidkit.photos.warp import warp  # noqa: PLC0415  # the same

    scale = COMPARED_SIDE / max(after.shape[:2])
    size = round(after.shape[1] * scale), round(after.shape[0] * scale)
    old, new = warp(before, matrix, WHOLE, size), frame.cut(after, WHOLE, size)
    seen = _seen(matrix, size, *between)
    excess = change.difference(change.match(np.where(seen[..., None], old, new), new))
    rows, columns = excess.shape
    excess[~_seen(matrix, (columns, rows), *between)] = 0
    left, top, right, bottom = (round(at * side) for at, side in zip(usable, (columns, rows) * 2, strict=True))
    inside = float(excess[top:bottom, left:right].sum())
    whole = float(excess.sum())
    excess[top:bottom, left:right] = 0
    return Changes(inside, whole - inside, float((excess > 0).mean()))


def _seen(matrix: Matrix, size: tuple[int, int], after: Part, before: Part) -> NDArray[Any]:
    """Where in a picture of the after, of that size, both photos show something between their bars, but for the edges."""
    import numpy as np  # noqa: PLC0415  # not needed for pairs seen before

    across, down = ((np.arange(side) + 0.5) / side for side in size)
    through = np.array(matrix).reshape(3, 3)
    x, y, z = (through[row, 0] * across + through[row, 1] * down[:, None] + through[row, 2] for row in range(3))
    one = _within(x / z, y / z, before) & (z > 0)
    return np.asarray(one & (_within(across, down[:, None], after) if after != WHOLE else True))


def _within(x: Any, y: Any, part: Part) -> Any:
    """Which points lie in a part, but for its edge."""
    left, top, right, bottom = part
    return (x > left + EDGE) & (x < right - EDGE) & (y > top + EDGE) & (y < bottom - EDGE)


def _before_is_upright(before: Source, after: Source) -> bool:
    """Which of two photos turned against each other stands upright: the one whose file says so, else the one that is lit from above."""
    from vidkit.photos import metadata  # noqa: PLC0415

    known = metadata.marks(before).upright, metadata.marks(after).upright
    if known[0] != known[1]:
        return known[0]
    return _from_above(facts.working(before)) > _from_above(facts.working(after))


def _from_above(rgb: NDArray[Any]) -> float:
    """How much brighter a picture's upper half is than its lower."""
    half = rgb.shape[0] // 2
    return float(rgb[:half].mean() - rgb[half:].mean())


def _levelled(before: NDArray[Any], after: NDArray[Any], matrix: tuple[float, ...], usable: Part) -> dict[str, Any]:
    """How the light of the common part differs, and where it changed."""
    from vidkit.photos import change, frame, tone  # noqa: PLC0415
    from vidkit.photos.warp import warp  # noqa: PLC0415

    left, top, right, bottom = usable
    width, height = (right - left) * after.shape[1], (bottom - top) * after.shape[0]
    scale = COMPARED_SIDE / max(width, height)
    size = max(8, round(width * scale)), max(8, round(height * scale))
    old, new = warp(before, matrix, usable, size), frame.cut(after, usable, size)
    compared = change.match(old, new)
    level, excess = tone.level(compared), change.difference(compared)
    (x, y), sure = change.focus(excess)
    return {
        "before": level.before,
        "after": level.after,
        "unchanged": level.unchanged,
        "brighter_ev": level.difference_ev,
        "edited": level.edited or _grey(old, new),
        "change": (round(left + x * (right - left), 3), round(top + y * (bottom - top), 3)),
        "change_sure": sure,
        "changed": round(float((excess > 0).mean()), 4),
    }


def _grey(before: NDArray[Any], after: NDArray[Any]) -> str:
    """The one of two photos that is black and white when the other is in colour."""
    import cv2  # noqa: PLC0415  # not needed for pairs seen before
    import numpy as np  # noqa: PLC0415  # the same

    channels = [cv2.split(rgb) for rgb in (before, after)]
    colours = [float((np.maximum.reduce(each) - np.minimum.reduce(each)).mean()) for each in channels]
    if max(colours) < COLOURFUL or min(colours) > max(colours) * GREY:
        return ""
    return "before" if colours[0] < colours[1] else "after"


def _told(before: Source, after: Source) -> dict[str, Any]:
    """What the files say of themselves, as far as it bears on honesty; the moments and names themselves are not kept."""
    from vidkit.photos import metadata  # noqa: PLC0415

    one, two = metadata.marks(before), metadata.marks(after)
    alone = "" if bool(one.editor) == bool(two.editor) else "before" if one.editor else "after"
    return {"editor": alone, "swapped": bool(one.taken and two.taken and one.taken > two.taken)}

"""What was found in some frames of a film → what is covered in every frame: finds joined through time, with margins.

A cover begins before a face is first seen and stays after it was last seen; between two sightings it goes with them. Nobody is followed
from one excerpt to another, and nobody is identified.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from vidkit.photos import redact
from vidkit.photos.faces import Face

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vidkit.photos.areas import Area

    Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Sight:
    """Something found in a frame: a face or a code, its box (fractions), how sure the finder is."""

    frame: int
    kind: Literal["face", "code"]
    box: tuple[float, float, float, float]
    score: float = 1.0


Track = tuple[Sight, ...]
"""Sightings of one thing, in order of frames."""


def tracks(sights: Iterable[Sight], rules: dict[str, Any]) -> tuple[Track, ...]:
    """The sightings joined, those left out that were seen too faintly and too rarely to be anything."""
    open_: list[list[Sight]] = []
    for one in sorted(sights, key=lambda s: (s.frame, -s.score, s.box)):
        if any(_twice(track[-1], one, rules) for track in open_):
            continue
        near = [(gap, i) for i, track in enumerate(open_) if (gap := _apart(track[-1], one, rules)) is not None]
        if near:
            open_[min(near)[1]].append(one)
        else:
            open_.append([one])
    return tuple(tuple(track) for track in open_ if _real(track, rules))


def _apart(last: Sight, one: Sight, rules: dict[str, Any]) -> float | None:
    """How far a sighting is from an earlier one, in its own sizes; None where it is another thing."""
    later = one.frame - last.frame
    if one.kind != last.kind or not 0 < later <= rules["gap_frames"]:
        return None
    sizes = sorted(math.sqrt(max(_wide(s.box) * _tall(s.box), 1e-9)) for s in (last, one))
    (ax, ay), (bx, by) = (((s.box[0] + s.box[2]) / 2, (s.box[1] + s.box[3]) / 2) for s in (last, one))
    apart = math.hypot(ax - bx, ay - by) / sizes[1]
    return apart if apart <= rules["reach"] and sizes[1] <= rules["growth"] * sizes[0] else None


def _twice(last: Sight, one: Sight, rules: dict[str, Any]) -> bool:
    """Whether the same thing was found twice in one frame."""
    return (
        last.frame == one.frame and _apart(last, replace(one, frame=one.frame + 1), {**rules, "reach": 0.3}) is not None
    )


def _wide(box: Box) -> float:
    return box[2] - box[0]


def _tall(box: Box) -> float:
    return box[3] - box[1]


def _real(track: list[Sight], rules: dict[str, Any]) -> bool:
    return bool(max(s.score for s in track) >= rules["sure"] or len(track) >= rules["often"])


def covered(found: Iterable[Track], frame: int, rules: dict[str, Any]) -> tuple[Area, ...]:
    """The places covered in a frame."""
    return tuple(_area(track[0].kind, box, rules) for track in found if (box := _at(track, frame, rules)))


def _at(track: Track, frame: int, rules: dict[str, Any]) -> Box | None:
    """Where a thing may be in a frame: all places it takes from a little before to a little after."""
    before, after, around = rules["before_frames"], rules["after_frames"], rules["around_frames"]
    if not track[0].frame - before <= frame <= track[-1].frame + after:
        return None
    return _union([_between(track, at) for at in (frame - around, frame, frame + around)])


def _between(track: Track, at: int) -> Box:
    """The box on the way between two sightings; the first before it, the last after it."""
    if at <= track[0].frame:
        return track[0].box
    for one, after in itertools.pairwise(track):
        if at <= after.frame:
            share = (at - one.frame) / (after.frame - one.frame)
            left, top, right, bottom = (a + (b - a) * share for a, b in zip(one.box, after.box, strict=True))
            return left, top, right, bottom
    return track[-1].box


def _union(boxes: list[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _area(kind: str, box: Box, rules: dict[str, Any]) -> Area:
    more = rules["wider"] / 2
    left, top, right, bottom = box
    wide, tall = _wide(box) * more, _tall(box) * more
    grown = left - wide, top - tall, right + wide, bottom + tall
    if kind == "face":
        return redact.of_face(Face(grown, 1.0))
    return redact.of_code(tuple(_corners(grown)))


def _corners(box: Box) -> Iterator[tuple[float, float]]:
    left, top, right, bottom = box
    yield from ((left, top), (right, top), (right, bottom), (left, bottom))

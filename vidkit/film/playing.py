"""Which frames of a film a scene shows: from its beginning, or on from where the scene before left it; one that is all but over begins anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vidkit.film.reel import FPS
from vidkit.motion import FULL
from vidkit.storyboard import Photo, Scene, Storyboard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.storyboard import Compare


LEAST = 1.0
"""Seconds of a film that must be left for the next scene to go on with it."""


def on(drawn: Storyboard) -> Storyboard:
    """The storyboard with its films at their own pace and without a zoom; one that stays on screen from one scene to the next plays on."""
    return replace(drawn, scenes=tuple(_on(drawn.scenes, FPS / drawn.fps))) if times(drawn) else drawn


def _on(scenes: tuple[Scene, ...], pace: float) -> Iterator[Scene]:
    ends: dict[str, float] = {}
    for scene in scenes:
        made = replace(scene, pictures=tuple(_begun(one, ends, pace) for one in scene.pictures))
        shown = made.frames - made.into.frames
        ends = {one.picture.sha256: one.begins + shown * pace for one in films(made)}
        yield made


def _begun(item: Photo | Compare, ends: dict[str, float], pace: float) -> Photo | Compare:
    if not (isinstance(item, Photo) and item.picture.moves):
        return item
    left = ends.get(item.picture.sha256, 0)
    begins = left if left <= item.picture.moves - LEAST * FPS else 0
    return replace(item, begins=begins, pace=pace, zoom=FULL)


def films(scene: Scene) -> tuple[Photo, ...]:
    """The films a scene shows."""
    return tuple(one for one in scene.pictures if isinstance(one, Photo) and one.picture.moves)


def times(drawn: Storyboard) -> dict[str, tuple[int, float]]:
    """For every film how many frames it has, and how many of them the clip would show."""
    found: dict[str, tuple[int, float]] = {}
    for scene in drawn.scenes:
        for one in films(scene):
            known = found.get(one.picture.sha256, (0, 0.0))[1]
            found[one.picture.sha256] = one.picture.moves, max(known, one.begins + scene.frames * one.pace)
    return found

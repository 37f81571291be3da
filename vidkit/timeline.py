"""A storyboard → segments: each scene alone, and each place where one scene lies over the next. Whole frames only.

A transition of n frames takes the last n of one scene and the first n of the next; its step i shows p = (i + 1) / (n + 1). Played
one after another the segments are the clip, frame for frame. A segment is a complete work order: it carries what is visible in its
own frames and nothing else, so words that do not reach into a transition do not change it, and a mark changes only where it shows.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from vidkit.storyboard import Compare, Graphic, Photo, Picture, Scene, Storyboard, Transition, during

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Segment:
    """Frames ``first`` to ``last`` (exclusive) of a scene; with ``onto``, under the first frames of that scene by ``transition``; ``marks`` lie
    over both, in frames of the segment.
    """

    canvas: tuple[int, int]
    fps: int
    scene: Scene
    first: int
    last: int
    onto: Scene | None = None
    transition: str = "cut"
    marks: tuple[Graphic, ...] = ()

    @property
    def frames(self) -> int:
        """How many frames the segment lasts."""
        return self.last - self.first

    @property
    def kind(self) -> str:
        """``shot`` for a scene alone, ``crossing`` for two."""
        return "crossing" if self.onto else "shot"


def cut(board: Storyboard) -> tuple[Segment, ...]:
    """The segments of a storyboard, in order; transitions longer than the scenes around them allow are an assertion."""
    return tuple(_segments(board))


def _segments(board: Storyboard) -> Iterator[Segment]:
    head = at = 0
    for scene, onto in zip(board.scenes, (*board.scenes[1:], None), strict=True):
        tail = scene.into.frames if onto else 0
        assert head + tail < scene.frames, f"{scene.name}: {head} + {tail} frames of transitions in {scene.frames}"
        last = scene.frames - tail
        marks = _marks(board, at, last - head)
        yield Segment(board.canvas, board.fps, seen(scene, head, last), head, last, marks=marks)
        at += last - head
        if onto and tail:
            below = seen(scene, last, scene.frames)
            over, marks = seen(onto, 0, tail), _marks(board, at, tail)
            yield Segment(board.canvas, board.fps, below, last, scene.frames, over, scene.into.kind, marks)
        head, at = tail, at + tail


def _marks(board: Storyboard, start: int, frames: int) -> tuple[Graphic, ...]:
    """The subtitles and marks of a part of the clip."""
    return tuple(filter(None, (during(mark, start, frames) for mark in (*board.captions, *board.marks))))


def seen(scene: Scene, first: int, last: int) -> Scene:
    """The scene as two frames bound it: only the graphics that show between them, and nothing that has no pixels there (its name, its
    sounds, its end, what comes later).
    """
    shown = (g for g in scene.graphics if g.first < last and first < g.last)
    graphics = tuple(replace(g, first=max(g.first, first), last=min(g.last, last)) for g in shown)
    return replace(scene, name="", frames=last, graphics=graphics, into=Transition(), cues=(), optional=False)


def pictures(segment: Segment) -> tuple[Picture, ...]:
    """Every picture the segment shows, without repeats."""
    return tuple(dict.fromkeys(p for scene in (segment.scene, segment.onto) if scene for p in _pictures(scene)))


def _pictures(scene: Scene) -> Iterator[Picture]:
    if scene.backdrop and scene.backdrop.picture:
        yield scene.backdrop.picture
    for item in scene.pictures:
        if isinstance(item, Photo):
            yield item.picture
        elif isinstance(item, Compare):
            yield item.before
            yield item.after


def order(segment: Segment) -> dict[str, Any]:
    """The segment as plain data for JSON: the whole work order; one without marks says nothing of marks."""
    said = asdict(segment)
    return said if segment.marks else {name: value for name, value in said.items() if name != "marks"}

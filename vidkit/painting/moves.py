"""How the camera moves over a photo: (the scene's time, the item's number, frames a second) → the zoom's curve, in frames of the scene.

To add one, write one decorated function; templates then name it in ``move``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vidkit.motion import Key, registered, steady
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable

    from vidkit.boards.cueing import Span
    from vidkit.motion import Curve

    Move = Callable[[Span, int, int], Curve]

MOVES: dict[str, Move] = {}


move = registered(MOVES)


@move
def still(_span: Span, _index: int, _fps: int) -> Curve:
    """The photo as it is."""
    return steady(1.0)


@move
def push_in(span: Span, _index: int, _fps: int) -> Curve:
    """Closer from the scene's first frame to its last, as far however long it is."""
    return Key(0, 1.0), Key(span.frames - 1, round(1 + float(table("timing")["push_in"]), 6))


@move
def drift(span: Span, index: int, fps: int) -> Curve:
    """Slowly closer, on through all scenes of an item; every other item slowly away."""
    far = float(table("timing")["drift_per_second"]) * span.whole / fps
    start, end = (far * at / span.whole for at in (span.offset, span.offset + span.frames))
    if index % 2:
        start, end = far - start, far - end
    return Key(0, round(1 + start, 6)), Key(span.frames, round(1 + end, 6))

"""Keyframes and easings: a curve → its value at a frame.

A curve is a tuple of ``Key``; before the first key it holds the first value, after the last the last. Each key names the
easing by which it is reached. Frames are whole numbers, values carry the unit of what they move.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    Easing = Callable[[float], float]

Named = TypeVar("Named", bound="Callable[..., Any]")

EASINGS: dict[str, Easing] = {}
OVERSHOOT = 1.283
"""A back easing of this strength passes its goal by 6 % (its maximum, found numerically)."""


@dataclass(frozen=True)
class Key:
    """The value at a frame, and the easing on the way to it from the key before."""

    frame: int
    value: float
    ease: str = "linear"


Curve = tuple[Key, ...]

FULL: Curve = (Key(0, 1.0),)
STILL: Curve = (Key(0, 0.0),)


def registered(known: dict[str, Named]) -> Callable[[Named], Named]:
    """A decorator that enters functions in a table under their names, ``ease_out`` as ``ease-out``."""

    def enter(function: Named) -> Named:
        name = getattr(function, "__name__", "").replace("_", "-")
        assert name not in known, name
        known[name] = function
        return function

    return enter


easing = registered(EASINGS)
"""Enters an easing: f(0) = 0, f(1) = 1."""


@easing
def linear(t: float) -> float:
    """Even speed."""
    return t


@easing
def ease_out(t: float) -> float:
    """Fast, then settling (cubic)."""
    return 1.0 - (1.0 - t) ** 3


@easing
def ease_in(t: float) -> float:
    """Slow, then leaving (cubic)."""
    return t**3


@easing
def ease_in_out(t: float) -> float:
    """Slow at both ends (half a cosine)."""
    return 0.5 - 0.5 * math.cos(math.pi * t)


@easing
def overshoot(t: float) -> float:
    """Past the goal by 6 %, then back."""
    return 1.0 + (OVERSHOOT + 1.0) * (t - 1.0) ** 3 + OVERSHOOT * (t - 1.0) ** 2


def at(curve: Curve, frame: int) -> float:
    """The curve's value at a frame."""
    before, after = curve[0], curve[-1]
    if frame <= before.frame:
        return before.value
    if frame >= after.frame:
        return after.value
    for left, right in pairwise(curve):
        if frame <= right.frame:
            t = (frame - left.frame) / (right.frame - left.frame)
            return left.value + (right.value - left.value) * EASINGS[right.ease](t)
    return after.value


def steady(value: float) -> Curve:
    """A curve that never moves."""
    return (Key(0, value),)


def moves(curve: Curve, first: int, last: int) -> bool:
    """Whether the curve changes between two frames (both included)."""
    return len(curve) > 1 and any(at(curve, i) != at(curve, first) for i in range(first + 1, last + 1))

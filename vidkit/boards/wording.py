"""A scene's words as graphics: how they come, count up, move and leave."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from vidkit import layout, motion
from vidkit.boards import cueing
from vidkit.boards.pacing import COUNTED, COUNTED_WITHOUT, frames_of, timing
from vidkit.boards.scope import say, turn, unfit
from vidkit.motion import FULL, Key
from vidkit.storyboard import Box, Graphic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.boards.cueing import Span
    from vidkit.boards.pacing import Set
    from vidkit.kit import Words
    from vidkit.layout import Drawing, Stage, Studio
    from vidkit.motion import Curve

NUMBER = re.compile(r"\d+(?:\.\d+)?")
"""What can be counted up to."""


def whole(drawn: Drawing, frames: int) -> Graphic:
    """A drawing of the whole canvas, there for the whole scene."""
    return Graphic(drawn.svg, Box(0, 0, drawn.width, drawn.height), 0, frames)


def graphics(words: Words, drawn: Drawing, one: Set, stage: Stage, span: Span, studio: Studio) -> Iterator[Graphic]:
    """The graphics that words are, as often as their number changes on its way up."""
    spot = studio.parts.places[turn(words.place, one.scope)]
    box = layout.place(spot, drawn, stage)
    if spot.of == "canvas":
        yield Graphic(drawn.svg, box, 0, span.frames, scale=_slowly(words, one, span))
        return
    first, last = cueing.begins(words, span), span.last
    counted = tuple(_counting(words, one, stage, studio)) if words.count_up else ()
    step = frames_of("count_step_frames")
    for i, svg in enumerate(counted):
        at = first + i * step
        yield _entering(words, Graphic(svg, box, at, at + step), first, last)
    item = Graphic(drawn.svg, box, first + len(counted) * step, last, scale=_slowly(words, one, span))
    yield _entering(words, item, first, last)


def _counting(words: Words, one: Set, stage: Stage, studio: Studio) -> Iterator[str]:
    """The drawing with its number on the way up, in steps that slow down."""
    said = {slot: say(source, one.scope) for slot, source in words.slots.items()}
    number = said[words.count_up]
    if not number:
        return
    if not NUMBER.fullmatch(number):
        raise unfit(words.slots[words.count_up], "count", found=number)
    decimals = len(number.partition(".")[2])
    room = layout.room(studio.parts.places[turn(words.place, one.scope)], stage.safe)
    for step in range(1, COUNTED + 1):
        value = float(number) * motion.EASINGS["ease-out"](step / (COUNTED + 1))
        shown = {words.count_up: f"{value:.{decimals}f}"} | dict.fromkeys(COUNTED_WITHOUT, "")
        yield layout.drawing(studio, words.part, said, room, shown={k: v for k, v in shown.items() if k in said}).svg


def _slowly(words: Words, one: Set, span: Span) -> Curve:
    """How much larger a drawing slowly gets over its scene; one that drifts gets smaller again in the scene of the next item."""
    if words.move == "still":
        return FULL
    sizes = 1.0, 1 + timing("push_in" if words.move == "push-in" else "drawing_drift")
    start, end = sizes[::-1] if words.move == "drift" and one.index % 2 else sizes
    return Key(0, start), Key(span.frames - 1, end)


def _entering(words: Words, item: Graphic, first: int, last: int) -> Graphic:
    enter, leave = frames_of("enter_frames"), frames_of("leave_frames")
    opacity: list[Key] = [Key(0, 1.0)]
    dy = scale = None
    if words.enter != "none":
        opacity = [Key(first - 1, 0.0), Key(first + enter - 3, 1.0, "ease-out")]
    if words.enter == "rise":
        dy = (Key(first - 1, timing("rise_px")), Key(first + enter - 1, 0.0, "ease-out"))
    if words.enter == "pop":
        scale = (Key(first - 1, 0.6), Key(first + frames_of("pop_frames") - 1, 1.0, "overshoot"))
    if words.leave == "fade":
        opacity += [Key(last - leave - 1, 1.0), Key(last, 0.0, "ease-in")]
    return replace(item, opacity=tuple(opacity), dy=dy or item.dy, scale=scale or item.scale)

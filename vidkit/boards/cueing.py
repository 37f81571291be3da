"""A scene's time on the music: words that come with a sound come on a half beat, a reveal turns on one, and effects sound there.

Scenes are cut on half beats in the middle of their transitions. Words that have to wait until their scene has come in wait for the next
half beat if a sound comes with them; rows of a list follow each other on quarter beats. Where a voice decides when scenes change, words
come at once. Frames are those of the scene.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vidkit.motion import Curve, Key
from vidkit.storyboard import Cue
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vidkit.kit import Words
    from vidkit.storyboard import Reveal


@dataclass(frozen=True)
class Span:
    """A scene's time, in frames."""

    frames: int
    """How long it is."""
    head: int
    """How much of it the transition before takes."""
    tail: int
    """How much of it the transition after takes."""
    offset: int
    """Where it begins among the scenes of its item."""
    whole: int
    """How long these are together."""
    half_beat: float
    """How long half a beat is."""
    start: int = 0
    """The frame of the clip on which it begins."""

    @property
    def last(self) -> int:
        """The frame with which the transition into the next scene begins."""
        return self.frames - self.tail

    @property
    def on_beat(self) -> bool:
        """Whether the scene was cut on a half beat, to the frame."""
        cut = self.start + self.head / 2
        return abs(cut - round(cut / self.half_beat) * self.half_beat) <= 1

    def half_beats(self, frame: float) -> float:
        """How many half beats of the clip lie before a frame."""
        return (self.start + frame) / self.half_beat

    def frame(self, half_beats: float) -> int:
        """The frame nearest to so many half beats of the clip."""
        return round(half_beats * self.half_beat) - self.start


# Words


def begins(words: Words, span: Span) -> int:
    """The frame on which words begin to come in."""
    if words.ride:
        return 0
    at_once = span.head + words.delay
    if not words.sound or not span.on_beat:
        return at_once
    row, delay = divmod(words.delay, words.follow) if words.follow else (0, words.delay)
    apart = max(1, round(2 * words.follow / span.half_beat)) / 2
    on_beat = span.frame(math.ceil(span.half_beats(span.head + delay) - 0.1) + row * apart)
    return max(on_beat, span.head) if on_beat < (at_once + span.last) // 2 else at_once


def waits(words: Iterable[Words], head: float, half_beat: float) -> float:
    """Frames for which words that come with a sound wait for a half beat once their scene has come in, if it is cut on one."""
    return -(head / 2) % half_beat if any(one.sound and not one.ride for one in words) else 0.0


# Reveals


def course(kind: Reveal, span: Span) -> Curve:
    """A reveal's progress in a scene's time, bent so that it sounds on a half beat; one that turns on the beat is moved there."""
    keys = [Key(round(share * (span.frames - 1)), value, ease) for share, value, ease in reveal_curve(kind)]
    usual, wanted, last = _usual(kind, span), turns(kind, span), span.frames - 1
    if _on_beat(kind):
        inner = (Key(key.frame + wanted - usual, key.value, key.ease) for key in keys[1:-1])
        return (keys[0], *inner, keys[-1])
    return tuple(Key(_bent(key.frame, usual, wanted, last), key.value, key.ease) for key in keys)


def turns(kind: Reveal, span: Span) -> int:
    """The frame on which a reveal sounds: the half beat nearest to its usual one, after the cut and within the scene."""
    usual = _usual(kind, span)
    first = math.floor(span.half_beats(span.head / 2) + 0.1) + 1
    wanted = span.frame(max(first, round(span.half_beats(usual))))
    return wanted if 0 < wanted < span.frames - 1 else usual


def _usual(kind: Reveal, span: Span) -> int:
    """The frame on which a reveal would sound without music."""
    last = span.frames - 1
    if _on_beat(kind):
        return max(round(share * last) for share, value, _ in reveal_curve(kind) if not value) + 1
    return round(float(table("names")["reveals"][kind]["sound"][1]) * last)


def _on_beat(kind: Reveal) -> bool:
    return bool(table("names")["reveals"][kind].get("on_beat"))


def _bent(frame: int, usual: int, wanted: int, last: int) -> int:
    """A frame of a scene whose frame ``usual`` comes on frame ``wanted``, its first and last one where they are."""
    if frame <= usual:
        return round(frame * wanted / usual)
    return round(wanted + (frame - usual) * (last - wanted) / (last - usual))


def reveal_curve(kind: str) -> tuple[tuple[float, float, str], ...]:
    """A reveal's course: share of its time, share of the after that shows, easing."""
    return tuple((float(a), float(b), str(c)) for a, b, c in table("names")["reveals"][kind]["curve"])


# Sounds


def cues(words: Iterable[Words], span: Span, reveal: Reveal | None) -> Iterator[Cue]:
    """A scene's effects; what rides in with its scene sounds on the cut."""
    if reveal:
        yield Cue(turns(reveal, span), table("names")["reveals"][reveal]["sound"][0])
    for one in words:
        if one.sound:
            yield Cue(span.head // 2 if one.ride else begins(one, span), one.sound)

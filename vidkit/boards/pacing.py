"""Scenes to be shot → how long each is: everything can be read, a voice is never cut, the clip keeps within its length, cuts are on half beats.

A scene with a recorded voice lasts as long as its piece of the recording. Where the next scene goes on with the same recording the cut
lies on the frame where the pieces meet; elsewhere the voice gets room to breathe and the cut goes on a half beat like all others.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from vidkit.audio.track import RATE
from vidkit.boards.cueing import waits
from vidkit.problems import Refusal, problem
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vidkit.boards.voicing import Utterance
    from vidkit.brief import Brief
    from vidkit.kit import SceneSpec, Words
    from vidkit.kits.platform import Platform
    from vidkit.layout import Drawing
    from vidkit.storyboard import Transition

FPS = 30
"""Frames a second that ``data/timing.yaml`` counts in."""
STEPS = 40
"""How finely the pace between the shortest, the usual and the longest time is searched."""


@dataclass(frozen=True)
class Set:
    """One scene to be shot."""

    spec: SceneSpec
    scope: dict[str, Any]
    """What its references may name, its ``item`` too."""
    index: int
    """The item's number, from 0."""
    drawn: tuple[tuple[Words, Drawing], ...]
    into: Transition
    voice: Utterance | None = None
    """What is said in it."""
    foot: int = 0
    """The last row a card may use so that the words stand below it; 0: it has none."""

    @cached_property
    def reading(self) -> float:
        """Seconds needed to read the words."""
        return sum(d.reading for _, d in self.drawn) / timing("reading_per_second")

    @cached_property
    def entering(self) -> float:
        """Frames for which words that have to be read are still on their way in."""
        return frames_of("enter_frames") / 2 if any(w.enter != "none" and d.reading for w, d in self.drawn) else 0.0


def timing(name: str) -> float:
    """A number of ``data/timing.yaml``."""
    return float(table("timing")[name])


def frames_of(name: str) -> int:
    """A number of frames of ``data/timing.yaml``."""
    return int(table("timing")[name])


def paced(
    sets: tuple[Set, ...], shortest: float, limit: float, most: float, brief: Brief, platform: Platform
) -> tuple[tuple[Set, ...], float]:
    """The scenes to keep and the pace from −1 (shortest times) to 1 (longest) that brings the clip within its length.

    When even the shortest times are too long, words that need it may take up to ``most`` seconds; then optional scenes go, the first to
    go first.
    """
    kept = sets
    while True:
        lengths = {step: length(kept, step / STEPS) for step in range(-STEPS, STEPS + 1)}
        fitting = [step for step, seconds in lengths.items() if seconds <= limit]
        if fitting:
            long_enough = [step for step in fitting if lengths[step] >= shortest]
            best = min(long_enough or fitting[-1:], key=lambda step: (abs(step), step))
            return kept, best / STEPS
        if lengths[-STEPS] <= most:
            return kept, -1.0
        droppable = sorted({s.spec.optional for s in kept if s.spec.optional and not s.voice})
        if not droppable:
            seconds = lengths[-STEPS]
            raise Refusal(
                problem(
                    "VK-T003", brief.at("pairs") or brief.at("platforms"), **platform.titles,
                    seconds=f"{seconds:.0f}", limit=f"{max(limit, most):g}",
                )
            )  # fmt: skip
        kept = tuple(s for s in kept if s.voice or s.spec.optional != droppable[0])


def length(sets: tuple[Set, ...], pace: float) -> float:
    """Seconds of the clip at a pace."""
    return sum(_slot(sets, i, pace) for i in range(len(sets)))


def _slot(sets: tuple[Set, ...], at: int, pace: float, fps: int = 30) -> float:
    """Seconds from one cut point to the next at a pace, never less than the words and the voice need."""
    if _goes_on(sets, at):
        return _speaking(sets, at, fps) / fps
    short, usual, long = sets[at].spec.seconds
    wanted = usual + pace * ((long - usual) if pace > 0 else (usual - short))
    return max(wanted, _reading(sets, at, fps) / fps, _speaking(sets, at, fps) / fps)


def on_beat(sets: tuple[Set, ...], pace: float, fps: int, frames_per_beat: float, limit: float) -> tuple[int, ...]:
    """Each scene's frames from cut point to cut point, the cut points on half beats, the end on a whole beat: the
    scene before the last takes up the difference, so that end cards are alike.
    """
    unit = frames_per_beat / 2
    at, cuts = 0.0, [0]
    for i in range(len(sets)):
        if _goes_on(sets, i):
            cuts.append(_met(sets, i, cuts, fps))
            at = cuts[-1] / unit
            continue
        seconds = _slot(sets, i, pace, fps)
        at = max(at + 1, _snapped(at, seconds * fps / unit, _needed(sets, i, fps, unit) / unit))
        cuts.append(round(at * unit))
    slots = [b - a for a, b in pairwise(cuts)]
    waiting = max(len(slots) - 2, 0)
    whole = -(-cuts[-1] // frames_per_beat) * frames_per_beat
    if whole <= limit * fps and not _goes_on(sets, waiting):
        slots[waiting] += round(whole) - cuts[-1]
    shortest = [_least(sets, i, fps, unit) for i in range(len(sets))]
    return _brought_down(slots, shortest, round(limit * fps), round(unit))


def _least(sets: tuple[Set, ...], at: int, fps: int, unit: float) -> float:
    """Frames below which a scene is not brought; one with a voice keeps its room to breathe, one whose voice goes on every frame."""
    if _goes_on(sets, at):
        return math.inf
    return _slot(sets, at, -1.0, fps) * fps + (unit if sets[at].voice else 0)


def _brought_down(slots: Sequence[int], shortest: Sequence[float], limit: int, unit: int) -> tuple[int, ...]:
    """The slots brought down to ``limit`` frames in all, half beat by half beat, always where there is most to spare."""
    kept = list(slots)
    while sum(kept) > limit:
        roomiest = max(range(len(kept)), key=lambda i: kept[i] - shortest[i])
        kept[roomiest] -= min(unit, sum(kept) - limit)
    return tuple(kept)


def _needed(sets: tuple[Set, ...], at: int, fps: int, unit: float) -> float:
    """Frames that a scene's words need, also those that wait for a half beat, and its voice."""
    waiting = waits((words for words, _ in sets[at].drawn), sets[at - 1].into.frames if at else 0, unit)
    return max(_reading(sets, at, fps) + waiting, _speaking(sets, at, fps))


def _reading(sets: tuple[Set, ...], at: int, fps: int) -> float:
    """Frames from cut point to cut point that a scene's words need."""
    around = ((sets[at - 1].into.frames if at else 0) + sets[at].into.frames) / 2
    return sets[at].reading * fps + around + sets[at].entering if sets[at].reading else 0.0


def _snapped(start: float, wanted: float, needed: float) -> float:
    nearest = round(start + wanted)
    return float(nearest if nearest - start >= needed - 1e-6 else -(-(start + needed) // 1))


# Voices


@dataclass(frozen=True)
class Run:
    """Neighbouring scenes, from ``first`` to ``last``, through which one recording is heard without a break, samples ``start`` to ``end`` of it
    from a frame of the clip on.
    """

    first: int
    last: int
    key: str
    start: int
    end: int
    frame: int


def runs(sets: tuple[Set, ...], slots: Sequence[int]) -> tuple[Run, ...]:
    """What is heard from which frame on, of scenes of so many frames."""
    found: list[Run] = []
    for i, one in enumerate(sets):
        if not one.voice:
            continue
        if i and _goes_on(sets, i - 1):
            last = found.pop()
            found.append(Run(last.first, i, last.key, last.start, one.voice.end, last.frame))
        else:
            frame = sum(slots[:i]) + _lead(sets, i)
            found.append(Run(i, i, one.voice.key, one.voice.start, one.voice.end, frame))
    return tuple(found)


def _goes_on(sets: tuple[Set, ...], at: int) -> bool:
    """Whether the next scene goes on with this one's recording at once: within words always, between them if this one is long enough."""
    one, after = sets[at].voice, sets[at + 1].voice if at + 1 < len(sets) else None
    if one is None or after is None or one.key != after.key or one.end != after.start:
        return False
    least = float(table("voice")["scenes"]["least_seconds"])
    return one.joined or one.seconds >= max(least, _reading(sets, at, FPS) / FPS)


def _lead(sets: tuple[Set, ...], at: int) -> int:
    """Frames from a scene's cut point to its voice: nobody speaks while the scene still comes in."""
    return 0 if not at or _goes_on(sets, at - 1) else sets[at - 1].into.frames // 2


def _speaking(sets: tuple[Set, ...], at: int, fps: int) -> float:
    """Frames from cut point to cut point that a scene's voice needs, with room to breathe where the next one does not go on with it."""
    voice = sets[at].voice
    if voice is None:
        return 0.0
    breath = float(table("voice")["scenes"]["breathing_seconds"]) * fps + sets[at].into.frames / 2
    return _lead(sets, at) + voice.seconds * fps + (0 if _goes_on(sets, at) else breath)


def _met(sets: tuple[Set, ...], at: int, cuts: Sequence[int], fps: int) -> int:
    """The clip's frame on which a scene's piece of a recording ends, counted from where the recording began to be heard: nothing adds up."""
    first = at
    while first and _goes_on(sets, first - 1):
        first -= 1
    begun, now = sets[first].voice, sets[at].voice
    assert begun
    assert now
    return cuts[first] + _lead(sets, first) + round((now.end - begun.start) * fps / RATE)

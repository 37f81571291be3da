"""Scenes to be shot → how long each is: everything can be read, the clip keeps within its length, cuts are on half beats."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from vidkit.problems import Refusal, problem
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vidkit.brief import Brief
    from vidkit.kit import SceneSpec, Words
    from vidkit.layout import Drawing
    from vidkit.platform import Platform
    from vidkit.storyboard import Transition

STEPS = 40
"""How finely the pace between the shortest, the usual and the longest time is searched."""


@dataclass(frozen=True)
class Set:
    """One scene to be shot: its specification, the item it is for, the words it shows, and its place in its item's group."""

    spec: SceneSpec
    scope: dict[str, Any]
    index: int
    drawn: tuple[tuple[Words, Drawing], ...]
    into: Transition

    @property
    def reading(self) -> float:
        """Seconds needed to read the words."""
        return sum(d.reading for _, d in self.drawn) / timing("reading_per_second")


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
        droppable = sorted({s.spec.optional for s in kept if s.spec.optional})
        if not droppable:
            seconds = lengths[-STEPS]
            raise Refusal(
                problem(
                    "VK-T003", brief.at("pairs") or brief.at("platforms"), platform=platform.title_zh,
                    platform_en=platform.title_en, seconds=f"{seconds:.0f}", limit=f"{max(limit, most):g}",
                )
            )  # fmt: skip
        kept = tuple(s for s in kept if s.spec.optional != droppable[0])


def length(sets: tuple[Set, ...], pace: float) -> float:
    """Seconds of the clip at a pace."""
    return sum(_slot(sets, i, pace) for i in range(len(sets)))


def _slot(sets: tuple[Set, ...], at: int, pace: float, fps: int = 30) -> float:
    """Seconds from one cut point to the next at a pace, never less than the words need."""
    short, usual, long = sets[at].spec.seconds
    wanted = usual + pace * ((long - usual) if pace > 0 else (usual - short))
    around = ((sets[at - 1].into.frames if at else 0) + sets[at].into.frames) / 2 / fps
    entering = frames_of("enter_frames") / 2 / fps
    return max(wanted, sets[at].reading + around + entering if sets[at].reading else 0.0)


def on_beat(sets: tuple[Set, ...], pace: float, fps: int, frames_per_beat: float, limit: float) -> tuple[int, ...]:
    """Each scene's frames from cut point to cut point, the cut points on half beats, the end on a whole beat: the
    scene before the last takes up the difference, so that end cards are alike.
    """
    unit = frames_per_beat / 2
    at, cuts = 0.0, [0]
    for i in range(len(sets)):
        seconds = _slot(sets, i, pace, fps)
        at = max(at + 1, _snapped(at, seconds * fps / unit, _needed(sets, i, fps) / unit))
        cuts.append(round(at * unit))
    slots = [b - a for a, b in pairwise(cuts)]
    waiting = max(len(slots) - 2, 0)
    whole = -(-cuts[-1] // frames_per_beat) * frames_per_beat
    if whole <= limit * fps:
        slots[waiting] += round(whole) - cuts[-1]
    return _brought_down(
        slots, [_slot(sets, i, -1.0, fps) * fps for i in range(len(sets))], round(limit * fps), round(unit)
    )


def _brought_down(slots: Sequence[int], shortest: Sequence[float], limit: int, unit: int) -> tuple[int, ...]:
    """The slots brought down to ``limit`` frames in all, half beat by half beat, always where there is most to spare."""
    kept = list(slots)
    while sum(kept) > limit:
        roomiest = max(range(len(kept)), key=lambda i: kept[i] - shortest[i])
        kept[roomiest] -= min(unit, sum(kept) - limit)
    return tuple(kept)


def _needed(sets: tuple[Set, ...], at: int, fps: int) -> float:
    around = ((sets[at - 1].into.frames if at else 0) + sets[at].into.frames) / 2
    return sets[at].reading * fps + around + frames_of("enter_frames") / 2 if sets[at].reading else 0.0


def _snapped(start: float, wanted: float, needed: float) -> float:
    nearest = round(start + wanted)
    return float(nearest if nearest - start >= needed - 1e-6 else -(-(start + needed) // 1))

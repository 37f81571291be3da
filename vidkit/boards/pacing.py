"""Scenes to be shot → how long each is: everything can be read, a voice is never cut, the clip keeps within its length, cuts lie on beats.

A scene with a recorded voice lasts as long as its piece of the recording. Where the next scene goes on with the same recording the cut
lies on the frame where the pieces meet; elsewhere the voice gets room to breathe and the cut goes on a half beat.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from vidkit.audio.track import RATE
from vidkit.boards.cueing import waits
from vidkit.boards.scope import say
from vidkit.layout import characters
from vidkit.problems import Refusal, problem
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
OVER = 3
"""So many seconds a clip may take to be read at leisure for each by which its words make it too long: no jump where it begins to be."""
COUNTED = 6
"""A number counts up in so many steps."""
COUNTED_WITHOUT = ("unit",)
"""While a price counts up its unit is not shown: no price is ever on screen that does not exist."""
SPEEDS = 8
"""How finely the speed between unhurried and usual reading is searched."""


@dataclass(frozen=True)
class Stay:
    """What scenes that follow each other with the same photo have in common: its card keeps still through them."""

    first: int
    """The number of the first of them, from 0."""
    index: int
    """The number of that one's item, from 0."""
    scenes: int
    """How many they are."""
    under: int
    """The row where the words at the top of any of them end, px; 0 for none."""
    whole: bool
    """Whether all of them show the photo cut as little as can be."""


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
    stay: Stay | None = None
    """What it shares with its neighbours; None where no card keeps still."""
    top: int = 0
    """The row at which its card begins so that a title stands where it stands in the scenes around, px; 0: wherever the card is."""
    speed: float = field(default=0.0, compare=False)
    """How fast its words are read, characters a second; 0: as fast as others."""
    hurried: bool = field(default=False, compare=False)
    """Whether words that may be left to a glance get no time of their own."""

    @cached_property
    def reading(self) -> float:
        """Seconds needed to read the words."""
        return self._seconds(sum(d.reading - d.spare * self.hurried for _, d in self.drawn))

    @cached_property
    def entering(self) -> float:
        """Frames that pass, beside the time to read all its words, while they are on their way in or a number is on its way up: what stands
        beside the number is read meanwhile.
        """
        coming = any(w.enter != "none" and d.reading for w, d in self.drawn) * frames_of("enter_frames") / 2
        counting = [w for w, _ in self.drawn if w.count_up and say(w.slots[w.count_up], self.scope)]
        if not counting:
            return coming
        after = [w.slots[slot] for w in counting for slot in (w.count_up, *COUNTED_WITHOUT) if slot in w.slots]
        meanwhile = self.reading - self._seconds(sum(characters(say(source, self.scope)) for source in after))
        return max(coming, COUNTED * frames_of("count_step_frames") - max(0.0, meanwhile) * FPS)

    def _seconds(self, letters: int) -> float:
        """Seconds needed to read so many characters."""
        return letters / (self.speed or timing("reading_per_second"))


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

    When even the shortest times are too long, words that need it may take up to ``most`` seconds; then what may be left to a glance gets no time,
    then optional scenes go, the first to go first. Unhurried scenes are read slowly as far as the shortest times of the others leave room for it.
    """
    kept, longest = sets, max(limit, most)
    if length(kept, -1.0) > longest:
        kept = tuple(replace(one, hurried=True) for one in kept)
    while True:
        seconds = length(kept, -1.0)
        if seconds <= longest:
            read = _unhurried(kept, min(longest, limit + OVER * max(0.0, seconds - limit)))
            return read, _pace(read, shortest, limit)
        droppable = sorted({s.spec.optional for s in kept if s.spec.optional and not s.voice})
        if not droppable:
            raise Refusal(
                problem(
                    "VK-T003", brief.at("pairs") or brief.at("platforms"), **platform.titles,
                    seconds=f"{math.ceil(seconds)}", limit=f"{math.floor(longest)}",
                    count=5 * math.ceil((seconds - longest) * timing("reading_per_second") / 5),
                )
            )  # fmt: skip
        kept = tuple(s for s in kept if s.voice or s.spec.optional != droppable[0])


def _unhurried(sets: tuple[Set, ...], room: float) -> tuple[Set, ...]:
    """The scenes, the words of unhurried ones read as slowly as the shortest times leave room for, in seconds; where somebody speaks she decides."""
    slow, usual = timing("unhurried_per_second"), timing("reading_per_second")
    if any(one.spec.unhurried for one in sets):
        for step in range(SPEEDS):
            speed = slow + (usual - slow) * step / SPEEDS
            read = tuple(replace(s, speed=speed) if s.spec.unhurried and not s.voice else s for s in sets)
            if length(read, -1.0) <= room:
                return read
    return sets


def _pace(sets: tuple[Set, ...], shortest: float, limit: float) -> float:
    """The pace nearest to the usual one that brings scenes within a length, else the one that comes nearest to it."""
    needs, fitting = _needs(sets, FPS), [-STEPS]
    for step in sorted(range(-STEPS, STEPS + 1), key=abs):
        seconds = sum(need.at(step / STEPS) for need in needs)
        if shortest <= seconds <= limit:
            return step / STEPS
        fitting += [step] if seconds <= limit else []
    return max(fitting) / STEPS


def length(sets: tuple[Set, ...], pace: float) -> float:
    """Seconds of the clip at a pace."""
    return sum(need.at(pace) for need in _needs(sets, FPS))


@dataclass(frozen=True)
class Need:
    """What a scene's time follows from beside the pace, in seconds from cut point to cut point."""

    seconds: tuple[float, float, float]
    """The shortest, the usual and the longest time of its template."""
    least: float
    """What its words and its voice need."""
    goes_on: bool
    """Whether the next scene goes on with its voice, so that it lasts as long as that and nothing else counts."""

    def at(self, pace: float) -> float:
        """Seconds at a pace, never less than the words and the voice need."""
        if self.goes_on:
            return self.least
        short, usual, long = self.seconds
        return max(usual + pace * ((long - usual) if pace > 0 else (usual - short)), self.least)


def _needs(sets: tuple[Set, ...], fps: int) -> tuple[Need, ...]:
    return tuple(_need(sets, i, fps) for i in range(len(sets)))


def _need(sets: tuple[Set, ...], at: int, fps: int) -> Need:
    goes_on, speaking = _goes_on(sets, at), _speaking(sets, at, fps) / fps
    least = speaking if goes_on else max(_reading(sets, at, fps) / fps, speaking)
    return Need(sets[at].spec.seconds, least, goes_on)


# Cuts


@dataclass(frozen=True)
class Meter:
    """Where cuts may lie."""

    fps: int
    half_beat: float
    """Frames from one half beat to the next."""
    bar: int = 0
    """Beats in a bar; 0: no beat is heard, so that one half beat is as good as another."""

    @property
    def beat(self) -> float:
        """Frames from one beat to the next."""
        return 2 * self.half_beat


@dataclass(frozen=True)
class Room:
    """Where the cut after a scene may lie, in half beats from the cut before it."""

    wished: float
    needed: float
    """What its words and its voice need."""
    least: float
    """What it is never made shorter than, even in a clip at its limit."""
    soonest: float
    latest: float
    strict: bool
    """Whether its cut lies on the half beat nearest to what is wished, because of a voice."""
    goes_on: bool
    """Whether it lasts as long as its voice, to the frame."""


@dataclass(frozen=True)
class Way:
    """The cuts of a clip's first scenes."""

    cost: float
    """What it is away from what is wished, in seconds squared."""
    at: float
    """Where the last of them lies, in half beats."""
    cuts: tuple[int, ...]
    """Their frames."""


WAYS = 16
"""How many ways to cut the first scenes are kept to go on from."""


def on_beat(sets: tuple[Set, ...], pace: float, meter: Meter, limit: float, shortest: float = 0.0) -> tuple[int, ...]:
    """Each scene's frames from cut point to cut point, the cut points on half beats, the end on a whole beat where these limits leave one,
    ``shortest`` to ``limit`` seconds in all.

    Where a beat is heard, scenes in which nobody speaks are made a little longer or shorter, as far as their words and their template allow. So
    cuts lie on whole beats and the first beats of bars, and the last one where the music's last chord can come (``data/timing.yaml`` says how
    far). Where a voice or no beat decides, only the scene before the last takes up what is left to a whole beat. A clip that would be longer than its limit has shorter scenes, on half beats too, unless its words leave no half beat to take away.
    """
    needs, limits = _needs(sets, meter.fps), (shortest * meter.fps, round(limit * meter.fps))
    rooms = [_room(sets, need, i, pace, meter) for i, need in enumerate(needs)]
    cuts = _within(sets, rooms, replace(meter, bar=0), limits)
    if meter.bar:
        cuts = _within(sets, rooms, meter, limits, cuts[-1])
    slots = [b - a for a, b in pairwise(cuts)]
    least = [_least(sets, needs, i, meter) for i in range(len(sets))]
    return _brought_down(slots, least, limits[1], round(meter.half_beat))


def _room(sets: tuple[Set, ...], need: Need, at: int, pace: float, meter: Meter) -> Room:
    second = meter.fps / meter.half_beat
    wished, needed = need.at(pace), _needed(sets, at, meter.fps, meter.half_beat) / meter.half_beat
    reach = timing("closing_slack")
    least = max(1.0, needed, need.at(-1.0) * second + bool(sets[at].voice))
    soonest, latest = max(least, (wished - reach) * second), min(need.at(1.0), wished + reach) * second
    return Room(wished * second, needed, least, soonest, latest, bool(sets[at].voice), need.goes_on)


def _within(
    sets: tuple[Set, ...], rooms: Sequence[Room], meter: Meter, limits: tuple[float, int], aim: int | None = None
) -> tuple[int, ...]:
    """The cuts, and where these end too late, those that end in time."""
    cuts = _cuts(sets, rooms, meter, limits, aim, [math.inf] * len(rooms))
    if cuts[-1] <= limits[1]:
        return cuts
    ceilings = [limits[1] / meter.half_beat]
    for room in rooms[:0:-1]:
        ceilings.append(ceilings[-1] - (room.needed if room.goes_on else math.ceil(room.least - 1e-6)))
    return _cuts(sets, rooms, meter, limits, aim, ceilings[::-1])


def _cuts(
    sets: tuple[Set, ...],
    rooms: Sequence[Room],
    meter: Meter,
    limits: tuple[float, int],
    aim: int | None,
    ceilings: Sequence[float],
) -> tuple[int, ...]:
    """The frames of the cuts, and of the end, that miss least of what is wished, the end not far from frame ``aim``, no cut behind its ceiling
    in half beats where that is possible.
    """
    ways = [Way(0.0, 0.0, (0,))]
    for i, room in enumerate(rooms):
        if room.goes_on:
            met = [_met(sets, i, way.cuts, meter.fps) for way in ways]
            ways = [Way(w.cost, m / meter.half_beat, (*w.cuts, m)) for w, m in zip(ways, met, strict=True)]
        else:
            ways = _best(ways, room, len(rooms) - 1 - i, meter, ceilings[i])

    def cost(way: Way) -> tuple[int, bool, float, float]:
        end = way.cuts[-1]
        off = 0.0 if aim is None else ((end - aim) / meter.fps) ** 2
        return max(0, end - limits[1]), end < limits[0] - 1e-6, way.cost + off, way.at

    return min(ways, key=cost).cuts


def _best(ways: Iterable[Way], room: Room, left: int, meter: Meter, ceiling: float) -> list[Way]:
    """The ways with the cut after the next scene, when so many are ``left`` behind it: of those to each place the cheapest, of these the ``WAYS``
    cheapest and the one that is soonest there.
    """
    second, found = (meter.half_beat / meter.fps) ** 2, dict[float, tuple[float, Way]]()
    for way in ways:
        for place in _places(way.at, room, left, meter, ceiling):
            cost = way.cost + (place - way.at - room.wished) ** 2 * second
            if place not in found or cost < found[place][0]:
                found[place] = cost, way
    slack = (timing("beat_slack") ** 2, timing("bar_slack") ** 2, timing("closing_worth") ** 2)
    priced = ((cost + _missed(place, left, meter, *slack), place, way) for place, (cost, way) in found.items())
    soonest, *others = sorted(priced, key=lambda one: one[1])
    kept = (soonest, *sorted(others, key=lambda one: one[:2])[: WAYS - 1])
    return [Way(cost, place, (*way.cuts, round(place * meter.half_beat))) for cost, place, way in kept]


def _places(start: float, room: Room, left: int, meter: Meter, ceiling: float) -> Iterable[float]:
    """The half beats on which the cut after a scene may lie. The last but one takes up what is missing to a whole beat where it may not choose, the
    last where it cannot end on one else. Under a ceiling every shorter scene will do.
    """
    free = meter.bar and not room.strict
    nearest = max(start + 1, _snapped(start, room.wished, room.needed))
    first, last = math.ceil(start + room.soonest - 1e-6), math.floor(start + room.latest + 1e-6)
    usual = {nearest, *(range(first, last + 1) if free else ())}
    alone = not left and (meter.bar or not start) and all(place % 2 for place in usual)
    if alone or (left == 1 and not free):
        usual.add(nearest + 1)
    if ceiling == math.inf:
        return usual
    shortest = max(start + 1, math.ceil(start + room.least - 1e-6))
    return range(int(shortest), math.floor(min(ceiling, max(usual)) + 1e-6) + 1) or (shortest,)


def _missed(place: float, left: int, meter: Meter, beat: float, bar: float, closing: float) -> float:
    """What it costs that a cut, or the end, lies beside where it belongs in the music: as much as a scene that is too long or too short by
    the slack.
    """
    if not left:
        return closing * bool(place % 2)
    if not meter.bar:
        return 0.0
    off_bar = bar * bool(place % (2 * meter.bar)) + beat * bool(place % 2)
    strong = meter.bar * (1 + meter.bar % 2)  # a bar's first beat, and its middle where it has one, in half beats
    return off_bar + closing * bool(place % strong) if left == 1 else off_bar


def _least(sets: tuple[Set, ...], needs: Sequence[Need], at: int, meter: Meter) -> float:
    """Frames below which a scene is not brought; one with a voice keeps its room to breathe, one whose voice goes on every frame."""
    if needs[at].goes_on:
        return math.inf
    return needs[at].at(-1.0) * meter.fps + (meter.half_beat if sets[at].voice else 0)


def _brought_down(slots: Sequence[int], shortest: Sequence[float], limit: int, unit: int) -> tuple[int, ...]:
    """The slots brought down to ``limit`` frames in all, half beat by half beat, always where there is most to spare; where nowhere is a half
    beat to spare, as late as there is anything, so that the cuts before stay on the beat.
    """
    kept = list(slots)
    while (over := sum(kept) - limit) > 0:
        spare = [math.floor(a - b) if b < math.inf else -limit for a, b in zip(kept, shortest, strict=True)]
        roomiest = max(range(len(kept)), key=spare.__getitem__)
        last = max((i for i, frames in enumerate(spare) if frames > 0), default=roomiest)
        at, taken = (roomiest, unit) if spare[roomiest] >= unit else (last, min(over, max(1, spare[last])))
        kept[at] -= taken
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

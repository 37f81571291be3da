"""How long scenes are: their words' time always holds, cuts lie on beats where that costs little, and the last one where the music can end."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

import made_up
import pytest
from hypothesis import given
from hypothesis import strategies as st
from last_chord import landing

from vidkit import board, kit, plan
from vidkit.audio import score, track
from vidkit.audio.track import RATE
from vidkit.boards import pacing
from vidkit.boards.pacing import Meter, Set
from vidkit.boards.voicing import Utterance
from vidkit.kit import SceneSpec, Words
from vidkit.kits import platform
from vidkit.layout import Drawing
from vidkit.problems import Refusal
from vidkit.storyboard import Transition

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vidkit.storyboard import Storyboard

TEMPLATES = [name for name, _ in kit.template_names(kit.shelf())]
BEDS = track.beds()
METERS = [Meter(30, bed.beat_samples * 15 / RATE, bed.beats_per_bar) for bed in BEDS]


def shot(seconds: tuple[float, float, float], characters: int, into: int = 0, voice: Utterance | None = None) -> Set:
    """A scene with so many characters to read, which pop on a half beat."""
    words = (Words(part="card", place="list", sound="pop"), Drawing("", 100, 100, reading=characters))
    spec = SceneSpec(name="a", seconds=seconds)
    return Set(spec, {}, 0, (words,), Transition("slide", into) if into else Transition(), voice)


lasting = st.tuples(*[st.integers(8, 36)] * 3).map(lambda tenths: tuple(one / 10 for one in sorted(tenths)))
shots = st.lists(st.builds(shot, lasting, st.integers(0, 30), st.sampled_from((0, 10))), min_size=1, max_size=14)


@given(shots, st.sampled_from(METERS), st.integers(-40, 40), st.floats(0, 3))
def test_words_can_always_be_read(sets: list[Set], meter: Meter, step: int, more: float) -> None:
    """Whatever the music: no scene is shorter than its words need and no clip longer than its limit; the same cuts each time."""
    made, pace = tuple(sets), step / pacing.STEPS
    limit = pacing.length(made, pace) + more
    slots = pacing.on_beat(made, pace, meter, limit)
    assert sum(slots) <= round(limit * 30)
    assert all(slot > pacing._reading(made, i, 30) - 1 for i, slot in enumerate(slots))
    assert all(slot > pacing._need(made, i, 30).at(-1.0) * 30 - 1 - meter.half_beat for i, slot in enumerate(slots))
    assert pacing.on_beat(made, pace, meter, limit) == slots


@pytest.mark.parametrize(
    ("limit", "most", "speed", "others"),
    [
        (30, 30, 5, 8.0),  # where there is time
        (11, 11, 5, 5.2),  # others give way first
        (10.2, 10.2, 5.5, 5.0),  # then as slowly as there is time
        (6, 20, 5, 5.0),  # a clip that its words make longer than usual may take the time they need
        (6, 9.5, 6.5, 5.0),
        (8.9, 20, 6.25, 5.0),  # one that is hardly too long is not made much longer
    ],
)
def test_unhurried_words_are_read_slowly_where_others_leave_time(
    limit: float, most: float, speed: float, others: float
) -> None:
    """Other scenes come down to their shortest times before a customer's own words are read faster."""
    page = shot((1.8, 2.4, 3.6), 28)
    slow = replace(page, spec=page.spec.model_copy(update={"unhurried": True}))
    brief, where = made_up.brief(made_up.Ask("case")), platform.load("douyin")
    sets = (slow, shot((2.0, 4.0, 4.0), 0), shot((3.0, 4.0, 4.0), 0))
    read, pace = pacing.paced(sets, 1, limit, most, brief, where)
    assert read[0].speed == pytest.approx(speed, abs=0.26)
    assert sum(pacing._need(read, i, 30).at(pace) for i in (1, 2)) == pytest.approx(others, abs=0.2)
    assert pacing.length(read, pace) <= most


def test_what_may_be_left_to_a_glance_gets_its_time_only_where_there_is_some() -> None:
    """Who wrote a review is read, unless the clip would be too long for it; one that is too long all the same says how much."""
    page = shot((1.0, 1.0, 2.0), 28)
    glanced = replace(page, drawn=tuple((words, replace(drawn, spare=14)) for words, drawn in page.drawn))
    brief, where = made_up.brief(made_up.Ask("case")), platform.load("douyin")
    for most, seconds in ((5, 4.0), (4, 2.0)):
        read, pace = pacing.paced((glanced,), 1, 4, most, brief, where)
        assert (read[0].reading, pacing.length(read, pace) <= most) == (seconds, True)
    with pytest.raises(Refusal) as caught:
        pacing.paced((page,), 1, 4, 4.1, brief, where)
    told = dict(caught.value.problems[0].values)
    assert (told["seconds"], told["limit"], told["count"]) == ("5", "4", "5")


@pytest.mark.parametrize(
    ("beside", "amount", "frames"),
    [("", "158", 12), ("含", "158", 12 - 30 / 7), ("含滤网，外机另计", "158", 5), ("含滤网，外机另计", "", 5)],
)
def test_what_stands_beside_a_number_is_read_while_it_counts_up(beside: str, amount: str, frames: float) -> None:
    """Counting takes only what goes beyond that; the number and its unit are read when it stands still."""
    slots = {"amount": amount, "unit": "元/台", "conditions": beside}
    words = Words(part="price-card", place="list", enter="pop", slots=slots, count_up="amount")
    drawn = Drawing("", 100, 100, reading=sum(map(len, slots.values())))
    one = Set(SceneSpec(name="a", seconds=(1.0, 1.0, 2.0)), {}, 0, ((words, drawn),), Transition())
    assert one.entering == pytest.approx(frames)


@given(shots, st.sampled_from(METERS))
def test_clips_stay_about_as_long_as_without_music(sets: list[Set], meter: Meter) -> None:
    """No scene is moved further than the last chord is worth, and what scenes win and lose evens out to two seconds at most."""
    made = tuple(sets)
    slots = pacing.on_beat(made, 0.0, meter, 99.0)
    plain = pacing.on_beat(made, 0.0, replace(meter, bar=0), 99.0)
    assert abs(sum(slots) - sum(plain)) / 30 <= 2.0
    for slot, need, i in zip(slots, pacing._needs(made, 30), range(len(made)), strict=True):
        waiting = pacing._needed(made, i, 30, meter.half_beat)
        most = max(need.at(0.0) * 30 + 30 * pacing.timing("closing_slack"), waiting + 2 * meter.half_beat)
        assert slot <= most + 1


@given(shots, st.sampled_from(METERS))
def test_no_scene_is_longer_than_its_template_says(sets: list[Set], meter: Meter) -> None:
    """But to the nearest half beat, for its words, or the last one to end on a whole beat."""
    made = tuple(sets)
    *slots, last = pacing.on_beat(made, 0.0, meter, 99.0)
    for i, slot in enumerate((*slots, last)):
        most = max(made[i].spec.seconds[2] * 30 + meter.half_beat / 2, pacing._needed(made, i, 30, meter.half_beat))
        assert slot <= most + meter.half_beat * (1 + (i == len(slots))) + 1


def test_a_scene_keeps_to_its_template_at_every_tempo() -> None:
    """One second at most and not a half beat more, though a whole beat would be near."""
    made = tuple(shot(seconds, 0) for seconds in ((0.8, 1.0, 1.0), *[(2.0, 2.4, 3.0)] * 4))
    for bpm in (60, 72, 75, 90, 100, 120):
        assert pacing.on_beat(made, 0.0, Meter(30, 900 / bpm, 4), 60.0)[0] <= 30 + 900 / bpm / 2 + 1


@pytest.mark.parametrize("meter", METERS, ids=[bed.id for bed in BEDS])
@pytest.mark.parametrize("bar", [True, False])
def test_a_clip_at_its_limit_stays_on_the_beat(meter: Meter, bar: bool) -> None:  # noqa: FBT001
    """Every cut on a half beat, no scene shorter than its template says, as long as there are half beats to take away."""
    made = tuple(shot((1.5, seconds, 4.0), 0) for seconds in (2.3, 2.6, 3.1, 2.2, 2.7, 3.4, 2.9, 2.5))
    limit = pacing.length(made, 0.0) - 1.7
    slots = pacing.on_beat(made, 0.0, meter if bar else replace(meter, bar=0), limit)
    assert sum(slots) <= round(limit * 30)
    assert all(on(cut, meter.half_beat) for cut in accumulate(slots))
    assert min(slots) >= 44


def test_where_no_half_beat_is_left_the_last_scenes_give_way() -> None:
    """Cuts before them stay where they are."""
    assert pacing._brought_down((40, 40, 40, 40), (38, 38, 38, 38), 157, 10) == (40, 40, 39, 38)
    assert pacing._brought_down((40, 60, 40, 40), (38, 38, 38, 38), 171, 10) == (40, 50, 40, 40)


@pytest.mark.parametrize("meter", METERS, ids=[bed.id for bed in BEDS])
def test_a_voice_decides_before_the_beat(meter: Meter) -> None:
    """Scenes in which somebody speaks are cut as without a bar, those that go on with the same recording on the frame."""
    pieces = [Utterance("v", a, b) for a, b in ((0, 3 * RATE), (3 * RATE, 7 * RATE), (8 * RATE, 11 * RATE))]
    made = tuple(shot((1.5, 2.0, 3.0), 8, 10, piece) for piece in (*pieces, None))
    slots = pacing.on_beat(made, 0.0, meter, 60.0)
    plain = pacing.on_beat(made, 0.0, replace(meter, bar=0), 60.0)
    assert slots[:2] == plain[:2]
    assert abs(slots[2] - plain[2]) <= meter.half_beat + 1
    assert slots[0] == 3 * 30


def test_without_a_beat_nothing_is_moved() -> None:
    """Where nobody hears a beat cuts are those nearest to what is wished; only the last scene but one brings the end to a whole one."""
    made = tuple(shot((1.0, wished, 4.0), 0) for wished in (2.1, 1.9, 2.4, 2.7))
    slots = pacing.on_beat(made, 0.0, Meter(30, 7.5), 60.0)
    assert [cut / 7.5 for cut in accumulate(slots)] == pytest.approx([8, 16, 27, 38], abs=0.1)


@cache
def drawn(template: str, bed: track.Bed) -> Storyboard:
    """A made-up brief of a template on a bed's beat."""
    script = made_up.script(made_up.Ask(template=template, many=True, options=True))
    where = platform.load("douyin")
    meter = Meter(where.fps, bed.beat_samples * where.fps / RATE / 2, bed.beats_per_bar)
    studio = plan.studio(script, where.canvas)
    return board.draw(script.brief, script.template, where, studio, script.prints, meter)


def cuts(made: Storyboard) -> Iterable[float]:
    """The frames in the middle of the transitions."""
    heads = [scene.into.frames for scene in made.scenes[:-1]]
    return [start + head / 2 for start, head in zip(made.starts[1:], heads, strict=True)]


def on(frame: float, grid: float) -> bool:
    """Whether a frame lies within one of a grid's lines."""
    return abs(frame - round(frame / grid) * grid) <= 1


def test_most_cuts_lie_on_beats() -> None:
    """In every template with every bed taken together: three of four on a beat, one of four on a bar's first; nearly all on half beats."""
    found = [
        (on(cut, beat / 2), on(cut, beat), on(cut, beat * bed.beats_per_bar))
        for bed in BEDS
        for template in TEMPLATES
        for beat in (bed.beat_samples * 30 / RATE,)
        for cut in cuts(drawn(template, bed))
    ]
    halves, beats, bars = (sum(column) / len(found) for column in zip(*found, strict=True))
    assert halves > 0.95
    assert beats > 0.75
    assert bars > 0.25


def test_the_last_scene_begins_where_the_music_can_end() -> None:
    """On a bar's first beat, or its middle where it has one, in three of four clips."""
    strong = [
        on(list(cuts(drawn(template, bed)))[-1], bed.beat_samples * 30 / RATE * bed.beats_per_bar / halves)
        for bed in BEDS
        for template in TEMPLATES
        for halves in (2 - bed.beats_per_bar % 2,)
    ]
    assert sum(strong) / len(strong) > 0.75


def test_bars_are_those_of_the_music() -> None:
    """The bed's, or an even piece's of a person; none where beats are off, nothing is heard, or the music breathes."""
    brief = made_up.brief(made_up.Ask("case"))
    even = track.Tune("a" * 64, tuple(range(0, 20 * RATE, RATE // 2)), beats_per_bar=3)
    uneven = replace(even, beats=(0, RATE, 3 * RATE, 4 * RATE, 4 * RATE + 9000, 6 * RATE))
    waltz, silent = track.Track(0, 30, "suppertime"), track.Track(0, 30, None)
    assert [score.meter(brief, one).bar for one in (waltz, silent)] == [3, 0]
    assert [score.meter(brief, replace(silent, tune=one)).bar for one in (even, uneven)] == [3, 0]
    assert score.meter(brief.model_copy(update={"beats": False}), waltz).bar == 0


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_track_knows_the_last_cut(template: str) -> None:
    """The music ends for the last scene: the chord comes on its cut where that lies on a beat, else within a bar's half (a waltz: a bar) of it."""
    script = made_up.script(made_up.Ask(template=template))
    made = plan.plan(script, platform.load("douyin"))
    closing, landed = made.track.closing, landing(made.track)
    assert closing == list(cuts(made.board))[-1]
    assert landed is not None
    bed = track.bed(made.track.bed or "")
    beat = bed.beat_samples * 30 / RATE
    met = on(closing, beat) and not bed.beats_per_bar % 2
    assert abs(landed - closing) <= (1 if met else 2 * beat)
    assert all(abs(cue.frame - closing) <= 1 for cue in made.track.cues[-1:] if cue.kind == "chime")

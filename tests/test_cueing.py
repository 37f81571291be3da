"""Effects, reveals and words that come with a sound lie on the music's half beats, within one frame, whatever the music."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import made_up
import pytest

from vidkit import board, kit, plan
from vidkit.boards import cueing
from vidkit.boards.cueing import Span
from vidkit.boards.pacing import Meter
from vidkit.kit import Words
from vidkit.kits import platform
from vidkit.motion import at
from vidkit.storyboard import Compare, Storyboard
from vidkit.tables import table

TEMPLATES = [name for name, _ in kit.template_names(kit.shelf())]
REVEALS = tuple(table("names")["reveals"])
SCENE = Span(90, 10, 10, 0, 90, 9.0, 49)  # cut on the sixth half beat, after 54 frames
POP = Words(part="card", place="list", sound="pop")


def drawn(template: str, beat: float) -> Storyboard:
    """A made-up brief of a template, its cuts on a beat of so many frames."""
    script = made_up.script(made_up.Ask(template=template, brand="linli", many=True, options=True))
    where = platform.load("douyin")
    studio = plan.studio(script, where.canvas)
    return board.draw(script.brief, script.template, where, studio, script.prints, Meter(where.fps, beat / 2))


def beside(made: Storyboard, beat: float) -> list[float]:
    """How many frames every effect of scenes that are cut on a half beat lies beside one, or in lists beside a quarter beat."""
    half, found = beat / 2, []
    heads = (0, *(scene.into.frames for scene in made.scenes[:-1]))
    for scene, start, head in zip(made.scenes, made.starts, heads, strict=True):
        on_beat = Span(scene.frames, head, 0, 0, scene.frames, half, start).on_beat
        grid = half / 2 if sum(cue.kind == "pop" for cue in scene.cues) > 1 else half
        at = [start + cue.frame for cue in scene.cues if on_beat]
        found += [abs(frame - round(frame / grid) * grid) for frame in at]
    return found


@pytest.mark.parametrize("beat", [15.0, 18.0, 20.0, 24.0, 25.0, 30.0])
@pytest.mark.parametrize("template", TEMPLATES)
def test_effects_lie_on_half_beats(template: str, beat: float) -> None:
    """Of every bed's beat, in every template, within a frame."""
    made = drawn(template, beat)
    assert max(beside(made, beat), default=0.0) <= 1
    assert all(0 <= cue.frame < scene.frames for scene in made.scenes for cue in scene.cues)


def test_words_come_with_their_sound() -> None:
    """A card that pops begins to come on the frame of its sound."""
    made = drawn("case", 30.0)
    for scene in made.scenes:
        for cue in scene.cues:
            begun = {g.first for g in scene.graphics}
            reveals = [p for p in scene.pictures if isinstance(p, Compare)]
            assert reveals or cue.frame in begun or (0 in begun and cue.frame == 5)  # or they ride in with their scene


def test_words_without_a_sound_come_at_once() -> None:
    """So do all where a voice decides when scenes change, and those that ride in with their scene."""
    quiet = POP.model_copy(update={"sound": ""})
    assert cueing.begins(quiet, SCENE) == 10
    assert cueing.begins(POP, SCENE) == 14
    assert cueing.begins(POP, replace(SCENE, start=45)) == 10
    assert cueing.begins(POP.model_copy(update={"ride": True}), SCENE) == 0


def test_rows_follow_on_quarter_beats() -> None:
    """The first on the half beat, the others a quarter beat apart or the multiple nearest to what the template wants."""
    rows = [POP.model_copy(update={"follow": 4, "delay": 4 * row}) for row in range(4)]
    assert [cueing.begins(row, SCENE) for row in rows] == [14, 19, 23, 27]
    slow = replace(SCENE, half_beat=15.0, start=25)
    assert [cueing.begins(row, slow) for row in rows] == [20, 27, 35, 43]


def test_a_short_scene_does_not_wait() -> None:
    """Words that would come after the middle of what is left come at once."""
    assert cueing.begins(POP, replace(SCENE, frames=28, tail=10, half_beat=30.0, start=25)) == 10


@pytest.mark.parametrize("start", [0, 49, 101])
@pytest.mark.parametrize("kind", REVEALS)
def test_a_reveal_sounds_on_the_beat_and_shows_everything(kind: str, start: int) -> None:
    """Its curve keeps its ends and its order; where it sounds the same share of it is seen as on its usual course."""
    span = replace(SCENE, start=start, frames=80)
    curve = cueing.course(kind, span)  # type: ignore[arg-type]
    frame = cueing.turns(kind, span)  # type: ignore[arg-type]
    assert (start + frame) % 9 == 0
    assert (curve[0].frame, curve[-1].frame) == (0, 79)
    assert all(a.frame <= b.frame for a, b in pairwise(curve))
    assert (curve[0].value, curve[-1].value) == tuple(cueing.reveal_curve(kind)[end][1] for end in (0, -1))
    if not table("names")["reveals"][kind].get("on_beat"):
        free = cueing.course(kind, replace(span, half_beat=0.5))  # type: ignore[arg-type]
        usual = round(table("names")["reveals"][kind]["sound"][1] * 79)
        assert at(curve, frame) == pytest.approx(at(free, usual), abs=0.1)


def test_without_beats_nothing_moves() -> None:
    """节拍: 关: a beat of two frames."""
    free = replace(SCENE, half_beat=1.0)
    assert cueing.begins(POP, free) == 10
    assert cueing.turns("split", free) == round(table("names")["reveals"]["split"]["sound"][1] * 89)


def test_waiting_is_told() -> None:
    """As many frames as words with a sound wait for, so that there is time to read them."""
    assert cueing.waits([POP], 10, 9.0) == 4
    assert cueing.waits([POP.model_copy(update={"sound": ""})], 10, 9.0) == 0
    assert cueing.waits([POP], 0, 9.0) == 0

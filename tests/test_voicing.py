"""Recordings of any length under any template: heard to their end, never two at once, their words one at a time inside the safe box."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import made_up
import pytest

from vidkit import board, kit, plan, timeline
from vidkit.audio.phrases import phrases
from vidkit.audio.spoken import Said
from vidkit.audio.track import RATE
from vidkit.boards.pacing import Meter
from vidkit.brief import Brief, Recording
from vidkit.kits import platform
from vidkit.problems import Place

if TYPE_CHECKING:
    from vidkit.boards.voicing import Voicing
    from vidkit.kits.platform import Platform
    from vidkit.storyboard import Storyboard

PLACE = Place("a.yaml", 1, 1)
WAYS = ("whole", "sections", "people", "pairs", "review")
TEMPLATES = [name for name, _ in kit.template_names(kit.shelf())]


@dataclass(frozen=True)
class Imagined:
    """Recordings that nobody made: each of a length by its name, its words evenly spoken with pauses or without."""

    seed: int

    def key(self, recording: Recording) -> str:
        """Its name."""
        return recording.name

    def length(self, recording: Recording) -> int:
        """One second to fourteen, a minute for a whole clip."""
        most = 60 if recording.name == "whole" else 14
        return int(RATE * random.Random(f"{recording.name}{self.seed}").uniform(1, most))  # noqa: S311  # no secret

    def timed(self, recording: Recording, texts: tuple[str, ...]) -> tuple[tuple[Said, ...], ...]:
        """The phrases one after the other, with pauses in some recordings."""
        groups = [phrases(text) for text in texts]
        pause = 0.3 * (self.seed % 2)
        total = sum(phrase.syllables + pause for group in groups for phrase in group)
        at, one, said = 0.0, self.length(recording) / total, []
        for group in groups:
            row = []
            for phrase in group:
                row.append(Said(phrase, int(at * one), int((at + phrase.syllables) * one)))
                at += phrase.syllables + pause
            said.append(tuple(row))
        return tuple(said)


def recorded(brief: Brief, way: str) -> Brief:
    """A made-up brief with recordings of one kind, and with places for its words."""

    def named(name: str) -> Recording:
        return Recording(name=name, path=Path("/voice") / name, place=PLACE)

    fields = [*("hook", "closing", "advice", "problem", "result", "review.text")]
    fields += [f"sections.{i}.lines.{j}" for i, one in enumerate(brief.sections) for j in range(len(one.lines))]
    fields += [f"people.{i}.quote" for i in range(len(brief.people))]
    fields += [f"pairs.{i}.note" for i in range(len(brief.pairs))]
    said = {"places": tuple((name, PLACE) for name in fields)}
    if way == "whole":
        return brief.model_copy(update={**said, "recording": named(way)})
    if way == "review":
        heard = {"recording": named(way)}
        return brief.model_copy(update={**said, way: brief.review and brief.review.model_copy(update=heard)})
    own = tuple(one.model_copy(update={"recording": named(f"{way}-{i}")}) for i, one in enumerate(getattr(brief, way)))
    return brief.model_copy(update={**said, way: own})


def drawn(ask: made_up.Ask, way: str, heard: Imagined, where: Platform) -> tuple[Brief, Voicing, Storyboard]:
    """The storyboard of a made-up brief with recordings."""
    script = made_up.script(ask)
    brief, studio = recorded(script.brief, way), plan.studio(script, where.canvas)
    voices = board.voices(brief, script.template, where, studio, heard)
    return (
        brief,
        voices,
        board.draw(brief, script.template, where, studio, script.prints, Meter(where.fps, 9.0), voices),
    )


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("template", TEMPLATES)
def test_voices_are_heard_to_their_end(template: str, seed: int, way: str) -> None:
    """Every recording with a place is heard whole, none over another, all within the clip; transitions fit between."""
    where, heard = platform.load("douyin"), Imagined(seed)
    ask = made_up.Ask(template=template, brand="linli", long=False, many=bool(seed), options=True)
    brief, voices, made = drawn(ask, way, heard, where)
    assert sum(one.frames for one in timeline.cut(made)) == made.frames
    for one in set(brief.recordings) - set(voices.unheard):
        assert sum(s.length for s in made.speeches if s.key == one.name) == heard.length(one)
    ends = [(one.frame, one.frame + one.length * made.fps / RATE) for one in made.speeches]
    assert all(a[1] <= b[0] + 1 for a, b in pairwise(sorted(ends)))
    assert max((end for _, end in ends), default=0) <= made.frames
    assert all(a.last <= b.first for a, b in pairwise(made.subtitles))
    for caption in made.captions:
        assert where.safe.top <= caption.box.y <= where.safe.bottom - caption.box.height
        assert where.safe.left <= caption.box.x <= where.safe.narrow_right - caption.box.width


def test_a_line_told_in_parts_is_heard_in_parts() -> None:
    """Each shot of a line that is too long for one has its own piece of the recording, the next beginning where one ends, with all its words."""
    script, where = made_up.script(made_up.Ask("steps")), platform.load("douyin")
    line = "台面上的瓶瓶罐罐先搬到客厅，一件件擦干净再放回去，省得擦完又弄脏"
    sections = tuple(one.model_copy(update={"lines": (line,)}) for one in script.brief.sections)
    brief = recorded(script.brief.model_copy(update={"sections": sections}), "sections")
    studio = plan.studio(script, where.canvas)
    voices = board.voices(brief, script.template, where, studio, Imagined(1))
    for i in range(len(sections)):
        heard = [one for one in voices.heard if one and one.key == f"sections-{i}"]
        assert len(heard) == 2
        assert heard[0].end == heard[1].start
        said = "".join(said.phrase.text for one in heard for said in one.said)
        assert "".join(filter(str.isalnum, said)) == "".join(filter(str.isalnum, line))


def test_nothing_changes_without_recordings() -> None:
    """The storyboard is the same, voices asked for or not."""
    where = platform.load("douyin")
    ask = made_up.Ask(template="story", brand="linli", long=False, many=False, options=True)
    script = made_up.script(ask)
    studio = plan.studio(script, where.canvas)
    voices = board.voices(script.brief, script.template, where, studio, Imagined(0))
    first, second = (
        board.draw(script.brief, script.template, where, studio, script.prints, Meter(where.fps, 9.0), one)
        for one in (None, voices)
    )
    assert first == second
    assert (first.speeches, first.subtitles, first.captions) == ((), (), ())

"""A clip longer than its template means it to be names the texts to shorten."""

from __future__ import annotations

import made_up

from vidkit.boards import brevity
from vidkit.problems import Place, problem


def test_a_long_clip_names_its_longest_texts() -> None:
    """The longest first, with their lines, and how much less would do."""
    script = made_up.script(made_up.Ask("recruit", long=True, options=True))
    words = {"join": "周一到周五，到社区服务站二楼，敲门就行，找秀兰孃孃", "training": "先学七天，再跟师傅上门三次"}
    places = (("join", Place("made-up.yaml", 3, 1)), ("training", Place("made-up.yaml", 4, 1)))
    brief = script.brief.model_copy(update={"places": places, **words})
    (told,) = brevity.overlong(brief, script.template, script.template.seconds[1] + 8)
    assert (told.code, told.level, told.place) == ("VK-T006", "warning", places[0][1])
    hint = told.hint("zh")
    assert hint
    assert "60" in hint
    assert "「周一到周五，到社区服…」（第 3 行，25 字）、「先学七天，再跟师傅上…」（第 4 行，13 字）" in hint
    assert "line 3" in (told.hint("en") or "")


def test_a_clip_within_its_length_says_nothing() -> None:
    """Up to a second over nobody notices."""
    script = made_up.script(made_up.Ask("recruit", long=True, options=True))
    brief = script.brief.model_copy(update={"places": (("title", Place("made-up.yaml", 2, 1)),)})
    assert brevity.overlong(brief, script.template, script.template.seconds[1] + 0.5) == ()
    assert brevity.overlong(brief, script.template, script.template.seconds[1] + 5)


def test_of_clips_of_several_platforms_the_longest_is_told() -> None:
    """Once, among what else is told, each of that once."""
    script = made_up.script(made_up.Ask("recruit", long=True, options=True))
    brief, limit = (
        script.brief.model_copy(update={"places": (("title", Place("made-up.yaml", 2, 1)),)}),
        script.template.seconds[1],
    )
    (short,), (long,) = (brevity.overlong(brief, script.template, limit + over) for over in (5, 9))
    other = problem("VK-V020", None, key="字幕")
    assert brevity.longest((short, other, long, other)) == (long, other)
    assert brevity.longest((long, other, short)) == (long, other)


def test_what_somebody_else_wrote_is_not_to_be_shortened() -> None:
    """A review is quoted as it is: where it is most of the clip, whole sentences of it may be chosen if the customer agrees, and no list of short
    texts is given that could not make up for it.
    """
    script = made_up.script(made_up.Ask("review", long=True, options=True))
    places = (("review.text", Place("made-up.yaml", 4, 1)), ("title", Place("made-up.yaml", 2, 1)))
    brief = script.brief.model_copy(update={"places": places})
    assert brief.review
    (told,) = brevity.overlong(brief, script.template, script.template.seconds[1] + 9)
    assert (told.code, told.level, told.place) == ("VK-T008", "warning", places[0][1])
    assert f"{len(brief.review.text)} 个字" in told.cause("zh")
    assert "请客户同意" in (told.hint("zh") or "")
    short = brief.model_copy(update={"review": brief.review.model_copy(update={"text": "好"})})
    (told,) = brevity.overlong(short, script.template, script.template.seconds[1] + 9)
    assert (told.code, told.place) == ("VK-T006", places[1][1])

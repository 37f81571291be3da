"""What clips of people rest on: her words in pages, who taught whom, galleries of faces, landscape photos shown whole."""

from __future__ import annotations

import dataclasses
import itertools
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import Ask, script

from vidkit import layout, plan
from vidkit.boards import scope
from vidkit.brief import Person
from vidkit.kits import platform
from vidkit.photos.prints import Print, crop, crop_below
from vidkit.storyboard import Photo
from vidkit.tables import table

if TYPE_CHECKING:
    from vidkit.storyboard import Storyboard

NAMES = ("秀兰", "美华", "春燕", "桂芬")
CANVAS = (1080, 1920)
people = st.lists(st.sampled_from(("", *NAMES, "王老师")), min_size=2, max_size=4).map(
    lambda teachers: tuple(Person(name=n, taught_by=t) for n, t in zip(NAMES, teachers, strict=False))
)


def _taught(**teachers: str) -> tuple[scope.Branch, ...]:
    return scope.lineage(tuple(Person(name=name, taught_by=teacher) for name, teacher in teachers.items()))


def test_a_tree_reads_from_the_first_teacher_down() -> None:
    """Teachers stand before their pupils, each a step further in; one who is not among the people begins the tree."""
    tree = _taught(秀兰="王老师", 美华="秀兰", 春燕="秀兰", 桂芬="美华")
    assert [(b.name, b.depth, b.teaches) for b in tree] == [
        ("王老师", 0, True), ("秀兰", 1, True), ("美华", 2, True), ("桂芬", 3, False), ("春燕", 2, False),
    ]  # fmt: skip
    assert [b.more for b in tree] == [False, False, True, False, False]
    assert [b.lines for b in tree] == [(), (), (), (2,), ()]


def test_nobody_taught_is_no_tree() -> None:
    """People without teachers, and one who is her own, have no tree."""
    assert _taught(秀兰="", 美华="美华") == ()


@given(people)
def test_nobody_stands_twice_in_a_tree(group: tuple[Person, ...]) -> None:
    """Also where teachers go round in a circle: every pair of teacher and pupil is there, each name once, each row at most one step in."""
    tree = scope.lineage(group)
    names = [b.name for b in tree]
    linked = {one.name for one in group if one.taught_by not in {"", one.name}}
    assert len(names) == len(set(names)) <= 8
    assert linked <= set(names)
    assert all(after.depth <= before.depth + 1 for before, after in itertools.pairwise(tree))
    assert not tree or tree[0].depth == 0


@given(st.text("一二三四五，。", max_size=60))
def test_her_words_are_whole_in_their_pages(said: str) -> None:
    """The pages put together are what she said, in one pair of quotation marks; a page is short enough to stand beside a face."""
    voices = scope.voices((Person(name="秀兰", quote=said), Person(name="美华")))
    hers = [v for v in voices if v.number == 1]
    assert "".join(v.text for v in hers) == (f"“{said}”" if said else "")
    assert [v.first for v in hers] == [True] + [False] * (len(hers) - 1)
    assert all(len(v.text) <= table("timing")["voice_characters"] * scope.SENTENCE_ROOM + 4 for v in hers)
    assert {v.turn for v in hers} == {0}
    assert voices[-1].whole
    assert voices[-1].text == ""


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("“好”", "“好”"), ('"好"', "“好”"), ("好", "“好”"), ("他说“好”", "“他说“好””"), ("“好”，“行”", "““好”，“行””")],
)
def test_marks_are_not_doubled(typed: str, shown: str) -> None:
    """Words typed in quotation marks as a whole get no second pair; marks inside stay."""
    assert scope.voices((Person(name="秀兰", quote=typed),))[0].text == shown


def test_places_take_turns_from_person_to_person() -> None:
    """All pages of one person stand on her side."""
    group = tuple(Person(name=name, quote="一二三四五，" * 8) for name in NAMES[:2])
    sides = [
        scope.turn(("left", "right"), {"item": voice, "index": index})
        for index, voice in enumerate(scope.voices(group))
    ]
    assert sides == ["left", "left", "right", "right"]


@pytest.mark.parametrize("highest", [0, 240, 341])
@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_a_gallery_leaves_room_for_words(count: int, highest: int) -> None:
    """Photos on multiples of eight, none over another, all in the upper part but below what has to stay free, as wide as the canvas together."""
    boxes = layout.gallery(count, CANVAS, highest)
    assert highest <= min(box.y for box in boxes) < highest + 8
    assert len(boxes) == count
    assert all(side % 8 == 0 for box in boxes for side in (box.x, box.y, box.width, box.height))
    assert max(box.x + box.width for box in boxes) == CANVAS[0]
    assert max(box.y + box.height for box in boxes) <= 1104
    for one in boxes:
        for other in boxes[boxes.index(one) + 1 :]:
            beside = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert beside or one.y + one.height <= other.y or other.y + other.height <= one.y


def test_a_landscape_photo_is_shown_whole() -> None:
    """A 4:3 photo is cut nowhere and stands above where a clip's words end."""
    box = layout.card((4 / 3,), whole=True)
    assert box.width / box.height == pytest.approx(4 / 3, rel=0.01)
    assert box.y + box.height <= 1264
    assert layout.card((4 / 3,)).height > box.height


@pytest.mark.parametrize("template", ["story", "sisters", "expert", "recruit"])
def test_the_first_frame_shows_a_face_and_words(template: str) -> None:
    """At frame 0 there is a photo, and the words are whole: nothing that carries words is still coming in."""
    board = plan.plan(script(Ask(template, options=True)), platform.load("douyin")).board
    first = board.scenes[0]
    assert any(isinstance(picture, Photo) for picture in first.pictures)
    spoken = [g for g in first.graphics if "<text" in g.svg]
    assert spoken
    assert all(g.first == 0 and g.opacity[0].value == 1 for g in spoken)


def test_a_story_without_photos_has_no_empty_places() -> None:
    """Without any photo the same words stand in the middle on the brand's colour."""
    board = plan.plan(script(Ask("story")), platform.load("douyin")).board
    assert not any(scene.pictures for scene in board.scenes)
    assert all(any("<text" in g.svg for g in scene.graphics) for scene in board.scenes)


def test_a_chapter_stays_through_its_own_cuts() -> None:
    """Between shots of one section there is a hard cut, so its title does not fade; between sections there is the template's transition."""
    made = script(Ask("story", options=True))
    sections = tuple(one.model_copy(update={"lines": ("一句话", "又一句话")}) for one in made.brief.sections)
    told = dataclasses.replace(made, brief=made.brief.model_copy(update={"sections": sections}))
    scenes = [s for s in plan.plan(told, platform.load("douyin")).board.scenes if s.name[-1].isdigit()]
    assert len(scenes) == 2 * len(sections)
    assert {s.into.kind for s in scenes[::2]} == {"cut"}
    assert "cut" not in {s.into.kind for s in scenes[1::2]}


@pytest.mark.parametrize("top", [0.02, 0.1, 0.2, 0.4])
@pytest.mark.parametrize("ratio", [536 / 688, 536 / 1104])
def test_a_head_stands_below_the_app_s_bar(top: float, ratio: float) -> None:
    """The part begins so far above the head as is wanted, or at the photo's edge, and is as close as it may be with the head whole."""
    head = (0.35, top, 0.65, top + 0.3)
    shown = Print("a" * 64, 1080, 1440, (0.5, top + 0.15), heads=(head,))
    part = crop_below(shown, ratio, 1.7, 0.38)
    tall = part[3] - part[1]
    assert part[1] <= head[1]
    assert head[1] - part[1] >= 0.38 * tall - 2e-4 or part[1] == pytest.approx(0, abs=1e-6)
    assert part[3] >= head[3]
    assert tall == pytest.approx((crop(shown, ratio)[3] - crop(shown, ratio)[1]) / 1.7, rel=0.2)


@pytest.mark.parametrize("brand", ["linli", "tongxing"])
def test_a_station_that_sells_nothing_names_no_price(brand: str) -> None:
    """Where the brand does not sell, a clip has no scene of a price and its end asks for nothing."""
    made = script(Ask("before-after", brand, options=True))
    board = plan.plan(made, platform.load("douyin")).board
    assert any(scene.name == "price" for scene in board.scenes) == (brand == "linli")
    calls = platform.load("douyin").calls_to_action
    end = "".join(re.findall(r">([^<]+)</text>", "".join(g.svg for g in board.scenes[-1].graphics)))
    assert any(call.replace("，", "")[:3] in end for call in calls) == (brand == "linli")


def _story(count: int, quote: str) -> Storyboard:
    """A story of so many lines with her words."""
    made = script(Ask("story", many=True, options=True))
    people = tuple(one.model_copy(update={"quote": quote}) for one in made.brief.people)
    each, more = divmod(count, len(made.brief.sections))
    sections = tuple(
        one.model_copy(update={"lines": ("她慢慢走，我就慢慢跟，走到树下坐一坐再往回走",) * (each + (i < more))})
        for i, one in enumerate(made.brief.sections)
    )
    brief = made.brief.model_copy(update={"people": people, "sections": sections, "hook": ""})
    return plan.plan(dataclasses.replace(made, brief=brief), platform.load("douyin")).board


def test_a_story_ends_with_her_own_words() -> None:
    """They stand before the closing words, where there are any; a clip that is too long without them shows all it showed, and not them."""
    quiet, told = (_story(9, words) for words in ("", "她记不得儿子，记得我"))
    names = [scene.name for scene in told.scenes]
    assert [name for name in names if not name.startswith("quote")] == [scene.name for scene in quiet.scenes]
    assert names[-3].startswith("quote")
    assert names[-2:] == ["closing", "quiet-end"]
    assert "她记不得儿子" in "".join(graphic.svg for graphic in told.scenes[-3].graphics).replace("，", "")
    full, more = (_story(17, words) for words in ("", "她记不得儿子，记得我"))
    assert more.scenes == full.scenes


def test_a_story_s_end_says_where_and_asks_to_talk() -> None:
    """The last card of a story has its area and a quiet line, no button."""
    made = script(Ask("story", many=True, options=True))
    (end,) = (s for s in plan.plan(made, platform.load("douyin")).board.scenes if s.name == "quiet-end")
    words = ["".join(re.findall(">([^<]+)</text>", graphic.svg)) for graphic in end.graphics]
    assert made.brief.area
    assert any(made.brief.area in one and "留言说说" in one for one in words)


def test_the_last_words_stand_on_a_good_photo() -> None:
    """A story ends on the first of its photos without a fault; where all have one, on its first."""
    made = script(Ask("story", many=True, options=True))
    photos = [photo for one in made.brief.sections for photo in one.photos]
    assert len({photo.path for photo in photos}) > 2
    for poor, wanted in ((photos[:1], photos[1]), ((), photos[0]), (photos, photos[0])):
        prints = {p: dataclasses.replace(one, good=p not in poor) for p, one in made.prints.items()}
        known = dataclasses.replace(made, developed=dataclasses.replace(made.developed, prints=prints))
        drawn = plan.plan(known, platform.load("douyin")).board
        (ending,) = (scene for scene in drawn.scenes if scene.name == "closing")
        (shown,) = ending.pictures
        assert isinstance(shown, Photo)
        assert shown.picture.sha256 == prints[wanted].sha256

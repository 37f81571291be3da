"""Storyboards: whole frames, within the platform's length, long enough to read, and the same for the same brief."""

from __future__ import annotations

import itertools
import json
import os
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import clips
import made_up
import pytest
from conftest import GOLDEN, LANDSCAPE, LONG, PORTRAIT, SHORT, brief_of, script_of, smooth
from made_up import Ask
from PIL import Image

from vidkit import board, kit, motion, plan, timeline, transitions
from vidkit.boards import pacing
from vidkit.kits import platform
from vidkit.problems import Refusal
from vidkit.storyboard import Box, Compare, Graphic, Photo, Scene, Storyboard, shrunk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vidkit.cache import Cache
    from vidkit.motion import Curve
    from vidkit.plan import Plan

PLATFORMS = [p.id for p in platform.all_platforms()]
BRIEFS = [(words, pairs, options) for words in ("short", "long") for pairs in (1, 2, 4, 6) for options in (False, True)]


WHEN = {scene.name for scene in kit.template("before-after", kit.shelf()).scenes if scene.when}
"""Scenes that are there only if the brief has something for them."""


def _plan(words: str, pairs: int, options: bool, where: str, *, draft: bool = False, **more: Any) -> Plan:  # noqa: FBT001
    brief = brief_of(SHORT if words == "short" else LONG, pairs, options=options).model_copy(update=more)
    return plan.plan(script_of(brief), platform.load(where), draft=draft)


def _plans() -> Iterator[Plan]:
    for brief, where in itertools.product(BRIEFS, ("douyin", "moments")):
        try:
            yield _plan(*brief, where)
        except Refusal as refusal:
            assert {p.code for p in refusal.problems} == {"VK-T003"}  # noqa: PT017  # too long is the only refusal
            assert brief[0] == "long"


@pytest.fixture(scope="module")
def plans() -> list[Plan]:
    """Many clips: short and long words, one to six pairs, with and without options, two lengths allowed."""
    return list(_plans())


def _graphics(scene: Scene) -> Iterator[Graphic]:
    yield from scene.graphics
    for picture in scene.pictures:
        if isinstance(picture, Compare):
            yield from picture.labels or ()
            yield from (picture.handle,) if picture.handle else ()


def _curves(scene: Scene) -> Iterator[Curve]:
    for g in _graphics(scene):
        yield from (g.opacity, g.dx, g.dy, g.scale)
    for picture in scene.pictures:
        yield picture.zoom
        if isinstance(picture, Compare):
            yield picture.progress


def test_every_clip_keeps_its_length(plans: list[Plan]) -> None:
    """No clip is longer than its platform or template allows; the timeline's frames are the storyboard's."""
    for made in plans:
        seconds = made.board.frames / made.board.fps
        assert 12 <= seconds <= min(35, made.platform.max_seconds) + 1e-9, seconds
        assert sum(segment.frames for segment in made.segments) == made.board.frames == made.track.frames


def test_every_scene_has_room_for_its_transitions(plans: list[Plan]) -> None:
    """A scene stands alone for at least a third of a second, and its transitions are registered ones."""
    for made in plans:
        scenes = made.board.scenes
        assert scenes[-1].into.frames == 0
        for before, scene in zip((None, *scenes), scenes, strict=False):
            head = before.into.frames if before else 0
            assert scene.frames - head - scene.into.frames >= 10, scene.name
            assert scene.into.kind in transitions.TRANSITIONS
            assert (scene.into.kind == "cut") == (scene.into.frames == 0)


def _said(g: Graphic) -> str:
    return "".join(c for c in "".join(re.findall(r">([^<]+)</text>", g.svg)) if c.isalnum())


@pytest.mark.parametrize("words", ["short", "long"])
def test_notes_stand_long_enough_to_be_read(words: str) -> None:
    """A subtitle stays for its characters at nine a second at least, the hard limit, counted from when it is fully there."""
    said = str((SHORT if words == "short" else LONG)["note"])
    plain = "".join(c for c in said if c.isalnum())
    board_ = _plan(words, 1, True, "douyin").board
    shown = [g for scene in board_.scenes for g in scene.graphics if _said(g) == plain]
    assert shown
    assert (sum(g.last - g.first for g in shown) - pacing.frames_of("enter_frames")) / board_.fps >= len(plain) / 9


def test_curves_and_spans_are_sound(plans: list[Plan]) -> None:
    """Keys rise strictly, spans lie inside their scenes and are not empty, opacity stays between 0 and 1."""
    for made in plans:
        for scene in made.board.scenes:
            for curve in _curves(scene):
                assert all(a.frame < b.frame for a, b in itertools.pairwise(curve)), (scene.name, curve)
            for g in _graphics(scene):
                assert 0 <= g.first < g.last <= scene.frames, (scene.name, g.first, g.last, scene.frames)
                assert all(0 <= key.value <= 1 for key in g.opacity)


def test_boxes_are_even_and_on_the_canvas(plans: list[Plan]) -> None:
    """Chroma is half size, so every box has even numbers; pictures lie inside the canvas."""
    for made in plans:
        width, height = made.board.canvas
        for scene in made.board.scenes:
            for box in [p.box for p in scene.pictures] + [g.box for g in _graphics(scene)]:
                assert all(side % 2 == 0 for side in (box.x, box.y, box.width, box.height)), (scene.name, box)
            for picture in scene.pictures:
                box = picture.box
                assert 0 <= box.x < box.x + box.width <= width
                assert 0 <= box.y < box.y + box.height <= height


def test_a_reveal_shows_everything(plans: list[Plan]) -> None:
    """Each pair's reveal begins with only the before and ends with only the after, and its neighbours show just those."""
    for made in plans:
        for before, scene, after in zip(made.board.scenes, made.board.scenes[1:], made.board.scenes[2:], strict=False):
            for item in scene.pictures:
                if isinstance(item, Compare) and item.kind == "stacked":
                    held = [other.pictures[0] for other in (before, after) if scene.name.startswith("reveal")]
                    assert all(isinstance(other, Compare) and other.before == item.before for other in held)
                    continue
                if isinstance(item, Compare):
                    assert (item.progress[0].value, item.progress[-1].value) == (0, 1)
                    assert item.progress[-1].frame <= scene.frames - 1
                    assert before.pictures[0].picture == item.before  # type: ignore[union-attr]
                    assert after.pictures[0].picture == item.after  # type: ignore[union-attr]
                    assert before.pictures[0].box == item.box == after.pictures[0].box


def test_a_pairs_camera_moves_on_through_its_cuts(plans: list[Plan]) -> None:
    """Where a pair is cut, the zoom goes on from where it was: no jump of more than one frame's move."""
    for made in plans:
        for scene, onto in itertools.pairwise(made.board.scenes):
            pair = [name.partition("-")[2] for name in (scene.name, onto.name)]
            if pair[0] and pair[0] == pair[1] and scene.pictures and onto.pictures:
                last, first = scene.pictures[0].zoom[-1].value, onto.pictures[0].zoom[0].value
                assert last == pytest.approx(first, abs=pacing.timing("drift_per_second") / made.board.fps + 1e-6)


def test_cues_lie_in_their_scenes(plans: list[Plan]) -> None:
    """Every sound effect sounds while its scene shows."""
    for made in plans:
        assert all(0 <= cue.frame < scene.frames for scene in made.board.scenes for cue in scene.cues)
        assert all(0 <= cue.frame < made.board.frames for cue in made.track.cues)


@pytest.mark.parametrize("template", [name for name, _ in kit.template_names(kit.shelf())])
@pytest.mark.parametrize("where", PLATFORMS)
@pytest.mark.parametrize("sizes", [(LANDSCAPE,), (PORTRAIT,), (LANDSCAPE, PORTRAIT), ((4000, 1000), (1000, 4000))])
def test_every_platform_lays_out_every_photo_form(
    template: str, where: str, sizes: tuple[tuple[int, int], ...]
) -> None:
    """Every template makes a clip for each platform from landscape, portrait, mixed and the longest allowed photos."""
    made = plan.plan(made_up.script(Ask(template, options=True), sizes), platform.load(where))
    assert made.board.canvas == made.platform.canvas
    assert made.board.fps == made.platform.fps


def test_optional_things_are_optional() -> None:
    """Without person and price their scenes are not there, with them they are; nothing else changes place."""
    names = [[s.name for s in _plan("short", 2, options, "douyin").board.scenes] for options in (False, True)]
    assert names[0] == [n for n in names[1] if n not in WHEN]
    assert set(names[1]) & WHEN


def test_a_short_platform_drops_optional_scenes_first() -> None:
    """What is left of a clip that was too long is the same story without person or price; then it is refused with VK-T003."""
    long, short = (_plan("short", 6, True, where).board for where in ("douyin", "moments"))
    assert short.frames / short.fps <= 30
    assert {s.name for s in long.scenes} - {s.name for s in short.scenes} <= WHEN
    with pytest.raises(Refusal) as caught:
        _plan("long", 6, True, "moments")
    assert [p.code for p in caught.value.problems] == ["VK-T003"]


def test_a_chosen_transition_is_used_between_pairs() -> None:
    """The brief's own transition takes the place of the template's list; a cut takes no frames."""
    for kind in transitions.TRANSITIONS:
        made = _plan("short", 3, False, "douyin", transition=kind)
        assert {s.into.kind for s in made.board.scenes if s.name.startswith("after")} <= {kind, "cut"}
        assert made.board.frames == sum(segment.frames for segment in made.segments)


def test_the_same_brief_gives_the_same_storyboard() -> None:
    """Equal and equally hashed values, for every pass of the plan."""
    one, two = (_plan("long", 1, True, "douyin") for _ in range(2))
    assert one.board == two.board
    assert hash(one.board) == hash(two.board)
    assert one.segments == two.segments == timeline.cut(one.board)


def test_vertical_platforms_share_what_looks_the_same() -> None:
    """Between two platforms of one canvas only scenes with their own words differ: most segments are made once."""
    one, two = (set(_plan("short", 2, True, where).segments) for where in ("douyin", "xiaohongshu"))
    assert len(one & two) >= len(one) - 2


def test_a_draft_is_the_same_clip_smaller() -> None:
    """A third of the size, even boxes, the same frames."""
    whole, draft = (_plan("short", 2, True, "douyin", draft=small) for small in (False, True))
    assert draft.board.canvas == (360, 640)
    assert [s.frames for s in draft.board.scenes] == [s.frames for s in whole.board.scenes]
    for scene in draft.board.scenes:
        for box in [p.box for p in scene.pictures] + [g.box for g in _graphics(scene)]:
            assert all(side % 2 == 0 for side in (box.x, box.y, box.width, box.height))
        for picture in scene.pictures:
            assert picture.box.x + picture.box.width <= 360
            assert picture.box.y + picture.box.height <= 640


def test_shrinking_keeps_the_handle_on_its_photo() -> None:
    """Every part of a pair shrinks: box, labels, handle."""
    board_ = Storyboard((1080, 1920), 30, ())
    assert shrunk(board_, 3).canvas == (360, 640)
    made = _plan("short", 1, False, "douyin", draft=True).board
    pair = next(p for s in made.scenes for p in s.pictures if isinstance(p, Compare))
    assert pair.handle
    assert pair.labels
    assert pair.handle.box.height <= pair.box.height + 2
    assert isinstance(pair.labels[0].box, Box)


# Text goldens


def _told(made: Plan) -> dict[str, Any]:
    scenes = zip(made.board.scenes, made.board.starts, strict=True)
    listed = [
        {
            "name": s.name,
            "start": start,
            "frames": s.frames,
            "into": f"{s.into.kind} {s.into.frames}".removesuffix(" 0"),
        }
        for s, start in scenes
    ]
    return {"platform": made.platform.id, "frames": made.board.frames, "fps": made.board.fps, "scenes": listed}


YAML = """\
模板: 清洁前后对比
品牌: 邻里净
标题: 三小时，厨房变个样
关键词: 变个样
服务: 深度保洁
人物: {称呼: 秀兰阿姨, 工种: 保洁师, 从业年数: 8}
对比:
  - {位置: 灶台, 前: 前1.jpg, 后: 后1.png, 说明: 先喷清洁剂，放十分钟再擦}
  - {位置: 水槽, 前: 前2.webp, 后: 后2.jpg}
价格: {项目: 深度保洁, 金额: 199, 单位: 次, 条件: 3小时，厨房和卫生间}
平台: [douyin, meituan, moments]
"""


def _agrees(name: str, told: list[dict[str, Any]]) -> None:
    """The plans are those in the golden file, which ``VIDKIT_UPDATE=1`` writes anew."""
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    text = text.replace("\n   {\n    ", "\n   {").replace(",\n    ", ", ").replace("\n   }", "}")
    file = GOLDEN / "plans" / f"{name}.json"
    if os.environ.get("VIDKIT_UPDATE"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    assert json.loads(file.read_text(encoding="utf-8")) == told


def test_a_brief_with_photos_on_disk_is_planned(tmp_path: Path, cache: Cache) -> None:
    """From YAML and real photo files to every platform's plan; photos are known by content, the second look decodes none."""
    for i, (name, size) in enumerate(
        (("前1.jpg", (640, 480)), ("后1.png", (600, 480)), ("前2.webp", (480, 640)), ("后2.jpg", (480, 640)))
    ):
        Image.fromarray(smooth(*size, seed=i)).save(tmp_path / name)
    (tmp_path / "厨房.yaml").write_text(YAML, encoding="utf-8")
    script = plan.read(tmp_path / "厨房.yaml", cache)
    made = clips.planned(script)
    named = {picture.sha256 for one in made for segment in one.segments for picture in timeline.pictures(segment)}
    assert named <= set(script.assets)
    assert clips.planned(plan.read(tmp_path / "厨房.yaml", cache)) == made
    _agrees("from-files", [_told(one) for one in made])


GOLDENS = [("short-1-plain", "short", 1, False), ("short-3-all", "short", 3, True), ("long-1-all", "long", 1, True)]


@pytest.mark.parametrize(("name", "words", "pairs", "options"), GOLDENS)
def test_plans_are_as_written_down(name: str, words: str, pairs: int, options: bool) -> None:  # noqa: FBT001
    """Scenes, starts and frames of made-up briefs; ``VIDKIT_UPDATE=1`` writes them anew."""
    _agrees(name, [_told(_plan(words, pairs, options, where)) for where in ("douyin", "moments")])


APART = {
    "landscape": ((4000, 3000), ("stacked", "flip", "flash")),
    "portrait": ((3024, 4032), ("split", "flip", "flash")),
}


@pytest.mark.parametrize("shape", sorted(APART))
def test_pairs_that_do_not_match_are_not_wiped(shape: str) -> None:
    """Reveals that promise one continuous picture are left to pairs that are one; the others take turns, by the photos' shape."""
    size, kinds = APART[shape]
    for aligned, wanted in ((False, kinds), (True, ("wipe", "split", "hand-wipe"))):
        script = script_of(brief_of(SHORT, 3, options=False), (size,), aligned=aligned)
        made = plan.plan(script, platform.load("douyin"))
        assert tuple(p.kind for p in _revealing(made)) == wanted


def test_photos_above_each_other_have_their_halves() -> None:
    """A stacked pair fills the canvas, each photo is cut for its half, and each label stands at the top of its own half, on the side on which it
    stands in the scenes before and after.
    """
    script = script_of(brief_of(SHORT, 1, options=False), ((4000, 3000),), aligned=False)
    made = plan.plan(script, platform.load("douyin"))
    (pair,) = _revealing(made)
    assert (pair.kind, pair.box, pair.radius) == ("stacked", Box(0, 0, 1080, 1920), 0)
    for picture in (pair.before, pair.after):
        left, top, right, bottom = picture.crop
        assert (right - left) * 4000 / ((bottom - top) * 3000) == pytest.approx(1080 / 960, rel=1e-3)
    assert pair.labels
    upper, lower = (label.box for label in pair.labels)
    assert upper.y + upper.height < 960 < lower.y
    before, after = (s.graphics[0].box for s in made.board.scenes if s.name in {"before-1", "after-1"})
    assert all(one.x + one.width < 540 for one in (upper, before))
    assert all(one.x > 540 for one in (lower, after))
    assert lower.x + lower.width <= platform.load("douyin").safe.narrow_right


def _revealing(made: Plan) -> list[Compare]:
    """The pairs whose before gives way to their after, in order."""
    every = [p for scene in made.board.scenes for p in scene.pictures if isinstance(p, Compare)]
    return [p for p in every if len(p.progress) > 1]


def test_a_stacked_pair_is_seen_together_only_while_it_is_revealed() -> None:
    """Before it the before stands alone, after it the after, both in the same box: no half of the canvas waits empty."""
    script = script_of(brief_of(SHORT, 1, options=False), ((4000, 3000),), aligned=False)
    scenes = [s for s in plan.plan(script, platform.load("douyin")).board.scenes if s.name.endswith("-1")]
    before, reveal, after = (s.pictures[0] for s in scenes)
    assert isinstance(before, Photo)
    assert isinstance(reveal, Compare)
    assert isinstance(after, Photo)
    assert reveal.kind == "stacked"
    assert [before.picture.sha256, after.picture.sha256] == [reveal.before.sha256, reveal.after.sha256]
    assert before.box == after.box != reveal.box
    assert motion.at(reveal.progress, round(0.3 * scenes[1].frames)) == 1.0


def test_a_photo_never_lies_over_itself() -> None:
    """A reveal is cut to and cut from, also where both photos fill the canvas; there the after rises from the first frame on."""
    for aligned in (False, True):
        script = script_of(brief_of(SHORT, 1, options=False), ((4000, 3000),), aligned=aligned)
        scenes = [s for s in plan.plan(script, platform.load("douyin")).board.scenes if s.name.endswith("-1")]
        assert [(scene.into.kind, scene.into.frames) for scene in scenes[:2]] == [("cut", 0)] * 2
        (shown,) = (p for p in scenes[1].pictures if isinstance(p, Compare))
        assert (motion.at(shown.progress, 1) > 0) is not aligned


@pytest.mark.parametrize(("aligned", "said_in"), [(False, ["after-1"]), (True, ["reveal-1", "after-1"])])
def test_no_note_lies_on_photos_above_each_other(aligned: bool, said_in: list[str]) -> None:  # noqa: FBT001
    """A stacked pair's note is said once, below the after that stands alone; elsewhere it comes with the reveal and stays."""
    brief = brief_of(SHORT, 1, options=True)
    made = plan.plan(script_of(brief, ((4000, 3000),), aligned=aligned), platform.load("douyin"))
    note = brief.pairs[0].note
    assert note
    said = [
        s.name for s in made.board.scenes if any(note in "".join(re.findall(">([^<]+)<", g.svg)) for g in s.graphics)
    ]
    assert said == said_in


def test_where_something_is_said_no_pair_fills_the_canvas() -> None:
    """A story's words would lie on photos above each other: such pairs are revealed in their card."""
    script = made_up.script(Ask("story", many=True, options=True))
    flat = {photo: replace(one, width=1440, height=1080, aligned=False) for photo, one in script.prints.items()}
    script = replace(script, developed=replace(script.developed, prints=flat))
    revealing = _revealing(plan.plan(script, platform.load("douyin")))
    assert {p.kind for p in revealing} == {"flip"}


def test_a_calm_scene_does_not_flash() -> None:
    """In people's stories no reveal strikes on the beat; in the others every kind has its turn."""
    kinds = {}
    for template in ("story", "recruit", "expert", "before-after"):
        script = made_up.script(Ask(template, many=True))
        scenes = plan.plan(script, platform.load("douyin")).board.scenes
        kinds[template] = {p.kind for s in scenes for p in s.pictures if isinstance(p, Compare)}
    assert not any("flash" in kinds[template] for template in ("story", "recruit", "expert"))


def test_no_photo_slides_over_itself() -> None:
    """A scene that begins with the photo just seen is cut to."""
    for ask in (made_up.Ask("case", many=many, options=options) for many in (False, True) for options in (False, True)):
        scenes = plan.plan(made_up.script(ask), platform.load("douyin")).board.scenes
        for one, after in itertools.pairwise(scenes):
            if one.pictures and after.pictures and one.into.kind in board.SLIDING:
                last, first = one.pictures[-1], after.pictures[0]
                shown = last.after if isinstance(last, Compare) else last.picture
                comes = first.before if isinstance(first, Compare) else first.picture
                assert shown.sha256 != comes.sha256, (ask, one.name, after.name)


def test_a_hard_cut_falls_on_the_beat() -> None:
    """The flash's after comes, and its sound with it, within a frame of a half beat of the clip."""
    script = script_of(brief_of(SHORT, 3, options=False), ((4000, 3000),), aligned=False)
    made = plan.plan(script, platform.load("douyin"))
    starts = dict(zip((scene.name for scene in made.board.scenes), made.board.starts, strict=True))
    (scene,) = (s for s in made.board.scenes if any(isinstance(p, Compare) and p.kind == "flash" for p in s.pictures))
    (pair,) = (p for p in scene.pictures if isinstance(p, Compare))
    turn = max(key.frame for key in pair.progress if not key.value) + 1
    assert turn in {cue.frame for cue in scene.cues}
    assert (starts[scene.name] + turn) % 9 in {0, 1, 8}
    assert all(a.frame < b.frame for a, b in itertools.pairwise(pair.progress))


@pytest.mark.parametrize("size", [(600, 800), (450, 800), (700, 700), (640, 480), (800, 250)])
@pytest.mark.parametrize("words", ["short", "long"])
def test_small_photos_of_any_shape_stand_in_cards_on_the_canvas(words: str, size: tuple[int, int]) -> None:
    """Photos without the pixels to fill the canvas get a card, under however tall a title, and all of it is on the canvas."""
    for aligned in (True, False):
        script = script_of(brief_of(SHORT if words == "short" else LONG, 3, options=True), (size,), aligned=aligned)
        made = plan.plan(script, platform.load("douyin"))
        for scene in made.board.scenes:
            for picture in scene.pictures:
                assert picture.box.y + picture.box.height <= 1920
                assert picture.box.height >= 480
            if scene.name.startswith("before") and not isinstance(scene.pictures[0], Compare):
                assert scene.pictures[0].radius


@pytest.mark.parametrize("template", ["before-after", "case", "expert"])
@pytest.mark.parametrize("small", ["before", "after"])
def test_a_before_that_opens_a_clip_is_judged_by_itself(template: str, small: str) -> None:
    """A sharp before fills the canvas however small its after is; wherever the two follow each other they have the same box."""
    script = made_up.script(Ask(template, many=True, options=True))
    pair = script.brief.comparisons[0]
    sizes = {pair.before: (4000, 3000), pair.after: (4000, 3000)} | {getattr(pair, small): (640, 480)}
    prints = {
        photo: replace(known, width=sizes[photo][0], height=sizes[photo][1], aligned=False) if photo in sizes else known
        for photo, known in script.prints.items()
    }
    made = plan.plan(replace(script, developed=replace(script.developed, prints=prints)), platform.load("douyin"))
    hook, shown = prints[pair.before].sha256, {prints[pair.before].sha256, prints[pair.after].sha256}
    photos = [p for scene in made.board.scenes for p in scene.pictures if not isinstance(p, Compare)]
    first = next(p for p in photos if p.picture.sha256 == hook)
    assert (first.box == Box(0, 0, 1080, 1920)) is (small == "after")
    later = {(p.box, p.radius) for p in photos[photos.index(first) + 1 :] if p.picture.sha256 in shown}
    assert Box(0, 0, 1080, 1920) not in {box for box, _ in later}

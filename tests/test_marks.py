"""Marks on what is made: who carries which, ink as high as the standard asks for, from the first frame, over every scene and crossing, over no words."""

from __future__ import annotations

import math
import re
from dataclasses import asdict, replace
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import clips
import made_up
import numpy as np
import pytest
from conftest import LONG, SHORT, brief_of, script_of, smooth
from made_up import Ask
from PIL import Image

from vidkit import (
    caption,
    clip,
    colour,
    cover,
    encode,
    ffmpeg,
    graphics,
    kit,
    layout,
    motion,
    plan,
    poster,
    sheet,
    timeline,
)
from vidkit.cache import Cache
from vidkit.kits import platform
from vidkit.labels import marking, marks
from vidkit.make import Order, make, stills
from vidkit.pages import page, pairs
from vidkit.painting.album import Album
from vidkit.people import consent
from vidkit.people.consent import Lack
from vidkit.problems import Refusal, problem
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vidkit.colour import Bytes
    from vidkit.kits.platform import Platform
    from vidkit.plan import Plan, Script
    from vidkit.storyboard import Graphic, Scene, Storyboard

DOUYIN, MEITUAN = platform.load("douyin"), platform.load("meituan")
PLATE, VOICE, PICTURES, AD = "样片·未获同意", "配音由AI生成", "内容由AI生成", "广告"
WORDS, CLIP_WORDS = "文案由AI辅助生成", "文案由AI生成"
CANVASES = sorted(
    {(1080, 1920), (1242, 1660), (900, 383), (1800, 766), (720, 1280), (2480, 3508)}
    | {(one.width, one.height) for where in platform.all_platforms() for one in where.covers}
    | {where.canvas for where in platform.all_platforms()}
)
FINAL = encode.settings("final")
WHITE = 200


@pytest.fixture
def unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody's consent is missing everywhere."""
    lack = Lack("秀兰", problem("VK-L020", name="", found=0))
    monkeypatch.setattr(consent, "lacking", lambda _script, _where: (lack,))


def _script(*made: str, link: bool = False, words: Any = SHORT, count: int = 2, **values: Any) -> Script:
    one = script_of(brief_of(words, count, options=True))
    brief = one.brief.model_copy(update={"made_by_ai": made, "link": link, **values})
    return replace(one, brief=brief)


def _said(board: Storyboard) -> list[tuple[str, int, int]]:
    """The words of a clip's marks with their frames."""
    return [(_words(mark.svg), mark.first, mark.last) for mark in board.marks]


def _words(svg: str) -> str:
    return "".join("".join(node.itertext()) for node in ET.fromstring(svg).iter() if node.tag.endswith("}text"))  # noqa: S314  # ours


# Which marks


def test_words_and_numbers_have_their_source() -> None:
    """Everything in the table says where it was read, when, and how sure that is; what the standard asks of the words is in them."""
    rows = table("marks")
    found = [*rows["wording"].values(), *rows["ai_label"].values(), *rows["ad_mark"].values(), rows["declare"]]
    for row in found:
        named = row["source"] if isinstance(row["source"], list) else [row["source"]]
        assert set(named) <= set(rows["sources"])
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(row["checked_on"]))
        assert row["confidence"] in {"A", "B", "C", "X"}
    for kind in ("voice", "pictures", "words", "clip_words"):
        words = rows["wording"][kind]["value"]
        assert "AI" in words
        assert "生成" in words or "合成" in words
    assert marks.said("ai_label.seconds") >= marks.said("ai_label.least_seconds")


@pytest.mark.parametrize(
    ("made", "link", "wanted"),
    [
        ((), False, []),
        (("words",), False, [("ai", CLIP_WORDS, 4)]),
        (("voice",), False, [("ai", VOICE, 4)]),
        (("voice", "words"), False, [("ai", PICTURES, 4)]),
        (("pictures", "words"), False, [("ai", PICTURES, 0)]),
        (("pictures",), False, [("ai", PICTURES, 0)]),
        (("voice", "pictures"), True, [("ai", PICTURES, 0), ("ad", AD, 0)]),
        ((), True, [("ad", AD, 0)]),
    ],
)
def test_marks_follow_from_the_brief(
    made: tuple[str, ...],
    link: bool,  # noqa: FBT001  # a row of the table
    wanted: list[tuple[str, str, float]],
) -> None:
    """A voice or words are labelled for four seconds, pictures for the whole clip, a purchase link makes an advertisement say so."""
    found = marks.of(_script(*made, link=link), DOUYIN)
    assert [(one.kind, one.words, one.seconds) for one in found] == wanted


def test_only_an_advertisement_is_marked_as_one() -> None:
    """A story with a link is no advertisement by its mode; that it may be one is the rules' business. One without a link is marked when asked for."""
    assert [one.words for one in marks.of(_script(mark_ad=True), DOUYIN)] == [AD]
    assert marks.of(_script(mark_ad=True, mode="story"), DOUYIN) == ()
    assert marks.of(_script(link=True, mode="story"), DOUYIN) == ()


@pytest.mark.usefixtures("unasked")
def test_a_post_without_consent_is_a_sample() -> None:
    """The plate comes first, on the clip and on every picture."""
    assert [one.words for one in marks.of(_script("voice"), DOUYIN)] == [PLATE, VOICE]
    assert [one.words for one in marks.on_picture(_script("voice"), (DOUYIN,), ())] == [PLATE]


def test_pictures_for_all_platforms_are_samples_when_one_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A consent for one platform does not reach to the next one's posters."""
    lack = Lack("秀兰", problem("VK-L020", name="", found=0))
    monkeypatch.setattr(consent, "lacking", lambda _script, where: (lack,) if where.id == "meituan" else ())
    script = _script(platforms=("douyin", "meituan"))
    assert marks.of(script, DOUYIN) == ()
    assert marks.of(script, MEITUAN)
    assert all(PLATE in sheet.svg for _, sheet in (*poster.pages(script), *pairs.pages(script)))
    assert not any(PLATE in sheet.svg for _, sheet in cover.pages(script, DOUYIN))
    assert all(PLATE in sheet.svg for _, sheet in cover.pages(script, MEITUAN))


def test_a_consent_is_looked_at_once_for_all_stills(monkeypatch: pytest.MonkeyPatch) -> None:
    """A brief has dozens of them, and each asks for every platform it may be posted on."""
    asked: list[str] = []

    def lacking(_script: Script, where: Platform) -> tuple[Lack, ...]:
        asked.append(where.id)
        return ()

    monkeypatch.setattr(consent, "lacking", lacking)
    script = _script()
    for _ in range(3):
        assert marks.on_picture(script, (DOUYIN, MEITUAN), ()) == ()
    assert asked == [DOUYIN.id, MEITUAN.id]


def test_pictures_for_all_platforms_are_samples_when_a_chosen_one_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A platform that is asked for on the command line alone counts, too; one of the brief's is drawn no second time."""
    lack = Lack("秀兰", problem("VK-L020", name="", found=0))
    monkeypatch.setattr(consent, "lacking", lambda _script, where: (lack,) if where.id == "meituan" else ())
    script = _script(platforms=("douyin",))
    for pages in (poster.pages, pairs.pages):
        assert not any(PLATE in sheet.svg for _, sheet in pages(script))
        assert all(PLATE in sheet.svg for _, sheet in pages(script, (MEITUAN,)))
        assert pages(script, (DOUYIN,)) is pages(script)
    chosen = dict(stills(script, clips.planned(script, "meituan", draft=True)))
    assert all(PLATE in sheet.svg for sheet in chosen.values())


def test_what_is_to_be_declared() -> None:
    """The platform's own words, where AI made anything at all; nothing otherwise, and nothing where a platform has no such words."""
    assert marks.declaration(_script(), DOUYIN) == ()
    for made in ("voice", "pictures", "words"):
        assert marks.declaration(_script(made), DOUYIN) == ("内容由AI生成",)
    assert marks.declaration(_script("voice"), platform.load("moments")) == ()


@pytest.mark.parametrize("where", platform.all_platforms(), ids=lambda where: where.id)
def test_a_caption_ai_helped_with_says_so(where: platform.Platform) -> None:
    """Every version ends with the line, within the platform's limits; an article says it after its last sentence, not in its digest."""
    for made, count in (((), 0), (("voice",), 0), (("words",), 1)):
        script = _script(*made)
        written = caption.write(script.brief, where, script.template, script.brand, script.shelf)
        for version in written.versions:
            assert version.body.count(WORDS) == (0 if where.text.digest_max else count)
            assert version.body.endswith(WORDS) == bool(count and not where.text.digest_max)
        assert dict(written.papers).get("article.txt", WORDS * count).count(WORDS) == count


# As high as the standard asks for


def _ink(rgba: Bytes) -> int:
    """The height of what is drawn in white, px."""
    rows = np.flatnonzero(((rgba[..., :3] > WHITE).all(axis=2) & (rgba[..., 3] > WHITE)).any(axis=1))
    return int(rows[-1] - rows[0] + 1)


@pytest.mark.parametrize("canvas", CANVASES, ids=lambda canvas: "x".join(map(str, canvas)))
@pytest.mark.parametrize("words", ["AI", "由", VOICE, PICTURES, CLIP_WORDS])
def test_the_ink_of_a_label_is_high_enough(canvas: tuple[int, int], words: str) -> None:
    """Drawn and measured on every size of clip and cover: capitals alone, one character alone, the whole label: 5 % of the shorter side."""
    drawn = marking._label(words, min(canvas))
    assert _ink(graphics.rasterise(drawn.svg, drawn.width, drawn.height)) >= math.ceil(min(canvas) * 0.05)


@pytest.mark.parametrize("where", platform.all_platforms(), ids=lambda where: where.id)
def test_a_drafts_label_is_high_enough_too(where: platform.Platform) -> None:
    """A draft is a third of the size; so is its label."""
    board = plan.plan(_script("voice"), where, draft=True).board
    (label,) = board.marks
    drawn = graphics.rasterise(label.svg, label.box.width, label.box.height)
    assert _ink(drawn) >= math.ceil(min(board.canvas) * 0.05)


def test_marks_stand_inside_the_picture() -> None:
    """On the smallest covers too the marks of a strip fit its width."""
    for canvas in CANVASES:
        carried = (marks.Mark("ai", PICTURES), marks.Mark("ad", AD))
        strip = marking._strip(canvas, carried, min(canvas))
        assert strip
        shown = graphics.rasterise(strip.svg, strip.width, strip.height)
        assert not (shown[:, 0, :3] > WHITE).any()
        assert not (shown[:, -1, :3] > WHITE).any()
        assert strip.height < canvas[1] * 0.16 or min(canvas) == canvas[1]


# Over scenes and crossings


def _planned(*made: str, link: bool = False, **values: Any) -> Plan:
    return plan.plan(_script(*made, link=link, **values), DOUYIN)


def test_a_voices_label_is_there_from_the_first_frame_for_four_seconds() -> None:
    """Wholly from frame 0 up to 4 s, then it fades."""
    board = _planned("voice").board
    assert _said(board) == [(VOICE, 0, 4 * 30 + marking.FADE)]
    (label,) = board.marks
    whole = [step for step in range(label.last) if motion.at(label.opacity, step) == 1.0]
    assert whole[0] == 0
    assert len(whole) >= 4 * 30
    assert label.box.x == DOUYIN.safe.left
    assert label.box.y == DOUYIN.safe.top


def test_pictures_and_ads_are_marked_to_the_last_frame() -> None:
    """Both for the whole clip, side by side."""
    board = _planned("pictures", link=True).board
    assert _said(board) == [(PICTURES, 0, board.frames), (AD, 0, board.frames)]
    label, ad = (mark.box for mark in board.marks)
    assert label.x + label.width < ad.x
    assert ad.x + ad.width <= DOUYIN.safe.right


@pytest.mark.usefixtures("unasked")
def test_a_samples_plate_is_in_every_segment_from_first_to_last_frame() -> None:
    """Shots and crossings alike; above and below the safe box, so that everything to be judged is seen."""
    made = _planned()
    assert any(segment.onto for segment in made.segments)
    for segment in made.segments:
        bands = [mark for mark in segment.marks if _words(mark.svg) == PLATE]
        assert len(bands) == 2
        assert all((mark.first, mark.last) == (0, segment.frames) for mark in bands)
        assert bands[0].box.y + bands[0].box.height <= DOUYIN.safe.top
        assert bands[1].box.y >= DOUYIN.safe.bottom


@pytest.mark.usefixtures("unasked")
def test_a_sample_is_laid_out_as_the_clip_will_be() -> None:
    """The plate changes no scene: what is judged is what will be posted."""
    assert _planned().board.scenes == plan.plan(replace(_script()), DOUYIN).board.scenes


def test_segments_carry_their_own_part_of_a_mark() -> None:
    """Put together again, the parts are the clip's marks, frame for frame; a segment after a label carries nothing of it."""
    board = _planned("voice").board
    (label,) = board.marks
    at = 0
    for segment in timeline.cut(board):
        for step in range(segment.frames):
            here = [mark for mark in segment.marks if mark.first <= step < mark.last]
            wanted = motion.at(label.opacity, at + step) if label.first <= at + step < label.last else 0.0
            assert (motion.at(here[0].opacity, step) if here else 0.0) == pytest.approx(wanted)
        at += segment.frames
    assert not timeline.cut(board)[-1].marks


def test_a_label_remakes_only_what_it_touches() -> None:
    """Segments after it keep their keys; those it touches do not."""
    board = _planned("voice").board
    (label,) = board.marks
    marked, bare = timeline.cut(board), timeline.cut(replace(board, marks=()))
    for start, one, other in zip(clip.starts(marked), marked, bare, strict=True):
        assert (clip.key(one, FINAL) == clip.key(other, FINAL)) == (start >= label.last)


def test_an_unmarked_clip_is_what_it_was() -> None:
    """No mark, no room kept, and not a word of marks in its work orders."""
    made = _planned()
    assert made.board.marks == ()
    for segment in made.segments:
        said = timeline.order(segment)
        assert "marks" not in said
        assert said == {name: value for name, value in asdict(segment).items() if name != "marks"}
    assert marking.kept_free(DOUYIN, ()) == DOUYIN


# Over no words

ASKS = [
    Ask(name, brand, long, long, options=True)
    for name, _ in kit.template_names(kit.shelf())
    for brand in ("linli", "xiujie", "tongxing")
    for long in (False, True)
]


@cache
def _board(ask: Ask, *made: str) -> Storyboard | None:
    """A made-up clip that says all there is to say; with what AI made, the mark of an advertisement too."""
    script = made_up.script(ask)
    brief = script.brief.model_copy(update={"made_by_ai": made, "link": bool(made), "mode": "ad"})
    try:
        return plan.plan(replace(script, brief=brief), DOUYIN).board
    except Refusal as refusal:
        assert {one.code for one in refusal.problems} == {"VK-T003"}, refusal.problems  # noqa: PT017  # too long is allowed
        return None


def _drawn(scene: Scene) -> Iterator[Graphic]:
    """What carries words in a scene, the labels of a pair too."""
    drawn = (*scene.graphics, *(label for p in scene.pictures for label in getattr(p, "labels", None) or ()))
    yield from (one for one in drawn if "<text" in one.svg)


def _on_each_other(board: Storyboard) -> set[tuple[str, str]]:
    """Pairs of words whose drawings overlap at some moment."""
    found = set()
    for scene in board.scenes:
        drawn = [one for one in _drawn(scene) if one.box.height < board.canvas[1]]
        for i, one in enumerate(drawn):
            for other in drawn[i + 1 :]:
                a, b = one.box, other.box
                across = a.x < b.x + b.width and b.x < a.x + a.width
                down = a.y < b.y + b.height and b.y < a.y + a.height
                if across and down and one.first < other.last and other.first < one.last:
                    found.add((_words(one.svg), _words(other.svg)))
    return found


@pytest.mark.parametrize("ask", ASKS, ids=str)
def test_no_mark_lies_over_words(ask: Ask) -> None:
    """In every template, brand and length of words nothing that carries words reaches into the row of marks, at any moment of its moves."""
    board, bare = _board(ask, "pictures"), _board(ask)
    assert (board is None) == (bare is None)
    if board is None or bare is None:
        return
    assert len(board.scenes) == len(bare.scenes)
    low = max(mark.box.y + mark.box.height for mark in board.marks)
    for drawn in (one for scene in board.scenes for one in _drawn(scene)):
        rise = min(key.value for key in drawn.dy)
        top = drawn.box.y + rise
        if drawn.box.height >= board.canvas[1]:  # a drawing of the whole canvas: look for its ink
            rgba = graphics.rasterise(re.sub(r"<(rect|path|circle)\b[^>]*/>", "", drawn.svg), *board.canvas)
            rows = np.flatnonzero(rgba[..., 3].any(axis=1))
            top = float(rows[0]) if rows.size else top + board.canvas[1]
        else:
            assert drawn.box.y + drawn.box.height <= DOUYIN.safe.bottom, (_words(drawn.svg), drawn.box)
        assert top >= low, (_words(drawn.svg), drawn.box)
    assert _on_each_other(board) <= _on_each_other(bare)


def test_marks_fit_beside_each_other_in_the_safe_box() -> None:
    """The longest label and the mark of an advertisement leave each other room on every platform."""
    for where in platform.all_platforms():
        carried = (marks.Mark("ai", PICTURES), marks.Mark("ad", AD))
        label, ad = marking.overlay(carried, where, 300)
        assert label.box.x >= where.safe.left
        assert ad.box.x - (label.box.x + label.box.width) >= marking.BESIDE
        assert ad.box.x + ad.box.width <= where.safe.right
        free = marking.kept_free(where, carried).safe
        assert free.top >= max(one.box.y + one.box.height for one in (label, ad)) + marking.BELOW // 2


# On covers, posters, pairs


@pytest.mark.usefixtures("unasked")
def test_a_sample_picture_is_whole_inside_its_frame() -> None:
    """Every cover, poster and picture of a pair keeps its size; all of it is seen, smaller, inside a frame that says what it is, twice."""
    script = _script(words=LONG)
    framed = [one for where in platform.all_platforms() for _, one in cover.pages(script, where)]
    framed += [one for _, one in (*poster.pages(script), *pairs.pages(script))]
    assert len(framed) > 20
    for one in framed:
        assert _words(one.svg).count(PLATE) == 2
        high = layout.even_up(min(one.size) * marking.FRAME)
        for shown in one.photos:
            assert shown.box.y >= high
            assert shown.box.y + shown.box.height <= one.size[1] - high
            assert shown.box.x > 0
            assert shown.box.x + shown.box.width < one.size[0]


@pytest.mark.usefixtures("unasked")
def test_a_framed_picture_is_the_picture() -> None:
    """What is inside the frame is laid out as the picture without it."""
    script = _script()
    (_, framed), *_ = cover.pages(script, DOUYIN)
    bare = cover._page(page.desk(script), framed.size, script, DOUYIN)
    assert [one.picture for one in framed.photos] == [one.picture for one in bare.photos]
    assert _words(framed.svg).replace(PLATE, "") == _words(bare.svg)


@pytest.mark.usefixtures("unasked")
@pytest.mark.parametrize("where", platform.all_platforms(), ids=lambda where: where.id)
def test_the_label_of_a_picture_is_high_enough_in_a_sample_too(where: platform.Platform) -> None:
    """Drawn as it will be, a little smaller inside the frame: still 5 % of the whole picture's shorter side."""
    for _, one in cover.pages(_script("pictures"), where):
        rgba = graphics.rasterise(one.svg, *one.size)
        frame, high = layout.even_up(min(one.size) * marking.FRAME), min(shown.box.y for shown in one.photos)
        assert _ink(rgba[frame:high]) >= math.ceil(min(one.size) * 0.05)


def test_covers_and_posters_of_ai_pictures_carry_the_label() -> None:
    """Above the picture, which is laid out on what is left; a voice is not said on a picture; a link goes with covers only."""
    for made, wanted in ((("pictures",), 1), (("voice",), 0)):
        script = _script(*made)
        for one in (
            *(p for w in (DOUYIN, MEITUAN) for _, p in cover.pages(script, w)),
            *(p for _, p in poster.pages(script)),
        ):
            assert _words(one.svg).count(PICTURES) == (wanted if one.photos else 0)
            high = marking._row_height(min(one.size), (marks.Mark("ai", PICTURES),)) if wanted else 0
            assert all(shown.box.y >= high for shown in one.photos)
    linked = _script(link=True)
    assert all(AD in _words(one.svg) for _, one in cover.pages(linked, DOUYIN))
    assert not any(AD in _words(one.svg) for _, one in poster.pages(linked))
    assert not any(AD in _words(one.svg) for _, one in cover.pages(linked, MEITUAN))


def test_pictures_without_marks_are_what_they_were() -> None:
    """No strip, no frame."""
    script = _script()
    for name, one in cover.pages(script, DOUYIN):
        assert one == cover._page(page.desk(script), one.size, script, DOUYIN), name
    for _, one in pairs.pages(script):
        assert PLATE not in one.svg
        assert PICTURES not in one.svg


# In a real file


BRIEF = """\
模板: 清洁前后对比
品牌: 邻里净
标题: 三小时，厨房变个样
服务: 深度保洁
对比:
  - {位置: 灶台, 前: a.png, 后: b.png}
平台: douyin
AI: [配音]
"""


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Bytes, Path]:
    """A draft made, encoded and decoded: its plan, its frames' luma, its folder; nobody was asked for consent."""
    folder = tmp_path_factory.mktemp("marked")
    for seed, name in enumerate(("a.png", "b.png")):
        Image.fromarray(smooth(640, 480, seed)).save(folder / name)
    (folder / "厨房.yaml").write_text(BRIEF, encoding="utf-8")
    store = Cache(folder / "cache")
    script = plan.read(folder / "厨房.yaml", store, today="2026-11-26")
    made = clips.planned(script, draft=True)
    make(script, made, Order(folder / "out", store, draft=True), lambda _: None)
    file = next((folder / "out").rglob("clip.mp4"))
    raw = ffmpeg.run(
        ["-i", file.name, "-map", "0:v:0", "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"], cwd=file.parent
    )
    width, height = made[0].board.canvas
    return made[0], np.frombuffer(raw, np.uint8).reshape(-1, height * 3 // 2, width)[:, :height], folder


def _shown(luma: Bytes, drawn: Graphic) -> float:
    """How much of a mark's white (or dark) letters is there: the correlation of a decoded frame with the drawing."""
    box = drawn.box
    rgba = graphics.rasterise(drawn.svg, box.width, box.height)
    wanted = colour.yuv_planes(np.ascontiguousarray(rgba[..., :3]))[0].astype(float)
    found = luma[box.y : box.y + box.height, box.x : box.x + box.width].astype(float)
    return float(np.corrcoef(wanted.ravel(), found.ravel())[0, 1])


def test_the_label_is_seen_in_the_decoded_file(drafted: tuple[Plan, Bytes, Path]) -> None:
    """From frame 0 for two seconds at least (four as a rule), its ink as high as it must be, and gone afterwards."""
    made, frames, _ = drafted
    label = next(mark for mark in made.board.marks if _words(mark.svg) == VOICE)
    seen = [_shown(frame, label) > 0.85 for frame in frames]
    assert all(seen[: 4 * 30])
    assert not any(seen[4 * 30 + marking.FADE :])
    box = label.box
    for frame in (frames[0], frames[59]):
        region = frame[box.y : box.y + box.height, box.x + box.width // 8 : box.x + box.width * 7 // 8]
        rows = np.flatnonzero((region > WHITE).sum(axis=1) > 1)
        assert rows[-1] - rows[0] + 1 >= math.ceil(min(made.board.canvas) * 0.05)


def test_the_plate_is_seen_from_the_first_to_the_last_decoded_frame(drafted: tuple[Plan, Bytes, Path]) -> None:
    """Nobody in this folder consented: both bands, in crossings too."""
    made, frames, _ = drafted
    bands = [mark for mark in made.board.marks if _words(mark.svg) == PLATE]
    assert len(bands) == 2
    assert len(frames) == made.board.frames
    assert min(_shown(frame, band) for frame in frames for band in bands) > 0.9


def test_looking_shows_the_marks_too(drafted: tuple[Plan, Bytes, Path]) -> None:
    """A single frame as ``vidkit frame`` paints it carries what the clip does."""
    made, frames, folder = drafted
    script = plan.read(folder / "厨房.yaml", Cache(folder / "cache"), today="2026-11-26")
    for seconds in (0.0, 2.0, 6.0):
        looked = sheet.still(made, Album(script.assets), seconds)
        luma = colour.yuv_planes(looked)[0].astype(float)
        for mark in made.board.marks:
            at = round(seconds * made.board.fps)
            assert (_shown(luma.astype(np.uint8), mark) > 0.85) == (_shown(frames[at], mark) > 0.85)

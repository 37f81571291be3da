"""A brief told aloud: scenes as long as the voice, every word heard whole, its subtitles in step, on screen and beside the clip."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import clips
import made_speech
import numpy as np
import pytest
import tiny
import told_aloud
from PIL import Image

from vidkit import ffmpeg, make, plan, timeline
from vidkit.audio import clean, decode
from vidkit.audio.phrases import phrases
from vidkit.audio.track import RATE
from vidkit.boards import scope
from vidkit.cache import Cache
from vidkit.publishing import within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from told_aloud import Told

    from vidkit.plan import Plan, Script

WAYS = {"by chapter": told_aloud.by_chapter, "in one": told_aloud.in_one}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    """A cache for all tests."""
    return Cache(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module", params=WAYS)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A brief with a recording for every chapter, and one with a single recording."""
    return WAYS[request.param](tmp_path_factory.mktemp("aloud"))


@pytest.fixture(scope="module")
def script(told: Told, store: Cache) -> Script:
    """The brief, read."""
    return plan.read(told.file, store)


@pytest.fixture(scope="module")
def made(script: Script) -> Plan:
    """Its clip for Douyin."""
    return clips.planned(script, "douyin")[0]


def truth(told: Told, script: Script, made: Plan) -> Iterator[tuple[str, float, float, bool]]:
    """Every phrase with the seconds of the clip at which it is said, and whether it is heard whole."""
    for recording, take in script.takes.takes.items():
        source = decode.read(recording.path, name=recording.name)
        cut = clean.cleaned(decode.mono(decode.heard(source, ffmpeg).samples)).span.start
        for text, start, end in told.known[PurePath(recording.name).as_posix()]:
            first, last = start * RATE - cut, end * RATE - cut
            piece = next(
                one for one in made.track.voices if one.key == take.key and one.start <= first < one.start + one.length
            )
            late = (piece.at - piece.start) / RATE
            yield text, first / RATE + late, last / RATE + late, last <= piece.start + piece.length + RATE // 100


def test_every_word_is_heard_whole(told: Told, script: Script, made: Plan) -> None:
    """No phrase is cut, every recording is heard to its end, no two pieces overlap, all lies within the clip."""
    assert all(whole for *_, whole in truth(told, script, made))
    for take in script.takes.takes.values():
        assert sum(one.length for one in made.track.voices if one.key == take.key) == take.length
    pieces = sorted(made.track.voices, key=lambda one: one.at)
    assert all(a.at + a.length <= b.at for a, b in pairwise(pieces))
    assert pieces[-1].at + pieces[-1].length <= made.board.frames * RATE // made.board.fps


def test_subtitles_are_in_step(told: Told, script: Script, made: Plan) -> None:
    """Each phrase stands on screen within 0.25 s of its first syllable; none of more than 14 characters; one at a time."""
    fps, said = made.board.fps, sorted(truth(told, script, made), key=lambda one: one[1])
    assert [one.text for one in made.board.subtitles] == [text for text, *_ in said]
    wrong = [shown.first / fps - start for shown, (_, start, *_) in zip(made.board.subtitles, said, strict=True)]
    assert np.abs(wrong).max() <= 0.25
    assert max(len(one.text) for one in made.board.subtitles) <= 14
    assert all(a.last <= b.first for a, b in pairwise(made.board.subtitles))


def test_a_phrase_is_said_in_the_scene_that_shows_it(told: Told, script: Script, made: Plan) -> None:
    """The scene's picture is there while its words are said, but for half a transition."""
    starts = dict(zip((scene.name for scene in made.board.scenes), made.board.starts, strict=True))
    spoken = {text: (start, end) for text, start, end, _ in truth(told, script, made)}
    scene = next(one for one in made.board.scenes if one.name == "told-3")
    first, last = starts["told-3"] / made.board.fps, (starts["told-3"] + scene.frames) / made.board.fps
    assert first <= spoken["豆腐，张奶奶要自己挑"][0] < spoken["豆腐，张奶奶要自己挑"][1] <= last


def test_no_words_stand_twice(made: Plan) -> None:
    """What subtitles say is drawn nowhere else; what stands large while it is said gets no second drawing."""
    scenes = "\n".join(within.words(item.svg) for one in made.board.scenes for item in within.drawings(one))
    drawn = [within.words(one.svg) for one in made.board.captions]
    assert drawn
    assert not [words for words in drawn if words in scenes]
    large = [one.text for one in made.board.subtitles if one.text not in drawn]
    assert all(part in scenes.replace("，", "") for words in large for part in words.split("，"))


def test_subtitles_stand_in_the_safe_box_and_over_nothing(made: Plan) -> None:
    """No app covers them, no other words lie under them; in every segment they are drawn as long as the clip says."""
    assert within.leaving(made) == ()
    starts = made.board.starts
    for one in made.board.captions:
        at = max(i for i, start in enumerate(starts) if start <= one.first)
        others = [g.box for g in made.board.scenes[at].graphics if g.box.height < 1920 and within.TEXT.search(g.svg)]
        assert all(one.box.y + one.box.height <= b.y or b.y + b.height <= one.box.y for b in others)
    shown = sum(mark.last - mark.first for segment in timeline.cut(made.board) for mark in segment.marks)
    assert shown >= sum(one.last - one.first for one in made.board.captions)


def test_files_beside_the_clip(made: Plan) -> None:
    """SubRip and WebVTT with the same words at the same frames."""
    files = make.subtitled(made)
    assert sorted(files) == ["clip.srt", "clip.vtt"]
    for one in made.board.subtitles:
        assert one.text in files["clip.srt"]
        assert one.text in files["clip.vtt"]
    assert files["clip.srt"].startswith("1\r\n00:00:0")
    assert files["clip.vtt"].startswith("WEBVTT\n\n1\n00:00:0")


def test_a_finished_clip_has_them_beside_it(
    script: Script, store: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are delivered with it; the voice's parts in the cache go when consent is taken back."""
    tiny.small(monkeypatch)
    made = clips.planned(script, "douyin", draft=True)[0]
    done = make.make(script, [made], make.Order(tmp_path, store, draft=True), lambda _: None)
    folder = done.folder / "douyin"
    assert {file.name for file in done.files} >= {"clip.mp4", "clip.srt", "clip.vtt"}
    assert (folder / "clip.srt").read_bytes().decode("utf-8") == make.subtitled(made)["clip.srt"]
    heard = {file.name.partition("-")[0] for file in store.showing()}
    assert {take.key for take in script.takes.takes.values()} <= heard


def test_a_draft_and_another_platform_speak_alike(script: Script, made: Plan) -> None:
    """The draft's sound is the same; another platform's clip says the same words."""
    draft = clips.planned(script, "douyin", draft=True)[0]
    assert (draft.track, draft.board.subtitles) == (made.track, made.board.subtitles)
    other = clips.planned(script, "wechat-channels")[0]
    assert [one.text for one in other.board.subtitles] == [one.text for one in made.board.subtitles]


def test_without_words_nothing_is_invented(told: Told, store: Cache) -> None:
    """A chapter without words keeps its voice, whole, and has no subtitles; a clip without any has no files beside it."""
    text = told.file.read_text(encoding="utf-8")
    if "voice/02.wav" not in text:
        pytest.skip("one recording for all")
    file = told.file.with_name("wordless.yaml")
    file.write_text(text.replace("说明: ['豆腐，张奶奶要自己挑'], ", ""), encoding="utf-8")
    script = plan.read(file, store)
    made = clips.planned(script, "douyin")[0]
    assert "豆腐" not in "".join(one.text for one in made.board.subtitles)
    assert sum(one.length for one in made.track.voices) == sum(one.length for one in script.takes.takes.values())
    assert make.subtitled(clips.planned(plan.read(_silent(told), store), "douyin")[0]) == {}


def _silent(told: Told) -> Path:
    lines = told.file.read_text(encoding="utf-8").splitlines()
    file = told.file.with_name("silent.yaml")
    file.write_text("\n".join(line.partition(", 录音")[0] + ("}" if ", 录音" in line else "") for line in lines))
    return file


def test_a_long_voice_makes_a_long_clip(tmp_path_factory: pytest.TempPathFactory, store: Cache) -> None:
    """A template's usual length does not cut a voice: 90 s of it are heard in a story, which as a rule has 75 s at most."""
    folder = tmp_path_factory.mktemp("long")
    told = told_aloud.by_chapter(folder)
    slow = made_speech.talk(phrases("早班车上，座位都还空着。我在车上想好，今天买什么菜。"), 1)
    times = 1 + RATE * 82 // len(slow.samples)
    told_aloud.save(folder / "voice/01.wav", np.tile(slow.samples, times))
    made = clips.planned(plan.read(told.file, store), "douyin")[0]
    assert made.board.frames / made.board.fps > 90


def test_a_read_review_s_pages_follow_the_voice(tmp_path: Path, store: Cache) -> None:
    """Every page stands from its first word to its last; the words are unchanged on the pages, in step beside the clip, and drawn once."""
    told = told_aloud.review(tmp_path)
    script = plan.read(told.file, store)
    made = clips.planned(script, "douyin")[0]
    pages = [(scene, start) for scene, start in zip(made.board.scenes, made.board.starts, strict=True)]
    pages = [(scene, start) for scene, start in pages if scene.name.startswith("words")]
    texts = [leaf.text for leaf in scope.pages(told_aloud.REVIEW, "review.text")]
    assert len(pages) == len(texts) > 2
    said = sorted(truth(told, script, made), key=lambda one: one[1])
    assert all(whole for *_, whole in said)
    wrong = [one.first / made.board.fps - start for one, (_, start, *_) in zip(made.board.subtitles, said, strict=True)]
    assert np.abs(wrong).max() <= 0.25
    for (scene, start), text in zip(pages, texts, strict=True):
        mine = [said.pop(0) for _ in phrases(text)]
        assert start / made.board.fps - 0.1 <= mine[0][1] < mine[-1][2] <= (start + scene.frames) / made.board.fps + 0.1
    assert not said
    assert made.board.captions == ()


def test_a_pair_s_note_is_said_by_its_own_recording(tmp_path: Path, store: Cache) -> None:
    """In step, in the pair's own scenes; without a note its voice is heard in them without subtitles."""
    for side in ("before", "after"):
        Image.new("RGB", (720, 1280), "grey" if side == "before" else "white").save(tmp_path / f"{side}.jpg")
    told_aloud.spoken(tmp_path / "voice/01.wav", ("先喷清洁剂，等上十分钟",), 3)
    head = "模板: 清洁前后对比\n品牌: 邻里净\n标题: 厨房变个样\n服务: 保洁\n地区: 贵阳\n对比:\n  - {位置: 灶台, 前: before.jpg, 后: after.jpg"
    for number, (note, count) in enumerate(((", 说明: '先喷清洁剂，等上十分钟'", 2), ("", 0))):
        file = tmp_path / f"{number}.yaml"
        file.write_text(f"{head}{note}, 录音: voice/01.wav}}\n", encoding="utf-8")
        script = plan.read(file, store)
        made = clips.planned(script, "douyin")[0]
        assert len(made.board.subtitles) == len(made.board.captions) == count
        assert sum(one.length for one in made.track.voices) == next(iter(script.takes.takes.values())).length
        assert "VK-V018" not in [one.code for one in made.problems]
        names = [scene.name for scene in made.board.scenes]
        begun = made.board.starts[names.index("reveal-1" if note else "before-1")] / made.board.fps
        assert made.track.voices[0].at / RATE == pytest.approx(begun, abs=0.3)

"""Finished files proven: a good clip has nothing, and every fault that is put into it is found. The clip is a draft, so that it is quick."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from conftest import room, smooth
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from vidkit import batch, encode, ffmpeg, make, motion, plan
from vidkit.cache import Cache
from vidkit.labels import marks
from vidkit.pages import pdf
from vidkit.pages.page import Page
from vidkit.painting.album import Album
from vidkit.photos import metadata
from vidkit.publishing import carried, measure, proof, within
from vidkit.storyboard import Box

if TYPE_CHECKING:
    from pathlib import Path

    from vidkit.make import Made
    from vidkit.plan import Plan, Script

BRIEF = """\
模板: 清洁前后对比
品牌: 邻里净
标题: 三小时，厨房变个样
服务: 深度保洁
谁家: 不是客户家
对比:
  - {位置: 灶台, 前: p/before.jpg, 后: p/after.jpg}
"""
FAST = (
    "-c:v",
    "libx264",
    "-preset",
    "ultrafast",
    "-crf",
    "20",
    "-pix_fmt",
    "yuv420p",
    "-profile:v",
    "high",
    "-threads",
    "1",
)
LABEL = '{"Label":"1","ContentProducer":"X","ProduceID":"vk-1","ReservedCode1":"","ContentPropagator":"X","PropagateID":"vk-1","ReservedCode2":""}'

pytestmark = pytest.mark.usefixtures("small_drafts")


class Job:
    """A made draft: its folder, script, plan and clip."""

    def __init__(self, folder: Path) -> None:
        (folder / "p").mkdir()
        for name in ("before", "after"):
            Image.fromarray(room(720, 960, 2, cleaned=name == "after")).save(folder / "p" / f"{name}.jpg", quality=95)
        brief = folder / "厨房.yaml"
        brief.write_text(BRIEF, encoding="utf-8")
        self.cache = Cache(folder / "cache")
        (item,) = batch.check((brief,), self.cache, today="2026-11-26", draft=True)
        assert not item.exit_code, item.problems
        assert item.script
        self.script: Script = item.script
        self.plan: Plan = item.plans[0]
        self.made: Made = make.make(
            self.script, item.plans, make.Order(folder / "out", self.cache, draft=True), lambda _: None
        )
        self.clip = self.made.folder / "douyin" / "clip.mp4"

    def codes(self, file: Path, script: Script | None = None, made: Plan | None = None) -> list[str]:
        """What is wrong with a clip."""
        album = Album(self.script.assets)
        _, found = proof.of_clip(file, script or self.script, made or self.plan, album)
        return [one.code for one in found]


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Job:
    """One made draft for all tests of the module."""
    return Job(tmp_path_factory.mktemp("job"))


def changed(job: Job, folder: Path, *arguments: str) -> Path:
    """The clip put through ffmpeg with some faults."""
    file = folder / "clip.mp4"
    (folder / "in.mp4").write_bytes(job.clip.read_bytes())
    ffmpeg.run(["-i", "in.mp4", *arguments, *encode.BT709, *encode.TICKS, file.name], cwd=folder)
    return file


def test_a_good_clip_has_nothing(job: Job) -> None:
    """What make delivers holds; its figures are told."""
    shown = proof.prove(job.script, [job.plan], job.made, {})
    assert not shown.problems
    assert shown.holds
    said = proof.as_data(shown)["douyin"]
    assert said["frames"] == job.plan.board.frames
    assert abs(said["lufs"] + 14) <= 0.5
    assert said["black"] == said["silent"] == []


FAULTS: dict[str, tuple[tuple[str, ...], str]] = {
    "black": (("-vf", "drawbox=t=fill:color=black:enable='between(t,3,4)'", *FAST, "-c:a", "copy"), "VK-U006"),
    "frozen": (("-vf", "trim=end=3,tpad=stop=-1:stop_mode=clone", "-shortest", *FAST, "-c:a", "copy"), "VK-U008"),
    "silent": (("-c:v", "copy", "-af", "volume=0:enable='between(t,3,6)'", "-c:a", "aac", "-b:a", "192k"), "VK-U009"),
    "quiet": (("-c:v", "copy", "-af", "volume=-6dB", "-c:a", "aac", "-b:a", "192k"), "VK-U004"),
    "distorted": (("-c:v", "copy", "-af", "volume=12dB", "-c:a", "aac", "-b:a", "192k"), "VK-U005"),
    "short": (("-t", "6", "-c", "copy"), "VK-U002"),
    "no sound": (("-an", "-c:v", "copy"), "VK-U001"),
    "another size": (("-vf", "scale=270:480", *FAST, "-c:a", "copy"), "VK-U001"),
    "another rate": (("-r", "25", *FAST, "-c:a", "copy"), "VK-U001"),
    "another picture": (("-vf", "hflip", *FAST, "-c:a", "copy"), "VK-U011"),
    "a place": (("-c", "copy", "-metadata", "location=+26.6470+106.6302/"), "VK-U014"),
    "a device": (
        ("-c", "copy", "-movflags", "use_metadata_tags", "-metadata", "com.apple.quicktime.model=iPhone"),
        "VK-U014",
    ),
    "a title": (("-c", "copy", "-fflags", "+bitexact", "-metadata", "title=李女士家"), "VK-U014"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(job: Job, tmp_path: Path, fault: str) -> None:
    """Black, frozen and silent stretches, the wrong length, size, rate or picture, and what a file should not tell."""
    arguments, code = FAULTS[fault]
    assert code in job.codes(changed(job, tmp_path, *arguments))


def test_a_damaged_file_is_found(job: Job, tmp_path: Path) -> None:
    """Half a file, a file of noise, bits lost in the middle."""
    file, whole = tmp_path / "clip.mp4", job.clip.read_bytes()
    for content in (whole[: len(whole) // 2], b"noise" * 1000):
        file.write_bytes(content)
        assert job.codes(file)
    middle = len(whole) // 2
    file.write_bytes(whole[:middle] + bytes(4000) + whole[middle + 4000 :])
    assert set(job.codes(file)) & {"VK-U003", "VK-U011", "VK-U002"}


def test_a_label_that_is_due_and_missing_is_found(job: Job, tmp_path: Path) -> None:
    """A voice made by AI: the clip made without it lacks the label on the picture and inside the file; the one made with it has both; one that
    hides it for a moment is found.
    """
    script = replace(job.script, brief=job.script.brief.model_copy(update={"made_by_ai": ("voice",)}))
    due = plan.plan(script, job.plan.platform, draft=True)
    assert {"VK-U012", "VK-U015"} <= set(job.codes(job.clip, script, due))
    assert {"VK-U012", "VK-U015"} <= set(job.codes(job.clip, script))
    made = make.make(
        script, [due], make.Order(job.made.folder.parents[1] / "out2", job.cache, draft=True), lambda _: None
    )
    file = made.folder / "douyin" / "clip.mp4"
    assert not job.codes(file, script, due)
    assert job.codes(file)[-1] == "VK-U015"
    whole = next(one for one in due.board.marks if within.words(one.svg) == marks.said("wording.voice")).box
    cover = f"drawbox=x={whole.x}:y={whole.y}:w={whole.width}:h={whole.height}:t=fill:color=gray"
    (tmp_path / "in.mp4").write_bytes(file.read_bytes())
    hidden = [*FAST, "-c:a", "copy", *encode.BT709, *encode.TICKS, "clip.mp4"]
    ffmpeg.run(["-i", "in.mp4", "-vf", f"{cover}:enable='between(t,0.3,0.9)'", *hidden], cwd=tmp_path)
    assert "VK-U012" in job.codes(tmp_path / "clip.mp4", script, due)


def test_silence_that_was_asked_for_is_no_fault(job: Job, tmp_path: Path) -> None:
    """Without a bed and effects there must be no sound at all."""
    silent = replace(job.plan, track=replace(job.plan.track, bed=None, cues=()))
    quiet = changed(
        job,
        tmp_path,
        "-c:v",
        "copy",
        "-af",
        "volume=0",
        "-c:a",
        "aac",
        "-b:a",
        "192k",
        "-fflags",
        "+bitexact",
        "-map_metadata",
        "-1",
        "-movflags",
        "+faststart",
    )
    found = job.codes(quiet, made=silent)
    assert not set(found) & {"VK-U004", "VK-U009", "VK-U010"}
    assert "VK-U010" in job.codes(job.clip, made=silent)


def test_a_long_card_is_no_frozen_picture(job: Job) -> None:
    """A still of the storyboard is one in the clip: nothing is wrong. Frames that move in the storyboard and not in the clip are."""
    shown = measure.clip(job.clip)
    assert shown.frozen
    lumas = proof._between(job.plan, (0.0, 3.0), Album(job.script.assets))
    assert proof._moving(lumas)
    start, end = shown.frozen[-1]
    assert not proof._moving(proof._between(job.plan, (start, end), Album(job.script.assets)))


def test_words_outside_the_safe_box_are_found(job: Job) -> None:
    """A drawing whose letters lie below the box; one whose box does, but not its letters, is well."""
    board = job.plan.board
    scene = next(one for one in board.scenes if any(within.TEXT.search(g.svg) for g in one.graphics))
    item = next(g for g in scene.graphics if within.TEXT.search(g.svg))
    low = replace(item, box=replace(item.box, y=board.canvas[1] - item.box.height), dx=motion.STILL, dy=motion.STILL)
    assert not within.leaving(job.plan)
    outside = replace(job.plan, board=replace(board, scenes=(replace(scene, graphics=(low,)),)))
    assert within.leaving(outside) == (within.words(item.svg)[:12],)
    wide = replace(low, box=Box(0, item.box.y, item.box.width, item.box.height))
    assert within.leaving(replace(job.plan, board=replace(board, scenes=(replace(scene, graphics=(wide,)),))))


def test_the_manifest_names_what_was_made(job: Job, tmp_path: Path) -> None:
    """A file that changed since, and one that is gone."""
    names = ("douyin/clip.mp4", "douyin/caption.txt", "manifest.json")
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((job.made.folder / name).read_bytes())
    made = replace(job.made, folder=tmp_path, files=tuple(tmp_path / name for name in names))
    assert not list(proof._as_written(made))
    (tmp_path / "douyin/caption.txt").write_text("x", encoding="utf-8")
    (tmp_path / "douyin/clip.mp4").unlink()
    assert [one.code for one in proof._as_written(made)] == ["VK-U017", "VK-U017"]


# Pictures


def picture(suffix: str, **said: object) -> bytes:
    """A small picture file with what is said in it."""
    stream = io.BytesIO()
    Image.fromarray(smooth(64, 48)).save(stream, {".jpg": "JPEG", ".png": "PNG"}[suffix], **said)
    return stream.getvalue()


def gps() -> Image.Exif:
    """EXIF with a place."""
    exif = Image.Exif()
    exif[0x010F] = "Phone"
    exif.get_ifd(0x8825)[1] = "N"
    return exif


def text(key: str) -> PngInfo:
    """A PNG's text."""
    said = PngInfo()
    said.add_text(key, "x")
    return said


LABELLED = metadata.xmp(LABEL)
PLACED = LABELLED.replace(b"TC260:AIGC=", b'exif:GPSLatitude="26" TC260:AIGC=')
CARRIED: dict[str, tuple[str, bytes, bool]] = {
    "plain jpeg": (".jpg", picture(".jpg"), True),
    "labelled jpeg": (".jpg", picture(".jpg", xmp=LABELLED), True),
    "jpeg with a place": (".jpg", picture(".jpg", exif=gps()), False),
    "jpeg with a place in xmp": (".jpg", picture(".jpg", xmp=PLACED), False),
    "jpeg with a comment": (".jpg", picture(".jpg", comment=b"made by"), False),
    "jpeg with a profile": (".jpg", picture(".jpg", icc_profile=b"x" * 200), False),
    "jpeg with a tail": (".jpg", picture(".jpg") + b"tail", False),
    "plain png": (".png", picture(".png"), True),
    "dense png": (".png", picture(".png", dpi=(300, 300)), True),
    "png with a place": (".png", picture(".png", exif=gps()), False),
    "png with a text": (".png", picture(".png", pnginfo=text("Author")), False),
    "png with a tail": (".png", picture(".png") + b"tail", False),
    "plain pdf": (".pdf", pdf.page(picture(".jpg"), (64, 48)), True),
    "pdf with an author": (".pdf", pdf.page(picture(".jpg"), (64, 48)).replace(b"/Size", b"/Author (me) /Size"), False),
    "no picture": (".jpg", b"GIF89a", False),
}


@pytest.mark.parametrize("name", CARRIED)
def test_what_pictures_carry(name: str, tmp_path: Path) -> None:
    """Only what is on the list; a label is allowed where it is due."""
    suffix, content, good = CARRIED[name]
    file = tmp_path / f"a{suffix}"
    file.write_bytes(content)
    assert (carried.extras(file) == ()) == good


def test_a_picture_of_another_size_or_kind_is_found(job: Job, tmp_path: Path) -> None:
    """The page says the size, the name the kind."""
    page, album = Page((64, 48), "#ffffff", (), ""), Album({})
    file = tmp_path / "cover-3x4.jpg"
    file.write_bytes(picture(".jpg"))
    assert not proof.of_picture(file, job.script, page, album)
    assert [p.code for p in proof.of_picture(file, job.script, replace(page, size=(64, 49)), album)] == ["VK-U016"]
    file.write_bytes(picture(".jpg", xmp=LABELLED))
    assert [p.code for p in proof.of_picture(file, job.script, page, album)] == ["VK-U015"]
    file.write_bytes(picture(".png"))
    assert [p.code for p in proof.of_picture(file, job.script, page, album)] == ["VK-U016"]


def test_likeness_is_in_decibels() -> None:
    """The same is 99; a level off everywhere is 48."""
    one = np.full((8, 8), 100, np.uint8)
    assert proof.psnr(one, one) == 99
    assert round(proof.psnr(one, one + 1)) == 48

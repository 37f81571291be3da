"""Two photos of one room, from files to pixels: laid over each other, levelled, upright, covered, and nothing of the file's own words left."""

from __future__ import annotations

import io
import json
import struct
from dataclasses import replace
from typing import TYPE_CHECKING

import clips
import cv2
import numpy as np
import pytest
from conftest import room
from PIL import Image

from vidkit import console, ffmpeg, plan, poster
from vidkit.cache import Cache
from vidkit.labels import aigc
from vidkit.make import Order, make
from vidkit.pages import still
from vidkit.painting.album import Album
from vidkit.photos import advice, decode, metadata, pair, privacy
from vidkit.photos.file import read
from vidkit.storyboard import Picture

if TYPE_CHECKING:
    from pathlib import Path

    from vidkit.colour import Bytes
    from vidkit.plan import Script

BRIEF = """\
模板: 清洁前后对比
品牌: 邻里净
标题: 三小时变个样
服务: 深度保洁
对比:
  - {位置: 灶台, 前: before.jpg, 后: %s}
"""
SIZE = (1200, 900)
LABEL = '{"AIGC":{"Label":"1","ContentProducer":"EXAMPLE","ProduceID":"vk-1"}}'
SECRETS = (b"SecretPhone", b"SecretOwner", b"SecretSoftware", b"SecretComment", b"SecretArtist")


def shot(turned: int = 0, shift: tuple[float, float] = (30, -22), angle: float = 2.0, light: float = 1.0) -> Bytes:
    """The room before the work as a hand-held phone takes it: shifted, leaning, in another light, turned by quarters clockwise."""
    whole = room(*SIZE, 2)
    matrix = cv2.getRotationMatrix2D((SIZE[0] / 2, SIZE[1] / 2), angle, 1.06) + np.array([(0, 0, x) for x in shift])
    moved = cv2.warpAffine(whole, matrix, SIZE, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)
    lit = 255 * (moved / 255.0) ** 2.2 * light
    seen = np.clip(255 * (np.clip(lit, 0, 255) / 255) ** (1 / 2.2), 0, 255).astype(np.uint8)
    return np.ascontiguousarray(np.rot90(seen, -turned // 90))


def written(folder: Path, before: Bytes, after: Bytes, after_name: str = "after.jpg") -> Path:
    """A brief of these two photos."""
    Image.fromarray(before).save(folder / "before.jpg", quality=95)
    Image.fromarray(after).save(folder / "after.jpg", quality=95)
    (folder / "厨房.yaml").write_text(BRIEF % after_name, encoding="utf-8")
    return folder / "厨房.yaml"


def both(script: Script, size: tuple[int, int] = (600, 450)) -> tuple[Bytes, Bytes]:
    """The common part of both photos of the first pair, as they are painted."""
    album = Album(script.assets)
    two = script.brief.pairs[0]
    shown = (script.prints[two.before], script.prints[two.after])
    before, after = (album.cut(Picture(one.sha256, one.usable), *size) for one in shown)
    return before, after


def apart(before: Bytes, after: Bytes) -> float:
    """The mean difference of two pictures in levels, of the three quarters of the room that were not cleaned."""
    height, width = before.shape[:2]
    difference = np.abs(before.astype(float) - after)
    difference[int(height * 0.42) :, int(width * 0.42) :] = np.nan
    return float(np.nanmean(difference))


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_nothing_jumps(tmp_path: Path, turned: int) -> None:
    """A pair shot by hand, a quarter or a half turn apart, is one picture but for what was cleaned, in the order of the JPEGs' own grain."""
    file = written(tmp_path, shot(turned), room(*SIZE, 2, cleaned=True))
    script = plan.read(file, Cache(tmp_path / "cache"))
    match = script.developed.matches[0]
    assert match.matrix
    assert match.turned == turned
    if not match.turn:
        assert apart(*both(script)) < 4.0
    assert match.usable[0] < 0.12
    assert match.usable[2] > 0.88
    unturned = both(script)[0]
    assert unturned.shape == (450, 600, 3)


@pytest.mark.parametrize("kind", ["mirrored", "collage", "cut", "near", "beside", "barred", "stain"])
def test_what_cannot_be_laid_on_each_other_is_told_why(tmp_path: Path, kind: str) -> None:
    """One is the other way round, or two photos on one, or most of what changed would be cut off: such pairs are shown apart. One taken nearer,
    from beside, with bars, of a small stain or of nothing at all is no reason to.
    """
    before, after = (cv2.resize(one, (600, 450)) for one in (shot(), room(*SIZE, 2, cleaned=True)))
    both_halves = [cv2.resize(one, (297, 450)) for one in (before, after)]
    leaning, marked, barred = cv2.getRotationMatrix2D((300, 225), 22, 1.15), np.copy(after), np.copy(before)
    marked[:70, 60:200] = 255 - marked[:70, 60:200]
    stained = np.copy(after)
    stained[180:235, 230:290] = (90, 60, 30)
    barred[:90], barred[360:] = 0, 0
    ways = {
        "mirrored": before[:, ::-1],
        "collage": np.hstack([both_halves[0], np.full((450, 6, 3), 255, np.uint8), both_halves[1]]),
        "cut": cv2.warpAffine(marked, leaning, (600, 450)),
        "near": before[150:, 200:],
        "beside": before[:, :330],
        "barred": barred,
        "stain": stained[60:400, 60:530],
    }
    written(tmp_path, np.asarray(ways[kind], np.uint8), np.asarray(after, np.uint8))
    one, two = (read(tmp_path / name, name=name) for name in ("before.jpg", "after.jpg"))
    match = pair.match(one, two, Cache(tmp_path / "cache"))
    reason = kind if kind in {"mirrored", "collage", "cut"} else ""
    assert (match.matrix is None, match.reason) == (bool(reason), reason)
    if kind == "near":
        turned = pair.match(two, one, Cache(tmp_path / "cache"))
        assert turned.matrix
        assert min(match.left[0], turned.left[1]) > 0.9
        assert max(match.left[1], turned.left[0]) < 0.6


def test_the_photo_that_says_so_is_upright(tmp_path: Path) -> None:
    """Of two photos turned against each other, the one with an orientation tag decides; the other is turned to it, pixel over pixel."""
    file = written(tmp_path, room(*SIZE, 2), shot(90))
    Image.fromarray(room(*SIZE, 2)).save(tmp_path / "before.jpg", quality=95, exif=_exif(orientation=1))
    script = plan.read(file, Cache(tmp_path / "cache"))
    match = script.developed.matches[0]
    assert match.turn
    shown = script.prints[script.brief.pairs[0].after]
    assert shown.width > shown.height
    before, after = both(script)
    assert float(np.abs(before.astype(float) - after).mean()) < 4.0


def test_light_is_levelled(tmp_path: Path) -> None:
    """A before two thirds of a stop darker comes within a tenth of a stop of the after; the before is brightened, the after lowered."""
    file = written(tmp_path, shot(light=0.63), room(*SIZE, 2, cleaned=True))
    script = plan.read(file, Cache(tmp_path / "cache"))
    match = script.developed.matches[0]
    assert match.brighter_ev == pytest.approx(0.67, abs=0.15)
    assert min(match.before) >= 1
    assert max(match.after) <= 1
    before, after = (picture[:180, :240].astype(float).mean() for picture in both(script))
    assert abs(np.log2(before / after)) * 2.2 < 0.12


def test_a_pair_seen_before_is_not_compared_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Facts and matches are remembered by content: the second reading decodes nothing; a changed photo is examined again."""
    file = written(tmp_path, shot(), room(*SIZE, 2, cleaned=True))
    cache = Cache(tmp_path / "cache")
    first = plan.read(file, cache)
    monkeypatch.setattr(decode, "picture", lambda *_, **__: pytest.fail("decoded again"))
    monkeypatch.setattr(pair, "_compared", lambda *_: pytest.fail("compared again"))
    again = plan.read(file, cache)
    assert again.developed.matches == first.developed.matches
    assert again.prints == first.prints
    Image.fromarray(room(*SIZE, 2, cleaned=True)).save(tmp_path / "after.jpg", quality=80)
    with pytest.raises(pytest.fail.Exception):
        plan.read(file, cache)


def test_what_is_covered_is_in_no_picture(tmp_path: Path) -> None:
    """A place covered by hand shows nothing of itself in the warped before, at any size it is cut, and the rest is as it was."""
    before = shot()
    before[300:420, 500:660] = np.random.default_rng(3).integers(0, 2, (120, 160, 1)) * 255
    file = written(tmp_path, before, room(*SIZE, 2, cleaned=True))
    shown = {}
    for name, said in (("open", "before.jpg"), ("covered", "{文件: before.jpg, 遮挡: [0.40, 0.32, 0.57, 0.48]}")):
        file.write_text((BRIEF % "after.jpg").replace("before.jpg", said), encoding="utf-8")
        script = plan.read(file, Cache(tmp_path / "cache"))
        shown[name] = [both(script, size)[0].astype(float) for size in ((600, 450), (1000, 750))]
    for bare, covered in zip(shown["open"], shown["covered"], strict=True):
        width = bare.shape[1]
        centre = (
            slice(int(0.38 * width * 0.75), int(0.42 * width * 0.75)),
            slice(int(0.44 * width), int(0.50 * width)),
        )
        assert bare[centre].std() > 45
        assert covered[centre].std() < 25
        assert np.abs(bare[:, : width // 4] - covered[:, : width // 4]).max() <= 1


def _exif(orientation: int = 1) -> bytes:
    """EXIF with everything that must not leave the machine: device, owner, place, a thumbnail's worth of words."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x0131] = orientation, "SecretPhone", "SecretSoftware"
    exif[0x013B], exif[0xA430] = "SecretArtist", "SecretOwner"
    exif.get_ifd(0x8825).update({1: "N", 2: (26.0, 34.0, 12.0), 3: "E", 4: (106.0, 42.0, 30.0)})
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0SecretComment"
    return exif.tobytes()


@pytest.fixture(scope="module")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished draft of a brief whose photos carry every kind of metadata, one of them the label of AI; its cache beside it."""
    folder = tmp_path_factory.mktemp("words of files")
    file = written(folder, shot(), room(*SIZE, 2, cleaned=True))
    Image.fromarray(shot()).save(folder / "before.jpg", quality=95, exif=_exif())
    marked = metadata.xmp(LABEL)
    Image.fromarray(room(*SIZE, 2, cleaned=True)).save(folder / "after.jpg", quality=95, exif=_exif(), xmp=marked)
    script = plan.read(file, Cache(folder / "cache"))
    plans = clips.planned(script, draft=True)
    make(script, plans, Order(folder / "out", Cache(folder / "cache"), draft=True), lambda _: None)
    return folder


def test_nothing_a_file_says_of_itself_leaves_the_machine(labelled: Path) -> None:
    """No device, owner, place or comment in any output, cache file, sheet or still."""
    script = plan.read(labelled / "厨房.yaml", Cache(labelled / "cache"))
    album = Album(script.assets)
    _, sheet = poster.pages(script)[0]
    painted = still.draw(sheet, album.cut, album.person)
    made = [still.packed(painted, suffix, sheet, LABEL) for suffix in (".png", ".jpg")]
    drawn = io.BytesIO()
    Image.fromarray(privacy.sheets(script.developed, {}, width=600)[0]).save(drawn, "PNG")
    files = [f.read_bytes() for folder in ("out", "cache") for f in (labelled / folder).rglob("*") if f.is_file()]
    assert len(files) > 10
    place = struct.pack(">II", 26, 1) + struct.pack(">II", 34, 1)
    for content in (*files, *made, drawn.getvalue()):
        assert not [secret for secret in SECRETS if secret in content]
        assert place not in content
        assert b"Exif\0\0" not in content


def test_outputs_carry_no_tags_but_the_label(labelled: Path) -> None:
    """Everything ffmpeg and Pillow can read back of outputs is on the list: the containers' own facts, and the label of AI."""
    clip_file = next((labelled / "out").rglob("clip.mp4"))
    tags = ffmpeg.run(["-i", clip_file.name, "-f", "ffmetadata", "-"], cwd=clip_file.parent).decode()
    names = {line.split("=", 1)[0] for line in tags.splitlines() if "=" in line}
    assert names <= {"major_brand", "minor_version", "compatible_brands", "encoder", "AIGC"}
    label = aigc.read(clip_file)
    assert label
    assert label.level == "1"
    script = plan.read(labelled / "厨房.yaml", Cache(labelled / "cache"))
    album = Album(script.assets)
    _, sheet = poster.pages(script)[0]
    for content, name in (
        (still.png(sheet, album.cut, LABEL), "a.png"),
        (still.jpeg(sheet, album.cut, LABEL), "a.jpg"),
    ):
        (labelled / name).write_bytes(content)
        assert metadata.marks(read(labelled / name, name=name)).aigc == metadata.normal(LABEL)
        with Image.open(labelled / name) as image:
            allowed = {"xmp", "XML:com.adobe.xmp", "jfif", "jfif_version", "jfif_unit", "jfif_density"}
            assert set(image.info) <= allowed
            assert not image.getexif()


def test_a_clip_of_plain_photos_carries_no_label(tmp_path: Path) -> None:
    """Without a labelled photo there is no tag at all."""
    file = written(tmp_path, shot(), room(*SIZE, 2, cleaned=True))
    script = plan.read(file, Cache(tmp_path / "cache"))
    assert not aigc.of_clip(script, clips.planned(script)[0])


def test_the_manifest_says_what_was_done(labelled: Path) -> None:
    """Photos by name and hash, what was covered, how the pair was aligned and levelled; no path, no moment, no device."""
    said = json.loads(next((labelled / "out").rglob("manifest.json")).read_text(encoding="utf-8"))
    assert [one["name"] for one in said["photos"]] == ["before.jpg", "after.jpg"]
    assert [one["ai_label"] for one in said["photos"]] == [False, True]
    assert said["pairs"][0]["aligned"]
    assert said["pairs"][0]["usable"]


def test_a_before_that_loses_most_of_itself_is_told(labelled: Path) -> None:
    """Aligned with an after taken much nearer; the other way round nothing of the dirt is lost."""
    script = plan.read(labelled / "厨房.yaml", Cache(labelled / "cache"))
    (two,), (match,) = script.brief.pairs, script.developed.matches
    for left, told in (((0.4, 1.0), True), ((1.0, 0.4), False), ((0.5, 1.0), False)):
        found = [p for p in advice._honesty(two, replace(match, left=left)) if p.code == "VK-P053"]
        assert bool(found) is told
        assert all("40%" in p.message("zh") for p in found)


def test_every_state_of_a_find_has_a_colour_and_words() -> None:
    """What became of a find is drawn and said for every state there is."""
    for name in ("covered", "held", "doubtful", "shown", "spared", "by-hand", "carried"):
        assert name in privacy.COLOURS
        assert console.words(f"state-{name}")
    for name in ("covered", "held", "doubtful", "shown", "spared"):
        assert "1@2/3" in console.words(f"write-{name}", number="1@2/3") or name in {"shown", "spared"}


def test_the_sheet_of_finds_has_every_photo_and_number(labelled: Path) -> None:
    """As tall as its photos, the same every time; as data every find has number, decision and box."""
    script = plan.read(labelled / "厨房.yaml", Cache(labelled / "cache"))
    studies = script.developed.studies
    told: list[int] = []
    named = privacy.captions(script.brief)
    (drawn,) = privacy.sheets(script.developed, named, width=800, advance=told.append)
    assert drawn.shape[1] == 800
    assert len(told) == len(studies) == 2
    (again,) = privacy.sheets(script.developed, named, width=800)
    assert np.array_equal(drawn, again)
    assert [one["photo"] for one in privacy.as_data(script.developed)] == ["before.jpg", "after.jpg"]
    assert script.brief.mentions[0].place.line == privacy.as_data(script.developed)[0]["line"]

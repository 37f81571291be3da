"""Films where photos stand: read as phones store them, covered in every frame, played in step, and everything wrong with one said."""

from __future__ import annotations

import dataclasses
import errno
import itertools
import os
import shutil
from typing import TYPE_CHECKING, Any

import filmed
import numpy as np
import pytest
from click.testing import CliRunner
from conftest import room
from filmed import film, going_by
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from vidkit import cli, clip, colour, encode, ffmpeg, paint, plan, tables
from vidkit.cache import Cache
from vidkit.film import footage, intake, playing, probe, reading, tracks
from vidkit.film.reel import CHUNK, FPS, Reel
from vidkit.film.tracks import Sight
from vidkit.painting import layers
from vidkit.painting.album import Album
from vidkit.photos import faces, privacy, report
from vidkit.photos.areas import contains
from vidkit.photos.faces import Face
from vidkit.problems import Place, Refusal
from vidkit.storyboard import Box, Photo, Picture, Scene, Storyboard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from vidkit.colour import Bytes

HERE = Place("清单.yaml", 7, 5)
RULES = tables.table("footage")["tracks"]
BRIEF = """\
模板: 深度保洁七步流程
品牌: 邻里净
标题: 深度保洁，一共三步
服务: 深度保洁
步骤:
  - {标题: 高处除尘, 说明: 先高后低, 照片: {文件: a.mp4, 从: 0.2, 长: 1, 遮挡: [0, 0, 0.1, 0.1]}}
  - {标题: 擦门, 说明: 门把手多擦一遍, 照片: b.jpg}
  - {标题: 擦窗, 说明: 窗槽一条条刷, 照片: c.jpg}
"""


LOOK = intake._faces


@pytest.fixture(autouse=True)
def _nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rooms of these films hold no faces: looking for them would take most of the time."""
    monkeypatch.setattr(intake, "_faces", lambda *_: iter(()))


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a film, two photos and a brief of three steps."""
    folder = tmp_path_factory.mktemp("film")
    film(folder / "a.mp4", 45)
    for seed, name in enumerate("bc"):
        Image.fromarray(room(480, 640, seed)).save(folder / f"{name}.jpg", quality=95)
    (folder / "清单.yaml").write_text(BRIEF, encoding="utf-8")
    return folder


def taken(file: Path, cache: Cache, start: float = 0.0, seconds: float | None = None) -> Reel:
    """The reel of a film."""
    return intake.taken(intake.Film(file, file.name, HERE, start, seconds), cache)


class Screen(reading.Player):
    """A player whose frames are RGB."""

    def frame(self, reel: Reel, number: int) -> Bytes:
        """The frame as it is seen."""
        return colour.to_rgb(super().frame(reel, number))


def off(one: Bytes, other: Bytes) -> float:
    """The mean difference of two pictures."""
    return float(np.abs(one.astype(int) - other.astype(int)).mean())


# Reading


def test_every_frame_is_the_films_in_any_order(shop: Path, cache: Cache) -> None:
    """Forwards, across runs, backwards and beyond the end; none is off by one, and the excerpt begins where it should."""
    reel, drawn, player = taken(shop / "a.mp4", cache), list(going_by(45, (320, 480))), Screen()
    assert (reel.frames, reel.size) == (45, (320, 480))
    for number in (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 44, 3, 0, 90):
        shown = player.frame(reel, number)
        assert min(range(45), key=lambda i: off(shown, drawn[i])) == min(number, 44)
        assert off(shown, drawn[min(number, 44)]) < 6
    later = taken(shop / "a.mp4", cache, start=0.5, seconds=0.5)
    assert later.frames == 15
    assert off(player.frame(later, 0), drawn[15]) < 6
    assert later.key != reel.key


def test_the_same_film_gives_the_same_bytes(shop: Path, cache: Cache, tmp_path: Path) -> None:
    """Twice made, in two caches, under two names: the same reel; a second time it is found."""
    shutil.copy(shop / "a.mp4", tmp_path / "other name.mp4")
    one, other = taken(shop / "a.mp4", cache), taken(tmp_path / "other name.mp4", Cache(tmp_path / "other"))
    assert one.key == other.key
    assert one.file.read_bytes() == other.file.read_bytes()
    assert one.still.read_bytes() == other.still.read_bytes()
    assert taken(shop / "a.mp4", cache) == one


def test_reels_are_among_what_shows_somebody(shop: Path, cache: Cache) -> None:
    """They go, with their still pictures, when somebody takes her consent back."""
    script = plan.read(shop / "清单.yaml", cache)
    (reel,) = [photo.reel for one in script.brief.sections for photo in one.photos if photo.reel]
    assert {reel.file, reel.still} <= {*cache.showing()}


def test_a_reel_carries_nothing_but_pictures(tmp_path: Path, cache: Cache) -> None:
    """No place, title, device or sound of the film is in it."""
    said = ("-metadata", "location=+26.6470+106.6302/", "-metadata", "title=secret", "-metadata", "make=Phone")
    tone = ("-f", "lavfi", "-i", "sine=440", "-shortest", "-c:a", "aac")
    made = film(tmp_path / "a.mov", 20, also=(*tone, *said, "-movflags", "use_metadata_tags"))
    assert b"+26.6470" in made.read_bytes()
    reel = taken(made, cache)
    assert not [word for word in (b"26.64", b"secret", b"Phone") if word in reel.file.read_bytes()]
    assert encode.contents(reel.file, FPS).audio_packets == 0


@pytest.mark.parametrize(("degrees", "turns"), [(90, 1), (-90, 3), (180, 2)])
def test_a_turned_film_is_upright(shop: Path, tmp_path: Path, cache: Cache, degrees: int, turns: int) -> None:
    """As phones write it: the pictures lie on their side, and a note says so."""
    reel = taken(filmed.turned(shop / "a.mp4", tmp_path / "turned.mp4", degrees), cache)
    assert reel.size == ((480, 320) if turns % 2 else (320, 480))
    drawn = next(going_by(45, (320, 480)))
    shown = Screen().frame(reel, 0)
    assert off(shown, np.rot90(drawn, turns)) < 6


def test_a_film_at_another_rate_keeps_its_time(tmp_path: Path, cache: Cache) -> None:
    """24 frames a second, and frames that come irregularly: after a second the same picture is there as in the film."""
    drawn = list(going_by(48, (320, 480)))
    even = taken(film(tmp_path / "even.mp4", 48, fps=24), cache)
    assert even.frames == 60
    assert off(Screen().frame(even, 30), drawn[24]) < 8
    late = film(
        tmp_path / "odd.mp4",
        48,
        fps=24,
        filters="setpts='if(gte(N,24),PTS+0.5/TB,PTS)',scale=out_color_matrix=bt709:out_range=tv",
        also=("-fps_mode", "vfr"),
    )
    odd = taken(late, cache)
    assert odd.frames == 75
    assert off(Screen().frame(odd, 40), drawn[24]) > off(Screen().frame(odd, 40), drawn[23])
    assert off(Screen().frame(odd, 60), drawn[36]) < 8


@pytest.mark.parametrize(
    ("coded", "filters"),
    [
        (("-c:v", "libx264", "-pix_fmt", "yuv420p", *filmed.BT709), "scale=out_color_matrix=bt709:out_range=tv"),
        (
            ("-c:v", "libx264", "-pix_fmt", "yuvj420p", "-colorspace", "bt709", "-color_range", "pc"),
            "scale=out_color_matrix=bt709:out_range=pc",
        ),
        (
            ("-c:v", "libx264", "-pix_fmt", "yuv420p", "-colorspace", "smpte170m"),
            "scale=out_color_matrix=bt601:out_range=tv",
        ),
        (
            ("-c:v", "libx265", "-x265-params", "log-level=none", "-pix_fmt", "yuv420p10le", *filmed.BT709),
            "scale=out_color_matrix=bt709:out_range=tv",
        ),
    ],
    ids=["bt709", "full range", "bt601", "hevc 10 bit"],
)
def test_colours_come_out_as_drawn(tmp_path: Path, cache: Cache, coded: tuple[str, ...], filters: str) -> None:
    """Whatever matrix, range and depth they were stored in."""

    def patches(_number: int, rgb: Bytes) -> None:
        for i, tint in enumerate(((200, 40, 40), (40, 160, 60), (60, 60, 200), (230, 230, 230))):
            rgb[:, i * 80 : (i + 1) * 80] = tint

    reel = taken(film(tmp_path / "c.mp4", 16, coded=(*coded, "-crf", "10"), filters=filters, drawn=patches), cache)
    shown = Screen().frame(reel, 8)
    for i, tint in enumerate(((200, 40, 40), (40, 160, 60), (60, 60, 200), (230, 230, 230))):
        assert np.abs(shown[200:240, i * 80 + 30 : i * 80 + 50].mean((0, 1)) - tint).max() <= 6


def test_hdr_is_brought_down_without_turning_grey(tmp_path: Path, cache: Cache) -> None:
    """HLG of a phone: white stays white, grey does not sink, red stays red."""

    def patches(_number: int, rgb: Bytes) -> None:
        for i, tint in enumerate(((255, 255, 255), (128, 128, 128), (200, 40, 40), (20, 20, 20))):
            rgb[:, i * 80 : (i + 1) * 80] = tint

    hlg = (
        "format=gbrp,format=gbrpf32le,zscale=matrixin=gbr:transferin=709:primariesin=709:rangein=full:matrix=gbr:primaries=2020:"
        "transfer=linear:npl=203:range=full,zscale=npl=203:transfer=arib-std-b67:matrix=2020_ncl:range=limited,format=yuv420p10le"
    )
    coded = ("-c:v", "libx265", "-x265-params", "log-level=none", "-pix_fmt", "yuv420p10le")
    tags = ("-color_primaries", "bt2020", "-color_trc", "arib-std-b67", "-colorspace", "bt2020nc", "-color_range", "tv")
    made = film(tmp_path / "hlg.mov", 16, coded=(*coded, *tags, "-crf", "10"), filters=hlg, drawn=patches)
    shown = Screen().frame(taken(made, cache), 8)
    white, grey, red, black = (shown[200:240, i * 80 + 30 : i * 80 + 50].mean((0, 1)) for i in range(4))
    assert white.min() >= 212
    assert 105 <= grey.mean() <= 150
    assert red[0] > 2.2 * red[1:].max()
    assert black.max() <= 45
    assert np.ptp(grey) <= 6


def test_a_label_of_ai_is_kept(shop: Path, tmp_path: Path) -> None:
    """A film that says it was made by AI is no less so as a reel: the clip carries the label, and it is told."""
    folder = tmp_path / "ai"
    shutil.copytree(shop, folder, ignore=shutil.ignore_patterns("cache"))
    said = '{"AIGC":{"Label":"1","ContentProducer":"tool","ProduceID":"7"}}'
    film(folder / "a.mp4", 45, also=("-metadata", f"AIGC={said}", "-movflags", "use_metadata_tags"))
    made = plan.read(folder / "清单.yaml", Cache(folder / "cache"))
    assert [asset.name for asset in made.assets.values() if asset.label] == ["a.mp4"]
    assert "VK-P031" in {p.code for p in made.developed.problems}


# Covering


def test_a_face_is_covered_in_every_frame(tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that goes through the picture, seen only now and then: no frame shows it, nor those just before it was first seen."""

    def there(number: int) -> tuple[int, int]:
        return 60 + 3 * number, 160

    def marked(number: int, rgb: Bytes) -> None:
        x, y = there(number)
        rgb[y : y + 60, x : x + 50 : 4] = (255, 0, 255)
        rgb[y : y + 60, x + 2 : x + 50 : 4] = (0, 255, 0)

    seen = iter(range(0, 1000, 4))

    def find(_rgb: Bytes, otherwise: Any) -> tuple[Face, ...]:
        if not otherwise:
            return ()
        number = next(seen)
        x, y = there(number)
        box = (x / 320, y / 480, (x + 50) / 320, (y + 60) / 480)
        return (Face(box, 0.9),) if number in {12, 16, 28, 32} else ()

    monkeypatch.setattr(intake, "_faces", LOOK)
    monkeypatch.setattr(faces, "find", find)
    made = film(tmp_path / "face.mp4", 45, drawn=marked)
    reel, player = taken(made, cache), Screen()
    bare = {number for number in range(45) if _striped(player.frame(reel, number), there(number))}
    assert not bare & set(range(12 - RULES["before_frames"], 45))
    assert (reel.faces, reel.codes) == (1, 0)
    assert taken(made, cache) == reel
    still = np.asarray(Image.open(reel.still))
    assert not _striped(
        still, min((there(i) for i in range(45)), key=lambda at: off(still, player.frame(reel, (at[0] - 60) // 3)))
    )


def _striped(rgb: Bytes, at: tuple[int, int]) -> bool:
    """Whether the stripes of magenta and green are still to be seen there."""
    part = rgb[at[1] + 10 : at[1] + 50, at[0] + 5 : at[0] + 45].astype(int)
    return bool(np.abs(part[:, 2:] - part[:, :-2]).mean() > 30)


@given(
    st.lists(st.tuples(st.floats(0.0, 0.9), st.floats(0.0, 0.9)), min_size=2, max_size=6),
    st.sampled_from(["face", "code"]),
)
def test_whatever_moves_is_covered_between_its_sightings(spots: list[tuple[float, float]], kind: Any) -> None:
    """On the way from one sighting to the next the middle and the corners of a face are under a cover in every frame."""
    steps = [(x * 0.2 + 0.1 * i, y * 0.2 + 0.3) for i, (x, y) in enumerate(spots)]
    sights = [Sight(8 * i, kind, (x, y, x + 0.2, y + 0.2)) for i, (x, y) in enumerate(steps)]
    found = tracks.tracks(sights, RULES)
    assert len(found) == 1
    for frame in range(-RULES["before_frames"], 8 * (len(steps) - 1) + RULES["after_frames"] + 1):
        part = min(max(frame / 8, 0), len(steps) - 1)
        low, share = min(int(part), len(steps) - 2), part - min(int(part), len(steps) - 2)
        x, y = (a + (b - a) * share for a, b in zip(steps[low], steps[low + 1], strict=True))
        covers = tracks.covered(found, frame, RULES)
        for at in ((x + 0.1, y + 0.1), (x, y), (x + 0.2, y), (x, y + 0.2), (x + 0.2, y + 0.2)):
            assert any(contains(area, at) for area in covers)


def test_two_things_stay_two_and_a_flicker_is_none() -> None:
    """Two faces side by side are two tracks; one seen faintly once is nothing, three times it is covered, surely once too."""
    both = [Sight(f, "face", (x, 0.4, x + 0.1, 0.5)) for f in (0, 4, 8) for x in (0.1, 0.6)]
    assert [len(track) for track in tracks.tracks(both, RULES)] == [3, 3]
    faint = [Sight(f, "face", (0.1, 0.4, 0.2, 0.5), 0.45) for f in (0, 4, 8)]
    assert not tracks.tracks(faint[:2], RULES)
    assert tracks.tracks(faint, RULES)
    assert tracks.tracks([Sight(0, "face", (0.1, 0.4, 0.2, 0.5), 0.7)], RULES)
    assert not tracks.covered(tracks.tracks(both, RULES), 8 + RULES["after_frames"] + 1, RULES)


# Playing


@pytest.fixture(scope="module")
def script(shop: Path) -> plan.Script:
    """The brief with its film."""
    return plan.read(shop / "清单.yaml", Cache(shop / "cache"))


def test_a_scene_plays_its_film(script: plan.Script) -> None:
    """Frame for frame, without a zoom, with what the brief covers by hand; then the last one stands, and that is said."""
    made = plan.plan(script, plan.platforms(script, "douyin")[0], draft=True)
    (scene,) = [s for s in made.board.scenes if s.name == "step-1"]
    (shown,) = playing.films(scene)
    assert (shown.picture.moves, shown.pace) == (30, 1.0)
    assert [p.code for p in made.problems if p.code.startswith("VK-F")] == ["VK-F010"]
    (segment,) = [s for s in made.segments if s.scene.pictures == scene.pictures and not s.onto]
    album = Album(script.assets)
    frames = list(clip.frames(segment, album))
    assert len(frames) == segment.frames
    moving = [not np.array_equal(a, b) for a, b in itertools.pairwise(frames)]
    last = next(step for step in range(segment.frames) if layers.played(shown, segment.first + step) == 29)
    assert all(moving[:last])
    assert not any(moving[last + 20 :])
    whole = album.planes(dataclasses.replace(shown.picture, crop=(0, 0, 1, 1), frame=3), 320, 480)[0]
    bare = Screen().frame(script.assets[shown.picture.sha256].reel or pytest.fail("no reel"), 3)
    assert float(whole[2:46, 2:30].std()) < float(bare[2:46, 2:30].std()) / 2


def test_a_film_that_stays_on_screen_plays_on() -> None:
    """A scene begins where the one before left the film, less what they overlap, or anew when it is over; at another rate it keeps its pace."""
    picture = Picture("a" * 64, (0, 0, 1, 1), moves=300)
    scene = Scene("one", 50, None, (Photo(picture, Box(0, 0, 8, 8)),), ())
    board = Storyboard((8, 8), 30, (scene, scene, dataclasses.replace(scene, pictures=())))
    assert [p.begins for s in playing.on(board).scenes for p in playing.films(s)] == [0, 50]
    slower = playing.on(dataclasses.replace(board, fps=25))
    assert [(p.begins, p.pace) for s in slower.scenes for p in playing.films(s)] == [(0, 1.2), (60, 1.2)]
    short = dataclasses.replace(picture, moves=70)
    brief = dataclasses.replace(scene, pictures=(Photo(short, Box(0, 0, 8, 8)),))
    again = playing.on(dataclasses.replace(board, scenes=(brief, brief, scene)))
    assert [p.begins for s in again.scenes[:2] for p in playing.films(s)] == [0, 0]
    assert not paint.still(scene, 0, 2)
    assert paint.still(scene, 299, 400)


def test_everything_that_needs_a_photo_has_one(script: plan.Script) -> None:
    """The film's photo is a picture of its own, covered, known by the film's name; the film's path stays the brief's."""
    (photo,) = [one.photos[0] for one in script.brief.sections if one.photos[0].reel]
    asset = script.assets[script.prints[photo].sha256]
    assert (photo.path.name, asset.name, asset.file.suffix) == ("a.mp4", "a.mp4", ".png")
    assert asset.treatment.areas
    assert Album(script.assets).cut(Picture(script.prints[photo].sha256, (0, 0, 1, 1)), 64, 96).shape == (
        96,
        64,
        3,
    )


def test_what_is_covered_in_a_film_is_counted_and_told(script: plan.Script) -> None:
    """Though its photo, which is covered already, shows nothing to find."""
    (one,) = [one for one in script.developed.studies if one.photo.reel]
    assert one.photo.reel
    plain, _ = privacy.counts(script.developed)
    reel = dataclasses.replace(one.photo.reel, faces=2, codes=1)
    photo = one.photo.model_copy(update={"reel": reel})
    developed = dataclasses.replace(
        script.developed,
        studies=(dataclasses.replace(one, photo=photo),),
        prints={**script.prints, photo: script.prints[one.photo]},
    )
    assert privacy.counts(developed) == (plain + 3, 0)
    assert privacy.as_data(developed)[0]["film"] == {"faces": 2, "codes": 1}
    told = report.lines(dataclasses.replace(script, developed=developed))
    assert [line for line in told if "a.mp4" in line and "2" in line and "1" in line]


# What is wrong with a film


@pytest.fixture
def bad(tmp_path: Path, shop: Path) -> Path:
    """A folder like the shop's, to be spoilt."""
    shutil.copytree(shop, tmp_path / "bad", ignore=shutil.ignore_patterns("cache"))
    return tmp_path / "bad"


def refused(folder: Path, text: str = BRIEF) -> list[str]:
    """The codes and places of what is refused of a brief."""
    (folder / "清单.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Refusal) as caught:
        plan.read(folder / "清单.yaml", Cache(folder / "cache"))
    return [f"{p.code}:{p.place.line if p.place else 0}" for p in caught.value.problems]


def test_a_film_that_cannot_be_used_is_named_with_its_line(bad: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut short, damaged within, only sound, too small a picture, too large a file, unreadable: one message each, exit 3."""
    whole = (bad / "a.mp4").read_bytes()
    for spoilt in (whole[: len(whole) // 2], whole[:64] + bytes(400)):
        (bad / "a.mp4").write_bytes(spoilt)
        assert refused(bad) == ["VK-F003:6"]
    assert CliRunner().invoke(cli.program, ["check", str(bad / "清单.yaml")]).exit_code == 3
    front = film(bad / "front.mp4", 45, also=("-movflags", "+faststart")).read_bytes()
    (bad / "a.mp4").write_bytes(front[: len(front) * 2 // 3])
    assert refused(bad) == ["VK-F003:6"]
    ffmpeg.run(["-f", "lavfi", "-i", "sine=440:d=1", "-c:a", "aac", "-f", "mp4", "a.mp4"], cwd=bad)
    assert refused(bad) == ["VK-F004:6"]
    film(bad / "a.mp4", 20, (160, 480))
    assert refused(bad) == ["VK-F005:6"]
    film(bad / "a.mp4", 6)
    assert refused(bad, BRIEF.replace("从: 0.2, 长: 1, ", "")) == ["VK-F014:6"]
    assert refused(bad) == ["VK-F014:6"]
    for start in (b"\x1a\x45\xdf\xa3" + bytes(99), b"RIFF\xff\0\0\0AVI LIST" + bytes(99)):
        (bad / "a.mp4").write_bytes(start)
        assert refused(bad) == ["VK-F015:6"]
        assert refused(bad, BRIEF.replace("照片: b.jpg", "前: b.jpg, 后: a.mp4"))[-1] != "VK-F015:7"
    limits = probe.rules()["limits"]
    assert limits["opened_megapixels"] > limits["max_megapixels"], "ours says more than ffmpeg does"
    (bad / "a.mp4").write_bytes(whole)
    monkeypatch.setitem(tables.table("footage")["limits"], "max_file_mb", 0)
    assert refused(bad) == ["VK-F002:6"]


def test_a_film_that_is_gone_is_said(tmp_path: Path) -> None:
    """Between the check and the reading."""
    with pytest.raises(Refusal, match="VK-F001"):
        probe.content(tmp_path / "gone.mp4", "gone.mp4", HERE)


def test_what_a_brief_says_of_films_is_checked(bad: Path) -> None:
    """An excerpt beyond the end, a film where only photos stand, a face decided on, an excerpt of a photo, seconds that are none."""
    assert refused(bad, BRIEF.replace("从: 0.2", "从: 1.3")) == ["VK-F006:6"]
    assert refused(bad, BRIEF.replace("从: 0.2", "露脸: [1]")) == ["VK-F008:6"]
    assert refused(bad, BRIEF.replace("照片: b.jpg", "照片: {文件: b.jpg, 长: 3}")) == ["VK-F009:7"]
    assert refused(bad, BRIEF.replace("照片: b.jpg", "前: b.jpg, 后: a.mp4")) == ["VK-F007:7"]
    assert refused(bad, BRIEF.replace("从: 0.2", "从: 一会儿")) == ["VK-F011:6"]
    assert refused(bad, BRIEF.replace("长: 1", "长: 90")) == ["VK-B018:6"]


def test_a_reel_that_lost_frames_is_not_played(shop: Path, cache: Cache) -> None:
    """It is told instead of showing something else."""
    reel = taken(shop / "a.mp4", cache)
    with pytest.raises(Refusal, match="VK-F012"):
        reading.run(dataclasses.replace(reel, frames=60), 8)


HALF = """#!/bin/sh
echo >> starts
[ "$(wc -l < starts)" -gt {kills} ] && exec {ffmpeg} "$@"
{ffmpeg} "$@" | head -c {bytes}
kill -9 $$
"""
"""An ffmpeg that is killed in the middle of a film some times before it is let finish."""


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands in for ffmpeg")
@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("exit 232", "VK-E010"),
        ("echo 'film: Too many open files' >&2; exit 1", "VK-E010"),
        ("echo 'film: Too many open files' >&2", "VK-E010"),
        ("exit 228", "VK-E003"),
        ("kill -9 $$", "VK-E012"),
        ("exit 183", "VK-F003"),
        ("echo 'moov atom not found' >&2", "VK-F003"),
    ],
)
def test_a_fault_of_the_system_is_no_damaged_film(
    script: str, code: str, shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A decoder without handles or space, or killed every time, says nothing of the film."""
    monkeypatch.setattr(ffmpeg, "executable", lambda: str(stand_in(tmp_path, f"#!/bin/sh\n{script}\n")))
    assert [p.code for p in unread(shop / "a.mp4", tmp_path).problems] == [code]


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands in for ffmpeg")
def test_a_decoder_killed_in_the_middle_goes_on_where_it_was(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed twice within a frame: every frame comes once, and is right."""
    probe.put(shop / "a.mp4", tmp_path)
    stored, real = probe.stored(tmp_path, "a.mp4", HERE), ffmpeg.executable()
    whole = list(reading.frames(tmp_path, stored, 0, 1, (80, 120), "a.mp4", HERE))
    killed = HALF.format(ffmpeg=real, bytes=80 * 120 * 3 * 7 + 100, kills=2)
    monkeypatch.setattr(ffmpeg, "executable", lambda: str(stand_in(tmp_path, killed)))
    again = list(reading.frames(tmp_path, stored, 0, 1, (80, 120), "a.mp4", HERE))
    assert len(whole) == 30
    np.testing.assert_array_equal(again, whole)
    assert len((tmp_path / "starts").read_text()) == 3


def test_a_decoder_that_crashes_on_windows_is_started_again(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its exit status is then a number of the system's; crashed every time, it says nothing of the film."""
    probe.put(shop / "a.mp4", tmp_path)
    real, statuses = reading._decoded, iter([0xC0000005, 0xC0000374])

    def decoded(*given: Any) -> Any:
        given_, status, said = yield from real(*given)
        return given_, next(statuses, status), said

    monkeypatch.setattr(reading, "_decoded", decoded)
    stored = probe.stored(tmp_path, "a.mp4", HERE)
    assert len(list(reading.frames(tmp_path, stored, 0, 1, (80, 120), "a.mp4", HERE))) == 30
    statuses = iter([0xC0000005] * ffmpeg.STARTS)
    assert [p.code for p in unread(shop / "a.mp4", tmp_path).problems] == ["VK-E012"]


@pytest.mark.parametrize("asked", [probe.is_film, lambda file: probe.content(file, "a.mp4", HERE)])
def test_no_free_file_is_no_answer_about_a_film(
    asked: Callable[[Path], object], shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A film that could not be opened for lack of handles is neither a photo nor unreadable."""

    def opened(*_given: object, **_named: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr("pathlib.Path.open", opened)
    with pytest.raises(OSError, match="open files"):
        asked(shop / "a.mp4")


def stand_in(folder: Path, script: str) -> Path:
    """A program in ffmpeg's place."""
    program = folder / "stand-in"
    program.write_text(script, encoding="utf-8")
    program.chmod(0o755)
    return program


def unread(file: Path, folder: Path) -> Refusal:
    """Why the frames of a film cannot be had."""
    stored = probe.Stored(0, 320, 480, 1.5)
    with pytest.raises(Refusal) as caught:
        list(reading.frames(folder, stored, 0, 1, (80, 120), file.name, HERE))
    return caught.value


def test_a_picture_is_no_film(tmp_path: Path, shop: Path) -> None:
    """By content, whatever the name: HEIC begins like a film."""
    Image.fromarray(room(64, 64)).save(tmp_path / "a.avif")
    shutil.copy(shop / "a.mp4", tmp_path / "a.jpg")
    assert not probe.is_film(tmp_path / "a.avif")
    assert probe.is_film(tmp_path / "a.jpg")
    assert not probe.is_film(shop / "b.jpg")
    assert not probe.is_film(tmp_path / "nothing")
    assert footage.STANDS < 1

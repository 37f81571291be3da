"""A folder of photos → a brief: which photos belong together, what is said of those that do not, and that no photo is touched."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from conftest import room
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from vidkit import brief, kit, plan, project
from vidkit.briefs import intake
from vidkit.briefs.intake import Shot
from vidkit.problems import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def picture(file: Path, seed: int = 1, taken: str = "") -> None:
    """A small photo, with the time it was taken if given."""
    file.parent.mkdir(parents=True, exist_ok=True)
    image = Image.fromarray(room(320, 240, seed))
    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    image.save(file, exif=exif)


def folder_of(base: Path, names: Iterable[str]) -> Path:
    """A folder of small photos."""
    for seed, name in enumerate(names):
        picture(base / name, seed)
    return base


def couples(*names: str) -> list[tuple[str, str, str]]:
    """Before, after and spot of the couples some names make."""
    found = intake.paired([Shot(name) for name in names])
    return [(one.before.name, one.after.name, one.spot) for one in found.couples]


# Names


@pytest.mark.parametrize(
    ("before", "after", "spot"),
    [
        ("灶台前.jpg", "灶台后.jpg", "灶台"),
        ("灶台_before.jpg", "灶台_after.JPG", "灶台"),
        ("stove-before.jpg", "stove-after.jpg", "stove"),
        ("前-灶台.jpg", "后-灶台.jpg", "灶台"),
        ("灶台（前）.jpg", "灶台（后）.jpg", "灶台"),
        ("灶台 清洁前.heic", "灶台 清洁后.heic", "灶台"),
        ("灶台清洁前.jpg", "灶台后.jpg", "灶台"),
        ("清洁前灶台.jpg", "清洁后灶台.jpg", "灶台"),
        ("01灶台前.jpg", "01灶台后.jpg", "灶台"),
        ("灶台前2.jpg", "灶台后2.jpg", "灶台2"),
        ("灶台/前.jpg", "灶台/后.jpg", "灶台"),
        ("前/灶台.jpg", "后/灶台.jpg", "灶台"),
        ("清洁前/灶台.jpg", "清洁后/灶台.jpg", "灶台"),
        ("1前.jpg", "1后.jpg", ""),
        ("before1.jpg", "after1.jpg", ""),
        ("清洁前.jpg", "清洁后.jpg", ""),
        ("IMG_2041前.jpg", "IMG_2041后.jpg", ""),
        ("微信图片_20261103前.jpg", "微信图片_20261103后.jpg", ""),
        ("ＢＥＦＯＲＥ厨房.jpg", "ＡＦＴＥＲ厨房.jpg", "厨房"),
        ("抽油烟机滤网和内腔前.jpg", "抽油烟机滤网和内腔后.jpg", "抽油烟机滤网和"),
        ("午后/灶台前.jpg", "午后/灶台后.jpg", "午后灶台"),
        ("后/灶台前.jpg", "后/灶台后.jpg", "灶台"),
        ("清洁前/灶台前.jpg", "清洁后/灶台后.jpg", "灶台"),
        ("后门前.jpg", "后门后.jpg", "后门"),
        ("灶台前.JPG", "灶台后（1）.jpg", "灶台"),
        ("灶台前 (2).jpg", "灶台后(1).jpg", "灶台"),
        ("stove_before(1).jpg", "stove_after.jpg", "stove"),
        ("前/灶台(1).jpg", "后/灶台.jpg", "灶台"),
        ("❶1前.jpg", "❶1后.jpg", "❶1"),
    ],
)
def test_pairs_by_name(before: str, after: str, spot: str) -> None:
    """Whatever people call them, in whichever order they come."""
    wanted = [(before, after, spot if spot != "抽油烟机滤网和" else "抽油烟机滤网和内")]
    assert couples(before, after) == wanted
    assert couples(after, before, "合影.jpg") == wanted


@pytest.mark.parametrize(
    "names",
    [
        ("前门.jpg", "后门.jpg"),
        ("灶台a.jpg", "灶台b.jpg"),
        ("灶台前.jpg", "水槽后.jpg"),
        ("灶台前.jpg", "灶台前2.jpg"),
        ("灶台-前-后.jpg", "灶台-前.jpg"),
        ("IMG_1.jpg", "IMG_2.jpg"),
    ],
)
def test_names_that_say_too_little(names: tuple[str, ...]) -> None:
    """A front and a back door are no pair, nor are a and b; nothing is guessed."""
    assert couples(*names) == []


def test_a_number_in_brackets_counts_where_it_tells_two_apart() -> None:
    """What a phone added to one name is left out; places that are numbered so keep their numbers."""
    numbered = ("灶台前(1).jpg", "灶台前(2).jpg", "灶台后(1).jpg", "灶台后(2).jpg")
    assert [one[:2] for one in couples(*numbered)] == [(numbered[0], numbered[2]), (numbered[1], numbered[3])]
    assert [one[:2] for one in couples(*numbered[:3], "水槽前.jpg", "水槽后（3）.jpg")] == [
        (numbered[0], numbered[2]),
        ("水槽前.jpg", "水槽后（3）.jpg"),
    ]


def test_order_and_rest() -> None:
    """Pairs come in the order of their names, numbers counted; two photos of one name: the first is taken, the other left over."""
    names = ["10洗手池前.jpg", "10洗手池后.jpg", "2灶台前.jpg", "2灶台后.jpg", "2灶台后.png", "合影.jpg"]
    shots = sorted((Shot(name) for name in names), key=lambda shot: intake._order(shot.name))
    found = intake.paired(shots)
    assert [one.spot for one in found.couples] == ["灶台", "洗手池"]
    assert [one.name for one in found.single] == ["2灶台后.png", "合影.jpg"]


@pytest.mark.parametrize(
    ("names", "taken", "others"),
    [
        (("灶台之后.jpg", "灶台前.jpg", "灶台后.jpg"), "灶台后.jpg", ("灶台之后.jpg",)),
        (("灶台之前.jpg", "灶台之后.jpg", "灶台后.jpg"), "灶台之后.jpg", ("灶台后.jpg",)),
        (("灶台前.png", "灶台后.jpg", "灶台后.png"), "灶台后.png", ("灶台后.jpg",)),
        (("灶台前.jpg", "灶台后.jpg", "灶台前.png"), "灶台前.jpg", ("灶台前.png",)),
    ],
)
def test_of_several_the_nearest_is_taken_and_said(names: tuple[str, ...], taken: str, others: tuple[str, ...]) -> None:
    """The name most like the other side's; nothing is chosen in silence."""
    found = intake.paired([Shot(name) for name in names])
    (choice,) = found.choices
    assert (choice.taken.name, tuple(one.name for one in choice.others)) == (taken, others)
    (couple,) = found.couples
    assert taken in {couple.before.name, couple.after.name}


def test_the_order_of_the_work_comes_first() -> None:
    """By the clock of the photos before, unless names are numbered or a clock is missing."""
    late, early = ("灶台前.jpg", "灶台后.jpg"), ("水槽前.jpg", "水槽后.jpg")
    shots = [
        Shot(name, f"2026-11-03T{hour:02}:00:00") for name, hour in zip((*late, *early), (9, 11, 8, 12), strict=True)
    ]
    assert [one.spot for one in intake.paired(shots).couples] == ["水槽", "灶台"]
    numbered = [Shot(f"{2 - (shot.name[:2] == '灶台')}{shot.name}", shot.taken) for shot in shots]
    assert [one.spot for one in intake.paired(numbered).couples] == ["灶台", "水槽"]
    assert [one.spot for one in intake.paired([*shots[:3], Shot(early[1])]).couples] == ["水槽", "灶台"]
    assert [one.spot for one in intake.paired([*shots[:2], Shot(early[0]), shots[3]]).couples] == ["灶台", "水槽"]


@given(st.lists(st.text(min_size=1, max_size=12), max_size=12))
def test_any_names_are_taken(names: list[str]) -> None:
    """Every photo is in one couple or left over, whatever it is called."""
    shots = [Shot(name) for name in dict.fromkeys(names)]
    found = intake.paired(shots)
    used = [shot for one in found.couples for shot in (one.before, one.after)]
    assert sorted((*used, *found.single), key=lambda s: s.name) == sorted(shots, key=lambda s: s.name)


# The clock


def at(*minutes: int) -> list[Shot]:
    """Photos taken at some minutes of a morning."""
    return [Shot(f"IMG_{i:03}.jpg", f"2026-11-03T{8 + m // 60:02}:{m % 60:02}:00") for i, m in enumerate(minutes)]


@pytest.mark.parametrize(
    ("minutes", "wanted"),
    [
        ((0, 90), [(0, 1)]),
        ((0, 1, 2, 120, 121, 122), [(0, 3), (1, 4), (2, 5)]),
        ((0, 40, 42, 90, 93, 150), [(0, 1), (2, 3), (4, 5)]),
        ((0, 1, 2, 120, 121), []),
        ((0, 50, 80, 120), []),
        ((5, 5), []),
    ],
)
def test_by_the_clock_only_beyond_doubt(minutes: tuple[int, ...], wanted: list[tuple[int, int]]) -> None:
    """One long break between as many photos, or each pair's own long break; anything else is not guessed."""
    shots = at(*minutes)
    found = intake.paired(list(reversed(shots)))
    assert [(shots.index(one.before), shots.index(one.after)) for one in found.couples] == wanted


def test_a_photo_without_a_time_stops_the_clock() -> None:
    """All or none."""
    assert not intake.paired([*at(0, 90), Shot("x.jpg")]).couples


# The brief


def test_a_brief_is_written_and_reads(tmp_path: Path) -> None:
    """Beside the photos; it says what was left over; photos stay byte for byte; the second time it is only read."""
    folder = folder_of(
        tmp_path / "厨房 深度保洁", ["灶台前.jpg", "灶台后.jpg", "水槽, 左前.jpg", "水槽, 左后.jpg", "合影.jpg"]
    )
    photos = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in folder.iterdir()}
    file, notes = intake.brief(folder)
    assert (file, [p.code for p in notes]) == (folder / "清单.yaml", ["VK-I007", "VK-I009"])
    assert {name: (name.read_bytes(), name.stat().st_mtime_ns) for name in photos} == photos
    made = brief.load(file, plan.names(kit.shelf(folder), folder))
    assert (made.title, made.service, made.brand) == ("厨房 深度保洁", "深度保洁", "linli")
    assert [one.spot for one in made.pairs] == ["水槽左", "灶台"]
    assert "# - 合影.jpg" in file.read_text(encoding="utf-8")
    assert project.called(file) == "厨房 深度保洁"
    file.write_text(file.read_text(encoding="utf-8") + "# 自己改的\n", encoding="utf-8")
    assert intake.brief(folder) == (file, ())
    picture(folder / "窗台前.jpg")
    (told,) = intake.brief(folder)[1]
    assert (told.code, dict(told.values)["names"]) == ("VK-I011", "窗台前.jpg")
    (folder / "坏的.jpg").write_bytes((folder / "窗台前.jpg").read_bytes()[:-200])
    assert [one.code for one in intake.brief(folder)[1]] == ["VK-I004", "VK-I011"]
    assert file.read_text(encoding="utf-8").endswith("# 自己改的\n")


@pytest.mark.parametrize("name", ["王姐家厨房", "厨房3栋502", "2026-11-03", "photos", "花果园", "kitchen", "厨房"])
def test_no_home_becomes_a_title(name: str) -> None:
    """A folder's name that may hold somebody's home, or says nothing of the work, is no title."""
    assert intake.title_of(name, "深度保洁") == "深度保洁，前后对比"


def test_in_a_shop_its_brand_is_used(tmp_path: Path) -> None:
    """What vidkit.yaml says, or the only brand there is."""
    (tmp_path / "vidkit.yaml").write_text("品牌: 秀姐到家\n", encoding="utf-8")
    file, _ = intake.brief(folder_of(tmp_path / "photos" / "a", ["灶台前.jpg", "灶台后.jpg"]))
    assert "\n品牌:" not in file.read_text(encoding="utf-8")
    assert brief.load(file, plan.names(kit.shelf(tmp_path), tmp_path)).brand == "xiujie"


def test_more_pairs_than_a_clip_shows(tmp_path: Path) -> None:
    """The first ones are taken, the others stand in comments."""
    names = [f"{place}{side}.jpg" for place in "天地玄黄宇宙洪荒" for side in "前后"]
    file, notes = intake.brief(folder_of(tmp_path, names))
    assert len(brief.load(file, plan.names(kit.shelf(tmp_path), tmp_path)).pairs) == 6
    assert [p.code for p in notes] == ["VK-I007", "VK-I020"]
    assert dict(notes[1].values)["names"] == "荒、黄"


def test_the_clock_is_said_aloud(tmp_path: Path) -> None:
    """In the note and in the brief."""
    picture(tmp_path / "a.jpg", 1, "2026:11:03 08:00:00")
    picture(tmp_path / "b.jpg", 2, "2026:11:03 10:00:00")
    file, notes = intake.brief(tmp_path)
    assert [p.code for p in notes] == ["VK-I008"]
    assert "按拍照的时间先后配的" in file.read_text(encoding="utf-8")


def test_broken_files_and_videos_are_left_out_and_said(tmp_path: Path) -> None:
    """An empty file, half a photo, a text called .jpg and a video; the rest is used."""
    folder_of(tmp_path, ["灶台前.jpg", "灶台后.jpg", "半张.jpg"])
    (tmp_path / "半张.jpg").write_bytes((tmp_path / "半张.jpg").read_bytes()[:3000])
    (tmp_path / "空.jpg").touch()
    (tmp_path / "字.png").write_text("hello, this is text", encoding="utf-8")
    (tmp_path / "录像.mp4").write_bytes(b"x")
    (tmp_path / "Thumbs.db").write_bytes(b"x")
    _, notes = intake.brief(tmp_path)
    assert sorted(p.code for p in notes) == ["VK-I004"] * 3 + ["VK-I005", "VK-I007"]


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_photos_with_garbled_names_are_left_out_and_said(tmp_path: Path) -> None:
    """GBK out of an archive; where all are so, the folder holds none."""
    garbled = [os.fsdecode(f"水槽{side}.jpg".encode("gbk")) for side in "前后"]
    folder_of(tmp_path, garbled)
    with pytest.raises(Refusal) as refused:
        intake.look(tmp_path)
    assert [p.code for p in refused.value.problems] == ["VK-I002", "VK-I024", "VK-I024"]
    folder_of(tmp_path, ["灶台前.jpg", "灶台后.jpg"])
    assert [p.code for p in intake.look(tmp_path).notes] == ["VK-I024", "VK-I024", "VK-I014"]
    file, notes = intake.brief(tmp_path)
    assert [p.code for p in notes] == ["VK-I024", "VK-I024", "VK-I007"]
    assert "水槽" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ([], "VK-I002"),
        (["a.jpg", "b.jpg", "c.jpg"], "VK-I003"),
        (["灶台前.jpg"], "VK-I012"),
        (["合影.jpg", "stove_after.jpg"], "VK-I012"),
        (["灶台前.jpg", "灶台后(1).jpg", "灶台后(2).jpg"], "VK-I022"),
        (["灶台前.jpg", "水槽后.jpg"], "VK-I022"),
        (["❶1前.jpg", "a.jpg"], "VK-I012"),
        (["一.yaml", "二.yaml"], "VK-I001"),
        (["vidkit.yaml"], "VK-I001"),
        ([f"{i}.jpg" for i in range(100)], "VK-I010"),
    ],
)
def test_what_cannot_be_understood_is_refused(names: list[str], code: str, tmp_path: Path) -> None:
    """Plainly, and nothing is written."""
    for name in names:
        if name.endswith("yaml") or len(names) > 9:
            (tmp_path / name).touch()
        else:
            picture(tmp_path / name)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Refusal) as refused:
        intake.brief(tmp_path)
    assert refused.value.problems[-1].code == code
    assert refused.value.exit_code == 2
    assert sorted(tmp_path.iterdir()) == before


def test_a_folder_with_one_brief_is_made_from_it(tmp_path: Path) -> None:
    """Its own name does not matter; hidden files do not count; a file stays itself."""
    (tmp_path / "厨房.yaml").touch()
    (tmp_path / ".x.yaml").touch()
    assert intake.brief(tmp_path) == (tmp_path / "厨房.yaml", ())
    assert intake.brief(tmp_path / "厨房.yaml") == (tmp_path / "厨房.yaml", ())


def test_looking_writes_nothing(tmp_path: Path) -> None:
    """What would be written comes as text that reads; with a brief there, that one is looked at."""
    folder = folder_of(tmp_path / "厨房", ["灶台前.jpg", "灶台后.jpg"])
    seen = intake.look(folder)
    assert (seen.file, [p.code for p in seen.notes]) == (folder / "清单.yaml", ["VK-I014"])
    assert [one.name for one in sorted(folder.iterdir())] == ["灶台前.jpg", "灶台后.jpg"]
    file, _ = intake.brief(folder)
    assert file.read_text(encoding="utf-8") == seen.text
    assert intake.look(folder) == (file, (), None)


def test_a_photo_is_no_brief(tmp_path: Path) -> None:
    """It is said what to do with it."""
    picture(tmp_path / "我的 厨房" / "灶台前.JPG")
    for read in (intake.brief, intake.look):
        with pytest.raises(Refusal) as refused:
            read(tmp_path / "我的 厨房" / "灶台前.JPG")
        (told,) = refused.value.problems
        assert (told.code, dict(told.values)["folder"]) == ("VK-I013", f'"{tmp_path / "我的 厨房"}"')


@pytest.mark.parametrize(
    "names",
    [("灶台前.jpg", "灶台后.jpg", "灶台后1.jpg", "灶台后 (2).jpg"), ("灶台前.jpg", "灶台后.jpg", "灶台后2.jpg")],
)
def test_a_second_after_is_another_of_the_same_place(names: tuple[str, ...]) -> None:
    """It is told which one was taken; a numbered place of its own stays one."""
    found = intake.paired([Shot(name) for name in names])
    assert [(one.before.name, one.after.name) for one in found.couples] == [names[:2]]
    assert [(one.taken.name, tuple(shot.name for shot in one.others)) for one in found.choices] == [
        (names[1], names[2:])
    ]
    assert not intake.paired(
        [Shot(name) for name in ("灶台前.jpg", "灶台后.jpg", "灶台前2.jpg", "灶台后2.jpg")]
    ).choices


def test_emoji_in_names_do_not_become_words_on_screen(tmp_path: Path) -> None:
    """Phones let people name a folder and photos so; the brief that is written can be made."""
    folder = folder_of(tmp_path / "厨房清洁😀", ["灶台😀前.jpg", "灶台😀后.jpg"])
    file, _ = intake.brief(folder)
    made = brief.load(file, plan.names(kit.shelf(folder), folder))
    assert (made.title, made.pairs[0].spot, made.pairs[0].before.name) == ("厨房清洁", "灶台", "灶台😀前.jpg")

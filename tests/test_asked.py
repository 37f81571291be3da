"""What is typed where a brief is wanted: wrong folders, other files of a shop, photos of several jobs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import room
from PIL import Image

from vidkit import shop
from vidkit.briefs import asked, intake
from vidkit.problems import Refusal
from vidkit.tables import table


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shop with a brief, photos of two jobs, and files of every other kind, in which one stands."""
    folder = tmp_path / "店"
    shop.write(folder)
    for name in ("series/达人.yaml", "consents/秀兰.yaml", "brand/我的店/brand.yaml", "templates/tip/template.yaml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("a: b\n", encoding="utf-8")
    for name in ("briefs/卫生间.yaml", "表.csv", "稿子.docx", "擦窗.mp4", "话.m4a"):
        (folder / name).write_text("a: b\n", encoding="utf-8")
    for job in ("厨房", "客厅"):
        (folder / "photos" / job).mkdir()
        for side in "前后":
            Image.fromarray(room(320, 240)).save(folder / "photos" / job / f"灶台{side}.jpg")
    monkeypatch.chdir(folder)
    return folder


def refused(typed: Path) -> dict[str, object]:
    """What a name is refused with: the code and the values."""
    with pytest.raises(Refusal) as caught:
        intake.look(typed)
    (one,) = caught.value.problems
    assert one.exit_code == 2
    return {"code": one.code, **dict(one.values)}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("厨房", "photos/厨房"),
        ("photo/厨房", "photos/厨房"),
        ("photos/厨方", "photos/厨房"),
        ("卫生间", "briefs/卫生间.yaml"),
        ("卫生间.yaml", "briefs/卫生间.yaml"),
        ("卫生间.txt", "briefs/卫生间.yaml"),
        ("briefs/卫生间", "briefs/卫生间.yaml"),
        ("briefs/卫生问.yml", "briefs/卫生间.yaml"),
    ],
)
def test_a_name_nobody_finds_is_looked_for_where_people_keep_briefs(typed: str, meant: str, store: Path) -> None:
    """In the shop's folders, with its ending, or a few letters off."""
    told = refused(Path(typed))
    assert (told["code"], str(told["guess"]).replace("\\", "/")) == ("VK-I017", meant)


@pytest.mark.parametrize("typed", ["briefs/阳台.yaml", "briefs/阳台", "briefs/卫生间2.yaml"])
def test_a_text_editors_ending_is_told(typed: str, store: Path) -> None:
    """Notepad adds .txt, which Windows hides: that is told, and not another brief whose name is near."""
    name = f"{Path(typed).stem}.yaml"
    (store / "briefs" / f"{name}.txt").write_text("标题: 一\n", encoding="utf-8")
    told = refused(Path(typed))
    assert (told["code"], told["name"], told["there"]) == ("VK-I021", name, f"{name}.txt")


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
@pytest.mark.parametrize("typed", [b"\xb3\xf8\xb7\xbf.yaml", b"briefs/\xb3\xf8.yaml", b"photos/\xb3\xf8"])
def test_a_garbled_name_is_told(typed: bytes, store: Path) -> None:
    """GBK out of an archive: whether it is there or not."""
    name = Path(os.fsdecode(typed))
    assert refused(name)["code"] == "VK-I023"
    name.mkdir()
    assert refused(name)["code"] == "VK-I023"


def test_a_name_nobody_can_type_is_told(store: Path) -> None:
    """A mark that turns what follows round."""
    name = Path("briefs/\u202e厨房.yaml")
    name.write_text("标题: 一\n", encoding="utf-8")
    assert refused(name)["code"] == "VK-I023"


def test_from_outside_and_from_within(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One folder above the shop, and in one of its folders."""
    monkeypatch.chdir(store.parent)
    assert str(refused(Path("卫生间.yaml"))["guess"]).replace("\\", "/") == "店/briefs/卫生间.yaml"
    monkeypatch.chdir(store / "briefs")
    assert (store / "briefs" / str(refused(Path("厨房"))["guess"])).resolve() == store / "photos" / "厨房"


@pytest.mark.parametrize("typed", ["从没有过的名字.yaml", "x", "a" * 300, "没有/没有/没有.yaml"])
def test_what_is_near_nothing_is_not_guessed(typed: str, store: Path) -> None:
    """It is left to who reads the brief."""
    asked.sure(Path(typed))
    assert asked.nearby(Path(typed)) is None


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("vidkit.yaml", "shop"),
        ("people/示例.yaml", "person"),
        ("consents/秀兰.yaml", "consent"),
        ("series/达人.yaml", "series"),
        ("brand/我的店/brand.yaml", "brand"),
        ("templates/tip/template.yaml", "template"),
        ("out", "made"),
        ("表.csv", "table"),
        ("稿子.docx", "document"),
        ("擦窗.mp4", "video"),
        ("话.m4a", "sound"),
    ],
)
def test_other_files_are_told_for_what_they_are(typed: str, kind: str, store: Path) -> None:
    """In one line, with what to do instead."""
    told = refused(store / typed)
    said = table("asked")["kinds"][kind]
    assert (told["code"], told["what"], told["then"]) == ("VK-I018", said["what"]["zh"], said["next"]["zh"])


def test_every_kind_is_known_by_place_or_ending() -> None:
    """No words without a kind, no kind without words."""
    known = table("asked")
    assert {*known["places"], *known["endings"]} == set(known["kinds"])


def test_outside_a_shop_any_yaml_may_be_a_brief(tmp_path: Path) -> None:
    """A folder called people or out says nothing there."""
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / "a.yaml").write_text("a: b\n", encoding="utf-8")
    assert not asked.kind_of(tmp_path / "people" / "a.yaml")


def test_photos_of_several_jobs_are_not_mixed(store: Path) -> None:
    """One clip of two customers' homes would be no true before and after; photos that lie there directly are one job."""
    told = refused(store / "photos")
    assert (told["code"], told["count"], told["names"]) == ("VK-I019", "2", "厨房、客厅")
    assert intake.look(store / "photos" / "厨房").text
    for job in ("厨房", "客厅"):
        for file in (store / "photos" / job).iterdir():
            file.rename(store / "photos" / f"{job}{file.name}")
        (store / "photos" / job).rmdir()
    assert intake.look(store / "photos").text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("厨房.yaml",), "check 厨房.yaml"),
        (("厨 房.yaml",), 'check "厨 房.yaml"'),
        (("检查", "厨房.yaml"), "check 厨房.yaml"),
        (("做", "厨房.yaml", "--draft"), "make 厨房.yaml --draft"),
        (("photos",), "check photos"),
        (("colours",), ""),
    ],
)
def test_a_command_that_was_meant(
    typed: tuple[str, ...], meant: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A brief alone is to be checked, a Chinese word is the command it stands for; anything else is not guessed at."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "photos").mkdir()
    assert asked.command(typed) == meant

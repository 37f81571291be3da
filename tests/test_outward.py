"""Packs name no photo and no recording as its file is called, and a number in such a name is told of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from conftest import room
from PIL import Image

from vidkit import batch, cache, publish
from vidkit.brief import Brief, Pair, Person, Photo, Section
from vidkit.make import Order
from vidkit.problems import Place, problem
from vidkit.publish import Wishes
from vidkit.publishing import outward
from vidkit.tables import table

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2026-11-26"
BRIEF = """\
模板: 清洁前后对比
品牌: 邻里净
标题: 三小时，厨房变个样
服务: 深度保洁
谁家: 不是客户家
对比:
  - {位置: 灶台, 前: 孙家13985012345前.png, 后: 3栋1单元502后.png}
"""
NAMES = "孙家13985012345前.png", "3栋1单元502后.png"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a brief whose two photos are called after a customer."""
    monkeypatch.setenv("VIDKIT_LANG", "zh")
    monkeypatch.chdir(tmp_path)
    for name, cleaned in zip(NAMES, (False, True), strict=True):
        Image.fromarray(room(360, 480, 2, cleaned=cleaned)).save(tmp_path / name)
    (tmp_path / "厨房.yaml").write_text(BRIEF, encoding="utf-8")
    return tmp_path


def test_numbers_in_photos_names_are_found_at_their_own_places(shop: Path) -> None:
    """Masked, since what is found goes into the pack; each name once."""
    (item,) = batch.check((shop / "厨房.yaml",), cache.Cache(shop / "cache"), today=DAY, draft=True)
    found = [one for one in item.findings if one.rule == "personal"]
    assert [(one.words, one.level) for one in found] == [("139****2345", "caution"), ("**栋**单元**", "caution")]
    assert all(one.said.place and one.said.place.line == 7 for one in found)
    assert not any(name in json.dumps([one.as_data() for one in found], ensure_ascii=False) for name in NAMES)


@pytest.mark.usefixtures("small_drafts")
def test_a_pack_holds_no_files_name(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither its manifest nor its texts, nor the zip of both."""
    monkeypatch.setitem(table("publish")["preview"]["width"], "value", 120)  # quicker
    (item,) = batch.check((shop / "厨房.yaml",), cache.Cache(shop / "cache"), today=DAY, draft=True)
    order = Order(shop / "out", cache.Cache(shop / "cache"), draft=True)
    done = publish.publish(*publish.finished(item, order), order, Wishes())
    assert done.packs
    for pack in done.packs:
        packed = [file for file in (*pack.folder.rglob("*"), pack.zip) if file.is_file()]
        assert {file.name for file in packed} >= {"manifest.json", "发布清单.md", "审核单.html"}
        assert not any(b"13985012345" in file.read_bytes() for file in packed)
        assert not any("1单元502".encode() in file.read_bytes() for file in packed)
        said = json.loads((pack.folder / "manifest.json").read_text(encoding="utf-8"))
        assert [one["name"] for one in said["inputs"]["photos"]] == ["#1", "#2"]


def test_where_the_brief_has_a_photo_is_told_for_its_number(tmp_path: Path) -> None:
    """By lines, for those of pairs too, which come first; of a profile's photo whose profile, never what its file is called."""
    people, file = tmp_path / "people" / "王秀兰.yaml", str(tmp_path / "厨房.yaml")

    def shot(name: str, where: str, line: int) -> Photo:
        return Photo(name=name, path=tmp_path / name, place=Place(where, line, 3))

    before, after = shot("前.jpg", file, 9), shot("后.jpg", file, 10)
    made = Brief(
        file=tmp_path / "厨房.yaml",
        template="expert",
        brand="linli",
        title="t",
        people=(Person(name="秀兰姐", photo=shot("她.jpg", str(people), 2)), Person(name="甲", photo=after)),
        sections=(Section(title="一", photos=(shot("一.jpg", file, 7), before)),),
        pairs=(Pair(spot="灶台", before=before, after=after),),
        photos=(shot("不在行里.jpg", "表格", 0),),
    )
    assert outward.places(made) == (
        ("#1「灶台（前）」", "", 9),
        ("#2「灶台（后）」", "", 10),
        ("#3「秀兰姐」", "秀兰姐", 2),
        ("#4「一」", "", 7),
    )
    assert set(outward.names(made).values()) == {"#1", "#2", "#3", "#4", "#5"}


def test_a_name_that_holds_another_is_replaced_whole() -> None:
    """And the problems told as one with it."""
    called = {"前.jpg": "#1", "灶台前.jpg": "#2"}
    part = problem("VK-P024", Place("厨房.yaml", 3, 1), name="前.jpg")
    whole = problem("VK-P024", name="灶台前.jpg、前.jpg")
    told = outward.told(type(whole)(whole.code, None, whole.values, (part,)), called)
    assert dict(told.values)["name"] == "#2、#1"
    assert dict(told.parts[0].values)["name"] == "#1"

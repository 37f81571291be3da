"""One photo is one woman's: said of two people, or of another than the profile that has it, it is told before anything is made."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from conftest import a_shop, room
from PIL import Image

from vidkit import batch, cache

if TYPE_CHECKING:
    from pathlib import Path

BRIEF = """\
模板: 姐妹故事
品牌: 邻里净
标题: 一个带一个
谁家: 不是客户家
"""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shop where 秀兰 has a photo in her profile, 桂花 another, and one file is a copy of hers."""
    folder = a_shop(tmp_path, monkeypatch, BRIEF)
    for seed, name in enumerate(("秀兰", "桂花", "别的"), 5):
        Image.fromarray(room(320, 400, seed)).save(folder / "photos" / f"{name}.jpg", quality=90)
    shutil.copyfile(folder / "photos" / "秀兰.jpg", folder / "photos" / "新拍的.jpg")
    for name in ("秀兰", "桂花"):
        text = f"称呼: {name}姐\n原话: 慢慢来\n照片: {{文件: photos/{name}.jpg}}\n"
        (folder / "people" / f"{name}.yaml").write_text(text, encoding="utf-8")
    (folder / "people" / "小莲.yaml").write_text("称呼: 小莲\n原话: 好\n", encoding="utf-8")
    return folder


def shown(name: str, photo: str) -> str:
    """Somebody of a brief with a photo."""
    return f"{{称呼: {name}, 原话: 好, 照片: photos/{photo}.jpg}}"


def told(store: Path, *people: str) -> list[tuple[str, str]]:
    """What is told of the portraits of some people, and of whom."""
    file = store / "briefs" / "厨房.yaml"
    file.write_text(f"{BRIEF}姐妹: [{', '.join(people)}]\n", encoding="utf-8")
    (item,) = batch.check((file,), cache.default(), today="2026-11-26", draft=True)
    assert item.script, item.problems
    found = [one for one in item.problems if one.code in {"VK-S156", "VK-S172", "VK-S173"}]
    assert all(one.level == "warning" and one.place for one in found)
    return [(one.code, dict(one.values)["who"]) for one in found]


def test_each_woman_with_her_own_photo_is_told_nothing(store: Path) -> None:
    """As their profiles have it, by another of her names, and with photos nobody has."""
    assert told(store, "秀兰姐", "桂花姐") == []
    assert told(store, shown("秀兰", "新拍的"), shown("小莲", "别的")) == []


def test_one_photo_for_two_people_is_told(store: Path) -> None:
    """By its bytes, whatever the files are called; where a profile has it, its owner is named."""
    assert told(store, shown("甲", "别的"), shown("乙", "别的")) == [("VK-S172", "乙")]
    shutil.copyfile(store / "photos" / "别的.jpg", store / "photos" / "拷的.jpg")
    assert told(store, shown("甲", "别的"), shown("乙", "拷的")) == [("VK-S172", "乙")]
    assert told(store, "秀兰姐", shown("小莲", "新拍的")) == [("VK-S173", "小莲")]
    assert told(store, shown("桂花姐", "秀兰"), shown("小莲", "秀兰")) == [
        ("VK-S173", "桂花姐"),
        ("VK-S173", "小莲"),
    ]


def test_who_took_it_back_is_told_of_as_such(store: Path) -> None:
    """Her photo under another name; while the brief names herself, the other's is told of as hers."""
    (store / "consents" / "秀兰姐.yaml").write_text("同意人: 秀兰姐\n撤回日期: 2026-11-25\n", encoding="utf-8")
    other = shown("小莲", "新拍的")
    assert told(store, "桂花姐", other) == [("VK-S156", "秀兰姐")]
    assert told(store, "秀兰姐", other) == [("VK-S173", "小莲")]

"""Other versions of a brief: what was posted in other words, packs of other words, a pack older than its brief."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from vidkit import kit, masking
from vidkit.cache import Cache
from vidkit.people import reach
from vidkit.people.consents import Ledger
from vidkit.publishing import archive, record, versions
from vidkit.publishing.archive import Posted
from vidkit.spreadsheets import rows

if TYPE_CHECKING:
    from pathlib import Path


def said(lines: str = "我带出来十一个", where: str = "douyin", **more: Any) -> dict[str, Any]:
    """A pack's manifest."""
    texts = [
        {"where": "title", "text": "她是我师傅"},
        {"where": "sections.0.lines.0", "text": lines},
        {"where": "expert:caption.txt", "text": f"听她说：{where}"},
    ]
    names = {"id": where, "zh": {"douyin": "抖音", "wechat-channels": "视频号"}[where], "en": where}
    return {"called": "第1期", "day": "2026-11-27", "platform": names, "texts": texts, **more}


def kept(folder: Path, made: dict[str, Any], *posted: Posted) -> Path:
    """The archive with such a pack, posted so."""
    entry = folder / "archive" / "2026-11-27-第1期"
    entry.mkdir(parents=True, exist_ok=True)
    (entry / f"{made['platform']['id']}.manifest.json").write_text(json.dumps(made), encoding="utf-8")
    for one in posted:
        archive.note(entry, one, Cache(folder / "cache"))
    return entry.parent


@pytest.mark.parametrize(
    ("lines", "taken_down", "platform", "told"),
    [
        ("我带出来十二个", "", "douyin", True),
        ("我带出来十二个", "", "抖音", True),
        ("我带出来十二个", "2026-11-28", "douyin", False),
        ("我带出来十二个", "2026-11-30", "douyin", True),
        ("我带出来十一个", "", "douyin", False),
        ("我带出来十二个", "", "快手", False),
    ],
)
def test_a_post_in_other_words_is_told(lines: str, taken_down: str, platform: str, told: bool, tmp_path: Path) -> None:  # noqa: FBT001  # a table
    """With its day, its link, what it says and what is said now; once it is taken down, or says the same, nothing."""
    where = kept(tmp_path, said(), Posted(platform, "2026-11-27", "https://x", taken_down))
    found = list(versions.told(where, tmp_path / "publish", {"douyin": said(lines, day="2026-11-29")}))
    later = ["VK-U071"] if taken_down > "2026-11-29" else []
    assert [one.code for one in found] == ["VK-U060", *later] * told
    for one in found[:1]:
        assert {"我带出来十一个", lines, "https://x", "抖音"} < {text for _, text in one.values}


PRICE = {"item": "深度保洁", "amount": "199", "unit": "次", "conditions": "厨卫", "starting": False, "compare": None}
OTHER = PRICE | {"item": "擦玻璃", "amount": "99", "conditions": "不含高处"}


def test_a_text_in_a_price_moves_with_it() -> None:
    """A list in another order says nothing else; other conditions of one price are told."""
    lists = ([PRICE, OTHER], [OTHER, PRICE])
    old, new = (
        {"prices": one, "texts": [{"where": f"prices.{at}.conditions", "text": one[at]["conditions"]} for at in (0, 1)]}
        for one in lists
    )
    assert versions.changed(old, new) is None
    new["texts"][1]["text"] = "只做厨房"
    assert versions.changed(old, new) == ("厨卫", "只做厨房", "厨卫", "只做厨房")


def shown(*hashes: str, **more: object) -> dict[str, Any]:
    """What a manifest says of photos with such hashes."""
    return {"photos": [{"name": f"#{at}", "sha256": one, **more} for at, one in enumerate(hashes, 1)]}


def bare(by_hand: int, *faces: int) -> dict[str, Any]:
    """What it says of two photos of which so much is covered, and such faces are shown."""
    return shown("a", "b", covered={"by_hand": by_hand, "faces": 0}, shown_faces=[*faces])


SEEN = ("照片 #1、#2 原来遮的地方、露的脸", "照片 #1、#2 遮的地方、露的脸改过")
NONE, ADDED = "（没有了）", "（新加的）"


@pytest.mark.parametrize(
    ("key", "old", "new", "words"),
    [
        ("prices", [PRICE], [PRICE | {"amount": "299"}], ("深度保洁 199元/次", "深度保洁 299元/次")),
        ("prices", [PRICE], [PRICE | {"starting": True}], ("深度保洁 199元/次", "深度保洁 199元/次起")),
        ("prices", [PRICE], [], ("深度保洁 199元/次", NONE)),
        ("prices", [PRICE], [PRICE | {"item": "大扫除"}], ("深度保洁 199元/次", "大扫除 199元/次")),
        ("prices", [OTHER, PRICE], [OTHER, PRICE | {"item": "大扫除"}], ("深度保洁 199元/次", "大扫除 199元/次")),
        ("prices", [PRICE, OTHER], [PRICE | {"item": "大扫除"}], ("深度保洁 199元/次", NONE)),
        ("prices", [PRICE, OTHER], [OTHER], ("深度保洁 199元/次", NONE)),
        ("prices", [PRICE, OTHER], [OTHER | {"amount": "88"}], ("擦玻璃 99元/次", "擦玻璃 88元/次")),
        ("prices", [OTHER], [PRICE, OTHER], (ADDED, "深度保洁 199元/次")),
        ("prices", [PRICE, PRICE], [PRICE], ("深度保洁 199元/次", NONE)),
        ("prices", [PRICE, OTHER], [OTHER, PRICE], None),
        ("valid_until", "2026-07-31", "2026-08-31", ("价格有效期到2026-07-31", "价格有效期到2026-08-31")),
        (
            "people",
            [{"name": "秀兰", "years": 8}],
            [{"name": "秀兰", "years": 9}],
            ("秀兰，从业年数 8", "秀兰，从业年数 9"),
        ),
        ("people", [{"name": "秀兰", "years": None}, {"name": "周芳"}], [{"name": "周芳"}], ("秀兰", NONE)),
        ("people", [{"name": "秀兰", "years": 8}], [{"name": "周芳"}], ("秀兰，从业年数 8", "周芳")),
        ("people", [{"name": "秀兰"}, {"name": "周芳"}], [{"name": "周芳"}, {"name": "秀兰"}], None),
        ("inputs", shown("a", "b"), shown("a", "c"), ("原来的照片 #2", "换过的照片 #2")),
        ("inputs", shown("a", "b"), shown("b", "a"), ("原来的照片 #1、#2", "换过的照片 #1、#2")),
        ("inputs", shown("a"), shown("a", "b"), ("原来的照片 -", "换过的照片 #2")),
        ("inputs", bare(0), bare(1), SEEN),
        ("inputs", bare(0, 1), bare(0), SEEN),
        ("inputs", bare(0, 1), bare(0, 1), None),
        ("inputs", shown("a", "b"), bare(1), None),
        ("prices", [PRICE], [PRICE], None),
        ("prices", None, [PRICE], None),
        ("brand", {"id": "a"}, {"id": "b"}, None),
    ],
)
def test_prices_days_numbers_and_photos_are_the_briefs_own(
    key: str, old: Any, new: Any, words: tuple[str, str] | None, tmp_path: Path
) -> None:
    """Each is told of a post that is out; what an older manifest does not tell of at all is not compared; a price comes before words."""
    before = {} if old is None else {key: old}
    where = kept(tmp_path, said(**before), Posted("douyin", "2026-11-27"))
    found = list(versions.told(where, tmp_path / "publish", {"douyin": said(**{key: new})}))
    assert [(dict(one.values)["old"], dict(one.values)["new"]) for one in found] == ([words] if words else [])
    other = versions.changed(said(**before), said("我带出来十二个", **{key: new}))
    assert other
    assert (other.old == "我带出来十一个") == (words is None or key == "inputs")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, True),
        ({"inputs": shown("b")}, False),
        ({"inputs": shown("a", "b")}, True),
        ({"inputs": shown("a", "b", "c")}, False),
        ({"template": "other"}, False),
        ({"brief": {"path": "briefs/第1期.yaml", "row": True}}, False),
        ({"brief": {"path": "vidkit.yaml", "row": False}}, False),
        ({"brief": {"path": "briefs/第1期.yaml", "sha256": "0"}}, True),
        ({"brief": {"path": "briefs/第1期.yaml"}}, False),
        ({"brief": {"path": "briefs/李家.yaml", "sha256": "0"}, "called": "李家"}, False),
        ({"texts": [{"where": "title", "text": "别的"}]}, False),
    ],
)
def test_a_renamed_brief_keeps_its_posts(more: dict[str, Any], told: bool, tmp_path: Path) -> None:  # noqa: FBT001  # a table
    """It is known by half of its photos and most of its words, once its old file is gone; not another brief, a row, or a copy. Of a pack made before manifests
    said so the mark of its folder tells a row.
    """
    (tmp_path / "vidkit.yaml").write_text("", encoding="utf-8")
    (tmp_path / "out" / ".vidkit").mkdir(parents=True)
    (tmp_path / "out" / ".vidkit" / "李家.json").write_text('{"of": [], "table": "表.csv"}', encoding="utf-8")
    same: dict[str, Any] = {"template": "expert", "inputs": shown("a"), "valid_until": "2026-07-31"}
    lines = [{"where": f"sections.0.lines.{at}", "text": str(at)} for at in range(4)]
    noted = {"path": "briefs/第1期.yaml", "row": False}
    old = said() | {"brief": noted, "texts": lines, **same, **more}
    now = said(called="第一期", **same | {"texts": [*lines, {"where": "title", "text": "新的"}]})
    found = versions.told(kept(tmp_path, old, Posted("douyin", "2026-11-27")), tmp_path / "publish", {"douyin": now})
    assert [one.code for one in found] == ["VK-U060"] * told


PHONE, OTHER_PHONE = {"phone": "1", "qr": ""}, {"phone": "2", "qr": ""}


@pytest.mark.parametrize(
    ("where", "then", "now", "words"),
    [
        ("douyin", PHONE, {"douyin": OTHER_PHONE}, ("原来的电话", "换过的电话")),
        ("douyin", PHONE, {"wechat-channels": OTHER_PHONE}, ("原来的电话", "换过的电话")),
        ("douyin", PHONE, {"wechat-channels": {}, "douyin": OTHER_PHONE}, ("原来的电话", "换过的电话")),
        ("douyin", PHONE, {"douyin": {"phone": "", "qr": ""}}, ("原来的电话", NONE)),
        ("douyin", {"phone": "", "qr": ""}, {"douyin": PHONE}, (ADDED, "换过的电话")),
        ("douyin", {}, {"wechat-channels": PHONE}, None),
        ("wechat-channels", PHONE, {"douyin": {}}, None),
        ("douyin", PHONE, {"douyin": PHONE, "wechat-channels": OTHER_PHONE}, None),
    ],
)
def test_another_number_is_told_of_what_shows_one(
    where: str, then: dict[str, str], now: dict[str, Any], words: tuple[str, str] | None, tmp_path: Path
) -> None:
    """Of a post, held against what was packed for its own platform; of a pack beside it, too."""
    old = said(where=where, reached=then)
    fresh = {name: said(where=name, reached=ways) for name, ways in now.items()}
    (tmp_path / "publish" / where).mkdir(parents=True)
    (tmp_path / "publish" / where / "manifest.json").write_text(json.dumps(old), encoding="utf-8")
    found = list(versions.told(kept(tmp_path, old, Posted(where, "2026-11-27")), tmp_path / "publish", fresh))
    codes = ["VK-U060", *(["VK-U061"] if where not in now else [])] if words else []
    assert [(one.code, (dict(one.values)["old"], dict(one.values)["new"])) for one in found] == [
        (code, words) for code in codes
    ]


@pytest.mark.parametrize(
    ("field", "brand", "told"),
    [("full_name", False, True), ("legal_name", False, True), ("slogan", False, False), ("slogan", True, True)],
)
def test_another_brand_is_told_by_what_it_is_called(field: str, brand: bool, told: bool) -> None:  # noqa: FBT001  # a table
    """Whatever its id; its slogan only of a pack that is not out yet."""
    old, new = (
        said(brand={"id": one}, texts=[{"where": f"{one}:{field}", "text": text}])
        for one, text in (("a", "阿珍到家"), ("b", "新店"))
    )
    assert (versions.changed(old, new, brand=brand) is not None) == told
    if told:
        assert versions.changed(old, new, brand=brand) == ("阿珍到家", "新店", "阿珍到家", "新店")
    assert (
        versions.changed(old, {**old, "brand": {"id": "c"}, "texts": [{"where": f"c:{field}", "text": "阿珍到家"}]})
        is None
    )


def test_another_brief_and_a_faulty_file(tmp_path: Path) -> None:
    """Posts of another brief are none of this one's; a posted.yaml that cannot be read is told, and so are the posts in it that can."""
    where = kept(tmp_path, said(called="第2期"), Posted("douyin", "2026-11-27"))
    now = {"douyin": said("我带出来十二个")}
    assert list(versions.told(where, tmp_path / "publish", now)) == []
    (where / "2026-11-27-第1期" / archive.POSTED).write_text("发布:\n  - 平台: x\n", encoding="utf-8")
    assert [one.code for one in versions.told(where, tmp_path / "publish", now)] == ["VK-U040"]
    kept(tmp_path, said())
    noted = "发布:\n  - {平台: 抖音, 日期: 2026-11-27, 撤下: 快了}\n  - {平台: 抖音, 日期: 3月9日}\n"
    (where / "2026-11-27-第1期" / archive.POSTED).write_text(noted, encoding="utf-8")
    codes = [one.code for one in versions.told(where, tmp_path / "publish", now)]
    assert codes == ["VK-U060", "VK-U071", "VK-U040"]


@pytest.mark.parametrize("wrong", [{"brief": 5}, {"logo": 5}, {"platform": {"id": "douyin"}}])
def test_a_manifest_written_over_by_hand_is_compared_as_far_as_it_goes(wrong: dict[str, Any], tmp_path: Path) -> None:
    """Its post in other words is told all the same, and so is its pack."""
    old, now = said() | wrong, said("我带出来十二个")
    where = kept(tmp_path, old, Posted("douyin", "2026-11-27"))
    pack = tmp_path / "publish" / "kuaishou" / "manifest.json"
    pack.parent.mkdir(parents=True)
    pack.write_text(json.dumps(old), encoding="utf-8")
    found = list(versions.told(where, tmp_path / "publish", {"douyin": now}))
    assert [one.code for one in found] == ["VK-U060", "VK-U061"]
    assert all(one.message("zh") for one in found)
    assert [one.code for one in versions.outdated(pack, old)] == []


def test_a_pack_of_other_words_beside_the_new_one_is_told(tmp_path: Path) -> None:
    """The one packed just now is not; the words of another platform's caption do not count."""
    for where in ("douyin", "wechat-channels"):
        (tmp_path / "publish" / where).mkdir(parents=True)
        (tmp_path / "publish" / where / "manifest.json").write_text(json.dumps(said(where=where)), encoding="utf-8")
    assert list(versions.told(tmp_path / "none", tmp_path / "publish", {"douyin": said()})) == []
    (found,) = versions.told(tmp_path / "none", tmp_path / "publish", {"douyin": said("我带出来十二个")})
    assert (found.code, dict(found.values)["platform"]) == ("VK-U061", "视频号")
    assert found.place
    assert found.place.file.endswith("wechat-channels")


@pytest.mark.parametrize(("brief", "told"), [("a", ["VK-U070"]), ("b", ["VK-U062"]), (None, ["VK-U063"])])
def test_a_pack_older_than_its_brief_is_told(brief: str | None, told: list[str], tmp_path: Path) -> None:
    """By the hash of the brief its manifest names; that it is gone, or that what it is cannot be read."""
    (tmp_path / "vidkit.yaml").write_text("", encoding="utf-8")
    pack = tmp_path / "out" / "甲" / "publish" / "douyin"
    pack.mkdir(parents=True)
    if brief:
        (tmp_path / "甲.yaml").write_text(brief, encoding="utf-8")
    made = said(brief={"name": "甲.yaml", "path": "甲.yaml", "sha256": hashlib.sha256(b"a").hexdigest()})
    assert [one.code for one in versions.outdated(pack, made)] == told
    assert list(versions.outdated(pack, said())) == []
    gone = made | {"brief": {"path": "乙.yaml", "row": False}}
    assert [one.code for one in versions.outdated(pack, gone)] == ["VK-U063"]
    assert list(versions.outdated(pack, made | {"brief": {"path": "乙.yaml", "row": True}})) == []


BRIEF = """\
模板: 清洁前后对比
品牌: 我家
标题: 厨房变个样
服务: 深度保洁
人物: 秀兰
谁家: 不是客户家
打码文字: 是
难处: 打 13985551234 问过三家
对比:
  - {位置: 灶台, 前: p.jpg, 后: q.jpg}
"""


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("vidkit.yaml", "云岩", "南明", ("贵阳云岩", "贵阳南明")),
        ("people/秀兰.yaml", "8", "9", ("秀兰，从业年数 8", "秀兰，从业年数 9")),
        ("brand/wojia/brand.yaml", "slogan:", "slogan: 新口号  #", ("把家收拾好，把人照顾好", "新口号")),
        ("p.jpg", "a", "b", ("原来的照片 #1", "换过的照片 #1")),
        ("vidkit.yaml", "13985551234", "13985551235", ("原来的电话", "换过的电话")),
        ("vidkit.yaml", "加微信", "打电话", ("原来的二维码", "换过的二维码")),
        ("people/秀兰.yaml", "8", "8\n照片: q.jpg", None),
        ("people/秀兰.yaml", "8", "8\n照片: ../r.jpg", ("原来的照片 -", "换过的照片 #3")),
        (
            "people/秀兰.yaml",
            "8",
            "8\n证书: [{名称: 育婴员, 等级: 三级, 发证: 某校, 编号: S000052010000123}]",
            (ADDED, "育婴员"),
        ),
        ("people/秀兰.yaml", "8", "8 # 说明", None),
        ("p.jpg", "a", "a", None),
    ],
)
def test_what_a_brief_uses_was_changed_since(
    file: str, old: str, new: str, words: tuple[str, str] | None, tmp_path: Path
) -> None:
    """A profile, the settings, the brand, a photo of the same name; not a comment."""
    shutil.copytree(kit.bundled() / "brand" / "linli", tmp_path / "brand" / "wojia")
    named = tmp_path / "brand" / "wojia" / "brand.yaml"
    named.write_text(
        re.sub(r"(?m)^names:.*", "names: {zh: 我家, en: Wojia}", named.read_text(encoding="utf-8"))
        .replace("example: true", "example: false")
        .replace("id: linli", "id: wojia"),
        encoding="utf-8",
    )
    texts = {
        "vidkit.yaml": "地区: 贵阳云岩\n电话: '13985551234'\n二维码: 加微信\n",
        "people/秀兰.yaml": "称呼: 秀兰\n从业年数: 8\n",
        "甲.yaml": BRIEF,
        "p.jpg": "a",
        "q.jpg": "q",
        "r.jpg": "r",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    pack, brief = tmp_path / "out" / "甲" / "publish" / "douyin", tmp_path / "甲.yaml"
    pack.mkdir(parents=True)
    script = reach.script(brief, None, Ledger(tmp_path), "2026-11-27")
    noted = {
        "name": "甲.yaml",
        "path": "甲.yaml",
        "sha256": hashlib.sha256(brief.read_bytes()).hexdigest(),
        "row": False,
    }
    script = replace(script, brief=masking.brief(script.brief))
    made = record.own(script) | {
        "reached": record.reached(script),
        "day": "2026-11-27",
        "brief": noted,
        "inputs": shown(*(hashlib.sha256(one).hexdigest() for one in (b"a", b"q"))),
    }
    assert list(versions.outdated(pack, made)) == []
    (tmp_path / "q.jpg").rename(tmp_path / "z.jpg")
    assert [one.code for one in versions.outdated(pack, made)] == ["VK-U070"]
    (tmp_path / "z.jpg").rename(tmp_path / "q.jpg")
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    kit.forget()
    found = [dict(one.values) for one in versions.outdated(pack, made)]
    assert [(one["old"], one["new"]) for one in found] == ([words] if words else [])


HEAD = "文件名,标题,对比.1.前,对比.1.后\n"
ROW, OTHER_ROW = "甲,厨房变个样,p.jpg,q.jpg\n", "甲,沙发变个样,r.jpg,s.jpg\n"


def of_a_table(folder: Path) -> dict[str, Any]:
    """A shop with a table, its photos and a brief, and what the manifest of a pack of its only row says."""
    texts = {
        "vidkit.yaml": "",
        "甲乙.yaml": BRIEF.replace("我家", "邻里净").replace("人物: 秀兰", "结果: 亮了"),
        "表.csv": HEAD + ROW,
    }
    for name, text in (texts | {f"{one}.jpg": one for one in "pqrs"}).items():
        (folder / name).write_text(text, encoding="utf-8")
    ((file, row),) = rows.briefs(folder / "甲乙.yaml", folder / "表.csv").rows.items()
    script = reach.script(file, row.node, Ledger(folder), "2026-11-27")
    script = replace(script, brief=masking.brief(script.brief))
    noted = {"name": "甲.yaml", "path": "甲.yaml", "sha256": "0", "row": True, "table": "表.csv", "over": "甲乙.yaml"}
    more = {"called": "甲", "title": "厨房变个样", "day": "2026-11-27", "template": script.template.id, "brief": noted}
    photos = shown(*(hashlib.sha256(one).hexdigest() for one in (b"p", b"q")))
    names = {"id": "douyin", "zh": "抖音", "en": "Douyin"}
    return record.own(script) | {"reached": record.reached(script), "inputs": photos, "platform": names, **more}


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("表.csv", ROW, ROW + "丙,客厅,r.jpg,s.jpg\n", None),
        ("表.csv", ROW, ROW.replace("厨房变", "灶台变"), ("VK-U079", "厨房变个样", "灶台变个样")),
        ("表.csv", "q.jpg", "r.jpg", ("VK-U079", "原来的照片 #2", "换过的照片 #2")),
        ("表.csv", "p.jpg,q.jpg", "r.jpg,s.jpg", ("VK-U079", "原来的照片 #1、#2", "换过的照片 #1、#2")),
        ("表.csv", ROW, OTHER_ROW, ("VK-U078", "厨房变个样", "沙发变个样")),
        ("表.csv", "甲", "丙", ("VK-U077",)),
        ("表.csv", "文件名", "文什么", ("VK-U070",)),
        ("表.csv", "p.jpg", "没有.jpg", ("VK-U070",)),
        ("表.csv", None, None, ("VK-U076",)),
        ("甲乙.yaml", "服务: 深度保洁", "服务: 擦玻璃", ("VK-U079", "深度保洁", "擦玻璃")),
        (
            "甲乙.yaml",
            "模板: 清洁前后对比",
            "模板: 服务案例",
            ("VK-U079", "原来的模板", "换过的模板"),
        ),
        ("甲乙.yaml", "品牌", "# 说明\n品牌", None),
        ("甲乙.yaml", None, None, ("VK-U076",)),
    ],
)
def test_a_pack_of_a_row_is_held_against_its_table(
    file: str, old: str | None, new: str | None, told: tuple[str, ...] | None, tmp_path: Path
) -> None:
    """What its row says now, that there is none, that another has its name, or that nobody can tell; of a brief's change alike."""
    made, pack = of_a_table(tmp_path), tmp_path / "out" / "甲" / "publish" / "douyin"
    pack.mkdir(parents=True)
    assert list(versions.outdated(pack, made)) == []
    if old is None or new is None:
        (tmp_path / file).unlink()
    else:
        text = (tmp_path / file).read_text(encoding="utf-8")
        assert old in text
        (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [(one.code, dict(one.values)) for one in versions.outdated(pack, made)]
    assert [(code, *(said[name] for name in ("old", "new") if name in said)) for code, said in found] == [told] * bool(
        told
    )


@pytest.mark.parametrize(
    ("table", "now", "told"),
    [
        (OTHER_ROW, {"title": "沙发变个样", "inputs": shown("r")}, ["VK-U080"]),
        (ROW, {"title": "沙发变个样"}, []),
        (ROW, {"texts": [{"where": "title", "text": "别的"}]}, ["VK-U060"]),
        ("丙,厨房变个样,p.jpg,q.jpg\n", {"called": "丙"}, ["VK-U081"]),
        (ROW, {"called": "丙"}, ["VK-U081"]),
        ("丙,厨房变个样,p.jpg,q.jpg\n", {"called": "丙", "gift": {"name": "抹布", "until": ""}}, ["VK-U060"]),
        (ROW, {"called": "丙", "gift": {"name": "抹布", "until": ""}}, []),
        (OTHER_ROW, {"called": "丙", "gift": {"name": "抹布", "until": ""}}, ["VK-U060"]),
        (OTHER_ROW, {"called": "丙", "title": "沙发变个样", "inputs": shown("r")}, []),
    ],
)
def test_a_post_of_a_row_is_known_by_its_photos(
    table: str, now: dict[str, Any], told: list[str], tmp_path: Path
) -> None:
    """Rows without names move from one name to another: a post of another row that had this one's name is not this row's, one of the same row is,
    whatever it was called; of a row that is still there under its name only that the same is out already is told.
    """
    made = of_a_table(tmp_path)
    where = kept(tmp_path, made, Posted("douyin", "2026-11-27"))
    (tmp_path / "表.csv").write_text(HEAD + table, encoding="utf-8")
    found = versions.told(where, tmp_path / "publish", {"douyin": made | now})
    assert [one.code for one in found] == told
    again = versions.twice(where / "2026-11-28-丙", "douyin", made | now)
    assert [one.code for one in again] == [one for one in told if one == "VK-U081"]
    assert not list(versions.twice(where / "2026-11-28-丙", "meituan", made | now))

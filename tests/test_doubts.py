"""What can be made and was perhaps meant otherwise is asked about; what cannot be drawn is told once a place."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from vidkit import brief, caption, kit, masking, plan
from vidkit.briefs import doubts, keys
from vidkit.captions import facts
from vidkit.kits import platform
from vidkit.problems import Refusal, problem, show
from vidkit.tables import table

if TYPE_CHECKING:
    from pathlib import Path

    from vidkit.brief import Brief

GOOD = """模板: 清洁前后对比
品牌: 邻里净
标题: 灶台变个样
服务: 深度保洁
对比: {位置: 灶台, 前: a.jpg, 后: b.jpg}
"""
REVIEW = "评价: {原文: 阿姨很细致👍下次还找😊, 平台: 美团, 日期: 2026-11-03}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two photos."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.jpg").write_bytes(name.encode())
    return tmp_path


def loaded(folder: Path, text: str) -> Brief:
    """A brief of such a folder."""
    file = folder / "x.yaml"
    file.write_text(text, encoding="utf-8")
    return brief.load(file, plan.names(kit.shelf()))


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("人物: {称呼: 龙孃孃, 从业年数: 45}\n", [("VK-B062", 6, 21)]),
        ("人物: {称呼: 龙孃孃, 从业年数: 40}\n", []),
        ("开头: 今天收拾厨房\n关键词: 灶台\n", []),
        ("关键词: 灶台\n", []),
        (REVIEW, [("VK-B063", 6, 10)]),
        (REVIEW.replace("👍", "♥️").replace("😊", ""), []),
        ("正文: 好👍\n", []),
        ("要点: [好, 快👍]\n" + REVIEW, [("VK-B063", 6, 9)]),
    ],
)
def test_doubts(more: str, found: list[tuple[str, int, int]], folder: Path) -> None:
    """Each at its place; what is as it should be is not asked about."""
    told = [
        (one.code, one.place.line, one.place.column)
        for one in doubts.problems(loaded(folder, GOOD + more))
        if one.place
    ]
    assert told == found


def test_emoji_are_posted_and_not_drawn(folder: Path) -> None:
    """Titles and sentences keep them in posts, names leave them out; the text of a post stays as it is, and so do names of files."""
    (folder / "a😂.jpg").write_bytes(b"a")
    people = "人物: {称呼: 罗姐👩‍🔧, 原话: 莫慌😂}\n要点: [不慌, 1️⃣0️⃣户👍🏻都好, '🧽自带工具']\n正文: 一家👨‍👩‍👧开心\n"
    typed = GOOD.replace("灶台变个样", "灶台😂变个样").replace(
        "{位置: 灶台, 前: a.jpg", "{位置: 灶台🍳, 说明: 亮了✨, 前: a😂.jpg"
    )
    said = loaded(folder, typed + "关键词: 灶台😂变\n" + REVIEW.replace("日期", "称呼: 张女士😊, 日期") + people)
    assert said.review is not None
    assert (said.title, said.keyword, said.pairs[0].spot, said.pairs[0].note) == (
        "灶台 变个样",
        "灶台 变",
        "灶台",
        "亮了",
    )
    assert (said.review.text, said.review.name, said.people[0].quote) == ("阿姨很细致 下次还找", "张女士", "莫慌")
    assert (said.points, said.body) == (("不慌", "10户 都好", "自带工具"), "一家👨‍👩‍👧开心")
    known = facts.facts(said)
    assert (known["review"]["text"], known["person"]["quote"]) == ("阿姨很细致👍下次还找😊", "莫慌😂")
    assert (known["title"], known["pairs"]) == ("灶台😂变个样", ({"spot": "灶台", "note": "亮了✨"},))
    assert (known["person"]["name"], known["points"]) == ("罗姐", ("不慌", "1️⃣0️⃣户👍🏻都好", "🧽自带工具"))
    (told,) = doubts.problems(said)
    assert dict(told.values)["field"] == "标题、关键词、称呼、原话、位置、说明、要点、原文"


@pytest.mark.parametrize(
    ("title", "posted"),
    [("灶台😂变个样", "灶台😂变个样"), ("灶台变个样，三小时做完了" + "😂" * 9, "灶台变个样，三小时做完了")],
)
def test_a_title_keeps_the_emoji_a_platform_has_room_for(title: str, posted: str, folder: Path) -> None:
    """Else it is posted as it is drawn, not another title in its place."""
    said, shelf = loaded(folder, GOOD.replace("灶台变个样", title)), kit.shelf()
    (where,) = (one for one in platform.all_platforms() if one.id == "xiaohongshu")
    made = caption.write(said, where, kit.template(said.template, shelf), kit.brand(said.brand, shelf), shelf)
    assert made.title.split("｜")[0] == posted


@pytest.mark.parametrize(
    ("title", "keyword", "meant"),
    [
        ("一家四口的灶台", "一家🏠四口", "一家四口"),
        ("一家🏠四口的灶台", "一家四口", "一家 四口"),
        ("灶台👍", "灶台👍", "灶台"),
    ],
)
def test_a_keyword_is_found_whatever_emoji_stand_between(title: str, keyword: str, meant: str, folder: Path) -> None:
    """As the title spells it; one that is not there is told as it was typed."""
    typed = GOOD.replace("灶台变个样", title)
    assert loaded(folder, f"{typed}关键词: {keyword}\n").keyword == meant
    with pytest.raises(Refusal) as refused:
        loaded(folder, f"{typed}关键词: 水🏠槽\n")
    assert "水🏠槽" in refused.value.problems[0].message("zh")


def test_numbers_in_signs_are_posted_as_drawn(folder: Path) -> None:
    """And nobody's own words: neither their numbers nor their commas."""
    said = loaded(folder, GOOD.replace("灶台变个样", "🔟分钟擦窗👍") + "人物: {称呼: 罗姐, 原话: '🔟分钟够了,莫急'}\n")
    known = facts.facts(said)
    assert (said.title, known["title"]) == ("10分钟擦窗", "10分钟擦窗👍")
    assert (said.people[0].quote, known["person"]["quote"]) == ("10分钟够了,莫急", "🔟分钟够了,莫急")


def test_a_brief_says_it_instead_of_the_profile(folder: Path) -> None:
    """Without emoji, too: what the profile says with them is not posted in its place."""
    (folder / "罗姐.yaml").write_text("称呼: 罗姐\n工种: 保洁师\n原话: 莫慌😂\n", encoding="utf-8")
    names = replace(plan.names(kit.shelf()), people=(("罗姐", folder / "罗姐.yaml"),))
    for own, posted in (("", "莫慌😂"), (", 原话: 慢慢来", "慢慢来")):
        (folder / "x.yaml").write_text(f"{GOOD}人物: {{称呼: 罗姐{own}}}\n", encoding="utf-8")
        assert facts.facts(brief.load(folder / "x.yaml", names))["person"]["quote"] == posted


def test_commas_of_the_keyboard_are_drawn_as_chinese_ones(folder: Path) -> None:
    """Between Chinese characters, and never in a customer's words."""
    said = loaded(folder, GOOD + "评价: {平台: 美团, 日期: 2026-11-03, 原文: '好,真好'}\n要点: ['铲刀铲,再拖3,5遍']\n")
    assert said.review
    assert (said.review.text, said.points) == ("好,真好", ("铲刀铲，再拖3,5遍",))


def test_nothing_but_emoji_or_a_character_of_a_name_stays(folder: Path) -> None:
    """They are told as what cannot be drawn: without them there is nothing to draw, or another name."""
    rare = "\U0003134a"
    said = loaded(folder, GOOD.replace("灶台变个样", "😂👍🏻") + f"人物: {{称呼: 罗{rare}姐}}\n要点: [好🙂{rare}]\n")
    assert (said.title, said.people[0].name, said.points) == ("😂👍🏻", f"罗{rare}姐", (f"好 {rare}",))


def test_a_number_taken_apart_by_emoji_is_masked_where_it_is_posted(folder: Path) -> None:
    """As it is where it is drawn; with so many that it is a number only without them, the words are posted as drawn."""
    for emoji, posted in (("👍", "电话138****5678👍"), ("👍👍👍👍", "电话138****5678")):
        typed = f"电话138{emoji}1234{emoji}5678👍"
        said = masking.brief(loaded(folder, GOOD + REVIEW.replace("阿姨很细致👍下次还找😊", typed)))
        assert said.review is not None
        assert said.review.text == "电话138****5678"
        assert said.posted("review.text", said.review.text) == posted


def test_a_review_of_emoji_alone_stays(folder: Path) -> None:
    """There would be nothing to draw: that is told as such."""
    said = loaded(folder, GOOD + REVIEW.replace("阿姨很细致👍下次还找😊", "👍👍"))
    assert said.review is not None
    assert (said.review.text, said.pasted) == ("👍👍", ())


def test_what_cannot_be_drawn_is_told_once_a_place(folder: Path) -> None:
    """With all its characters; in somebody's own words with a hint that leaves the words alone."""
    said = loaded(folder, GOOD + REVIEW)
    title, own = said.at("title"), said.at("review.text")
    found = [
        problem("VK-T002", title, characters="A(U+0041)", text="x"),
        problem("VK-T001", title, text="x", length=9, lines=1, room=8),
        problem("VK-T002", title, characters="B(U+0042) A(U+0041)", text="x"),
        problem("VK-T002", own, characters="C(U+0043)", text="y"),
        problem("VK-T002", None, characters="B(U+0042)", text="x"),
        problem("VK-T002", None, characters="D(U+0044)", text="z"),
    ]
    told = doubts.once(said, found)
    assert [(one.code, dict(one.values).get("characters")) for one in told] == [
        ("VK-T001", None),
        ("VK-T002", "A(U+0041) B(U+0042)"),
        ("VK-T009", "C(U+0043)"),
        ("VK-T002", "D(U+0044)"),
    ]
    assert "字不改" in show(told[-2], "zh")
    assert "不要" in show(told[-1], "zh")


@pytest.mark.parametrize("model", sorted(keys.models()))
def test_what_goes_elsewhere_is_no_key(model: str) -> None:
    """A key that a model has is never sent elsewhere, nor taken for a slip of another one."""
    for row in table("belongs")["goes"]:
        for key in row["keys"] if model in row["in"] else ():
            assert keys.find(model, key) is None, key
            assert keys.suggestion(model, key) is None, key


def test_where_it_goes_is_there() -> None:
    """Every key named in quotation marks is one of some model."""
    for row in table("belongs")["goes"]:
        assert set(row) == {"keys", "in", "zh", "en"}
        for name in re.findall("“([^”]+)”", row["zh"]):
            assert any(keys.find(model, name) for model in keys.models()), name

"""What can be made and was perhaps meant otherwise is asked about; what cannot be drawn is told once a place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from vidkit import brief, kit, masking, plan
from vidkit.briefs import doubts, keys
from vidkit.captions import facts
from vidkit.problems import problem, show
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


def test_emoji_of_own_words_are_posted_and_not_drawn(folder: Path) -> None:
    """Of reviews and of what people say; in no other field anything is changed."""
    people = "人物: {称呼: 罗姐, 原话: 莫慌😂}\n要点: [好👍]\n"
    said = loaded(folder, GOOD + REVIEW + people)
    assert said.review is not None
    assert (said.review.text, said.people[0].quote, said.points) == ("阿姨很细致 下次还找", "莫慌", ("好👍",))
    known = facts.facts(said)
    assert (known["review"]["text"], known["person"]["quote"]) == ("阿姨很细致👍下次还找😊", "莫慌😂")


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
    ]
    told = doubts.once(said, found)
    assert [(one.code, dict(one.values).get("characters")) for one in told] == [
        ("VK-T001", None),
        ("VK-T002", "A(U+0041) B(U+0042)"),
        ("VK-T009", "C(U+0043)"),
    ]
    assert "字不改" in show(told[-1], "zh")


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

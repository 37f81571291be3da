"""Words a template forbids: found with their place, not where they are turned round, and every row of the lists can be answered for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from made_up import Ask
from made_up import brief as made_up

from vidkit import kit, plan, wording
from vidkit.problems import Refusal
from vidkit.tables import table

if TYPE_CHECKING:
    from pathlib import Path

    from vidkit.brief import Brief
    from vidkit.cache import Cache

SHELF = kit.shelf()
TEMPLATE = kit.template("recruit", SHELF)
FORBIDDEN = [
    "先交押金三百", "培训费八百元", "服装费自己出", "要交200元", "报名费50", "先交钱再学", "身份证要押，押身份证一周",
    "只招女工", "限女性", "不要男的", "男士优先", "要求未婚", "已婚已育的来", "汉族优先", "河南人勿扰", "不要外地人", "本地户口优先",
    "没经验的先交押金", "不收学费，押金三百",
]  # fmt: skip
DOUBTFUL = ["35岁以下", "四十五岁以内", "18-40岁", "年龄要求五十", "五官端正", "属相不合的别来"]
HARMLESS = [
    "不收押金", "没有培训费", "免费培训", "男女都可以", "不收报名费，包住", "没有年龄限制", "年龄不限", "不用交钱", "四十五岁，我又当了学生",
    "先交接，再上门", "不看属相", "已婚未婚都可以", "五十岁也能学", "贵州人做的饭", "按月结工资", "女工之家", "不用先交钱", "交个朋友", "不收押金、培训费和服装费", "不收任何押金",
]  # fmt: skip


def _said(words: str) -> Brief:
    return made_up(Ask("recruit")).model_copy(update={"training": words})


@pytest.mark.parametrize("words", FORBIDDEN)
def test_forbidden_words_are_found(words: str) -> None:
    """Fees and discrimination stop the work."""
    assert "VK-W001" in {p.code for p in wording.problems(_said(words), TEMPLATE)}


@pytest.mark.parametrize("words", DOUBTFUL)
def test_doubtful_words_are_asked_about(words: str) -> None:
    """What may have a reason is a warning."""
    assert {p.code for p in wording.problems(_said(words), TEMPLATE)} == {"VK-W002"}


@pytest.mark.parametrize("words", HARMLESS)
def test_words_turned_round_are_harmless(words: str) -> None:
    """A no before them, or both of them, and ordinary words are left alone."""
    assert not wording.problems(_said(words), TEMPLATE)


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ("拆油网，看机型", "看机型"),
        ("视面积而定", "视面积而定"),
        ("看脏的程度定", "看脏的程度定"),
        ("远的另议", "另议"),
        ("拆洗滤网，外机另计", ""),
        ("做完请您看一遍", ""),
        ("两小时起，固定时间上门", ""),
    ],
)
def test_a_price_that_depends_is_a_starting_price(conditions: str, words: str) -> None:
    """Conditions that leave the price open are asked about, unless it is said to be a starting price."""
    brief = made_up(Ask("price-list"))
    price = brief.prices[0].model_copy(update={"conditions": conditions, "starting": False})
    template = kit.template("price-list", SHELF)
    for starting in (False, True):
        prices = (price.model_copy(update={"starting": starting}), *brief.prices[1:])
        found = wording.problems(brief.model_copy(update={"prices": prices}), template)
        codes = ["VK-W003"] if words and not starting else []
        assert [(p.code, p.level) for p in found] == [(code, "warning") for code in codes]


def test_only_templates_that_forbid_look() -> None:
    """The same words in another template are nobody's business."""
    assert not wording.problems(_said("先交押金三百"), kit.template("story", SHELF))


def test_a_brief_with_a_fee_is_refused_at_its_line(tmp_path: Path, cache: Cache) -> None:
    """Reading stops with every word's line and column; nothing is developed first."""
    file = tmp_path / "招人.yaml"
    (tmp_path / "a.jpg").write_bytes(b"")
    lines = [
        "模板: 招募", "品牌: 邻里净", "标题: 来学手艺", "岗位: [保洁师]", "人物: {称呼: 美华, 照片: a.jpg}",
        "培训: 学七天，培训费三百", "怎么来: 来坐坐", "要点: [按月结, 只招女]",
    ]  # fmt: skip
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(Refusal) as caught:
        plan.read(file, cache)
    assert [(p.code, p.place.line if p.place else 0) for p in caught.value.problems] == [("VK-W001", 6), ("VK-W001", 8)]


@pytest.mark.parametrize("name", sorted(table("words")))
def test_every_row_can_be_answered_for(name: str) -> None:
    """Reason and source in both languages, a date, a confidence; no word is listed twice; patterns are sound."""
    listed = table("words")[name]
    words = [word for row in listed["rows"] for word in row["words"]]
    assert len(words) == len(set(words))
    for row in listed["rows"]:
        assert {"reason", "reason_en", "source", "source_en", "must"} <= set(row)
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", str(row["checked_on"]))
        assert row["confidence"] in {"A", "B", "C"}
        for pattern in row.get("patterns", ()):
            re.compile(pattern)


def test_every_list_a_template_names_is_there() -> None:
    """A template forbids lists that exist."""
    for name, _ in kit.template_names(SHELF):
        assert set(kit.template(name, SHELF).forbids) <= set(table("words"))

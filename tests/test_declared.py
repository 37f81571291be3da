"""What is declared is said where the law wants it: in captions, beside prices, on price posters; certificates with stars."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from vidkit import caption, plan, poster
from vidkit.brief import Price
from vidkit.briefs import declared
from vidkit.briefs.declared import Certificate, Compare, Evidence, Gift, Promise
from vidkit.cache import Cache
from vidkit.publishing import dossier

if TYPE_CHECKING:
    from pathlib import Path

GIFT = Gift(name="清洁剂", size="500克", quantity="每单一瓶，共100瓶", until="2026-12-31", how="上门时带来")
PROMISE = Promise(promise="有遗漏免费返工", conditions="做完 24 小时内，当天做过的地方")
EVIDENCE = Evidence(claim="服务过 120 户", source="本店派工单", period="2025-01 到 2026-10", scope="贵阳云岩")
COMPARE = Compare(amount="259", basis="本店成交价", period="2026-11-19 到 2026-11-25")
HELD = Certificate(name="育婴员", level="三级", issuer="贵阳某学校（示例）", number="S000052010000123")
BRIEF = """\
模板: 价目
品牌: 邻里净
标题: 收费明明白白
服务: 家政服务
地区: 贵阳云岩
价目:
  - {项目: 日常保洁, 金额: 45, 单位: 小时, 条件: 2小时起，含工具, 起: 是, 另收: 周末每小时加5元}
  - {项目: 深度保洁, 金额: 199, 单位: 次, 条件: 3小时，厨卫都做, 内容: 台面、灶台、烟机外壳, 对比价: {金额: 259, 依据: 本店成交价, 时间: 2026-11-19 到 2026-11-25}}
  - {项目: 空调清洗, 金额: 99, 单位: 台, 条件: 含滤网，外机另计}
有效期: 2026-12-31
要点: [服务过 120 户]
赠品: {名称: 清洁剂, 规格: 500克, 数量: 每单一瓶，共100瓶, 期限: 2026-12-31, 方式: 上门时带来}
依据: {说法: 服务过 120 户, 来源: 本店派工单, 时间: 2025-01 到 2026-10, 范围: 贵阳云岩}
承诺: {承诺: 有遗漏免费返工, 条件: 做完 24 小时内，当天做过的地方}
人物: {称呼: 桂芬姐, 证书: {名称: 育婴员, 等级: 三级, 发证: 贵阳某学校（示例）, 编号: S000052010000123}}
平台: [抖音, 小红书, 美团, 公众号, 朋友圈, 快手, 视频号]
"""


@pytest.fixture
def script(tmp_path: Path) -> plan.Script:
    """A price list with everything declared."""
    file = tmp_path / "brief.yaml"
    file.write_text(BRIEF, encoding="utf-8")
    return plan.read(file, Cache(tmp_path / "cache"), today="2026-11-26")


def test_each_is_said_with_all_the_law_wants() -> None:
    """No part is left out."""
    assert GIFT.said == "清洁剂500克，每单一瓶，共100瓶，送到2026年12月31日，上门时带来"
    assert PROMISE.said == "有遗漏免费返工（做完24小时内，当天做过的地方）"
    assert EVIDENCE.said == "“服务过120户”：本店派工单，2025-01到2026-10，贵阳云岩"
    assert COMPARE.said == "对比价259元：本店成交价，2026年11月19日到25日"
    assert HELD.said == "育婴员（三级），贵阳某学校（示例）发，编号S000**********23"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-11-29 到 2026-12-05", "2026年11月29日到12月5日"),
        ("2025-12-29到2026-01-03", "2025年12月29日到2026年1月3日"),
        ("2025-01 到 2026-10", "2025-01到2026-10"),
        ("平时", "平时"),
    ],
)
def test_periods_are_spelt(typed: str, said: str) -> None:
    """What two days have in common is said once."""
    assert declared.spelt(typed) == said


@pytest.mark.parametrize(
    ("number", "shown"),
    [("S000052010000123", "S000**********23"), ("20261101****", "20261101****"), ("A12", "A**"), ("123456", "1*****")],
)
def test_numbers_are_starred(number: str, shown: str) -> None:
    """Never shown whole."""
    assert declared.starred(number) == shown


def test_conditions_take_what_they_are_compared_with_while_there_is_room() -> None:
    """As long a line as conditions may fill; what does not go in stands in the captions."""
    short = Price(
        item="保洁", amount="199", unit="次", conditions="3小时", compare=COMPARE, extra="周末加5元", scope="厨房"
    )
    long = short.model_copy(update={"conditions": "三小时两个人，厨房和卫生间都做，含烟机滤网，清洁剂我们带"})
    assert short.terms == "3小时；对比价259元：本店成交价，2026年11月19日到25日；周末加5元"
    assert long.terms == f"{long.conditions}；周末加5元"
    assert COMPARE.said in long.whole


def test_the_checklist_says_all_that_limits_a_price() -> None:
    """As captions do: what it is compared with too, and once that something costs extra."""
    price = Price(
        item="保洁",
        amount="199",
        unit="次",
        conditions="3小时",
        compare=COMPARE,
        extra="超时每小时另加50元",
        scope="厨房",
    )
    said = "3小时；对比价259元：本店成交价，2026年11月19日到25日；超时每小时另加50元；厨房"
    assert dossier.priced(price) == f"保洁 199 元/次（{said}）"


def test_every_caption_says_what_is_declared(script: plan.Script) -> None:
    """On every platform, in every version; certificates at least once, with stars."""
    for one in plan.platforms(script):
        made = caption.write(script.brief, one, script.template, script.brand, script.shelf)
        whole = dict(made.papers).get("article.txt", "")
        for text in (whole,) if whole else (version.body for version in made.versions):
            for words in (GIFT.said, PROMISE.said, EVIDENCE.said, COMPARE.said, "周末每小时加5元", "S000**********23"):
                assert words in text, (one.id, words)
            assert HELD.number not in text


def test_the_price_poster_says_what_is_declared(script: plan.Script) -> None:
    """The compared price beside the price; gift, promise and what its figures rest on below; in letters of 40 px at least."""
    svg = dict(poster.pages(script))["poster-9x16"].svg
    words = "".join(re.findall(r">([^<]+)</text>", svg))
    for said in (GIFT.said, PROMISE.said, EVIDENCE.said, COMPARE.said):
        assert re.sub(r"\W", "", said) in re.sub(r"\W", "", words), said
    sizes = re.findall(r'font-size="(\d+)"[^>]*>[^<]*(?:每单一瓶|24小时|派工单)', svg)
    assert len(sizes) == 3
    assert min(map(int, sizes)) >= 40

"""Banned words in a brief that cannot be made yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vidkit import batch, source
from vidkit.cache import Cache
from vidkit.rules import early

if TYPE_CHECKING:
    from pathlib import Path

    from vidkit.rules.finding import Finding

HEAD = "模板: 清洁前后对比\n品牌: 邻里净\n"


def found(text: str, folder: Path) -> list[tuple[str, int, int]]:
    """What is told of a brief's text: the words with their line and column."""
    file = folder / "厨房.yaml"
    file.write_text(text, encoding="utf-8")
    node, _ = source.examine(file, shown=str(file))
    assert node
    return [_at(one) for one in early.findings(node, file)]


def _at(one: Finding) -> tuple[str, int, int]:
    place = one.said.place
    assert place
    return one.words, place.line, place.column


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("标题: 贵阳最好的保洁\n地去: 云岩\n", [("贵阳最好", 3, 5)]),
        ("标题: 三小时\n对比:\n  - {位置: 灶台, 说明: 我们是贵阳最好的保洁}\n", [("贵阳最好", 5, 21)]),
        ("标题: 三小时\n要点:\n  - 擦灶台\n  - 贵阳最好的保洁\n", [("贵阳最好", 6, 5)]),
        ("标题: 最难擦的是油烟机\n", []),
        ("标提: 贵阳最好的保洁\n", []),
        ("标题: 三小时\n谁家: 贵阳最好的保洁\n", []),
        ("标题: 三小时\n电话: 贵阳最好的保洁\n", []),
    ],
)
def test_what_is_banned_in_every_post_is_told_early(
    text: str, wanted: list[tuple[str, int, int]], tmp_path: Path
) -> None:
    """At its own place, in every text that will be seen; what is only looked at again, and what stands under no known key, is not."""
    assert found(HEAD + text, tmp_path) == wanted


def test_the_brands_own_name_is_let_go(tmp_path: Path) -> None:
    """A registered name may hold any words; where there is no such brand yet the name as typed counts."""
    title = "标题: 找贵阳最好家政就对了\n"
    assert found(f"品牌: 贵阳最好家政\n{title}", tmp_path) == []
    assert found(f"品牌: 邻里净\n{title}", tmp_path)


def test_what_is_found_early_is_found_in_the_brief_that_can_be_made(tmp_path: Path) -> None:
    """A brief with a fault in its writing tells the words as well, behind the fault, and in the findings of JSON."""
    file = tmp_path / "厨房.yaml"
    file.write_text(f"{HEAD}标题: 贵阳最好的保洁\n地去: 云岩\n", encoding="utf-8")
    (item,) = batch.check([file], Cache(tmp_path / "cache"), today="2026-11-26")
    codes = [one.code for one in item.problems]
    assert codes[-1] == "VK-W001"
    assert "VK-B001" in codes
    assert [one.words for one in item.findings] == ["贵阳最好"]

"""Prices said in Chinese numerals are read, as far as there is no doubt."""

from __future__ import annotations

import pytest

from vidkit.briefs import numerals


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("一百二", "120"),
        ("一百二十元", "120"),
        ("两百", "200"),
        ("一百零五", "105"),
        ("一千二", "1200"),
        ("三万五", "35000"),
        ("一千零五十", "1050"),
        ("一千零十五元", "1015"),
        ("一千零百", ""),
        ("三块五毛钱", "3.5"),
        ("十五", "15"),
        ("一九九", "199"),
        ("九块九", "9.9"),
        ("二十块钱", "20"),
        ("2千", "2000"),
        ("五", "5"),
        ("2千500", "2500"),
        ("1千200元", "1200"),
        ("1万500", "10500"),
        ("1百50", "150"),
        ("一百20", "120"),
        ("1百2", "120"),
        ("9块9", "9.9"),
        ("三十万", "300000"),
        ("一百二十万", "1200000"),
        ("一百零二万五", "1025000"),
        ("1百20万", "1200000"),
        ("199块9", "199.9"),
        *(
            (word, "")
            for word in (
                "",
                "面议",
                "几百",
                "一百百",
                "百二",
                "零",
                "一百二万",
                "三万万",
                "万",
                "一万十",
                "100二",
                "0571",
                "一二三四五六七八",
                "十几",
            )
        ),
        *(
            pytest.param(word, "", id=word[:6])
            for word in ("1百500", "1百05", "1200万", f"{'9' * 5000}万", f"{'0' * 5000}万", f"1万{'9' * 5000}")
        ),
    ],
)
def test_figure(said: str, figure: str) -> None:
    """The last digit alone behind a unit counts the next smaller one; what could be anything, or is too long for a price, is nothing."""
    assert numerals.figure(said) == figure

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
        ("十五", "15"),
        ("一九九", "199"),
        ("九块九", "9.9"),
        ("二十块钱", "20"),
        ("2千", "2000"),
        ("五", "5"),
        *(
            (word, "")
            for word in ("", "面议", "几百", "一百百", "百二", "零", "100二", "0571", "一二三四五六七八", "十几")
        ),
    ],
)
def test_figure(said: str, figure: str) -> None:
    """The last digit behind a unit counts the next smaller one; what could be anything is nothing."""
    assert numerals.figure(said) == figure

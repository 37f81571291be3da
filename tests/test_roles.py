"""Who a name speaks of."""

from __future__ import annotations

import pytest

from vidkit.people import roles


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("小宝（3岁）", "child"),
        ("小宝，5岁", "child"),
        ("朵朵 17 岁", "child"),
        ("豆豆三岁半", "child"),
        ("十二岁的朵朵", "child"),
        ("8个月的朵朵", "child"),
        ("张姐的女儿", "child"),
        ("李女士的孩子", "child"),
        ("孙女", "child"),
        ("小宝", "child"),
        ("张姐，18岁", "worker"),
        ("张姐，45岁", "worker"),
        ("三十五岁的张姐", "worker"),
        ("五十岁张姐", "worker"),
        ("宝珍", "worker"),
        ("孙姐", "worker"),
        ("小宝妈妈", "worker"),
        ("孙女士", "customer"),
        ("评价1103爱", "customer"),
        ("小宝奶奶", "elder"),
        ("小宝家", "home"),
        ("秀兰阿姨", "worker"),
    ],
)
def test_a_name_speaks_of_a_role(name: str, role: str) -> None:
    """An age under 18 or a word for a child makes a child; mothers, homes and surnames do not."""
    assert roles.likely(name) == role


@pytest.mark.parametrize(
    ("name", "craft", "role"),
    [
        ("朵朵", "我女儿", "child"),
        ("朵朵", "我家的小孙女", "child"),
        ("小宝", "家政员", "worker"),
        ("张姐", "带孩子", "worker"),
        ("小宝，5岁", "家政员", "child"),
    ],
)
def test_a_craft_that_is_a_child(name: str, craft: str, role: str) -> None:
    """A daughter is no craft; with a real one the name counts only for an age."""
    assert roles.likely(name, craft) == role

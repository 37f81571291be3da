"""Whom a text calls by name: whole names and her name alone, not pieces of longer names, brands and everyday words."""

from __future__ import annotations

import pytest

from vidkit.people.naming import Roll, calls

KNOWN = (
    ("小莲",),
    ("桂花姐",),
    ("秀兰孃孃", "王秀兰"),
    ("莲姐",),
    ("云岩李女士家",),
    ("张女士",),
    ("保洁阿姨",),
    ("妈妈",),
    ("兰",),
    ("小苏",),
    ("欧阳老师",),
    ("美丽姐",),
    ("Amy",),
)
ROLL = Roll(KNOWN, ("桂花姐家政", "王小莲英"))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("桂花是我带出来的，小莲又是桂花带出来的，算起来小莲要喊我师婆了", ["桂花姐", "小莲"]),
        ("小莲花了三天才学会", ["小莲"]),
        ("小莲姐说", ["小莲"]),
        ("跟莲姐学", ["莲姐"]),
        ("桂花姐，你来", ["桂花姐"]),
        ("桂花姐的姐夫", ["桂花姐"]),
        ("秀兰姐教的", ["秀兰孃孃"]),
        ("王秀兰来了", ["王秀兰"]),
        ("到了云岩李女士家", ["云岩李女士家"]),
        ("张女士等我们", ["张女士"]),
        ("ＡＭＹ说好", ["Amy"]),
        ("小苏说好", ["小苏"]),
    ],
)
def test_who_is_called(text: str, wanted: list[str]) -> None:
    """By her whole name, or by her name where the shop knows it with a title."""
    assert [one.name for one in calls(text, ROLL)] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "王小莲花来了",
        "王小莲英来了",
        "大小莲蓬都要",
        "秀莲姐说",
        "桂花树下",
        "院子里桂花开了",
        "桂花姐家政上门",
        "保洁阿姨来了",
        "我妈妈说",
        "兰花",
        "小苏打泡一泡",
        "欧阳先生",
        "多美丽的家",
        "Amyloid",
        "小红和小芳",
        "",
    ],
)
def test_what_only_looks_like_a_name(text: str) -> None:
    """Other people's names, brands, everyday words, what everybody is called, and names nobody registered."""
    assert calls(text, ROLL) == ()


def test_a_name_of_two_calls_both() -> None:
    """Her name alone where the shop knows two of it; where the title is said, only she."""
    two = Roll((("桂花姐",), ("桂花孃孃",)))
    assert {one.name for one in calls("桂花来了", two)} == {"桂花姐", "桂花孃孃"}
    assert [one.name for one in calls("桂花姐来了", two)] == ["桂花姐"]
    (call,) = calls("桂花来了", Roll((("桂花姐",),)))
    assert (call.words, call.whole) == ("桂花", False)
    assert calls("谁来了", Roll(())) == ()

"""A post of public interest by a shop: its captions and its end card sell nothing and invite people to talk."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_up import Ask, script

from vidkit import kit, plan
from vidkit.briefs.mode import mode, speaking
from vidkit.kits import platform
from vidkit.rules import said
from vidkit.rules.said import captions

TEMPLATES = [name for name, _ in kit.template_names(kit.shelf()) if name not in {"recruit", "price-list"}]
SELLING = ("做深度保洁", "点头像", "看更多", "难收拾", "请人打扫", "有活说一声", "预约", "跟我们说一声", "这一单")


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_shop_sells_nothing_in_public_interest(template: str) -> None:
    """No line names a service for sale or calls to order, in captions for every platform and in the clip."""
    made = script(Ask(template))
    every = tuple(one.id for one in platform.all_platforms())
    asked = made.brief.model_copy(
        update={"mode": "public-interest", "service": "深度保洁", "area": "贵阳云岩", "prices": (), "platforms": every}
    )
    made = replace(made, brief=asked, brand=speaking(made.brand, asked, made.template))
    clips = tuple(plan.plan(made, one) for one in plan.platforms(made))
    posts = [text for one in plan.platforms(made) for _, text in captions(made, one)]
    shown = [one.text for one in said.everything(made, clips) if one.where.startswith(f"{template}:")]
    wrong = [(word, text) for word in SELLING for text in (*posts, *shown) if word in text]
    assert posts
    assert not wrong, wrong


def test_a_shop_that_advertises_speaks_as_before() -> None:
    """Only the kind of post changes how a brand speaks, and it stays the kind it is."""
    made = script(Ask("before-after"))
    assert speaking(made.brand, made.brief, made.template) is made.brand
    asked = made.brief.model_copy(update={"mode": "public-interest"})
    quiet = speaking(made.brand, asked, made.template)
    assert not quiet.tone.sells
    assert not quiet.tone.closings
    assert mode(asked, made.template, quiet) == "public-interest"


def test_the_end_card_invites_to_talk() -> None:
    """The last words of a clip are no call to order."""
    made = script(Ask("before-after", "tongxing"))
    clip = plan.plan(made, plan.platforms(made)[0])
    last = "\n".join(said._letters(one.svg) for one in clip.board.scenes[-1].graphics)
    assert "有想说的，留言说说" in last

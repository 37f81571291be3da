"""Words stand below a card, not on whom it shows, where the card can leave them room."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import made_up
import pytest

from vidkit import board, layout, plan, platform
from vidkit.photos.prints import Print

if TYPE_CHECKING:
    from vidkit.plan import Script
    from vidkit.storyboard import Scene, Storyboard

SQUARE, LANDSCAPE = (512, 512), (1200, 900)
HEAD = (0.3, 0.08, 0.7, 0.56)


def _script(template: str, *, head: tuple[float, float, float, float] = HEAD) -> Script:
    """A brief whose portraits are small squares with a head, and whose other photos are small and wide."""
    made = made_up.script(made_up.Ask(template, options=True), sizes=(LANDSCAPE,))
    portraits = {one.photo for one in made.brief.people}
    prints = {
        photo: Print(one.sha256, *SQUARE, heads=(head,)) if photo in portraits else one
        for photo, one in made.prints.items()
    }
    return replace(made, developed=replace(made.developed, prints=prints))


def _drawn(script: Script) -> Storyboard:
    where = platform.load("douyin")
    shared = plan.studio(script, where.canvas)
    return board.draw(script.brief, script.template, where, shared, script.prints, 15.0)


def _cards(made: Storyboard) -> list[tuple[Scene, int, int]]:
    """The scenes in cards with the rows at which the card ends and at which the words at the lower end begin."""
    found = []
    for scene in made.scenes:
        card = scene.backdrop and scene.backdrop.card
        low = [g.box.y for g in scene.graphics if g.box.height < made.canvas[1] and g.box.y > 700]
        if card and low:
            found.append((scene, card.y + card.height, min(low)))
    return found


@pytest.mark.parametrize("template", ["expert", "recruit"])
@pytest.mark.parametrize(
    "advice", ["慢一点。", "妹儿些莫怕，哪个都是从不会开始的，你先把一样做好，一样一样来嘛"], ids=["short", "long"]
)
def test_words_stand_below_a_square_portrait(template: str, advice: str) -> None:
    """Her face and chin are free: what stands low in the scene begins below the card that shows her."""
    script = _script(template)
    brief = script.brief.model_copy(update={"advice": advice, "join": advice})
    made = _drawn(replace(script, brief=brief))
    portraits = [one for one in _cards(made) if one[0].name in {"hook", "advice", "join"}]
    assert len(portraits) == 2
    assert all(low >= edge for _, edge, low in portraits)


def test_words_stand_below_photos_of_the_work() -> None:
    """Three lines of her own words, below a card that is the same where two lines stand below it."""
    script = _script("expert")
    lines = ("第一天桂花姐在楼下，等我等了半个钟头，我在电梯门口站起不敢进", "她拉起我的手，走嘛")
    sections = tuple(one.model_copy(update={"lines": lines}) for one in script.brief.sections)
    made = _drawn(replace(script, brief=script.brief.model_copy(update={"sections": sections})))
    work = [one for one in _cards(made) if one[0].name.startswith(("block", "line", "closer"))]
    assert {scene.name.partition("-")[0] for scene, _, _ in work} >= {"block", "closer"}
    assert all(low >= edge for _, edge, low in work)
    assert len({edge for _, edge, _ in work}) == 1


@pytest.mark.parametrize(
    ("foot", "highest", "least"), list(itertools.product(range(700, 1400, 52), (264, 400), (480, 600)))
)
def test_a_shortened_card_ends_in_time_or_is_none(foot: int, highest: int, least: int) -> None:
    """It ends at the row at the latest, begins no higher than it may, and is never lower than it may be."""
    usual = layout.card((1.0,))
    made = layout.shortened(usual, foot, highest, least)
    if made is None:
        assert foot - highest < least + 8
        return
    assert made.y + made.height <= foot or made == usual
    assert made.y >= min(highest, usual.y)
    assert made.height >= least
    assert all(side % 2 == 0 for side in (made.x, made.y, made.width, made.height))


def test_no_card_is_shortened_through_a_head() -> None:
    """A face that fills its photo stands in a card as tall as without words."""
    made = _drawn(_script("expert", head=(0.1, 0.02, 0.9, 0.9)))
    (hook,) = (one for one in made.scenes if one.name == "hook")
    assert hook.backdrop
    assert hook.backdrop.card
    assert hook.backdrop.card.height == layout.card((1.0,)).height

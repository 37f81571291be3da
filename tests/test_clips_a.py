"""Clips of steps, cases, reviews and price lists: columns, words that are not changed, prices and their conditions, length."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import made_up
import pytest
from made_up import Ask

from vidkit import kit, layout, pacing, plan, platform, text
from vidkit.brief import Review
from vidkit.layout import Drawing, Studio
from vidkit.text import Setting

if TYPE_CHECKING:
    from vidkit.storyboard import Graphic, Scene

SENTENCE = "走之前还带我看了一遍，问我哪里不满意。"


def _words(item: Graphic) -> str:
    return "".join(re.findall(r">([^<]+)</text>", item.svg))


def _scenes(ask: Ask, where: str = "douyin", **changed: object) -> tuple[Scene, ...]:
    script = made_up.script(ask)
    brief = script.brief.model_copy(update=changed)
    new = type(script)(brief, script.template, script.brand, script.shelf, script.developed)
    return plan.plan(new, platform.load(where)).board.scenes


def test_verbatim_words_keep_their_marks() -> None:
    """Lines of a quoted text keep the comma and full stop that other lines drop; put together they are the text."""
    kept = text.fit(SENTENCE, Setting((60, 60), 700, 4, verbatim=True))
    assert "".join(line.text for line in kept.lines) == SENTENCE
    assert text.fit(SENTENCE, Setting((60, 60), 700, 4)).lines[-1].text.endswith("满意")


@pytest.mark.parametrize(("count", "part"), [(3, 186), (5, 186), (6, 132), (7, 132), (8, 98), (9, 98)])
def test_a_list_of_steps_takes_the_room_there_is(count: int, part: int) -> None:
    """Rows stand in order, one below the other, follow each other, and are smaller where there are many."""
    sections = made_up.brief(Ask("steps", many=True)).sections[:count]
    recap = next(s for s in _scenes(Ask("steps", many=True), sections=sections) if s.name == "recap")
    rows = [g for g in recap.graphics if g.box.height < platform.load("douyin").canvas[1]]
    said = ["".join(_words(row)) for row in rows]
    heading = f"一共{'一二三四五六七八九'[count - 1]}步"
    assert [one.removeprefix(heading)[0] for one in said] == [str(n) for n in range(1, count + 1)]
    assert [row.box.height for row in rows[1:]] == [part] * (count - 1)
    assert said[0].startswith(heading)
    assert all(b.box.y >= a.box.y + a.box.height and b.first > a.first for a, b in itertools.pairwise(rows))
    safe = platform.load("douyin").safe
    assert rows[0].box.y >= safe.top
    assert rows[-1].box.y + rows[-1].box.height <= safe.bottom


def test_a_column_stands_at_its_place() -> None:
    """Drawings of a column begin where the one before ends, with room between, the whole in the middle of its place."""
    spot = kit.Place(of="safe", x="left", y="middle")
    stage = layout.Stage((1080, 1920), platform.load("douyin").safe, None)
    boxes = [layout.place(spot, d, stage) for d in layout.column([Drawing("", 400, 100), Drawing("", 300, 60)], 20)]
    assert [b.y - boxes[0].y for b in boxes] == [0, 120]
    assert boxes[0].y + boxes[1].y + 60 == stage.safe.top + stage.safe.bottom


def test_prices_are_at_most_twice_as_large_as_their_conditions() -> None:
    """However large a price could be, its conditions have at least half its size."""
    shelf = kit.shelf()
    studio = Studio(kit.parts(shelf), kit.brand("linli", shelf), (1080, 1920), shelf)
    for part, rule in studio.parts.parts.items():
        if not any(slot.half_of for slot in rule.slots.values()):
            continue
        for conditions in (
            "内侧",
            "3小时，厨房和卫生间",
            "拆洗滤网和面板，外机另计，当天试机，含清洁剂和防护罩，不含高空外机作业",
        ):
            said = {"item": "保洁", "amount": "9", "unit": "元/次", "conditions": conditions, "area": "贵阳"}
            drawn = layout.drawing(studio, part, {k: v for k, v in said.items() if k in rule.slots}, 840)
            sizes = {w: int(s) for s, w in re.findall(r'font-size="(\d+)"[^>]*>([^<]+)<', drawn.svg)}
            amount = sizes.pop("9")
            smallest = min(size for words, size in sizes.items() if words[0] in conditions and words != "保洁")
            assert 2 * smallest >= amount, (part, conditions)


def test_a_review_is_shown_word_for_word() -> None:
    """The pages together hold every character of the review; the name of another platform is said only where it may be."""
    said = "阿姨提前五分钟到的，进门先穿鞋套。" + SENTENCE * 3
    review = Review(text=said, platform="美团", date="2026-11-03", stars=5, name="张**")
    for where, named in (("douyin", False), ("meituan", True)):
        pages = [s for s in _scenes(Ask("review"), where, review=review) if s.name.startswith("words")]
        cards = ["".join(_words(g) for g in page.graphics) for page in pages]
        shown = "".join(card[: card.index("张**")] for card in cards)
        assert re.sub(r"\d/\d|客户的原话", "", shown) == said
        assert all(("美团" in card) == named for card in cards)


@pytest.mark.parametrize(("sentences", "least", "most"), [(1, 8, 20), (3, 10, 20), (15, 40, 60)])
def test_words_may_lengthen_a_clip(sentences: int, least: int, most: int) -> None:
    """A review keeps to its usual length where its words allow that, and takes the time they need where they do not."""
    review = Review(text=SENTENCE * sentences, platform="美团", date="2026-11-03")
    scenes = _scenes(Ask("review"), review=review)
    seconds = sum(scene.frames - scene.into.frames for scene in scenes) / 30
    assert least <= seconds <= most
    for scene in scenes:
        if scene.name.startswith("words"):
            count = len(max(re.findall(r">([^<]+)</text>", scene.graphics[-1].svg), key=len))
            assert scene.frames / 30 >= count / pacing.timing("reading_per_second")

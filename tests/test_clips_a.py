"""Clips of steps, cases, reviews and price lists: columns, words that are not changed, prices and their conditions, length."""

from __future__ import annotations

import itertools
import math
import re
from typing import TYPE_CHECKING

import made_up
import pytest
from made_up import Ask

from vidkit import colour, kit, layout, paint, plan, text
from vidkit.boards import pacing
from vidkit.brief import Price, Review
from vidkit.kits import contrast, platform
from vidkit.layout import Drawing, Studio
from vidkit.painting import ground
from vidkit.storyboard import Photo, Transition
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
    rows = [g for g in recap.graphics if _words(g)]
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


@pytest.mark.parametrize(
    ("conditions", "least", "most"),
    [("含工具", 8, 25), ("含材料费和上门费，不含高空作业，超过五公里加收车费二十块", 30, 60)],
)
def test_a_list_of_six_prices_is_made(conditions: str, least: int, most: int) -> None:
    """Within its usual length with short conditions, with long ones in the time these take to read."""
    prices = tuple(Price(item=f"第{n}样清洗服务", amount=f"10{n}", unit="台", conditions=conditions) for n in range(6))
    scenes = _scenes(Ask("price-list", "xiujie"), prices=prices)
    assert least <= sum(scene.frames - scene.into.frames for scene in scenes) / 30 <= most


def _rows(scene: Scene) -> list[str]:
    """The words of a scene's drawings, from above to below."""
    return [_words(g) for g in sorted(scene.graphics, key=lambda g: g.box.y) if _words(g)]


def _right(item: Graphic) -> float:
    """The right edge of a row's last words on its line of the price: where its unit begins and how wide its letters are, px."""
    (found,) = [
        (x, size, w) for x, size, w in re.findall(r'x="([\d.]+)"[^>]*font-size="(\d+)"[^>]*>(元/[^<]+)<', item.svg)
    ]
    return item.box.x + float(found[0]) + sum(int(found[1]) * (0.5 if ord(c) < 128 else 1.0) for c in found[2])


@pytest.mark.parametrize("count", [3, 4, 6])
@pytest.mark.parametrize("brand", ["linli", "xiujie"])
def test_a_price_list_opens_with_its_prices(brand: str, count: int) -> None:
    """On its first frame up to four prices stand with their units and conditions; of more it says what they are for, and so does whoever sells
    nothing.
    """
    price = made_up.brief(Ask("price-list")).prices[0]
    prices = tuple(
        price.model_copy(
            update={"item": f"第{n}样活", "amount": f"{n}{n}", "unit": "台", "conditions": "看机型，外机另计"}
        )
        for n in range(1, count + 1)
    )
    opening = _scenes(Ask("price-list", brand), prices=prices, title="收费明明白白写在纸上")[0]
    rows = [row for row in _rows(opening) if "样活" in row]
    said = "第{0}样活{0}{0}元/台看机型，外机另计" if count <= 4 else "第{0}样活"
    assert rows == [said.format(n) for n in range(1, count + 1)]
    assert all(g.first == 0 and g.opacity[0].value == 1 for g in opening.graphics)
    quiet = _scenes(Ask("price-list", "tongxing"), prices=prices)[0]
    assert [row for row in _rows(quiet) if "样活" in row] == [f"第{n}样活" for n in range(1, count + 1)]


@pytest.mark.parametrize(
    ("brand", "count", "listed"),
    [("linli", 3, ""), ("linli", 4, ""), ("linli", 5, "list"), ("tongxing", 3, "list-plain")],
)
def test_prices_are_not_listed_twice(brand: str, count: int, listed: str) -> None:
    """A list follows where the first frame does not say all prices at a glance; until when they hold is said at the end in any case."""
    price = made_up.brief(Ask("price-list")).prices[0]
    scenes = _scenes(Ask("price-list", brand), prices=(price,) * count)
    assert [s.name for s in scenes if s.name.startswith("list")] == [listed] * bool(listed)
    assert re.search(r"价格有效至\d{4}年\d+月\d+日", "".join(map(_words, scenes[-1].graphics)))


def test_a_case_shows_another_place_with_its_result() -> None:
    """The price shows the place that is spoken of, the result another one; of one place both show that."""
    for count in (1, 2):
        script = made_up.script(Ask("case", many=True, options=True))
        pairs = script.brief.pairs[:count]
        scenes = {s.name: s for s in _scenes(Ask("case", many=True, options=True), pairs=pairs)}
        result, price = (scenes[name].pictures[0] for name in ("result", "price"))
        assert isinstance(result, Photo)
        assert isinstance(price, Photo)
        assert (result.picture.sha256 == price.picture.sha256) is (count == 1)


def test_a_list_of_prices_keeps_its_conditions_and_its_right_edge() -> None:
    """Six prices, one of them for something long, stand with their conditions, every amount at the same right edge."""
    price = made_up.brief(Ask("price-list")).prices[0]
    named = ("日常保洁", "深度保洁（厨房加卫生间）", "空调挂机清洗", "油烟机拆洗", "开荒保洁", "住家养老护理")
    prices = tuple(
        price.model_copy(
            update={"item": one, "amount": "399", "unit": "次", "conditions": "90平方米以内，3小时2人，含滤网"}
        )
        for one in named
    )
    listed = next(s for s in _scenes(Ask("price-list"), prices=prices) if s.name == "list")
    rows = [g for g in listed.graphics if "元/次" in _words(g)]
    assert ["3小时2人" in _words(g) for g in rows] == [True] * 6
    assert max(map(_right, rows)) - min(map(_right, rows)) <= 2


def _letters(svg: str) -> dict[str, int]:
    """The size of every text's letters, px."""
    return {said: int(size) for size, said in re.findall(r'font-size="(\d+)"[^>]*>([^<]+)<', svg)}


@pytest.mark.parametrize("conditions", ["2小时起", "含叶轮、油网、油杯，嵌入式另加50元，上门前先报价"])
@pytest.mark.parametrize("slot", ["amount", "fee"])
def test_a_price_is_what_is_read_first_on_its_card(slot: str, conditions: str) -> None:
    """However much or little is said of it: larger by half than what it is for, its conditions no larger than 66 px and at least half as large."""
    shelf = kit.shelf()
    studio = Studio(kit.parts(shelf), kit.brand("xiujie", shelf), (1080, 1920), shelf)
    said = {"item": "油烟机拆洗", slot: "158", "unit": "元/台起", "conditions": conditions}
    sizes = _letters(layout.drawing(studio, "price-card", said, 840).svg)
    price, item = sizes.pop("158"), sizes.pop("油烟机拆洗")
    assert sizes.pop("元/台起") < price
    assert price >= 1.5 * item
    assert price / 2 <= max(sizes.values()) <= 66


@pytest.mark.parametrize("part", ["price-line", "price-close"])
def test_what_a_price_is_for_gets_smaller_before_the_price_stands_below(part: str) -> None:
    """A long name and a long price share a line as long as the name may be so small."""
    shelf = kit.shelf()
    studio = Studio(kit.parts(shelf), kit.brand("xiujie", shelf), (1080, 1920), shelf)
    for item, beside in (("侧吸式油烟机拆洗", True), ("侧吸式油烟机和灶台拆洗", False)):
        said = {"item": item, "amount": "1158", "unit": "元/台起", "conditions": "含叶轮、油网、油杯"}
        svg = layout.drawing(studio, part, said, 840).svg
        lines = {w: float(y) for y, w in re.findall(r' y="([\d.]+)"[^>]*>([^<]+)<', svg)}
        assert (lines["1158"] == lines[item]) == beside
        assert _letters(svg)[item] >= 54


@pytest.mark.parametrize(("conditions", "shown"), [("2小时起，含工具", True), ("自带工具，" * 7 + "节假日另计", False)])
def test_an_opening_says_conditions_where_they_can_be_read(conditions: str, shown: bool) -> None:  # noqa: FBT001
    """In letters of 48 px, beside every price; else it says only what there is."""
    prices = made_up.brief(Ask("price-list", many=True)).prices[:4]
    prices = tuple(one.model_copy(update={"conditions": conditions}) for one in prices)
    rows = [g for g in _scenes(Ask("price-list", many=True), prices=prices)[0].graphics if prices[0].item in _words(g)]
    said = {words: size for words, size in _letters(rows[0].svg).items() if words in conditions}
    assert bool(said) == shown
    assert all(size >= 48 for size in said.values())


@pytest.mark.parametrize(
    ("join", "title"),
    [("周一上午来坐坐", True), ("周一到周五上午九点到十一点半，到头桥街道同心社区服务站二楼找小周，带上身份证", False)],
)
def test_the_last_picture_says_how_to_come_whole(join: str, title: bool) -> None:  # noqa: FBT001
    """As long as it takes to read; a long one stands there alone."""
    *_, end = _scenes(Ask("recruit"), join=join, title="来学手艺", area="贵阳云岩")
    said = "".join(map(_words, end.graphics)).replace("，", "")
    assert join.replace("，", "") in said
    assert "贵阳云岩" not in said
    assert ("来学手艺" in said) == title
    assert end.frames / 30 >= len(join) / 7


def test_how_long_prices_hold_is_read_once() -> None:
    """Where no scene shows the whole list, on the last picture."""
    prices = made_up.brief(Ask("price-list", many=True)).prices
    few, many = (_scenes(Ask("price-list", many=True), prices=prices[:count])[-1] for count in (4, 5))
    assert all("价格有效至" in "".join(map(_words, end.graphics)) for end in (few, many))
    assert few.frames / 30 >= len("价格有效至2026年12月31日点头像，看更多") / 7 > many.frames / 30


@pytest.mark.parametrize("brand", [name for name, _ in kit.brand_names(kit.shelf())])
def test_who_taught_whom_reads_on_any_photo(brand: str) -> None:
    """White words on the lightest ground that a photo can become, of every brand's colour."""
    spec = next(scene.picture for scene in kit.template("sisters", kit.shelf()).scenes if scene.name == "lineage")
    assert spec
    tint = colour.rgb(kit.brand(brand, kit.shelf()).colours.primary)
    lightest = bytes(math.ceil(255 * spec.light + ground.BACKDROP_TINT * part + 1) for part in tint)
    assert contrast.contrast("#ffffff", f"#{lightest.hex()}") >= contrast.CONTRAST


def test_one_kind_of_mark_stands_between_what_is_said_of_her() -> None:
    """Craft, years and home on one line: the same sign between each two of them."""
    shelf = kit.shelf()
    studio = Studio(kit.parts(shelf), kit.brand("linli", shelf), (1080, 1920), shelf)
    said = {"name": "秀兰阿姨", "facts": "收纳整理师 · 8年", "home": "老家毕节"}
    svg = layout.drawing(studio, "who", said, 840).svg
    assert "<circle" not in svg
    assert "".join(re.findall(r">([^<]+)</text>", svg)).count("·") == 2
    lines = {w: float(y) for y, w in re.findall(r' y="([\d.]+)"[^>]*>([^<]+)<', svg)}
    assert lines["收纳整理师 · 8年"] == lines["老家毕节"] == lines["·"]


def test_her_name_is_larger_than_what_the_clip_is_called() -> None:
    """On one card they are told apart, by their size and by room between them."""
    shelf = kit.shelf()
    studio = Studio(kit.parts(shelf), kit.brand("linli", shelf), (1080, 1920), shelf)
    svg = layout.drawing(studio, "who", {"title": "腊月二十八我还在人家屋头", "name": "罗家凤"}, 840).svg
    sizes = _letters(svg)
    title, name = (
        next(size for words, size in sizes.items() if words in said) for said in ("腊月二十八我还在人家屋头", "罗家凤")
    )
    assert title <= 0.7 * name
    lines = {w: float(y) for y, w in re.findall(r' y="([\d.]+)"[^>]*>([^<]+)<', svg)}
    assert lines["罗家凤"] - max(y for words, y in lines.items() if words != "罗家凤") >= name + 40


def test_an_amount_gets_smaller_before_its_unit_stands_below() -> None:
    """On a card of one price the unit stands beside the amount as long as that may be so small; too long a one stands below."""
    shelf = kit.shelf()
    studio = Studio(kit.parts(shelf), kit.brand("xiujie", shelf), (1080, 1920), shelf)
    said = {"item": "住家养老护理", "amount": "5800", "unit": "元/月起", "conditions": "月休四天"}
    for unit, beside in (("元/月起", True), ("元/平方米起，每天", False)):
        drawn = layout.drawing(studio, "price-card", said | {"unit": unit}, 780)
        lines = {w: float(y) for y, w in re.findall(r' y="([\d.]+)"[^>]*>([^<]+)<', drawn.svg)}
        assert (lines["5800"] == lines[unit]) == beside


@pytest.mark.parametrize(
    ("said", "apart"),
    [("空调一开就有味", 0), ("房子空了半年，沙发全是灰，地上堆着以前租客留下的东西，下周就要租出去", 1)],
)
def test_a_customers_trouble_ends_over_what_it_speaks_of(said: str, apart: int) -> None:
    """The trouble is told over the first place's before, what does not fit one shot in shots before it; nothing of it is said twice or left out."""
    scenes = _scenes(Ask("case"), problem=said)
    told = [(s, _words(g)) for s in scenes for g in s.graphics if _words(g).startswith("难处")]
    assert [s.name for s, _ in told] == [f"problem-{n + 1}" for n in range(apart)] + ["before-1"]
    plain = re.sub(r"\W", "", "".join(words.removeprefix("难处") for _, words in told))
    assert plain == re.sub(r"\W", "", said)
    first = made_up.brief(Ask("case")).pairs[0]
    shown = {p.picture.sha256 for s, _ in told for p in s.pictures if isinstance(p, Photo)}
    assert shown == {made_up.script(Ask("case")).prints[first.before].sha256}


def test_running_text_is_set_in_the_letters_of_the_body() -> None:
    """A sentence on a card is never set in a brand's narrow display face, which is hard to read in several thin lines."""
    shelf = kit.shelf()
    studio = Studio(kit.parts(shelf), kit.brand("xiujie", shelf), (1080, 1920), shelf)
    body = layout.drawing(studio, "subtitle", {"text": "窗槽"}, 840).svg
    family = re.findall(r'font-family="([^"]+)"', body)
    for part in ("case-card", "note-card", "advice", "big-line"):
        drawn = layout.drawing(studio, part, {"label": "难处", "text": "房子空了半年，沙发全是灰"}, 840)
        assert re.findall(r'font-family="([^"]+)"', drawn.svg)[-1:] == family[-1:], part


@pytest.mark.parametrize("template", [name for name, _ in kit.template_names(kit.shelf())])
@pytest.mark.parametrize("brand", ["linli", "tongxing"])
def test_nothing_stands_still_for_long(template: str, brand: str) -> None:
    """In no clip stands a whole picture still for more than two and a half seconds."""
    for options in (False, True):
        board = plan.plan(made_up.script(Ask(template, brand, options=options)), platform.load("douyin")).board
        for scene in board.scenes:
            still = 0
            for at in range(scene.frames - 1):
                still = still + 1 if paint.still(scene, at, at + 2) else 0
                assert still <= 75, (scene.name, at)


def test_words_that_are_there_need_no_time_to_come_in() -> None:
    """A hook is as long as it takes to read it; words that rise get the time for that besides."""
    drawn = Drawing("", 100, 100, reading=14)
    spec = kit.template("case", kit.shelf()).scenes[0]
    hook, rising = spec.words[0], spec.words[0].model_copy(update={"enter": "rise"})
    made = [pacing.Set(spec, {}, 0, ((words, drawn),), Transition()) for words in (hook, rising)]
    assert made[0].reading == made[1].reading == 2.0
    assert [one.entering for one in made] == [0, pacing.frames_of("enter_frames") / 2]
    assert hook.enter == "none"

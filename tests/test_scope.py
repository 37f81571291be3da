"""What a template may name: sections shot by shot, long texts in pages that can be read."""

from __future__ import annotations

from pathlib import Path

import made_up
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidkit import kit
from vidkit.boards import scope
from vidkit.brief import Pair, Photo, Section
from vidkit.kit import Labels
from vidkit.kits import platform
from vidkit.problems import Place
from vidkit.tables import table
from vidkit.text import Font, Setting, fit

MOST = int(table("timing")["page_characters"])
WORDS = st.text(alphabet="阿姨来得准时窗槽都刷了，。！？\n a1", min_size=1, max_size=300)


def _photo(name: str) -> Photo:
    return Photo(name=name, path=Path("/photos") / name, place=Place("a.yaml", 1, 1))


@pytest.mark.parametrize(("clear", "shown"), [("a", "aaaaa"), ("ab", "ababa"), ("abc", "abcba")])
def test_no_photo_stands_behind_two_pages_of_a_review_while_there_is_another(clear: str, shown: str) -> None:
    """Those without a fault take turns, however many they are."""
    named = {"clear": tuple(map(_photo, clear)), "leading": (), "pairs": ()}
    (page,) = (one for one in kit.template("review", kit.shelf()).scenes if one.each == "pages" and one.picture)
    assert page.picture
    photos = [scope.photo_at(scope.turn(page.picture.photo, {"index": i}), named) for i in range(5)]
    assert "".join(one.name for one in photos if one) == shown


def test_a_section_has_as_many_shots_as_lines_or_photos() -> None:
    """Each line has its own shot; the last photo is held for further lines, further photos have no words."""
    a, b = _photo("a.jpg"), _photo("b.jpg")
    lines = scope.shots((Section(title="一", lines=("甲", "乙", "丙"), photos=(a, b)),))
    assert [(shot.text, shot.photo, shot.first) for shot in lines] == [
        ("甲", a, True),
        ("乙", b, False),
        ("丙", b, False),
    ]
    silent = scope.shots((Section(title="一", lines=("甲",), photos=(a, b)), Section(title="二")))
    assert [(shot.text, shot.photo, shot.number, shot.of) for shot in silent] == [
        ("甲", a, 1, 2),
        ("", b, 1, 2),
        ("", None, 2, 2),
    ]
    assert dict(silent[1].places)["title"] == "sections.0.title"


def test_a_pair_is_revealed_once_and_its_after_stays() -> None:
    """The first of several lines is said over the before, the next with the reveal, further ones over the result; a single one with the reveal."""
    pair = Pair(spot="灶台", before=_photo("a.jpg"), after=_photo("b.jpg"))
    first, second = scope.shots((Section(title="灶台", lines=("油多", "先喷", "再擦"), pair=pair),))
    assert (first.pair, first.photo, first.opening, first.text) == (pair, None, "油多", "先喷")
    assert (second.pair, second.photo, second.opening, second.text) == (None, pair.after, "", "再擦")
    assert dict(first.places)["opening"] == "sections.0.lines.0"
    assert [dict(one.places)["text"] for one in (first, second)] == ["sections.0.lines.1", "sections.0.lines.2"]
    (alone,) = scope.shots((Section(title="灶台", lines=("先喷",), pair=pair),))
    assert (alone.opening, alone.text, dict(alone.places)["text"]) == ("", "先喷", "sections.0.lines.0")


LONG = "台面上的瓶瓶罐罐先搬到客厅，一件件擦干净再放回去，省得擦完又弄脏"


def test_a_long_line_is_said_in_parts() -> None:
    """A line for which two rows are too few is told in several shots of its own photo, cut behind a mark; the next line keeps its photo."""
    a, b = _photo("a.jpg"), _photo("b.jpg")
    first, second, third = scope.shots((Section(title="搬", lines=(LONG, "再擦"), photos=(a, b)),))
    assert (first.text, second.text) == ("台面上的瓶瓶罐罐先搬到客厅", "一件件擦干净再放回去，省得擦完又弄脏")
    assert [(shot.photo, shot.again, shot.closer) for shot in (first, second)] == [(a, False, None), (a, True, a)]
    assert {dict(one.places)["text"] for one in (first, second)} == {"sections.0.lines.0"}
    assert (third.text, third.photo, third.again) == ("再擦", b, False)
    assert [(shot.first, shot.last) for shot in (first, second, third)] == [
        (True, False),
        (False, False),
        (False, True),
    ]


def test_a_long_line_about_a_pair_begins_over_its_before() -> None:
    """Its first part is said before the reveal, its second with it, further ones over the after; so no plate of three rows lies on the reveal."""
    pair = Pair(spot="搬", before=_photo("a.jpg"), after=_photo("b.jpg"))
    revealed, *more = scope.shots((Section(title="搬", lines=(f"{LONG}，最后拿干布收一遍水",), pair=pair),))
    assert revealed.pair == pair
    assert revealed.opening
    assert [(one.photo, one.again) for one in more] == [(pair.after, True)] * len(more)
    said = [revealed.opening, revealed.text, *(one.text for one in more)]
    assert "，".join(said) == f"{LONG}，最后拿干布收一遍水"
    assert all(len(one) <= table("timing")["line_characters"] * scope.SENTENCE_ROOM for one in said)


def test_one_more_photo_of_which_nothing_is_said_is_glanced_at() -> None:
    """Neither a section's first photo nor one seen again, however little is said."""
    a, b = _photo("a.jpg"), _photo("b.jpg")
    shown = scope.shots((Section(title="一", lines=("甲",), photos=(a, b)), Section(title="二", photos=(a,))))
    assert [shot.glance for shot in shown] == [None, b, None]


@pytest.mark.parametrize(
    ("title", "hook", "spots"),
    [
        ("油烟机拆洗", "", ["油烟机", "灶台", "地面"]),
        ("三小时变个样", "地面还能这么亮", ["地面", "灶台", "油烟机"]),
        ("三小时变个样", "", ["灶台", "油烟机", "地面"]),
        ("面目一新", "", ["灶台", "油烟机", "地面"]),
    ],
)
def test_the_pair_that_is_spoken_of_leads(title: str, hook: str, spots: list[str]) -> None:
    """The hook, the cover and the posters show the place that the title names; the scenes stay in their order."""
    pairs = tuple(Pair(spot=spot, before=_photo("a.jpg"), after=_photo("b.jpg")) for spot in ("灶台", "油烟机", "地面"))
    brief = made_up.script(made_up.Ask("before-after")).brief.model_copy(
        update={"title": title, "hook": hook, "keyword": "", "pairs": pairs}
    )
    assert [pair.spot for pair in brief.leading] == spots
    assert brief.comparisons == pairs


@pytest.mark.parametrize(
    ("hook", "quote", "saying"),
    [
        ("五十岁这年，我当了师傅", "", "“五十岁这年，我当了师傅”"),
        ("“我做保洁第八年”", "", "“我做保洁第八年”"),
        ("急不得", "老人慢，我就跟着慢，急不得", "“急不得”"),
        ("我们招人啦", "", ""),
        ("早上六点半，出门", "老人慢，我就跟着慢，急不得", ""),
        ("", "老人慢，我就跟着慢，急不得", ""),
    ],
)
def test_opening_words_of_her_own_stand_in_quotation_marks(hook: str, quote: str, saying: str) -> None:
    """Those that say “I”, and those out of what she says; the template's own words and a title do not."""
    brief = made_up.script(made_up.Ask("story")).brief
    people = tuple(one.model_copy(update={"quote": quote}) for one in brief.people)
    assert scope.saying(brief.model_copy(update={"hook": hook, "people": people})) == saying


@pytest.mark.parametrize(
    ("template", "service", "before"),
    [
        ("before-after", "收纳整理", "整理前"),
        ("before-after", "深度保洁和收纳", "清洁前"),
        ("before-after", "深度保洁", "清洁前"),
        ("case", "收纳整理", "整理前"),
        ("case", "空调清洗", "清洁前"),
        ("case", "扶手安装", "之前"),
        ("case", "住家保姆", "之前"),
        ("before-after", "住家保姆", "之前"),
        ("before-after", "老人洗澡", "之前"),
        ("before-after", "床上擦浴", "之前"),
        ("before-after", "产后擦浴", "之前"),
        ("before-after", "洗衣做饭", "之前"),
        ("before-after", "洗衣机清洗", "清洁前"),
        ("case", "洗洗衣机", "清洁前"),
        ("before-after", "皮肤护理", "之前"),
        ("before-after", "地板护理", "清洁前"),
        ("before-after", "厨卫焕新", "清洁前"),
    ],
)
def test_a_pairs_labels_say_which_work_it_was(template: str, service: str, before: str) -> None:
    """Where nothing was cleaned nothing says cleaned; what a template says of any work gives way to the kind of work."""
    script = made_up.script(made_up.Ask(template))
    brief = script.brief.model_copy(update={"service": service})
    assert scope.labels(brief, script.template).before == before


@pytest.mark.parametrize(
    ("service", "who"),
    [
        ("深度保洁", "这次上门的"),
        ("育儿嫂", "带娃的"),
        ("月嫂", "照顾月子的"),
        ("住家保姆", "照顾人的"),
        ("做饭", "来做饭的"),
    ],
)
def test_a_review_says_of_whom_it_speaks(service: str, who: str) -> None:
    """Somebody who stayed a year did not come this time; a template's own words stay."""
    script = made_up.script(made_up.Ask("review"))
    brief = script.brief.model_copy(update={"service": service})
    assert scope.labels(brief, script.template).who == who
    own = script.template.model_copy(update={"labels": Labels(who="谁来的")})
    assert scope.labels(brief, own).who == "谁来的"


@pytest.mark.parametrize(
    ("template", "service", "said"),
    [
        ("before-after", "深度保洁", "先收藏，下次打扫用得上"),
        ("review", "育儿嫂", "先收藏，用得上的时候找得到"),
        ("price-list", "家政服务", "先收藏，用得上的时候找得到"),
    ],
)
def test_an_end_speaks_of_cleaning_where_something_is_cleaned(template: str, service: str, said: str) -> None:
    """The first of the platform's words that suits the brief."""
    script = made_up.script(made_up.Ask(template))
    brief = script.brief.model_copy(update={"service": service})
    known = scope.nameable(brief, script.template, platform.load("小红书"), script.brand)
    assert known["platform"].call_to_action == said


@pytest.mark.parametrize(
    ("quote", "hook", "line", "shown"),
    [
        ("她记不得儿子，记得我", "", "两个钟头翻一次", True),
        ("", "", "两个钟头翻一次", False),
        ("她记不得儿子，记得我", "她记不得儿子 记得我", "两个钟头翻一次", False),
        ("她记得我", "", "她记不得儿子，她记得我", False),
    ],
)
def test_a_story_shows_her_words_once(quote: str, hook: str, line: str, *, shown: bool) -> None:
    """What the opening words or a chapter say already is not said again."""
    brief = made_up.script(made_up.Ask("story")).brief
    people = tuple(one.model_copy(update={"quote": quote}) for one in brief.people)
    sections = tuple(one.model_copy(update={"lines": (line,)}) for one in brief.sections)
    told = brief.model_copy(update={"people": people, "hook": hook, "sections": sections, "closing": ""})
    assert bool(scope.unsaid(told)) is shown


@given(WORDS)
def test_pages_put_together_are_the_text(text: str) -> None:
    """Nothing is left out, changed or added; no page is empty or much longer than a page."""
    pages = scope.pages(text, "review.text")
    assert "".join(page.text for page in pages) == text
    assert all(0 < len(page.text) <= 1.5 * MOST for page in pages)
    assert [(page.number, page.of) for page in pages] == [(n, len(pages)) for n in range(1, len(pages) + 1)]


def test_pages_of_a_review_have_three_or_four_lines() -> None:
    """In the card's one size no page has more, and one has fewer only where its sentence leaves no other way."""
    review = (
        "我家120平方米，两个孩子一只猫，客厅地毯上全是猫毛。阿姨8:30准时到，先问我哪里最头疼，然后把沙发垫一块块拆下来吸，光沙发就弄了1小时20分钟。"
        "厨房WiFi路由器后面的油灰都擦了，我妈说比她自己擦得还仔细。中午我留她吃饭她不肯，自己带的馒头。最后收了我368元，一分没多要。"
    )
    slot = kit.parts(kit.shelf(None)).parts["review-card"].slots["text"]
    assert slot.sizes[0] == slot.sizes[1]
    card = Setting(slot.sizes, 840 - slot.inset, slot.lines, Font("text", 700), slot.spacing, verbatim=slot.verbatim)
    lines = [[line.text for line in fit(page.text, card).lines] for page in scope.pages(review, "review.text")]
    assert [len(page) for page in lines] == [3, 2, 4, 4, 4]
    assert lines[3] == ["厨房WiFi路由器", "后面的油灰都擦了，", "我妈说比她自己", "擦得还仔细。"]


def test_pages_end_with_sentences() -> None:
    """Where sentences allow, a page ends with one."""
    text = "阿姨提前五分钟到的，进门先穿鞋套。厨房的油擦得很细，窗槽也一条条刷了，我自己都没想到那里有那么多灰。走之前还带我看了一遍，问我哪里不满意。"
    pages = scope.pages(text, "review.text")
    assert len(pages) == 3
    assert all(len(page.text) <= MOST * scope.SENTENCE_ROOM and page.text[-1] == "。" for page in pages)
    short = scope.pages("阿姨提前五分钟到的，进门先穿鞋套。" * 4, "review.text")
    assert all(page.text.endswith("。") for page in short)
    assert len(scope.pages("很好。", "review.text")) == 1


def test_pages_of_a_long_sentence_keep_to_it() -> None:
    """A sentence too long for a page is broken at its commas, about in the middle; no page goes on into the next sentence, and none ends
    between two halves of one thing said.
    """
    text = (
        "我妈走了以后，那个房间我两年没进去过。来的阿姨没有催我扔东西，一样一样拿出来问我，这个留不留，那个给谁。"
        "衣服叠好了分三摞，书按我妈以前的顺序放回书架，连她夹在书里的公交卡都给我收在一个小盒子里。"
    )
    assert tuple(page.text for page in scope.pages(text, "review.text")) == (
        "我妈走了以后，那个房间我两年没进去过。",
        "来的阿姨没有催我扔东西，一样一样拿出来问我，这个留不留，那个给谁。",
        "衣服叠好了分三摞，书按我妈以前的顺序放回书架，",
        "连她夹在书里的公交卡都给我收在一个小盒子里。",
    )
    text = "台面上的瓶瓶罐罐先搬到客厅，左边放书，右边放碗，一件一件擦干净再放回原来的地方去。"
    assert not any(page.text.endswith("左边放书，") for page in scope.pages(text, "review.text"))


@pytest.mark.parametrize(
    ("words", "pages"),
    [
        (
            "老人家她不是故意发脾气她是疼得很又讲不出来你坐到她边边上慢慢等她就好了",
            ("老人家她不是故意发脾气她是疼得很又讲不出来", "你坐到她边边上慢慢等她就好了"),
        ),
        (
            "我是慢慢慢慢才会的嘛哪个生下来就会嘛你不要慌抹布先分好颜色厨房的莫拿去擦桌子",
            ("我是慢慢慢慢才会的嘛哪个生下来就会嘛", "你不要慌抹布先分好颜色厨房的莫拿去擦桌子"),
        ),
    ],
)
def test_pages_of_words_without_marks_end_where_she_rests(words: str, pages: tuple[str, ...]) -> None:
    """No word is cut across two screens."""
    assert tuple(leaf.text for leaf in scope.pages(words, "people.0.quote", 30)) == pages


@pytest.mark.parametrize(
    ("times", "stamps"), [(("08:00", ""), ["08:00", ""]), (("", ""), ["1/2", "2/2"])], ids=["timed", "counted"]
)
def test_an_episodes_stamps_are_times_or_numbers(times: tuple[str, ...], stamps: list[str]) -> None:
    """Where one of its blocks has a time, one without has no stamp; no clip counts some blocks and times others."""
    script = made_up.script(made_up.Ask("expert"))
    sections = tuple(Section(title="买菜", time=time, photos=(_photo("a.jpg"),)) for time in times)
    brief = script.brief.model_copy(update={"sections": sections})
    known = scope.nameable(brief, script.template, platform.load("douyin"), script.brand)
    said = {words.slots["stamp"] for one in script.template.scenes for words in one.words if "stamp" in words.slots}
    assert [[scope.say(one, {**known, "item": shot}) for shot in known["shots"]] for one in said] == [stamps]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("花溪牛肉粉，加一份酸菜，十三块，吃完在楼下坐二十分钟", ("花溪牛肉粉，加一份酸菜，十三块", "吃完在楼下坐二十分钟")),
        ("抹布六块，灶台、台面、水槽、门板、地脚、垃圾桶，一块管一样，不混", ("抹布六块，灶台、台面、水槽、门板、", "地脚、垃圾桶，一块管一样，不混")),
        ("我喊她歇会儿喝口水她说刷完再喝 水是她自己从家里带的", ("我喊她歇会儿喝口水她说刷完再喝", "水是她自己从家里带的")),
        ("客厅都打扫得干干净净 阿姨 人很好 话不多 就是闷头做事", ("客厅都打扫得干干净净", "阿姨 人很好 话不多 就是闷头做事")),
    ],
)  # fmt: skip
def test_parts_of_a_line_end_where_what_is_said_does(line: str, parts: tuple[str, ...]) -> None:
    """A price stays with what it is of, a list that goes on keeps its mark, a space between words ends something said."""
    section = Section(title="中午", lines=(line,), photos=(_photo("a.jpg"),))
    assert tuple(shot.text for shot in scope.shots((section,))) == parts


def test_what_has_no_place_to_end_is_cut_into_equal_parts() -> None:
    """Sixty letters of a foreign word still stand on pages."""
    assert [len(leaf.text) for leaf in scope.pages("w" * 60, "review.text", 30)] == [30, 30]

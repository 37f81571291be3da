"""Captions: every platform's limits kept, every word from the brief, three ways to begin, no holes where something is left out."""

from __future__ import annotations

import itertools
import os
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import brief as made_up
from made_up import every

from vidkit import brief as briefs
from vidkit import caption, kit, plan
from vidkit.brief import Brief, Pair, Person, Photo, Price, Review, Section
from vidkit.briefs import paths
from vidkit.captions import counting, phrasing
from vidkit.captions.counting import codepoints
from vidkit.kit import Tone
from vidkit.kits import branding, platform
from vidkit.labels import marks
from vidkit.problems import Place, Refusal
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden" / "captions"
PLATFORMS = platform.all_platforms()
SHELF = kit.shelf(None)
BRANDS = ("linli", "xiujie", "tongxing")
TEMPLATES = tuple(name for name, _ in kit.template_names(SHELF))
every_platform = pytest.mark.parametrize("one", PLATFORMS, ids=lambda one: one.id)
every_template = pytest.mark.parametrize("template", TEMPLATES)

BOASTS = re.compile(
    r"最(?!后)|第一(?!次|个月|处)|顶级|顶尖|独家|保证|承诺|放心|专业|金牌|国家级|全网|100%|百分百|无敌|完美|绝对|永久|祖传|包您|安全无"
)
CONTACT = re.compile(r"微信|电话|手机|二维码|扫码|加我|私信|QQ|\d{7,}")
HOLES = re.compile(r"[，。、；：！？,;:!?｜]{2,}|[（“][，。、]|（\s*）|“\s*”|\(\s*\)|[“（]$|None|Undefined")
BROKEN_LINE = re.compile(r"[：:，、｜/—]$|^[，。、：｜]|^(📍|💰|✅|📝)$")
PICTURE = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")

HERE = Place("厨房.yaml", 3, 5)
PHOTO = Photo(name="a.jpg", path=Path("a.jpg"), place=HERE)
XIULAN = Person(name="秀兰阿姨", craft="保洁师", years=8, quote="别急着擦，先让清洁剂待一会儿")
MEIHUA = Person(name="美华", craft="家电清洗", years=3, quote="有师傅带，不怕", taught_by="秀兰阿姨", home="铜仁")
PRICE = Price(item="深度保洁", amount="199", unit="次", conditions="3小时，厨房和卫生间")
PRICES = (
    Price(item="日常保洁", amount="45", unit="小时", conditions="2小时起，工具我们带"),
    PRICE,
    Price(item="空调挂机清洗", amount="99", unit="台", conditions="拆洗滤网面板，外机另计", starting=True),
)
REVIEW = Review(text="阿姨来得准时，窗槽都一条条刷了", platform="美团", date="2026-11-03", stars=5, name="张**")
BODY = "孩子在客厅写作业，我们在厨房洗。\n洗完请主人家一处一处看过。"


def pair(spot: str, note: str = "") -> Pair:
    """A pair whose photos do not matter here."""
    return Pair(spot=spot, before=PHOTO, after=PHOTO, note=note)


def section(title: str, *lines: str, time: str = "") -> Section:
    """A section without photos."""
    return Section(title=title, lines=lines, time=time)


SHORT: dict[str, Any] = {
    "title": "三小时，厨房变个样",
    "service": "深度保洁",
    "pairs": (
        pair("灶台", "先喷清洁剂，放十分钟再擦"),
        pair("油烟机"),
        pair("水槽", "水垢用柠檬酸敷一刻钟。"),
    ),
}
LONG: dict[str, Any] = {
    "title": "秀兰阿姨做保洁八年，把一间老厨房从里到外洗了一遍给您看",
    "keyword": "老厨房",
    "hook": "油烟机两年没洗会怎样？",
    "service": "厨房和卫生间深度保洁",
    "pairs": tuple(
        pair(f"第{n}处台面", "先干后湿，先高后低，油重的地方先敷一层清洁剂，放十分钟再慢慢擦") for n in "一二三四五六"
    ),
    "points": ("自带工具，鞋套也带", "做完一起验收。", "加项先报价再做！"),
    "topics": ("家政", "大扫除", "深度保洁", "老房子", "贵阳生活", "厨房", "收拾屋子", "周末", "劳动", "手艺"),
}
SECTIONS = (
    section("到场确认", "进门先穿鞋套，和您看一遍重点"),
    section("高处除尘", "先高后低，灰不会落第二次"),
    section("厨房去油", "喷上清洁剂，先等十分钟再擦", time="10:00"),
)
PLAIN: dict[str, dict[str, Any]] = {
    "before-after": {"service": "深度保洁", "pairs": (pair("灶台"),)},
    "steps": {"service": "深度保洁", "sections": SECTIONS},
    "story": {"people": (Person(name="秀兰阿姨"),), "sections": SECTIONS},
    "sisters": {"people": (XIULAN, MEIHUA)},
    "expert": {"people": (Person(name="秀兰阿姨"),), "sections": SECTIONS[:2], "advice": "别急着擦，先等十分钟"},
    "review": {"review": REVIEW, "service": "深度保洁"},
    "case": {"service": "家电清洗", "problem": "空调两年没洗", "pairs": (pair("滤网"),), "result": "滤网透光了"},
    "recruit": {
        "jobs": ("保洁师",),
        "people": (Person(name="春燕姐"),),
        "training": "先学七天",
        "join": "周一上午来坐坐",
    },
    "price-list": {"prices": PRICES, "valid_until": "2026-12-31"},
}
"""Each template with its needed fields alone."""
FULL: dict[str, Any] = {
    "area": "贵阳云岩",
    "day": "11月3日 周二",
    "points": ("加项先报价再做", "做完请您验收"),
    "closing": "明天还是六点半出门",
    "valid_until": "2026-12-31",
    "series": "家政服务达人",
    "episode": 3,
    "track": "cleaning",
}


def brief(template: str = "before-after", **values: Any) -> Brief:
    """A brief with the short one's words where nothing else is said."""
    known = SHORT if template == "before-after" else {"title": "今天的活", **PLAIN[template]}
    places = (("title", HERE), ("body", Place("厨房.yaml", 9, 3)))
    return Brief(file=Path("厨房.yaml"), template=template, brand="linli", places=places, **(known | values))


def told(made: Brief, one: platform.Platform, brand: str = "linli") -> caption.Caption:
    """The caption of a brief in a brand."""
    return caption.write(made, one, _template(made.template), _brand(brand), SHELF)


@cache
def _template(name: str) -> kit.Template:
    return kit.template(name, SHELF)


@cache
def _brand(name: str) -> kit.Brand:
    return kit.brand(name, SHELF)


def written(one: platform.Platform, template: str = "before-after", **values: Any) -> caption.Caption:
    """The caption of such a brief."""
    return told(brief(template, **values), one)


def bodies(made: caption.Caption) -> tuple[str, ...]:
    """The text of every version."""
    return tuple(version.body for version in made.versions)


def all_words(made: caption.Caption) -> tuple[str, ...]:
    """Everything a caption says: titles, texts, papers."""
    return (made.title, *made.others, *bodies(made), *(page for _, page in made.papers))


def combinations() -> Iterator[Brief]:
    """Briefs of every template, plain and with everything, with and without person, price and a text of their own; the longest words too."""
    long_body = "油重的地方先敷再擦，擦完清水过一遍，再用干布收一遍水。" * 28
    for base, person, price, body, area in itertools.product((SHORT, LONG), *[(False, True)] * 4):
        extra: dict[str, Any] = {"people": (XIULAN,)} if person else {}
        extra |= {"prices": (PRICE,)} if price else {}
        extra |= {"body": BODY if base is SHORT else long_body} if body else {}
        yield brief(**(base | extra | ({"area": "贵阳云岩"} if area else {})))
    for template, more, body in itertools.product(TEMPLATES, (False, True), ("", BODY)):
        extra = FULL if more else {}
        extra |= {"people": (XIULAN, *PLAIN[template].get("people", ())[1:])} if more else {}
        extra |= {"prices": (PRICE,)} if more and template in {"before-after", "steps", "case"} else {}
        yield brief(template, **({"title": "今天的活", **PLAIN[template]} | extra | {"body": body}))


COMBINATIONS = tuple(combinations())
every_brand = pytest.mark.parametrize("brand", BRANDS)


# What every caption keeps --------------------------------------------------------------------------------------------


def assert_limits(made: caption.Caption, one: platform.Platform) -> None:
    """Title, body with topics and number of topics stay inside the limits by the platform's own count."""
    limits = one.text
    assert bool(made.title) == bool(limits.title_max)
    for title in filter(None, (made.title, *made.others)):
        assert limits.title_min <= counting.title_length(title, limits) <= limits.title_max
    for version in made.versions:
        topics = counting.joined(version.topics)
        assert codepoints(f"{version.body}\n{topics}" if topics else version.body) <= counting.body_max(limits)
        assert len(version.topics) <= limits.topics_max
        assert len({topic.casefold() for topic in version.topics}) == len(version.topics)
        assert all(re.fullmatch(r"\w+", topic) for topic in version.topics)


def assert_whole(made: caption.Caption) -> None:
    """No None, no doubled marks, no empty brackets, no label without its words, no gap of two empty lines."""
    for words in all_words(made):
        assert not HOLES.search(words), words
        assert words.rstrip("\n") == words.strip()
        assert "\n\n\n" not in words
    for line in (line for words in (made.title, *bodies(made)) for line in words.splitlines()):
        assert line == line.strip()
        assert not BROKEN_LINE.search(line), line


def assert_varied(made: caption.Caption) -> None:
    """Three versions begin in three ways, and no version says a line twice."""
    openings = {body.splitlines()[0] for body in bodies(made)}
    assert len(openings) == caption.VERSIONS, openings
    for body in bodies(made):
        lines = [line for line in body.splitlines() if line]
        assert len(set(lines)) == len(lines), body


def assert_told_in_three_ways(made: caption.Caption, template: str) -> None:
    """Between opening and ending no two versions say the same; where all has to be said in each, it is said in another order."""
    middles = [[line for line in body.splitlines()[1:-1] if line] for body in bodies(made)]
    told: list[object] = [tuple(m) if template in {"review", "price-list"} else frozenset(m) for m in middles]
    assert len(set(told)) == caption.VERSIONS, middles


def assert_modest(made: caption.Caption, one: platform.Platform) -> None:
    """Our own sentences boast of nothing, lead nobody away and name no other platform."""
    others = {name for p in PLATFORMS if p != one for name in (p.title_zh, *p.aliases) if len(name) > 1}
    for words in all_words(made):
        assert not BOASTS.search(words), BOASTS.findall(words)
        assert not CONTACT.search(words), CONTACT.findall(words)
        assert not [name for name in others - set(one.names) if name in words]


def assert_tone(made: caption.Caption, one: platform.Platform, tone: Tone) -> None:
    """Small pictures only on 小红书 and only few; a brand that does not sell names no price and asks for no booking."""
    for words in (made.title, *bodies(made), *(page for _, page in made.papers)):
        count = len(PICTURE.findall(words))
        assert count <= (2 if one.id == "xiaohongshu" and tone.emoji else 0)
        if not tone.sells:
            assert not re.search(r"\d元|预约|下单|优惠", words), words


@every_platform
@every_brand
def test_every_caption_is_whole_modest_and_within_its_limits(one: platform.Platform, brand: str) -> None:
    """Every template plain and full, every brand, every platform."""
    tone = kit.brand(brand, SHELF).tone
    for made_of in COMBINATIONS:
        made = told(made_of, one, brand)
        assert_limits(made, one)
        assert_whole(made)
        assert_modest(made, one)
        assert_tone(made, one, tone)
        if not made_of.body:
            assert_varied(made)


@every_platform
@every_template
def test_the_shortest_and_the_longest_words_fit(one: platform.Platform, template: str) -> None:
    """Whatever the limits of a brief allow to be written gives a caption inside the platform's limits, without holes, in every brand."""
    for ask in (ask for ask in every(BRANDS) if ask.template == template):
        made = told(made_up(ask), one, ask.brand)
        assert_limits(made, one)
        assert not any(re.search(r"None|Undefined|（）|“”|，。|。。|^，|、、", words) for words in all_words(made)), ask
        assert len(made.versions) == caption.VERSIONS


def conditions_beside(words: str, prices: tuple[Price, ...]) -> None:
    """Wherever an amount stands, its unit and conditions stand in the same line."""
    for price in prices:
        for line in words.splitlines():
            if re.search(rf"(?<!\d){price.amount}元", line):
                start = f"{price.amount}元/{price.unit}{'起' if price.starting else ''}"
                assert f"{start}（{price.conditions}）" in line


@every_platform
@pytest.mark.parametrize("template", ["before-after", "steps", "case", "price-list"])
def test_a_price_always_has_its_unit_conditions_and_date(one: platform.Platform, template: str) -> None:
    """Unit and conditions beside every amount; the last day they hold in every text that names one; no amount without."""
    prices = PRICES if template == "price-list" else (PRICE,)
    made = written(one, template, prices=prices, area="贵阳云岩", valid_until="2026-12-31")
    for words in all_words(made):
        conditions_beside(words, prices)
        if re.search(r"\d元", words):
            assert "2026年12月31日" in words
    if not one.text.digest_max:
        assert all(f"{PRICE.amount}元" in body for body in bodies(made))


@every_platform
@every_template
def test_quotes_stand_as_they_were_said(one: platform.Platform, template: str) -> None:
    """Whenever a quote is begun it stands whole between quotation marks, and every person's quote is in the article or the post."""
    people = (XIULAN, MEIHUA)[: 2 if template in {"sisters", "recruit"} else 1]
    made = written(one, template, people=people)
    for person in people:
        assert all(f"“{person.quote}。”" in words for words in all_words(made) if person.quote[:8] in words)
    if template != "price-list":
        longest = dict(made.papers).get("article.txt", bodies(made)[0])
        assert all(person.quote in longest or one.id == "moments" for person in people)


@every_platform
def test_a_review_stands_whole_with_its_source(one: platform.Platform) -> None:
    """Word for word, with date and masked name; the platform is named where it may be: on itself."""
    made = written(one, "review", people=(XIULAN,))
    for words in (dict(made.papers)["article.txt"],) if one.text.digest_max else bodies(made):
        assert f"“{REVIEW.text}”" in words
        assert "2026年11月3日" in words
        assert "张**" in words
        assert ("写在美团" in words) == (one.id == "meituan")


@every_platform
def test_recruiting_leads_to_no_number_where_that_is_forbidden(one: platform.Platform) -> None:
    """How to come is said as written; a number to call only where a post may hold one."""
    made = written(one, "recruit", join="打电话 0851-12345678", area="贵阳云岩")
    assert not any("0851" in words for words in all_words(made)) or one.allows_contact
    there = written(one, "recruit", join="周一上午来坐坐")
    assert any("周一上午来坐坐。" in words for words in all_words(there))


@every_platform
def test_the_telephone_stands_where_a_post_may_hold_one(one: platform.Platform) -> None:
    """In every version of 朋友圈, at the end of 公众号's article, nowhere else."""
    made = written(one, "price-list", phone="0851-00000000")
    if one.id == "moments":
        assert all(words.count("电话：0851-00000000") == 1 for words in bodies(made))
    told = [words for words in all_words(made) if "0851" in words]
    assert bool(told) == one.allows_contact


@every_platform
def test_the_hook_is_one_of_the_openings(one: platform.Platform) -> None:
    """The brief's own opening begins one version, before the fold; in a post without a title the title may begin one too."""
    made = written(one, **LONG, area="贵阳云岩")
    assert sum(body.startswith(LONG["hook"]) for body in bodies(made)) == 1
    (fold,) = (fact.value for fact in platform.facts(one.id) if fact.path == "text.fold_at")
    assert codepoints(LONG["hook"]) <= fold


@every_platform
def test_the_users_own_words_are_the_heart(one: platform.Platform) -> None:
    """A body is taken as written, in place of our notes; the quote stays in quotation marks."""
    made = written(one, body=BODY, people=(XIULAN,), points=("自带工具",))
    for words in (dict(made.papers)["article.txt"],) if one.text.digest_max else bodies(made):
        assert BODY in words
        assert "先喷清洁剂" not in words.partition(BODY)[2].partition("【另外")[0]
        assert "“别急着擦，先让清洁剂待一会儿。”" in words


@every_platform
def test_what_may_not_be_left_out_stands_beside_a_text_of_their_own(one: platform.Platform) -> None:
    """A review, the prices of a list, the work that is offered: after the brief's own text too."""
    wanted = {"review": REVIEW.text, "price-list": "45元/小时（2小时起，工具我们带）", "recruit": "先学七天。"}
    for template, words in wanted.items():
        made = written(one, template, body=BODY)
        for text in (dict(made.papers)["article.txt"],) if one.text.digest_max else bodies(made):
            assert BODY in text
            assert words in text


# Which version comes first -------------------------------------------------------------------------------------------


@every_platform
@every_template
def test_the_same_brief_gives_the_same_words(one: platform.Platform, template: str) -> None:
    """A caption is a plain value: the same each time, and whatever the file and its folder are called."""
    first = written(one, template)
    moved = brief(template).model_copy(update={"file": Path("/elsewhere/another name.yaml"), "places": ()})
    assert first == told(moved, one) == written(one, template)
    assert hash(first) == hash(written(one, template))


OWN = {
    "before-after": ("先喷清洁剂", "水垢用柠檬酸"),
    "steps": ("到场确认：进门先穿鞋套",),
    "story": ("进门先穿鞋套", "喷上清洁剂"),
    "sisters": (f"秀兰阿姨说：“{XIULAN.quote}", f"美华说：“{MEIHUA.quote}"),
    "expert": ("“别急着擦，先等十分钟。”",),
    "review": (f"“{REVIEW.text}”",),
    "case": ("空调两年没洗", "滤网透光了"),
    "recruit": ("招保洁师，先学七天",),
    "price-list": (),
}
"""How a template's first version may begin with the plain brief's own words."""


@every_platform
@every_template
def test_the_first_version_begins_with_the_briefs_own_words(one: platform.Platform, template: str) -> None:
    """With what somebody wrote or said, wherever the brief has it; one of three at least is ours, and over a dozen briefs ours take turns."""
    made = [written(one, template, title=f"第{n}号活") for n in range(12)]
    own = (*OWN[template], *(("水垢", "灶台：先喷") if template == "before-after" else ()))
    ours: set[str] = set()
    for n, each in enumerate(made):
        firsts = [body.splitlines()[0] for body in bodies(each)]
        theirs = (*own, f"第{n}号活")
        assert not own or re.match("|".join(map(re.escape, theirs)), firsts[0].removeprefix("水槽：")), firsts
        ours |= {first for first in firsts if not any(words in first for words in theirs)}
    assert len(ours) >= 2 or one.text.digest_max  # a digest is one line


@every_platform
def test_a_hook_comes_before_all_other_words_of_the_brief(one: platform.Platform) -> None:
    """What somebody wrote as the opening begins the first version, even beside a text of their own."""
    for body in ("", BODY):
        made = written(one, hook="房东说不租了", people=(XIULAN,), body=body)
        assert bodies(made)[0].startswith("房东说不租了。")


def test_a_week_of_one_trade_does_not_read_alike() -> None:
    """Ten clips of one shop: no first line and no last question twice as often as the things allow."""
    things = ["灶台", "马桶", "油烟机", "空调", "纱窗", "洗衣机", "沙发底下", "玻璃", "冰箱", "地板"]
    made = [
        bodies(written(platform.load("抖音"), title=f"{thing}洗出来了", pairs=(pair(thing, f"{thing}先泡再洗"),)))
        for thing in things
    ]
    assert [body[0].splitlines()[0] for body in made] == [f"{thing}先泡再洗。" for thing in things]
    asked = [body.splitlines()[-1] for each in made for body in each if thing_of(body, things)]
    assert max(asked.count(one) for one in asked) == 1
    assert {"您家油烟机平时怎么洗？评论区说说。", "您家马桶多久刷一回？评论区聊聊。"} <= set(asked)


def thing_of(body: str, things: list[str]) -> str:
    """The thing that a body's last line asks about."""
    return next((thing for thing in things if thing in body.splitlines()[-1]), "")


def test_too_few_openings_are_used_again() -> None:
    """A template of somebody's own with one opening still gives three versions."""
    assert caption._varied((), ("甲。",), "x") == ("甲。",) * 3
    assert sorted(caption._varied(("乙。",), ("甲。", "甲。"), "x")[:2]) == ["乙。", "甲。"]


@pytest.mark.parametrize("template", ["expert", "story", "recruit", "sisters"])
def test_a_corrected_word_changes_that_word_alone(template: str) -> None:
    """Eleven pupils are twelve: whatever else is said, and in which version, stays."""
    many = (
        {"sections": (section("从大方出来", "我教她们"), section("绝活", "擦干"))}
        if template in {"expert", "story"}
        else {}
    )
    for one in map(platform.load, ("抖音", "视频号", "公众号", "美团")):
        before, after = (
            "\n".join(
                all_words(
                    written(
                        one, template, people=(XIULAN.model_copy(update={"quote": f"我带了{n}个徒弟"}), MEIHUA), **many
                    )
                )
            )
            for n in ("十一", "十二")
        )
        assert before.replace("十一个徒弟", "十二个徒弟") == after


def test_a_heading_of_any_kind_stands_in_a_sentence() -> None:
    """走嘛一层一层按 and 我也要带一个 are never said as the teller's own; headings that are things one does are named."""
    odd = (section("走嘛一层一层按", "我不敢进"), section("我也要带一个", "她问我"))
    plain = (section("买菜", "先看叶子"), section("煮汤", "小火"))
    clock = (section("08:00", "先看叶子"), section("中午", "小火"))
    for template, sections, wanted in (
        ("expert", odd, "听秀兰阿姨一段一段慢慢说。"),
        ("expert", plain, "听秀兰阿姨说说买菜、煮汤。"),
        ("expert", clock, "听秀兰阿姨一段一段慢慢说。"),
        (
            "expert",
            (section("以前在厂头", "上夜班"), *plain[:1], section("现在", "小火")),
            "听秀兰阿姨一段一段慢慢说。",
        ),
        ("story", odd, ""),  # a story is walked along, or else only begun
    ):
        said = [
            bodies(written(platform.load("抖音"), template, sections=sections, title=f"第{n}号", people=(XIULAN,)))
            for n in range(12)
        ]
        firsts = {body.splitlines()[0] for made in said for body in made}
        assert not [line for line in firsts if "先说" in line or re.search("走嘛|带一个", line)]
        assert not wanted or wanted in firsts


@pytest.mark.parametrize("template", [one for one in TEMPLATES if one not in {"price-list", "steps"}])
def test_an_episode_says_its_number_whatever_its_template(template: str) -> None:
    """Title and topics of an episode name its series, so that posts of several templates are one series on a profile."""
    made = written(platform.load("小红书"), template, title="窗槽都给刷干净了", series="身边的手艺", episode=7)
    assert made.title == "窗槽都给刷干净了｜身边的手艺第7期"
    assert all("身边的手艺" in one.topics for one in made.versions)


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("我的一天 第3期", "我的一天 第3期｜店里的事"),
        ("我的一天 第三集", "我的一天 第三集｜店里的事"),
        ("店里的事 第 3 期", "店里的事 第 3 期｜深度保洁"),
        ("第三次上门", "第三次上门｜店里的事第3期"),
    ],
)
def test_a_title_that_says_its_number_gets_no_second_one(title: str, wanted: str) -> None:
    """Behind a title with a number stands the series alone, or what the title does not say."""
    made = written(platform.load("小红书"), "before-after", title=title, series="店里的事", episode=3)
    assert made.title == wanted


@pytest.mark.parametrize("template", ["before-after", "case", "recruit"])
def test_an_episode_whose_title_leaves_no_room_says_its_number_elsewhere(template: str) -> None:
    """In one opening and another title where the brief's own stays bare; a title that is too long gives way to one with the number."""
    episode = {"series": "店里的事", "episode": 3, "area": ""}
    made = written(platform.load("视频号"), template, title="厨房卫生间一天做完了真干净", **episode)
    assert made.title == "厨房卫生间一天做完了真干净"
    assert made.others[0].startswith("店里的事第3期:")
    assert sum("店里的事第3期" in one.body for one in made.versions) == 1
    made = written(platform.load("视频号"), template, title="厨房和卫生间一天之内全都做完了真干净", **episode)
    assert made.title.startswith("店里的事第3期:")


def test_the_first_versions_of_a_series_end_differently() -> None:
    """Episodes next to each other do not end alike, and every ending there is has its turn."""
    lines = ("甲。", "乙。", "丙。", "丁。", "戊。")
    ends = [caption._in_turn(("我们。", "咱们。"), lines, episode)[0] for episode in range(1, 9)]
    assert set(ends) == {*lines, "我们。", "咱们。"}
    assert all(one not in ends[at + 1 : at + 4] for at, one in enumerate(ends))
    assert caption._in_turn((), ("甲。",), 5) == ("甲。",) * 3


@pytest.mark.parametrize(
    ("template", "wanted"),
    [("sisters", ("保洁师", "家电清洗", "养老护理员")), ("recruit", ("保洁师", "月嫂", "收纳师"))],
)
def test_every_trade_is_a_topic(template: str, wanted: tuple[str, ...]) -> None:
    """As far as the platform's number allows; no topic calls a life's work an ordinary day."""
    third = Person(name="春燕姐", craft="养老护理员", quote="跟着慢")
    made = written(
        platform.load("抖音"), template, people=(XIULAN, MEIHUA, third), jobs=wanted if template == "recruit" else ()
    )
    assert set(wanted) <= set(made.versions[0].topics)
    assert "打工人的一天" not in written(platform.load("抖音"), "story").versions[0].topics


# Tone ----------------------------------------------------------------------------------------------------------------


def test_each_brand_has_its_own_voice() -> None:
    """邻里净 says 您 and 街坊们, 秀姐 says 咱们 and 姐妹们, the station invites to talk."""
    made = brief(area="贵阳云岩", people=(XIULAN,), prices=(PRICE,))
    channels = platform.load("视频号")
    linli, xiujie, tongxing = ("\n".join(bodies(told(made, channels, brand))) for brand in BRANDS)
    assert "我们在贵阳云岩" in linli
    assert "咱们在贵阳云岩" in xiujie
    assert "199" not in tongxing
    assert "留言" in tongxing
    assert len({linli, xiujie, tongxing}) == 3


@every_brand
@every_template
def test_a_brands_own_closing_ends_one_version(brand: str, template: str) -> None:
    """Among three endings one is the brand's own, save where nothing is sold by a story; whoever looks for work is asked about the work."""
    tone = kit.brand(brand, SHELF).tone
    made = bodies(told(brief(template), platform.load("抖音"), brand))
    own = sum(body.splitlines()[-1] in set(map(phrasing.sentence, tone.closings)) for body in made)
    assert own == int(template != "recruit" and (not tone.sells or template not in {"story", "sisters", "expert"}))


def test_a_new_brand_speaks_plainly(tmp_path: Path) -> None:
    """``vidkit brand new`` writes the usual tone out, so that it can be changed."""
    answers = branding.Answers("好邻居", "好邻居家政", "", "", "#0B7A75", "好邻居")
    folder = branding.write(answers, tmp_path)
    assert kit.brand_in(folder).tone == Tone()
    assert "tone:" in (folder / "brand.yaml").read_text(encoding="utf-8")


def test_a_tone_has_defaults_and_refuses_what_it_does_not_know(tmp_path: Path) -> None:
    """A brand without a tone speaks plainly; an unknown word for ``we`` is told with the file."""
    assert Tone() == kit.Brand.model_fields["tone"].default
    assert (Tone().we, Tone().sells, Tone().closings) == ("我们", True, ())
    made = tmp_path / "brand" / "mine"
    made.mkdir(parents=True)
    said = (ROOT / "brand" / "linli" / "brand.yaml").read_text(encoding="utf-8").replace("we: 我们", "we: 俺们")
    (made / "brand.yaml").write_text(said, encoding="utf-8")
    with pytest.raises(Refusal) as refusal:
        kit.brand_in(made)
    assert "tone.we" in refusal.value.problems[0].message("zh")


# Further texts -------------------------------------------------------------------------------------------------------


@every_template
def test_what_each_platform_asks_for_besides(template: str) -> None:
    """An article for 公众号; for Meituan replies, and a package where something is sold."""
    files = {p.id: tuple(caption.texts(written(p, template), p)) for p in PLATFORMS}
    assert files["official-account"] == ("caption.txt", "article.txt")
    assert files["douyin"] == files["moments"] == ("caption.txt",)
    sold = ("package.txt",) if template in {"before-after", "steps", "review", "case", "price-list"} else ()
    reply = () if template == "recruit" else ("reply.txt",)
    assert files["meituan"] == ("caption.txt", *sold, *reply)
    station = told(brief(template), platform.load("美团"), "tongxing")
    assert "package.txt" not in dict(station.papers)


@pytest.mark.parametrize(
    ("item", "conditions", "title", "extra"),
    [
        ("波轮洗衣机拆洗", "滚筒加60，楼梯房不加钱", "波轮洗衣机拆洗", "滚筒加60"),
        ("擦玻璃", "外面的另说", "擦玻璃", "外面的另说"),
        ("洗空调", "挂机，柜机加40", "洗空调｜挂机", "柜机加40"),
        ("老房深度保洁", "60平方米起，不包拆窗帘，含厨房，没电梯加五十", "老房深度保洁｜含厨房", "没电梯加五十"),
        ("深度保洁", "加1人，加3个小时，含厨房", "深度保洁｜含厨房", ""),
        ("油烟机清洗", "油烟机，热水加碱泡，超过两个人加2个人", "油烟机清洗｜热水加碱泡", ""),
    ],
)
def test_the_name_of_a_package_is_what_one_gets(item: str, conditions: str, title: str, extra: str) -> None:
    """No surcharge, limit or exception beside the name; what is paid on top stands where it belongs."""
    price = Price(item=item, amount="80", unit="台", conditions=conditions)
    page = package(template="price-list", prices=(price, PRICE))
    assert page.split("【商品标题】\n")[1].split("\n")[0] == title
    assert f"另外收费：{extra}\n" in page if extra else "另外收费" not in page


def test_a_month_of_somebody_is_no_length_of_a_job() -> None:
    """26天 is no name and no time that a visit takes; a place that was cleaned is not named beside itself."""
    price = Price(item="月嫂", amount="8800", unit="月", conditions="26天")
    page = package(template="price-list", prices=(price, PRICE))
    assert page.split("【商品标题】\n")[1].startswith("月嫂\n")
    assert "时长：26天" not in page
    hood = package(service="油烟机清洗", pairs=(pair("油烟机"),))
    assert hood.split("【商品标题】\n")[1].startswith("油烟机清洗\n")


@every_template
def test_an_article_marks_the_places_of_the_pictures(template: str) -> None:
    """Title, digest inside its limit, text; every pair and every photo of a section has its place."""
    one = platform.load("公众号")
    sections = tuple(s.model_copy(update={"photos": (PHOTO,)}) for s in PLAIN[template].get("sections", ()))
    made = written(one, template, **({"sections": sections} if sections else {}))
    page = dict(made.papers)["article.txt"]
    assert all(f"【{part}】" in page for part in ("标题", "摘要", "正文"))
    assert all(codepoints(version.body) <= 120 for version in made.versions)
    assert bodies(made)[0] in page
    pairs = brief(template).pairs
    assert page.count("[配图：") >= len(pairs) + len(sections)
    for number, each in enumerate(pairs, 1):
        assert f"[配图：{each.spot}，前后拼成一张，pairs/pair-{number}-side.jpg]" in page


def test_an_article_counts_pairs_of_sections_as_their_pictures_are_counted() -> None:
    """Those of the brief first, then those of its sections: ``pairs/pair-3-side.jpg``."""
    pairs = tuple(Pair(spot=spot, before=PHOTO, after=PHOTO) for spot in ("灶台", "水槽"))
    sections = (Section(title="一"), Section(title="二", pair=pairs[0]), Section(title="三", pair=pairs[1]))
    made = written(platform.load("公众号"), "steps", sections=sections, pairs=pairs)
    found = re.findall(r"pairs/pair-(\d)-side", dict(made.papers)["article.txt"])
    assert sorted(found) == ["1", "2", "3", "4"]


def package(**values: Any) -> str:
    """The package description of such a brief."""
    return dict(written(platform.load("美团"), **values).papers)["package.txt"]


def test_a_package_says_only_what_the_brief_says() -> None:
    """Time, people, tools and what is left out come from the conditions; what nobody said is a place to fill in."""
    price = PRICE.model_copy(update={"conditions": "3小时1人，厨房和卫生间，不含高空外窗，清洁剂我们带，外机另计"})
    page = package(prices=(price,), area="贵阳云岩", points=("加项先报价再做",))
    for line in ("时长：3小时", "人数：1人", "不包含：高空外窗", "工具和清洁剂：清洁剂我们带", "另外收费：外机另计"):
        assert line in page.splitlines()
    assert "超时和加项：加项先报价再做" in page
    assert "退改：（请填：" in page
    bare = package()
    for part in ("适用范围", "不包含", "时长", "人数", "退改", "有效期到", "提前预约"):
        assert re.search(rf"^{part}：（请填：[^（）]+）$", bare, re.MULTILINE), part
    assert not re.search(r"\d+(小时|分钟|天|人)", bare)


def test_a_package_of_another_item_does_not_borrow_the_case() -> None:
    """What was done in one case is not what every package of another item holds."""
    page = package(template="case", prices=(PRICES[2],))
    assert "滤网透光" not in page
    assert "服务内容：\n（请填：" in page
    assert page.split("【商品标题】\n")[1].startswith("空调挂机清洗｜拆洗滤网面板\n")


def test_every_price_of_a_list_is_a_package_of_its_own() -> None:
    """Titles inside the limit, each with its own conditions."""
    one = platform.load("美团")
    page = package(template="price-list")
    titles = re.findall(r"【商品标题】\n(.+)", page)
    assert len(titles) == len(PRICES)
    assert all(codepoints(title) <= one.text.package_title_max for title in titles)
    conditions_beside(page, PRICES)


@every_brand
def test_replies_name_nobody_and_accuse_nobody(brand: str) -> None:
    """Three good and three poor ones; no name of a customer, no address, no 删, no promise of money; 咱们 is not said to a customer."""
    made = told(brief("review", area="贵阳观山湖", people=(XIULAN,)), platform.load("美团"), brand)
    page = dict(made.papers)["reply.txt"]
    replies = page.split("【好评】")[1]
    assert not re.search(r"张|观山湖|删|您自己|你自己|误会|恶意|免费|退款|赔|咱们", replies)
    good, poor = replies.split("【不太满意的评价】")
    for part in (good, poor):
        texts = re.findall(r"版本[一二三]\n(.+)", part)
        assert len(set(texts)) == 3
        assert all(codepoints(text) <= 200 for text in texts)
    assert poor.count("（请填：") >= 3


@pytest.mark.parametrize("service", ["月嫂", "育儿嫂", "住家保姆", "住家阿姨", "养老护理员"])
def test_who_stays_is_no_job_that_was_done(service: str) -> None:
    """Nobody does 一单月嫂; we have one, a customer asked for one, and nothing is over."""
    for template, one in itertools.product(("review", "case", "before-after"), PLATFORMS):
        person = Person(name="高姐", craft=service, years=7)
        for n in range(6):
            made = written(one, template, service=service, area="贵阳云岩", people=(person,), title=f"第{n}号")
            words = "\n".join(all_words(made)).replace("几个人上门", "").replace("可以上门", "").replace("上门时间", "")
            told = words.partition("再看做完以后")[0]
            assert not re.search(f"一次|一单|这单|这次|做{service}(?!\\d)|上门|活做|干活的是|案例|做完以后：", told), (
                told
            )


@pytest.mark.parametrize(
    ("service", "said"),
    [
        ("擦玻璃", "在贵阳云岩，擦玻璃找我们。"),
        ("洗空调", "在贵阳云岩，洗空调找我们。"),
        ("带孩子", "在贵阳云岩，带孩子找我们。"),
        ("洗衣机清洗", "我们在贵阳云岩做洗衣机清洗。"),
        ("洗手间保洁", "我们在贵阳云岩做洗手间保洁。"),
        ("搬家服务", "我们在贵阳云岩做搬家服务。"),
        ("育儿嫂", "我们在贵阳云岩有育儿嫂。"),
        ("护工", "我们在贵阳云岩有护工。"),
    ],
)
def test_a_service_is_offered_as_one_says_it(service: str, said: str) -> None:
    """擦玻璃 says what is done already, a person is had."""
    words = "\n".join(bodies(written(platform.load("抖音"), service=service, area="贵阳云岩")))
    assert said in words.splitlines()
    assert "案例" not in "".join(all_words(written(platform.load("抖音"), "case", service=service, area="贵阳云岩")))


@every_platform
def test_a_step_that_began_a_post_is_no_step_again(one: platform.Platform) -> None:
    """先扫灰：… in the opening, and no 1. 先扫灰 below it."""
    for n in range(12):
        for body in bodies(written(one, "steps", title=f"第{n}号")):
            first, _, rest = body.partition("\n")
            assert not first.startswith("到场确认：") or not re.search("(?m)^([0-9]. )?到场确认(：|$)", rest)


def test_the_customers_trouble_stands_by_itself() -> None:
    """上门的时候，老妈妈摔了一跤 would be another story."""
    trouble = "老妈妈摔了一跤，三个娃都在外省打工"
    for one in PLATFORMS:
        for words in all_words(written(one, "case", service="住家保姆", problem=trouble, people=(XIULAN,))):
            before = re.findall(f"(?m)(?:^|(.)){trouble}", words)
            assert set(before) <= set("。？”") | {""}


@pytest.mark.parametrize(
    ("training", "learnt"),
    [
        ("先学七天", True),
        ("跟着老师傅干三天", True),
        ("老员工带三天", False),
        ("不用培训，会带娃就行", False),
        ("不需要培训", False),
    ],
)
def test_hiring_promises_no_training_but_its_own(training: str, learnt: bool) -> None:  # noqa: FBT001  # a table
    """有培训 is never said; a craft to be learnt only where somebody teaches one."""
    for one, n in itertools.product(PLATFORMS, range(6)):
        made = written(one, "recruit", training=training, area="贵阳云岩", title=f"第{n}号")
        words = "\n".join((*all_words(made), *(topic for version in made.versions for topic in version.topics)))
        assert "有培训" not in words
        assert learnt or not re.search("手艺|怎么学", words)
        assert training in words


def test_hiring_says_place_and_call_once() -> None:
    """An opening with the place needs no 在哪里, a title that hires no second 招; one job is no choice of several."""
    for n in range(12):
        made = written(platform.load("抖音"), "recruit", area="贵阳云岩", title=f"第{n}号招阿姨")
        assert all(title.count("招") < 2 for title in (made.title, *made.others))
        assert all(body.count("贵阳云岩") == 1 for body in bodies(made))
        assert not any("哪份活" in body for body in bodies(made))


def test_one_home_is_told_once() -> None:
    """三个人，老家都是正安 instead of 老家正安 three times; several homes stay beside their people."""
    people = [Person(name=name, craft="保洁", home="正安", quote=f"{name}来了") for name in ("罗姐", "阿英", "小梅")]
    made = bodies(written(platform.load("抖音"), "sisters", people=tuple(people)))
    assert "三个人，老家都是正安。" in made[0].splitlines()
    assert max(body.count("正安") for body in made) == 1
    people[0] = people[0].model_copy(update={"home": "遵义"})
    assert bodies(written(platform.load("抖音"), "sisters", people=tuple(people)))[0].count("老家正安") == 2


@pytest.mark.parametrize(
    ("title", "shown"), [("半夜三点", ""), ("早上", ""), ("十二点", ""), ("洗澡", "10:00 "), ("早点铺", "10:00 ")]
)
def test_no_clock_stands_before_a_heading_that_tells_the_time(title: str, shown: str) -> None:
    """03:00 半夜三点 says it twice."""
    sections = (section("出门", "天还没亮"), section(title, "水温刚好", time="10:00"), section("回家", "腿酸"))
    made = written(platform.load("抖音"), "story", sections=sections)
    assert any(f"{shown}{title}：水温刚好。" in body.splitlines() for body in bodies(made))
    assert shown or "10:00" not in "".join(bodies(made))


def test_topics_are_looked_for_and_true() -> None:
    """A series' name only in the series or its template; no 师傅, nothing turned round, no before and after of an old lady."""
    topics = {}
    douyin = platform.load("抖音")
    for template, craft, service in (
        ("case", "擦窗师傅", "擦玻璃"),
        ("before-after", "家电师傅", "整理收纳"),
        ("case", "住家阿姨", "养老护理"),
        ("expert", "保洁师", ""),
    ):
        people = (Person(name="老周", craft=craft, years=3),)
        topics[craft] = written(douyin, template, people=people, service=service).versions[0].topics
    assert "擦窗" in topics["擦窗师傅"]
    assert not [topic for each in topics.values() for topic in each if topic.endswith("师傅") or topic == "收纳整理"]
    assert [craft for craft, each in topics.items() if "家政服务达人" in each] == ["保洁师"]
    assert [craft for craft, each in topics.items() if "前后对比" in each] == ["擦窗师傅", "家电师傅"]


def test_papers_of_words_that_ai_wrote_say_so() -> None:
    """Every text that is copied somewhere: an article, a package, each reply; none where nobody used AI."""
    line = marks.in_words(brief("review", made_by_ai=("words",)))
    for name, papers in (("公众号", {"article.txt": 1}), ("美团", {"package.txt": 1, "reply.txt": 6})):
        made, plain = (dict(written(platform.load(name), "review", made_by_ai=by).papers) for by in (("words",), ()))
        assert {paper: made[paper].count(line) for paper in papers} == papers
        assert line not in "".join(plain.values())


# A template of somebody's own ----------------------------------------------------------------------------------------


def own_template(folder: Path, **files: str) -> kit.Template:
    """A tenth template in a folder, with these files in it."""
    for name, words in files.items():
        file = folder / name.replace("__", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.with_suffix(".j2").write_text(words, encoding="utf-8")
    return kit.template("before-after", SHELF).model_copy(update={"id": "mine", "folder": folder})


def of_own(template: kit.Template, one: platform.Platform, **values: Any) -> caption.Caption:
    """A brief's caption by that template."""
    return caption.write(brief(**values), one, template, kit.brand("linli", SHELF), SHELF)


@every_platform
def test_a_template_without_words_gets_sensible_ones(one: platform.Platform, tmp_path: Path) -> None:
    """Any brief's fields are told by the shared words, within the limits, in three ways, without holes."""
    template = own_template(tmp_path)
    for each in (*COMBINATIONS, brief(service="", pairs=())):
        made = caption.write(each, one, template, kit.brand("linli", SHELF), SHELF)
        assert_limits(made, one)
        assert_whole(made)
        assert_modest(made, one) if not each.review else None
        if not each.body:
            assert len({body.splitlines()[0] for body in bodies(made)}) == 3


def test_a_template_says_its_own_words_in_one_file(tmp_path: Path) -> None:
    """A block of caption.j2 is used by every platform; the other blocks stay the shared ones."""
    mine = "{% extends 'post.j2' %}{% block openings %}\n甲甲。\n乙乙。\n丙丙。\n{% endblock %}"
    template = own_template(tmp_path, caption=mine)
    for one in PLATFORMS:
        assert {body[:3] for body in bodies(of_own(template, one))} == {"甲甲。", "乙乙。", "丙丙。"}


def test_a_template_may_build_one_platforms_posts_itself(tmp_path: Path) -> None:
    """caption/GROUP.j2 in the template's folder takes the shared one's place."""
    mine = "{% extends 'caption.j2' %}{% block body %}我的：{{ opening }}{% endblock %}"
    template = own_template(tmp_path, **{"caption__short-video": mine})
    assert all(body.startswith("我的：") for body in bodies(of_own(template, platform.load("抖音"))))
    assert not any("我的" in body for body in bodies(of_own(template, platform.load("美团"))))


# Captions to be read -------------------------------------------------------------------------------------------------


def example(file: Path, monkeypatch: pytest.MonkeyPatch) -> Brief:
    """An example's brief; its photos need not be there."""
    real = paths.find

    def find(typed: str, base: Path, place: Place, *more: Any) -> Path | Any:
        found = real(typed, base, place, *more)
        return found if isinstance(found, Path) else base / typed

    monkeypatch.setattr(paths, "find", find)
    return briefs.load(file, plan.names(SHELF))


@every_platform
@pytest.mark.parametrize("file", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda file: file.stem)
def test_golden_captions(one: platform.Platform, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything written for the examples, kept as files to be read; ``VIDKIT_UPDATE=1`` writes them anew."""
    made = example(file, monkeypatch)
    pages = caption.texts(told(made, one, made.brand), one)
    found = "\n".join(f"—— {name}\n\n{page}" for name, page in pages.items())
    kept = GOLDEN / f"{file.stem}-{one.id}.txt"
    if os.environ.get("VIDKIT_UPDATE"):
        GOLDEN.mkdir(parents=True, exist_ok=True)
        kept.write_text(found, encoding="utf-8", newline="\n")
    assert kept.read_text(encoding="utf-8") == found


@every_brand
@pytest.mark.parametrize("file", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda file: file.stem)
def test_examples_in_every_brand(brand: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples' captions are whole, modest and varied in every brand, on every platform."""
    made_of = example(file, monkeypatch)
    for one in PLATFORMS:
        made = told(made_of, one, brand)
        assert_limits(made, one)
        assert_whole(made)
        assert_varied(made)
        if not one.text.digest_max:
            assert_told_in_three_ways(made, made_of.template)
        assert_modest(made, one)
        assert_tone(made, one, kit.brand(brand, SHELF).tone)


# Titles -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "title", "expected"),
    [
        ("douyin", "三小时，厨房变个样", "三小时，厨房变个样｜贵阳云岩深度保洁"),
        ("douyin", "贵阳云岩，三小时深度保洁全记录", "贵阳云岩，三小时深度保洁全记录"),
        (
            "douyin",
            "一间十年没好好洗过的老厨房，三小时真的变个样子。",
            "一间十年没好好洗过的老厨房，三小时真的变个样子",
        ),
        ("douyin", "油烟机三年没洗，今天洗出来了", "油烟机三年没洗，今天洗出来了｜深度保洁"),
        ("kuaishou", "洗衣机洗出来的衣服上有黑点点", "洗衣机洗出来的衣服上有黑点点｜深度保洁"),
        ("wechat-channels", "三小时，厨房变个样！", "三小时 厨房变个样 深度保洁"),
        ("wechat-channels", "厨房", "厨房 贵阳云岩深度保洁"),
        ("wechat-channels", "《老厨房》：三小时？变了", "《老厨房》:三小时?变了"),
        ("wechat-channels", "一间十年没好好洗过的老厨房，变了", "一间十年没好好洗过的老厨房 变了"),
        ("wechat-channels", "一间十年没好好洗过的老厨房，三小时变个样子", "贵阳云岩深度保洁前后对比"),
        ("xiaohongshu", "三小时，厨房变个样", "三小时，厨房变个样｜深度保洁"),
        ("xiaohongshu", "一间十年没好好洗过的老厨房，三小时变个样子", "深度保洁前后对比"),
        ("meituan", "三小时，厨房变个样", "深度保洁｜三小时，厨房变个样"),
        ("moments", "三小时，厨房变个样", ""),
    ],
)
def test_the_fullest_title_that_fits(where: str, title: str, expected: str) -> None:
    """Service and place are added while they fit and are seen whole; a long title gives way to a short one, never to a piece of itself."""
    assert written(platform.load(where), title=title, area="贵阳云岩").title == expected


def test_the_opening_takes_the_place_of_a_long_title() -> None:
    """The person's own short words come before ours."""
    values = {"title": LONG["title"], "hook": "油烟机两年没洗会怎样？"}
    assert written(platform.load("小红书"), **values).title == "油烟机两年没洗会怎样？"


BARE = "{% extends 'post.j2' %}{% block headlines %}{{ title }}{% endblock %}"


def test_a_title_that_fits_nowhere_is_refused_with_both_numbers(tmp_path: Path) -> None:
    """The refusal names the platform, the count, the limit and the place of the title."""
    with pytest.raises(Refusal) as refusal:
        of_own(own_template(tmp_path, caption=BARE), platform.load("抖音"), title="厨" * 31)
    (problem,) = refusal.value.problems
    assert (problem.code, problem.place, problem.exit_code) == ("VK-C001", HERE, 2)
    assert problem.message("zh") == "标题在抖音上太长了：有 31 个字，最多 30 个字"


def test_a_long_title_gives_way_to_a_plain_one() -> None:
    """Where the template has words of its own a title too long for one platform is no reason to refuse."""
    assert written(platform.load("抖音"), title="厨" * 31).title == "深度保洁前后对比"


def test_a_title_too_short_is_refused(tmp_path: Path) -> None:
    """A title under the platform's least length, with nothing to add, is told apart from one too long."""
    with pytest.raises(Refusal) as refusal:
        of_own(own_template(tmp_path, caption=BARE), platform.load("视频号"), title="厨房")
    assert refusal.value.problems[0].message("zh") == "标题在视频号上太短了：只有 2 个字，最少要 6 个字"


def test_a_body_too_long_is_refused_at_the_body() -> None:
    """800 emoji count 1600 characters: more than any short leaves room for."""
    with pytest.raises(Refusal) as refusal:
        written(platform.load("抖音"), body="🧽" * 800)
    (problem,) = refusal.value.problems
    assert (problem.code, problem.place) == ("VK-C003", Place("厨房.yaml", 9, 3))
    assert "最多只能 1000 个字" in problem.message("zh")


def test_topics_give_way_before_words_do() -> None:
    """A long body keeps the person's words and drops topics, down to three, before anything else goes."""
    values: dict[str, Any] = {"body": "擦" * 800, "people": (XIULAN,), "prices": (PRICE,)}
    made = written(platform.load("小红书"), **values, topics=tuple("甲乙丙丁戊己庚"))
    assert all(len(version.topics) == 10 for version in made.versions)
    longer = tuple(f"{word}{'很长的话题' * 3}" for word in "甲乙丙丁戊己庚辛壬癸")
    made = written(platform.load("小红书"), **values, topics=longer)
    assert all(3 <= len(version.topics) < 10 and "秀兰阿姨" in version.body for version in made.versions)


# Broken templates ---------------------------------------------------------------------------------------------------


def test_a_platform_nobody_wrote_words_for_is_refused(tmp_path: Path) -> None:
    """The refusal names the file that is missing, and stands where the platform's file asks for it."""
    text = (platform.HERE / "douyin.yaml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^id: .*", "id: village", text).replace(
        "caption_group: short-video", "caption_group: loudspeaker"
    )
    text = re.sub(r"(?m)^names: .*", "names: {zh: 村里的喇叭, en: Village, aliases: [喇叭]}", text)
    (tmp_path / "platforms").mkdir()
    (tmp_path / "platforms/village.yaml").write_text(text, encoding="utf-8")
    village = platform.load("village", (tmp_path / "platforms",))
    with pytest.raises(Refusal) as refusal:
        caption.write(brief("before-after"), village, _template("before-after"), _brand("linli"), kit.shelf(tmp_path))
    (problem,) = refusal.value.problems
    assert (problem.code, problem.exit_code) == ("VK-C004", 4)
    assert problem.place
    assert problem.place.file == "platforms/village.yaml"
    assert text.splitlines()[problem.place.line - 1] == "caption_group: loudspeaker"
    assert "caption/loudspeaker.j2" in problem.message("zh")


@pytest.mark.parametrize(
    "broken",
    [
        "{% block titles %}{{ titel }}{% endblock %}",
        "{% block titles %}",
        "{% block titles %}{{ 1 / 0 }}{% endblock %}",
        "{% block titles %}{{ title + 1 }}{% endblock %}",
        "{% block titles %}{% import '_gone.j2' as words %}{% endblock %}",
        "{% block titles %}{% import '../secret.j2' as words %}{% endblock %}",
        "{% block titles %}{{ title.__class__.__mro__ }}{% endblock %}",
        "{% block titles %}{{ pairs.__class__.__base__.__subclasses__() }}{% endblock %}",
        "{% block titles %}{{ pairs[0].update({'spot': 1}) }}{% endblock %}",
    ],
)
@pytest.mark.parametrize("name", ["caption", "caption__short-video"])
def test_a_broken_template_is_refused(tmp_path: Path, broken: str, name: str) -> None:
    """A slip, a forbidden reach outside: each is one problem naming the file, never a traceback."""
    (tmp_path / "secret.j2").write_text("", encoding="utf-8")
    start = "{% extends 'post.j2' %}" if name == "caption" else "{% extends 'caption.j2' %}"
    template = own_template(tmp_path / "mine", **{name: f"{start}\n{broken}"})
    with pytest.raises(Refusal) as refusal:
        of_own(template, platform.load("抖音"))
    (problem,) = refusal.value.problems
    assert (problem.code, problem.exit_code) == ("VK-C005", 4)
    assert problem.place is not None
    assert problem.place.file.endswith(f"{name.replace('__', '/')}.j2")


def test_a_file_that_lacks_a_block_is_refused(tmp_path: Path) -> None:
    """A platform's file that extends nothing has to have every block itself."""
    template = own_template(tmp_path, **{"caption__short-video": "{% block body %}{% endblock %}"})
    with pytest.raises(Refusal) as refusal:
        of_own(template, platform.load("抖音"))
    assert refusal.value.problems[0].code == "VK-C005"


def test_template_marks_in_a_brief_are_only_words() -> None:
    """What looks like a template in the user's text is written out, not run."""
    made = written(platform.load("抖音"), body="{{ 7 * 7 }} {% if %}")
    assert all("{{ 7 * 7 }} {% if %}" in body for body in bodies(made))


# Counting and small parts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "points", "halves"),
    [
        ("", 0, 0),
        ("三小时", 3, 3),
        ("abc", 3, 2),
        ("abcd", 4, 2),
        ("厨房A", 3, 3),
        ("厨房，", 3, 3),
        ("厨房,", 3, 3),
        ("e\u0301", 1, 1),
        ("🧽", 2, 2),
        ("✨擦", 3, 3),
        ("𮧵", 2, 2),
        ("👨‍👩‍👧", 8, 8),
    ],
)
def test_counting(words: str, points: int, halves: int) -> None:
    """Known texts by both rules; an emoji counts two, an accent on its letter counts with it."""
    assert (codepoints(words), counting.half_width(words)) == (points, halves)


@given(st.text(max_size=20), st.text(max_size=20))
def test_codepoints_add_up(left: str, right: str) -> None:
    """Joining never makes a text longer than its parts, nor shorter than composing can; form does not matter."""
    assert codepoints(left + right) <= codepoints(left) + codepoints(right)
    for form in ("NFC", "NFD"):
        assert codepoints(unicodedata.normalize(form, left)) == codepoints(left)
    assert len(unicodedata.normalize("NFC", left)) <= codepoints(left) <= 2 * len(unicodedata.normalize("NFC", left))


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_ascii_counts_half(words: str) -> None:
    """Two ASCII characters make one, rounded up."""
    assert counting.half_width(words) == -(-len(words) // 2)


@given(st.text(alphabet="厨房变个样，。！abc 12"))
def test_half_width_never_counts_more_than_codepoints(words: str) -> None:
    """Between half and the whole of the plain count."""
    assert codepoints(words) <= 2 * counting.half_width(words) <= 2 * codepoints(words)


def test_channel_titles_spell_keys_as_they_are_drawn() -> None:
    """No space stands where a key was one, and no emoji's place parts what belongs together."""
    marks = platform.load("视频号").text.title_marks
    assert counting.with_marks("1️⃣天做6️⃣处👍", marks) == "1天做6处"
    assert counting.with_marks("🔟分钟，擦窗", marks) == "10分钟 擦窗"


@given(st.text())
def test_channel_titles_hold_only_what_is_allowed(title: str) -> None:
    """Only letters, digits, the allowed marks and single spaces are left, and cleaning twice changes nothing."""
    marks = platform.load("视频号").text.title_marks
    assert marks
    clean = counting.with_marks(title, marks)
    assert all(c.isalnum() or c in marks or c == " " for c in clean)
    assert clean == " ".join(clean.split()) == counting.with_marks(clean, marks)


@given(st.lists(st.text(max_size=6)), st.integers(0, 12))
def test_topics_are_plain_few_and_different(words: list[str], most: int) -> None:
    """Letters and digits only, no repeats, not more than allowed, the first ones kept."""
    topics = counting.hashtags(words, most)
    assert len(topics) <= most
    assert all(topic.isalnum() for topic in topics)
    assert len({topic.casefold() for topic in topics}) == len(topics)


@pytest.mark.parametrize(
    ("words", "kept", "topics"),
    [
        (["深度保洁（厨房加卫生间）", "家政"], [], ("深度保洁", "家政")),
        (["家里有老人孩子也能来", "家政"], [], ("家政",)),
        (["整理收纳", "收纳整理", "家政"], [], ("整理收纳", "家政")),
        (["整理收纳", "收纳整理"], ["收纳整理"], ("整理收纳", "收纳整理")),
        (["家里有老人孩子也能来", "家政"], ["家里有老人孩子也能来"], ("家里有老人孩子也能来", "家政")),
    ],
)
def test_topics_are_what_people_look_for(words: list[str], kept: list[str], topics: tuple[str, ...]) -> None:
    """Nothing in brackets, none longer than eight characters but those that somebody wrote as topics."""
    assert counting.hashtags(words, 5, kept=kept) == topics


@every_platform
def test_places_are_counted_once(one: platform.Platform) -> None:
    """Where the opening names the places, no later line counts them anew."""
    spots = [pair("客厅", "先归堆"), pair("餐椅"), pair("椅子底下"), pair("沙发", "毯子拿出去抖"), pair("桌子")]
    made = written(one, pairs=tuple(spots), people=(XIULAN,))
    assert all(len(re.findall(r"等\d处", body)) <= 1 for body in bodies(made))


@every_platform
def test_a_closing_follows_on_what_it_rests_on(one: platform.Platform) -> None:
    """Of a story of which only a part is told, the last chapter is told before the closing line."""
    chapters = (section("起床", "爷爷醒得早"), section("早饭", "他不说话"), section("晚上", "他问我，你老家哪里的"))
    made = written(one, "story", sections=chapters, closing="就这一句，我高兴了一晚上")
    for body in bodies(made):
        assert "就这一句" not in body or "他问我，你老家哪里的？" in body or "早饭" not in body


@every_platform
def test_what_she_says_at_first_stands_in_quotation_marks(one: platform.Platform) -> None:
    """An opening that says “I” is somebody's own in every template of people."""
    for template in ("sisters", "expert", "recruit", "story"):
        made = written(one, template, hook="五十岁这年，我当了师傅")
        said = [body for body in bodies(made) if "我当了师傅" in body]
        assert all("“五十岁这年，我当了师傅。”" in body for body in said)


def test_a_short_review_is_one_sentence() -> None:
    """A few characters are neither a paragraph nor several sentences."""
    made = written(
        platform.load("抖音"), "review", review=REVIEW.model_copy(update={"text": "很干净，会再来。"}), area="贵阳"
    )
    assert not re.search("一段话|几句话|一段客户", "".join(bodies(made)))


def test_the_first_topics_stay_first() -> None:
    """A topic said twice keeps its first place; marks and blanks go."""
    assert counting.hashtags(["#家政 ", "大 扫除", "家政", "DIY", "diy", "！", "前后对比"], 4) == (
        "家政",
        "大扫除",
        "DIY",
        "前后对比",
    )


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        ("贵阳云岩", "贵阳"),
        ("贵阳观山湖区金阳街道", "贵阳"),
        ("中山路一带", "中山路一带"),
        ("清镇红枫", "清镇红枫"),
        ("贵阳市云岩区", "贵阳"),
        ("贵阳 云岩", "贵阳"),
        ("云岩、南明、观山湖", "云岩"),
        ("哈尔滨", "哈尔滨"),
        ("沙市区", "沙市区"),
        ("云岩区中华北路一带", ""),
        ("", ""),
    ],
)
def test_city(area: str, expected: str) -> None:
    """A place's short name for a topic, or nothing rather than a wrong one."""
    assert phrasing.city(area) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("擦", "擦。"),
        ("擦。", "擦。"),
        ("擦，", "擦。"),
        ("擦……", "擦……"),
        ("擦吗？", "擦吗？"),
        ("擦！。", "擦！"),
        ("她说“擦。”", "她说“擦。”"),
        ("她说“擦”", "她说“擦”。"),
        ("擦👍🏻", "擦👍🏻。"),
        ("擦！😂", "擦！😂"),
        ("你家擦过吗😂", "你家擦过吗😂？"),
        ("擦干净 😀", "擦干净 😀。"),
        ("你家灶台擦过没得 😂 👍", "你家灶台擦过没得 😂 👍？"),
        ("你家擦过吗1️⃣〽️ℹ️™", "你家擦过吗1️⃣〽️ℹ️™。"),
        ("你家擦过吗〽️ℹ️™🏴\U000e0067\U000e007f", "你家擦过吗〽️ℹ️™🏴\U000e0067\U000e007f？"),
        ("你洗过没❓", "你洗过没❓"),
        ("真干净❗️😀", "真干净❗️😀"),
        ("真的吗⁉️", "真的吗⁉️"),
        ("。", ""),
        ("", ""),
    ],
)
def test_one_stop_at_the_end(typed: str, expected: str) -> None:
    """However a note was typed, it ends with one stop."""
    assert phrasing.sentence(typed) == expected


ASKED = """
这灶台，你家擦过吗 · 你家客厅，多久没见地板了 · 你家客厅 多久没见地板了 · 这灶台，多久没擦了 · 空调多久洗一次 · 您家空调多久洗一次
你做保洁多久了 · 窗槽擦过没有 · 你家油烟机，洗过没有 · 吃饭了没有 · 看见没有 · 你家灶台，擦过没 · 灶台怎么擦 · 厨房的油怎么去
油垢擦不掉怎么办 · 该怎么办呢 · 怎么擦才不留印呢 · 你呢 · 您家呢 · 油烟机两年没洗会怎样 · 油烟机不洗，会怎么样 · 为什么先擦高处
窗槽为什么难刷 · 洗一台空调多少钱 · 做一天多少钱 · 你的师傅是谁 · 谁来做饭 · 灰藏在哪儿 · 家里哪儿难收拾 · 家里哪儿最难擦
您家哪个房间最难收拾 · 你想学什么 · 你最怕什么 · 你家有几台空调 · 你们几点来
在家带娃十年了出来还行不行 · 四十五岁了，还行不行呢 · 这样擦对不对 · 这双手是不是很粗 · 老人家能不能坐电梯 · 家里有没有人带
你摸摸，烫不烫 · 四十五岁了，我还行不行 · 我不识字，能不能来 · 你家床底下扫过没得 · 饭吃完没得 · 看到没得
"""
NOT_ASKED = """
睡了多久，都记下来 · 吃了多少、睡了多久，都记下来 · 没多久 · 没多久就干净了 · 不知道多久没擦了 · 忘了多久没洗 · 多久没洗的油烟机，也擦得出来
不管多久没洗 · 几分钟就好 · 多擦几遍 · 给您多擦几遍 · 擦了十几遍 · 来坐几天 · 几个人一起擦 · 没几个人呢 · 几年没洗了 · 您说几点就几点
什么都要擦 · 什么都没有 · 没什么难的 · 没什么难的呢 · 你要什么给什么 · 您不用带什么 · 您要的什么都有 · 您有什么事喊我们一声 · 您有什么要求，先说
谁都能学 · 谁来都一样 · 谁来谁洗 · 谁想学，来坐坐 · 谁先来谁先学 · 谁家的活谁干 · 无论是谁 · 怎么擦都不亮 · 不怎么脏 · 说说是怎么做的
一步一步教你怎么擦 · 看看怎么擦 · 关键是怎么擦 · 怎么省事怎么来 · 想怎么擦就怎么擦 · 夜里孩子哭，我先想春燕姐怎么做 · 师傅怎么做，我就怎么做
师傅怎么擦，我怎么擦 · 这样怎么会干净 · 这就是为什么先擦高处 · 哪儿都干净 · 哪里脏擦哪里 · 指哪儿擦哪儿 · 哪里不对，当场改 · 您哪里不满意，当场说
走之前还带我看了一遍，问我哪里不满意 · 先看哪儿最脏 · 您家哪儿不干净马上补 · 您放心，哪儿脏我擦哪儿 · 家里哪儿脏我擦 · 哪里脏了喊一声 · 哪天有空来坐坐
看看行不行 · 她问我她行不行 · 行不行，试了才晓得 · 好不好看手艺 · 贵不贵要看用料 · 记住东西放在哪儿 · 原来放在哪里，放回哪里 · 告诉您多少钱 · 先说好多少钱 · 先报价多少钱 · 灰一点都没有 · 灰一点都没得 · 油都擦完没得 · 下脚的地方都没得 · 一个人也没有 · 油垢没有了 · 还好没有
娃娃哭了，我先摸摸是不是尿了 · 晚上我摸摸她手凉不凉 · 隔一会儿摸摸额头烫不烫 · 用手背试奶烫不烫 · 洗完闻一下还有没有味 · 打开水龙头试一下漏不漏
喊一声奶奶，应不应 · 翻开垫子瞧瞧有没有虫 · 我怕她冷不冷 · 先掂掂沉不沉
第几步、做什么、怎么做 · 认得出家在哪里 · 油都擦了没有 · 看看擦干净了没有 · 问清楚擦过没有 · 还早着呢 · 正擦着呢 · 好着呢 · 擦
"""


def listed(words: str) -> list[str]:
    """The examples of a list."""
    return [one.strip() for line in words.strip().splitlines() for one in line.split("·")]


@pytest.mark.parametrize("typed", listed(ASKED))
def test_a_plain_question_ends_with_its_mark(typed: str) -> None:
    """What plainly asks gets a question mark, however it was typed."""
    assert phrasing.sentence(typed) == phrasing.sentence(f"{typed}。") == f"{typed}？"


@pytest.mark.parametrize("typed", listed(NOT_ASKED))
def test_a_statement_with_a_question_word_keeps_its_stop(typed: str) -> None:
    """怎么擦都不亮 asks nothing; in doubt a sentence ends with a stop."""
    assert phrasing.sentence(typed) == f"{typed}。"


def test_an_opening_that_asks_has_its_mark_on_every_platform() -> None:
    """Typed without it; a text of the shop's own that begins with the opening says it once."""
    for one in PLATFORMS:
        asked = written(one, hook="你家客厅，多久没见地板了")
        assert sum(body.startswith("你家客厅，多久没见地板了？") for body in bodies(asked)) == 1
        own = written(one, hook="你家客厅，多久没见地板了", body="你家客厅，多久没见地板了。我们去了三个人。")
        assert not any(body.count("多久没见地板了") > 1 for body in bodies(own)) or one.text.digest_max


# Topics ---------------------------------------------------------------------------------------------------------------


def scene(template: str = "story", **values: Any) -> str:
    """The topic of what is told, which stands behind the service's own and before those of the kind of post; nothing when there is none."""
    plain = {
        "家政服务达人",
        "劳动者",
        "打工人的一天",
        "前后对比",
        "客户评价",
        "清洁日常",
        "家政技巧",
        values.get("service", ""),
    }
    plain |= {one.craft.replace("、", "") for one in values.get("people", ())}
    (found,) = {
        one for one in written(platform.load("抖音"), template, **values).versions[0].topics if one not in plain
    } or {""}
    return found


@pytest.mark.parametrize(
    ("craft", "title", "chapters", "topic"),
    [
        ("养老护理员", "陪张奶奶的一天", "出门 开窗 做饭", "居家养老"),
        ("养老护理员", "陪张奶奶的一天", "出门 助浴 厨房", "居家养老"),
        ("陪护", "早上六点半", "买菜 擦窗", "居家养老"),
        ("养老护理员", "早上六点半", "开窗 助浴", "养老护理"),
        ("养老护理员", "早上六点半，到养老院", "开窗 陪奶奶", "养老护理"),
        ("护工", "医院的夜班", "擦窗 喂饭", ""),
        ("护理员", "早上六点半", "开窗 浴室", ""),
        ("月嫂", "第一个月", "开窗 卫生间 给奶奶打电话", "母婴护理"),
        ("母婴护理师", "夜里三点", "厨房 换尿布", "母婴护理"),
        ("育婴师", "爬到地板上", "玻璃罐 沙发", "育儿"),
        ("育儿嫂", "陪宝宝", "下厨 厨房", "育儿"),
        ("厨师", "家常味", "灶台 厨房 擦油烟机", ""),
        ("保洁师、月嫂", "两样活", "厨房 开窗", ""),
        ("保洁师", "给王奶奶家擦窗户", "到场 收尾", "擦玻璃"),
        ("保洁师", "陪张奶奶说话", "到场 开窗", ""),
        ("保洁师", "窗台上的花", "到场 玻璃罐 下厨房", ""),
        ("皮具护理师", "沙发擦亮了", "打蜡", "沙发清洁"),
        ("家电清洗", "空调里的灰", "拆开 清洗", "空调清洗"),
        ("", "陪张奶奶的一天", "开窗 做饭", "居家养老"),
        ("", "给王奶奶家擦窗户", "到场 收尾", "擦玻璃"),
        ("", "给王奶奶家帮忙", "到场 收尾", ""),
        ("", "玻璃罐里的糖", "下厨 爬到地板上 滤网", ""),
        ("", "开窗以后", "浴巾 坐沙发上", ""),
        ("保姆", "住家第三年", "厨房 给孩子洗澡", ""),
        ("保姆", "灶台擦了三遍", "厨房", "厨房清洁"),
    ],
)
def test_a_story_has_the_topic_of_its_line_of_work(craft: str, title: str, chapters: str, topic: str) -> None:
    """Whoever cares for somebody cleans no windows; no topic rather than a wrong one."""
    told_in = tuple(section(one) for one in chapters.split())
    people = (Person(name="春燕姐", craft=craft),)
    assert scene(title=title, people=people, sections=told_in) == topic


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("深度保洁、收纳", "clean"),
        ("产后护理", "baby"),
        ("老人陪护", "elder"),
        ("地板护理", ""),
        ("月子餐", "other"),
        ("保洁、做饭", "other"),
        ("空调维修和安装", "other"),
        ("擦一擦", ""),
    ],
)
def test_words_tell_a_line_of_work(words: str, line: str) -> None:
    """By the table that photos' labels follow as well; where several are told it is another."""
    assert phrasing.line_of_work(words) == line


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("3.5小时，含厨房；1,200元封顶", ("3.5小时", "含厨房", "1,200元封顶")),
        ("含滤网！外机另计", ("含滤网", "外机另计")),
        ("两台,外机另计", ("两台", "外机另计")),
    ],
)
def test_conditions_part_at_their_marks(words: str, parts: tuple[str, ...]) -> None:
    """A mark within a number parts nothing."""
    assert phrasing.clauses(words) == parts


@pytest.mark.parametrize(
    ("template", "service", "title", "spot", "topic"),
    [
        ("before-after", "深度保洁", "今天的活", "淋浴房", "卫生间清洁"),
        ("before-after", "深度保洁", "今天的活", "窗槽", "擦玻璃"),
        ("before-after", "深度保洁", "厨房去油", "客厅", "厨房清洁"),
        ("before-after", "全屋收纳保洁", "今天的活", "客厅", "收纳整理"),
        ("before-after", "窗帘清洗", "今天的活", "窗帘", ""),
        ("before-after", "空调维修", "今天的活", "空调", ""),
        ("before-after", "地板护理", "今天的活", "地板", "地面清洁"),
        ("before-after", "家政服务", "今天的活", "灶台", "厨房清洁"),
        ("case", "宝宝衣物清洗", "今天的活", "袖口", ""),
        ("case", "家电清洗", "空调有味", "滤网", "空调清洗"),
        ("review", "深度保洁", "窗槽都给刷干净了", "", "擦玻璃"),
        ("review", "深度保洁", "玻璃罐都给摆好了", "", ""),
        ("review", "育婴", "窗台都擦了", "", "育儿"),
        ("review", "居家养老陪护", "沙发也擦了", "", "居家养老"),
        ("steps", "深度保洁", "今天的活", "", "大扫除"),
        ("steps", "家电清洗", "今天的活", "", ""),
        ("steps", "月子护理", "今天的活", "", "母婴护理"),
    ],
)
def test_a_service_has_the_topic_of_what_was_done(
    template: str, service: str, title: str, spot: str, topic: str
) -> None:
    """By the places and the service first, by the title then."""
    values: dict[str, Any] = {"pairs": (pair(spot),)} if spot else {}
    assert scene(template, service=service, title=title, **values) == topic


@every_platform
@pytest.mark.parametrize("template", ["review", "steps", "story", "expert"])
def test_who_cares_for_somebody_is_not_told_as_cleaning(one: platform.Platform, template: str) -> None:
    """No topic, question or closing of our own about cleaning under a post of care."""
    values: dict[str, Any] = {"service": "月子护理"} if template in {"review", "steps"} else {}
    plain = (section("开窗", "先透气"), section("厨房", "汤要炖得烂一点"), section("收尾", "都记下来"))
    values |= {} if template == "review" else {"sections": plain[: 2 if template == "expert" else 3]}
    values |= {"advice": "夜里少开灯"} if template == "expert" else {}
    made = written(one, template, people=(Person(name="桂芬姐", craft="月嫂"),), **values)
    own = " ".join(
        (
            *(topic for version in made.versions for topic in version.topics),
            *(body.splitlines()[-1] for body in bodies(made)),
        )
    )
    assert not re.search(r"清洁|清洗|扫|擦|收拾", own)


# Wording ---------------------------------------------------------------------------------------------------------------


def test_the_first_place_is_not_named_twice() -> None:
    """A place told alone in the opening is left out where the others are named."""
    pairs = (pair("客厅", "先把衣服收走"), pair("餐桌边", "用小吸头慢慢吸"), pair("小书桌", "桌面擦两遍"))
    seen = set()
    for number in range(40):
        made = written(platform.load("抖音"), title=f"第{number}号活", pairs=pairs)
        for body in bodies(made):
            first, rest = body.split("\n", 1)
            told = rest.rpartition("\n")[0]
            for one in pairs:
                if first.startswith((f"{one.spot}：", f"先看{one.spot}")):
                    assert one.spot not in told
                    seen |= set(re.findall(r".+，前后也都拍下来了。", told))
    assert "餐桌边、小书桌，前后也都拍下来了。" in seen


SHORTEST: dict[str, dict[str, Any]] = {
    "before-after": {"service": "保洁", "pairs": (pair("桌"),)},
    "case": {"service": "保洁", "problem": "落灰了", "pairs": (pair("灯"),), "result": "亮了"},
    "steps": {"service": "保洁", "sections": tuple(map(section, "看擦收"))},
    "story": {"people": (Person(name="杨姐"),), "sections": tuple(map(section, "去做回"))},
    "expert": {"people": (Person(name="杨姐"),), "sections": tuple(map(section, "去做")), "advice": "慢慢来"},
}
"""Briefs whose places and headings are single characters, by template."""


@every_platform
@pytest.mark.parametrize("template", SHORTEST)
def test_a_place_or_heading_of_one_character_stands_in_no_sentence(one: platform.Platform, template: str) -> None:
    """桌 is nothing a home has, 从看到收 is 看到; headings of one character stand in one line together, and every line ends with a mark."""
    for number in range(12):
        said = bodies(written(one, template, title=f"第{number}号活", **SHORTEST[template]))
        words = "\n".join(said)
        assert not re.search(
            "家[桌灯]|[桌灯](?:的|原来)|(?:^|先看|还有)[桌灯][，。]|^先看原来的样子。|从[看去]到|中间是|步，[看收]",
            words,
            re.MULTILINE,
        ), words
        lines = (line for body in said for line in body.splitlines() if line and not line.startswith("服务项目"))
        assert all(line[-1] in "。？！”" for line in lines), words
        if template == "steps" and one.id == "douyin":
            assert all("看、擦、收，三步做完。" in body for body in said)


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({"pairs": (pair("灶台", "灯"), pair("水槽", "先泡再擦"))}, "水槽：先泡再擦。"),
        ({"pairs": (pair("灶台", "铲刀铲,铲完再拖3遍"),)}, "灶台：铲刀铲，铲完再拖3遍。"),
        ({"hook": "你家床底下扫过没得", "pairs": (pair("床底下"),)}, "你家床底下扫过没得？"),
        ({"pairs": (pair("客厅", "先收衣服"), pair("书架", "一本一本擦"), pair("椅子"))}, "客厅：先收衣服。\n书架：一本一本擦。\n还有椅子。"),
    ],
)  # fmt: skip
def test_the_first_version_keeps_the_briefs_words_and_order(values: dict[str, Any], wanted: str) -> None:
    """Places follow each other as in the brief; a single character explains nothing; commas and questions have their marks."""
    for number in range(12):
        made = bodies(written(platform.load("抖音"), title=f"第{number}号活", **values))
        assert made[0].startswith(wanted)
        assert not any(line.startswith("说说") or line == "灶台：灯。" for body in made for line in body.splitlines())


def test_a_place_of_one_character_begins_no_post_and_nothing_follows_it() -> None:
    """Its note stands with it, never first; behind it the other place is not said to be a further one."""
    values: dict[str, Any] = {"hook": "", "pairs": (pair("灯", "先拆下来擦"), pair("餐桌"))}
    said = [body for n in range(12) for body in bodies(written(platform.load("抖音"), title=f"第{n}号活", **values))]
    assert any("\n餐桌也收拾了。\n" in body for body in said)
    assert not any(body.startswith("灯：") or "还有餐桌" in body for body in said)


def test_the_place_the_title_names_comes_first() -> None:
    """What is said of the other places follows in their order; up to four stand by name, and how many there are is said once."""
    pairs = tuple(
        pair(*one)
        for one in (("客厅", "先把衣服收走"), ("餐桌", "只留要用的"), ("椅子", "椅背的缝刷一遍"), ("院子", ""))
    )
    for number in range(12):
        made = written(
            platform.load("抖音"), title=f"客厅堆了半年，第{number}天收拾出来", hook="", keyword="", pairs=pairs
        )
        for body in bodies(made):
            first = body.split("\n", 1)[0]
            assert not first.startswith(("餐桌：", "椅子："))
            assert not re.search("等.处", body)
    five = (*pairs, pair("书架", ""))
    said = {
        body
        for n in range(12)
        for body in bodies(written(platform.load("抖音"), title=f"第{n}号活", hook="", pairs=five))
    }
    assert any("客厅、餐桌、椅子等五处" in body for body in said)
    assert not any("五个地方" in body and "五处" in body for body in said)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("到场确认", "地面和验收", "从到场确认到地面和验收，"),
        ("先把东西搬出来", "请您验收", "从“先把东西搬出来”到“请您验收”，"),
    ],
)
def test_headings_that_are_sentences_stand_in_quotation_marks(first: str, last: str, said: str) -> None:
    """从先把东西搬出来到请您验收 is none."""
    sections = tuple(Section(title=one, lines=("慢慢来",)) for one in (first, "灶台", last))
    made = [written(platform.load("抖音"), "steps", title=f"{n}号房", hook="", sections=sections) for n in range(12)]
    assert any(said in body for one in made for body in bodies(one))
    assert not any(f"从{first}到" in body for one in made for body in bodies(one)) or "“" not in said


def test_words_of_a_death_are_followed_by_no_household_question() -> None:
    """Whoever lost her mother is not asked when she is satisfied with cleaning."""
    grave = REVIEW.model_copy(update={"text": "我妈走了以后，那个房间我两年没进去过。来的阿姨没有催我。"})
    for one, quiet in ((grave, True), (REVIEW, False)):
        made = (written(platform.load("抖音"), "review", review=one, title=f"{n}号") for n in range(9))
        said = "".join(body for each in made for body in bodies(each))
        asked = re.search("满意？|在意哪一处|收拾？|一回？|怎么.？|搭把手|忙不过来", said.replace(one.text, ""))
        assert not asked if quiet else asked


def test_everyday_words_are_no_grief() -> None:
    """A baby cries every day, steps are walked, stains are gone, 懒癌 is no illness; a death stays one, however it is said."""
    for fine in (
        "懒癌患者的福音",
        "宝宝一哭她就抱起来",
        "孩子不哭了",
        "笑哭了",
        "油渍不在了",
        "奶奶走了十分钟",
        "老人走了一圈",
        "笑出了眼泪",
    ):
        assert not phrasing.is_grave(fine), fine
    for grave in ("奶奶走了以后", "爸爸走了三年", "老伴早就不在了", "她抱着我哭", "孩子抱着她腿哭", "查出肝癌"):
        assert phrasing.is_grave(grave), grave


def test_notes_in_one_line_say_whose_they_are() -> None:
    """灶台：…；水槽：…: a note alone says nothing of where."""
    notes = {
        line
        for n in range(40)
        for body in bodies(written(platform.load("抖音"), title=f"第{n}号活"))
        for line in body.splitlines()
        if "；" in line
    }
    assert notes == {"灶台：先喷清洁剂，放十分钟再擦；水槽：水垢用柠檬酸敷一刻钟。"}


@every_platform
def test_an_article_says_nothing_twice(one: platform.Platform) -> None:
    """What its opening told of a place or a chapter does not stand there again."""
    if not one.text.digest_max:
        return
    for number in range(12):
        for template in ("before-after", "steps", "story"):
            made = written(one, template, title=f"第{number}号活")
            article = dict(made.papers)["article.txt"].split("【正文】\n")[1].split("【另外")[0]
            for told_once in ("先喷清洁剂，放十分钟再擦", "先高后低，灰不会落第二次", "进门先穿鞋套，和您看一遍重点"):
                assert article.count(told_once) <= 1


@pytest.mark.parametrize(("day", "walk"), [("11月3日 周二", "走一天"), ("", "走一趟")])
def test_a_story_is_walked_along(day: str, walk: str) -> None:
    """The opening that names the first and the last chapter is a whole sentence; a day only where the brief names one."""
    found = {
        body.splitlines()[0]
        for n in range(40)
        for body in bodies(written(platform.load("抖音"), "story", title=f"第{n}号活", day=day, people=(XIULAN,)))
    }
    assert f"跟着干了8年保洁的秀兰阿姨{walk}，从到场确认到厨房去油。" in found
    assert not [line for line in found if line.endswith("秀兰阿姨，从到场确认到厨房去油。")]


@every_platform
def test_recruiting_says_what_work_it_is(one: platform.Platform) -> None:
    """招什么工, in posts and in the article, with a text of the shop's own too."""
    for body in ("", BODY):
        made = written(one, "recruit", jobs=("保洁师", "家电清洗"), body=body)
        words = "\n".join(all_words(made))
        assert "招什么：" not in words
        assert (
            "招什么工：保洁师、家电清洗" in words or "招的是保洁师、家电清洗" in words or "招保洁师、家电清洗" in words
        )


def test_whose_pupil_she_is_is_said_once() -> None:
    """Where the opening said it of the first, the others are pupils too."""
    people = (XIULAN, MEIHUA, Person(name="春燕姐", craft="养老护理员", taught_by="秀兰阿姨", quote="跟着慢"))
    lines = [
        body.splitlines()
        for n in range(40)
        for body in bodies(written(platform.load("抖音"), "sisters", title=f"第{n}号", people=people))
    ]
    after = {
        line
        for first, *rest in lines
        if first == "美华的师傅，是秀兰阿姨。"
        for line in rest
        if line.endswith("学的。")
    }
    others = {
        line
        for first, *rest in lines
        if first != "美华的师傅，是秀兰阿姨。"
        for line in rest
        if line.endswith("学的。")
    }
    assert after == {"春燕姐也跟秀兰阿姨学的。"}
    assert others == {"美华和春燕姐跟秀兰阿姨学的。"}


@pytest.mark.parametrize(
    "typed", ["别急着擦", "别急着擦。", "“别急着擦。”", '"别急着擦"', "「别急着擦」", " 别急着擦， "]
)
def test_a_quote_has_one_pair_of_marks(typed: str) -> None:
    """However a quote was typed, it stands in one pair of marks."""
    assert phrasing.quoted(typed) == "“别急着擦。”"


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (Person(name="秀兰阿姨"), "活是秀兰阿姨干的。"),
        (Person(name="秀兰阿姨", craft="保洁师"), "活是保洁师秀兰阿姨干的。"),
        (Person(name="秀兰阿姨", years=8), "秀兰阿姨干这行8年了。"),
        (Person(name="秀兰阿姨", craft="保洁师", years=8), "秀兰阿姨干保洁8年了。"),
        (Person(name="秀兰阿姨", craft="保洁师", years=0), "活是保洁师秀兰阿姨干的。"),
        (Person(name="秀兰阿姨", quote="慢慢擦"), "秀兰阿姨说：“慢慢擦。”"),
        (Person(name="秀兰阿姨", craft="保洁师", quote="慢慢擦"), "保洁师秀兰阿姨说：“慢慢擦。”"),
        (Person(name="秀兰阿姨", craft="裁缝师傅", years=8), "秀兰阿姨当裁缝师傅8年了。"),
    ],
)
def test_a_person_is_told_with_what_is_known(person: Person, expected: str) -> None:
    """Name alone, with craft, with years, with words of her own: one whole sentence each time, nothing guessed."""
    for body in bodies(written(platform.load("抖音"), people=(person,))):
        assert [line for line in body.splitlines() if "秀兰" in line] == [expected]


@pytest.mark.parametrize(
    ("person", "ways"),
    [
        (
            XIULAN,
            (
                "干了8年保洁的秀兰阿姨说：“别急着擦，先让清洁剂待一会儿。”",
                "秀兰阿姨干保洁8年了，有句话：“别急着擦，先让清洁剂待一会儿。”",
                "“别急着擦，先让清洁剂待一会儿。”——秀兰阿姨，干保洁8年。",
            ),
        ),
        (
            Person(name="秀兰阿姨", years=8, quote="慢慢擦"),
            (
                "干这行8年的秀兰阿姨说：“慢慢擦。”",
                "秀兰阿姨干这行8年了，有句话：“慢慢擦。”",
                "“慢慢擦。”——秀兰阿姨，干这行8年。",
            ),
        ),
    ],
)
def test_words_of_her_own_are_brought_in_three_ways(person: Person, ways: tuple[str, ...]) -> None:
    """No two versions introduce her alike; as an opening her words may come in any of the ways."""
    for body, way in zip(bodies(written(platform.load("抖音"), people=(person,))), ways, strict=True):
        (found,) = (line for line in body.splitlines() if "秀兰" in line)
        assert found == way or (found in ways and body.startswith(found))


@pytest.mark.parametrize(
    ("craft", "said"),
    [
        ("保洁师", "干保洁"),
        ("收纳师", "做收纳"),
        ("养老护理员", "做养老护理"),
        ("月嫂", "当月嫂"),
        ("家电清洗", "洗家电"),
        ("裁缝师傅", "当裁缝师傅"),
        ("住家阿姨", "当住家阿姨"),
        ("家电师傅", "当家电师傅"),
        ("擦窗师傅", "擦窗户"),
        ("空调清洗师傅", "洗空调"),
        ("做饭阿姨", "做饭"),
        ("裁缝", "做裁缝"),
        ("手工", "做手工"),
    ],
)
def test_a_craft_is_said_as_one_says_it(craft: str, said: str) -> None:
    """With its own verb where we know it, 师傅 and 阿姨 or not; one we do not know stays whole, behind 当 where it is somebody."""
    assert "".join(phrasing.doing(craft)) == said
    for template in ("story", "sisters", "expert", "recruit"):
        person = Person(name="秀兰阿姨", craft=craft, years=8, quote="慢慢擦")
        people = (person, MEIHUA) if template == "sisters" else (person,)
        words = "\n".join(all_words(written(platform.load("抖音"), template, people=people)))
        assert f"做了8年{craft}" not in words or said == f"做{craft}"
        assert said in words or f"{said[0]}了8年{said[1:]}" in words


def test_a_verb_of_a_craft_takes_a_number_of_years() -> None:
    """给人了3年做饭 is no Chinese: every verb of the table is one character that 了 may follow."""
    assert {verb for verb, _ in table("crafts")["crafts"].values()} <= set("干做当洗擦")


def test_headings_stand_in_a_row_only_where_they_are_things_to_do() -> None:
    """出门、买菜、做饭 may; 第一单、路上 may not, and a heading with nothing under it is left out."""
    day = (section("出门", "天还没亮"), section("第一单"), section("路上", "吃个馍"), section("收工", "腿酸"))
    errands = tuple(section(title, f"{title}的时候") for title in ("出门", "买菜", "做饭", "回家"))
    for template, number in itertools.product(("story", "steps", "expert"), range(12)):
        for sections in (day, errands):
            made = written(platform.load("抖音"), template, sections=sections, title=f"第{number}号活")
            lines = [line for body in bodies(made) for line in body.splitlines()]
            assert not [
                line for line in lines if re.search("、路上、|第一单、|是第一单|^([0-9]. )?第一单$|这一步，叫", line)
            ]
    walked = (bodies(written(platform.load("抖音"), "story", sections=errands, title=f"第{n}号")) for n in range(12))
    assert any("买菜、做饭" in body for made in walked for body in made)


@pytest.mark.parametrize(
    ("title", "doing"),
    [
        ("出门", True),
        ("厨房去油", True),
        ("看房", True),
        ("沙发", False),
        ("路上", False),
        ("洗手间", False),
        ("出风口", False),
    ],
)
def test_what_one_does_is_told_from_things(title: str, doing: bool) -> None:  # noqa: FBT001  # a table
    """By the verb a heading begins or ends with, never by a thing's name that begins like one."""
    assert phrasing.is_doing(title) == doing


def test_an_i_in_a_story_is_hers() -> None:
    """Where she says 我 once, all of her telling stands between quotation marks, not half of it; where she does not, none."""
    sections = (section("出门", "天冷，我抱着工具包"), section("收工", "走了两万步"), section("回家", "“我累了”，她说"))
    for template in ("story", "expert"):
        for made in (
            bodies(written(platform.load("抖音"), template, sections=sections, title=f"第{n}号")) for n in range(9)
        ):
            for body in made:
                assert "我抱着工具包" not in body or "“天冷，我抱着工具包。”" in body
                assert "走了两万步" not in body or "“走了两万步。”" in body
                assert "我累了" not in body or "“‘我累了’，她说。”" in body
    plain = (section("出门", "天冷"), section("收工", "走了两万步"))
    told_of = bodies(written(platform.load("抖音"), "story", sections=plain))
    assert not [body for body in told_of if "“走了两万步" in body]
    article = dict(written(platform.load("公众号"), "story", sections=sections).papers)["article.txt"]
    assert "\n“天冷，我抱着工具包。”\n" in article or article.count("我抱着工具包") == 1


DOUYIN = next(one for one in PLATFORMS if one.id == "douyin")
HIRING = (
    Section(title="招哪个", lines=("招保洁师，不看文凭",)),
    Section(title="咋个学", lines=("先学七天，不收一分钱",)),
)
OLD_TRADE = (
    Section(title="起头", lines=("我看到招工的广告，就来了",)),
    Section(title="绝活", lines=("先喷清洁剂，等十分钟",)),
)


@pytest.mark.parametrize(
    ("sections", "advice", "asked", "topic"),
    [
        (HIRING, "怕做不好的，先来看一天再说", "工资怎么算", "家政招聘"),
        (OLD_TRADE, "别急着擦，先让清洁剂待十分钟", "这个办法，您试过吗？", "家政技巧"),
        (OLD_TRADE, "莫慌，哪个都是从不会到会的", "这句话，您想说给谁听？", ""),
    ],
)
def test_an_expert_who_hires_asks_about_the_work(
    sections: tuple[Section, ...], advice: str, asked: str, topic: str
) -> None:
    """Only advice about work is a method one tries; where people are looked for, questions and topics are those of hiring."""
    made = written(DOUYIN, "expert", title="听我说几句", people=(XIULAN,), sections=sections, advice=advice)
    everything = "\n".join(bodies(made))
    assert asked in everything
    assert ("试过吗" in everything) == (topic == "家政技巧")
    topics = {one for version in made.versions for one in version.topics}
    assert topics & {"家政招聘", "家政技巧"} == {topic} - {""}


@pytest.mark.parametrize("template", ["expert", "story"])
@pytest.mark.parametrize(
    ("area", "title"), [("贵阳观山湖", "周嫂的一天｜贵阳观山湖月嫂"), ("", "周嫂的一天｜当月嫂9年")]
)
def test_a_title_says_her_name_once(template: str, area: str, title: str) -> None:
    """Behind a title that names her stand place and trade, or how long she has done it."""
    who = Person(name="周嫂", craft="月嫂", years=9)
    made = written(DOUYIN, template, title="周嫂的一天", people=(who,), area=area)
    assert made.title == title
    assert all(one.count("周嫂") == 1 for one in made.others if "周嫂的一天" in one)


@pytest.mark.parametrize(
    ("title", "behind"), [("王女士的好评", "贵阳南明深度保洁"), ("窗槽都刷了", "贵阳南明深度保洁客户评价")]
)
def test_a_title_says_once_that_a_customer_wrote(title: str, behind: str) -> None:
    """Behind a title that calls it one already, no 客户评价 stands."""
    made = written(DOUYIN, "review", title=title, area="贵阳南明", service="深度保洁")
    assert made.title == f"{title}｜{behind}"


@pytest.mark.parametrize("hook", ["", "罗爷爷中风三年了"])
def test_nobodys_illness_begins_a_post(hook: str) -> None:
    """A line that tells what a customer is ill with is no first sentence; one that does not, is."""
    sections = (
        Section(title="吃药", lines=("罗爷爷中风三年了，左边手脚不方便",)),
        Section(title="康复", lines=("扶到走廊走两圈，我数着步子",)),
        Section(title="摆龙门阵", lines=("他有老年痴呆，我就听他摆以前的事",)),
    )
    made = written(DOUYIN, "story", people=(XIULAN,), sections=sections, hook=hook)
    first = [body.splitlines()[0] for body in bodies(made)]
    assert not any(word in line for line in first for word in ("中风", "痴呆"))
    assert "“扶到走廊走两圈，我数着步子。”" in first


def test_a_date_is_no_title() -> None:
    """…｜11月18日 says nothing to whoever scrolls past."""
    for one in PLATFORMS:
        made = written(one, "story", title="三单", day="11月18日 周三", people=(XIULAN,))
        assert not any("11月18日" in title for title in (made.title, *made.others))


def test_hiring_says_the_work_before_the_course() -> None:
    """Whatever comes first, no opening tells of the course before the work, and no version ends like a helpline."""
    station = brief("recruit", area="贵阳云岩")
    for number in range(20):
        made = station.model_copy(update={"title": f"第{number}号"})
        for body in bodies(told(made, platform.load("抖音"), "tongxing")):
            assert not body.startswith("先学七天")
            assert "说说话" not in body


def test_a_line_of_work_is_no_name_for_a_person() -> None:
    """保洁师秀兰 is said, 家电清洗美华 is not."""
    told = "\n".join(bodies(written(platform.load("抖音"), "recruit", people=(MEIHUA,))))
    assert "洗了3年家电的美华说：“有师傅带，不怕。”" in told
    assert "家电清洗美华" not in told
    plain = MEIHUA.model_copy(update={"years": None, "quote": ""})
    assert "活是美华干的。" in bodies(written(platform.load("抖音"), people=(plain,)))[0].splitlines()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"area": "贵阳云岩"}, "我们在贵阳云岩做深度保洁。"),
        ({"prices": (PRICE,)}, "深度保洁：199元/次（3小时，厨房和卫生间）。"),
        (
            {"area": "贵阳云岩", "prices": (PRICE,)},
            "我们在贵阳云岩做深度保洁，199元/次（3小时，厨房和卫生间）。",
        ),
        (
            {
                "prices": (
                    PRICE.model_copy(update={"unit": "元/小时", "starting": True, "conditions": "拆洗（侧吸）另计。"}),
                )
            },
            "深度保洁：199元/小时起，拆洗（侧吸）另计。",
        ),
        (
            {"prices": (PRICE,), "valid_until": "2026-12-31"},
            "深度保洁：199元/次（3小时，厨房和卫生间），有效期到2026年12月31日。",
        ),
    ],
)
def test_place_and_price(values: dict[str, Any], expected: str) -> None:
    """Place and price in one sentence where they belong together; an opening that said the place already is not repeated."""
    for body in bodies(written(platform.load("抖音"), **values)):
        first, *lines = body.splitlines()
        said = "贵阳云岩" in first
        assert (expected in lines) != said
        assert body.count("贵阳云岩") == ("area" in values)


def test_caption_text_has_the_parts_to_copy() -> None:
    """Title, then each version in one piece with its topics; a part that is empty has no heading."""
    versions = tuple(caption.Version(f"{word}洗完了。", ("家政", "保洁")) for word in "甲乙丙")
    assert caption.text(caption.Caption("三小时", ("厨房",), versions), platform.load("抖音")) == (
        "抖音\n\n【标题】\n三小时\n\n【备选标题】\n厨房\n"
        "\n════ 版本一 ════\n\n【正文】\n甲洗完了。\n\n#家政 #保洁\n"
        "\n════ 版本二 ════\n\n【正文】\n乙洗完了。\n\n#家政 #保洁\n"
        "\n════ 版本三 ════\n\n【正文】\n丙洗完了。\n\n#家政 #保洁\n"
    )
    bare = caption.Caption("", (), (caption.Version("洗完了。", ()),))
    assert caption.text(bare, platform.load("朋友圈")) == "朋友圈\n\n════ 版本一 ════\n\n【正文】\n洗完了。\n"


@pytest.mark.parametrize(
    ("words", "time", "people"),
    [
        ("3小时1人，厨房和卫生间", "3小时", "1人"),
        ("两个人，半天", "半天", "两个人"),
        ("两个人起做4小时起收", "4小时起", "两个人起"),
        ("2人起，1人起床", "", "2人起"),
        ("1人起床洗脸", "", "1人"),
        ("2小时起，工具我们带", "2小时起", ""),
        ("4.5小时", "4.5小时", ""),
        ("厨房和卫生间", "", ""),
        ("", "", ""),
    ],
)
def test_time_and_people_are_read_from_conditions(words: str, time: str, people: str) -> None:
    """Only what the words say."""
    assert (phrasing.duration(words), phrasing.heads(words)) == (time, people)


@pytest.mark.parametrize(("number", "said"), [(1, "一"), (2, "两"), (7, "七"), (10, "10"), (0, "0")])
def test_small_numbers_are_spelled(number: int, said: str) -> None:
    """两个, 七步, 10 张."""
    assert phrasing.counted(number) == said

"""Captions: every platform's limits kept, every word from the brief, no holes where something is left out."""

from __future__ import annotations

import itertools
import os
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidkit import caption, platform
from vidkit.brief import Brief, Pair, Person, Photo, Price
from vidkit.problems import Place, Refusal

ROOT = Path(__file__).parents[1]
TEMPLATE = ROOT / "templates" / "before-after"
GOLDEN = Path(__file__).parent / "golden" / "captions"
PLATFORMS = platform.all_platforms()
every_platform = pytest.mark.parametrize("one", PLATFORMS, ids=lambda one: one.id)

HERE = Place("厨房.yaml", 3, 5)
PHOTO = Photo(name="a.jpg", path=Path("a.jpg"), place=HERE)
XIULAN = Person(name="秀兰阿姨", craft="保洁师", years=8, quote="别急着擦，先让清洁剂待一会儿")
PRICE = Price(item="深度保洁", amount="199", unit="次", conditions="3小时，厨房和卫生间")
BODY = "孩子在客厅写作业，我们在厨房洗。\n洗完请主人家一处一处看过。"


def pair(spot: str, note: str = "") -> Pair:
    """A pair whose photos do not matter here."""
    return Pair(spot=spot, before=PHOTO, after=PHOTO, note=note)


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


def brief(**values: Any) -> Brief:
    """A brief with the short one's words where nothing else is said."""
    places = (("title", HERE), ("body", Place("厨房.yaml", 9, 3)))
    return Brief(file=Path("厨房.yaml"), template="before-after", brand="linli", places=places, **(SHORT | values))


def written(one: platform.Platform, **values: Any) -> caption.Caption:
    """The caption of such a brief."""
    return caption.write(brief(**values), one, TEMPLATE)


def combinations() -> list[dict[str, Any]]:
    """Briefs short and long, with and without person, price, body and area."""
    long_body = "油重的地方先敷再擦，擦完清水过一遍，再用干布收一遍水。" * 28
    made = []
    for base, person, price, body, area in itertools.product((SHORT, LONG), *[(False, True)] * 4):
        extra: dict[str, Any] = {}
        if person:
            extra["person"] = XIULAN
        if price:
            extra["price"] = PRICE
        if body:
            extra["body"] = BODY if base is SHORT else long_body
        if area:
            extra["area"] = "贵阳云岩"
        made.append(base | extra)
    return made


@every_platform
def test_every_caption_keeps_the_platforms_limits(one: platform.Platform) -> None:
    """Title, body with topics and number of topics stay inside the limits by the platform's own count."""
    limits = one.text
    for values in combinations():
        made = written(one, **values)
        assert bool(made.title) == bool(limits.title_max)
        if made.title:
            assert limits.title_min <= caption.title_length(made.title, limits) <= limits.title_max
        topics = " ".join(f"#{topic}" for topic in made.topics)
        assert caption.codepoints(f"{made.body}\n{topics}" if topics else made.body) <= limits.body_max
        assert len(made.topics) <= limits.topics_max
        assert len({topic.casefold() for topic in made.topics}) == len(made.topics)
        assert all(re.fullmatch(r"\w+", topic) for topic in made.topics)


@every_platform
def test_no_caption_has_a_hole(one: platform.Platform) -> None:
    """No None, no doubled marks, no empty brackets, no label without its words, no gap of two empty lines."""
    for values in combinations():
        made = written(one, **values)
        for words in (made.title, made.body):
            assert "None" not in words
            assert not re.search(r"[，。、；：！？,;:!?｜]{2,}|[（“][，。]|（）|“”|[（(]\s*[)）]", words), words
            assert words == words.strip()
            assert "\n\n\n" not in words
        for line in made.body.splitlines():
            assert line == line.strip()
            assert not re.search(r"[：:，、｜/]$|^[，。、：｜]|^(📍|💰|✅|📝)$", line), line


@every_platform
def test_a_caption_leads_nobody_away_and_boasts_of_nothing(one: platform.Platform) -> None:
    """Our own sentences name no other platform, no way of contact, nothing absolute."""
    banned = re.compile(r"微信|电话|手机|二维码|扫码|加我|私信|QQ|最|第一(?!处)|顶级|保证|承诺|全网|100%|专业")
    others = {name for p in PLATFORMS if p != one for name in (p.title_zh, *p.aliases) if len(name) > 1}
    for values in combinations():
        made = written(one, **values)
        words = caption.text(made, one).removeprefix(one.title_zh)
        assert not banned.search(words), banned.findall(words)
        assert not [name for name in others - set(one.names) if name in words]


@every_platform
def test_a_price_always_has_its_conditions(one: platform.Platform) -> None:
    """Wherever the amount stands, unit and conditions stand in the same line."""
    for values in combinations():
        body = written(one, **values).body
        lines = [line for line in body.splitlines() if "199" in line]
        assert len(lines) == ("price" in values)
        assert all("199元/次（3小时，厨房和卫生间）" in line for line in lines)


@every_platform
def test_the_hook_stands_before_the_fold(one: platform.Platform) -> None:
    """The opening is the first thing read; in a post without a title the title comes before it."""
    body = written(one, **LONG, area="贵阳云岩").body
    opening = LONG["hook"] if one.text.title_max else LONG["title"]
    assert body.startswith(opening)
    assert body.index(LONG["hook"]) < one.text.fold_at + 20


@every_platform
def test_the_users_own_words_are_the_heart(one: platform.Platform) -> None:
    """A body is taken as written, in place of our notes; the quote stays in quotation marks."""
    body = written(one, body=BODY, people=(XIULAN,), points=("自带工具",)).body
    assert BODY in body
    assert "先喷清洁剂" not in body
    assert "自带工具" not in body
    assert "“别急着擦，先让清洁剂待一会儿。”" in body


@every_platform
def test_the_same_brief_gives_the_same_words(one: platform.Platform) -> None:
    """A caption is a plain value, the same each time."""
    assert written(one, **LONG) == written(one, **LONG)
    assert hash(written(one, **LONG)) == hash(written(one, **LONG))


def golden_cases() -> dict[str, dict[str, Any]]:
    """Briefs whose captions are kept to be read."""
    chen = Person(name="陈师傅", craft="家电清洗员", years=5)
    hood = Price(
        item="油烟机清洗", amount="118", unit="台", conditions="拆洗油网和油盒，嵌入式（近吸）另议", starting=True
    )
    return {
        "kitchen": {"area": "贵阳云岩", "person": XIULAN, "price": PRICE, "points": ("自带工具", "做完一起验收")},
        "plain": {"title": "卫生间洗完了", "pairs": (pair("卫生间"),)},
        "hood": {
            "title": "油烟机拆开洗，油盒里倒出了什么",
            "hook": "油烟机两年没洗会怎样？",
            "service": "家电清洗",
            "area": "贵阳市南明区",
            "pairs": (pair("油烟机外壳", "断电、铺垫，再拆油网泡着"), pair("油网", "热水泡二十分钟，刷子顺着缝刷")),
            "person": chen,
            "price": hood,
            "topics": ("油烟机清洗", "家电清洗"),
        },
        "story": {
            "area": "贵阳观山湖",
            "person": XIULAN,
            "price": PRICE,
            "body": BODY,
            "hook": "周末，一家人都在家",
        },
    }


@every_platform
@pytest.mark.parametrize("case", golden_cases())
def test_golden_captions(one: platform.Platform, case: str) -> None:
    """The words of whole captions, kept as files to be read; ``VIDKIT_UPDATE=1`` writes them anew."""
    found = caption.text(written(one, **golden_cases()[case]), one)
    file = GOLDEN / f"{case}-{one.id}.txt"
    if os.environ.get("VIDKIT_UPDATE"):
        GOLDEN.mkdir(parents=True, exist_ok=True)
        file.write_text(found, encoding="utf-8", newline="\n")
    assert file.read_text(encoding="utf-8") == found


# Titles -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "title", "expected"),
    [
        ("douyin", "三小时，厨房变个样", "三小时，厨房变个样｜贵阳云岩深度保洁"),
        ("douyin", "贵阳云岩，三小时深度保洁全记录", "贵阳云岩，三小时深度保洁全记录"),
        (
            "douyin",
            "一间十年没好好洗过的老厨房，三小时真的变个样子。",
            "一间十年没好好洗过的老厨房，三小时真的变个样子｜深度保洁",
        ),
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
    """Service and place are added while they fit; a long title gives way to a short one, never to a piece of itself."""
    assert written(platform.load(where), title=title, area="贵阳云岩").title == expected


def test_the_opening_takes_the_place_of_a_long_title() -> None:
    """The person's own short words come before ours."""
    values = {"title": LONG["title"], "hook": "油烟机两年没洗会怎样？"}
    assert written(platform.load("小红书"), **values).title == "油烟机两年没洗会怎样？"


def test_a_title_that_fits_nowhere_is_refused_with_both_numbers() -> None:
    """The refusal names the platform, the count, the limit and the place of the title."""
    with pytest.raises(Refusal) as refusal:
        written(platform.load("抖音"), title="厨" * 31)
    (problem,) = refusal.value.problems
    assert (problem.code, problem.place, problem.exit_code) == ("VK-C001", HERE, 2)
    assert problem.message("zh") == "标题在抖音上太长了：有 31 个字，最多 30 个字"


def test_a_title_too_short_is_refused(tmp_path: Path) -> None:
    """A title under the platform's least length, with nothing to add, is told apart from one too long."""
    (tmp_path / "caption").mkdir()
    bare = "{% block titles %}{{ title }}{% endblock %}{% block body %}-{% endblock %}{% block topics %}{% endblock %}"
    (tmp_path / "caption" / "channels.j2").write_text(bare, encoding="utf-8")
    with pytest.raises(Refusal) as refusal:
        caption.write(brief(title="厨房"), platform.load("视频号"), tmp_path)
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
    made = written(
        platform.load("小红书"), body="擦" * 800, people=(XIULAN,), prices=(PRICE,), topics=tuple("甲乙丙丁戊己庚")
    )
    assert len(made.topics) == 10
    longer = tuple(f"{word}{'很长的话题' * 3}" for word in "甲乙丙丁戊己庚辛壬癸")
    made = written(platform.load("小红书"), body="擦" * 800, people=(XIULAN,), prices=(PRICE,), topics=longer)
    assert 3 <= len(made.topics) < 10
    assert "秀兰阿姨" in made.body


# Broken templates ---------------------------------------------------------------------------------------------------


def test_a_template_without_words_for_a_platform_is_refused(tmp_path: Path) -> None:
    """The refusal names the file that is missing."""
    with pytest.raises(Refusal) as refusal:
        caption.write(brief(), platform.load("抖音"), tmp_path)
    (problem,) = refusal.value.problems
    assert (problem.code, problem.exit_code) == ("VK-C004", 4)
    assert "caption/short-video.j2" in problem.message("zh")


@pytest.mark.parametrize(
    "broken",
    [
        "{% block titles %}{{ titel }}{% endblock %}",
        "{% block titles %}",
        "{% block title %}{% endblock %}",
        "{% block titles %}{{ 1 / 0 }}{% endblock %}",
        "{% block titles %}{{ title + 1 }}{% endblock %}",
        "{% block titles %}{% import '_gone.j2' as words %}{% endblock %}",
        "{% block titles %}{% import '../secret.j2' as words %}{% endblock %}",
        "{% block titles %}{{ title.__class__.__mro__ }}{% endblock %}",
        "{% block titles %}{{ pairs.__class__.__base__.__subclasses__() }}{% endblock %}",
        "{% block titles %}{{ pairs[0].update({'spot': 1}) }}{% endblock %}",
    ],
)
def test_a_broken_template_is_refused(tmp_path: Path, broken: str) -> None:
    """A slip, a missing block, a forbidden reach outside: each is one problem naming the file, never a traceback."""
    (tmp_path / "caption").mkdir()
    (tmp_path / "secret.j2").write_text("", encoding="utf-8")
    (tmp_path / "caption" / "short-video.j2").write_text(broken, encoding="utf-8")
    with pytest.raises(Refusal) as refusal:
        caption.write(brief(), platform.load("抖音"), tmp_path)
    (problem,) = refusal.value.problems
    assert (problem.code, problem.exit_code) == ("VK-C005", 4)
    assert problem.place is not None
    assert problem.place.file.endswith(".j2")


def test_template_marks_in_a_brief_are_only_words() -> None:
    """What looks like a template in the user's text is written out, not run."""
    made = written(platform.load("抖音"), body="{{ 7 * 7 }} {% if %}")
    assert "{{ 7 * 7 }} {% if %}" in made.body


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
    assert (caption.codepoints(words), caption.half_width(words)) == (points, halves)


@given(st.text(max_size=20), st.text(max_size=20))
def test_codepoints_add_up(left: str, right: str) -> None:
    """Joining never makes a text longer than its parts, nor shorter than composing can; form does not matter."""
    assert caption.codepoints(left + right) <= caption.codepoints(left) + caption.codepoints(right)
    for form in ("NFC", "NFD"):
        assert caption.codepoints(unicodedata.normalize(form, left)) == caption.codepoints(left)
    assert (
        len(unicodedata.normalize("NFC", left))
        <= caption.codepoints(left)
        <= 2 * len(unicodedata.normalize("NFC", left))
    )


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_ascii_counts_half(words: str) -> None:
    """Two ASCII characters make one, rounded up."""
    assert caption.half_width(words) == -(-len(words) // 2)


@given(st.text(alphabet="厨房变个样，。！abc 12"))
def test_half_width_never_counts_more_than_codepoints(words: str) -> None:
    """Between half and the whole of the plain count."""
    assert caption.codepoints(words) <= 2 * caption.half_width(words) <= 2 * caption.codepoints(words)


@given(st.text())
def test_channel_titles_hold_only_what_is_allowed(title: str) -> None:
    """Only letters, digits, the allowed marks and single spaces are left, and cleaning twice changes nothing."""
    marks = platform.load("视频号").text.title_marks
    assert marks
    clean = caption.with_marks(title, marks)
    assert all(c.isalnum() or c in marks or c == " " for c in clean)
    assert clean == " ".join(clean.split()) == caption.with_marks(clean, marks)


@given(st.lists(st.text(max_size=6)), st.integers(0, 12))
def test_topics_are_plain_few_and_different(words: list[str], most: int) -> None:
    """Letters and digits only, no repeats, not more than allowed, the first ones kept."""
    topics = caption.hashtags(words, most)
    assert len(topics) <= most
    assert all(topic.isalnum() for topic in topics)
    assert len({topic.casefold() for topic in topics}) == len(topics)


def test_the_first_topics_stay_first() -> None:
    """A topic said twice keeps its first place; marks and blanks go."""
    assert caption.hashtags(["#家政 ", "大 扫除", "家政", "DIY", "diy", "！", "前后对比"], 4) == (
        "家政",
        "大扫除",
        "DIY",
        "前后对比",
    )


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        ("贵阳云岩", "贵阳云岩"),
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
    assert caption.city(area) == expected


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
        ("。", ""),
        ("", ""),
    ],
)
def test_one_stop_at_the_end(typed: str, expected: str) -> None:
    """However a note was typed, it ends with one stop."""
    assert caption.sentence(typed) == expected


@pytest.mark.parametrize(
    "typed", ["别急着擦", "别急着擦。", "“别急着擦。”", '"别急着擦"', "「别急着擦」", " 别急着擦， "]
)
def test_a_quote_has_one_pair_of_marks(typed: str) -> None:
    """However a quote was typed, it stands in one pair of marks."""
    assert caption.quoted(typed) == "“别急着擦。”"


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (Person(name="秀兰阿姨"), "活是秀兰阿姨干的。"),
        (Person(name="秀兰阿姨", craft="保洁师"), "活是保洁师秀兰阿姨干的。"),
        (Person(name="秀兰阿姨", years=8), "秀兰阿姨干这行8年了。"),
        (Person(name="秀兰阿姨", craft="保洁师", years=8), "秀兰阿姨做保洁师8年了。"),
        (Person(name="秀兰阿姨", craft="保洁师", years=0), "活是保洁师秀兰阿姨干的。"),
        (Person(name="秀兰阿姨", quote="慢慢擦"), "秀兰阿姨说：“慢慢擦。”"),
        (Person(name="秀兰阿姨", craft="保洁师", quote="慢慢擦"), "保洁师秀兰阿姨说：“慢慢擦。”"),
        (Person(name="秀兰阿姨", years=8, quote="慢慢擦"), "干这行8年的秀兰阿姨说：“慢慢擦。”"),
        (XIULAN, "做了8年保洁师的秀兰阿姨说：“别急着擦，先让清洁剂待一会儿。”"),
    ],
)
def test_a_person_is_told_with_what_is_known(person: Person, expected: str) -> None:
    """Name alone, with craft, with years, with words of her own: one whole sentence each time, nothing guessed."""
    lines = written(platform.load("抖音"), people=(person,)).body.splitlines()
    assert [line for line in lines if "秀兰" in line] == [expected]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"area": "贵阳云岩"}, "我们在贵阳云岩做深度保洁。"),
        ({"price": PRICE}, "深度保洁：199元/次（3小时，厨房和卫生间）。"),
        ({"area": "贵阳云岩", "price": PRICE}, "我们在贵阳云岩做深度保洁，199元/次（3小时，厨房和卫生间）。"),
        (
            {
                "price": PRICE.model_copy(
                    update={"unit": "元/小时", "starting": True, "conditions": "拆洗（侧吸）另计。"}
                )
            },
            "深度保洁：199元/小时起，拆洗（侧吸）另计。",
        ),
    ],
)
def test_place_and_price(values: dict[str, Any], expected: str) -> None:
    """Place and price in one sentence where they belong together; brackets never inside brackets."""
    assert expected in written(platform.load("抖音"), **values).body.splitlines()


def test_caption_text_has_the_parts_to_copy() -> None:
    """Each part has its heading; a part that is empty has none."""
    made = caption.Caption("三小时", "洗完了。", ("家政", "保洁"))
    assert caption.text(made, platform.load("抖音")) == (
        "抖音\n\n【标题】\n三小时\n\n【正文】\n洗完了。\n\n【话题（贴在正文后面）】\n#家政 #保洁\n"
    )
    assert (
        caption.text(caption.Caption("", "洗完了。", ()), platform.load("朋友圈")) == "朋友圈\n\n【正文】\n洗完了。\n"
    )

"""The rules on words: the frozen list of lines, words in disguise, exact places, what each mode and platform changes, and rows that can be answered for."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from frozen_words import HEARD, SECOND, THIRD, Line, found, level, lines
from hypothesis import given
from hypothesis import strategies as st
from made_up import Ask, every, script

from vidkit import batch, brief, kit, plan
from vidkit.brief import Qr
from vidkit.briefs.declared import Certificate, Evidence, Promise
from vidkit.briefs.mode import MODES, mode
from vidkit.cli import program
from vidkit.develop import Developed
from vidkit.kits import platform
from vidkit.plan import Script
from vidkit.problems import Place
from vidkit.rules import depends, lint, listed, normal, packs, reasons, said, words
from vidkit.rules.finding import Case, Said
from vidkit.rules.registry import RULES
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vidkit.brief import Brief
    from vidkit.cache import Cache
    from vidkit.rules.finding import Finding

LISTS = (*packs.PACKS, "platforms")
BY_WORDS = {*packs.PACKS}
EVERYWHERE = tuple(one.id for one in platform.all_platforms())


# The frozen list


def _right(line: Line) -> bool:
    got = level(found(line.text, line.mode, line.platform))
    return got == line.expect if line.expect in {"ban", "clean"} else got != "clean"


@pytest.mark.parametrize(
    ("expect", "least"), [("ban", 0.98), ("clean", 0.97), ("caution", 0.9), ("evidence", 0.9)], ids=str
)
def test_the_frozen_list_is_kept(expect: str, least: float) -> None:
    """What must be found is found, what must pass passes: at least so many lines of the list of each kind."""
    asked = [line for line in lines() if line.expect == expect]
    wrong = [str(line) for line in asked if not _right(line)]
    assert len(asked) >= 20
    assert 1 - len(wrong) / len(asked) >= least, "\n".join(wrong)


@pytest.mark.parametrize(
    ("expect", "least"), [("ban", 0.97), ("clean", 0.97), ("caution", 0.9), ("evidence", 0.9)], ids=str
)
def test_the_second_list_is_kept(expect: str, least: float) -> None:
    """So do the lines and paraphrases written later; what they found when nobody had seen them stands in their README."""
    asked = [line for line in lines(SECOND) if line.expect == expect]
    wrong = [str(line) for line in asked if not _right(line)]
    assert len(asked) >= 20
    assert 1 - len(wrong) / len(asked) >= least, "\n".join(wrong)


@pytest.mark.parametrize(("expect", "least"), [("ban", 0.62), ("clean", 0.98)], ids=str)
def test_the_third_list_is_kept(expect: str, least: float) -> None:
    """Half of its unlawful lines use no word of any list, so many are missed; it must not get worse."""
    asked = [line for line in lines(THIRD) if line.expect == expect]
    wrong = [str(line) for line in asked if not _right(line)]
    assert len(asked) >= 75
    assert 1 - len(wrong) / len(asked) >= least, "\n".join(wrong)


def test_what_was_heard_is_kept() -> None:
    """Every line that somebody once got past the rules is found, and every honest one that was once refused passes."""
    wrong = [str(line) for line in lines(HEARD) if not _right(line)]
    assert not wrong, "\n".join(wrong)


def test_the_frozen_list_is_as_long_as_it_was() -> None:
    """No line of it goes."""
    assert len(lines()) >= 522
    assert sum(line.expect == "clean" for line in lines()) >= 245


def test_few_fine_lines_stop_the_work() -> None:
    """A line that may be said is next to never refused."""
    stopped = [
        str(one) for one in lines() if one.expect == "clean" and level(found(one.text, one.mode, one.platform)) == "ban"
    ]
    assert len(stopped) <= 2, stopped


# Words in disguise


@cache
def plain_bans() -> tuple[tuple[Line, str], ...]:
    """Banned words of Chinese characters alone, each with a line that holds it."""
    return tuple(
        (line, hit.words)
        for line in lines()
        if line.expect == "ban" and line.file != "obfuscated"
        for hit in found(line.text, line.mode, line.platform)
        if hit.level == "ban" and hit.rule in BY_WORDS and re.fullmatch("[㐀-鿿]{2,8}", hit.words)
    )


PLAIN_BANS = st.deferred(lambda: st.sampled_from(plain_bans()))
DISGUISES = ("\u200b", "\ufeff", "\u2060", "\ufe0f", " ", "\u3000", "·", "*", ".", "-", "_", "❤")


@given(PLAIN_BANS, st.sampled_from(DISGUISES), st.integers(1, 7))
def test_a_word_in_disguise_is_found(ban: tuple[Line, str], between: str, where: int) -> None:
    """Invisible characters, spaces and marks between two characters of a banned word hide nothing."""
    line, word = ban
    at = where % (len(word) - 1) + 1
    hidden = line.text.replace(word, word[:at] + between + word[at:], 1)
    hits = found(hidden, line.mode, line.platform)
    assert "ban" in {one.level for one in hits}, (hidden, hits)


@given(PLAIN_BANS)
def test_a_word_taken_apart_is_found(ban: tuple[Line, str]) -> None:
    """So does a space behind every character."""
    line, word = ban
    assert level(found(line.text.replace(word, " ".join(word), 1), line.mode, line.platform)) == "ban"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ＴＯＰ１", "top1"),
        ("最\u200b好", "最好"),
        ("㝡專業", "最专业"),
        ("弟一品牌", "第一品牌"),
        ("婦聯推薦，產後骨盆矯正，最乾淨", "妇联推荐,产后骨盆矫正,最干净"),
        ("醉好的", "最好的"),
        ("喝醉好睡", "喝醉好睡"),
        ("第壹名", "第一名"),
        ("N O . 1", "no1"),
        ("加V聊", "加微聊"),
        ("1️⃣", "1"),
        ("先 擦，后 洗", "先擦,后洗"),
        ("没得工钱，擦都不消擦", "没有工资,擦都不用擦"),
        ("没得到，消不得，不消毒", "没得到,消不得,不消毒"),
    ],
)
def test_what_is_typed_is_read(typed: str, read: str) -> None:
    """Disguises are read as what they stand for, and every character knows where it came from."""
    plain = normal.plain(typed)
    assert plain.text == read
    assert len(plain.starts) == len(plain.ends) == len(plain.text)
    assert all(0 <= a < b <= len(typed) for a, b in zip(plain.starts, plain.ends, strict=True))


@given(st.text(max_size=40))
def test_any_text_can_be_read(text: str) -> None:
    """Nothing typed breaks the reading; reading what was read changes no words."""
    plain = normal.plain(text)
    for name in LISTS:
        for hit in packs.hits(name, text):
            assert hit.typed in text
    assert [a <= b for a, b in zip(plain.starts, plain.starts[1:], strict=False)].count(False) == 0


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("央視推薦，保潔請找我們", "ad"),
        ("填補國內空白的除油技術", "ad"),
        ("原價299，現價199", "ad"),
        ("好評返現5元", "ad"),
        ("收費培訓，材料費自理", "recruit"),
        ("農村戶口的勿擾", "recruit"),
    ],
)
def test_traditional_characters_are_read(text: str, mode: str) -> None:
    """Words typed in them are found as in simple ones, by the lists and by the rules on facts."""
    assert level(found(text, mode)) == "ban"


def test_marks_without_end_are_read_in_time() -> None:
    """A text of nothing else takes as long as it is, not as long as its square."""
    began = time.process_time()
    assert normal.plain("好" + "~ " * 10_000 + "好").text == "好好"
    assert time.process_time() - began < 5


def test_a_find_over_and_over_is_read_in_time() -> None:
    """What turns a find round is looked for near it, not in a clause of thousands of characters for each find."""
    began = time.process_time()
    assert len([*packs.hits("guarantee", "抽奖" * 3000)]) == 3000
    assert len([*packs.hits("medical", "催乳\n" * 1666)]) == 1666
    assert len([*packs.hits("medical", "\n".join("催乳" * 800))]) == 800
    assert time.process_time() - began < 1.5


def test_an_everyday_word_stays_whole() -> None:
    """The end of one word and the beginning of the next are no banned word, unless somebody parted them on purpose."""
    for fine in ("社保过两个月就办好了", "柜顶尖角用牙刷掏", "她从钱包拿证件", "刮风水就进来"):
        assert not found(fine, "story"), fine
    assert level(found("保 过班，七天拿证", "ad")) == "ban"


def test_what_is_no_chance_is_short_and_listed() -> None:
    """What two everyday words do not make by chance is something that a list finds, and short: no other is let go between them."""
    sure = table("rules/normal")["sure"]
    assert len(set(sure)) == len(sure)
    assert all(len(word) <= packs.SHORT for word in sure)
    assert not [word for word in sure if not any(packs.pack(name).words.ready.search(word) for name in packs.PACKS)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("阿姨会催\n乳，也会催\n乳", ["催\n乳", "催\n乳"]),
        ("通\n乳", ["通\n乳"]),
        ("催乳\n催乳", ["催乳", "催乳"]),
        ("会催\n\n乳白的墙", []),
    ],
)
def test_a_word_over_a_lines_end_is_told_once(text: str, words: list[str]) -> None:
    """Each of them, and what stands on one line not again."""
    assert [hit.typed for hit in packs.hits("medical", text)] == words


# Modes, proof, names


@pytest.mark.parametrize(
    ("text", "mode", "expect"),
    [
        ("她是我最好的朋友", "story", "clean"),
        ("我们是贵阳最好的家政公司", "story", "ban"),
        ("我们是贵阳最好的家政公司", "ad", "ban"),
        ("催乳、通乳都会", "public-interest", "ban"),
        ("她当了十年佣人", "story", "ban"),
        ("先交押金三百", "recruit", "ban"),
        ("退租的押金拿回来了", "story", "clean"),
        ("最后一天上户，她哭了", "story", "clean"),
        ("四十岁以下", "recruit", "caution"),
        ("安全第一", "ad", "clean"),
        ("三级/高级工", "ad", "clean"),
        ("我们不说最好，只说做了什么", "ad", "clean"),
    ],
)
def test_what_a_post_is_for_changes_what_holds(text: str, mode: str, expect: str) -> None:
    """A story's feelings are no advertisement; medicine and dignity hold everywhere."""
    assert level(found(text, mode)) == expect


@pytest.mark.parametrize(
    ("text", "mode", "law"),
    [
        ("只要35岁以下的", "recruit", "就业促进法"),
        ("五官端正的来", "recruit", "就业促进法"),
        ("十五岁以上都能来", "recruit", "禁止使用童工规定"),
        ("四川人别来", "recruit", "就业促进法"),
        ("市妇联推荐", "ad", "第二十八条"),
        ("央视上榜品牌", "ad", "第二十八条"),
        ("国家免检", "ad", "第二十八条"),
        ("驰名商标", "ad", "商标法"),
        ("政府推荐", "ad", "第九条第（二）项"),
        ("国徽下的放心", "ad", "国旗法"),
        ("同行都是骗人的", "ad", "商业诋毁"),
        ("空调不洗，全家得病", "ad", "第二十八条"),
        ("入职交押金", "recruit", "第四十一条"),
        ("她是我们的下人", "story", "人格尊严"),
    ],
)
def test_each_find_rests_on_its_own_law(text: str, mode: str, law: str) -> None:
    """What only a state organ's name breaks is told of none other; a true recommendation of one is never offered as a way out."""
    (one, *_) = found(text, mode)
    assert law in one.law[0]
    assert ("第九条第（二）项" in one.law[0]) == (law == "第九条第（二）项")
    assert law != "第九条第（二）项" or "就是真" in one.rewrite[0]


@pytest.mark.parametrize(("mode", "expect"), [("ad", "ban"), ("story", "caution")])
def test_somebodys_own_words(mode: str, expect: str) -> None:
    """A customer's praise in an advertisement is one; what to do is to shorten it, not to change it."""
    found_in = _examine(Said("最好的保洁，阿姨真细心", "review.text", quoted=True), mode=mode)
    absolute = [one for one in found_in if one.rule == "absolute"]
    assert [one.level for one in absolute] == [expect]
    assert "……" in absolute[0].rewrite[0]


def _examine(one: Said, mode: str = "ad", where: tuple[str, ...] = ("douyin",), **more: object) -> tuple[Finding, ...]:
    made = script(Ask("steps"))
    asked = made.brief.model_copy(update={"mode": mode, "platforms": where, **more})
    return tuple(f for f in lint.examine(replace(made, brief=asked), (), (one,)) if f.rule in BY_WORDS)


def test_proof_is_enough() -> None:
    """Evidence, a promise with its conditions, a certificate: what rests on something may be said."""
    medal = Evidence(claim="金牌月嫂", source="店内评定表", period="2026", scope="本店")
    promise = Promise(promise="承诺准时到", conditions="约好的时间前后 10 分钟")
    paper = Certificate(name="育婴员", issuer="某学校", number="S1", level="三级")
    person = script(Ask("story")).brief.people[0].model_copy(update={"certificates": (paper,)})
    for text, proof in (
        ("金牌月嫂王姐", {"evidence": (medal,)}),
        ("我们承诺准时到", {"promises": (promise,)}),
        ("高级育婴师证", {"people": (person,)}),
    ):
        assert _examine(Said(text, "body")), text
        assert not _examine(Said(text, "body"), **proof), text


def test_a_registered_name_may_hold_any_word() -> None:
    """A shop that is called 第一家政 may say its name."""
    made = script(Ask("steps"))
    brand = made.brand.model_copy(update={"full_name": "云岩第一家政"})
    one = Said("云岩第一家政上门做饭", "body")
    assert any(f.rule == "absolute" for f in lint.examine(made, (), (one,)))
    assert not [f for f in lint.examine(replace(made, brand=brand), (), (one,)) if f.rule == "absolute"]


# Platforms


@pytest.mark.parametrize(
    ("text", "banned", "fine"),
    [
        ("加微信abcd1234", ("douyin", "xiaohongshu", "meituan", "kuaishou"), ("moments", "official-account")),
        ("电话预约：13812345678", ("douyin", "meituan"), ("moments", "official-account")),
        ("扫码进群", ("douyin", "kuaishou"), ("moments",)),
        ("想约的可以加微信", ("douyin",), ("wechat-channels",)),
        ("去美团搜我们的店下单", ("douyin", "moments"), ("meituan",)),
        ("抖音号同名，去那边看", ("kuaishou",), ("douyin",)),
    ],
)
def test_each_platform_forbids_its_own(text: str, banned: tuple[str, ...], fine: tuple[str, ...]) -> None:
    """Contact, codes and other platforms' names are refused where the platform's file says so, and only there."""
    for name in EVERYWHERE:
        levels = {one.level for one in _examine(Said(text, "body"), where=(name,)) if one.rule == "diversion"}
        assert name not in banned or "ban" in levels, (name, levels)
        assert name not in fine or not levels, (name, levels)


def test_words_for_one_platform_are_held_against_that_one() -> None:
    """A caption for 朋友圈 may name a telephone though the brief goes to 抖音 too."""
    one = Said("电话预约：13812345678", "steps:caption.txt", platform="moments")
    assert not [f for f in _examine(one, where=("douyin", "moments")) if f.rule == "diversion"]
    assert [f for f in _examine(replace(one, platform=""), where=("douyin", "moments")) if f.rule == "diversion"]
    assert not [f for f in _examine(replace(one, platform=said.PRINT)) if f.rule == "diversion"]


# Everything that is said


@pytest.mark.parametrize("brand", [name for name, _ in kit.brand_names(kit.shelf())])
@pytest.mark.parametrize("template", [name for name, _ in kit.template_names(kit.shelf())])
def test_our_own_words_are_clean(template: str, brand: str) -> None:
    """What templates and brands add to a brief, on every platform, is free of what they are here to prevent."""
    made = script(Ask(template, brand, options=True))
    made = replace(made, brief=made.brief.model_copy(update={"platforms": EVERYWHERE}))
    clips = tuple(plan.plan(made, one) for one in plan.platforms(made))
    every_text = said.everything(made, clips)
    assert len({one.where for one in every_text}) > 10
    wrong = [one for one in lint.examine(made, clips, every_text) if one.rule in BY_WORDS and ":" in one.said.where]
    assert not wrong, [(one.words, one.said.where, one.said.text) for one in wrong]


@pytest.mark.parametrize("file", sorted((kit.bundled() / "examples").glob("*.yaml")), ids=lambda file: file.stem)
def test_our_examples_are_clean(file: Path) -> None:
    """The examples, with the captions every brand writes for them on every platform."""
    shelf = kit.shelf()
    told = brief.load(file, plan.names(shelf)).model_copy(update={"platforms": EVERYWHERE})
    for name, _ in kit.brand_names(shelf):
        bare = Developed({}, {}, (), (), ())
        made = Script(told, kit.template(told.template, shelf), kit.brand(name, shelf), shelf, bare)
        posts = [
            Said(text, f"{told.template}:{paper}", platform=where.id)
            for where in plan.platforms(made)
            for paper, text in said.captions(made, where)
        ]
        case = Case(made, mode(told, made.template, made.brand), plan.platforms(made), (*said.written(told), *posts))
        hits = [one for rule in sorted(BY_WORDS) for one in RULES[rule].check(case)]
        wrong = [one for one in hits if one.level != "evidence"]
        assert not wrong, [(one.words, one.said.where) for one in wrong]


def test_where_words_come_from() -> None:
    """The brief's fields by their path, the brand's and the template's words by whose they are, the file's name."""
    made = script(Ask("recruit", options=True))
    clips = tuple(plan.plan(made, one) for one in plan.platforms(made))
    where = {one.where for one in said.everything(made, clips)}
    assert {"title", "training", "jobs.0", "people.0.quote", "linli:slogan", "recruit:training", said.FILE} <= where
    assert any(one.startswith("recruit:caption") for one in where)
    quoted = {one.where for one in said.everything(made, clips) if one.quoted}
    assert quoted == {"people.0.quote"}


def test_a_file_name_is_said_too() -> None:
    """Folders go by the brief's name."""
    made = script(Ask("steps"))
    renamed = made.brief.model_copy(update={"file": made.brief.file.with_name("全城最低价.yaml")})
    made = replace(made, brief=renamed)
    hits = [one for one in lint.examine(made, (), said.everything(made, ())) if one.said.where == said.FILE]
    assert [one.level for one in hits] == ["ban"]


@pytest.mark.parametrize("template", [name for name, _ in kit.template_names(kit.shelf())])
def test_the_briefs_own_words_are_told_once(template: str) -> None:
    """A forbidden title is told where the brief says it, not again at the template that draws it on covers, captions and posters."""
    made = script(Ask(template, options=True))
    title = "全贵阳最便宜的保洁，就找第一品牌"
    made = replace(made, brief=made.brief.model_copy(update={"title": title, "hook": "", "keyword": ""}))
    clips = tuple(plan.plan(made, one) for one in plan.platforms(made))
    told = [one for one in lint.examine(made, clips, said.everything(made, clips)) if one.rule == "absolute"]
    assert [(one.words, one.said.where) for one in told] == [("贵阳最便宜", "title"), ("第一品牌", "title")]


def test_words_of_no_field_are_told_at_the_template() -> None:
    """What only the template says is told there, once for all that shows it."""
    made = script(Ask("steps"))
    posts = tuple(Said("最便宜的保洁", f"steps:{paper}") for paper in ("caption.txt", "cover"))
    told = [one for one in lint.examine(made, (), (Said("慢慢擦", "body"), *posts)) if one.rule == "absolute"]
    assert [one.said.where for one in told] == ["steps:caption.txt"]


def test_a_brands_ban_stays_where_the_brief_says_the_same_words_harmlessly() -> None:
    """A slogan's superlative is told though the brief holds its characters where they may stand."""
    made = script(Ask("steps"))
    brand, own = Said("最好的家政", "linli:slogan"), Said("不是最好的，慢慢擦", "body")
    told = lint.examine(made, (), (own, brand, Said("我们不是最好的，慢慢擦", "steps:caption.txt")))
    assert [(one.level, one.said.where) for one in told if one.rule == "absolute"] == [("ban", "linli:slogan")]


@pytest.mark.parametrize(
    "inside", ["全国最好", "<tspan>全国最好</tspan>", "<tspan x='0'>全国</tspan>\n  <tspan><tspan>最好</tspan></tspan>"]
)
def test_a_logos_words_are_read_whatever_holds_them(inside: str) -> None:
    """Letters in spans of a text are seen as well as those of the text itself."""
    logo = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><!-- x --><g><text>{inside}</text></g><path d=""/></svg>'
    assert (
        said._letters(f'<svg xmlns="http://www.w3.org/2000/svg"><text font-size="9">甲&amp;</text>{logo}</svg>')
        == "甲&\n全国最好"
    )


def test_a_logos_words_are_told_at_the_logo() -> None:
    """Not at the template that draws it."""
    made = script(Ask("steps"))
    logo = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9"><text><tspan>全国最好</tspan></text></svg>'
    made = replace(made, brand=made.brand.model_copy(update={"logo": logo}))
    clips = (plan.plan(made, platform.load("douyin")),)
    told = [one for one in lint.examine(made, clips, said.everything(made, clips)) if one.rule == "absolute"]
    assert [(one.level, one.said.where) for one in told] == [("ban", "linli:logo")]
    assert told[0].said.place
    assert told[0].said.place.file.endswith("logo.svg")


def test_what_a_code_says_is_held_against_the_rules() -> None:
    """Its words are told at its field; the shop's number in it only where a platform that takes codes forbids contact."""
    made = script(Ask("steps"))
    text = "加我微信 wxid_abc123，电话13885123456，全国最好的保洁"
    made = replace(made, brief=made.brief.model_copy(update={"qr": Qr(text=text), "mode": "ad"}))
    codes = [one for one in said.everything(made, ()) if one.where == said.CODE]
    told = lint.examine(made, (), codes)
    assert [(one.rule, one.level, one.said.where) for one in told] == [("absolute", "ban", "qr")]
    strict = replace(platform.load("moments"), allows_contact=False)
    (code,) = said._of_code(made, (platform.load("douyin"), strict))
    assert code.platform == strict.id
    web = "https://u.wechat.com/EAbc13885123456?top=1&no1=%E6%9C%80"
    for text, left in ((web, []), (f"{web} 全国最好", [" 全国最好"])):
        coded = replace(made, brief=made.brief.model_copy(update={"qr": Qr(text=text)}))
        assert [one.text for one in said._of_code(coded, ())] == left


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("想约的打电话 13885123456", "电话 13885123456"),
        ("电话 1 3 8-0851-2345", "1 3 8-0851-2345"),
        ("加微信abcd1234", "加微信abcd1234"),
        ("微信号：xiulan_88", "微信号：xiulan_88"),
        ("全贵阳最便宜", "贵阳最便宜"),
        ("原.价299，今天只要99", "原.价"),
        ("平时卖299，今天199", "平时卖299，今天199"),
        ("今天199，平时299", "今天199，平时299"),
        ("油污都能根治", "根治"),
        ("厨房100%干净", "100%干净"),
    ],
)
def test_one_fault_is_told_once_and_whole(text: str, words: str) -> None:
    """A number with the word before it is one find; so is a price with the one it is compared with."""
    assert [(one.level, one.words) for one in found(text, "ad")] == [("ban", words)]


@pytest.mark.parametrize(
    ("text", "mode", "words"),
    [
        ("先交500块服装费", "recruit", ["先交500块服装"]),
        ("先交押金、培训费和服装费", "recruit", ["先交押金、培训费和服装费"]),
        ("我们的月子餐降压降糖", "ad", ["降压降糖"]),
        ("降压，也降糖", "ad", ["降压", "降糖"]),
        ("最好的，最专业的保洁", "ad", ["最好", "最专业"]),
    ],
)
def test_what_stands_side_by_side_is_told_together(text: str, mode: str, words: list[str]) -> None:
    """Finds of one list that say the same, with nothing but a list's marks between them; over a comma each for itself."""
    assert [one.words for one in found(text, mode)] == words


def test_finds_that_say_different_things_stay_apart() -> None:
    """A fee and a paper that is kept are mended each in its own way."""
    told = found("先交押金身份证押在前台", "recruit")
    assert [one.words for one in told] == ["先交押金", "身份证押在前台"]
    assert len({one.why for one in told}) == 2


@pytest.mark.parametrize(
    ("text", "expect"),
    [("提前一天打电话约", "caution"), ("先打电话约好时间再上门", "caution"), ("提前一天打电话约：13800001234", "ban")],
)
def test_a_call_before_the_work_gives_nobody_a_number(text: str, expect: str) -> None:
    """It is looked at like the bare word 微信; with a number it is refused, number and words in one find."""
    assert [(one.rule, one.level) for one in found(text, "ad")] == [("diversion", expect)]


def test_platforms_are_named_in_both_languages() -> None:
    """What one does not allow is told of it by its name."""
    (told,) = found("提前一天打电话约", "ad")
    assert "抖音" in told.why[0]
    assert "Douyin" in told.why[1]


def test_a_wage_that_rests_on_something_may_be_said() -> None:
    """So may how it is reckoned and when it is paid; a span or a floor without either is asked about."""
    proof = Evidence(claim="一个月3500到4500元", source="本店工资单", period="2026-01 到 2026-10", scope="贵阳")
    said_so = Said("一个月3500到4500元", "points.0")
    assert [one.level for one in _examine(said_so, "recruit")] == ["evidence"]
    assert not _examine(said_so, "recruit", evidence=(proof,))
    assert not _examine(Said("月薪4500元，每月10号发", "points.0"), "recruit")


@pytest.mark.parametrize("mode", MODES)
def test_a_masked_number_is_no_way_of_contact(mode: str) -> None:
    """What mask_text leaves of a number leads nobody off the platform."""
    assert not found("家里的电话 138****3456", mode)
    assert not found("微信号 xi****", mode)


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("她治好了自己的拖延症", "ad"),
        ("收纳治好了我的选择困难", "story"),
        ("灶台后面那块油，顶级难擦", "ad"),
        ("男女不限，只要女同志也行吗？不是，男女都欢迎", "recruit"),
        ("车上带着保健箱", "ad"),
        ("空调挂机58元/台", "ad"),
        ("以前3个小时，现在2个小时", "ad"),
        ("电话 138****3456", "ad"),
    ],
)
def test_plain_words_pass(text: str, mode: str) -> None:
    """Jokes about habits, dirt, a question that is answered, a price with its unit: nobody is stopped by them."""
    assert not found(text, mode)


def test_a_lines_end_is_an_end() -> None:
    """What is found at the end of a text is found at the end of any of its lines."""
    assert [hit.plain for hit in packs.hits("authority", "全程保险\n擦三遍")] == ["全程保险"]


@pytest.mark.parametrize(
    "words", ["明天只有两单，能睡到7点", "最后一单在花果园", "上午只有一单，下午三单", "她带的最后一位老人"]
)
@pytest.mark.parametrize("mode", MODES)
def test_a_workers_own_day_presses_nobody(words: str, mode: str) -> None:
    """How many orders somebody has is no count of what is left to be had."""
    assert not found(words, mode)


@pytest.mark.parametrize("words", ["本周活动，只有3单", "最后两单，要的快约", "只剩3个名额", "只有两个名额"])
def test_a_count_of_an_offer_presses(words: str) -> None:
    """Beside an offer the same count hurries people."""
    assert [(one.rule, one.level) for one in found(words, "ad")] == [("pressure", "caution")]


def test_no_advice_has_blanks_to_fill_in() -> None:
    """What to write instead is a sentence, with figures as an example, never a pattern with names in braces."""
    (told,) = found("贵阳最好的保洁", "ad")
    assert "199元/次，3小时" in told.rewrite[0]
    assert not [row for name in packs.PACKS for row in packs.pack(name).rows if "{" in row.said.rewrite]


def test_a_door_is_told_whole_and_how_to_mask_it() -> None:
    """The whole of an address, and the line that masks it."""
    (told,) = found("到18号3单元502，做深度保洁", "ad")
    assert told.words == "18号3单元502"
    assert "打码文字: 是" in told.rewrite[0]
    assert "**号**单元**" in told.rewrite[0]


BRIEF = """\
模板: 招募
品牌: 邻里净
标题: 来学手艺
岗位: [保洁师, '只招女']
人物: {称呼: 美华, 照片: a.jpg}
培训: "学七天，培训费 三百"
怎么来: 来坐坐
要点: [按月结, 月入过万]
正文: |
  第一行没什么
  第二行：加微信吧
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A brief with faults in plain, quoted and block texts."""
    from PIL import Image  # noqa: PLC0415

    Image.new("RGB", (1080, 1440), (120, 130, 140)).save(tmp_path / "a.jpg")
    made = tmp_path / "招人.yaml"
    made.write_text(BRIEF, encoding="utf-8")
    return made


def test_places_are_exact(file: Path, cache: Cache) -> None:
    """Every find is told at its own column, all at once, and refuses the work before anything is drawn."""
    (item,) = batch.check((file,), cache)
    assert item.exit_code == 2
    told = {(p.code, p.place.line, p.place.column) for p in item.problems if p.place and p.code.startswith("VK-W")}
    assert {("VK-W001", 4, 12), ("VK-W001", 6, 10), ("VK-W001", 8, 11), ("VK-W001", 11, 7)} <= told
    lines_of = BRIEF.splitlines()
    for one in item.findings:
        place = one.said.place
        if place and place.line and one.rule in BY_WORDS:
            assert lines_of[place.line - 1][place.column - 1 :].startswith(one.words), one


def test_findings_are_told_as_data(file: Path) -> None:
    """``vidkit check --json`` gives rule, level, words, place, law, reason and rewrite of each finding."""
    done = CliRunner().invoke(program, ["check", "--json", str(file)], catch_exceptions=False)
    assert done.exit_code == 2
    told = json.loads(done.stdout)["briefs"][0]["findings"]
    fee = next(one for one in told if one["rule"] == "fees")
    assert (fee["level"], fee["words"], fee["where"], fee["line"], fee["column"]) == (
        "ban",
        "培训费",
        "training",
        6,
        10,
    )
    assert all(fee[key]["zh"] and fee[key]["en"] for key in ("law", "why", "rewrite"))


def test_the_whole_lint_is_quick() -> None:
    """One brief on seven platforms costs little once the lists are read (0.1 s of a core; four times that is a fault)."""
    made = script(Ask("before-after", long=True, options=True))
    made = replace(made, brief=made.brief.model_copy(update={"platforms": EVERYWHERE}))
    clips = tuple(plan.plan(made, one) for one in plan.platforms(made))
    lint.examine(made, clips, said.everything(made, clips))
    took = []
    for _ in range(3):  # other processes only add to it
        start = time.process_time()
        lint.examine(made, clips, said.everything(made, clips))
        took.append(time.process_time() - start)
    assert min(took) < 0.4


# The lists themselves


@pytest.mark.parametrize("name", LISTS)
def test_every_row_can_be_answered_for(name: str) -> None:
    """Law, reason and rewrite in both languages, a date, a confidence; no word twice; patterns that capture nothing."""
    rows = table(f"rules/{name}")["rows"]
    every_word = [word for row in rows for word in row.get("words", ())]
    assert len(every_word) == len(set(every_word)), [w for w in every_word if every_word.count(w) > 1]
    for row in packs.pack(name).rows:
        assert set(row.modes) <= set(MODES)
        assert row.said.law in table("rules/bases")
        assert all(getattr(row.said, key) for key in (*listed.TOLD, *listed.ORIGIN)), row.said
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", str(row.said.checked_on))
        assert row.said.confidence in {"A", "B", "C"}
        for pattern in row.said.patterns:
            assert not re.compile(pattern).groups, pattern


GAP = re.compile(r"\[\^[^\]]+\]")
"""What may stand between two words of a pattern, by what may not."""


@pytest.mark.parametrize("name", [*LISTS, "claims", "normal", "personal"])
def test_a_gap_ends_where_its_clause_does(name: str) -> None:
    """A pattern sees every wide mark as a narrow one: whatever stops at ， stops at , and, like it, at the marks that end a sentence."""
    for pattern in _texts(table(f"rules/{name}")):
        for gap in GAP.findall(pattern):
            assert all(unicodedata.normalize("NFKC", char) in gap for char in gap), gap
            assert "," not in gap or set("!?;") <= set(gap), gap


def _texts(value: object) -> Iterator[str]:
    """Every text in a table."""
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("mark", [*"，,！!？?；;。", "\n"])
@pytest.mark.parametrize(
    ("name", "before", "words"),
    [
        ("compare", "我们不搞虚的", "原价"),
        ("discount", "从不加价", "八折"),
        ("amounts", "不收押金", "99元"),
        ("gift", "运费不收", "赠送擦窗"),
        ("promises", "绝不拖", "免费返工"),
        ("contact", "不讲价", "联系电话"),
        ("booking", "别急", "马上下单"),
        ("holding", "不怕苦", "持证上岗"),
        ("bought", "拒绝刷单", "好评返现"),
    ],
)
def test_a_clause_takes_back_nothing_behind_it(name: str, before: str, words: str, mark: str) -> None:
    """Whichever mark ends it, wide or narrow; without one it does take the words back."""
    assert [one[0].strip() for one in reasons.spoken(name, f"{before}{mark}{words}")] == [words]
    assert not [*reasons.spoken(name, f"{before}{words}")]


@pytest.mark.parametrize("mark", "！!？?；;")
def test_what_a_clause_begins_no_other_ends(mark: str) -> None:
    """Two halves of a word of a list do not meet over the end of a clause; an offer may, which is said with a comma or without."""
    assert not found(f"乡下来的鸡蛋{mark}便宜又好吃", "story")
    assert not [*reasons.spoken("statistics", f"好评率高{mark}3小时做完")]
    assert [*reasons.spoken("bought", f"给五星好评{mark}返现10元")]
    assert [*reasons.spoken("promises", f"不满意{mark}全额退款")]


def test_every_word_is_found() -> None:
    """Each listed word alone is found by its own list, unless it is the beginning of another."""
    for name in LISTS:
        for row in packs.pack(name).rows:
            for word in row.said.words:
                assert packs.pack(name).words.ready.search(normal.plain(word).text), (name, word)


def test_every_law_can_be_answered_for() -> None:
    """Each law in both languages, with source, date and confidence; none that no row names."""
    bases = table("rules/bases")
    used = {row.said.law for name in LISTS for row in packs.pack(name).rows}
    assert used == set(bases)
    for row in bases.values():
        assert {"zh", "en", "source", "checked_on", "confidence"} == set(row)


def test_every_list_has_its_rule() -> None:
    """A list is looked at by the rule of its name, whose docstring is its documentation."""
    for name in packs.PACKS:
        assert name in RULES, f'{name} of packs.PACKS: no function with @rule("{name}") in rules/words.py'
        assert RULES[name].check.__module__ == words.__name__
        assert RULES[name].check.__doc__


# Prices that depend


def _priced(conditions: str, *, starting: bool) -> Brief:
    priced = script(Ask("price-list")).brief
    price = priced.prices[0].model_copy(update={"conditions": conditions, "starting": starting})
    return priced.model_copy(update={"prices": (price, *priced.prices[1:])})


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ("拆油网，看机型", "看机型"),
        ("视面积而定", "视面积而定"),
        ("看脏的程度定", "看脏的程度定"),
        ("远的另议", "另议"),
        ("拆洗滤网，外机另计", ""),
        ("做完请您看一遍", ""),
        ("两小时起，固定时间上门", ""),
    ],
)
def test_a_price_that_depends_is_a_starting_price(conditions: str, words: str) -> None:
    """Conditions that leave the price open are asked about, unless it is said to be a starting price."""
    for starting in (False, True):
        found_in = tuple(depends.problems(_priced(conditions, starting=starting)))
        codes = ["VK-W003"] if words and not starting else []
        assert [(p.code, p.level) for p in found_in] == [(code, "warning") for code in codes]


def test_made_up_words_are_clean() -> None:
    """The briefs other tests are made of say nothing that may not be said."""
    for ask in every(("linli",))[::7]:
        made = script(ask)
        bans = [one for one in lint.examine(made, (), said.everything(made, ())) if one.level == "ban"]
        assert not [one for one in bans if one.rule in BY_WORDS], ask


def test_what_hides_behind_an_invisible_character_is_told_with_it(tmp_path: Path, cache: Cache) -> None:
    """One run says both, each once and at its place."""
    from PIL import Image  # noqa: PLC0415

    for name, grey in (("a", 100), ("b", 160)):
        Image.new("RGB", (320, 240), (grey, grey, grey)).save(tmp_path / f"{name}.jpg")
    file = tmp_path / "x.yaml"
    said = "标题: 全网第\u202e一\u200b的保洁\n服务: 保洁\n对比: {位置: 灶台, 前: a.jpg, 后: b.jpg}\n"
    file.write_text(f"模板: 清洁前后对比\n品牌: 邻里净\n{said}", encoding="utf-8")
    (item,) = batch.check([file], cache)
    told = [(one.code, one.place.line, one.place.column) for one in item.problems if one.place and one.level == "error"]
    assert told == [("VK-W001", 3, 5), ("VK-Y009", 3, 8)]


def test_a_place_in_a_table_is_a_cell(tmp_path: Path) -> None:
    """Not a character of its line."""
    file = tmp_path / "t.csv"
    file.write_text("文件名,标题\na,说最好\n", encoding="utf-8")
    cell = Place(str(file), 2, 2)
    assert said.exact(Said("说最好", "title", cell), 1, "最好") == cell


def test_the_word_over_a_declared_promise_is_no_promise() -> None:
    """The heading on a poster and the key of the brief; the same word before anything else is one."""
    promise = Promise(promise="有遗漏免费返工", conditions="做完 24 小时内")
    made = script(Ask("before-after", options=True))
    made = replace(made, brief=made.brief.model_copy(update={"promises": (promise,), "typed": (("promises", "承诺"),)}))

    def levels(text: str) -> list[str]:
        said_so = (*said.written(made.brief), Said(text, "before-after:poster"))
        found_there = lint.examine(made, (), said_so)
        return [one.level for one in found_there if one.rule == "guarantee" and one.words == "承诺"]

    assert levels("承诺有遗漏免费返工（做完24小时内）") == levels("承诺：有遗漏免费返工") == []
    assert levels("承诺") == []
    assert levels("承诺什么都擦亮") == ["caution"]


@pytest.mark.parametrize(
    ("title", "more", "place"),
    [
        ("灶台变个样", "正文: |\n  第一行\n  我们是全城最\n  好的家政\n", (10, 6)),
        ("找她打138", "正文: 55667788\n", (3, 8)),
        (
            "灶台变个样",
            "依据: {说法: 服务过 120 户, 来源: 全城最低价工单, 时间: 2025-01 到 2026-10, 范围: 贵阳}\n",
            (8, 25),
        ),
        ("灶台变个样", "正文: >\n  今天做了厨房，\n  慢慢擦，我们全城最低价，\n  欢迎来看\n", (10, 9)),
    ],
)
def test_words_of_evidence_and_folded_text_have_their_own_place(
    title: str, more: str, place: tuple[int, int], tmp_path: Path, cache: Cache
) -> None:
    """Though only a template's line shows them, though folding has moved them, and though a line or a field ends in them."""
    from PIL import Image  # noqa: PLC0415

    for name, grey in (("a", 100), ("b", 160)):
        Image.new("RGB", (320, 240), (grey, grey, grey)).save(tmp_path / f"{name}.jpg")
    file = tmp_path / "x.yaml"
    file.write_text(
        f"模板: 清洁前后对比\n品牌: 邻里净\n标题: {title}\n服务: 保洁\n谁家: 不是客户家\n"
        f"对比: {{位置: 灶台, 前: a.jpg, 后: b.jpg}}\n平台: 抖音\n{more}",
        encoding="utf-8",
    )
    (item,) = batch.check([file], cache)
    told = [one.place for one in item.problems if one.code == "VK-W001" and one.place]
    assert [(one.line, one.column) for one in told] == [place]


def test_what_the_law_wants_is_said_to_be_help_only(tmp_path: Path) -> None:
    """Under the finds of check: this is no legal advice; nothing of it where nothing was found."""
    from PIL import Image  # noqa: PLC0415

    for name, grey in (("a", 100), ("b", 160)):
        Image.new("RGB", (320, 240), (grey, grey, grey)).save(tmp_path / f"{name}.jpg")
    file = tmp_path / "x.yaml"
    for title, said_so in (("全城最低价", True), ("灶台变个样", False)):
        file.write_text(
            f"模板: 清洁前后对比\n品牌: 邻里净\n标题: {title}\n服务: 保洁\n谁家: 不是客户家\n"
            "对比: {位置: 灶台, 前: a.jpg, 后: b.jpg}\n",
            encoding="utf-8",
        )
        done = CliRunner().invoke(
            program, ["check", str(file)], env={"VIDKIT_LANG": "zh", "VIDKIT_CACHE": str(tmp_path / "c")}
        )
        assert ("不是法律意见" in done.output) == said_so

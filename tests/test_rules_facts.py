"""The rules on facts, line by line: former prices, what is taken off, bought reviews, children who praise, private lives; and honest lines like them."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from frozen_words import found, level
from made_up import Ask, script

from vidkit import masking
from vidkit.briefs.declared import Certificate, Evidence
from vidkit.briefs.mode import MODES
from vidkit.people.consents import Consent, Entry, Ledger
from vidkit.rules import certificates, lint, lives, packs, prices, reasons
from vidkit.rules.finding import Said
from vidkit.tables import table


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("门店价388，直播间199", "门店价388，直播间199"),
        ("平时299，周末199", "平时299，周末199"),
        ("199就能做（平时价299）", "199就能做（平时价299"),
        ("原先398的套餐，双十一只收198", "原先398的套餐，双十一只收198"),
        ("划掉399，只要199", "划掉399"),
        ("平时三百多，这个月给您算199", "平时三百多，这个月给您算199"),
        ("团购价只要九十九，比门店便宜一百", "比门店便宜一百"),
        ("原来要399，现在只要199\n月底照常排班", "原来要399，现在只要199"),
        ("原来要399，现在只要199\n平时也接", "原来要399，现在只要199"),
        ("原来要399现在199", "原来要399现在199"),
        ("写好评少收我妈妈二十块", "好评少收我妈妈二十块"),
        ("返20块给五星好评", "返20块给五星好评"),
        ("好评截图领取小毛巾", "好评截图领取"),
        ("八岁的小客户也夸", "八岁的小客户也夸"),
        ("小宝贝八岁，他说擦得真亮，推荐给大家", "八岁，他说擦得真亮，推荐给大家"),
        ("小朋友们快让妈妈来约呀", "小朋友们快让妈妈来约"),
    ],
)
def test_what_is_refused_in_an_advertisement(text: str, words: str) -> None:
    """Told once, whole, and nothing beside it that would send people elsewhere to mend it."""
    assert [(one.level, one.words) for one in found(text, "ad") if one.rule != "pressure"] == [("ban", words)]


@pytest.mark.parametrize("text", ["今天下单立减50", "前20名减30", "充500送500", "新客减20元"])
def test_what_is_taken_off_says_its_terms(text: str) -> None:
    """From which price, for whom, until when; with its last day it is said."""
    assert [(one.rule, one.level) for one in found(text, "ad")] == [("price", "evidence")]
    assert not [
        one for one in found(f"{text}，2026年12月31日前有效", "ad") if one.words in text and one.level != "caution"
    ]


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("平日45元/小时，周末50元/小时", "ad"),
        ("平时60，春节90", "ad"),
        ("平时2单，周末4单", "ad"),
        ("原来两个人擦三小时，现在一个半小时", "ad"),
        ("比以前少花两小时", "ad"),
        ("比原来省二十分钟", "ad"),
        ("门店价和线上价一样", "ad"),
        ("价格比以前低，活一样细", "ad"),
        ("以前擦一扇窗要40分钟，现在20分钟", "ad"),
        ("以前一百三，现在一百一，人瘦了一圈", "story"),
        ("以前挣3000，现在挣5000", "recruit"),
        ("以前一周洗28床，现在14床", "story"),
        ("店里38个阿姨，现在20个在岗", "recruit"),
        ("血压以前160，现在130", "story"),
        ("房租原来要1200，现在800", "story"),
        ("手机原来要3000，现在只要1500", "story"),
        ("客人写好评，送了一面锦旗", "story"),
        ("百分之百棉的抹布", "ad"),
        ("评价里说少收了一趟的钱", "ad"),
        ("好评领先的话我们不说", "story"),
        ("八岁的女儿夸妈妈做的饭香", "ad"),
        ("孩子八岁，奶奶推荐她来店里学", "recruit"),
        ("她八岁就会做饭", "story"),
        ("女儿在实验小学读三年级", "story"),
        ("我读小学三年级二班的时候", "story"),
        ("家政学校第二班开课了", "recruit"),
        ("客户李女士家，厨房擦了三小时", "ad"),
        ("客户高兴了，家里干净", "ad"),
        ("谢谢您说的话", "story"),
        ("许久没说话", "story"),
        ("张奶奶说不要换人", "story"),
        ("奶奶有糖尿病，汤里不放糖", "story"),
        ("春燕姐照顾过肝癌晚期的老人", "story"),
        ("门锁密码是您自己改的", "ad"),
        ("三楼左手第一间是厨房", "story"),
        ("车牌尾号3和8今天限行", "story"),
        ("一楼一个，三楼五个，六楼七个", "story"),
        ("我们照顾独居老人，一个人住也放心", "ad"),
        ("高龄老人独居，我们每天上门", "ad"),
        ("石阡老人一个人在家，也放心", "ad"),
        ("任何老人一个人在家都怕摔", "ad"),
        ("黄女士家里没人抽烟", "ad"),
        ("李奶奶家里没有油烟味", "ad"),
        ("张阿姨一个人擦完了整面窗", "ad"),
        ("孙女士在医院生完孩子", "story"),
        ("王太太在公司附近租的房", "story"),
        ("李姐离婚以后来我们店学手艺", "story"),
        ("奶奶总失眠\n两天洗好一床被子，她抱着闻", "story"),
        ("上周奶奶中风了，我陪她去医院", "story"),
        ("那时奶奶中风了", "story"),
        ("二楼奶奶中风了", "story"),
        ("我向奶奶问好，照顾奶奶", "story"),
        ("一张照片奶奶看了又看", "story"),
        ("感谢两位女士", "story"),
        ("这坛杨梅酒奶奶泡了三年", "story"),
        ("安静奶奶睡着了", "story"),
        ("华丽女士，年轻女士，全职太太", "story"),
        ("苏州女士，白云女士", "story"),
        ("店长王芳女士讲收纳", "story"),
        ("客户高层家的窗", "story"),
        ("客户花果园家的厨房", "story"),
        ("客户高兴地回家", "story"),
        ("客户张口就说好", "story"),
        ("客户李经理家", "story"),
        ("客户王大姐家", "story"),
        ("客户王小姐家的猫", "story"),
        ("客户安静的书房", "story"),
        ("小区名叫花果园，店名叫安心", "story"),
        ("客户孙子会叫人，李子红了", "story"),
        ("一张红纸奶奶剪了窗花，黄花菜奶奶晒了", "story"),
        ("感谢李和王女士，王某女士，杨某某女士", "story"),
    ],
)
def test_honest_lines_pass(text: str, mode: str) -> None:
    """Times, sizes, wages and weights are no prices; a child's day, a title and a ward are nobody's secret."""
    assert not found(text, mode)


@pytest.mark.parametrize(
    "text",
    [
        "客户李建国家",
        "张奶奶大名张秀英",
        "李建国说擦得亮",
        "陈和平说擦得亮",
        "客户王小红家的厨房三年没洗",
        "名叫王小红的客户",
        "姓名:李大海",
        "客户名叫易中天",
        "客户陈中华家",
        "客户李丽家",
        "客户林淑芬家",
        "业主高新华家",
        "客户白云飞家的窗",
        "顾客孔令辉家",
        "客户夏侯明家",
        "张丽华女士写道",
        "谢谢王建国先生送的锦旗",
        "陈秀英奶奶今年八十一",
        "林和平先生说很干净",
        "欧阳淑芬奶奶包了饺子",
        "王芳女士来电话",
        "罗朝阳女士来电话",
        "向光英奶奶送来辣椒",
        "客户林子涵家",
        "客户李红梅给我们打来电话",
        "感谢客户王建国送来锦旗",
        "客户张伟说擦得亮",
        "戴奶奶去年中风了",
        "陆奶奶高血压",
        "东方奶奶一个人住",
        "的确，向奶奶一个人住",
        "客户住在花果园M区12栋",
        "李爷爷，肝癌晚期",
        "未来方舟G3组团18楼左手第一家",
        "三号楼二十一楼2103室",
        "在中天幼儿园中二班",
        "实验小学三年级二班",
        "孩子读实验二小三年级二班",
        "门锁密码是123456",
        "门锁密码就是女儿的生日",
        "钥匙放在门口花盆下面",
        "车牌尾号688",
        "张婆婆一个人住，我每周去两次",
        "李奶奶独居，腿脚不便",
        "李老人家一个人住",
        "吴奶奶的女儿在外地",
        "王女士家白天没人",
        "周先生离婚以后请的我们",
        "刘女士在市税务局上班",
        "陈先生是一中的老师",
    ],
)
def test_a_private_life_is_looked_at_again(text: str) -> None:
    """In posts of every kind."""
    assert {(one.rule, one.level) for one in found(text, "story")} == {("personal", "caution")}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("罗爷爷中风三年了，左边手脚不方便", "罗爷爷中风"),
        ("罗爷爷高血压", "罗爷爷高血压"),
        ("李女士剖腹产", "李女士剖腹产"),
        ("杨孃孃癌症手术后", "杨孃孃癌症手术"),
        ("推着中风的罗爷爷下楼", "中风的罗爷爷"),
        ("罗爷爷爱下棋。他有老年痴呆，认不到人", "他有老年痴呆"),
    ],
)
@pytest.mark.parametrize("mode", MODES)
def test_who_is_ill_with_what_is_looked_at_again(text: str, words: str, mode: str) -> None:
    """Where somebody can be told apart, whatever the post is for; told once."""
    assert [(one.rule, one.level, one.words) for one in found(text, mode)] == [("personal", "caution", words)]


@pytest.mark.parametrize(
    ("before", "text", "told"),
    [
        ("陪罗爷爷的下午", "他有老年痴呆，有时认不到人", ["他有老年痴呆"]),
        ("陪老人的下午", "他有老年痴呆，有时认不到人", []),
        ("陪罗爷爷的下午", "她妈妈中风那年，她学会了翻身", []),
    ],
)
def test_he_is_whom_the_brief_called_by_name_before(before: str, text: str, told: list[str]) -> None:
    """In another field, too; where nobody was, nobody can be told apart."""
    one = (Said(before, "title"), Said(text, "sections.0.lines.0"), Said(text, "story:caption.txt"))
    assert [f.words for f in lint.examine(script(Ask("story")), (), one) if f.rule == "personal"] == told


PAPER = "ab" * 32


def agreed(name: str = "张奶奶", found: str = PAPER, **said: Any) -> Ledger:
    """The signed consent of an elder who ticked the box on illness and care, but for what is said."""
    usual: dict[str, Any] = {"role": "elder", "scope": ("name",), "purposes": ("story",), "platforms": ("douyin",)}
    usual |= {"ends": "2036-12-31", "publish": True, "sensitive": True, "signed": "a.jpg", "sha256": PAPER}
    one = Consent(**{"alias": name} | usual | said)
    return Ledger(Path("consents"), (Entry(Path(f"consents/{name}.yaml"), (name,), one, found=found),))


@pytest.mark.parametrize(
    ("book", "told"),
    [
        (agreed(), []),
        (agreed(sensitive=None), ["张奶奶有高血压", "她有糖尿病"]),
        (agreed(sensitive=False), ["张奶奶有高血压", "她有糖尿病"]),
        (agreed(withdrawn="2026-11-01"), ["张奶奶有高血压", "她有糖尿病"]),
        (agreed(ends="2026-11-25"), ["张奶奶有高血压", "她有糖尿病"]),
        (agreed(found="cd" * 32), ["张奶奶有高血压", "她有糖尿病"]),
        (agreed("张奶奶家", role="home"), ["张奶奶有高血压", "她有糖尿病"]),
        *((agreed(role=role), ["张奶奶有高血压", "她有糖尿病"]) for role in ("worker", "home", "child", "passer-by")),
        (None, ["张奶奶有高血压", "她有糖尿病"]),
    ],
)
def test_whoever_agreed_to_it_separately_may_be_told_to_be_ill(book: Ledger | None, told: list[str]) -> None:
    """On the paper entered, on the day, called as the consent calls her; anybody else beside her is looked at as ever."""
    made = replace(script(Ask("story")), consents=book, today="2026-11-26")

    def ill(*texts: str) -> list[str]:
        said = tuple(Said(text, f"sections.{number}.title") for number, text in enumerate(texts))
        return [one.words for one in lint.examine(made, (), said) if one.rule == "personal"]

    assert ill("张奶奶有高血压，菜少放盐", "她有糖尿病，不放糖") == told
    assert ill("罗爷爷中风三年了", "他有老年痴呆") == ["罗爷爷中风", "他有老年痴呆"]
    assert ill("张奶奶爱唱歌，罗爷爷爱下棋", "他有老年痴呆") == ["他有老年痴呆"]


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (("张奶奶的女儿得了癌症",), ["张奶奶的女儿得了癌症"]),
        (("张奶奶的老伴有老年痴呆",), ["张奶奶的老伴有老年痴呆"]),
        (("张奶奶家儿子中风了",), ["张奶奶家儿子中风"]),
        (("张奶奶爱唱歌，她的妹妹有糖尿病",), ["张奶奶爱唱歌，她的妹妹有糖尿病"]),
        (("中风的张奶奶的老伴",), ["中风的张奶奶"]),
        (("另一个张奶奶有高血压",), ["张奶奶有高血压"]),
        (("隔壁的张奶奶有高血压",), ["张奶奶有高血压"]),
        (("张奶奶爱唱歌", "他有糖尿病"), ["他有糖尿病"]),
        (("张奶奶爱唱歌，他有糖尿病",), ["他有糖尿病"]),
        (("张奶奶的女儿来了", "她有糖尿病"), ["她有糖尿病"]),
        (("中风的张奶奶，爱唱歌", "她有糖尿病", "张奶奶今年八十岁，有高血压"), []),
    ],
)
def test_her_word_is_not_her_relatives(texts: tuple[str, ...], told: list[str]) -> None:
    """Whoever agreed that her illness is told said nothing of her family, of another of her name, or of a man."""
    made = replace(script(Ask("story")), consents=agreed(), today="2026-11-26")
    said = tuple(Said(text, f"sections.{number}.title") for number, text in enumerate(texts))
    assert [one.words for one in lint.examine(made, (), said) if one.rule == "personal"] == told


def test_a_private_line_can_be_asked_for() -> None:
    """By whoever chooses a post's first line, without a post; people of the shop may be spoken of."""
    for line in ("他有老年痴呆，有时认不到人", "罗爷爷中风三年了", "张婆婆一个人住", "大名王秀珍"):
        assert lives.is_private(line), line
    for line in ("老人中风后，走路要扶", "罗爷爷爱下棋", "扶到走廊走两圈", ""):
        assert not lives.is_private(line), line
    for own in ((), ("阿姨",), ("李",), ("",)):
        assert lives.is_private("李阿姨得过癌症", own)
    assert not lives.is_private("李阿姨得过癌症", own=("李阿姨",))


def test_every_surname_we_know_is_one() -> None:
    """Each of the list once, those of two characters whole, and none whose everyday meaning the rules know is missing there."""
    single, double = "".join(table("surnames")["surnames"].split()), table("surnames")["compound"]
    known = (*single, *double)
    assert len(known) == len(set(known))
    for name in known:
        assert [one["name"] for one in lives.told("ill", f"{name}奶奶中风了")] == [f"{name}奶奶"], name
    words = table("rules/personal")["surnames"]
    named = (*words["single"], *words["own"], *words["parted"], *words["double"])
    assert len(named) == len(set(named))
    assert set(known) >= set(named)


def test_a_whole_name_is_to_be_written_with_its_surname() -> None:
    """All of a surname of two characters."""
    one = (Said("欧阳淑芬奶奶包了饺子，客户李丽家", "body"),)
    told = [f.rewrite[0] for f in lint.examine(script(Ask("story")), (), one) if f.rule == "personal"]
    assert ["欧阳女士" in told[0], "李女士" in told[1]] == [True, True]


def test_who_works_for_the_shop_may_be_named() -> None:
    """The same name is a customer's where nobody of the brief is called so."""
    made = script(Ask("story"))
    own = made.brief.people[0].model_copy(update={"name": "王秀珍"})
    one = (Said("王秀珍说擦得亮才算完，大名王秀珍", "body"),)
    named = replace(made, brief=made.brief.model_copy(update={"people": (own,)}))
    assert {f.words for f in lint.examine(made, (), one) if f.rule == "personal"} == {"王秀珍", "大名王秀珍"}
    assert not [f for f in lint.examine(named, (), one) if f.rule == "personal"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("一三八五五六六，七七八八", "138****7788"),
        ("一个3，八五五，六六七七，八八", "138****7788"),
        ("139、158、199、45", "139、158、199、45"),
        ("158，199，299，99", "158，199，299，99"),
        ("在中天幼儿园中二班", "在**学校**班"),
        ("在师大附中初二(3)班", "在**学校**班"),
        ("孩子在贵阳八中读初三", "孩子在**学校读初三"),
        ("去南明实验小学门口接朵朵", "去**学校门口接朵朵"),
        ("我在毕节二中读到高二", "我在毕节二中读到高二"),
        ("店址：南明区都司路18号一楼", "店址：南明区都司路18号一楼"),
        ("我们店在中山西路56号", "我们店在中山西路56号"),
        ("我们在中山西路56号擦窗", "我们在中山西路**号擦窗"),
        ("一个小时两小班", "一个小时两小班"),
        ("门锁密码：2580#", "门锁密码：****"),
        ("密码是她生日，钥匙压在脚垫底下", "密码是****，钥匙压在****"),
        ("钥匙放在茶几上就走，窗台也擦", "钥匙放在茶几上就走，窗台也擦"),
        ("店里WiFi密码是88888888", "店里WiFi密码是88888888"),
        ("密码2026年改过", "密码2026年改过"),
        ("车牌尾号688", "车牌尾号****"),
        ("3号楼12楼左手第二家", "**号楼**楼左手第**家"),
        ("微信：\nlili_gy520", "微信：\nli****"),
        ("加我微信\nshouldbefine1", "加我微信\nshouldbefine1"),
        ("薇guiyangjz88", "薇gu****"),
        ("想约的，薇:guiyangjz", "想约的，薇:gu****"),
        ("薇Vivian教我擦窗，李薇iPhone14拍的", "薇Vivian教我擦窗，李薇iPhone14拍的"),
        ("预约\n13985\n012345", "预约\n139****2345"),
        ("号码：139\n8765\n4321", "号码：139****4321"),
        ("158\n1990\n1580", "158\n1990\n1580"),
        ("咨询：188\n2588\n3888", "咨询：188\n2588\n3888"),
        ("下单：13912\n345678", "下单：139****5678"),
        ("接单：13800\n138000", "接单：138****8000"),
        ("简单139\n87654321", "简单139****4321"),
        ("快递单号：13912\n345678", "快递单号：13912\n345678"),
        ("有事，卫 gy88123456 约", "有事，卫 gy**** 约"),
        ("预约请➕卫gy88123456", "预约请➕卫gy****"),
        ("有事，卫 GY88123456 约", "有事，卫 gy**** 约"),
        ("客卫gy88123456，卫 M9876543 的龙头", "客卫gy88123456，卫 M9876543 的龙头"),
        ("客户的车库的钥匙在门口花盆下面", "客户的车库的钥匙在****"),
        ("我家车库的钥匙在门口花盆下面", "我家车库的钥匙在门口花盆下面"),
        ("钥匙在保安室\n电表箱后面擦灰", "钥匙在保安室\n电表箱后面擦灰"),
        ("预约：139\n8765\n4321", "预约：139****4321"),
        ("备用钥匙在牛奶箱里", "备用钥匙在****"),
        ("钥匙掉了，原来钥匙在鞋柜底下", "钥匙掉了，原来钥匙在鞋柜底下"),
        ("原来客户家钥匙在鞋柜底下", "原来客户家钥匙在****"),
        ("我的钥匙在鞋柜里，找到了", "我的钥匙在鞋柜里，找到了"),
        ("乐乐上实验三小", "乐乐上**学校"),
        ("两个娃都在这家幼儿园门口被我接过", "两个娃都在这家幼儿园门口被我接过"),
        ("她上门服务三小时", "她上门服务三小时"),
    ],
)
def test_what_is_said_of_a_home_is_masked(typed: str, shown: str) -> None:
    """And is not found again; rows of prices and what the next line begins with stay."""
    assert masking.masked(typed) == shown == masking.masked(shown)


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        (("title", "加我微"), ("body", "信详聊"), [("diversion", "caution", "加我微\n信")]),
        (("title", "贵阳第"), ("body", "一的保洁\n做完再走"), [("absolute", "ban", "贵阳第\n一")]),
        (("sections.0.title", "打 138085"), ("sections.0.lines.0", "12345"), [("diversion", "ban", "138085\n12345")]),
        (("sections.0.lines.0", "上门催"), ("sections.1.title", "乳三年"), [("medical", "caution", "催\n乳")]),
        (("title", "先擦稍微"), ("body", "信得过的抹布"), []),
        (("title", "花一天"), ("body", "天亮就走"), []),
        (("sections.0.title", "共 138 平"), ("sections.0.lines.0", "12345 步"), []),
        (("title", "上门催"), ("service", "乳白的墙"), []),
        (("title", "找我们做贵阳最"), ("problem", "好的清洗"), [("absolute", "ban", "贵阳最\n好")]),
        (("result", "洗完说是贵阳最"), ("people.0.quote", "好的一家"), [("absolute", "ban", "贵阳最\n好")]),
        (("points.0", "培训交押"), ("points.1", "金三百"), [("fees", "caution", "押\n金")]),
        (("pairs.0.note", "上门催"), ("pairs.1.note", "乳三年"), [("medical", "caution", "催\n乳")]),
        (("points.0", "吹风"), ("points.1", "水珠擦干"), []),
        (("sections.0.title", "开机试风"), ("sections.0.lines.0", "水管接口也看一遍"), []),
    ],
)
def test_words_and_numbers_in_two_fields_are_read_together(
    first: tuple[str, str], then: tuple[str, str], told: list[tuple[str, str, str]]
) -> None:
    """Where one is seen right after the other: a word to be looked at again, a number and what only 最 or 第 begins refused."""
    one = tuple(Said(text, where) for where, text in (first, then))
    found = lint.examine(script(Ask("steps", "linli")), (), one)
    assert [(one.rule, one.level, one.words) for one in found if "\n" in one.words] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        *(
            (one, [])
            for one in ("刮风\n水滴在窗台上", "高处擦完\n美缝里的灰", "洗完\n美得很", "下\n贱卖", "先擦顶\n级级往下擦")
        ),
        *(
            (one, [])
            for one in ("这一天\n花板擦了", "培训\n费心", "理\n疗养院", "出风口吹风\n水汽散了再合盖", "下\n奶油蛋糕")
        ),
        ("保洁界的天\n花板", ["保洁界的天\n花板"]),
        ("便\n宜的保姆", ["便\n宜的保姆"]),
        ("35岁以\n上不要", ["35岁以\n上不要"]),
        ("催\n乳三年", ["催\n乳"]),
        ("加\n微信报名", ["加\n微信"]),
        ("消\n毒液擦桌子", ["消\n毒"]),
    ],
)
def test_a_lines_end_parts_words_or_two_sentences(text: str, told: list[str]) -> None:
    """Everyday words at the end and the beginning of lines make no word of a list; one that a line's end tears is looked at again."""
    hits = [hit for name in packs.PACKS for hit in packs.hits(name, text) if "\n" in hit.typed]
    assert [hit.typed for hit in hits] == told
    assert not [hit for hit in hits if hit.row.level == "ban"]


@pytest.mark.parametrize("name", packs.PACKS)
def test_no_list_reaches_over_a_lines_end(name: str) -> None:
    """What a list finds in one line, it finds in no two."""
    for text in (
        "奶奶总失眠\n两天洗好一床被子",
        "全城\n最低价",
        "no\n1",
        "男\n, 35\n岁以下",
        "满200\n减50",
        "100\n%干净",
    ):
        assert not [hit.typed for hit in packs.hits(name, text) if "\n" in hit.typed]


@pytest.mark.parametrize("name", [name for name, row in table("rules/claims").items() if "patterns" in row])
def test_no_claim_reaches_over_a_lines_end(name: str) -> None:
    """Nor does a row of the claims: a blank in its patterns is one on the same line."""
    for text in (
        "原来要399\n现在只要199",
        "充500\n送500",
        "满200\n减50",
        "原\n价",
        "服务3000\n户",
        "199\n元",
        "45\n起",
    ):
        assert not [one[0] for one in reasons.spoken(name, text) if "\n" in one[0]]


def test_a_certificate_proves_what_it_is() -> None:
    """Its occupation at its level; no figure, no origin, nothing of others; what was tested is proven by a report."""
    made = script(Ask("story"))
    paper = Certificate(name="母婴护理员", issuer="某学校", number="S1", level="三级")
    person = made.brief.people[0].model_copy(update={"certificates": (paper,)})
    held = made.brief.model_copy(update={"people": (person,), "mode": "ad"})

    def told(text: str, **more: object) -> list[str]:
        case = replace(made, brief=held.model_copy(update=more))
        return [one.level for one in lint.examine(case, (), (Said(text, "body"),))]

    for text in (
        "床垫除螨99%",
        "用机器去甲醛",
        "清洁剂食品级",
        "金牌月嫂",
        "全员无犯罪记录",
        "高级育婴师证",
        "双证在手",
    ):
        assert told(text) == ["evidence"], text
    for text in ("持证上岗", "高级母婴护理师证", "有月嫂证"):
        assert told(text) == [], text
    report = Evidence(claim="床垫除螨99%", source="某检测公司报告", period="2026-03", scope="一张床垫")
    assert told("床垫除螨99%", evidence=(report,)) == []
    bare = Evidence(claim="床垫除螨", source="某检测公司报告", period="2026-03", scope="一张床垫")
    assert told("床垫除螨99%", evidence=(bare,)) == ["evidence"]
    assert told("阿姨都持证上岗") == ["evidence"]
    both = person.model_copy(update={"certificates": (paper, paper)})
    assert told("双证在手", people=(both,)) == []
    assert told("都持证上岗", people=(both, person)) == []
    assert certificates.is_held(held, "月嫂证")
    assert not certificates.is_held(held, "中级月嫂证")


def test_one_kind_of_figure_is_told_once_a_sentence() -> None:
    """A range of orders is one claim; two kinds of figures are two."""
    assert [one.words for one in found("有人一个月做二十单，有人做十单", "recruit")] == ["做二十单"]
    assert len(found("服务过3000户人家，回头率90", "ad")) == 2
    assert level(found("有人做二十单。有人做三十单", "recruit")) == "evidence"


@pytest.mark.parametrize(
    ("period", "today", "days"),
    [
        ("12月25日到12月30日", "2027-01-02", ("2026-12-25", "2026-12-30")),
        ("12月25日到12月30日", "2026-12-31", ("2026-12-25", "2026-12-30")),
        ("11月20日到11月30日", "2026-11-26", ("2026-11-20", "2026-11-30")),
        ("2027年12月25日到12月30日", "2027-01-02", ("2027-12-25", "2027-12-30")),
        ("2月29日", "2027-01-02", ()),
        ("2月29日", "2028-01-05", ("2024-02-29",)),
        ("12月25日到1月5日", "2027-01-10", ("2026-12-25", "2027-01-05")),
        ("12月25日到1月5日", "2026-12-31", ("2026-12-25", "2027-01-05")),
        ("11月20日到1月2日", "2027-02-20", ("2026-11-20", "2027-01-02")),
        ("2026年12月25日到1月5日", "2027-01-10", ("2026-12-25", "2027-01-05")),
        ("12月25日到2027年1月5日", "2027-01-10", ("2026-12-25", "2027-01-05")),
        ("12月25日到2月29日", "2028-03-01", ("2027-12-25", "2028-02-29")),
        ("2月29日到3月2日", "2027-01-05", ("2024-02-29", "2024-03-02")),
        ("11月1日到10日", "2026-11-20", ("2026-11-01", "2026-11-10")),
        ("2025年11月1日-10号", "2026-11-20", ("2025-11-01", "2025-11-10")),
        ("11月25日到5日", "2026-12-20", ("2026-11-25",)),
    ],
)
def test_days_without_a_year_are_the_last_ones(period: str, today: str, days: tuple[str, ...]) -> None:
    """Of this year, unless the first lies ahead: in January, December was days ago; a day before the one named before it is of the next year."""
    assert tuple(map(str, prices._days(period, date.fromisoformat(today)))) == days


def test_a_row_of_digits_is_read_in_time() -> None:
    """An amount is read whole or not at all: thousands of digits cost no second (0.1 s of a core; five times that is a fault)."""
    names = ("compare", "floor", "measure", "reduced")
    for name in names:
        assert not [*reasons.spoken(name, "1")]
    start = time.process_time()
    assert not [one for name in names for one in reasons.spoken(name, "1" * 5000)]
    assert time.process_time() - start < 0.5

"""Words → subtitles' phrases: short, whole, cut where people breathe; and how many syllables they take."""

from __future__ import annotations

from itertools import pairwise

import pytest

from vidkit import text
from vidkit.audio import phrases

LONG = [
    "我们先把油烟机拆下来用温水泡一会儿再擦，这样不伤手也不伤漆面，您放心！",
    "厨房、卫生间、客厅、阳台和两间卧室都要从上到下擦一遍",
    "我叫王秀英，从毕节来贵阳八年了。刚来的时候什么都不会，跟着张姐学了三个月。",
    "客户说：“做得真干净！下次还找你。”我听了特别高兴",
    "9:30上门，13800138000，2026年11月3日以前报名免费，￥1,280元起",
]


@pytest.mark.parametrize("words", LONG)
def test_phrases_are_short_and_say_every_word_once(words: str) -> None:
    """At most 14 characters; units join without gap or overlap; nothing but marks and spaces is lost."""
    made = phrases.phrases(words)
    units = [unit for phrase in made for unit in phrase.units]
    assert all(len(phrase.text) <= 14 for phrase in made)
    assert (units[0].start, units[-1].end) == (0, len(words))
    assert all(a.end == b.start for a, b in pairwise(units))
    kept = "".join(phrase.text for phrase in made)
    assert [c for c in kept if c.isalnum()] == [c for c in words if c.isalnum()]


def test_phrases_end_where_people_breathe() -> None:
    """After marks; in long clauses between words, never before a particle or after a preposition."""
    found = [p.text for p in phrases.phrases(LONG[0])]
    assert found == ["我们先把油烟机拆下来", "用温水泡一会儿再擦", "这样不伤手也不伤漆面", "您放心！"]
    assert all(p.text[-1] not in "和与跟及或把被给在从对向让" for words in LONG for p in phrases.phrases(words))


@pytest.mark.parametrize(
    "said",
    [
        "2026年11月3号那天|她把13800块钱的存折|交给我，叫我帮她拿去3楼",
        "每餐吃了多少睡了多久|我都用本子记下来给她女儿看",
        "老人家耳朵不好|所以我说话都要大声一点慢一点",
        "油烟机的滤网我每次都要拆下来|泡半个小时再刷",
        "从花果园到观山湖|我每天要坐一个小时的公交车",
        "我在2019年9月1号|到的贵阳那时候谁也不认识",
        "他们家的孩子一开始不让我抱|后来天天找我",
        "那天晚上下大雨|我走了四十分钟才走到她家里面",
        "老奶奶拉着我的手说你要是走了|我怎么办",
        "月子里的妈妈最怕的|就是晚上睡不好觉吃不下饭",
        "我从2015年开始|做家政一直到现在没有换过",
        "墙砖缝里面的油用牙刷|一点一点刷出来",
        "住在同心小区2栋|三单元的老人家",
        "那天阿姨给他喂了饭|还给他剪了指甲",
        "窗户缝里的灰要用小刷子|一点一点地掏",
        "孩子考上大学那天我在客户家|擦窗子接到电话就哭了",
        "一个月休四天|过年多休七天工资月底发",
    ],
)
def test_phrases_are_whole_where_nobody_wrote_a_mark(said: str) -> None:
    """None begins with 的 or 了, none ends on whoever the next thing is said of, and no day is torn."""
    assert "|".join(p.text for p in phrases.phrases(said.replace("|", ""))) == said


def test_short_clauses_stand_together() -> None:
    """A greeting of three characters is no subtitle of its own, unless a sentence ends."""
    assert [p.text for p in phrases.phrases("大家好，我是李阿姨。")] == ["大家好，我是李阿姨"]
    assert [p.text for p in phrases.phrases("好。我们开始吧。")] == ["好", "我们开始吧"]


def test_numbers_are_not_cut() -> None:
    """Times, prices and telephone numbers stay whole."""
    found = [p.text for p in phrases.phrases(LONG[4])]
    assert found[:2] == ["9:30上门", "13800138000"]
    assert any("￥1,280元" in one for one in found)


@pytest.mark.parametrize("words", ["", "  \n ", "……", "，。！", "🎉🎉"])
def test_no_words_no_phrases(words: str) -> None:
    """Nothing is invented."""
    assert phrases.phrases(words) == ()


def test_a_word_too_long_to_break_stays_whole() -> None:
    """A web address is not torn."""
    address = "www.example-jiazheng.com/guiyang"
    assert [p.text for p in phrases.phrases(address)] == [address]


def test_pauses_follow_the_marks() -> None:
    """Ends, commas, light marks, none."""
    units = [unit for p in phrases.phrases("擦玻璃，洗地毯、拖地板。") for unit in p.units]
    assert [unit.pause for unit in units][-1] == 3
    assert phrases._pause("好。”") == 3
    assert (phrases._pause("好，"), phrases._pause("好、"), phrases._pause("好")) == (2, 1, 0)


@pytest.mark.parametrize(
    ("words", "count"),
    [
        *{"大家好": 3, "一会儿": 2.4, "女儿": 2, "儿子": 2, "花儿": 1.4, "少儿": 2, "": 0, "，。": 0}.items(),
        *{
            "10": 1,
            "18": 2,
            "20": 2,
            "105": 4,
            "128": 5,
            "1000": 2,
            "1001": 4,
            "1280": 6,
            "12000": 4,
            "10001": 4,
        }.items(),
        *{"2026年": 5, "9:30": 4, "9:00": 2, "50%": 5, "￥68": 4, "￥68元": 4, "3.5小时": 5, "13800138000": 11}.items(),
        *{"VIP": 3, "W": 3, "WiFi": 2, "App": 1, "120㎡": 7, "60℃": 5, "1,280": 6}.items(),
    ],
)
def test_syllables(words: str, count: int) -> None:
    """Characters, numbers read out, letters, signs."""
    assert phrases.syllables(words) == count


def test_phrases_of_every_length_are_found_quickly() -> None:
    """A thousand characters without a mark are cut all the same."""
    made = phrases.phrases("我们每天都把厨房擦得干干净净" * 10)
    assert all(len(p.text) <= 14 for p in made)
    assert sum(len(p.text) for p in made) == len(text.plain("我们每天都把厨房擦得干干净净" * 10))


def test_how_much_a_break_disturbs_is_asked_once_for_a_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not for every pair of places, which makes a long text without marks slow."""
    asked: list[int] = []
    usual = phrases._unrest

    def counted(clause: str, place: int, ends: frozenset[int]) -> float:
        asked.append(place)
        return usual(clause, place, ends)

    monkeypatch.setattr(phrases, "_unrest", counted)
    assert len(phrases.phrases("我们每天都把厨房擦得干干净净" * 3)) > 1
    assert len(asked) == len(set(asked))

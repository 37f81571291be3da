"""Words: lines never wider than their room, broken where Chinese may break, nothing lost, and no character no font has."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from vidkit import graphics, tables, text
from vidkit.boards import joints
from vidkit.problems import Place, Refusal
from vidkit.text import DROPPED, NO_END, NO_START, Font, Setting

WORDS = (
    *(
        "先喷",
        "清洁剂",
        "擦干净",
        "抽油烟机",
        "灶台",
        "水槽边",
        "阿姨",
        "很",
        "放心",
        "厨房",
        "一尘不染",
        "不锈钢",
        "和",
        "再",
    ),
    *(
        "3小时",
        "10分钟",
        "199元",
        "8年",
        "2室1厅",
        "100平方米",
        "50%",
        "第3次",
        "约2小时",
        "30天",
        "5.5公斤",
        "12楼",
        "三小时",
        "两个月",
        "10 分钟",
    ),
    *("，", "。", "！", "？", "：", "（", "）", "“", "”", "、", "…", " ", "OK", "Wi-Fi", "A4", "-"),
)
"""What people write in our trade, with everything that must not be torn apart."""
UNITS = r"(?:\d+(?:\.\d+)?|三|两个)(?: ?)(?:小时|月|分钟|平方米|公斤|室|厅|元|年|次|天|楼|%)"
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=16).map("".join).map(text.plain).filter(bool)
settings = st.builds(
    Setting,
    sizes=st.sampled_from([(132, 88), (60, 54), (96, 72)]),
    width=st.sampled_from([420, 640, 800, 860]),
    lines=st.integers(1, 5),
    font=st.sampled_from([Font("text", 700), Font("text", 900), Font("display", 400)]),
    accent_pad=st.sampled_from([0.0, 0.14]),
)


def _set(said: str, setting: Setting, accent: str = "") -> text.Block:
    try:
        return text.fit(said, setting, accent=accent)
    except Refusal as refusal:
        assert [p.code for p in refusal.problems] == ["VK-T001"]  # noqa: PT017  # the only refusal these words may meet
        assume(False)
        raise


def _kept(said: str) -> str:
    """What must not be lost: everything but spaces and the marks a line may drop."""
    return "".join(c for c in said if c not in DROPPED and c != " ")


often = profile(max_examples=60, suppress_health_check=[HealthCheck.filter_too_much])


@often
@given(sentences, settings)
def test_lines_fit_their_room(said: str, setting: Setting) -> None:
    """No line is wider than the setting, no more lines than allowed, no size outside its bounds."""
    block = _set(said, setting)
    assert block.width <= setting.width + 0.01
    assert 1 <= len(block.lines) <= setting.lines
    assert setting.sizes[1] <= block.size <= setting.sizes[0]
    assert block.height == block.size + (len(block.lines) - 1) * block.leading


@often
@given(sentences, settings)
def test_nothing_is_lost_but_marks_at_line_ends(said: str, setting: Setting) -> None:
    """The lines one after another are the text, less the commas and stops lines may drop at their ends."""
    block = _set(said, setting)
    assert _kept("".join(line.text for line in block.lines)) == _kept(said)
    rest = said
    for line in block.lines:
        at = rest.index(line.text)
        assert set(rest[:at]) <= set(DROPPED + " ")
        rest = rest[at + len(line.text) :]
    assert set(rest) <= set(DROPPED + " ")


@often
@given(sentences, settings)
def test_lines_begin_and_end_as_chinese_lines_may(said: str, setting: Setting) -> None:
    """No closing mark begins a line (but the first), no opening mark ends one (but the last)."""
    block = _set(said, setting)
    for line in block.lines[1:]:
        assert line.text[:1] not in NO_START
    for line in block.lines[:-1]:
        assert line.text[-1:] not in NO_END


@often
@given(sentences, settings)
def test_numbers_keep_their_units(said: str, setting: Setting) -> None:
    """A number, its unit, and Latin words are never torn apart."""
    lines = [line.text for line in _set(said, setting).lines]
    for part in (*re.findall(UNITS, said), *re.findall("Wi-Fi", said)):
        assert any(part in line for line in lines), (part, lines)


@often
@given(sentences, settings, st.data())
def test_a_keyword_stays_whole(said: str, setting: Setting, data: st.DataObject) -> None:
    """The accented words stand on one line as one accented group, and its room is counted."""
    start = data.draw(st.integers(0, len(said) - 1))
    accent = said[start : data.draw(st.integers(start + 1, len(said)))][:6].strip()
    assume(accent and not set(accent) & set(DROPPED))
    block = _set(said, setting, accent)
    assert any(accent in line.text for line in block.lines)
    marked = "".join(run.text for line in block.lines for run in line.runs if run.accent)
    assert marked == accent
    assert block.width <= setting.width + 0.01


@often
@given(sentences, settings)
def test_runs_stand_side_by_side(said: str, setting: Setting) -> None:
    """Every run begins where the one before ends, in a family we carry; an opening mark's empty half hangs out to the left."""
    families = {face["family"] for face in text.table().values()}
    block = _set(said, setting)
    for line in block.lines:
        at = line.runs[0].x
        assert at == 0 or (line.text[0] in NO_END and -text.HANGING * block.size <= at < 0)
        for run in line.runs:
            assert run.x == pytest.approx(at, abs=0.02)
            assert run.family in families
            at = run.x + run.width
        assert line.width == pytest.approx(at, abs=0.02)


@given(st.text(max_size=30))
def test_any_text_is_set_or_refused(said: str) -> None:
    """Whatever is typed, there is a block or a refusal with a code, never another error."""
    try:
        block = text.fit(said, Setting((60, 54), 800, 4))
    except Refusal as refusal:
        assert {p.code for p in refusal.problems} <= {"VK-T001", "VK-T002"}  # noqa: PT017  # either is right
    else:
        assert _kept("".join(line.text for line in block.lines)) == _kept(
            unicodedata.normalize("NFC", text.plain(said))
        )


def test_a_missing_character_is_named() -> None:
    """VK-T002 names each character no font has once, with its code point, and the text's place."""
    with pytest.raises(Refusal) as caught:
        text.fit("干净🏠又🏠亮堂\u200b", Setting((60, 54), 900, 2), place=Place("a.yaml", 3, 5))
    (found,) = caught.value.problems
    assert (found.code, found.exit_code, found.place) == ("VK-T002", 4, Place("a.yaml", 3, 5))
    for language in ("zh", "en"):
        assert found.message(language).count("U+1F3E0") == 1
        assert "U+200B" in found.message(language)
        assert found.message(language).isprintable()


def test_too_long_text_is_refused_with_its_room() -> None:
    """VK-T001 says how many characters there are and about how many fit."""
    with pytest.raises(Refusal) as caught:
        text.fit("厨" * 10_000, Setting((60, 54), 540, 2))
    (found,) = caught.value.problems
    assert found.code == "VK-T001"
    assert "10000" in found.message("zh")
    assert "20" in found.message("zh")


def test_rare_name_characters_are_drawn() -> None:
    """Real people's names: 喆堃昇璟 and friends have glyphs."""
    assert text.missing("喆堃昇璟㛃䶮赟翀煜𬭎") in {(), ("𬭎",)}
    assert text.missing("喆堃昇璟") == ()


def test_coverage_is_what_the_fonts_draw() -> None:
    """A character the table gives to a face leaves ink when drawn with it; a missing one is known."""
    chance = np.random.default_rng(7)
    for face in ("text", "display"):
        ranges = [r for r in text.table()[face]["ranges"] if r[0] >= 0x4E00 and r[1] <= 0x9FFF]
        sample = [chr(ranges[i][0]) for i in chance.integers(0, len(ranges), 30)]
        family = text.table()[face]["family"]
        cells = "".join(
            f'<text x="{(i % 10) * 60 + 5}" y="{(i // 10) * 60 + 48}" font-size="50" font-family="{family}">{c}</text>'
            for i, c in enumerate(sample)
        )
        alpha = graphics.rasterise(
            f'<svg xmlns="http://www.w3.org/2000/svg" width="600" height="180">{cells}</svg>', 600, 180
        )[..., 3]
        assert all(alpha[r * 60 : r * 60 + 60, c * 60 : c * 60 + 60].any() for r in range(3) for c in range(10)), face


@pytest.mark.parametrize("font", [Font("text", 700), Font("text", 900), Font("display", 400)])
def test_measured_widths_are_drawn_widths(font: Font) -> None:
    """The ink of a line ends within a twentieth of its size of where its measure says."""
    line = text.line_of("擦干净了199元Wi-Fi干", font, 80)
    runs = "".join(
        f'<text xml:space="preserve" x="{run.x}" y="100" font-family="{run.family}" font-weight="{run.weight}" font-size="80" '
        f'font-kerning="none">{run.text}</text>'
        for run in line.runs
    )
    alpha = graphics.rasterise(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="140">{runs}</svg>', 1200, 140
    )[..., 3]
    ink = np.flatnonzero(alpha.max(axis=0) > 40)
    assert -0.05 * 80 <= line.width - int(ink[-1]) <= 0.16 * 80


def test_the_fewest_lines_evenly_filled() -> None:
    """What fits one line takes one; two lines are broken between phrases, not one long and one short."""
    setting = Setting((60, 60), 600, 3)
    assert text.wrap("擦得很干净", setting, 60) == ("擦得很干净",)
    assert text.wrap("先喷清洁剂，放十分钟再擦", setting, 60) == ("先喷清洁剂", "放十分钟再擦")


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("堆了半年的客厅，一下午", ("堆了半年的客厅", "一下午")),  # at the mark, though the lines differ more
        ("厨房、客厅、卫生间，一间一间来", ("厨房、客厅、卫生间", "一间一间来")),  # after a list, not inside it
        ("吃了多少、睡了多久，都记下来", ("吃了多少、睡了多久", "都记下来")),
        ("先收客厅、餐桌边、小书桌", ("先收客厅、", "餐桌边、小书桌")),  # a list alone, whose mark stays
        ("饼干渣都吸出来了，带我看了一遍", ("饼干渣都吸出来了", "带我看了一遍")),  # nothing that leans begins a line
        ("师傅着急了，一路跑着过来的", ("师傅着急了", "一路跑着过来的")),
        ("自己都不好意思，她一句没说", ("自己都不好意思", "她一句没说")),
        ("油都擦下来了，台面也亮堂了", ("油都擦下来了", "台面也亮堂了")),  # 台 counts machines, here it is a word
        ("做了6年月嫂，台面次次擦", ("做了6年月嫂", "台面次次擦")),
        ("洗衣机一台198元/台，两台起九折", ("洗衣机一台198元/台", "两台起九折")),
        ("热水泡三十分钟，小苏打、洗洁精各半", ("热水泡三十分钟", "小苏打、洗洁精各半")),
        ("我一个人在桥洞底下吃盒饭", ("我一个人", "在桥洞底下吃盒饭")),  # where a thing is stays with the thing
        ("到中山东路地铁D口旁社工站", ("到中山东路", "地铁D口旁社工站")),
        ("换下来的这一箱是两年没洗过的", ("换下来的这一箱", "是两年没洗过的")),
    ],
)
def test_lines_end_where_a_reader_rests(words: str, lines: tuple[str, ...]) -> None:
    """At marks rather than evenly, inside a list only where nothing else is left, never before what leans on the word before."""
    assert text.wrap(words, Setting((60, 60), 640, 3), 60) == lines


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("含叶轮、油网、油杯，嵌入式另加50元", ["含叶轮、油网、油杯", "嵌入式另加50元"]),
        ("4小时，不含挂号费、打车费", ["4小时", "不含挂号费、打车费"]),
        ("60平方米起，不含高空外窗、不含除甲醛", ["60平方米起", "不含高空外窗、", "不含除甲醛"]),
    ],
)
def test_letters_shrink_rather_than_a_list_is_torn_from_what_it_hangs_on(words: str, lines: list[str]) -> None:
    """What is contained and what is not stands on one line where smaller letters allow it; no line ends with 不含 or 另加."""
    assert [line.text for line in text.fit(words, Setting((96, 60), 728, 5)).lines] == lines


@pytest.mark.parametrize("room", range(300, 860, 40))
def test_no_character_stands_alone_on_the_last_line(room: int) -> None:
    """One character left is the worst end of a text, in wrapped and in flowing lines."""
    words = "真的太满意了，阿姨做事巴适得很，油烟机擦得亮锃锃的，下次还找你们家"
    lines = text.wrap(words, Setting((60, 60), room, 12), 60)
    assert lines
    cuts = text.flow(words, Font(), 60, room, text.phrase_ends(words))
    flowing = [words[a:b] for a, b in pairwise((0, *cuts))]
    for shown in (lines, flowing):
        assert len(shown[-1]) > 1
        assert any("巴适" in line for line in shown)


def test_a_long_text_flows_in_full_lines_that_end_where_a_reader_rests() -> None:
    """Nothing is lost, only a mark hangs over the edge, and lines end at marks and between phrases; what cannot be broken stands alone."""
    words = "厨房WiFi路由器后面的油灰都擦了，我妈说比她自己擦得还仔细。中午我留她吃饭她不肯，自己带的馒头。"
    cuts = text.flow(words, Font(), 60, 720, text.phrase_ends(words))
    lines = [words[a:b] for a, b in pairwise((0, *cuts))]
    assert "".join(lines) == words
    assert lines == [
        "厨房WiFi路由器",
        "后面的油灰都擦了，",
        "我妈说比她自己擦得还仔细。",
        "中午我留她吃饭她不肯，",
        "自己带的馒头。",
    ]
    assert text.flow("w" * 40 + "好的", Font(), 60, 300, frozenset()) == (40, 42)


def test_letters_shrink_rather_than_a_line_straddles_two_clauses() -> None:
    """Where one thing said ends in a line and the next is torn at its end, a smaller size that breaks at the mark is taken."""
    quote = Setting((72, 60), 728, 6, Font("text", 700), verbatim=True)
    block = text.fit("冰箱后面那个缝，我家住了9年没人动过！！", quote)
    assert [line.text for line in block.lines] == ["冰箱后面那个缝，", "我家住了9年没人动过！！"]


@pytest.mark.parametrize(
    ("line", "seen"),
    [("小苏打、", "小苏打、"), ("先擦，", "先擦"), ("完了。", "完了"), ("擦完；", "擦完"), ("、", "、")],
)
def test_a_list_that_goes_on_keeps_its_mark(line: str, seen: str) -> None:
    """A line drops its comma and its stop, never the mark that says a list goes on below."""
    assert text.shown(line) == seen


@pytest.mark.parametrize("room", range(180, 700, 40))
@pytest.mark.parametrize(
    "words",
    [
        "90平以内收纳盒另算",
        "今年45岁以上的大姐",
        "洗衣机198元/台",
        "一号楼三层靠左",
        "都吸出来了",
        "两人包一室一厅和3室2厅",
        "出地铁D口走三条街",
        "就在桥洞底下等这句话",
    ],
)
def test_numbers_units_and_what_leans_stay_together(words: str, room: int) -> None:
    """However narrow the lines, a number keeps its unit and what limits it, and a verb's complement is one word."""
    lines = text.wrap(words, Setting((60, 60), room, 9), 60) or (words,)
    whole = re.findall("[0-9]+[平岁]以[内上]|198元/台|一号楼|三层|出来|[一3]室[一2]厅|D口|三条|底下|这句", words)
    assert all(any(part in line for line in lines) for part in whole)


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("“东西有家，人才不累”", ("“东西有家，", "人才不累”")),
        ("东西有家，人才不累", ("东西有家", "人才不累")),
        ("“同心”服务站，来坐坐", ("“同心”服务站", "来坐坐")),
    ],
)
def test_what_somebody_said_keeps_its_marks(words: str, lines: tuple[str, ...]) -> None:
    """Words that stand in quotation marks as a whole keep the marks at the ends of their lines: without one, 人才 reads as talent."""
    assert text.wrap(words, Setting((100, 100), 700, 2), 100) == lines


def test_white_space_is_one_space() -> None:
    """Line breaks, tabs, ideographic and repeated spaces become one, at the ends none; letters are composed."""
    assert text.plain(" a\t\u3000b\n e\u0301 ") == "a b é"


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("我自己都没想到那里有那么多灰", "那里"),
        ("想学门手艺来坐坐", "学门手艺"),
        ("含烟机滤网和油烟机拆洗", "油烟机"),
        ("一个师傅带一个做会了再上门", "师傅"),
        ("先让清洁剂待一个下午", "清洁剂"),
        ("阿姨做事巴适得很", "巴适"),
        ("打整干净归一得很安逸", "归一"),
        ("摆龙门阵摆到晌午", "龙门阵"),
        ("到观山湖区世纪城龙泉苑坐坐", "世纪城"),
    ],
)
@pytest.mark.parametrize("room", range(280, 900, 40))
def test_known_words_are_never_broken(words: str, whole: str, room: int) -> None:
    """No line ends in a word of the list, however wide the lines are; at its ends one may."""
    lines = text.wrap(words, Setting((60, 60), room, 9), 60)
    assert lines
    assert any(whole in line for line in lines)
    assert not {at - words.index(whole) for at in text.phrase_ends(words)} & set(range(1, len(whole)))


def test_the_list_of_words_is_short_words() -> None:
    """Every word of the list stands there once and has two to four characters, all of them drawable."""
    lists = tables.table("line_words")
    listed = [word for name in joints.LISTS for word in lists[name].split()]
    assert len(listed) == len(set(listed))
    assert all(2 <= len(word) <= 4 and not text.missing(word) for word in listed)

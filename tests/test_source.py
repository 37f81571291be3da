"""Strict YAML: every value text as typed with its place, faults at their own line and column, nothing ever crashes."""

from __future__ import annotations

import codecs
import os
import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from vidkit import plan, source
from vidkit.briefs import keys
from vidkit.cache import Cache
from vidkit.problems import Place, Refusal
from vidkit.sources import encoding, unseen

GOOD = (Path(__file__).parent / "cases" / "good.yaml").read_text(encoding="utf-8").split("# ok")[0]
SIGNS = [
    "：",
    "，",
    "【",
    "】",
    "“",
    "－",
    "　",
    "\t",
    " #",
    "#家政",
    ": ",
    ":",
    "- ",
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    "|\n",
    ">",
    "@",
    "*a",
    "&a",
    "!",
    "%",
]
SIGNS += [
    "?",
    "\\",
    "\u200b",
    "\x00",
    "---\n",
    "\n",
    "\n  ",
    "\r\n",
    "\u2028",
    "<<: ",
    "标题",
    "三小时",
    "`",
    ",",
    "~",
    "\ufeff",
]


def _read(tmp_path: Path, content: str | bytes) -> source.Node:
    file = tmp_path / "a.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return source.read(file)


def _faults(text: str) -> list[tuple[int, int, str]]:
    return [(p.place.line, p.place.column, p.code) for p in source.parse(text, "a.yaml")[1] if p.place]


def _plain(node: source.Node) -> Any:
    if node.kind == "text":
        return node.text
    if node.kind == "list":
        return [_plain(item) for item in node.items]
    return {key.text: _plain(value) for key, value in node.pairs}


def test_values_stay_as_typed(tmp_path: Path) -> None:
    """Numbers, times, booleans and dates are text; quotes and block marks are gone."""
    text = "a: 8:30\nb: 0571\nc: no\nd: 2026-01-02\ne: 1_000\nf: '07'\ng: ~\nh: |\n  x: y\n  # z\ni: .inf\nj:\n"
    values = {
        "a": "8:30",
        "b": "0571",
        "c": "no",
        "d": "2026-01-02",
        "e": "1_000",
        "f": "07",
        "g": "~",
        "h": "x: y\n# z\n",
        "i": ".inf",
        "j": "",
    }
    assert _plain(_read(tmp_path, text)) == values


def test_every_node_has_its_place(tmp_path: Path) -> None:
    """Line and column count from 1; the name is the file's, or the one asked for."""
    root = _read(tmp_path, "标题: 厨房\n对比:\n  - {前: a.jpg}\n")
    pairs = root.get("对比")
    assert pairs is not None
    photo = pairs.items[0].get("前")
    assert photo is not None
    assert photo.place == Place("a.yaml", 3, 9)
    assert source.read(tmp_path / "a.yaml", shown="x/厨房.yaml").place == Place("x/厨房.yaml", 1, 1)
    assert root.get("平台") is None
    assert hash(root) == hash(_read(tmp_path, "标题: 厨房\n对比:\n  - {前: a.jpg}\n"))


def test_a_value_is_found_under_any_name_and_put_at_any_place(tmp_path: Path) -> None:
    """The first key in the file that is one of some names, whatever its width and case; all of a value goes to the place."""
    root = _read(tmp_path, "ＴＩＴＬＥ: 厨房\n标题: 客厅\n对比:\n  - {前: a.jpg}\n")
    found = root.under(("标题", "title"))
    assert found is not None
    assert (found.text, root.under(("平台",))) == ("厨房", None)
    place = Place("b.yaml", 7, 1)
    moved = root.at(place)
    pairs = moved.get("对比")
    assert pairs is not None
    assert _plain(moved) == _plain(root)
    assert {moved.place, pairs.place, pairs.items[0].pairs[0][0].place, pairs.items[0].pairs[0][1].place} == {place}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems(end: str) -> None:
    """Lines count the same whatever ends them."""
    assert _faults(f"标题: a{end}{end}服务：b{end}") == [(3, 3, "VK-Y020")]


@pytest.mark.parametrize(
    "data",
    [
        GOOD.encode("gb18030"),
        GOOD.encode("gbk"),
        codecs.BOM_UTF8 + GOOD.encode(),
        GOOD.encode("utf-16"),
        codecs.BOM_UTF16_BE + GOOD.encode("utf-16-be"),
    ],
    ids=["gb18030", "gbk", "utf-8 bom", "utf-16-le", "utf-16-be"],
)
def test_encodings_of_windows_editors_are_read(data: bytes, tmp_path: Path) -> None:
    """The same brief in another encoding gives the same values."""
    assert _plain(_read(tmp_path, data)) == yaml.load(GOOD, Loader=yaml.BaseLoader)  # noqa: S506  # text only
    assert encoding.encoded(GOOD, data, keys.every_name()) == data


def test_what_would_not_be_read_back_in_its_old_encoding_is_written_in_utf_8() -> None:
    """GB18030 is read only where it is Chinese beyond doubt: words of another language beside it leave that open."""
    mixed = GOOD + "# 부엌을 세 시간 만에 깨끗하게\n"
    made = encoding.encoded(mixed, GOOD.encode("gb18030"), keys.every_name())
    assert encoding.decode(made, "a.yaml", keys.every_name()) == mixed


def test_what_is_damaged_further_on_is_told_there() -> None:
    """Chinese of another encoding that breaks off in a character, or goes on in bytes of none, is told at that byte, not at its first one."""
    lines = GOOD.splitlines()
    begun = GOOD.encode("gb18030").rstrip(b"\n")
    for data, same in (
        (begun + "好".encode("gb18030")[:1], True),
        (begun + b"\xff\n", True),
        (begun + b"\n\xff", False),
    ):
        with pytest.raises(Refusal) as caught:
            encoding.decode(data, "a.yaml", keys.every_name())
        (told,) = caught.value.problems
        wanted = (len(lines), len(lines[-1]) + 1) if same else (len(lines) + 1, 1)
        assert (told.code, told.place and told.place.line, told.place and told.place.column) == ("VK-Y008", *wanted)


@pytest.mark.parametrize("codec", ["big5", "euc-jp", "shift-jis", "euc-kr"])
def test_other_encodings_are_refused(codec: str) -> None:
    """Text of another encoding is refused, never read as the wrong characters."""
    texts = {
        "big5": "標題: 三小時讓廚房變乾淨\n服務: 深層清潔\n",
        "euc-kr": "title: 부엌을 세 시간 만에 깨끗하게\nservice: 청소 서비스\n",
    }
    text = texts.get(codec, "title: 三時間でキッチンがきれいに\nservice: 掃除サービス\n")
    with pytest.raises(Refusal) as caught:
        encoding.decode(text.encode(codec), "a.yaml", keys.every_name())
    assert caught.value.problems[0].code == "VK-Y008"


@given(st.integers(0, len(GOOD.encode()) - 1), st.integers(0x80, 0xFF))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_one_broken_byte_never_gives_other_characters(position: int, byte: int) -> None:
    """UTF-8 with one byte overwritten is refused or differs from the good text by that character only."""
    data = bytearray(GOOD.encode())
    data[position] = byte
    try:
        text = encoding.decode(bytes(data), "a.yaml", keys.every_name())
    except Refusal:
        return
    assert len(text) == len(GOOD)
    assert sum(a != b for a, b in zip(text, GOOD, strict=True)) <= 1


@given(
    st.lists(st.tuples(st.integers(0, len(GOOD)), st.integers(0, 4), st.sampled_from(SIGNS)), min_size=1, max_size=5)
)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_a_mistyped_brief_never_crashes(edits: list[tuple[int, int, str]]) -> None:
    """Any mistyping gives nodes or faults, every fault inside the file."""
    text = GOOD
    for start, width, sign in edits:
        text = text[:start] + sign + text[start + width :]
    node, problems = source.parse(text, "a.yaml")
    assert node is not None or problems
    lines = re.split(r"\r\n|\r|\n", text)
    assert all(
        p.place and p.place.line <= len(lines) and p.place.column <= len(lines[p.place.line - 1]) + 1 for p in problems
    )


@given(st.text("ab标题：，:-# \n'\"[]{}|>,&*!?%@　\t", max_size=60))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_what_is_accepted_is_what_yaml_says(text: str) -> None:
    """A text without faults has the values that PyYAML finds in it, but for blanks that mean nothing."""
    node, problems = source.parse(text, "a.yaml")
    if node is not None and not problems and not re.search(r"[\t\u3000]", text):
        assert _plain(node) == yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # text only


@pytest.mark.parametrize(
    "text",
    [
        "说明: 先喷：再擦，三次",
        "标题: 【三小时】厨房变个样",
        "标题: “厨房”，三小时",
        "开头: 3.5米（高）－省心",
        "对比: # 一到六组\n- a",
        "对比: #一到六组\n  - a",
        "正文: |\n  标题：厨房\n\t\n  　空格 #话题\n服务: b",
        "正文: >-\n  a：b\n\n  - c：d\n服务: b",
        "说明: '先喷: 再擦 #真的'",
        '说明: "先喷: 再\\"擦 #真的\n  服务：下一行"',
        "要点: [a：b, '快，好', \"c #d\"]",
        "要点:\n- 先喷：再擦\n-   三小时",
        "人物: {原话: 先喷：再擦，好, 称呼: a}",
        "平台: [ # 两个\n  a, # 一\n  b ]",
        "正文: a\n  b：c\n\n  d，e",
        "# 标题：厨房\n  # 缩进\n标题: a # 好 #坏",
        "标题: a  \t",
        "标题: C#保洁",
        "路径: a\\b",
        "标题: a-b",
        "标题:\n  三小时：厨房",
        "---\n标题: a\n...\n",
        "{标题: a, 服务: b}",
    ],
)
def test_no_false_alarm(text: str) -> None:
    """Ordinary Chinese text, quoted text, block texts and comments are left alone."""
    assert _faults(text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: b\n标题：厨房", (2, 3, "VK-Y020")),
        ("x:\n- a\n- 位置：b", (3, 5, "VK-Y020")),
        ("人物:\n  称呼：a", (2, 5, "VK-Y020")),
        ("人物: {称呼：a}", (1, 8, "VK-Y020")),
        ("a: [b，c]", (1, 6, "VK-Y029")),
        ("a: {前: b，后: c}", (1, 9, "VK-Y029")),
        ("a: [b, c】\nd: e", (1, 9, "VK-Y026")),
        ("a: b\n  服务: c", (2, 3, "VK-Y032")),
        ("a: [b\nc: d", (1, 4, "VK-Y040")),
        ("a: 'b\nc: d", (1, 4, "VK-Y036")),
        ("a: b #c", (1, 6, "VK-Y028")),
        ("a: \tb", (1, 4, "VK-Y023")),
        ("a:\n \u00a0b: c", (2, 2, "VK-Y022")),
        ("a: b: c", (1, 5, "VK-Y034")),
        ('a: "b"c', (1, 7, "VK-Y038")),
        ("a: b\nc", (2, 1, "VK-Y033")),
        ("a: |\n   b\n  c\n", (3, 3, "VK-Y032")),
        ("a: \u202e： b", (1, 4, "VK-Y009")),
        ("a: {b: c]", (1, 4, "VK-Y040")),
        ("a: [b]]", (1, 7, "VK-Y038")),
        ("a: b\na: c", (2, 1, "VK-Y013")),
        ("a: |x", (1, 4, "VK-Y030")),
        ("? a\n: b", (1, 1, "VK-Y030")),
        ("{a: b}: c", (1, 1, "VK-Y019")),
        ("人物: {说明：a: b}", (1, 8, "VK-Y020")),
    ],
)
def test_fault_is_found_where_it_is(text: str, fault: tuple[int, int, str]) -> None:
    """Each fault has its own line and column, and is the first thing said."""
    assert _faults(text)[0] == fault


def test_places_are_those_of_the_file_after_mending() -> None:
    """What stands behind a mended sign keeps the column the person sees."""
    node, problems = source.parse("人物: {称呼：a，工种: b, 年: c\u202e\u200bd}", "a.yaml")
    assert [p.code for p in problems] == ["VK-Y020", "VK-Y029", "VK-Y009"]
    person = node.get("人物") if node else None
    assert person is not None
    assert [(key.text, key.place.column, value.text, value.place.column) for key, value in person.pairs] == [
        ("称呼", 6, "a", 9),
        ("工种", 11, "b", 15),
        ("年", 18, "cd", 21),
    ]


def test_bombs_end_at_once() -> None:
    """Deep nesting and nested aliases are refused without being followed."""
    assert _faults("a: " + "[" * 20000)[-1][2] == "VK-Y005"
    bomb = "a: &a [x]\n" + "".join(f"b{i}: &b{i} [*a, *a, *a, *a]\n" for i in range(200))
    assert {code for _, _, code in _faults(bomb)} == {"VK-Y016"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_no_brief(tmp_path: Path) -> None:
    """It is told as such and never opened, which would wait for ever."""
    os.mkfifo(tmp_path / "a.yaml")
    with pytest.raises(Refusal) as caught:
        plan.read(tmp_path / "a.yaml", Cache(tmp_path / "cache"))
    assert [one.code for one in caught.value.problems] == ["VK-Y002"]


@pytest.mark.parametrize("entry", ["“,", "[a，", "a，", "“a”，", "\u200b”", "“" * 3, "'a', ", '"a",'])
def test_signs_without_end_are_read_in_time(entry: str) -> None:
    """A line of nothing else takes as long as it is, not as long as its square."""
    began = time.process_time()
    source.parse("a: [" + entry * (60_000 // len(entry)), "a.yaml")
    assert time.process_time() - began < 20


def test_first_ones_counts_the_rest() -> None:
    """Of more than twenty problems nineteen are said, then how many there are more."""
    problems = source.parse("a: b\n" + "".join(f"c{i}：d\n" for i in range(30)), "a.yaml")[1]
    kept = source.first_ones(problems)
    assert len(kept) == 20
    assert kept[-1].values == (("count", "11"),)
    assert source.first_ones(problems[:20]) == problems[:20]


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_no_file_is_a_refusal(name: str, tmp_path: Path) -> None:
    """A missing file and a folder are refused without a traceback."""
    with pytest.raises(Refusal) as caught:
        source.read(tmp_path / name)
    assert caught.value.exit_code == 2


def test_unseen_characters() -> None:
    """Control, direction and zero-width characters are found, those without a meaning passed over; what an emoji or a script needs stays."""
    found = [(unseen.code_point(one.char), one.told) for one in unseen.unseen("a\u200b\u202e\x07\ufeff\xad")]
    assert found == [("U+200B", False), ("U+202E", True), ("U+0007", True), ("U+FEFF", False), ("U+00AD", False)]
    assert [c for _, c in unseen.hidden("a\u200b\u202e\x07\ufeff")] == ["\u202e", "\x07"]
    flag = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
    assert not list(unseen.hidden(f"好{flag}{flag}"))
    assert len(list(unseen.hidden(f"{flag[1:]}{flag[:4]}"))) == 9
    for whole in (flag, "👩‍🍳 ❤️ 喆堃", "می\u200cخواهم", "क्\u200dष"):
        assert unseen.seen(whole) == whole
    assert unseen.seen("三\u200d小\u200b时\ufeff") == "三小时"
    assert unseen.seen("三\u202e小") == "三\u202e小"


@pytest.mark.parametrize(
    ("text", "index", "said"),
    [
        ("清扫\u202e地面", 2, "“扫”和“地”中间"),
        ("清扫\u202e\u200b地面", 2, "“扫”和“地”中间"),
        ("清扫\u202e", 2, "“扫”后面"),
        ("上一行\n\u202e地面", 4, "“地”前面"),
        ("\u202e", 0, "这一行"),
    ],
)
def test_an_invisible_character_is_told_by_its_neighbours(text: str, index: int, said: str) -> None:
    """They can be seen, it cannot; neighbours are those of its own line."""
    assert unseen.between(text, index)["where"] == said


def test_what_means_nothing_is_passed_over_wherever_it_stands() -> None:
    """In keys, values, lists, quotes and block texts, before every line and behind it; places stay those of the file."""
    text = "\u200b标题\ufeff: \u200b扫\u200b地\u2060\n要点: [\u200ba,\u200b b\xad]\n正文: |\n  一\u200b二\n  三\n开头: '\u200e好'\n"
    node, problems = source.parse(text, "a.yaml")
    assert node is not None
    assert not problems
    said = {key.text: value.text or [one.text for one in value.items] for key, value in node.pairs}
    assert said == {"标题": "扫地", "要点": ["a", "b"], "正文": "一二\n三\n", "开头": "好"}
    assert [value.place.column for _, value in node.pairs[:2]] == [8, 5]

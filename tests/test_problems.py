"""The message table has both languages without gaps, and every code is used and every used code is there."""

from __future__ import annotations

import io
import locale
import re
import sys
from pathlib import Path

import pytest

from vidkit.problems import (
    Place,
    Problem,
    Refusal,
    as_json,
    in_order,
    messages,
    printable,
    problem,
    show,
    spoken_language,
)
from vidkit.tables import table

PACKAGE = Path(__file__).parent.parent / "vidkit"
MESSAGES = [*sorted((PACKAGE / "messages").glob("*.yaml")), PACKAGE / "data" / "keys.yaml"]


def _used() -> set[str]:
    return {
        code
        for file in PACKAGE.rglob("*.py")
        for code in re.findall(r"VK-[A-Z]+[0-9]+", file.read_text(encoding="utf-8"))
    }


def _values(text: str) -> set[str]:
    """The names of the values a text is filled with; ``{platform_en}`` is the English twin of ``{platform}``."""
    return {re.sub(r"_(zh|en)$", "", name) for name in re.findall(r"\{(\w+)\}", text)}


@pytest.mark.parametrize("code", sorted(messages()))
def test_entry_has_both_languages(code: str) -> None:
    """Message and hint stand in Chinese and English, name the same values, and the Chinese has Chinese in it."""
    entry = messages()[code]
    assert {"exit", "zh", "en"} <= set(entry), f"{code} lacks {sorted({'exit', 'zh', 'en'} - set(entry))}"
    assert set(entry) <= {"exit", "level", "sample", "zh", "zh_hint", "zh_cell", "en", "en_hint", "en_cell"}
    assert not any(entry[tongue].endswith(tail) for tongue, tail in table("cli")["consent-tail"].items()), (
        "say `sample: true`"
    )
    assert ("zh_hint" in entry) == ("en_hint" in entry)
    assert ("zh_cell" in entry) == ("en_cell" in entry)
    assert re.search(r"[\u4e00-\u9fff]", entry["zh"])
    assert not re.search(r"[\u4e00-\u9fff]", re.sub(r"[“”][^“”]*[“”]", "", entry["en"]))
    names = [_values(entry[language] + " " + entry.get(f"{language}_hint", "")) for language in ("zh", "en")]
    assert names[0] == names[1]
    cells = [_values(entry.get(f"{language}_cell", "")) for language in ("zh", "en")]
    assert cells[0] == cells[1] <= names[0]


@pytest.mark.parametrize("code", sorted(messages()))
def test_entry_exit_code_is_one_of_the_known(code: str) -> None:
    """The exit code is one that the program documents."""
    assert messages()[code]["exit"] in {0, 2, 3, 4, 5, 6, 7, 70}
    assert messages()[code].get("level", "error") in {"error", "warning"}


def test_every_code_is_used_and_every_used_code_is_there() -> None:
    """No dead entry in the table, no code without its words."""
    assert _used() == set(messages())


@pytest.mark.parametrize("file", MESSAGES, ids=lambda file: str(file.stem))
def test_no_words_are_lost_as_comments(file: Path) -> None:
    """Comments in the table stand on lines of their own: a `` #`` behind bare words would cut a message."""
    for line in file.read_text(encoding="utf-8").splitlines():
        assert " #" not in re.sub(r"'[^']*'|\"[^\"]*\"", "", line), line


def test_show_prints_place_level_code_message_and_hint() -> None:
    """A problem prints as one line and a hint."""
    item = problem("VK-Y021", Place("厨房.yaml", 7, 5), key="标题")
    assert show(item, "zh").splitlines() == [
        "厨房.yaml:7:5: 错误 VK-Y021: “标题”后面的冒号后面少了一个空格",
        "  建议: 冒号后面加一个空格",
    ]
    assert show(item, "en").startswith("厨房.yaml:7:5: error VK-Y021: ")


def test_what_stands_in_a_table_has_a_hint_of_its_own() -> None:
    """The hint speaks of columns and cells there, where the message has one for them."""
    price = problem("VK-B051", Place("厨房.yaml", 7, 5), field="金额", amount="199", starting="起: 是", value="199起")
    assert price.hint("zh") == "写最低的那个：金额: 199，再加一项 起: 是"
    cell = problem("VK-B051", Place("表.XLSX", 7, 5), **dict(price.values))
    assert cell.hint("zh") == "写最低的那个：199，再加一列 价格.起，格子里写 是"
    other = problem("VK-Y021", Place("表.csv", 7, 5), key="标题")
    assert other.hint("zh") == "冒号后面加一个空格"


def test_problems_are_sorted_without_repeats() -> None:
    """File order, each once, those without a place last."""
    late, early, nowhere = (problem("VK-Y023", place) for place in (Place("a", 9, 1), Place("a", 2, 7), None))
    assert in_order([nowhere, late, early, late]) == (early, late, nowhere)
    assert Refusal(late, early).problems == (early, late)


def test_values_cannot_repaint_the_terminal() -> None:
    """Control and direction characters in a value are printed as escapes."""
    assert printable("a\x1b[31m\u202eb") == "a\\x1b[31m\\u202eb"
    assert "\x1b" not in show(problem("VK-Y021", None, key="\x1b[2J"), "zh")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\x1b]0;pwn\x07前.yaml", "a\\x1b]0;pwn\\x07前.yaml"),
        ("a\u202elmay.b", "a\\u202elmay.b"),
        ("厨房\u3000前 a", "厨房\u3000前 a"),
        ("a\u2028b\tc\nd\udc80.jpg", "a\\u2028b\\tc\\nd\\udc80.jpg"),
        ("Screenshot 3.04\u202fPM 👨\u200d👩.png", "Screenshot 3.04\u202fPM 👨\u200d👩.png"),
    ],
)
def test_places_cannot_repaint_the_terminal(name: str, shown: str) -> None:
    """A file's name is shown with its control and direction characters as escapes; spaces and emoji stay; programs read the name as it is."""
    assert str(Place(name)) == shown
    assert str(Place(name, 2, 1)) == f"{shown}:2:1"
    assert as_json(Problem("VK-Y010", Place(name)), "zh")["file"] == name


def test_a_locale_that_cannot_be_made_out_means_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python refuses some with an error."""

    def unknown() -> tuple[str, str]:
        raise ValueError("unknown locale: UTF-8")

    for name in ("VIDKIT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(locale, "getlocale", unknown)
    assert spoken_language() == "zh"


@pytest.mark.parametrize(("letters", "spoken"), [("ascii", "en"), ("cp1252", "en"), ("gb18030", "zh"), ("utf-8", "zh")])
def test_letters_without_chinese_mean_english(letters: str, spoken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where question marks would be printed; who asks for a language gets it."""
    for name in ("VIDKIT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(locale, "getlocale", lambda: ("zh_CN", "UTF-8"))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding=letters))
    assert spoken_language() == spoken
    monkeypatch.setenv("VIDKIT_LANG", "zh")
    assert spoken_language() == "zh"


def test_json_form_names_everything() -> None:
    """A program gets code, level, exit code, place and words."""
    assert as_json(Problem("VK-Y010", Place("a.yaml")), "en") == {
        "code": "VK-Y010",
        "level": "error",
        "exit": 2,
        "file": "a.yaml",
        "line": 0,
        "column": 0,
        "message": "the file is empty",
        "hint": "make one with vidkit new and change its words",
    }

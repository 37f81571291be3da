"""Every rule fires where its cases say and nowhere else; what it rests on is data with a source; its page is the one its docstrings give."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import clips
import pytest
import yaml
from made_up import Ask
from made_up import script as made_up
from PIL import Image

import vidkit
from vidkit import kit, masking, plan
from vidkit.labels import marks
from vidkit.rules import certificates, claims, docs, lint, public, said
from vidkit.rules.registry import RULES
from vidkit.tables import table

if TYPE_CHECKING:
    from vidkit.cache import Cache
    from vidkit.rules.finding import Finding

CASES = Path(__file__).parent / "rules"
PAGE = Path(__file__).parent.parent / "docs" / "rules.md"
DATA = Path(vidkit.__file__).parent / "data" / "rules"
TODAY = "2026-11-26"
ORIGIN = {"source", "checked_on", "confidence"}
FILES = sorted(CASES.glob("*/*.yaml"))


def found(file: Path, examined: Cache) -> tuple[Finding, ...]:
    """What all rules find in a brief."""
    script = plan.read(file, examined, today=TODAY)
    plans = clips.planned(script)
    return lint.examine(script, plans, said.everything(script, plans))


def line(one: Finding, file: Path) -> str:
    """A finding as the cases write it."""
    place = one.said.place
    where = f"{place.line}:{place.column}" if place and Path(place.file).name == file.name else "-"
    return f"# finds: {lint.CODES[one.level]} {one.level} {where} {one.words}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two photos for the cases' briefs."""
    made = tmp_path_factory.mktemp("cases")
    for name, light in (("a.jpg", 40), ("b.jpg", 110)):
        Image.linear_gradient("L").resize((800, 600)).point([light + value // 2 for value in range(256)]).save(
            made / name
        )
    return made


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_case(file: Path, folder: Path, examined: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule finds in a case what the case says, at its place, and nothing else."""
    text = file.read_text(encoding="utf-8")
    if "# marks: none" in text:
        monkeypatch.setattr(marks, "of", lambda *_: ())
    named = re.search(r"^# named: (.*)$", text, re.MULTILINE)
    brief = Path(shutil.copy(file, folder / (named[1] if named else "brief.yaml")))
    lines = [line(one, brief) for one in found(brief, examined) if one.rule == file.parent.name] or ["# finds: nothing"]
    brief.unlink()
    expected = re.findall(r"^# finds: .*$", text, re.MULTILINE)
    if os.environ.get("VIDKIT_UPDATE") and lines != expected:
        kept = [one for one in text.splitlines() if not one.startswith("# finds: ")]
        file.write_text("\n".join((*kept, *lines)) + "\n", encoding="utf-8")
    assert lines == expected
    assert file.stem.startswith("pass-") == (lines == ["# finds: nothing"])


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_has_a_case_that_fires_and_one_that_passes(rule: str) -> None:
    """No rule without both."""
    assert list((CASES / rule).glob("fire-*.yaml")), "no brief that breaks it"
    assert list((CASES / rule).glob("pass-*.yaml")), "no brief that keeps it"


def test_every_rule_has_its_name_for_people() -> None:
    """What it is called, and one sentence on what it looks at, else both are blank in ``vidkit rules`` and on the page; no name of no rule."""
    named = table("rules/names")
    assert set(RULES) == set(named), "rules/ and data/rules/names.yaml do not name the same rules"
    assert not [name for name, row in named.items() if set(row) != {"zh", "says"} or not all(row.values())]


def test_every_case_is_of_a_rule() -> None:
    """No folder of cases is left of a rule that is gone."""
    assert {file.parent.name for file in FILES} <= set(RULES)


def test_every_reason_is_said_and_every_law_has_a_source() -> None:
    """Both languages, a level, a law we know; no reason nobody gives; every law with its origin."""
    laws = table("rules/law")
    code = "".join(file.read_text(encoding="utf-8") for file in Path(vidkit.__file__).parent.rglob("*.py"))
    for name, row in table("rules/reasons").items():
        assert set(row) - {"parts"} == {"level", "law", "why", "why_en", "rewrite", "rewrite_en"}, name
        assert row["level"] in lint.CODES, name
        assert row["law"] in laws, name
        assert f'"{name}"' in code or name.startswith("personal."), name
    for name, row in laws.items():
        assert set(row) == {"zh", "en"} | ORIGIN, name


def blocks(data: Any) -> list[dict[str, Any]]:
    """Every map with a source, and every map of figures and words that ought to have one."""
    if isinstance(data, list):
        return [one for inner in data for one in blocks(inner)]
    if not isinstance(data, dict):
        return []
    own = [data] if {"value", "patterns", "source"} & set(data) else []
    return own + [one for inner in data.values() for one in blocks(inner)]


@pytest.mark.parametrize("name", ["law", "claims", "certificates", "public", "personal"])
def test_every_row_of_facts_has_source_day_and_confidence(name: str) -> None:
    """A figure or a word of law without where, when and how sure is none."""
    rows = blocks(yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8")))
    assert rows
    for row in rows:
        assert set(row) >= ORIGIN, row
        assert isinstance(row["checked_on"], dt.date)
        assert row["confidence"] in tuple("ABCX")


def test_the_page_of_rules_is_what_docstrings_and_data_say() -> None:
    """``docs/rules.md`` is written by ``rules.docs``; VIDKIT_UPDATE=1 writes it anew."""
    page = docs.page()
    assert set(RULES) <= set(table("rules/names")), "a rule without a name in data/rules/names.yaml is a blank here"
    if os.environ.get("VIDKIT_UPDATE"):
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page
    assert all(f"`{name}`" in page for name in RULES)


def test_shipped_examples_say_that_they_are_made_up_and_break_no_rule(examined: Cache) -> None:
    """Nothing of ours is shown as real, and nothing has to be taken back; the words for people say so in their first lines."""
    for file in sorted((kit.bundled() / "examples").glob("*.yaml")):
        head = "".join(file.read_text(encoding="utf-8").splitlines()[:2])
        assert "虚构" in head
        assert [one for one in found(file, examined) if one.level == "ban"] == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("13812345678", "138****5678"),
        ("138-1234-5678", "138****5678"),
        ("１３８１２３４５６７８", "138****5678"),
        ("一三八一二三四五六七八", "138****5678"),
        ("幺三八 幺二三四 五六七八", "138****5678"),
        ("1 3 8 1 2 3 4 5 6 7 8", "138****5678"),
        ("138👍1234👍🏻5678", "138****5678"),
        ("花果园M区12栋2单元501室", "花果园**区**栋**单元**室"),
        ("0851-85551234", "0851-****1234"),
        ("（0851）85551234", "0851-****1234"),
        ("010-65551234", "010-****1234"),
        ("520102198503051237", "5201************37"),
        ("52010219850305 1237", "5201************37"),
        ("11010519491231002X", "1101************2X"),
        ("6222 0212 3456 7890 128", "6222 **** **** 0128"),
        ("贵A12345", "贵A·***45"),
        ("贵AD12345", "贵A·****45"),
        ("贵A·12345D", "贵A·****5D"),
        ("中华北路12号3栋2单元501", "中华北路**号**栋**单元**"),
        ("微信：xiulan_88", "微信：xi****"),
        ("加V abc12345", "加V ab****"),
        ("V我wang123", "V我wa****"),
        ("微我 liu_12345", "微我 li****"),
        ("贵阳云岩区中山路18号3单元502", "贵阳云岩区中山路**号**单元**"),
        ("张女士公司在中山西路56号3单元1201室", "张女士公司在中山西路**号**单元**室"),
        ("客户的店在中山西路56号", "客户的店在中山西路**号"),
        ("我们店在帮张女士花果园R区5栋1单元302打扫", "我们店在帮张女士花果园**区**栋**单元**打扫"),
        ("朵朵上南明小学", "朵朵上**学校"),
    ],
)
def test_personal_data_is_found_and_masked(typed: str, shown: str) -> None:
    """However it is typed, it is masked in the same way, and what is masked is not found again."""
    assert masking.masked(f"这里：{typed}，好的") == f"这里：{shown}，好的"
    assert masking.masked(masking.masked(typed)) == masking.masked(typed)


@pytest.mark.parametrize(
    "harmless",
    [
        "199元 45元 99元 158元",
        "2026-11-19 到 2026-11-25",
        "3小时，12平方米，12-31前有效",
        "3号线坐到11号口，一三五上午",
        "520102198503051238",
        "6222021234567890129",
        "S000052010000123",
        "两室一厅，三栋楼",
        "138****5678",
        "微信群里说一声",
        "新年好，ABC都会",
        "那天V我50",
        "100%纯棉抹布",
        "在A区3栋，★★★★★ 120㎡",
        "我们的店开在花果园R区5栋1单元3楼",
        "地址：南明区花果园大街12号一楼",
        "每天去花果园小学门口接订单",
    ],
)
def test_what_is_no_personal_data_stays(harmless: str) -> None:
    """Prices, days, sizes, wrong check characters, what is masked already."""
    assert masking.masked(harmless) == harmless


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("3000", 3000),
        ("一百二十", 120),
        ("3万", 30000),
        ("两百多", 200),
        ("120+", 120),
        ("一千零五", 1005),
        ("十五", 15),
        ("一千二", 1200),
        ("两百五", 250),
        ("三万五", 35000),
        ("三十多万", 300000),
        ("百余", 100),
        ("万余", 10000),
        ("一百几十", 110),
        ("三五", 5),
        ("七八十", 80),
        ("十七八", 18),
        ("3.5万", 35000),
        ("3,000", 3000),
        ("9" * 400, 0),
    ],
)
def test_numbers_in_words_are_read(typed: str, number: int) -> None:
    """Digits or Chinese ones."""
    assert claims.amount(typed) == number


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("服务一千二家", {1200}),
        ("服务一千零五家", {1005}),
        ("服务1,200家，做了3万单", {1200, 30000}),
        ("从零一步一步做起", set()),
    ],
)
def test_figures_of_words_are_known_however_they_are_written(words: str, said: set[int]) -> None:
    """So evidence in digits proves what a post says in Chinese numerals."""
    assert claims.figures(words) == said


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("三级", "三级"),
        ("高级工", "三级"),
        ("三级/高级工", "三级"),
        ("国家一级", "一级"),
        ("高级技师", "一级"),
        ("技师", "二级"),
        ("金牌", ""),
    ],
)
def test_levels_are_read(typed: str, level: str) -> None:
    """By their number or by what they are called."""
    assert certificates.level(typed) == level


def test_a_card_with_a_name_alone_is_timed_without_the_frames_before_it_stands() -> None:
    """Our own stay within what public interest allows, to a tenth of a second, and a longer one does not."""
    made = made_up(Ask("story", "tongxing"))
    board = clips.planned(made)[0].board
    *first, end = board.scenes
    longer = replace(end, graphics=tuple(replace(one, last=one.last + 30) for one in end.graphics))
    assert not end.pictures
    assert public.card_seconds(board, made.brand) == (end.frames - first[-1].into.frames) / board.fps
    assert round(public.card_seconds(board, made.brand), 1) <= public.most("card_seconds")
    assert public.card_seconds(replace(board, scenes=(*first, longer)), made.brand) > public.most("card_seconds")


def test_the_share_of_a_name_on_a_page_is_measured() -> None:
    """Letters of the name, and the logo's box."""
    brand = kit.brand("tongxing", kit.shelf())
    large = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1000"><text font-size="300">{brand.full_name}</text></svg>'
    small = large.replace("300", "40")
    assert public.brand_area(large, brand) == pytest.approx(0.45)
    assert public.brand_area(small, brand) < 0.01 < public.most("brand_area")

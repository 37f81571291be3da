"""What platforms allow and what rules rest on is shown with its source and its age; what is old is said."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from vidkit import cli, console, kit
from vidkit.commands import standing as command
from vidkit.kits import platform, standing
from vidkit.rules.registry import RULES
from vidkit.tables import table

if TYPE_CHECKING:
    from pathlib import Path

FRESH, OLD = "2026-11-26", "2027-07-01"


def run(
    arguments: str, day: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> tuple[str, str]:
    """What a command prints, and what it notes, on a day."""
    monkeypatch.setenv("VIDKIT_TODAY", day)
    monkeypatch.setenv("VIDKIT_LANG", "zh")
    with pytest.raises(SystemExit) as left:
        cli.program.main(arguments.split(), prog_name="vidkit")
    assert left.value.code == 0
    told = capsys.readouterr()
    return told.out, told.err


@pytest.mark.parametrize("one", platform.all_platforms(), ids=lambda one: str(one.id))
def test_every_figure_of_a_platform_is_shown_with_its_source(one: platform.Platform) -> None:
    """Every fact has a name in both languages, and every source is spelled out once."""
    shelf = kit.shelf()
    text = standing.platform_text(one, shelf)
    for fact in standing.facts(one, shelf):
        own = fact.path.rpartition(".")[2]
        shown = table("limit_names")["parts"].get(own, {}).get("zh", own)
        assert fact.path.partition(".")[0] not in {"covers", "overlay"} or shown in text
        assert fact.checked_on in text
    sources = text.partition(console.words("platform-sources"))[2].strip().splitlines()
    assert sources
    assert len(sources) == len(set(sources))
    assert all(line.startswith("[") for line in sources)
    assert not [line for line in text.splitlines() if line.startswith(("text.", "video.", "rules."))]


@pytest.mark.parametrize("one", platform.all_platforms(), ids=lambda one: str(one.id))
def test_a_platform_is_told_in_the_readers_language(one: platform.Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sources, parts of values and places: Chinese has no English sentence, English has the file's own words."""
    monkeypatch.setenv("VIDKIT_LANG", "zh")
    text = standing.platform_text(one, kit.shelf())
    figures, _, sources = text.partition(console.words("platform-sources"))
    assert all(re.search(r"[\u4e00-\u9fff]{3}", line.partition("] ")[2][:40]) for line in sources.split("\n") if line)
    assert not re.search(r"\b[a-z]+[-_][a-z]+\b|\b(left|right|top|bottom|words)\b", figures.partition("\n")[2])
    monkeypatch.setenv("VIDKIT_LANG", "en")
    said = standing.platform_text(one, kit.shelf())
    assert {line.partition("] ")[2] for line in said.partition("sources:\n")[2].splitlines()} <= {
        row["en"] for row in table("limit_names")["sources"]
    }


@pytest.mark.parametrize(("language", "comma"), [("zh", "、"), ("en", ", ")])
def test_lists_are_parted_as_the_reader_parts_them(language: str, comma: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No Chinese comma stands between English words, and no other between Chinese ones."""
    monkeypatch.setenv("VIDKIT_LANG", language)
    assert {sign for sign in ("、", ", ") if sign in standing.rules_text()} == {comma}


def test_old_figures_are_said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Within 180 days nothing is said; later platforms and rules are, and data for programs says so too."""
    for arguments in ("platforms", "platforms show 抖音", "rules"):
        assert "VK-W10" not in run(arguments, FRESH, capsys, monkeypatch)[1]
        assert "VK-W10" in run(arguments, OLD, capsys, monkeypatch)[1]
    data = json.loads(run("platforms show 抖音 --json", OLD, capsys, monkeypatch)[0])
    assert data["old_after_days"] == standing.most_days() == 180
    assert [one["old"] for one in data["platforms"]] == [True]
    assert (data["exit"], [one["code"] for one in data["problems"]]) == (0, ["VK-W101"])
    assert data["platforms"][0]["facts"][0]["days"] == 221


def test_the_day_it_becomes_old() -> None:
    """180 days are not too old, 181 are."""
    shelf = kit.shelf()
    some = standing.named("douyin", shelf)
    assert not list(standing.old_platforms(some, shelf, "2027-05-21"))
    assert list(standing.old_platforms(some, shelf, "2027-05-22"))


def test_every_rule_is_listed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """With its levels, the posts it holds for, and the day its sources were read."""
    out, note = run("rules", FRESH, capsys, monkeypatch)
    assert all(name in out for name in RULES)
    assert "不是法律意见" in note
    data = json.loads(run("rules --json", FRESH, capsys, monkeypatch)[0])
    assert {one["name"] for one in data["rules"]} == set(RULES)
    assert all(one["levels"] and one["modes"] and one["checked_on"] and one["zh"] for one in data["rules"])


def test_a_day_to_come_is_no_day_of_reading(tmp_path: Path) -> None:
    """A figure read after today would never be old: it is told at its line, once that day is over no more."""
    text = (platform.HERE / "douyin.yaml").read_text(encoding="utf-8")
    (tmp_path / "platforms").mkdir()
    later = text.replace("source: DY1, checked_on: 2026-11-22", "source: DY1, checked_on: 2027-02-01", 1)
    (tmp_path / "platforms" / "douyin.yaml").write_text(later, encoding="utf-8")
    shelf = kit.shelf(tmp_path)
    some = standing.named("douyin", shelf)
    (told,) = standing.old_platforms(some, shelf, FRESH)
    assert (told.code, told.level) == ("VK-L010", "warning")
    assert told.place
    assert "max_seconds" in later.splitlines()[told.place.line - 1]
    assert "2027-02-01" in told.message("zh")
    assert "VK-L010" not in {one.code for one in standing.old_platforms(some, shelf, OLD)}


def test_figures_of_one_day_to_come_are_told_once(tmp_path: Path) -> None:
    """A file whose figures were all read after today is one line, with the first of them."""
    text = (platform.HERE / "douyin.yaml").read_text(encoding="utf-8")
    (tmp_path / "platforms").mkdir()
    later = text.replace("checked_on: 2026-11-22", "checked_on: 2027-02-01")
    (tmp_path / "platforms" / "douyin.yaml").write_text(later, encoding="utf-8")
    shelf = kit.shelf(tmp_path)
    (told,) = standing.old_platforms(standing.named("douyin", shelf), shelf, FRESH)
    assert told.code == "VK-L010"
    assert "…" in told.message("zh")


def test_our_own_figures_read_after_today_speak_of_the_clock() -> None:
    """Nobody can mend the package's files: one line says that the computer's date may be wrong."""
    shelf = kit.shelf()
    (told,) = standing.old_platforms(standing.named(None, shelf), shelf, "2026-11-20")
    assert (told.code, told.level) == ("VK-L011", "warning")
    assert "2026-11-20" in told.message("zh")


@pytest.mark.parametrize(
    ("day", "asked", "codes"),
    [
        ("2019-01-01", False, ["VK-L011", "VK-L012"]),
        ("2027-03-01", False, ["VK-L012"]),
        (OLD, False, []),
        (OLD, True, ["VK-W101"]),
        ("2027-03-02", True, []),
    ],
)
def test_a_wrong_clock_and_old_figures_are_told_in_daily_work(
    day: str,
    asked: bool,  # noqa: FBT001  # a table
    codes: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The date is before vidkit's own figures, or before the newest pack that is kept; figures are old only of platforms that are posted to."""
    monkeypatch.setenv("VIDKIT_TODAY", day)
    monkeypatch.chdir(tmp_path)
    for name in ("2027-03-02-厨房-2", "2026-08-03-厨房", "别的", ".9999-01-01-x"):
        (tmp_path / "archive" / name).mkdir(parents=True)
    some = standing.named("douyin", kit.shelf()) if asked else None
    assert [one.code for one in command.clock(tmp_path, some)] == codes
    assert [one.code for one in command.clock(tmp_path / "none", some)] == [one for one in codes if one != "VK-L012"]

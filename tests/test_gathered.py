"""What stands against the rows of a table: said once for all rows it holds for, with one piece of advice, errors nearest the prompt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from vidkit import batch
from vidkit.batch import Item
from vidkit.cache import Cache
from vidkit.commands import tabled
from vidkit.problems import Place, Problem, Refusal, problem
from vidkit.source import Node
from vidkit.spreadsheets import gathered
from vidkit.spreadsheets.rows import Row

Advance = Callable[[int, int], None]


def at(line: int, column: int = 3, file: str = "表.csv") -> Place:
    """A place in the table."""
    return Place(file, line, column)


def small(line: int, name: str, column: int = 3) -> Problem:
    """A photo that is too small."""
    return problem("VK-P024", at(line, column), name=name, width="10", height="10")


def test_alike_is_told_together_and_errors_last() -> None:
    """The order is that of the kinds as they first come; one hint below all it is for; what the shared brief says is said once."""
    shared = problem("VK-P022", Place("清单.yaml", 7, 3), name="a.jpg")
    error = problem("VK-B023", at(2, 5), field="金额", value="一百")
    told = gathered.lines(
        [error, shared, small(2, "b.jpg"), shared, small(3, "c.jpg", 4), small(4, "b.jpg")], "表.csv", [2, 3, 4], "zh"
    )
    assert [line.partition(": ")[0] for line in told] == [
        "清单.yaml:7:3",
        "  建议",
        "表.csv:2,4:3",
        "表.csv:3:4",
        "  建议",
        "表.csv:2:5",
        "  建议",
    ]
    assert [line.count("b.jpg") for line in told] == [0, 0, 1, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("rows", "lines", "said"),
    [
        ([2, 3, 4], [2, 3, 4], "表.csv 的 3 行都这样（第 3 列）: 注意"),
        ([2, 3], [2, 3], "表.csv:2,3:3: 注意"),
        ([2, 3, 4, 5], [2, 3, 5], "表.csv:2,3,5:3: 注意"),
    ],
)
def test_what_holds_for_every_row_says_so(
    rows: list[int], lines: list[int], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else its rows are named."""
    monkeypatch.setenv("VIDKIT_LANG", "zh")
    told = gathered.lines([small(line, "b.jpg") for line in lines], "表.csv", rows, "zh")
    assert told[0].startswith(said)
    assert len(told) == 2


def test_a_row_is_called_by_its_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file of its name is there: nothing that is told of it names one, nor of nothing; programs get the table and the line."""
    monkeypatch.setenv("VIDKIT_LANG", "zh")
    said = (problem("VK-M009", Place("briefs/秀兰.yaml"), name="a", other="b"), problem("VK-B020"), small(2, "b.jpg"))
    item = Item(Path("briefs/秀兰.yaml"), problems=said, row=at(2, 1))
    assert item.called == "表.csv 第 2 行（秀兰）"
    assert [p.place for p in item.told] == [at(2, 1), at(2, 1), at(2)]
    assert batch.as_data(item)["row"] == {"table": "表.csv", "line": 2}
    alone = replace(item, row=None)
    assert (alone.called, alone.told) == ("briefs/秀兰.yaml", said)
    assert "row" not in batch.as_data(alone)


def test_how_many_photos_there_are_is_known_from_the_first_row(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Later briefs count as having as many as the earlier ones: a bar that is full from the beginning says nothing."""

    def examined(file: Path, _row: object, _how: object, advance: Advance) -> Item:
        for _photo in range(counts[file.stem]):
            advance(1, counts[file.stem])
        return Item(file)

    counts = {"一": 5, "二": 5, "三": 0, "四": 2}
    seen: list[tuple[int, int]] = []
    monkeypatch.setattr(batch, "_checked", examined)
    batch.check([Path(f"{name}.yaml") for name in counts], Cache(tmp_path), advance=lambda *told: seen.append(told))
    assert seen == [(1, 20)] * 10 + [(1, 12)] * 2


@pytest.mark.parametrize(
    ("met", "code"), [(Refusal(problem("VK-K001")), "VK-K001"), (MemoryError(), "VK-M012")], ids=["refused", "fault"]
)
def test_whatever_a_row_meets_is_told_at_the_row(
    met: Exception, code: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No file of its name is there."""

    def examined(*_: object) -> Item:
        raise met

    monkeypatch.setattr(batch, "_checked", examined)
    file, place = Path("briefs/秀兰.yaml"), at(2, 1)
    rows = {file: Row("秀兰", Node(place, "map"), place)}
    (item,) = batch.check([file], Cache(tmp_path), rows=rows)
    assert [(one.code, one.place) for one in item.told] == [(code, place)]
    assert batch.as_data(item)["row"] == {"table": "表.csv", "line": 2}


def test_rows_are_counted_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """How many have no errors, and how many have."""
    monkeypatch.setenv("VIDKIT_LANG", "zh")
    good = Item(Path("一.yaml"), problems=(small(2, "b.jpg"),), row=at(2, 1))
    bad = Item(Path("二.yaml"), problems=(problem("VK-M009", name="a", other="b"), problem("VK-X005")), row=at(3, 1))
    assert tabled.counted((good, bad, good)) == "3 行里：2 行没有错误，1 行有错误（共 2 处），改好再来一次"
    assert tabled.counted((good, good)) == "2 行都没有错误"

"""What stands against the rows of a table → few lines: the same said of several rows once, advice once for all it holds for, errors last."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vidkit.console import words
from vidkit.problems import show

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vidkit.problems import Language, Place, Problem

FEWEST = 3
"""Of fewer rows in all it is not said that it holds for every one."""


def lines(problems: Iterable[Problem], table: str, rows: Sequence[int], language: Language) -> tuple[str, ...]:
    """What is told of the ``rows`` (their lines) of a ``table``: kind by kind in the order in which they first come, warnings before errors."""
    unique = tuple(dict.fromkeys(problems))
    kinds = {code: at for at, code in reversed([*enumerate(one.code for one in unique)])}
    ordered = sorted(unique, key=lambda one: (one.level == "error", kinds[one.code]))
    advice: dict[tuple[str, str], dict[str, list[Place | None]]] = {}
    for one in ordered:
        said, _, _ = show(replace(one, place=None), language).partition("\n")
        _, _, hint = show(one, language).partition("\n")
        advice.setdefault((one.code, hint), {}).setdefault(said, []).append(one.place)
    return tuple(line for (_, hint), told in advice.items() for line in _told(told, hint, table, rows))


def _told(told: dict[str, list[Place | None]], hint: str, table: str, rows: Sequence[int]) -> Iterator[str]:
    """A line for each thing said, with all places where it holds, and the advice for them below."""
    for said, places in told.items():
        where = words("and").join(_places([one for one in places if one], table, rows))
        yield f"{where}: {said}" if where else said
    if hint:
        yield hint


def _places(places: Sequence[Place], table: str, rows: Sequence[int]) -> Iterator[str]:
    """Places in words; those in one column of the table as one."""
    columns: dict[int, list[int]] = {}
    for one in places:
        if one.file == table and one.line in rows:
            columns.setdefault(one.column, []).append(one.line)
        else:
            yield str(one)
    for column, found in columns.items():
        if len({*found}) == len(rows) >= FEWEST:
            yield words("rows-all", table=table, count=len(rows), column=column)
        else:
            yield f"{table}:{','.join(map(str, sorted({*found})))}:{column}"

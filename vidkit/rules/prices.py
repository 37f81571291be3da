"""Prices: what a price is compared with, what a starting price covers, amounts and former prices in free words, and until when they hold."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from vidkit.rules.reasons import claimed, field, figure, finding, looked_for, sentence, told, within
from vidkit.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.brief import Price
    from vidkit.rules.finding import Case, Finding

DAY = re.compile(r"(?:([12][0-9]{3})[-./年])?([0-9]{1,2})[-./月]([0-9]{1,2})日?")
"""A day as 2026-11-19, 2026年11月19日 or 11月19日."""
AMOUNT = re.compile(r"[0-9]+(?:\.[0-9]+)?")
OWN = ("prices", "gift", "evidence", "promises", "qr")
"""Fields whose amounts are said as facts already."""


@rule("price")
def price(case: Case) -> Iterator[Finding]:
    """A price compared with another one needs that one's amount (higher than the price), what price it was and on which days; a bare
    former price (原价, 划线价, 特价) may stand nowhere. A starting price says what it covers; an amount in free words is one of the brief's prices.
    """
    for number, one in enumerate(case.script.brief.prices):
        yield from _compared(case, one, f"prices.{number}")
        yield from _floor(case, one, f"prices.{number}")
    yield from _in_words(case)


def _compared(case: Case, one: Price, path: str) -> Iterator[Finding]:
    """What is wrong with the price another is compared with."""
    other = one.compare
    if not other:
        return
    if Decimal(other.amount) <= Decimal(one.amount):
        yield finding(
            "price.compare-not-higher", other.amount, field(case, f"{path}.compare.amount"), amount=one.amount
        )
    if within("no_basis", other.basis.strip()):
        yield finding("price.compare-no-basis", other.basis, field(case, f"{path}.compare.basis"))
    yield from _period(case, other.period, f"{path}.compare.period", documented=within("documented", other.basis))


def _period(case: Case, period: str, path: str, *, documented: bool) -> Iterator[Finding]:
    """A period is days; without a basis that says what price it was, some of them lie within the last days before the post."""
    if not case.today:
        return
    today = date.fromisoformat(case.today)
    days = tuple(_days(period, today))
    if not days:
        yield finding("price.compare-undated", period, field(case, path))
        return
    span = int(figure("compare_days"))
    recent = max(days) >= today - timedelta(days=span) and min(days) <= today
    if not recent and not documented:
        yield finding("price.compare-old", period, field(case, path), days=span)


def _days(period: str, today: date) -> Iterator[date]:
    """The days a period names; without a year the last such day before ``today``'s year is over."""
    year = today.year
    for found in DAY.finditer(period):
        year = int(found[1]) if found[1] else year
        try:
            yield date(year, int(found[2]), int(found[3]))
        except ValueError:
            continue


def _floor(case: Case, one: Price, path: str) -> Iterator[Finding]:
    """A starting price whose conditions say nothing but that it depends."""
    said = f"{one.conditions} {one.scope}"
    for pattern in looked_for("depends").patterns:
        said = pattern.sub("", said)
    if one.starting and not within("measure", said) and len(re.sub(r"\W", "", said)) < 2:
        yield finding("price.floor", one.conditions or "起", field(case, f"{path}.conditions"))


def _in_words(case: Case) -> Iterator[Finding]:
    brief = case.script.brief
    compared = any(one.compare for one in brief.prices)
    before = []
    for found, said in claimed(case, "compare", quoted=True):
        if not compared:
            before.append(found[0])
            yield told("price.compare-bare", found, said)
    for found, said in claimed(case, "discount"):
        if not compared:
            yield told("price.discount", found, said)
    if case.mode == "ad":
        yield from _amounts(case, {number for words in before for number in AMOUNT.findall(words)})


def _amounts(case: Case, told_before: set[str]) -> Iterator[Finding]:
    """Amounts and starting prices in free words, without those told before."""
    known = {*_known(case), *told_before}
    floors = []
    for found, said in claimed(case, "floor"):
        own = _amount(found[0])
        if said.where.partition(".")[0] not in OWN and own not in known and not within("measure", _behind(found)):
            floors.append(found[0].strip())
            yield told("price.floor", found, said)
    for found, said in claimed(case, "amounts"):
        covered = found["amount"] in known or any(found["amount"] in one for one in floors)
        if said.where.partition(".")[0] not in OWN and not covered and not _complete(found):
            yield told("price.loose", found, said)


def _known(case: Case) -> Iterator[str]:
    """Every amount the brief says as a fact."""
    for one in case.script.brief.prices:
        yield one.amount
        yield from ([one.compare.amount] if one.compare else [])
        yield from AMOUNT.findall(f"{one.conditions} {one.scope} {one.extra}")


def _amount(words: str) -> str:
    found = AMOUNT.search(words)
    return found[0] if found else ""


def _behind(found: re.Match[str]) -> str:
    """What a sentence says besides some words."""
    return sentence(found).replace(found[0], " ", 1)


def _complete(found: re.Match[str]) -> bool:
    """Whether an amount stands with its unit (58元/台, 4.9元/㎡, 199元一次), or its sentence says how much it covers (3小时238元)."""
    after = found.string[found.end() :]
    united = re.match(r"\s*(?:/|每|一(?=[次台个户张间套扇位件小天月]))\s*[0-9]{0,2}[一-龥㎡]", after)
    return bool(united) or within("measure", _behind(found))


@rule("valid-until")
def valid_until(case: Case) -> Iterator[Finding]:
    """Prices that were valid until a day that has passed are no prices any more."""
    until = case.script.brief.valid_until
    if until and case.today and until < case.today:
        yield finding("valid-until.past", until, field(case, "valid_until"))

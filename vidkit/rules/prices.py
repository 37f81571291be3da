"""Prices: what a price is compared with, what a starting price covers, amounts and former prices in free words, and until when they hold."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from vidkit.rules.claims import amount
from vidkit.rules.normal import narrow
from vidkit.rules.reasons import claimed, field, figure, finding, is_listed, looked_for, sentence, told, within
from vidkit.rules.registry import rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vidkit.brief import Price
    from vidkit.rules.finding import Case, Finding

DAY = re.compile(r"(?:([12][0-9]{3})[-./年])?([0-9]{1,2})[-./月]([0-9]{1,2})日?")
"""A day as 2026-11-19, 2026年11月19日 or 11月19日."""
UNTIL = re.compile(rf"{DAY.pattern}|(?<=[到至~～—-])(?P<until>[0-9]{{1,2}})[日号]")
"""A day of a period; its last one may say no month, which is that of the day before (11月1日到10日)."""
LEAP = 8
"""Within so many years there is a 29 February."""
AMOUNT = re.compile(r"[0-9]+(?:\.[0-9]+)?")
PRICED = re.compile(r"prices\.([0-9]+)\.")
"""The path of a price's own words."""
OWN = ("prices", "gift", "evidence", "promises", "qr")
"""Fields whose amounts are said as facts already."""


@rule("price")
def price(case: Case) -> Iterator[Finding]:
    """A price compared with another one needs that one's amount (higher than the price), what price it was and on which days; a bare
    former price (原价, 划线价, 特价, 门店价388、直播间199) may stand nowhere; one asked in the shop is still asked, one paid was paid in the last days.
    What is taken off (立减50, 充500送500) says from what, for whom and until when. A starting price says what it covers; an amount in free words is
    one of the brief's prices.
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
    """A period is days; some of them lie within the last days before the post, those of a price that is only asked too."""
    if not case.today:
        return
    today = date.fromisoformat(case.today)
    days = _days(period, today)
    if not days:
        yield finding("price.compare-undated", period, field(case, path))
        return
    span = int(figure("compare_days"))
    recent = max(days) >= today - timedelta(days=span) and min(days) <= today
    if not recent:
        reason = "price.compare-past" if documented else "price.compare-old"
        yield finding(reason, period, field(case, path), days=span)


def _days(period: str, today: date) -> tuple[date, ...]:
    """The days a period names; without a year those of this year, or, where the first lies ahead, of the last that had them all: in January, December
    was days ago.
    """
    named = tuple(_named(period))
    dated = any(year for year, _ in named)
    first, *earlier = (tuple(_in_year(named, today.year - back)) for back in range(LEAP + 1))
    begun = (one for one in (first, *earlier) if len(one) == len(named) and (dated or one[0] <= today))
    return next((one for one in begun if list(one) == sorted(one)), first) if first else ()


def _named(period: str) -> Iterator[tuple[int, tuple[int, int]]]:
    """The days a period names as their years (0: none said), months and days; one without a month that comes before the day it follows is none."""
    before = (0, 0)
    for found in UNTIL.finditer(period):
        day = (before[0], int(found["until"])) if found["until"] else (int(found[2]), int(found[3]))
        if not found["until"] or day > before > (0, 0):
            before = day
            yield int(found[1] or 0), day


def _in_year(named: Iterable[tuple[int, tuple[int, int]]], year: int) -> Iterator[date]:
    """Days as ``_named`` tells them, those without a year in the year of the day named before them, or in the next if they come before it, the first of
    them in a given one.
    """
    before = (0, 0)
    for said, day in named:
        year = said or year + (day < before)
        before = day
        with suppress(ValueError):
            yield date(year, *day)


def _floor(case: Case, one: Price, path: str) -> Iterator[Finding]:
    """A starting price whose conditions say nothing but that it depends."""
    said = f"{one.conditions} {one.scope}"
    for pattern in looked_for("depends").patterns:
        said = pattern.sub("", said)
    if one.starting and not within("measure", said) and len(re.sub(r"\W", "", said)) < 2:
        yield finding("price.floor", one.conditions or "起", field(case, f"{path}.conditions"))


def _in_words(case: Case) -> Iterator[Finding]:
    compared = any(one.compare for one in case.script.brief.prices)
    found = () if compared else (*_former(case), *_less(case))
    yield from found
    if case.mode == "ad":
        yield from _amounts(case, {number for one in found for number in AMOUNT.findall(narrow(one.words))})


def _former(case: Case) -> Iterator[Finding]:
    """Former prices in free words, and beside a price in its own words."""
    seen = set()
    for found, said in claimed(case, "compare", quoted=True):
        if _is_higher(found.groupdict().get("former"), found.groupdict().get("now")):
            seen.add(said.text)
            yield told("price.compare-bare", found, said)
    for found, said in claimed(case, "compare_beside"):
        own = PRICED.match(said.where)
        if own and said.text not in seen and _is_higher(found["former"], case.script.brief.prices[int(own[1])].amount):
            yield told("price.compare-bare", found, said)


def _is_higher(former: str | None, now: str | None) -> bool:
    """Whether a former price is higher than the one it stands beside; where either is not named it is taken to be."""
    return not former or not now or amount(former) > amount(now)


def _less(case: Case) -> Iterator[Finding]:
    """What is taken off a price, in free words; so much off so much, for what and until when, says all."""
    for found, said in claimed(case, "discount"):
        whole = within("full", found[0]) and DAY.search(sentence(found)) and within("usable", sentence(found))
        if not whole:
            yield told("price.discount", found, said)
    for found, said in claimed(case, "reduced"):
        if not DAY.search(sentence(found)) and not is_listed(found, said, "pressure"):
            yield told("price.reduced", found, said)


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
    united = re.match(r"[^\S\n]*(?:/|每|一(?=[次台个户张间套扇位件小天月]))[^\S\n]*[0-9]{0,2}[一-龥㎡]", after)
    return bool(united) or within("measure", _behind(found))


@rule("valid-until")
def valid_until(case: Case) -> Iterator[Finding]:
    """Prices that were valid until a day that has passed are no prices any more."""
    until = case.script.brief.valid_until
    if until and case.today and until < case.today:
        yield finding("valid-until.past", until, field(case, "valid_until"))

"""Prices on pages: one price with its conditions, or a list of prices, conditions never smaller than half the price they limit."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from vidkit import layout, text
from vidkit.layout import Drawing, even_up
from vidkit.pages import headline, page
from vidkit.pages.drawings import draws, laid, level, made
from vidkit.problems import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vidkit.brief import Price
    from vidkit.pages.drawings import Ask
    from vidkit.text import Block

LEAST_CONDITIONS = 40
"""Conditions are at least half as large as the price they limit, and never smaller than this (px)."""
FORMS = ("beside", "below", "tall")
"""How a price stands: conditions beside it; below it, what it is for beside it; everything below each other."""
CLAUSES, OWN, PHRASES, TORN, FEW, FEW_OWN = range(6)
"""Where lines of conditions end: at marks; also in clauses that share none of their lines with another one (材料另算，节假日｜不上门 says something else); between
phrases; anywhere; and anywhere or as ``OWN``, but they are at most ``SHORT``.
"""
SHORT = 2
"""Lines of conditions beside a price, and below it where there is hardly room."""
BETWEEN = 88
"""Room between a price with its unit and the words beside it, px."""
APART = 28
"""Room between an item of the list and its price, px."""
TOO_LONG = "VK-T001"
STEP = 4
SCALES = (1.6, 1.5, 1.4, 1.3, 1.25, 1.2, 1.16, 1.12, 1.08, 1.04, 1.0, 0.96, 0.92, 0.88, 0.84, 0.8, 0.76, 0.73, 0.7)
"""Sizes tried for prices on a sheet of paper, from large to small."""
DATED = 0.86, 0.9
"""How long they hold stands on the sheet where that makes the letters no smaller than this much of what they are without, or no smaller than this (40 px for
conditions).
"""
HELD = 1.16
"""How long prices hold is said on the sheet in letters at most this much larger than usual ones (44 px): less than what it limits."""
SHEET = (40, 30)
"""Room round the list on a sheet of paper, at its sides and above and below, px."""
QUIET = 0.64
"""The size of the amounts in the list of those who do not advertise: no larger than what they are for."""


@draws("poster-price")
def price(ask: Ask) -> Drawing | None:
    """The price with its conditions, at least half as large: beside it when they fit in two lines, else below, in as few where there is hardly
    room; smaller before a clause of them shares its lines with another one; None without one.
    """
    if not ask.brief.price:
        return None
    if ask.quiet:
        return _quiet(ask, ask.brief.price)
    largest, floor = ask.desk.pages.parts["poster-price"].slots["amount"].sizes
    sizes = (*range(max(round(largest * ask.scale), floor), floor, -STEP), floor)
    if ask.tight:
        return _largest(ask, ask.brief.price, sizes, (FEW_OWN, OWN, FEW, PHRASES, TORN))[1]
    size, usual = _largest(ask, ask.brief.price, sizes, (PHRASES, TORN))
    smaller = tuple(one for one in sizes if one <= size)
    hardly = tuple(one for one in smaller if one >= size * headline.CLAUSED)
    for way, tried in ((CLAUSES, hardly), (OWN, smaller)):
        try:
            return _largest(ask, ask.brief.price, tried, (way,))[1]
        except Refusal:  # a refusal is how every smaller size says that a line would end within a clause
            continue
    return usual


def _largest(ask: Ask, said: Price, sizes: Sequence[int], ways: Sequence[int]) -> tuple[int, Drawing]:
    """The price in the first of the ways, in the largest of the sizes that have room for it, with that size."""
    refused: Refusal | None = None
    for way, size, form in _orders(ways, sizes, close=page.TIGHT in ask.spared):
        try:
            return size, _price(ask, said, size, form, way)
        except Refusal as refusal:  # a refusal is how a form says that its words do not fit
            refused = refusal
    assert refused is not None, "a price has sizes"
    raise refused


def _orders(ways: Sequence[int], sizes: Sequence[int], *, close: bool) -> Iterator[tuple[int, int, str]]:
    """A price's ways, sizes and forms from the best on; where it stands closer, smaller letters before everything is below each other."""
    for way in ways:
        if close:
            yield from ((way, size, form) for size, form in product(sizes, FORMS[:-1]))
            yield from ((way, size, FORMS[-1]) for size in sizes)
        else:
            yield from ((way, size, form) for size, form in product(sizes, FORMS))


def per(said: Price) -> str:
    """元/次, with 起 for a starting price."""
    return f"元/{said.unit}" + ("起" if said.starting else "")


def _price(ask: Ask, said: Price, size: int, form: str, way: int) -> Drawing:
    """The price in a form; refuses words that do not fit, and conditions whose lines end otherwise than a ``way`` allows."""
    slots = ask.desk.pages.parts["poster-price"].slots
    inner = ask.room - 2 * slots["amount"].inset

    def put(slot: str, words: str, width: float, sizes: tuple[int, int], lines: int = 1) -> Block:
        return laid(ask, "poster-price", slot, words, f"price.{slot}", room=width, sizes=sizes, lines=lines)

    def scaled(slot: str) -> tuple[int, int]:
        return max(round(slots[slot].sizes[0] * ask.scale), slots[slot].sizes[1]), slots[slot].sizes[1]

    amount = put("amount", said.amount, ask.room, (size, size))
    unit = put("unit", per(said), inner - amount.width, scaled("unit"))
    rest = inner - amount.width - unit.width - BETWEEN
    least = max(LEAST_CONDITIONS, math.ceil(size / 2))
    large, small = scaled("item")
    item = put("item", said.item, inner if form == "tall" else rest, (max(large, least), max(small, least)))
    wanted = least if form == "beside" else max(least, min(scaled("conditions")[0], item.size))
    few = form == "beside" or way in {FEW, FEW_OWN}
    width, lines = (rest if form == "beside" else inner), (SHORT if few else slots["conditions"].lines)
    usual = put("conditions", said.terms, width, (wanted, least), lines)
    rule = slots["conditions"]
    setting = text.Setting((wanted, least), int(width), lines, layout.font(ask.desk.brand, rule), rule.spacing)
    conditions = headline.claused(said.terms, usual, setting, apart=way in {OWN, FEW_OWN})
    between, inside = headline.torn(said.terms, conditions, headline.known(ask.desk, ask.brief))
    if (way in {CLAUSES, PHRASES} and inside) or (way == CLAUSES and between):
        raise Refusal
    if way in {OWN, FEW_OWN} and (inside or headline.mixed(said.terms, conditions)):
        raise Refusal
    blocks = {"amount": amount, "unit": unit, "item": item, "conditions": conditions}
    return page.drawing(ask.desk, "poster-price", ask.room, ask.scale, t=blocks, form=form)


def _quiet(ask: Ask, said: Price) -> Drawing:
    """The price as a sentence, for those who do not advertise."""
    blocks = {
        "price": laid(ask, "poster-quiet-price", "price", f"{said.item}，{said.amount}{per(said)}", "price.amount"),
        "conditions": laid(ask, "poster-quiet-price", "conditions", said.terms, "price.conditions"),
    }
    return page.drawing(ask.desk, "poster-quiet-price", ask.room, ask.scale, t=blocks)


@draws("poster-prices")
def prices(ask: Ask) -> Drawing | None:
    """All prices in rows: what it is for, the amount and its unit in one line, the conditions below; None without any."""
    if not ask.brief.prices:
        return None
    part = "poster-prices"
    slots = ask.desk.pages.parts[part].slots
    listed = ask.brief.prices
    largest, floor = slots["amount"].sizes
    floor = slots["item"].sizes[1] if ask.quiet else floor
    size = max(round(largest * (QUIET if ask.quiet else 1.0) * ask.scale), floor)
    amounts = level(
        ask, part, "amount", [(one.amount, f"prices.{i}.amount") for i, one in enumerate(listed)], sizes=(size, floor)
    )
    units = level(ask, part, "unit", [(per(one), f"prices.{i}.unit") for i, one in enumerate(listed)])
    taken = max(a.width + u.width for a, u in zip(amounts, units, strict=True)) + APART
    items = level(
        ask, part, "item", [(one.item, f"prices.{i}.item") for i, one in enumerate(listed)], room=ask.room - taken
    )
    least = max(slots["conditions"].sizes[1], math.ceil(amounts[0].size / 2))
    wanted = max(least, round(slots["conditions"].sizes[0] * ask.scale))
    said = [(one.terms, f"prices.{i}.conditions") for i, one in enumerate(listed)]
    beside = page.TIGHT in ask.spared
    sizes = (least, least) if beside else (wanted, least)
    conditions = level(ask, part, "conditions", said, sizes=sizes)
    if any(ask.room - taken - i.width - APART < c.width for i, c in zip(items, conditions, strict=True)):
        beside = False
    rows = [
        {"amount": a, "unit": u, "item": i, "conditions": c}
        for a, u, i, c in zip(amounts, units, items, conditions, strict=True)
    ]
    return page.drawing(ask.desk, part, ask.room, ask.scale, rows=rows, quiet=ask.quiet, beside=beside)


def sheet(ask: Ask, highs: Sequence[int]) -> Drawing | None:
    """All prices with their units and conditions on a sheet of paper, and below them how long they hold, in the first of the heights (px) where that
    has room and does not make them much smaller, in the largest letters with which it is no higher; None where it always is, or nothing is sold.
    """
    scale, plain = _roomiest(ask, highs[0], SCALES, dated=False)
    if plain is None or not ask.brief.valid_until:
        return plain
    near = [one for one in SCALES if min(scale * DATED[0], DATED[1]) <= one <= scale]
    dated = (_roomiest(ask, high, near, dated=True)[1] for high in highs)
    return next(filter(None, dated), plain)


def _roomiest(ask: Ask, high: int, scales: Sequence[float], *, dated: bool) -> tuple[float, Drawing | None]:
    """The sheet at the first of the scales with which it is at most ``high`` px high, with that scale; None where it never is, or nothing is sold."""
    for scale in () if ask.quiet else scales:
        drawn = _sheet(replace(ask, scale=scale), dated=dated)
        if drawn and drawn.height <= high:
            return scale, drawn
    return 0.0, None


def _sheet(ask: Ask, *, dated: bool) -> Drawing | None:
    """The prices on a sheet, ``dated`` with how long they hold; None without any, or where the words have no room."""
    across, down = SHEET
    try:
        listed = prices(replace(ask, room=ask.room - 2 * across))
        small = replace(ask, room=ask.room - 2 * across, scale=min(ask.scale, HELD))
        held = made(small, "poster-valid") if dated else None
    except Refusal as refusal:  # a refusal is how a list says that its words do not fit
        if any(one.code != TOO_LONG for one in refusal.problems):
            raise
        return None
    if listed is None:
        return None
    low = down + listed.height
    size = ask.room, even_up(low + down + (held.height + down if held else 0))
    paper = f'<rect width="{size[0]}" height="{size[1]}" rx="{down}" fill="{ask.desk.brand.colours.paper}"/>'
    below = (page.nested(held.svg, across, low + down),) if held else ()
    return Drawing(page.sheet(size, (paper, page.nested(listed.svg, across, down), *below)), *size)

"""A checked brief → its pairs of photos as finished pictures: side by side, stacked, square, without words, and a set of nine squares.

For WeChat, 小红书, the albums of 美团 and answers to reviews. ``pair-1-side`` … have labels and a small line with the brand; ``pair-1-plain``
has neither (safest on 美团). The squares are posted in the order of their numbers, three in a row: words first, then before and after.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from vidkit import plan
from vidkit.labels import marking
from vidkit.pages import offers, page, pictures, words
from vidkit.pages.drawings import Ask
from vidkit.pages.headline import headline, known, stress
from vidkit.pages.page import Page
from vidkit.problems import Refusal
from vidkit.storyboard import Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vidkit.brief import Pair
    from vidkit.kits.platform import Platform
    from vidkit.layout import Drawing
    from vidkit.pages.page import Desk
    from vidkit.plan import Script
    from vidkit.text import Block

STRIP = 96
"""The height of the line with the brand below a pair, px."""
INSET = 36
RATIOS = (0.68, 1.4)
"""The narrowest and the widest a photo is shown in side by side."""
LEVEL = 1.15
"""Photos at least this many times wider than high are stacked in 3:4; others in two squares, so that little of them is lost."""
MARGIN = 80
HEAD = 90
"""Room between a square's heading and what stands below it, px."""
SQUARES = {
    1: ("title", "before 1", "after 1"),
    2: ("title", "before 1", "after 1", "close", "before 2", "after 2"),
    3: ("title", "before 1", "after 1", "middle", "before 2", "after 2", "close", "before 3", "after 3"),
    4: ("title", "before 1", "after 1", "both 4", "before 2", "after 2", "close", "before 3", "after 3"),
    5: ("title", "before 1", "after 1", "both 3", "before 2", "after 2", "both 4", "both 5", "close"),
    6: ("title", "before 1", "after 1", "both 2", "both 3", "both 4", "both 5", "both 6", "close"),
    7: ("title", "both 1", "both 2", "both 3", "both 4", "both 5", "both 6", "both 7", "close"),
}
"""The squares of a set by the number of pairs, three in a row: words, one photo of a pair by its number, or both."""


def pages(script: Script, chosen: Sequence[Platform] = ()) -> tuple[tuple[str, Page], ...]:
    """Every finished picture of the pairs by name (``pair-1-side``, ``grid-1``), for the brief's platforms and those ``chosen``; none without a
    pair.
    """
    return _pages(script, plan.with_chosen(script, chosen))


@lru_cache(maxsize=32)
def _pages(script: Script, where: tuple[Platform, ...]) -> tuple[tuple[str, Page], ...]:
    if not script.brief.comparisons:
        return ()
    desk = page.desk(script)
    singles = (made for number in range(len(script.brief.comparisons)) for made in _singles(desk, script, number))
    drawn = (*singles, *((f"grid-{number}", made) for number, made in enumerate(grid(desk, script), 1)))
    return tuple((name, _marked(script, made, where)) for name, made in drawn)


def _marked(script: Script, drawn: Page, where: tuple[Platform, ...]) -> Page:
    """A picture with its marks; it keeps its size, so that the squares stay square."""
    made = marking.still(script, drawn.size, where, lambda size: _fitted(drawn, size))
    assert made, "a picture that is drawn is there"
    return made


def _fitted(drawn: Page, size: tuple[int, int]) -> Page:
    """The whole picture as large as it can be in a lower one."""
    if drawn.size == size:
        return drawn
    width = round(drawn.size[0] * size[1] / drawn.size[1] / 2) * 2
    return replace(
        page.within(drawn, size, Box((size[0] - width) // 2, 0, width, size[1])), ground=marking.STRIP_GROUND
    )


# One pair


def _singles(desk: Desk, script: Script, number: int) -> Iterator[tuple[str, Page]]:
    pair = script.brief.comparisons[number]
    known = page.both(pair, script.prints)
    sizes = desk.pages.tiles
    width = sizes["side"][0]
    ratio = min(max((known[0].width * known[1].width / known[0].height / known[1].height) ** 0.5, RATIOS[0]), RATIOS[1])
    high = round(width / 2 / ratio / 2) * 2
    tall = sizes["stack"] if ratio >= LEVEL else (sizes["stack"][0], 2 * sizes["stack"][0] + STRIP)
    yield f"pair-{number + 1}-side", _one(desk, script, number, (width, high + STRIP), down=False)
    yield f"pair-{number + 1}-stack", _one(desk, script, number, tall, down=True)
    yield (
        f"pair-{number + 1}-square",
        _one(desk, script, number, sizes["square"], down=page.stacked(known, *sizes["square"])),
    )
    yield f"pair-{number + 1}-plain", _one(desk, script, number, (width, high), down=False, plain=True)


def _one(desk: Desk, script: Script, number: int, size: tuple[int, int], *, down: bool, plain: bool = False) -> Page:
    """Both photos of a pair with their labels above the line with the brand, or ``plain``: nothing but the photos."""
    pair = script.brief.comparisons[number]
    box = Box(0, 0, size[0], size[1] - (0 if plain else STRIP))
    cells = pictures.halves(box, down=down)
    photos = tuple(page.paired(pair, script.prints, cells))
    pieces = [pictures.seam(box, down=down)]
    if not plain:
        pieces += [_pill(desk, cell, after=after) for cell, after in zip(cells, (False, True), strict=True)]
        pieces.append(page.nested(_line(desk, pair, script, number, size[0]).svg, 0, box.height))
    return Page(size, desk.brand.colours.paper, photos, page.sheet(size, pieces))


def _pill(desk: Desk, cell: Box, *, after: bool, spot: str = "") -> str:
    return page.nested(pictures.pill(desk, after=after, spot=spot).svg, cell.x + INSET, cell.y + INSET)


def _line(desk: Desk, pair: Pair, script: Script, number: int, room: int) -> Drawing:
    place = script.brief.at(f"pairs.{number}.spot")
    name = page.block(desk, "brand-line", "name", desk.brand.full_name, room * 0.56)
    assert name, "a brand has a name"
    spot = page.block(desk, "brand-line", "spot", pair.spot, room - name.width - 260, place=place)
    return page.drawing(desk, "brand-line", room, t={"name": name, "spot": spot}, height=STRIP)


# The squares


@dataclass(frozen=True)
class Tile:
    """One square: words of a kind (``title``, ``middle``, ``close``), or a pair by its number: before, after or both."""

    kind: str
    pair: int = -1


def tiles(pairs: int) -> tuple[Tile, ...]:
    """The squares in the order they are posted (``SQUARES``); pairs after the seventh are in none."""
    told = (said.partition(" ") for said in SQUARES[min(pairs, max(SQUARES))])
    return tuple(Tile(kind, int(number) - 1) if number else Tile(kind) for kind, _, number in told)


def grid(desk: Desk, script: Script) -> Iterator[Page]:
    """The set of squares."""
    size = desk.pages.tiles["grid"]
    for tile in tiles(len(script.brief.comparisons)):
        yield _words(desk, script, tile.kind, size) if tile.pair < 0 else _photo(desk, script, tile, size)


def _photo(desk: Desk, script: Script, tile: Tile, size: tuple[int, int]) -> Page:
    """A square with one photo of a pair, or with both, and its label."""
    pair = script.brief.comparisons[tile.pair]
    whole = Box(0, 0, *size)
    colours = desk.brand.colours
    if tile.kind == "both":
        down = page.stacked(page.both(pair, script.prints), *size)
        cells = pictures.halves(whole, down=down)
        pills = [
            _pill(desk, cell, after=after, spot=pair.spot if down and not after else "")
            for cell, after in zip(cells, (False, True), strict=True)
        ]
        photos = tuple(page.paired(pair, script.prints, cells))
        return Page(size, colours.paper, photos, page.sheet(size, (pictures.seam(whole, down=down), *pills)))
    after = tile.kind == "after"
    shown = page.Shown(page.picture(script.prints[pair.after if after else pair.before], 1.0), whole)
    return Page(size, colours.paper, (shown,), page.sheet(size, (_pill(desk, whole, after=after, spot=pair.spot),)))


def _words(desk: Desk, script: Script, kind: str, size: tuple[int, int]) -> Page:
    drawn = {"title": _title, "middle": _reasons, "close": _close}[kind](desk, script, size)
    ground = desk.brand.colours.paper if kind == "middle" else desk.brand.colours.primary
    return Page(size, ground, (), page.sheet(size, (drawn.svg,)))


def _title(desk: Desk, script: Script, size: tuple[int, int]) -> Drawing:
    """Title, service and place on the brand's colour."""
    brief = script.brief
    slot = desk.pages.parts["tile-title"].slots["text"]
    refused: Refusal | None = None
    for lines in range(2, slot.lines + 1):
        try:
            text = headline(
                desk,
                "tile-title",
                brief.title,
                size[0],
                sizes=slot.sizes,
                lines=lines,
                keyword=stress(brief.title, brief.keyword, known(desk, brief)),
                whole=known(desk, brief),
                place=brief.at("title"),
            )
            break
        except Refusal as refusal:  # a refusal is how a number of lines says that the words do not fit
            refused = refusal
    else:
        assert refused is not None, "a title has lines"
        raise refused
    blocks = {
        "kicker": words.above(Ask(desk, script, size[0], 1.0), "tile-title"),
        "text": text,
    }
    return page.drawing(desk, "tile-title", size[0], t=blocks, height=size[1], margin=MARGIN)


def _reasons(desk: Desk, script: Script, size: tuple[int, int]) -> Drawing:
    """What the service is with the reasons or every place's note below it, on paper; the places where there are none."""
    service = _large(desk, script, script.brief.service, "service", size[0])
    left = size[1] - 2 * MARGIN - (service.height + HEAD if service else 0)
    drawn = words.everywhere(Ask(desk, script, size[0] - 2 * MARGIN, 1.6), left)
    spots = "、".join(dict.fromkeys(pair.spot for pair in script.brief.comparisons))
    return page.drawing(
        desk,
        "tile-middle",
        size[0],
        t={"text": service if drawn else _large(desk, script, spots, "pairs", size[0])},
        inner=drawn.svg if drawn else "",
        high=drawn.height if drawn else 0,
        height=size[1],
        margin=MARGIN,
    )


def _large(desk: Desk, script: Script, said: str, path: str, room: int) -> Block | None:
    return page.block(desk, "tile-title", "text", said, room, sizes=(130, 64), place=script.brief.at(path))


def _close(desk: Desk, script: Script, size: tuple[int, int]) -> Drawing:
    """Who stands behind it, and the price with its conditions, on the brand's colour."""
    brief, brand, part = script.brief, desk.brand, "tile-close"
    price = brief.price if brand.tone.sells and len(brief.prices) == 1 else None

    def put(
        slot: str, said: str, path: str = "", sizes: tuple[int, int] | None = None, taken: float = 0
    ) -> Block | None:
        return page.block(desk, part, slot, said, size[0] - taken, sizes=sizes, place=brief.at(path) if path else None)

    blocks = {
        "name": put("name", brand.full_name),
        "slogan": put("slogan", brand.slogan),
        "legal": put("legal", brand.legal_name),
        **dict.fromkeys(("item", "amount", "unit", "conditions")),
    }
    if price:
        amount = put("amount", price.amount, "price.amount")
        assert amount, "a price has an amount"
        slots = desk.pages.parts[part].slots
        least = max(slots["conditions"].sizes[1], -(-amount.size // 2))
        item = put("item", price.item, "price.item")
        most = min(slots["conditions"].sizes[0], item.size if item else least)
        blocks |= {
            "item": item,
            "amount": amount,
            "unit": put("unit", offers.per(price), "price.unit", taken=amount.width + 16 + 2 * MARGIN),
            "conditions": put("conditions", price.terms, "price.conditions", (max(least, most), least)),
        }
    return page.drawing(desk, part, size[0], t=blocks, height=size[1], margin=MARGIN)

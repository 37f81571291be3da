"""A series' ledger + the covers made of its episodes → the wall of the series: an episode still to come is a tile in the shop's colours
with its number and theme.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import numpy as np

from vidkit import colour, console, kit, plan, project, sheet, text
from vidkit.briefs.mode import usual
from vidkit.consoles import spelling
from vidkit.people import consents
from vidkit.problems import Place, Refusal, problem
from vidkit.rules import lint, words
from vidkit.rules.finding import Said
from vidkit.serials import series, wall
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from vidkit.colour import Bytes
    from vidkit.kit import Brand, Shelf
    from vidkit.serials.ledger import Episode, Ledger
    from vidkit.text import Block

COVER = "cover-3x4.jpg"
FIRST = "douyin"
TILE = 540, 720
HALF = 512
"""Themes are cut at this many characters at the latest, so that fitting them stays quick."""


def covers(book: Ledger, folder: Path) -> dict[int, Path]:
    """The covers of the episodes that are made, by their numbers."""
    found = {}
    for one in book.episodes:
        made = [file for file in series.covers(one, folder) if file.name == COVER]
        made.sort(key=lambda file: file.parent.name != FIRST)
        if made and series.state(one, folder) == "made":
            found[one.number] = made[0]
    return found


def shown(book: Ledger) -> tuple[Episode, ...]:
    """The episodes that stand on the wall: all that were not taken out."""
    return tuple(one for one in book.episodes if not one.out)


def draw(book: Ledger, folder: Path) -> bytes:
    """The wall as PNG: what is made and what is to come, in the order of the numbers; refuses (VK-N017) a ledger without episodes,
    and (VK-W001) one whose name or a theme still to come says what may not be said.
    """
    episodes = shown(book)
    if not episodes:
        raise Refusal(problem("VK-N017", name=book.name, typed=spelling.typed(book.file.stem)))
    shelf = kit.shelf(folder)
    brand, made = _brand(folder, shelf), covers(book, folder)
    unnamed = _withdrawn(folder, shelf)
    called = {one.number: _called(one, folder, unnamed) for one in episodes if one.number not in made}
    _refuse_banned(book, brand, called.values())
    done = [one.number for one in episodes if series.state(one, folder) == "made"]
    tiles = [made.get(one.number) or _planned(one, called[one.number], brand) for one in episodes]
    note = console.words("wall-note", count=len(episodes), made=len(done))
    try:
        return wall.wall(tiles, brand, shelf, book.name, note)
    except Refusal:  # a long name leaves no room for the note
        return wall.wall(tiles, brand, shelf, book.name)


def _withdrawn(folder: Path, shelf: Shelf) -> frozenset[str]:
    """The names of all who took their consent back."""
    book = consents.load(folder / consents.FOLDER, plan.names(shelf, folder))
    return frozenset(name for one in book.entries if one.withdrawn for name in one.names)


def _called(one: Episode, folder: Path, unnamed: Collection[str]) -> str:
    """What an episode without a cover is called on the wall: as its brief is titled, else its theme; never by somebody who took her consent back."""
    said = (series.title(one, folder), one.theme or "")
    return next((text for text in said if text and not any(name in text for name in unnamed)), "")


def _refuse_banned(book: Ledger, brand: Brand, called: Iterable[str]) -> None:
    """Refuse a wall on which banned words would stand: the series' name, what episodes still to come are ``called``."""
    place = Place(spelling.shown(book.file))
    texts = [Said(text, "series", place) for text in (book.name, *called) if text]
    found = lint.problems(words.banned(texts, usual(brand), brand))
    if found:
        raise Refusal(*found)


def _brand(folder: Path, shelf: Shelf) -> Brand:
    """The brand the project says, its own only one, or our example."""
    own = [file.parent.name for file in sorted(folder.glob("brand/*/brand.yaml"))]
    wanted = dict(project.usual_fields(folder)).get("brand") or (own[0] if len(own) == 1 else table("shop")["brand"])
    return kit.brand(kit.brand_called(wanted, shelf) or kit.brand_names(shelf)[0][0], shelf)


def _planned(one: Episode, called: str, brand: Brand) -> Bytes:
    """A tile for an episode without a cover: its number, what it is called, and that it is still to come; what became of its files is not for
    those who look at a wall.
    """
    wide, tall = TILE
    ground = np.empty((tall, wide, 3), np.uint8)
    ground[:] = colour.rgb("#ffffff")
    c, room = brand.colours, round(wide * 0.8)
    number = _set(console.words("wall-number", number=one.number), room, wide * 0.13, 900, 1)
    theme = _set(called, room, wide * 0.16, 900, 2)
    said = "state-elsewhere" if one.finished and not one.brief else "wall-planned"
    note = _set(console.words(said), room, wide * 0.075, 700, 1)
    pieces = [
        f'<rect x="0" y="0" width="{wide}" height="{wide * 0.035:.1f}" fill="{c.primary}"/>',
        *_lines(number, wide / 2, tall * 0.24, c.primary),
        *_lines(theme, wide / 2, tall * 0.56 - theme.height / 2, c.ink),
        *_lines(note, wide / 2, tall * 0.82, c.quiet),
    ]
    return sheet.over(
        ground, f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{tall}">{"".join(pieces)}</svg>'
    )


def _set(said: str, room: int, size: float, weight: int, lines: int) -> Block:
    """The words set in a room, shortened until they fit."""
    setting = text.Setting((max(2, round(size)), max(2, round(size * 0.5))), room, lines, text.Font("text", weight))
    for length in range(min(len(said), HALF), 0, -1):
        try:
            return text.fit(said[:length] + ("…" if length < len(said) else ""), setting)
        except Refusal:
            continue
    return text.Block((), round(size), round(size), 0)


def _lines(block: Block, middle: float, top: float, fill: str) -> Iterator[str]:
    for number, line in enumerate(block.lines):
        left, y = middle - line.width / 2, top + block.ascent + number * block.leading
        yield from _runs(line.runs, left, y, block.size, fill)


def _runs(runs: Sequence[text.Run], left: float, y: float, size: int, fill: str) -> Iterator[str]:
    for run in runs:
        yield (
            f'<text x="{left + run.x:.1f}" y="{y:.1f}" font-family="{run.family}" font-weight="{run.weight}" '
            f'font-size="{size}" fill="{fill}">{html.escape(run.text)}</text>'
        )

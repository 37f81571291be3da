"""Drawings of words on pages: which function makes which, what it is asked for, and how words are set on it.

A name in ``pages.yaml`` is made by the function registered for it; a name nobody registered is a drawing whose slots are filled by the
expressions of its part (``words``), so that a template's folder can bring drawings of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from vidkit.boards import scope
from vidkit.briefs import days
from vidkit.kits import values
from vidkit.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vidkit.brief import Brief
    from vidkit.kits.platform import Platform
    from vidkit.layout import Drawing
    from vidkit.pages.page import Desk
    from vidkit.plan import Script
    from vidkit.text import Block

    Make = Callable[["Ask"], Drawing | None]
    Words = tuple[str, str]


@dataclass(frozen=True)
class Ask:
    """What a drawing is asked for."""

    desk: Desk
    script: Script
    room: int
    """Its width, px."""
    scale: float
    """How large its letters are; 1: as the part says."""
    tight: bool = False
    """Its letters are the smallest there are: what takes less room is better than what is read more easily."""
    first: bool = False
    """It is the first of its column."""
    aside: int = 0
    """Kept free on its right for a standing person, px."""
    shows: str = ""
    """The kind of picture on the page."""
    code: str = ""
    """The text of the code on the page, if any."""
    phone: str = ""
    """The telephone on the page, if any."""
    platforms: tuple[Platform, ...] = ()
    """Where the page goes; none: on paper."""
    spared: tuple[str, ...] = ()
    """The names of what gives way to the picture."""

    @property
    def brief(self) -> Brief:
        """The brief whose words are drawn."""
        return self.script.brief

    @property
    def quiet(self) -> bool:
        """Whether the brand never looks like an advertisement."""
        return not self.desk.brand.tone.sells


DRAWINGS: dict[str, Make] = {}


def draws(name: str) -> Callable[[Make], Make]:
    """Register a function as the maker of the drawings of a name."""

    def registered(make: Make) -> Make:
        DRAWINGS[name] = make
        return make

    return registered


@lru_cache(maxsize=512)
def made(ask: Ask, name: str) -> Drawing | None:
    """The drawing of a name; None when the brief has nothing for it. Posters of one width, and one poster with and without its marks, ask for
    many drawings again.
    """
    return DRAWINGS[name](ask) if name in DRAWINGS else told(ask, name)


def told(ask: Ask, name: str) -> Drawing | None:
    """A drawing whose slots are filled from the brief as its part says; None when nothing is there to say."""
    part, known = ask.desk.pages.parts[name], nameable(ask)
    with values.placing(*ask.desk.files):
        said = {slot: scope.say(words, known) for slot, words in part.words.items()}
        further = {key: scope.say(words, known) for key, words in part.values.items()}
    if not any(said[slot] for slot, words in part.words.items() if "says." not in words):
        return None
    blocks: dict[str, Block | None] = dict.fromkeys(part.slots)
    for slot, words in said.items():
        place = scope.said_at(part.words[slot], known, ask.brief)
        blocks[slot] = page.block(ask.desk, name, slot, words, ask.room, scale=ask.scale, place=place)
    return page.drawing(ask.desk, name, ask.room, ask.scale, t=blocks, v=further)


def nameable(ask: Ask) -> dict[str, Any]:
    """What the words of a drawing may name: the brief's fields, the brand, the words that stand on pages, ``day`` for a date in words."""
    brief = ask.brief
    return {
        **dict(brief),
        "person": brief.person,
        "price": brief.price,
        "brand": ask.desk.brand,
        "labels": ask.desk.labels,
        "says": ask.desk.pages.says,
        "shows": ask.shows,
        "day": days.spelt,
    }


def laid(
    ask: Ask,
    part: str,
    slot: str,
    words: str,
    path: str,
    *,
    room: float | None = None,
    sizes: tuple[int, int] | None = None,
    lines: int = 0,
) -> Block:
    """A slot's words, which stand at a path of the brief."""
    width = ask.room if room is None else room
    place = ask.brief.at(path)
    set_in = page.block(ask.desk, part, slot, words, width, scale=ask.scale, sizes=sizes, lines=lines, place=place)
    assert set_in is not None, "words that are there"
    return set_in


def level(
    ask: Ask,
    part: str,
    slot: str,
    said: Sequence[Words],
    *,
    room: float | None = None,
    sizes: tuple[int, int] | None = None,
) -> tuple[Block, ...]:
    """Several (words, path in the brief) set alike: in the largest letters that suit them all."""
    each = [laid(ask, part, slot, words, path, room=room, sizes=sizes) for words, path in said]
    size = min(block.size for block in each)
    return tuple(
        laid(ask, part, slot, words, path, room=room, sizes=(size, size)) if block.size > size else block
        for block, (words, path) in zip(each, said, strict=True)
    )


def joined(blocks: Sequence[Block]) -> Block:
    """Blocks one below the other as one."""
    lines = tuple(line for block in blocks for line in block.lines)
    return replace(min(blocks, key=lambda block: block.size), lines=lines)

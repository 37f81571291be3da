"""A cover's large words on a picture: the whole title where it has room, in as few lines as break no phrase."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vidkit.pages import headline as headlines
from vidkit.pages import page
from vidkit.pages.headline import ENDED
from vidkit.pages.sayings import words
from vidkit.problems import Refusal

if TYPE_CHECKING:
    from vidkit.brief import Brief
    from vidkit.layout import Drawing
    from vidkit.pages.page import Cover, Desk
    from vidkit.problems import Place
    from vidkit.text import Block


WHOLE, SMALLER = 3, 0.9
"""A whole title stands in so many lines at most, in more it would hide the picture; its letters may be this share of the usual least ones."""


def headline(desk: Desk, kind: Cover, brief: Brief, room: int, high: int) -> Drawing:
    """The cover's words in as few lines, then in as large letters, as fit ``room`` and ``high`` px; in more lines where fewer would break
    a phrase. The whole title where no line of it holds parts of two clauses, else what a cover says instead.
    """
    said, place = words(brief)
    if said != brief.title:
        whole = _whole(desk, kind, brief, room, high)
        if whole:
            return _drawn(desk, brief, brief.title, whole, room)
    refused: Refusal | None = None
    broken: list[Block] = []
    for lines in range(min(2, kind.lines), kind.lines + 1):
        try:
            block = _set(desk, kind, brief, (said, place), room, high, lines, kind.sizes[1])
        except Refusal as refusal:  # a refusal is how a number of lines says that the words do not fit
            refused = refusal
            continue
        if not _torn(desk, brief, said, block):
            return _drawn(desk, brief, said, block, room)
        broken.append(block)
    if broken:
        return _drawn(desk, brief, said, broken[0], room)
    assert refused is not None, "a cover has lines"
    raise refused


def _whole(desk: Desk, kind: Cover, brief: Brief, room: int, high: int) -> Block | None:
    """The whole title in lines that break no phrase and hold no parts of two clauses; None where there are none."""
    title, least = (brief.title, brief.at("title")), round(kind.sizes[1] * SMALLER)
    for lines in range(min(2, kind.lines), min(WHOLE, kind.lines) + 1):
        try:
            block = _set(desk, kind, brief, title, room, high, lines, least)
        except Refusal:  # a refusal is how a number of lines says that the words do not fit
            continue
        both = any(mark in line.text[:-1] for line in block.lines for mark in ENDED)
        if not both and not _torn(desk, brief, brief.title, block):
            return block
    return None


def _set(
    desk: Desk,
    kind: Cover,
    brief: Brief,
    saying: tuple[str, Place | None],
    room: int,
    high: int,
    lines: int,
    least: int,
) -> Block:
    """Words with their place in so many lines, in letters of at least ``least`` px; refuses those that do not fit."""
    said, place = saying
    spacing = desk.pages.parts["cover-title"].slots["text"].spacing
    most = max(least, min(kind.largest(said), round(high / (lines * spacing))))
    return headlines.headline(
        desk,
        "cover-title",
        said,
        room,
        sizes=(most, least),
        lines=lines,
        keyword=_key(brief, said),
        whole=headlines.known(desk, brief),
        place=place,
    )


def _torn(desk: Desk, brief: Brief, said: str, block: Block) -> bool:
    """Whether a line ends inside a phrase."""
    return headlines.torn(said, block, headlines.known(desk, brief))[1] > 0


def _drawn(desk: Desk, brief: Brief, said: str, block: Block, room: int) -> Drawing:
    """Large words on a picture."""
    return page.drawing(desk, "cover-title", room, t=_toned(block, keyword=_key(brief, said)))


def _key(brief: Brief, said: str) -> str:
    return brief.keyword if brief.keyword in said else ""


def _toned(block: Block, *, keyword: str) -> dict[str, Block | None]:
    """Without a keyword the last line takes the accent colour."""
    if keyword or len(block.lines) == 1:
        return {"text": block, "last": None}
    return {"text": replace(block, lines=block.lines[:-1]), "last": replace(block, lines=block.lines[-1:])}

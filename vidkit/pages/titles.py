"""A cover's large words, on a picture or on a plate: the whole title where it has room, in lines that break no phrase."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vidkit.pages import headline as headlines
from vidkit.pages import page
from vidkit.pages.headline import ENDED
from vidkit.pages.sayings import clauses, words
from vidkit.problems import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vidkit.brief import Brief
    from vidkit.layout import Drawing
    from vidkit.pages.page import Cover, Desk
    from vidkit.problems import Place
    from vidkit.text import Block


WHOLE, SMALLER = 3, 0.9
"""A whole title stands in so many lines at most, in more it would hide the picture; its letters may be this share of the usual least ones."""
READ = 0.7
"""Down to this share of a cover's usual least letters the whole title stands on a plate, in more lines and smaller, before a part of it does."""
FEWER, PHRASE, BROKEN = 0.9, 0.8, 0.55
"""What a line more, a line that ends with no more than a phrase, and one that ends inside a phrase cost of the size of large words."""
CLAUSED = 0.9
"""What lines that end with phrases cost besides where the words have a mark to end a line at."""
SHRUNK = (0.9, 0.8, 0.7)
"""The shares of a cover's usual least letters that are tried before one character stands alone on a line."""
SMALLEST = 64
"""Letters of a plate are never smaller, px."""


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
        even = next((block for block in broken if not _lone(block)), None)
        smaller = None if even else _smaller(desk, kind, brief, (said, place), room, high)
        return _drawn(desk, brief, said, even or smaller or broken[0], room)
    assert refused is not None, "a cover has lines"
    raise refused


def _lone(block: Block) -> bool:
    """Whether one character stands alone on a line (老房子｜20年没大扫除｜过)."""
    return len(block.lines) > 1 and any(len(line.text.strip()) == 1 for line in block.lines)


def _smaller(
    desk: Desk, kind: Cover, brief: Brief, saying: tuple[str, Place | None], room: int, high: int
) -> Block | None:
    """Words in letters smaller than a cover's usual least, as large as they can be without a line of one character; None where they cannot."""
    for share in SHRUNK:
        for lines in range(min(2, kind.lines), kind.lines + 1):
            try:
                block = _set(desk, kind, brief, saying, room, high, lines, round(kind.sizes[1] * share))
            except Refusal:  # a refusal is how a number of lines says that the words do not fit
                continue
            if not _lone(block):
                return block
    return None


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


# On a plate


def on_plate(desk: Desk, kind: Cover, brief: Brief, room: int, high: float) -> Block:
    """The whole title where its letters stay readable, else what a cover says instead, within ``room`` and ``high`` px."""
    said, place = words(brief)
    if said != brief.title:
        title: Block | None
        try:
            title = set_on_plate(desk, kind, brief, (brief.title, brief.at("title")), room, high)
        except Refusal:  # a refusal is how a plate says that the whole title has no room
            title = None
        if title and title.size >= kind.sizes[1] * READ:
            return title
    return set_on_plate(desk, kind, brief, (said, place), room, high)


def set_on_plate(
    desk: Desk, kind: Cover, brief: Brief, saying: tuple[str, Place | None], room: int, high: float
) -> Block:
    """Words with their place in one to four lines, whichever way gives the largest letters that stay within ``high`` px; where a way tears no phrase
    and has letters as large as a cover's should be, none with smaller ones.
    """
    said, place = saying
    whole = headlines.known(desk, brief)
    keyword = headlines.stress(said, brief.keyword, whole)
    ways: list[Block] = []
    refused: Refusal | None = None
    for lines in range(1, kind.lines + 1):
        most = min(kind.largest(said), int(high / (1 + (lines - 1) * 1.22)) // 2 * 2)
        if most < SMALLEST:
            break
        try:
            ways.append(
                headlines.headline(
                    desk,
                    "cover-plain",
                    said,
                    room,
                    sizes=(most, SMALLEST),
                    lines=lines,
                    keyword=keyword,
                    whole=whole,
                    place=place,
                )
            )
        except Refusal as refusal:  # a refusal is how a number of lines says that the words do not fit
            refused = refusal
    if not ways:
        assert refused is not None, "one line was tried"
        raise refused
    least = kind.sizes[1]
    ways = [block for block in ways if not _lone(block)] or ways
    large = [block for block in ways if block.size >= least and not headlines.torn(said, block, whole)[1]]
    return max(large or ways, key=lambda block: _restful(said, block, whole, least))


def _restful(said: str, block: Block, whole: Sequence[str], least: int) -> float:
    """How well large words read: their size, less for every line and for every line that does not end at a mark, and less below ``least``."""
    between, inside = headlines.torn(said, block, whole)
    claused = CLAUSED if between and len(clauses(said)) > 1 else 1.0
    small = min(1.0, block.size / least)
    return float(block.size * small * FEWER ** (len(block.lines) - 1) * PHRASE**between * BROKEN**inside * claused)

"""A checked brief + a platform → the covers it asks for: one pair of photos, three to eight large characters."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from vidkit import page, poster
from vidkit.page import Page, Shown
from vidkit.problems import Refusal
from vidkit.storyboard import Box

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.brief import Brief
    from vidkit.layout import Drawing
    from vidkit.page import Cover, Desk
    from vidkit.plan import Script
    from vidkit.platform import Cover as Size
    from vidkit.platform import Platform
    from vidkit.problems import Place
    from vidkit.text import Block

    Line = tuple[tuple[float, float], tuple[float, float]]

LINE = 12
EDGE = 56
PILL = 1.2
LEAST, MOST = 3, (8, 12)
"""Characters a cover says, marks not counted: three to eight; when nothing is that short, twelve at most."""
MARKS = "，。、；：？！,.;:?! "


@lru_cache(maxsize=32)
def pages(script: Script, platform: Platform) -> tuple[tuple[str, Page], ...]:
    """The platform's covers by name (``cover-3x4``); refuses a title that does not fit (VK-T001)."""
    desk = page.desk(script)
    wordless = platform.id in desk.pages.wordless
    return tuple((f"cover-{size.name}", _page(desk, size, script, wordless=wordless)) for size in platform.covers)


def _page(desk: Desk, size: Size, script: Script, *, wordless: bool) -> Page:
    whole = (size.width, size.height)
    if wordless:
        return Page(whole, desk.brand.colours.paper, (_plain(script, Box(0, 0, *whole)),), page.sheet(whole, ()))
    kind = next(kind for kind in desk.pages.covers if size.width / size.height <= kind.up_to)
    drawn = (kind.width, round(kind.width * size.height / size.width))
    return split(desk, kind, drawn, whole, script)


def _plain(script: Script, box: Box) -> Shown:
    """The first pair's after photo and nothing else."""
    pair = script.brief.pairs[0]
    return Shown(page.picture(script.prints[pair.after], box.width / box.height), box)


def middle(kind: Cover, drawn: tuple[int, int]) -> tuple[int, int, int, int]:
    """The part every crop keeps (left, top, right, bottom in px), less its margin."""
    width, height = drawn
    inner = min(width, height * kind.middle), min(height, width / kind.middle)
    left, top = (width - inner[0]) / 2 + kind.margin, (height - inner[1]) / 2 + kind.margin
    return round(left), round(top), round(width - left), round(height - top)


def split(desk: Desk, kind: Cover, drawn: tuple[int, int], whole: tuple[int, int], script: Script) -> Page:
    """A cover ``whole`` px large: before and after on two sides of a leaning white line, the words over it, labels in the corners."""
    pair = script.brief.pairs[0]
    down = page.stacked(page.both(pair, script.prints), *drawn)
    scale = whole[0] / drawn[0]
    (x1, y1), (x2, y2) = _line(kind, drawn, down=down)
    photos = tuple(_sides(script, whole, ((x1 * scale, y1 * scale), (x2 * scale, y2 * scale)), down=down))
    seam = f'<path d="M{x1:g} {y1:g} L{x2:g} {y2:g}" stroke="#ffffff" stroke-width="{LINE}"/>'
    pieces = (seam, *_labels(desk, kind, drawn, down=down), _title(desk, kind, drawn, script.brief, down=down))
    return Page(whole, desk.brand.colours.paper, photos, page.sheet(drawn, pieces))


def _labels(desk: Desk, kind: Cover, drawn: tuple[int, int], *, down: bool) -> Iterator[str]:
    """清洁前 in the upper left corner, 清洁后 in the lower right one, or the upper right one of photos side by side."""
    _, top, _, bottom = middle(kind, drawn)
    before, after = (poster.pill(desk, after=which, scale=PILL) for which in (False, True))
    high, low = max(top, EDGE), min(bottom, drawn[1] - EDGE) - after.height
    yield page.nested(before.svg, EDGE, high)
    yield page.nested(after.svg, drawn[0] - EDGE - after.width, low if down else high)


def _title(desk: Desk, kind: Cover, drawn: tuple[int, int], brief: Brief, *, down: bool) -> str:
    left, top, right, bottom = middle(kind, drawn)
    title = headline(desk, kind, brief, right - left)
    at = top + (0.5 if down else kind.words_at) * (bottom - top) - title.height / 2
    return page.nested(title.svg, left, round(at))


def _line(kind: Cover, drawn: tuple[int, int], *, down: bool) -> Line:
    width, height = drawn
    lean = kind.slant / 2
    if down:
        return (0.0, height / 2 + lean), (float(width), height / 2 - lean)
    return (width / 2 + lean, 0.0), (width / 2 - lean, float(height))


def _sides(script: Script, whole: tuple[int, int], line: Line, *, down: bool) -> Iterator[Shown]:
    """Both photos, each in the box that holds its side of the line; the after is cut along the line."""
    width, height = whole
    (x1, y1), (x2, y2) = line
    first = Box(0, 0, width, round(max(y1, y2))) if down else Box(0, 0, round(max(x1, x2)), height)
    x, y = (0, int(min(y1, y2))) if down else (int(min(x1, x2)), 0)
    second = Box(x, y, width - x, height - y)
    corner = (0.0, float(height)) if down else (float(width), 0.0)
    before, after = page.paired(script.brief.pairs[0], script.prints, (first, second))
    yield before
    yield Shown(after.picture, after.box, (*line, (float(width), float(height)), corner))


# Words


def headline(desk: Desk, kind: Cover, brief: Brief, room: int) -> Drawing:
    """The cover's words in as few lines, then in as large letters, as fit ``room`` px."""
    said, place = words(brief)
    keyword = brief.keyword if brief.keyword in said else ""
    refused: Refusal | None = None
    for lines in range(min(2, kind.lines), kind.lines + 1):
        try:
            block = page.headline(
                desk, "cover-title", said, room, sizes=kind.sizes, lines=lines, keyword=keyword, place=place
            )
            return page.drawing(desk, "cover-title", room, t=_toned(block, keyword=keyword))
        except Refusal as refusal:  # a refusal is how a number of lines says that the words do not fit
            refused = refusal
    assert refused is not None, "a cover has lines"
    raise refused


def _toned(block: Block, *, keyword: str) -> dict[str, Block | None]:
    """Without a keyword the last line takes the accent colour."""
    if keyword or len(block.lines) == 1:
        return {"text": block, "last": None}
    return {"text": replace(block, lines=block.lines[:-1]), "last": replace(block, lines=block.lines[-1:])}


def words(brief: Brief) -> tuple[str, Place | None]:
    """What a cover says and where the brief says it; never a part of a clause.

    The title if it is short, else its clause with the keyword, another short clause, the opening words; else the whole title.
    """
    title, hook = brief.at("title"), brief.at("hook")
    clauses = sorted(
        _clauses(brief.title), key=lambda clause: (not brief.keyword or brief.keyword not in clause, -_count(clause))
    )
    wanted = ((brief.title, title), *((clause, title) for clause in clauses), (brief.hook, hook))
    short = ((said, at) for most in MOST for said, at in wanted if LEAST <= _count(said) <= most)
    return next(short, (brief.title, title))


def _clauses(said: str) -> list[str]:
    return [clause for clause in re.split(f"[{re.escape(MARKS)}]+", said) if clause]


def _count(said: str) -> int:
    return sum(character not in MARKS for character in said)

"""A consent → the form to print and sign: sheets of A4 in large plain words, as PDF, the same bytes every time.

What stands on it is data (``data/consent_form.yaml``). No box is ticked beforehand and nothing is set under 14 pt; publishing has a box of its
own (《个人信息保护法》 article 25) as has what is sensitive (articles 28, 29, 31), and taking the consent back is told as plainly as giving it (article 15).
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vidkit import text
from vidkit.pages import page, pdf, still
from vidkit.tables import table
from vidkit.text import Font, Setting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

DPI = 200
SHEET = (1654, 2339)
"""A4 in pixels at 200 dots an inch."""
MARGIN, TOP, BOTTOM = 150, 120, 170
"""Pixels left free at the sides, above and below."""
INK, GREY, LINE = "#1F1F1F", "#55524C", "#8A867E"
BOX = 40
"""A tick box's side."""
DATE = "____年__月__日"
WIDE = SHEET[0] - 2 * MARGIN
_CELL = 26
BETWEEN = 20
"""Pixels between two parts."""


@dataclass(frozen=True)
class Filled:
    """What is known before anybody signs; empty where a blank line is to be drawn. ``platforms`` are their names."""

    role: str
    platforms: tuple[str, ...]
    name: str = ""
    called: str = ""
    shop: str = ""
    ends: str = ""
    guardian: str = ""
    relation: str = ""


@dataclass(frozen=True)
class Piece:
    """Something that stands on the sheet as a whole: its height in pixels and how it is drawn below a height; ``glued`` stays with the next."""

    height: int
    draw: Callable[[int], str]
    glued: bool = False


def sheets(said: Filled) -> tuple[page.Page, ...]:
    """The form's sheets, as many as its words need."""
    form = table("consent_form")
    return _paged(
        (*_headed(str(form["title"]), str(form["lead"][said.role])), *_parts(form["parts"], said)), said, form
    )


def assessment(said: Filled) -> bytes:
    """The one-page impact assessment of publishing (《个人信息保护法》 articles 55 and 56) as PDF."""
    return bound(assessed(said))


def assessed(said: Filled) -> tuple[page.Page, ...]:
    """The sheets of the impact assessment."""
    form = table("consent_form")["assessment"]
    return _paged((*_headed(str(form["title"]), str(form["lead"])), *_parts(form["parts"], said)), said, form)


def _paged(pieces: Sequence[Piece], said: Filled, form: Mapping[str, Any]) -> tuple[page.Page, ...]:
    stacks = _stacked(pieces)
    foot = " · ".join(filter(None, (str(form["title"]), said.name)))
    return tuple(_sheet(stack, number, len(stacks), foot) for number, stack in enumerate(stacks, 1))


def document(said: Filled) -> bytes:
    """The form as PDF."""
    return bound(sheets(said))


def bound(drawn: Sequence[page.Page]) -> bytes:
    """Sheets as one PDF."""
    return pdf.pages([(still.jpeg(one, _no_photo), one.size) for one in drawn])


def _no_photo(*_wanted: object) -> Any:
    raise AssertionError("a form shows no photos")


def _stacked(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], ...]:
    """The pieces sheet by sheet; what is glued to the next one goes with it."""
    room = SHEET[1] - TOP - BOTTOM
    stacks: list[list[Piece]] = [[]]
    for group in _groups(pieces):
        if stacks[-1] and sum(one.height for one in (*stacks[-1], *group)) > room:
            stacks.append([])
        stacks[-1].extend(group)
    return tuple(map(tuple, stacks))


def _groups(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, ...]]:
    held: list[Piece] = []
    for one in pieces:
        held.append(one)
        if not one.glued:
            yield tuple(held)
            held = []
    if held:
        yield tuple(held)


def _sheet(stack: Sequence[Piece], number: int, count: int, title: str) -> page.Page:
    """One sheet, with what and whose it is and its number at the foot."""
    drawn, y = [], TOP
    for one in stack:
        drawn.append(one.draw(y))
        y += one.height
    foot = SHEET[1] - 95
    size = _px("note")
    rule = f'<rect x="{MARGIN}" y="{foot - 55}" width="{WIDE}" height="2" fill="{LINE}"/>'
    said = _line(title, MARGIN, foot, size, 400, GREY)
    numbered = f"第 {number} 页，共 {count} 页"
    at = SHEET[0] - MARGIN - text.measure(numbered, Font("text", 400), size)
    body = f"{''.join(drawn)}{rule}{said}{_line(numbered, at, foot, size, 400, GREY)}"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{SHEET[0]}" height="{SHEET[1]}" viewBox="0 0 {SHEET[0]} {SHEET[1]}">{body}</svg>'
    return page.Page(SHEET, "#ffffff", (), svg, dpi=DPI)


def _px(size: str) -> int:
    """A size of the table in pixels of the sheet."""
    return round(float(table("consent_form")["sizes"][size]) * DPI / 72)


# The form's words


def _headed(title: str, lead: str) -> Iterator[Piece]:
    yield _title(title)
    yield _gap(_paragraph(lead, "lead"), 40)


def _parts(parts: Sequence[Mapping[str, Any]], said: Filled) -> Iterator[Piece]:
    """The parts meant for a role, numbered but for those in a frame."""
    numbers = iter(range(1, 99))
    for part in parts:
        if said.role not in part.get("for", (said.role,)):
            continue
        rows = [piece for row in part["rows"] if said.role in row.get("for", (said.role,)) for piece in _row(row, said)]
        if part.get("frame"):
            yield _framed((_head(str(part["head"])), *rows))
        else:
            yield _head(f"{next(numbers)}. {part['head']}")
            yield from _kept(rows, whole=bool(part.get("whole")))
            if part is not parts[-1]:
                yield Piece(BETWEEN, lambda _y: "")


def _kept(rows: Sequence[Piece], *, whole: bool) -> Iterator[Piece]:
    """Rows of a part, all together if it is ``whole``; its note stays with what follows it, and neither its first nor its last row stands alone."""
    for number, one in enumerate(rows, 1):
        bound_to_next = whole or number in {1, len(rows) - 1}
        yield Piece(one.height, one.draw, glued=one.glued or (bound_to_next and number < len(rows)))


def _row(row: Mapping[str, Any], said: Filled) -> Iterator[Piece]:
    """The pieces of one row of the table, by its kind."""
    kind = next(name for name in ROWS if name in row)
    yield from ROWS[kind](row, said)


def _text_row(row: Mapping[str, Any], said: Filled) -> Iterator[Piece]:
    yield _gap(_paragraph(_filled(str(row["text"]), said), "text"), 12)


def _note_row(row: Mapping[str, Any], said: Filled) -> Iterator[Piece]:
    one = _gap(_paragraph(_filled(str(row["note"]), said), "note", fill=GREY), 12)
    yield Piece(one.height, one.draw, glued=True)


def _point_row(row: Mapping[str, Any], said: Filled) -> Iterator[Piece]:
    size = _px("text")
    words = _paragraph(_filled(str(row["point"]), said), "text", inset=size)
    yield _gap(
        Piece(
            words.height,
            lambda y: (
                f'<circle cx="{MARGIN + size * 0.35:.1f}" cy="{y + size * 0.62:.1f}" r="{size * 0.13:.1f}" fill="{INK}"/>'
                + words.draw(y)
            ),
        ),
        8,
    )


def _fill_row(row: Mapping[str, Any], said: Filled) -> Iterator[Piece]:
    """A question with a line to write on, or with what is known already."""
    size = _px("text")
    asked = f"{row['fill']}："
    start = MARGIN + text.measure(asked, Font("text", 400), size)
    value = _known(str(row["value"]), said)

    def draw(y: int) -> str:
        base = y + 30 + round(0.88 * size)
        rule = (
            f'<rect x="{start:.1f}" y="{base + 14}" width="{SHEET[0] - MARGIN - start:.1f}" height="3" fill="{LINE}"/>'
        )
        return _line(asked, MARGIN, base, size, 400) + rule + _line(value, start + 12, base, size, 700)

    yield Piece(size + 64, draw)


def _ticks_row(row: Mapping[str, Any], said: Filled) -> Iterator[Piece]:
    yield from _cells(_options(str(row["ticks"]), said), int(row["columns"]))


def _boxes_row(row: Mapping[str, Any], _said: Filled) -> Iterator[Piece]:
    yield from _cells(tuple(map(str, row["boxes"])), int(row["columns"]))


def _sign_row(row: Mapping[str, Any], _said: Filled) -> Iterator[Piece]:
    """A line to sign on, with the day."""
    size = _px("text")
    asked = f"{row['sign']}："
    start = MARGIN + text.measure(asked, Font("text", 500), size)
    dated = SHEET[0] - MARGIN - text.measure(DATE, Font("text", 400), size) - 10

    def draw(y: int) -> str:
        base = y + 74 + round(0.88 * size)
        rule = f'<rect x="{start:.1f}" y="{base + 14}" width="{dated - start - 40:.1f}" height="3" fill="{LINE}"/>'
        return _line(asked, MARGIN, base, size, 500) + rule + _line(DATE, dated, base, size, 400)

    yield Piece(size + 110, draw)


ROWS: dict[str, Callable[[Mapping[str, Any], Filled], Iterator[Piece]]] = {
    "text": _text_row,
    "note": _note_row,
    "point": _point_row,
    "fill": _fill_row,
    "ticks": _ticks_row,
    "boxes": _boxes_row,
    "sign": _sign_row,
}
"""What draws a row of the table, by the key that names its kind."""


def _options(kind: str, said: Filled) -> tuple[str, ...]:
    """What can be ticked: of the scope what is asked of the role, every purpose, the platforms."""
    form = table("consent_form")
    if kind == "platforms":
        return said.platforms
    if kind == "purposes":
        return tuple(form["purposes"].values())
    called = form["scope"] | form.get(f"scope_{said.role}", {})
    return tuple(str(called[name]) for name in form["scopes"][said.role])


def _known(pattern: str, said: Filled) -> str:
    return pattern.format(
        name=said.name, called=said.called, shop=said.shop, guardian=said.guardian, relation=said.relation
    )


def _filled(words: str, said: Filled) -> str:
    return words.replace("{ends}", said.ends or DATE)


# Drawing


def _line(words: str, x: float, y: float, size: int, weight: int, fill: str = INK) -> str:
    return "".join(
        f'<text xml:space="preserve" x="{x + run.x:.1f}" y="{y:.1f}" font-family="{run.family}" font-weight="{run.weight}" '
        f'font-size="{size}" font-kerning="none" fill="{fill}">{html.escape(run.text)}</text>'
        for run in text.line_of(words, Font("text", weight), size).runs
    )


def _title(words: str) -> Piece:
    size = _px("title")
    x = (SHEET[0] - text.measure(words, Font("text", 700), size)) / 2
    return Piece(size + 44, lambda y: _line(words, x, y + round(0.88 * size), size, 700), glued=True)


def _head(words: str) -> Piece:
    size = _px("head")
    return Piece(size + 22, lambda y: _line(words, MARGIN, y + round(0.88 * size), size, 700), glued=True)


def _paragraph(words: str, size: str, *, fill: str = INK, inset: int = 0, width: int = WIDE) -> Piece:
    """Words in lines of one size, broken between phrases."""
    px = _px(size)
    setting = Setting((px, px), width - inset, lines=12, font=Font("text", 400), spacing=1.45, verbatim=True)
    block = text.fit(words, setting)

    def draw(y: int) -> str:
        bases = (y + block.ascent + number * block.leading for number in range(len(block.lines)))
        return "".join(
            _line(line.text, MARGIN + inset, base, px, 400, fill) for line, base in zip(block.lines, bases, strict=True)
        )

    return Piece(block.height + round(0.2 * px), draw)


def _gap(one: Piece, below: int) -> Piece:
    return Piece(one.height + below, one.draw, one.glued)


def _cells(options: Sequence[str], columns: int) -> Iterator[Piece]:
    """Boxes to tick, in rows of so many columns; a long option goes on in a second line beside its box."""
    size = _px("text")
    width = WIDE // columns
    made = [_paragraph(said, "text", inset=BOX + 18, width=width - 20) for said in options]
    for start in range(0, len(made), columns):
        row = made[start : start + columns]
        yield Piece(max(one.height for one in row) + _CELL, _row_of_boxes(row, width, size))


def _row_of_boxes(row: Sequence[Piece], width: int, size: int) -> Callable[[int], str]:
    def draw(y: int) -> str:
        return "".join(
            f'<g transform="translate({number * width} 0)"><rect x="{MARGIN + 2}" y="{y + 8 + (size - BOX) / 2 - 2:.1f}" width="{BOX}" '
            f'height="{BOX}" fill="none" stroke="{INK}" stroke-width="4"/>{one.draw(y + 8)}</g>'
            for number, one in enumerate(row)
        )

    return draw


def _framed(rows: Sequence[Piece]) -> Piece:
    """Rows inside a frame of their own, never parted."""
    pad = 30
    inner = sum(one.height for one in rows)

    def draw(y: int) -> str:
        drawn, at = [], y + pad
        for one in rows:
            drawn.append(one.draw(at))
            at += one.height
        return (
            f'<rect x="{MARGIN - 36}" y="{y}" width="{WIDE + 72}" height="{inner + pad + 10}" rx="14" fill="#F6F3EC" stroke="{INK}" '
            f'stroke-width="5"/>{"".join(drawn)}'
        )

    return Piece(inner + pad + 10 + 40, draw)

"""A workbook (.xlsx, .xls, .ods) → the cells of its first sheet that is not hidden and suits, as a person sees them.

A cell that reaches over several rows stands in each of them. What an .xlsx shows as an error or never calculated is no empty cell, though it
reads like one: a row would say what the brief says where the person sees something else.
"""

from __future__ import annotations

import io
import os
import posixpath
import re
import sys
import zipfile
import zlib
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple
from xml.etree import ElementTree as ET

import python_calamine

from vidkit.sources import unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from xml.etree.ElementTree import Element

Place = tuple[int, int]
"""A cell's line and column, from 1."""
PERCENT: Final = ("9", "10")
"""The numbers of Excel's own formats with a percent sign (ECMA-376 part 1, 18.8.30)."""
TRUE: Final = ("1", "true")
"""How an .xlsx says yes."""
MOST_COLUMNS: Final = 400
"""Columns of a sheet that are read: more than a brief has keys."""
GAP: Final = 50
"""Lines left empty above something for it to be far from its table; with fewer it is the same table that goes on."""
DIGITS: Final = ".15g"
"""As many digits as spreadsheets show: 0.1 + 0.2 is 0.3."""
OLE: Final = b"\xd0\xcf\x11\xe0"
"""How an .xls begins, and whatever has a password."""
BOOK: Final = "xl/workbook.xml"
"""The part of an .xlsx that lists its sheets."""
SHARED: Final = "xl/sharedStrings.xml"
"""The part of an .xlsx that holds the texts of its cells."""
LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
"""What an .xlsx with a password holds."""
LOCKED_XLS: Final = re.compile(rb"\x09\x08\x10\x00.{16}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
"""How the cells of an .xls with a password begin: BOF, perhaps WriteProtect, FilePass ([MS-XLS] 2.1.7.20.3)."""
OTHERS: Final = tuple(name.encode("utf-16-le") for name in ("WordDocument", "PowerPoint Document"))
"""What files hold that begin like an .xls and are none."""
FAULTS: Final = (
    python_calamine.CalamineError,
    zipfile.BadZipFile,
    ET.ParseError,
    IndexError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    zlib.error,
)
"""What reading a file that is no workbook may raise."""


class Large(ValueError):  # noqa: N818  # not an error of the program
    """A workbook that unpacks to more than may be read."""


class Far(ValueError):  # noqa: N818  # not an error of the program
    """A sheet with something in a cell far from its table: whoever reads it makes room for all cells between."""

    def __init__(self, cell: str) -> None:
        super().__init__(cell)
        self.cell = cell


@dataclass(frozen=True)
class Sheet:
    """The texts of a sheet line by line; where a date stands; where an error stands, or a formula without a result, as it is written; where a
    picture stands in a cell, and where one is ``drawn`` over it from its corner on; which lines are hidden.
    """

    lines: tuple[tuple[str, ...], ...]
    dates: frozenset[Place] = frozenset()
    unsaid: tuple[tuple[Place, str], ...] = ()
    pictures: frozenset[Place] = frozenset()
    drawn: frozenset[Place] = frozenset()
    hidden: frozenset[int] = frozenset()


class Book(NamedTuple):
    """A sheet; if several are to be seen, its name, and the names of those that suit too; and with which line it goes on below those that were read,
    0 for none.
    """

    sheet: Sheet
    name: str = ""
    others: tuple[str, ...] = ()
    more: int = 0


class _Cut(NamedTuple):
    """A sheet without its far cells, empty where it has none; the name of the first of them in which something stands; and the first line that goes
    on below those that are read.
    """

    sheet: bytes = b""
    far: str = ""
    more: int = 0


@dataclass
class _Seen:
    """What only the file itself tells of its cells."""

    unsaid: list[tuple[Place, str]] = field(default_factory=list)
    percents: set[Place] = field(default_factory=set)
    pictures: set[Place] = field(default_factory=set)
    drawn: set[Place] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)


def read(
    data: bytes, most_lines: int, most_bytes: int, first: int, suits: Callable[[Sequence[Sequence[str]]], bool]
) -> Book:
    """The first sheet that is not hidden and whose ``first`` lines suit, else that is not empty, ``most_lines`` of it; raises one of
    ``FAULTS`` for what is none, grows larger than ``most_bytes``, or has something in a cell that is ``Far`` from its table.
    """
    packed = zipfile.ZipFile(io.BytesIO(data)) if data.startswith(b"PK") else None
    if packed and sum(one.file_size for one in packed.infolist()) > most_bytes:
        raise Large
    is_xlsx = packed is not None and BOOK in packed.namelist()
    near, cut = _near(packed, data, most_lines) if packed and is_xlsx else (data, {})
    with _quiet():
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(near))
        visible = _visible(book)
        tops = {n: _top(book, n, first) for n in visible} if len(visible) > 1 else {}
        suiting = [n for n, lines in tops.items() if suits(lines)]
        filled = [n for n, lines in tops.items() if any(map(any, lines))]
        number = next(iter((*suiting, *filled, *visible)), 0)
        if number in cut and cut[number].far:
            raise Far(cut[number].far)
        sheet = book.get_sheet_by_index(number)
        rows = [list(line) for line in sheet.to_python(skip_empty_area=False, nrows=most_lines)]
        _spread(rows, sheet.merged_cell_ranges or ())
    seen = _seen(packed, number, most_lines) if packed and is_xlsx else _Seen()
    placed = {(n, m): value for n, line in enumerate(rows, 1) for m, value in enumerate(line, 1)}
    texts = {at: _percent(value) if at in seen.percents else text(value) for at, value in placed.items()}
    read_ = Sheet(
        tuple(tuple(texts[n, m] for m in range(1, len(line) + 1)) for n, line in enumerate(rows, 1)),
        frozenset(at for at, value in placed.items() if isinstance(value, date)),
        tuple(seen.unsaid),
        frozenset(seen.pictures),
        frozenset(seen.drawn),
        frozenset(seen.hidden),
    )
    names = [one.name for one in book.sheets_metadata]
    others, more = tuple(names[n] for n in suiting if n != number), cut.get(number, _Cut()).more
    return Book(read_, names[number] if len(visible) > 1 else "", others, more)


def kind(data: bytes, error: Exception) -> str:
    """What a file is that raised one of ``FAULTS``: ``large``; ``locked`` with a password; a table of Apple's ``numbers``; a ``broken``
    workbook; empty for what is none.
    """
    if isinstance(error, Large):
        return "large"
    if data.startswith(OLE):
        locked = LOCKED in data or LOCKED_XLS.search(data)
        return "locked" if locked else "" if any(name in data for name in OTHERS) else "broken"
    if _is_locked(data):
        return "locked"
    if b"Index/Document.iwa" in data or b"Index.zip" in data:
        return "numbers"
    return "broken" if b"xl/" in data or b"opendocument.spreadsheet" in data else ""


def _is_locked(data: bytes) -> bool:
    """Whether an .ods says that its cells are under a password."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return b"encryption-data" in packed.read("META-INF/manifest.xml")
    except (*FAULTS, OSError):
        return False


@contextmanager
def _quiet() -> Iterator[None]:
    """What the reader does not bear in a broken file it says on standard error, and raises what is no Exception: here it is a ValueError, and
    nothing is said.
    """
    with _silent():
        try:
            yield
        except BaseException as error:
            if type(error).__name__ != "PanicException":
                raise
            raise ValueError(str(error)) from None


@contextmanager
def _silent() -> Iterator[None]:
    """Nothing reaches standard error, from whatever language it is written."""
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _visible(book: Any) -> list[int]:
    """The numbers of the sheets of cells that are not hidden."""
    kinds = python_calamine.SheetVisibleEnum.Visible, python_calamine.SheetTypeEnum.WorkSheet
    return [n for n, one in enumerate(book.sheets_metadata) if (one.visible, one.typ) == kinds]


def _top(book: Any, number: int, first: int) -> list[list[str]]:
    """The texts of the first lines of a sheet."""
    lines = book.get_sheet_by_index(number).to_python(skip_empty_area=False, nrows=first)
    return [[text(value) for value in line] for line in lines]


def _spread(rows: list[list[Any]], ranges: Any) -> None:
    """Write what stands in a cell that reaches over several rows below the headings into each of them; beside all that is filled in there is
    nothing to write.
    """
    for (top, left), (bottom, _) in ranges:
        for row in rows[top + 1 : bottom + 1] if top else ():
            row[left : left + 1] = rows[top][left : left + 1]


def text(value: Any) -> str:
    """A cell as a person would type it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return _number(value) if isinstance(value, float) else str(value).strip()


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() else f"{Decimal(format(value, DIGITS)):f}"


def _percent(value: Any) -> str:
    return f"{_number(value * 100)}%" if isinstance(value, float) else text(value)


# Cells far from the table


def _near(packed: zipfile.ZipFile, data: bytes, most_lines: int) -> tuple[bytes, dict[int, _Cut]]:
    """An .xlsx without the cells far from its tables, and by its sheet's number what was cut off: the reader makes room for every cell up to the last
    one, be it empty.
    """
    sheets, cut = dict[str, bytes](), dict[int, _Cut]()
    for number in range(len(_sheets(packed))):
        with suppress(*FAULTS):  # what cannot be read is told by the reader
            part = _part(packed, number)
            cut[number] = _without_far(packed, part, most_lines)
            sheets |= {part: cut[number].sheet} if cut[number].sheet else {}
    if not sheets:
        return data, cut
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in packed.infolist():
            new.writestr(one.filename, sheets.get(one.filename) or packed.read(one))
    return made.getvalue(), cut


def _without_far(packed: zipfile.ZipFile, part: str, most_lines: int) -> _Cut:
    """A sheet without its far cells. Lines that go on below those that are read, with less than a gap between, are a long table, of which the rest
    is left out.
    """
    texts, first, last, more = cache(lambda: _texts(packed)), "", 0, 0
    changed: Element | None = None
    with packed.open(part) as stream:
        for at, row, above in _rows(stream):
            cells = [(_column(cell.get("r", "")) or count, cell) for count, cell in enumerate(_below(row, "c"), 1)]
            apart = at > most_lines and at > last + GAP
            filled = [column for column, cell in cells if not _is_blank(cell, texts)]
            lost = next((column for column in filled if apart or column > MOST_COLUMNS), 0)
            first = first or (f"{_letters(lost)}{at}" if lost else "")
            last = at if filled else last
            more = more or (at if filled and at > most_lines else 0)
            wide = [cell for column, cell in cells if column > MOST_COLUMNS]
            for cell in wide:
                row.remove(cell)
            if at > most_lines:
                above[-1].remove(row)
            changed = above[0] if wide or at > most_lines else changed
    return _Cut(ET.tostring(changed, "utf-8") if changed is not None else b"", first, more)


def _rows(stream: IO[bytes]) -> Iterator[tuple[int, Element, list[Element]]]:
    """The rows of a sheet while it is read: the line of each from 1, and what it stands in, from the root on."""
    above: list[Element] = []
    at = 0
    for event, one in ET.iterparse(stream, ("start", "end")):  # noqa: S314  # expat bounds what entities grow to
        if event == "start":
            above.append(one)
            continue
        above.pop()
        if _called(one) == "row":
            at = int(one.get("r") or at + 1)
            yield at, one, above


def _texts(packed: zipfile.ZipFile) -> list[str]:
    """The texts that cells name by their numbers."""
    listed = _below(_parsed(packed, SHARED), "si") if SHARED in packed.namelist() else ()
    return ["".join(one.itertext()) for one in listed]


def _is_blank(cell: Element, texts: Callable[[], list[str]]) -> bool:
    """Whether nobody sees anything in a cell: also in one whose formula came to an empty text."""
    value = "".join("".join(one.itertext()) for name in ("v", "is") for one in _below(cell, name)).strip()
    if value:
        return not unseen.seen_only(texts()[int(value)] if cell.get("t") == "s" else value)
    return cell.get("t") == "str" or next(_below(cell, "f"), None) is None


def _letters(column: int) -> str:
    """What a column is called from its number: 3 is C."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


# What the file tells


def _seen(packed: zipfile.ZipFile, number: int, most_lines: int) -> _Seen:
    """Errors, formulas without a result, percents, pictures and hidden lines among the cells of a sheet."""
    part = _part(packed, number)
    styles, seen, at = _percent_styles(packed), _Seen(), 0
    with suppress(*FAULTS):  # what only lies over the cells is no reason not to read them
        seen.drawn |= {*_drawn(packed, part)}
    with packed.open(part) as stream:
        rows = (one for _, one in ET.iterparse(stream) if _called(one) == "row")  # noqa: S314  # expat bounds what entities grow to
        for row in islice(rows, most_lines):
            at = int(row.get("r") or at + 1)
            if row.get("hidden") in TRUE:
                seen.hidden.add(at)
            for count, cell in enumerate(_below(row, "c"), 1):
                _look(cell, (at, _column(cell.get("r", "")) or count), styles, seen)
            row.clear()
    return seen


def _look(cell: Element, place: Place, styles: frozenset[str], seen: _Seen) -> None:
    """Note what a cell is besides its text: Excel keeps a picture in a cell as an error with more behind it."""
    said = _unsaid(cell)
    if said and cell.get("t") == "e" and cell.get("vm"):
        seen.pictures.add(place)
    elif said:
        seen.unsaid.append((place, said))
    if cell.get("s") in styles and cell.get("t", "n") == "n":
        seen.percents.add(place)


def _unsaid(cell: Element) -> str:
    """An error, or a formula that has no result; empty for every other cell."""
    value = "".join(one.text or "" for one in _below(cell, "v"))
    formula = next(_below(cell, "f"), None)
    if cell.get("t") == "e":
        return value or "#?"
    return f"={formula.text or ''}" if formula is not None and not value and cell.get("t") != "str" else ""


def _drawn(packed: zipfile.ZipFile, part: str) -> Iterator[Place]:
    """The cells over which a picture's upper left corner lies; none where the file does not say it."""
    listed = posixpath.join(posixpath.dirname(part), "_rels", f"{posixpath.basename(part)}.rels")
    links = _parsed(packed, listed) if listed in packed.namelist() else ()
    for link in links:
        if link.get("Type", "").endswith("/drawing"):
            way = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), link.get("Target", "")))[1:]
            for anchor in _parsed(packed, way) if way in packed.namelist() else ():
                yield from _corner(anchor)


def _corner(anchor: Element) -> Iterator[Place]:
    """The cell under the corner of what an anchor holds, if that is a picture."""
    for corner in _below(anchor, "from") if next(_below(anchor, "pic"), None) is not None else ():
        numbers = {_called(one): int(one.text or 0) for one in corner}
        yield numbers["row"] + 1, numbers["col"] + 1


def _part(packed: zipfile.ZipFile, number: int) -> str:
    """The name of the file that holds a sheet."""
    sheet = _sheets(packed)[number]
    wanted = next(value for name, value in sheet.items() if name.endswith("}id"))
    ways = {one.get("Id"): one.get("Target", "") for one in _parsed(packed, "xl/_rels/workbook.xml.rels")}
    way = ways[wanted]
    return way.lstrip("/") if way.startswith("/") else f"xl/{way}"


def _sheets(packed: zipfile.ZipFile) -> list[Element]:
    return list(_below(next(_below(_parsed(packed, BOOK), "sheets")), "sheet"))


def _percent_styles(packed: zipfile.ZipFile) -> frozenset[str]:
    """The numbers of the styles that show a percent sign."""
    if "xl/styles.xml" not in packed.namelist():
        return frozenset()
    root = _parsed(packed, "xl/styles.xml")
    own = (one for kept in _below(root, "numFmts") for one in _below(kept, "numFmt"))
    formats = {*PERCENT, *(one.get("numFmtId", "") for one in own if "%" in one.get("formatCode", ""))}
    styles = [one for kept in _below(root, "cellXfs") for one in _below(kept, "xf")]
    return frozenset(str(number) for number, one in enumerate(styles) if one.get("numFmtId") in formats)


def _parsed(packed: zipfile.ZipFile, name: str) -> Element:
    return ET.fromstring(packed.read(name))  # noqa: S314  # expat bounds what entities grow to


def _below(element: Element, name: str) -> Iterator[Element]:
    return (one for one in element if _called(one) == name)


def _called(element: Element) -> str:
    """A name without its namespace, of which there are two."""
    return element.tag.rpartition("}")[2]


def _column(reference: str) -> int:
    """The number of a column from 1: C7 is 3; 0 for none."""
    letters = re.match(r"[A-Z]+", reference)
    number = 0
    for letter in letters[0] if letters else "":
        number = number * 26 + ord(letter) - 64
    return number

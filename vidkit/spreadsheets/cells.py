"""A table's file (CSV, Excel, WPS, LibreOffice) → its lines of cells as people see them; refuses what is no table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from vidkit.briefs import keys
from vidkit.photos.file import no_text
from vidkit.problems import Place, Problem, Refusal, problem
from vidkit.runs import faults
from vidkit.sources import encoding, unseen
from vidkit.spreadsheets import headings
from vidkit.tables import table

if TYPE_CHECKING:
    from pathlib import Path

WORKBOOKS: Final = (b"PK", b"\xd0\xcf\x11\xe0")
"""How workbooks begin: .xlsx and .ods are zip files, .xls is an OLE file."""
NUMBERS: Final = ".numbers"
"""How a folder is called that is a table of Apple's Numbers."""
OPEN: Final = "~$"
"""How a file's name begins that a spreadsheet keeps beside one that is open."""
SIGNS: Final = ",;\t"
"""What may part the cells of a CSV."""
SAID: Final = "sep="
"""What begins a first line in which Excel says the sign."""
FIRST: Final = 20_000
"""Characters among which the first lines of a CSV are looked for."""
PICTURE: Final = re.compile(r"=?\s*(?:_xlfn\.)*(?:DISPIMG|IMAGE)\(.*", re.DOTALL)
"""A formula that stands for a picture inside its cell."""

Cells = tuple[tuple[int, tuple[str, ...]], ...]
"""The lines of a table: where each begins (from 1), and its cells."""
Spot = tuple[int, int]
"""A cell's line and column, from 1."""
Noted = Mapping[Spot, str]
"""Cells and what stands in them."""


@dataclass(frozen=True)
class Table:
    """A table's lines; which cells a spreadsheet holds as dates; which have no value: an error, a formula without a result; in which there is a
    picture, and over which one lies (``drawn``); which lines are hidden; of a workbook of several sheets the name of this one, and of further ones that are
    tables of ours; with which line it goes on below those that were read, 0 for none.
    """

    lines: Cells
    dates: Noted = field(default_factory=dict)
    unsaid: Noted = field(default_factory=dict)
    pictures: frozenset[Spot] = frozenset()
    drawn: frozenset[Spot] = frozenset()
    hidden: frozenset[int] = frozenset()
    sheet: str = ""
    others: tuple[str, ...] = ()
    more: int = 0


def read(file: Path, shown: str) -> Table:
    """The table's cells, those with a picture empty; refuses what is no table (VK-X007, VK-X014 to VK-X016, VK-X022, VK-X035) and with VK-X008 what cannot
    be opened.
    """
    if file.name.startswith(OPEN):
        raise Refusal(problem("VK-X022", Place(shown)))
    if file.suffix.lower() == NUMBERS and file.is_dir():
        raise Refusal(problem("VK-X016", Place(shown)))
    most = int(table("limits")["rows"]["most_bytes"])
    try:
        with file.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        faults.answered(error)
        zh, en = faults.words(error)
        raise Refusal(problem("VK-X008", Place(shown), words=zh, words_en=en)) from None
    if len(data) > most:
        raise Refusal(_unread("large", Place(shown), limit=f"{most // 1_000_000} MB"))
    if data.startswith(WORKBOOKS):
        return _excel(data, shown)
    other = no_text(data)
    if other:
        raise Refusal(problem("VK-X014", Place(shown), what=other))
    return _without_pictures(Table(_commas(_text(data, shown), shown)))


def _without_pictures(found: Table) -> Table:
    """The table, its formulas that stand for a picture among the pictures."""
    formulas = {at for at, words in found.unsaid.items() if PICTURE.fullmatch(words)}
    texts = {
        (number, column)
        for number, line in found.lines
        for column, cell in enumerate(line, 1)
        if "(" in cell and PICTURE.fullmatch(cell)
    }
    if not texts and not formulas:
        return found
    lines = tuple(
        (number, tuple("" if (number, column) in texts else cell for column, cell in enumerate(line, 1)))
        for number, line in found.lines
    )
    unsaid = {at: words for at, words in found.unsaid.items() if at not in formulas}
    return replace(found, lines=lines, unsaid=unsaid, pictures=found.pictures | formulas | texts)


def _unread(why: str, place: Place, **values: str) -> Problem:
    """What is told of a table that cannot be read: too large, damaged, quotes that do not match (``data/rows.yaml``)."""
    said = table("rows")["unread"][why]
    return problem("VK-X007", place, words=said["zh"].format(**values), words_en=said["en"].format(**values))


def _text(data: bytes, shown: str) -> str:
    """The text of a CSV: UTF-8 or UTF-16 with its mark, or what Excel writes in China (GBK) where its headings are known keys."""
    return _chinese(data) or encoding.decode(data, shown, keys.every_name())


def _chinese(data: bytes) -> str | None:
    """The bytes read as GBK where they are no UTF-8 and a heading is a known key then."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
        words = re.split(r"[,;\t\r\"\n]", "\n".join(_first(text)))
        return text if any(map(headings.known, words)) and "\ufffd" not in text else None
    return None


def _first(text: str) -> list[str]:
    """The first lines of a CSV, among which its headings stand."""
    return text[:FIRST].splitlines()[: headings.TOP]


def _sign(text: str) -> str:
    """What parts the cells of a CSV: what its first line says, what parts the first line that holds headings then, or else what its first filled
    line holds most of.
    """
    lines = [line for line in _first(text) if line.strip()] or [""]
    if lines[0].lower().startswith(SAID) and lines[0][len(SAID) : len(SAID) + 1] in tuple(SIGNS):
        return lines[0][len(SAID)]
    for line in lines:
        found = {sign: sum(headings.known(word.strip(' "')) for word in line.split(sign)) for sign in SIGNS}
        best = max(SIGNS, key=lambda sign: found[sign])
        if found[best] > 1:
            return best
    return max(SIGNS, key=lines[0].count)


def _commas(text: str, shown: str) -> Cells:
    """Lines of a CSV parted by commas, semicolons or tabs; refuses (VK-X007) quotes that never end, which would swallow rows."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_sign(text), strict=True)
    found, at = [], 1
    try:
        for line in reader:
            found.append((at, tuple(map(_typed, line))))
            at = reader.line_num + 1
    except csv.Error:
        raise Refusal(_unread("quotes", Place(shown, at, 1))) from None
    return tuple(found)


def _typed(cell: str) -> str:
    """What is typed in a cell; nothing where nobody sees anything in it."""
    words = cell.strip()
    return words if words.isascii() or unseen.seen_only(words) else ""


def _excel(data: bytes, shown: str) -> Table:
    """The first sheet of a workbook that is not hidden and a table of ours."""
    from vidkit.spreadsheets import workbook  # noqa: PLC0415  # only those who bring a workbook pay for it

    limits = table("limits")["rows"]
    most = int(limits["most"]) + headings.TOP + 1
    try:
        book = workbook.read(data, most, int(limits["most_unpacked_bytes"]), headings.TOP, headings.stand_in)
    except workbook.Far as far:
        raise Refusal(problem("VK-X035", Place(shown), cell=far.cell)) from None
    except workbook.FAULTS as error:
        raise Refusal(_no_workbook(data, workbook.kind(data, error), shown)) from None
    sheet = book.sheet
    dates = {(line, column): sheet.lines[line - 1][column - 1] for line, column in sheet.dates}
    return _without_pictures(
        Table(
            tuple((number, tuple(map(_typed, line))) for number, line in enumerate(sheet.lines, 1)),
            dates,
            dict(sheet.unsaid),
            sheet.pictures,
            sheet.drawn,
            sheet.hidden,
            book.name,
            book.others,
            book.more,
        )
    )


def _no_workbook(data: bytes, kind: str, shown: str) -> Problem:
    """What is told of a file that begins like a workbook and cannot be read as one."""
    place = Place(shown)
    if kind == "locked":
        return problem("VK-X015", place)
    if kind == "numbers":
        return problem("VK-X016", place)
    if kind == "large":
        return _unread("large", place, limit=f"{int(table('limits')['rows']['most_unpacked_bytes']) // 1_000_000} MB")
    other = "" if kind == "broken" else no_text(data)
    return problem("VK-X014", place, what=other) if other else _unread("broken", place)

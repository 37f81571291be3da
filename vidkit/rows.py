"""A table (CSV or Excel) and a brief → one brief a row: what a row says is laid over the brief, every value with its place in the table.

A heading is a key of the brief, or a way into it: ``标题``, ``价格.金额``, ``对比.2.前``. An empty cell leaves what the brief says. The column
``文件名`` names the row's output folder; without it rows are called after the brief and numbered.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from vidkit import encoding, faults, keys, paths, project, source
from vidkit.brief import MODELS
from vidkit.photos.file import TEXT, disguise
from vidkit.photos.file import kind as picture_kind
from vidkit.problems import Place, Problem, Refusal, in_order, problem
from vidkit.source import Node, first_ones
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

NAMES: Final = ("文件名", "file", "name")
"""Headings of the column that names a row's folder."""
DAYS: Final = ("day",)
"""Fields besides those of kind ``date`` in which a day may stand."""
SEVERAL: Final = frozenset({"texts", "lines", "platforms", "choices", "photos"})
"""Kinds of fields whose cell may hold several entries, parted by 、 or ； or line breaks."""
WORKBOOKS: Final = (b"PK", b"\xd0\xcf\x11\xe0")
"""How workbooks begin: .xlsx and .ods are zip files, .xls is an OLE file."""
NUMBERS: Final = ".numbers"
"""How a folder is called that is a table of Apple's Numbers."""
PART = re.compile(r"[.．。·/]")
"""What parts the steps of a heading."""
PARTED = re.compile(r"[、；;|\n]+")
UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
"""Signs a folder's name cannot have on some system."""

NAME_BYTES: Final = 180
"""Most bytes of a row's name: systems take 255 for a file's, with what stands beside the name while a file is written."""

Step = keys.Field | int
Cells = tuple[tuple[int, tuple[str, ...]], ...]
"""The lines of a table: where each begins (from 1), and its cells."""
Noted = Mapping[tuple[int, int], str]
"""Cells by line and column (from 1) and what stands in them."""


@dataclass(frozen=True)
class Table:
    """A table's lines; which cells a spreadsheet holds as dates, and which have no value: an error, a formula without a result."""

    lines: Cells
    dates: Noted = field(default_factory=dict)
    unsaid: Noted = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One row of a table as a brief: the name of its folder, the brief's values, where the row stands."""

    name: str
    node: Node
    place: Place


@dataclass(frozen=True)
class Heading:
    """A column: its number from 0, the words typed, the way into the brief; no way for the column of names."""

    column: int
    typed: str
    steps: tuple[Step, ...]


class Laid(NamedTuple):
    """What every row of a table says, by the name its own brief would have, and what to know of the table."""

    briefs: dict[Path, Node]
    notes: tuple[Problem, ...]


class Read(NamedTuple):
    """A table's rows, and what to know of it: columns that are left alone."""

    rows: tuple[Row, ...]
    notes: tuple[Problem, ...]


def briefs(brief: Path, file: Path) -> Laid:
    """What every row of a table laid over a brief says; refuses what ``read`` refuses, a faulty
    brief, and (VK-X010) a row that is called like a brief beside it: both would be made into one folder.
    """
    over = source.read(brief, shown=str(brief))
    found, notes = read(file, over, project.called(brief), shown=str(file))
    there = {paths.alike(one.stem): one for one in brief.parent.glob("*.y*ml")}
    taken = ((row, there.get(paths.alike(row.name))) for row in found)
    problems = tuple(problem("VK-X010", row.place, name=row.name, other=other.name) for row, other in taken if other)
    if problems:
        raise Refusal(*first_ones(problems))
    return Laid({brief.with_name(f"{row.name}.yaml"): row.node for row in found}, notes)


def read(file: Path, over: Node, stem: str, *, shown: str) -> Read:
    """The rows of a table, each laid over the brief ``over``; ``stem`` names rows that have no name of their own. A column of the shop's own
    (备注) is left alone and told of (VK-X017).

    Raises Refusal with every fault of the table: VK-X001 and VK-X009 unknown headings, VK-X002 one heading twice, VK-X003 cells without a heading,
    VK-X004 two rows of one name, VK-X005 no rows, VK-X006 too many, VK-X007 not a table that can be read, VK-X008 cannot be opened,
    VK-X011 a date where none is wanted, VK-X012 a cell without a value, VK-X013 a row whose name no folder may have, VK-X014 another kind
    of file, VK-X015 a table with a password, VK-X016 a table of Apple's Numbers.
    """
    listed = cells(file, shown)
    lines = listed.lines
    headings, problems, notes = _headings(lines, shown)
    body = [(number, line) for number, line in lines[1:] if any(line)]
    rows = tuple(
        _row(number, line, headings, over, f"{stem}-{count:02d}", shown) for count, (number, line) in enumerate(body, 1)
    )
    problems += [*_unheaded(body, lines[0][1], shown), *_same_names(rows), *_unusable(rows)]
    problems += [*_mistaken(listed, headings, shown)]
    most = int(table("limits")["rows"]["most"])
    if not rows and not problems:
        problems.append(problem("VK-X005", Place(shown)))
    if len(rows) > most:
        problems.append(problem("VK-X006", rows[most].place, count=len(rows), limit=most))
    if problems:
        raise Refusal(*first_ones(in_order(problems)))
    return Read(rows, tuple(notes))


# Cells ----------------------------------------------------------------------------------------------------------------


def cells(file: Path, shown: str) -> Table:
    """The table's cells; refuses what is no table (VK-X007, VK-X014 to VK-X016) and with VK-X008 what cannot be opened."""
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
    other = _other(data)
    if other:
        raise Refusal(problem("VK-X014", Place(shown), what=other))
    return Table(_commas(_text(data, shown), shown))


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
        headings = re.split(r"[,;\t\r\"]", text.partition("\n")[0])
        return text if any(_way(word) for word in headings if word) and "\ufffd" not in text else None
    return None


def _commas(text: str, shown: str) -> Cells:
    """Lines of a CSV parted by commas, semicolons or tabs, whichever its first line is; refuses (VK-X007) quotes that never end, which would
    swallow rows.
    """
    first = text.partition("\n")[0]
    sign = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    found, at = [], 1
    try:
        for line in reader:
            found.append((at, tuple(cell.strip() for cell in line)))
            at = reader.line_num + 1
    except csv.Error:
        raise Refusal(_unread("quotes", Place(shown, at))) from None
    return tuple(found)


def _excel(data: bytes, shown: str) -> Table:
    """The first sheet of a workbook that is not hidden."""
    from vidkit import workbook  # noqa: PLC0415  # only those who bring a workbook pay for it

    limits = table("limits")["rows"]
    try:
        sheet = workbook.read(data, int(limits["most"]) + 2, int(limits["most_unpacked_bytes"]))
    except workbook.FAULTS as error:
        raise Refusal(_no_workbook(data, workbook.kind(data, error), shown)) from None
    dates = {(line, column): sheet.lines[line - 1][column - 1] for line, column in sheet.dates}
    return Table(tuple(enumerate(sheet.lines, 1)), dates, dict(sheet.unsaid))


def _no_workbook(data: bytes, kind: str, shown: str) -> Problem:
    """What is told of a file that begins like a workbook and cannot be read as one."""
    place = Place(shown)
    if kind == "locked":
        return problem("VK-X015", place)
    if kind == "numbers":
        return problem("VK-X016", place)
    if kind == "large":
        return _unread("large", place, limit=f"{int(table('limits')['rows']['most_unpacked_bytes']) // 1_000_000} MB")
    other = "" if kind == "broken" else _other(data)
    return problem("VK-X014", place, what=other) if other else _unread("broken", place)


def _other(data: bytes) -> str:
    """What a file is that is no table, in words (PDF 文件 (PDF)); empty for a text, or where nobody knows."""
    picture, named = picture_kind(data), disguise(data)
    return f"{picture} 图片 ({picture})" if picture else "" if named == TEXT else named


# Headings -------------------------------------------------------------------------------------------------------------


def _headings(lines: Cells, shown: str) -> tuple[tuple[Heading, ...], list[Problem], list[Problem]]:
    """The columns, what is wrong with their headings, and which columns are the shop's own; without one that is known all of them are wrong."""
    if not lines:
        raise Refusal(problem("VK-X005", Place(shown)))
    line, typed = lines[0]
    found: list[Heading] = []
    problems, own = list[Problem](), list[Problem]()
    for column, word in enumerate(typed):
        place = Place(shown, line, column + 1)
        steps = () if keys.folded(word) in NAMES else _way(word)
        if not word:
            continue
        if steps is None:
            unknown = _unknown(word, place)
            (problems if unknown.level == "error" else own).append(unknown)
        elif other := next((one for one in found if one.steps == steps), None):
            problems.append(problem("VK-X002", place, key=word, other=other.typed))
        else:
            found.append(Heading(column, word, steps))
    if not any(one.steps for one in found):
        problems += (problem("VK-X009", one.place, **dict(one.values)) for one in own)
    return tuple(found), problems, own


def _way(word: str) -> tuple[Step, ...] | None:
    """The way into the brief a heading means, or None."""
    model, steps = "brief", list[Step]()
    for part in PART.split(unicodedata.normalize("NFKC", word).strip()):
        if part.isdigit():
            if not steps or isinstance(steps[-1], int) or not 1 <= int(part) <= 20:
                return None
            steps.append(int(part) - 1)
            continue
        field = keys.find(model, part) if model else None
        if field is None:
            return None
        steps.append(field)
        model = MODELS.get(field.kind, "")
    return tuple(steps)


def _unknown(word: str, place: Place) -> Problem:
    """A heading that is none of ours: nearly one (VK-X001), one with a part that is none (VK-X009), or the shop's own (VK-X017)."""
    first = PART.split(unicodedata.normalize("NFKC", word).strip())[0]
    guess, usual = keys.suggestion("brief", first), table("rows")["usual"]
    if guess and first == word:
        return problem("VK-X001", place, key=word, guess=guess)
    code = "VK-X009" if guess or keys.find("brief", first) else "VK-X017"
    return problem(code, place, key=word, known=usual["zh"], known_en=usual["en"])


def _unheaded(body: Sequence[tuple[int, tuple[str, ...]]], typed: Sequence[str], shown: str) -> Iterator[Problem]:
    """Cells with words in them under no heading, the first of each line."""
    for number, line in body:
        bare = (n for n, value in enumerate(line) if value and (n >= len(typed) or not typed[n]))
        column = next(bare, None)
        if column is not None:
            yield problem("VK-X003", Place(shown, number, column + 1), words=line[column][:20])


def _mistaken(listed: Table, headings: Iterable[Heading], shown: str) -> Iterator[Problem]:
    """Cells that are not what was typed: what a spreadsheet took for a date, errors, and formulas without a result."""
    columns = {one.column + 1: one for one in headings}
    for (line, column), words in sorted(listed.unsaid.items()):
        if column in columns and line > 1:
            yield problem("VK-X012", Place(shown, line, column), words=words[:20])
    for (line, column), words in sorted(listed.dates.items()):
        heading = columns.get(column)
        last = heading.steps[-1] if heading and heading.steps else None
        if isinstance(last, keys.Field) and last.kind != "date" and last.name not in DAYS:
            yield problem("VK-X011", Place(shown, line, column), words=words)


# Rows -----------------------------------------------------------------------------------------------------------------


def _row(number: int, line: Sequence[str], headings: Sequence[Heading], over: Node, usual: str, shown: str) -> Row:
    node, name = over, ""
    for heading in headings:
        value = line[heading.column] if heading.column < len(line) else ""
        place = Place(shown, number, heading.column + 1)
        if not heading.steps:
            name = UNSAFE.sub("_", value).strip(" .")
        elif value:
            node = _laid(node, heading.steps, _value(value, heading.steps, place), place, heading.typed)
    return Row(name or usual, node, Place(shown, number))


def _value(typed: str, steps: Sequence[Step], place: Place) -> Node:
    """A cell as a value of the brief: one text, or the entries of a list."""
    last = steps[-1]
    parts = [part.strip() for part in PARTED.split(typed) if part.strip()]
    if isinstance(last, keys.Field) and last.kind in SEVERAL and len(parts) > 1:
        return Node(place, "list", items=tuple(Node(place, "text", text=part) for part in parts))
    return Node(place, "text", text=typed)


def _laid(node: Node, steps: Sequence[Step], value: Node, place: Place, typed: str) -> Node:
    """The node with the value at the end of the way, whatever is missing on the way added."""
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(step, int):
        return _entry(node, step, rest, value, place, typed)
    if node.kind == "list":
        return _entry(node, 0, steps, value, place, typed)
    if node.kind == "text":
        node = Node(place, "map")
    pairs = list(node.pairs)
    at = next((n for n, (key, _) in enumerate(pairs) if _means(key, step)), None)
    if at is None:
        key = Node(place, "text", text=step.zh[0] if not typed.isascii() else step.name)
        return replace(node, pairs=(*pairs, (key, _laid(Node(place, "map"), rest, value, place, typed))))
    key, old = pairs[at]
    pairs[at] = (key, _laid(old, rest, value, place, typed))
    return replace(node, pairs=tuple(pairs))


def _means(key: Node, field: keys.Field) -> bool:
    """Whether a key typed in the brief is one of a field's names."""
    return keys.folded(key.text) in {keys.folded(name) for name in field.names}


def _entry(node: Node, number: int, rest: Sequence[Step], value: Node, place: Place, typed: str) -> Node:
    """The list with the value in its entry; a single map is the first of its list."""
    items = list(node.items) if node.kind == "list" else [] if node.kind == "text" or not node.pairs else [node]
    items += [Node(place, "map") for _ in range(number + 1 - len(items))]
    items[number] = _laid(items[number], rest, value, place, typed)
    return Node(node.place if node.items or node.pairs else place, "list", items=tuple(items))


def _unusable(rows: Sequence[Row]) -> Iterator[Problem]:
    """Names that no folder of what is made may have, or that leave no room for the names of the files beside it."""
    for row in rows:
        if not project.may_hold_made(row.name) or len(row.name.encode("utf-8")) > NAME_BYTES:
            yield problem("VK-X013", row.place, name=row.name[:20], limit=NAME_BYTES // 3)


def _same_names(rows: Sequence[Row]) -> Iterator[Problem]:
    first: dict[str, Row] = {}
    for row in rows:
        other = first.setdefault(paths.alike(row.name), row)
        if other is not row:
            yield problem("VK-X004", row.place, name=row.name, line=other.place.line)

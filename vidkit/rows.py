"""A table (CSV or Excel) and a brief → one brief a row: what a row says is laid over the brief, every value with its place in the table.

A heading is a key of the brief, or a way into it (``headings``). An empty cell leaves what the brief says. The column ``文件名`` names the row's
output folder; without it rows are called after the brief and numbered.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from vidkit import console, encoding, faults, keys, paths, project, source
from vidkit.headings import INNER, unknown, way
from vidkit.photos.file import TEXT, disguise
from vidkit.photos.file import kind as picture_kind
from vidkit.problems import Place, Problem, Refusal, in_order, problem
from vidkit.source import Node, first_ones
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from vidkit.headings import Step, Way

NAMES: Final = ("文件名", "file", "name")
"""Headings of the column that names a row's folder."""
DAYS: Final = ("day",)
"""Fields besides those of kind ``date`` in which a day may stand."""
SEVERAL: Final = frozenset({"texts", "lines", "platforms", "choices", "photos"})
"""Kinds of fields whose cell may hold several entries, parted by 、 or ； or line breaks."""
FIGURES: Final = frozenset({"numbers", "focus", "areas"})
"""Kinds of fields that are numbers, which commas and spaces part too."""
FLOW: Final = re.compile(r"\{.*\}|\[.*\]", re.DOTALL)
"""A cell written as a brief writes a map or a list in one line."""
SHORT: Final = MappingProxyType({"photo": "file", "person": "name"})
"""Models whose values may be written as one text, and the field that text is."""
WORKBOOKS: Final = (b"PK", b"\xd0\xcf\x11\xe0")
"""How workbooks begin: .xlsx and .ods are zip files, .xls is an OLE file."""
NUMBERS: Final = ".numbers"
"""How a folder is called that is a table of Apple's Numbers."""
PARTED = re.compile(r"[、；;|\n]+")
LOOSE = re.compile(r"[\s、，,]+")
UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
"""Signs a folder's name cannot have on some system."""

NAME_BYTES: Final = 180
"""Most bytes of a row's name: systems take 255 for a file's, with what stands beside the name while a file is written."""

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
    """One row of a table as a brief: the name of its folder, the brief's values, where the row stands: the cell of its name, else its first."""

    name: str
    node: Node
    place: Place

    @property
    def called(self) -> str:
        """What people call it."""
        return called(self.name, self.place)


@dataclass(frozen=True)
class Heading:
    """A column: its number from 0, the words typed, the way into the brief; no way for the column of names."""

    column: int
    typed: str
    steps: Way


class Laid(NamedTuple):
    """Every row of a table by the name its own brief would have, and what to know of the table."""

    rows: dict[Path, Row]
    notes: tuple[Problem, ...]

    @property
    def briefs(self) -> dict[Path, Node]:
        """What every row says."""
        return {file: row.node for file, row in self.rows.items()}


class Read(NamedTuple):
    """A table's rows, and what to know of it: columns that are left alone."""

    rows: tuple[Row, ...]
    notes: tuple[Problem, ...]


def called(name: str, place: Place) -> str:
    """What people call a row of a table, by its name and where it stands."""
    return console.words("row-called", table=console.shown(Path(place.file)), line=place.line, name=name)


def briefs(brief: Path, file: Path) -> Laid:
    """Every row of a table laid over a brief; refuses what ``read`` refuses, a faulty
    brief, and (VK-X010) a row that is called like a brief beside it: both would be made into one folder.
    """
    over = source.read(brief, shown=str(brief))
    found, notes = read(file, over, project.called(brief), shown=str(file))
    there = {paths.alike(one.stem): one for one in brief.parent.glob("*.y*ml")}
    taken = ((row, there.get(paths.alike(row.name))) for row in found)
    problems = tuple(problem("VK-X010", row.place, name=row.name, other=other.name) for row, other in taken if other)
    if problems:
        raise Refusal(*first_ones(problems))
    return Laid({brief.with_name(f"{row.name}.yaml"): row for row in found}, notes)


def read(file: Path, over: Node, stem: str, *, shown: str) -> Read:
    """The rows of a table, each laid over the brief ``over``; ``stem`` names rows that have no name of their own. A column of the shop's own
    (备注) is left alone and told of (VK-X017).

    Raises Refusal with every fault of the table: VK-X001, VK-X009 and VK-X018 unknown headings, VK-X002 one heading twice, VK-X003 cells without a heading,
    VK-X004 two rows of one name, VK-X005 no rows, VK-X006 too many, VK-X007 not a table that can be read, VK-X008 cannot be opened,
    VK-X011 a date where none is wanted, VK-X012 a cell without a value, VK-X013 a row whose name no folder may have, VK-X014 another kind
    of file, VK-X015 a table with a password, VK-X016 a table of Apple's Numbers.
    """
    listed = cells(file, shown)
    lines = listed.lines
    columns, problems, notes = _headings(lines, shown)
    body = [(number, line) for number, line in lines[1:] if any(line)]
    laid = [_row(number, line, columns, over, f"{stem}-{n:02d}", shown) for n, (number, line) in enumerate(body, 1)]
    rows = tuple(one.row for one in laid)
    problems += [*_unheaded(body, lines[0][1], shown), *_same_names(rows), *_unusable(rows)]
    problems += [*_mistaken(listed, columns, shown), *(p for one in laid for p in one.problems)]
    most = int(table("limits")["rows"]["most"])
    if not rows and not problems:
        problems.append(problem("VK-X005", Place(shown)))
    if len(rows) > most:
        problems.append(problem("VK-X006", rows[most].place, count=len(rows), limit=most))
    if problems:
        raise Refusal(*first_ones(in_order(problems)))
    return Read(rows, tuple(notes))


def naming(file: Path, names: Callable[[str], bool]) -> tuple[int, ...]:
    """The lines of a table (from 1) with a cell of which ``names`` holds; none of a table without a heading of ours. Refuses what is no table."""
    lines = cells(file, file.name).lines
    if not lines or not any(way(word) for word in lines[0][1] if word):
        return ()
    return tuple(number for number, line in lines[1:] if any(map(names, line)))


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
        return text if any(way(word) for word in headings if word) and "\ufffd" not in text else None
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
        raise Refusal(_unread("quotes", Place(shown, at, 1))) from None
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
        steps = () if keys.folded(word) in NAMES else way(word)
        if not word:
            continue
        if steps is None:
            said = unknown(word, place)
            (problems if said.level == "error" else own).append(said)
        elif other := next((one for one in found if one.steps == steps), None):
            problems.append(problem("VK-X002", place, key=word, other=other.typed))
        else:
            found.append(Heading(column, word, steps))
    if not any(one.steps for one in found):
        problems += (problem("VK-X009", one.place, **dict(one.values)) for one in own)
    return tuple(found), problems, own


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


def _row(number: int, line: Sequence[str], columns: Sequence[Heading], over: Node, usual: str, shown: str) -> _Overlaid:
    """A row as a brief, what says where a photo is before what says more of it, and what is wrong with its cells."""
    node, name, named, problems = over, "", 0, list[Problem]()
    for heading in sorted(columns, key=lambda one: len(one.steps)):
        typed = line[heading.column] if heading.column < len(line) else ""
        place = Place(shown, number, heading.column + 1)
        if not heading.steps:
            name, named = UNSAFE.sub("_", typed).strip(" ."), heading.column + 1
        elif typed:
            value, wrong = _value(typed, heading.steps, place)
            node = _laid(node, "brief", heading.steps, value, place, heading.typed)
            problems += wrong
    return _Overlaid(Row(name or usual, node, Place(shown, number, named or 1)), tuple(problems))


class _Overlaid(NamedTuple):
    row: Row
    problems: tuple[Problem, ...]


def _value(typed: str, steps: Sequence[Step], place: Place) -> tuple[Node, tuple[Problem, ...]]:
    """A cell as a value of the brief: one text, the entries of a list, or what is written in it as in a brief; and what is wrong with that."""
    last = steps[-1]
    kind = last.kind if isinstance(last, keys.Field) else "photo"
    if FLOW.fullmatch(typed) and kind in {*INNER, *FIGURES, *SEVERAL}:
        node, problems = source.parse(f"x: {' '.join(typed.split())}\n", place.file)
        told = tuple(replace(one, place=place) for one in problems)
        return (_at(node.pairs[0][1], place) if node and not told else Node(place, "text", text=typed)), told
    if kind in FIGURES:
        groups = [_parts(part, LOOSE, place) for part in PARTED.split(typed) if part.strip()] if kind == "areas" else []
        node = groups[0] if len(groups) == 1 else Node(place, "list", items=tuple(groups))
        return node if groups else _parts(PARTED.sub(" ", typed), LOOSE, place), ()
    listed = _parts(typed, PARTED, place)
    return (listed if kind in SEVERAL and len(listed.items) > 1 else Node(place, "text", text=typed)), ()


def _parts(typed: str, sign: re.Pattern[str], place: Place) -> Node:
    """The texts between signs as a list."""
    texts = (part.strip() for part in sign.split(typed))
    return Node(place, "list", items=tuple(Node(place, "text", text=part) for part in texts if part))


def _at(node: Node, place: Place) -> Node:
    """A node, and all in it, with one place."""
    items = tuple(_at(one, place) for one in node.items)
    return replace(node, place=place, items=items, pairs=tuple((_at(k, place), _at(v, place)) for k, v in node.pairs))


def _laid(node: Node, kind: str, steps: Sequence[Step], value: Node, place: Place, typed: str) -> Node:
    """The node, a value of a field of that ``kind``, with the value at the end of the way, whatever is missing on the way added."""
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(step, int):
        return _entry(node, kind, step, rest, value, place, typed)
    if node.kind == "list":
        return _entry(node, kind, 0, steps, value, place, typed)
    if node.kind == "text":
        node = _as_map(node, kind, place, typed)
    pairs = list(node.pairs)
    at = next((n for n, (key, _) in enumerate(pairs) if _means(key, step)), None)
    if at is None:
        added = _laid(Node(place, "map"), step.kind, rest, value, place, typed)
        return replace(node, pairs=(*pairs, (_key(step, place, typed), added)))
    key, old = pairs[at]
    pairs[at] = (key, _laid(old, step.kind, rest, value, place, typed))
    return replace(node, pairs=tuple(pairs))


def _as_map(node: Node, kind: str, place: Place, typed: str) -> Node:
    """What stands there as one text as a map, so that more can be said of it: a photo by its file, a person by her name; else an empty one."""
    model = INNER.get(kind, "")
    field = keys.find(model, SHORT[model]) if model in SHORT and node.text.strip() else None
    return Node(node.place, "map", pairs=((_key(field, place, typed), node),)) if field else Node(place, "map")


def _key(field: keys.Field, place: Place, typed: str) -> Node:
    """A field's key, in the language of the heading typed."""
    return Node(place, "text", text=field.zh[0] if not typed.isascii() else field.name)


def _means(key: Node, field: keys.Field) -> bool:
    """Whether a key typed in the brief is one of a field's names."""
    return keys.folded(key.text) in {keys.folded(name) for name in field.names}


def _entry(node: Node, kind: str, number: int, rest: Sequence[Step], value: Node, place: Place, typed: str) -> Node:
    """The list with the value in its entry; a single map, photo or name is the first of its list."""
    alone = [node] if node.pairs or (node.text.strip() and INNER.get(kind) in SHORT) else []
    items = list(node.items) if node.kind == "list" else alone
    items += [Node(place, "map") for _ in range(number + 1 - len(items))]
    items[number] = _laid(items[number], kind, rest, value, place, typed)
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

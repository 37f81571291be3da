"""A table (CSV or Excel) and a brief → one brief a row: what a row says is laid over the brief, every value with its place in the table.

A heading is a key of the brief, or a way into it (``headings``). An empty cell leaves what the brief says. The column ``文件名`` names the row's
output folder; without it rows are called after the brief and numbered.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from vidkit import console, project, source
from vidkit.briefs import keys, paths
from vidkit.consoles import spelling
from vidkit.people import consent
from vidkit.problems import Place, Problem, Refusal, in_order, problem
from vidkit.source import Node, first_ones
from vidkit.spreadsheets import cells, headings, overlay
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from vidkit.spreadsheets.cells import Spot, Table
    from vidkit.spreadsheets.headings import Way

DAYS: Final = ("day",)
"""Fields besides those of kind ``date`` in which a day may stand."""
UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
"""Signs a folder's name cannot have on some system."""

NAME_BYTES: Final = 180
"""Most bytes of a row's name: systems take 255 for a file's, with what stands beside the name while a file is written."""

SHORT_NAME: Final = 20
"""So many characters of a name that cannot be are told."""
SHOWN: Final = 8
"""So many lines are told by number."""

Line = tuple[int, tuple[str, ...]]
"""A line of a table: where it begins (from 1), and its cells."""


@dataclass(frozen=True)
class Row:
    """One row of a table as a brief: the name of its folder, the brief's values, where the row stands: the cell of its name, else its first; and
    what is wrong with it, for which it cannot be made.
    """

    name: str
    node: Node
    place: Place
    problems: tuple[Problem, ...] = ()

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


class Read(NamedTuple):
    """A table's rows, and what to know of it: columns and lines that are left alone."""

    rows: tuple[Row, ...]
    notes: tuple[Problem, ...]


def called(name: str, place: Place) -> str:
    """What people call a row of a table, by its name and where it stands."""
    return console.words("row-called", table=spelling.shown(Path(place.file)), line=place.line, name=name)


def briefs(brief: Path, file: Path) -> Laid:
    """Every row of a table laid over a brief; refuses what ``read`` refuses, and a faulty brief."""
    over = source.read(brief, shown=str(brief))
    there = {paths.alike(one.stem): one.name for one in brief.parent.glob("*.y*ml")}
    found, notes = read(file, over, project.called(brief), shown=str(file), there=there)
    return Laid({brief.with_name(f"{row.name}.yaml"): row for row in found}, notes)


def read(file: Path, over: Node, stem: str, *, shown: str, there: Mapping[str, str] = MappingProxyType({})) -> Read:
    """The rows of a table, each laid over the brief ``over``; ``stem`` names rows that have no name of their own, ``there`` are the briefs beside
    this one by their names as they are compared.

    Told of, and passed over or made all the same: VK-X017 a column of the shop's own (备注); VK-X023 lines above the headings; VK-X024 totals;
    VK-X025 further sheets; VK-X026 hidden rows that are made; VK-X028 rows that all show one home; VK-X030 rows with photos of their own for which
    the brief says that they are of no customer's home; VK-X031 what the brief says of other photos, prices, people than a row has; VK-X032 rows
    called by their number.

    Raises Refusal with every fault of the table. Its headings: VK-X001, VK-X009 and VK-X018 unknown; VK-X002 one twice. Its rows: VK-X005 none;
    VK-X006 too many. Its file: VK-X007 not a table that can be read; VK-X008 cannot be opened; VK-X014 another kind of file; VK-X015 with a password;
    VK-X016 of Apple's Numbers; VK-X022 what a spreadsheet keeps beside an open one; VK-X035 something far from the table.

    What is wrong with a single row it says itself: VK-X003 a cell without a heading, VK-X004 the name of an earlier row, VK-X010 that of a brief beside
    it, VK-X011 a date where none is wanted, VK-X012 a cell without a value, VK-X013 a name no folder may have, VK-X019 no photo where other rows have
    one, VK-X020 a picture in a cell, VK-X021 several values in one cell, VK-X027 an entry before which one is missing, VK-X029 photos of its own in
    the home that the brief names, VK-X036 the brief's portrait under a name of its own, and a value that is no YAML.
    """
    listed = cells.read(file, shown)
    if not listed.lines:
        raise Refusal(problem("VK-X005", Place(shown), **_where(listed)))
    at = headings.top([line for _, line in listed.lines])
    columns, problems, notes = _headings(listed, at, shown)
    body, totals = _body(listed, at, columns)
    laid = _laid_over(listed, body, columns, listed.lines[at][1], over, stem, shown)
    rows = _named(laid, there)
    most = int(table("limits")["rows"]["most"])
    if not rows and not problems:
        problems.append(problem("VK-X005", Place(shown), **_where(listed)))
    if len(rows) > most or listed.more:
        place = rows[most].place if len(rows) > most else Place(shown, listed.more, 1)
        problems.append(problem("VK-X006", place, limit=most))
    if problems:
        raise Refusal(*first_ones(in_order(problems)))
    notes += _left_out(listed, at, totals, shown)
    notes += _of_one_home(rows, shown)
    notes += _of_no_home(rows, over, shown)
    notes += _of_others(rows, over, columns, shown)
    notes += _numbered(laid, stem, shown)
    return Read(rows, tuple(notes))


def naming(file: Path, names: Callable[[str], bool]) -> tuple[int, ...]:
    """The lines of a table (from 1) with a cell of which ``names`` holds; none of a table without a heading of ours. Refuses what is no table."""
    lines = cells.read(file, file.name).lines
    texts = [line for _, line in lines]
    if not headings.stand_in(texts):
        return ()
    return tuple(number for number, line in lines[headings.top(texts) + 1 :] if any(map(names, line)))


# The table ------------------------------------------------------------------------------------------------------------


def _headings(listed: Table, at: int, shown: str) -> tuple[tuple[Heading, ...], list[Problem], list[Problem]]:
    """The columns, what is wrong with their headings, and which columns are the shop's own; without one that is known all of them are wrong."""
    line, typed = listed.lines[at]
    found: list[Heading] = []
    problems, own = list[Problem](), list[Problem]()
    for column, word in enumerate(typed):
        place = Place(shown, line, column + 1)
        steps = headings.column(word)
        if not word:
            continue
        if steps is None:
            said = headings.unknown(word, place)
            (problems if said.level == "error" else own).append(said)
        elif other := next((one for one in found if headings.alike(one.steps) == headings.alike(steps)), None):
            problems.append(problem("VK-X002", place, key=word, other=other.typed))
        else:
            found.append(Heading(column, word, steps))
    if not any(one.steps for one in found):
        problems += (problem("VK-X009", one.place, **dict(one.values)) for one in own)
    where = _where(listed)
    told = [problem(one.code, one.place, **{**dict(one.values), **where}) for one in problems]
    return tuple(found), told, own


def _where(listed: Table) -> dict[str, str]:
    """The sheet of a workbook that has several, in words."""
    said = table("rows")["sheet"] if listed.sheet else {"zh": "", "en": ""}
    return {"where": said["zh"].format(name=listed.sheet), "where_en": said["en"].format(name=listed.sheet)}


def _body(listed: Table, at: int, columns: Sequence[Heading]) -> tuple[list[Line], list[Line]]:
    """The lines below the headings in which something stands, and those among them that add others up."""
    ours = {one.column + 1 for one in columns}
    marked = {line for line, column in (*listed.unsaid, *listed.pictures) if column in ours}
    lines = [(number, line) for number, line in listed.lines[at + 1 :] if any(line) or number in marked]
    totals = [one for one in lines if _is_total(one[1])]
    return [one for one in lines if one not in totals], totals


def _is_total(line: Sequence[str]) -> bool:
    first = next(filter(None, line), "")
    return keys.folded(first).rstrip(":").rstrip() in table("rows")["totals"]


def _left_out(listed: Table, at: int, totals: Sequence[Line], shown: str) -> Iterator[Problem]:
    """What is not read, or is though nobody sees it."""
    line = listed.lines[at][0]
    if at:
        yield problem("VK-X023", Place(shown), **_numbers([number for number, _ in listed.lines[:at]]), line=line)
    if totals:
        words = next(filter(None, totals[0][1]))
        yield problem("VK-X024", Place(shown), **_numbers([number for number, _ in totals]), words=words)
    if listed.others:
        yield problem("VK-X025", Place(shown), names="”“".join(listed.others), names_en='", "'.join(listed.others))
    hidden = [number for number, words in listed.lines[at + 1 :] if number in listed.hidden and any(words)]
    if hidden:
        yield problem("VK-X026", Place(shown), **_numbers(hidden))


def _numbers(lines: Sequence[int]) -> dict[str, str]:
    """Some lines' numbers, for a message; of many the first."""
    first, more = [*map(str, lines[:SHOWN])], len(lines) > SHOWN
    return {"lines": "、".join(first) + "……" * more, "lines_en": ", ".join(first) + " …" * more}


# Rows -----------------------------------------------------------------------------------------------------------------


def _laid_over(
    listed: Table,
    body: Sequence[Line],
    columns: Sequence[Heading],
    typed: Sequence[str],
    over: Node,
    stem: str,
    shown: str,
) -> tuple[Row, ...]:
    """Every row as a brief, with what is wrong with its cells."""
    rows = [_row(number, line, columns, over, _usual(stem, n), shown) for n, (number, line) in enumerate(body, 1)]
    told = [
        *_unheaded(body, typed, shown),
        *_mistaken(listed, columns, shown),
        *_pictured(listed, body, columns, shown),
    ]
    marked = {(one.place.line, one.place.column) for one in told if one.place}
    wrong = defaultdict[int, list[Problem]](list)
    named = _own_photos(body, columns, marked)
    lent = (
        *_without_photos(rows, body, named, marked),
        *_of_another(rows, over, columns, named),
        *_of_the_home(rows, over, columns),
    )
    for one in in_order([*told, *lent]):
        wrong[one.place.line if one.place else 0].append(one)
    return tuple(replace(row, problems=in_order([*row.problems, *wrong[row.place.line]])) for row in rows)


def _unheaded(body: Sequence[Line], typed: Sequence[str], shown: str) -> Iterator[Problem]:
    """Cells with words in them under no heading, the first of each line."""
    for number, line in body:
        bare = (n for n, value in enumerate(line) if value and (n >= len(typed) or not typed[n]))
        column = next(bare, None)
        if column is not None:
            yield problem("VK-X003", Place(shown, number, column + 1), words=line[column][:20])


def _mistaken(listed: Table, columns: Iterable[Heading], shown: str) -> Iterator[Problem]:
    """Cells that are not what was typed: what a spreadsheet took for a date, errors, and formulas without a result."""
    ours = {one.column + 1: one for one in columns}
    for (line, column), words in listed.unsaid.items():
        if column in ours:
            yield problem("VK-X012", Place(shown, line, column), words=words[:20])
    for (line, column), words in listed.dates.items():
        heading = ours.get(column)
        last = heading.steps[-1] if heading and heading.steps else None
        if isinstance(last, keys.Field) and last.kind != "date" and last.name not in DAYS:
            yield problem("VK-X011", Place(shown, line, column), words=words)


def _pictured(listed: Table, body: Sequence[Line], columns: Iterable[Heading], shown: str) -> Iterator[Problem]:
    """Cells that hold a picture, and empty ones for the name of a photo over which one lies."""
    for heading in columns:
        column = heading.column + 1
        over = listed.drawn if overlay.of_photos(heading.steps) else ()
        for number, line in body:
            empty = not _cell(line, heading)
            if empty and ((number, column) in listed.pictures or (number, column) in over):
                yield problem("VK-X020", Place(shown, number, column))


def _own_photos(body: Sequence[Line], columns: Iterable[Heading], marked: Container[Spot]) -> list[Heading]:
    """The columns in which some row has a photo of its own."""
    named = [one for one in columns if overlay.of_photos(one.steps)]
    return [one for one in named if any(_cell(line, one) or (at, one.column + 1) in marked for at, line in body)]


def _without_photos(
    rows: Sequence[Row], body: Sequence[Line], named: Sequence[Heading], marked: Container[Spot]
) -> Iterator[Problem]:
    """Rows that would show a photo of the brief where other rows have one of their own, in the columns ``named``: one customer's home would be sold
    as another's.
    """
    for row, (number, line) in zip(rows, body, strict=True):
        bare = [one for one in named if not _cell(line, one) and (number, one.column + 1) not in marked]
        lent = [one.column + 1 for one in bare if any(_lent(row, one.steps))]
        if lent:
            numbers = {"columns": "、".join(map(str, lent)), "columns_en": ", ".join(map(str, lent))}
            yield problem("VK-X019", Place(row.place.file, number, lent[0]), **numbers)


def _of_another(
    rows: Sequence[Row], over: Node, columns: Sequence[Heading], named: Iterable[Heading]
) -> Iterator[Problem]:
    """Rows that would show the brief's portrait under a name of their own, but where they were told that theirs is missing, for a column ``named``."""
    told = {headings.alike(one.steps) for one in named}
    for row in rows:
        for steps, photo, own in overlay.lent(row.node, over, row.place.file, _changed(columns), "shown"):
            if headings.alike(steps) not in told:
                words = {"name": _one_text(own), "photo": _one_text(photo)}
                keys_ = {"key": headings.called(steps, "zh"), "key_en": headings.called(steps, "en")}
                yield problem("VK-X036", own.place, **words, **keys_)


def _changed(columns: Iterable[Heading]) -> frozenset[str]:
    """The fields of a brief of which a table says something."""
    return frozenset(one.steps[0].name for one in columns if one.steps and isinstance(one.steps[0], keys.Field))


def _of_one_home(rows: Sequence[Row], shown: str) -> Iterator[Problem]:
    """Several rows, and every one shows a before of the brief."""
    pairs, before = keys.find("brief", "对比"), keys.find("pair", "前")
    if pairs and before and len(rows) > 1 and all(any(_lent(row, (pairs, 0, before))) for row in rows):
        yield problem("VK-X028", Place(shown), count=len(rows))


def _of_the_home(rows: Sequence[Row], over: Node, columns: Sequence[Heading]) -> Iterator[Problem]:
    """Rows with photos of their own in the home that the brief names: one customer's consent would stand for another's home."""
    column = next((one.column + 1 for one in columns if one.steps[-1:] == (keys.find("brief", "home"),)), 0)
    for row in rows:
        home = _lent_home(row, over)
        if home and _is_home(home):
            place = Place(row.place.file, row.place.line, column or row.place.column)
            yield problem("VK-X029", place, home=home)


def _of_no_home(rows: Sequence[Row], over: Node, shown: str) -> Iterator[Problem]:
    """Rows with photos of their own for which the brief says that they show no customer's home."""
    found = [(row.place.line, home) for row in rows if (home := _lent_home(row, over)) and not _is_home(home)]
    if found:
        yield problem("VK-X030", Place(shown), **_numbers([line for line, _ in found]), home=found[0][1])


def _is_home(words: str) -> bool:
    """Whether words name a customer's home, and do not say that there is none."""
    return any(keys.folded(name) not in consent.NO_HOME for name in consent.each_of(words))


def _lent_home(row: Row, over: Node) -> str:
    """What the brief says of the home for a row with photos that it does not have; nothing where the row says it, or has none."""
    field = keys.find("brief", "home")
    said = overlay.found(row.node, (field,)) if field else None
    if said is None or said.place.file == row.place.file:
        return ""
    known = {one.text for one in overlay.rooms(over)}
    own = (one.text for one in overlay.rooms(row.node) if one.place.file == row.place.file)
    return _one_text(said) if any(one not in known for one in own) else ""


def _one_text(node: Node) -> str:
    """What a value says as one text."""
    return "、".join(map(_one_text, node.items)) if node.kind == "list" else overlay.one_line(node.text)


def _of_others(rows: Sequence[Row], over: Node, columns: Sequence[Heading], shown: str) -> Iterator[Problem]:
    """What the brief says of a photo, a price, a person, where rows have others: once a table."""
    lent = ((row.place.line, tuple(overlay.lent(row.node, over, shown, _changed(columns)))) for row in rows)
    told = [(line, found) for line, found in lent if found]
    ways = {one.steps: one.said for _, found in told for one in found}
    if told:
        words = {way: _one_text(node)[:SHORT_NAME] for way, node in ways.items()}
        named = {tongue: {way: headings.called(way, tongue) for way in words} for tongue in ("zh", "en")}
        said = "、".join(f"{named['zh'][way]}“{text}”" for way, text in words.items())
        english = ", ".join(f"{named['en'][way]} “{text}”" for way, text in words.items())
        asked, asked_en = "、".join(named["zh"].values()), ", ".join(named["en"].values())
        values = {"said": said, "said_en": english, "keys": asked, "keys_en": asked_en}
        yield problem("VK-X031", Place(shown), **_numbers([line for line, _ in told]), **values)


def _numbered(rows: Sequence[Row], stem: str, shown: str) -> Iterator[Problem]:
    """Several rows, and some of them are called by their number: these names move when a row is added or taken out."""
    lines = [(row.place.line, row.name) for n, row in enumerate(rows, 1) if row.name == _usual(stem, n)]
    if lines and len(rows) > 1:
        yield problem("VK-X032", Place(shown), **_numbers([line for line, _ in lines]), name=lines[0][1])


def _usual(stem: str, number: int) -> str:
    """What a row without a name of its own is called."""
    return f"{stem}-{number:02d}"


def _lent(row: Row, way: Way) -> Iterator[bool]:
    """Whether photos at a way are the brief's."""
    return (one.place.file != row.place.file for one in overlay.photos(row.node, way))


def _cell(line: Sequence[str], heading: Heading) -> str:
    return line[heading.column] if heading.column < len(line) else ""


def _row(number: int, line: Sequence[str], columns: Sequence[Heading], over: Node, usual: str, shown: str) -> Row:
    """A row as a brief, what says where a photo is before what says more of it, and what is wrong with its values."""
    node, name, named, problems, filled = over, "", 0, list[Problem](), list[tuple[Heading, Place]]()
    for heading in sorted(columns, key=_order):
        typed = _cell(line, heading)
        place = Place(shown, number, heading.column + 1)
        if not heading.steps:
            name, named = UNSAFE.sub("_", overlay.one_line(typed)).strip(" ."), heading.column + 1
        elif typed:
            value, wrong = overlay.value(typed, heading.steps, place)
            node = overlay.laid(node, "brief", heading.steps, value, place, heading.typed)
            problems += wrong
            filled.append((heading, place))
    problems += _gaps(node, filled)
    return Row(name or usual, node, Place(shown, number, named or 1), tuple(problems))


def _order(heading: Heading) -> tuple[int, bool, int]:
    """Whole things before their parts, a photo's file before what else is said of it, whatever numbers stand in the ways."""
    named = [step for step in heading.steps if not isinstance(step, int)]
    return len(named), bool(named) and named[-1].name != "file", len(heading.steps)


def _gaps(node: Node, filled: Sequence[tuple[Heading, Place]]) -> Iterator[Problem]:
    """Entries of a list (对比.3) before which one is missing, each once."""
    seen: set[Way] = set()
    for heading, place in sorted(filled, key=lambda one: one[1]):
        steps = overlay.gap(node, heading.steps)
        if steps and steps not in seen:
            seen.add(steps)
            missing = (*steps[:-1], steps[-1] - 1 if isinstance(steps[-1], int) else 0)
            said = {"key": steps, "missing": missing}
            words = {name: headings.called(one, "zh") for name, one in said.items()}
            english = {f"{name}_en": headings.called(one, "en") for name, one in said.items()}
            yield problem("VK-X027", place, **words, **english)


def _named(rows: Sequence[Row], there: Mapping[str, str]) -> tuple[Row, ...]:
    """The rows, those with a name they cannot have under one that no other has."""
    taken = {*there, *(paths.alike(row.name) for row in rows)}
    first: dict[str, Row] = {}
    told = []
    for row in rows:
        wrong = tuple(_of_name(row, first.setdefault(paths.alike(row.name), row), there.get(paths.alike(row.name), "")))
        name = row.name
        if wrong:
            others = (f"{row.name[:SHORT_NAME]}-{number}" for number in count(2))
            name = next(one for one in others if paths.alike(one) not in taken)
            taken.add(paths.alike(name))
        told.append(replace(row, name=name, problems=in_order([*row.problems, *wrong])))
    return tuple(told)


def _of_name(row: Row, first: Row, brief: str) -> Iterator[Problem]:
    """What is wrong with a row's name: no folder may have it, or it leaves no room for the names of the files beside it; an earlier row has it, or
    a ``brief``: both would be made into one folder.
    """
    if not project.may_hold_made(row.name) or len(row.name.encode("utf-8")) > NAME_BYTES:
        yield problem("VK-X013", row.place, name=row.name[:SHORT_NAME], limit=NAME_BYTES // 3)
    if first is not row:
        yield problem("VK-X004", row.place, name=row.name, line=first.place.line)
    if brief:
        yield problem("VK-X010", row.place, name=row.name, other=brief)

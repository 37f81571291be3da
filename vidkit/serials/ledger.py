"""A series' ledger, ``series/NAME.yaml``: a YAML file people read and edit ⇄ its episodes.

What is entered changes only the lines of that entry; everything else in the file, comments and fields of people's own too, stays as it is.
A faulty ledger is refused with its places, and never written to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vidkit import cache, source
from vidkit.briefs import keys
from vidkit.consoles import spelling
from vidkit.problems import Place, Refusal, in_order, problem
from vidkit.project import quoted
from vidkit.runs import faults
from vidkit.sources import encoding
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from vidkit.problems import Problem
    from vidkit.source import Node

Plain = Any
"""A text, a list or a dict of such, as the file says it."""
HEAD = """\
# 「{name}」的记录：一期一条。vidkit 照着它排期数，照片、开头用过了会提醒。
# 主题、画面、问题都可以改，也可以加自己的几行（比如 备注）。清单、标题、开头、照片是做完一期自动记的。
# 有一期不要了，打 vidkit series drop 3（3 是期数），或者自己在那一期加一行 状态: 撤下。
# 冒号用英文的冒号，后面空一格；前面空几格要对齐，不要动。
"""
NUMBER = r"[1-9][0-9]{0,2}"
"""An episode's number as it is typed: 1 to 999."""
ENTERED = ("brief", "people", "title", "hook", "photos", "state")
"""What is entered when an episode is planned, made or taken out, in the order it is written."""


@dataclass(frozen=True)
class Used:
    """A photo of an episode: its file as written, the beginning of its content's SHA-256 (empty where people wrote it themselves)."""

    file: str
    hash: str = ""


@dataclass(frozen=True)
class Episode:
    """One entry: its number, what is planned for it, and what was used when it was made."""

    number: int
    theme: str = ""
    picture: str = ""
    question: str = ""
    brief: str = ""
    title: str = ""
    hook: str = ""
    people: tuple[str, ...] = ()
    photos: tuple[Used, ...] = ()
    state: str = ""

    @property
    def out(self) -> bool:
        """Whether it was taken out of the series."""
        return keys.folded(self.state) in set(map(keys.folded, table("series")["out"]))

    @property
    def finished(self) -> bool:
        """Whether what it used is noted: it was made, with us or elsewhere."""
        return bool(self.photos or self.title)

    @property
    def free(self) -> bool:
        """Whether the next brief may have its number: none has, it was not taken out, and it was not made elsewhere."""
        return not (self.brief or self.out or self.finished)


@dataclass(frozen=True)
class Ledger:
    """A series' name, file, episodes in the order of their numbers, and the file's text and tree."""

    name: str
    file: Path
    episodes: tuple[Episode, ...]
    text: str
    node: Node

    def episode(self, number: int) -> Episode | None:
        """The entry of a number, if any."""
        return next((one for one in self.episodes if one.number == number), None)


# Reading


def words() -> frozenset[str]:
    """Every key a ledger may hold."""
    return frozenset(
        n for model in ("ledger", "episode", "photo") for names in table("series")[model].values() for n in names
    )


def read(file: Path) -> Ledger:
    """The ledger of a file; refuses a faulty one with every fault's place."""
    shown = spelling.shown(file)
    try:
        data = file.read_bytes()
    except OSError as error:
        faults.answered(error)
        raise Refusal(problem("VK-Y003", Place(shown))) from None
    return parsed(encoding.decode(data, shown, words()), file)


def parsed(text: str, file: Path) -> Ledger:
    """As ``read``, from text."""
    node, faults = source.parse(text, spelling.shown(file), words=words())
    if node is None or faults:
        raise Refusal(*source.first_ones(faults))
    problems: list[Problem] = []
    listed = _value(node, "ledger", "episodes")
    items = listed.items if listed and listed.kind == "list" else ()
    if listed and (listed.kind == "map" or listed.text.strip()):
        problems.append(problem("VK-N010", listed.place))
    told = [(one, item.place) for item in items if (one := _episode(item, problems))]
    problems += _twice(told)
    if problems:
        raise Refusal(*source.first_ones(in_order(problems)))
    said = _value(node, "ledger", "series")
    name = said.text.strip() if said and said.text.strip() else file.stem
    return Ledger(name, file, tuple(sorted((one for one, _ in told), key=lambda one: one.number)), text, node)


def _value(node: Node, model: str, field: str) -> Node | None:
    """What a map says of a field, under any of its names."""
    return node.under(table("series")[model][field])


def _episode(node: Node, problems: list[Problem]) -> Episode | None:
    if node.kind != "map":
        problems.append(problem("VK-N010", node.place))
        return None
    typed = _value(node, "episode", "number")
    if typed is None or not re.fullmatch(NUMBER, typed.text.strip()):
        problems.append(
            problem("VK-N011", typed.place if typed else node.place, value=typed.text.strip() if typed else "")
        )
        return None
    texts = {
        name: _text(_value(node, "episode", name))
        for name in ("theme", "picture", "question", "brief", "title", "hook", "state")
    }
    people, photos = (_value(node, "episode", name) for name in ("people", "photos"))
    return Episode(
        int(typed.text),
        **texts,
        people=tuple(item.text.strip() for item in _items(people)),
        photos=tuple(_used(item) for item in _items(photos)),
    )


def _text(node: Node | None) -> str:
    return node.text.strip() if node else ""


def _items(node: Node | None) -> tuple[Node, ...]:
    if node is None or (node.kind == "text" and not node.text.strip()):
        return ()
    return node.items if node.kind == "list" else (node,)


def _used(node: Node) -> Used:
    if node.kind != "map":
        return Used(node.text.strip())
    return Used(_text(_value(node, "photo", "file")), _text(_value(node, "photo", "hash")))


def _twice(told: Sequence[tuple[Episode, Place]]) -> Iterator[Problem]:
    """Episodes whose number an earlier one has, each at its own place."""
    first: dict[int, Place] = {}
    for one, place in told:
        before = first.setdefault(one.number, place)
        if before != place:
            yield problem("VK-N012", place, number=one.number, line=before.line)


# Writing


def write(text: str, file: Path) -> bool:
    """Write a ledger's text into its file, in the encoding of the one that is there; False where it says that already."""
    return cache.deliver_text(text, file, words())


def planned(name: str, rows: tuple[Mapping[str, str], ...]) -> str:
    """The text of a new ledger with an entry for every row of a plan."""
    episodes = [{"number": str(i), **row} for i, row in enumerate(rows, 1)]
    said = [{called("episode", field): value for field, value in one.items()} for one in episodes]
    return (
        HEAD.format(name=name) + "\n" + written({called("ledger", "series"): name, called("ledger", "episodes"): said})
    )


def called(model: str, field: str) -> str:
    """How we write a key."""
    return str(table("series")[model][field][0])


def entered(book: Ledger, episode: Episode) -> str:
    """The ledger's text with what an episode's entry is to say of itself (``ENTERED``): only its own lines change where that can be done, and
    otherwise everything but the comments inside is kept.
    """
    return _rewritten(book, episode.number, _entry(episode))


def stated(book: Ledger, number: int, *, out: bool) -> str:
    """The ledger's text with an episode taken out of the series, or put back."""
    return _rewritten(book, number, {"state": table("series")["out"][0] if out else ""})


def _rewritten(book: Ledger, number: int, said: dict[str, Plain]) -> str:
    """The text with some fields of an entry, an empty one taken away; refuses (VK-N014) what cannot be written."""
    new = {called("episode", name): value for name, value in said.items()}
    wanted = _with(plain(book.node), number, new)
    for attempt in (_spliced(book, number, new), _anew(book, wanted)):
        if attempt is not None and _says(attempt, book.file, wanted):
            return attempt
    raise Refusal(problem("VK-N014", Place(spelling.shown(book.file)), number=number))


def renumbered(book: Ledger, moves: Mapping[int, int]) -> str:
    """The text with other numbers (old → new) in its entries, which stay where they are and say the rest as before."""
    name = _key(plain(book.node), "ledger", "episodes")
    wanted = {**plain(book.node), name: [_moved(one, moves) for one in plain(book.node).get(name) or []]}
    for attempt in (_with_numbers(book, moves), _anew(book, wanted)):
        if _says(attempt, book.file, wanted):
            return attempt
    raise Refusal(problem("VK-N014", Place(spelling.shown(book.file)), number=min(moves)))


def _moved(entry: dict[str, Plain], moves: Mapping[int, int]) -> dict[str, Plain]:
    return {**entry, _key(entry, "episode", "number"): str(moves.get(_number(entry), _number(entry)))}


def _with_numbers(book: Ledger, moves: Mapping[int, int]) -> str:
    """The text with every moved number replaced where it stands."""
    lines = book.text.splitlines(keepends=True)
    listed = _value(book.node, "ledger", "episodes")
    typed = filter(None, (_value(item, "episode", "number") for item in (listed.items if listed else ())))
    for one in sorted(typed, key=lambda node: node.place, reverse=True):
        line, column = one.place.line - 1, one.place.column - 1
        after = re.sub(r"\d+", str(moves.get(int(one.text), int(one.text))), lines[line][column:], count=1)
        lines[line] = lines[line][:column] + after
    return "".join(lines)


def _entry(episode: Episode) -> dict[str, Plain]:
    """What is entered of an episode: nothing empty, but that it is no longer taken out."""
    names = {name: called("photo", name) for name in ("file", "hash")}
    said = {name: getattr(episode, name) for name in ENTERED}
    said["people"] = list(episode.people)
    said["photos"] = [{names["file"]: one.file, names["hash"]: one.hash} for one in episode.photos]
    return {name: value for name, value in said.items() if value or name == "state"}


def _says(text: str, file: Path, wanted: Plain) -> bool:
    try:
        return bool(plain(parsed(text, file).node) == wanted)
    except Refusal:
        return False


def plain(node: Node) -> Plain:
    """A tree as plain values: texts, lists, dicts."""
    if node.kind == "map":
        return {key.text: plain(value) for key, value in node.pairs}
    return [plain(item) for item in node.items] if node.kind == "list" else node.text


def _with(book: dict[str, Plain], number: int, new: dict[str, Plain]) -> dict[str, Plain]:
    """The whole ledger with the new values in the entry of a number, which is added at its end if it is not there."""
    name = _key(book, "ledger", "episodes")
    there = book.get(name) or []
    listed = [_merged(one, new) if _number(one) == number else one for one in there]
    if number not in map(_number, there):
        listed.append(_merged({called("episode", "number"): str(number)}, new))
    return {**book, name: listed}


def _number(entry: dict[str, Plain]) -> int:
    return int(entry[_key(entry, "episode", "number")])


def _merged(entry: dict[str, Plain], new: dict[str, Plain]) -> dict[str, Plain]:
    """An entry with new values under the names it already uses for them."""
    made = dict(entry)
    for field in ENTERED:
        name = called("episode", field)
        if new.get(name):
            made[_key(entry, "episode", field)] = new[name]
        elif name in new:
            made.pop(_key(entry, "episode", field), None)
    return made


def _key(entry: Mapping[str, Plain], model: str, field: str) -> str:
    """The name a map uses for a field, else the one we write."""
    names = {keys.folded(name) for name in table("series")[model][field]}
    return next((key for key in entry if keys.folded(key) in names), called(model, field))


def _anew(book: Ledger, wanted: dict[str, Plain]) -> str:
    """A ledger's text written anew below its head, in lines that end as its own do."""
    return _head(book.text) + written(wanted).replace("\n", encoding.line_end(book.text))


def _head(text: str) -> str:
    """The comments and empty lines a text begins with."""
    lines = text.splitlines(keepends=True)
    count = next((i for i, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")), len(lines))
    return "".join(lines[:count])


# Only the lines of one entry


def _spliced(book: Ledger, number: int, new: dict[str, Plain]) -> str | None:
    """The text with the lines of one entry changed or an entry added; None where the file is not written line by line."""
    listed = _value(book.node, "ledger", "episodes")
    items = listed.items if listed else ()
    lines = book.text.splitlines(keepends=True)
    if not items or (lines and not lines[-1].endswith(("\n", "\r"))):
        return None if not items else _spliced(_closed(book), number, new)
    ends = _ends(book.node, items, len(lines))
    at = next((i for i, item in enumerate(items) if _of(item) == number), None)
    if at is None:
        dash = re.match(r"\s*-\s+", lines[items[-1].place.line - 1])
        if not dash:
            return None
        entry = _merged({called("episode", "number"): str(number)}, new)
        added = _block(entry, " " * len(dash[0]), dash[0])
        end = _content(lines, items[-1].place.line - 1, ends[-1])
        return "".join([*lines[:end], *_lines(added, lines), *lines[end:]])
    return _changed(lines, items[at], ends[at], new)


def _closed(book: Ledger) -> Ledger:
    """The same ledger with a line break at its end."""
    return parsed(book.text + encoding.line_end(book.text), book.file)


def _of(item: Node) -> int:
    typed = _value(item, "episode", "number")
    return int(typed.text) if typed else 0


def _ends(root: Node, items: tuple[Node, ...], count: int) -> list[int]:
    """For every entry the line (from 0) behind its last one."""
    starts = [item.place.line - 1 for item in items]
    later = [key.place.line - 1 for key, _ in root.pairs if key.place.line - 1 > starts[-1]]
    return [*starts[1:], min(later, default=count)]


def _content(lines: list[str], start: int, end: int) -> int:
    """The line behind the last one between two that says something."""
    said = [i for i in range(start, end) if lines[i].strip() and not lines[i].lstrip().startswith("#")]
    return max(said, default=start) + 1


def _changed(lines: list[str], item: Node, end: int, new: dict[str, Plain]) -> str | None:
    """The lines with an entry's values replaced where they stand, or added at its end."""
    starts = [key.place.line - 1 for key, _ in item.pairs]
    if len(set(starts)) < len(starts) or lines[starts[0]].lstrip().startswith(("{", "- {")):
        return None
    indent = " " * (item.pairs[0][0].place.column - 1)
    spans = dict(zip(starts, [*starts[1:], end], strict=True))
    held = {_field(key.text): (key.text, key.place.line - 1) for key, _ in item.pairs}
    changes: list[tuple[int, int, str]] = []
    behind = _content(lines, starts[0], end)
    for field in ENTERED:
        name = called("episode", field)
        if name not in new or not (new[name] or field in held):
            continue
        key, start = held.get(field, (name, behind))
        stop = _content(lines, start, spans[start]) if field in held else behind
        first = lines[start][: item.pairs[0][0].place.column - 1] if field in held else indent
        changes.append((start, stop, _block({key: new[name]}, indent, first) if new[name] else ""))
    made, at = [], 0
    for start, stop, text in sorted(changes, key=lambda one: one[:2]):
        made += [*lines[at:start], *_lines(text, lines)]
        at = stop
    return "".join([*made, *lines[at:]])


def _field(key: str) -> str:
    rows = table("series")["episode"].items()
    return next((field for field, names in rows if keys.folded(key) in {keys.folded(n) for n in names}), key)


def _lines(text: str, lines: list[str]) -> list[str]:
    """A text's lines, ended as the file's own are."""
    end = encoding.line_end("".join(lines[:1]))
    return [line + end for line in text.splitlines()]


# Plain values as YAML


def written(value: dict[str, Plain]) -> str:
    """A dict as YAML in lines."""
    return _block(value, "", "")


def _block(value: dict[str, Plain], indent: str, first: str) -> str:
    """A dict in lines, each after ``indent``, the first one after ``first``."""
    return "".join(f"{indent if i else first}{_pair(key, said, indent)}" for i, (key, said) in enumerate(value.items()))


def _pair(key: str, value: Plain, indent: str) -> str:
    name = quoted(key)
    if isinstance(value, dict) and value:
        return f"{name}:\n{_block(value, indent + '  ', indent + '  ')}"
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        inner = f"{indent}  "
        return f"{name}:\n" + "".join(_item(one, inner) for one in value)
    if isinstance(value, list):
        return f"{name}: [{', '.join(_flow(one) for one in value)}]\n"
    return f"{name}: {'{}' if value == {} else quoted(value) if value else ''}".rstrip() + "\n"


def _item(value: Plain, indent: str) -> str:
    """An entry of a list: a map of a few texts in one line, a longer one in lines."""
    if not isinstance(value, dict) or (len(value) <= 2 and all(isinstance(one, str) for one in value.values())):
        return f"{indent}- {_flow(value)}\n"
    return _block(value, f"{indent}  ", f"{indent}- ")


def _flow(value: Plain) -> str:
    """A value in one line, inside brackets."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(key, inside=True)}: {_flow(said)}" for key, said in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return quoted(value, inside=True)

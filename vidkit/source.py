"""Strict YAML: the bytes of a small text file → one Node tree in which every value is text as typed, with its place.

``read`` refuses what a brief never needs (tags, anchors, merge keys, repeated keys, a second document, anything huge or deep)
and what Chinese typing does to YAML (full-width signs, wide spaces, lost ``#`` words), all faults of a file at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

import yaml

from vidkit.briefs import keys
from vidkit.photos.file import no_text
from vidkit.problems import Place, Problem, Refusal, in_order, problem
from vidkit.runs import faults
from vidkit.sources import edits, encoding, flows, prescan, unseen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MOST_BYTES = 256 * 1024
MOST_LEVELS = 16
MOST_NODES = 2000
MOST_PROBLEMS = 20
RTF = b"{\\rtf"
_ESCAPED = re.compile(r"\\[xuU]((?<=x)[0-9a-fA-F]{2}|(?<=u)[0-9a-fA-F]{4}|(?<=U)[0-9a-fA-F]{8})")
_OFF = re.compile(r"[ ]*#+([^\s#:：]{1,20})[ ]*[:：]")


@dataclass(frozen=True)
class Node:
    """One YAML value and where it begins: a text as typed, a list of nodes, or a map of (key, value) nodes. The root map knows the keys of lines
    that are switched ``off`` by a ``#`` right before them.
    """

    place: Place
    kind: Literal["text", "list", "map"]
    text: str = ""
    items: tuple[Node, ...] = ()
    pairs: tuple[tuple[Node, Node], ...] = ()
    quoted: bool = False
    off: tuple[Node, ...] = ()

    def get(self, key: str) -> Node | None:
        """The value under a key of a map, or None."""
        return next((value for name, value in self.pairs if name.text == key), None)

    def under(self, names: Iterable[str]) -> Node | None:
        """The value of a map under the first key that is one of some names, as names are compared; None without any."""
        words = set(map(keys.folded, names))
        return next((value for name, value in self.pairs if keys.folded(name.text) in words), None)

    def at(self, place: Place) -> Node:
        """The same value, and all in it, at one place."""
        items = tuple(one.at(place) for one in self.items)
        pairs = tuple((key.at(place), value.at(place)) for key, value in self.pairs)
        return replace(self, place=place, items=items, pairs=pairs)


def read(file: Path, *, shown: str | None = None, words: frozenset[str] | None = None) -> Node:
    """The file's root map; ``shown`` is the file's name in messages; raises Refusal with every fault found (at most 20).

    ``words`` are the keys the file may hold, by which a full-width colon is told from one in a text; the brief's by default.
    """
    node, problems = examine(file, shown=shown, words=words)
    if node is None or problems:
        raise Refusal(*first_ones(problems))
    return node


def examine(
    file: Path, *, shown: str | None = None, words: frozenset[str] | None = None
) -> tuple[Node | None, tuple[Problem, ...]]:
    """The root map as far as it can be made out, and every fault found; no node without at least one fault."""
    name = shown or file.name
    try:
        text = _text(file, name, words or keys.every_name())
    except Refusal as refusal:
        return None, refusal.problems
    return parse(text, name, words=words)


def parse(text: str, shown: str, *, words: frozenset[str] | None = None) -> tuple[Node | None, tuple[Problem, ...]]:
    """As ``examine``, from text."""
    scan = prescan.scan(text, shown, words or keys.every_name())
    reading = _Reading(scan, edits.lines(text), frozenset(map(keys.folded, words or keys.every_name())))
    node = None
    try:
        if scan.mended or len(scan.problems) < MOST_PROBLEMS:
            node = reading.root(yaml.parse(scan.text, Loader=yaml.SafeLoader))
    except yaml.YAMLError as error:
        if not scan.problems:
            reading.problems.append(_spoken(error, scan))
    except Refusal as refusal:
        reading.problems.extend(refusal.problems)
    problems = in_order([*scan.problems, *reading.problems])
    node = replace(node, off=tuple(_switched_off(text, shown))) if node else None
    return (node if scan.mended else None), problems


def _switched_off(text: str, shown: str) -> Iterator[Node]:
    """The keys of lines with a ``#`` right before them, each at its ``#``."""
    for number, line in enumerate(text.splitlines(), 1):
        said = _OFF.match(line)
        if said:
            yield Node(Place(shown, number, line.index("#") + 1), "text", text=said[1])


def first_ones(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems, or the first 19 of more than 20 and one line that counts the rest."""
    if len(problems) <= MOST_PROBLEMS:
        return problems
    kept = problems[: MOST_PROBLEMS - 1]
    return (*kept, problem("VK-Y099", count=len(problems) - len(kept)))


def _text(file: Path, shown: str, words: frozenset[str]) -> str:
    place = Place(shown)
    try:
        if not file.is_file():
            raise Refusal(
                problem("VK-Y002", place)
                if file.exists()
                else problem("VK-Y001", place, folder=str(file.absolute().parent))
            )
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        faults.answered(error)
        raise Refusal(problem("VK-Y003", place)) from None
    if what := _disguise(data):
        raise Refusal(problem("VK-Y048" if data.startswith(RTF) else "VK-Y047", place, what=what))
    if len(data) > MOST_BYTES:
        raise Refusal(problem("VK-Y004", place, limit=MOST_BYTES // 1024))
    return encoding.decode(data, shown, words)


def _disguise(data: bytes) -> str:
    """What a file is that is no plain text, in words (Word 文档 (docx)); empty for a text, and where nobody knows. What stands in brackets may be YAML."""
    if data.lstrip().startswith((b"{", b"[")) and not data.startswith(RTF):
        return ""
    return no_text(data)


@dataclass
class _Reading:
    """YAML events on their way to nodes; counts nodes and gathers faults. ``words`` are the keys the file may hold, folded."""

    scan: prescan.Scan
    lines: list[str]
    words: frozenset[str]
    problems: list[Problem] = field(default_factory=list)
    count: int = 0

    def root(self, events: Iterator[yaml.Event]) -> Node | None:
        """The first document's map, or None (with a fault) when there is none; a second document is a fault."""
        node = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and node is not None:
                self.problems.append(problem("VK-Y014", self.place(event)))
                break
            if isinstance(event, yaml.NodeEvent):
                node = self.node(event, events, 1)
        return self.checked_root(node)

    def checked_root(self, node: Node | None) -> Node | None:
        if node is None or (node.kind == "text" and not node.text.strip()):
            self.problems.append(problem("VK-Y010", Place(self.scan.shown)))
        elif node.kind == "list" or (node.kind == "text" and not self.scan.problems):
            self.problems.append(problem("VK-Y011" if node.kind == "list" else "VK-Y012", node.place))
        return node if node is not None and node.kind == "map" else None

    def node(self, event: yaml.NodeEvent, events: Iterator[yaml.Event], level: int) -> Node:
        self.admit(event, level)
        place = self.place(event)
        if isinstance(event, yaml.ScalarEvent):
            return Node(place, "text", text=self.whole(event), quoted=event.style is not None)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(place, "list", items=tuple(self.children(events, level)))
        if isinstance(event, yaml.MappingStartEvent):
            children = tuple(self.children(events, level))
            return Node(place, "map", pairs=self.unique(self.joined(children) if event.flow_style else children))
        return Node(place, "text")

    def whole(self, event: yaml.ScalarEvent) -> str:
        """A text as it can be written; half a character and a NUL, which escapes alone can make, are refused (VK-Y050)."""
        text, at = unseen.paired(self.typed(event)), self.place(event)
        lost = [char for char in text if char == "\0" or "\ud800" <= char <= "\udfff"]
        if lost:
            every = _ESCAPED.finditer(self.lines[at.line - 1], at.column - 1)
            found = [one for one in every if chr(int(one[1], 16)) in lost]
            where = replace(at, column=found[0].start() + 1) if found else at
            typed = found[0][0] if found else f"\\u{ord(lost[0]):04x}"
            self.problems.append(problem("VK-Y050", where, typed=typed))
        return text

    def typed(self, event: yaml.ScalarEvent) -> str:
        """A text as it stands in the file where ``prescan`` put other signs for its brackets: a photo is looked for by its own name."""
        value, ends = str(event.value), event.end_mark
        if event.style is not None or ends is None or set(prescan.STAND_IN.values()).isdisjoint(value):
            return value
        begin, end = self.place(event), self.scan.place(ends.line, ends.column)
        said = self.lines[begin.line - 1][begin.column - 1 : end.column - 1]
        return said if "".join(prescan.STAND_IN.get(sign, sign) for sign in said) == value else value

    def children(self, events: Iterator[yaml.Event], level: int) -> Iterator[Node]:
        for event in events:
            if isinstance(event, yaml.CollectionEndEvent):
                return
            if isinstance(event, yaml.NodeEvent):
                yield self.node(event, events, level + 1)

    def admit(self, event: yaml.NodeEvent, level: int) -> None:
        self.count += 1
        if level > MOST_LEVELS:
            raise Refusal(*self.problems, problem("VK-Y005", self.place(event), limit=MOST_LEVELS))
        if self.count > MOST_NODES:
            raise Refusal(*self.problems, problem("VK-Y006", self.place(event), limit=MOST_NODES))
        if event.anchor is not None:
            self.problems.append(
                problem("VK-Y016", self.place(event), sign="*" if isinstance(event, yaml.AliasEvent) else "&")
            )
        if getattr(event, "tag", None) is not None:
            self.problems.append(problem("VK-Y017", self.place(event)))

    def joined(self, children: tuple[Node, ...]) -> tuple[Node, ...]:
        """The keys and values of a map in braces without what a comma cut off the text before it (VK-Y049): no key, and no colon behind it."""
        kept: list[Node] = []
        told: dict[Place, tuple[Node, list[str]]] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            if kept and kept[-1].kind == "text" and kept[-1].text and self.cut_off(key, value):
                told.setdefault(kept[-1].place, (key, [kept[-1].text]))[1].append(key.text)
            else:
                kept += [key, value]
        for name, value in zip(kept[::2], kept[1::2], strict=True):
            if value.place in told:
                first, parts = told[value.place]
                said = {"key": name.text, "text": first.text, "quoted": flows.whole(parts)}
                self.problems.append(problem("VK-Y049", first.place, **said))
        return tuple(kept)

    def cut_off(self, key: Node, value: Node) -> bool:
        """Whether what stands where a key should is a piece of a text: it begins with no key there is, and no colon follows."""
        behind = value.place.column - 2
        bare = value.kind == "text" and not value.text and not value.quoted
        colon = self.lines[value.place.line - 1][behind : behind + 1] in {":", "："}
        first = keys.folded(key.text).partition(" ")[0]
        return key.kind == "text" and bare and not colon and first not in self.words

    def unique(self, children: tuple[Node, ...]) -> tuple[tuple[Node, Node], ...]:
        """The pairs of a map without repeats; repeated, merge and non-text keys become faults."""
        kept: dict[str, tuple[Node, Node]] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            first = kept.get(key.text)
            if key.kind != "text":
                self.problems.append(problem("VK-Y019", key.place))
            elif key.text == "<<" and not key.quoted:
                self.problems.append(problem("VK-Y018", key.place))
            elif first is not None:
                self.problems.append(
                    problem("VK-Y013", key.place, key=key.text, first=first[0].place.line, line=key.place.line)
                )
            else:
                kept[key.text] = (key, value)
        return tuple(kept.values())

    def place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return self.scan.place(mark.line, mark.column) if mark else Place(self.scan.shown)


# What PyYAML says → our code, and whether the fault is where it began (context) or where it was noticed.
_SPOKEN: tuple[tuple[str, str, bool], ...] = (
    (r"mapping values are not allowed", "VK-Y034", False),
    (r"sequence entries are not allowed", "VK-Y035", False),
    (r"could not find expected ':'", "VK-Y033", True),
    (r"block scalar", "VK-Y039", False),
    (r"parsing a flow ", "VK-Y041", False),
    (r"block (mapping|collection)|document start", "VK-Y032", False),
)


def _spoken(error: yaml.YAMLError, scan: prescan.Scan) -> Problem:
    """The scanner's error in plain words."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return problem("VK-Y042", Place(scan.shown))
    words = f"{error.context or ''} {error.problem or ''}"
    code, began = next(
        ((code, began) for pattern, code, began in _SPOKEN if re.search(pattern, words)), ("VK-Y042", False)
    )
    mark = (error.context_mark if began else None) or error.problem_mark or error.context_mark
    if mark is None:
        return problem(code, Place(scan.shown))
    return problem(code, scan.place(mark.line, mark.column))

"""Node → Brief: what the person asked for, every value checked, free of any platform; all problems of a file at once.

Which keys there are, what they may be called and how long a text may be is data (``data/keys.yaml``). Names of templates,
brands, platforms, transitions, reveals and music beds come in as a ``Names`` value.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from vidkit import keys, paths, prescan, source
from vidkit.photos.areas import simple
from vidkit.photos.matrix import Point  # noqa: TC001  # pydantic reads it
from vidkit.problems import Place, Problem, Refusal, in_order, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vidkit.source import Node

Known = tuple[tuple[str, tuple[str, ...]], ...]
V = TypeVar("V", bound="_Value")

_YES = frozenset({"是", "有", "对", "yes", "true", "y", "on"})
_NO = frozenset({"否", "不", "不是", "没有", "no", "false", "n", "off"})
_SILENCE = frozenset({"无", "没有", "不要", "不要音乐", "none", "no", "off"})
_USUAL_MUSIC = frozenset({"default", "默认"})
_SEPARATORS = re.compile(r"[、，,；;\s]+")
_BRACKETS = "【［〔"


@dataclass(frozen=True)
class Names:
    """The names a brief may use: for each kind (id, further names people may type)."""

    templates: Known = ()
    brands: Known = ()
    platforms: Known = ()
    transitions: Known = ()
    reveals: Known = ()
    beds: Known = ()

    def of(self, kind: str) -> Known:
        """The names of a field's kind: ``template``, ``brand``, ``platforms``, ``transition``, ``reveal``, ``music``."""
        return {
            "template": self.templates,
            "brand": self.brands,
            "platforms": self.platforms,
            "transition": self.transitions,
            "reveal": self.reveals,
            "music": self.beds,
        }[kind]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Choice(_Value):
    """The number of something found in a photo, where the brief says so, and, if it says that too, where in the photo it was."""

    number: int
    place: Place
    at: Point | None = None


class Photo(_Value):
    """A photo file: its name as typed, the file it means, where the brief says so, and what people decided about it.

    ``show_face``, ``hide_face`` and ``not_face`` are numbers of what was found in it; ``cover`` are polygons (fractions of width and
    height) to be covered; ``focus`` is the point that matters.
    """

    name: str
    path: Path
    place: Place
    show_face: tuple[Choice, ...] = ()
    hide_face: tuple[Choice, ...] = ()
    not_face: tuple[Choice, ...] = ()
    cover: tuple[tuple[Point, ...], ...] = ()
    focus: Point | None = None


class Pair(_Value):
    """One spot before and after the work; ``focus`` is a point in fractions of width and height."""

    spot: str
    before: Photo
    after: Photo
    note: str = ""
    reveal: str | None = None
    focus: tuple[float, float] | None = None


class Person(_Value):
    """Who did the work; ``years`` in the trade."""

    name: str
    craft: str = ""
    years: int | None = None
    photo: Photo | None = None
    quote: str = ""


class Price(_Value):
    """A price in yuan as a plain decimal, per unit, with the conditions the law wants said."""

    item: str
    amount: str
    unit: str
    conditions: str
    starting: bool = False


class Brief(_Value):
    """What the person asked for; ``places`` says where in the file each value stands."""

    file: Path
    template: str
    brand: str
    title: str
    service: str
    pairs: tuple[Pair, ...] = Field(min_length=1)
    keyword: str = ""
    hook: str = ""
    area: str = ""
    person: Person | None = None
    points: tuple[str, ...] = ()
    price: Price | None = None
    body: str = ""
    topics: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ("douyin",)
    music: str | None = "default"
    transition: str | None = None
    places: tuple[tuple[str, Place], ...] = ()

    def at(self, path: str) -> Place | None:
        """Where the value of a dotted path such as ``pairs.0.note`` stands in the file, or None if it is not there."""
        return dict(self.places).get(path)


def load(file: Path, names: Names, *, shown: str | None = None) -> Brief:
    """The brief in a file; raises Refusal with every problem of its writing and of its contents, at most 20."""
    node, problems = source.examine(file, shown=shown)
    brief, more = _checked(node, file.parent, names, file) if node else (None, ())
    return _or_refuse(brief, (*problems, *more))


def check(node: Node, *, base: Path, names: Names) -> Brief:
    """The brief a node says, its photo paths found from the folder ``base``; raises Refusal with every problem, at most 20."""
    brief, problems = _checked(node, base, names, base / PurePath(node.place.file).name)
    return _or_refuse(brief, problems)


def _or_refuse(brief: Brief | None, problems: tuple[Problem, ...]) -> Brief:
    if brief is None or problems:
        raise Refusal(*source.first_ones(in_order(problems)))
    return brief


def _checked(node: Node, base: Path, names: Names, file: Path) -> tuple[Brief | None, tuple[Problem, ...]]:
    chinese = any(not key.text.isascii() for key, _ in node.pairs) or not node.pairs
    notes = _Notes(base, names, "zh" if chinese else "en")
    values = _fields(notes, "brief", node, "")
    notes.problems.extend(_across(values, notes.places))
    if notes.problems:
        return None, in_order(notes.problems)
    return Brief(file=file, places=tuple(notes.places.items()), **values), ()


@dataclass
class _Notes:
    """What the check knows and what it has found so far."""

    base: Path
    names: Names
    language: str
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)

    def say(self, code: str, place: Place, **values: object) -> None:
        self.problems.append(problem(code, place, **values))


class _Spot(NamedTuple):
    """The field being read: its row of the table, its key as typed, its dotted path."""

    field: keys.Field
    key: str
    path: str

    def entry(self, number: int) -> _Spot:
        return self._replace(path=f"{self.path}.{number}")


def _fields(notes: _Notes, model: str, node: Node, path: str) -> dict[str, Any]:
    """The values of a map's fields by their own names; a field with a problem is left out or holds a stand-in."""
    found = dict(_known_keys(notes, model, node))
    meant = {row.name for row in (_meant(model, key) for key, _ in node.pairs) if row}
    values: dict[str, Any] = {}
    for row in keys.models()[model]:
        if row.name not in found:
            if row.required and row.name not in meant:
                notes.say("VK-B004", node.place, field=row.called(notes.language), example=row.shown(notes.language))
            continue
        key, value = found[row.name]
        spot = _Spot(row, key.text.strip(), f"{path}{row.name}")
        notes.places[spot.path] = value.place
        if not _is_blank(value):
            values[row.name] = _READ[row.kind](notes, spot, value)
        elif row.required:
            notes.say("VK-B005", value.place, field=spot.key, example=row.shown(notes.language))
    return values


def _known_keys(notes: _Notes, model: str, node: Node) -> Iterator[tuple[str, tuple[Node, Node]]]:
    """Field name → (key, value); unknown keys and second names of one field become problems."""
    first: dict[str, Node] = {}
    for key, value in node.pairs:
        row = keys.find(model, key.text)
        if row is None:
            _unknown_key(notes, model, key)
        elif row.name in first:
            other = first[row.name]
            notes.say("VK-B003", key.place, key=key.text, other=other.text, line=other.place.line)
        else:
            first[row.name] = key
            yield row.name, (key, value)


def _unknown_key(notes: _Notes, model: str, key: Node) -> None:
    guess = keys.suggestion(model, key.text)
    if guess is not None:
        notes.say("VK-B001", key.place, key=key.text, guess=guess)
        return
    language = "en" if key.text.isascii() else "zh"
    known = "、".join(row.called(language) for row in keys.models()[model])
    notes.say("VK-B002", key.place, key=key.text, known=known)


def _meant(model: str, key: Node) -> keys.Field | None:
    """The field a mistyped key was probably meant for."""
    guess = keys.suggestion(model, key.text) if keys.find(model, key.text) is None else None
    return keys.find(model, guess) if guess else None


def _is_blank(node: Node) -> bool:
    return not (node.text.strip(prescan.BLANKS) or node.items or node.pairs)


def _across(values: dict[str, Any], places: dict[str, Place]) -> Iterator[Problem]:
    """Problems between fields: the keyword outside the title."""
    keyword, title = values.get("keyword"), values.get("title")
    if keyword and title and keyword not in title:
        yield problem("VK-B020", places["keyword"], keyword=keyword, title=title)


def _text(notes: _Notes, spot: _Spot, node: Node) -> str:
    """A text as typed, without spaces around it."""
    if node.kind != "text":
        notes.say("VK-B006", node.place, field=spot.key, example=spot.field.shown(notes.language))
        return ""
    text = node.text.strip(prescan.BLANKS)
    for _, char in prescan.hidden(text):
        notes.say("VK-B007", node.place, field=spot.key, char=prescan.code_point(char))
    if "\n" in text and not spot.field.lines:
        notes.say("VK-B010", node.place, field=spot.key)
    count = _length(text)
    if count > spot.field.max > 0:
        notes.say("VK-B009", node.place, field=spot.key, count=count, limit=spot.field.max)
    return text


def _length(text: str) -> int:
    """Characters as they take room: two half-width letters count as one."""
    return (sum(1 if c.isascii() else 2 for c in text) + 1) // 2


def _name(notes: _Notes, spot: _Spot, node: Node) -> str:
    """The id of a known name."""
    typed = _text(notes, spot, node)
    return _known(notes, spot, node, typed) if typed else ""


def _known(notes: _Notes, spot: _Spot, node: Node, typed: str) -> str:
    known = notes.names.of(spot.field.kind)
    word = keys.folded(typed)
    found = next((name for name, others in known if word in {keys.folded(n) for n in (name, *others)}), None)
    if found is None:
        _unknown_name(notes, spot, node, typed)
    return found or ""


def _unknown_name(notes: _Notes, spot: _Spot, node: Node, typed: str) -> None:
    known = notes.names.of(spot.field.kind)
    guess = keys.nearest(typed.strip("“”‘’「」\"'【】"), [n for name, others in known for n in (name, *others)])
    listed = "、".join(name if typed.isascii() or not others else others[0] for name, others in known)
    if guess is None:
        notes.say("VK-B012", node.place, field=spot.key, name=typed, known=listed)
    else:
        notes.say("VK-B011", node.place, field=spot.key, name=typed, guess=guess, known=listed)


def _music(notes: _Notes, spot: _Spot, node: Node) -> str | None:
    """The id of a music bed, ``default``, or None for silence."""
    if node.kind == "text" and keys.folded(node.text) in _SILENCE:
        return None
    if node.kind == "text" and keys.folded(node.text) in _USUAL_MUSIC:
        return "default"
    return _name(notes, spot, node)


def _list(notes: _Notes, spot: _Spot, node: Node) -> tuple[Node, ...]:
    """The entries of a list; a single text counts as a list of one, unless it looks like a list mistyped."""
    if node.kind == "map":
        notes.say("VK-B014", node.place, field=spot.key, example=spot.field.shown(notes.language))
        return ()
    if node.kind == "text" and node.text.lstrip().startswith(tuple(_BRACKETS)):
        notes.say("VK-B013", node.place, field=spot.key, sign=node.text.lstrip()[0])
        return ()
    items = node.items if node.kind == "list" else (node,)
    if len(items) > spot.field.many:
        notes.say("VK-B019", items[spot.field.many].place, field=spot.key, count=len(items), limit=spot.field.many)
    for number, item in enumerate(items):
        notes.places[f"{spot.path}.{number}"] = item.place
        if _is_blank(item):
            notes.say("VK-B015", item.place, field=spot.key)
    return tuple(item for item in items if not _is_blank(item))


def _texts(notes: _Notes, spot: _Spot, node: Node) -> tuple[str, ...]:
    return tuple(_text(notes, spot, item) for item in _list(notes, spot, node))


def _platforms(notes: _Notes, spot: _Spot, node: Node) -> tuple[str, ...]:
    """Platform ids, each once, in the order typed."""
    if node.kind == "text" and not node.text.startswith(tuple(_BRACKETS)) and len(_words(node.text)) > 1:
        notes.say("VK-B016", node.place, field=spot.key, example="[" + ", ".join(_words(node.text)) + "]")
        return ()
    return tuple(dict.fromkeys(_name(notes, spot, item) for item in _list(notes, spot, node)))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in _SEPARATORS.split(text) if word)


def _topics(notes: _Notes, spot: _Spot, node: Node) -> tuple[str, ...]:
    """Topics without their ``#``, each once; one text may hold several, parted by spaces, commas or ``#``."""
    if node.kind == "text" and not node.text.startswith(tuple(_BRACKETS)):
        words = re.split(r"[#＃、，,\s]+", node.text)
        node = source.Node(node.place, "list", items=tuple(source.Node(node.place, "text", text=w) for w in words if w))
    return tuple(dict.fromkeys(_topic(notes, spot, item) for item in _list(notes, spot, node)))


def _topic(notes: _Notes, spot: _Spot, node: Node) -> str:
    word = _text(notes, spot, node).strip("#＃")
    if node.kind == "text" and not re.fullmatch(r"\w+", word):
        notes.say("VK-B022", node.place, field=spot.key, topic=word)
    return word


def _number(notes: _Notes, spot: _Spot, node: Node) -> int:
    """A whole number within the field's range."""
    typed = _text(notes, spot, node)
    digits = unicodedata.normalize("NFKC", typed)
    if not re.fullmatch(r"[0-9]{1,9}", digits):
        if typed:
            notes.say("VK-B017", node.place, field=spot.key, value=_short(typed))
        return 0
    if not spot.field.least <= int(digits) <= spot.field.most:
        notes.say("VK-B018", node.place, field=spot.key, value=digits, least=spot.field.least, most=spot.field.most)
    return int(digits)


def _amount(notes: _Notes, spot: _Spot, node: Node) -> str:
    """A plain decimal of at most seven digits and two places, full-width digits made half-width."""
    typed = _text(notes, spot, node)
    digits = unicodedata.normalize("NFKC", typed).replace("。", ".").removesuffix("元").strip()
    if typed and not re.fullmatch(r"(0|[1-9][0-9]{0,6})(\.[0-9]{1,2})?", digits):
        notes.say("VK-B023", node.place, field=spot.key, value=_short(typed))
    return digits


def _yesno(notes: _Notes, spot: _Spot, node: Node) -> bool:
    word = keys.folded(_text(notes, spot, node))
    if word and word not in _YES | _NO:
        notes.say("VK-B024", node.place, field=spot.key, value=_short(word))
    return word in _YES


def _focus(notes: _Notes, spot: _Spot, node: Node) -> tuple[float, float] | None:
    """Two fractions from 0 to 1; ``40%`` is accepted for 0.4."""
    parts = [_fraction(item.text) for item in node.items if item.kind == "text"]
    if node.kind != "list" or len(node.items) != 2 or len(parts) != 2 or None in parts:
        notes.say("VK-B025", node.place, field=spot.key)
        return None
    across, down = parts
    return (across or 0.0, down or 0.0)


def _fraction(typed: str) -> float | None:
    text = unicodedata.normalize("NFKC", typed).strip()
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,6})?%?", text):
        return None
    value = float(text.rstrip("%")) / (100 if text.endswith("%") else 1)
    return value if value <= 1 else None


def _photo(notes: _Notes, spot: _Spot, node: Node) -> Photo | None:
    """A photo by its file alone, or a map that says more about it."""
    if node.kind != "map":
        found = _file(notes, spot, node)
        return Photo(name=found.name, path=found.path, place=found.place) if found else None
    before = len(notes.problems)
    values = _fields(notes, "photo", node, f"{spot.path}.")
    _decided_once(notes, values)
    found = values.pop("file", None)
    if found is None or len(notes.problems) > before:
        return None
    return Photo(name=found.name, path=found.path, place=found.place, **values)


def _decided_once(notes: _Notes, values: dict[str, Any]) -> None:
    """Each number of a photo stands in one list only."""
    first: dict[int, str] = {}
    for name in ("show_face", "hide_face", "not_face"):
        field = keys.find("photo", name)
        for choice in values.get(name, ()):
            called = field.called(notes.language) if field else name
            if first.setdefault(choice.number, called) != called:
                other = first[choice.number]
                notes.say("VK-B027", choice.place, number=choice.number, field=called, other=other)


class _File(NamedTuple):
    name: str
    path: Path
    place: Place


def _file(notes: _Notes, spot: _Spot, node: Node) -> _File | None:
    typed = _text(notes, spot, node)
    if not typed or "\n" in typed or any(prescan.hidden(typed)) or len(typed) > spot.field.max:
        return None
    found = paths.find(typed, notes.base, node.place)
    if isinstance(found, Problem):
        notes.problems.append(found)
        return None
    return _File(typed, found, node.place)


def _numbers(notes: _Notes, spot: _Spot, node: Node) -> tuple[Choice, ...]:
    """Numbers of finds, each once; ``1@44/20`` also says that its middle lies 44 % from the left and 20 % from the top."""
    found = []
    for item in _list(notes, spot, node):
        typed = unicodedata.normalize("NFKC", item.text).strip() if item.kind == "text" else ""
        said = re.fullmatch(r"([1-9][0-9]{0,2})(?:@([0-9]{1,3})/([0-9]{1,3}))?", typed)
        if not said:
            notes.say("VK-B028", item.place, field=spot.key, example=spot.field.shown(notes.language))
            continue
        at = (int(said[2]) / 100, int(said[3]) / 100) if said[2] else None
        found.append(Choice(number=int(said[1]), place=item.place, at=at))
    return tuple({choice.number: choice for choice in sorted(found, key=lambda c: c.at is not None)}.values())


def _areas(notes: _Notes, spot: _Spot, node: Node) -> tuple[tuple[Point, ...], ...]:
    """Rectangles [left, top, right, bottom] and polygons of three to twelve corners, as polygons; one alone needs no list around it."""
    single = node.kind == "list" and bool(node.items) and all(item.kind == "text" for item in node.items)
    single = single or (bool(node.items) and _area(node) is not None)
    items = (node,) if single else _list(notes, spot, node)
    found = [(item, _area(item)) for item in items]
    for item, area in found:
        if area is None:
            notes.say(_area_fault(item), item.place, field=spot.key, example=spot.field.shown(notes.language))
    return tuple(area for _, area in found if area)


def _area_fault(node: Node) -> str:
    """What is wrong with a place: numbers above 1 (VK-B037), sides the wrong way round (VK-B038), anything else (VK-B029)."""
    typed = [unicodedata.normalize("NFKC", item.text).strip() for item in node.items if item.kind == "text"]
    if len(typed) != 4 or not all(re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,6})?%?", text) for text in typed):
        return "VK-B029"
    return "VK-B038" if all(_fraction(text) is not None for text in typed) else "VK-B037"


def _area(node: Node) -> tuple[Point, ...] | None:
    sides = [_fraction(item.text) for item in node.items if item.kind == "text"]
    if len(node.items) == len(sides) == 4 and None not in sides:
        left, top, right, bottom = (side or 0.0 for side in sides)
        return ((left, top), (right, top), (right, bottom), (left, bottom)) if left < right and top < bottom else None
    corners = [tuple(_fraction(n.text) for n in item.items if n.kind == "text") for item in node.items]
    if not 3 <= len(corners) <= 12 or any(len(corner) != 2 or None in corner for corner in corners):
        return None
    points = tuple((x or 0.0, y or 0.0) for x, y in corners)
    return points if simple(points) else None


def _section(notes: _Notes, spot: _Spot, node: Node, model: str) -> dict[str, Any] | None:
    """The values of a map, or None with a problem when the node is no map."""
    if node.kind != "map":
        code = "VK-B026" if re.search(r"[：:]", node.text) else "VK-B008"
        notes.say(code, node.place, field=spot.key, example=spot.field.shown(notes.language))
        return None
    return _fields(notes, model, node, f"{spot.path}.")


def _person(notes: _Notes, spot: _Spot, node: Node) -> Person | None:
    before = len(notes.problems)
    return _made(notes, before, Person, _section(notes, spot, node, "person"))


def _price(notes: _Notes, spot: _Spot, node: Node) -> Price | None:
    before = len(notes.problems)
    return _made(notes, before, Price, _section(notes, spot, node, "price"))


def _pairs(notes: _Notes, spot: _Spot, node: Node) -> tuple[Pair, ...]:
    if node.kind == "map":
        node = source.Node(node.place, "list", items=(node,))
    entries = enumerate(_list(notes, spot, node))
    pairs = [_pair(notes, spot.entry(number), item) for number, item in entries]
    return tuple(pair for pair in pairs if pair is not None)


def _pair(notes: _Notes, spot: _Spot, node: Node) -> Pair | None:
    count = len(notes.problems)
    values = _section(notes, spot, node, "pair")
    before, after = (values.get(side) if values else None for side in ("before", "after"))
    if before and after and before.path == after.path:
        notes.say("VK-B021", after.place, name=after.name)
    return _made(notes, count, Pair, values)


def _made(notes: _Notes, before: int, model: type[V], values: dict[str, Any] | None) -> V | None:
    """The model of the values, or None if reading them found a problem (there were ``before`` problems until then)."""
    return None if values is None or len(notes.problems) > before else model(**values)


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:24] + "…"


_READ: dict[str, Callable[[_Notes, _Spot, Node], Any]] = {
    "text": _text,
    "texts": _texts,
    "topics": _topics,
    "template": _name,
    "brand": _name,
    "transition": _name,
    "reveal": _name,
    "platforms": _platforms,
    "music": _music,
    "number": _number,
    "amount": _amount,
    "yesno": _yesno,
    "focus": _focus,
    "photo": _photo,
    "file": _file,
    "numbers": _numbers,
    "areas": _areas,
    "person": _person,
    "pairs": _pairs,
    "price": _price,
}

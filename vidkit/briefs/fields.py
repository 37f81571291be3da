"""Reading one field of a YAML file: a node of the tree → a checked text, number, date, name or file, every fault noted with its place.

What a field is called, its kind and its limits is data (``data/keys.yaml``); a kind is one function with ``@reads``. ``brief`` adds the
kinds that are values of their own (a photo, a pair, a person).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict

from vidkit import source
from vidkit.briefs import cleaned, keys, numerals, surname
from vidkit.photos.areas import simple
from vidkit.photos.matrix import Point  # noqa: TC001  # pydantic reads it
from vidkit.problems import Place, Problem, problem
from vidkit.sources import prescan, unseen
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from vidkit.source import Node

Known = tuple[tuple[str, tuple[str, ...]], ...]
Reader = TypeVar("Reader", bound="Callable[[Notes, Spot, Node], Any]")

YES = ("是", "有", "对", "开", "要", "yes", "true", "y", "on")
NO = ("否", "不", "不是", "没有", "关", "不要", "no", "false", "n", "off")
"""What may be typed for yes and no, in either case."""
NUMBER = r"[0-9]{1,9}"
YUAN = r"(?:¥|￥|[Rr][Mm][Bb]|[Cc][Nn][Yy]|人民币)"
OF_YUAN = "(?:元|块钱?)?"
AMOUNT = (
    rf"(?:{YUAN}\s*)?((?:[0]|[1-9][0-9]{{0,6}}|[1-9][0-9]{{0,2}}[,][0-9]{{3}}|[1-9](?:[,][0-9]{{3}}){{2}})"
    rf"(?:[.][0-9]{{1,2}})?)\s*{OF_YUAN}"
)
SECONDS = r"([0-9]{1,4}(?:[.][0-9]{1,3})?)\s*[s]?\s*秒?"
FRACTION = r"([0-9]{1,3}(?:[.][0-9]{1,6})?)([%]?)"
FOUND = r"([1-9][0-9]{0,2})(?:[@]([0-9]{1,3})[/]([0-9]{1,3}))?"
"""How figures are written, once they are made half-width (``plain``): the schema says the same of them as they are typed."""
_SEPARATORS = re.compile(r"[、，,；;\s]+")
_PARTING = re.compile(r"[、，,；;/／]")
_BRACKETS = "【［〔"
_PHONE = re.compile(r"(?:\+?86)?(?:1[3-9][0-9]{9}|[48]00[0-9]{7}|0[1-9][0-9]{1,2}[0-9]{7,8})")
"""Mobiles, numbers of 400 and 800, landlines with their area code (the telephone numbering plan of China, 2017)."""
_DATE = re.compile(r"([12][0-9]{3})(?:[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})日?|([01][0-9])([0-3][0-9]))")
_DAYS = re.compile(r"[2-7][0-9]{4}")
"""A day as spreadsheets count them, from 1954 to 2119."""
_FIRST = date(1899, 12, 30)
"""The day they begin to count at (ECMA-376, part 1, 18.17.4.1)."""
_FROM = re.compile(
    rf"(?:{YUAN} ?)?"
    rf"([1-9][0-9]{{0,6}}(?:\.[0-9]{{1,2}})?) ?{OF_YUAN} ?(?:起|以上|(?:[-~–—至到]+) ?[0-9]+(?:\.[0-9]{{1,2}})? ?{OF_YUAN}起?)"
)


class Value(BaseModel):
    """A frozen value of a brief."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Choice(Value):
    """The number of something found in a photo, where the brief says so, and, if it says that too, where in the photo it was."""

    number: int
    place: Place
    at: Point | None = None


EVERY = 0
"""The number of a choice that means every face found and not named otherwise."""
EVERYBODY = ("全部", "全都", "都", "all")
"""What is typed for it."""


class Range(NamedTuple):
    """How many entries of a field a template needs, and at most shows (0: as many as the field may have); what it calls the field."""

    least: int = 0
    most: int = 0
    called: str = ""


@dataclass(frozen=True)
class Names:
    """The names a brief may use: for each kind (id, further names people may type).

    ``people`` are names with the file of their profile; ``takes`` says for each template which fields it needs, at least and at most how
    many; ``usual`` holds what the project says once for all its briefs.
    """

    templates: Known = ()
    brands: Known = ()
    platforms: Known = ()
    transitions: Known = ()
    reveals: Known = ()
    beds: Known = ()
    tracks: Known = ()
    people: tuple[tuple[str, Path], ...] = ()
    takes: tuple[tuple[str, tuple[tuple[str, Range], ...]], ...] = ()
    usual: Node | None = None

    def of(self, kind: str) -> Known:
        """The names of a field's kind: ``template``, ``brand``, ``platforms``, ``transition``, ``reveal``, ``music``, ``track``."""
        return {
            "template": self.templates,
            "brand": self.brands,
            "platforms": self.platforms,
            "transition": self.transitions,
            "reveal": self.reveals,
            "music": self.beds,
            "track": self.tracks,
        }[kind]


@dataclass
class Notes:
    """What the check knows and what it has found so far; ``base`` is the folder photo paths start from, ``faulty``
    are the paths of fields with a problem, ``offered`` the brief's fields to name to somebody who wrote another, ``typed`` the keys as
    they were written, ``pasted`` the texts that hold more than can be drawn.
    """

    base: Path
    names: Names
    language: str
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)
    offered: frozenset[str] = frozenset()
    typed: dict[str, str] = field(default_factory=dict)
    pasted: dict[str, str] = field(default_factory=dict)

    def say(self, code: str, place: Place, **values: object) -> None:
        """Note a problem."""
        self.problems.append(problem(code, place, **values))

    def listed(self, names: Iterable[str]) -> str:
        """Names in a line, each once, parted as the brief's own language parts them."""
        return ("、" if self.language == "zh" else ", ").join(dict.fromkeys(names))


class Spot(NamedTuple):
    """The field being read: its row of the table, its key as typed, its dotted path."""

    field: keys.Field
    key: str
    path: str

    def entry(self, number: int) -> Spot:
        """The spot of an entry of this field's list."""
        return self._replace(path=f"{self.path}.{number}")


READERS: dict[str, Callable[[Notes, Spot, Node], Any]] = {}


def reads(*kinds: str) -> Callable[[Reader], Reader]:
    """Register a function as the reader of fields of these kinds."""

    def registered(function: Reader) -> Reader:
        READERS.update(dict.fromkeys(kinds, function))
        return function

    return registered


def fields(notes: Notes, model: str, node: Node, path: str, usual: Node | None = None) -> dict[str, Any]:
    """The values of a map's fields by their own names; a field with a problem is left out or holds a stand-in. What the map does not say
    is taken from the ``usual`` one.
    """
    found = (dict(_known_keys(notes, model, usual)) if usual else {}) | dict(_known_keys(notes, model, node))
    meant = {row.name for row in (_meant(model, key) for key, _ in node.pairs) if row}
    notes.faulty |= {f"{path}{name}" for name in meant}
    values: dict[str, Any] = {}
    for row in keys.models()[model]:
        if row.name not in found:
            if row.required and row.name not in meant:
                absent(notes, model, row, node)
            continue
        key, value = found[row.name]
        spot = Spot(row, key.text.strip(), f"{path}{row.name}")
        notes.places[spot.path], notes.typed[spot.path] = value.place, spot.key
        before = len(notes.problems)
        if not is_blank(value):
            values[row.name] = READERS[row.kind](notes, spot, value)
        elif row.required:
            notes.say("VK-B005", value.place, field=spot.key, example=row.shown(notes.language))
        if len(notes.problems) > before:
            notes.faulty.add(spot.path)
    return values


def absent(notes: Notes, model: str, row: keys.Field, node: Node, named: str = "") -> None:
    """A field is not there: told where a line of it is switched off, else where what lacks it begins."""
    off = next((one for one in node.off if keys.find(model, one.text) == row), None)
    if off:
        notes.say("VK-B053", off.place, field=off.text)
    else:
        example = row.shown(notes.language)
        notes.say("VK-B004", node.place, field=named or row.called(notes.language), example=example)


def _known_keys(notes: Notes, model: str, node: Node) -> Iterator[tuple[str, tuple[Node, Node]]]:
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


def _unknown_key(notes: Notes, model: str, key: Node) -> None:
    """A key that is not there: where it belongs if it stands one level too high, else what was meant, else what there is."""
    belongs = keys.within(model, key.text)
    if belongs:
        _elsewhere(notes, key, *belongs)
        return
    goes = keys.goes(model, key.text)
    if goes:
        notes.say("VK-B061", key.place, key=key.text, where=goes["zh"], where_en=goes["en"])
        return
    guess = keys.suggestion(model, key.text)
    if guess is not None:
        notes.say("VK-B001", key.place, key=key.text, guess=guess)
        return
    rows = keys.models()[model]
    offered = [row for row in rows if row.name in notes.offered] if model == "brief" else []
    known = notes.listed(row.called(notes.language) for row in offered or rows)
    notes.say("VK-B002", key.place, key=key.text, known=known)


def _elsewhere(notes: Notes, key: Node, model: str, row: keys.Field) -> None:
    said = table("belongs")["where"][model]
    example = said["example" if notes.language == "zh" else "example_en"]
    typed = example.replace("{key}", row.called(notes.language)).replace("{value}", row.shown(notes.language))
    notes.say("VK-B054", key.place, key=key.text, where=said["zh"], where_en=said["en"], example=typed)


def _meant(model: str, key: Node) -> keys.Field | None:
    """The field a mistyped key was probably meant for."""
    known = keys.find(model, key.text) or keys.within(model, key.text)
    guess = keys.suggestion(model, key.text) if known is None else None
    return keys.find(model, guess) if guess else None


def is_blank(node: Node) -> bool:
    """Whether nothing is written there."""
    return not (node.text.strip(prescan.BLANKS) or node.items or node.pairs)


@reads("text")
def read_text(notes: Notes, spot: Spot, node: Node) -> str:
    """The words of a text (``cleaned``); words that are drawn as they can be, what was typed kept beside them."""
    if node.kind != "text":
        notes.say("VK-B006", node.place, field=spot.key, example=spot.field.shown(notes.language))
        return ""
    text = _drawn(notes, spot, cleaned.words(node))
    for index, char in unseen.hidden(text):
        where = unseen.between(text, index)
        notes.say("VK-B007", node.place, field=spot.key, char=unseen.code_point(char), **where)
    if "\n" in text and not spot.field.lines:
        notes.say("VK-B010", node.place, field=spot.key)
    count = length(text)
    if count > spot.field.max > 0:
        values = {"field": spot.key, "count": count, "limit": spot.field.max}
        example = _parted(text, spot.field.max) if spot.field.kind == "lines" else ()
        if example:
            notes.say("VK-B056", node.place, **values, parts=len(example), example=_list(example))
        else:
            notes.say("VK-B009", node.place, **values)
    return text


def _drawn(notes: Notes, spot: Spot, text: str) -> str:
    """A text without pictographs that no font has, if the field's words are drawn and others are left; it is noted as it was, in
    the place of what a profile says there. Signs that are figures are read as such, and commas of the keyboard between Chinese characters are
    drawn as Chinese ones, but nobody's own words are posted otherwise than as they were said.
    """
    if spot.field.emoji and not spot.field.verbatim:
        text = cleaned.figured(text)
    drawn = cleaned.drawable(text) if spot.field.emoji else text
    if drawn and drawn != text:
        notes.pasted[spot.path] = text
    else:
        notes.pasted.pop(spot.path, None)
    said = drawn or text
    return cleaned.commas(said) if spot.field.emoji and not spot.field.verbatim else said


def _parted(text: str, limit: int) -> tuple[str, ...]:
    """A long text as sentences within the limit, parted at its signs; where these are too far apart, words that say where two would stand."""
    found: list[str] = []
    for clause in re.findall(r"[^，。；！？,;!?]+[，。；！？,;!?]?", text):
        joined = found[-1] + clause if found else clause
        if found and length(joined) <= limit:
            found[-1] = joined
        else:
            found.append(clause)
    if any(length(one) > limit for one in found):
        return ("前一句", "后一句")
    return tuple(one.rstrip("，；,; ").strip() for one in found)


def _list(texts: tuple[str, ...]) -> str:
    """Texts as a list in one line, each between quotation marks, so that their own commas part nothing."""
    return "[" + ", ".join("'" + one.replace("'", "''") + "'" for one in texts) + "]"


def length(text: str) -> int:
    """Characters as they take room: two half-width letters count as one."""
    return (sum(1 if c.isascii() else 2 for c in text) + 1) // 2


@reads("template", "brand", "transition", "reveal", "track", "choice")
def read_name(notes: Notes, spot: Spot, node: Node) -> str:
    """The id of a known name."""
    typed = read_text(notes, spot, node)
    return _known(notes, spot, node, typed) if typed else ""


def _known(notes: Notes, spot: Spot, node: Node, typed: str) -> str:
    known = spot.field.choices or notes.names.of(spot.field.kind)
    found = keys.meant(typed, known)
    if found is None:
        _unknown_name(notes, spot, node, typed)
    return found or ""


def _unknown_name(notes: Notes, spot: Spot, node: Node, typed: str) -> None:
    """A name that is not there, with the one it was probably meant for, or all that begin so; a shop's own name may simply not be set up yet."""
    known = spot.field.choices or notes.names.of(spot.field.kind)
    shown = {n: keys.written(spot.field.kind, typed, own, more) for own, more in known for n in (own, *more)}
    own_name = spot.field.kind == "brand"
    several = {} if own_name else dict.fromkeys(shown[name] for name in keys.begun(typed, shown))
    if len(several) > 1:
        notes.say("VK-B065", node.place, field=spot.key, name=typed, guesses=notes.listed(several))
        return
    guess = (keys.likely_own if own_name else keys.likely)(typed.strip("“”‘’「」\"'【】"), shown)
    listed = notes.listed(shown.values())
    if guess is None:
        notes.say("VK-B049" if own_name else "VK-B012", node.place, field=spot.key, name=typed, known=listed)
    else:
        notes.say("VK-B011", node.place, field=spot.key, name=typed, guess=shown[guess], known=listed)


def entries(notes: Notes, spot: Spot, node: Node) -> tuple[Node, ...]:
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
        if is_blank(item):
            notes.say("VK-B015", item.place, field=spot.key)
    return tuple(item for item in items if not is_blank(item))


@reads("texts")
def _texts(notes: Notes, spot: Spot, node: Node) -> tuple[str, ...]:
    return tuple(read_text(notes, spot.entry(number), item) for number, item in enumerate(entries(notes, spot, node)))


@reads("lines")
def _lines(notes: Notes, spot: Spot, node: Node) -> tuple[str, ...]:
    """Texts; the lines of one text count as several."""
    if node.kind == "text" and "\n" in node.text.strip(prescan.BLANKS):
        lines = tuple(replace(node, text=line) for line in node.text.splitlines() if line.strip(prescan.BLANKS))
        node = source.Node(node.place, "list", items=lines)
    return _texts(notes, spot, node)


@reads("platforms")
def _platforms(notes: Notes, spot: Spot, node: Node) -> tuple[str, ...]:
    """Platform ids, each once, in the order typed."""
    if node.kind == "text" and not node.text.startswith(tuple(_BRACKETS)) and len(_words(node.text)) > 1:
        notes.say("VK-B016", node.place, field=spot.key, example="[" + ", ".join(_words(node.text)) + "]")
        return ()
    return _names(notes, spot, node)


def _names(notes: Notes, spot: Spot, node: Node) -> tuple[str, ...]:
    """The ids of a list's names, each once, in the order typed; signs part several names in one entry."""
    found = [one for item in entries(notes, spot, node) for one in _apart(notes, spot, item)]
    notes.places |= {f"{spot.path}.{number}": one.place for number, one in enumerate(found)}
    return tuple(dict.fromkeys(read_name(notes, spot, one) for one in found))


def _apart(notes: Notes, spot: Spot, node: Node) -> tuple[Node, ...]:
    """An entry as the one name it is, else as the names that signs part in it."""
    known = spot.field.choices or notes.names.of(spot.field.kind)
    words = tuple(word for word in _PARTING.split(node.text) if word.strip(prescan.BLANKS))
    several = len(words) > 1 and keys.meant(node.text, known) is None
    return tuple(replace(node, text=word) for word in words) if several else (node,)


def names_in(typed: str) -> tuple[str, ...]:
    """The people's names that signs part in a text."""
    return tuple(filter(None, (name.strip() for name in re.split(r"[、，,；;]", typed))))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in _SEPARATORS.split(text) if word)


@reads("choices")
def _choices(notes: Notes, spot: Spot, node: Node) -> tuple[str, ...]:
    """Values of the field's own list."""
    return _names(notes, spot, node)


@reads("topics")
def _topics(notes: Notes, spot: Spot, node: Node) -> tuple[str, ...]:
    """Topics without their ``#``, each once; one text may hold several, parted by spaces, commas or ``#``."""
    if node.kind == "text" and not node.text.startswith(tuple(_BRACKETS)):
        words = re.split(r"[#＃、，,\s]+", node.text)
        node = source.Node(node.place, "list", items=tuple(source.Node(node.place, "text", text=w) for w in words if w))
    return tuple(dict.fromkeys(_topic(notes, spot, item) for item in entries(notes, spot, node)))


def _topic(notes: Notes, spot: Spot, node: Node) -> str:
    word = read_text(notes, spot, node).strip("#＃")
    if node.kind == "text" and not re.fullmatch(r"\w+", word):
        notes.say("VK-B022", node.place, field=spot.key, topic=word)
    return word


@reads("number")
def read_number(notes: Notes, spot: Spot, node: Node) -> int:
    """A whole number within the field's range."""
    typed = read_text(notes, spot, node)
    digits = plain(typed)
    if not re.fullmatch(NUMBER, digits):
        if typed:
            notes.say("VK-B017", node.place, field=spot.key, value=short(typed))
        return 0
    if not spot.field.least <= int(digits) <= spot.field.most:
        notes.say("VK-B018", node.place, field=spot.key, value=digits, least=spot.field.least, most=spot.field.most)
    return int(digits)


@reads("seconds")
def _seconds(notes: Notes, spot: Spot, node: Node) -> float:
    """Seconds, with a decimal place if need be, within the field's range."""
    typed = read_text(notes, spot, node)
    said = re.fullmatch(SECONDS, plain(typed))
    if not said:
        if typed:
            notes.say("VK-F011", node.place, field=spot.key, value=short(typed))
        return 0.0
    if not spot.field.least <= float(said[1]) <= spot.field.most:
        notes.say("VK-B018", node.place, field=spot.key, value=said[1], least=spot.field.least, most=spot.field.most)
    return float(said[1])


@reads("amount")
def _amount(notes: Notes, spot: Spot, node: Node) -> str:
    """A plain decimal of at most seven digits and two places, full-width digits made half-width, without the sign of the yuan and the commas of
    thousands.
    """
    typed = read_text(notes, spot, node)
    said = re.fullmatch(AMOUNT, plain(typed))
    amount = said[1].replace(",", "") if said else ""
    if typed and not said:
        _no_amount(notes, spot, node, typed)
    elif said and not float(amount):
        notes.say("VK-B048", node.place, field=spot.key)
    return amount


def _no_amount(notes: Notes, spot: Spot, node: Node, typed: str) -> None:
    """A price that is no plain number: from one figure on, in Chinese numerals, or something else."""
    digits = re.sub(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", "", plain(typed))
    least = _FROM.fullmatch(digits.removesuffix("元").strip())
    from_on = numerals.figure(digits.removesuffix("起"))
    said = {"field": spot.key, "value": short(typed)}
    if least or (from_on and digits.endswith("起")):
        starting = {"zh": "起: 是", "en": "starting: yes"}[notes.language]
        notes.say("VK-B051", node.place, **said, amount=least[1] if least else from_on, starting=starting)
    elif from_on:
        notes.say("VK-B064", node.place, **said, right=from_on)
    else:
        notes.say("VK-B023", node.place, **said)


def plain(typed: str) -> str:
    """Full-width figures and signs made half-width, a full stop the decimal point, no spaces around."""
    return numerals.narrow(typed).replace("。", ".").strip()


@reads("date")
def _date(notes: Notes, spot: Spot, node: Node) -> str:
    """A day as 2026-11-03, typed so or as 2026年11月3日, 2026.11.3, 2026/11/3 or 20261103."""
    typed = read_text(notes, spot, node)
    return day(numerals.narrow(typed).replace(" ", "")) or _no_date(notes, spot, node, typed)


def day(typed: str) -> str:
    """A day as 2026-11-03, typed so or as 2026年11月3日, 2026.11.3, 2026/11/3 or 20261103; empty for anything else."""
    said = _DATE.fullmatch(typed)
    try:
        return date(*(int(part) for part in said.groups() if part)).isoformat() if said else ""
    except ValueError:
        return ""


def _no_date(notes: Notes, spot: Spot, node: Node, typed: str) -> str:
    if _DAYS.fullmatch(digits := plain(typed)):
        likely = (_FIRST + timedelta(days=int(digits))).isoformat()
        notes.say("VK-B059", node.place, field=spot.key, value=digits, day=likely)
    elif typed:
        notes.say("VK-B044", node.place, field=spot.key, value=short(typed), example=spot.field.shown(notes.language))
    return ""


@reads("phone")
def _phone(notes: Notes, spot: Spot, node: Node) -> str:
    """A telephone number as typed, full-width digits made half-width: a mobile, a landline with its area code, 400 or 800."""
    typed = read_text(notes, spot, node)
    said = " ".join(numerals.narrow(typed).split())
    if typed and not _PHONE.fullmatch(re.sub(r"[\s()\-\u2010-\u2015]", "", said)):
        notes.say("VK-B057", node.place, field=spot.key, value=short(typed))
        return ""
    return said


@reads("masked")
def _masked(notes: Notes, spot: Spot, node: Node) -> str:
    """A customer's name as it may be shown; one whose surname cannot be told is asked about (VK-B060), one that is too long is not read."""
    typed = read_text(notes, spot, node)
    if length(typed) > spot.field.max > 0:
        return ""
    said = surname.shown(cleaned.drawable(typed) or typed)
    if not said.sure:
        notes.say("VK-B060", node.place, field=spot.key, value=short(typed))
    return said.text


@reads("yesno")
def _yesno(notes: Notes, spot: Spot, node: Node) -> bool:
    word = keys.folded(read_text(notes, spot, node))
    if word and word not in (*YES, *NO):
        notes.say("VK-B024", node.place, field=spot.key, value=short(word))
    return word in YES


@reads("focus")
def _focus(notes: Notes, spot: Spot, node: Node) -> tuple[float, float] | None:
    """Two fractions from 0 to 1; ``40%`` is accepted for 0.4."""
    parts = [fraction(item.text) for item in node.items if item.kind == "text"]
    if node.kind != "list" or len(node.items) != 2 or len(parts) != 2 or None in parts:
        notes.say("VK-B025", node.place, field=spot.key)
        return None
    across, down = parts
    return (across or 0.0, down or 0.0)


def fraction(typed: str) -> float | None:
    """A number from 0 to 1, or as many per cent; None for anything else."""
    said = re.fullmatch(FRACTION, plain(typed))
    value = float(said[1]) / (100 if said[2] else 1) if said else None
    return value if value is not None and value <= 1 else None


@reads("numbers")
def _numbers(notes: Notes, spot: Spot, node: Node) -> tuple[Choice, ...]:
    """Numbers of finds, each once; ``1@44/20`` also says that its middle lies 44 % from the left and 20 % from the top. Where finds are said
    to be no faces, 全部 means every face not named otherwise.
    """
    found = []
    for item in entries(notes, spot, node):
        typed = plain(item.text) if item.kind == "text" else ""
        if spot.field.name == "not_face" and keys.folded(typed) in EVERYBODY:
            found.append(Choice(number=EVERY, place=item.place))
            continue
        said = re.fullmatch(FOUND, typed)
        if not said:
            notes.say("VK-B028", item.place, field=spot.key, example=spot.field.shown(notes.language))
            continue
        at = (int(said[2]) / 100, int(said[3]) / 100) if said[2] else None
        found.append(Choice(number=int(said[1]), place=item.place, at=at))
    return tuple({choice.number: choice for choice in sorted(found, key=lambda c: c.at is not None)}.values())


@reads("areas")
def _areas(notes: Notes, spot: Spot, node: Node) -> tuple[tuple[Point, ...], ...]:
    """Rectangles [left, top, right, bottom] and polygons of three to twelve corners, as polygons; one alone needs no list around it."""
    single = node.kind == "list" and bool(node.items) and all(item.kind == "text" for item in node.items)
    single = single or (bool(node.items) and _area(node) is not None)
    items = (node,) if single else entries(notes, spot, node)
    found = [(item, _area(item)) for item in items]
    for item, area in found:
        if area is None:
            notes.say(_area_fault(item), item.place, field=spot.key, example=spot.field.shown(notes.language))
    return tuple(area for _, area in found if area)


def _area_fault(node: Node) -> str:
    """What is wrong with a place: numbers above 1 (VK-B037), sides the wrong way round (VK-B038), anything else (VK-B029)."""
    typed = [numerals.narrow(item.text).strip() for item in node.items if item.kind == "text"]
    if len(typed) != 4 or not all(re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,6})?%?", text) for text in typed):
        return "VK-B029"
    return "VK-B038" if all(fraction(text) is not None for text in typed) else "VK-B037"


def _area(node: Node) -> tuple[Point, ...] | None:
    sides = [fraction(item.text) for item in node.items if item.kind == "text"]
    if len(node.items) == len(sides) == 4 and None not in sides:
        left, top, right, bottom = (side or 0.0 for side in sides)
        return ((left, top), (right, top), (right, bottom), (left, bottom)) if left < right and top < bottom else None
    corners = [tuple(fraction(n.text) for n in item.items if n.kind == "text") for item in node.items]
    if not 3 <= len(corners) <= 12 or any(len(corner) != 2 or None in corner for corner in corners):
        return None
    points = tuple((x or 0.0, y or 0.0) for x, y in corners)
    return points if simple(points) else None


def short(text: str) -> str:
    """The beginning of a text, for a message."""
    return text if len(text) <= 24 else text[:24] + "…"

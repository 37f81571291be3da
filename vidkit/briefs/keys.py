"""The names people may type: ``data/keys.yaml`` → fields of the brief, and the nearest known name to a mistyped one."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from vidkit.sources import unseen
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OWN = 3
"""Own names shorter than this are other names as soon as one character differs."""


@dataclass(frozen=True)
class Field:
    """One field of a model: its names, its kind, what it means and how ``several`` are written, its limits (characters, entries, range), its
    values if only some will do; whether it holds somebody's own words, ``verbatim``; whether ``emoji`` that cannot
    be drawn are ``posted`` all the same or ``left_out``, empty where the words are not drawn.
    """

    name: str
    kind: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    say_zh: str
    say_en: str
    example: str
    example_en: str = ""
    several_zh: str = ""
    several_en: str = ""
    required: bool = False
    lines: bool = False
    max: int = 0
    many: int = 0
    least: int = 0
    most: int = 0
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    verbatim: bool = False
    emoji: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that may be typed for it, the preferred Chinese one first, then the field's own."""
        return (self.zh[0], self.name, *self.zh[1:], *self.en)

    def called(self, language: str) -> str:
        """The preferred name in ``zh`` or ``en``."""
        return self.zh[0] if language == "zh" else self.name

    def shown(self, language: str) -> str:
        """The example value in ``zh`` or ``en``."""
        return self.example_en if language == "en" and self.example_en else self.example


@cache
def models() -> Mapping[str, tuple[Field, ...]]:
    """Model → its fields, in the order of the table."""
    return MappingProxyType(
        {model: tuple(_field(name, row) for name, row in rows.items()) for model, rows in table("keys").items()}
    )


def find(model: str, typed: str) -> Field | None:
    """The field of a model that a typed key means, or None."""
    return _index(model).get(folded(typed))


def choice(model: str, field: str, value: str) -> str:
    """What people call a value of a field that has its own list: its first Chinese name."""
    return str(table("keys")[model][field]["choices"][value][0])


def suggestion(model: str, typed: str) -> str | None:
    """The nearest key of a model, in the language of the key typed, else the only one that begins so (valid → valid_until), or None; none for a word
    that means something of its own.
    """
    chinese = not typed.isascii()
    if typed in table("belongs")["no_slips"] or goes(model, typed):
        return None
    names = [name for field in models()[model] for name in field.names if name.isascii() != chinese]
    word = typed.strip("“”‘’\"'「」# \u3000")
    return nearest(word, names) or _only_begun(model, word, names)


def _only_begun(model: str, typed: str, names: Iterable[str]) -> str | None:
    """The name that begins as typed, where all that do are of one field; so few letters begin nothing."""
    found = begun(typed, names) if len(typed) >= (OWN if typed.isascii() else 2) else ()
    return found[0] if found and len({find(model, name) for name in found}) == 1 else None


def begun(typed: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known names that begin as typed; none for a single character."""
    word = folded(typed)
    return tuple(name for name in known if len(word) > 1 and folded(name).startswith(word))


def written(kind: str, typed: str, own: str, others: tuple[str, ...]) -> str:
    """How people would write what has an id and other names, in the letters typed: by its id, or its first name; a piece of music by its mood."""
    if not typed.isascii():
        return others[0] if others else own
    return next((name for name in others if name.isascii()), own) if kind == "music" else own


def within(model: str, typed: str) -> tuple[str, Field] | None:
    """The model inside another one where a typed key belongs, and its field, or None; only the preferred names count."""
    word = folded(typed)
    held = ((inner, field) for inner in table("belongs")["holds"].get(model, ()) for field in models()[inner])
    return next((one for one in held if word in {folded(one[1].zh[0]), folded(one[1].name)}), None)


def goes(model: str, typed: str) -> Mapping[str, Any] | None:
    """Where what people would write under a key that a model does not have goes instead, in both languages (``zh``, ``en``); None for any other."""
    return _goes(model).get(folded(typed))


@cache
def every_name() -> frozenset[str]:
    """Every key of every model, as it may be typed."""
    return frozenset(name for fields in models().values() for field in fields for name in field.names)


def folded(typed: str) -> str:
    """A name as it is compared: width and case do not count, nor spaces around it, nor ``_`` against ``-``, nor what nobody sees."""
    return unicodedata.normalize("NFKC", unseen.seen(typed)).strip().casefold().replace("_", "-")


def meant(typed: str, known: Iterable[tuple[str, Iterable[str]]]) -> str | None:
    """The id of what goes by a typed name, among ids with the names people may write; None for no such name."""
    word = folded(typed)
    return next((own for own, others in known if any(word == folded(name) for name in (own, *others))), None)


def nearest(typed: str, known: Iterable[str]) -> str | None:
    """The known name with the fewest single-character changes, or None when too many would be needed (a third, at least 1)."""
    word = folded(typed)
    found = sorted((changes(word, folded(name)), order, name) for order, name in enumerate(known))
    return next((name for steps, _, name in found if steps <= _allowed(word, folded(name))), None)


def likely(typed: str, known: Iterable[str]) -> str | None:
    """The first known name that begins as typed (淡入 → 淡入淡出), else the nearest one, else the first that holds the word typed."""
    names, word = tuple(known), folded(typed)
    return (
        next(iter(begun(typed, names)), None)
        or nearest(typed, names)
        or next((n for n in names if len(word) > 1 and word in folded(n)), None)
    )


def likely_own(typed: str, known: Iterable[str]) -> str | None:
    """Of the names that people and shops have: one that begins as typed, or with one character of three or more wrong, never the first (王姐
    is not 秀姐).
    """
    word = folded(typed)
    names = [name for name in known if len(word) > 1 and folded(name)[:1] == word[:1]]
    close = (n for n in names if min(len(word), len(folded(n))) >= OWN and changes(word, folded(n)) == 1)
    return next(iter(begun(typed, names)), None) or next(close, None)


def _allowed(word: str, name: str) -> int:
    return max(1, min(len(word), len(name)) // 3) if len(word) > 1 and len(name) > 1 else 0


def changes(one: str, two: str) -> int:
    """Insertions, deletions, replacements and swaps of neighbours that turn one word into the other."""
    if abs(len(one) - len(two)) > 8 or len(one) > 80:
        return 99
    older: list[int] = []
    old = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        new = [i]
        for j, b in enumerate(two, 1):
            steps = min(old[j] + 1, new[j - 1] + 1, old[j - 1] + (a != b))
            if older and j > 1 and a == two[j - 2] and b == one[i - 2]:
                steps = min(steps, older[j - 2] + 1)
            new.append(steps)
        older, old = old, new
    return old[-1]


@cache
def _index(model: str) -> Mapping[str, Field]:
    return MappingProxyType({folded(name): field for field in models()[model] for name in field.names})


@cache
def _goes(model: str) -> Mapping[str, Mapping[str, Any]]:
    rows = (row for row in table("belongs")["goes"] if model in row["in"])
    return MappingProxyType({folded(key): row for row in rows for key in row["keys"]})


def _field(name: str, row: dict[str, Any]) -> Field:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    chosen = tuple((own, tuple(others)) for own, others in row.get("choices", {}).items())
    return Field(name=name, **values | {"choices": chosen, **(_lines_of_work(row) if row["kind"] == "track" else {})})


def _lines_of_work(row: dict[str, Any]) -> dict[str, str]:
    """What is said of a line of work, with those there are (``data/tracks.yaml``) in the place of ``{tracks}``."""
    chinese, english = zip(*((one["zh"], one["en"]) for one in table("tracks").values()), strict=True)
    listed = {"say_zh": "、".join(chinese), "say_en": " or ".join(filter(None, (", ".join(english[:-1]), english[-1])))}
    return {key: row[key].replace("{tracks}", words) for key, words in listed.items()}

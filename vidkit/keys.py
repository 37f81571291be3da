"""The names people may type: ``data/keys.yaml`` → fields of the brief, and the nearest known name to a mistyped one."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class Field:
    """One field of a model: its names, its kind, what it means, its limits (characters, entries, range), its values if only some will do."""

    name: str
    kind: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    say_zh: str
    say_en: str
    example: str
    example_en: str = ""
    required: bool = False
    lines: bool = False
    max: int = 0
    many: int = 0
    least: int = 0
    most: int = 0
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()

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


def suggestion(model: str, typed: str) -> str | None:
    """The nearest key of a model, in the language of the key typed, or None."""
    chinese = not typed.isascii()
    names = [name for field in models()[model] for name in field.names if name.isascii() != chinese]
    return nearest(typed.strip("“”‘’\"'「」# \u3000"), names)


@cache
def every_name() -> frozenset[str]:
    """Every key of every model, as it may be typed."""
    return frozenset(name for fields in models().values() for field in fields for name in field.names)


def folded(typed: str) -> str:
    """A name as it is compared: width and case do not count, nor spaces around it, nor ``_`` against ``-``."""
    return unicodedata.normalize("NFKC", typed).strip().casefold().replace("_", "-")


def nearest(typed: str, known: Iterable[str]) -> str | None:
    """The known name with the fewest single-character changes, or None when too many would be needed (a third, at least 1)."""
    word = folded(typed)
    found = sorted((_distance(word, folded(name)), order, name) for order, name in enumerate(known))
    return next((name for steps, _, name in found if steps <= _allowed(word, folded(name))), None)


def _allowed(word: str, name: str) -> int:
    return max(1, min(len(word), len(name)) // 3) if len(word) > 1 and len(name) > 1 else 0


def _distance(one: str, two: str) -> int:
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


def _field(name: str, row: dict[str, Any]) -> Field:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    chosen = tuple((own, tuple(others)) for own, others in row.get("choices", {}).items())
    return Field(name=name, **values | {"choices": chosen})

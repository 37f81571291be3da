"""A brief and its template → problems with the words the template forbids (``data/words.yaml``), each at its place.

A find is harmless where words of the same clause turn it round: 「不收押金、培训费」, 「没有年龄限制」, 「男女都可以」.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel

from vidkit.brief import Photo, Review
from vidkit.problems import Problem, in_order, problem
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.brief import Brief
    from vidkit.kit import Template
    from vidkit.problems import Place

CLAUSE = re.compile(r"[^，。；：！？,.;:!?\s|]+")
"""Words between two marks: as far as a 不 or 没有 reaches."""
DEPENDS = re.compile(
    r"[看视按][^，。；、,;\s]{0,8}?定|看(?:机型|情况|面积|现场|大小|户型)|视(?:机型|情况|面积|现场)|(?:价格|价钱)?[另面]议"
)
"""Conditions by which a price is not the one that stands there (看机型, 视面积而定, 另议)."""
JOINED = 2
"""Finds with no more characters between them share what turns the first one round."""
NO_WORDS = frozenset(
    {"file", "template", "brand", "platforms", "music", "transition", "track", "valid_until", "places"}
)
"""Fields of a brief that hold names and dates, no words of its own."""


class Rule(NamedTuple):
    """Words that may not be said, as one expression, what turns them round before or around them, whether they stop the work, and why."""

    words: re.Pattern[str]
    before: re.Pattern[str]
    around: re.Pattern[str]
    must: bool
    why: tuple[tuple[str, str], ...]


def problems(brief: Brief, template: Template) -> tuple[Problem, ...]:
    """Every forbidden word of a brief: VK-W001 for those that may not stand there, VK-W002 for those to be thought over, VK-W003 for
    prices that depend on something and do not say so.
    """
    rules = [rule for name in template.forbids for rule in _rules(name)]
    said = [found for path, text in texts(brief) for rule in rules for found in _found(rule, text, path, brief)]
    return in_order([*said, *_depending(brief)])


def _depending(brief: Brief) -> Iterator[Problem]:
    """Prices whose conditions say that they depend on something, though they are no starting prices."""
    for number, price in enumerate(brief.prices):
        found = None if price.starting else DEPENDS.search(price.conditions)
        if found:
            place = _place(brief, f"prices.{number}.conditions")
            yield problem("VK-W003", place, item=price.item, words=found[0])


@cache
def _rules(name: str) -> tuple[Rule, ...]:
    """The rules of a list of ``data/words.yaml``."""
    listed = table("words")[name]
    turns = re.compile(listed["before"]), re.compile("|".join(map(re.escape, listed["around"])))
    return tuple(_rule(row, *turns) for row in listed["rows"])


def _rule(row: dict[str, Any], before: re.Pattern[str], around: re.Pattern[str]) -> Rule:
    longest = sorted(row["words"], key=lambda word: (-len(word), word))
    words = re.compile("|".join((*map(re.escape, longest), *row.get("patterns", ()))), re.IGNORECASE)
    why = tuple((key, row[key]) for key in ("reason", "reason_en", "source", "source_en"))
    return Rule(words, before, around, bool(row["must"]), why)


def _found(rule: Rule, text: str, path: str, brief: Brief) -> Iterator[Problem]:
    code = "VK-W001" if rule.must else "VK-W002"
    for clause in CLAUSE.findall(text):
        for words in _said(rule, clause):
            yield problem(code, _place(brief, path), words=words, **dict(rule.why))


def _said(rule: Rule, clause: str) -> Iterator[str]:
    """The words of a clause that the rule finds and nothing turns round."""
    turned_until = -JOINED - 1
    for found in rule.words.finditer("" if rule.around.search(clause) else clause):
        if found.start() - turned_until <= JOINED or rule.before.search(clause[: found.start()]):
            turned_until = found.end()
        else:
            yield found[0]


def _place(brief: Brief, path: str) -> Place | None:
    """Where a value stands, or what holds it."""
    while path and brief.at(path) is None:
        path = path.rpartition(".")[0]
    return brief.at(path) if path else None


def texts(brief: Brief) -> Iterator[tuple[str, str]]:
    """Every text of a brief that a person wrote to be read, with its path; a customer's own review is left as it is."""
    for name in type(brief).model_fields:
        if name not in NO_WORDS:
            yield from _texts(name, getattr(brief, name))


def _texts(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from _texts(f"{path}.{number}", one)
    elif isinstance(value, BaseModel) and not isinstance(value, Photo | Review):
        for name in type(value).model_fields:
            yield from _texts(f"{path}.{name}", getattr(value, name))

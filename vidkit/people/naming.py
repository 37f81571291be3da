"""A text → whom of the people a shop knows it calls by name, though nobody says that she is in the brief.

Her whole name counts, and her name alone where a title goes with it (桂花 of 桂花姐); not where it is a piece of a longer name, of a brand's or of an
everyday word (``data/called.yaml``). Of two readings the longer one holds; a name that two people share calls both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from vidkit.briefs import keys
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

LEAST = 2
"""A name of fewer characters stands in too many words."""


@dataclass(frozen=True)
class Roll:
    """Everybody a shop knows, each by all her names; ``others`` are names that are nobody's of them and may hold one: brands', strangers'."""

    people: tuple[tuple[str, ...], ...]
    others: tuple[str, ...] = ()


class Call(NamedTuple):
    """Somebody called in a text: the name of hers it is, the words as names are compared, and whether they are the ``whole`` name."""

    name: str
    words: str
    whole: bool


def calls(text: str, roll: Roll) -> tuple[Call, ...]:
    """Whom a text calls, in its order, each name once."""
    pattern, meant = _forms(roll)
    found = (one[0] for one in pattern.finditer(keys.folded(text))) if meant else ()
    return tuple(dict.fromkeys(call for words in found for call in meant.get(words, ())))


@lru_cache(maxsize=64)
def _forms(roll: Roll) -> tuple[re.Pattern[str], dict[str, tuple[Call, ...]]]:
    """The pattern that finds names and what only looks like one, the longest first, and whom names mean."""
    names = tuple(dict.fromkeys(name for own in roll.people for name in own))
    meant = {words: tuple(Call(name, words, whole=True) for name in found) for words, found in _by(names, _whole)}
    for words, found in _by(names, _alone):
        meant.setdefault(words, tuple(Call(name, words, whole=False) for name in found))
    others = (keys.folded(one) for one in (*roll.others, *table("called")["words"]))
    patterns = {one: re.escape(one) for one in others if one} | {one: _pattern(one) for one in meant}
    longest = sorted(patterns, key=lambda one: (-len(one), one))
    return re.compile("|".join(patterns[one] for one in longest)), meant


def _by(names: Iterable[str], words: Callable[[str], str]) -> Iterator[tuple[str, list[str]]]:
    """Names by the words that say them; a name whose words say nobody is left out."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(words(name), []).append(name)
    yield from ((said, own) for said, own in found.items() if said)


def _whole(name: str) -> str:
    """The whole name as names are compared; empty for one that is everybody's."""
    words = keys.folded(name)
    own, _ = _parted(words)
    return words if len(words) >= LEAST and own and own not in table("called")["trades"] else ""


def _alone(name: str) -> str:
    """Her name without its title, where it is a given name; empty where there is none of both."""
    own, title = _parted(keys.folded(name))
    known = table("called")
    given = len(own) == LEAST and set(own) <= set(known["given"])
    return own if title and given and own not in {*known["plain"], *known["surnames"]} else ""


def _parted(words: str) -> tuple[str, str]:
    """A name without the titles at its end, and the last of these; all of it where nothing is left."""
    title = next((one for one in _titles() if words.endswith(one)), "")
    return words.removesuffix(title), title


@cache
def _titles() -> tuple[str, ...]:
    return tuple(sorted(table("called")["titles"], key=len, reverse=True))


def _pattern(words: str) -> str:
    """What finds a name where it is no piece of another one or of a word."""
    known = table("called")
    own, title = _parted(words)
    before = f"(?<![{known['given']}])" if title and len(own) < LEAST else ""
    behind = known["behind_title"] if title else known["behind"]
    edges = ("(?<![a-z0-9])" if words[0].isascii() else "", "(?![a-z0-9])" if words[-1].isascii() else "")
    return f"{before}{edges[0]}{re.escape(words)}(?!{behind}){edges[1]}"

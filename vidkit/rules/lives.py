"""What a text tells of people who can be told apart: whole names, illness, that somebody is alone, what is a family's own (``data/rules/personal.yaml``).

Nothing here knows a brief or a post, so that whoever writes one may ask, too.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from vidkit.rules import normal
from vidkit.tables import shared, table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

ROWS = ("named", "ill", "alone", "family")
"""What may be told of people: rows of ``data/rules/personal.yaml``."""
TOO = "ill-too"
"""The row of what is told of him or her, whose name stands before."""


def told(row: str, text: str, own: Iterable[str] = (), agreed: Collection[str] = ()) -> Iterator[re.Match[str]]:
    """Where a text tells what a row looks for, in its order, none over another; people called by a name of ``own`` may be spoken of, and whoever is
    called exactly by one of those who ``agreed``, but for what is told of her relatives and of others of her name.
    """
    ends, known = 0, tuple(filter(_tells_apart, own))
    plain = _plain(text)
    for one in sorted(_found(row, plain), key=lambda one: (one.start(), -one.end())):
        may = one["name"] in agreed and _is_of_her(one)
        if one.start() >= ends and not may and not _is_own(one["name"], known):
            ends = one.end()
            yield one


def names_customer(text: str, own: Iterable[str] = (), agreed: Collection[str] = ()) -> bool:
    """Whether a text calls a customer by a surname and a title, but for those who ``agreed``."""
    return next(told("customer", text, own, agreed), None) is not None


def customers(text: str) -> Iterator[str]:
    """Every customer whom a text calls by a surname and a title, as it does."""
    yield from (one["name"] for one in told("customer", text))


def may_mean(pronoun: str, name: str) -> bool:
    """Whether 他 or 她 may mean whom a name calls: not where its title is of the other sex."""
    other = _whose("men" if pronoun.startswith("她") else "women")
    return not other.search(name)


@lru_cache(maxsize=4096)
def is_private(text: str, own: tuple[str, ...] = ()) -> bool:
    """Whether a text tells of somebody what is nobody's business; 他 and 她 count as somebody whom other words name. Such words are no line to begin
    a post with.
    """
    return any(next(told(row, text, own), None) for row in (*ROWS, TOO))


def _is_of_her(one: re.Match[str]) -> bool:
    """Whether what is told is of whom the name calls: no relative or neighbour stands between, or right behind the name, and the name is not said
    to be another's.
    """
    text, (start, end) = one.string, one.span("name")
    between = _whose("others").search(text, end, one.end())
    return not (between or _whose("behind").match(text, end) or _whose("namesake").search(text[:start]))


@cache
def _whose(part: str) -> re.Pattern[str]:
    return re.compile(shared(table("rules/personal")["whose"][part], _parts()))


def _is_own(name: str, own: Iterable[str]) -> bool:
    return any(name in one or one in name for one in own)


def _tells_apart(name: str) -> bool:
    """Whether a name is somebody's: not a title alone, which customers have, too, and more than one character."""
    return len(name) > 1 and name not in _titles()


@cache
def _titles() -> frozenset[str]:
    return frozenset((*table("called")["titles"], *table("roles")["titles"].split()))


def _plain(text: str) -> str:
    """The text as ``normal.narrow`` has it, but for surnames that are read as something else there (陆 is a six on cheques)."""
    plain = normal.narrow(text)
    if _misread().isdisjoint(text):
        return plain
    return "".join(typed if typed in _misread() else char for typed, char in zip(text, plain, strict=True))


@cache
def _misread() -> frozenset[str]:
    return frozenset(one for one in table("surnames")["surnames"] if not one.isspace() and normal.narrow(one) != one)


def _found(row: str, plain: str) -> Iterator[re.Match[str]]:
    lines = tuple(normal.lines(plain))
    for needed, pattern in _sought(row):
        for line in lines:
            if not needed or _compiled(needed).search(plain, *line):
                yield from _compiled(pattern).finditer(plain, *line)


@cache
def _sought(row: str) -> tuple[tuple[str, str], ...]:
    """The patterns of a row, before each what must stand in a line for it to be looked for there (nothing: ""); the parts they name filled in."""
    data = table("rules/personal")[row]
    rows = [one if isinstance(one, dict) else {"with": data.get("with", ""), "find": one} for one in data["patterns"]]
    return tuple((shared(one["with"], _parts()), shared(one["find"], _parts())) for one in rows)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern when it is first looked for: most never are."""
    return re.compile(pattern)


@cache
def _parts() -> dict[str, str]:
    """What patterns share, by name: the parts of their file, then which surnames there are (``data/surnames.yaml``; ``wordy`` those that are
    everyday words as well) and which places begin like a name.
    """
    data, known = table("rules/personal"), table("surnames")
    words, places = data["surnames"], (*known["places"].split(), *table("cities")["names"].split())
    wordy = words["single"] + words["own"] + words["parted"]
    plain = "".join(one for one in "".join(known["surnames"].split()) if one not in wordy)
    double = "|".join(words["double"])
    surnames = {
        "surname": "|".join((*(one for one in known["compound"] if one not in words["double"]), f"[{plain}]")),
        "wordy": f"{double}|[{wordy}]",
        "double": double,
        "single": f"[{words['single']}]",
        "parted": f"[{words['parted']}]",
        "initial": f"[{''.join(sorted({one[0] for one in (*known['compound'], *plain, *wordy)}))}]",
        "place": "|".join(one for one in places if one[0] in plain + wordy),
    }
    return {**data["parts"], **surnames}

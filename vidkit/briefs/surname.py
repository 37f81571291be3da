"""What a customer is called → how she may be shown: her surname with her title, or stars.

What stands before a surname (where she lives, whose neighbour she is) is left out; what is a surname and what is a place is data
(``data/surnames.yaml``). A name of which the surname cannot be told is said to be unsure; without a title it is its first character and stars.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

MASK = "*"
FAMILIAR = re.compile("[小老阿](.{1,2})")
"""How people are called who know each other: 老周, 小欧阳."""
SEVERAL = re.compile(r"\s*(、|&|/|，)\s*")
"""Marks that part the names of two people."""
AND = re.compile(r"\s*[和与跟]\s*")
"""Words that do, and that given names are made of as well."""
WHOLE = len("白云飞")
"""So many characters a place and the one behind it have that may as well be a whole name."""
MOST = 4
"""So many characters a name has at most, one with a surname of two."""


class Shown(NamedTuple):
    """A name as it is shown, and whether what it shows is surely her own."""

    text: str
    sure: bool = True


def shown(name: str) -> Shown:
    """A customer's name as it may be shown: her surname and title (云岩区的张小红女士 → 张女士), without a 小, 老, 阿 before a surname (老周大哥 →
    周大哥), in English the title and the last name; without a title stars (张小红 → 张**); a name with stars stays, digits never show. Unsure where
    a title stands behind words in which no surname can be told.
    """
    typed = unicodedata.normalize("NFC", name).strip()
    parts = SEVERAL.split(typed)
    if MASK in typed or not all(parts):
        parts = [typed]
    each = [Shown(one) if number % 2 else _several(one) for number, one in enumerate(parts)]
    return Shown(_starred("".join(one.text for one in each)), all(one.sure for one in each))


def _several(name: str) -> Shown:
    """The names of one person, or of people between whom stands a 和."""
    for word in AND.finditer(name):
        left, right = name[: word.start()], name[word.end() :]
        if left and right and _are_two(left, right):
            one, others = _one(left), _several(right)
            return Shown(f"{one.text}{word[0].strip()}{others.text}", one.sure and others.sure)
    one = _one(name)
    return Shown(one.text, one.sure and not _may_be_two(name))


def _are_two(left: str, right: str) -> bool:
    """Whether the words around a 和 are two people: behind a title always, else where a name stands on each side that is no part of one with
    the other (陈和李, 王芳和李红; not 陈和平, 陈和安).
    """
    if _bare(left) != left:
        return True
    one, own = _behind(left), _behind(_bare(AND.split(right)[0]))
    return _begins(one) and _begins(own) and (len(one + own) >= MOST - 1 or own in table("surnames")["ends"])


def _may_be_two(name: str) -> bool:
    """Whether a name with a title might as well be two people's: 陈和安女士."""
    bare = _bare(name)
    sides = [_behind(one) for one in AND.split(bare, maxsplit=1)]
    return bare != name and len(sides) > 1 and all(map(_is_surname, sides))


def _begins(own: str) -> bool:
    """Whether a surname begins what is no longer than a name, or is all of it."""
    doubles = tuple(table("surnames")["compound"])
    return 0 < len(own) <= MOST and (own.startswith(doubles) or bool(_known(own)) or _is_surname(own[0]))


def _bare(name: str) -> str:
    """A name without the title at its end; a title alone stays."""
    title = next((one for one in _titles() if name.endswith(one) and name != one), "")
    return name.removesuffix(title)


def _one(name: str) -> Shown:
    """One person's name as it may be shown, digits and all."""
    if MASK in name or len(name) < 2:
        return Shown(name)
    if name.isascii():
        return Shown(_english(name))
    plain = "".join(name.split())
    plain = plain.removesuffix("家") if plain.removesuffix("家").endswith(_titles()) else plain
    title = next((one for one in _titles() if plain.endswith(one)), "")
    if title:
        return _titled(plain.removesuffix(title), title)
    before = _behind(plain[:-1])
    if plain[-1] in table("surnames")["short_titles"] and _is_surname(_known(before)):
        return Shown(_known(before) + plain[-1], not _is_whole(plain[:-1], before))
    return Shown(_untitled(plain))


def _titled(called: str, title: str) -> Shown:
    """A name before a title: the surname; all of it where it tells of a place or of anybody."""
    own = _behind(called)
    if own[:1].isascii() and own[:1].isalpha():
        return Shown(own[0] + title)
    if not own or own in _nobody() or re.fullmatch(table("surnames")["there"], own):
        return Shown(called + title)
    if _is_whole(called, own):
        return Shown(called[-WHOLE] + title, sure=False)
    surname, sure = _surname(own)
    return Shown(surname + title, sure)


def _is_whole(called: str, own: str) -> bool:
    """Whether the place left out and the one character behind it may as well be a whole name: 白云飞, hardly 云岩张."""
    last = called.rpartition("的")[2][-MOST + 1 :]
    return len(own) == 1 and last[:-1] in _places() and _is_surname(last[0]) and own not in table("surnames")["ends"]


def _untitled(name: str) -> str:
    """A name without a title: its first character and stars, or what is no name of anybody."""
    own = _behind(name)
    if not own or own in _nobody() or re.search(r"[0-9]", own):
        return name
    surname, sure = _surname(own)
    if _is_whole(name, own):
        return name[-WHOLE] + MASK * 2
    if sure and _known(own) == surname:
        return own if own != surname or len(own) == 1 else surname + MASK * 2
    return (surname if sure else name[0]) + MASK * 2


def _english(name: str) -> str:
    """Title and last name of an English name; without a title the first letter and stars."""
    first, *rest = name.split()
    if rest and re.fullmatch(table("surnames")["english"], first, re.IGNORECASE):
        return f"{first} {rest[-1]}"
    return name[0] + MASK * 2


def _starred(text: str) -> str:
    """A text in which no digit shows."""
    return re.sub(r"[0-9]", MASK, text)


def _behind(called: str) -> str:
    """A name without what stands before it: 云岩区的王 → 王. Empty where there is nothing else."""
    words = table("surnames")
    own = called.rpartition("的")[2]
    for step in _steps(own):
        own = step
    return "" if own in words["said_before"] else own


def _steps(own: str) -> Iterator[str]:
    """A name without one word after another that may stand before it; something always stays."""
    words = table("surnames")
    while not (own.startswith(tuple(words["compound"])) and len(own) <= MOST):
        known = next((one for one in _said_before() if own.startswith(one) and own != one), "")
        placed = re.match(f"(?:{words['behind']})(?=.)", own)
        cut = placed[0] if placed else known
        if not cut:
            break
        own = own.removeprefix(cut)
        yield own
    if len(own) > 1 and own.endswith("家") and _is_surname(own[:-1]):
        yield own[:-1]


def _surname(own: str) -> tuple[str, bool]:
    """The surname a name begins with, and whether that is sure: behind a place nobody knows it may begin later."""
    words = table("surnames")
    double = next((one for one in words["compound"] if own.startswith(one)), "")
    if len(own) == 1 or _known(own):
        return _known(own) or own, True
    if own in _places() or (len(own) == len("小云") and FAMILIAR.fullmatch(own)):
        return own[own not in _places()], False
    if double and len(own) <= MOST:
        return double, own[-1] not in words["ends"]
    if len(own) < MOST and _is_surname(own[0]):
        return own[0], len(own) == len("张红") or not _begins_anew(own)
    return _later(own)


def _begins_anew(own: str) -> bool:
    """Whether the last of three characters may be a surname behind a place: 金科李, hardly 王晓林."""
    words = table("surnames")
    return own[-1] in words["ends"] or (own[0] not in words["people"] and _is_surname(own[-1]))


def _later(own: str) -> tuple[str, bool]:
    """The one surname that stands behind words nobody knows, if it is one of which that is sure; else the first character."""
    words = table("surnames")
    if own[-2:] in words["compound"]:
        return own[-2:], True
    found = [one for one in own[-3:] if _is_surname(one)]
    if len(own) <= MOST:
        found = [one for one in (own[-1], *(own[-2:-1] if len(own) == MOST else "")) if _is_surname(one)]
    sure = len(found) == 1 and found[0] in {*words["people"], *words["ends"]}
    return (found[0], True) if sure else (own[0], False)


def _known(own: str) -> str:
    """The surname of a name that is nothing else, be it with a 小, 老 or 阿 before it; empty for any other."""
    said = FAMILIAR.fullmatch(own)
    behind = said[1] if said else ""
    words = table("surnames")
    if behind in words["compound"]:
        return behind
    given = behind in table("called")["given"] and behind not in words["people"]
    if len(behind) == 1 and _is_surname(behind) and not given:
        return behind
    return own if _is_surname(own) else ""


def _is_surname(text: str) -> bool:
    words = table("surnames")
    return text in words["compound"] or (len(text) == 1 and text in words["surnames"])


def _nobody() -> tuple[str, ...]:
    return tuple(table("surnames")["nobody"])


@cache
def _titles() -> tuple[str, ...]:
    """What may follow a customer's surname, the longest first."""
    return tuple(sorted(table("roles")["titles"].split(), key=len, reverse=True))


@cache
def _places() -> frozenset[str]:
    """Places that may stand before a name."""
    return frozenset((*table("surnames")["places"].split(), *table("cities")["names"].split()))


@cache
def _said_before() -> tuple[str, ...]:
    """What may stand before a name, the longest first."""
    return tuple(sorted({*table("surnames")["said_before"], *_places()}, key=lambda one: (-len(one), one)))

"""What the names of photos say: the side of the work (``灶台前.jpg``, ``stove_after.jpg``, ``清洁前/灶台.jpg``), and which of the files that
are there a mistyped name means.

The words are data (``data/intake.yaml``). A guess is made only where it cannot lead to a false comparison: another place, another number
and the other side are other photos.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from vidkit.briefs import keys
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SIDES = ("before", "after")
SIGNS = re.compile(r"[\s_\-.·,，、+()（）\[\]【】/]+")
LETTERS = re.compile(r"[a-z]+")
MISSPELT = 5
"""A word of fewer letters with one of them changed may well be another word."""


def side_of(name: str) -> tuple[str, str]:
    """Which side a photo's path says (``before``, ``after`` or nothing), and what else it says.

    A file's own name counts before its folder's; one that says both (前-后) says nothing.
    """
    stem = unicodedata.normalize("NFKC", name.rpartition(".")[0] or name)
    folder, _, own = stem.rpartition("/")
    sides = _sides_in(own)
    around = _sides_in(folder) if folder else {}
    if len(sides) == 1:
        ((side, rest),) = sides.items()
        told = bool(around) and not any(around.values())
        return side, f"{'' if told else folder}/{rest}"
    if sides or len(around) != 1:
        return "", stem
    ((side, rest),) = around.items()
    return side, f"{rest}/{own}"


def _sides_in(name: str) -> dict[str, str]:
    """The sides a name says, each with what else the name says, without the longest word for it."""
    found = {
        side: [
            rest
            for word in sorted(table("intake")[side], key=len, reverse=True)
            if (rest := _without(name, word)) is not None
        ]
        for side in SIDES
    }
    return {side: rests[0] for side, rests in found.items() if rests}


def _without(stem: str, word: str) -> str | None:
    """A name without a word that stands at its end (numbers and signs behind do not count), at its start, or parted off by signs."""
    closed = r"(?=$|[\s_\-.·,，、+()（）\[\]【】/\d])"
    opened = r"(?:^|(?<=[\s_\-.·,，、+()（）\[\]【】/\d]))"
    forms = [
        rf"^(.*){word}([\s_\-.·()（）\[\]【】]*\d*[\s_\-.·()（）\[\]【】]*)$",
        rf"^(.*){opened}{word}{closed}(.*)$",
    ]
    if len(word) > 1:
        forms.append(rf"^(.*?)(?:(?<=/)|^){word}(.*)$")
    for form in forms:
        said = re.match(form, stem, re.IGNORECASE)
        if said:
            return said[1] + said[2]
    return None


def meant(typed: str, there: Iterable[str], side: str = "") -> str | None:
    """The path ``there`` that a mistyped one means; None for none or several. Tried in this order: the same but for case, width and spaces; the
    same but for its ending; of the same place and side; one letter wrong. With a ``side`` of a pair no path counts that says the other.
    """
    known, bare = tuple(there), _bare(typed)
    said, place = side_of(typed)
    ways: tuple[Callable[[str], bool], ...] = (
        lambda one: _plain(one) == _plain(typed),
        lambda one: same_name(one, typed),
        lambda one: _of(one, said or side, _signless(place)),
        lambda one: misspelt(bare, _bare(one)),
    )
    for way in ways:
        found = [one for one in known if way(one) and fits(one, side)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def fits(name: str, side: str) -> bool:
    """Whether a photo of that name may stand on a side of a pair: it does not say the other."""
    return not side or side_of(name)[0] in {"", side}


def same_name(one: str, other: str) -> bool:
    """Whether two names differ only in their endings, case, width or spaces."""
    return _plain(_bare(one)) == _plain(_bare(other))


def misspelt(one: str, other: str) -> bool:
    """Whether one letter of one longer word is all that differs: a Chinese character or a number more or less is another place or photo."""
    mine, yours = _plain(one), _plain(other)
    if LETTERS.sub("a", mine) != LETTERS.sub("a", yours):
        return False
    words = zip(LETTERS.findall(mine), LETTERS.findall(yours), strict=True)
    wrong = [(a, b) for a, b in words if a != b]
    return len(wrong) == 1 and max(map(len, wrong[0])) >= MISSPELT and keys.changes(*wrong[0]) == 1


def _of(name: str, side: str, place: str) -> bool:
    """Whether a name says that side of that place; a name that lacks a character of the place need not be read for it."""
    if not side or not set(place) <= set(_signless(name)):
        return False
    found, own = side_of(name)
    return found == side and _signless(own) == place


def _signless(text: str) -> str:
    return SIGNS.sub("", _plain(text))


def _bare(name: str) -> str:
    """A name without its ending."""
    stem, _, ending = name.rpartition(".")
    return stem if stem and "/" not in ending else name


def _plain(name: str) -> str:
    return "".join(keys.folded(name).split())

"""What stands above a column of a table ↔ a way into the brief: ``标题``, ``价格.金额``, ``对比.2.前``, ``对比.2.后.遮脸``."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import product
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from vidkit.brief import MODELS
from vidkit.briefs import keys
from vidkit.problems import problem
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vidkit.brief import Brief, Photo
    from vidkit.problems import Place, Problem

Step = keys.Field | int
Way = tuple[Step, ...]
"""Fields one inside the other; the entry of a list as its number from 0."""
INNER: Final = MappingProxyType({**MODELS, "photo": "photo", "photos": "photo", "music": "music"})
"""Kinds of fields that may be written as maps, and the model of these."""
NUMBERED: Final = frozenset({"pairs", "sections", "photos"})
"""Kinds of fields of which several are usual: a heading says which."""
MOST_ENTRIES: Final = 20
"""Entries of a list that a heading may name."""
OFFERED: Final = 3
"""So many headings are proposed for one that is not known."""
NAMES: Final = ("文件名", "file", "name")
"""Headings of the column that names a row's folder."""
TOP: Final = 5
"""The headings stand in one of so many first lines."""
ADDED: Final = re.compile(r"^[*\s]+|[*:\s]+$|\s*(?:\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】)[*\s]*$")
"""What people write around a heading: 标题*, 标题（必填）."""
NO_SHEET: Final = MappingProxyType({"where": "", "where_en": ""})
"""What is told of the sheet of a table that has one."""
PART: Final = re.compile(r"[.．。·/]")
"""What parts the steps of a heading."""
LOOSE: Final = re.compile(r"[\d\s.．。·/]+")
"""What counts for nothing when the heading meant is looked for: numbers, and what parts steps."""


def way(word: str) -> Way | None:
    """The way into the brief that a heading means, whatever star or brackets stand around it, or None."""
    steps, unknown, _ = _followed(word)
    bare = _bare(word) if unknown else ""
    return way(bare) if bare else None if unknown else steps


def _bare(word: str) -> str:
    """A heading without a star or brackets around it; empty where there are none, or nothing else."""
    folded = unicodedata.normalize("NFKC", word).strip()
    bare = ADDED.sub("", folded)
    return bare if bare != folded else ""


def column(word: str) -> Way | None:
    """As ``way``; of no steps for the column that names rows."""
    named = keys.folded(word) in NAMES or keys.folded(_bare(word)) in NAMES
    return () if named else way(word)


def known(word: str) -> bool:
    """Whether a word is a heading of ours."""
    return bool(word) and column(word) is not None


def top(lines: Sequence[Sequence[str]]) -> int:
    """Which of a table's lines (from 0) holds its headings: the first with two that are known, else the first in which one stands alone, else the
    first that is not empty, else the first.
    """
    first = lines[:TOP]
    counts = [(sum(map(known, line)), sum(map(bool, line))) for line in first]
    clear = (at for at, (ours, _) in enumerate(counts) if ours > 1)
    alone = (at for at, (ours, filled) in enumerate(counts) if ours == filled == 1)
    there = (at for at, (_, filled) in enumerate(counts) if filled)
    return next(clear, next(alone, next(there, 0)))


def stand_in(lines: Sequence[Sequence[str]]) -> bool:
    """Whether the headings of a table of ours stand in one of its first lines."""
    return bool(lines) and any(map(known, lines[top(lines)]))


def _followed(word: str) -> tuple[Way, str, str]:
    """The steps of a heading that are known, the first word that is not (empty for none), and the model in which it was looked for."""
    model, steps = "brief", list[Step]()
    for part in PART.split(unicodedata.normalize("NFKC", word).strip()):
        if part.isdecimal():
            if not steps or isinstance(steps[-1], int) or not 1 <= int(part) <= MOST_ENTRIES:
                return tuple(steps), part, model
            steps.append(int(part) - 1)
            continue
        field = keys.find(model, part) if model else None
        if field is None:
            return tuple(steps), part or word, model
        steps.append(field)
        model = INNER.get(field.kind, "")
    return tuple(steps), "", model


def alike(steps: Way) -> Way:
    """A way as it is compared: the first entry of a list is meant without its number too, a photo by its file."""
    plain = tuple(one for one in steps if one != 0)
    last = plain[-1] if len(plain) > 1 else None
    above = plain[-2] if len(plain) > 1 else None
    of_photo = isinstance(above, int) or (isinstance(above, keys.Field) and INNER.get(above.kind) == "photo")
    return plain[:-1] if isinstance(last, keys.Field) and last.name == "file" and of_photo else plain


def called(steps: Sequence[Step], language: str) -> str:
    """A way as a heading, in ``zh`` or ``en``."""
    return ".".join(str(one + 1) if isinstance(one, int) else one.called(language) for one in steps)


def of_photo(brief: Brief, photo: Photo, language: str) -> str:
    """The heading of the column in which a table names a photo of a brief, in ``zh`` or ``en``; empty where no table does."""
    if not photo.place.in_table:
        return ""
    path = next((path for path, place in brief.places if place == photo.place and _value(brief, path) == photo), "")
    steps = way(".".join(str(int(part) + 1) if part.isdecimal() else part for part in path.split("."))) or ()
    return called([one for at, one in enumerate(steps) if one or not _alone(steps[at - 1])], language)


def _alone(above: Step) -> bool:
    """Whether a heading may leave out the number of the first entry of a list, as usual tables do."""
    return isinstance(above, keys.Field) and above.kind not in NUMBERED


def _value(brief: Brief, path: str) -> Any:
    """What a brief holds at a dotted path such as ``pairs.0.after``; None for nothing. A section's two photos are a pair in it."""
    here: Any = brief
    for part in path.split("."):
        if part.isdecimal():
            here = here[int(part)] if isinstance(here, tuple) and int(part) < len(here) else None
        else:
            here = getattr(here, part, None) or getattr(getattr(here, "pair", None), part, None)
    return here


def unknown(word: str, place: Place) -> Problem:
    """A heading that is none of ours: the end of one (VK-X018), nearly one (VK-X001), one with a part that is none (VK-X009), or the shop's own,
    which is left alone (VK-X017).
    """
    language = "en" if word.isascii() else "zh"
    meant = tuple(called(one, language) for one in _ending_so(word))[:OFFERED]
    if meant:
        return problem("VK-X018", place, key=word, guess="”“".join(meant), guess_en='", "'.join(meant))
    steps, part, model = _followed(word)
    guess = keys.suggestion(model, part) if model else None
    parts = PART.split(unicodedata.normalize("NFKC", word).strip())
    mended = ".".join((*parts[: len(steps)], guess, *parts[len(steps) + 1 :])) if guess else ""
    if mended and way(mended):
        return problem("VK-X001", place, key=word, guess=mended)
    usual = table("rows")["usual"]
    if not steps:
        return problem(
            "VK-X009" if guess else "VK-X017", place, key=word, known=usual["zh"], known_en=usual["en"], **NO_SHEET
        )
    there = {tongue: _inside(steps, model, tongue) or usual[tongue] for tongue in ("zh", "en")}
    return problem("VK-X009", place, key=word, known=there["zh"], known_en=there["en"], **NO_SHEET)


def _inside(steps: Way, model: str, language: str) -> str:
    """The headings that begin with these steps; nothing where they lead to a single value."""
    return " · ".join(called((*steps, one), language) for one in keys.models()[model]) if model else ""


def _ending_so(word: str) -> tuple[Way, ...]:
    """The ways of which a heading says only the end, or leaves out what parts the steps, the likeliest first; none for the words that shops use
    for what is their own.
    """
    bare = LOOSE.sub("", keys.folded(word))
    return () if not bare or bare in table("rows")["own"] else _ends().get(bare, ())


@cache
def _ends() -> Mapping[str, tuple[Way, ...]]:
    """The ends of all ways, in every word for them, and the ways that end so: those of usual tables first, then what lies
    inside the same keys, then the shortest.
    """
    usual = [one for one in map(way, table("rows")["usual"]["zh"].split(" · ")) if one]
    within = {one[0] for one in usual}
    order = sorted(_ways("brief", ()), key=lambda one: (one not in usual, one[0] not in within, len(one)))
    found: dict[str, list[Way]] = {}
    for one in order:
        for end in _tails([step for step in one if isinstance(step, keys.Field)]):
            ways = found.setdefault(end, [])
            if one not in ways:
                ways.append(one)
    return MappingProxyType({end: tuple(ways) for end, ways in found.items()})


def _ways(model: str, above: Way) -> Iterator[Way]:
    for field in keys.models()[model]:
        yield (*above, field)
        if field.kind in INNER:
            yield from _ways(INNER[field.kind], (*above, field, *((0,) if field.kind in NUMBERED else ())))


def _tails(fields: Sequence[keys.Field]) -> Iterator[str]:
    """The words for the last field, for the last two, and so on to all of them."""
    for at in range(len(fields)):
        yield from ("".join(map(keys.folded, names)) for names in product(*(one.names for one in fields[at:])))

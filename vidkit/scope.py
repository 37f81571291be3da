"""Brief + kit → what a template may name: the brief's fields, the brand, and what follows from them (shots, pages, the track).

A ``Shot`` is one photo or pair with one line of a section; a ``Paging`` is a long text in pages that can be read in their time.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from vidkit.brief import Pair
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.brief import Brief, Photo, Section
    from vidkit.kit import Brand, Template
    from vidkit.platform import Platform

STOPS = re.compile(r"[。！？!?；;\n]+[”’」』）)]*|[，,、]")
SENTENCE_ROOM = 1.125
"""A page that ends with a sentence may be this much longer."""
SENTENCE = frozenset("。！？!?；;\n”’」』）)")


@dataclass(frozen=True)
class Shot:
    """One photo or pair of a section with one of its lines; ``number`` of the section in ``of``, from 1; ``first`` of its section."""

    title: str
    time: str
    text: str
    number: int
    of: int
    first: bool
    photo: Photo | None
    pair: Pair | None
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Leaf:
    """A page of a long text: its words, its number in ``of`` pages, from 1."""

    text: str
    number: int
    of: int
    places: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Said:
    """What a platform says in a clip."""

    id: str
    call_to_action: str


def nameable(brief: Brief, template: Template, platform: Platform, brand: Brand) -> dict[str, Any]:
    """Everything the template's references and words may name."""
    return {
        **dict(brief),
        "person": brief.person,
        "price": brief.price,
        "comparisons": brief.comparisons,
        "portraits": tuple(one.photo for one in brief.people if one.photo),
        "shots": shots(brief.sections),
        "pages": pages(brief.review.text, "review.text") if brief.review else (),
        "line": table("tracks").get(brief.track, {}),
        "brand": brand,
        "labels": template.labels,
        "platform": Said(platform.id, platform.call_to_action),
    }


def shots(sections: tuple[Section, ...]) -> tuple[Shot, ...]:
    """The sections shot by shot: as many as it has lines or photos, the last photo held for further lines."""
    return tuple(shot for number, one in enumerate(sections) for shot in _shots(one, number, len(sections)))


def _shots(one: Section, number: int, of: int) -> Iterator[Shot]:
    pictures: tuple[Pair | Photo, ...] = (*((one.pair,) if one.pair else ()), *one.photos)
    for at in range(max(len(one.lines), len(pictures), 1)):
        shown = pictures[at] if at < len(pictures) else _after(pictures[-1]) if pictures else None
        pair = shown if isinstance(shown, Pair) else None
        photo = None if isinstance(shown, Pair) else shown
        text = one.lines[at] if at < len(one.lines) else ""
        places = (("text", f"sections.{number}.lines.{at}"), ("title", f"sections.{number}.title"))
        yield Shot(one.title, one.time, text, number + 1, of, at == 0, photo, pair, places)


def _after(shown: Pair | Photo) -> Photo:
    """A pair has been revealed once its line is over: then its after stays."""
    return shown.after if isinstance(shown, Pair) else shown


def pages(text: str, path: str) -> tuple[Leaf, ...]:
    """A long text in as few pages as can be read in one look each, about equally full, broken after sentences, else after clauses;
    nothing is left out and nothing changed: the pages put together are the text.
    """
    most = int(table("timing")["page_characters"])
    count = math.ceil(len(text) / most)
    ends = {found.end(): 0 if text[found.end() - 1] in SENTENCE else most // 2 for found in STOPS.finditer(text)}
    cuts = [0]
    for number in range(1, count):
        wanted = cuts[-1] + (len(text) - cuts[-1]) / (count - number + 1)
        roomy = {end: most if cost else most * SENTENCE_ROOM for end, cost in ends.items()}
        near = [end for end in ends if cuts[-1] < end <= cuts[-1] + roomy[end] and end < len(text)]
        best = min(near, key=lambda end: abs(end - wanted) + ends[end], default=0)
        cuts.append(best if abs(best - wanted) < most / 2 and best else round(wanted))
    cuts.append(len(text))
    parts = [text[a:b] for a, b in pairwise(cuts)]
    while parts and len(parts[-1]) > most * 1.25:
        last = parts.pop()
        parts += [last[: len(last) // 2], last[len(last) // 2 :]]
    return tuple(Leaf(part, i, len(parts), (("text", path),)) for i, part in enumerate(parts, 1))

"""What the rules on facts share: a reason by its name (``data/rules/reasons.yaml``) → a finding; words of ``data/rules/claims.yaml`` in what is said."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from vidkit.briefs import written
from vidkit.rules import normal, packs
from vidkit.rules.finding import Finding, Said
from vidkit.rules.said import exact
from vidkit.tables import shared, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.problems import Place
    from vidkit.rules.finding import Case

CLAUSES = ",。!?;\n|"
"""Marks as far as what takes a find back reaches, in text whose marks are narrow."""
SENTENCE = re.compile(r"[^。！？!?\n|]+")
"""Words up to a full stop: as far as a condition holds for a price or a promise."""


def finding(reason: str, words: str, said: Said, **values: object) -> Finding:
    """What a reason (``price.floor``) says of some words; ``values`` fill its sentences, with ``_en`` behind the name for the English ones."""
    row = table("rules/reasons")[reason]
    law = table("rules/law")[row["law"]]
    chinese = {"words": words} | values
    english = chinese | {name.removesuffix("_en"): value for name, value in values.items() if name.endswith("_en")}
    return Finding(
        rule=reason.partition(".")[0],
        level=row["level"],
        words=words,
        said=said,
        law=(law["zh"], law["en"]),
        why=(row["why"].format(**chinese), row["why_en"].format(**english)),
        rewrite=(row["rewrite"].format(**chinese), row["rewrite_en"].format(**english)),
    )


def field(case: Case, path: str) -> Said:
    """The brief's value at a dotted path, as something said."""
    value: Any = case.script.brief
    for step in path.split("."):
        value = value[int(step)] if isinstance(value, tuple) else getattr(value, step, "")
    text = "" if isinstance(value, BaseModel | tuple) or value is None else str(value)
    return Said(text, path, place(case, path))


def place(case: Case, path: str) -> Place | None:
    """Where a value stands, or what holds it."""
    return written.place(case.script.brief, path)


def figure(name: str) -> float:
    """A figure of ``data/rules/claims.yaml``."""
    return float(table("rules/claims")[name]["value"])


@dataclass(frozen=True)
class Words:
    """What a row of the claims looks for, and what right before a find takes it back (empty: nothing does)."""

    sought: tuple[str, ...]
    turned: str

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """Each expression by itself."""
        return tuple(re.compile(one, re.IGNORECASE) for one in self.sought)

    @cached_property
    def any(self) -> re.Pattern[str]:
        """One expression for all of them, which most texts hold none of."""
        return re.compile("|".join(re.sub(r"\(\?P<\w+>", "(?:", one) for one in self.sought), re.IGNORECASE)


@cache
def looked_for(name: str) -> Words:
    """The patterns of a row of the claims."""
    data = table("rules/claims")
    return Words(tuple(shared(one, data["parts"]) for one in data[name]["patterns"]), data[name].get("not", ""))


def spoken(name: str, text: str) -> Iterator[re.Match[str]]:
    """Where the words of a row of the claims stand in a text, none inside another, without those taken back."""
    words, plain, ends = looked_for(name), normal.narrow(text), 0
    if not words.any.search(plain):
        return
    found = sorted(
        (one for line in normal.lines(plain) for pattern in words.patterns for one in pattern.finditer(plain, *line)),
        key=lambda m: (m.start(), -m.end()),
    )
    for one in found:
        if one.start() >= ends and not (words.turned and re.search(words.turned, before(one))):
            ends = one.end()
            yield one


def before(found: re.Match[str]) -> str:
    """The words right before some words in their clause."""
    start = found.end() - len(found[0].lstrip())
    return found.string[max(found.string.rfind(mark, 0, start) for mark in CLAUSES) + 1 : start]


def within(name: str, text: str) -> bool:
    """Whether the words of a row of the claims stand in a text."""
    return next(spoken(name, text), None) is not None


def sentence(found: re.Match[str]) -> str:
    """The sentence some words stand in."""
    whole = (one[0] for one in SENTENCE.finditer(found.string) if one.start() <= found.start() < one.end())
    return next(whole, found.string)


def claimed(case: Case, name: str, *, quoted: bool = False) -> Iterator[tuple[re.Match[str], Said]]:
    """Words of a row of the claims in everything said, those a template or a brand repeats left out; in people's own words only if they are
    asked for as ``quoted``.
    """
    seen: set[str] = set()
    for said in (one for one in case.said if quoted or not one.quoted):
        for found in spoken(name, said.text):
            if ":" not in said.where or found[0] not in seen:
                yield found, said
            seen.add(found[0])


def told(reason: str, found: re.Match[str], said: Said, **values: object) -> Finding:
    """What a reason says of some words found in what is said, at their own place."""
    words = said.text[found.start() : found.end()]
    return finding(reason, words.strip(), at(said, found.start(), words), **values)


def is_listed(found: re.Match[str], said: Said, *lists: str) -> bool:
    """Whether lists of words (``packs``) find the same words: then that is told, once."""
    hits = (hit.said.place(hit.start, hit.end) for name in lists for hit in packs.hits(name, said.text))
    return any(first < found.end() and found.start() < last for first, last in hits)


def of_template(case: Case, said: Said) -> bool:
    """Whether a template made the words, out of what the brief says as facts."""
    return said.where.startswith(f"{case.script.template.id}:")


def at(said: Said, start: int, words: str) -> Said:
    """What is said, its place that of some words in it."""
    return replace(said, place=exact(said, start, words))

"""A script, its clips and its posts' words → everything the rules find, in the order people meet it, and as problems."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from vidkit import masking, plan
from vidkit.briefs.mode import mode
from vidkit.problems import problem
from vidkit.rules import ai, certificates, claims, normal, packs, personal, prices, public, reviews, words  # noqa: F401  # their rules register themselves
from vidkit.rules.finding import Case, Finding
from vidkit.rules.reasons import of_template
from vidkit.rules.registry import RULES, found
from vidkit.rules.said import FILE, is_made

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vidkit.plan import Plan, Script
    from vidkit.problems import Problem
    from vidkit.rules.finding import Said

CODES = {"ban": "VK-W001", "caution": "VK-W002", "evidence": "VK-W004"}
NUMBERED = ("public-interest", "diversion", "personal")
"""Rules that tell of telephone numbers and ids, the one with most to say first."""
CLAUSES = re.compile(f"[{re.escape(normal.STOPS)}]")
SENTENCES = re.compile("[。！？!?\n]")
NEXT, BREAK = "\n", " / "
"""A line's end in words found, and how it is told."""
NEAR = 80
"""So far into the next field stands what says something together with the one before it."""
ROWS = (
    ("title", "body"),
    ("sections.*.title", "sections.*.lines.*"),
    ("sections.*.title",),
    ("points.*",),
    ("jobs.*",),
    ("pairs.*.note",),
    ("people.*.quote",),
)
"""Fields that are seen one after the other, their numbers as stars: a post's words, shot after shot, title after title, a list's items."""
FOLLOWED = (
    ("hook", "title"),
    ("title", "problem"),
    ("title", "points.0"),
    ("title", "sections.0.title"),
    ("problem", "result"),
    ("result", "people.0.quote"),
)
"""Further fields of which the second is seen right after the first."""
BESIDE = ("price", "authority", "statistics", "gift", "trade")
"""Rules that find something in what buys reviews, too: amounts, stars, what is given."""


def examine(script: Script, plans: Sequence[Plan], said: Sequence[Said] = ()) -> tuple[Finding, ...]:
    """What the rules find in a script, the clips planned for it and everything ``said`` in its posts."""
    meant = mode(script.brief, script.template, script.brand)
    where = tuple(one.platform for one in plans) or plan.platforms(script)
    case = Case(script, meant, where, tuple(said), script.today, tuple(plans))
    return _once(dict.fromkeys((*found(case), *_across(case))), case)


def _across(case: Case) -> Iterator[Finding]:
    """What words say only together with those that are seen right after them in another field, as over a line's end."""
    own = [one for one in case.said if not is_made(one) and one.text.strip()]
    beside = replace(case, said=tuple(dict.fromkeys(_beside(own))))
    for name in (*packs.PACKS, "personal"):
        if case.mode in RULES[name].modes:
            yield from (one for one in RULES[name].check(beside) if _reaches_over(one))


def _beside(own: Sequence[Said]) -> Iterator[Said]:
    """Texts of the brief, each with the first line of one that is seen right after it."""
    named = {one.where: one for one in reversed(own)}
    followed = ((named[first], named[then]) for first, then in FOLLOWED if first in named and then in named)
    for one, other in (*chain.from_iterable(pairwise(_row(own, row)) for row in ROWS), *followed):
        yield replace(one, text=f"{one.text.rstrip()}\n{other.text.lstrip().partition(NEXT)[0][:NEAR]}")


def _row(own: Sequence[Said], fields: tuple[str, ...]) -> list[Said]:
    """The texts of some fields, in the brief's order."""
    return [one for one in own if re.sub("[0-9]+", "*", one.where) in fields]


def _reaches_over(one: Finding) -> bool:
    """Whether words reach over the last end of a line of what they were found in."""
    return NEXT in one.words and one.words not in one.said.text.rpartition(NEXT)[0]


def _once(findings: Iterable[Finding], case: Case) -> tuple[Finding, ...]:
    """The findings, each told once. Left out are: in words that were made (a caption, a poster, a brand, the file's name), what the brief's words or
    made ones before them tell already; what the template repeats of a clause of the brief; a telephone number or an id that a graver finding tells.
    """
    clauses = [normal.bare(part) for one in case.said if not is_made(one) for part in CLAUSES.split(one.text)]
    seen: dict[tuple[str, str], int] = {}
    kept = []
    for one in findings:
        name, level = (one.rule, one.words), tuple(CODES).index(one.level)
        if of_template(case, one.said):
            again = any(_is_told(one, level, *before) for before in seen.items()) or _is_repeated(one, clauses)
        else:
            again = is_made(one.said) and seen.get(name, level + 1) <= level
        if not again or _is_private_name(one):
            kept.append(one)
        seen[name] = min(level, seen.get(name, level))
    return _unbought(_each_word(_gravest(kept)))


def _is_told(one: Finding, level: int, before: tuple[str, str], told: int) -> bool:
    """Whether a rule told the words before, or, as gravely, the part of a template's words that the brief says (招男护工, of the job 男护工)."""
    rule, said = before
    return one.rule == rule and (one.words in said or (said in one.words and told <= level))


def _unbought(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings, without those of amounts and stars in a sentence that buys reviews: how to mend these is no way to mend it."""
    bought = [one for one in findings if one.rule == "bought-review"]
    return tuple(
        one for one in findings if one.rule not in BESIDE or not any(_is_beside(one, other) for other in bought)
    )


def _is_beside(one: Finding, other: Finding) -> bool:
    """Whether two findings tell of words in one sentence of a text."""
    sentences = SENTENCES.split(other.said.text) if one.said.where == other.said.where else ()
    return one.level != "ban" and any(one.words in part and other.words in part for part in sentences)


def _each_word(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Of several lists that find the same words, or one of them only a part of them, what the gravest says, then what finds most of them."""
    kept: list[Finding] = []
    for one in sorted(findings, key=lambda one: (tuple(CODES).index(one.level), -len(one.words))):
        if one.rule not in packs.PACKS or not any(_is_part(one, other) for other in kept):
            kept.append(one)
    return tuple(one for one in findings if any(one is other for other in kept))


def _is_part(one: Finding, other: Finding) -> bool:
    """Whether two lists find words that stand in each other at one place of a text."""
    if other.rule not in packs.PACKS or one.rule == other.rule or one.said.where != other.said.where:
        return False
    (line, start, outer), (other_line, inner_start, inner) = sorted(
        (_stands(one), _stands(other)), key=lambda found: (*found[:2], -len(found[2]))
    )
    return line == other_line and inner in outer and inner_start + len(inner) <= start + len(outer)


def _stands(one: Finding) -> tuple[int, int, str]:
    """Where the words of a finding stand: line and column of the file, or how far into a text that no file holds; and the words."""
    place = one.said.place
    return (place.line, place.column, one.words) if place else (0, one.said.text.find(one.words), one.words)


def _is_repeated(one: Finding, clauses: Sequence[str]) -> bool:
    """Whether a line holds, whole, a clause of the brief with the words found: there they were weighed where the brief says them."""
    found, line = normal.bare(one.words), normal.bare(one.said.text)
    return any(found in clause and clause in line for clause in clauses)


def _is_private_name(one: Finding) -> bool:
    """Whether personal data stands in the file's name, which masking words does not mend."""
    return one.rule == "personal" and one.said.where == FILE


def _gravest(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Of several rules that tell of the same number or id in a text only what the gravest says, the first of them."""
    told: dict[tuple[str, int], Finding] = {}
    for one in findings:
        for number in _numbers(one):
            before = told.get(number)
            if not before or _weight(one) < _weight(before):
                told[number] = one
    return tuple(one for one in findings if not (own := _numbers(one)) or any(told[number] is one for number in own))


def _weight(one: Finding) -> tuple[int, int]:
    return tuple(CODES).index(one.level), NUMBERED.index(one.rule)


def _numbers(one: Finding) -> tuple[tuple[str, int], ...]:
    """The numbers and ids of contact and the addresses a finding tells of: in which text, and where there."""
    if one.rule not in NUMBERED:
        return ()
    kinds = {*masking.CONTACTS, "address"}
    found = (n for n in masking.private(one.said.text) if n.kind in kinds and n.words in one.words)
    return tuple((f"{one.said.where}\n{one.said.text}", number.start) for number in found)


def problems(findings: Iterable[Finding]) -> tuple[Problem, ...]:
    """What was found as problems: VK-W001 for what is banned, VK-W002 for what is to be thought over, VK-W004 for what needs proof."""
    return tuple(dict.fromkeys(_problem(one) for one in findings))


def _problem(one: Finding) -> Problem:
    return problem(
        CODES[one.level],
        one.said.place,
        words=one.words.replace(NEXT, BREAK),
        why=one.why[0].replace(NEXT, BREAK),
        why_en=one.why[1].replace(NEXT, BREAK),
        law=one.law[0],
        law_en=one.law[1],
        rewrite=one.rewrite[0],
        rewrite_en=one.rewrite[1],
    )

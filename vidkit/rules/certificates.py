"""Certificates: the occupation is one we know, its level exists, and what says something of a person's health is not shown."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from vidkit import masking
from vidkit.briefs import declared
from vidkit.rules.normal import narrow
from vidkit.rules.reasons import before, claimed, field, finding, is_listed, of_template, told, within
from vidkit.rules.registry import rule
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.brief import Brief
    from vidkit.briefs.declared import Certificate
    from vidkit.rules.finding import Case, Finding


class Occupation(NamedTuple):
    """An occupation with a certificate: its names, and its levels from the lowest; none if it has no levels."""

    names: tuple[str, ...]
    levels: tuple[str, ...]


@cache
def occupations() -> tuple[Occupation, ...]:
    """Every occupation of ``data/rules/certificates.yaml``."""
    rows = table("rules/certificates")["certificates"]
    return tuple(Occupation(tuple(row["names"]), tuple(row["levels"])) for row in rows)


@cache
def _levels() -> tuple[tuple[str, str], ...]:
    """What a level may be called, with the level, the longest names first."""
    known = table("rules/certificates")["levels"].items()
    return tuple(sorted(((name, level) for level, names in known for name in names), key=lambda pair: -len(pair[0])))


def level(typed: str) -> str:
    """The level (三级) some words name, or nothing."""
    plain = narrow(typed).replace("国家", "")
    return next((one for name, one in _levels() if name in plain), "")


def occupation(typed: str) -> Occupation | None:
    """The occupation a certificate's name names, the longest name first; None for an unknown one."""
    plain = re.sub(r"\s|（.*?）|\(.*?\)", "", narrow(typed))
    named = ((name, one) for one in occupations() for name in one.names if name in plain)
    return max(named, key=lambda pair: len(pair[0]), default=("", None))[1]


def is_held(brief: Brief, words: str) -> bool:
    """Whether somebody of a brief holds the certificate some words name: of that occupation, at the level they say, if they say one."""
    return any(_is_named(held, words) for person in brief.people for held in person.certificates)


def _is_named(held: Certificate, words: str) -> bool:
    named, own = occupation(words), level(words)
    same = occupation(held.name) is named if named else held.name.strip().removesuffix("证") in words
    return same and own in {"", level(held.level)}


@rule("certificate")
def certificate(case: Case) -> Iterator[Finding]:
    """A certificate's occupation is known and its level exists (there is no first level of 家政服务员); certificates claimed in words stand
    with a person; a health certificate is not shown, nor an identity number.
    """
    for person, one in enumerate(case.script.brief.people):
        for number, held in enumerate(one.certificates):
            yield from _held(case, held, f"people.{person}.certificates.{number}")
    yield from _in_words(case)


def _held(case: Case, one: Certificate, path: str) -> Iterator[Finding]:
    known = occupation(one.name)
    if any(name in one.name for name in table("rules/certificates")["health"]["names"]):
        yield finding("certificate.health", one.name, field(case, f"{path}.name"))
    elif known is None:
        yield finding("certificate.unknown", one.name, field(case, f"{path}.name"))
    elif one.level:
        yield from _level(case, one, path, known)
    digits = re.sub(r"[\s-]", "", one.number).upper()
    if masking.is_identity(digits):
        yield finding(
            "certificate.identity", one.number, field(case, f"{path}.number"), masked=declared.starred(digits)
        )


def _level(case: Case, one: Certificate, path: str, known: Occupation) -> Iterator[Finding]:
    own = level(one.level)
    said = field(case, f"{path}.level")
    if not own and known.levels:
        yield finding("certificate.unread", one.level, said)
    elif own and known.levels and own not in known.levels:
        yield finding("certificate.no-such-level", one.level, said, **_shown(known))


def _shown(known: Occupation) -> dict[str, object]:
    """An occupation's levels in words."""
    ranks = table("rules/certificates")["ranks"]
    best = known.levels[-1]
    return {"name": known.names[0], "levels": "、".join(known.levels), "example": f"{best}/{ranks[best]}"}


@cache
def _together() -> re.Pattern[str]:
    """A level right before an occupation, or behind it (国家一级家政服务员, 家政服务员（一级）)."""
    names = "|".join(
        sorted((re.escape(n) for one in occupations() if one.levels for n in one.names), key=len, reverse=True)
    )
    levels = "|".join(re.escape(name) for name, _ in _levels() if name not in {"初级", "中级", "高级"})
    return re.compile(
        rf"(?:国家)?(?P<before>{levels})(?:的)?(?P<named>{names})|(?P<name>{names})[（(· \t]{{0,2}}(?:国家)?(?P<behind>{levels})"
    )


def _in_words(case: Case) -> Iterator[Finding]:
    for said in (one for one in case.said if not of_template(case, one)):
        for found in _together().finditer(narrow(said.text)):
            known, own = occupation(found["named"] or found["name"]), level(found["before"] or found["behind"])
            exists = not known or not own or own in known.levels
            if known and not exists and not is_listed(found, said, "trade") and ".certificates." not in said.where:
                yield told("certificate.no-such-level", found, said, **_shown(known))
    for found, said in claimed(case, "holding") if case.mode == "ad" else ():
        rests = any(found[0] in one.claim for one in case.script.brief.evidence)
        if not rests and not is_listed(found, said, "authority", "trade"):
            yield from (told(reason, found, said) for reason in _lacks(case.script.brief, found))


def _lacks(brief: Brief, found: re.Match[str]) -> Iterator[str]:
    """What is missing behind a certificate claimed in words: that anybody's is named, or, where all are said to hold one, everybody's."""
    holders = [one for one in brief.people if one.certificates]
    if not holders or (occupation(found[0]) and not is_held(brief, found[0])):
        yield "certificate.unnamed"
    elif within("everybody", before(found) + found[0]) and (len(holders) == 1 or len(holders) < len(brief.people)):
        yield "certificate.not-all"

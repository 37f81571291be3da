"""Personal data in anything said, and in the brief's name, by which files are called."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from vidkit import masking
from vidkit.briefs import written
from vidkit.rules import listed, normal
from vidkit.rules.finding import Said
from vidkit.rules.reasons import at, finding, narrow
from vidkit.rules.registry import rule
from vidkit.rules.said import FILE, REACHED
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.problems import Place
    from vidkit.rules.finding import Case, Finding

TOLD = {"named": "name", "ill": "illness", "alone": "alone", "family": "family"}
"""What may be told of people: rows of ``data/rules/personal.yaml``, and the reasons why it should not."""
NAMED = "files"
"""Where the names of photos and recordings are said."""
IDS = frozenset({"wechat", "qq", "mail"})
"""Kinds of personal data that stand behind a program's name."""


@rule("personal")
def personal(case: Case) -> Iterator[Finding]:
    """Telephone numbers (spelt with spaces or Chinese digits too), identity numbers, bank cards, plates, passwords of locks, where keys are hidden,
    addresses with their doors, a child's class, WeChat ids, a customer's whole name, what she is ill with, that she is alone at home and what is her
    family's own are shown to nobody who does not need them; each may be written masked, and mask_text masks numbers and addresses. Files' names count too (the brief's, photos', films', recordings',
    music's), and codes but for the ways of contact in them.
    """
    for said in case.said:
        for one in masking.private(said.text):
            if said.where in REACHED and one.kind in masking.CONTACTS:
                continue  # a shop's own number is what these are for, where they may stand
            where, reason = at(said, one.start, one.words), "file-name" if said.where == FILE else "words"
            yield finding(f"personal.{reason}", one.words, where, masked=one.masked, **kinds(one.kind))
        yield from _of_people(case, said)
    yield from _in_names(case)


def _of_people(case: Case, said: Said) -> Iterator[Finding]:
    """Whole names of customers, and what is nobody's business of people who can be told apart; those who work for the shop may be named."""
    own = [one.name for one in case.script.brief.people]
    for row, reason in TOLD.items():
        for found in _spoken(row, said.text):
            name = found["name"]
            if not any(name in one or one in name for one in own):
                words = said.text[found.start() : found.end()]
                yield finding(f"personal.{reason}", words, at(said, found.start(), words), masked=name[0])


def _spoken(row: str, text: str) -> Iterator[re.Match[str]]:
    plain = narrow(text)
    for line in normal.lines(plain):
        for pattern in _patterns(row):
            yield from pattern.finditer(plain, *line)


@cache
def _patterns(row: str) -> tuple[re.Pattern[str], ...]:
    """The expressions of a row of ``data/rules/personal.yaml``."""
    data = table("rules/personal")
    parts = {"surname": data["surnames"], "given": data["given"], "titles": data["titles"]}
    parts["name"] = f"(?:{data['surnames']})(?:{data['given']}){{2}}"
    titled = f"(?:(?:{data['surnames']})(?:{data['given']}){{0,2}}|(?:{data['common']}))(?:{data['customers']})"
    parts["customer"] = f"(?P<name>{titled}|(?:{data['surnames']})(?:{data['elder']}))"
    return tuple(re.compile(listed.shared(one, parts)) for one in data[row]["patterns"])


def _in_names(case: Case) -> Iterator[Finding]:
    """Personal data in the names of photos, films, recordings and music, each name once; told masked, since what is found goes into the pack.
    Ids do not count there: programs put their own name and a number in front of what they save.
    """
    brief = case.script.brief
    named: dict[str, Place] = {}
    for each in (*written.photos(brief), *written.sounds(brief)):
        named.setdefault(each.name, each.place)
    for name, place in named.items():
        for one in masking.private(name):
            if one.kind not in IDS:
                said = Said(masking.masked(name), NAMED, place)
                yield finding("personal.file-name", one.masked, said, **kinds(one.kind))


def kinds(kind: str) -> dict[str, object]:
    """What a kind of personal data is called."""
    row = table("rules/personal")["kinds"][kind]
    return {"kind": row["zh"], "kind_en": row["en"]}

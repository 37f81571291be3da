"""Personal data in anything said, and in the brief's name, by which files are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vidkit import masking
from vidkit.briefs import written
from vidkit.rules import lives
from vidkit.rules.finding import Said
from vidkit.rules.reasons import at, finding, told
from vidkit.rules.registry import rule
from vidkit.rules.said import FILE, REACHED, is_made
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.problems import Place
    from vidkit.rules.finding import Case, Finding

REASONS = {"named": "name", "ill": "illness", "alone": "alone", "family": "family"}
"""Why what a row of ``data/rules/personal.yaml`` finds should not be told."""
NAMED = "files"
"""Where the names of photos and recordings are said."""
IDS = frozenset({"wechat", "qq", "mail"})
"""Kinds of personal data that stand behind a program's name."""


@rule("personal")
def personal(case: Case) -> Iterator[Finding]:
    """What nobody needs to know is shown to nobody.

    Numbers: telephone (spelt with spaces or Chinese digits too), identity, bank cards, plates, passwords of locks, WeChat ids. Places: addresses
    with their doors, where keys are hidden, a child's class. People: a customer's whole name, what she is ill with or was operated on for, that she
    is alone at home, what is her family's own. Each may be written masked; mask_text masks numbers and addresses. Files' names count too (the
    brief's, photos', films', recordings', music's), and codes but for the ways of contact in them.
    """
    for said in case.said:
        for one in masking.private(said.text):
            if said.where in REACHED and one.kind in masking.CONTACTS:
                continue  # a shop's own number is what these are for, where they may stand
            where, reason = at(said, one.start, one.words), "file-name" if said.where == FILE else "words"
            yield finding(f"personal.{reason}", one.words, where, masked=one.masked, **kinds(one.kind))
    yield from _of_people(case)
    yield from _in_names(case)


def _of_people(case: Case) -> Iterator[Finding]:
    """Whole names of customers, and what is nobody's business of people who can be told apart, of 他 and 她 where the brief called a customer by
    name before; those who work for the shop may be named, and the illness of whoever agreed to that separately be told.
    """
    own, agreed = [one.name for one in case.script.brief.people], _agreed(case)
    named, spoken = False, set[str]()  # whether one who did not agree was named, and who of those who did
    for said in case.said:
        for row, reason in REASONS.items():
            for found in lives.told(row, said.text, own, agreed if row == "ill" else ()):
                yield told(f"personal.{reason}", found, said, masked=_surname(found["name"]))
        if is_made(said):
            continue
        for found in lives.told(lives.TOO, said.text):
            before = said.text[: found.start()]
            hers = spoken.union(agreed and lives.customers(before)) & {*agreed}
            other = hers and not any(lives.may_mean(found["name"], name) for name in hers)
            if named or other or lives.names_customer(before, own, agreed):
                yield told("personal.illness", found, said)
        named = named or lives.names_customer(said.text, own, agreed)
        spoken.update(agreed and lives.customers(said.text))


def _surname(name: str) -> str:
    return next((one for one in table("surnames")["compound"] if name.startswith(one)), name[0])


def _agreed(case: Case) -> tuple[str, ...]:
    """Every name of those who agreed separately that their illness and care are told."""
    book = case.script.consents
    every = (name for one in (book.entries if book else ()) for name in one.names)
    return tuple(dict.fromkeys(name for name in every if book and book.tells(name, case.today)))


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

"""Personal data in anything said, and in the brief's name, by which files are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vidkit import masking, written
from vidkit.rules.finding import Said
from vidkit.rules.reasons import at, finding
from vidkit.rules.registry import rule
from vidkit.rules.said import CODE, FILE
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.problems import Place
    from vidkit.rules.finding import Case, Finding

NAMED = "files"
"""Where the names of photos and recordings are said."""
IDS = frozenset({"wechat", "qq", "mail"})
"""Kinds of personal data that stand behind a program's name."""


@rule("personal")
def personal(case: Case) -> Iterator[Finding]:
    """Telephone numbers (spelt with spaces or Chinese digits too), identity numbers, bank cards, plates, addresses with their doors and WeChat
    ids are shown to nobody who does not need them; each may be written masked, and mask_text masks them all. Files' names count too (the brief's,
    photos', films', recordings', music's), and codes but for the ways of contact in them.
    """
    for said in case.said:
        for one in masking.private(said.text):
            if said.where == CODE and one.kind in masking.CONTACTS:
                continue  # a shop's own number is what a code is for, where it may stand
            where, reason = at(said, one.start, one.words), "file-name" if said.where == FILE else "words"
            yield finding(f"personal.{reason}", one.words, where, masked=one.masked, **kinds(one.kind))
    yield from _in_names(case)


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

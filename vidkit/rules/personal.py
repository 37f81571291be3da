"""Personal data in anything said, and in the brief's name, by which files are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vidkit import masking
from vidkit.rules.reasons import at, finding
from vidkit.rules.registry import rule
from vidkit.rules.said import CODE, FILE
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.rules.finding import Case, Finding


@rule("personal")
def personal(case: Case) -> Iterator[Finding]:
    """Telephone numbers (spelt with spaces or Chinese digits too), identity numbers, bank cards, plates, addresses with their doors and WeChat
    ids are shown to nobody who does not need them; each may be written masked, and mask_text masks them all. Files' names count too, and codes but
    for the ways of contact in them.
    """
    for said in case.said:
        for one in masking.private(said.text):
            if said.where == CODE and one.kind in masking.CONTACTS:
                continue  # a shop's own number is what a code is for, where it may stand
            where, reason = at(said, one.start, one.words), "file-name" if said.where == FILE else "words"
            yield finding(f"personal.{reason}", one.words, where, masked=one.masked, **kinds(one.kind))


def kinds(kind: str) -> dict[str, object]:
    """What a kind of personal data is called."""
    row = table("rules/personal")["kinds"][kind]
    return {"kind": row["zh"], "kind_en": row["en"]}

"""Personal data in anything said, and in the names of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vidkit import masking
from vidkit.problems import Place
from vidkit.rules.finding import Said
from vidkit.rules.reasons import finding, once
from vidkit.rules.registry import rule
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.rules.finding import Case, Finding

UNSEEN = ("review.order", "review.consent", "home", "shown", "qr")
"""Fields that are kept on file or drawn as a code, and never seen as words."""


@rule("personal")
def personal(case: Case) -> Iterator[Finding]:
    """Telephone numbers (spelt with spaces or Chinese digits too), identity numbers, bank cards, plates, addresses with their doors and WeChat
    ids are shown to nobody who does not need them; each may be written masked, and mask_text masks them all.
    """
    yield from once(case, _in_words(case))
    yield from _file_names(case)


def _in_words(case: Case) -> Iterator[Finding]:
    for said in case.said:
        if not said.where.startswith(UNSEEN):
            for one in masking.private(said.text):
                yield finding("personal.words", one.words, said, masked=one.masked, **kinds(one.kind))


def _file_names(case: Case) -> Iterator[Finding]:
    """The brief's own name goes into the names of everything made of it."""
    name = case.script.brief.file.stem
    for one in masking.private(name):
        said = Said(name, "file", Place(str(case.script.brief.file)))
        yield finding("personal.file-name", one.words, said, **kinds(one.kind))


def kinds(kind: str) -> dict[str, object]:
    """What a kind of personal data is called."""
    row = table("rules/personal")["kinds"][kind]
    return {"kind": row["zh"], "kind_en": row["en"]}

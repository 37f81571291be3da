"""What a cover says where the title has no room: a whole clause of it or of a review, or the opening words; never a part of a clause, nor a
clause that leans on the one before it (也能出来干半天活).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vidkit import joints

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vidkit.brief import Brief
    from vidkit.problems import Place

LEAST, MOST = 3, (8, 12)
"""Characters a cover says, marks not counted: three to eight; when nothing is that short, twelve at most."""
SAYS = 5
"""A clause of fewer characters says little by itself: the whole title, or a longer clause, is better."""
MARKS = "，。、；：？！,.;:?! \n"


def words(brief: Brief) -> tuple[str, Place | None]:
    """What a cover says and where the brief says it: the first of these that is neither too short nor too long.

    1. the whole title; at any length if its keyword stands in several clauses
    2. the title's clause with the keyword
    3. its other clauses, the longest first, then the opening words
    4. any of 2 and 3 that says little by itself
    5. the whole title after all

    No clause is cut, and none is taken that leans on the one before it.
    """
    title, hook = brief.at("title"), brief.at("hook")
    whole = (brief.title, title)
    parts = [(clause, title) for clause in sorted(_standing(brief.title), key=_count, reverse=True)]
    keyed = [said for said in parts if brief.keyword and brief.keyword in said[0]]
    often = sum(bool(brief.keyword) and brief.keyword in clause for clause in clauses(brief.title)) > 1
    more = [*parts, (brief.hook, hook)]
    few, most = MOST
    tried = (
        ([whole], LEAST, len(brief.title) if often else most),
        (keyed, SAYS, most),
        (more, SAYS, few),
        (more, SAYS, most),
        ([*keyed, *more], LEAST, few),
    )
    return next((said for some, least, limit in tried for said in some if least <= _count(said[0]) <= limit), whole)


def quoted(brief: Brief) -> tuple[str, Place | None]:
    """A whole clause of the review in quotation marks: a short one with the keyword, else another short one; else what a
    cover says anyway. Where the customer has words that fit, nobody else's stand over her name.
    """
    said = _standing(brief.review.text) if brief.review else []
    keyed = [clause for clause in said if brief.keyword and brief.keyword in clause]
    spoken = _short(keyed) or _short(said)
    return (f"“{spoken}”", brief.at("review.text")) if spoken else words(brief)


def _short(said: Sequence[str]) -> str:
    """The first clause that is short, else the first that is not long; "" for none."""
    return next((clause for most in MOST for clause in said if LEAST + 1 <= _count(clause) <= most), "")


def _standing(said: str) -> list[str]:
    """The clauses that say something by themselves: the first, and those that do not lean on the one before."""
    first, *others = clauses(said) or [""]
    return [first, *(clause for clause in others if not joints.dependent(clause))] if first else []


def clauses(said: str) -> list[str]:
    """The parts of some words between marks."""
    return [clause for clause in re.split(f"[{re.escape(MARKS)}]+", said) if clause]


def _count(said: str) -> int:
    return sum(character not in MARKS for character in said)

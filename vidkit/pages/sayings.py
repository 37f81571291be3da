"""What a cover says where the title has no room: a whole clause of it or of a review, or the opening words; never a part of a clause, nor a
clause that leans on the one before it (也能出来干半天活).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vidkit.boards import joints
from vidkit.captions import phrasing
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vidkit.brief import Brief
    from vidkit.problems import Place

LEAST, MOST = 3, (8, 12)
"""Characters a cover says, marks not counted: three to eight; when nothing is that short, twelve at most."""
SAYS = 5
"""A clause of fewer characters says little by itself: the whole title, or a longer clause, is better."""
SHARED = 2
"""A review's clause shares at least so many telling characters with the title whose place it takes."""
MORE = "：:. \n"
"""What parts clauses of large words besides the marks of any text (``phrasing.clauses``)."""
MARKS = "，。、；？！,;?!" + MORE


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


def quoted(brief: Brief) -> tuple[str, Place | None] | None:
    """A whole clause of the review in quotation marks and where the brief says it: the short one that says most of what the title says, a clause
    with the keyword first; None where none says enough of it: any other clause may be the complaint that the praise begins with.
    """
    said = brief.review.text if brief.review else ""
    fitting = (one for one in _praising(said, brief.title) if LEAST + 1 <= _count(one) <= MOST[1])
    nearest = sorted(fitting, key=lambda clause: _nearness(clause, brief), reverse=True)
    return (f"“{nearest[0]}”", brief.at("review.text")) if nearest else None


def hiring(brief: Brief, says: Mapping[str, str]) -> tuple[str, ...]:
    """Whom a brief looks for, and how many they are, for where the list does not fit: it is never cut. Without what a cover's large words say; ()
    where nobody is hired.
    """
    if not brief.jobs:
        return ()
    listed = says["hiring"].format(jobs="、".join(brief.jobs))
    many = says["hiring_many"].format(count=phrasing.counted(len(brief.jobs)))
    verb = says["hiring"].partition("{")[0]
    return tuple(unsaid(brief, one if unsaid(brief, verb) else one.removeprefix(verb)) for one in (listed, many))


def unsaid(brief: Brief, one: str) -> str:
    """What stands below a cover's large words; "" where these, whichever of them stand there, say it: a single character as their first one."""
    larges = brief.title, words(brief)[0]
    said = (large.startswith(one) if len(one) == 1 else one in large for large in larges)
    return "" if all(said) else one


def _nearness(clause: str, brief: Brief) -> tuple[bool, int, bool]:
    """Whether a clause has the keyword, how many of the title's telling characters it has, whether it is short."""
    keyed = bool(brief.keyword) and brief.keyword in clause
    return keyed, len(_telling(clause) & _telling(brief.title)), _count(clause) <= MOST[0]


def _praising(said: str, title: str) -> Iterator[str]:
    """The clauses of a review that may stand alone for what its title says: they share enough with it, have no no that it lacks, no turn comes
    behind them, and none only says how it was at first.
    """
    parts, lists = clauses(said), table("sayings")
    turns, firsts, noes = (tuple(lists[name].split()) for name in ("turns", "firsts", "noes"))
    standing = set(_standing(said))
    for clause, following in zip(parts, (*parts[1:], ""), strict=True):
        turned = following.startswith(turns) or any(turn in clause for turn in turns if len(turn) > 1)
        denied = any(no in clause and no not in title for no in noes)
        near = len(_telling(clause) & _telling(title)) >= SHARED
        if near and clause in standing and not (turned or denied or any(first in clause for first in firsts)):
            yield clause


def _telling(said: str) -> frozenset[str]:
    """The characters of some words that tell what they are about, without those that any words have (的, 了, 她)."""
    return frozenset(said) - frozenset(MARKS + table("sayings")["common"])


def _standing(said: str) -> list[str]:
    """The clauses that say something by themselves: the first, and those that do not lean on the one before."""
    first, *others = clauses(said) or ("",)
    return [first, *(clause for clause in others if not joints.dependent(clause))] if first else []


def clauses(said: str) -> tuple[str, ...]:
    """The parts of some words between marks."""
    return phrasing.clauses(said, MORE)


def _count(said: str) -> int:
    return sum(character not in MARKS for character in said)

"""Everything known of one post on one platform when it is decided whether it may go out: what all that people get to read is written from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from vidkit.briefs.mode import mode
from vidkit.labels import aigc, marks
from vidkit.people import consent
from vidkit.publishing import outward
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vidkit.brief import Price
    from vidkit.briefs.mode import Mode
    from vidkit.kits.platform import Platform
    from vidkit.people.consent import Lack
    from vidkit.people.consents import Entry, Guardian
    from vidkit.plan import Plan, Script
    from vidkit.problems import Problem
    from vidkit.publishing.measure import Measured
    from vidkit.rules.finding import Finding

_HOME = frozenset({"dwelling"})
Verdict = Literal["ready", "look", "stop"]
"""``ready`` to be posted, ``look`` again, ``stop``: must not be posted."""


@dataclass(frozen=True, eq=False)
class Dossier:
    """What is known of a post on a platform."""

    script: Script
    plan: Plan
    findings: tuple[Finding, ...] = ()
    """What the rules found."""
    lacks: tuple[Lack, ...] = ()
    """Consents that are missing."""
    problems: tuple[Problem, ...] = ()
    """What else there is to say."""
    measured: Measured | None = None
    """What was measured of its clip; None before it is made."""
    verdict: Verdict = "ready"
    covers: tuple[str, ...] = ()
    """The names of its covers."""

    @property
    def where(self) -> Platform:
        """The platform."""
        return self.plan.platform

    @property
    def meant(self) -> Mode:
        """What the post is for."""
        return mode(self.script.brief, self.script.template, self.script.brand)

    @property
    def seconds(self) -> float:
        """The clip's length."""
        return self.plan.board.frames / self.plan.board.fps

    @property
    def ai(self) -> tuple[str, ...]:
        """What was made by AI, in the order of ``data/publish.yaml``."""
        made = aigc.made_by_ai(self.script, self.plan.track)
        return tuple(name for name in table("publish")["made_by_ai"] if name in made)

    @property
    def marks(self) -> tuple[marks.Mark, ...]:
        """The marks its clip carries."""
        return marks.of(self.script, self.where, self.plan.track)

    @property
    def declaration(self) -> tuple[str, ...]:
        """What is to be declared on the platform's own page."""
        return marks.declaration(self.script, self.where)

    @property
    def consents(self) -> tuple[Entry, ...]:
        """The consents it rests on, as far as there are some."""
        book = self.script.consents
        return tuple(one for name in consent.named(self.script) for one in (book.of(name) if book else ()))

    @property
    def asked(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Who is to look at it before it is posted, each once, and why: ``person`` (seen, named, heard), ``home``, ``customer`` (her words)."""
        found: dict[str, dict[str, None]] = {}
        for need in consent.needs(self.script.brief):
            why = "customer" if need.review else "home" if _HOME in need.scopes else "person"
            found.setdefault(need.who, {})[why] = None
        return tuple((who, tuple(reasons)) for who, reasons in found.items())

    @property
    def taken_back(self) -> bool:
        """Whether somebody in it took her consent back."""
        return any(lack.problem.code == consent.TAKEN_BACK for lack in self.lacks)

    @property
    def guardians(self) -> dict[str, Guardian]:
        """Who decides for those of them who cannot decide alone, by their names."""
        book = self.script.consents
        said = ((who, one.consent) for who, _ in self.asked for one in (book.of(who) if book else ()))
        return {who: one.guardian for who, one in said if one and one.guardian}

    @property
    def bare(self) -> tuple[str, ...]:
        """The photos in which the brief leaves a face uncovered, or calls what was found no face: to be looked at once more;
        as packs call them.
        """
        brief, called = self.script.brief, outward.spoken(self.script.brief)
        photos = (*consent.rooms(brief), *(one.photo for one in brief.people), brief.group)
        return tuple(dict.fromkeys(called[one.name] for one in photos if one and (one.show_face or one.not_face)))

    @property
    def called(self) -> dict[str, str]:
        """The platform's names."""
        return {"zh": self.where.title_zh, "en": self.where.title_en}


def verdict(
    findings: Sequence[Finding], lacks: Sequence[Lack], problems: Sequence[Problem], *, strict: bool = False
) -> Verdict:
    """Must not: something is banned, a consent is lacking, an error was found. Look again: anything else was found; ``strict`` makes that must not."""
    if lacks or any(one.level == "ban" for one in findings) or any(one.level == "error" for one in problems):
        return "stop"
    if findings or problems:
        return "stop" if strict else "look"
    return "ready"


def blockers(one: Dossier) -> list[dict[str, str]]:
    """What stops a post besides consents still to be asked for, in plain words (zh, en): who took hers back, which words, which errors."""
    bans = dict.fromkeys(found.words for found in one.findings if found.level == "ban")
    errors = dict.fromkeys(found for found in one.problems if found.level == "error")
    return [
        *(_lacking(lack) for lack in one.lacks if lack.problem.code == consent.TAKEN_BACK),
        *(filled("blockers", "ban", words=said) for said in bans),
        *({"zh": found.message("zh"), "en": found.message("en")} for found in errors),
    ]


def missing(one: Dossier) -> list[dict[str, str]]:
    """What is lacking of its consents and can still be asked for, in plain words (zh, en)."""
    return [_lacking(lack) for lack in one.lacks if lack.problem.code != consent.TAKEN_BACK]


def together(name: str, said: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Several sentences (zh, en), each once, as one below a heading of ``data/publish.yaml``; nothing of nothing."""
    each = {one["zh"]: one for one in said}.values()
    joined = {tongue: sign.join(one[tongue] for one in each) for tongue, sign in (("zh", "；"), ("en", "; "))}
    heading = words("blockers", name)
    return [{tongue: heading[tongue].format(words=text) for tongue, text in joined.items()}] if each else []


def _lacking(lack: Lack) -> dict[str, str]:
    """What is lacking of a consent; its cause where we have no shorter words."""
    known, code = table("publish")["blockers"], lack.problem.code
    if code in known:
        return filled("blockers", code, who=lack.who)
    return {"zh": lack.problem.cause("zh"), "en": lack.problem.cause("en")}


def remarks(one: Dossier) -> list[dict[str, str]]:
    """What is to be looked at again (zh, en): words the rules doubt, and warnings, those of one kind as one."""
    doubted = dict.fromkeys(found.words for found in one.findings if found.level != "ban")
    kinds: dict[str, list[Problem]] = {}
    for found in dict.fromkeys(found for found in one.problems if found.level == "warning"):
        kinds.setdefault(found.code, []).append(found)
    return [*(filled("blockers", "doubt", words=said) for said in doubted), *map(_together, kinds.values())]


def _together(alike: Sequence[Problem]) -> dict[str, str]:
    """Warnings of one kind as one sentence."""
    first = {"zh": alike[0].message("zh"), "en": alike[0].message("en")}
    if len(alike) == 1:
        return first
    more = filled("blockers", "more", count=str(len(alike)))
    return {"zh": first["zh"] + more["zh"], "en": first["en"] + more["en"]}


def filled(kind: str, name: str, **values: str) -> dict[str, str]:
    """Words of ``data/publish.yaml`` (zh, en) with their values."""
    return {tongue: text.format(**values) for tongue, text in words(kind, name).items()}


def words(kind: str, name: str) -> dict[str, str]:
    """What people call something of ``data/publish.yaml``: zh and en."""
    found: dict[str, str] = table("publish")[kind][name]
    return found


def priced(one: Price) -> str:
    """A price as the shop should show it: item, amount, unit and all that limits it."""
    start = "起" if one.starting else ""
    return f"{one.item} {one.amount} 元/{one.unit}{start}（{'；'.join(one.whole)}）"


def as_text(found: Problem) -> dict[str, Any]:
    """A problem in both languages."""
    return {
        "error": found.level == "error",
        "code": found.code,
        "zh": found.message("zh"),
        "en": found.message("en"),
        "hint_zh": found.hint("zh"),
        "hint_en": found.hint("en"),
    }

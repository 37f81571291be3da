"""Claims: what is given away, figures, promises. Each is either said as a fact with what the law wants beside it, or found in free words."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from vidkit.briefs import numerals
from vidkit.rules.normal import narrow
from vidkit.rules.reasons import claimed, field, finding, is_listed, sentence, spoken, told, within
from vidkit.rules.registry import rule
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.briefs.declared import Gift
    from vidkit.rules.finding import Case, Finding, Said

_DIGIT, _SIGN = "[一二两三四五六七八九]", "一二两三四五六七八九十百千万"


@rule("gift", "ad", "story", "recruit")
def gift(case: Case) -> Iterator[Finding]:
    """Something given away needs its kind, size, quantity, last day and how to get it; what has ended is not given away any more."""
    said = case.script.brief.gift
    if said and case.today and said.until < case.today:
        yield finding("gift.expired", said.until, field(case, "gift.until"))
    if said:
        yield from _given(case, said)
    else:
        yield from (told("gift.loose", found, where) for found, where in claimed(case, "gift"))


def _given(case: Case, said: Gift) -> Iterator[Finding]:
    """What of a gift is not really said, and a way to get it that asks for likes."""
    if within("unnamed", said.name) or _is_nothing(said.name):
        yield finding("gift.unnamed", said.name, field(case, "gift.name"))
    if _is_vague(said.size):
        yield finding("gift.size", said.size, field(case, "gift.size"))
    if _is_vague(said.quantity) or not within("quantity", said.quantity):
        yield finding("gift.quantity", said.quantity, field(case, "gift.quantity"))
    if _is_nothing(said.how):
        yield finding("gift.how", said.how, field(case, "gift.how"))
    elif within("shared", said.how):
        yield finding("gift.shared", said.how, field(case, "gift.how"))


def _is_vague(words: str) -> bool:
    """Whether words say neither how large something is nor how many there are."""
    return _is_nothing(words) or within("quantity_vague", words.strip())


def _is_nothing(words: str) -> bool:
    """Whether a field is filled in with words that say nothing (无, 大概, 若干)."""
    return within("nothing", words.strip())


@rule("statistics", "ad", "recruit")
def statistics(case: Case) -> Iterator[Finding]:
    """Figures (homes served, years of a shop, per cent, rates) rest on something: source, period and scope, given as evidence. A worker's
    own years in the trade stand with her name. Evidence whose source, period or scope says nothing (无, 网上看的, 这些年) is none.
    """
    for number in range(len(case.script.brief.evidence)):
        yield from _unsaid(case, f"evidence.{number}")
    seen = set()
    for found, said in claimed(case, "statistics"):
        same = (said.text, sentence(found), found.re)  # one kind of figure is told once a sentence
        if same not in seen and _is_bare(case, found, said):
            seen.add(same)
            yield told("statistics.number", found, said)


def _unsaid(case: Case, path: str) -> Iterator[Finding]:
    """What of a piece of evidence nobody can look up."""
    source, period, scope = (field(case, f"{path}.{name}") for name in ("source", "period", "scope"))
    if _is_nothing(source.text) or within("hearsay", source.text.strip()):
        yield finding("statistics.source", source.text, source)
    if _is_nothing(period.text) or within("days_vague", period.text) or not within("days_said", period.text):
        yield finding("statistics.period", period.text, period)
    if _is_nothing(scope.text):
        yield finding("statistics.scope", scope.text, scope)


def _is_bare(case: Case, found: re.Match[str], said: Said) -> bool:
    """Whether a figure is a statistic that rests on nothing and that no list of words tells."""
    rests = not _counts(case, found) or _is_fact(said) or backed(case, found[0])
    return not rests and not is_listed(found, said, "authority", "trade", "absolute")


def _is_fact(said: Said) -> bool:
    return said.where.partition(".")[0] in {"evidence", "gift", "promises", "prices"}


def _counts(case: Case, found: re.Match[str]) -> bool:
    """Whether a figure is large enough to be a statistic, and none of a person's own years."""
    said = {name: value for name, value in found.groupdict().items() if value}
    years = {one.years for one in case.script.brief.people}
    if "years" in said and amount(said["years"]) in years:
        return False
    if said.get("percent", "").lstrip("0") in {"100", "百"}:
        return False
    return "count" not in said or amount(said["count"]) >= table("rules/claims")["statistics"]["least"]


def amount(words: str) -> int:
    """A number in digits or in Chinese (一百二十, 3万, 120多), as a whole number; of two that say about how many (三五, 七八十) the larger one, a unit alone
    (百余, 千万) as one of it. 0 for what is no number.
    """
    plain = re.sub(r"[,，+多余几个]", "", narrow(words))
    found = re.fullmatch(r"([0-9]{1,18})(?:\.([0-9]{1,18}))?([千百万]?)", plain)
    if found:
        return int(Decimal(f"{found[1]}.{found[2] or 0}") * numerals.UNITS.get(found[3], 1))
    larger = re.sub(rf"(?<!{_DIGIT}){_DIGIT}({_DIGIT})(?!{_DIGIT})", r"\1", plain)
    return numerals.whole(re.sub(r"(?<![一二两三四五六七八九0-9])(?=[十百千])|^(?=万)", "一", larger)) or 0


def backed(case: Case, words: str) -> bool:
    """Whether some words rest on a piece of the brief's evidence: it says them, or their figures, or the same without a figure of theirs."""
    plain, said = _plain(words), figures(words)
    claims = ((_plain(one.claim), figures(one.claim)) for one in case.script.brief.evidence)
    return any(plain in claim or (said <= proven and (said or claim in plain)) for claim, proven in claims)


def _plain(words: str) -> str:
    return re.sub(r"\W", "", narrow(words))


def figures(words: str) -> set[int]:
    """The numbers in some words, in digits or in Chinese; a single Chinese digit is none (一次, 三步)."""
    return {
        amount(one)
        for one in re.findall(
            rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?[千百万]?|[{_SIGN}][{_SIGN}零〇]*[{_SIGN}]",
            narrow(words),
        )
    }


@rule("promise", "ad", "recruit")
def promise(case: Case) -> Iterator[Finding]:
    """A promise says its conditions (when, where, how often), in the same sentence or among the brief's promises."""
    for number, one in enumerate(case.script.brief.promises):
        if _is_unsure(one.conditions) and not within("measure", one.conditions):
            yield finding("promise.vague", one.conditions, field(case, f"promises.{number}.conditions"))
    yield from (
        told("promise.loose", found, said)
        for found, said in claimed(case, "promises")
        if not _is_fact(said) and not _kept(case, found) and not is_listed(found, said, "guarantee", "trade")
    )


def _is_unsure(conditions: str) -> bool:
    """Whether conditions of a promise say nothing, that it depends, or that somebody has to be content."""
    plain = conditions.strip()
    return _is_nothing(plain) or within("depends", plain) or within("satisfied", plain)


def _kept(case: Case, found: re.Match[str]) -> bool:
    """Whether a promise has its conditions in its sentence, or is one of the brief's promises. On the spot alone is none for whoever is not
    content: that says neither where nor how often.
    """
    whole = sentence(found).replace(found[0], " ", 1)
    promised = (_plain(one.promise) for one in case.script.brief.promises)
    words, said = _plain(found[0]), f"{whole} {found[0]}"
    if "不满意" in found[0]:
        said = re.sub("|".join(re.escape(one[0]) for one in spoken("at_once", said)) or "(?!)", " ", said)
    return within("measure", said) or any(words in one or one in words for one in promised)

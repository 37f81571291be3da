"""Reviews: a customer's own words, with day, platform, order, consent; who speaks for a service has used it and is no child; none is bought."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vidkit import kit, masking
from vidkit.briefs import declared, sample
from vidkit.rules.reasons import claimed, field, figure, finding, told, within
from vidkit.rules.registry import rule
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vidkit.brief import Review
    from vidkit.rules.finding import Case, Finding, Said

BARE = re.compile(r"[0-9A-Za-z]{8,}")
"""An order's number without stars."""
SURNAME = re.compile("[\u4e00-\u9fff](?<![匿用客某])")
"""The first character of a name that tells of somebody."""
NAME = re.compile("(?!评价|客户)[\u4e00-\u9fff·]{2,}")
"""A person's name, or a place with it."""
PRAISE = "review"
"""The template that shows a review as praise."""


@rule("review")
def review(case: Case) -> Iterator[Finding]:
    """A review is a customer's: the day has come, the order is known (its number masked), the customer agreed, and nobody else; our example's is
    nobody's. Few stars are not shown as praise.
    """
    said = case.script.brief.review
    if not said:
        return
    if case.today and said.date > case.today:
        yield finding("review.future", said.date, field(case, "review.date"))
    if _is_example(case, said):
        yield finding("review.example", said.text[:12], field(case, "review.text"))
    if case.script.template.id == PRAISE and said.stars is not None and said.stars < figure("praise_stars"):
        yield finding("review.low-stars", str(said.stars), field(case, "review.stars"))
    yield from _kept_on_file(case, said)


def _is_example(case: Case, said: Review) -> bool:
    """Whether the words are those of a shipped example, in a brief that is none of ours."""
    ours = sample.of(PRAISE).get("review", {})
    own = ours.get("text", "") if isinstance(ours, dict) else ""
    plain = "".join(said.text.split())
    return plain == "".join(str(own).split()) and not case.script.brief.file.resolve().is_relative_to(kit.bundled())


def _kept_on_file(case: Case, said: Review) -> Iterator[Finding]:
    """What proves that a review is real."""
    if said.order and masking.STAR not in said.order and BARE.search(said.order):
        yield finding("review.order-bare", said.order, field(case, "review.order"), masked=declared.starred(said.order))
    if said.consent and not any(_one_person(said.name, name) for name in _names(case, said.consent)):
        yield finding("review.other-consent", said.name, field(case, "review.name"), consent=said.consent)
    unsaid = {"order": not said.order, "consent": not said.consent, "used": case.mode == "ad" and said.used is None}
    lacks = [name for name, lacking in unsaid.items() if lacking]
    if lacks:
        parts = table("rules/reasons")["review.unproved"]["parts"]
        yield finding("review.unproved", "客户的评价", field(case, "review"), **_joined(parts[name] for name in lacks))


def _names(case: Case, consent: str) -> Iterator[str]:
    """Every name of whoever gave a consent, of a home that of its owner."""
    book = case.script.consents
    others = (name for one in (book.of(consent) if book else ()) for name in one.names)
    yield from (name.removesuffix("家") or name for name in (consent, *others))


def _one_person(shown: str, name: str) -> bool:
    """Whether a review's name as it is shown (周先生, 张**) may be that of a consent, which has its surname and, if it has a title, the same; what
    tells of nobody (匿名, 评价3) may be anybody's.
    """
    surname = SURNAME.match(shown)
    if not surname or not NAME.fullmatch(name):
        return True
    titles = tuple(table("roles")["titles"].split())
    title = shown[1:] if shown.endswith(titles) and name.endswith(titles) else ""
    return surname[0] in name and name.endswith(title)


def _joined(parts: Iterable[dict[str, str]]) -> dict[str, str]:
    """What is not said yet and how to say it, Chinese and English, each as one list."""
    listed = tuple(parts)
    keys = {"lacks": "、", "lacks_en": ", ", "adds": "，", "adds_en": ", "}
    return {key: mark.join(one[key] for one in listed) for key, mark in keys.items()}


@rule("endorser", "ad")
def endorser(case: Case) -> Iterator[Finding]:
    """Who speaks for a service in an advertisement has used it and is no child under ten, neither by its age nor in words (八岁的小客户也夸);
    no child is urged to make its parents buy.
    """
    least = int(figure("endorser_age"))
    said = case.script.brief.review
    if said and said.age is not None and said.age < least:
        yield finding("endorser.child", str(said.age), field(case, "review.age"), least=least)
    if said and said.used is False:
        yield finding("endorser.unused", "用过: 否", field(case, "review.used"))
    for found, where in (*claimed(case, "child", quoted=True), *_by_child(case)):
        yield told("endorser.words", found, where, least=least)
    yield from (told("endorser.urged", found, where) for found, where in claimed(case, "urged", quoted=True))


def _by_child(case: Case) -> Iterator[tuple[re.Match[str], Said]]:
    """What a child says of itself in a customer's words."""
    return ((found, said) for found, said in claimed(case, "said_by_child", quoted=True) if said.where == "review.text")


@rule("bought-review")
def bought(case: Case) -> Iterator[Finding]:
    """Nothing is given for good reviews: no money back, no presents for pictures, no reviews written or bought."""
    yield from (told("bought-review.words", found, said) for found, said in claimed(case, "bought", quoted=True))
    how = case.script.brief.gift.how if case.script.brief.gift else ""
    if within("praised", how) and not within("bought", how):
        yield finding("bought-review.words", how, field(case, "gift.how"))

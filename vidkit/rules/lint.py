"""A script, its clips and its posts' words → everything the rules find, in the order people meet it, and as problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vidkit import plan
from vidkit.mode import mode
from vidkit.problems import problem
from vidkit.rules import ai, certificates, claims, personal, prices, public, reviews, words  # noqa: F401  # their rules register themselves
from vidkit.rules.finding import Case, Finding, Said
from vidkit.rules.registry import found

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vidkit.plan import Plan, Script
    from vidkit.problems import Problem

CODES = {"ban": "VK-W001", "caution": "VK-W002", "evidence": "VK-W004"}


def examine(script: Script, plans: Sequence[Plan], said: Sequence[Said] = ()) -> tuple[Finding, ...]:
    """What the rules find in a script, the clips planned for it and everything ``said`` in its posts."""
    meant = mode(script.brief, script.template, script.brand)
    where = tuple(one.platform for one in plans) or plan.platforms(script)
    case = Case(script, meant, where, tuple(said), script.today, tuple(plans))
    return _once(dict.fromkeys(found(case)))


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings without those in made words (a caption, a poster) that repeat what another text says already."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for one in findings:
        name = (one.rule, one.words)
        if ":" not in one.said.where or name not in seen:
            kept.append(one)
        seen.add(name)
    return tuple(kept)


def problems(findings: Iterable[Finding]) -> tuple[Problem, ...]:
    """What was found as problems: VK-W001 for what is banned, VK-W002 for what is to be thought over, VK-W004 for what needs proof."""
    return tuple(dict.fromkeys(_problem(one) for one in findings))


def _problem(one: Finding) -> Problem:
    return problem(
        CODES[one.level],
        one.said.place,
        words=one.words,
        why=one.why[0],
        why_en=one.why[1],
        law=one.law[0],
        law_en=one.law[1],
        rewrite=one.rewrite[0],
        rewrite_en=one.rewrite[1],
    )

"""The rules by name, and for which kinds of post each one holds. A rule is one function with ``@rule``; its docstring is its documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vidkit.briefs.mode import MODES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from vidkit.briefs.mode import Mode
    from vidkit.rules.finding import Case, Finding

    Check = Callable[[Case], Iterable[Finding]]


class Rule(NamedTuple):
    """A rule: its name, the function that finds what breaks it, the kinds of post it holds for."""

    name: str
    check: Check
    modes: tuple[Mode, ...]


RULES: dict[str, Rule] = {}


def rule(name: str, *modes: Mode) -> Callable[[Check], Check]:
    """Register a function as a rule that holds for these kinds of post, for all of them when none is named."""

    def registered(check: Check) -> Check:
        RULES[name] = Rule(name, check, modes or MODES)
        return check

    return registered


def found(case: Case) -> Iterator[Finding]:
    """What every rule that holds for a case finds, rule by rule."""
    for one in RULES.values():
        if case.mode in one.modes:
            yield from one.check(case)

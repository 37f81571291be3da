"""A script, its clips and its posts' words → everything the rules find, in the order people meet it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vidkit.mode import mode
from vidkit.rules.finding import Case, Finding, Said
from vidkit.rules.registry import found

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vidkit.plan import Plan, Script


def examine(script: Script, plans: Sequence[Plan], said: Sequence[Said] = ()) -> tuple[Finding, ...]:
    """What the rules find in a script, the clips planned for it and everything ``said`` in its posts."""
    meant = mode(script.brief, script.template, script.brand)
    case = Case(script, meant, tuple(one.platform for one in plans), tuple(said), script.today, tuple(plans))
    return tuple(dict.fromkeys(found(case)))

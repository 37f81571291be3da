"""Whose consent a post needs, and which of it is missing on a day, for a platform and a purpose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vidkit.plan import Script
    from vidkit.platform import Platform
    from vidkit.problems import Problem


@dataclass(frozen=True)
class Lack:
    """A consent that is missing or does not reach: whose (as people call her or the home), and the problem that says why and what to do."""

    who: str
    problem: Problem


def lacking(script: Script, where: Platform) -> tuple[Lack, ...]:
    """Every consent that a script's post on a platform lacks on the script's day; nothing where no ledger was looked at."""
    del script, where
    return ()

"""A brief's clips, as tests ask for them."""

from __future__ import annotations

from vidkit import plan


def planned(script: plan.Script, chosen: str | None = None, *, draft: bool = False) -> tuple[plan.Plan, ...]:
    """The clip for every platform asked for, or named by the brief."""
    return tuple(plan.plan(script, where, draft=draft) for where in plan.platforms(script, chosen))

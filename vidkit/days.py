"""Days of the calendar, written 2026-11-26, counted on."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def years_later(day: str, years: int) -> str:
    """The same day of the same month so many years later; the 28th for a 29 February where that year has none."""
    first = date.fromisoformat(day)
    year = first.year + years
    return first.replace(year=year, day=min(first.day, monthrange(year, first.month)[1])).isoformat()

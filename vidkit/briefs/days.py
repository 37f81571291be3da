"""Days of the calendar, written 2026-11-26: counted on, and spelt out."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date


def years_later(day: str, years: int) -> str:
    """The same day of the same month so many years later; the 28th for a 29 February where that year has none."""
    first = date.fromisoformat(day)
    year = first.year + years
    return first.replace(year=year, day=min(first.day, monthrange(year, first.month)[1])).isoformat()


def spelt(day: str) -> str:
    """A day as it is written out (2026-11-03 → 2026年11月3日); anything else as it is."""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", day)
    return f"{found[1]}年{int(found[2])}月{int(found[3])}日" if found else day

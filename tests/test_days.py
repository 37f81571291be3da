"""Days counted on and spelt out."""

from __future__ import annotations

import pytest

from vidkit.briefs import days


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [
        ("2026-11-26", 1, "2027-11-26"),
        ("2026-11-30", 1, "2027-11-30"),
        ("2026-12-31", 3, "2029-12-31"),
        ("2028-02-29", 1, "2029-02-28"),
        ("2028-02-29", 4, "2032-02-29"),
    ],
)
def test_a_year_later_it_is_the_same_day(day: str, years: int, later: str) -> None:
    """Whatever day of the month, but for a leap day."""
    assert days.years_later(day, years) == later


@pytest.mark.parametrize(
    ("day", "said"), [("2026-11-03", "2026年11月3日"), ("2026-11-30", "2026年11月30日"), ("", ""), ("月底", "月底")]
)
def test_a_day_as_it_is_written_out(day: str, said: str) -> None:
    """Without noughts before its figures; what is no day stays."""
    assert days.spelt(day) == said

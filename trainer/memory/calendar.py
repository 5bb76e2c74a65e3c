"""Study days: whole days that begin at four in the morning, local time."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

ROLLOVER = timedelta(hours=4)
"""A night shift that ends at two still belongs to the day it began."""

_ZONES_AHEAD = timedelta(days=1)
"""How far the day of an answer may lie in the future: another time zone."""


def is_credible(day: date, today: date) -> bool:
    """Whether something may have been answered on that day; if not, the clock was wrong, and nobody knows when it was."""
    return day <= today + _ZONES_AHEAD


def study_day(at: datetime, zone: tzinfo) -> date:
    """The study day of an instant (aware) where the learner is."""
    return (at.astimezone(zone).replace(tzinfo=None) - ROLLOVER).date()

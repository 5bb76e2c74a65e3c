"""Study days: whole days that begin at four in the morning, local time."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

ROLLOVER = timedelta(hours=4)
"""A night shift that ends at two still belongs to the day it began."""


def study_day(at: datetime, zone: tzinfo) -> date:
    """The study day of an instant (aware) where the learner is."""
    return (at.astimezone(zone).replace(tzinfo=None) - ROLLOVER).date()

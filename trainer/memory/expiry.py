"""How long a learner's answers are kept: as long as they answer, then some months, then a grace announced beforehand.

A clock may be wrong, once or for good, so no single look at it ever erases anything.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, date, timedelta
from enum import Enum
from typing import NamedTuple

MONTHS = 12
"""How long answers are kept after the last one, unless somebody decides otherwise."""
NOTICE = timedelta(days=30)
"""How long before the erasure it is announced."""
SIGHTINGS = 3
"""Days on which a run has to find that the time is over."""
LONGEST_GAP = timedelta(days=90)
"""A longer silence between two of those days is no witness: the clock may have jumped."""


class Fate(Enum):
    """What becomes of a learner's answers today."""

    KEPT = 1
    ANNOUNCED = 2
    ERASED = 3


class Mark(NamedTuple):
    """Since when the erasure is announced, the last day on which a run found it due, on how many days in all."""

    since: date
    seen: date
    times: int = 1

    @property
    def erased(self) -> date:
        """The first day on which the answers may be erased."""
        return self.since + NOTICE


def expiry(last: date, months: int) -> date:
    """The same day of the month so many months later, or the last one of that month."""
    years, month = divmod(last.month - 1 + months, 12)
    year = last.year + years
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(last.day, monthrange(year, month + 1)[1]))


def weigh(last: date | None, today: date, months: int, mark: Mark | None) -> tuple[Fate, Mark | None]:
    """What becomes of answers of which the last sign is of that day, and the mark to leave; 0 months: no limit.

    Whoever answered is kept, and the mark goes. The mark starts anew when it is older than the last sign, when the
    clock has gone back since, or when nothing was seen of the folder for too long.
    """
    if not months or last is None or today < expiry(last, months):
        return Fate.KEPT, None
    if (
        mark is None
        or not expiry(last, months) <= mark.since <= mark.seen <= today <= mark.seen + LONGEST_GAP
    ):
        return Fate.ANNOUNCED, Mark(today, today)
    if today > mark.seen:
        mark = Mark(mark.since, today, mark.times + 1)
    over = today >= mark.erased and mark.times >= SIGHTINGS
    return (Fate.ERASED if over else Fate.ANNOUNCED), mark

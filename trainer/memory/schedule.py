"""From one review to the next: FSRS-6 in whole days. The only importer of fsrs-rs.

Source: «A Stochastic Shortest Path Algorithm for Optimizing Spaced Repetition Scheduling» (Ye et al., 2022) and
the FSRS-6 reference implementation, whose published vectors stand in the tests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor

from fsrs_rs_python import DEFAULT_PARAMETERS, FSRS, MemoryState

from trainer.memory.reviews import Rating

RETENTION = 0.90
"""The chance of remembering at which a card comes back; 0.85 to 0.95 make sense."""
LONGEST = 365
"""No card is put off for longer than this many days."""
LEECH_LAPSES = 5
"""A card forgotten this often needs another explanation, not another review."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is believed of a card after its reviews; a card without one was never reviewed.

    `stability` in days, `difficulty` from 1 to 10; `relearning` is true from a failure to the next success.
    """

    stability: float
    difficulty: float
    last: date
    due: date
    relearning: bool = False
    reviews: int = 1
    lapses: int = 0

    @property
    def is_leech(self) -> bool:
        """Whether it keeps being forgotten."""
        return self.lapses >= LEECH_LAPSES

    def due_on(self, today: date) -> date:
        """The day it is due, as seen from today: a review dated in the future counts as made today."""
        return self.due - max(self.last - today, timedelta(0))


class Scheduler:
    """A pure function of (schedule or None, rating, day), for one set of FSRS parameters."""

    def __init__(
        self,
        parameters: Sequence[float] = tuple(DEFAULT_PARAMETERS),
        retention: float = RETENTION,
        longest: int = LONGEST,
    ) -> None:
        self._fsrs = FSRS(list(parameters))
        self._decay = -parameters[-1]
        self._factor = 0.9 ** (1 / self._decay) - 1
        self._retention = retention
        self._longest = longest

    def after(self, schedule: Schedule | None, rating: Rating, day: date) -> Schedule:
        """The schedule once the card got that rating on that study day."""
        memory, elapsed = None, 0
        if schedule is not None:
            memory = MemoryState(schedule.stability, schedule.difficulty)
            elapsed = min(max((day - schedule.last).days, 0), self._longest + 1)
        states = self._fsrs.next_states(memory, self._retention, elapsed)
        state = (states.again, states.hard, states.good, states.easy)[rating - 1]
        failed = rating is Rating.AGAIN
        interval = 0 if failed else min(max(floor(state.interval + 0.5), 1), self._longest)
        lapse = failed and schedule is not None and not schedule.relearning
        return Schedule(
            state.memory.stability,
            state.memory.difficulty,
            day,
            day + timedelta(days=interval),
            failed,
            (schedule.reviews if schedule else 0) + 1,
            (schedule.lapses if schedule else 0) + lapse,
        )

    def intervals(self, schedule: Schedule | None, day: date) -> Mapping[Rating, int]:
        """For each grade, in how many days the card would come back; 0 is «in this session»."""
        return {
            rating: (self.after(schedule, effective(schedule, rating, day), day).due - day).days
            for rating in Rating
        }

    def retrievability(self, schedule: Schedule, day: date) -> float:
        """The probability of remembering on that day, 0 to 1."""
        elapsed = max((day - schedule.last).days, 0)
        return float((1 + self._factor * elapsed / schedule.stability) ** self._decay)


def counts(schedule: Schedule | None, rating: Rating, day: date) -> bool:
    """Whether an answer is a review: the day's first one, or the first success after a failure."""
    if schedule is None or schedule.last != day:
        return True
    return schedule.relearning and rating is not Rating.AGAIN


def effective(schedule: Schedule | None, rating: Rating, day: date) -> Rating:
    """The grade that FSRS is given: the success that follows a failure on the same day is Good."""
    relearnt = schedule is not None and schedule.relearning and schedule.last == day
    return Rating.GOOD if relearnt and rating is not Rating.AGAIN else rating

"""From one review to the next: FSRS-6 in whole days.

Source: «A Stochastic Shortest Path Algorithm for Optimizing Spaced Repetition Scheduling» (Ye et al., 2022) and
the FSRS-6 reference implementation, whose published vectors stand in the tests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import floor
from operator import attrgetter
from typing import NamedTuple

from fsrs_rs_python import DEFAULT_PARAMETERS, FSRS, MemoryState

from trainer.memory.calendar import is_credible
from trainer.memory.reviews import Rating

RETENTION = 0.90
"""The chance of remembering at which a card comes back; 0.85 to 0.95 make sense."""
LONGEST = 365
"""No card is put off for longer than this many days."""
LEECH_LAPSES = 5
"""A card forgotten this often needs another explanation, not another review."""

Parameters = tuple[float, ...]
"""The 21 numbers of FSRS-6, in its order."""
DEFAULTS: Parameters = tuple(DEFAULT_PARAMETERS)
"""The parameters that the authors of FSRS publish, fitted on the reviews of thousands of people."""
_STABILITY = (0.001, 100.0)
_BOUNDS = (
    *(_STABILITY, _STABILITY, _STABILITY, _STABILITY),  # stability after the first answer, for each rating
    *((1.0, 10.0), (0.001, 4.0), (0.001, 4.0), (0.001, 0.75)),  # difficulty
    *((0.0, 4.5), (0.0, 0.8), (0.001, 3.5)),  # stability after a success
    *((0.001, 5.0), (0.001, 0.25), (0.001, 0.9), (0.0, 4.0)),  # stability after a failure
    *((0.0, 1.0), (1.0, 6.0)),  # what hard and easy change of it
    *((0.0, 2.0), (0.0, 2.0), (0.0, 0.8)),  # answers of the same day
    (0.1, 0.8),  # the pace of forgetting
)
"""Between what each parameter lies; source: `parameter_clipper` of fsrs-rs, which keeps its optimiser inside."""
_SINGLE = 1e-6
"""By how much of itself a bound may be passed: fsrs-rs computes in single precision."""

_DECAY_AT = 20
"""Where FSRS-6 keeps the pace of forgetting among its parameters."""
_DECAY_OF_FSRS_5 = 0.5
"""What fsrs-rs completes the shorter parameter lists of older versions with."""

_AGAIN, _GOOD = Rating.AGAIN, Rating.GOOD
_STATE_OF = tuple(attrgetter(rating.name.lower()) for rating in Rating)
"""From «again» to «easy», how to reach what fsrs-rs foresees after it: a rating less one is its place."""


class Schedule(NamedTuple):
    """What is believed of a card after its reviews; a card without one was never reviewed.

    `stability` in days, `difficulty` from 1 to 10; `relearning` is true from a failure to the next success.
    A named tuple because replaying years of answers makes them by the hundred thousand.
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

    def is_due(self, today: date) -> bool:
        """Whether it is due on that day, or overdue."""
        return self.due_on(today) <= today

    def due_on(self, today: date) -> date:
        """The day it is due, as seen from today: a review dated tomorrow counts as made today, a later one is no excuse."""
        if self.last <= today:  # nearly always, and a start asks it of every card
            return self.due
        if not is_credible(self.last, today):
            return today
        ahead = self.last - today
        return self.due - ahead


class Scheduler:
    """A pure function of (schedule or None, rating, day), for one set of FSRS parameters."""

    def __init__(
        self,
        parameters: Sequence[float] = DEFAULTS,
        retention: float = RETENTION,
        longest: int = LONGEST,
    ) -> None:
        self.settings = (tuple(parameters), retention, longest)
        self._fsrs = FSRS(list(parameters))
        self._decay = -(parameters[_DECAY_AT] if len(parameters) > _DECAY_AT else _DECAY_OF_FSRS_5)
        # Stability is, by definition, the days after which the chance is 0.9, whatever retention is wanted.
        self._factor = 0.9 ** (1 / self._decay) - 1
        self._retention = retention
        self._longest = longest

    def after(self, schedule: Schedule | None, rating: Rating, day: date) -> Schedule:
        """The schedule once the card got that rating, made `effective`, on that study day, by an answer that `counts`."""
        memory, elapsed, reviews, lapses = None, 0, 0, 0
        failed = rating is _AGAIN
        if schedule is not None:
            stability, difficulty, last, _, relearning, reviews, lapses = schedule
            memory = MemoryState(stability, difficulty)
            # A wrong clock must not inflate a memory: past the longest delay, more days say no more.
            elapsed = min(max((day - last).days, 0), self._longest + 1)
            was_known = not relearning and day != last  # however hard a day, it is one lapse at most
            lapses += failed and was_known
        state = _STATE_OF[rating - 1](self._fsrs.next_states(memory, self._retention, elapsed))
        interval_rounded = floor(state.interval + 0.5)  # halves go up, unlike with `round`
        interval = 0 if failed else min(max(interval_rounded, 1), self._longest)
        due = date.fromordinal(day.toordinal() + interval)
        memory = state.memory
        return Schedule._make((memory.stability, memory.difficulty, day, due, failed, reviews + 1, lapses))

    def intervals(self, schedule: Schedule | None, day: date) -> Mapping[Rating, int]:
        """For each grade, in how many days the card would come back; 0 is «in this session»."""
        return {rating: (self._due(schedule, rating, day) - day).days for rating in Rating}

    def _due(self, schedule: Schedule | None, rating: Rating, day: date) -> date:
        """The day the card is due after an answer, one that does not count included."""
        if schedule is not None and not counts(schedule, rating, day):
            return max(schedule.due, day)
        return self.after(schedule, effective(schedule, rating, day), day).due

    def retrievability(self, schedule: Schedule, day: date) -> float:
        """The probability of remembering on that day, 0 to 1."""
        elapsed = max((day - schedule.last).days, 0)
        return float((1 + self._factor * elapsed / schedule.stability) ** self._decay)


def are_usable(parameters: Sequence[float]) -> bool:
    """Whether these are parameters of FSRS-6, each inside the bounds of its optimiser."""
    return len(parameters) == len(_BOUNDS) and all(
        low * (1 - _SINGLE) <= value <= high * (1 + _SINGLE)
        for value, (low, high) in zip(parameters, _BOUNDS, strict=True)
    )


def counts(schedule: Schedule | None, rating: Rating, day: date) -> bool:
    """Whether a rated answer changes the schedule: the day's first one, every failure, and the first success after one.

    A failure tells, however recent the last answer; another success on the same day tells nothing.
    """
    if schedule is None or schedule.last != day:
        return True
    return rating is _AGAIN or schedule.relearning


def effective(schedule: Schedule | None, rating: Rating, day: date) -> Rating:
    """The grade that FSRS is given: the success that follows a failure on the same day is Good.

    How easy it was minutes after the answer was shown says nothing of how long it will last.
    """
    relearnt = schedule is not None and schedule.relearning and schedule.last == day
    return _GOOD if relearnt and rating is not _AGAIN else rating

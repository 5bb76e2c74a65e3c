"""Other FSRS parameters for the same reviews: fitted on the earlier ones, judged on the later ones. Pure.

Source: the optimiser of fsrs-rs, by the authors of FSRS; it shuffles from a fixed seed, so that the same reviews give
the same parameters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from math import log
from typing import NamedTuple

from fsrs_rs_python import FSRS, FSRSItem, FSRSReview

from trainer.glossary.past import Past
from trainer.memory.cards import Card
from trainer.memory.history import History, answers, recast
from trainer.memory.reviews import Fact, Rating
from trainer.memory.schedule import (
    DEFAULTS,
    LONGEST,
    Parameters,
    Schedule,
    Scheduler,
    are_usable,
    effective,
)

LEAST = 1000
"""Fewer revisions than this say nothing sure."""
EARLIER = 0.8
"""The share of the revisions, the earliest ones, that parameters are fitted on; the others judge them."""
DIGITS = 4
"""Decimals of a loss; a difference beyond them is none."""

_RELEARNING_STEPS = 1
_DAY = date(2000, 1, 1)


class Step(NamedTuple):
    """A review that counted: the grade that FSRS was given, the study day and the instant."""

    rating: Rating
    day: date
    at: datetime


Trail = Sequence[Step]
"""All that counted for one card of one learner, in order.

A step on a later day than the one before it is a *revision*: only those tell what was remembered.
"""


class Forecast(NamedTuple):
    """How well a scheduler foresees revisions: the mean chance it gave to a success, and the log loss in nats."""

    recall: float
    loss: float


class Trial(NamedTuple):
    """New parameters and how they did, beside the current ones, on revisions that they were not fitted on.

    `revisions` counts all of them, `tested` the later ones; `recall` is the share of those that succeeded.
    """

    parameters: Parameters
    revisions: int
    tested: int
    recall: float
    before: Forecast
    after: Forecast

    @property
    def improves(self) -> bool:
        """Whether the loss is lower, as far as its decimals are shown."""
        return round(self.after.loss, DIGITS) < round(self.before.loss, DIGITS)


def trails(facts: Iterable[Fact], past: Past | None = None) -> list[Trail]:
    """What counted for each card of one learner, which is what the history schedules and nothing else."""
    history = History()
    found: dict[Card, list[Step]] = {}
    for each in answers(facts).standing:
        review = recast(each, past) if past else each
        before = history.schedule(review.card)
        history.apply(review)
        after = history.schedule(review.card)
        if review.rating is not None and _reviews(after) > _reviews(before):
            step = Step(effective(before, review.rating, review.day), review.day, review.at)
            found.setdefault(review.card, []).append(step)
    return list(found.values())


def _reviews(schedule: Schedule | None) -> int:
    return schedule.reviews if schedule is not None else 0


def revisions(trail: Trail) -> list[Step]:
    """The steps on a later day than the one before."""
    return [step for last, step in pairwise(trail) if step.day > last.day]


def attempt(pool: Sequence[Trail], current: Parameters) -> Trial:
    """Fit parameters on the earlier revisions, and compare them with the current ones on the later ones.

    ValueError if there are no revisions, or the optimiser finds nothing usable.
    """
    instants = sorted(step.at for trail in pool for step in revisions(trail))
    if not instants:
        raise ValueError("no revisions")
    since = instants[int(len(instants) * EARLIER)]
    parameters = fit(pool, since)
    outcomes = [
        step.rating is not Rating.AGAIN for trail in pool for step in revisions(trail) if step.at >= since
    ]
    return Trial(
        parameters,
        len(instants),
        len(outcomes),
        sum(outcomes) / len(outcomes),
        forecast(pool, Scheduler(current), since),
        forecast(pool, Scheduler(parameters), since),
    )


def fit(pool: Iterable[Trail], until: datetime) -> Parameters:
    """The parameters that the revisions before an instant suggest; ValueError if they suggest nothing usable."""
    items = sorted(
        _items(pool, until), key=lambda item: item[0]
    )  # the optimiser gives later ones more weight
    try:
        found = FSRS(list(DEFAULTS)).compute_parameters(
            [item for _, item in items], num_relearning_steps=_RELEARNING_STEPS
        )
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of Rust is no Exception
        raise ValueError(f"the optimiser failed: {error}") from error
    if not are_usable(found):
        raise ValueError("the optimiser found no parameters of FSRS-6")
    return tuple(found)


def _items(pool: Iterable[Trail], until: datetime) -> Iterator[tuple[datetime, FSRSItem]]:
    """Each revision before an instant, behind all that happened to its card before."""
    for trail in pool:
        reviews: list[FSRSReview] = []
        last = None
        for step in trail:
            elapsed = 0 if last is None else min(max((step.day - last).days, 0), LONGEST + 1)
            reviews.append(FSRSReview(int(step.rating), elapsed))
            if elapsed and step.at < until:
                yield step.at, FSRSItem(reviews)
            last = step.day


def forecast(pool: Iterable[Trail], scheduler: Scheduler, since: datetime) -> Forecast:
    """How a scheduler foresees the revisions from an instant on, of which there must be some."""
    chances, losses = [], []
    for trail in pool:
        schedule = None
        for step in trail:
            if schedule is not None and step.day > schedule.last and step.at >= since:
                chance = scheduler.retrievability(schedule, step.day)
                chances.append(chance)
                losses.append(-log(1 - chance if step.rating is Rating.AGAIN else chance))
            schedule = scheduler.after(schedule, step.rating, step.day)
    return Forecast(sum(chances) / len(chances), sum(losses) / len(losses))


def interval(parameters: Parameters, grades: Iterable[Rating]) -> int:
    """In how many days a card comes back after these grades, each given on the day it was due."""
    scheduler, schedule, day = Scheduler(parameters), None, _DAY
    for grade in grades:
        schedule = scheduler.after(schedule, grade, day)
        day = schedule.due
    return (day - schedule.last).days if schedule is not None else 0

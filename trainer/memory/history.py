"""The state of a learner: the fold of all their facts, in an order that no clock can change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from trainer.glossary.decks import Format
from trainer.memory.cards import Card
from trainer.memory.games import Games
from trainer.memory.reviews import Fact, Rating, Retraction, Review, fact_order
from trainer.memory.schedule import Schedule, Scheduler, counts, effective

K = TypeVar("K")

_MATCH = Format.MATCH


@dataclass(slots=True)
class Tally:
    """How many answers, and how many of them right."""

    answers: int = 0
    right: int = 0


@dataclass
class History:
    """What a learner's answers amount to; changed by `apply` alone.

    `owed` are the cards recognised among options but not yet recalled; `introduced` holds the day each subject was
    first answered, `answered` the last one; `begun` counts the cards first answered on a day; `confusions` counts pairs
    (asked, chosen); `games` holds the best matching games.
    """

    scheduler: Scheduler = field(default_factory=Scheduler)
    schedules: dict[Card, Schedule] = field(default_factory=dict)
    owed: set[Card] = field(default_factory=set)
    tallies: dict[Card, Tally] = field(default_factory=dict)
    introduced: dict[str, date] = field(default_factory=dict)
    answered: dict[str, date] = field(default_factory=dict)
    days: dict[date, Tally] = field(default_factory=dict)
    begun: Counter[date] = field(default_factory=Counter)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    games: Games = field(default_factory=Games)
    counter: int = 0

    def schedule(self, card: Card) -> Schedule | None:
        """What is believed of a card; None if it was never reviewed."""
        return self.schedules.get(card)

    def is_new(self, card: Card) -> bool:
        """Whether the card was never asked (matching pairs is play, not asking)."""
        return card not in self.schedules and card not in self.owed

    def apply(self, review: Review) -> None:
        """Add one review that is later than all those before it."""
        card, day = review.card, review.day
        if review.counter > self.counter:
            self.counter = review.counter
        _count(self.tallies, card, review.correct)
        _count(self.days, day, review.correct)
        if review.chosen:
            self.confusions[card.subject, review.chosen] += 1
        if review.format is _MATCH:
            self._disturb(review)
            self.games.apply(review)
        else:
            self._begin(card, day)
            self._reschedule(card, review.rating, day)

    def _begin(self, card: Card, day: date) -> None:
        if self.is_new(card):
            self.begun[day] += 1
            self.introduced.setdefault(card.subject, day)
        self.answered[card.subject] = day

    def _reschedule(self, card: Card, rating: Rating | None, day: date) -> None:
        schedule = self.schedules.get(card)
        if rating is None:
            if schedule is None:
                self.owed.add(card)
        elif counts(schedule, rating, day):
            self.schedules[card] = self.scheduler.after(schedule, effective(schedule, rating, day), day)
            self.owed.discard(card)

    def _disturb(self, review: Review) -> None:
        """A wrong pair rates nothing, but makes the card due."""
        schedule = self.schedules.get(review.card)
        if schedule is not None and not review.correct:
            self.schedules[review.card] = schedule._replace(due=min(schedule.due, review.day))


def _count(tallies: dict[K, Tally], key: K, correct: bool) -> None:
    """Add an answer to the tally of a card or a day."""
    tally = tallies.get(key)
    if tally is None:
        tally = tallies[key] = Tally()
    tally.answers += 1
    tally.right += correct


def replay(facts: Iterable[Fact], scheduler: Scheduler | None = None) -> History:
    """The history of a set of facts, whatever their order and however often each is repeated."""
    unique = {fact.id: fact for fact in sorted(facts, key=fact_order)}
    gone = {fact.of for fact in unique.values() if isinstance(fact, Retraction)}
    history = History(scheduler or Scheduler())
    for fact in unique.values():
        if isinstance(fact, Review) and fact.id not in gone:
            history.apply(fact)
    history.counter = max((fact.counter for fact in unique.values()), default=0)
    return history

"""The state of a learner: the fold of all their facts, in an order that no clock can change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from trainer.glossary.decks import Format
from trainer.memory.cards import Card
from trainer.memory.reviews import Fact, Retraction, Review, fact_order
from trainer.memory.schedule import Schedule, Scheduler, counts, effective


@dataclass(slots=True)
class Tally:
    """How many answers, and how many of them right."""

    answers: int = 0
    right: int = 0

    def add(self, correct: bool) -> None:
        """Count one more answer."""
        self.answers += 1
        self.right += correct


@dataclass
class History:
    """What a learner's answers amount to; changed by `apply` alone.

    `introduced` holds the day each subject was first answered, `answered` the last one; `begun` counts the cards first
    answered on a day; `confusions` counts pairs (asked, chosen).
    """

    scheduler: Scheduler = field(default_factory=Scheduler)
    schedules: dict[Card, Schedule] = field(default_factory=dict)
    tallies: dict[Card, Tally] = field(default_factory=dict)
    introduced: dict[str, date] = field(default_factory=dict)
    answered: dict[str, date] = field(default_factory=dict)
    days: dict[date, Tally] = field(default_factory=dict)
    begun: Counter[date] = field(default_factory=Counter)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    counter: int = 0

    def schedule(self, card: Card) -> Schedule | None:
        """What is believed of a card; None if it was never reviewed."""
        return self.schedules.get(card)

    def is_new(self, card: Card) -> bool:
        """Whether the card was never answered."""
        return card not in self.tallies

    def is_owed(self, card: Card) -> bool:
        """Whether the card was recognised among options but not yet recalled."""
        return card in self.tallies and card not in self.schedules

    def apply(self, review: Review) -> None:
        """Add one review that is later than all those before it."""
        card, day = review.card, review.day
        self.counter = max(self.counter, review.counter)
        if card not in self.tallies:
            self.tallies[card] = Tally()
            self.begun[day] += 1
        self.tallies[card].add(review.correct)
        self.days.setdefault(day, Tally()).add(review.correct)
        self.introduced.setdefault(card.subject, day)
        self.answered[card.subject] = day
        if review.chosen:
            self.confusions[card.subject, review.chosen] += 1
        self._reschedule(review)

    def _reschedule(self, review: Review) -> None:
        schedule = self.schedules.get(review.card)
        if review.rating is not None and counts(schedule, review.rating, review.day):
            rating = effective(schedule, review.rating, review.day)
            self.schedules[review.card] = self.scheduler.after(schedule, rating, review.day)
        elif schedule is not None and review.format is Format.MATCH and not review.correct:
            self.schedules[review.card] = replace(schedule, due=min(schedule.due, review.day))


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

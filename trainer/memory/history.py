"""The state of a learner: the fold of all their facts, in an order that no clock can change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeVar

from trainer.glossary.decks import Format
from trainer.glossary.past import Past
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card
from trainer.memory.games import Games
from trainer.memory.reviews import Fact, Rating, Retraction, Review, fact_order
from trainer.memory.schedule import Schedule, Scheduler, counts, effective

K = TypeVar("K")

_MATCH = Format.MATCH
_FACETS = tuple(Facet)  # walking the enumeration itself would take most of the time of a confusion


@dataclass(slots=True)
class Tally:
    """How many answers, and how many of them right."""

    answers: int = 0
    right: int = 0


class Confusion(NamedTuple):
    """How often one subject was asked and one term answered instead, and on which day last.

    `asked_right` and `chosen_right` are the right answers that each of the two had got by that last time.
    """

    times: int
    last: date
    asked_right: int = 0
    chosen_right: int = 0


@dataclass
class History:
    """What a learner's answers amount to; changed by `apply` alone.

    `owed` are the cards recognised among options but not yet recalled; `introduced` holds the day each subject was
    first answered, `answered` the last one; `begun` counts the cards first answered on a day; `confusions` holds the pairs
    (asked, chosen) of subjects; `games` holds the best matching games. `tallies` and `days` count answers; tries in a game count
    in `plays` alone. `past` tells what old answers are about by now.
    """

    scheduler: Scheduler = field(default_factory=Scheduler)
    schedules: dict[Card, Schedule] = field(default_factory=dict)
    owed: set[Card] = field(default_factory=set)
    tallies: dict[Card, Tally] = field(default_factory=dict)
    plays: dict[Card, Tally] = field(default_factory=dict)
    introduced: dict[str, date] = field(default_factory=dict)
    answered: dict[str, date] = field(default_factory=dict)
    days: dict[date, Tally] = field(default_factory=dict)
    begun: Counter[date] = field(default_factory=Counter)
    confusions: dict[tuple[str, str], Confusion] = field(default_factory=dict)
    games: Games = field(default_factory=Games)
    counter: int = 0
    past: Past | None = None

    @property
    def total(self) -> Tally:
        """All answers that were not taken back, whatever they are about."""
        return summed(self.tallies.values())

    @property
    def tries(self) -> Tally:
        """All tries in games."""
        return summed(self.plays.values())

    def schedule(self, card: Card) -> Schedule | None:
        """What is believed of a card; None if it was never reviewed."""
        return self.schedules.get(card)

    def is_new(self, card: Card) -> bool:
        """Whether the card was never asked (matching pairs is play, not asking)."""
        return card not in self.schedules and card not in self.owed

    def right(self, subject: str) -> int:
        """How many answers on a subject were right, from whichever side it was asked, those of games included."""
        right = 0
        for facet in _FACETS:
            card = Card(subject, facet)
            tally = self.tallies.get(card)
            if tally is not None:
                right += tally.right
            if self.plays and card in self.plays:
                right += self.plays[card].right
        return right

    def apply(self, review: Review) -> None:
        """Add one review that is later than all those before it."""
        if self.past is not None:
            review = recast(review, self.past)
        card, day = review.card, review.day
        if review.counter > self.counter:
            self.counter = review.counter
        if review.format is _MATCH:
            self._play(review)
        else:
            _count(self.tallies, card, review.correct)
            _count(self.days, day, review.correct)
            self._begin(card, day)
            self._reschedule(card, review.rating, day)
        if review.chosen:
            self._confuse(card.subject, review.chosen, day)

    def _play(self, review: Review) -> None:
        """A try in a game; of the two reviews that a wrong pair makes, only that of the acronym asked is one."""
        if review.correct or review.game is not None:
            _count(self.plays, review.card, review.correct)
        self._disturb(review)
        self.games.apply(review)

    def _confuse(self, asked: str, chosen: str, day: date) -> None:
        before = self.confusions.get((asked, chosen))
        times = before.times + 1 if before else 1
        self.confusions[asked, chosen] = Confusion(times, day, self.right(asked), self.right(chosen))

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


def summed(tallies: Collection[Tally]) -> Tally:
    """Several tallies as one."""
    return Tally(sum(each.answers for each in tallies), sum(each.right for each in tallies))


def _count(tallies: dict[K, Tally], key: K, correct: bool) -> None:
    """Add an answer to the tally of a card or a day."""
    tally = tallies.get(key)
    if tally is None:
        tally = tallies[key] = Tally()
    tally.answers += 1
    tally.right += correct


class Answers(NamedTuple):
    """The reviews that were not taken back, each once and in order, and how many were."""

    standing: list[Review]
    undone: int


def answers(facts: Iterable[Fact]) -> Answers:
    """What a set of facts holds of answers: whoever counts them counts these."""
    ordered = sorted(facts, key=fact_order)
    unique = {fact_order(fact): fact for fact in ordered}
    for other in ordered if len(unique) < len(ordered) else ():
        one = unique[fact_order(other)]
        if other != one:  # damage, or a forgery: any of them may stand, but always the same
            unique[fact_order(other)] = max(one, other, key=repr)
    gone = {fact.of for fact in unique.values() if isinstance(fact, Retraction)}
    reviews = [fact for fact in unique.values() if isinstance(fact, Review)]
    standing = [review for review in reviews if review.id not in gone]
    return Answers(standing, len(reviews) - len(standing))


def recast(review: Review, past: Past) -> Review:
    """A review as what it is about today; it is never changed on disk."""
    subject = past.subject(review.card.subject, review.day)
    chosen = past.subject(review.chosen, review.day)
    card = review.card._replace(subject=subject)
    return review._replace(card=card, chosen=chosen if chosen != subject else "")


def replay(facts: Iterable[Fact], scheduler: Scheduler | None = None, past: Past | None = None) -> History:
    """The history of a set of facts, whatever their order and however often each is repeated."""
    facts = list(facts)
    history = History(scheduler or Scheduler(), past=past)
    for review in answers(facts).standing:
        history.apply(review)
    history.counter = max((fact.counter for fact in facts), default=0)
    return history

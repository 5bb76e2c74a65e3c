"""Learners whose memory follows parameters of its own, on disk: what an optimiser has to find out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

from tests.helpers.reviews import review
from trainer.glossary.decks import Format
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card
from trainer.memory.reviews import Fact, Rating, Review
from trainer.memory.schedule import DEFAULTS, Schedule, Scheduler
from trainer.progress.codec import encode
from trainer.progress.learners import Learners

FIRST = date(2026, 3, 2)
STRONG = (2.0, 6.0, 12.0, 30.0, *DEFAULTS[4:8], 2.6, *DEFAULTS[9:])
"""They remember far longer than the defaults believe."""
WEAK = (0.05, 0.3, 0.6, 1.5, *DEFAULTS[4:8], 1.2, *DEFAULTS[9:])
"""They forget far sooner."""


class Learner:
    """Answers when the default scheduler asks, as somebody does whose memory has these parameters."""

    def __init__(self, name: str, seed: str, memory: Sequence[float]) -> None:
        self.name = name
        self.memory = Scheduler(memory)
        self._random = Random(seed)
        self._believed: dict[Card, Schedule] = {}
        self._true: dict[Card, Schedule] = {}
        self._asked = Scheduler()
        self._counter = 0

    def study(self, cards: Sequence[Card], days: range, new: int = 8) -> Iterator[Fact]:
        """Review what is due and begin some cards, on each of these days."""
        for number in days:
            day = FIRST + timedelta(number)
            due = [card for card, schedule in self._believed.items() if schedule.due <= day]
            fresh = [card for card in cards if card not in self._believed][:new]
            for card in due + fresh:
                rating = self._rating(card, day)
                yield self._answer(card, rating, day)
                if rating is Rating.AGAIN:
                    yield self._answer(card, Rating.GOOD, day)

    def decline(self, memory: Sequence[float]) -> None:
        """Forget most of what was known, and remember that way from now on."""
        self.memory = Scheduler(memory)
        for card, schedule in self._true.items():
            self._true[card] = schedule._replace(stability=schedule.stability / 30)

    def _rating(self, card: Card, day: date) -> Rating:
        known = self._true.get(card)
        chance = 0.6 if known is None else self.memory.retrievability(known, day)
        return Rating.GOOD if self._random.random() < chance else Rating.AGAIN

    def _answer(self, card: Card, rating: Rating, day: date) -> Review:
        self._believed[card] = self._asked.after(self._believed.get(card), rating, day)
        self._true[card] = self.memory.after(self._true.get(card), rating, day)
        self._counter += 1
        at = datetime.combine(day, time(9), UTC) + timedelta(seconds=self._counter % 20_000)
        return review(
            self._counter,
            name=f"{self.name}-{self._counter}",
            of=card,
            rating=rating,
            at=at,
            took=2000,
            form=Format.RECALL,
            answer="",
        )


def write(data: Path, name: str, facts: Sequence[Fact]) -> None:
    """Put facts in the journal of the learner of that name."""
    learner = Learners(data).create(name, datetime.combine(FIRST, time(8), UTC))
    journal = learner.folder / "journal"
    journal.mkdir(0o700, exist_ok=True)
    with (journal / "poste1-essai.jsonl").open("ab") as file:
        file.writelines(encode(fact) + b"\n" for fact in facts)


def populate(
    data: Path,
    memory: Sequence[float],
    learners: int = 6,
    days: int = 60,
    later: Sequence[float] | None = None,
) -> None:
    """Learners of that memory; with `later`, it declines to another one for the last quarter of the days."""
    cards = [Card(f"terme-{number}", Facet.MEANING) for number in range(50)]
    cards.append(Card("accueil:1", Facet.QUESTION))
    for number in range(learners):
        learner = Learner(f"Agent {number}", f"graine {number}", memory)
        change = days * 3 // 4 if later else days
        facts = list(learner.study(cards, range(change)))
        if later:
            learner.decline(later)
            facts += learner.study(cards, range(change, days))
        write(data, learner.name, facts)

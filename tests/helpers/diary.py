"""Reviews for tests, numbered as a journal would number them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from trainer.drills.grading import Draft
from trainer.glossary.decks import Format
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card
from trainer.memory.history import History, replay
from trainer.memory.reviews import Fact, Rating, Retraction, Review
from trainer.memory.schedule import Scheduler

MONDAY = date(2026, 11, 2)
"""The study day on which tests begin."""


def day(number: int) -> date:
    """The study day that many days after the first."""
    return MONDAY + timedelta(days=number)


def card(subject: str, facet: Facet = Facet.MEANING) -> Card:
    """A card; of the meaning, unless told otherwise."""
    return Card(subject, facet)


class Diary:
    """Facts in the order in which they are written down."""

    def __init__(self, device: str = "poste-1") -> None:
        self.device = device
        self.facts: list[Fact] = []

    def review(
        self,
        of: Card,
        rating: Rating | None,
        on: int,
        *,
        correct: bool | None = None,
        form: Format = Format.RECALL,
        chosen: str = "",
    ) -> Review:
        """Write down an answer given on the day of that number; a failing grade is a wrong answer."""
        counter = len(self.facts) + 1
        right = rating is not Rating.AGAIN if correct is None else correct
        at = datetime.combine(day(on), time(12), UTC) + timedelta(seconds=counter)
        review = Review(
            f"{self.device}-{counter}",
            counter,
            self.device,
            of,
            rating,
            right,
            at,
            day(on),
            4000,
            form,
            chosen=chosen,
        )
        self.facts.append(review)
        return review

    def draft(self, draft: Draft, on: int) -> Review:
        """Write down what a session drafted."""
        return self.review(
            draft.card, draft.rating, on, correct=draft.correct, form=draft.format, chosen=draft.chosen
        )

    def retract(self, review: Review) -> Retraction:
        """Write down that a review never happened."""
        counter = len(self.facts) + 1
        retraction = Retraction(f"{self.device}-{counter}", counter, self.device, review.id, review.at)
        self.facts.append(retraction)
        return retraction

    def history(self, scheduler: Scheduler | None = None) -> History:
        """What the facts amount to."""
        return replay(self.facts, scheduler)

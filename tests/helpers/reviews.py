"""Reviews and retractions, made of as little as a test has to say of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from trainer.glossary.decks import Format
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card
from trainer.memory.history import History, replay
from trainer.memory.reviews import Draft, Fact, Game, Rating, Retraction, Review
from trainer.memory.schedule import Scheduler

START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
"""When the answers begin that have but a number."""
MONDAY = date(2026, 11, 2)
"""The study day on which diaries begin."""


def day(number: int) -> date:
    """The study day that many days after the first."""
    return MONDAY + timedelta(days=number)


def card(subject: str, facet: Facet = Facet.MEANING) -> Card:
    """A card; of the meaning, unless told otherwise."""
    return Card(subject, facet)


def review(
    counter: int,
    device: str = "poste1",
    subject: str = "dmt",
    rating: Rating | None = Rating.GOOD,
    *,
    name: str = "",
    of: Card | None = None,
    correct: bool | None = None,
    at: datetime | None = None,
    on: date | None = None,
    took: int = 1500,
    form: Format = Format.CHOICE,
    answer: str = "durée moyenne de traitement",
    chosen: str = "",
    game: Game | None = None,
) -> Review:
    """The answer of that number: one a day, right unless it failed, and about the meaning of `subject` or another card.

    Its id is `name`, or made of the device and the number; its study day is `on`, or that of `at` in UTC.
    """
    at = START + timedelta(days=counter) if at is None else at
    return Review(
        name or f"{device}-{counter}",
        counter,
        device,
        card(subject) if of is None else of,
        rating,
        rating is not Rating.AGAIN if correct is None else correct,
        at,
        at.date() if on is None else on,
        took,
        form,
        answer,
        chosen,
        game,
    )


def undo(of: Review, counter: int, device: str = "", at: datetime = START) -> Retraction:
    """That answer, taken back; where it was given, unless a device is named."""
    device = device or of.device
    return Retraction(f"{device}-{counter}", counter, device, of.id, at)


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
        written = review(
            counter,
            self.device,
            of=of,
            rating=rating,
            correct=correct,
            at=datetime.combine(day(on), time(12), UTC) + timedelta(seconds=counter),
            took=4000,
            form=form,
            answer="",
            chosen=chosen,
        )
        self.facts.append(written)
        return written

    def draft(self, draft: Draft, on: int) -> Review:
        """Write down what a session drafted."""
        return self.review(
            draft.card, draft.rating, on, correct=draft.correct, form=draft.format, chosen=draft.chosen
        )

    def retract(self, of: Review) -> Retraction:
        """Write down that a review never happened."""
        retraction = undo(of, len(self.facts) + 1, self.device, of.at)
        self.facts.append(retraction)
        return retraction

    def history(self, scheduler: Scheduler | None = None) -> History:
        """What the facts amount to."""
        return replay(self.facts, scheduler)

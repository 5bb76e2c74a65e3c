"""A year of answers to a library, in the product's own journal files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from heapq import heapify, heappop, heappush
from pathlib import Path
from random import Random

from trainer.drills.posing.formats import formats_of
from trainer.glossary.decks import Library
from trainer.memory.cards import Card, cards_of
from trainer.memory.history import History
from trainer.memory.reviews import Fact, Rating, Retraction, Review
from trainer.progress.codec import encode
from trainer.progress.learners import Learners

LEARNER = "Zoé"
DEVICE = "5e1fbe9c"
_DAYS = 365
_SPARE = 1.2
"""How many times longer than the year the new cards would last."""
_UNDONE = 500
"""One answer in so many is taken back."""
_WEIGHTS = {Rating.AGAIN: 12, Rating.HARD: 13, Rating.GOOD: 60, Rating.EASY: 15}


def write_year(data: Path, library: Library, count: int, today: date, seed: int = 1) -> None:
    """A learner who gave so many answers on the working days of the year up to yesterday: one file each day."""
    began = datetime.combine(today, time(9), UTC) - timedelta(_DAYS)
    learner = Learners(data).create(LEARNER, began, began)
    journal = learner.folder / "journal"
    journal.mkdir(0o700)
    for day, facts in _year(library, count, today, Random(seed)):
        lines = b"".join(encode(fact) + b"\n" for fact in facts)
        (journal / f"{DEVICE}-{day:%Y%m%d}T090000-00000000.jsonl").write_bytes(lines)


def _year(library: Library, count: int, today: date, random: Random) -> Iterator[tuple[date, list[Fact]]]:
    days = [day for day in (today - timedelta(ago) for ago in range(_DAYS, 0, -1)) if day.weekday() < 5]
    learning = _Learning(library, random)
    new = max(1, round(len(learning.fresh) / len(days) / _SPARE))
    for number, day in enumerate(days, 1):
        answers = count * number // len(days) - learning.answers
        yield day, learning.study(day, answers, new)


class _Learning:
    """What a learner would be asked, day after day; cards not due are asked early when nothing else is left."""

    def __init__(self, library: Library, random: Random) -> None:
        self.answers = 0
        self.fresh = cards_of(library, library.everything)[::-1]
        self._library = library
        self._random = random
        self._subjects = list(library.terms)
        self._history = History()
        self._queue: list[tuple[int, Card]] = []
        self._counter = 0

    def study(self, day: date, answers: int, new: int) -> list[Fact]:
        """The facts of a day."""
        facts: list[Fact] = []
        at = datetime.combine(day, time(9), UTC)
        heapify(self._queue)
        for number in range(answers):
            is_due = self._queue and self._queue[0][0] <= day.toordinal()
            if self.fresh and not is_due and (new > 0 or not self._queue):
                card, new = self.fresh.pop(), new - 1
            else:
                card = heappop(self._queue)[1]
            review = self._review(card, at + timedelta(seconds=number * 9), day)
            facts.append(review)
            self._history.apply(review)
            heappush(self._queue, (self._history.schedules[card].due.toordinal(), card))
            if self.answers % _UNDONE == 0:
                facts.append(Retraction(*self._named(), DEVICE, review.id, review.at))
        return facts

    def _named(self) -> tuple[str, int]:
        self._counter += 1
        return f"{DEVICE}-20260101T090000-00000000-{self._counter}", self._counter

    def _review(self, card: Card, at: datetime, day: date) -> Review:
        self.answers += 1
        rating = self._random.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
        correct = rating is not Rating.AGAIN
        form = self._random.choice(formats_of(self._library, card))
        chosen = (
            "" if correct or card.subject not in self._library.terms else self._random.choice(self._subjects)
        )
        took = self._random.randint(900, 20_000)
        name, counter = self._named()
        answer = self._random.choice(self._subjects).replace("-", " ")
        return Review(name, counter, DEVICE, card, rating, correct, at, day, took, form, answer, chosen)

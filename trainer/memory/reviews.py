"""Reviews: the only stored facts; everything else is derived from them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import IntEnum
from operator import attrgetter
from typing import NamedTuple

from trainer.glossary.decks import Format
from trainer.memory.cards import Card


class Rating(IntEnum):
    """The four FSRS grades."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


MOST_SECONDS = 60
"""A longer pause than this is not thinking."""


LONGEST_ANSWER = 10_000
"""Characters of an answer that are kept; nobody types more, and a pipe into the line mode may."""


def took(seconds: float) -> int:
    """The time of an answer in milliseconds; a long pause counts as a minute."""
    return round(min(max(seconds, 0), MOST_SECONDS) * 1000)


class Game(NamedTuple):
    """A matching game: an id of its own, and how many pairs there are to find in it."""

    id: str
    pairs: int


class Draft(NamedTuple):
    """A review to be recorded, but for its id, its time and its order."""

    card: Card
    rating: Rating | None
    correct: bool
    format: Format
    answer: str = ""
    chosen: str = ""
    game: Game | None = None
    claimed: bool = False


class Review(NamedTuple):
    """One answer to one card.

    `counter`, `device` and `id` order all facts whatever the clocks say. `day` is the learner's local study
    day at the time of the answer, so that a replay does not depend on a time zone. `rating` is None
    for practice, which changes no memory. `took` is in milliseconds. `chosen` is the id of the term that was taken for
    the right one, if any; `answer` is what was typed or picked. `game` is the matching game in which the acronym of
    the card was asked, if it was. `claimed` tells that the learner had it counted as right against the judge.
    """

    id: str
    counter: int
    device: str
    card: Card
    rating: Rating | None
    correct: bool
    at: datetime
    day: date
    took: int
    format: Format
    answer: str = ""
    chosen: str = ""
    game: Game | None = None
    claimed: bool = False


class Retraction(NamedTuple):
    """An undo: the review `of` never happened."""

    id: str
    counter: int
    device: str
    of: str
    at: datetime


Fact = Review | Retraction


fact_order: Callable[[Fact], tuple[int, str, str]] = attrgetter("counter", "device", "id")
"""The key by which facts from any number of devices are put in one order."""

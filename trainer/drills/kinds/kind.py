"""What a drill is to all others: how much it asks of the learner, the questions it makes, and what an answer is worth."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import IntEnum
from random import Random
from typing import Protocol

from trainer.drills.grading import Standing, Verdict
from trainer.drills.judging.lexicon import Lexicon
from trainer.drills.shapes import Answer, Question
from trainer.glossary.decks import Deck, Format, Library
from trainer.memory.cards import Card


class Demand(IntEnum):
    """How hard a drill makes it to find the answer: a new card begins with the least, a failed one with the most."""

    RECOGNISE = 0
    """It stands among others."""
    REMEMBER = 1
    """The learner looks for it in silence, and says whether they had it."""
    PRODUCE = 2
    """The learner writes it."""


def nobody(_: str) -> Collection[str]:
    """No rivals."""
    return ()


@dataclass(frozen=True, slots=True)
class Bench:
    """What the questions of a sitting are made of; the same seed draws the same ones.

    `rivals` tells which terms the learner takes for one: they stand beside it where they can.
    """

    library: Library
    deck: Deck
    seed: str
    rivals: Callable[[str], Collection[str]] = nobody

    def random(self, card: Card, turn: int) -> Random:
        """The chance that draws one question."""
        return Random(f"{self.seed}:{card.key}:{turn}")


class Pose(Protocol):
    """Makes the questions of one drill in one sitting."""

    def __call__(self, card: Card, turn: int, again: bool) -> Question | None:
        """One question about a card; None where this drill cannot ask it fairly. Another turn, other options.

        A set of options serves once, since whoever remembers it need not know the rest; `again` allows it once more.
        """


class Kind(Protocol):
    """A drill."""

    @property
    def demand(self) -> Demand:
        """How hard it makes it to find the answer."""

    def poser(self, bench: Bench) -> Pose:
        """What makes its questions in one sitting."""

    def grade(self, question: Question, answer: Answer, standing: Standing, lexicon: Lexicon) -> Verdict:
        """The verdict on any answer that the shape of its questions can be given."""


Kinds = Mapping[Format, Kind]
"""The drills that ask questions."""

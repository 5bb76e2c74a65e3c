"""Grading: what an answer is worth, and what the memory is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from trainer.drills.shapes import Question, Write
from trainer.memory.reviews import Rating


class Outcome(StrEnum):
    """What became of an answer."""

    RIGHT = "right"
    ACCENTS = "accents"
    TYPO = "typo"
    WRONG = "wrong"
    OTHER_TERM = "other_term"
    DONT_KNOW = "dont_know"
    CLAIMED = "claimed"
    AGAIN = "again"


class Retry(StrEnum):
    """Why an answer may be given once more."""

    EQUIVALENT = "equivalent"
    VAGUE = "vague"
    UNCLEAR = "unclear"
    WORDY = "wordy"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Right or wrong, what was right, what was chosen instead.

    `rating` is what the memory is told, None for practice; `chosen` is the id of the term that was mistaken for the
    right one; `retry` says that nothing is decided yet.
    """

    correct: bool
    outcome: Outcome
    right: str
    given: str
    rating: Rating | None = None
    chosen: str = ""
    retry: Retry | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of the card as it is asked.

    `retrievability` is None for a card that is new or relearning; `recognised` means that it was already recognised
    today and that no drill of the deck can ask it without options; `helped` that a first try was too vague.
    """

    retrievability: float | None = None
    recognised: bool = False
    helped: bool = False
    tries: frozenset[Retry] = frozenset()


def claimable(question: Question, verdict: Verdict) -> bool:
    """Whether a learner may say that they were right: of what they wrote, unless it names another term."""
    return isinstance(question, Write) and verdict.outcome is Outcome.WRONG


def claimed(verdict: Verdict, helped: bool) -> Verdict:
    """The verdict once the learner has said so."""
    rating = Rating.HARD if helped else Rating.GOOD
    return Verdict(True, Outcome.CLAIMED, verdict.right, verdict.given, rating)

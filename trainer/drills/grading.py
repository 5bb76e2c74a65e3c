"""Grading: what an answer is worth, and what the memory is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from trainer.drills.judging.judge import Judged, Judgement, judge
from trainer.drills.judging.lexicon import Lexicon
from trainer.drills.questions import (
    Answer,
    Choice,
    Flashcard,
    MultipleChoice,
    Question,
    SelfGrade,
    Typed,
    TypedRecall,
)
from trainer.glossary.decks import Format
from trainer.memory.cards import Card
from trainer.memory.reviews import Game, Rating

GUESS = 0.05
"""The chance of having guessed that a right choice may have and still count."""


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
class Draft:
    """A review to be recorded, but for its id, its time and its order."""

    card: Card
    rating: Rating | None
    correct: bool
    format: Format
    answer: str = ""
    chosen: str = ""
    game: Game | None = None
    claimed: bool = False


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


def grade(question: Question, answer: Answer, standing: Standing, lexicon: Lexicon) -> Verdict:
    """The verdict on an answer; total over every question and every answer that it can be given."""
    match question:
        case Flashcard():
            return _flashcard(question, answer)
        case MultipleChoice():
            return _choice(question, answer, standing)
        case TypedRecall():
            return _recall(question, answer, standing, lexicon)
        case _:
            assert_never(question)


def _flashcard(question: Flashcard, answer: Answer) -> Verdict:
    rating = answer.rating if isinstance(answer, SelfGrade) else Rating.AGAIN
    failed = rating is Rating.AGAIN
    return Verdict(not failed, Outcome.AGAIN if failed else Outcome.RIGHT, question.back, "", rating)


def credible(retrievability: float, options: int) -> bool:
    """Whether a right choice is a guess in at most one case in twenty, given the belief before it.

    P(guessed | right) = (1 - r)/k / (r + (1 - r)/k) <= 1/20  <=>  r >= 19/(19 + k).
    """
    odds = 1 / GUESS - 1
    return retrievability >= odds / (odds + options)


def _choice(question: MultipleChoice, answer: Answer, standing: Standing) -> Verdict:
    right = question.options[question.answer].text
    if not isinstance(answer, Choice):
        return Verdict(False, Outcome.DONT_KNOW, right, "", Rating.AGAIN)
    chosen = question.options[answer.index]
    if answer.index != question.answer:
        return Verdict(False, Outcome.WRONG, right, chosen.text, Rating.AGAIN, chosen.term)
    known = standing.retrievability is not None and credible(standing.retrievability, len(question.options))
    rating = Rating.GOOD if known or standing.recognised else None
    return Verdict(True, Outcome.RIGHT, right, chosen.text, rating)


_RETRIES = {
    Judgement.EQUIVALENT: Retry.EQUIVALENT,
    Judgement.VAGUE: Retry.VAGUE,
    Judgement.UNCLEAR: Retry.UNCLEAR,
    Judgement.WORDY: Retry.WORDY,
}


def _recall(question: TypedRecall, answer: Answer, standing: Standing, lexicon: Lexicon) -> Verdict:
    right = question.accepted[0]
    if not isinstance(answer, Typed):
        return Verdict(False, Outcome.DONT_KNOW, right, "", Rating.AGAIN)
    judged = judge(answer.text, question.accepted, question.card.subject, lexicon)
    retry = _RETRIES.get(judged.judgement)
    if retry and retry not in standing.tries:
        return Verdict(False, Outcome.WRONG, right, answer.text, retry=retry)
    return _judged(judged, right, answer.text, standing.helped)


def _judged(judged: Judged, right: str, given: str, helped: bool) -> Verdict:
    success = Rating.HARD if helped else Rating.GOOD
    match judged.judgement:
        case Judgement.RIGHT:
            return Verdict(True, Outcome.RIGHT, judged.nearest, given, success)
        case Judgement.ACCENTS:
            return Verdict(True, Outcome.ACCENTS, judged.nearest, given, success)
        case Judgement.TYPO:
            return Verdict(True, Outcome.TYPO, judged.nearest, given, success)
        case Judgement.OTHER_TERM | Judgement.EQUIVALENT if judged.other:
            return Verdict(False, Outcome.OTHER_TERM, right, given, Rating.AGAIN, judged.other)
        case (
            Judgement.WRONG
            | Judgement.VAGUE
            | Judgement.UNCLEAR
            | Judgement.WORDY
            | Judgement.OTHER_TERM
            | Judgement.EQUIVALENT
        ):
            return Verdict(False, Outcome.WRONG, right, given, Rating.AGAIN)
        case _:
            assert_never(judged.judgement)


def claimable(question: Question, verdict: Verdict) -> bool:
    """Whether a learner may say that they were right: of what they wrote, unless it names another term."""
    return isinstance(question, TypedRecall) and verdict.outcome is Outcome.WRONG


def claimed(verdict: Verdict, helped: bool) -> Verdict:
    """The verdict once the learner has said so."""
    rating = Rating.HARD if helped else Rating.GOOD
    return Verdict(True, Outcome.CLAIMED, verdict.right, verdict.given, rating)

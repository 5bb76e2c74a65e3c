"""Answers to whatever is asked, and sitting through whole sessions, as learners who know some things and not others."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import assert_never

from trainer.drills.game import Game
from trainer.drills.shapes import (
    Answer,
    Choice,
    DontKnow,
    Matching,
    Order,
    Ordered,
    PairUp,
    Pick,
    Question,
    Reveal,
    SelfGrade,
    Tick,
    Ticked,
    Typed,
    Write,
)
from trainer.drills.starting import Sitting
from trainer.memory.cards import Card
from trainer.memory.reviews import Rating
from trainer.services import Services

MOST_ANSWERS = 300
"""More than any session needs."""


def sat(bag: Services, sitting: Sitting, random: Random, most: int = MOST_ANSWERS) -> Iterator[Card]:
    """The cards that a sitting asks, each as it comes up; it is answered after that, right half of the time.

    It is left after `most` questions, or when nobody asks for the next card.
    """
    for _ in range(most):
        if sitting.is_over:
            return
        if isinstance(sitting, Game):
            play_board(bag, sitting)
        elif sitting.question is None:
            play_board(bag, sitting.game)
        else:
            yield sitting.question.card
            verdict, drafts = sitting.answer(answer_to(sitting.question, random.random() < 0.5))
            if verdict.retry:
                _, drafts = sitting.answer(DontKnow())
            bag.recorder.note(drafts, 1)
        sitting.advance()
    assert most < MOST_ANSWERS, "the session does not end"


def play_board(bag: Services, game: Game) -> None:
    """Put every acronym of the board with its expansion."""
    board = game.board
    assert board is not None
    for left in range(len(board.pairs)):
        _, drafts = game.answer(pair(board, left, left))
        bag.recorder.note(drafts, 1)


def pair(board: Matching, left: int, right_of: int) -> PairUp:
    """The acronym at one index of a board with the expansion of that at another."""
    return PairUp(left, board.expansions.index(board.pairs[right_of]))


def answer_to(question: Question, right: bool = True) -> Answer:
    """A right answer to a question about a card, or a wrong one."""
    match question:
        case Reveal():
            return SelfGrade(Rating.GOOD if right else Rating.AGAIN)
        case Pick(answer=answer):
            return Choice(answer if right else (answer + 1) % len(question.options))
        case Tick(answers=answers):
            return Ticked(answers) if right else DontKnow()
        case Order(answer=order):
            return Ordered(order if right else order[::-1])
        case Write(accepted=accepted):
            return Typed(accepted[0]) if right else DontKnow()
        case _:
            assert_never(question)

"""Simulated learners, of whom it is known what they remember, at work in the product's own sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import NamedTuple

from tests.helpers.players import answer_to
from tests.helpers.reviews import review
from trainer.drills.judging.lexicon import Lexicon
from trainer.drills.kinds.kind import Kinds
from trainer.drills.kinds.registry import KINDS
from trainer.drills.shapes import (
    Answer,
    Choice,
    DontKnow,
    Matching,
    Move,
    Order,
    PairUp,
    Pick,
    Question,
    Reveal,
    SelfGrade,
    Tick,
    Typed,
    Write,
)
from trainer.drills.starting import Starter
from trainer.glossary.decks import Deck, Format, Library
from trainer.memory.cards import Card
from trainer.memory.history import History
from trainer.memory.queue import plan
from trainer.memory.reviews import Draft, Rating
from trainer.memory.schedule import Schedule, Scheduler

SESSIONS = 4
"""Sessions that a learner sits on a day, if there is so much to ask."""
FIRST = date(2026, 1, 5)
"""The Monday on which all of them begin."""


class Seen(NamedTuple):
    """A card when it came due: the chance of its recall, in truth and as believed."""

    true: float
    believed: float


@dataclass
class Learner:
    """Someone whose memory is known: a schedule of each card that was told the truth.

    `echo` is the chance that a card guessed right, and so read, is recalled some questions later.
    """

    random: Random
    scheduler: Scheduler
    echo: float
    slips: float
    truth: dict[Card, Schedule] = field(default_factory=dict)
    guessed: set[Card] = field(default_factory=set)

    def chance(self, card: Card, day: date) -> float:
        """The true chance of recalling a card."""
        state = self.truth.get(card)
        return self.scheduler.retrievability(state, day) if state else 0.0

    def recalls(self, card: Card, day: date) -> bool:
        """Whether the card is recalled; either way the answer is read, and the memory is what that makes it."""
        guessed = card in self.guessed
        known = self.random.random() < (self.echo if guessed else self.chance(card, day))
        state = self.truth.get(card)
        if known or not guessed:
            rating = Rating.GOOD if known else Rating.AGAIN
            self.truth[card] = self.scheduler.after(state, rating, day)
        self.guessed.discard(card)
        return known

    def answer(self, question: Question, day: date) -> Answer:
        """What is answered to a question about a card; who does not know an option guesses one."""
        known = self.recalls(question.card, day)
        match question:
            case Pick(answer=right, options=options):
                index = right if known else self.random.randrange(len(options))
                if index == right and not known:
                    self.guessed.add(question.card)
                return Choice(index)
            case Write(accepted=accepted):
                return Typed(accepted[0]) if known and self.random.random() >= self.slips else DontKnow()
            case Tick() | Order():
                return answer_to(question) if known else DontKnow()
            case Reveal():
                return SelfGrade(Rating.GOOD if known else Rating.AGAIN)

    def pairs(self, board: Matching, day: date) -> list[Move]:
        """The moves that solve a board: who does not know tries what is left."""
        moves: list[Move] = []
        free = list(range(len(board.expansions)))
        for left, pair in enumerate(board.pairs):
            right = board.expansions.index(pair)
            known = self.random.random() < self.chance(pair.card, day)
            tried = self.random.sample(free, len(free))
            moves += [PairUp(left, index) for index in ([] if known else tried[: tried.index(right)])]
            moves.append(PairUp(left, right))
            free.remove(right)
        return moves


@dataclass
class Study:
    """One learner at work on a deck, day after day."""

    library: Library
    deck: Deck
    cards: Sequence[Card]
    lexicon: Lexicon
    learner: Learner
    history: History
    kinds: Kinds = field(default_factory=lambda: KINDS)
    answers: int = 0
    seen: dict[tuple[Card, date], Seen] = field(default_factory=dict)
    credited: list[bool] = field(default_factory=list)

    def day(self, number: int) -> None:
        """Sit the sessions of a day."""
        today = FIRST + timedelta(number)
        self.learner.guessed.clear()
        planned = partial(plan, self.cards, self.history, today, needs=self.library.needs)
        for sitting in range(SESSIONS):
            if not planned().cards:
                return
            seed = f"{self.learner.random.random()}:{number}:{sitting}"
            starter = Starter(
                library=self.library,
                history=self.history,
                today=today,
                plan=lambda deck, formats: planned(),
                lexicon=self.lexicon,
                seed=seed,
                kinds=self.kinds,
            )
            session = starter.session(self.deck)
            while not session.is_over:
                if session.question is not None:
                    self._look(session.question.card, today)
                    self._write(session.answer(self.learner.answer(session.question, today))[1], today)
                elif session.game.board is not None:
                    for move in self.learner.pairs(session.game.board, today):
                        self._write(session.game.answer(move)[1], today)
                session.advance()

    def _look(self, card: Card, today: date) -> None:
        """Take note of a card that is due, as it stands before the day's first answer."""
        schedule = self.history.schedule(card)
        if schedule is not None and schedule.last < today:
            believed = self.history.scheduler.retrievability(schedule, today)
            self.seen.setdefault((card, today), Seen(self.learner.chance(card, today), believed))

    def _check(self, draft: Draft, today: date) -> None:
        """Take note of a right choice that is a review: was it guessed?"""
        schedule = self.history.schedule(draft.card)
        first = schedule is None or schedule.last < today
        if draft.format is Format.CHOICE and draft.correct and draft.rating and first:
            self.credited.append(draft.card in self.learner.guessed)

    def _write(self, drafts: Sequence[Draft], today: date) -> None:
        for draft in drafts:
            self.answers += 1
            self._check(draft, today)
            self.history.apply(
                review(
                    self.answers,
                    of=draft.card,
                    rating=draft.rating,
                    correct=draft.correct,
                    at=datetime.combine(today, time(9), UTC),
                    form=draft.format,
                    answer=draft.answer,
                    chosen=draft.chosen,
                )
            )

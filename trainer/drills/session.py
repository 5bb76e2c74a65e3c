"""A session: which card is asked next, by which drill, and what an answer leads to; the game has its turn before its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product
from random import Random

from trainer.drills.game import Game
from trainer.drills.grading import Retry, Standing, Verdict, claimable, claimed
from trainer.drills.judging.lexicon import Lexicon
from trainer.drills.kinds.kind import Demand
from trainer.drills.kinds.registry import grade
from trainer.drills.posing.formats import formats_of
from trainer.drills.posing.poser import Poser
from trainer.drills.scoring import Try
from trainer.drills.shapes import Answer, Question
from trainer.glossary.decks import Deck, Format, Library
from trainer.memory.cards import Card
from trainer.memory.history import History
from trainer.memory.reviews import Draft

FAILED_AFTER = 5
"""Other questions before a failed card comes back."""
RECALL_AFTER = 3
"""Other questions before a card that was recognised has to be recalled."""
MOST_FAILURES = 3
"""Failures of one card in a session after which it waits for tomorrow."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that was answered, the verdict, and how many tries in the game had been made before it."""

    question: Question
    verdict: Verdict
    tries: int


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a session stands: all that an undo has to bring back."""

    question: Question | None
    queue: tuple[Card | Question, ...]
    recognised: frozenset[Card] = frozenset()
    failures: tuple[Card, ...] = ()
    answered: tuple[Answered, ...] = ()
    tries: frozenset[Retry] = frozenset()
    is_repeated: bool = False


@dataclass(kw_only=True)
class Session:
    """Questions one after the other until nothing is left; it changes no memory, it drafts reviews.

    `cards` are what is asked: cards, or questions drawn beforehand. `game` holds the boards that end it, if any. While
    they have their turn there is no question; whoever asks plays them, and then goes on here.
    """

    library: Library
    deck: Deck
    history: History
    cards: Sequence[Card | Question]
    poser: Poser
    random: Random
    today: date
    lexicon: Lexicon
    game: Game
    formats: Sequence[Format] = ()
    _before: _Place | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.formats = tuple(self.formats or self.deck.drills)
        self._place = _Place(None, tuple(self.cards))
        self.advance()

    @property
    def question(self) -> Question | None:
        """The question being asked; None while the game is played, and when the session is over."""
        return self._place.question

    @property
    def is_playing(self) -> bool:
        """Whether it is the turn of the game."""
        return self.question is None and self.game.is_playing

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to ask or to play."""
        return self.question is None and self.game.is_over

    @property
    def is_empty(self) -> bool:
        """Whether it has nothing to ask, and never had."""
        return self.is_over and not self.log

    @property
    def timed(self) -> bool:
        """Whether the learner wants to see the time in its game."""
        return self.game.timed

    @property
    def remaining(self) -> int:
        """How many questions and boards are still to come after this one, as far as is known."""
        return len(self._place.queue) + self.game.remaining

    @property
    def left(self) -> int:
        """How many cards are not done with yet, the one being asked included.

        A card may be asked several times. It is done with once it needs no answer any more today, so the number never
        grows but by an undo.
        """
        waiting = {_card_of(item) for item in self._place.queue}
        if self._place.question is not None and self._is_pending:
            waiting.add(self._place.question.card)
        return len(waiting)

    @property
    def number(self) -> int:
        """The number of the question being asked, or last answered."""
        return len(self.answered) + self._is_pending

    @property
    def _is_pending(self) -> bool:
        """Whether the question, if there is one, waits for its answer."""
        question, answered = self._place.question, self.answered
        return question is not None and not (answered and answered[-1].question is question)

    @property
    def answered(self) -> tuple[Answered, ...]:
        """What was answered, in order; tries in the game, which has a score of its own, left out."""
        return self._place.answered

    @property
    def log(self) -> tuple[Answered | Try, ...]:
        """What was answered, and what was tried in the game, in the order in which they came."""
        tries, log, told = self.game.log, list[Answered | Try](), 0
        for item in self.answered:
            log += [*tries[told : item.tries], item]
            told = item.tries
        return (*log, *tries[told:])

    @property
    def mistakes(self) -> tuple[Card, ...]:
        """The cards that were answered wrong, each once, in order."""
        return tuple(dict.fromkeys(item.question.card for item in self.answered if not item.verdict.correct))

    def answer(self, answer: Answer) -> tuple[Verdict, tuple[Draft, ...]]:
        """Judge an answer to the question being asked, and draft the reviews it makes (none for a retry)."""
        question = self._place.question
        if question is None:
            raise ValueError("the game has its turn" if self.is_playing else "the session is over")
        verdict = grade(question, answer, self._standing(question), self.lexicon, self.poser.kinds)
        if verdict.retry:
            self._place = replace(self._place, tries=self._place.tries | {verdict.retry})
            return verdict, ()
        self._before = self._place
        self._note(question, verdict)
        self._requeue(question.card, verdict)
        draft = Draft(
            card=question.card,
            rating=verdict.rating,
            correct=verdict.correct,
            format=question.format,
            answer=verdict.given,
            chosen=verdict.chosen,
        )
        return verdict, (draft,)

    def _note(self, question: Question, verdict: Verdict) -> None:
        answered = Answered(question, verdict, len(self.game.log))
        self._place = replace(self._place, answered=(*self.answered, answered))

    def _standing(self, question: Question) -> Standing:
        card, tries = question.card, self._place.tries
        schedule = self.history.schedule(card)
        belief = None
        if schedule is not None and not schedule.relearning:
            belief = self.history.scheduler.retrievability(schedule, self.today)
        recognised = card in self._place.recognised or card in self.history.owed
        return Standing(belief, recognised and not self._recallable(card), Retry.VAGUE in tries, tries)

    def _recallable(self, card: Card) -> bool:
        """Whether a drill without options can ask a card."""
        kinds = self.poser.kinds
        recalls = (form for form in self._allowed(card) if kinds[form].demand is not Demand.RECOGNISE)
        return any(self.poser.pose(card, form) for form in recalls)

    def _requeue(self, card: Card, verdict: Verdict) -> None:
        queue, place = list(self._place.queue), self._place
        waits = card in queue
        if not verdict.correct:
            place = replace(place, failures=(*place.failures, card))
            if place.failures.count(card) < MOST_FAILURES and not waits:
                queue.insert(FAILED_AFTER, card)
        elif verdict.rating is None:
            place = replace(place, recognised=place.recognised | {card})
            if not waits:
                queue.insert(RECALL_AFTER, card)
        self._place = replace(place, queue=tuple(queue))

    def advance(self) -> None:
        """Ask the next question, or give the game its turn; neither once the session is over.

        The card just asked is not asked at once, unless it is all that is left: then `is_repeated` tells so.
        """
        queue = list(self._place.queue)
        question = self._take(queue, but=_card_of(self._place.question))
        is_repeated = False
        if question is None and self.game.advance() is None:
            question = self._take(queue)
            is_repeated = question is not None
        self._place = replace(
            self._place,
            question=question,
            queue=tuple(queue),
            tries=frozenset(),
            is_repeated=is_repeated,
        )

    def _take(self, queue: list[Card | Question], but: Card | None = None) -> Question | None:
        """The first of a queue that can be asked; it leaves the queue, and so do those before it that cannot.

        Whatever is about the card `but` is passed over, and keeps its place.
        """
        place = 0
        while place < len(queue):
            if but is not None and _card_of(queue[place]) == but:
                place += 1
                continue
            question = self._pose(queue.pop(place))
            if question is not None:
                return question
        return None

    @property
    def is_repeated(self) -> bool:
        """Whether the question is about the same card as the one before, for want of any other."""
        return self._place.is_repeated

    @property
    def can_undo(self) -> bool:
        """Whether the last answer can be taken back: once, and not after a try in the game."""
        return self._before is not None and self.answered[-1].tries == len(self.game.log)

    def undo(self, history: History) -> None:
        """Ask the question last answered again; `history` is that of before the answer."""
        if self._before is None or not self.can_undo:
            raise ValueError("nothing to take back")
        if self.is_playing:
            self.game.put_back()
        self.history = history
        self._place, self._before = self._before, None

    @property
    def can_claim(self) -> bool:
        """Whether the learner may say of the last answer that it was right."""
        return self.can_undo and claimable(self.answered[-1].question, self.answered[-1].verdict)

    def claim(self, history: History) -> tuple[Verdict, tuple[Draft, ...]]:
        """Count the last answer as right; `history` is that of before it. The same as `answer`."""
        if not self.can_claim:
            raise ValueError("nothing to claim")
        answered = self.answered[-1]
        self.undo(history)
        before, question = self._place, answered.question
        verdict = claimed(answered.verdict, Retry.VAGUE in before.tries)
        self._note(question, verdict)
        self._before = before
        draft = Draft(
            card=question.card,
            rating=verdict.rating,
            correct=True,
            format=question.format,
            answer=verdict.given,
            claimed=True,
        )
        return verdict, (draft,)

    def _allowed(self, card: Card) -> list[Format]:
        possible = formats_of(self.library, card)
        return [form for form in possible if form in self.formats and form in self.poser.kinds]

    def _pose(self, card: Card | Question) -> Question | None:
        """A question about a card, by the first of its drills that can ask it; with options that have served, only if no
        other can."""
        if not isinstance(card, Card):
            return card
        turn = sum(item.question.card == card for item in self.answered)
        for again, form in product((False, True), self._preferred(card)):
            question = self.poser.pose(card, form, turn, again)
            if question is not None:
                return question
        return None

    def _preferred(self, card: Card) -> list[Format]:
        """The drills for a card as it stands: first recognised, then recalled, later any."""
        allowed = self._allowed(card)
        allowed.sort(key=lambda form: self.poser.kinds[form].demand)
        schedule = self.history.schedule(card)
        if self.history.is_new(card) and card not in self._place.recognised:
            return allowed
        if schedule is None or schedule.relearning or card in self._place.recognised:
            return allowed[::-1]
        drawn = self.random.sample(list(Format), len(Format))
        return [form for form in drawn if form in allowed]


def _card_of(asked: Card | Question | None) -> Card | None:
    """The card that something to ask is about."""
    return asked if isinstance(asked, Card) or asked is None else asked.card

"""A session: which card is asked next, by which drill, and what an answer leads to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from random import Random

from trainer.drills.grading import Retry, Standing, Verdict, claimable, claimed, grade
from trainer.drills.judging.lexicon import Lexicon
from trainer.drills.posing.formats import formats_of
from trainer.drills.posing.poser import Poser
from trainer.drills.questions import Answer, Matching, MultipleChoice, PairUp, Question, TypedRecall
from trainer.drills.scoring import Score, Try, as_try, score
from trainer.glossary.decks import Deck, Format, Library
from trainer.memory.cards import Card
from trainer.memory.history import History
from trainer.memory.reviews import Game, Rating

FAILED_AFTER = 5
"""Other questions before a failed card comes back."""
RECALL_AFTER = 3
"""Other questions before a card that was recognised has to be recalled."""
MOST_FAILURES = 3
"""Failures of one card in a session after which it waits for tomorrow."""


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
class Answered:
    """A question that was answered, the verdict, and the pair that was put together if it was a board."""

    question: Question
    verdict: Verdict
    tried: Try | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a session stands: all that an undo has to bring back."""

    question: Question | None
    queue: tuple[Card | MultipleChoice, ...]
    recognised: frozenset[Card]
    failures: tuple[Card, ...]
    answered: tuple[Answered, ...]
    boards: tuple[Matching, ...] = ()
    tries: frozenset[Retry] = frozenset()
    solved: frozenset[int] = frozenset()
    is_repeated: bool = False


@dataclass
class Session:
    """Questions one after the other until nothing is left; it changes no memory, it drafts reviews.

    `cards` are what is asked: cards, or choices drawn beforehand; `boards` are the matching game that ends it, and `game`
    is how its answers are told from those of others; `played` are the subjects of the games just before it, and `timed`
    tells whether the learner wants to see the time.
    """

    library: Library
    deck: Deck
    history: History
    cards: Sequence[Card | MultipleChoice]
    poser: Poser
    random: Random
    today: date
    lexicon: Lexicon
    formats: Sequence[Format] = ()
    boards: Sequence[Matching] = ()
    game: str = ""
    played: Sequence[str] = ()
    timed: bool = False
    _before: _Place | None = None

    def __post_init__(self) -> None:
        self.formats = tuple(self.formats or self.deck.drills)
        self._place = _Place(None, tuple(self.cards), frozenset(), (), (), tuple(self.boards))
        self.advance()

    @property
    def question(self) -> Question | None:
        """The question being asked; None when the session is over."""
        return self._place.question

    @property
    def remaining(self) -> int:
        """How many questions are still to come after this one, as far as is known."""
        return len(self._place.queue) + len(self._place.boards)

    @property
    def boards_to_come(self) -> int:
        """How many boards are still to come after this question."""
        return len(self._place.boards)

    @property
    def left(self) -> int:
        """How many cards are not done with yet, the one being asked included; boards do not count.

        A card may be asked several times. It is done with once it needs no answer any more today, so the number never
        grows but by an undo.
        """
        waiting = {_card_of(item) for item in self._place.queue}
        if self._is_pending:
            waiting.add(_card_of(self._place.question))
        return len(waiting - {None})

    @property
    def number(self) -> int:
        """The number of the question being asked, or last answered, tries in the game left out."""
        return len(self.replies) + self._is_pending

    @property
    def _is_pending(self) -> bool:
        """Whether the question, if it is not a board, waits for its answer."""
        question, replies = self._place.question, self.replies
        is_board = question is None or isinstance(question, Matching)
        return not is_board and not (replies and replies[-1].question is question)

    @property
    def answered(self) -> tuple[Answered, ...]:
        """What was answered, in order."""
        return self._place.answered

    @property
    def replies(self) -> tuple[Answered, ...]:
        """What was answered but for tries in the game, which has a score of its own."""
        return tuple(item for item in self.answered if not isinstance(item.question, Matching))

    @property
    def solved(self) -> frozenset[int]:
        """The acronyms of the board, by index, that have found their expansion."""
        return self._place.solved

    @property
    def mistakes(self) -> tuple[Card, ...]:
        """The cards that were answered wrong, each once, in order."""
        wrong = (item.question for item in self.replies if not item.verdict.correct)
        return tuple(dict.fromkeys(question.card for question in wrong if not isinstance(question, Matching)))

    @property
    def is_game(self) -> bool:
        """Whether it is nothing but a matching game."""
        return tuple(self.formats) == (Format.MATCH,)

    @property
    def is_empty(self) -> bool:
        """Whether it has nothing to ask, and never had."""
        return self.question is None and not self.answered

    @property
    def matched(self) -> tuple[str, ...]:
        """The subjects that its boards ask for, in order."""
        return tuple(pair.card.subject for board in self.boards for pair in board.pairs)

    def score(self, *boards: Matching) -> Score:
        """The score of these boards; of the whole game if none is named."""
        tries = (item.tried for item in self.answered)
        return score(boards or self.boards, (each for each in tries if each))

    def answer(self, answer: Answer, seconds: float = 0) -> tuple[Verdict, tuple[Draft, ...]]:
        """Judge an answer to the question being asked, and draft the reviews it makes (none for a retry).

        `seconds` is how long it took to come.
        """
        question = self._place.question
        if question is None:
            raise ValueError("the session is over")
        standing = self._standing(question)
        verdict = grade(question, answer, standing, self.lexicon)
        if verdict.retry:
            self._place = replace(self._place, tries=self._place.tries | {verdict.retry})
            return verdict, ()
        before = self._place
        tried = as_try(question, answer, seconds) if isinstance(question, Matching) else None
        self._place = replace(self._place, answered=(*self.answered, Answered(question, verdict, tried)))
        if isinstance(question, Matching):
            self._before = None
            return verdict, self._pair(question, answer, verdict)
        self._before = before
        self._requeue(question.card, verdict)
        draft = Draft(
            question.card, verdict.rating, verdict.correct, question.format, verdict.given, verdict.chosen
        )
        return verdict, (draft,)

    def _standing(self, question: Question) -> Standing:
        if isinstance(question, Matching):
            return Standing()
        card, tries = question.card, self._place.tries
        schedule = self.history.schedule(card)
        belief = None
        if schedule is not None and not schedule.relearning:
            belief = self.history.scheduler.retrievability(schedule, self.today)
        recognised = card in self._place.recognised or card in self.history.owed
        return Standing(belief, recognised and not self._recallable(card), Retry.VAGUE in tries, tries)

    def _recallable(self, card: Card) -> bool:
        """Whether a drill without options can ask a card."""
        recalls = (form for form in self._allowed(card) if form is not Format.CHOICE)
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

    def _pair(self, board: Matching, answer: Answer, verdict: Verdict) -> tuple[Draft, ...]:
        if not isinstance(answer, PairUp):
            self._place = replace(self._place, solved=frozenset(range(len(board.pairs))))
            return ()
        left, right = board.pairs[answer.left], board.expansions[answer.right]
        game = Game(self.game, sum(len(each.pairs) for each in self.boards)) if self.game else None
        if verdict.correct:
            self._place = replace(self._place, solved=self._place.solved | {answer.left})
            return (Draft(left.card, None, True, Format.MATCH, right.expansion, game=game),)
        return (
            Draft(left.card, None, False, Format.MATCH, right.expansion, right.card.subject, game),
            Draft(right.card, None, False, Format.MATCH, left.acronym, left.card.subject),
        )

    @property
    def board_done(self) -> bool:
        """Whether every acronym of the board has found its expansion."""
        board = self._place.question
        return isinstance(board, Matching) and len(self._place.solved) == len(board.pairs)

    def advance(self) -> Question | None:
        """Ask the next question, and return it; None when the session is over.

        The card just asked is not asked at once, unless it is all that is left: then `is_repeated` tells so.
        """
        queue, boards = list(self._place.queue), list(self._place.boards)
        is_repeated = False
        question = self._take(queue, but=_card_of(self._place.question))
        if question is None and boards:
            question = boards.pop(0)
        elif question is None:
            question = self._take(queue)
            is_repeated = question is not None
        self._place = replace(
            self._place,
            question=question,
            queue=tuple(queue),
            boards=tuple(boards),
            tries=frozenset(),
            solved=frozenset(),
            is_repeated=is_repeated,
        )
        return question

    def _take(self, queue: list[Card | MultipleChoice], but: Card | None = None) -> Question | None:
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
        """Whether the last answer can be taken back: once, and not in the middle of a board."""
        return self._before is not None

    def undo(self, history: History) -> None:
        """Ask the question last answered again; `history` is that of before the answer."""
        if self._before is None:
            raise ValueError("nothing to take back")
        self.history = history
        self._place, self._before = self._before, None

    @property
    def can_claim(self) -> bool:
        """Whether the learner may say of the last answer that it was right."""
        last = self.answered[-1] if self.can_undo and self.answered else None
        return last is not None and claimable(last.question, last.verdict)

    def claim(self, history: History) -> tuple[Verdict, tuple[Draft, ...]]:
        """Count the last answer as right; `history` is that of before it. The same as `answer`."""
        if not self.can_claim:
            raise ValueError("nothing to claim")
        answered = self.answered[-1]
        self.undo(history)
        before, question = self._place, answered.question
        verdict = claimed(answered.verdict, Retry.VAGUE in before.tries)
        self._place = replace(before, answered=(*before.answered, Answered(question, verdict)))
        self._before = before
        assert isinstance(question, TypedRecall)
        return verdict, (
            Draft(question.card, verdict.rating, True, question.format, verdict.given, claimed=True),
        )

    def _allowed(self, card: Card) -> list[Format]:
        return [form for form in formats_of(self.library, card) if form in self.formats]

    def _pose(self, card: Card | MultipleChoice) -> Question | None:
        """A question about a card, by the first of its drills that can ask it; with options that have served, only if no
        other can."""
        if isinstance(card, MultipleChoice):
            return card
        turn = sum(
            not isinstance(item.question, Matching) and item.question.card == card for item in self.answered
        )
        for again, form in product((False, True), self._preferred(card)):
            question = self.poser.pose(card, form, turn, again)
            if question is not None:
                return question
        return None

    def _preferred(self, card: Card) -> list[Format]:
        """The drills for a card as it stands: first recognised, then recalled, later any."""
        allowed = self._allowed(card)
        schedule = self.history.schedule(card)
        if self.history.is_new(card) and card not in self._place.recognised:
            order = [Format.CHOICE, Format.FLASHCARD, Format.RECALL]
        elif schedule is None or schedule.relearning or card in self._place.recognised:
            order = [Format.RECALL, Format.FLASHCARD, Format.CHOICE]
        else:
            order = self.random.sample(list(Format), len(Format))
        return [form for form in order if form in allowed]


def _card_of(asked: Card | Question | None) -> Card | None:
    """The card that something to ask is about; None of a board."""
    if isinstance(asked, Card) or asked is None:
        return asked
    return None if isinstance(asked, Matching) else asked.card

"""A matching game: boards in a row, whose acronyms are put with what they stand for. It asks no card and rates none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from trainer.drills.grading import Outcome, Verdict
from trainer.drills.scoring import Score, Try, score
from trainer.drills.shapes import Matching, Move, PairUp
from trainer.glossary.decks import Deck, Format, Library
from trainer.memory import reviews
from trainer.memory.reviews import Draft


@dataclass(kw_only=True)
class Game:
    """Boards dealt one after the other until none is left; it changes no memory, it drafts reviews.

    Its answers are told from those of other games by `id`; `played` are the subjects of the games just before it, and
    `timed` tells whether the learner wants to see the time. No board is dealt before the first `advance`.
    """

    library: Library
    deck: Deck
    boards: Sequence[Matching] = ()
    id: str = ""
    played: Sequence[str] = ()
    timed: bool = False
    _dealt: int = field(default=0, init=False)
    _solved: frozenset[int] = field(default=frozenset(), init=False)
    _log: tuple[Try, ...] = field(default=(), init=False)

    @property
    def formats(self) -> tuple[Format, ...]:
        """The only drill that it is."""
        return (Format.MATCH,)

    @property
    def board(self) -> Matching | None:
        """The board being played; None before the first one and after the last."""
        return self.boards[self._dealt - 1] if 0 < self._dealt <= len(self.boards) else None

    @property
    def remaining(self) -> int:
        """How many boards are still to come after this one."""
        return max(len(self.boards) - self._dealt, 0)

    @property
    def is_playing(self) -> bool:
        """Whether a board is being played."""
        return self.board is not None

    @property
    def is_over(self) -> bool:
        """Whether no board is being played."""
        return self.board is None

    @property
    def is_empty(self) -> bool:
        """Whether it has no board, and never had."""
        return not self.boards

    @property
    def log(self) -> tuple[Try, ...]:
        """What was tried on all boards, and where one was given up, in order."""
        return self._log

    @property
    def solved(self) -> frozenset[int]:
        """The acronyms of the board, by index, that have found their expansion."""
        return self._solved

    @property
    def board_done(self) -> bool:
        """Whether every acronym of the board has found its expansion."""
        return self.board is not None and len(self._solved) == len(self.board.pairs)

    @property
    def subjects(self) -> tuple[str, ...]:
        """What its boards ask for, in order."""
        return tuple(pair.card.subject for board in self.boards for pair in board.pairs)

    def score(self, *boards: Matching) -> Score:
        """The score of these boards; of the whole game if none is named."""
        return score(boards or self.boards, self._log)

    def advance(self) -> Matching | None:
        """Deal the next board, and return it; None when the game is over."""
        self._dealt = min(self._dealt + 1, len(self.boards) + 1)
        self._solved = frozenset()
        return self.board

    def put_back(self) -> None:
        """Deal the board, on which nothing was tried, another time."""
        self._dealt -= 1

    def answer(self, move: Move, seconds: float = 0) -> tuple[Verdict, tuple[Draft, ...]]:
        """Judge a pair, or that the board is given up, and draft the reviews it makes (none for a board given up).

        `seconds` is how long it took to come.
        """
        board = self.board
        if board is None:
            raise ValueError("the game is over")
        pair = move if isinstance(move, PairUp) else None
        verdict = judged(board, pair)
        self._log = (*self._log, Try(board, pair, verdict, seconds))
        if pair is None:
            self._solved = frozenset(range(len(board.pairs)))
            return verdict, ()
        if verdict.correct:
            self._solved |= {pair.left}
        return verdict, self._drafts(board, pair, verdict)

    def _drafts(self, board: Matching, pair: PairUp, verdict: Verdict) -> tuple[Draft, ...]:
        """The try, marked as one of this game; of a wrong one also what became of the owner of the expansion.

        That one was not asked: no part of the game, only a confusion.
        """
        asked, taken = board.pairs[pair.left], board.expansions[pair.right]
        mark = reviews.Game(self.id, sum(len(each.pairs) for each in self.boards)) if self.id else None
        tried = Draft(
            card=asked.card,
            rating=None,
            correct=verdict.correct,
            format=Format.MATCH,
            answer=taken.expansion,
            chosen=verdict.chosen,
            game=mark,
        )
        if verdict.correct:
            return (tried,)
        mistaken = Draft(
            card=taken.card,
            rating=None,
            correct=False,
            format=Format.MATCH,
            answer=asked.acronym,
            chosen=asked.card.subject,
        )
        return tried, mistaken


def judged(board: Matching, pair: PairUp | None) -> Verdict:
    """The verdict on a pair, which names the term whose expansion was taken; None gives the board up."""
    if pair is None:
        return Verdict(False, Outcome.DONT_KNOW, right="", given="")
    asked, taken = board.pairs[pair.left], board.expansions[pair.right]
    if board.is_right(pair):
        return Verdict(True, Outcome.RIGHT, asked.expansion, taken.expansion)
    return Verdict(False, Outcome.WRONG, asked.expansion, taken.expansion, chosen=taken.card.subject)

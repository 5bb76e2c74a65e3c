"""The score of a matching game: what was found at the first try, what was mistaken, and how long it took."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from trainer.drills.questions import Answer, Matching, PairUp
from trainer.memory.games import Record
from trainer.memory.reviews import took


class Try(NamedTuple):
    """A pair that was put together: on which board, and after how many seconds."""

    board: Matching
    pair: PairUp
    seconds: float


class Score(NamedTuple):
    """Pairs in all, found, found at the first try; wrong tries; the time of all tries, in milliseconds."""

    pairs: int
    found: int
    first: int
    mistakes: int
    took: int

    @property
    def record(self) -> Record | None:
        """What counts among other games of this length; None if pairs are missing."""
        return Record(self.first, self.took) if self.found == self.pairs else None


def score(boards: Sequence[Matching], tries: Iterable[Try]) -> Score:
    """The score of some boards; tries on other boards do not count."""
    done = [each for each in tries if each.board in boards]
    outcomes: dict[str, list[bool]] = {}
    for each in done:
        right = each.board.is_right(each.pair)
        outcomes.setdefault(each.board.pairs[each.pair.left].card.key, []).append(right)
    return Score(
        sum(len(board.pairs) for board in boards),
        sum(any(tried) for tried in outcomes.values()),
        sum(tried[0] for tried in outcomes.values()),
        sum(tried.count(False) for tried in outcomes.values()),
        sum(took(each.seconds) for each in done),
    )


def as_try(board: Matching, answer: Answer, seconds: float) -> Try | None:
    """What an answer to a board was; None if it put no pair together."""
    return Try(board, answer, seconds) if isinstance(answer, PairUp) else None

"""The score of a matching game: what was found at the first try, what was mistaken, and how long it took."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from trainer.drills.grading import Verdict
from trainer.drills.shapes import Matching, PairUp
from trainer.memory.games import Record
from trainer.memory.reviews import took


class Try(NamedTuple):
    """A pair that was put together: on which board, how it was judged, and after how many seconds.

    `pair` is None where the board was given up instead.
    """

    board: Matching
    pair: PairUp | None
    verdict: Verdict
    seconds: float


class Score(NamedTuple):
    """Pairs in all, found, found at the first try; wrong tries; the time of all tries and of giving up, in milliseconds."""

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
    """The score of some boards; tries on other boards do not count, and giving up finds nothing."""
    outcomes: dict[str, list[bool]] = {}
    taken = 0
    for board, pair, verdict, seconds in tries:
        if board not in boards:
            continue
        taken += took(seconds)
        if pair is not None:
            outcomes.setdefault(board.pairs[pair.left].card.key, []).append(verdict.correct)
    return Score(
        sum(len(board.pairs) for board in boards),
        sum(any(tried) for tried in outcomes.values()),
        sum(tried[0] for tried in outcomes.values()),
        sum(tried.count(False) for tried in outcomes.values()),
        taken,
    )

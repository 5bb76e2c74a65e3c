"""Matching games: the best one of a learner, from the pairs that they made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from trainer.memory.reviews import Review


class Record(NamedTuple):
    """A finished game: how many pairs were right at the first try, and how long all tries took, in milliseconds."""

    first: int
    took: int

    def beats(self, other: Record | None) -> bool:
        """Whether this game was better: more pairs at the first try, or as many in less time."""
        return other is None or (self.first, -self.took) > (other.first, -other.took)


@dataclass(slots=True)
class Play:
    """A game that is not over: the subjects found, those missed before they were, the time taken so far."""

    day: date
    took: int = 0
    found: set[str] = field(default_factory=set)
    missed: set[str] = field(default_factory=set)


@dataclass
class Games:
    """The best game of each length, in pairs, and the games not over; changed by `apply` alone.

    A game left unfinished is forgotten when another one begins on another day.
    """

    records: dict[int, Record] = field(default_factory=dict)
    playing: dict[str, Play] = field(default_factory=dict)

    def apply(self, review: Review) -> None:
        """Add one try of a game, later than all those before it; other reviews change nothing."""
        game = review.game
        if game is None:
            return
        play = self.playing.get(game.id)
        if play is None:
            self.playing = {name: each for name, each in self.playing.items() if each.day == review.day}
            play = self.playing[game.id] = Play(review.day)
        play.took += review.took
        (play.found if review.correct else play.missed).add(review.card.subject)
        if len(play.found) == game.pairs:
            del self.playing[game.id]
            record = Record(game.pairs - len(play.missed & play.found), play.took)
            if record.beats(self.records.get(game.pairs)):
                self.records[game.pairs] = record

"""The state of a learner on disk: a history and all that it was built from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from trainer.glossary.past import Past
from trainer.memory.history import History, replay
from trainer.memory.reviews import Fact, Retraction, Review, fact_order
from trainer.memory.schedule import Scheduler
from trainer.progress.reading import Reading, Segment, Unreadable

Order = tuple[int, str, str]
_BEFORE_ALL: Order = (-1, "", "")


@dataclass
class State:
    """A history, the order of its last fact, the reviews taken back, and the journal segments read for it."""

    history: History
    last: Order = _BEFORE_ALL
    retracted: set[str] = field(default_factory=set)
    segments: dict[str, Segment] = field(default_factory=dict)
    unreadable: list[Unreadable] = field(default_factory=list)
    newer: int = 0

    def extend(self, facts: Iterable[Fact]) -> bool:
        """Add facts if that comes to the same as replaying everything; otherwise change nothing."""
        reviews = self._next(facts)
        for review in reviews or ():
            self.history.apply(review)
            self.last = fact_order(review)
        return reviews is not None

    def _next(self, facts: Iterable[Fact]) -> list[Review] | None:
        """The facts in order, if they all are reviews later than every one before."""
        reviews: list[Review] = []
        last = self.last
        for fact in sorted(facts, key=fact_order):
            # A repeated fact has the order it had before, so one that is later was never met.
            if isinstance(fact, Retraction) or fact.id in self.retracted or fact_order(fact) <= last:
                return None
            reviews.append(fact)
            last = fact_order(fact)
        return reviews

    def absorb(self, reading: Reading) -> bool:
        """Add what the journal holds beyond the segments; false, and nothing changed, if all has to be replayed."""
        if not self.extend(reading.facts):
            return False
        self.segments = reading.segments
        self.unreadable += reading.unreadable
        self.newer += reading.newer
        return True


def build(
    reading: Reading, scheduler: Scheduler, unsaved: Iterable[Fact] = (), past: Past | None = None
) -> State:
    """The state that a whole journal, and facts not yet in it, amount to."""
    facts = [*reading.facts, *unsaved]
    return State(
        replay(facts, scheduler, past),
        max(map(fact_order, facts), default=_BEFORE_ALL),
        {fact.of for fact in facts if isinstance(fact, Retraction)},
        reading.segments,
        reading.unreadable,
        reading.newer,
    )

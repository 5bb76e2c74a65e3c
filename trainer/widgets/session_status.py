"""The line at the top of a session: where one stands, and the time of a game if it is wanted."""

from __future__ import annotations

from collections.abc import Callable

from textual.timer import Timer
from textual.widgets import Static

from trainer.drills.questions import Matching
from trainer.drills.session import Session
from trainer.memory.reviews import took
from trainer.widgets.literal import literal
from trainer.wording import board_line, duration

TICK = 1.0
"""Seconds between two looks at the clock."""


class SessionStatus(Static):
    """Shows a session; that it is drawn anew each second disturbs neither focus nor keys."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._timer: Timer | None = None

    def show(self, session: Session, thinking: Callable[[], float]) -> None:
        """Say where a session stands; `thinking` tells the seconds since the learner's last answer."""
        if self._timer is not None:
            self._timer.stop()
        question = session.question
        if not isinstance(question, Matching):
            left = session.remaining
            rest = f"encore {left} ensuite" if left else "la dernière"
            self._say(f"{session.deck.title} · question {len(session.replies) + 1} · {rest}")
        elif session.timed:
            self._tick(session, question, thinking)
            self._timer = self.set_interval(TICK, lambda: self._tick(session, question, thinking))
        else:
            self._say(board_line(session, question))

    def _tick(self, session: Session, board: Matching, thinking: Callable[[], float]) -> None:
        time = duration(session.score().took + took(thinking()))
        self._say(f"{board_line(session, board)} · {time}")

    def _say(self, text: str) -> None:
        self.update(literal(text), layout=False)

"""The line at the top of a session: where one stands, and the time of a game if it is wanted."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len, set_cell_size
from textual.timer import Timer
from textual.widgets import Static

from trainer.glossary.cleaning import presented
from trainer.widgets.literal import literal

TICK = 1.0
"""Seconds between two looks at the clock."""
SHORTEST = 8
"""Columns of a deck's title that are shown in any case."""
MARGINS = 2


class SessionStatus(Static):
    """Shows a line; that it is drawn anew each second disturbs neither focus nor keys."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._timer: Timer | None = None
        self._title = self._place = ""

    def say(self, place: str, title: str = "") -> None:
        """Say where one stands, behind as much of the title as leaves room for that."""
        self._stop()
        self._draw(place, title)

    def follow(self, place: Callable[[], str]) -> None:
        """Say where one stands, and again each second."""
        self._stop()
        self._draw(place())
        self._timer = self.set_interval(TICK, lambda: self._draw(place()))

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()

    def on_resize(self) -> None:
        """Make room for a longer or a shorter title."""
        self._draw(self._place, self._title)

    def _draw(self, place: str, title: str = "") -> None:
        self._place, self._title = place, presented(title)
        if self._title:
            room = max(self.app.size.width - MARGINS - cell_len(f" · {place}"), SHORTEST)
            place = f"{shortened(self._title, room)} · {place}"
        self.update(literal(place), layout=False)


def shortened(text: str, room: int) -> str:
    """A text, or its beginning and «…» if it is too long."""
    return text if cell_len(text) <= room else set_cell_size(text, room - 1).rstrip() + "…"

"""A field above a list: what is typed narrows the list, arrows move in it, and Enter comes after all keys before it."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class SearchField(Input):
    """Keeps the focus, and tells what was typed, moved and submitted in the order of the keys, however fast they come.

    An Input lets the application run its bindings, which letters typed meanwhile overtake: Enter would then stand for
    another text than the one before it, and an arrow move in a list of before.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "turn(1)", show=False),
        Binding("pageup", "turn(-1)", show=False),
    ]

    class Moved(Message):
        """So many rows down the list, or pages if `by_page`."""

        def __init__(self, steps: int, by_page: bool) -> None:
            super().__init__()
            self.steps = steps
            self.by_page = by_page

    async def _on_key(self, event: events.Key) -> None:
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            event.stop()
            event.prevent_default()
            await self.run_action(binding.action)
            return
        await super()._on_key(event)

    def action_move(self, rows: int) -> None:
        """Move in the list."""
        self.post_message(self.Moved(rows, by_page=False))

    def action_turn(self, pages: int) -> None:
        """Move in the list by what is in sight of it."""
        self.post_message(self.Moved(pages, by_page=True))

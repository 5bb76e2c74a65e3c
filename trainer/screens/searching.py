"""What screens have in common that search: a field, and a list below it that is narrowed by what is typed."""

from __future__ import annotations

from textual import on
from textual.getters import query_one
from textual.widgets import Input

from trainer.screens.base import TrainerScreen
from trainer.widgets.menu import Menu


class SearchingScreen(TrainerScreen):
    """Type to search, go down to choose; Enter in the field takes what is highlighted."""

    field = query_one("#search", Input)
    menu = query_one("#menu", Menu)

    def on_mount(self) -> None:
        """List everything."""
        self.narrow("")
        self.field.focus()

    def narrow(self, text: str) -> None:
        """List what fits a text, everything if there is none."""
        raise NotImplementedError

    def action_list(self) -> None:
        """From the field to the list."""
        self.menu.focus()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self.narrow(event.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.menu.action_select()

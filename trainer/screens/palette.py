"""The command palette: the commands of the screen one comes from, found by name."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.getters import query_one
from textual.widgets import Input

from trainer.glossary.spelling import unaccented
from trainer.screens.base import TrainerScreen
from trainer.screens.searching import SearchingScreen
from trainer.services import Services
from trainer.widgets.command_bar import CommandBar
from trainer.widgets.commands import BACK, EVERYWHERE, LIST, Command
from trainer.widgets.menu import Item, Menu
from trainer.widgets.prose import Prose

NONE = "Aucune commande de ce nom."


class PaletteScreen(SearchingScreen):
    """Type to search, go down to choose; what is chosen is done on the screen one comes from."""

    CSS_PATH = "palette.tcss"
    HEADING = "Commandes"
    OFFERS = (BACK, LIST)

    none = query_one("#none", Prose)

    def __init__(self, services: Services, screen: TrainerScreen) -> None:
        super().__init__(services)
        self._origin = screen

    def compose(self) -> ComposeResult:
        """The field, the list."""
        yield Prose(f"Commandes : {self._origin.HEADING}", id="heading")
        yield Input(id="search", placeholder="Chercher une commande")
        yield Prose(NONE, id="none")
        yield Menu(id="menu")
        yield CommandBar(self.OFFERS)

    def narrow(self, text: str) -> None:
        """List what fits a text, everything if there is none."""
        commands = list(self._matching(unaccented(text).split()))
        self.menu.fill(
            Item(f"{command.label} : {command.help}", command, command.printed) for command in commands
        )
        self.none.display = not commands

    def _matching(self, words: list[str]) -> Iterator[Command]:
        """The commands whose name or sense holds every word."""
        for command in dict.fromkeys((*self._origin.OFFERS, *EVERYWHERE)):
            said = unaccented(f"{command.label} {command.help}")
            if command.palette and all(word in said for word in words):
                yield command

    @on(Menu.Opened)
    def _opened(self, event: Menu.Opened) -> None:
        command = event.value
        if isinstance(command, Command) and self.is_active:
            self.app.pop_screen()
            self._origin.call_later(self._origin.run_action, command.action)

"""Help: the keys of the screen one comes from, derived from its commands."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from trainer.glossary.cleaning import presented
from trainer.screens.base import TrainerScreen
from trainer.services import Services
from trainer.widgets.command_bar import CommandBar
from trainer.widgets.commands import BACK, EVERYWHERE, Command
from trainer.widgets.prose import Prose

MOVING = (
    ("↑ ↓", "Se déplacer dans une liste ou faire défiler."),
    ("Entrée", "Choisir ce qui est surligné."),
    ("Tab", "Passer d’une partie de l’écran à l’autre."),
    ("Souris", "Cliquer sur une réponse, une ligne ou une commande du bas."),
)


class KeysScreen(TrainerScreen):
    """A table of keys."""

    CSS_PATH = "keys.tcss"
    HEADING = "Aide"
    OFFERS = (BACK,)

    def __init__(self, services: Services, heading: str, commands: Sequence[Command]) -> None:
        super().__init__(services)
        self._heading = heading
        self._shown = list(dict.fromkeys((*commands, *EVERYWHERE)))

    def compose(self) -> ComposeResult:
        """The table."""
        table = Table.grid(padding=(0, 2))
        for command in self._shown:
            table.add_row(Text(command.printed, "bold"), presented(command.help))
        table.add_row("", "")
        for key, sense in MOVING:
            table.add_row(Text(key, "bold"), presented(sense))
        with VerticalScroll(id="page"):
            yield Prose(f"Touches : {self._heading}", id="heading")
            yield Static(table)
        yield CommandBar(self.OFFERS)

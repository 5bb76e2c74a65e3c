"""Who learns? Names already known, a new one, or none."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.getters import query_one
from textual.widgets import Input

from trainer.commands import BACK, HELP, LIST, QUIT
from trainer.screens.base import TrainerScreen
from trainer.screens.routes import Learns
from trainer.widgets.command_bar import CommandBar
from trainer.widgets.menu import Item, Menu
from trainer.widgets.prose import Prose

NOTICE = (
    "Vos réponses sont gardées sur cet ordinateur, sous le nom que vous donnez ici. "
    "Un prénom ou un surnom suffit ; vous pouvez aussi continuer sans nom."
)


class LearnersScreen(TrainerScreen):
    """The first screen of a shared workstation."""

    CSS_PATH = "learners.tcss"
    HEADING = "Qui apprend ?"
    OFFERS = (BACK, LIST, HELP, QUIT)

    field = query_one("#name", Input)
    menu = query_one("#menu", Menu)

    def compose(self) -> ComposeResult:
        """A notice, a field for a new name, the names known."""
        yield Prose("Qui apprend ?", id="question")
        yield Prose(NOTICE, id="notice")
        yield Input(
            id="name", placeholder="Votre prénom, puis Entrée (ou Entrée seule, sans nom)", max_length=60
        )
        yield Menu(id="menu")
        yield CommandBar(self.OFFERS)

    def on_mount(self) -> None:
        """List the learners of this machine."""
        names = [learner.name for learner in self.services.learners.all() if learner.name]
        items = [Item(name, name, "") for name in names]
        self.menu.fill([*items, Item("Continuer sans nom", "")])
        (self.menu if names else self.field).focus()

    @on(Input.Submitted)
    def _named(self, event: Input.Submitted) -> None:
        self.post_message(Learns(event.value.strip()))

    @on(Menu.Opened)
    def _picked(self, event: Menu.Opened) -> None:
        self.post_message(Learns(str(event.value)))

    def action_list(self) -> None:
        """From the field to the list."""
        self.menu.focus()

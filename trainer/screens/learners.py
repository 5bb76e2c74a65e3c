"""Who learns? Names already known, a new one, or none."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.getters import query_one
from textual.widgets import Input

from trainer.commands import BACK, HELP, LIST, QUIT
from trainer.progress.learners import Learner
from trainer.progress.retention import announced
from trainer.screens.base import TrainerScreen
from trainer.screens.routes import Learns
from trainer.services import Services
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

    def __init__(self, services: Services, news: str = NOTICE) -> None:
        super().__init__(services)
        self._news = news

    def compose(self) -> ComposeResult:
        """What to know, a field for a new name, the names known."""
        yield Prose("Qui apprend ?", id="question")
        yield Prose(self._news, id="notice")
        yield Input(
            id="name", placeholder="Votre prénom, puis Entrée (ou Entrée seule, sans nom)", max_length=60
        )
        yield Menu(id="menu")
        yield CommandBar(self.OFFERS)

    def on_mount(self) -> None:
        """List the learners of this machine."""
        known = [learner for learner in self.services.learners.all() if learner.name]
        items = [Item(learner.name, learner.name, _leaving(learner)) for learner in known]
        self.menu.fill([*items, Item("Continuer sans nom", "")])
        (self.menu if known else self.field).focus()

    @on(Input.Submitted)
    def _named(self, event: Input.Submitted) -> None:
        self.post_message(Learns(event.value.strip()))

    @on(Menu.Opened)
    def _picked(self, event: Menu.Opened) -> None:
        self.post_message(Learns(str(event.value)))

    def action_list(self) -> None:
        """From the field to the list."""
        self.menu.focus()

    def action_back(self) -> None:
        """Stay who one is."""
        self.post_message(Learns(self.services.learner.name))


def _leaving(learner: Learner) -> str:
    """From when a learner who has not answered for long will be forgotten."""
    day = announced(learner)
    return f"à effacer le {day:%d/%m/%Y}" if day else ""

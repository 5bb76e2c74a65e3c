"""The notice: what is kept of a learner, told before the first answer, and again whenever they ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from trainer.safekeeping import retention
from trainer.screens.base import TrainerScreen
from trainer.screens.routes import ShowLearners, Understood
from trainer.widgets.command_bar import CommandBar
from trainer.widgets.commands import BACK, HELP, Command
from trainer.widgets.literal import literal
from trainer.widgets.prose import Prose
from trainer.widgets.theme import LABEL
from trainer.wording.privacy import notice

UNDERSTOOD = Command("understood", "J’ai compris", ("enter",), "Entrée", "Continuer.")
OTHER = Command("learners", "Autre nom", ("escape",), "Échap", "Dire qui apprend.")


class NoticeScreen(TrainerScreen):
    """The whole notice."""

    CSS_PATH = "data.tcss"
    HEADING = "Vos réponses et vous"
    OFFERS: ClassVar[Sequence[Command]] = (BACK, HELP)

    def compose(self) -> ComposeResult:
        """One page."""
        with VerticalScroll(id="page"):
            yield Prose(self._page())
        yield CommandBar(self.OFFERS)

    def _page(self) -> Content:
        data, shared = self.services.learners
        parts = [literal("Ce que ce programme garde de vous\n", LABEL)]
        for heading, paragraph in notice(data, retention.load(data, shared).months):
            parts.append(literal(f"\n{heading} : ", LABEL))
            parts.append(literal(paragraph))
        return Content.assemble(*parts)


class FirstNoticeScreen(NoticeScreen):
    """The same before the first answer."""

    OFFERS = (UNDERSTOOD, OTHER, HELP)

    def action_understood(self) -> None:
        """Go on."""
        self.post_message(Understood())

    def action_learners(self) -> None:
        """Ask again who learns."""
        self.post_message(ShowLearners())

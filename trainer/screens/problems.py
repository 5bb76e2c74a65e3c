"""What is wrong in the content, as `trainer check` says it: for a learner to show to whoever writes the content."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from trainer.screens.base import TrainerScreen
from trainer.widgets.command_bar import CommandBar
from trainer.widgets.commands import BACK, HELP
from trainer.widgets.prose import Prose
from trainer.wording.numbers import counted

SHOWN = 100
"""Errors on the page; `trainer check` tells all of them."""


class ProblemsScreen(TrainerScreen):
    """The errors, each with its file, line and column, and what to write."""

    CSS_PATH = "problems.tcss"
    HEADING = "Erreurs du contenu"
    OFFERS = (BACK, HELP)

    def compose(self) -> ComposeResult:
        """One page."""
        with VerticalScroll(id="page"):
            yield Prose("\n\n".join(self._paragraphs()))
        yield CommandBar(self.OFFERS)

    def _paragraphs(self) -> Iterator[str]:
        errors = self.services.left_out
        yield (
            f"{counted(len(errors), 'erreur')} dans le contenu. Les textes fautifs sont laissés de côté, le reste "
            "fonctionne. Montrez cette page à la personne qui tient le lexique et les paquets ; pour tout "
            "vérifier, elle peut taper : trainer check"
        )
        yield from map(str, errors[:SHOWN])
        if len(errors) > SHOWN:
            yield f"… et {len(errors) - SHOWN} de plus."

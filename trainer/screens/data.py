"""«Mes données»: what is kept of a learner, and what they can do about it."""

from __future__ import annotations

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.getters import query_one
from textual.widgets import Input

from trainer.errors import ProgressError
from trainer.safekeeping.exporting import export, usual_name
from trainer.safekeeping.holding import account, held
from trainer.screens.base import TrainerScreen
from trainer.screens.notice import NoticeScreen
from trainer.screens.routes import Erase
from trainer.widgets.command_bar import CommandBar
from trainer.widgets.commands import BACK, HELP, Command
from trainer.widgets.menu import Item, Menu
from trainer.widgets.prose import Prose
from trainer.wording.privacy import ELSEWHERE, ERASE, answer_lines, summary

SHOWN = 200
"""Answers listed at most; an export holds them all."""
ANSWERS = Command("answers", "Réponses", ("r",), "R", "Voir vos dernières réponses.")
EXPORT = Command("export", "Exporter", ("x",), "X", "Écrire tout ce qui est gardé de vous dans un fichier.")
NOTICE = Command("notice", "Notice", ("n",), "N", "Relire la notice : quoi, pourquoi, combien de temps.")
DELETE = Command("delete", "Effacer", ("e",), "E", "Effacer tout ce qui est gardé de vous.")


class DataScreen(TrainerScreen):
    """Figures, then what can be done."""

    CSS_PATH = "data.tcss"
    HEADING = "Mes données"
    OFFERS = (BACK, ANSWERS, EXPORT, NOTICE, DELETE, HELP)

    text = query_one("#held", Prose)
    menu: query_one[Menu[Command]] = query_one("#menu", Menu)

    def compose(self) -> ComposeResult:
        """What is kept, the menu, the commands."""
        with VerticalScroll(id="figures", can_focus=False):
            yield Prose(id="held")
        yield Menu(id="menu")
        yield CommandBar((BACK, HELP))

    def on_mount(self) -> None:
        """Offer what there is to do."""
        self.menu.fill(
            Item(each.help.rstrip("."), each, each.printed) for each in (ANSWERS, EXPORT, NOTICE, DELETE)
        )
        self.menu.focus()

    def on_screen_resume(self) -> None:
        """Read the disk, anew whenever one comes back."""
        try:
            told = "\n".join(summary(account(self.services.learners, self.services.learner)))
        except ProgressError as error:
            told = f"⚠ {error}"
        self.text.update(told)

    @on(Menu.Opened)
    async def _opened(self, event: Menu.Opened) -> None:
        assert isinstance(event.value, Command)
        await self.run_action(event.value.action)

    def action_answers(self) -> None:
        """List the last answers."""
        self.app.push_screen(AnswersScreen(self.services))

    def action_export(self) -> None:
        """Ask where to."""
        self.app.push_screen(ExportScreen(self.services))

    def action_notice(self) -> None:
        """Tell it all again."""
        self.app.push_screen(NoticeScreen(self.services))

    def action_delete(self) -> None:
        """Ask whether this is meant."""
        self.app.push_screen(EraseScreen(self.services))


class AnswersScreen(TrainerScreen):
    """The last answers, the latest first."""

    CSS_PATH = "data.tcss"
    HEADING = "Mes réponses"
    OFFERS = (BACK, HELP)

    def compose(self) -> ComposeResult:
        """One page."""
        with VerticalScroll(id="page"):
            yield Prose(self._page())
        yield CommandBar(self.OFFERS)

    def _page(self) -> str:
        try:
            answers = held(self.services.learner).answers[: -SHOWN - 1 : -1]
        except ProgressError as error:
            return f"⚠ {error}"
        lines = answer_lines(answers, self.services.library, self.services.world.zone)
        return "\n\n".join(lines) or "Aucune réponse n’est gardée."


class AskingScreen(TrainerScreen):
    """Says what is about to be done, and asks for a line of text before it is."""

    CSS_PATH = "data.tcss"
    OFFERS = (BACK, HELP)

    field = query_one("#field", Input)
    told = query_one("#told", Prose)

    def compose(self) -> ComposeResult:
        """What is at stake, the field, what came of it."""
        with VerticalScroll(can_focus=False):
            yield Prose(self._question(), id="question")
            yield Input(id="field")
            yield Prose(id="told")
        yield CommandBar(self.OFFERS)

    def on_mount(self) -> None:
        """Ready to type."""
        self.field.focus()

    def _question(self) -> str:
        raise NotImplementedError


class ExportScreen(AskingScreen):
    """Where to write everything."""

    HEADING = "Exporter mes données"

    def _question(self) -> str:
        return (
            "Tout ce qui est gardé de vous, dans un fichier JSON. Entrée l’écrit à l’endroit proposé ; vous pouvez "
            "en taper un autre. Aucun fichier n’est remplacé."
        )

    def on_mount(self) -> None:
        """Offer the home folder."""
        super().on_mount()
        name = usual_name(self.services.learner, self.services.world.now())
        self.field.value = str(_home() / name)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        try:
            services, asked = self.services, Path(event.value.strip() or ".").expanduser()
            path = export(services.learner, services.store, services.world.now(), asked)
        except ProgressError as error:
            self.told.update(f"✗ {error}")
        except RuntimeError:
            self.told.update("✗ Le dossier « ~ » de ce compte est inconnu : tapez le chemin entier.")
        else:
            self.told.update(f"✓ Écrit dans {path}")


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # nobody knows where it is
        return Path()


class EraseScreen(AskingScreen):
    """The last word before all is erased."""

    HEADING = "Effacer mes données"

    def _question(self) -> str:
        try:
            answers = str(len(held(self.services.learner).answers))
        except ProgressError:  # to be erased all the same
            answers = "illisibles"
        return (
            f"Nom : {self.services.learner.title}. Réponses : {answers}.\n"
            "Tout sera effacé de cet ordinateur : le nom, les réponses, les dates de révision. On ne peut pas revenir "
            f"en arrière. {ELSEWHERE}\n\n"
            f"Pour effacer, tapez le mot {ERASE}, puis Entrée. Échap : ne rien effacer."
        )

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.value.strip().lower() == ERASE:
            self.post_message(Erase())
        else:
            self.told.update(f"Rien n’est effacé. Pour effacer, tapez {ERASE}.")

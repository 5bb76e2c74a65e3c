"""The end of a session or a game: what went well, what did not, and what next."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one

from trainer.drills.game import Game
from trainer.drills.scoring import Try
from trainer.drills.session import Answered, Session
from trainer.drills.starting import Sitting
from trainer.memory.opening import Opening
from trainer.screens.base import TrainerScreen
from trainer.screens.routes import Drill, GoHome
from trainer.services import Services
from trainer.widgets.command_bar import CommandBar
from trainer.widgets.commands import HELP, Command
from trainer.widgets.literal import literal
from trainer.widgets.menu import Item, Menu
from trainer.widgets.prose import Prose
from trainer.widgets.theme import LABEL, RIGHT, WRONG
from trainer.wording.games import again_line
from trainer.wording.numbers import counted
from trainer.wording.saving import waiting_line
from trainer.wording.sessions import ended_line, nothing_lines, outcome_lines, way_line

HOME = Command("back", "Accueil", ("escape", "a"), "Échap", "Revenir à l’accueil.")
AGAIN = Command(
    "again", "Encore", ("e",), "E", "Jouer une autre partie, avec d’autres sigles tant qu’il y en a."
)
MISTAKES = Command("mistakes", "Reprendre les erreurs", ("r",), "R", "Reposer les questions ratées.")


class Next(Enum):
    """What may follow a session or a game."""

    MISTAKES = 1
    MORE = 2
    HOME = 3
    AGAIN = 4


class SummaryScreen(TrainerScreen):
    """What became of one session, or of one game."""

    CSS_PATH = "summary.tcss"
    HEADING = "Bilan"
    OFFERS = (AGAIN, MISTAKES, HOME, HELP)

    figures = query_one("#figures", Prose)
    menu = query_one("#menu", Menu)
    wrong = query_one("#wrong", Prose)
    bar = query_one(CommandBar)

    def __init__(self, services: Services, sitting: Sitting) -> None:
        super().__init__(services)
        self.sitting = sitting
        self._mistakes = sitting.mistakes if isinstance(sitting, Session) else ()
        self._next: Game | None = None
        if isinstance(sitting, Game) and not sitting.is_empty:
            self._next = services.starter().another_game(sitting)

    def compose(self) -> ComposeResult:
        """Figures, what next, then the mistakes."""
        yield Prose(id="figures")
        yield Menu(id="menu")
        with VerticalScroll(can_focus=False):
            yield Prose(id="wrong")
        yield CommandBar(self.OFFERS)

    def on_mount(self) -> None:
        """Draw everything."""
        self.figures.update("\n".join([*self._figures(), *self._unsaved()]))
        self.menu.fill(self._items())
        self.menu.focus()
        self.wrong.update(_wrong(self.sitting.log))
        mistakes = {MISTAKES.action} if self._mistakes else set()
        again = {AGAIN.action} if self._next else set()
        self.bar.offer({HOME.action, HELP.action} | mistakes | again)

    def day_changed(self) -> None:
        """Offer what this day brings."""
        self.menu.fill(self._items())

    def _figures(self) -> list[str]:
        """How many answers were right; of pairs, how many at the first try, and the best game so far."""
        if self.sitting.is_empty:
            return nothing_lines(self.sitting)
        outcome = outcome_lines(self.sitting, self.services.history.games.records)
        return [ended_line(self.sitting), *outcome]

    def _unsaved(self) -> list[str]:
        """That answers still wait for the disk, if any do."""
        store = self.services.store
        waiting = len(store.unsaved)
        return [f"⚠ {waiting_line(waiting, store.is_erased)}"] if waiting else []

    def _items(self) -> list[Item[Next | Opening]]:
        home = Item[Next | Opening]("Retour à l’accueil", Next.HOME)
        if self.sitting.is_empty:
            ways = self.services.starter().instead(self.sitting)
            return [*(Item[Next | Opening](way_line(way.deck, way.formats), way) for way in ways), home]
        return [*self._further(), home]

    def _further(self) -> list[Item[Next | Opening]]:
        """What may follow where something was asked."""
        mistakes, plan = self._mistakes, self.services.plan(self.sitting.deck)
        items: list[Item[Next | Opening]] = []
        if self._next:
            items.append(Item("Encore une partie", Next.AGAIN, again_line(self._next)))
        if mistakes:
            items.append(Item("Reprendre les erreurs", Next.MISTAKES, counted(len(mistakes), "carte")))
        if plan.cards:
            items.append(
                Item("Continuer", Next.MORE, f"encore {counted(len(plan.cards), 'carte')} aujourd’hui")
            )
        return items

    @on(Menu.Opened)
    def _opened(self, event: Menu.Opened) -> None:
        match event.value:
            case Next.AGAIN:
                self.action_again()
            case Next.MISTAKES:
                self.action_mistakes()
            case Opening() as way:
                self.post_message(Drill(self.services.starter().opened(way)))
            case Next.MORE:
                self.post_message(Drill(self.services.starter().opened(Opening(self.sitting.deck))))
            case _:
                self.action_back()

    def action_again(self) -> None:
        """Play another game."""
        if self._next:
            self.post_message(Drill(self._next))

    def action_mistakes(self) -> None:
        """Ask the mistakes again."""
        if isinstance(self.sitting, Session) and self._mistakes:
            self.post_message(Drill(self.services.starter().revision(self.sitting)))

    def action_back(self) -> None:
        """Go home."""
        self.post_message(GoHome())


def _wrong(log: Sequence[Answered | Try]) -> Content:
    """What was wrong, and what was right."""
    parts: list[Content] = []
    for item in log:
        verdict = item.verdict
        if verdict.correct:
            continue
        parts += [literal("✗ ", WRONG), literal(f"{_asked(item)}\n", LABEL)]
        if verdict.right:
            parts += [literal("  ✓ ", RIGHT), literal(f"{verdict.right}\n")]
        if verdict.given:
            parts.append(literal(f"  Vous : {verdict.given}{_owner(item)}\n"))
    return Content.assemble(*parts)


def _asked(item: Answered | Try) -> str:
    """The stem of a question, the acronym of a pair."""
    if isinstance(item, Answered):
        return item.question.stem
    return item.board.pairs[item.pair.left].acronym if item.pair else "Plateau laissé là"


def _owner(item: Answered | Try) -> str:
    """Whose expansion was taken, in a game."""
    if isinstance(item, Answered) or item.pair is None:
        return ""
    return f", le sens de {item.board.expansions[item.pair.right].acronym}"

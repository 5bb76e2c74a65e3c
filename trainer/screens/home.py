"""Home: what there is to do today, and where to go."""

from __future__ import annotations

from enum import Enum

from textual import on
from textual.app import ComposeResult
from textual.getters import query_one

from trainer.glossary.decks import Deck
from trainer.memory.queue import Plan
from trainer.memory.statistics import streak
from trainer.screens.base import TrainerScreen
from trainer.screens.routes import (
    Drill,
    ShowData,
    ShowDeck,
    ShowGlossary,
    ShowLearners,
    ShowProblems,
    ShowProgress,
)
from trainer.services import Services
from trainer.widgets.command_bar import CommandBar
from trainer.widgets.commands import DATA, HELP, QUIT, TELL_APART, Command
from trainer.widgets.literal import literal
from trainer.widgets.menu import Item, Menu
from trainer.widgets.prose import Prose
from trainer.wording.figures import NOTHING_TO_TELL_APART
from trainer.wording.numbers import counted
from trainer.wording.saving import ERASED

TODAY = Command("today", "Séance", ("s",), "S", "Commencer la séance du jour.")
GLOSSARY = Command("glossary", "Lexique", ("l",), "L", "Chercher un terme.")
PROGRESS = Command("progress", "Progrès", ("p",), "P", "Voir où vous en êtes.")
RIVALS = TELL_APART._replace(label="Confusions", bar=False)
LEARNERS = Command("learners", "Apprenant", ("c",), "C", "Dire qui apprend.")
MY_DATA = DATA._replace(bar=False)


class Doing(Enum):
    """The entries of the menu that are not decks."""

    TODAY = 1
    MATCH = 2
    GLOSSARY = 3
    PROGRESS = 4
    LEARNERS = 5
    LEAVE = 6
    RIVALS = 7
    PROBLEMS = 8


class HomeScreen(TrainerScreen):
    """The first screen of a learner."""

    CSS_PATH = "home.tcss"
    HEADING = "Accueil"
    OFFERS = (TODAY, RIVALS, GLOSSARY, PROGRESS, LEARNERS, MY_DATA)

    menu: query_one[Menu[Doing | Deck]] = query_one("#menu", Menu)
    greeting = query_one("#greeting", Prose)

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._left = False

    def welcome(self, services: Services) -> None:
        """Turn to another learner."""
        self.services, self._left = services, False
        self.refresh_figures()

    def compose(self) -> ComposeResult:
        """A greeting, the menu, the commands."""
        yield Prose(id="greeting")
        yield Menu(id="menu")
        yield CommandBar((*self.OFFERS, HELP, QUIT))

    def on_mount(self) -> None:
        """Draw the figures for the first time."""
        self.refresh_figures()
        self.menu.focus()

    def on_screen_suspend(self) -> None:
        """Note that what comes now may change the figures."""
        self._left = True

    def on_screen_resume(self) -> None:
        """Draw the figures anew after a session."""
        if self._left:
            self.day_changed()

    def day_changed(self) -> None:
        """Say what this day brings; whatever was highlighted stays so."""
        kept = self.menu.highlighted
        self.refresh_figures()
        self.menu.highlighted = kept

    def refresh_figures(self) -> None:
        """What is due and new, as of now."""
        everything = self.services.library.everything
        plan = self.services.plan(everything)
        self.greeting.update(literal(self._greeting(plan)))
        self.menu.fill(self._items(plan))

    def _greeting(self, plan: Plan) -> str:
        if self.services.store.is_erased:
            return ERASED
        name = self.services.learner.name
        hello = f"Bonjour {name}." if name else "Bonjour."
        days = streak(self.services.history, self.services.today())
        series = f" {counted(days, 'jour')} d’étude en série : continuez ainsi." if days > 1 else ""
        if not plan.cards:
            return f"{hello} Tout est à jour pour aujourd’hui.{series}"
        return f"{hello} Cartes du jour : {_due(plan)}.{series}"

    def _items(self, plan: Plan) -> list[Item[Doing | Deck]]:
        start = "Commencer la séance du jour" if plan.cards else "S’entraîner quand même"
        items: list[Item[Doing | Deck]] = [
            Item(start, Doing.TODAY, _due(plan)),
            *self._rivals(),
            Item("Jouer avec les sigles", Doing.MATCH),
            Item(
                "Chercher dans le lexique", Doing.GLOSSARY, counted(len(self.services.library.terms), "terme")
            ),
            Item("Voir mes progrès", Doing.PROGRESS),
            Item("Changer d’apprenant", Doing.LEARNERS, self.services.learner.title),
            *self._problems(),
            Item("Quitter", Doing.LEAVE),
        ]
        decks = self.services.library.decks.values()
        if decks:
            items.append(Item("Paquets", None))
        items += [Item(deck.title, deck, _due(self.services.plan(deck))) for deck in decks]
        return items

    def _rivals(self) -> list[Item[Doing | Deck]]:
        """The way to the pairs of terms to tell apart, if there are any."""
        pairs, own = self.services.rivals()
        label = "Revoir mes confusions" if own else "Distinguer des termes proches"
        return [Item(label, Doing.RIVALS, counted(len(pairs), "paire"))] if pairs else []

    def _problems(self) -> list[Item[Doing | Deck]]:
        """The way to what is wrong in the content, if anything is."""
        errors = self.services.left_out
        if not errors:
            return []
        return [Item(f"⚠ Contenu : {counted(len(errors), 'erreur')}", Doing.PROBLEMS, "voir")]

    @on(Menu.Opened)
    def _opened(self, event: Menu.Opened) -> None:
        match event.value:
            case Deck() as deck:
                self.post_message(ShowDeck(deck))
            case Doing.TODAY:
                self.action_today()
            case Doing.MATCH:
                self.post_message(Drill(self.services.starter().game(self.services.library.everything)))
            case Doing.RIVALS:
                self.action_tell_apart()
            case Doing.GLOSSARY:
                self.action_glossary()
            case Doing.PROGRESS:
                self.action_progress()
            case Doing.LEARNERS:
                self.action_learners()
            case Doing.PROBLEMS:
                self.post_message(ShowProblems())
            case Doing.LEAVE:
                self.app.exit()

    def action_today(self) -> None:
        """Start today's session."""
        self.post_message(Drill(self.services.starter().session(self.services.library.everything)))

    def action_tell_apart(self) -> None:
        """Start a session of what the learner confuses."""
        pairs = self.services.rivals().pairs
        if pairs:
            self.post_message(Drill(self.services.starter().telling_apart(pairs)))
        else:
            self.greeting.update(literal(NOTHING_TO_TELL_APART))

    def action_glossary(self) -> None:
        """Open the glossary."""
        self.post_message(ShowGlossary())

    def action_progress(self) -> None:
        """Open the figures."""
        self.post_message(ShowProgress())

    def action_data(self) -> None:
        """Open what is kept of the learner."""
        self.post_message(ShowData())

    def action_learners(self) -> None:
        """Ask who learns."""
        self.post_message(ShowLearners())


def _due(plan: Plan) -> str:
    """What a plan holds, in words."""
    parts = []
    if plan.due:
        parts.append(f"{len(plan.due)} à revoir")
    if plan.new:
        parts.append(counted(len(plan.new), "nouvelle"))
    return ", ".join(parts) or "à jour"

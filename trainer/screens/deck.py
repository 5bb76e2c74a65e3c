"""A deck: what it holds, and the ways of working through it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.getters import query_one

from trainer.glossary.decks import Deck, Format
from trainer.memory.cards import cards_of
from trainer.memory.opening import Opening
from trainer.memory.statistics import card_counts
from trainer.screens.base import TrainerScreen
from trainer.screens.routes import Drill
from trainer.services import Services
from trainer.widgets.command_bar import CommandBar
from trainer.widgets.commands import BACK, HELP
from trainer.widgets.literal import literal
from trainer.widgets.menu import Item, Menu
from trainer.widgets.prose import Prose
from trainer.widgets.theme import LABEL
from trainer.wording.numbers import counted
from trainer.wording.sessions import DRILLS, only


class DeckScreen(TrainerScreen):
    """One deck."""

    CSS_PATH = "deck.tcss"
    HEADING = "Paquet"
    OFFERS = (BACK, HELP)

    about = query_one("#about", Prose)
    menu = query_one("#menu", Menu)

    def __init__(self, services: Services, deck: Deck) -> None:
        super().__init__(services)
        self.deck = deck

    def compose(self) -> ComposeResult:
        """What it is, then what to do with it."""
        yield Prose(id="about")
        yield Menu(id="menu")
        yield CommandBar(self.OFFERS)

    def on_mount(self) -> None:
        """Draw the figures."""
        self._draw()
        self.menu.focus()

    def on_screen_resume(self) -> None:
        """Draw them anew after a session."""
        self._draw()

    def day_changed(self) -> None:
        """Say what this day brings; whatever was highlighted stays so."""
        kept = self.menu.highlighted
        self._draw()
        self.menu.highlighted = kept

    def _draw(self) -> None:
        deck, services = self.deck, self.services
        plan = services.plan(deck)
        figures = card_counts(cards_of(services.library, deck), services.history)
        lines = [
            deck.description,
            f"{counted(len(deck.terms), 'terme')}, {counted(len(deck.questions), 'question')} du formateur.",
            f"Cartes : {figures.new} jamais vues, {figures.learning} en cours, {figures.known} bien sues.",
            f"Aujourd’hui : {len(plan.due)} à revoir, {len(plan.new)} à découvrir.",
        ]
        told = "".join(f"\n{line}" for line in lines if line)
        self.about.update(Content.assemble(literal(deck.title, LABEL), literal(told)))
        whole = "Commencer la séance" if plan.cards else "S’entraîner quand même"
        items: list[Item[tuple[Format, ...]]] = [Item(whole, ())]
        items += [Item(only(form), (form,)) for form in DRILLS if form in deck.drills]
        self.menu.fill(items)

    @on(Menu.Opened)
    def _opened(self, event: Menu.Opened) -> None:
        formats = event.value
        assert isinstance(formats, tuple)
        self.post_message(Drill(self.services.starter().opened(Opening(self.deck, formats))))

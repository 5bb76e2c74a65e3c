"""The glossary: a search that does not mind accents, and a page for each term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input

from trainer.drills.posing.rivals import Duo, confused, rivals_of
from trainer.glossary.pairs import telling_apart
from trainer.glossary.searching import search
from trainer.glossary.terms import Term
from trainer.memory.cards import Card
from trainer.memory.history import Tally, summed
from trainer.screens.base import TrainerScreen
from trainer.screens.routes import Drill, ShowTerm
from trainer.screens.searching import SearchingScreen
from trainer.services import Services
from trainer.widgets.command_bar import CommandBar
from trainer.widgets.commands import BACK, HELP, LIST, TELL_APART
from trainer.widgets.literal import literal
from trainer.widgets.menu import Item, Menu
from trainer.widgets.prose import Prose
from trainer.widgets.theme import LABEL
from trainer.wording.feedback import APART, changed_line
from trainer.wording.numbers import counted

SHOWN = 200
"""Terms listed at most; a longer list is narrowed by typing."""
LEVELS = {1: "indispensable", 2: "utile", 3: "culture du métier"}


class GlossaryScreen(SearchingScreen):
    """Type to search, go down to choose."""

    CSS_PATH = "glossary.tcss"
    HEADING = "Lexique"
    OFFERS = (BACK, LIST, HELP)

    found = query_one("#found", Prose)

    def compose(self) -> ComposeResult:
        """The field, the list."""
        yield Input(id="search", placeholder="Cherchez un terme, un sigle, un mot")
        yield Prose(id="found")
        yield Menu(id="menu")
        yield CommandBar(self.OFFERS)

    def narrow(self, text: str) -> None:
        """List what fits a text, everything if there is none."""
        terms = search(self.services.library, text)
        more = f" ; les {SHOWN} premiers, précisez pour voir les autres" if len(terms) > SHOWN else ""
        self.found.update(
            f"{counted(len(terms), 'terme')}{more}" if terms else "Aucun terme ne contient ces mots."
        )
        self.menu.fill(Item(term.title, term, self._category(term)) for term in terms[:SHOWN])

    def _category(self, term: Term) -> str:
        return self.services.library.categories[term.category].name

    @on(Menu.Opened)
    def _opened(self, event: Menu.Opened) -> None:
        if isinstance(event.value, Term):
            self.post_message(ShowTerm(event.value))


class TermScreen(TrainerScreen):
    """All that is known of one term."""

    CSS_PATH = "glossary.tcss"
    HEADING = "Terme"
    OFFERS = (BACK, TELL_APART, HELP)

    text = query_one("#term", Prose)
    bar = query_one(CommandBar)

    def __init__(self, services: Services, term: Term) -> None:
        super().__init__(services)
        self.term = term

    def compose(self) -> ComposeResult:
        """The page."""
        with VerticalScroll(id="page"):
            yield Prose(id="term")
        yield CommandBar(self.OFFERS)

    def on_screen_resume(self) -> None:
        """Say where one stands, anew after a session, and offer the drill where there is something to drill."""
        self.text.update(self._page())
        drill = {TELL_APART.action} if self._rivals else set()
        self.bar.offer({BACK.action, HELP.action} | drill)

    @property
    def _rivals(self) -> Sequence[Duo]:
        """The pairs of this term and another that it may be told from."""
        return rivals_of(self.services.library, self.services.history, self.term)

    def action_tell_apart(self) -> None:
        """Start a session of this term and those it is confused with."""
        if self._rivals:
            self.post_message(Drill(self.services.starter().telling_apart(self._rivals)))

    def _page(self) -> Content:
        parts = [literal(self.term.title, LABEL)]
        for label, paragraph in self._paragraphs():
            if paragraph:
                parts.append(literal(f"\n{label} : " if label else "\n\n", LABEL))
                parts.append(literal(paragraph))
        return Content.assemble(*parts)

    def _paragraphs(self) -> list[tuple[str, str]]:
        term, library = self.term, self.services.library
        names = [library.terms[other].title for other in sorted(library.confusable_with(term.id))]
        sources = [library.sources[source].name for source in term.sources]
        return [
            ("", term.definition),
            ("", ""),
            ("Exemple", term.example),
            ("Note", term.note),
            ("En anglais", term.english or term.original),
            ("On dit aussi", ", ".join(term.synonyms)),
            ("À ne pas confondre avec", ", ".join(names)),
            *self._confused(),
            ("Famille", f"{library.categories[term.category].name}, {LEVELS[term.level]}"),
            ("Sources", " ; ".join(sources)),
            ("", changed_line(self.services.history, self.term.id)),
            ("", self._standing()),
        ]

    def _confused(self) -> Iterator[tuple[str, str]]:
        """What the learner took this term for, or for it, and what tells each apart."""
        own = self.term
        for other, instead, reverse in confused(self.services.library, self.services.history, own):
            ways = ((other, own, instead), (own, other, reverse))
            told = [
                f"« {said.term} » au lieu de « {meant.term} », {times} fois"
                for said, meant, times in ways
                if times
            ]
            yield "Vous avez confondu avec", f"{other.title} ({' ; '.join(told)})"
            note = telling_apart(own, other)
            yield APART, "" if note == own.note else note

    def _standing(self) -> str:
        """What the learner has made of it so far."""
        history = self.services.history
        given, tried = self._own(history.tallies), self._own(history.plays)
        told = f"Vous : {counted(given.answers, 'réponse')}, {counted(given.right, 'juste')}."
        lines = [told if given.answers else "Vous n’avez pas encore répondu sur ce terme."]
        if tried.answers:
            game = f"{counted(tried.answers, 'essai')}, {counted(tried.right, 'juste')}"
            lines.append(f"Au jeu des sigles : {game}.")
        return "\n".join(lines)

    def _own(self, tallies: Mapping[Card, Tally]) -> Tally:
        """What was answered on the term, from all sides."""
        return summed([tally for card, tally in tallies.items() if card.subject == self.term.id])

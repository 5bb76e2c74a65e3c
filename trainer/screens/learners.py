"""Who learns? A name typed in full, or one of those known, or none."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from textual import on
from textual.app import ComposeResult
from textual.getters import query_one
from textual.widgets import Input

from trainer.errors import ProgressError
from trainer.glossary.cleaning import presented
from trainer.glossary.spelling import unaccented
from trainer.progress.learners import LONGEST_NAME, Learner, folder_name, tidy
from trainer.safekeeping.retention import announced
from trainer.screens.base import TrainerScreen
from trainer.screens.routes import Learns
from trainer.services import Services
from trainer.widgets.command_bar import CommandBar
from trainer.widgets.commands import BACK, HELP, LIST, QUIT
from trainer.widgets.long_list import LongList
from trainer.widgets.menu import Item
from trainer.widgets.prose import Prose
from trainer.widgets.search_field import SearchField
from trainer.wording.numbers import counted

NOTICE = (
    "Vos réponses sont gardées sur cet ordinateur, sous le nom que vous donnez ici. "
    "Un prénom ou un surnom suffit ; vous pouvez aussi continuer sans nom."
)
_NAMELESS = folder_name("")


class LearnersScreen(TrainerScreen):
    """The first screen of a shared workstation: Enter takes the name that is typed, unless arrows chose one of the list.

    What is typed narrows the list, and takes back what was chosen there.
    """

    CSS_PATH = "learners.tcss"
    HEADING = "Qui apprend ?"
    OFFERS = (BACK, LIST, HELP, QUIT)

    field = query_one("#name", SearchField)
    found = query_one("#found", Prose)
    names: query_one[LongList[Learner]] = query_one("#names", LongList)

    def __init__(self, services: Services, news: str = "") -> None:
        super().__init__(services)
        self._news = news
        self._known: list[tuple[str, Learner]] = []
        self._misplaced: list[Learner] = []
        self._typed_name = ""
        self._told = ""  # the name that was said to be new
        self._fitting = 0

    def compose(self) -> ComposeResult:
        """What to know, a field for the name, the names known."""
        nameless = self.services.learner.folder.name == _NAMELESS
        back = BACK._replace(label="Sans nom") if nameless else BACK
        yield Prose("Qui apprend ?", id="question")
        yield Prose(self._news or NOTICE, id="notice")
        yield SearchField(
            id="name",
            placeholder=presented("Votre prénom, puis Entrée (seule : sans nom)"),
            max_length=LONGEST_NAME,
        )
        yield Prose(id="found")
        yield LongList(self._item, id="names")
        yield CommandBar([back, *self.OFFERS[1:]])

    def on_mount(self) -> None:
        """List the learners of this machine."""
        everyone: Sequence[Learner] = ()
        try:
            everyone = self.services.learners.all()
        except ProgressError as error:
            self.query_one("#notice", Prose).update(f"⚠ {error}")
        named = [(unaccented(each.title), each) for each in everyone if each.folder.name != _NAMELESS]
        self._known = sorted(named, key=itemgetter(0))
        self._misplaced = [each for _, each in self._known if each.is_misplaced]
        self._narrow("")
        self.field.focus()

    # What the keys do, one after the other

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._narrow(event.value)

    @on(SearchField.Moved)
    def _moved(self, event: SearchField.Moved) -> None:
        self.names.move(event.steps * (self.names.page if event.by_page else 1))
        self._say()

    def action_list(self) -> None:
        """The arrow of the command bar, for the mouse."""
        self.field.action_move(1)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        """Take whoever is highlighted, else the name exactly as it is typed; a new one among others is told first."""
        if self.names.chosen is not None:
            self.post_message(Learns(self.names.chosen))
            return
        name = tidy(event.value)
        try:
            learner = self._called(name)
        except ProgressError as error:
            self.found.update(f"⚠ {error}")
            return
        if learner is None and self._known and self._told != name:
            self._told = name
            self._say()
            return
        self.post_message(Learns(learner or self.services.learners.called(name, self._misplaced)))

    def _called(self, name: str) -> Learner | None:
        """Whose name this is, whatever its capitals, and nobody's name too; None if it is new."""
        learners = self.services.learners
        return learners.find(name, self._misplaced) if name else learners.called("", self._misplaced)

    def _narrow(self, typed: str) -> None:
        """List those whose name holds what is typed; nobody is highlighted by that."""
        self._typed_name, self._told = tidy(typed), ""
        words = unaccented(self._typed_name).split()
        fitting = [each for known, each in self._known if all(word in known for word in words)]
        if words:
            fitting.sort(key=lambda each: not unaccented(each.title).startswith(words[0]))
        nobody = [] if words else [self.services.learners.called("", self._misplaced)]
        self._fitting = len(fitting)
        self.names.fill([*fitting, *nobody])
        self._say()

    def _say(self) -> None:
        """What Enter does now, and how many names there are to choose from."""
        everyone = counted(len(self._known), "apprenant")
        chosen = self.names.chosen
        if chosen is not None:
            told = f"Entrée : {self._item(chosen).label}."
        elif not self._typed_name:
            told = f"{everyone}. Tapez votre nom, ou ↓ pour le choisir dans la liste." if self._known else ""
        elif self._told:
            told = (
                f"⚠ « {self._typed_name} » est un nouveau nom. Encore Entrée pour commencer sous ce nom ; sinon, corrigez-le, "
                "ou ↓ pour choisir dans la liste."
            )
        else:
            known = self._called(self._typed_name)
            told = f"Entrée : {known.name}." if known else f"« {self._typed_name} » : nouveau nom."
            told += f" {self._fitting:,} sur {everyone}.".replace(",", "\u202f") if self._known else ""
        self.found.update(told)

    # The list

    def _item(self, learner: Learner) -> Item[Learner]:
        """How a learner is listed, and from when on one who has not answered for long will be forgotten."""
        if learner.folder.name == _NAMELESS:
            return Item("Continuer sans nom", learner)
        day = announced(learner)
        leaving = f"à effacer le {day:%d/%m/%Y}" if day else ""
        return Item(learner.title, learner, leaving or ("profil illisible" if learner.damaged else ""))

    @on(LongList.Opened)
    def _picked(self, event: LongList.Opened) -> None:
        assert isinstance(event.value, Learner)
        self.post_message(Learns(event.value))

    def action_back(self) -> None:
        """Stay who one is."""
        self.post_message(Learns(self.services.learner))

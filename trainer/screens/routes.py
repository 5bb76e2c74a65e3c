"""Where a screen asks to go; the application goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from trainer.drills.starting import Sitting
    from trainer.glossary.decks import Deck
    from trainer.glossary.terms import Term
    from trainer.progress.learners import Learner
    from trainer.screens.base import TrainerScreen
    from trainer.screens.saving import Saver


class Route(Message):
    """A wish to go elsewhere; it comes from a screen, or from the application itself."""

    def __init__(self) -> None:
        super().__init__()
        self.origin: TrainerScreen | None = None


class Drill(Route):
    """Run a session, or play a game."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting


class GoOn(Route):
    """What comes next in a session belongs on another screen: from its cards to its game, or back."""

    def __init__(self, sitting: Sitting, saver: Saver) -> None:
        super().__init__()
        self.sitting = sitting
        self.saver = saver


class Finished(Route):
    """The session or the game is over, or was left."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting


class ShowDeck(Route):
    """Open a deck."""

    def __init__(self, deck: Deck) -> None:
        super().__init__()
        self.deck = deck


class ShowTerm(Route):
    """Open a term's page."""

    def __init__(self, term: Term) -> None:
        super().__init__()
        self.term = term


class ShowGlossary(Route):
    """Open the glossary."""


class ShowProgress(Route):
    """Open the learner's figures."""


class ShowData(Route):
    """Open what is kept of the learner."""


class ShowProblems(Route):
    """Open what is wrong in the content."""


class Understood(Route):
    """The learner knows what is kept of them."""


class Erase(Route):
    """Erase all that is kept of the learner."""


class ShowLearners(Route):
    """Ask who learns."""


class Learns(Route):
    """This person learns now, known or not yet."""

    def __init__(self, learner: Learner) -> None:
        super().__init__()
        self.learner = learner


class GoHome(Route):
    """Back to the first screen."""

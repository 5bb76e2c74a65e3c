"""Where a screen asks to go; the application goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from trainer.drills.session import Session
    from trainer.glossary.decks import Deck
    from trainer.glossary.terms import Term
    from trainer.progress.learners import Learner


class Drill(Message):
    """Run a session."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session


class Finished(Message):
    """The session is over, or was left."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session


class ShowDeck(Message):
    """Open a deck."""

    def __init__(self, deck: Deck) -> None:
        super().__init__()
        self.deck = deck


class ShowTerm(Message):
    """Open a term's page."""

    def __init__(self, term: Term) -> None:
        super().__init__()
        self.term = term


class ShowGlossary(Message):
    """Open the glossary."""


class ShowProgress(Message):
    """Open the learner's figures."""


class ShowData(Message):
    """Open what is kept of the learner."""


class Understood(Message):
    """The learner knows what is kept of them."""


class Erase(Message):
    """Erase all that is kept of the learner."""


class ShowLearners(Message):
    """Ask who learns."""


class Learns(Message):
    """This person learns now, known or not yet."""

    def __init__(self, learner: Learner) -> None:
        super().__init__()
        self.learner = learner


class GoHome(Message):
    """Back to the first screen."""

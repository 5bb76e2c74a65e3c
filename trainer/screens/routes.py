"""Where a screen asks to go; the application goes there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from trainer.drills.session import Session
    from trainer.glossary.decks import Deck
    from trainer.glossary.terms import Term


@dataclass
class Drill(Message):
    """Run a session."""

    session: Session


@dataclass
class Finished(Message):
    """The session is over, or was left."""

    session: Session


@dataclass
class ShowDeck(Message):
    """Open a deck."""

    deck: Deck


@dataclass
class ShowTerm(Message):
    """Open a term's page."""

    term: Term


class ShowGlossary(Message):
    """Open the glossary."""


class ShowProgress(Message):
    """Open the learner's figures."""


class ShowLearners(Message):
    """Ask who learns."""


@dataclass
class Learns(Message):
    """This person learns now; an empty name is nobody in particular."""

    name: str


class GoHome(Message):
    """Back to the first screen."""

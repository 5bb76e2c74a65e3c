"""An opening: what somebody asks for, before it is known what that comes to today."""

from __future__ import annotations

from typing import NamedTuple

from trainer.glossary.decks import Deck, Format


class Opening(NamedTuple):
    """What the application opens first: a session of a deck, or of what the learner confuses, else home."""

    deck: Deck | None = None
    formats: tuple[Format, ...] = ()
    confusions: bool = False
    timed: bool = False


AT_HOME = Opening()

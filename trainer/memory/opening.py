"""An opening: what somebody asks for, before it is known what that comes to today."""

from __future__ import annotations

from typing import NamedTuple

from trainer.glossary.decks import Deck, Format


class Opening(NamedTuple):
    """A session that somebody asks for: of a deck, by some drills or its own, or of what they confuse; home if of neither."""

    deck: Deck | None = None
    formats: tuple[Format, ...] = ()
    confusions: bool = False
    timed: bool = False


AT_HOME = Opening()

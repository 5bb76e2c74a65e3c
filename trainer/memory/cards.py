"""Cards: what the memory schedules, whichever drill asks it."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from trainer.glossary.decks import Deck, Library
from trainer.glossary.terms import Facet

_QUESTION = (Facet.QUESTION,)
"""How a question written by hand may be asked."""


class Card(NamedTuple):
    """A subject (a term id, or «deck:question») seen from one facet."""

    subject: str
    facet: Facet

    @property
    def key(self) -> str:
        """The text that stands for the card in files: «dmt/meaning»."""
        return f"{self.subject}/{self.facet.value}"

    @classmethod
    def parse(cls, key: str) -> Card:
        """The card of a key; ValueError if it is not one."""
        subject, slash, facet = key.rpartition("/")
        if not (subject and slash):
            raise ValueError(f"not a card: {key!r}")
        return cls(subject, Facet(facet))


def cards_of(library: Library, deck: Deck) -> list[Card]:
    """Every card that a deck holds, in the order of learning."""
    facets_of = library.facets.get
    pairs = (
        (subject, facet) for subject in library.subjects(deck) for facet in facets_of(subject, _QUESTION)
    )
    return list(map(partial(tuple.__new__, Card), pairs))  # by the thousand at each start: no call for each

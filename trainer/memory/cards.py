"""Cards: what the memory schedules, whichever drill asks it."""

from __future__ import annotations

from typing import NamedTuple

from trainer.glossary.decks import Deck, Library
from trainer.glossary.terms import Facet


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
    """Every card that a deck holds, in its order: term by term, then its own questions."""
    cards = [Card(term.id, facet) for term in library.terms_of(deck) for facet in term.facets]
    return cards + [Card(question.id, Facet.QUESTION) for question in deck.questions]

"""Which drills can ask which cards."""

from __future__ import annotations

from trainer.glossary.decks import Deck, Format, Library
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card, cards_of

_FORMATS = {
    Facet.MEANING: (Format.CHOICE, Format.FLASHCARD),
    Facet.NAMING: (Format.CHOICE, Format.FLASHCARD, Format.RECALL),
    Facet.EXPANSION: (Format.FLASHCARD, Format.RECALL),
}


def formats_of(library: Library, card: Card) -> tuple[Format, ...]:
    """The drills that can ask a card, matching apart."""
    if card.facet is not Facet.QUESTION:
        return _FORMATS[card.facet]
    return (Format.CHOICE,) if library.questions[card.subject].is_choice else (Format.RECALL,)


def askable(library: Library, deck: Deck) -> list[Card]:
    """The cards of a deck that its drills can ask."""
    drills = set(deck.drills)
    possible = {facet: not drills.isdisjoint(formats) for facet, formats in _FORMATS.items()}
    return [
        card
        for card in cards_of(library, deck)
        if (possible[card.facet] if card.facet in possible else drills & {*formats_of(library, card)})
    ]

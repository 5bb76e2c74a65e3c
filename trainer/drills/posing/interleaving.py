"""Interleaving: cards in an order that keeps categories apart, so that each question has to be thought of anew."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from trainer.glossary.decks import Library
from trainer.memory.cards import Card

NEAR = 6
"""How far down the line a card may be called to stand between two of one category."""


def interleaved(due: Sequence[Card], new: Sequence[Card], library: Library, random: Random) -> list[Card]:
    """Due cards in a loose order, new ones spread evenly among them, neighbours of different categories."""
    mixed = random.sample(list(due), len(due))
    total, parts = len(due) + len(new), len(new) + 1
    for number, card in enumerate(new, 1):
        place = round(number * total / parts)
        mixed.insert(place, card)
    return _spread(mixed, library)


def _spread(cards: list[Card], library: Library) -> list[Card]:
    """The same cards, each followed by one of another category where one is near; a question waits for its terms."""
    waiting, ordered, last = list(cards), [], ""
    while waiting:
        ready = _ready(waiting, library)
        near = ready[:NEAR]
        pick = next((card for card in near if _category(card, library) != last), near[0])
        waiting.remove(pick)
        ordered.append(pick)
        last = _category(pick, library)
    return ordered


def _ready(waiting: Sequence[Card], library: Library) -> list[Card]:
    """The cards that need none of the others; a term needs nothing, so there always are some."""
    to_come = {card.subject for card in waiting}
    return [card for card in waiting if to_come.isdisjoint(library.needs.get(card.subject, ()))]


def _category(card: Card, library: Library) -> str:
    term = library.terms.get(card.subject)
    return term.category if term else "questions"

"""Interleaving: cards in an order that keeps categories apart, so that each question has to be thought of anew."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from trainer.glossary.decks import Library
from trainer.memory.cards import Card


def interleaved(due: Sequence[Card], new: Sequence[Card], library: Library, random: Random) -> list[Card]:
    """Due cards in a loose order, new ones spread evenly among them, neighbours of different categories."""
    mixed = random.sample(list(due), len(due))
    for index, card in enumerate(new):
        mixed.insert(round((index + 1) * (len(mixed) + len(new) - index) / (len(new) + 1)), card)
    return _spread(mixed, library)


def _spread(cards: list[Card], library: Library) -> list[Card]:
    """The same cards, each followed by one of another category where one is near."""
    waiting, ordered, last = list(cards), [], ""
    while waiting:
        near = waiting[:6]
        pick = next((card for card in near if _category(card, library) != last), near[0])
        waiting.remove(pick)
        ordered.append(pick)
        last = _category(pick, library)
    return ordered


def _category(card: Card, library: Library) -> str:
    term = library.terms.get(card.subject)
    return term.category if term else "questions"

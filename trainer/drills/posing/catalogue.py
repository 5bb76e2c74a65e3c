"""The questions that a deck would ask, as a list: for a look at their quality, and for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count as numbers
from itertools import islice
from random import Random
from typing import Any, assert_never

from trainer.drills.posing.boards import boards
from trainer.drills.posing.formats import askable, formats_of
from trainer.drills.posing.poser import Poser
from trainer.drills.shapes import Listed, Matching, Order, Pick, Question, Reveal, Tick, Write
from trainer.glossary.decks import Deck, Format, Library
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card, cards_of


def catalogue(
    library: Library,
    deck: Deck,
    seed: int,
    form: Format | None = None,
    facet: Facet | None = None,
    count: int | None = None,
) -> Iterator[Question | Matching]:
    """One question for each askable subject of the deck, or `count` of them in a random order."""
    random = Random(f"catalogue:{seed}")
    poser = Poser(library, deck, str(seed))
    if form is Format.MATCH:
        return islice(boards(library, deck, str(seed)), count)
    cards = cards_of(library, deck) if form else askable(library, deck)
    subjects: dict[str, list[tuple[Card, Format]]] = {}
    for card in cards:
        for each in formats_of(library, card):
            if facet in (None, card.facet) and each in ((form,) if form else deck.drills):
                subjects.setdefault(card.subject, []).append((card, each))
    drawn = list(subjects.values())
    if count is not None:
        random.shuffle(drawn)
    return islice(_rounds(poser, drawn, random, once=count is None), count)


def _rounds(
    poser: Poser, subjects: list[list[tuple[Card, Format]]], random: Random, once: bool
) -> Iterator[Question]:
    """One question a subject, round after round; a round that yields none is the last."""
    for turn in numbers():
        found = False
        for ways in subjects:
            for card, form in random.sample(ways, len(ways)):
                question = poser.pose(card, form, turn, again=True)
                if question is not None:
                    found = True
                    yield question
                    break
        if once or not found:
            return


def identifier(question: Question | Matching) -> str:
    """A name for a question: what it asks and how, not its options."""
    if isinstance(question, Matching):
        return "match:" + "+".join(pair.card.subject for pair in question.pairs)
    return f"{question.card.key}:{question.format.value}"


def as_json(question: Question | Matching) -> dict[str, Any]:
    """A question as plain data."""
    known: dict[str, Any] = {"id": identifier(question), "format": question.format.value}
    if isinstance(question, Matching):
        known |= {"facet": Facet.EXPANSION.value, "term": None, "deck": question.deck}
        pairs = [[pair.acronym, pair.expansion] for pair in question.pairs]
        extra = [pair.expansion for pair in question.extra]
        return known | {"prompt": question.instruction, "pairs": pairs, "extra": extra}
    subject, facet = question.card
    term = None if facet is Facet.QUESTION else subject
    known |= {"facet": facet.value, "term": term, "deck": question.deck}
    known["prompt"] = f"{question.instruction} {question.stem}"
    return known | _answer(question)


def _options(question: Listed) -> list[dict[str, Any]]:
    return [{"text": option.text, "term": option.term or None} for option in question.options]


def _answer(question: Question) -> dict[str, Any]:
    match question:
        case Pick():
            return {"options": _options(question), "answer": question.answer}
        case Tick():
            return {"options": _options(question), "answers": sorted(question.answers)}
        case Order():
            return {"options": _options(question), "order": list(question.answer)}
        case Write():
            return {"accepted": list(question.accepted)}
        case Reveal():
            return {"back": question.back}
        case _:
            assert_never(question)

"""Posing: from a card and a format to a question, with nothing left to chance once the seed is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from trainer.drills.masking import described, hidden_roots
from trainer.drills.option_blocks import ROUNDS, OptionBlocks
from trainer.drills.questions import (
    Flashcard,
    MultipleChoice,
    Option,
    Question,
    TypedRecall,
)
from trainer.glossary.decks import Deck, Format, Library, OwnQuestion
from trainer.glossary.terms import Facet, Term
from trainer.memory.cards import Card

OPTIONS = {Facet.MEANING: 3, Facet.NAMING: 4}
"""Three definitions to read are enough (Rodriguez 2005); four terms are quick to read."""


class Poser:
    """Draws questions of a deck; the same seed draws the same ones."""

    def __init__(self, library: Library, deck: Deck, seed: str) -> None:
        self._library = library
        self._deck = deck
        self._seed = seed
        self._used: set[tuple[str, ...]] = set()
        self._blocks = {facet: OptionBlocks(library, facet, size, seed) for facet, size in OPTIONS.items()}

    def pose(self, card: Card, form: Format, turn: int = 0) -> Question | None:
        """One question about a card; None where this drill cannot ask it fairly. Another turn, other options."""
        if card.facet is Facet.QUESTION:
            return self._own(self._library.questions[card.subject], card, turn)
        term = self._library.terms[card.subject]
        match form:
            case Format.FLASHCARD:
                return self._flashcard(term, card)
            case Format.CHOICE:
                return self._choice(term, card, turn)
            case Format.RECALL:
                return self._recall(term, card)
            case Format.MATCH:
                return None

    def _random(self, card: Card, turn: int) -> Random:
        return Random(f"{self._seed}:{card.key}:{turn}")

    def _flashcard(self, term: Term, card: Card) -> Flashcard | None:
        if card.facet is Facet.MEANING:
            back = f"{term.title} : {term.definition}" if term.acronym else term.definition
            return Flashcard(card, self._deck.id, "Que veut dire ce terme ?", term.term, back)
        if card.facet is Facet.EXPANSION:
            return Flashcard(card, self._deck.id, "Que veut dire ce sigle ?", term.acronym, _full(term))
        stem = described(term, hidden_roots([term]))
        if stem is None:
            return None
        return Flashcard(card, self._deck.id, "Quel terme est décrit ici ?", stem, term.title)

    def _recall(self, term: Term, card: Card) -> TypedRecall | None:
        if card.facet is Facet.EXPANSION:
            instruction = "Que veut dire ce sigle ? Écrivez-le en toutes lettres."
            return TypedRecall(card, self._deck.id, instruction, term.acronym, term.expansions)
        if card.facet is not Facet.NAMING:
            return None
        stem = described(term, hidden_roots([term]))
        instruction = "Quel terme est décrit ici ? Écrivez-le."
        return TypedRecall(card, self._deck.id, instruction, stem, term.names) if stem else None

    def _choice(self, term: Term, card: Card, turn: int) -> MultipleChoice | None:
        """A choice within one of the term's blocks, preferably one that has not served yet."""
        if card.facet not in OPTIONS:
            return None
        for block in self._candidates(term, card.facet, turn):
            question = self._from_block(term, card, block, turn)
            if question:
                self._used.add(tuple(sorted(block)))
                return question
        return None

    def _candidates(self, term: Term, facet: Facet, turn: int) -> Iterator[Sequence[str]]:
        """The term's blocks, drawn as they are needed: those that have not served yet, then the others."""
        used = []
        for extra in range(ROUNDS):
            block = self._blocks[facet].block(term.id, turn + extra)
            if block and tuple(sorted(block)) in self._used:
                used.append(block)
            elif block:
                yield block
        yield from used

    def _from_block(self, term: Term, card: Card, block: Sequence[str], turn: int) -> MultipleChoice | None:
        terms = [self._library.terms[member] for member in block]
        self._random(card, turn).shuffle(terms)
        hidden = hidden_roots(terms)
        if card.facet is Facet.MEANING:
            instruction, stem = "Quelle est la bonne définition ?", term.term
            texts = [described(option, hidden) for option in terms]
        else:
            instruction, stem = "Quel terme est décrit ici ?", described(term, hidden) or ""
            texts = [option.term for option in terms]
        options = tuple(Option(text, option.id) for text, option in zip(texts, terms, strict=True) if text)
        if not stem or len(options) < len(terms) or len({option.text for option in options}) < len(terms):
            return None
        return MultipleChoice(card, self._deck.id, instruction, stem, options, terms.index(term))

    def _own(self, question: OwnQuestion, card: Card, turn: int) -> Question:
        if not question.is_choice:
            accepted = (question.answer, *question.accept)
            return TypedRecall(card, self._deck.id, "Écrivez la réponse.", question.prompt, accepted)
        texts = [question.answer, *question.wrong]
        self._random(card, turn).shuffle(texts)
        options = tuple(Option(text) for text in texts)
        instruction = "Choisissez la bonne réponse."
        answer = texts.index(question.answer)
        return MultipleChoice(card, self._deck.id, instruction, question.prompt, options, answer)


def _full(term: Term) -> str:
    """What the acronym stands for in French, and the original words if there are any."""
    first, *rest = term.expansions
    return f"{first} ({rest[0]})" if rest else first

"""Posing: from a card and a format to a question, with nothing left to chance once the seed is known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from random import Random

from trainer.drills.posing.masking import described, hidden_roots
from trainer.drills.posing.option_blocks import ROUNDS, Block, OptionBlocks
from trainer.drills.posing.rivals import stem_between
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


def _nobody(_: str) -> Collection[str]:
    return ()


class Poser:
    """Draws questions of a deck; the same seed draws the same ones.

    `rivals` tells which terms the learner takes for one: they stand beside it where they can.
    """

    def __init__(
        self, library: Library, deck: Deck, seed: str, rivals: Callable[[str], Collection[str]] = _nobody
    ) -> None:
        self._library = library
        self._deck = deck
        self._seed = seed
        self._rivals = rivals
        self._used: set[frozenset[str]] = set()
        self._asked: set[str] = set()
        self._blocks = {facet: OptionBlocks(library, facet, size, seed) for facet, size in OPTIONS.items()}

    def pose(self, card: Card, form: Format, turn: int = 0, again: bool = False) -> Question | None:
        """One question about a card; None where this drill cannot ask it fairly. Another turn, other options.

        A set of options serves once, since whoever remembers it need not know the rest; `again` allows it once more.
        """
        if card.facet is Facet.QUESTION:
            return self._own(self._library.questions[card.subject], card, turn)
        term = self._library.terms[card.subject]
        match form:
            case Format.FLASHCARD:
                return self._flashcard(term, card)
            case Format.CHOICE:
                return self._choice(term, card, turn, again)
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
        stem = described(term, hidden_roots(term))
        if stem is None:
            return None
        return Flashcard(card, self._deck.id, "Quel terme est décrit ici ?", stem, term.title)

    def _recall(self, term: Term, card: Card) -> TypedRecall | None:
        if card.facet is Facet.EXPANSION:
            instruction = "Que veut dire ce sigle ? Écrivez-le en toutes lettres."
            return TypedRecall(card, self._deck.id, instruction, term.acronym, term.expansions)
        if card.facet is not Facet.NAMING:
            return None
        stem = described(term, hidden_roots(term))
        instruction = "Quel terme est décrit ici ? Écrivez-le."
        return TypedRecall(card, self._deck.id, instruction, stem, term.names) if stem else None

    def _choice(self, term: Term, card: Card, turn: int, again: bool) -> MultipleChoice | None:
        """A choice within one of the term's blocks."""
        if card.facet not in OPTIONS:
            return None
        for block in self._candidates(term, card.facet, turn, again):
            question = self._from_block(term, card, block, turn)
            if question:
                self._used.add(frozenset(block))
                self._asked.add(term.id)
                return question
        return None

    def _candidates(self, term: Term, facet: Facet, turn: int, again: bool) -> Iterator[Block]:
        """The term's blocks, drawn as they are needed: first those that hold a rival and nothing that was the answer
        already; those that have served come last, or not at all."""
        rivals = self._rivals(term.id)
        later: list[Block] = []
        for extra in range(ROUNDS):
            block = self._blocks[facet].block(term.id, turn + extra)
            if not block:
                continue
            wanted = not rivals or any(rival in block for rival in rivals)
            if wanted and frozenset(block) not in self._used and self._asked.isdisjoint(block):
                yield block
            else:
                later.append(block)
        fresh = [block for block in later if frozenset(block) not in self._used]
        yield from sorted(fresh, key=lambda block: len(self._asked & {*block}))
        if again:
            yield from (block for block in later if frozenset(block) in self._used)

    def _from_block(self, term: Term, card: Card, block: Block, turn: int) -> MultipleChoice | None:
        terms = [self._library.terms[member] for member in block]
        self._random(card, turn).shuffle(terms)
        meaning = card.facet is Facet.MEANING
        stem = term.term if meaning else _beside(term, terms)
        texts = [_beside(option, terms) if meaning else option.term for option in terms]
        options = tuple(Option(text, option.id) for text, option in zip(texts, terms, strict=True) if text)
        if not stem or len(options) < len(terms) or len({option.text for option in options}) < len(terms):
            return None
        instruction = "Quelle est la bonne définition ?" if meaning else "Quel terme est décrit ici ?"
        return MultipleChoice(card, self._deck.id, instruction, stem, options, terms.index(term))

    def between(self, asked: str, rival: str) -> MultipleChoice | None:
        """Which of two terms is described: the one asked; None if it cannot be said without naming one of them."""
        terms = [self._library.terms[asked], self._library.terms[rival]]
        stem = stem_between(*terms)
        if stem is None:
            return None
        card = Card(asked, Facet.NAMING)
        Random(f"{self._seed}:{card.key}:{rival}").shuffle(terms)
        options = tuple(Option(term.term, term.id) for term in terms)
        answer = [term.id for term in terms].index(asked)
        return MultipleChoice(card, self._deck.id, "Lequel des deux est décrit ici ?", stem, options, answer)

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


def _beside(term: Term, options: Sequence[Term]) -> str | None:
    """What a term means, without what would give it away beside the other options."""
    return described(term, hidden_roots(term, (other for other in options if other is not term)))


def _full(term: Term) -> str:
    """What the acronym stands for in French, and the original words if there are any."""
    first, *rest = term.expansions
    return f"{first} ({rest[0]})" if rest else first

"""The multiple choice: one key among distractors of its block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from trainer.drills.grading import Outcome, Standing, Verdict
from trainer.drills.judging.lexicon import Lexicon
from trainer.drills.kinds.kind import Bench, Demand, Pose
from trainer.drills.posing.masking import described, hidden_roots
from trainer.drills.posing.option_blocks import ROUNDS, Block, OptionBlocks
from trainer.drills.posing.rivals import stem_between
from trainer.drills.shapes import Answer, Choice, Option, Pick, Question
from trainer.glossary.decks import Format
from trainer.glossary.terms import Facet, Term
from trainer.memory.cards import Card
from trainer.memory.reviews import Rating

OPTIONS = {Facet.MEANING: 3, Facet.NAMING: 4}
"""Three definitions to read are enough (Rodriguez 2005); four terms are quick to read."""
GUESS = 0.05
"""The chance of having guessed that a right choice may have and still count."""


class MultipleChoice:
    """Asks what a term means, which term is described, and questions that their authors gave options."""

    demand = Demand.RECOGNISE

    def poser(self, bench: Bench) -> Pose:
        """What makes its questions in one sitting, in which a set of options serves once."""
        return _Poser(bench)

    def grade(self, question: Question, answer: Answer, standing: Standing, lexicon: Lexicon) -> Verdict:
        """Right or wrong; a right choice is practice as long as it may well have been a guess."""
        assert isinstance(question, Pick)
        right = question.options[question.answer].text
        if not isinstance(answer, Choice):
            return Verdict(False, Outcome.DONT_KNOW, right, "", Rating.AGAIN)
        chosen = question.options[answer.index]
        if answer.index != question.answer:
            return Verdict(False, Outcome.WRONG, right, chosen.text, Rating.AGAIN, chosen.term)
        known = standing.retrievability is not None and credible(
            standing.retrievability, len(question.options)
        )
        rating = Rating.GOOD if known or standing.recognised else None
        return Verdict(True, Outcome.RIGHT, right, chosen.text, rating)


def credible(retrievability: float, options: int) -> bool:
    """Whether a right choice is a guess in at most one case in twenty, given the belief before it.

    P(guessed | right) = (1 - r)/k / (r + (1 - r)/k) <= 1/20  <=>  r >= 19/(19 + k).
    """
    odds = 1 / GUESS - 1
    return retrievability >= odds / (odds + options)


class _Poser:
    """Draws choices, and keeps in mind which options have served."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._used: set[frozenset[str]] = set()
        self._asked: set[str] = set()
        self._blocks = {
            facet: OptionBlocks(bench.library, facet, size, bench.seed) for facet, size in OPTIONS.items()
        }

    def __call__(self, card: Card, turn: int, again: bool) -> Pick | None:
        """A choice within one of the term's blocks, or one written by hand."""
        if card.facet is Facet.QUESTION:
            return _own(self._bench, card, turn)
        if card.facet not in OPTIONS:
            return None
        term = self._bench.library.terms[card.subject]
        for block in self._candidates(term, card.facet, turn, again):
            question = _from_block(self._bench, term, card, block, turn)
            if question:
                self._used.add(frozenset(block))
                self._asked.add(term.id)
                return question
        return None

    def _candidates(self, term: Term, facet: Facet, turn: int, again: bool) -> Iterator[Block]:
        """The term's blocks, drawn as they are needed: first those that hold a rival and nothing that was the answer
        already; those that have served come last, or not at all."""
        rivals = self._bench.rivals(term.id)
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


def _from_block(bench: Bench, term: Term, card: Card, block: Block, turn: int) -> Pick | None:
    terms = [bench.library.terms[member] for member in block]
    bench.random(card, turn).shuffle(terms)
    meaning = card.facet is Facet.MEANING
    stem = term.term if meaning else _beside(term, terms)
    texts = [_beside(option, terms) if meaning else option.term for option in terms]
    options = tuple(Option(text, option.id) for text, option in zip(texts, terms, strict=True) if text)
    if not stem or len(options) < len(terms) or len({option.text for option in options}) < len(terms):
        return None
    instruction = "Quelle est la bonne définition ?" if meaning else "Quel terme est décrit ici ?"
    return _pick(bench, card, instruction, stem, options, terms.index(term))


def between(bench: Bench, asked: str, rival: str) -> Pick | None:
    """Which of two terms is described: the one asked; None if it cannot be said without naming one of them."""
    terms = [bench.library.terms[asked], bench.library.terms[rival]]
    stem = stem_between(*terms)
    if stem is None:
        return None
    card = Card(asked, Facet.NAMING)
    Random(f"{bench.seed}:{card.key}:{rival}").shuffle(terms)
    options = tuple(Option(term.term, term.id) for term in terms)
    answer = [term.id for term in terms].index(asked)
    return _pick(bench, card, "Lequel des deux est décrit ici ?", stem, options, answer)


def _own(bench: Bench, card: Card, turn: int) -> Pick | None:
    """A question written by hand."""
    question = bench.library.questions[card.subject]
    if not question.is_choice:
        return None
    texts = [question.answer, *question.wrong]
    bench.random(card, turn).shuffle(texts)
    options = tuple(Option(text) for text in texts)
    answer = texts.index(question.answer)
    return _pick(bench, card, "Choisissez la bonne réponse.", question.prompt, options, answer)


def _pick(
    bench: Bench, card: Card, instruction: str, stem: str, options: tuple[Option, ...], answer: int
) -> Pick:
    return Pick(
        card=card,
        deck=bench.deck.id,
        format=Format.CHOICE,
        instruction=instruction,
        stem=stem,
        options=options,
        answer=answer,
    )


def _beside(term: Term, options: Sequence[Term]) -> str | None:
    """What a term means, without what would give it away beside the other options."""
    return described(term, hidden_roots(term, (other for other in options if other is not term)))

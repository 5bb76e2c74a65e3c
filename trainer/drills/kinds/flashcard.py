"""The flashcard: a front and a back, and the learner judges."""

from __future__ import annotations

from trainer.drills.grading import Outcome, Standing, Verdict
from trainer.drills.judging.lexicon import Lexicon
from trainer.drills.kinds.kind import Bench, Demand, Pose
from trainer.drills.posing.masking import described, hidden_roots
from trainer.drills.shapes import Answer, Question, Reveal, SelfGrade
from trainer.glossary.decks import Format
from trainer.glossary.terms import Facet, Term
from trainer.memory.cards import Card
from trainer.memory.reviews import Rating


class Flashcard:
    """Asks every facet of a term, and no question written by hand."""

    demand = Demand.REMEMBER

    def poser(self, bench: Bench) -> Pose:
        """What makes its questions in one sitting: they have no options, so that no turn differs."""

        def pose(card: Card, turn: int, again: bool) -> Question | None:
            return None if card.facet is Facet.QUESTION else _posed(bench, card)

        return pose

    def grade(self, question: Question, answer: Answer, standing: Standing, lexicon: Lexicon) -> Verdict:
        """What the learner says of themselves."""
        assert isinstance(question, Reveal)
        rating = answer.rating if isinstance(answer, SelfGrade) else Rating.AGAIN
        failed = rating is Rating.AGAIN
        return Verdict(not failed, Outcome.AGAIN if failed else Outcome.RIGHT, question.back, "", rating)


def _posed(bench: Bench, card: Card) -> Reveal | None:
    term = bench.library.terms[card.subject]
    if card.facet is Facet.MEANING:
        back = f"{term.title} : {term.definition}" if term.acronym else term.definition
        return _reveal(bench, card, "Que veut dire ce terme ?", term.term, back)
    if card.facet is Facet.EXPANSION:
        return _reveal(bench, card, "Que veut dire ce sigle ?", term.acronym, _full(term))
    stem = described(term, hidden_roots(term))
    return _reveal(bench, card, "Quel terme est décrit ici ?", stem, term.title) if stem else None


def _reveal(bench: Bench, card: Card, instruction: str, stem: str, back: str) -> Reveal:
    return Reveal(
        card=card,
        deck=bench.deck.id,
        format=Format.FLASHCARD,
        instruction=instruction,
        stem=stem,
        back=back,
    )


def _full(term: Term) -> str:
    """What the acronym stands for in French, and the original words if there are any."""
    first, *rest = term.expansions
    return f"{first} ({rest[0]})" if rest else first

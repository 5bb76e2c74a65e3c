"""The typed recall: the learner writes, and a judge reads it."""

from __future__ import annotations

from typing import assert_never

from trainer.drills.grading import Outcome, Retry, Standing, Verdict
from trainer.drills.judging.judge import Judged, Judgement, judge
from trainer.drills.judging.lexicon import Lexicon
from trainer.drills.kinds.kind import Bench, Demand, Pose
from trainer.drills.posing.masking import described, hidden_roots
from trainer.drills.shapes import Answer, Question, Typed, Write
from trainer.glossary.decks import Format
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card
from trainer.memory.reviews import Rating

_RETRIES = {
    Judgement.EQUIVALENT: Retry.EQUIVALENT,
    Judgement.VAGUE: Retry.VAGUE,
    Judgement.UNCLEAR: Retry.UNCLEAR,
    Judgement.WORDY: Retry.WORDY,
}


class TypedRecall:
    """Asks for the name of a term, for what an acronym stands for, and questions that their authors gave no options."""

    demand = Demand.PRODUCE

    def poser(self, bench: Bench) -> Pose:
        """What makes its questions in one sitting: they have no options, so that no turn differs."""

        def pose(card: Card, turn: int, again: bool) -> Question | None:
            return _own(bench, card) if card.facet is Facet.QUESTION else _posed(bench, card)

        return pose

    def grade(self, question: Question, answer: Answer, standing: Standing, lexicon: Lexicon) -> Verdict:
        """What the judge says of what was written; what it cannot decide may be written once more."""
        assert isinstance(question, Write)
        right = question.accepted[0]
        if not isinstance(answer, Typed):
            return Verdict(False, Outcome.DONT_KNOW, right, "", Rating.AGAIN)
        judged = judge(answer.text, question.accepted, question.card.subject, lexicon)
        retry = _RETRIES.get(judged.judgement)
        if retry and retry not in standing.tries:
            return Verdict(False, Outcome.WRONG, right, answer.text, retry=retry)
        return _judged(judged, right, answer.text, standing.helped)


def _posed(bench: Bench, card: Card) -> Write | None:
    term = bench.library.terms[card.subject]
    if card.facet is Facet.EXPANSION:
        instruction = "Que veut dire ce sigle ? Écrivez-le en toutes lettres."
        return _write(bench, card, instruction, term.acronym, term.expansions)
    if card.facet is not Facet.NAMING:
        return None
    stem = described(term, hidden_roots(term))
    return _write(bench, card, "Quel terme est décrit ici ? Écrivez-le.", stem, term.names) if stem else None


def _own(bench: Bench, card: Card) -> Write | None:
    """A question written by hand."""
    question = bench.library.questions[card.subject]
    if question.is_choice:
        return None
    accepted = (question.answer, *question.accept)
    return _write(bench, card, "Écrivez la réponse.", question.prompt, accepted)


def _write(bench: Bench, card: Card, instruction: str, stem: str, accepted: tuple[str, ...]) -> Write:
    return Write(
        card=card,
        deck=bench.deck.id,
        format=Format.RECALL,
        instruction=instruction,
        stem=stem,
        accepted=accepted,
    )


def _judged(judged: Judged, right: str, given: str, helped: bool) -> Verdict:
    success = Rating.HARD if helped else Rating.GOOD
    match judged.judgement:
        case Judgement.RIGHT:
            return Verdict(True, Outcome.RIGHT, judged.nearest, given, success)
        case Judgement.ACCENTS:
            return Verdict(True, Outcome.ACCENTS, judged.nearest, given, success)
        case Judgement.TYPO:
            return Verdict(True, Outcome.TYPO, judged.nearest, given, success)
        case Judgement.OTHER_TERM | Judgement.EQUIVALENT if judged.other:
            return Verdict(False, Outcome.OTHER_TERM, right, given, Rating.AGAIN, judged.other)
        case (
            Judgement.WRONG
            | Judgement.VAGUE
            | Judgement.UNCLEAR
            | Judgement.WORDY
            | Judgement.OTHER_TERM
            | Judgement.EQUIVALENT
        ):
            return Verdict(False, Outcome.WRONG, right, given, Rating.AGAIN)
        case _:
            assert_never(judged.judgement)

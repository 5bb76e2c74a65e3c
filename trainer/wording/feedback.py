"""What a learner is told after an answer: the same words on the screen and line by line."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.drills.grading import Outcome, Retry, Verdict
from trainer.drills.shapes import Pick, Question, Reveal
from trainer.glossary.decks import Library
from trainer.glossary.pairs import telling_apart
from trainer.glossary.terms import Facet, Term
from trainer.memory.confusions import TOLD_APART
from trainer.memory.history import History
from trainer.memory.statistics import changed_for

HEADLINES = {
    Outcome.RIGHT: "✓ Juste",
    Outcome.ACCENTS: "✓ Juste, aux accents près",
    Outcome.TYPO: "✓ Juste, à une faute de frappe près",
    Outcome.WRONG: "✗ Faux",
    Outcome.OTHER_TERM: "✗ Faux : c’est un autre terme",
    Outcome.CLAIMED: "✓ Compté juste, comme vous le dites",
    Outcome.DONT_KNOW: "✗ Pas encore su",
    Outcome.AGAIN: "✗ À revoir",
}
RETRIES = {
    Retry.EQUIVALENT: "Pas celui-ci, mais vous n’êtes pas loin : réessayez.",
    Retry.VAGUE: "C’est un début : soyez plus précis.",
    Retry.UNCLEAR: "Deux termes s’écrivent presque ainsi : tapez-le encore une fois.",
    Retry.WORDY: "Il y a des mots en trop : n’écrivez que la réponse.",
}
GRADES = ("À revoir", "Difficile", "Su", "Facile")
"""What a learner can say of a flashcard, in the order of the FSRS grades 1 to 4."""

APART = "Pour ne plus confondre"
"""The label of the note that tells two terms apart."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """A headline, then paragraphs of (label, text); a label may be empty. `correct` tells what the headline means."""

    correct: bool
    headline: str
    paragraphs: tuple[tuple[str, str], ...]


def delay(days: int) -> str:
    """When a card comes back, in words."""
    if days == 0:
        return "dans cette séance"
    if days == 1:
        return "demain"
    if days < 60:
        return f"dans {days} jours"
    return f"dans {days // 30} mois"


def changed_line(history: History, term: str) -> str:
    """Since when a term means something else, for a learner who had answered on it before; else nothing."""
    day = changed_for(history, term)
    return (
        f"Le sens de ce terme a changé le {day:%d/%m/%Y} : vos réponses d’avant ne comptent plus."
        if day
        else ""
    )


def feedback(question: Question, verdict: Verdict, library: Library, history: History) -> Feedback:
    """What to tell after a verdict: the right answer, why, and what a wrong choice really is.

    That the sense of a term has changed is told until it was known a few times.
    """
    paragraphs = [*_right(question, verdict), *_about(question, verdict, library)]
    if verdict.chosen:
        paragraphs += _mistaken(question, verdict, library)
    elif isinstance(question, Pick):
        paragraphs += _rival(question, library)
    if history.right(question.card.subject) < TOLD_APART:
        paragraphs.append(("", changed_line(history, question.card.subject)))
    return Feedback(
        verdict.correct,
        HEADLINES[verdict.outcome],
        tuple((label, text) for label, text in paragraphs if text),
    )


def pair_feedback(verdict: Verdict, library: Library) -> Feedback:
    """What to tell of a pair, or of a board given up: whose sense was taken, if it was another's."""
    chosen = library.terms.get(verdict.chosen)
    told = f"« {chosen.expansions[0]} » est le sens de {chosen.acronym}." if chosen else ""
    return Feedback(verdict.correct, HEADLINES[verdict.outcome], (("", told),) if told else ())


def _right(question: Question, verdict: Verdict) -> list[tuple[str, str]]:
    """The right answer, where nothing else says it."""
    own = question.card.facet is Facet.QUESTION
    told = isinstance(question, Reveal) or (isinstance(question, Pick) and not own)
    return [] if told or verdict.outcome is Outcome.RIGHT else [("Bonne réponse", verdict.right)]


def _about(question: Question, verdict: Verdict, library: Library) -> list[tuple[str, str]]:
    """The explanation of a hand-written question, or what there is to learn about the term."""
    subject, facet = question.card
    if facet is Facet.QUESTION:
        return [("", library.questions[subject].explanation)]
    term = library.terms[subject]
    known = isinstance(question, Reveal) and facet is Facet.MEANING
    definition = (
        ("", "") if known or (verdict.correct and facet is Facet.MEANING) else (term.title, term.definition)
    )
    if isinstance(question, Pick) and question.rival:  # the other definition matters more
        return [definition]
    return [definition, ("Exemple", term.example), *([("Note", term.note)] if known else [])]


def _mistaken(question: Question, verdict: Verdict, library: Library) -> list[tuple[str, str]]:
    """What the wrong choice defines, and the note that tells the two apart."""
    chosen = library.terms.get(verdict.chosen)
    if chosen is None:
        return []
    told = [(f"Votre réponse, {_quoted(chosen)}", chosen.definition)]
    asked = library.terms.get(question.card.subject)
    return [*told, (APART, telling_apart(asked, chosen))] if asked else told


def _rival(question: Pick, library: Library) -> list[tuple[str, str]]:
    """What the other of just two terms is, and the note that tells them apart."""
    asked, rival = library.terms.get(question.card.subject), library.terms.get(question.rival)
    if asked is None or rival is None:
        return []
    return [(rival.title, rival.definition), (APART, telling_apart(asked, rival))]


def _quoted(term: Term) -> str:
    return f"« {term.term} »"

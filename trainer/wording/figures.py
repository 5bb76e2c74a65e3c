"""Where somebody stands, and what of the content or of the journal does not count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.glossary.cleaning import argument
from trainer.memory.statistics import Gone, Statistics
from trainer.wording.games import played_lines
from trainer.wording.numbers import counted, percent

if TYPE_CHECKING:
    from trainer.glossary.decks import Library
    from trainer.memory.claims import Claim
    from trainer.progress.store import Damage

NOTHING_TO_TELL_APART = (
    "Rien à distinguer pour l’instant : cet exercice reprend les termes que vous avez confondus, ou ceux qui se "
    "ressemblent parmi vos termes déjà vus."
)


def summary_lines(figures: Statistics) -> list[str]:
    """Where a learner stands, a line each."""
    game = played_lines(figures.game)
    if not figures.answers:
        new = counted(figures.card_counts.total, "carte")
        return [f"Aucune réponse pour l’instant ; {new} à découvrir.", *game]
    card_counts = figures.card_counts
    lines = [
        f"Aujourd’hui : {counted(figures.answers_today, 'réponse')}, {counted(figures.right_today, 'juste')}.",
        f"Depuis le début : {counted(figures.answers, 'réponse')}, {percent(figures.right, figures.answers)} justes.",
        f"Cartes : {card_counts.new} jamais vues, {card_counts.learning} en cours, {card_counts.known} bien sues.",
        f"À revoir aujourd’hui : {counted(figures.due, 'carte')}.",
        f"Série : {counted(figures.streak, 'jour')} d’étude.",
    ]
    if figures.recall is not None:
        lines.append(f"Demain, vous saurez encore environ {percent(figures.recall)} des cartes commencées.")
    return [*lines, *game]


def gone_lines(gone: Gone, absent: int) -> list[str]:
    """How many of the answers are about what this content does not hold, and what changed its sense; a line each."""
    lines = []
    if absent:
        terms = counted(len(gone.terms), "mot") if gone.terms else ""
        questions = counted(len(gone.questions), "question") if gone.questions else ""
        what = ", ".join(filter(None, (terms, questions)))
        bears, kept = ("porte", "elle est gardée") if absent == 1 else ("portent", "elles sont gardées")
        lines.append(f"{absent} de ces réponses {bears} sur ce que ce contenu n’a pas ({what}) ; {kept}.")
    if gone.senses:
        told = counted(len(gone.senses), "terme", "termes")
        lines.append(f"{told} à réapprendre, le sens a changé : vos réponses d’avant sont gardées à part.")
    return lines


def left_out_line(errors: int, content: object) -> str:
    """That a part of a folder of content cannot be used, and how to see which."""
    return (
        f"{counted(errors, 'erreur')} dans le contenu : ce qui ne peut être lu est laissé de côté, le reste "
        f"fonctionne. Pour savoir où : trainer check {argument(str(content))}"
    )


def damage_lines(damage: Damage) -> list[str]:
    """What of a journal could not be read, a line each; nothing if it is sound."""
    lines = []
    if damage.unreadable:
        told = counted(len(damage.unreadable), "ligne illisible", "lignes illisibles")
        lines.append(f"Journal : {told}, rien n’en est effacé. Pour savoir où : trainer journal verify")
    if damage.newer:
        told = counted(damage.newer, "ligne")
        lines.append(f"Journal : {told} d’une version plus récente de trainer, sans effet sur ce poste.")
    return lines


def claim_line(claim: Claim, library: Library) -> str:
    """An answer that was counted right against the judge: «DMT : « temps de gestion » (3 fois, 2 apprenants)»."""
    subject = claim.card.subject
    term, question = library.terms.get(subject), library.questions.get(subject)
    about = term.title if term else question.prompt if question else subject
    often = f"{claim.times} fois, {counted(claim.learners, 'apprenant')}"
    return f"{about} : « {claim.answer} » ({often})"

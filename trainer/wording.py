"""Sentences that both the screens and the line mode say."""

from __future__ import annotations

from trainer.memory.statistics import Statistics

NOTHING_TO_TELL_APART = (
    "Rien à distinguer pour l’instant : cet exercice reprend les termes que vous avez confondus, ou ceux qui se "
    "ressemblent parmi vos termes déjà vus."
)


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number and its noun, in the plural from two on: «1 carte», «2 cartes»."""
    return f"{number} {noun if number < 2 else plural or noun + 's'}"


def percent(part: float, whole: float = 1) -> str:
    """A share as a whole percentage; a dash of nothing."""
    return f"{round(100 * part / whole)} %" if whole else "–"


def summary_lines(figures: Statistics) -> list[str]:
    """Where a learner stands, a line each."""
    if not figures.answers:
        return [f"Aucune réponse pour l’instant ; {counted(figures.standings.total, 'carte')} à découvrir."]
    standings = figures.standings
    lines = [
        f"Aujourd’hui : {counted(figures.answers_today, 'réponse')}, {counted(figures.right_today, 'juste')}.",
        f"Depuis le début : {counted(figures.answers, 'réponse')}, {percent(figures.right, figures.answers)} justes.",
        f"Cartes : {standings.new} jamais vues, {standings.learning} en cours, {standings.known} bien sues.",
        f"À revoir aujourd’hui : {counted(figures.due, 'carte')}.",
        f"Série : {counted(figures.streak, 'jour')} d’étude.",
    ]
    if figures.recall is not None:
        lines.append(f"Demain, vous saurez encore environ {percent(figures.recall)} des cartes commencées.")
    return lines

"""What is said of the delays between revisions, once they were fitted anew or put back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from trainer.memory.optimising import DIGITS, interval
from trainer.memory.reviews import Rating
from trainer.wording.numbers import DAY, counted, percent

if TYPE_CHECKING:
    from trainer.memory.optimising import Trial
    from trainer.memory.schedule import Parameters
    from trainer.progress.optimiser import Pool, Tried, Undone
    from trainer.progress.parameters import Kept

EXAMPLES = {
    "again_then_good": ("ratée, puis sue le même jour", (Rating.AGAIN, Rating.GOOD)),
    "hard": ("nouvelle, jugée « Difficile »", (Rating.HARD,)),
    "good": ("nouvelle, sue du premier coup", (Rating.GOOD,)),
    "easy": ("nouvelle, jugée « Facile »", (Rating.EASY,)),
    "good_three_times": ("sue trois fois de suite", (Rating.GOOD, Rating.GOOD, Rating.GOOD)),
}
"""What a person can picture of parameters: when a card comes back after these grades."""
_MOVED = (
    "Les dates de révision sont recalculées dès la prochaine ouverture de trainer ; "
    "toutes les réponses enregistrées restent telles quelles."
)


_REHEARSAL = "Essai seulement : rien n’a été changé."


def tried_lines(tried: Tried) -> Iterator[str]:
    """How new delays did beside those in use, and which are in use now, a line each."""
    yield from _tested(tried.pool, tried.trial, tried.before)
    yield from _decision(tried)


def _tested(pool: Pool, trial: Trial, kept: Kept) -> Iterator[str]:
    """What the trial rests on, and how both sets of parameters did."""
    yield (
        f"{counted(trial.revisions, 'révision')} de {counted(pool.learners, 'apprenant')}, "
        f"du {pool.first:{DAY}} au {pool.last:{DAY}}."
    )
    if pool.unread:
        yield f"{counted(pool.unread, 'ligne')} de journal illisible ou d’une autre version : sans effet sur le calcul."
    yield (
        f"De nouveaux délais sont calculés sur les {trial.revisions - trial.tested} premières, puis comparés aux délais "
        f"actuels ({_origin(kept)}) sur les {trial.tested} dernières :"
    )
    yield f"  cartes sues : {percent(trial.recall)}"
    yield f"  prévu avec les délais actuels : {percent(trial.before.recall)}, erreur {_loss(trial.before.loss)}"
    yield f"  prévu avec les nouveaux : {percent(trial.after.recall)}, erreur {_loss(trial.after.loss)}"
    yield "L’erreur (perte logarithmique) compare carte par carte la prévision et la réponse : 0 serait une prévision parfaite."


def _decision(tried: Tried) -> Iterator[str]:
    trial = tried.trial
    if not trial.improves:
        yield "Les nouveaux délais ne prévoient pas mieux : les délais actuels restent, rien n’a changé."
        return
    yield "Les nouveaux délais prévoient mieux :"
    yield from _examples(tried.before.parameters, trial.parameters)
    if tried.is_rehearsal:
        yield f"{_REHEARSAL} Pour les garder : trainer optimize"
        return
    yield f"Ils sont gardés, pour tous les apprenants de ce dossier. {_MOVED}"
    yield "Pour revenir aux délais d’avant : trainer optimize --undo"


def undone_lines(undone: Undone) -> Iterator[str]:
    """What became of the last delays kept, a line each."""
    before, after, is_rehearsal = undone
    if before.warning:
        yield "Ce fichier serait mis de côté." if is_rehearsal else "Ce fichier est mis de côté."
        yield _REHEARSAL if is_rehearsal else "Les délais restent ceux d’origine."
        return
    yield (
        f"Les délais {_origin(before)} {'seraient' if is_rehearsal else 'sont'} retirés : "
        f"retour à ceux {_origin(after)}."
    )
    yield from _examples(before.parameters, after.parameters)
    yield _REHEARSAL if is_rehearsal else _MOVED


def _examples(before: Parameters, after: Parameters) -> Iterator[str]:
    """When a card would come back, before and after."""
    for text, grades in EXAMPLES.values():
        old, new = interval(before, grades), interval(after, grades)
        change = f"après {counted(new, 'jour')}"
        yield f"  carte {text} : {change}{' comme avant' if new == old else f' au lieu de {old}'}"


def _origin(kept: Kept) -> str:
    """Which parameters are in use: «d’origine», «du 02/03/2026»."""
    return f"du {kept.fits[-1].at:{DAY}}" if kept.fits else "d’origine"


def _loss(loss: float) -> str:
    return f"{loss:.{DIGITS}f}".replace(".", ",")

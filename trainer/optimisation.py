"""`trainer optimize`: the delays between revisions fitted on what everyone of a data folder remembered; all it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from trainer.errors import TrainerError
from trainer.glossary.past import Past
from trainer.memory.optimising import DIGITS, LEAST, Trail, Trial, attempt, interval, revisions, trails
from trainer.memory.reviews import Rating
from trainer.memory.schedule import Parameters
from trainer.progress import parameters, reading
from trainer.progress.learners import Learners
from trainer.progress.parameters import Fit, Kept
from trainer.wording import counted, percent

_EXAMPLES = {
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


_DRY = "Essai seulement : rien n’a été changé."


class Pool(NamedTuple):
    """What all learners remembered: how many of them made revisions, from which day to which, card by card.

    `unread` counts the lines of the journals that could not be read.
    """

    learners: int
    first: date
    last: date
    trails: tuple[Trail, ...]
    unread: int


class Told(NamedTuple):
    """What was done, or would be: for a person, line by line, and for a program."""

    lines: tuple[str, ...]
    data: dict[str, Any]


@dataclass(frozen=True)
class Optimiser:
    """Changes the parameters that a data folder keeps, at a given time; `past` tells what terms were before."""

    learners: Learners
    kept: Kept
    now: datetime
    past: Past | None = None

    def optimize(self, dry_run: bool) -> Told:
        """Keep better parameters if there are any; TrainerError if there are too few revisions to tell."""
        pool, kept = _pool(self.learners, self.past), self.kept
        try:
            trial = attempt(pool.trails, kept.parameters)
        except ValueError as error:
            raise TrainerError("Le calcul n’a rien donné sur ces révisions ; rien n’a changé.") from error
        if trial.improves and not dry_run:
            losses = trial.before.loss, trial.after.loss
            fit = Fit(trial.parameters, self.now, trial.revisions, pool.learners, *losses)
            parameters.save(self.learners.data, (*kept.fits, fit))
        lines = (*_tested(pool, trial, kept), *_decision(trial, kept, dry_run))
        return Told(lines, _trial_json(pool, trial, kept, dry_run))

    def undo(self, dry_run: bool) -> Told:
        """Return to the parameters before the last ones kept, or put aside a file that holds none.

        TrainerError if there is nothing to undo.
        """
        kept, back = self.kept, Kept(self.kept.fits[:-1])
        if not (kept.fits or kept.warning):
            raise TrainerError("Rien à annuler : les délais entre les révisions sont ceux d’origine.")
        if not dry_run:
            parameters.save(self.learners.data, back.fits)
        return Told(
            tuple(_undone(kept, back, dry_run)),
            {"undone": not dry_run, **_change_json(kept.parameters, back.parameters)},
        )


def _pool(learners: Learners, past: Past | None) -> Pool:
    """The reviews of all learners; TrainerError if they are too few, ProgressError if a part cannot be read."""
    everyone = learners.all()
    for learner in everyone:
        learner.check()
    read = [reading.read(learner.journal) for learner in everyone]
    found = [trails(each.facts, past) for each in read]
    days = [[step.day for trail in each for step in revisions(trail)] for each in found]
    days = [each for each in days if each]
    total = sum(map(len, days))
    if total < LEAST:
        raise TrainerError(
            f"Trop tôt pour ajuster les délais : il faut {counted(LEAST, 'révision')} (une carte redemandée un autre jour), "
            f"tous apprenants réunis ; il y en a {total}. Rien n’a changé : les délais actuels conviennent pour commencer."
        )
    everything = tuple(trail for each in found for trail in each)
    unread = sum(len(each.unreadable) + len(each.unfinished) + each.newer for each in read)
    return Pool(len(days), min(map(min, days)), max(map(max, days)), everything, unread)


def _tested(pool: Pool, trial: Trial, kept: Kept) -> Iterator[str]:
    """What the trial rests on, and how both sets of parameters did."""
    yield (
        f"{counted(trial.revisions, 'révision')} de {counted(pool.learners, 'apprenant')}, "
        f"du {_day(pool.first)} au {_day(pool.last)}."
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


def _decision(trial: Trial, kept: Kept, dry_run: bool) -> Iterator[str]:
    if not trial.improves:
        yield "Les nouveaux délais ne prévoient pas mieux : les délais actuels restent, rien n’a changé."
        return
    yield "Les nouveaux délais prévoient mieux :"
    yield from _examples(kept.parameters, trial.parameters)
    if dry_run:
        yield f"{_DRY} Pour les garder : trainer optimize"
        return
    yield f"Ils sont gardés, pour tous les apprenants de ce dossier. {_MOVED}"
    yield "Pour revenir aux délais d’avant : trainer optimize --undo"


def _undone(kept: Kept, back: Kept, dry_run: bool) -> Iterator[str]:
    if kept.warning:
        yield "Ce fichier serait mis de côté." if dry_run else "Ce fichier est mis de côté."
        yield _DRY if dry_run else "Les délais restent ceux d’origine."
        return
    yield f"Les délais {_origin(kept)} {'seraient' if dry_run else 'sont'} retirés : retour à ceux {_origin(back)}."
    yield from _examples(kept.parameters, back.parameters)
    yield _DRY if dry_run else _MOVED


def _examples(before: Parameters, after: Parameters) -> Iterator[str]:
    """When a card would come back, before and after."""
    for text, grades in _EXAMPLES.values():
        old, new = interval(before, grades), interval(after, grades)
        change = f"après {counted(new, 'jour')}"
        yield f"  carte {text} : {change}{' comme avant' if new == old else f' au lieu de {old}'}"


def _origin(kept: Kept) -> str:
    """Which parameters are in use: «d’origine», «du 02/03/2026»."""
    return f"du {_day(kept.fits[-1].at.date())}" if kept.fits else "d’origine"


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _loss(loss: float) -> str:
    return f"{loss:.{DIGITS}f}".replace(".", ",")


def _trial_json(pool: Pool, trial: Trial, kept: Kept, dry_run: bool) -> dict[str, Any]:
    return {
        "learners": pool.learners,
        "first": pool.first.isoformat(),
        "last": pool.last.isoformat(),
        "unread": pool.unread,
        "revisions": trial.revisions,
        "tested": trial.tested,
        "recall": trial.recall,
        "before": trial.before._asdict(),
        "after": trial.after._asdict(),
        "improves": trial.improves,
        "kept": trial.improves and not dry_run,
        **_change_json(kept.parameters, trial.parameters),
    }


def _change_json(before: Parameters, after: Parameters) -> dict[str, Any]:
    days = {
        name: {"before": interval(before, grades), "after": interval(after, grades)}
        for name, (_, grades) in _EXAMPLES.items()
    }
    return {"parameters": {"before": before, "after": after}, "days": days}

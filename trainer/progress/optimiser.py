"""The delays between revisions fitted on what everyone of a data folder remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from trainer.errors import TrainerError
from trainer.glossary.past import Past
from trainer.memory.optimising import LEAST, Trail, Trial, attempt, revisions, trails
from trainer.progress import parameters, reading
from trainer.progress.learners import Learners
from trainer.progress.parameters import Fit, Kept


class Pool(NamedTuple):
    """What all learners remembered: how many of them made revisions, from which day to which, card by card.

    `unread` counts the lines of the journals that could not be read.
    """

    learners: int
    first: date
    last: date
    trails: tuple[Trail, ...]
    unread: int


class Tried(NamedTuple):
    """What new parameters were fitted on and came to, beside those in use."""

    pool: Pool
    trial: Trial
    before: Kept
    is_rehearsal: bool

    @property
    def is_kept(self) -> bool:
        """Whether the new parameters are in use from now on: they do better, and this was no rehearsal."""
        return self.trial.improves and not self.is_rehearsal


class Undone(NamedTuple):
    """The parameters that were in use, and those that are again."""

    before: Kept
    after: Kept
    is_rehearsal: bool


@dataclass(frozen=True)
class Optimiser:
    """Changes the parameters that a data folder keeps, at a given time; `past` tells what terms were before."""

    learners: Learners
    kept: Kept
    now: datetime
    past: Past | None = None

    def optimize(self, dry_run: bool) -> Tried:
        """Keep better parameters if there are any; TrainerError if there are too few revisions to tell."""
        pool = _pool(self.learners, self.past)
        try:
            trial = attempt(pool.trails, self.kept.parameters)
        except ValueError as error:
            raise TrainerError("Le calcul n’a rien donné sur ces révisions ; rien n’a changé.") from error
        tried = Tried(pool, trial, self.kept, is_rehearsal=dry_run)
        if tried.is_kept:
            losses = trial.before.loss, trial.after.loss
            fit = Fit(trial.parameters, self.now, trial.revisions, pool.learners, *losses)
            parameters.save(self.learners.data, (*self.kept.fits, fit))
        return tried

    def undo(self, dry_run: bool) -> Undone:
        """Return to the parameters before the last ones kept, or put aside a file that holds none.

        TrainerError if there is nothing to undo.
        """
        kept, back = self.kept, Kept(self.kept.fits[:-1])
        if not (kept.fits or kept.warning):
            raise TrainerError("Rien à annuler : les délais entre les révisions sont ceux d’origine.")
        if not dry_run:
            parameters.save(self.learners.data, back.fits)
        return Undone(kept, back, is_rehearsal=dry_run)


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
        enough = f"{LEAST:,}".replace(",", "\u202f")
        raise TrainerError(
            f"Trop tôt pour ajuster les délais : il faut {enough} révisions (une carte redemandée un autre jour), "
            f"tous apprenants réunis ; il y en a {total}. Rien n’a changé : les délais actuels conviennent pour commencer."
        )
    everything = tuple(trail for each in found for trail in each)
    unread = sum(len(each.unreadable) + len(each.unfinished) + each.newer for each in read)
    return Pool(len(days), min(map(min, days)), max(map(max, days)), everything, unread)

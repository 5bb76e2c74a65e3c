"""Of whom a verb speaks."""

from __future__ import annotations

from trainer.errors import UsageError
from trainer.glossary.cleaning import clean
from trainer.launch import Places
from trainer.progress.learners import Learner, Learners


def whose(learners: Learners, places: Places) -> Learner:
    """The learner that is meant: the one named, by their folder if need be, or the only one there is."""
    if places.learner is None:
        known = learners.all()
        if len(known) == 1:
            return known[0]
        raise UsageError(
            "dites de qui il s’agit : --learner NOM." if known else "rien n’est gardé de personne ici."
        )
    found = learners.known_as(places.learner)
    if found is None:
        raise UsageError(f"rien n’est gardé sous le nom « {clean(places.learner)} ».")
    return found

"""The verbs about several people: `trainer suggestions`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from trainer.cli.french import FrenchCommand
from trainer.cli.options import places_options
from trainer.cli.output import print_json, say, warn
from trainer.launch import Places, open_learners, open_library
from trainer.memory.claims import Claim, claims
from trainer.progress.reading import read
from trainer.wording.figures import claim_line


@click.command(cls=FrenchCommand)
@places_options
@click.option("--json", "as_json", is_flag=True, help="En JSON.")
@click.pass_obj
def suggestions(places: Places, as_json: bool) -> None:
    """Montre les réponses que des apprenants ont fait compter justes (« J’avais bon »).

    Ce sont peut-être des synonymes à ajouter au lexique ; aucun nom n’est donné.
    """
    everyone = open_learners(places)[0].all()
    found = claims(read(each.journal).facts for each in everyone)
    if as_json:
        print_json([claim._asdict() | {"card": claim.card.key} for claim in found])
    elif found:
        _tell_claims(found, places)
    for learner in everyone:  # the answers of the others are of use without these
        learner.check()
    if not found:
        warn("Aucune réponse n’a été comptée juste contre l’avis du programme.")


def _tell_claims(found: Sequence[Claim], places: Places) -> None:
    library = open_library(places, needs_content=False)
    say(claim_line(claim, library) for claim in found)

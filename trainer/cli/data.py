"""The verbs of `trainer data`: what is kept of a learner, and for how long."""

from __future__ import annotations

from pathlib import Path

import click

from trainer.cli.french import FrenchGroup
from trainer.cli.options import ANY_PATH, places_options
from trainer.cli.output import say, warn
from trainer.cli.people import whose
from trainer.errors import ProgressError, UsageError
from trainer.launch import Places, learners_of, open_learners, open_services
from trainer.progress.learners import Learners
from trainer.safekeeping import exporting
from trainer.safekeeping.erasure import forget
from trainer.safekeeping.holding import account, held
from trainer.safekeeping.retention import load, save, sweep
from trainer.services import Services
from trainer.wording.numbers import counted
from trainer.wording.privacy import answer_lines, erased, lasting, notice_lines, summary, swept


@click.group(cls=FrenchGroup, invoke_without_command=True)
@places_options
@click.pass_context
def data(context: click.Context) -> None:
    """Ce qui est gardé de l’apprenant : le voir, l’exporter, l’effacer.

    Sans commande, le montre.
    """
    if context.invoked_subcommand is None:
        context.invoke(show)


@data.command()
@places_options
@click.option("--answers", is_flag=True, help="Toutes les réponses, une par ligne, les dernières d’abord.")
@click.pass_obj
def show(places: Places, answers: bool) -> None:
    """Montre ce qui est gardé : combien, depuis quand, où."""
    services = _open(places)
    if answers:
        given = reversed(held(services.learner).answers)
        say(answer_lines(given, services.library, services.world.zone))
    else:
        say(summary(account(services.learners, services.learner)))


@data.command()
@places_options
@click.argument("path", metavar="[FICHIER]", required=False, type=ANY_PATH)
@click.pass_obj
def export(places: Places, path: Path | None) -> None:
    """Écrit tout ce qui est gardé dans un fichier JSON.

    Sans FICHIER, dans le dossier courant ; « - » l’écrit sur la sortie. Aucun fichier n’est remplacé : un autre prend le nom suivant (-2).
    """
    services = _open(places)
    if path == Path("-"):
        click.echo(exporting.exported(services.learner, services.store, services.world.now()), nl=False)
        return
    written = exporting.export(services.learner, services.store, services.world.now(), path or Path.cwd())
    say([str(written)])


@data.command()
@places_options
@click.option("--yes", is_flag=True, help="Efface vraiment ; sinon, dit seulement ce qui serait effacé.")
@click.pass_obj
def delete(places: Places, yes: bool) -> None:
    """Efface tout ce qui est gardé de l’apprenant, sans retour."""
    learners, _ = open_learners(places)
    learner = whose(learners, places)
    if not yes:
        has = held(learner)
        what = (
            f"{counted(len(has.answers), 'réponse')}, {counted(len(has.files), 'fichier')}, {learner.folder}"
        )
        say([f"Serait effacé ({learner.title}) : {what}"])
        raise UsageError("rien n’est effacé : ajoutez --yes pour effacer vraiment.")
    left = forget(learners, learner)
    lines = erased(learner.title, left)
    if left:
        raise ProgressError("\n".join(lines))
    say(lines)


@data.command()
@places_options
@click.pass_obj
def notice(places: Places) -> None:
    """Dit ce qui est gardé, pourquoi, et qui le voit."""
    folder, shared = _reachable(places)
    say(notice_lines(folder, load(folder, shared).months))


@data.command()
@places_options
@click.argument("months", metavar="[MOIS]", required=False, type=click.IntRange(0, 1200))
@click.pass_obj
def retention(places: Places, months: int | None) -> None:
    """Montre ou change la durée de conservation.

    En mois après la dernière réponse ; 0 : sans limite.
    """
    folder, shared = _reachable(places)
    aside = save(folder, months) if months is not None else None
    if aside:
        warn(f"Les réglages d’avant, abîmés, sont gardés dans {aside}.")
    kept = load(folder, shared)
    say([f"Réponses gardées {lasting(kept.months)}"])
    if kept.warning:
        warn(f"Attention : {kept.warning}")


@data.command()
@places_options
@click.pass_obj
def purge(places: Places) -> None:
    """Efface les réponses de qui est parti depuis longtemps.

    C’est-à-dire depuis plus longtemps que la durée de conservation. L’application le fait d’elle-même. Rien n’est effacé sans avoir été annoncé 30 jours avant.
    """
    learners, today = open_learners(places)
    warning = load(learners.data, learners.shared).warning
    outcomes = sweep(learners, today)
    say(swept(outcomes) or ["Personne à effacer."])
    if warning:
        warn(f"Attention : {warning}")
    if any(outcome.left for outcome in outcomes):
        raise SystemExit(ProgressError.exit_code)


def _reachable(places: Places) -> Learners:
    """Everyone of the data folder, be it there or not yet; ProgressError if it cannot be looked into."""
    learners = learners_of(places)
    learners.folders()
    return learners


def _open(places: Places) -> Services:
    """The services of the learner that is meant."""
    return open_services(places, whose(open_learners(places)[0], places), needs_content=False)

"""The verbs of `trainer data`: what is kept of a learner, and for how long."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trainer.errors import ProgressError, UsageError
from trainer.french import FrenchGroup
from trainer.glossary.cleaning import clean
from trainer.launch import Places, open_learners, open_services
from trainer.options import ANY_PATH, places_options

if TYPE_CHECKING:
    from trainer.progress.learners import Learner, Learners
    from trainer.services import Services


@click.group(cls=FrenchGroup, invoke_without_command=True)
@places_options
@click.pass_context
def data(context: click.Context) -> None:
    """Ce qui est gardé de l’apprenant\u00a0: le voir, l’exporter, l’effacer.

    Sans commande, le montre.
    """
    if context.invoked_subcommand is None:
        context.invoke(show)


@data.command()
@places_options
@click.option("--answers", is_flag=True, help="Toutes les réponses, une par ligne, les dernières d’abord.")
@click.pass_obj
def show(places: Places, answers: bool) -> None:
    """Montre ce qui est gardé\u00a0: combien, depuis quand, où."""
    from trainer.personal import answer_lines, held, summary

    services = _open(places)
    if answers:
        given = reversed(held(services.learner).answers)
        _say(answer_lines(given, services.library, services.world.zone))
    else:
        _say(summary(services))


@data.command()
@places_options
@click.argument("path", metavar="[FICHIER]", required=False, type=ANY_PATH)
@click.pass_obj
def export(places: Places, path: Path | None) -> None:
    """Écrit tout ce qui est gardé dans un fichier JSON.

    Sans FICHIER, dans le dossier courant\u00a0; «\u00a0-\u00a0» l’écrit sur la sortie. Aucun fichier n’est remplacé\u00a0: un autre prend le nom suivant (-2).
    """
    from trainer import personal

    services = _open(places)
    if path == Path("-"):
        click.echo(personal.exported(services), nl=False)
        return
    click.echo(clean(str(personal.export(services, path or Path.cwd()))))


@data.command()
@places_options
@click.option("--yes", is_flag=True, help="Efface vraiment\u00a0; sinon, dit seulement ce qui serait effacé.")
@click.pass_obj
def delete(places: Places, yes: bool) -> None:
    """Efface tout ce qui est gardé de l’apprenant, sans retour."""
    from trainer.personal import erased, held
    from trainer.progress.erasure import forget
    from trainer.wording import counted

    learners, _ = open_learners(places)
    learner = whose(learners, places)
    if not yes:
        has = held(learner)
        what = (
            f"{counted(len(has.answers), 'réponse')}, {counted(len(has.files), 'fichier')}, {learner.folder}"
        )
        click.echo(clean(f"Serait effacé ({learner.title})\u00a0: {what}"))
        raise UsageError("rien n’est effacé\u00a0: ajoutez --yes pour effacer vraiment.")
    left = forget(learners, learner)
    lines = erased(learner.title, left)
    if left:
        raise ProgressError("\n".join(lines))
    _say(lines)


@data.command()
@places_options
@click.pass_obj
def notice(places: Places) -> None:
    """Dit ce qui est gardé, pourquoi, et qui le voit."""
    from trainer.personal import notice_lines

    _say(notice_lines(_reachable(places)))


@data.command()
@places_options
@click.argument("months", metavar="[MOIS]", required=False, type=click.IntRange(0, 1200))
@click.pass_obj
def retention(places: Places, months: int | None) -> None:
    """Montre ou change la durée de conservation.

    En mois après la dernière réponse\u00a0; 0\u00a0: sans limite.
    """
    from trainer.personal import lasting
    from trainer.progress.retention import load, save

    folder = _reachable(places)
    aside = save(folder, months) if months is not None else None
    if aside:
        click.echo(clean(f"Les réglages d’avant, abîmés, sont gardés dans {aside}."), err=True)
    kept = load(folder)
    _say([f"Réponses gardées {lasting(kept.months)}"])
    if kept.warning:
        click.echo(clean(f"Attention\u00a0: {kept.warning}"), err=True)


@data.command()
@places_options
@click.pass_obj
def purge(places: Places) -> None:
    """Efface les réponses de qui est parti depuis longtemps.

    C’est-à-dire depuis plus longtemps que la durée de conservation. L’application le fait d’elle-même. Rien n’est effacé sans avoir été annoncé 30 jours avant.
    """
    from trainer.personal import swept
    from trainer.progress.retention import load, sweep

    learners, today = open_learners(places)
    warning = load(learners.data).warning
    outcomes = sweep(learners, today)
    _say(swept(outcomes) or ["Personne à effacer."])
    if warning:
        click.echo(clean(f"Attention\u00a0: {warning}"), err=True)
    if any(outcome.left for outcome in outcomes):
        raise SystemExit(ProgressError.exit_code)


def _reachable(places: Places) -> Path:
    """The data folder, there or not yet; ProgressError if it cannot be looked into."""
    from trainer.progress.learners import Learners

    folder = places.settings.data
    Learners(folder).folders()
    return folder


def _open(places: Places) -> Services:
    """The services of the learner that is meant."""
    return open_services(places, whose(open_learners(places)[0], places), needs_content=False)


def whose(learners: Learners, places: Places) -> Learner:
    """The learner that is meant: the one named, by their folder if need be, or the only one there is."""
    if places.learner is None:
        known = learners.all()
        if len(known) == 1:
            return known[0]
        raise UsageError(
            "dites de qui il s’agit\u00a0: --learner NOM." if known else "rien n’est gardé de personne ici."
        )
    found = learners.known_as(places.learner)
    if found is None:
        raise UsageError(f"rien n’est gardé sous le nom «\u00a0{clean(places.learner)}\u00a0».")
    return found


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(clean(line))

"""The verbs that look after what is kept: `trainer journal …`, `trainer backup`, `trainer restore`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trainer.errors import ProgressError
from trainer.french import FrenchCommand, FrenchGroup, missing_verb
from trainer.glossary.cleaning import clean
from trainer.launch import Places, open_keeper
from trainer.options import ANY_PATH, places_options

if TYPE_CHECKING:
    from trainer.safekeeping import Told


@click.group(cls=FrenchGroup, invoke_without_command=True)
@places_options
@click.pass_context
def journal(context: click.Context) -> None:
    """Le journal des réponses : le vérifier, refaire ce qui en découle."""
    if context.invoked_subcommand is None:
        raise missing_verb(journal, context)


@journal.command("verify")
@places_options
@click.option("--json", "as_json", is_flag=True, help="En JSON.")
@click.pass_obj
def verify(places: Places, as_json: bool) -> None:
    """Dit ce que le journal contient et ce qui y est illisible ; ne change rien.

    De tous les apprenants, ou de --learner. Code de sortie : 0 si tout est lisible, 4 sinon.
    """
    told = open_keeper(places).verify()
    if as_json:
        click.echo(json.dumps(told.data, ensure_ascii=True, indent=2))
    else:
        _say(told)
    if not told.is_whole:
        raise SystemExit(ProgressError.exit_code)


@journal.command("rebuild")
@places_options
@click.pass_obj
def rebuild(places: Places) -> None:
    """Refait le résumé à partir du journal, et copie à part les lignes illisibles.

    Le journal lui-même n’est jamais changé.
    """
    _say(open_keeper(places).rebuild())


@click.command("backup", cls=FrenchCommand)
@places_options
@click.argument("path", metavar="FICHIER.zip", type=ANY_PATH)
@click.option("--force", is_flag=True, help="Remplace le fichier s’il existe déjà.")
@click.pass_obj
def backup(places: Places, path: Path, force: bool) -> None:
    """Sauvegarde tous les apprenants, ou --learner, et les réglages dans un fichier zip."""
    _say(open_keeper(places).backup(path, force))


@click.command("restore", cls=FrenchCommand)
@places_options
@click.argument("path", metavar="FICHIER.zip", type=ANY_PATH)
@click.pass_obj
def restore(places: Places, path: Path) -> None:
    """Remet une sauvegarde en place : ajoute ce qui manque ici, ne remplace ni n’efface rien."""
    _say(open_keeper(places).restore(path))


def _say(told: Told) -> None:
    for line in told.lines:
        click.echo(clean(line))

"""The verbs that look after what is kept: `trainer journal …`, `trainer backup`, `trainer restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from trainer.cli.french import FrenchCommand, FrenchGroup, missing_verb
from trainer.cli.options import ANY_PATH, places_options
from trainer.cli.output import print_json, say
from trainer.errors import ProgressError
from trainer.launch import Places, open_keeper
from trainer.memory.reviews import Review
from trainer.progress.inspecting import Line
from trainer.safekeeping.keeper import Checked
from trainer.wording.journals import backed_up_lines, checked_lines, rebuilt_lines, restored_lines


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
    found = open_keeper(places).verify()
    if as_json:
        print_json(list(map(_findings_json, found)))
    else:
        say(checked_lines(found))
    if not all(checked.findings.is_whole for checked in found):
        raise SystemExit(ProgressError.exit_code)


@journal.command("rebuild")
@places_options
@click.pass_obj
def rebuild(places: Places) -> None:
    """Refait le résumé à partir du journal, et copie à part les lignes illisibles.

    Le journal lui-même n’est jamais changé.
    """
    say(rebuilt_lines(open_keeper(places).rebuild()))


@click.command(cls=FrenchCommand)
@places_options
@click.argument("path", metavar="FICHIER.zip", type=ANY_PATH)
@click.option("--force", is_flag=True, help="Remplace le fichier s’il existe déjà.")
@click.pass_obj
def backup(places: Places, path: Path, force: bool) -> None:
    """Sauvegarde tous les apprenants, ou --learner, et les réglages dans un fichier zip."""
    say(backed_up_lines(open_keeper(places).backup(path, force)))


@click.command(cls=FrenchCommand)
@places_options
@click.argument("path", metavar="FICHIER.zip", type=ANY_PATH)
@click.pass_obj
def restore(places: Places, path: Path) -> None:
    """Remet une sauvegarde en place : ajoute ce qui manque ici, ne remplace ni n’efface rien."""
    say(restored_lines(open_keeper(places).restore(path)))


def _findings_json(checked: Checked) -> dict[str, Any]:
    learner, found = checked.learner, checked.findings
    return {
        "learner": learner.name,
        "folder": str(learner.folder),
        "is_misplaced": learner.is_misplaced,
        "is_whole": found.is_whole,
        "files": sorted(found.files),
        "answers": found.answers,
        "retractions": found.retractions,
        "undone": found.undone,
        "repeated": found.repeated,
        "first": found.first.isoformat() if found.first else None,
        "last": found.last.isoformat() if found.last else None,
        "unreadable": [_place_json(line) | {"why": line.why} for line in found.unreadable],
        "newer": list(map(_place_json, found.newer)),
        "conflicts": list(map(_place_json, found.conflicts)),
        "ahead": list(map(_place_json, found.ahead)),
        "unknown": dict(sorted(found.unknown.items())),
        "snapshot": found.snapshot.name.lower(),
        "quarantine": str(learner.quarantine) if found.copies else None,
        "copies": found.copies,
    }


def _place_json(line: Line) -> dict[str, Any]:
    place: dict[str, Any] = {"file": line.file, "line": line.number, "offset": line.offset}
    if line.fact is not None:
        place["id"] = line.fact.id
    if isinstance(line.fact, Review):
        place["at"] = line.fact.at.isoformat()
    return place

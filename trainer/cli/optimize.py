"""`trainer optimize`: the delays between revisions fitted on what everyone remembered, or put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from trainer.cli.french import FrenchCommand
from trainer.cli.options import places_options
from trainer.cli.output import print_json, say
from trainer.launch import Places, open_optimiser
from trainer.memory.optimising import interval
from trainer.wording.delays import EXAMPLES, tried_lines, undone_lines

if TYPE_CHECKING:
    from trainer.memory.schedule import Parameters
    from trainer.progress.optimiser import Tried, Undone


@click.command(cls=FrenchCommand)
@places_options
@click.option("--dry-run", is_flag=True, help="Dit ce qui changerait, et ne change rien.")
@click.option("--undo", is_flag=True, help="Revient aux délais d’avant.")
@click.option("--json", "as_json", is_flag=True, help="En JSON.")
@click.pass_obj
def optimize(places: Places, dry_run: bool, undo: bool, as_json: bool) -> None:
    """Ajuste les délais entre les révisions à ce que tous les apprenants ont retenu.

    Les nouveaux délais ne sont gardés que s’ils prévoient mieux les dernières réponses.
    """
    optimiser = open_optimiser(places, needs_content=not undo)
    if undo:
        undone = optimiser.undo(dry_run)
        told, lines = _undone_json(undone), undone_lines(undone)
    else:
        tried = optimiser.optimize(dry_run)
        told, lines = _tried_json(tried), tried_lines(tried)
    if as_json:
        print_json(told)
    else:
        say(lines)


def _undone_json(undone: Undone) -> dict[str, Any]:
    change = _change_json(undone.before.parameters, undone.after.parameters)
    return {"undone": not undone.is_rehearsal, **change}


def _tried_json(tried: Tried) -> dict[str, Any]:
    pool, trial = tried.pool, tried.trial
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
        "kept": tried.is_kept,
        **_change_json(tried.before.parameters, trial.parameters),
    }


def _change_json(before: Parameters, after: Parameters) -> dict[str, Any]:
    days = {
        name: {"before": interval(before, grades), "after": interval(after, grades)}
        for name, (_, grades) in EXAMPLES.items()
    }
    return {"parameters": {"before": before, "after": after}, "days": days}

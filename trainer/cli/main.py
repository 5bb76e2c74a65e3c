"""The command line: which verbs there are, and how a run of one ends."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from importlib import import_module

import click

from trainer.cli.french import FrenchGroup, explain
from trainer.cli.options import places_options
from trainer.cli.output import warn
from trainer.crash import INTERRUPTED
from trainer.launch import guarded, play

FAMILIES = {
    "content": ("check", "decks", "questions", "terms"),
    "data": ("data",),
    "journal": ("backup", "journal", "restore"),
    "learning": ("drill", "stats"),
    "optimize": ("optimize",),
    "team": ("suggestions",),
}
"""The verbs of each module of this folder."""
_FAMILY_OF = {verb: family for family, verbs in FAMILIES.items() for verb in verbs}


class _Verbs(FrenchGroup):
    """Knows the names of all verbs, and imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in alphabetical order."""
        return sorted(_FAMILY_OF)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The verb of that name."""
        family = _FAMILY_OF.get(name)
        if family is None:
            return None
        verb: click.Command = getattr(import_module(f"trainer.cli.{family}"), name)
        return verb


def _show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Print the version and stop, before anything else is looked at."""
    if wanted and not context.resilient_parsing:
        from importlib.metadata import PackageNotFoundError, version  # slow to import

        try:
            click.echo(f"trainer {version('trainer')}")
        except PackageNotFoundError:
            click.echo("trainer, sans numéro de version : il n’est pas installé par pip")
        context.exit()


@click.group(
    cls=_Verbs, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@places_options
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Montre la version.",
)
@click.pass_context
def trainer(context: click.Context) -> None:
    """Apprendre les mots du métier de téléconseiller.

    Sans commande, ouvre l’application.
    """
    if context.invoked_subcommand is None:
        play(context.obj)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a verb; its exit code. Every expected failure is one French line on stderr."""
    args = list(sys.argv[1:] if argv is None else argv)
    return guarded(partial(_run, args), args)


def _run(args: list[str]) -> None:
    try:
        trainer.main(args=args, prog_name="trainer", standalone_mode=False)
    except click.exceptions.Exit as stop:
        raise SystemExit(stop.exit_code) from None
    except click.Abort:
        raise SystemExit(INTERRUPTED) from None
    except click.ClickException as error:
        warn(f"Erreur : {explain(error)}")
        raise SystemExit(error.exit_code) from None

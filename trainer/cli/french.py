"""Click in French: its headings, its help option and its errors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import click

from trainer.errors import UsageError
from trainer.glossary.cleaning import presented

_BOUNDS = re.compile(r"\[(\d+)<=x<=(\d+)\]")


class _Formatter(click.HelpFormatter):
    """Writes help with French spaces, which no line breaks at."""

    def write_heading(self, heading: str) -> None:
        """A heading, and its colon."""
        self.write(presented(f"{heading} :\n"))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The usage line."""
        super().write_usage(prog, args, prefix and presented(prefix))

    def write_text(self, text: str) -> None:
        """A paragraph."""
        super().write_text(presented(text))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Names with what they mean; click writes bounds as a formula."""
        told = [(name, presented(_BOUNDS.sub(r"[de \1 à \2]", text))) for name, text in rows]
        super().write_dl(told, col_max, col_spacing)


class _Context(click.Context):
    formatter_class = _Formatter


class _French(click.Command):
    context_class = _Context

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the arguments, or say in French which are too many."""
        takes_any, ctx.allow_extra_args = ctx.allow_extra_args, True
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # the parser of options forgets it
            raise
        if rest and not takes_any and not ctx.resilient_parsing:
            extra = ", ".join(f"« {each} »" for each in rest)
            raise UsageError(f"de trop : {extra}. Voyez « {ctx.command_path} --help ».")
        return rest

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="Utilisation : ")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option, explained in French."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Montre cette aide."
        return option

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options."""
        rows = [row for param in self.get_params(ctx) if (row := param.get_help_record(ctx)) is not None]
        if rows:
            with formatter.section("Options"):
                formatter.write_dl(rows)


class FrenchCommand(_French):
    """A verb."""


class FrenchGroup(_French, click.Group):
    """The group of verbs."""

    command_class = FrenchCommand

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"subcommand_metavar": "COMMANDE [ARGUMENTS]…", **options})

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options, then the verbs."""
        super().format_options(ctx, formatter)
        rows = [
            (name, command.get_short_help_str(90))
            for name in self.list_commands(ctx)
            if (command := self.get_command(ctx, name)) is not None
        ]
        with formatter.section("Commandes"):
            formatter.write_dl(rows)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find the verb, or say in French which ones there are."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            known = ", ".join(self.list_commands(ctx))
            raise UsageError(f"commande inconnue : « {args[0]} ». Commandes : {known}.")
        return super().resolve_command(ctx, args)


def missing_verb(group: FrenchGroup, ctx: click.Context) -> UsageError:
    """The error of a group that was called without a verb, and does nothing by itself."""
    return UsageError(f"il manque une commande : {', '.join(group.list_commands(ctx))}.")


def explain(error: click.ClickException) -> str:
    """A click error in French, with what to do: from its type and its fields, never from its words."""
    match error:
        case click.NoSuchOption():
            near = f" ; vouliez-vous {error.possibilities[0]} ?" if error.possibilities else "."
            return f"option inconnue : {error.option_name}{near}"
        case click.MissingParameter():
            return f"il manque {_name(error)}."
        case click.BadParameter():
            return f"{_name(error)} : {_expected(error)}."
        case click.BadOptionUsage():
            return f"l’option {error.option_name} {_usage(error)}."
        case click.FileError():
            return f"fichier illisible : {error.ui_filename}."
    # A later release of click may refuse what this one takes.
    path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "trainer"
    original = " ".join(error.message.split())
    return f"ligne de commande non comprise ; voyez « {path} --help » ({original})"


def _name(error: click.BadParameter) -> str:
    param = error.param
    if param is None:
        return "un argument"
    return param.opts[-1] if isinstance(param, click.Option) else (param.human_readable_name or "un argument")


def _expected(error: click.BadParameter) -> str:
    """What would have been right, as far as the type of the parameter tells."""
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"attendu {', '.join(map(_text, kind.choices))}"
    if isinstance(kind, click.IntRange):
        limits = f"{kind.min} ou plus" if kind.max is None else f"de {kind.min} à {kind.max}"
        return f"attendu un nombre entier, {limits}"
    return "attendu un nombre entier" if kind is click.INT else "valeur refusée"


def _usage(error: click.BadOptionUsage) -> str:
    params = error.ctx.command.get_params(error.ctx) if error.ctx else []
    flags = {
        name for param in params if isinstance(param, click.Option) and param.is_flag for name in param.opts
    }
    return "s’écrit sans valeur" if error.option_name in flags else "attend une valeur"


def _text(choice: object) -> str:
    return str(getattr(choice, "value", choice))

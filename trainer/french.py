"""Click in French: its headings, its help option and its errors."""

from __future__ import annotations

from typing import Any

import click


class _French(click.Command):
    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(
            ctx.command_path,
            pieces.replace("COMMAND", "COMMANDE").replace("[ARGS]...", "[ARGUMENTS]…"),
            prefix="Utilisation : ",
        )

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
            raise click.UsageError(f"commande inconnue : « {args[0]} ». Commandes : {known}.", ctx)
        return super().resolve_command(ctx, args)


def explain(error: click.ClickException) -> str:
    """A click error in French, with what to do."""
    match error:
        case click.exceptions.NoArgsIsHelpError():
            assert isinstance(error.ctx.command, click.Group)
            return f"il manque une commande : {', '.join(error.ctx.command.list_commands(error.ctx))}."
        case click.NoSuchOption():
            near = f" ; vouliez-vous {error.possibilities[0]} ?" if error.possibilities else "."
            return f"option inconnue : {error.option_name}{near}"
        case click.MissingParameter():
            return f"il manque {_name(error)}."
        case click.BadParameter():
            choices = getattr(error.param.type, "choices", None) if error.param else None
            expected = f" : attendu {', '.join(map(_text, choices))}" if choices else " : valeur refusée"
            return f"{_name(error)}{expected}."
        case click.BadOptionUsage():
            return f"l’option {error.option_name} attend une valeur."
        case click.FileError():
            return f"fichier illisible : {error.ui_filename}."
    return error.message


def _name(error: click.BadParameter) -> str:
    param = error.param
    if param is None:
        return "un argument"
    return param.opts[-1] if isinstance(param, click.Option) else (param.human_readable_name or "un argument")


def _text(choice: object) -> str:
    return str(getattr(choice, "value", choice))

"""The page of the commands, from what click knows of each verb, the tree of errors and the names of variables."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator, Mapping

import click

from tests.helpers import ROOT
from trainer import errors
from trainer.cli.main import trainer
from trainer.crash import INTERRUPTED
from trainer.glossary.cleaning import typeset
from trainer.launch import COMPLETION

COMMANDS = ROOT / "docs" / "commandes.md"
_HANGED_UP = 128 + getattr(signal, "SIGHUP", 1)  # Windows has no such signal
CODES = {
    0: "tout s’est bien passé",
    errors.TrainerError.exit_code: (
        "la commande a fait son travail, et la réponse est « non » : `trainer check` a trouvé une erreur, `trainer optimize` a "
        "trop peu de révisions ou rien à annuler, `trainer backup` n’a rien à sauvegarder"
    ),
    errors.UsageError.exit_code: (
        "la ligne de commande demande ce qui n’existe pas (commande, option, paquet, apprenant), ou ne peut pas servir là "
        "où elle est tapée (sans terminal, dans un dossier effacé)"
    ),
    errors.ContentError.exit_code: "le contenu est absent, illisible ou inutilisable",
    errors.ProgressError.exit_code: (
        "ce qui est gardé d’un apprenant n’a pas pu être lu, écrit ou effacé en entier ; `trainer journal verify` : une "
        "ligne est illisible"
    ),
    errors.StreamError.exit_code: "l’entrée ou la sortie standard est fermée, pleine ou en panne",
    errors.CRASHED: "une erreur que personne n’attendait ; elle dit où est son rapport, sans nom ni réponse",
    _HANGED_UP: "la fenêtre a été fermée (SIGHUP)",
    INTERRUPTED: "arrêt par Ctrl+C",
    errors.ReaderGone.exit_code: "qui lisait la sortie a cessé de lire, comme `| head` ; rien n’est dit",
    128 + signal.SIGTERM: "arrêt demandé par le système (SIGTERM)",
}
"""What each exit code says."""
VARIABLES = {
    "TRAINER_CONTENT": "le dossier du contenu, si `--content` ne le dit pas",
    "TRAINER_DATA": "où garder les progrès, si `--data` ne le dit pas",
    "NO_COLOR": "si elle existe, tout est dessiné en gris ; rien n’est dit par la couleur seule",
    "TERM": "à `dumb`, l’application ne s’ouvre pas : `trainer drill --plain` pose les mêmes questions ligne par ligne",
    "COMPUTERNAME": (
        "sous Windows, le nom de l’ordinateur, dont le journal garde une empreinte de huit caractères ; ailleurs, le système "
        "le dit"
    ),
    "PROGRAMDATA": "sous Windows, où un administrateur peut laisser des réglages (`trainer\\settings.json`) ; ailleurs, `/etc/trainer`",
    COMPLETION: (
        "à `bash_source`, `zsh_source` ou `fish_source`, `trainer` écrit de quoi compléter ses commandes avec la touche Tab"
    ),
}
"""What each variable of the environment does."""
_HEAD = """
# Les commandes

<!-- Cette page est faite par `python -m tests.documents` ; ne la modifiez pas à la main. -->

Tout ce que `trainer` comprend, commande par commande ; `trainer COMMANDE --help` montre la même chose. Les données vont sur la
sortie standard, tout le reste sur la sortie d’erreur. Un chemin qui ne commence pas à la racine part du dossier où l’on tape
la commande ; dans `--data` et `--content`, « ~ » est votre dossier personnel. Une commande qui ne fait que montrer n’écrit rien sur le disque.
"""
_CODE = re.compile(r"(`[^`]*`|<!--.*?-->)")


def commands_page() -> str:
    """The whole page, in Markdown."""
    parts = [_HEAD.strip(), *map(_section, _commands())]
    parts += ["## Codes de sortie", _list(CODES), "## Variables d’environnement", _list(VARIABLES)]
    return "\n\n".join(map(_typeset, parts)) + "\n"


def _commands() -> Iterator[click.Context]:
    """The program itself, then each verb, followed by the verbs of its own."""
    waiting = [_program()]
    while waiting:
        context = waiting.pop(0)
        yield context
        group = context.command
        if isinstance(group, click.Group):
            found = {name: group.get_command(context, name) for name in group.list_commands(context)}
            inner = [click.Context(verb, context, name) for name, verb in found.items() if verb is not None]
            waiting = inner + waiting


def _program() -> click.Context:
    """The context of a run without a verb; those of the verbs take from it how help is asked for."""
    return click.Context(trainer, info_name="trainer", **trainer.context_settings)


def _section(context: click.Context) -> str:
    """How a command is written, what it does, and what it takes beside the options that all take."""
    command = context.command
    usage = " ".join((context.command_path, *command.collect_usage_pieces(context)))
    # A blank line parts paragraphs; within one, the source breaks lines as it pleases.
    paragraphs = [" ".join(each.split()) for each in (command.help or "").split("\n\n")]
    arguments = [_argument(param) for param in command.params if isinstance(param, click.Argument)]
    options = [_option(option) for option in _own_options(context)]
    parts = [f"{_level(context)} `{context.command_path}`", f"`{usage}`", *paragraphs]
    parts.append("\n".join(arguments + options))
    if context.parent is None:
        parts.append(
            "Toutes les commandes prennent ces options, `--version` exceptée, avant ou après leur nom."
        )
    return "\n\n".join(filter(None, parts))


def _level(context: click.Context) -> str:
    """A verb of a verb stands below it."""
    return "###" if context.parent and context.parent.parent else "##"


def _own_options(context: click.Context) -> list[click.Option]:
    """The options of the program itself; of a verb, those that not all take."""
    program = _program()
    shared = [param.opts for param in trainer.get_params(program) if param.name != "version"]
    options = [param for param in context.command.get_params(context) if isinstance(param, click.Option)]
    return [option for option in options if context.parent is None or option.opts not in shared]


def _argument(argument: click.Argument) -> str:
    """How often an argument is wanted; its name stands without the signs that say the same in the usage."""
    name = (argument.metavar or argument.human_readable_name).strip("[]…")
    told = "obligatoire" if argument.required else "facultatif"
    if argument.nargs < 0:
        told += ", autant de fois que l’on veut"
    if isinstance(argument.type, click.IntRange):
        told += f", un nombre entier de {argument.type.min} à {argument.type.max}"
    return f"- `{name}` : {told}"


def _option(option: click.Option) -> str:
    """An option, what is written behind it, and what it does."""
    value = "" if option.is_flag else f" {option.metavar}"
    if isinstance(option.type, click.Choice):
        value = f" {'|'.join(option.type.choices)}"
    return f"- `{', '.join(option.opts)}{value}` : {option.help}"


def _list(senses: Mapping[str, str] | Mapping[int, str]) -> str:
    return "\n".join(f"- `{name}` : {sense}" for name, sense in senses.items())


def _typeset(text: str) -> str:
    """A text with the no-break spaces of French typography; what is code stays as it is typed."""
    return "".join(part if part.startswith(("`", "<!--")) else typeset(part) for part in _CODE.split(text))

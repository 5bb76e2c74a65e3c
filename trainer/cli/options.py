"""The options that every verb understands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from trainer.launch import Places

F = TypeVar("F", bound=Callable[..., Any])
ANY_PATH = click.Path(readable=False, path_type=Path)
"""A path, there or not, that click does not judge: what it says of one that cannot be read names neither path nor cause."""


def places_options(verb: F) -> F:
    """Give a verb the options that say whose data and which content, before or after its name."""
    for option, name, help_text in (
        ("--content", "DOSSIER", "Le contenu à lire (ou la variable TRAINER_CONTENT)."),
        ("--data", "DOSSIER", "Où garder les progrès (ou la variable TRAINER_DATA)."),
        ("--learner", "NOM", "Qui apprend."),
    ):
        verb = click.option(
            option, metavar=name, help=help_text, expose_value=False, callback=_remember, is_eager=True
        )(verb)
    return verb


def _remember(context: click.Context, param: click.Parameter, value: str | None) -> None:
    places = context.obj or Places()
    if value is not None and param.name is not None:
        places = places._replace(**{param.name: value})
    context.obj = places

"""How verbs answer: data on stdout, diagnostics on stderr, nothing that a terminal would obey."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import click

from trainer.glossary.cleaning import escaped, presented


def say(lines: Iterable[str]) -> None:
    """Print lines for a person."""
    for line in lines:
        click.echo(presented(line))


def warn(line: str) -> None:
    """Tell a person something beside the data."""
    click.echo(presented(line), err=True)


def print_json(data: Any) -> None:
    """Print data for a program."""
    click.echo(escaped(json.dumps(data, ensure_ascii=False, indent=2)))

"""The keys that the learners' manual tells are those that the screens declare: all of them, and no other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest

import trainer.screens
from tests.helpers import ROOT
from trainer.screens.base import TrainerScreen
from trainer.screens.keys import MOVING
from trainer.widgets.commands import EVERYWHERE, Command

PRINTED = {
    "escape": "Échap",
    "enter": "Entrée",
    "space": "Espace",
    "down": "↓",
    "question_mark": "?",
    "ampersand": "&",
    "quotation_mark": '"',
    "apostrophe": "'",
    "left_parenthesis": "(",
    "minus": "-",
    "underscore": "_",
}
"""What stands on the keys that Textual calls by other names."""
_ROW = re.compile(r"^\| (`.+?) \| (.+) \|$", re.MULTILINE)


def table() -> dict[str, str]:
    """For each key of the manual's table, what it does; «`1` à `4`» is four keys."""
    text = (ROOT / "docs" / "apprenants.md").read_text(encoding="utf-8")
    section = text.split("| Touche | Effet |")[1].split("\n\n")[0]
    rows: dict[str, str] = {}
    for keys, effect in _ROW.findall(section):
        told = re.findall(r"`([^`]+)`", keys)
        for first, last in re.findall(r"`(\d)` à `(\d)`", keys):
            told += map(str, range(int(first), int(last) + 1))
        rows |= dict.fromkeys(told, effect)
    return rows


def commands() -> Iterator[Command]:
    """What every screen offers."""
    for module in iter_modules(trainer.screens.__path__):
        import_module(f"trainer.screens.{module.name}")
    waiting = [TrainerScreen]
    while waiting:
        screen = waiting.pop()
        waiting += screen.__subclasses__()
        yield from screen.OFFERS
    yield from EVERYWHERE


def printed(key: str) -> str:
    """A key as it is printed: «Ctrl+Z», «F1», «U», «é»."""
    if key in PRINTED:
        return PRINTED[key]
    return key.title() if key.isascii() else key


def declared() -> dict[str, set[str]]:
    """For each key, as it is printed, the actions that it has on one screen or another."""
    found: dict[str, set[str]] = defaultdict(set)
    for command in commands():
        for key in command.keys:
            if not key.startswith("latin_small_letter"):  # another name of «é», «è», «à»
                found[printed(key)].add(command.action)
    return found


def test_every_key_is_told_and_no_other() -> None:
    """Those of the commands, and those that move in every list."""
    moving = {key for keys, _ in MOVING for key in keys.split() if keys != "Souris"}
    assert table().keys() == declared().keys() | moving


@pytest.mark.parametrize("key", sorted(key for key in declared() if len(key) == 1 and key.isalpha()))
def test_every_sense_of_a_letter_is_told(key: str) -> None:
    """A letter that does two things on two screens is said to do both."""
    assert len(table()[key].split("\u00a0; ")) >= len(declared()[key])

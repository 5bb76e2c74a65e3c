"""The command palette: the commands of the screen in front, found by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider

from trainer.commands import EVERYWHERE, Command
from trainer.screens.base import TrainerScreen

NONE = "Aucune commande de ce nom"


class ScreenCommands(Provider):
    """Finds commands of the screen that the palette was opened on."""

    def _commands(self) -> Iterator[Command]:
        offers = self.screen.OFFERS if isinstance(self.screen, TrainerScreen) else ()
        return (command for command in dict.fromkeys((*offers, *EVERYWHERE)) if command.palette)

    def _run(self, command: Command) -> Callable[[], Any]:
        return partial(self.screen.run_action, command.action)

    async def discover(self) -> Hits:
        """Every command, before anything is typed."""
        for command in self._commands():
            yield DiscoveryHit(command.label, self._run(command), help=command.help)

    async def search(self, query: str) -> Hits:
        """The commands whose name or sense matches; a line that says so if there is none."""
        matcher, found = self.matcher(query), False
        for command in self._commands():
            score = matcher.match(f"{command.label} {command.help}")
            if score > 0:
                found = True
                yield Hit(score, command.label, self._run(command), help=command.help)
        if not found:
            yield Hit(0.01, NONE, lambda: None)

"""The line at the foot of a screen: the keys that do something now, each also a click."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from trainer.commands import Command


class CommandItem(Static):
    """One command: a click on it does what its key does."""

    def __init__(self, command: Command) -> None:
        super().__init__(f"[b]{command.printed}[/b] {command.label}")
        self.command = command

    async def on_click(self) -> None:
        """Run the command on the screen."""
        await self.screen.run_action(self.command.action)


class CommandBar(Horizontal):
    """All commands of a screen, of which only those that make sense now are shown."""

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__()
        self._items = {command.action: CommandItem(command) for command in commands if command.bar}

    def compose(self) -> ComposeResult:
        """Lay the items in a row."""
        yield from self._items.values()

    def offer(self, actions: Collection[str]) -> None:
        """Show the commands of these actions and hide the others."""
        for action, item in self._items.items():
            item.display = action in actions

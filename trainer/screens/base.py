"""What every screen has: its commands, the bar that shows them, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.screen import Screen

from trainer.commands import EVERYWHERE, Command
from trainer.services import Services


class TrainerScreen(Screen[None]):
    """A screen that is handed the services and declares its commands; `name_` is its French title."""

    OFFERS: ClassVar[Sequence[Command]] = ()
    HEADING: ClassVar[str] = ""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        for command in (*self.OFFERS, *EVERYWHERE):
            for key in command.pressed:
                self._bindings.bind(key, command.action, command.label, show=False)

    def day_changed(self) -> None:
        """Another study day has begun; most screens show nothing of it."""

    def action_back(self) -> None:
        """Return to the screen before."""
        self.app.pop_screen()

    async def action_help(self) -> None:
        """Show the keys of this screen."""
        await self.app.run_action("show_keys")

    async def action_leave(self) -> None:
        """Quit."""
        self.app.exit()

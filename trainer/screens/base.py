"""What every screen has: its commands, the bar that shows them, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.css.query import NoMatches
from textual.message import Message
from textual.screen import Screen

from trainer.screens.routes import Route
from trainer.services import Services
from trainer.widgets.commands import EVERYWHERE, Command


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

    def post_message(self, message: Message) -> bool:
        """Post a message; of a wish to go elsewhere, note whose it is."""
        if isinstance(message, Route) and message.origin is None:
            message.origin = self
        return super().post_message(message)

    @property
    def is_there(self) -> bool:
        """Whether the learner has gone neither elsewhere nor away."""
        return self.is_running and self.is_attached and self in self.app.screen_stack

    async def on_event(self, event: events.Event) -> None:
        """Handle an event; a screen that is left before it is built lacks parts, which nobody will see."""
        try:
            await super().on_event(event)
        except NoMatches:
            if self.is_there:
                raise

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the screen in front takes commands, once it is built: impatient keys were not meant for any other."""
        return self.is_active and self.is_attached and self.is_mounted

    def day_changed(self) -> None:
        """Another study day has begun; most screens show nothing of it."""

    def action_back(self) -> None:
        """Return to the screen before."""
        self.app.pop_screen()

    async def action_help(self) -> None:
        """Show the keys of this screen."""
        await self.app.run_action("show_keys")

    async def action_command_palette(self) -> None:
        """Find a command of this screen by its name."""
        await self.app.run_action("command_palette")

    async def action_leave(self) -> None:
        """Quit."""
        self.app.exit()

"""The line at the foot of a screen: the keys that do something now, each also a click."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from trainer.glossary.cleaning import presented
from trainer.widgets.commands import Command

_BOLD = Style(bold=True)


class CommandBar(Widget):
    """All commands of a screen, of which only those that make sense now are shown."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"command-bar--hover"}
    DEFAULT_CSS = """
    CommandBar > .command-bar--hover { background: $accent; color: $background; }
    """
    offered: reactive[tuple[Command, ...]] = reactive(())
    hovered: reactive[Command | None] = reactive(None)

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__()
        self._commands = tuple(command for command in commands if command.bar)
        self.set_reactive(CommandBar.offered, self._commands)

    def offer(self, actions: Collection[str]) -> None:
        """Show the commands of these actions and hide the others."""
        self.offered = tuple(command for command in self._commands if command.action in actions)

    async def on_click(self, event: events.Click) -> None:
        """A click on a command does what its key does."""
        command = self._under(event)
        if command is not None:
            await self.screen.run_action(command.action)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show what a click would do."""
        self.hovered = self._under(event)

    def on_leave(self) -> None:
        """The mouse has gone."""
        self.hovered = None

    def _under(self, event: events.MouseEvent) -> Command | None:
        end = 0
        for command in self.offered:
            end += sum(cell_len(text) for text in _texts(command))
            if event.x < end:
                return command
        return None

    def render_line(self, y: int) -> Strip:
        """The commands side by side, each with its key in bold."""
        plain = self.rich_style
        if y:
            return Strip.blank(self.size.width, plain)
        segments: list[Segment] = []
        for command in self.offered:
            hovered = command is self.hovered
            style = self.get_component_rich_style("command-bar--hover") if hovered else plain
            key, label = _texts(command)
            segments += [Segment(key, style + _BOLD), Segment(label, style)]
        return Strip(segments).adjust_cell_length(self.size.width, plain)


def _texts(command: Command) -> tuple[str, str]:
    """The key and the label, each with the blank beside it."""
    return f" {presented(command.printed)}", f" {presented(command.label)} "

"""A list of any length to choose from: only what is in sight is drawn, or even worked out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from trainer.widgets.menu import Item, row

T = TypeVar("T")
_PLAIN, _HIGHLIGHTED = "long-list--row", "long-list--highlighted"


class LongList(ScrollView, Generic[T], can_focus=False):
    """Values in, the chosen one out; `describe` says how a value is shown, and is only asked of those in sight.

    It takes no keys itself: whoever has the focus moves in it. Nothing is highlighted before that.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {_PLAIN, _HIGHLIGHTED}
    DEFAULT_CSS = """
    LongList {
        overflow-x: hidden;
        overflow-y: auto;
        & > .long-list--highlighted {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
            text-style: $block-cursor-text-style;
        }
    }
    """
    highlighted: reactive[int | None] = reactive(None)

    class Opened(Message):
        """Somebody clicked on this value."""

        def __init__(self, value: object) -> None:
            super().__init__()
            self.value = value

    def __init__(self, describe: Callable[[T], Item[T]], id: str | None = None) -> None:
        super().__init__(id=id)
        self._describe = describe
        self._values: Sequence[T] = ()

    def fill(self, values: Sequence[T]) -> None:
        """Show these values, from the first one on."""
        self._values = values
        self.highlighted = None
        self.virtual_size = Size(1, len(values))
        self.scroll_to(y=0, animate=False)
        self.refresh()

    @property
    def chosen(self) -> T | None:
        """The highlighted value."""
        return None if self.highlighted is None else self._values[self.highlighted]

    def move(self, rows: int) -> None:
        """Highlight a value so many rows further down; above the first one, none."""
        if not self._values:
            return
        if self.highlighted is None:
            self.highlighted = 0 if rows > 0 else None
        elif self.highlighted == 0 and rows < 0:
            self.highlighted = None
        else:
            self.highlighted = min(max(self.highlighted + rows, 0), len(self._values) - 1)

    @property
    def page(self) -> int:
        """The rows in sight."""
        return max(self.scrollable_content_region.height, 1)

    def on_click(self, event: events.Click) -> None:
        """Choose the value under the mouse."""
        index = event.y + self.scroll_offset.y
        if 0 <= index < len(self._values):
            self.post_message(self.Opened(self._values[index]))

    def watch_highlighted(self, index: int | None) -> None:
        """Keep the highlighted value in sight."""
        if index is not None:
            self.scroll_to_region(Region(0, index, 1, 1), animate=False)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The value that stands in a line of the screen, blank below the last one."""
        index, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        style = self.get_component_rich_style(_HIGHLIGHTED if index == self.highlighted else _PLAIN)
        if index >= len(self._values):
            return Strip.blank(width, self.rich_style)
        words = row(self._describe(self._values[index]), width - 2).plain
        return Strip([Segment(f" {words}", style)]).adjust_cell_length(width, style)

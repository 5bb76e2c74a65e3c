"""A list of things to do or to open, each with what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from rich.cells import cell_len, set_cell_size
from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from trainer.glossary.cleaning import presented
from trainer.widgets.literal import literal
from trainer.widgets.options import Options
from trainer.widgets.theme import HEADING

T = TypeVar("T")


class Item(NamedTuple, Generic[T]):
    """A label, what stands at its right, and what choosing it gives; None is a heading."""

    label: str
    value: T | None
    aside: str = ""


class _Line(Option):
    """An item as it is drawn, which keeps its value: by the time it is chosen, others may stand in the list."""

    def __init__(self, item: Item[T], room: int) -> None:
        super().__init__(row(item, room), disabled=item.value is None)
        self.value = item.value


class Menu(Options, Generic[T]):
    """Items in, the value of the chosen one out."""

    class Opened(Message):
        """Somebody chose an item of the menu `menu`; `value` is its own."""

        def __init__(self, menu: OptionList, value: object) -> None:
            super().__init__()
            self.menu = menu
            self.value = value

        @property
        def control(self) -> OptionList:
            """The menu."""
            return self.menu

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id, compact=True, markup=False)
        self._items: list[Item[T]] = []
        self._room = 0

    def fill(self, items: Iterable[Item[T]]) -> None:
        """Show these items, the first that can be chosen highlighted."""
        self._items = list(items)
        self._draw()
        choosable = (index for index, item in enumerate(self._items) if item.value is not None)
        self.highlighted = next(choosable, None)

    def on_resize(self) -> None:
        """Put what stands at the right back there."""
        if self.scrollable_content_region.width != self._room:
            kept = self.highlighted
            self._draw()
            self.highlighted = kept

    def _draw(self) -> None:
        self._room = self.scrollable_content_region.width or self.app.size.width - 4
        self.set_options(_Line(item, self._room - 2) for item in self._items)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        assert isinstance(event.option, _Line)
        self.post_message(self.Opened(self, event.option.value))


def row(item: Item[T], room: int) -> Content:
    """The label on the left, cut if need be, what stands beside it on the right."""
    label, aside = presented(item.label), presented(item.aside)
    left = max(room - cell_len(aside) - 1, 8)
    if cell_len(label) > left:
        label = set_cell_size(label, left - 1) + "…"
    line = set_cell_size(label, left) + " " + aside if aside else label
    return literal(line, HEADING if item.value is None else "")

"""A list of things to do or to open, each with what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from rich.table import Table
from textual import on
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from trainer.widgets.literal import literal

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Item(Generic[T]):
    """A label, what stands at its right, and what choosing it gives; None is a heading."""

    label: str
    value: T | None
    aside: str = ""


class Menu(OptionList, Generic[T]):
    """Items in, the value of the chosen one out."""

    @dataclass
    class Opened(Message):
        """Somebody chose an item of the menu `menu`; `value` is its own."""

        menu: OptionList
        value: object

        @property
        def control(self) -> OptionList:
            """The menu."""
            return self.menu

    def __init__(self, items: Iterable[Item[T]] = (), id: str | None = None) -> None:
        super().__init__(id=id, compact=True, markup=False)
        self._items: list[Item[T]] = []
        self.fill(items)

    def fill(self, items: Iterable[Item[T]]) -> None:
        """Show these items, the first that can be chosen highlighted."""
        self._items = list(items)
        self.set_options(Option(_row(item), disabled=item.value is None) for item in self._items)
        self.highlighted = next(
            (index for index, item in enumerate(self._items) if item.value is not None), None
        )

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Opened(self, self._items[event.option_index].value))


def _row(item: Item[T]) -> Table:
    row = Table.grid(padding=(0, 1), expand=True)
    row.add_column(ratio=1)
    row.add_column(justify="right")
    style = "" if item.value is not None else "bold underline"
    row.add_row(literal(item.label, style), literal(item.aside))
    return row

"""A numbered list to choose from with digits, arrows or the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text
from textual import on
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from trainer.widgets.literal import literal


class ChoiceList(OptionList):
    """Texts in, the index of the chosen one out; nothing is chosen beforehand."""

    BINDINGS: ClassVar[list[BindingType]] = []

    @dataclass
    class Chosen(Message):
        """Somebody chose the text at this index."""

        index: int

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id, compact=True, markup=False)
        self._texts: tuple[str, ...] = ()

    def ask(self, texts: Sequence[str]) -> None:
        """Show texts to choose from."""
        self._texts = tuple(texts)
        self._draw([""] * len(texts))
        self.highlighted = None
        self.disabled = False

    def settle(self, right: int | None, chosen: int | None) -> None:
        """Mark the right text and the one chosen instead, and take no more answers."""
        self._draw(
            ["✓" if index == right else "✗" if index == chosen else "" for index in range(len(self._texts))]
        )
        self.highlighted = None
        self.disabled = True

    def choose(self, index: int) -> None:
        """Choose as if by hand; nothing happens out of range or once settled."""
        if not self.disabled and index < len(self._texts):
            self.post_message(self.Chosen(index))

    def _draw(self, marks: Sequence[str]) -> None:
        self.set_options(
            Option(_row(number, text, mark))
            for number, (text, mark) in enumerate(zip(self._texts, marks, strict=True), 1)
        )

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.choose(event.option_index)


def _row(number: int, text: str, mark: str) -> RenderableType:
    """A line whose text keeps clear of its number however often it wraps."""
    row = Table.grid(padding=(0, 1))
    row.add_column(width=1)
    row.add_column(width=1)
    row.add_column(ratio=1)
    style = {"✓": "bold green", "✗": "bold red"}.get(mark, "")
    row.add_row(Text(mark, style), Text(str(number), "bold"), literal(text, style))
    return row

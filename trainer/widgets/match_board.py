"""The board of the matching game: acronyms on the left, what they may stand for on the right."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from trainer.widgets.literal import literal


class MatchBoard(Horizontal):
    """Choose on the left, then on the right; the pair goes out as a message."""

    @dataclass
    class Paired(Message):
        """The acronym at `left` was put with the expansion at `right`."""

        left: int
        right: int

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left = OptionList(id="acronyms", compact=True, markup=False)
        self._right = OptionList(id="expansions", compact=True, markup=False)
        self._acronyms: tuple[str, ...] = ()
        self._expansions: tuple[str, ...] = ()
        self._held: int | None = None
        self._solved: dict[int, int] = {}

    def compose(self) -> ComposeResult:
        """The two columns."""
        yield self._left
        yield self._right

    def ask(self, acronyms: Sequence[str], expansions: Sequence[str]) -> None:
        """Deal a new board."""
        self._acronyms, self._expansions = tuple(acronyms), tuple(expansions)
        self._held, self._solved = None, {}
        self._draw()
        self._left.highlighted = 0
        self._right.highlighted = None
        self._left.focus()

    def solve(self, left: int, right: int) -> None:
        """Take a right pair off the board."""
        self._solved[left] = right
        self.release()

    def release(self) -> None:
        """Let go of the acronym held, and go back to the first that is free."""
        self._held = None
        self._draw()
        free = [index for index in range(len(self._acronyms)) if index not in self._solved]
        self._left.highlighted = free[0] if free else None
        self._left.focus()

    def reveal(self, rights: Sequence[int]) -> None:
        """Show every pair."""
        self._solved = dict(enumerate(rights))
        self.release()

    def pick(self, index: int) -> None:
        """Choose by number in the column that has the focus."""
        column = self._left if self._held is None else self._right
        if index < column.option_count and not column.get_option_at_index(index).disabled:
            column.highlighted = index
            column.action_select()

    def _draw(self) -> None:
        self._left.set_options(self._acronym(index) for index in range(len(self._acronyms)))
        taken = self._solved.values()
        self._right.set_options(
            Option(literal(f"{'✓' if index in taken else ' '} {index + 1} {text}"), disabled=index in taken)
            for index, text in enumerate(self._expansions)
        )

    def _acronym(self, index: int) -> Option:
        solved = index in self._solved
        mark = "✓" if solved else "▸" if index == self._held else " "
        return Option(literal(f"{mark} {index + 1} {self._acronyms[index]}"), disabled=solved)

    @on(OptionList.OptionSelected, "#acronyms")
    def _hold(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._held = event.option_index
        highlighted = self._left.highlighted
        self._draw()
        self._left.highlighted = highlighted
        self._right.highlighted = _first_free(self._solved.values(), len(self._expansions))
        self._right.focus()

    @on(OptionList.OptionSelected, "#expansions")
    def _pair(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._held is not None:
            self.post_message(self.Paired(self._held, event.option_index))


def _first_free(taken: Collection[int], count: int) -> int | None:
    return next((index for index in range(count) if index not in taken), None)

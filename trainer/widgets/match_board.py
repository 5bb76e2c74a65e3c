"""The board of the matching game: acronyms on the left, what they may stand for on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from trainer.glossary.cleaning import presented
from trainer.widgets.literal import literal
from trainer.widgets.options import Options
from trainer.widgets.prose import broken
from trainer.widgets.theme import HELD, RIGHT, WRONG

INDENT = 4
"""Columns that a mark and a number take before a text."""
GAP = 2
"""Columns between acronyms and expansions."""
WIDEST = 18
"""Columns of the acronyms at most."""
_STYLES = {"✓": RIGHT, "✗": WRONG, "▸": HELD}


class MatchBoard(Horizontal):
    """Choose on the left, then on the right; the pair goes out as a message.

    Another acronym may be chosen as long as there is no pair; Escape or the left arrow lets go of the one held.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "let_go", show=False),
        Binding("left", "let_go", show=False),
        Binding("right", "hold", show=False),
    ]

    @dataclass
    class Paired(Message):
        """The acronym at `left` was put with the expansion at `right`."""

        left: int
        right: int

    class NoAcronym(Message):
        """An expansion was chosen before its acronym."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left = Options(id="acronyms", compact=True, markup=False)
        self._right = Options(id="expansions", compact=True, markup=False)
        self._acronyms: tuple[str, ...] = ()
        self._expansions: tuple[str, ...] = ()
        self._held: int | None = None
        self._solved: dict[int, int] = {}
        self._wrong: tuple[int, int] | None = None
        self._told = True
        self._drawn = 0
        self._heights: dict[OptionList, list[int]] = {}

    def compose(self) -> ComposeResult:
        """The two columns."""
        yield self._left
        yield self._right

    def ask(self, acronyms: Sequence[str], expansions: Sequence[str]) -> None:
        """Deal a new board."""
        self._acronyms, self._expansions = tuple(map(presented, acronyms)), tuple(map(presented, expansions))
        self._solved, self._wrong = {}, None
        self._release(0)

    def solve(self, left: int, right: int) -> None:
        """Take a right pair off the board, and go on to the next acronym that is free."""
        self._solved[left] = right
        self._release(left)

    def refuse(self, left: int, right: int) -> None:
        """Mark a wrong pair until the next one, and go back to its acronym."""
        self._wrong = left, right
        self._release(left)

    def reveal(self, rights: Sequence[int]) -> None:
        """Show every pair."""
        self._solved, self._wrong = dict(enumerate(rights)), None
        self._release(0)

    def pick(self, index: int) -> None:
        """Choose by number: an acronym, or the expansion of the one held."""
        column = self._left if self._held is None else self._right
        if index < column.option_count and not column.get_option_at_index(index).disabled:
            column.highlighted = index
            column.action_select()

    # Hands

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape is left to the screen while no acronym is held."""
        return self._held is not None if action == "let_go" else True

    def action_let_go(self) -> None:
        """Hold no acronym any more."""
        self._release(self._held or 0)

    def action_hold(self) -> None:
        """Go to the expansions with the acronym that is highlighted."""
        if self._left.has_focus:
            self._left.action_select()

    @on(OptionList.OptionSelected, "#acronyms")
    def _hold(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_index in self._solved:  # a key that was meant for the board before it was
            return
        self._held = event.option_index
        self._draw(left=event.option_index)
        self._right.focus()

    @on(OptionList.OptionSelected, "#expansions")
    def _pair(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._held is None:
            self._left.focus()
            self.post_message(self.NoAcronym())
        elif self._told:  # a pair is tried once, however often the key was pressed before the verdict
            self._told, self._wrong = False, None
            self.post_message(self.Paired(self._held, event.option_index))

    def _release(self, near: int) -> None:
        """Let go of the acronym held, and go to the first free one from there on."""
        self._held, self._told = None, True
        count = len(self._acronyms)
        free = ((near + step) % count for step in range(count))
        self._draw(left=next((index for index in free if index not in self._solved), None))
        self._left.focus()

    # Drawing

    def on_resize(self) -> None:
        """Wrap the texts anew."""
        if self.size.width != self._drawn:
            self._draw(self._left.highlighted, self._right.highlighted)

    def _draw(self, left: int | None, right: int | None = None) -> None:
        """Draw both columns, each with this text highlighted; on the right none is, until somebody moves there."""
        self._drawn = self.size.width
        column = min(max(map(cell_len, self._acronyms), default=0) + INDENT, WIDEST)
        self._left.styles.width = column
        self._fill(
            self._left,
            [
                _option(self._mark(index), index, text, column, index in self._solved)
                for index, text in enumerate(self._acronyms)
            ],
            left,
        )
        owners = {right: f" ({self._acronyms[left]})" for left, right in self._solved.items()}
        wrong = self._wrong[1] if self._wrong else None
        self._fill(
            self._right,
            [
                _option(
                    "✓" if index in owners else "✗" if index == wrong else " ",
                    index,
                    text + owners.get(index, ""),
                    self._drawn - column - GAP,
                    index in owners,
                )
                for index, text in enumerate(self._expansions)
            ],
            right,
        )

    def _fill(self, column: OptionList, options: list[Option], highlighted: int | None) -> None:
        self._heights[column] = [str(option.prompt).count("\n") + 1 for option in options]
        column.set_options(options)
        column.highlighted = highlighted

    @on(OptionList.OptionHighlighted)
    def _follow(self, event: OptionList.OptionHighlighted) -> None:
        """Keep in sight what is highlighted: the columns do not scroll, what holds the board does."""
        event.stop()
        column, page = event.option_list, self.parent
        if column.has_focus and isinstance(page, Widget):
            heights = self._heights[column]
            top = sum(heights[: event.option_index])
            region = Region(0, top, column.size.width, heights[event.option_index])
            offset = column.virtual_region.offset + self.virtual_region.offset
            page.scroll_to_region(region.translate(offset), spacing=page.dock_gutter, animate=False)

    def _mark(self, acronym: int) -> str:
        if acronym in self._solved:
            return "✓"
        if acronym == self._held:
            return "▸"
        return "✗" if self._wrong and acronym == self._wrong[0] else " "


def _option(mark: str, index: int, text: str, width: int, solved: bool) -> Option:
    """Mark, number and words, which keep clear of the number however often they wrap."""
    lines = broken(text, max(width - INDENT, 1)).split("\n")
    number = literal(f"{mark} {index + 1} ", _STYLES.get(mark, ""))
    words = literal(f"\n{' ' * INDENT}".join(lines), HELD if mark == "▸" else "")
    return Option(Content.assemble(number, words), disabled=solved)

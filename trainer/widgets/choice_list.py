"""A numbered list to choose from with digits, arrows or the mouse."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from trainer.glossary.cleaning import presented
from trainer.widgets.prose import broken

INDENT = 4
"""Columns that a mark and a number take before a text."""
BOX = 4
"""Columns that the box of a text takes, where several are taken."""
MARKS = {"✓": "choice-list--right", "✗": "choice-list--wrong"}
"""The style of a mark, and of the number beside it."""
_PLAIN = "choice-list--option"
_BOLD = Style(bold=True)


class Takes(Enum):
    """How many of the texts are taken."""

    ONE = auto()
    SEVERAL = auto()
    """Each stays taken until it is chosen once more."""
    SEQUENCE = auto()
    """Each stays taken until it is chosen once more, and has its place behind those taken before."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a wrapped text: the index of the text, whether its number stands here, the words."""

    index: int
    first: bool
    words: str


class ChoiceList(Widget, can_focus=True):
    """Texts in, the index of the chosen one out, or those of several once they are confirmed; none is chosen beforehand."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("home", "go(0)", show=False),
        Binding("end", "go(-1)", show=False),
        Binding("enter", "select", show=False),
        Binding("space", "take", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        _PLAIN,
        "choice-list--highlighted",
        "choice-list--hover",
        *MARKS.values(),
    }
    DEFAULT_CSS = """
    ChoiceList {
        height: auto;
        & > .choice-list--right { color: $text-success; text-style: bold; }
        & > .choice-list--wrong { color: $text-error; text-style: bold; }
        & > .choice-list--hover { background: $block-hover-background; }
        & > .choice-list--highlighted {
            color: $foreground;
            background: $block-cursor-blurred-background;
        }
        &:focus > .choice-list--highlighted {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
            text-style: $block-cursor-text-style;
        }
    }
    """
    highlighted: reactive[int | None] = reactive(None)
    hovered: reactive[int | None] = reactive(None)

    @dataclass
    class Chosen(Message):
        """Somebody chose the text at this index."""

        index: int

    class Changed(Message):
        """Somebody chose one of several texts, or left it out again."""

    @dataclass
    class Confirmed(Message):
        """Somebody is done with choosing several texts: the index of each, in the order in which they were chosen."""

        indices: tuple[int, ...]

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.open = False
        self._takes = Takes.ONE
        self._taken: tuple[int, ...] = ()
        self._texts: tuple[str, ...] = ()
        self._marks: tuple[str, ...] = ()
        self._wrapped: dict[int, list[Line]] = {}

    @property
    def takes_several(self) -> bool:
        """Whether what is chosen has to be confirmed."""
        return self._takes is not Takes.ONE

    def ask(self, texts: Sequence[str], takes: Takes = Takes.ONE) -> None:
        """Show texts to choose from."""
        self._takes, self._taken = takes, ()
        self._texts = tuple(map(presented, texts))
        self._marks = ("",) * len(texts)
        self._wrapped.clear()
        self.highlighted = self.hovered = None
        self.open = True
        self.refresh(layout=True)

    def mark(self, right: Collection[int], wrong: Collection[int], taken: Collection[int] = ()) -> None:
        """Mark some texts as right, some as wrong, and take no more answers; of several, `taken` are those answered."""
        self._taken = tuple(taken)
        self._marks = tuple(
            "✓" if index in right else "✗" if index in wrong else "" for index in range(len(self._texts))
        )
        self.highlighted = self.hovered = None
        self.open = False
        if self.takes_several:
            self.refresh()
        else:
            self.refresh(*(self._region(index) for index in (*right, *wrong)))

    def choose(self, index: int) -> None:
        """Choose as if by hand; nothing happens out of range or once settled. Of several, one chosen again is left out."""
        if not self.has(index):
            return
        if self.takes_several:
            if index in self._taken:
                self._taken = tuple(each for each in self._taken if each != index)
            else:
                self._taken += (index,)
            self.post_message(self.Changed())
            self.refresh()
        else:
            self.open = False
            self.post_message(self.Chosen(index))

    def confirm(self) -> None:
        """Say which of several are chosen, as if by hand."""
        if self.open and self.takes_several:
            self.post_message(self.Confirmed(self._taken))

    def has(self, index: int) -> bool:
        """Whether there is such a text, and it may still be chosen."""
        return self.open and index < len(self._texts)

    # Hands

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Once settled, the keys are left to what is around."""
        if action == "take":
            return self.open and self.takes_several
        return self.open if action in ("select", "move", "go") else True

    def action_move(self, step: int) -> None:
        """Highlight the next text, from the last on to the first."""
        if self.highlighted is None:
            self.action_go(0 if step > 0 else -1)
        else:
            self.action_go(self.highlighted + step)

    def action_go(self, index: int) -> None:
        """Highlight a text, counted from the end if negative."""
        if self._texts:
            self.highlighted = index % len(self._texts)

    def action_select(self) -> None:
        """Choose the highlighted text; of several, be done."""
        if self.takes_several:
            self.confirm()
        else:
            self.action_take()

    def action_take(self) -> None:
        """Choose the highlighted text; of several, one chosen again is left out."""
        if self.highlighted is not None:
            self.choose(self.highlighted)

    def on_click(self, event: events.Click) -> None:
        """Choose the text under the mouse; the second click of two at once would only take the first one back."""
        index = self._under(event)
        is_second = self.takes_several and event.chain % 2 == 0
        if index is not None and not is_second:
            self.choose(index)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show what a click would choose."""
        self.hovered = self._under(event) if self.open else None

    def on_leave(self) -> None:
        """The mouse has gone."""
        self.hovered = None

    def _under(self, event: events.MouseEvent) -> int | None:
        lines = self._lines(self.size.width)
        return lines[event.y].index if 0 <= event.y < len(lines) else None

    def watch_highlighted(self, index: int | None) -> None:
        """Keep the highlighted text in sight."""
        if index is not None and isinstance(self.parent, Widget):
            region = self._region(index).translate(self.virtual_region.offset)
            self.parent.scroll_to_region(region, animate=False)

    # Drawing

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines that the texts take at this width."""
        return len(self._lines(width))

    def render_line(self, y: int) -> Strip:
        """Mark, number and words, which keep clear of the number however often they wrap."""
        width = self.size.width
        lines = self._lines(width)
        if y >= len(lines):
            return Strip.blank(width, self.rich_style)
        line = lines[y]
        style = self._style(line.index)
        mark = self._marks[line.index] or " "
        marked = self.get_component_rich_style(MARKS[mark]) if mark in MARKS else style
        margin = f"{mark} {line.index + 1} {self._box(line.index)}" if line.first else " " * self._indent
        strip = Strip([Segment(margin, marked + _BOLD), Segment(line.words, style)])
        return strip.adjust_cell_length(width, style)

    @property
    def _indent(self) -> int:
        return INDENT + BOX if self.takes_several else INDENT

    def _box(self, index: int) -> str:
        """Whether a text is taken, or its place among those that are; nothing where one is all that is taken."""
        if not self.takes_several:
            return ""
        if index not in self._taken:
            return "[ ] "
        return f"[{self._taken.index(index) + 1}] " if self._takes is Takes.SEQUENCE else "[x] "

    def _region(self, index: int) -> Region:
        """Where a text stands in this widget."""
        width = self.size.width
        rows = [row for row, line in enumerate(self._lines(width)) if line.index == index]
        return Region(0, rows[0], width, len(rows))

    def _style(self, index: int) -> Style:
        if index == self.highlighted:
            return self.get_component_rich_style("choice-list--highlighted")
        if index == self.hovered:
            return self.get_component_rich_style("choice-list--hover")
        return self.get_component_rich_style(_PLAIN)

    def _lines(self, width: int) -> list[Line]:
        """The texts, wrapped at this width; kept until other texts come."""
        if width not in self._wrapped:
            room = max(width - self._indent, 1)
            self._wrapped[width] = [
                Line(index, not row, words.plain)
                for index, text in enumerate(self._texts)
                for row, words in enumerate(Content(broken(text, room)).wrap(room))
            ]
        return self._wrapped[width]

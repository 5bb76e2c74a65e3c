"""What goes to a terminal, cell by cell: characters, and the colours that they are drawn with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from rich.cells import cell_len
from rich.color import Color, ColorSystem
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import DEFAULT_TERMINAL_THEME

from trainer.app import TrainerApp

READABLE = 4.5
"""The contrast that WCAG 2.2 asks of text (level AA, 1.4.3)."""
PLAIN_TO_SEE = 3
"""The contrast that it asks of whatever shows where one is (1.4.11)."""
_ORNAMENTS = frozenset("▁▂▃▄▅▆▇▔▏▎▍▌▋▊▉▕▐▖▗▘▝▀")
"""What frames and scrollbars are drawn with; they say nothing that is not said elsewhere."""


class Cell(NamedTuple):
    """A character, its place, and how it is drawn."""

    text: str
    column: int
    row: int
    front: ColorTriplet
    ground: ColorTriplet
    bold: bool

    @property
    def is_text(self) -> bool:
        """Whether there is something to read in it."""
        return not self.text.isspace() and self.text not in _ORNAMENTS

    @property
    def contrast(self) -> float:
        """How well it can be read: 1 (not at all) to 21."""
        return contrast(self.front, self.ground)

    @property
    def is_grey(self) -> bool:
        """Whether it has no hue."""
        return len({*self.front}) == 1


def cells(app: TrainerApp, system: ColorSystem = ColorSystem.TRUECOLOR) -> list[Cell]:
    """Every cell of the screen in front, after all filters, on a terminal of so many colours."""
    return [
        cell
        for row, strip in enumerate(app.screen._compositor.render_strips())
        for cell in _cells(strip, row, system)
    ]


def parts(app: TrainerApp, wanted: Callable[[Cell], bool]) -> list[str]:
    """The texts on the screen whose cells are all wanted, each from one end to the other on its line."""
    found: list[str] = []
    for _, line in groupby(cells(app), attrgetter("row")):
        runs = groupby(line, lambda cell: wanted(cell) or cell.text.isspace())
        found += ["".join(cell.text for cell in run).strip() for is_wanted, run in runs if is_wanted]
    return [text for text in found if text]


def _cells(segments: Iterable[Segment], row: int, system: ColorSystem) -> Iterator[Cell]:
    column = 0
    for text, style, _ in segments:
        style = style or Style()
        front, ground = (
            _seen(color, system, text_color)
            for color, text_color in ((style.color, True), (style.bgcolor, False))
        )
        if style.reverse:
            front, ground = ground, front
        assert not style.dim, f"nobody knows how faint a terminal draws {text!r}"
        for character in text:
            yield Cell(character, column, row, front, ground, bool(style.bold))
            column += cell_len(character)


@cache
def _seen(color: Color | None, system: ColorSystem, foreground: bool) -> ColorTriplet:
    """The colour that a terminal of so many colours shows."""
    shown = (color or Color.default()).downgrade(system)
    return shown.get_truecolor(DEFAULT_TERMINAL_THEME, foreground)


@cache
def contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    """How well one colour is told from another: 1 (not at all) to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: ColorTriplet) -> float:
    """The relative luminance of WCAG 2.2: 0 (black) to 1 (white)."""
    red, green, blue = (_linear(part / 255) for part in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def unreadable(app: TrainerApp, system: ColorSystem = ColorSystem.TRUECOLOR) -> list[str]:
    """The texts on the screen that are too faint, each with its contrast."""
    faint: dict[tuple[int, str], str] = {}
    for cell in cells(app, system):
        if cell.is_text and cell.contrast < READABLE:
            key = cell.row, f"{cell.contrast:.2f} {cell.front.hex} on {cell.ground.hex}"
            faint[key] = faint.get(key, "") + cell.text
    return [f"line {row}, {how}: {text}" for (row, how), text in faint.items()]

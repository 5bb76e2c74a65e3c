"""Figures side by side: what was measured, beside what, and the target."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

TITLES = ("what", "figure", "beside", "ratio", "target", "met", "n")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure; `met` is None where there is no target."""

    what: str
    figure: str
    beside: str = ""
    ratio: float | None = None
    target: str = ""
    met: bool | None = None
    count: int = 0

    @property
    def cells(self) -> tuple[str, ...]:
        """What is printed."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}×"
        met = {None: "", True: "yes", False: "NO"}[self.met]
        return self.what, self.figure, self.beside, ratio, self.target, met, str(self.count or "")


def at_most(
    what: str, value: float, floor: float, limit: float, count: int, unit: Callable[[float], str]
) -> Row:
    """A figure that may be at most so many times another."""
    ratio = value / floor
    return Row(what, unit(value), unit(floor), ratio, f"≤ {limit:g}×", ratio <= limit, count)


def seconds(value: float) -> str:
    """A time with three figures that mean something."""
    return (
        f"{value:.2f} s"
        if value >= 1
        else f"{value * 1e3:.3g} ms"
        if value >= 1e-3
        else f"{value * 1e6:.3g} µs"
    )


def mebibytes(value: float) -> str:
    """A size in memory."""
    return f"{value / 2**20:.1f} MiB"


def interleaved(runs: Mapping[str, Callable[[], float]], times: int) -> dict[str, list[float]]:
    """What each run measured, each as often, turn by turn and in a rotating order, so that load falls on all alike."""
    names = list(runs)
    figures: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(times):
        shift = turn % len(names)
        for name in names[shift:] + names[:shift]:
            figures[name].append(runs[name]())
    return figures


def medians(figures: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """The middle of each run's figures."""
    return {name: median(values) for name, values in figures.items()}


def rank(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def heading(name: str) -> str:
    """The title of a group of rows."""
    return f"── {name} " + "─" * (60 - len(name))


def printed(rows: Sequence[Row]) -> str:
    """The rows in columns."""
    table = [TITLES, *(row.cells for row in rows)]
    widths = [max(len(cells[column]) for cells in table) for column in range(len(TITLES))]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) for cells in table
    )
    return "\n".join(line.rstrip() for line in lines)

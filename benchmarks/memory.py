"""The most memory occupied until the home screen is painted, beside the minimal application."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from benchmarks.cases import HOME, MINIMAL, TRAINER, Cases
from benchmarks.table import Row, at_most, interleaved, mebibytes, medians
from benchmarks.terminal import Terminal

TIMES = 3


def measure(cases: Cases) -> list[Row]:
    """Peak resident memory, everything warm."""
    shipped, large = cases.copies("memory")
    runs: dict[str, Callable[[], float]] = {
        "minimal": lambda: _peak(MINIMAL, shipped.env, ("Question 1",)),
        "shipped": lambda: _peak(TRAINER, shipped.env, HOME),
        "large": lambda: _peak(TRAINER, large.env, HOME),
    }
    peaks = medians(interleaved(runs, TIMES))
    floor = peaks["minimal"]
    return [
        Row("minimal app: peak at its question", mebibytes(floor), count=TIMES),
        at_most("peak at home, shipped", peaks["shipped"], floor, 1.4, TIMES, mebibytes),
        at_most("peak at home, large", peaks["large"], floor, 2.5, TIMES, mebibytes),
    ]


def _peak(argv: Sequence[str], env: Mapping[str, str], markers: Sequence[str]) -> float:
    with Terminal(argv, env) as terminal:
        terminal.wait(*markers)
        terminal.settle(0.2)
        return terminal.peak

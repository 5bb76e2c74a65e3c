"""Process start → the home screen is painted, beside the start of the minimal application."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from benchmarks.cases import HOME, MANY, MINIMAL, TERMS, TRAINER, Case, Cases
from benchmarks.table import Row, at_most, interleaved, medians, seconds
from benchmarks.terminal import Terminal

TIMES, COLD_TIMES = 7, 3
COLD = 1.0
"""Seconds that a start without snapshot may take."""


def measure(cases: Cases) -> list[Row]:
    """Starts with everything warm, and with nothing but the journal."""
    shipped, large = cases.copies("start")
    # Each its own: a start that is cut off at home leaves nothing to the next one.
    bare = large.copy(cases.scratch / "start" / "bare")
    cold = large.copy(cases.scratch / "start" / "cold")
    first = shipped.copy(cases.scratch / "start" / "first")
    effort: dict[str, list[float]] = {"minimal": [], "shipped": [], "large": []}
    runs: dict[str, Callable[[], float]] = {
        "minimal": lambda: _start(MINIMAL, shipped.env, ("Question 1", "réponse 4"), effort["minimal"]),
        "shipped": lambda: _start(TRAINER, shipped.env, HOME, effort["shipped"]),
        "large": lambda: _start(TRAINER, large.env, HOME, effort["large"]),
    }
    colds: dict[str, Callable[[], float]] = {
        "no snapshot": lambda: _start_without_snapshot(bare),
        "nothing cached": lambda: _start_cold(cold),
        "shipped, nothing cached": lambda: _start_cold(first),
    }
    runs["minimal"]()
    times = medians(interleaved(runs, TIMES) | interleaved(colds, COLD_TIMES))
    work = medians(effort)
    floor, size = times["minimal"], f"{TERMS:,} terms, {MANY:,} reviews"
    return [
        Row("minimal app: start → question", seconds(floor), count=TIMES),
        at_most("start → home, shipped, 5,000 reviews", times["shipped"], floor, 1.25, TIMES, seconds),
        at_most(f"start → home, {size}", times["large"], floor, 1.25, TIMES, seconds),
        _beside("the same, no snapshot", times["no snapshot"], floor, COLD),
        _beside("the same, nothing but the journal", times["nothing cached"], floor),
        _beside("shipped, nothing but the journal", times["shipped, nothing cached"], floor),
        Row("minimal app: processor time", seconds(work["minimal"]), count=TIMES),
        at_most("shipped: processor time", work["shipped"], work["minimal"], 1.25, TIMES, seconds),
        at_most("large: processor time", work["large"], work["minimal"], 1.25, TIMES, seconds),
    ]


def _beside(what: str, value: float, floor: float, limit: float | None = None) -> Row:
    """A start that may take so many seconds."""
    target, met = ("", None) if limit is None else (f"≤ {limit:g} s", value <= limit)
    return Row(what, seconds(value), seconds(floor), value / floor, target, met, COLD_TIMES)


def _start(
    argv: Sequence[str], env: Mapping[str, str], markers: Sequence[str], effort: list[float] | None = None
) -> float:
    """The time to the text; the processor time goes to `effort`."""
    with Terminal(argv, env) as terminal:
        took = terminal.wait(*markers) - terminal.began
        if effort is not None:
            effort.append(terminal.processor)
        return took


def _start_without_snapshot(case: Case) -> float:
    (case.learner / "snapshot.json").unlink(missing_ok=True)
    return _start(TRAINER, case.env, HOME)


def _start_cold(case: Case) -> float:
    case.forget()
    return _start(TRAINER, case.env, HOME)

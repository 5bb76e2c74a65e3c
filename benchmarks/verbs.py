"""Verbs without a screen, beside a Python that does nothing."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from benchmarks.cases import PYTHON, TRAINER, Cases
from benchmarks.table import Row, at_most, interleaved, medians, seconds
from tests.helpers import ROOT

TIMES = 7
VERBS = ("terms --json", "decks", "stats", "questions --count 10")


def measure(cases: Cases) -> list[Row]:
    """Process start → end, shipped content."""
    shipped, _ = cases.copies("verbs")
    runs: dict[str, Callable[[], float]] = {"pass": partial(wall, [*PYTHON, "-c", "pass"], shipped.env)}
    for verb in VERBS:
        runs[verb] = partial(wall, [*TRAINER, *verb.split()], shipped.env)
        runs[verb]()
    times = medians(interleaved(runs, TIMES))
    floor = times["pass"]
    rows = [Row("python -c pass", seconds(floor), count=TIMES)]
    return rows + [at_most(f"trainer {verb}", times[verb], floor, 12, TIMES, seconds) for verb in VERBS]


def wall(argv: Sequence[str], env: Mapping[str, str]) -> float:
    """How long a command takes, start to end."""
    began = time.perf_counter()
    subprocess.run(argv, env=env, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began

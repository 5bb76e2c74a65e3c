"""`trainer check` of a large glossary, beside PyYAML's fastest way to read the same file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from benchmarks.cases import PYTHON, TERMS, TRAINER, Cases
from benchmarks.table import Row, interleaved, medians, seconds
from benchmarks.verbs import wall

TIMES = 3
LIMIT = 1.5
PEER = "import sys, yaml; yaml.load(open(sys.argv[1], encoding='utf-8'), Loader=yaml.CSafeLoader)"


def measure(cases: Cases) -> list[Row]:
    """Process start → end."""
    large = cases.large
    terms = large.content / "terms.yaml"
    runs: dict[str, Callable[[], float]] = {
        "peer": partial(wall, [*PYTHON, "-c", PEER, str(terms)], large.env),
        "check": partial(wall, [*TRAINER, "check"], large.env),
    }
    times = medians(interleaved(runs, TIMES))
    peer, check = times["peer"], times["check"]
    size = f"{terms.stat().st_size / 1e6:.1f} MB"
    return [
        Row(f"CSafeLoader, {TERMS:,} terms, {size}", seconds(peer), count=TIMES),
        Row("trainer check", seconds(check), seconds(peer), check / peer, "≤ 1.5 s", check <= LIMIT, TIMES),
    ]

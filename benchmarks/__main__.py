"""`python -m benchmarks [start keys replay check memory verbs recall guessing]`."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from benchmarks import check, guessing, keys, memory, recall, replay, start, verbs
from benchmarks.cases import Cases, prepare
from benchmarks.table import Row, heading, printed

CACHE = "TRAINER_BENCH_CACHE"
MEASURES: dict[str, Callable[[Cases], list[Row]]] = {
    "start": start.measure,
    "keys": keys.measure,
    "replay": replay.measure,
    "check": check.measure,
    "memory": memory.measure,
    "verbs": verbs.measure,
}
SIMULATIONS: dict[str, Callable[[], list[Row]]] = {
    "recall": recall.measure,
    "guessing": guessing.measure,
}
"""What needs no case prepared, and no load of the machine can change."""


def main(names: list[str]) -> int:
    """Run the measures of these names, or all; 1 if a target is missed."""
    known = [*MEASURES, *SIMULATIONS]
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"no such measure: {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    if sys.platform == "win32":
        print("the benchmarks need pseudo-terminals, which Windows has not", file=sys.stderr)
        return 2
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="trainer-bench-") as scratch:
        cases = cache(lambda: prepare(Path(os.environ.get(CACHE) or Path(scratch, "cache")), Path(scratch)))
        print(f"CPython {sys.version.split()[0]}, {os.cpu_count()} processors, load at start {_load()}")
        rows: list[Row] = []
        for name in names or known:
            found = SIMULATIONS[name]() if name in SIMULATIONS else MEASURES[name](cases())
            print(f"\n{heading(name)}\n{printed(found)}", flush=True)
            rows += found
    missed = [row for row in rows if row.met is False]
    took = time.perf_counter() - began
    print(f"\n{len(missed)} targets missed; {took:.0f} s in all; load at end {_load()}")
    return 1 if missed else 0


def _load() -> str:
    """The load averages of the last 1, 5 and 15 minutes."""
    return " ".join(f"{figure:.1f}" for figure in os.getloadavg())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

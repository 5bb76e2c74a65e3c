"""`python -m tests.faults`: every fault of a disk, the real application stopped, and random keys for it.

`python -m tests.faults disk`, `stops` or `keys` does one of them; `--stops`, `--events`, `--seeds` and `--jobs` say how much.
Prints what was tried and what was lost; exit code 1 if anything was. The test suite runs a small part of it.
"""

from __future__ import annotations

import sys
import tempfile
import time
import traceback
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import count
from pathlib import Path
from random import Random

from tests.helpers import kills
from tests.helpers.desk import Desk
from tests.helpers.disk import FAULTS, disks
from tests.helpers.disk_laws import DEEDS
from tests.helpers.fuzz import SCREENS, Found, fuzz

KILLS = 200
_OTHERS = 5
"""One stop in so many is one that the program is told of."""
_TOLD: tuple[Callable[[Desk], None], ...] = (kills.terminate, kills.lose_session, kills.hang_up)


SEEDS = range(1, 7)
EVENTS = 30_000


def main(arguments: list[str]) -> int:
    """Everything, in order; 1 if something was lost."""
    parser = ArgumentParser("tests.faults")
    parser.add_argument("only", nargs="?", choices=("disk", "stops", "keys"))
    parser.add_argument("--stops", type=int, default=KILLS)
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS))
    parser.add_argument("--jobs", type=int, default=2, help="seeds at a time")
    asked = parser.parse_args(arguments)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="trainer-faults-") as scratch:
        parts: dict[str, Callable[[Path], int]] = {
            "disk": _fail_disks,
            "stops": partial(_stop, times=asked.stops),
            "keys": partial(_press_keys, seeds=asked.seeds, events=asked.events, jobs=asked.jobs),
        }
        failures = sum(part(Path(scratch)) for name, part in parts.items() if asked.only in (None, name))
    print(f"{failures} laws broken; {time.monotonic() - began:.0f} s in all")
    return 1 if failures else 0


def _fail_disks(scratch: Path) -> int:
    """Every fault at every call of every deed."""
    numbers, broken = count(), 0

    def fresh() -> Path:
        folder = scratch / f"disk-{next(numbers)}"
        folder.mkdir()
        return folder

    print(f"{'disk':16} {'faults':>7} {'acknowledged':>13} {'refused, then saved':>20} {'lost':>5}")
    for name, deed in DEEDS.items():
        runs = acknowledged = refused = lost = 0
        for fault in FAULTS:
            for folder, disk in disks(fault, fresh):
                try:
                    found = deed(folder, disk)
                except Exception:
                    traceback.print_exc()
                    print(f"{name}: {fault}, call {disk.calls}", file=sys.stderr)
                    lost += 1
                else:
                    runs += bool(disk.failures)
                    acknowledged, refused = acknowledged + found.acknowledged, refused + found.refused
        print(f"{name:16} {runs:7} {acknowledged:13} {refused:20} {lost:5}", flush=True)
        broken += lost
    return broken


def _stop(scratch: Path, times: int) -> int:
    """Play and be stopped, again and again with the same learner."""
    totals: dict[str, list[kills.Stopped]] = {}
    broken = 0
    for number in range(times):
        how = kills.kill if number % _OTHERS else _TOLD[number // _OTHERS % len(_TOLD)]
        found = kills.stop(scratch / "kills", Random(number), how)
        totals.setdefault(how.__name__, []).append(found)
        if not found.is_safe:
            print(f"{how.__name__}, seed {number}: {found}", file=sys.stderr)
            broken += 1
    print(
        f"\n{'stopped by':16} {'times':>7} {'acknowledged':>13} {'on disk':>8} {'lost':>5} {'unreadable':>11} {'terminal left':>14}"
    )
    for name, runs in totals.items():
        lost = sum(max(each.acknowledged - each.saved, 0) for each in runs)
        unreadable = sum(each.unreadable for each in runs)
        spoilt = sum(not each.restored for each in runs)
        acknowledged, saved = sum(each.acknowledged for each in runs), sum(each.saved for each in runs)
        print(f"{name:16} {len(runs):7} {acknowledged:13} {saved:8} {lost:5} {unreadable:11} {spoilt:14}")
    return broken


def _press_keys(scratch: Path, seeds: list[int], events: int, jobs: int) -> int:
    """Random keys, seed by seed; every screen has to be seen."""
    print(
        f"\n{'keys, seed':10} {'events':>7} {'starts':>7} {'left early':>11} {'acknowledged':>13} {'on disk':>8} {'lost':>5}"
        f" {'crashes':>8} {'hangs':>6} {'terminal left':>14} {'slowest':>8} {'seconds':>8}"
    )
    broken, seen = 0, Counter[str]()
    with ProcessPoolExecutor(jobs) as pool:
        for found in pool.map(
            fuzz, [scratch / f"keys-{seed}" for seed in seeds], seeds, [events] * len(seeds)
        ):
            _tell_keys(found)
            broken += not found.is_safe
            seen += found.seen
    unseen = [name for name in SCREENS if not seen[name]]
    print(f"screens: {', '.join(f'{name} {times}' for name, times in seen.most_common())}")
    if unseen:
        print(f"never seen: {', '.join(unseen)}", file=sys.stderr)
    return broken + (bool(unseen) and events >= EVENTS)


def _tell_keys(found: Found) -> None:
    print(
        f"{found.seed:10} {found.events:7} {found.starts:7} {found.left:11} {found.acknowledged:13} {found.saved:8} {found.lost:5}"
        f" {len(found.crashes):8} {len(found.hangs):6} {found.spoilt:14} {found.slowest:7.1f}s {found.seconds:7.0f}s",
        flush=True,
    )
    for told in (*found.crashes, *found.hangs):
        print(f"seed {found.seed}: {told}\n", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

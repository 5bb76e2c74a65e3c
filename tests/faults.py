"""`python -m tests.faults [kills]`: every fault of a disk at every call, then the real application stopped that often.

Prints what was tried and what was lost; exit code 1 if anything was. The test suite runs a small part of it.
"""

from __future__ import annotations

import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random

from tests import kills
from tests.disk import FAULTS, disks
from tests.disk_laws import DEEDS

KILLS = 200
_OTHERS = 5
"""One stop in so many is one that the program is told of."""
_TOLD: tuple[Callable[[kills.Desk], None], ...] = (kills.terminate, kills.lose_session, kills.hang_up)


def main(arguments: list[str]) -> int:
    """Everything, in order; 1 if something was lost."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="trainer-faults-") as scratch:
        failures = _fail_disks(Path(scratch)) + _stop(
            Path(scratch), int(arguments[0]) if arguments else KILLS
        )
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

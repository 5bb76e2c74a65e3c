"""A disk that fails at any of its calls, in any way: what was acknowledged is there, what was refused comes later."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from tests.helpers.disk import FEW_FAULTS, Fault, disks
from tests.helpers.disk_laws import DEEDS


@pytest.mark.parametrize("fault", FEW_FAULTS, ids=str)
@pytest.mark.parametrize("deed", DEEDS)
def test_nothing_acknowledged_is_lost_at_whatever_call_the_disk_fails(
    tmp_path: Path, deed: str, fault: Fault
) -> None:
    """For each call there is one run in which it fails; the laws are in `disk_laws`, all faults in `tests.faults`."""
    numbers = count()

    def fresh() -> Path:
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        return folder

    for folder, disk in disks(fault, fresh):
        DEEDS[deed](folder, disk)

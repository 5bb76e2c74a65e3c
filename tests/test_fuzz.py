"""A few random keys for the real application; `python -m tests.faults` presses 180,000."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals and signals", allow_module_level=True)

from tests.helpers.fuzz import fuzz


def test_no_key_crashes_hangs_or_loses_anything(tmp_path: Path) -> None:
    """Nothing is told of but what a learner asked for, and each verdict that was shown as saved is on disk."""
    found = fuzz(tmp_path, seed=1, events=200)
    assert not found.crashes, found.crashes[0]
    assert not found.hangs, found.hangs[0]
    assert found.is_safe
    assert found.acknowledged

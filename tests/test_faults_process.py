"""The real application in a real terminal, stopped in the middle: nothing acknowledged is lost, the terminal is given back."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals and signals", allow_module_level=True)

from tests import kills


@pytest.mark.parametrize(
    ("how", "code"),
    [(kills.kill, -9), (kills.terminate, 143), (kills.lose_session, 129), (kills.hang_up, None)],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_whoever_is_stopped_keeps_their_answers_and_their_terminal(
    tmp_path: Path, how: Callable[[kills.Desk], None], code: int | None
) -> None:
    """Each verdict that was on the screen is in the journal; `tests.faults` does it hundreds of times."""
    found = kills.stop(tmp_path, Random(3), how)
    assert found.is_safe
    assert found.acknowledged
    assert code is None or found.code == code

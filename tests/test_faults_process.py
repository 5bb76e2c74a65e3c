"""The real application in a real terminal, stopped in the middle: nothing acknowledged is lost, the terminal is given back."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals and signals", allow_module_level=True)

from tests.helpers import PATIENCE, kills
from tests.helpers.desk import Desk
from tests.helpers.terminal import ENTERED


@pytest.mark.parametrize(
    ("how", "code"),
    [(kills.kill, -9), (kills.terminate, 143), (kills.hang_up, None)],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_whoever_is_stopped_keeps_their_answers_and_their_terminal(
    tmp_path: Path, how: Callable[[Desk], None], code: int | None
) -> None:
    """Each verdict that was on the screen is in the journal; `tests.faults` does it hundreds of times."""
    found = kills.stop(tmp_path, Random(3), how)
    assert found.is_safe
    assert found.acknowledged
    assert code is None or found.code == code


def test_whoever_is_stopped_while_the_first_screen_opens_gets_the_terminal_back(tmp_path: Path) -> None:
    """No screen is half built by then, and nothing but French is ever printed."""
    with Desk(tmp_path, *kills.CHOICES) as desk:
        while ENTERED not in desk.raw:
            assert desk.read(PATIENCE)
        kills.lose_session(desk)
        assert desk.finish() == 129
        assert desk.is_restored
        assert "Traceback" not in desk.text


SLOW = """
import os, sys, time
sync = os.fdatasync
def slow(handle):
    while not os.path.exists(os.environ["DISK_IS_BACK"]):
        time.sleep(0.01)
    sync(handle)
os.fdatasync = slow
sys.argv = ["trainer", *sys.argv[1:]]
from trainer.__main__ import run
run()
"""


@pytest.mark.skipif(not hasattr(os, "fdatasync"), reason="needs a sync to slow down")
def test_what_is_not_saved_yet_is_said_before_the_verdict_is_drawn(tmp_path: Path) -> None:
    """However short the moment between the two, nobody sees a verdict that a power cut would take back."""
    arguments = ("drill", "--learner", "Zoé", "--deck", "tout", "--format", "choice")
    back = tmp_path / "back"
    more = {"DISK_IS_BACK": str(back)}
    with Desk(tmp_path / "data", *arguments, more=more, module=("-c", SLOW)) as terminal:
        terminal.wait_for("question 1")
        terminal.press("1")
        verdict = terminal.wait_for("✓ Juste", "✗ Faux")
        assert -1 < terminal.text.find("Enregistrement en cours") < terminal.text.find(verdict)
        back.touch()

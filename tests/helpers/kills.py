"""The real application in a pseudo-terminal, stopped in the middle of a session."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.helpers.desk import Desk
from trainer.progress import reading

VERDICT = re.compile("✓ Juste|✗ Faux")
ASKED = re.compile("question [0-9]+")
OVER = re.compile("Séance terminée")
UNSAVED = re.compile("Enregistrement|pas encore enregistrées|perdue")

CHOICES = ("--learner", "Zoé", "drill", "--deck", "tout", "--format", "choice")
"""A session of choices, in which the key 1 answers whatever is asked."""


class Stopped(NamedTuple):
    """What became of one run: verdicts seen on the screen as saved, facts that it left on disk, lines nobody can read.

    `intact`: all that was there before still is. `restored`: the terminal is as it was, if it had to be.
    """

    acknowledged: int
    saved: int
    unreadable: int
    intact: bool
    restored: bool
    code: int

    @property
    def is_safe(self) -> bool:
        """Whether everything is as it should be."""
        return self.acknowledged <= self.saved and not self.unreadable and self.intact and self.restored


def stop(data: Path, random: Random, how: Callable[[Desk], None]) -> Stopped:
    """Play some questions, and be stopped at a random moment after the key of one more answer."""
    before, _ = on_disk(data)
    with Desk(data, *CHOICES) as desk:
        desk.wait_for(ASKED)
        acknowledged = _play(desk, random.randint(0, 5))
        desk.press("1")
        end = time.monotonic() + random.uniform(0, 0.2)
        while time.monotonic() < end:
            desk.read(end - time.monotonic())
        how(desk)
        code = desk.finish()
        acknowledged += is_acknowledged(desk)
        restored = how is kill or how is hang_up or desk.is_restored
    after, unreadable = on_disk(data)
    return Stopped(acknowledged, len(after) - len(before), unreadable, before <= after, restored, code)


def is_acknowledged(desk: Desk) -> bool:
    """Whether a verdict is on the screen, and no word that it is not saved yet."""
    return bool(VERDICT.search(desk.text)) and not UNSAVED.search(desk.text)


def _play(desk: Desk, answers: int) -> int:
    """Answer and go on, that many times or to the end of the session; how many answers were acknowledged.

    The next question is known by its number: the one before may be drawn once more after the key that leaves it.
    """
    acknowledged = 0
    for number in range(answers):
        desk.press("1")
        desk.wait_for(VERDICT)
        acknowledged += is_acknowledged(desk)
        desk.press("\r")
        if desk.wait_for(re.compile(rf"question {number + 2}\b"), OVER) is OVER:
            break
    return acknowledged


def on_disk(data: Path) -> tuple[set[str], int]:
    """The ids of all facts in the journals of a data folder, and how many whole lines hold none."""
    found = [reading.read(folder) for folder in data.glob("learners/*/journal")]
    return {fact.id for each in found for fact in each.facts}, sum(len(each.unreadable) for each in found)


def kill(desk: Desk) -> None:
    """Like a power cut for the program."""
    desk.process.kill()


def terminate(desk: Desk) -> None:
    """What a system asks before it shuts down."""
    desk.process.terminate()


def lose_session(desk: Desk) -> None:
    """What is sent when the connection breaks; the terminal is still there."""
    desk.process.send_signal(signal.SIGHUP)


def hang_up(desk: Desk) -> None:
    """Close the window: the terminal is gone at once."""
    desk.hang_up()

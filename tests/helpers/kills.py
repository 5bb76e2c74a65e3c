"""The real application in a pseudo-terminal, stopped in the middle of a session."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fcntl import ioctl
from pathlib import Path
from random import Random
from struct import pack
from types import TracebackType
from typing import NamedTuple

from tests.helpers import PATIENCE, ROOT
from tests.helpers.processes import environment, warm
from tests.helpers.world import known
from trainer.progress import reading

VERDICT = re.compile("✓ Juste|✗ Faux")
ASKED = re.compile("question [0-9]+")
OVER = re.compile("Séance terminée")
UNSAVED = re.compile("Enregistrement|pas encore enregistrées|perdue")
_CONTROL = re.compile(r"\x1b(?:\[[0-9;:?<>=$ ]*[@-~]|[PX^_\]].*?(?:\x1b\\|\x07)|[()].|.)", re.DOTALL)

ENTERED = "\x1b[?1049h"
RESTORED = (
    "\x1b[?1049l",
    "\x1b[?25h",
    "\x1b[?1000l",
    "\x1b[?1003l",
    "\x1b[?2004l",
    "\x1b[?1004l",
    "\x1b[?7h",
)
"""Alternate screen left, cursor shown, mouse, paste and focus no longer reported, lines wrapped again."""


@dataclass
class Desk:
    """A terminal of one's own, of which the application is the foreground process, as in a real window."""

    data: Path
    arguments: tuple[str, ...] = ("--learner", "Zoé", "drill", "--deck", "tout", "--format", "choice")
    size: tuple[int, int] = (100, 30)
    module: tuple[str, ...] = ("-m", "trainer")
    more: Mapping[str, str] = field(default_factory=dict)
    folder: Path = ROOT
    drawn: str = ""
    _open: bool = True

    def __post_init__(self) -> None:
        self._decoder = getincrementaldecoder("utf-8")("ignore")

    def __enter__(self) -> Desk:
        known(self.data, "Zoé")
        warm(self.data)
        self.master, self._slave = pty.openpty()
        self.resize(*self.size)
        self.modes = termios.tcgetattr(self._slave)
        self.process = subprocess.Popen(
            [sys.executable, *self.module, *self.arguments],
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            env={**environment(self.data), "PYTHONPATH": str(ROOT), **self.more},
            cwd=self.folder,
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait(PATIENCE)
        if self._open:
            self.hang_up()

    @property
    def text(self) -> str:
        """What was drawn since the last key, without control sequences."""
        return _CONTROL.sub("", self.drawn)

    def press(self, keys: str) -> None:
        """Send keys, and forget what was drawn before."""
        self.drawn = ""
        os.write(self.master, keys.encode())

    def resize(self, width: int, height: int) -> None:
        """Change the size of the window."""
        self.size = width, height
        ioctl(self.master, termios.TIOCSWINSZ, pack("HHHH", height, width, 0, 0))

    @property
    def acknowledged(self) -> bool:
        """Whether a verdict is on the screen, and no word that it is not saved yet."""
        return bool(VERDICT.search(self.text)) and not UNSAVED.search(self.text)

    def wait_for(self, *patterns: re.Pattern[str]) -> re.Pattern[str]:
        """The first of these patterns to be drawn."""
        end = time.monotonic() + PATIENCE
        while True:
            for pattern in patterns:
                if pattern.search(self.text):
                    return pattern
            left = end - time.monotonic()
            assert left > 0, (
                f"none of {[pattern.pattern for pattern in patterns]} was drawn, but:\n{self.text}"
            )
            self.read(left)

    def read(self, patience: float) -> bool:
        """Take what is drawn; false once there is nothing."""
        if not self._open or not select.select([self.master], [], [], max(patience, 0))[0]:
            return False
        try:
            data = os.read(self.master, 1 << 16)
        except OSError:
            return False
        self.drawn += self._decoder.decode(data)
        return bool(data)

    def finish(self) -> int:
        """Take all that is still drawn; the exit code."""
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < end:
            if not self.read(0.02):
                time.sleep(0.005)
        while self.read(0):
            pass
        return self.process.wait(0.1)

    def hang_up(self) -> None:
        """Close the window."""
        self._open = False
        os.close(self._slave)
        os.close(self.master)

    @property
    def is_restored(self) -> bool:
        """Whether the terminal is as it was before."""
        last = self.drawn.rpartition(ENTERED)[2]
        return termios.tcgetattr(self._slave) == self.modes and all(code in last for code in RESTORED)


def _take_terminal() -> None:
    ioctl(0, termios.TIOCSCTTY, 0)


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
    with Desk(data) as desk:
        desk.wait_for(ASKED)
        acknowledged = _play(desk, random.randint(0, 5))
        desk.press("1")
        end = time.monotonic() + random.uniform(0, 0.2)
        while time.monotonic() < end:
            desk.read(end - time.monotonic())
        how(desk)
        code = desk.finish()
        acknowledged += desk.acknowledged
        restored = how is kill or how is hang_up or desk.is_restored
    after, unreadable = on_disk(data)
    return Stopped(acknowledged, len(after) - len(before), unreadable, before <= after, restored, code)


def _play(desk: Desk, answers: int) -> int:
    """Answer and go on, that many times or to the end of the session; how many answers were acknowledged."""
    acknowledged = 0
    for _ in range(answers):
        desk.press("1")
        desk.wait_for(VERDICT)
        acknowledged += desk.acknowledged
        desk.press("\r")
        if desk.wait_for(ASKED, OVER) is OVER:
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

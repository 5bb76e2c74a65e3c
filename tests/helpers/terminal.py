"""A program in a pseudo-terminal: the keys that it is sent, and what it draws."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import termios
import time
from codecs import getincrementaldecoder
from collections.abc import Mapping, Sequence
from fcntl import ioctl
from pathlib import Path
from struct import pack
from types import TracebackType
from typing import Self, TypeVar

from tests.helpers import PATIENCE, ROOT

ENTERED = "\x1b[?1049h"
"""Alternate screen entered: an application has begun to draw."""
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
_CONTROL = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[PX^_\]].*?(?:\x1b\\|\x07)|[()].|.)", re.DOTALL)

Wanted = TypeVar("Wanted", str, re.Pattern[str])


class Terminal:
    """A terminal of one's own, of which a program is the foreground process, as in a real window.

    `raw`: all that was drawn so far, and `last` when, by `time.monotonic`. The other side is held by the program
    alone, so that nothing can be read or written any more once it has gone.
    """

    def __init__(
        self,
        argv: Sequence[str],
        env: Mapping[str, str],
        size: tuple[int, int] = (80, 24),
        folder: Path = ROOT,
    ) -> None:
        self.argv, self.env, self.size, self.folder = argv, env, size, folder
        self.raw = ""
        self.last = 0.0
        self._begin = 0
        self._has_entered = False
        self._is_open = True
        self._decoder = getincrementaldecoder("utf-8")("ignore")

    def __enter__(self) -> Self:
        self.master, slave = pty.openpty()
        self.resize(*self.size)
        self._modes = termios.tcgetattr(self.master)
        self.process = subprocess.Popen(
            self.argv,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=self.env,
            cwd=self.folder,
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        os.close(slave)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        if self._is_open:
            self.hang_up()

    # Keys

    def press(self, keys: str) -> None:
        """Send characters as the keyboard would; what was drawn before is no longer waited for."""
        self.forget()
        os.write(self.master, keys.encode())

    def resize(self, width: int, height: int) -> None:
        """Change the size of the window."""
        self.size = width, height
        ioctl(self.master, termios.TIOCSWINSZ, pack("HHHH", height, width, 0, 0))

    # What is drawn

    @property
    def text(self) -> str:
        """What was drawn since the last key, without the control sequences."""
        return _CONTROL.sub("", self.raw[self._begin :])

    def forget(self) -> None:
        """Look only at what is drawn from now on."""
        self._begin = len(self.raw)

    def wait_for(self, *wanted: Wanted) -> Wanted:
        """Wait until one of these texts or patterns has been drawn since the last key; the one that was."""
        end = time.monotonic() + PATIENCE
        while True:
            text = self.text
            found = next((each for each in wanted if re.search(_pattern(each), text)), None)
            if found is not None:
                return found
            assert self.read(end - time.monotonic()), f"none of {wanted} was drawn, but:\n{self.text}"

    def read(self, patience: float) -> bool:
        """Take what is drawn, within so many seconds; false at their end, or at the end of the program."""
        if not self._is_open or not select.select([self.master], [], [], max(patience, 0))[0]:
            return False
        try:
            drawn = os.read(self.master, 1 << 16)
        except OSError:  # Linux says so when the program has gone
            return False
        self.last = time.monotonic()
        self.raw += self._decoder.decode(drawn)
        self._has_entered = self._has_entered or ENTERED in self.raw
        return bool(drawn)

    def keep(self, most: int) -> None:
        """Forget for good all but the last characters that were drawn."""
        cut = max(len(self.raw) - most, 0)
        self.raw = self.raw[cut:]
        self._begin = max(self._begin - cut, 0)

    @property
    def is_restored(self) -> bool:
        """Whether lines, echo and signals work as they did before the start, and the screen is that of the shell."""
        last = self.raw.rpartition(ENTERED)[2]
        is_left = not self._has_entered or all(code in last for code in RESTORED)
        return is_left and termios.tcgetattr(self.master) == self._modes

    # The end

    def finish(self) -> int:
        """Wait for the end of the program, taking all that is still drawn; its exit code."""
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < end:
            if not self.read(0.02):
                time.sleep(0.005)
        code = self.process.wait(0.1)
        while self.read(PATIENCE):
            pass
        return code

    def kill(self) -> None:
        """End the program at once, as a power cut would."""
        self.process.kill()
        self.process.wait(PATIENCE)

    def hang_up(self) -> None:
        """Close the window."""
        self._is_open = False
        os.close(self.master)


def _pattern(wanted: str | re.Pattern[str]) -> str | re.Pattern[str]:
    return re.escape(wanted) if isinstance(wanted, str) else wanted


def _take_terminal() -> None:
    ioctl(0, termios.TIOCSCTTY, 0)

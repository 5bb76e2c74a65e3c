"""The product in a pseudo-terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from codecs import getincrementaldecoder
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fcntl import ioctl
from pathlib import Path
from struct import pack
from termios import TIOCSWINSZ, tcgetattr
from types import TracebackType

from tests.helpers import PATIENCE, ROOT
from tests.helpers.processes import environment, used

_SEQUENCE = re.compile(
    r"\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\|\[[0-9;:?<>=$ ]*[@-~]|[@-Z\\^_=>])"
)


@dataclass
class Terminal:
    """The product in a pseudo-terminal of its own; see `used`."""

    arguments: Sequence[str]
    data: Path
    size: tuple[int, int] = (100, 30)
    more: Mapping[str, str] = field(default_factory=dict)
    module: Sequence[str] = ("-m", "trainer")
    raw: str = ""

    def __enter__(self) -> Terminal:
        used(self.arguments, self.data)
        self._decoder = getincrementaldecoder("utf-8")("ignore")
        self._master, slave = pty.openpty()
        ioctl(self._master, TIOCSWINSZ, pack("HHHH", self.size[1], self.size[0], 0, 0))
        self._modes = tcgetattr(self._master)
        self.process = subprocess.Popen(
            [sys.executable, *self.module, *self.arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment(self.data, **self.more),
            cwd=ROOT,
            start_new_session=True,
        )
        os.close(slave)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        os.close(self._master)

    @property
    def text(self) -> str:
        """All that was drawn so far, without the control sequences."""
        return _SEQUENCE.sub("", self.raw)

    @property
    def is_restored(self) -> bool:
        """Whether lines, echo and signals work as they did before the start."""
        return tcgetattr(self._master) == self._modes

    def press(self, keys: str) -> None:
        """Send characters as the keyboard would."""
        os.write(self._master, keys.encode())

    def wait_for(self, *texts: str) -> str:
        """Wait until one of these texts has been drawn since the last call; the one that was."""
        end = time.monotonic() + PATIENCE
        while True:
            found = next((text for text in texts if text in self.text), None)
            if found is not None:
                return found
            assert self._read(end - time.monotonic()), f"none of {texts} was drawn, but:\n{self.text}"

    def forget(self) -> None:
        """Look only at what is drawn from now on."""
        self.raw = ""

    def finish(self) -> int:
        """Wait for the end of the process; its exit code."""
        while self._read(PATIENCE):
            pass
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """End the process at once, as a power cut would."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(PATIENCE)

    def _read(self, patience: float) -> bool:
        """Take what was drawn; false at the end of the output or of patience."""
        if not select.select([self._master], [], [], max(patience, 0))[0]:
            return False
        try:
            drawn = os.read(self._master, 65536)
        except OSError:  # the other side has gone
            return False
        self.raw += self._decoder.decode(drawn)
        return bool(drawn)

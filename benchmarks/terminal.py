"""A program on a pseudo-terminal of 80 × 24, timed by what it writes."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Self

from tests.helpers import terminal

_PATIENCE = 30.0


class Terminal(terminal.Terminal):
    """A program just started; `began` is when."""

    def __enter__(self) -> Self:
        self.last = self.began = time.monotonic()
        return super().__enter__()

    def strike(self, key: str) -> float:
        """Press a key; the time."""
        now = time.monotonic()
        self.press(key)
        return now

    def wait(self, *patterns: str) -> float:
        """When the last of these patterns had been written."""
        wanted = [re.compile(pattern) for pattern in patterns]
        deadline = time.monotonic() + _PATIENCE
        while not all(pattern.search(self.text) for pattern in wanted):
            if not self.read(deadline - time.monotonic()):
                raise TimeoutError(f"never written: {patterns}; but: {self.text[-2000:]}")
        return self.last

    def settle(self, quiet: float = 0.04) -> float:
        """When the last byte had been written before a silence."""
        while self.read(quiet):
            pass
        return self.last

    def quit(self) -> None:
        """Ask the program to leave, and wait until it has."""
        self.press("\x11")
        self.finish()

    @property
    def peak(self) -> int:
        """The most memory that the program has occupied, in bytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        found = re.search(r"VmHWM:\s*(\d+) kB", status)
        return int(found[1]) * 1024 if found else 0

    @property
    def processor(self) -> float:
        """The processor time that the program has taken, in seconds: it hardly depends on the load."""
        tasks = Path(f"/proc/{self.process.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text("ascii").split()[0]) for task in tasks) / 1e9

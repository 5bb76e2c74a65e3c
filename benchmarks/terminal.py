"""A program on a pseudo-terminal of 80 × 24, driven by its keys and timed by what it writes."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parent.parent
_LINES, _COLUMNS = 24, 80
_PATIENCE = 30.0
_CONTROL = re.compile(rb"\x1b(?:\[[0-9;:?<>=$]*[ -/]*[@-~]|[PX^_\]].*?(?:\x1b\\|\x07)|[()].|.)", re.DOTALL)


class Terminal:
    """A program just started; `began` is when."""

    def __init__(self, argv: Sequence[str], env: Mapping[str, str]) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", _LINES, _COLUMNS, 0, 0))
        self._written = b""
        self._last = self.began = time.perf_counter()
        self._process = subprocess.Popen(
            argv, env=env, cwd=ROOT, stdin=slave, stdout=slave, stderr=slave, start_new_session=True
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._master)

    def press(self, key: str) -> float:
        """Send a key, forgetting what was written before; the time."""
        self._written = b""
        now = time.perf_counter()
        os.write(self._master, key.encode())
        return now

    def wait(self, *patterns: str) -> float:
        """When the last of these patterns had been written."""
        wanted = [re.compile(pattern) for pattern in patterns]
        deadline = time.perf_counter() + _PATIENCE
        while not all(pattern.search(self.text) for pattern in wanted):
            if not self._read(deadline - time.perf_counter()):
                raise TimeoutError(f"never written: {patterns}; but: {self.text[-2000:]}")
        return self._last

    def settle(self, quiet: float = 0.04) -> float:
        """When the last byte had been written before a silence."""
        while self._read(quiet):
            pass
        return self._last

    def quit(self) -> None:
        """Ask the program to leave, and wait until it has."""
        self.press("\x11")
        deadline = time.perf_counter() + _PATIENCE
        while self._process.poll() is None and time.perf_counter() < deadline:
            self._read(0.02)

    @property
    def text(self) -> str:
        """What was written since the last key, without control sequences."""
        return _CONTROL.sub(b"", self._written).decode(errors="ignore")

    @property
    def peak(self) -> int:
        """The most memory that the program has occupied, in bytes."""
        status = Path(f"/proc/{self._process.pid}/status").read_text("ascii")
        found = re.search(r"VmHWM:\s*(\d+) kB", status)
        return int(found[1]) * 1024 if found else 0

    @property
    def processor(self) -> float:
        """The processor time that the program has taken, in seconds: it hardly depends on the load."""
        tasks = Path(f"/proc/{self._process.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text("ascii").split()[0]) for task in tasks) / 1e9

    def _read(self, patience: float) -> bool:
        if patience <= 0 or not select.select([self._master], [], [], patience)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # Linux says so when the program has gone
            return False
        self._last = time.perf_counter()
        self._written += data
        return bool(data)

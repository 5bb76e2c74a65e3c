"""The driver of POSIX terminals: the only module that uses what other systems lack."""

from __future__ import annotations

import asyncio
import os
import select
import signal
from contextlib import suppress
from threading import Thread
from typing import Any

from textual.drivers.linux_driver import LinuxDriver

from trainer.terminal.sieve import PAUSE, Sieve


class CarefulDriver(LinuxDriver):
    """Reads through a sieve, and gives the terminal back whenever the program is stopped or goes on."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._draws = self._was_told = False
        loop = asyncio.get_running_loop()  # a handler that came between any two steps would wait for itself
        loop.add_signal_handler(signal.SIGTSTP, self._stop)
        loop.add_signal_handler(signal.SIGCONT, self._go_on)

    def start_application_mode(self) -> None:
        """Take the terminal."""
        self._draws = True
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        self._draws = False
        super().stop_application_mode()

    def _stop(self) -> None:
        """Give the terminal back, stop, and take it again; in the background there is nothing to draw on."""
        drew, self._was_told = self._draws, True
        if drew:
            self.suspend_application_mode()
        os.kill(os.getpid(), signal.SIGSTOP)
        while drew and os.tcgetpgrp(self.fileno) != os.getpgrp():
            os.kill(os.getpid(), signal.SIGSTOP)
        if drew:
            self._take_again()

    def _take_again(self) -> None:
        self.resume_application_mode()
        self.process_message(self.SignalResume())  # for the application to draw all anew

    def _go_on(self) -> None:
        """After a stop that nobody was told of: begin anew, for whoever had the terminal meanwhile changed it."""
        told, self._was_told = self._was_told, False
        if self._draws and not told:
            self.suspend_application_mode()
            self._take_again()

    def run_input_thread(self) -> None:
        """Read the terminal through a sieve, and let Textual read what is left."""
        terminal = self.fileno
        self.fileno, into = os.pipe()
        sieving = Thread(target=self._sieve, args=(terminal, into), name="trainer-input", daemon=True)
        sieving.start()
        try:
            super().run_input_thread()
        finally:
            sieving.join()
            os.close(self.fileno)
            os.close(into)
            self.fileno = terminal

    def _sieve(self, terminal: int, into: int) -> None:
        sieve = Sieve()
        while not self.exit_event.is_set():
            if not select.select([terminal], [], [], sieve.patience)[0]:
                self._pass_on(sieve.pause(), into)
                continue
            data = b""
            with suppress(OSError):
                data = os.read(terminal, 1 << 16)
            if not data:  # the window is gone
                os.kill(os.getpid(), signal.SIGHUP)
                return
            self._pass_on(sieve.take(data), into)

    def _pass_on(self, data: bytes, into: int) -> None:
        """Write for Textual to read, however slow it is, until the end."""
        while data and not self.exit_event.is_set():
            if select.select([], [into], [], PAUSE)[1]:
                data = data[os.write(into, data[: select.PIPE_BUF]) :]

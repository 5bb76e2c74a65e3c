"""What a terminal sends, before Textual sees it; and what becomes of a terminal when the program is stopped for a while.

All that is POSIX stands here; elsewhere Textual's own drivers do the work.
"""

from __future__ import annotations

import asyncio
import os
import re
import select
import signal
from codecs import getincrementaldecoder
from contextlib import suppress
from threading import Thread
from typing import Any

from textual.driver import Driver

LONGEST_PASTE = 1000
"""Characters taken of what is pasted; no answer is longer."""
AT_ONCE = 1000
"""Characters that hands, a moving mouse and a starved program included, can send between two looks."""
IN_A_ROW = 10 * AT_ONCE
"""Characters that they can send without a pause."""
PAUSE = 0.05
"""Seconds of silence after which a flood is over."""
MOMENT = 0.01
"""Seconds that the beginning of a mark waits for its end, for it may be a key by itself."""

LONGEST_KEY = 32
"""Characters of what a terminal sends for a key or a click, at most."""
BEGIN, END = "\x1b[200~", "\x1b[201~"
"""What a terminal sends around a paste."""
_ESCAPES = re.compile("\x1b{3,}")


class Sieve:
    """Lets through what hands can type, and of a paste its beginning, as text.

    Textual takes seconds for each hundred kB of what is pasted with control sequences, and fails on bytes that are no
    UTF-8. Of a flood of keys, which a paste is where the terminal does not mark it, only the beginning counts.
    """

    def __init__(self) -> None:
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._pasting = False
        self._room = LONGEST_PASTE
        self._held = ""
        self._flooded = False
        self._in_a_row = 0

    @property
    def patience(self) -> float:
        """Seconds of silence that `pause` has to be told of."""
        return MOMENT if self._held else PAUSE

    def pause(self) -> bytes:
        """Note a silence; what was held back for what might have followed."""
        self._flooded, self._in_a_row = False, 0
        if self._pasting:
            return b""
        held, self._held = self._held, ""
        return held.encode()

    def take(self, data: bytes) -> bytes:
        """What is left of what was sent."""
        text = self._held + self._decode(data)
        self._held = ""
        left: list[str] = []
        while text:
            took, text = self._paste(text) if self._pasting else self._keys(text)
            left.append(took)
        return "".join(left).encode()

    def _keys(self, text: str) -> tuple[str, str]:
        """The keys up to a paste, and what follows."""
        keys, begin, rest = text.partition(BEGIN)
        if not begin:
            self._held, keys = _begun(keys, BEGIN)
        self._pasting = bool(begin)
        self._room = LONGEST_PASTE
        return self._bounded(_ESCAPES.sub("\x1b\x1b", keys)) + begin, rest

    def _bounded(self, keys: str) -> str:
        """The first keys of a flood, whole ones; nothing of what follows it at once."""
        if self._flooded:
            return ""
        self._in_a_row += len(keys)
        self._flooded = len(keys) > AT_ONCE or self._in_a_row > IN_A_ROW
        if len(keys) <= AT_ONCE:
            return keys
        whole, escape, cut = keys[:AT_ONCE].rpartition("\x1b")
        return whole if escape and len(cut) < LONGEST_KEY else keys[:AT_ONCE]

    def _paste(self, text: str) -> tuple[str, str]:
        """The beginning of a paste without its control sequences, and what follows it."""
        pasted, end, rest = text.partition(END)
        if not end:
            self._held, pasted = _begun(pasted, END)
        pasted = pasted.replace("\x1b", "")[: self._room]
        self._room -= len(pasted)
        self._pasting = not end
        return pasted + end, rest


def _begun(text: str, mark: str) -> tuple[str, str]:
    """The end of a text that may be the beginning of a mark, and what stands before it."""
    for length in range(len(mark) - 1, 0, -1):
        if text.endswith(mark[:length]):
            return text[-length:], text[:-length]
    return "", text


def careful(driver: type[Driver]) -> type[Driver]:
    """The same driver, but for what it reads and for stops, where it is the one of POSIX terminals."""
    if driver.__name__ != "LinuxDriver":
        return driver
    from textual.drivers.linux_driver import LinuxDriver

    class CarefulDriver(LinuxDriver):
        """Reads through a sieve, and gives the terminal back whenever the program is stopped or goes on."""

        def __init__(self, *arguments: Any, **more: Any) -> None:
            super().__init__(*arguments, **more)
            self._draws = self._was_told = False
            loop = (
                asyncio.get_running_loop()
            )  # a handler that comes between any two steps would wait for itself
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

    return CarefulDriver

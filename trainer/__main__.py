"""The command `trainer`. Opening the application takes no verb, and spares the import of their parser."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

_INTERRUPTED = 130
"""The exit code of whoever was stopped with Ctrl+C, known before anything else is."""


def run() -> NoReturn:
    """The entry point of the command.

    As long as there is nothing to tidy up, Ctrl+C just ends the program: Python would print, in English, where its
    imports were.
    """
    try:
        hurried = _Hurry()
    except KeyboardInterrupt:
        os._exit(_INTERRUPTED)
    from functools import partial

    from trainer.crash import end
    from trainer.launch import guarded

    argv = sys.argv[1:]
    code = guarded(partial(_start, argv, hurried), argv)
    hurried.begin()
    end(code)


class _Hurry:
    """Ctrl+C ends the program at once from `begin` to `end`, unless whoever started it wants that ignored."""

    def __init__(self) -> None:
        import signal

        self._set = signal.signal
        self._number = signal.SIGINT
        self._usual = signal.default_int_handler
        self._is_heeded = signal.getsignal(signal.SIGINT) is self._usual
        self.begin()

    def begin(self) -> None:
        """From now on there is nothing to tidy up."""
        if self._is_heeded:
            self._set(self._number, _leave)

    def end(self) -> None:
        """From now on there is."""
        if self._is_heeded:
            self._set(self._number, self._usual)


def _leave(number: int, frame: object) -> None:
    os._exit(_INTERRUPTED)


def _start(argv: list[str], hurried: _Hurry) -> None:
    import gc

    gc.disable()  # nothing that is imported is garbage
    from trainer.launch import play, without_verb

    places = without_verb(argv)
    if places is not None:
        play(places, ready=hurried.end)
        return
    gc.enable()
    from trainer.cli.main import main

    hurried.end()
    raise SystemExit(main(argv))


if __name__ == "__main__":
    run()

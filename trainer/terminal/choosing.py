"""Which driver reads and draws."""

from __future__ import annotations

from textual.driver import Driver


def careful(driver: type[Driver]) -> type[Driver]:
    """The same driver, but for what it reads and for stops, where it is the one of POSIX terminals."""
    if driver.__name__ != "LinuxDriver":
        return driver
    from trainer.terminal.posix import CarefulDriver  # no other system could import it

    return CarefulDriver

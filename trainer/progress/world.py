"""The world that a launch hands down: nothing below it asks a clock or chance by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import NamedTuple


class World(NamedTuple):
    """The clocks, the source of seeds, the time zone, and the names of this machine and of this launch.

    `turn` counts those who learn one after the other in one launch.
    """

    now: Callable[[], datetime]
    monotonic: Callable[[], float]
    seed: Callable[[], str]
    zone: tzinfo
    device: str
    launch: str
    turn: int = 1

    @property
    def writer(self) -> str:
        """The name, in this launch, of whoever writes a journal: one file has one writer."""
        return self.launch if self.turn == 1 else f"{self.launch}_{self.turn}"

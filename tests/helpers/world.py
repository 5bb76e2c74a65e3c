"""The real services and application over a temporary disk, with a clock that tests set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.helpers.libraries import shipped
from trainer.app import TrainerApp
from trainer.glossary.decks import EVERYTHING, Deck, Format, Library
from trainer.memory.opening import Opening
from trainer.progress.learners import Learners
from trainer.progress.world import World
from trainer.services import Services

_launches = count(1)


@dataclass
class Clock:
    """A wall clock that tests set, and a monotonic one that ticks when read."""

    at: datetime = datetime(2026, 11, 2, 9, tzinfo=UTC)
    ticks: int = 0

    def now(self) -> datetime:
        """The time set."""
        return self.at

    def monotonic(self) -> float:
        """A second more each time."""
        self.ticks += 1
        return float(self.ticks)

    def sleep_until(self, days: int) -> None:
        """The same time some days later."""
        self.at += timedelta(days=days)


def world(clock: Clock | None = None, seed: str = "7") -> World:
    """A world of its own launch, in Paris."""
    clock = clock or Clock()
    return World(
        clock.now,
        clock.monotonic,
        lambda: seed,
        ZoneInfo("Europe/Paris"),
        "poste1",
        f"essai{next(_launches):06}",  # in the order in which they are launched, as those of the product
    )


def services(
    data: Path, name: str = "Zoé", library: Library | None = None, clock: Clock | None = None, seed: str = "7"
) -> Services:
    """Real services over a data folder, of a learner who has read the notice."""
    return Services.open(library or shipped(), (), Learners(data), name, world(clock, seed)).informed()


def known(data: Path, *names: str) -> None:
    """Give these learners a profile that says that they have read the notice."""
    learners = Learners(data)
    for name in names:
        learners.inform(learners.create(name, Clock().at), Clock().at)


def drilling(bag: Services, deck: Deck | None = None, *formats: Format) -> TrainerApp:
    """The application, opening at once on a session."""
    return TrainerApp(bag, opening=Opening(deck or bag.library.deck(EVERYTHING), formats))

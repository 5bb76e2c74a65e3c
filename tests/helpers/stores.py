"""Stores, and what they have to hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from trainer.memory.history import History, replay
from trainer.memory.reviews import Fact
from trainer.memory.schedule import Scheduler
from trainer.progress.store import Store


def comparable(history: History) -> dict[str, object]:
    """All of a history but the scheduler, which has no equality of its own."""
    return {**vars(history), "scheduler": history.scheduler.settings}


def opened(folder: Path, launch: str, scheduler: Scheduler | None = None) -> Store:
    return Store.open(folder, "poste1", launch, scheduler)


def assert_same(store: Store, facts: Sequence[Fact]) -> None:
    assert comparable(store.history) == comparable(replay(facts))

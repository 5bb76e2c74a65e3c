"""What the disk holds of one learner, and until when."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from trainer.memory.history import answers
from trainer.memory.reviews import Review
from trainer.progress.learners import Learner, Learners
from trainer.progress.reading import read
from trainer.safekeeping import retention
from trainer.safekeeping.exporting import kept_files
from trainer.safekeeping.retention import Retention


class Held(NamedTuple):
    """What the disk holds of a learner: answers in order, undone ones counted apart; bytes, files.

    `unreadable` and `newer` count lines that could not be read, or that a later version of the program wrote.
    """

    answers: list[Review]
    undone: int
    unreadable: int
    newer: int
    size: int
    files: tuple[str, ...]


class Account(NamedTuple):
    """All that a learner may want to know: what is held, for how long, and from which day on it may go, if announced."""

    learner: Learner
    held: Held
    retention: Retention
    leaving: date | None


def account(learners: Learners, learner: Learner) -> Account:
    """What is held of a learner, read anew. ProgressError if it cannot be looked into."""
    kept = retention.load(learners.data, learners.shared)
    return Account(learner, held(learner), kept, retention.announced(learner))


def held(learner: Learner) -> Held:
    """What the disk holds of a learner, read anew. ProgressError if it cannot be looked into."""
    learner.check()
    found = read(learner.journal)
    given = answers(found.facts)
    paths = kept_files(learner)
    names = tuple(path.relative_to(learner.folder).as_posix() for path in paths)
    unreadable = len(found.unreadable) + len(found.unfinished)
    return Held(given.standing, given.undone, unreadable, found.newer, sum(map(_size, paths)), names)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0

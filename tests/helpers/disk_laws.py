"""What has to hold however a disk fails: every way to write progress, and the laws that it keeps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tests.helpers.disk import Disk
from tests.helpers.reviews import review, undo
from tests.helpers.stores import comparable
from trainer.errors import ProgressError
from trainer.memory.history import replay
from trainer.memory.reviews import Fact, Retraction, Review
from trainer.memory.schedule import DEFAULTS
from trainer.progress import parameters, reading
from trainer.progress.learners import Learners
from trainer.progress.store import Store

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


class Count(NamedTuple):
    """What one run came to."""

    acknowledged: int = 0
    refused: int = 0


class Books:
    """A store over a disk that may fail, and what it was given; each answer is held against the laws at once."""

    def __init__(self, folder: Path, disk: Disk, launch: str = "2", old: Sequence[Fact] = ()) -> None:
        self.folder, self.disk, self.old = folder, disk, old
        self.files = {path: path.read_bytes() for path in folder.glob("journal/*")}
        self.store = Store.open(folder, "poste1", launch)
        self.beside: list[Fact] = []  # what another window writes
        self.noted: list[Fact] = []
        self.acknowledged: list[Fact] = []

    def add(self, *facts: Fact) -> None:
        """Record or retract, and look at the disk right after."""
        for fact in facts:
            self.noted.append(fact)
            with suppress(ProgressError):
                if isinstance(fact, Retraction):
                    self.store.retract(fact)
                else:
                    self.store.record(fact)
                self.acknowledged = list(self.noted)
            self._check()

    def _check(self) -> None:
        """Acknowledged is on disk, whatever a power cut took; what is not waits; nothing old has changed."""
        found = reading.read(self.folder / "journal")
        ids = {fact.id for fact in found.facts}
        assert {fact.id for fact in [*self.old, *self.acknowledged]} <= ids
        assert {fact.id for fact in self.noted} <= ids | {fact.id for fact in self.store.unsaved}
        assert ids <= {fact.id for fact in [*self.old, *self.noted, *self.beside]}
        assert not found.unreadable
        for path, content in self.files.items():
            assert path.read_bytes() == content
        if not self.store.unsaved:
            own = self.store._writer.path
            assert not self.disk.unsynced & {own, *own.parents}
            assert own not in self.disk.unwritten
        assert comparable(self.store.history) == comparable(replay([*self.old, *self.noted]))

    def finish(self) -> Count:
        """Repair the disk and close: then all is on disk, each once, and the next start finds it so."""
        lost = len(self.noted) - len(self.acknowledged)
        self.disk.repair()
        self.store.close()
        assert self.store.unsaved == ()
        self.acknowledged = list(self.noted)
        self._check()
        own = self.store._writer.path.name
        assert own not in {each.file for each in reading.read(self.folder / "journal").unfinished}
        facts = reading.read(self.folder / "journal").facts
        for launch in ("8", "9"):  # with the snapshot, and from the journal alone
            again = Store.open(self.folder, "poste1", launch)
            assert comparable(again.history) == comparable(replay(facts))
            (self.folder / "snapshot.json").unlink(missing_ok=True)
        return Count(len(self.noted) - lost, lost)


def earlier(folder: Path, *facts: Review) -> Sequence[Review]:
    """What another launch left, without a snapshot."""
    store = Store.open(folder, "poste1", "1")
    for fact in facts:
        store.record(fact)
    store._writer.close()
    return facts


def first_answer(folder: Path, disk: Disk) -> Count:
    """Nothing is there yet: folders are made, then the file."""
    with disk:
        books = Books(folder / "data" / "learners" / "lea", disk)
        books.add(review(1))
        return books.finish()


def later_answers(folder: Path, disk: Disk) -> Count:
    """Beside what an earlier launch left; the second comes after the failure, whatever became of the first."""
    old = earlier(folder, review(1), review(2))
    with disk:
        books = Books(folder, disk, old=old)
        books.add(review(3), review(4, subject="nps"), review(5))
        return books.finish()


def taking_back(folder: Path, disk: Disk) -> Count:
    """An answer of this launch, then one of an earlier one."""
    old = earlier(folder, review(1))
    with disk:
        books = Books(folder, disk, old=old)
        books.add(review(2), review(3), undo(review(3), 4), undo(review(1), 5), review(6))
        return books.finish()


def snapshots(folder: Path, disk: Disk) -> Count:
    """Left in the middle, then once more, between answers."""
    old = earlier(folder, review(1))
    with disk:
        books = Books(folder, disk, old=old)
        books.store.keep()
        books.add(review(2))
        books.store.keep()
        books.add(review(3))
        books.store.close()
        books.add(review(4))
        return books.finish()


def two_windows(folder: Path, disk: Disk) -> Count:
    """Both write in turn, each its own file, and neither sees the other's answers before the next start."""
    with disk:
        one, two = Books(folder, disk), Books(folder, disk, "3")
        one.beside, two.beside = two.noted, one.noted
        for number in (1, 2, 3):
            one.add(review(number))
            two.add(review(number, "poste2"))
        counts = one.finish(), two.finish()
    return Count(*map(sum, zip(*counts, strict=True)))


def new_learner(folder: Path, disk: Disk) -> Count:
    """A profile is whole or not there, and there if no error came."""
    learners = Learners(folder / "data")
    with disk:
        created = None
        with suppress(ProgressError):
            created = learners.create("Zoé", NOW)
        found = [known for known in learners.all() if known.created]
        assert found == ([created] if created else found)
        assert all(known.name == "Zoé" and not known.damaged for known in found)
        disk.repair()
        assert learners.create("Zoé", NOW).created == NOW
    assert [known.title for known in learners.all()] == ["Zoé"]
    return Count(1, 0) if created else Count(0, 1)


def new_parameters(folder: Path, disk: Disk) -> Count:
    """The fits of before or the new ones, as was said, and no half of either."""
    one = parameters.Fit(DEFAULTS, NOW, 900, 3, 0.4, 0.3)
    two = one._replace(revisions=1800)
    parameters.save(folder, (one,))
    with disk:
        saved = False
        with suppress(ProgressError):
            parameters.save(folder, (one, two))
            saved = True
        assert parameters.load(folder) == parameters.Kept((one, two) if saved else (one,))
        disk.repair()
        parameters.save(folder, (one, two))
    assert parameters.load(folder) == parameters.Kept((one, two))
    return Count(int(saved), int(not saved))


DEEDS: dict[str, Callable[[Path, Disk], Count]] = {
    "first answer": first_answer,
    "later answers": later_answers,
    "taking back": taking_back,
    "snapshots": snapshots,
    "two windows": two_windows,
    "new learner": new_learner,
    "new parameters": new_parameters,
}

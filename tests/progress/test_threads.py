"""Threads of one store: what waits for the disk, and what must not."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

import pytest

from tests.helpers import PATIENCE
from tests.helpers.reviews import review, undo
from tests.helpers.stores import comparable
from trainer.memory.history import replay
from trainer.progress.files import sync_file, write_whole
from trainer.progress.reading import read
from trainer.progress.store import Store


class Gate:
    """A step that is reached, and goes on only when told to."""

    def __init__(self) -> None:
        self.reached, self.opened = Event(), Event()

    def wait(self) -> None:
        """Be there, and wait."""
        self.reached.set()
        assert self.opened.wait(PATIENCE)


def test_no_answer_waits_for_a_snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that hangs while the snapshot is written holds up neither answers nor undo."""
    gate = Gate()

    def slow(path: Path, content: bytes) -> None:
        gate.wait()
        write_whole(path, content)

    monkeypatch.setattr("trainer.progress.snapshot.write_whole", slow)
    store = Store.open(tmp_path, "poste1", "1")
    store.record(review(1))
    keeping = Thread(target=store.keep)
    keeping.start()
    assert gate.reached.wait(PATIENCE)
    store.record(review(2))
    store.retract(undo(review(2), 3))
    assert len(read(tmp_path / "journal").facts) == 3
    gate.opened.set()
    keeping.join(PATIENCE)
    assert not store.is_kept
    again = Store.open(tmp_path, "poste1", "2")
    assert comparable(again.history) == comparable(replay([review(1), review(2), undo(review(2), 3)]))


def test_noting_waits_for_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers and undos noted while the disk hangs count at once, and follow in order when it is back."""
    gate = Gate()

    def slow(file: int) -> None:
        gate.wait()
        sync_file(file)

    monkeypatch.setattr("trainer.progress.journal.sync_file", slow)
    store = Store.open(tmp_path, "poste1", "1")
    store.note(review(1))
    saving = Thread(target=store.save)
    saving.start()
    assert gate.reached.wait(PATIENCE)
    for fact in (review(2), review(3)):
        store.note(fact)
    store.note(undo(review(2), 4))
    assert store.history.tallies[review(3).card].answers == 3
    assert store.next_counter == 5
    assert len(store.unsaved) == 4
    gate.opened.set()
    saving.join(PATIENCE)
    assert [fact.counter for fact in store.unsaved] == [2, 3, 4]
    store.save()
    assert [fact.counter for fact in read(tmp_path / "journal").facts] == [1, 2, 3, 4]
    assert comparable(store.history) == comparable(
        replay([review(1), review(2), review(3), undo(review(2), 4)])
    )

"""The store: a learner's history, and the one way to add to it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from trainer.errors import ErasedError, ProgressError
from trainer.glossary.past import Past
from trainer.memory.history import History
from trainer.memory.reviews import Fact, Retraction, Review
from trainer.memory.schedule import Scheduler
from trainer.progress import reading, snapshot
from trainer.progress.codec import MOST_COUNTER, decode, encode
from trainer.progress.files import entries_of
from trainer.progress.journal import Writer
from trainer.progress.learners import JOURNAL, SNAPSHOT
from trainer.progress.reading import ChangedError, Unreadable
from trainer.progress.state import State, build


class Damage(NamedTuple):
    """What the journal holds that could not be used; nothing of it is ever deleted."""

    unreadable: tuple[Unreadable, ...] = ()
    newer: int = 0


class Store:
    """Everything one learner has answered, for one launch of the program.

    A fact is noted first, in memory alone; it is acknowledged once `save`, `record` or `retract` has returned without an
    error: then it is on the disk. Noting never waits for a disk, whatever another thread is saving; saving does.
    Nothing is created on disk before the first answer. `history` is a new object after something was taken back.
    """

    def __init__(
        self, folder: Path, device: str, launch: str, scheduler: Scheduler, past: Past | None = None
    ) -> None:
        self.folder = folder
        self.device = device
        self.launch = launch
        self.unsaved: tuple[Fact, ...] = ()
        self._scheduler = scheduler
        self._past = past
        self._writer = Writer(self._journal / f"{device}-{launch}.jsonl")
        self._state = State(History(scheduler, past=past))
        self._unfinished: Sequence[Unreadable] = ()
        self._beyond = 0  # facts noted since there is no higher counter
        self._was_there = False  # the learner's folder, at some moment of this launch
        self._fresh = False  # the snapshot on disk says what the state says
        self._disk = Lock()  # held, for as long as a disk takes, by whoever reads or writes the journal
        self._memory = Lock()  # held for a moment by whoever changes the state, or needs it to hold still
        self._stale = False  # the history waits to be replayed from the journal
        self._is_absent()
        if not self._restore():
            self._replay()

    @classmethod
    def open(
        cls,
        folder: Path,
        device: str,
        launch: str,
        scheduler: Scheduler | None = None,
        past: Past | None = None,
    ) -> Store:
        """The store of a learner's folder; `device` and `launch` name the one file it will write.

        `past` tells what answers about former terms are about by now.
        """
        letters = (device + launch).replace("-", "").replace("_", "")
        if not (letters.isascii() and letters.isalnum()):
            raise ValueError(f"not a file name: {device}-{launch}")
        return cls(folder, device, launch, scheduler or Scheduler(), past)

    @property
    def history(self) -> History:
        """What the learner's answers amount to, those not yet saved included."""
        return self._state.history

    @property
    def next_counter(self) -> int:
        """The counter of the next fact; after the highest there is, that one again."""
        return min(self.history.counter + 1, MOST_COUNTER)

    @property
    def next_number(self) -> int:
        """A number that no other fact of this launch has had, and higher than all of them."""
        return self.history.counter + 1 + self._beyond

    @property
    def damage(self) -> Damage:
        """What could not be read at the start."""
        return Damage(tuple(sorted([*self._state.unreadable, *self._unfinished])), self._state.newer)

    @property
    def is_erased(self) -> bool:
        """Whether the learner's folder was there and is no longer, among those of others.

        It was erased, or taken elsewhere. A share that vanished takes the folder above with it.
        """
        return self._is_absent() and self._was_there and self.folder.parent.is_dir()

    def _is_absent(self) -> bool:
        """Whether the learner's folder is plainly not there; if it is, that is remembered."""
        try:
            self.folder.stat()
        except FileNotFoundError:
            return True
        except OSError:  # nobody can tell
            return False
        self._was_there = True
        return False

    def note(self, fact: Fact) -> None:
        """Add a fact to what is to be saved, and a review to the history at once; ValueError if no line can hold it."""
        decode(encode(fact))  # what no later start could read must not be taken for saved
        with self._memory:
            self.unsaved = (*self.unsaved, fact)
            self._fresh = False
            self._beyond += fact.counter == MOST_COUNTER
            if not self._state.extend([fact]):
                self._stale = True
            self.history.counter = max(self.history.counter, fact.counter)

    def save(self) -> None:
        """Put on disk what is noted, in order; ProgressError if it stays in `unsaved` for now.

        ErasedError if the learner was erased meanwhile: nothing of them is made anew.
        """
        with self._disk:
            try:
                self._write()
            finally:
                if self._stale:
                    self._replay()

    def record(self, review: Review) -> None:
        """Note a review and save it; ProgressError if it stays in `unsaved` for now."""
        self.note(review)
        self.save()

    def retract(self, retraction: Retraction) -> None:
        """Take a review back, durably; ProgressError if the retraction stays in `unsaved` for now."""
        self.note(retraction)
        self.save()

    def close(self) -> None:
        """Let go of the journal, and leave a snapshot for the next start."""
        try:
            self.save()
        except ProgressError:
            if not self.is_erased:
                self._writer.insist()
            with suppress(ProgressError):
                self.save()
        with self._disk:
            self._writer.close()
        self.keep()

    @property
    def is_kept(self) -> bool:
        """Whether the next start will find in the snapshot all that this one has read."""
        return self._fresh or not self._state.segments

    def keep(self) -> None:
        """Leave a snapshot for the next start, even one that follows a crash, unless the one on disk will do."""
        with self._disk:
            content = self._content()
        if content:
            self._set_aside()
            snapshot.save(self._snapshot, content)  # no answer has to wait for it

    def _content(self) -> bytes:
        """A snapshot of the state if it is worth one, of what is on disk and nothing else."""
        fresh = self._fresh
        if fresh or not self._seal() or not self._files() <= self._present():
            return (
                b""  # one that speaks of files that are gone would be of no use, and might outlive an erasure
            )
        with self._memory:
            if self.unsaved or self._stale or self._fresh or not self._state.segments:
                return b""
            self._fresh = True
            return snapshot.written(self._state)

    def _set_aside(self) -> None:
        """Copy what could not be read, once; that it cannot be copied does no harm: the journal still holds it."""
        spoilt = {bad.file for bad in (*self._state.unreadable, *self._unfinished)}
        if spoilt:
            from trainer.progress.quarantine import preserve  # hardly ever needed

            with suppress(OSError):
                preserve(self.folder, spoilt)

    @property
    def _journal(self) -> Path:
        return self.folder / JOURNAL

    @property
    def _snapshot(self) -> Path:
        return self.folder / SNAPSHOT

    def _write(self) -> None:
        waiting = self.unsaved
        if waiting:
            if self.is_erased:
                raise ErasedError(self.folder)
            self._writer.inside = self.folder if self._was_there else None
            try:
                self._writer.append(b"".join(encode(fact) + b"\n" for fact in waiting))
            except ProgressError:
                self._is_absent()  # it may have been made just now
                raise
            self._was_there = True
            with self._memory:
                self.unsaved = self.unsaved[len(waiting) :]

    def _restore(self) -> bool:
        """Take the snapshot, and what the journal holds beyond it; false if they do not fit together."""
        state = snapshot.load(self._snapshot, self._scheduler, self._past)
        if state is None:
            return False
        before = state.segments
        try:
            found = reading.read_beyond(self._journal, before)
        except ChangedError:
            return False
        if not state.absorb(found):
            return False
        self._state, self._unfinished = state, found.unfinished
        self._fresh = found.segments == before
        return True

    def _replay(self) -> None:
        """Build the state from the whole journal; keep the one there is while a part of the journal is out of reach."""
        found = reading.read(self._journal)
        if not (self._writer.intact and self._files() <= found.segments.keys()):
            self._stale = True
            return
        while True:  # facts may be noted meanwhile
            noted = self.unsaved
            state = build(found, self._scheduler, noted, self._past)
            with self._memory:
                if noted is self.unsaved:
                    counter = max(state.history.counter, self.history.counter)
                    self._state, self._unfinished, self._stale = state, found.unfinished, False
                    self.history.counter = counter
                    return

    def _files(self) -> set[str]:
        """The names of the journal files that the history comes from."""
        own = {self._writer.path.name} if self._writer.size else set()
        return own | self._state.segments.keys()

    def _present(self) -> set[str]:
        """The names that the journal's folder holds; none if nobody can tell."""
        try:
            return {entry.name for entry in entries_of(self._journal)}
        except OSError:
            return set()

    def _seal(self) -> bool:
        """Note how far our own file goes; false if it does not hold all that was written to it."""
        if not self._writer.size:
            return True
        try:
            own = reading.segment(self._writer.path)
        except OSError:
            return False
        self._state.segments[self._writer.path.name] = own
        return self._writer.intact and own.size == self._writer.size

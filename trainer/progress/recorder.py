"""Recording: the drafts of an answer become reviews of one learner, noted at once and saved to disk."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC
from typing import NamedTuple

from trainer.errors import ProgressError
from trainer.memory.calendar import study_day
from trainer.memory.reviews import LONGEST_ANSWER, Draft, Retraction, Review, took
from trainer.progress.learners import Learner, Learners
from trainer.progress.store import Store
from trainer.progress.world import World


class Recorder(NamedTuple):
    """Adds answers to the store of one learner, who is given a profile before the first of them is saved."""

    learners: Learners
    learner: Learner
    store: Store
    world: World

    def note(self, drafts: Sequence[Draft], seconds: float) -> tuple[str, ...]:
        """Add the reviews that an answer made to the history, in order, to be saved; their ids. Waits for no disk."""
        ids: list[str] = []
        for draft in drafts:
            review = self._review(draft, seconds)
            self.store.note(review)
            ids.append(review.id)
        return tuple(ids)

    def withdraw(self, ids: Sequence[str]) -> None:
        """Note that reviews are taken back; the history follows once that is saved."""
        for review in ids:
            counter = self.store.next_counter
            at = self.world.now().astimezone(UTC)
            self.store.note(Retraction(self._new_id(), counter, self.world.device, review, at))

    def save(self) -> None:
        """Put on disk what was noted. ProgressError if the disk refuses; it is tried again with the next answer.

        Blocks for as long as the disk takes: call it off the thread that draws.
        """
        self._introduce()
        self.store.save()

    def record(self, drafts: Sequence[Draft], seconds: float) -> tuple[str, ...]:
        """Note the reviews that an answer made and save them; their ids. ProgressError if the disk refuses."""
        ids = self.note(drafts, seconds)
        self.save()
        return ids

    def _introduce(self) -> None:
        """Give the learner a profile before their first answer; answers do not depend on it."""
        if self.learner.created is None and not self.store.is_erased:
            with suppress(ProgressError):
                self.learners.introduce(self.learner, self.world.now(), self.learner.informed)

    def _review(self, draft: Draft, seconds: float) -> Review:
        counter = self.store.next_counter
        at = self.world.now().astimezone(UTC)
        return Review(
            id=self._new_id(),
            counter=counter,
            device=self.world.device,
            card=draft.card,
            rating=draft.rating,
            correct=draft.correct,
            at=at.replace(microsecond=at.microsecond // 1000 * 1000),
            day=study_day(at, self.world.zone),
            took=took(seconds),
            format=draft.format,
            answer=draft.answer[:LONGEST_ANSWER],
            chosen=draft.chosen,
            game=draft.game,
            claimed=draft.claimed,
        )

    def _new_id(self) -> str:
        return f"{self.world.device}-{self.world.writer}-{self.store.next_number}"

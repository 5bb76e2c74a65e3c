"""What a session needs from the world, in one bag handed down: nothing below it asks a clock or a disk by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from trainer.drills.formats import askable
from trainer.errors import ProgressError
from trainer.glossary.decks import Deck, Format, Library
from trainer.glossary.problems import Problem
from trainer.memory.calendar import study_day
from trainer.memory.cards import Card
from trainer.memory.history import History
from trainer.memory.queue import NEW_PER_DAY, Plan, plan
from trainer.memory.reviews import Retraction, Review, took
from trainer.memory.schedule import Scheduler
from trainer.progress import parameters
from trainer.progress.learners import Learner, Learners
from trainer.progress.store import Store

if TYPE_CHECKING:
    from trainer.drills.grading import Verdict
    from trainer.drills.lexicon import Lexicon
    from trainer.drills.rivals import Duo, Rivals
    from trainer.drills.session import Draft, Session
    from trainer.drills.starting import Starter
    from trainer.progress.erasure import Left


class World(NamedTuple):
    """The clocks, the source of seeds, the time zone, and the names of this machine and of this launch."""

    now: Callable[[], datetime]
    monotonic: Callable[[], float]
    seed: Callable[[], str]
    zone: tzinfo
    device: str
    launch: str


class Opening(NamedTuple):
    """What the application opens first: a session of a deck, or of what the learner confuses, else home."""

    deck: Deck | None = None
    formats: tuple[Format, ...] = ()
    confusions: bool = False
    timed: bool = False


AT_HOME = Opening()


@dataclass(frozen=True)
class Services:
    """Library, learner and world; `warning` says in French what is amiss with the parameters kept for everyone.

    `left` are the stores of others, left with answers that no disk would take.
    """

    library: Library
    problems: tuple[Problem, ...]
    learners: Learners
    learner: Learner
    store: Store
    world: World
    warning: str = ""
    left: tuple[Store, ...] = ()

    @classmethod
    def open(
        cls,
        library: Library,
        problems: tuple[Problem, ...],
        learners: Learners,
        name: str,
        world: World,
    ) -> Services:
        """The services of the learner of that name; nothing is written before the first answer."""
        learner = learners.called(name)
        kept = parameters.load(learners.data)
        past = library.past.until(study_day(world.now(), world.zone))
        scheduler = Scheduler(kept.parameters)
        store = Store.open(learner.folder, world.device, world.launch, scheduler, past)
        return cls(library, problems, learners, learner, store, world, kept.warning)

    def for_learner(self, name: str) -> Services:
        """The same for another learner, in journals of their own: one file has one writer, who may come back.

        The books of this learner are closed, unless answers still wait for a disk that would not take them.
        """
        if not self.store.unsaved:
            self.store.close()
        launch, _, turn = self.world.launch.partition("_")
        world = self.world._replace(launch=f"{launch}_{int(turn or 1) + 1}")
        bag = self.open(self.library, self.problems, self.learners, name, world)
        waiting = {store.folder: store for store in self._stores if store.unsaved}
        store = waiting.pop(bag.store.folder, bag.store)
        return replace(bag, store=store, left=tuple(waiting.values()))

    @property
    def _stores(self) -> tuple[Store, ...]:
        return (self.store, *self.left)

    def is_of(self, name: str) -> bool:
        """Whether these are the services of the learner of that name, however it is spelt."""
        return self.learners.called(name).folder == self.learner.folder

    def informed(self) -> Services:
        """The same for the same learner, who knows now what is kept of them; a disk that refuses will ask again."""
        now = self.world.now()
        learner = self.learner._replace(informed=now)
        with suppress(ProgressError):
            learner = self.learners.inform(self.learner, now)
        return replace(self, learner=learner)

    def erase(self) -> tuple[Left, ...]:
        """Erase all that is kept of the learner, who must not answer any more; what could not be erased."""
        from trainer.progress.erasure import erase

        self.store.close()
        self.store.unsaved = ()  # what no disk took goes too
        return erase(self.learner.folder)

    def sweep(self) -> None:
        """Announce or erase what is kept of those who left long ago; never of this learner."""
        from trainer.progress.retention import sweep

        sweep(self.learners, self.today(), self.learner.folder)

    @cached_property
    def lexicon(self) -> Lexicon:
        """Every name of the library, built once."""
        from trainer.drills.lexicon import Lexicon  # home shows without the judge

        return Lexicon(self.library)

    @property
    def history(self) -> History:
        """What the learner has answered so far."""
        return self.store.history

    def today(self) -> date:
        """The learner's study day."""
        return study_day(self.world.now(), self.world.zone)

    @property
    def is_up_to_date(self) -> bool:
        """Whether answers are read with the senses that terms have today, or still have to be saved before they can be."""
        return self.history.past == self.library.past.until(self.today()) or bool(self.store.unsaved)

    def plan(self, deck: Deck) -> Plan:
        """What a deck holds for today."""
        limit = deck.new_per_day or NEW_PER_DAY
        return plan(self._cards(deck), self.history, self.today(), limit)

    @cached_property
    def _cards(self) -> Callable[[Deck], Sequence[Card]]:
        """What the drills of a deck can ask, found once for each deck."""
        return cache(partial(askable, self.library))

    def session(self, deck: Deck, formats: Sequence[Format] = ()) -> Session:
        """Today's session of a deck; when nothing is due or new, a practice of what is least well known."""
        return self._starter().session(deck, self.plan(deck), formats)

    def another_game(self, session: Session) -> Session:
        """The matching game after this one; the acronyms played so far come last, the last played at the end."""
        return self._starter().game(session.deck, (*session.played, *session.matched), session.timed)

    def revision(self, deck: Deck, cards: Sequence[Card]) -> Session:
        """A session of just these cards, such as the mistakes of the last one."""
        return self._starter().revision(deck, cards)

    def rivals(self) -> Rivals:
        """The pairs of terms that the learner has to tell apart."""
        from trainer.drills.rivals import rivals  # no verb but `drill` needs it

        return rivals(self.library, self.history)

    def telling_apart(self, pairs: Iterable[Duo]) -> Session:
        """A session of these pairs: which of the two is described."""
        return self._starter().telling_apart(pairs)

    def _starter(self) -> Starter:
        from trainer.drills.starting import Starter  # home shows without the drills

        return Starter(self.library, self.history, self.today(), self.lexicon, self.world.seed())

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
            self.store.note(Retraction(self._name(counter), counter, self.world.device, review, at))

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

    def retract(self, ids: Sequence[str]) -> None:
        """Take reviews back, as if they had not been made. ProgressError if the disk refuses."""
        self.withdraw(ids)
        self.save()

    def close(self) -> int:
        """Save what is not saved yet, here and for those who learnt before on this screen; how many facts no disk took."""
        for store in self._stores:
            store.close()
        return sum(len(store.unsaved) for store in self._stores)

    def _introduce(self) -> None:
        """Give the learner a profile before their first answer; answers do not depend on it."""
        if self.learner.created is None:
            with suppress(ProgressError):
                self.learners.create(self.learner.name, self.world.now(), self.learner.informed)

    def _review(self, draft: Draft, seconds: float) -> Review:
        counter = self.store.next_counter
        at = self.world.now().astimezone(UTC)
        return Review(
            self._name(counter),
            counter,
            self.world.device,
            draft.card,
            draft.rating,
            draft.correct,
            at.replace(microsecond=at.microsecond // 1000 * 1000),
            study_day(at, self.world.zone),
            took(seconds),
            draft.format,
            draft.answer,
            draft.chosen,
            draft.game,
            draft.claimed,
        )

    def claim(self, session: Session, ids: Sequence[str]) -> tuple[Verdict, tuple[str, ...]]:
        """Take back the reviews of the last answer, and count it as right: the verdict, and the ids of what is saved.

        ProgressError if the disk refuses.
        """
        self.withdraw(ids)
        verdict, drafts = session.claim(self.history)
        return verdict, self.record(drafts, 0)

    def _name(self, counter: int) -> str:
        return f"{self.world.device}-{self.world.launch}-{counter}"

"""Who learns what, and in which world, in one bag handed down: nothing below it asks a clock or a disk by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING

from trainer.drills.posing.formats import askable
from trainer.errors import ProgressError
from trainer.glossary.decks import Deck, Format, Library
from trainer.glossary.problems import Problem, errors_of
from trainer.memory.calendar import study_day
from trainer.memory.cards import Card
from trainer.memory.history import History
from trainer.memory.queue import NEW_PER_DAY, Plan, plan
from trainer.memory.schedule import Scheduler
from trainer.progress import parameters
from trainer.progress.learners import Learner, Learners
from trainer.progress.recorder import Recorder
from trainer.progress.store import Store
from trainer.progress.world import World

if TYPE_CHECKING:
    from trainer.drills.judging.lexicon import Lexicon
    from trainer.drills.kinds.kind import Kinds
    from trainer.drills.posing.rivals import Rivals
    from trainer.drills.starting import Starter
    from trainer.safekeeping.erasure import Left


@dataclass(frozen=True)
class Services:
    """Library, learner and world; `warning` says in French what is amiss with the parameters kept for everyone.

    `left` are the stores of others, left with answers that no disk would take. `kinds` are the drills, those that there
    are if nobody names others.
    """

    library: Library
    problems: tuple[Problem, ...]
    learners: Learners
    learner: Learner
    store: Store
    world: World
    warning: str = ""
    left: tuple[Store, ...] = ()
    kinds: Kinds | None = None

    @classmethod
    def open(
        cls,
        library: Library,
        problems: tuple[Problem, ...],
        learners: Learners,
        name: str,
        world: World,
    ) -> Services:
        """The services of the learner of that name; nothing is written before the first answer.

        ProgressError if what is kept of them cannot be looked into.
        """
        learner = learners.called(name)
        learner.check()
        return cls.of(library, problems, learners, learner, world)

    @classmethod
    def of(
        cls,
        library: Library,
        problems: tuple[Problem, ...],
        learners: Learners,
        learner: Learner,
        world: World,
    ) -> Services:
        """The services of this learner, whatever of what is kept of them can be read."""
        kept = parameters.load(learners.data)
        past = library.past.until(study_day(world.now(), world.zone))
        scheduler = Scheduler(kept.parameters)
        store = Store.open(learner.folder, world.device, world.writer, scheduler, past)
        return cls(library, problems, learners, learner, store, world, kept.warning)

    def for_learner(self, learner: Learner) -> Services:
        """The same for another learner, in journals of their own: one file has one writer, who may come back.

        The books of this learner are closed, unless answers still wait for a disk that would not take them. What was
        erased waits for nothing. ProgressError if what is kept of the other one cannot be read.
        """
        if all(store.folder != learner.folder for store in self._stores):
            learner.check()
        for store in self._stores:
            if store.is_erased:
                store.unsaved = ()
        if not self.store.unsaved:
            self.store.close()
        world = self.world._replace(turn=self.world.turn + 1)
        bag = self.of(self.library, self.problems, self.learners, learner, world)
        waiting = {store.folder: store for store in self._stores if store.unsaved}
        store = waiting.pop(bag.store.folder, bag.store)
        return replace(bag, store=store, left=tuple(waiting.values()), kinds=self.kinds)

    @property
    def _stores(self) -> tuple[Store, ...]:
        return (self.store, *self.left)

    def is_of(self, learner: Learner) -> bool:
        """Whether these are the services of this learner, of whom something may still be kept."""
        return learner.folder == self.learner.folder and not self.store.is_erased

    def informed(self) -> Services:
        """The same for the same learner, who knows now what is kept of them; a disk that refuses will ask again."""
        now = self.world.now()
        learner = self.learner._replace(informed=now)
        with suppress(ProgressError):
            learner = self.learners.inform(self.learner, now)
        return replace(self, learner=learner)

    def erase(self) -> tuple[Left, ...]:
        """Erase all that is kept of the learner, who must not answer any more; what could not be erased."""
        from trainer.safekeeping.erasure import forget

        self.store.close()
        self.store.unsaved = ()  # what no disk took goes too
        return forget(self.learners, self.learner)

    def sweep(self) -> None:
        """Announce or erase what is kept of those who left long ago; never of this learner."""
        from trainer.safekeeping.retention import sweep

        sweep(self.learners, self.today(), self.learner.folder)

    @cached_property
    def lexicon(self) -> Lexicon:
        """Every name of the library, built once."""
        from trainer.drills.judging.lexicon import Lexicon  # home shows without the judge

        return Lexicon(self.library)

    @property
    def left_out(self) -> tuple[Problem, ...]:
        """The errors for which a part of the content cannot be used."""
        return errors_of(self.problems)

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

    def plan(self, deck: Deck, formats: Sequence[Format] = ()) -> Plan:
        """What a deck holds for today; of that, what these drills can ask, if any are named."""
        whole = self._cards(deck)
        cards = self._cards(deck._replace(drills=tuple(formats))) if formats else whole
        limit = deck.new_per_day or NEW_PER_DAY
        return plan(cards, self.history, self.today(), limit, self.library.needs, whole)

    @cached_property
    def _cards(self) -> Callable[[Deck], Sequence[Card]]:
        """What the drills of a deck can ask, found once for each deck."""
        return cache(partial(askable, self.library))

    def rivals(self) -> Rivals:
        """The pairs of terms that the learner has to tell apart."""
        from trainer.drills.posing.rivals import rivals  # no verb but `drill` needs it

        return rivals(self.library, self.history)

    def starter(self) -> Starter:
        """What starts sessions and games as of now; made anew each time, since answers and days change."""
        from trainer.drills.kinds.registry import KINDS  # home shows without the drills
        from trainer.drills.starting import Starter

        return Starter(
            library=self.library,
            history=self.history,
            today=self.today(),
            plan=self.plan,
            lexicon=self.lexicon,
            seed=self.world.seed(),
            kinds=self.kinds or KINDS,
        )

    @cached_property
    def recorder(self) -> Recorder:
        """What adds answers to the store."""
        return Recorder(self.learners, self.learner, self.store, self.world)

    def close(self) -> int:
        """Save what is not saved yet, here and for those who learnt before on this screen; how many facts no disk took."""
        for store in self._stores:
            store.close()
        return sum(len(store.unsaved) for store in self._stores)

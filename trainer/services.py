"""What a session needs from the world, in one bag handed down: nothing below it asks a clock or a disk by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from functools import cache, cached_property, partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from trainer.drills.posing.formats import askable
from trainer.errors import ProgressError
from trainer.glossary.decks import Deck, Format, Library
from trainer.glossary.problems import Problem, errors_of
from trainer.memory.calendar import study_day
from trainer.memory.cards import Card
from trainer.memory.history import History
from trainer.memory.queue import NEW_PER_DAY, Plan, plan
from trainer.memory.reviews import LONGEST_ANSWER, Retraction, Review, took
from trainer.memory.schedule import Scheduler
from trainer.progress import parameters
from trainer.progress.learners import Learner, Learners
from trainer.progress.store import Store

if TYPE_CHECKING:
    from trainer.drills.game import Game
    from trainer.drills.grading import Draft, Verdict
    from trainer.drills.judging.lexicon import Lexicon
    from trainer.drills.kinds.kind import Kinds
    from trainer.drills.posing.rivals import Duo, Rivals
    from trainer.drills.session import Session
    from trainer.drills.starting import Sitting, Starter
    from trainer.safekeeping.erasure import Left


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


class Opening(NamedTuple):
    """What the application opens first: a session of a deck, or of what the learner confuses, else home."""

    deck: Deck | None = None
    formats: tuple[Format, ...] = ()
    confusions: bool = False
    timed: bool = False


AT_HOME = Opening()
MOST_WAYS = 2
"""Ways on that are offered in a deck, and elsewhere, where there is nothing to ask."""


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

    def opened(self, opening: Opening) -> Sitting:
        """The session or the game that an opening asks for; of the deck of everything if it names none."""
        from trainer.drills.starting import is_only_play  # home shows without the drills

        if opening.confusions:
            return self.telling_apart(self.rivals().pairs, opening.timed)
        deck = opening.deck or self.library.everything
        if is_only_play(deck, opening.formats):
            return self.game(deck, opening.timed)
        return self.session(deck, opening.formats, opening.timed)

    def session(self, deck: Deck, formats: Sequence[Format] = (), timed: bool = False) -> Session:
        """Today's session of a deck; when nothing is due or new, a practice of what is least well known.

        It has no question if even that gives none: `instead` then tells what else there is. Of a deck that only plays,
        `opened` makes a game.
        """
        return self._starter().session(deck, self.plan(deck, formats), formats, timed)

    def game(self, deck: Deck, timed: bool = False) -> Game:
        """A matching game with the acronyms of a deck; it has no board if there are too few."""
        return self._starter().game(deck, timed=timed)

    def another_game(self, game: Game) -> Game:
        """The matching game after this one; the acronyms played so far come last, the last played at the end."""
        return self._starter().game(game.deck, (*game.played, *game.subjects), game.timed)

    def instead(self, sitting: Sitting) -> list[Opening]:
        """What would ask something where a sitting has nothing to ask: a few ways on, the nearest first."""
        from trainer.drills.starting import alternatives

        found: list[Opening] = []
        for group in alternatives(sitting):
            ways = (Opening(*way) for way in group)
            found += islice((way for way in ways if not self.opened(way).is_over), MOST_WAYS)
        return found

    def revision(self, session: Session) -> Session:
        """A session of just the mistakes of another one, by the drills of that."""
        return self._starter().revision(session.deck, session.mistakes, session.formats)

    def rivals(self) -> Rivals:
        """The pairs of terms that the learner has to tell apart."""
        from trainer.drills.posing.rivals import rivals  # no verb but `drill` needs it

        return rivals(self.library, self.history)

    def telling_apart(self, pairs: Iterable[Duo], timed: bool = False) -> Session:
        """A session of these pairs: which of the two is described; it has no question without any."""
        return self._starter().telling_apart(pairs, timed)

    def _starter(self) -> Starter:
        # Home shows without the drills.
        from trainer.drills.kinds.registry import KINDS
        from trainer.drills.starting import Starter

        return Starter(
            library=self.library,
            history=self.history,
            today=self.today(),
            lexicon=self.lexicon,
            seed=self.world.seed(),
            kinds=self.kinds or KINDS,
        )

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

    def claim(self, session: Session, ids: Sequence[str]) -> tuple[Verdict, tuple[str, ...]]:
        """Take back the reviews of the last answer, and count it as right: the verdict, and the ids of what is saved.

        ProgressError if the disk refuses.
        """
        self.withdraw(ids)
        verdict, drafts = session.claim(self.history)
        return verdict, self.record(drafts, 0)

    def _new_id(self) -> str:
        return f"{self.world.device}-{self.world.writer}-{self.store.next_number}"

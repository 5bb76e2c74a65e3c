"""Starting a session: today's cards, or those least well known when nothing is due; or a game."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import Enum, auto
from functools import partial
from itertools import islice
from random import Random

from trainer.drills.game import Game
from trainer.drills.judging.lexicon import Lexicon
from trainer.drills.kinds.choice import between
from trainer.drills.kinds.kind import Bench, Kinds
from trainer.drills.kinds.registry import KINDS
from trainer.drills.posing.boards import boards
from trainer.drills.posing.formats import askable
from trainer.drills.posing.interleaving import interleaved
from trainer.drills.posing.poser import Poser
from trainer.drills.posing.rivals import Duo, both_ways, rivals
from trainer.drills.session import Session
from trainer.drills.shapes import Question
from trainer.glossary.decks import Deck, Format, Library
from trainer.memory.cards import Card
from trainer.memory.confusions import current_rivals
from trainer.memory.history import History
from trainer.memory.opening import Opening
from trainer.memory.queue import Plan

LONGEST_SESSION = 30
"""Cards of one session; what is left is for the next."""
PRACTICE = 15
"""Cards of a session when nothing is due."""
GAMES = 3
"""Boards in a row for someone who came to match acronyms."""
MOST_WAYS = 2
"""Ways on that are offered at most in the same deck, and as many elsewhere, where there is nothing to ask."""
RIVALS = "rivaux"
"""The id of the deck that is made of the terms to tell apart."""


Sitting = Session | Game
"""What a learner sits down to."""


def is_only_play(deck: Deck, formats: Sequence[Format] = ()) -> bool:
    """Whether a deck, asked by these drills or else by its own, comes to nothing but the matching game."""
    return tuple(formats or deck.drills) == (Format.MATCH,)


class Nothing(Enum):
    """Why a sitting has nothing to ask."""

    NO_RIVALS = auto()
    """Nothing was confused, and no two terms begun are alike."""
    NO_CONTENT = auto()
    """There is neither a term nor a question."""
    NO_BOARD = auto()
    """There are too few acronyms for a game."""
    NO_CARD = auto()
    """Its drills can ask nothing of the deck."""
    LATER = auto()
    """What they could ask was answered today from another side, or waits for its terms."""


def nothing(sitting: Sitting) -> Nothing:
    """Why a sitting without a question has none."""
    deck, library = sitting.deck, sitting.library
    if deck.id == RIVALS:
        return Nothing.NO_RIVALS
    if not (deck.terms or deck.questions):
        return Nothing.NO_CONTENT
    if isinstance(sitting, Game):
        return Nothing.NO_BOARD
    possible = askable(library, deck._replace(drills=tuple(sitting.formats)))
    return Nothing.NO_CARD if sitting.cards or not possible else Nothing.LATER


def _ways_on(sitting: Sitting) -> tuple[list[Opening], list[Opening]]:
    """What may have something where a sitting has nothing: in the same deck, and elsewhere; the nearest first."""
    deck, everything, tried = sitting.deck, sitting.library.everything, tuple(sitting.formats)
    decks = [everything, *sitting.library.decks.values()]
    if deck.id == RIVALS:
        return [], [Opening(each) for each in decks]
    own = [Opening(deck)] if tried != deck.drills else []
    own += [Opening(deck, (form,)) for form in Format if (form,) != tried]
    elsewhere = [Opening(each) for each in decks if each.id != deck.id]
    if is_only_play(deck, tried) and deck.id != everything.id:
        elsewhere.insert(0, Opening(everything, tried))
    return own, elsewhere


class Starter:
    """Starts sessions and games of one learner's day; all chance comes from `seed`.

    `plan(deck, formats)` tells what is due and new in a deck on that day, of these drills alone if any are named.
    """

    def __init__(
        self,
        *,
        library: Library,
        history: History,
        today: date,
        plan: Callable[[Deck, Sequence[Format]], Plan],
        lexicon: Lexicon,
        seed: str,
        kinds: Kinds = KINDS,
    ) -> None:
        self._library = library
        self._history = history
        self._today = today
        self._plan = plan
        self._lexicon = lexicon
        self._random = Random(seed)
        self._kinds = kinds

    def opened(self, opening: Opening) -> Sitting:
        """The session or the game that an opening asks for; of the deck of everything if it names none."""
        if opening.confusions:
            return self.telling_apart(rivals(self._library, self._history).pairs, opening.timed)
        deck = opening.deck or self._library.everything
        if is_only_play(deck, opening.formats):
            return self.game(deck, timed=opening.timed)
        return self.session(deck, opening.formats, opening.timed)

    def instead(self, sitting: Sitting) -> list[Opening]:
        """What would ask something where a sitting has nothing to ask: a few ways on, the nearest first."""
        found: list[Opening] = []
        for group in _ways_on(sitting):
            found += islice((way for way in group if not self.opened(way).is_over), MOST_WAYS)
        return found

    def session(self, deck: Deck, formats: Sequence[Format] = (), timed: bool = False) -> Session:
        """Today's session of a deck; when nothing is due or new, or can be asked, a practice of what is least well known.

        It has no question if even that gives none: `instead` then tells what else there is. Of a deck that only plays,
        `opened` makes a game. `timed` tells whether the time shows in the game that ends it.
        """
        drills = tuple(formats) or deck.drills
        plan = self._plan(deck, formats)
        due = plan.due[: max(LONGEST_SESSION - len(plan.new), 1)]
        cards = interleaved(due, plan.new, self._library, self._random)
        planned = self._session(deck, cards, drills, timed) if cards else None
        if planned and not planned.is_over:
            return planned
        practice = self._session(deck, self._practice(deck._replace(drills=drills)), drills, timed)
        return planned if planned and practice.is_over else practice

    def revision(self, session: Session) -> Session:
        """A session of just the mistakes of another one, by the drills of that."""
        drills = tuple(form for form in session.formats if form is not Format.MATCH)
        return self._session(session.deck, session.mistakes, drills)

    def telling_apart(self, pairs: Iterable[Duo], timed: bool = False) -> Session:
        """A session of pairs of terms: which of the two is described; what is not sure yet is then recalled.

        `timed` is for what may be done instead.
        """
        drawn = list(both_ways(pairs, self._random))
        terms = tuple(dict.fromkeys(asked for asked, _ in drawn))
        deck = Deck(RIVALS, "Termes à distinguer", terms, drills=(Format.CHOICE, Format.RECALL))
        bench = Bench(self._library, deck, self._seed())
        questions = (between(bench, asked, rival) for asked, rival in drawn)
        return self._session(deck, [question for question in questions if question], deck.drills, timed)

    def game(self, deck: Deck, played: Sequence[str] = (), timed: bool = False) -> Game:
        """A matching game with the acronyms of a deck; it has no board if there are too few.

        The acronyms already played come last, the last played at the end.
        """
        seed, known = self._seed(), self._latest()
        # The day's own board is about what is fresh; a game is to be new each time.
        self._random.shuffle(known)
        dealt = boards(self._library, deck, seed, known, played)
        game = Game(
            library=self._library,
            deck=deck,
            boards=list(islice(dealt, GAMES)),
            id=seed,
            played=played,
            timed=timed,
        )
        game.advance()
        return game

    def another_game(self, game: Game) -> Game:
        """The matching game after this one; the acronyms played so far come last, the last played at the end."""
        return self.game(game.deck, (*game.played, *game.subjects), game.timed)

    def _seed(self) -> str:
        return str(self._random.getrandbits(64))

    def _latest(self) -> list[str]:
        """The subjects that the learner knows, those answered last first."""
        history = self._history
        return sorted(history.introduced, key=history.answered.__getitem__, reverse=True)

    def _session(
        self,
        deck: Deck,
        cards: Sequence[Card | Question],
        drills: tuple[Format, ...],
        timed: bool = False,
    ) -> Session:
        seed = self._seed()
        return Session(
            library=self._library,
            deck=deck,
            history=self._history,
            cards=cards,
            poser=Poser(self._library, deck, seed, partial(current_rivals, self._history), self._kinds),
            random=self._random,
            today=self._today,
            lexicon=self._lexicon,
            game=self._closing(deck, drills, seed, timed),
            formats=drills,
        )

    def _closing(self, deck: Deck, drills: tuple[Format, ...], seed: str, timed: bool) -> Game:
        """The one board that ends a session, about what is fresh; none if the game is not among its drills."""
        dealt = boards(self._library, deck, seed, self._latest()) if Format.MATCH in drills else iter(())
        return Game(library=self._library, deck=deck, boards=list(islice(dealt, 1)), id=seed, timed=timed)

    def _practice(self, deck: Deck) -> list[Card]:
        """Cards already begun, those most likely forgotten first; new ones wait for their day."""
        history = self._history
        begun = []
        for card in askable(self._library, deck):
            schedule = history.schedule(card)
            if schedule is not None:
                begun.append((history.scheduler.retrievability(schedule, self._today), card))
        weakest = [card for _, card in sorted(begun, key=lambda item: item[0])[:PRACTICE]]
        return interleaved(weakest, (), self._library, self._random)

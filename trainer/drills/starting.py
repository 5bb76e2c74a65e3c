"""Starting a session: today's cards, or those least well known when nothing is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum, auto
from functools import partial
from itertools import islice
from random import Random

from trainer.drills.judging.lexicon import Lexicon
from trainer.drills.posing.boards import boards
from trainer.drills.posing.formats import askable
from trainer.drills.posing.interleaving import interleaved
from trainer.drills.posing.poser import Poser
from trainer.drills.posing.rivals import Duo, rounds
from trainer.drills.questions import MultipleChoice
from trainer.drills.session import Session
from trainer.glossary.decks import Deck, Format, Library
from trainer.memory.cards import Card
from trainer.memory.confusions import current_rivals
from trainer.memory.history import History
from trainer.memory.queue import Plan

LONGEST_SESSION = 30
"""Cards of one session; what is left is for the next."""
PRACTICE = 15
"""Cards of a session when nothing is due."""
GAMES = 3
"""Boards in a row for someone who came to match acronyms."""
RIVALS = "rivaux"
"""The id of the deck that is made of the terms to tell apart."""


Way = tuple[Deck, tuple[Format, ...]]
"""What a session may be made of: a deck, and the drills of it, all if none is named."""


class Nothing(Enum):
    """Why a session has nothing to ask."""

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


def nothing(session: Session) -> Nothing:
    """Why a session without a question has none."""
    deck, library = session.deck, session.library
    if deck.id == RIVALS:
        return Nothing.NO_RIVALS
    if not (deck.terms or deck.questions):
        return Nothing.NO_CONTENT
    if session.is_game:
        return Nothing.NO_BOARD
    possible = askable(library, replace(deck, drills=tuple(session.formats)))
    return Nothing.NO_CARD if session.cards or not possible else Nothing.LATER


def alternatives(session: Session) -> tuple[list[Way], list[Way]]:
    """What may have something where a session has nothing: in the same deck, and elsewhere; the nearest first."""
    deck, everything, tried = session.deck, session.library.everything, tuple(session.formats)
    elsewhere: list[Way] = [(each, ()) for each in (everything, *session.library.decks.values())]
    if deck.id == RIVALS:
        return [], elsewhere
    own: list[Way] = [(deck, ())] if tried != deck.drills else []
    own += [(deck, (form,)) for form in Format if (form,) != tried]
    if session.is_game:
        elsewhere.insert(0, (everything, tried))
    return own, [way for way in elsewhere if way[0].id != deck.id]


class Starter:
    """Starts sessions of one learner's day; all chance comes from `seed`."""

    def __init__(self, library: Library, history: History, today: date, lexicon: Lexicon, seed: str) -> None:
        self._library = library
        self._history = history
        self._today = today
        self._lexicon = lexicon
        self._random = Random(seed)

    def session(self, deck: Deck, plan: Plan, formats: Sequence[Format] = ()) -> Session:
        """A session of what is planned; of cards already begun when the plan is empty, or none of it can be asked."""
        drills = tuple(formats) or deck.drills
        due = plan.due[: max(LONGEST_SESSION - len(plan.new), 1)]
        cards = interleaved(due, plan.new, self._library, self._random)
        planned = self._session(deck, cards, drills) if cards else None
        if planned and planned.question:
            return planned
        practice = self._session(deck, self._practice(replace(deck, drills=drills)), drills)
        return practice if practice.question else planned or practice

    def revision(self, deck: Deck, cards: Sequence[Card], formats: Sequence[Format]) -> Session:
        """A session of just these cards, such as the mistakes of one that these drills asked."""
        drills = tuple(form for form in formats if form is not Format.MATCH)
        return self._session(deck, cards, drills)

    def telling_apart(self, pairs: Iterable[Duo]) -> Session:
        """A session of pairs of terms: which of the two is described; what is not sure yet is then recalled."""
        drawn = list(rounds(pairs, self._random))
        terms = tuple(dict.fromkeys(asked for asked, _ in drawn))
        deck = Deck(RIVALS, "Termes à distinguer", terms, drills=(Format.CHOICE, Format.RECALL))
        poser = Poser(self._library, deck, self._seed())
        questions = (poser.between(asked, rival) for asked, rival in drawn)
        return self._session(deck, [question for question in questions if question], deck.drills)

    def game(self, deck: Deck, played: Sequence[str], timed: bool) -> Session:
        """A matching game; the acronyms already played come last, the last played at the end."""
        session = self._session(deck, (), (Format.MATCH,), played)
        session.timed = timed
        return session

    def _seed(self) -> str:
        return str(self._random.getrandbits(64))

    def _session(
        self,
        deck: Deck,
        cards: Sequence[Card | MultipleChoice],
        drills: tuple[Format, ...],
        played: Sequence[str] = (),
    ) -> Session:
        seed = self._seed()
        poser = Poser(self._library, deck, seed, partial(current_rivals, self._history))
        games = 0 if Format.MATCH not in drills else 1 if len(drills) > 1 else GAMES
        history = self._history
        known = sorted(history.introduced, key=history.answered.__getitem__, reverse=True) if games else []
        if games > 1:  # the day's own board is about what is fresh; a game is to be new each time
            self._random.shuffle(known)
        return Session(
            self._library,
            deck,
            history,
            cards,
            poser,
            self._random,
            self._today,
            self._lexicon,
            drills,
            list(islice(boards(self._library, deck, seed, known, played), games)),
            seed,
            played,
        )

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

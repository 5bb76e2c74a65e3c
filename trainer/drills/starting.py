"""Starting a session: today's cards, or those least well known when nothing is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from itertools import islice
from random import Random

from trainer.drills.boards import boards
from trainer.drills.formats import askable
from trainer.drills.interleaving import interleaved
from trainer.drills.lexicon import Lexicon
from trainer.drills.posing import Poser
from trainer.drills.questions import MultipleChoice
from trainer.drills.rivals import Duo, rounds
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


class Starter:
    """Starts sessions of one learner's day; all chance comes from `seed`."""

    def __init__(self, library: Library, history: History, today: date, lexicon: Lexicon, seed: str) -> None:
        self._library = library
        self._history = history
        self._today = today
        self._lexicon = lexicon
        self._random = Random(seed)

    def session(self, deck: Deck, plan: Plan, formats: Sequence[Format] = ()) -> Session:
        """A session of what is planned; of cards already begun when the plan is empty."""
        due = plan.due[: max(LONGEST_SESSION - len(plan.new), 1)]
        cards = interleaved(due, plan.new, self._library, self._random) or self._practice(deck)
        return self._session(deck, cards, tuple(formats) or deck.drills)

    def revision(self, deck: Deck, cards: Sequence[Card]) -> Session:
        """A session of just these cards, such as the mistakes of the last one."""
        drills = tuple(form for form in deck.drills if form is not Format.MATCH)
        return self._session(deck, cards, drills)

    def telling_apart(self, pairs: Iterable[Duo]) -> Session:
        """A session of pairs of terms: which of the two is described; what is not sure yet is then recalled."""
        drawn = list(rounds(pairs, self._random))
        terms = tuple(dict.fromkeys(asked for asked, _ in drawn))
        deck = Deck("rivaux", "Termes à distinguer", terms, drills=(Format.CHOICE, Format.RECALL))
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

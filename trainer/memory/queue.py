"""What is to be asked today: what is due, and what is new."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import filterfalse
from operator import countOf, itemgetter
from typing import NamedTuple

from trainer.memory.calendar import is_credible
from trainer.memory.cards import Card
from trainer.memory.history import History

NEW_PER_DAY = 8
"""New terms a day, unless a deck says otherwise."""

Needs = Mapping[str, Collection[str]]
"""For a subject, those that have to be met before it."""
NEEDS_NOTHING: Needs = {}


class Plan(NamedTuple):
    """The cards to ask today, most urgent first; `waiting` are due but sit next to a sibling, or need what is not begun."""

    due: tuple[Card, ...] = ()
    new: tuple[Card, ...] = ()
    waiting: tuple[Card, ...] = ()

    @property
    def cards(self) -> tuple[Card, ...]:
        """Everything to ask, what is due first."""
        return self.due + self.new


def plan(
    cards: Sequence[Card],
    history: History,
    today: date,
    new_per_day: int = NEW_PER_DAY,
    needs: Needs = NEEDS_NOTHING,
    counted: Sequence[Card] = (),
) -> Plan:
    """Today's cards among those of a deck, or of a part of it.

    Only what was begun today among `counted`, or else these cards, takes room from the new ones: a deck has new words
    of its own, whatever was done elsewhere.

    Cards of one subject are kept apart: of two due today one waits until tomorrow; overdue ones never wait. A subject
    that needs others is begun with or after all of these that the cards teach, and waits for them even if it is due.
    """
    ready = _ready(cards, history, needs)
    found = _due(cards, history, today)
    early = [card for _, card in found if not ready(card.subject, ())]
    due, waiting = _apart([each for each in found if each[1] not in early], history, today)
    busy = {card.subject for card in (*due, *early)}
    room = _room(counted or cards, history, today, new_per_day)
    new = _new(cards, history, today, room, busy, ready)
    return Plan(tuple(due), tuple(new), (*waiting, *early))


def _ready(cards: Iterable[Card], history: History, needs: Needs) -> Callable[[str, Collection[str]], bool]:
    """Whether a subject may be begun once those beside it are."""
    taught = cache(lambda: {card.subject for card in cards})  # hardly any subject asks

    def ready(subject: str, beside: Collection[str]) -> bool:
        return all(
            each in history.introduced or each in beside or each not in taught()
            for each in needs.get(subject, ())
        )

    return ready


def _due(cards: Iterable[Card], history: History, today: date) -> list[tuple[date, Card]]:
    """(due day, card) of every card that is due or owed, longest overdue first."""
    schedules, owed = history.schedules, history.owed
    found = []
    for card in cards:
        schedule = schedules.get(card)
        if schedule is not None:
            # As `due_on` says: a start looks at every card of every deck, and hardly any clock was ahead.
            day = schedule.due if schedule.last <= today else schedule.due_on(today)
            if day <= today:
                found.append((day, card))
        elif card in owed:
            found.append((min(history.answered[card.subject], today), card))
    return sorted(found, key=itemgetter(0))


def _apart(due: list[tuple[date, Card]], history: History, today: date) -> tuple[list[Card], list[Card]]:
    """Split due cards into those to ask and those that wait for a sibling."""
    asked: list[Card] = []
    waiting: list[Card] = []
    taken: set[str] = set()
    for day, card in due:
        schedule = history.schedules.get(card)
        begun = schedule is None or schedule.relearning
        beside = card.subject in taken or history.answered.get(card.subject) == today
        if beside and day >= today and not begun:
            waiting.append(card)
        else:
            asked.append(card)
            taken.add(card.subject)
    return asked, waiting


def _is_recent(day: date, today: date) -> bool:
    """Whether a subject answered on that day has to wait; not for as long as a wrong clock said."""
    return day >= today and is_credible(day, today)


class Room(NamedTuple):
    """How many subjects, and further facets of others, may still be begun today."""

    terms: int
    facets: int


def _room(cards: Iterable[Card], history: History, today: date, new_per_day: int) -> Room:
    """What today's limit leaves, given what was begun among these cards."""
    if not history.begun[today]:
        return Room(new_per_day, new_per_day)
    subjects = {card.subject for card in cards}
    terms = sum(history.introduced.get(subject) == today for subject in subjects)
    # Which facets were begun today is not kept: there are no more than subjects answered, nor than begun anywhere.
    others = sum(history.answered.get(subject) == today for subject in subjects) - terms
    anywhere = history.begun[today] - countOf(history.introduced.values(), today)
    return Room(new_per_day - terms, new_per_day - min(others, anywhere))


def _new(
    cards: Sequence[Card],
    history: History,
    today: date,
    room: Room,
    busy: set[str],
    ready: Callable[[str, Collection[str]], bool],
) -> list[Card]:
    """New cards: further facets of known subjects, then new subjects, as far as there is room for each."""
    facets: list[Card] = []
    terms: dict[str, list[Card]] = {}
    for card in filterfalse(history.schedules.__contains__, cards):
        subject = card.subject
        if subject in busy or card in history.owed:
            continue
        known = history.introduced.get(subject)
        if known is None:
            if subject in terms or (len(terms) < room.terms and ready(subject, terms)):
                terms.setdefault(subject, []).append(card)
        elif not _is_recent(history.answered[subject], today) and len(facets) < room.facets:
            facets.append(card)
            busy.add(subject)
    first = [options[turn % len(options)] for turn, options in enumerate(terms.values())]
    return facets + first

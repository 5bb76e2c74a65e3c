"""What is to be asked today: what is due, and what is new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import filterfalse
from operator import countOf, itemgetter
from typing import NamedTuple

from trainer.memory.calendar import is_credible
from trainer.memory.cards import Card
from trainer.memory.history import History

NEW_PER_DAY = 8
"""New terms a day, unless a deck says otherwise."""


class Plan(NamedTuple):
    """The cards to ask today, most urgent first; `waiting` are due but sit next to a sibling."""

    due: tuple[Card, ...] = ()
    new: tuple[Card, ...] = ()
    waiting: tuple[Card, ...] = ()

    @property
    def cards(self) -> tuple[Card, ...]:
        """Everything to ask, what is due first."""
        return self.due + self.new


def plan(cards: Sequence[Card], history: History, today: date, new_per_day: int = NEW_PER_DAY) -> Plan:
    """Today's cards among those of a deck.

    Cards of one subject are kept apart: of two due today one waits until tomorrow; overdue ones never wait.
    """
    due, waiting = _apart(_due(cards, history, today), history, today)
    busy = {card.subject for card in due}
    return Plan(tuple(due), tuple(_new(cards, history, today, new_per_day, busy)), tuple(waiting))


def _due(cards: Iterable[Card], history: History, today: date) -> list[tuple[date, Card]]:
    """(due day, card) of every card that is due or owed, longest overdue first."""
    schedules, owed = history.schedules, history.owed
    found = []
    for card in cards:
        schedule = schedules.get(card)
        if schedule is not None:
            if schedule.is_due(today):
                found.append((schedule.due_on(today), card))
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


def _new(
    cards: Sequence[Card], history: History, today: date, new_per_day: int, busy: set[str]
) -> list[Card]:
    """New cards: further facets of known subjects, then new subjects, each within the daily limit."""
    terms_today = countOf(history.introduced.values(), today) if history.begun[today] else 0
    room_terms = new_per_day - terms_today
    room_facets = new_per_day - (history.begun[today] - terms_today)
    facets: list[Card] = []
    terms: dict[str, list[Card]] = {}
    for card in filterfalse(history.schedules.__contains__, cards):
        subject = card.subject
        if subject in busy or card in history.owed:
            continue
        known = history.introduced.get(subject)
        if known is None:
            if subject in terms or len(terms) < room_terms:
                terms.setdefault(subject, []).append(card)
        elif not _is_recent(history.answered[subject], today) and len(facets) < room_facets:
            facets.append(card)
            busy.add(subject)
    first = [options[turn % len(options)] for turn, options in enumerate(terms.values())]
    return facets + first

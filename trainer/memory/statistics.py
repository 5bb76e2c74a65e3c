"""What a learner's history says, in figures. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from trainer.memory.cards import Card
from trainer.memory.history import History

KNOWN = 21
"""Days of stability from which a card counts as known for good."""
GRACE = 3
"""Days without an answer that do not end a streak: nobody works at weekends."""
AHEAD = 7
"""Days of the forecast."""


class Standings(NamedTuple):
    """How many cards of a set are new, being learnt, known for good."""

    new: int
    learning: int
    known: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.new + self.learning + self.known


class Statistics(NamedTuple):
    """Figures of one day: answers, days of study, cards by standing, what comes.

    `recall` is the mean chance, 0 to 1, of still knowing the cards begun tomorrow (None without any); `ahead` counts the cards due
    today (overdue ones included) and on each of the following days.
    """

    answers: int
    right: int
    answers_today: int
    right_today: int
    days: int
    streak: int
    standings: Standings
    due: int
    leeches: int
    recall: float | None
    ahead: tuple[int, ...]


def standings(cards: Sequence[Card], history: History) -> Standings:
    """How far a set of cards is learnt."""
    schedules = [history.schedule(card) for card in cards]
    known = sum(schedule is not None and schedule.stability >= KNOWN for schedule in schedules)
    new = sum(history.is_new(card) for card in cards)
    return Standings(new, len(cards) - new - known, known)


def streak(history: History, today: date) -> int:
    """Days of study in a row; pauses of up to three days, such as weekends, do not break it."""
    count, last = 0, today
    for day in sorted((day for day in history.days if day <= today), reverse=True):
        if (last - day).days > GRACE:
            break
        count, last = count + 1, day
    return count


def forecast(cards: Sequence[Card], history: History, today: date) -> tuple[int, ...]:
    """How many cards are due today, tomorrow and so on for a week."""
    counts = [0] * AHEAD
    for card in cards:
        schedule = history.schedule(card)
        if schedule is None:
            counts[0] += card in history.owed
            continue
        days = max((schedule.due_on(today) - today) // timedelta(days=1), 0)
        if days < AHEAD:
            counts[days] += 1
    return tuple(counts)


def statistics(cards: Sequence[Card], history: History, today: date) -> Statistics:
    """The figures of a learner for these cards on that day; answers count whatever became of their cards."""
    begun = [schedule for card in cards if (schedule := history.schedule(card)) is not None]
    tomorrow = today + timedelta(days=1)
    beliefs = [history.scheduler.retrievability(schedule, tomorrow) for schedule in begun]
    ahead = forecast(cards, history, today)
    now = history.days.get(today)
    return Statistics(
        answers=sum(tally.answers for tally in history.days.values()),
        right=sum(tally.right for tally in history.days.values()),
        answers_today=now.answers if now else 0,
        right_today=now.right if now else 0,
        days=len(history.days),
        streak=streak(history, today),
        standings=standings(cards, history),
        due=ahead[0],
        leeches=sum(schedule.is_leech for schedule in begun),
        recall=sum(beliefs) / len(beliefs) if beliefs else None,
        ahead=ahead,
    )

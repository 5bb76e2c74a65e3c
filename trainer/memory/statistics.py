"""What a learner's history says, in figures. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from trainer.glossary.decks import Library
from trainer.glossary.past import former_sense, is_former_sense
from trainer.glossary.terms import TERM_FACETS, Facet
from trainer.memory.cards import Card
from trainer.memory.games import Record
from trainer.memory.history import History
from trainer.memory.queue import plan

KNOWN = 21
"""Days of stability from which a card counts as known for good."""
LONGEST_PAUSE = 3
"""Days without an answer that do not end a streak: nobody works at weekends."""
FORECAST = 7
"""Days of the forecast."""


class CardCounts(NamedTuple):
    """How many cards of a set are new, being learnt, known for good."""

    new: int
    learning: int
    known: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.new + self.learning + self.known


class GameFigures(NamedTuple):
    """What was tried in matching games, how much of it was right, and the best game of each length, in pairs."""

    tries: int
    right: int
    records: Mapping[int, Record]


class Statistics(NamedTuple):
    """Figures of one day: answers, days of study, cards by standing, what comes.

    Tries in a game are no answers: they count in `game` alone. `answers` and `right` are all that was answered; `absent`
    counts those about what this library does not hold.

    `recall` is the mean chance, 0 to 1, of still knowing the cards begun tomorrow (None without any); `ahead` counts the cards due
    today (overdue ones included) and on each of the following days.
    """

    answers: int
    right: int
    answers_today: int
    right_today: int
    days: int
    streak: int
    card_counts: CardCounts
    due: int
    leeches: int
    recall: float | None
    ahead: tuple[int, ...]
    game: GameFigures
    absent: int = 0


def card_counts(cards: Sequence[Card], history: History) -> CardCounts:
    """How far a set of cards is learnt."""
    schedules = [history.schedule(card) for card in cards]
    known = sum(schedule is not None and schedule.stability >= KNOWN for schedule in schedules)
    new = sum(history.is_new(card) for card in cards)
    return CardCounts(new, len(cards) - new - known, known)


def streak(history: History, today: date) -> int:
    """Days of study in a row; pauses of up to three days, such as weekends, do not break it."""
    count, last = 0, today
    for day in sorted((day for day in history.days if day <= today), reverse=True):
        if (last - day).days > LONGEST_PAUSE:
            break
        count, last = count + 1, day
    return count


def forecast(cards: Sequence[Card], history: History, today: date) -> tuple[int, ...]:
    """How many cards come today, as home says it, tomorrow and so on for a week."""
    now = plan(cards, history, today)
    counts = [len(now.due), len(now.waiting), *[0] * (FORECAST - 2)]
    for card in cards:
        schedule = history.schedule(card)
        if schedule is not None and not schedule.is_due(today):
            days = (schedule.due_on(today) - today).days
            if days < FORECAST:
                counts[days] += 1
    return tuple(counts)


class Gone(NamedTuple):
    """The subjects that were answered and that this library does not hold: their history is kept, nothing asks for it."""

    terms: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    senses: tuple[str, ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        """All of them; `senses` are what terms meant before they changed."""
        return self.terms + self.questions + self.senses


NOTHING_GONE = Gone()


def is_absent(library: Library, subject: str) -> bool:
    """Whether a library holds nothing of a subject, not even as something that now means something else."""
    return subject not in library.asked and not is_former_sense(subject)


def gone(library: Library, history: History) -> Gone:
    """What a learner has answered about, and the library no longer holds; it counts again once it is back."""
    answered = [*history.tallies, *history.plays]
    subjects = sorted({card.subject for card in answered} - library.asked)
    questions = {card.subject for card in answered if card.facet is Facet.QUESTION}
    senses = tuple(filter(is_former_sense, subjects))
    others = [subject for subject in subjects if is_absent(library, subject)]
    return Gone(
        tuple(subject for subject in others if subject not in questions),
        tuple(subject for subject in others if subject in questions),
        senses,
    )


def changed_for(history: History, term: str) -> date | None:
    """The day on which the sense of a term changed for a learner who had answered on it before; None otherwise."""
    day = history.past.changed.get(term) if history.past else None
    if day is None:
        return None
    before = former_sense(term, day)
    cards = [Card(before, facet) for facet in TERM_FACETS]
    return day if any(card in history.tallies or card in history.plays for card in cards) else None


def statistics(cards: Sequence[Card], history: History, today: date, gone: Gone = NOTHING_GONE) -> Statistics:
    """The figures of a learner for these cards on that day."""
    absent = {*gone.terms, *gone.questions}
    total, tries = history.total, history.tries
    begun = [schedule for card in cards if (schedule := history.schedule(card)) is not None]
    tomorrow = today + timedelta(days=1)
    beliefs = [history.scheduler.retrievability(schedule, tomorrow) for schedule in begun]
    ahead = forecast(cards, history, today)
    now = history.days.get(today)
    return Statistics(
        answers=total.answers,
        right=total.right,
        answers_today=now.answers if now else 0,
        right_today=now.right if now else 0,
        days=len(history.days),
        streak=streak(history, today),
        card_counts=card_counts(cards, history),
        due=ahead[0],
        leeches=sum(schedule.is_leech for schedule in begun),
        recall=sum(beliefs) / len(beliefs) if beliefs else None,
        ahead=ahead,
        game=GameFigures(tries.answers, tries.right, history.games.records),
        absent=sum(tally.answers for card, tally in history.tallies.items() if card.subject in absent),
    )

"""What a learner's journal holds, and in what state it is; changes nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from trainer.glossary.decks import Library
from trainer.glossary.past import Past
from trainer.memory.history import answers, recast
from trainer.memory.reviews import Fact, Retraction, Review
from trainer.memory.schedule import Scheduler
from trainer.memory.statistics import is_absent
from trainer.progress import quarantine, reading, snapshot
from trainer.progress.files import mode_of
from trainer.progress.inspecting import Line, lines
from trainer.progress.learners import JOURNAL, SNAPSHOT
from trainer.progress.reading import ChangedError
from trainer.progress.state import build

_CLOCK_AHEAD = timedelta(hours=24)
"""A clock that is this much ahead is wrong."""


class Cache(StrEnum):
    """What the snapshot is worth; whichever, a start makes what is needed of it."""

    ABSENT = "absent"
    FRESH = "à jour"
    LATE = "en retard sur le journal"
    STALE = "d’un autre journal"
    USELESS = "abîmé, ou fait avec d’autres réglages"
    UNREADABLE = "illisible"
    FALSE = "contraire au journal"
    UNKNOWN = "pas comparé : le journal ne se lit pas en entier"


@dataclass
class Findings:
    """What was found in a journal.

    `answers` counts the reviews that stand, `undone` those that were taken back; `first` and `last` are days of answers.
    `conflicts` are lines that say something else than an earlier one of the same id; `repeated` counts those that say
    the same. `unknown` counts the answers about each card that the library does not hold, if there is a library;
    `ahead` are lines of answers dated in the future.
    """

    files: set[str] = field(default_factory=set)
    answers: int = 0
    retractions: int = 0
    undone: int = 0
    repeated: int = 0
    first: date | None = None
    last: date | None = None
    unreadable: list[Line] = field(default_factory=list)
    newer: list[Line] = field(default_factory=list)
    conflicts: list[Line] = field(default_factory=list)
    ahead: list[Line] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    snapshot: Cache = Cache.ABSENT
    copies: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether everything could be read, or was left to a later version."""
        return not self.unreadable

    @property
    def closed(self) -> list[Line]:
        """The files, or the folder, of which nothing could be read."""
        return [line for line in self.unreadable if not line.number]


def verify(
    folder: Path, library: Library, scheduler: Scheduler, past: Past | None, now: datetime
) -> Findings:
    """The findings about a learner's folder."""
    found, facts, every = Findings(), dict[str, Fact](), list[Fact]()
    for line in lines(folder):
        if line.number:
            found.files.add(line.file)
        fact = line.fact
        every += [fact] if fact else []
        if line.why:
            found.unreadable.append(line)
        elif fact is None:
            found.newer.append(line)
        elif fact.id not in facts:
            facts[fact.id] = fact
            if isinstance(fact, Review) and fact.at > now + _CLOCK_AHEAD:
                found.ahead.append(line)
        elif facts[fact.id] == fact:
            found.repeated += 1
        else:
            found.conflicts.append(line)
    _count(found, every, library, past)
    found.retractions = sum(isinstance(fact, Retraction) for fact in facts.values())
    found.snapshot = Cache.UNKNOWN if found.closed else _cache(folder, scheduler, past)
    found.copies = quarantine.copies(folder)
    return found


def _count(found: Findings, facts: list[Fact], library: Library, past: Past | None) -> None:
    given = answers(facts)
    days = [review.day for review in given.standing]
    found.answers, found.undone = len(given.standing), given.undone
    found.first, found.last = min(days, default=None), max(days, default=None)
    for review in given.standing if library.asked else ():
        card = recast(review, past).card if past else review.card
        if is_absent(library, card.subject):
            found.unknown[card.key] += 1


def _cache(folder: Path, scheduler: Scheduler, past: Past | None) -> Cache:
    path, journal = folder / SNAPSHOT, folder / JOURNAL
    try:
        if not mode_of(path):
            return Cache.ABSENT
    except OSError:
        return Cache.UNREADABLE
    state = snapshot.load(path, scheduler, past)
    if state is None:
        return Cache.USELESS
    before = state.segments
    try:
        beyond = reading.read_beyond(journal, before)
    except ChangedError:
        return Cache.STALE
    if not state.absorb(beyond):
        return Cache.LATE
    if state.history != build(reading.read(journal), scheduler, past=past).history:
        return Cache.FALSE
    return Cache.FRESH if state.segments == before else Cache.LATE

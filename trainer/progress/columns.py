"""A history as columns that JSON reads fast: numbers are packed, cards and subjects are named once."""

from __future__ import annotations

from array import array
from binascii import a2b_base64, b2a_base64
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain
from typing import Any, TypeVar

from trainer.glossary.past import Past
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card
from trainer.memory.games import Games, Play, Record
from trainer.memory.history import Confusion, History, Tally
from trainer.memory.schedule import Schedule, Scheduler

K = TypeVar("K")
V = TypeVar("V")
N = TypeVar("N", bound=tuple[Any, ...])

_FACETS = dict(zip("mnxq", Facet, strict=True))
_LETTERS = {facet: letter for letter, facet in _FACETS.items()}


def to_columns(history: History) -> dict[str, Any]:
    """Everything in a history but its scheduler and its past."""
    cards = _places(history.tallies)
    subjects = _places(card.subject for card in cards)
    return {
        "counter": history.counter,
        "subjects": list(subjects),
        "cards": _pack(subjects[card.subject] for card in cards),
        "facets": "".join(_LETTERS[card.facet] for card in cards),
        "scheduled": _pack(map(cards.__getitem__, history.schedules)),
        "schedules": _write_schedules(history.schedules.values()),
        "owed": _pack(map(cards.__getitem__, history.owed)),
        "tallies": _write_tallies(history.tallies.values()),
        "plays": [[card.key for card in history.plays], *_write_tallies(history.plays.values())],
        "introduced": _write_dated(history.introduced, subjects),
        "answered": _write_dated(history.answered, subjects),
        "days": [_write_days(history.days), *_write_tallies(history.days.values())],
        "begun": [_write_days(history.begun), _pack(history.begun.values())],
        "confusions": _write_confusions(history.confusions),
        **_write_games(history.games),
    }


def from_columns(columns: Mapping[str, Any], scheduler: Scheduler, past: Past | None = None) -> History:
    """The history that was made into these columns."""
    subjects = columns["subjects"]
    facets = map(_FACETS.__getitem__, columns["facets"])
    cards = list(_rows(Card, _pick(subjects, columns["cards"]), facets))
    days, *day_tallies = columns["days"]
    played, *plays = columns["plays"]
    begun, counts = columns["begun"]
    return History(
        scheduler,
        schedules=_join(_pick(cards, columns["scheduled"]), _read_schedules(*columns["schedules"])),
        owed=set(_pick(cards, columns["owed"])),
        tallies=_join(cards, _read_tallies(*columns["tallies"])),
        plays=_join(map(Card.parse, played), _read_tallies(*plays)),
        introduced=_read_dated(subjects, *columns["introduced"]),
        answered=_read_dated(subjects, *columns["answered"]),
        days=_join(_read_days(days), _read_tallies(*day_tallies)),
        begun=Counter(_join(_read_days(begun), _unpack(counts))),
        confusions=_read_confusions(*columns["confusions"]),
        games=_read_games(columns["records"], columns["playing"]),
        counter=columns["counter"],
        past=past,
    )


def _pack(numbers: Iterable[float], code: str = "i") -> str:
    return b2a_base64(array(code, numbers), newline=False).decode()


def _unpack(text: str, code: str = "i") -> Iterable[Any]:
    numbers = array(code)
    numbers.frombytes(a2b_base64(text))
    return numbers


def _places(values: Iterable[K]) -> dict[K, int]:
    """Each value once, with its place in the order of first mention."""
    return {value: place for place, value in enumerate(dict.fromkeys(values))}


def _pick(values: Sequence[V], places: str) -> Iterable[V]:
    return map(values.__getitem__, _unpack(places))


def _join(keys: Iterable[K], values: Iterable[V]) -> dict[K, V]:
    return dict(zip(keys, values, strict=True))


def _rows(kind: type[N], *columns: Iterable[Any]) -> Iterable[N]:
    """Named tuples, made without the calls that would take most of the time of a start."""
    return map(partial(tuple.__new__, kind), zip(*columns, strict=True))


def _write_confusions(confusions: Mapping[tuple[str, str], Confusion]) -> list[Any]:
    names = _places(chain.from_iterable(confusions))
    pairs = [_pack(map(names.__getitem__, column)) for column in _transposed(confusions, 2)]
    times, last, *right = _transposed(confusions.values(), len(Confusion._fields))
    return [list(names), *pairs, _pack(times), _write_days(last), *map(_pack, right)]


def _read_confusions(
    names: Sequence[str], asked: str, chosen: str, times: str, last: str, asked_right: str, chosen_right: str
) -> dict[tuple[str, str], Confusion]:
    pairs = zip(_pick(names, asked), _pick(names, chosen), strict=True)
    right = map(_unpack, (asked_right, chosen_right))
    return _join(pairs, _rows(Confusion, _unpack(times), _read_days(last), *right))


def _write_games(games: Games) -> dict[str, list[Any]]:
    return {
        "records": [[pairs, *record] for pairs, record in games.records.items()],
        "playing": [
            [name, play.day.toordinal(), play.took, sorted(play.found), sorted(play.missed)]
            for name, play in games.playing.items()
        ],
    }


def _read_games(records: Iterable[Sequence[int]], playing: Iterable[Sequence[Any]]) -> Games:
    return Games(
        {pairs: Record(*record) for pairs, *record in records},
        {
            name: Play(date.fromordinal(day), took, set(found), set(missed))
            for name, day, took, found, missed in playing
        },
    )


def _write_days(days: Iterable[date]) -> str:
    return _pack(day.toordinal() for day in days)


def _read_days(text: str) -> Iterable[date]:
    ordinals = _unpack(text)
    days = {ordinal: date.fromordinal(ordinal) for ordinal in set(ordinals)}
    return map(days.__getitem__, ordinals)


def _write_dated(days: Mapping[str, date], subjects: Mapping[str, int]) -> list[str]:
    return [_pack(map(subjects.__getitem__, days)), _write_days(days.values())]


def _read_dated(subjects: Sequence[str], places: str, days: str) -> dict[str, date]:
    return _join(_pick(subjects, places), _read_days(days))


def _write_tallies(tallies: Iterable[Tally]) -> list[str]:
    answers, right = _transposed(((tally.answers, tally.right) for tally in tallies), 2)
    return [_pack(answers), _pack(right)]


def _read_tallies(answers: str, right: str) -> Iterable[Tally]:
    return map(Tally, _unpack(answers), _unpack(right))


def _write_schedules(schedules: Iterable[Schedule]) -> list[str]:
    stability, difficulty, last, due, *counts = _transposed(schedules, len(Schedule._fields))
    reals = [_pack(stability, "d"), _pack(difficulty, "d")]
    return [*reals, _write_days(last), _write_days(due), *map(_pack, counts)]


def _read_schedules(
    stability: str, difficulty: str, last: str, due: str, relearning: str, reviews: str, lapses: str
) -> Iterable[Schedule]:
    columns = (
        _unpack(stability, "d"),
        _unpack(difficulty, "d"),
        _read_days(last),
        _read_days(due),
        map(bool, _unpack(relearning)),
        _unpack(reviews),
        _unpack(lapses),
    )
    return _rows(Schedule, *columns)


def _transposed(rows: Iterable[Sequence[Any]], width: int) -> list[Sequence[Any]]:
    return list(zip(*rows, strict=True)) or [()] * width

"""A history as columns that JSON reads fast: numbers are packed, cards and subjects are named once."""

from __future__ import annotations

from array import array
from binascii import a2b_base64, b2a_base64
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain
from math import isfinite
from operator import lt
from typing import Any, TypeVar, get_type_hints

from trainer.glossary.past import Past
from trainer.glossary.records import reader
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card
from trainer.memory.games import Games, Play, Record
from trainer.memory.history import Confusion, History, Tally
from trainer.memory.schedule import Schedule, Scheduler
from trainer.progress.codec import FIRST_YEAR, LAST_YEAR, MOST_COUNTER

K = TypeVar("K")
V = TypeVar("V")
N = TypeVar("N", bound=tuple[Any, ...])

DOUBTS = (
    *(ValueError, KeyError, TypeError, IndexError, AttributeError),
    *(OverflowError, RecursionError),
)
"""All that columns which come from no history make of their readers."""
_FACETS = dict(zip("mnxq", Facet, strict=True))
_MOST_REAL = 100_000.0
"""Days; FSRS believes in no stability of more than a century."""
_FIRST_DAY, _LAST_DAY = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR + 1, 12, 31).toordinal()
_texts = reader(tuple[str, ...])
_integers = reader(tuple[int, ...])
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
        "schedules": _write_rows(Schedule, history.schedules.values()),
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
    """The history that was made into these columns; one of `DOUBTS` if they can have come from none."""
    subjects = _texts(columns["subjects"])
    facets = map(_FACETS.__getitem__, columns["facets"])
    cards = list(_rows(Card, _pick(subjects, columns["cards"]), facets))
    days, *day_tallies = columns["days"]
    played, *plays = columns["plays"]
    begun, counts = columns["begun"]
    counter = columns["counter"]
    if type(counter) is not int or not 0 <= counter <= MOST_COUNTER:
        raise ValueError("no such counter")
    return History(
        scheduler,
        schedules=_join(_pick(cards, columns["scheduled"]), _read_rows(Schedule, columns["schedules"])),
        owed=set(_pick(cards, columns["owed"])),
        tallies=_join(cards, _read_tallies(*columns["tallies"])),
        plays=_join(map(Card.parse, played), _read_tallies(*plays)),
        introduced=_read_dated(subjects, *columns["introduced"]),
        answered=_read_dated(subjects, *columns["answered"]),
        days=_join(_read_days(days), _read_tallies(*day_tallies)),
        begun=Counter(_join(_read_days(begun), _unpack(counts))),
        confusions=_read_confusions(*columns["confusions"]),
        games=_read_games(columns["records"], columns["playing"]),
        counter=counter,
        past=past,
    )


def _pack(numbers: Iterable[float], code: str = "i") -> str:
    return b2a_base64(array(code, numbers), newline=False).decode()


def _unpack(text: str, code: str = "i") -> array[Any]:
    numbers: array[Any] = array(code)
    numbers.frombytes(a2b_base64(text))
    return numbers


def _unpack_reals(text: str) -> Iterable[float]:
    """Stabilities or difficulties, each inside the bounds of FSRS."""
    numbers = _unpack(text, "d").tolist()
    # One that is no number at all escapes the comparisons, but not the sum.
    if numbers and not (min(numbers) > 0 and max(numbers) <= _MOST_REAL and isfinite(sum(numbers))):
        raise ValueError("no such number")
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
    return [list(names), *pairs, _write_rows(Confusion, confusions.values())]


def _read_confusions(
    names: Any, asked: str, chosen: str, rows: Mapping[str, str]
) -> dict[tuple[str, str], Confusion]:
    subjects = _texts(names)
    pairs = zip(_pick(subjects, asked), _pick(subjects, chosen), strict=True)
    return _join(pairs, _read_rows(Confusion, rows))


def _write_games(games: Games) -> dict[str, list[Any]]:
    return {
        "records": [[pairs, *record] for pairs, record in games.records.items()],
        "playing": [
            [name, play.day.toordinal(), play.took, sorted(play.found), sorted(play.missed)]
            for name, play in games.playing.items()
        ],
    }


def _read_games(records: Any, playing: Iterable[Sequence[Any]]) -> Games:
    return Games(
        {pairs: Record(first, took) for pairs, first, took in map(_numbers, records)},
        {name: _play(day, took, found, missed) for name, day, took, found, missed in playing},
    )


def _play(day: int, took: int, found: Any, missed: Any) -> Play:
    ordinal, spent = _numbers([day, took])
    return Play(date.fromordinal(ordinal), spent, set(_texts(found)), set(_texts(missed)))


def _numbers(values: Any) -> Sequence[int]:
    numbers: tuple[int, ...] = _integers(values)
    if min(numbers) < 0:
        raise ValueError("no such number")
    return numbers


def _write_days(days: Iterable[date]) -> str:
    return _pack(day.toordinal() for day in days)


def _read_days(text: str) -> Iterable[date]:
    ordinals = _unpack(text)
    days = {ordinal: date.fromordinal(ordinal) for ordinal in set(ordinals)}
    if days and not _FIRST_DAY <= min(days) <= max(days) <= _LAST_DAY:
        raise ValueError("no such day")
    return map(days.__getitem__, ordinals)


def _write_dated(days: Mapping[str, date], subjects: Mapping[str, int]) -> list[str]:
    return [_pack(map(subjects.__getitem__, days)), _write_days(days.values())]


def _read_dated(subjects: Sequence[str], places: str, days: str) -> dict[str, date]:
    return _join(_pick(subjects, places), _read_days(days))


def _write_tallies(tallies: Iterable[Tally]) -> list[str]:
    answers, right = _transposed(((tally.answers, tally.right) for tally in tallies), 2)
    return [_pack(answers), _pack(right)]


def _read_tallies(answers: str, right: str) -> Iterable[Tally]:
    counts = _unpack(answers), _unpack(right)
    if any(map(lt, *counts)):
        raise ValueError("more right answers than answers")
    return map(Tally, *counts)


_CODECS: Mapping[type, tuple[Callable[[Any], str], Callable[[str], Iterable[Any]]]] = {
    int: (_pack, _unpack),
    bool: (_pack, lambda text: map(bool, _unpack(text))),
    float: (partial(_pack, code="d"), _unpack_reals),
    date: (_write_days, _read_days),
}
"""How a column of each type of field is written and read."""


def _write_rows(kind: type[N], rows: Iterable[N]) -> dict[str, str]:
    """A column for each field of some named tuples, by its name."""
    fields = get_type_hints(kind)
    columns = zip(fields.items(), _transposed(rows, len(fields)), strict=True)
    return {name: _CODECS[type_][0](column) for (name, type_), column in columns}


def _read_rows(kind: type[N], columns: Mapping[str, str]) -> Iterable[N]:
    """The named tuples that were written; KeyError if they had other fields."""
    fields = get_type_hints(kind)
    if columns.keys() != fields.keys():
        raise KeyError(kind.__name__)
    return _rows(kind, *(_CODECS[type_][1](columns[name]) for name, type_ in fields.items()))


def _transposed(rows: Iterable[Sequence[Any]], width: int) -> list[Sequence[Any]]:
    return list(zip(*rows, strict=True)) or [()] * width

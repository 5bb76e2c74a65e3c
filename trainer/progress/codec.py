"""Facts as lines of JSON, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from operator import itemgetter
from typing import Any, NoReturn

from trainer.glossary.decks import Format
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card
from trainer.memory.reviews import Fact, Game, Rating, Retraction, Review

VERSION = 1
"""The version of the lines written here; lines of a higher one are left to the program that wrote them."""

FIRST_YEAR, LAST_YEAR = 1900, 9000
"""Days outside these years are damage, and would overflow the calendar; a clock that lost its power says 1969 or later."""
MOST_COUNTER = 10**12
"""Nobody answers so often; a store that has got there goes on without counting any further."""
MOST_TOOK = 86_400_000
"""Milliseconds; a day, for whoever once measured longer than the minute that is written here."""
MOST_PAIRS = 1_000
"""Pairs of a game."""
LONGEST_LINE = 1_000_000
"""Characters of a line; the longest answer that is kept takes a tenth of them."""

_BYTE_ORDER_MARK = "\ufeff"
"""What some editors put before a text, and copying one file behind another into the middle of it."""
_WORD = re.compile("[a-z][a-z_]{0,29}")
"""How the program names a kind of line, a drill, a facet: one that is not known here may be of a later version."""

_REVIEW = itemgetter(
    *("id", "counter", "device", "card", "rating", "correct"),
    *("at", "day", "took", "format", "answer", "chosen"),
)
_UNDO = itemgetter("id", "counter", "device", "of", "at")

_RATINGS: dict[int | None, Rating | None] = {None: None, **{int(rating): rating for rating in Rating}}
_FORMATS = {form.value: form for form in Format}
_FACETS = frozenset(facet.value for facet in Facet)
_scan = json.JSONDecoder().raw_decode
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_write_ascii = json.JSONEncoder(separators=(",", ":")).encode


class OutOfBoundsError(ValueError):
    """A field holds what no program wrote; says in French which."""


class _LaterError(Exception):
    """A line that is right but for a word that only a later version of the program knows."""


def encode(fact: Fact) -> bytes:
    """A fact as one line, without its end; its time must be aware, and is kept to the millisecond."""
    fields = _review_fields(fact) if isinstance(fact, Review) else _undo_fields(fact)
    try:
        return _write(fields).encode()
    except UnicodeEncodeError:  # half a character, from a broken terminal: only an escape can hold it
        return _write_ascii(fields).encode()


def _review_fields(review: Review) -> dict[str, object]:
    rare: dict[str, object] = {"game": review.game} if review.game else {}
    rare |= {"claimed": True} if review.claimed else {}
    return {
        "v": VERSION,
        "kind": "review",
        "id": review.id,
        "counter": review.counter,
        "device": review.device,
        "card": review.card.key,
        "rating": None if review.rating is None else int(review.rating),
        "correct": review.correct,
        "at": write_time(review.at),
        "day": review.day.isoformat(),
        "took": review.took,
        "format": review.format.value,
        "answer": review.answer,
        "chosen": review.chosen,
        **rare,
    }


def _undo_fields(undo: Retraction) -> dict[str, object]:
    return {
        "v": VERSION,
        "kind": "undo",
        "id": undo.id,
        "counter": undo.counter,
        "device": undo.device,
        "of": undo.of,
        "at": write_time(undo.at),
    }


def decode(line: str | bytes) -> Fact | None:
    """The fact that a line holds; None if a later version of the program wrote it, ValueError if it is damaged."""
    text = line if isinstance(line, str) else line.decode()
    if len(text) > LONGEST_LINE:
        raise OutOfBoundsError(f"la ligne dépasse {LONGEST_LINE} caractères")
    if text[:1] == _BYTE_ORDER_MARK:
        text = text[1:]
    try:
        return _quickly(text) or _thoroughly(text)
    except _LaterError:
        return None
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"not a fact: {error}") from error


def _quickly(text: str) -> Fact | None:
    """The fact of a line as it should be, in a third of the time; None if it takes the reader that tells what is wrong.

    What both readers take for a fact is the same one; this one also lets pass what no field says, nested too deep for the other.
    """
    import orjson  # a start that finds its snapshot reads no line

    if text[:1] != "{":  # unlike the other, this one lets blanks pass
        return None
    try:
        return _fact(orjson.loads(text))
    except (KeyError, TypeError, ValueError):
        return None


def _thoroughly(text: str) -> Fact:
    fields, end = _scan(text)
    return _fact(fields, is_alone=not text[end:].strip())


def _fact(fields: dict[str, Any], is_alone: bool = True) -> Fact:
    """The fact of an object that stands alone on its line, or does not."""
    version = fields["v"]
    if type(version) is int and version > VERSION:
        raise _LaterError
    if type(version) is not int or version < 1 or not is_alone:
        raise ValueError("not one object of a known version")
    kind = fields["kind"]
    read = _READERS.get(kind)
    return read(fields) if read else _later("kind", kind)


def _later(field: str, word: object) -> NoReturn:
    """Leave a line to the program that knows this word; OutOfBoundsError if none would have written it."""
    if type(word) is str and _WORD.fullmatch(word):
        raise _LaterError
    raise _outside(field)


def _review(fields: dict[str, Any]) -> Review:
    name, counter, device, card, rating, correct, at, day, took, form, answer, chosen = _REVIEW(fields)
    # Spelt out because a start without snapshot reads every answer ever given.
    if not (
        type(name) is type(device) is type(card) is type(answer) is type(chosen) is str
        and type(counter) is type(took) is int
        and type(correct) is bool
        and (rating is None or type(rating) is int)
    ):
        raise ValueError("a field is of the wrong type")
    if rating not in _RATINGS:
        raise _outside("rating")
    if not 0 <= counter <= MOST_COUNTER:
        raise _outside("counter")
    if not 0 <= took <= MOST_TOOK:
        raise _outside("took")
    known = (_RATINGS[rating], correct, read_time(at), _day(day), took)
    game = fields.get("game")  # only pairs have one, and only since there are scores
    played = None if game is None else _game(game)
    claimed = fields.get("claimed", False) is True
    # Last of all the words that a later version may have added: whatever else is wrong is damage.
    subject, drill = _card(card), _FORMATS.get(form) or _later("format", form)
    return Review._make((name, counter, device, subject, *known, drill, answer, chosen, played, claimed))


def _outside(field: str) -> OutOfBoundsError:
    return OutOfBoundsError(f"le champ « {field} » est hors limites, ou sa valeur est inconnue")


@cache
def _card(key: str) -> Card:
    subject, _, facet = key.rpartition("/")
    if subject and facet not in _FACETS:
        _later("card", facet)
    return Card.parse(key)


def _game(fields: Any) -> Game:
    name, pairs = fields
    if not (type(name) is str and type(pairs) is int):
        raise ValueError("a field is of the wrong type")
    if not 0 < pairs <= MOST_PAIRS:
        raise _outside("game")
    return Game(name, pairs)


def _undo(fields: dict[str, Any]) -> Retraction:
    name, counter, device, of, at = _UNDO(fields)
    if not (type(name) is type(device) is type(of) is str and type(counter) is int):
        raise ValueError("a field is of the wrong type")
    if not 0 <= counter <= MOST_COUNTER:
        raise _outside("counter")
    return Retraction(name, counter, device, of, read_time(at))


_READERS: dict[str, Callable[[dict[str, Any]], Fact]] = {"review": _review, "undo": _undo}


@cache
def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _outside("day")
    return day


def write_time(at: datetime) -> str:
    """An instant in UTC: «2026-03-01T09:30:00.123Z»."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


def read_time(text: str) -> datetime:
    """The instant that `write_time` wrote; ValueError if it is none, or of a year that no clock says."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is not UTC:
        raise ValueError(f"not in UTC: {text}")
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise _outside("at")
    return at

"""Facts as lines of JSON, and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from operator import itemgetter
from typing import Any

from trainer.glossary.decks import Format
from trainer.memory.cards import Card
from trainer.memory.reviews import Fact, Game, Rating, Retraction, Review

VERSION = 1
"""The version of the lines written here; lines of a higher one are left to the program that wrote them."""

_FIRST_YEAR, _LAST_YEAR = 1900, 9000
"""Days outside these years are damage, and would overflow the calendar; a clock that lost its power says 1969 or later."""

_REVIEW = itemgetter(
    *("id", "counter", "device", "card", "rating", "correct"),
    *("at", "day", "took", "format", "answer", "chosen"),
)
_UNDO = itemgetter("id", "counter", "device", "of", "at")

_RATINGS: dict[int | None, Rating | None] = {None: None, **{int(rating): rating for rating in Rating}}
_FORMATS = {form.value: form for form in Format}
_card = cache(Card.parse)
_scan = json.JSONDecoder().raw_decode
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_write_ascii = json.JSONEncoder(separators=(",", ":")).encode


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
    try:
        fields, end = _scan(text)
        version, kind = fields["v"], fields["kind"]
        if type(version) is int and version > VERSION:
            return None
        if type(version) is not int or version < 1 or (end != len(text) and text[end:].strip()):
            raise ValueError("not one object of a known version")
        return _READERS[kind](fields)
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"not a fact: {error}") from error


def _review(fields: dict[str, Any]) -> Review:
    name, counter, device, card, rating, correct, at, day, took, form, answer, chosen = _REVIEW(fields)
    # Spelt out because a start without snapshot reads every answer ever given.
    if not (
        type(name) is type(device) is type(card) is type(answer) is type(chosen) is str
        and type(counter) is type(took) is int
        and type(correct) is bool
        and (rating is None or type(rating) is int)
        and counter >= 0
        and took >= 0
    ):
        raise ValueError("a field is of the wrong type")
    known = (_card(card), _RATINGS[rating], correct, read_time(at), _day(day), took, _FORMATS[form])
    game = fields.get("game")  # only pairs have one, and only since there are scores
    claimed = fields.get("claimed", False) is True
    return Review._make(
        (name, counter, device, *known, answer, chosen, None if game is None else _game(game), claimed)
    )


def _game(fields: Any) -> Game:
    name, pairs = fields
    if not (type(name) is str and type(pairs) is int and pairs > 0):
        raise ValueError("a field is of the wrong type")
    return Game(name, pairs)


def _undo(fields: dict[str, Any]) -> Retraction:
    name, counter, device, of, at = _UNDO(fields)
    if not (type(name) is type(device) is type(of) is str and type(counter) is int and counter >= 0):
        raise ValueError("a field is of the wrong type")
    return Retraction(name, counter, device, of, read_time(at))


_READERS: dict[str, Callable[[dict[str, Any]], Fact]] = {"review": _review, "undo": _undo}


@cache
def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(f"no such day: {text}")
    return day


def write_time(at: datetime) -> str:
    """An instant in UTC: «2026-03-01T09:30:00.123Z»."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


def read_time(text: str) -> datetime:
    """The instant that `write_time` wrote; ValueError if it is none."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is not UTC:
        raise ValueError(f"not in UTC: {text}")
    return at

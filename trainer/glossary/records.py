"""Values from JSON, by the declared types of their fields: what does not fit is refused, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, TypeAlias, TypeVar, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Read: TypeAlias = Callable[[Any], Any]

_AS_THEY_ARE = (str, int, bool)
"""Types that JSON gives back as they were."""


def shape(kind: type) -> str:
    """The fields of a kind of record, by name and type; what has another shape was written by another program."""
    return f"{kind.__name__}{kind.__annotations__}"


def read_all(kind: type[T], rows: Any) -> tuple[T, ...]:
    """The values of one type that a list holds; ValueError, KeyError or TypeError if it is none."""
    read: Callable[[Any], T] = reader(cast("Any", kind))
    return _each(read, rows)


@cache
def reader(kind: Any) -> Read:
    """A function from JSON to a value of that type, which raises ValueError, KeyError or TypeError for anything else.

    TypeError if nobody has said how values of such a type are written.
    """
    origin, inside = get_origin(kind), get_args(kind)
    if kind in _AS_THEY_ARE:
        return partial(_exactly, kind)
    if kind is date:
        return date.fromisoformat
    if kind == tuple[str, ...]:
        return _texts
    if origin is tuple and inside[1:] == (...,):
        return partial(_each, reader(inside[0]))
    if origin is UnionType and inside[1:] == (NoneType,):
        return partial(_optional, reader(inside[0]))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {member.value: member for member in kind}.__getitem__
    if hasattr(kind, "_fields"):
        hints = list(enumerate(get_type_hints(kind).values()))
        plain = [(place, hint) for place, hint in hints if hint in _AS_THEY_ARE]
        others = [(place, reader(hint)) for place, hint in hints if hint not in _AS_THEY_ARE]
        return partial(_record, kind, len(hints), plain, others)
    raise TypeError(f"no way to read {kind}")


def _exactly(kind: type[T], value: Any) -> T:
    if type(value) is not kind:
        raise TypeError(f"not of type {kind}: {value!r}")
    return value


def _texts(values: Any) -> tuple[str, ...]:
    if type(values) is not list or not set(map(type, values)) <= {str}:
        raise TypeError("not a list of texts")
    return tuple(values)


def _each(read: Callable[[Any], T], values: Any) -> tuple[T, ...]:
    return tuple(map(read, _exactly(list, values)))


def _optional(read: Read, value: Any) -> Any:
    return None if value is None else read(value)


def _record(
    kind: Callable[..., T],
    length: int,
    plain: Sequence[tuple[int, type]],
    others: Sequence[tuple[int, Read]],
    values: Any,
) -> T:
    """A record from the list of its fields: those that JSON gives back as they were, and those to be read."""
    if type(values) is not list or len(values) != length:
        raise TypeError("not the fields of a record")
    # Spelt out because a start reads every hand-written question.
    for place, expected in plain:
        if type(values[place]) is not expected:
            raise TypeError(f"not of type {expected}: {values[place]!r}")
    for place, read in others:
        values[place] = read(values[place])
    return kind(*values)

"""The parsed library kept as JSON beside the data, so that a start reads YAML only when some file has changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from trainer.content.loaded import ENDINGS, QUIZZES, TERMS, Loaded
from trainer.glossary.decks import Deck, Format, Library, OwnQuestion
from trainer.glossary.past import Past
from trainer.glossary.problems import Problem, Severity
from trainer.glossary.terms import Category, Facet, Kind, LateTerms, Source, Term

FORMAT = 6
"""To be raised whenever the readers, or what they make, change."""

_MOST_READ = 65_000_000
"""Bytes of a file that tell it from another; of one that is longer than a glossary may be, nothing is understood."""


def load_library(root: Path, folder: Path, write: Callable[[Path, bytes], None]) -> Loaded:
    """The library under a directory, from the cache in `folder` if nothing has changed since it was written.

    The cache is never needed: missing, damaged or out of date, it is made anew, and failing to write it is no harm.
    """
    key = _key(root)
    path = folder / f"library-{crc32(_bytes(str(root.absolute()))):08x}.json"
    loaded = _read(path, key)
    if loaded is None:
        from trainer.content.library import load_library as read_library

        loaded = read_library(root)
        if key is not None:
            with suppress(OSError):
                write(path, _dump(key, loaded))
    return loaded


def _key(root: Path) -> list[Any] | None:
    """What the files are: name, size, time and checksum of each; None if they cannot be read."""
    try:
        quizzes = sorted((root / QUIZZES).iterdir()) if (root / QUIZZES).is_dir() else []
        files = [root / TERMS, *(path for path in quizzes if path.suffix in ENDINGS)]
        return [FORMAT, str(Path.cwd()), *(_stamp(path) for path in files if path.is_file())]
    except OSError:
        return None


def _stamp(path: Path) -> list[Any]:
    status = path.stat()
    with path.open("rb") as file:
        return [path.name, status.st_size, status.st_mtime_ns, crc32(file.read(_MOST_READ))]


def _read(path: Path, key: list[Any] | None) -> Loaded | None:
    """The library of a cache that is whole and has this key; its terms are taken from their lines when asked for."""
    try:
        checksum, _, rest = path.read_bytes().partition(b"\n")
        if key is None or int(checksum, 16) != crc32(rest):
            return None
        head, _, lines = rest.partition(b"\n")
        cached = json.loads(head)
        return _loaded(cached, lines) if cached["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return None


def _dump(key: list[Any], loaded: Loaded) -> bytes:
    """A checksum, a line for everything but the terms, and a line for each term."""
    library = loaded.library
    head = {
        "key": key,
        "facets": {term: " ".join(facets) for term, facets in library.facets.items()},
        "decks": [_row(deck) for deck in library.decks.values()],
        "categories": list(library.categories.values()),
        "sources": list(library.sources.values()),
        "problems": loaded.problems,
        "renamed": dict(library.past.renamed),
        "changed": {term: day.isoformat() for term, day in library.past.changed.items()},
    }
    whole = "\n".join(map(_json, (head, *library.terms.values())))
    data = _bytes(whole)
    return b"%08x\n%b" % (crc32(data), data)


def _bytes(text: str) -> bytes:
    """Text as JSON reads it back, names of files that are not text included."""
    return text.encode(errors="surrogatepass")


def _json(item: Any) -> str:
    return json.dumps(item, ensure_ascii=False, separators=(",", ":"), default=_row)


def _row(item: Any) -> list[Any]:
    return [getattr(item, field.name) for field in fields(item)]


def _loaded(cached: dict[str, Any], lines: bytes) -> Loaded:
    terms = _terms(cached["facets"], lines)
    decks = {row[0]: _deck(row) for row in cached["decks"]}
    categories = {row[0]: Category(*row) for row in cached["categories"]}
    sources = {row[0]: Source(*row) for row in cached["sources"]}
    problems = tuple(Problem(row[0], row[1], row[2], row[3], Severity(row[4])) for row in cached["problems"])
    changed = {term: date.fromisoformat(day) for term, day in cached["changed"].items()}
    past = Past(cached["renamed"], changed)
    return Loaded(Library(terms, decks, categories, sources, past), problems)


_KINDS = {kind.value: kind for kind in Kind}
_FACETS = {facet.value: facet for facet in Facet}


def _terms(facets: Mapping[str, str], lines: bytes) -> LateTerms:
    known = {text: tuple(map(_FACETS.__getitem__, text.split())) for text in set(facets.values())}
    if lines.count(b"\n") != max(len(facets) - 1, 0):
        raise ValueError("terms and lines do not match")
    line_of = cache(lambda: dict(zip(facets, lines.split(b"\n"), strict=True)))
    return LateTerms(
        dict(zip(facets, map(known.__getitem__, facets.values()), strict=True)),
        lambda term: _term(json.loads(line_of()[term])),
    )


def _term(row: Sequence[Any]) -> Term:
    values: list[Any] = [tuple(value) if type(value) is list else value for value in row]
    values[3] = _KINDS[row[3]]
    values[-1] = tuple(_FACETS[facet] for facet in row[-1])
    return Term(*values)


def _deck(row: Sequence[Any]) -> Deck:
    deck_id, title, terms, questions, drills, *rest = row
    own = tuple(OwnQuestion(*map(_tupled, question)) for question in questions)
    return Deck(deck_id, title, tuple(terms), own, tuple(map(Format, drills)), *rest)


def _tupled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value

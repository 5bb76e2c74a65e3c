"""The parsed library kept as JSON beside the data, so that a start reads YAML only when some file has changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from zlib import crc32

from trainer.content.folder import contents
from trainer.content.loaded import Loaded
from trainer.errors import ContentError
from trainer.glossary.decks import Deck, Library, OwnQuestion
from trainer.glossary.past import Past
from trainer.glossary.problems import Problem
from trainer.glossary.records import read_all, reader, shape
from trainer.glossary.terms import Category, Facet, LateTerms, Source, Term

FORMAT = 6
"""To be raised whenever the readers change; what they make tells by itself when it does."""

_MOST_READ = 65_000_000
"""Bytes of a file that tell it from another; of one that is longer than a glossary may be, nothing is understood."""
_RECORDS = (Term, Deck, OwnQuestion, Category, Source, Problem, Past, Library)
_DOUBTS = (
    *(OSError, ValueError, KeyError, TypeError, IndexError, AttributeError),
    *(OverflowError, RecursionError),
)
"""All that a cache which is not what it should be makes of its readers."""
Write = Callable[[Path, bytes], None]
Later = Callable[[Callable[[], None]], None]
"""Somebody who does things when there is time for them."""


def at_once(action: Callable[[], None]) -> None:
    """Do something now."""
    action()


def load_library(root: Path, folder: Path, write: Write | None, later: Later = at_once) -> Loaded:
    """The library under a directory, from the cache in `folder` if nothing has changed since it was written.

    The cache is never needed: missing, damaged, doubtful or out of date, it is made anew if somebody may `write` it, at
    once or `later`, and failing to write it is no harm.
    """
    key = _key(root)
    path = folder / f"library-{crc32(_bytes(str(root.absolute()))):08x}.json"

    def anew(later: Later = at_once) -> Loaded:
        from trainer.content.library import load_library as read_library

        loaded = read_library(root)

        def keep() -> None:
            if write is not None and key is not None and loaded.library.terms:
                with suppress(*_DOUBTS):
                    write(path, _dump(key, loaded))

        later(keep)
        return loaded

    return _read(path, key, root, anew) or anew(later)


def _key(root: Path) -> list[Any] | None:
    """What the files are: what is said of their names, then name, size, time and checksum of each, and what is made of them.

    None if they cannot be read.
    """
    try:
        found = contents(root)
        files = [found.glossary, *found.decks]
        told = [[problem.path, problem.message] for problem in found.problems]
        stamps = [_stamp(path) for path in files if path.is_file()]
        shapes = crc32("".join(map(shape, _RECORDS)).encode())
        return [FORMAT, shapes, str(Path.cwd()), told, *stamps]
    except OSError:
        return None


def _stamp(path: Path) -> list[Any]:
    status = path.stat()
    with path.open("rb") as file:
        return [path.name, status.st_size, status.st_mtime_ns, crc32(file.read(_MOST_READ))]


def _read(path: Path, key: list[Any] | None, root: Path, anew: Callable[[], Loaded]) -> Loaded | None:
    """The library of a cache that is whole and has this key; its terms are taken from their lines when asked for."""
    try:
        checksum, _, rest = path.read_bytes().partition(b"\n")
        if key is None or int(checksum, 16) != crc32(rest):
            return None
        head, _, lines = rest.partition(b"\n")
        cached = json.loads(head)
        return _loaded(cached, lines, root, anew) if cached["key"] == key else None
    except _DOUBTS:
        return None


def _dump(key: list[Any], loaded: Loaded) -> bytes:
    """A checksum, a line for everything but the terms, and a line for each term; TypeError if a field fits no JSON."""
    library = loaded.library
    head = {
        "key": key,
        "facets": {term: " ".join(facets) for term, facets in library.facets.items()},
        "decks": list(library.decks.values()),
        "categories": list(library.categories.values()),
        "sources": list(library.sources.values()),
        "problems": loaded.problems,
        "renamed": dict(library.past.renamed),
        "changed": dict(library.past.changed),
    }
    whole = "\n".join(map(_json, (head, *library.terms.values())))
    data = _bytes(whole)
    return b"%08x\n%b" % (crc32(data), data)


def _bytes(text: str) -> bytes:
    """Text as JSON reads it back, names of files that are not text included."""
    return text.encode(errors="surrogatepass")


def _json(item: Any) -> str:
    return json.dumps(item, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)


def _loaded(cached: Mapping[str, Any], lines: bytes, root: Path, anew: Callable[[], Loaded]) -> Loaded:
    """What a cache holds; one of the errors of a doubt if a part is not what it should be, or names what is not there."""
    decks = _by_id(Deck, cached["decks"])
    categories, sources = _by_id(Category, cached["categories"]), _by_id(Source, cached["sources"])
    problems = read_all(Problem, cached["problems"])
    past = Past(_by_name(str, cached["renamed"]), _by_name(date, cached["changed"]))
    facets = _facets(cached["facets"])
    if not {term for deck in decks.values() for term in _named(deck)} <= facets.keys():
        raise ValueError("a deck names a term that is not there")
    rows = _Rows(facets, lines, categories, sources, root, anew)
    return Loaded(Library(LateTerms(facets, rows.term), decks, categories, sources, past), problems)


def _by_id(kind: type[Any], rows: Any) -> dict[str, Any]:
    return {each.id: each for each in read_all(kind, rows)}


def _by_name(kind: type[Any], values: Mapping[str, Any]) -> dict[str, Any]:
    return dict(zip(values, read_all(kind, list(values.values())), strict=True))


def _facets(texts: Mapping[str, str]) -> dict[str, tuple[Facet, ...]]:
    """From which sides each term may be asked; most of the terms share a few answers."""
    known = {text: read_all(Facet, text.split()) for text in set(texts.values())}
    return dict(zip(texts, map(known.__getitem__, texts.values()), strict=True))


def _named(deck: Deck) -> Iterator[str]:
    yield from deck.terms
    for question in deck.questions:
        yield from question.terms


class _Rows:
    """The lines of the terms, each understood when somebody asks for it; the files answer once a line is doubtful."""

    def __init__(
        self,
        facets: Mapping[str, tuple[Facet, ...]],
        lines: bytes,
        categories: dict[str, Category],
        sources: dict[str, Source],
        root: Path,
        anew: Callable[[], Loaded],
    ) -> None:
        if lines.count(b"\n") != max(len(facets) - 1, 0):
            raise ValueError("terms and lines do not match")
        self._facets, self._lines, self._root = facets, lines, root
        self._categories, self._sources = categories, sources
        self._anew = cache(anew)
        self._read = reader(Term)

    @cached_property
    def _by_term(self) -> dict[str, bytes]:
        return dict(zip(self._facets, self._lines.split(b"\n"), strict=True))

    def term(self, term_id: str) -> Term:
        """The term of that id; ContentError if neither its line nor a file says any more what it is."""
        try:
            term: Term = self._read(json.loads(self._by_term[term_id]))
            if self._is_credible(term_id, term):
                return term
        except _DOUBTS:
            pass
        library = self._anew().library
        # Such a cache may have lost what the term names.
        self._categories.update(library.categories)
        self._sources.update(library.sources)
        found = library.terms.get(term_id)
        if found is None:
            raise ContentError(f"{self._root} : le contenu vient de changer ; relancez trainer.")
        return found

    def _is_credible(self, term_id: str, term: Term) -> bool:
        """Whether a term is the one that was asked for, and names only what is there."""
        others = {*term.confusable, *term.never_with}
        return (
            (term.id, term.facets) == (term_id, self._facets[term_id])
            and term.category in self._categories
            and self._sources.keys() >= set(term.sources)
            and self._facets.keys() >= others
        )

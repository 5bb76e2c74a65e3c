"""Searching the glossary: accents, case and word order do not matter."""

from __future__ import annotations

from functools import lru_cache

from trainer.glossary.decks import Library
from trainer.glossary.spelling import unaccented
from trainer.glossary.terms import Term


@lru_cache(maxsize=32768)
def _haystacks(term: Term) -> tuple[frozenset[str], str, str]:
    """Each of its names, all of them, and all of them with everything else that is said of it."""
    every = (*term.names, term.english)
    names = " ".join(every)
    whole = unaccented(" ".join((names, term.definition)))
    return frozenset(map(unaccented, every)), unaccented(names), whole


def search(library: Library, text: str) -> list[Term]:
    """The terms that contain every word of the text: those of that very name first, then by name, then by definition.

    Alphabetical within each.
    """
    needles = unaccented(text).split()
    whole = " ".join(needles)
    ranked = []
    for term in library.terms.values():
        each, names, everything = _haystacks(term)
        if all(needle in everything for needle in needles):
            named = 1 if all(needle in names for needle in needles) else 2
            rank = 0 if whole in each else named
            starts = 0 if needles and names.startswith(needles[0]) else 1
            ranked.append((rank, starts, unaccented(term.term), term))
    ranked.sort(key=lambda item: item[:3])
    return [term for *_, term in ranked]

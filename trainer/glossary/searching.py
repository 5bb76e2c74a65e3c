"""Searching the glossary: accents, case and word order do not matter."""

from __future__ import annotations

from functools import lru_cache

from trainer.glossary.decks import Library
from trainer.glossary.spelling import unaccented
from trainer.glossary.terms import Term


@lru_cache(maxsize=32768)
def _haystacks(term: Term) -> tuple[str, str]:
    """Its names, and its names with everything else that is said of it."""
    names = " ".join((*term.names, term.english))
    return unaccented(names), unaccented(" ".join((names, term.definition)))


def search(library: Library, text: str) -> list[Term]:
    """The terms that contain every word of the text: by name first, then by definition; alphabetical."""
    needles = unaccented(text).split()
    ranked = []
    for term in library.terms.values():
        names, everything = _haystacks(term)
        if all(needle in everything for needle in needles):
            rank = 0 if all(needle in names for needle in needles) else 1
            starts = 0 if needles and names.startswith(needles[0]) else 1
            ranked.append((rank, starts, unaccented(term.term), term))
    ranked.sort(key=lambda item: item[:3])
    return [term for *_, term in ranked]

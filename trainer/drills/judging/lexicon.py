"""The lexicon: which terms a text names, exactly or nearly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

from trainer.glossary.decks import Library
from trainer.glossary.spelling import bare, fold, is_acronym, letters

_ALTERNATIVES = re.compile(r"[;,()/]")


class Lexicon:
    """Every name of every term, folded and without spaces: who else could an answer mean.

    Acronyms stand apart from words, so that «taux» is not taken for TAL.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._worded: dict[str, set[str]] = {}
        self._acronyms: dict[str, set[str]] = {}
        self._english: dict[str, set[str]] = {}
        for term in library.terms.values():
            for name in term.names:
                if is_acronym(name):
                    self._acronyms.setdefault(letters(name), set()).add(term.id)
                else:
                    self._worded.setdefault(joined(name), set()).add(term.id)
            for name in _ALTERNATIVES.split(term.english):
                if joined(name) and not is_acronym(name.strip()):
                    self._english.setdefault(joined(name), set()).add(term.id)
        self._by_length: dict[int, list[str]] = {}
        for name in self._worded:
            self._by_length.setdefault(len(name), []).append(name)

    def named(self, text: str) -> set[str]:
        """The ids of the terms that this text names exactly."""
        return self._worded.get(joined(text), set()) | self.acronym(text)

    def acronym(self, text: str) -> set[str]:
        """The ids of the terms of which this text is an acronym."""
        return self._acronyms.get(letters(text), set()) | self._acronyms.get(bare(text), set())

    def english(self, text: str) -> set[str]:
        """The ids of the terms that this text names in English, where English is no right answer."""
        return self._english.get(joined(text), set())

    def names(self, terms: Iterable[str]) -> Iterator[str]:
        """Every name of those of these ids that are terms."""
        for term in terms:
            if term in self._library.terms:
                yield from self._library.terms[term].names

    def nearest_other(self, text: str, own: set[str], within: int) -> int:
        """The least distance, up to `within`, from a joined text to a name of none of these terms."""
        lengths = range(len(text) - within, len(text) + within + 1)
        names = [name for length in lengths for name in self._by_length.get(length, ())]
        found = process.extract(text, names, scorer=OSA.distance, score_cutoff=within, limit=None)
        distances = [distance for name, distance, _ in found if not self._worded[name] <= own]
        return int(min(distances, default=within + 1))

    def equivalents(self, terms: set[str]) -> set[str]:
        """The terms that are too close to one of these to be a wrong answer for it."""
        return {other for term in terms for other in self._library.never_with(term)}


def joined(text: str) -> str:
    """A folded text without its spaces: «call-back» and «callback» meet."""
    return fold(text).replace(" ", "")

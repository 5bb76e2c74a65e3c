"""Mentions: the names that a longer answer holds, as in «DMT (durée moyenne de traitement)»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from trainer.glossary.spelling import fold, is_acronym, kept_words, letters, singular, words

# Letters with dots between them: «D.M.T.».
_DOTTED = re.compile(r"\b[^\W\d_](?:\.\s?[^\W\d_])+\b\.?")
_LINKS = frozenset("ou soit c est dire veut signifie alias".split())
"""What may stand between two names of one thing: «ou», «c’est-à-dire»."""
_MOST_WORDS = 20
"""An answer that is longer is a discourse."""


class Mentions:
    """The accepted texts that an answer holds, and the rest.

    `accepted` are those found, the longest first; `rest` is what stands beside them and beside other names of the same
    terms, articles, links and initials apart, empty where none is found. Both are empty in a discourse.
    """

    def __init__(self, text: str, accepted: Iterable[str], names: Iterable[str]) -> None:
        dotless = _DOTTED.sub(lambda found: re.sub(r"[.\s]", "", found[0]) + " ", text)
        self._written = kept_words(dotless)
        self._words = [*map(singular, self._written)]
        self._taken = [False] * len(self._words)
        if len(self._words) > _MOST_WORDS:
            accepted = names = ()
        # What is taken away no later name can have: accepted texts before other names, long ones before short.
        self.accepted = [form for form in _longest_first(accepted) if self._take(form)]
        others = [name for name in _longest_first(names) if self._take(name)]
        beside = self._left(_initials([*self.accepted, *others]))
        self.rest = " ".join(beside) if any(self._taken) else ""

    def _take(self, name: str) -> bool:
        """Take the words of a name away, wherever they stand together."""
        acronym = is_acronym(name)
        pattern = [letters(name)] if acronym else fold(name).split()
        if not pattern:
            return False
        said = self._written if acronym else self._words
        size, found = len(pattern), False
        for start in range(len(said) - size + 1):
            free = not any(self._taken[start : start + size])
            if free and said[start : start + size] == pattern:
                self._taken[start : start + size] = [True] * size
                found = True
        return found

    def _left(self, initials: set[str]) -> Iterator[str]:
        for word, taken in zip(self._words, self._taken, strict=True):
            if not taken and word not in _LINKS and word not in initials:
                yield word

    def spans(self) -> Iterator[str]:
        """Words that stand together, not all of them of an accepted text."""
        count = len(self._words)
        for start in range(count):
            for end in range(start + 1, count + 1):
                if not all(self._taken[start:end]):
                    yield " ".join(self._words[start:end])


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=len, reverse=True)


def _initials(names: Iterable[str]) -> set[str]:
    """The acronyms that one could make of these names, with and without small words."""
    return {
        "".join(word[0] for word in found) for name in names for found in (words(name), fold(name).split())
    }

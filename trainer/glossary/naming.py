"""Naming: which terms a text speaks of by one of their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from trainer.glossary.spelling import genderless, is_acronym
from trainer.glossary.terms import Term


class Names:
    """The names of some terms, made ready once for all the texts in which they are looked for."""

    def __init__(self, terms: Iterable[Term]) -> None:
        named = [(name, term.id) for term in terms for name in term.names]
        self._order = tuple(dict.fromkeys(term for _, term in named))
        self._acronyms: list[tuple[str, str]] = []
        # By their first word: a text has few words, a glossary many names.
        self._words = defaultdict[str, list[tuple[str, str]]](list)
        for name, term in named:
            padded = _padded_name(name)
            if padded:
                first_word = padded.split(" ", 2)[1]
                self._words[first_word].append((padded, term))
            else:
                self._acronyms.append((name, term))

    def within(self, text: str) -> list[str]:
        """The ids of the terms that a text names: words in any number and gender, acronyms as they are written."""
        plain = _padded(text)
        named = chain.from_iterable(self._words.get(word, ()) for word in plain.split())
        found = {term for name, term in named if name in plain}
        found |= {term for name, term in self._acronyms if name in text and _is_written(name, text)}
        return [term for term in self._order if term in found]


def _is_written(acronym: str, text: str) -> bool:
    """Whether an acronym stands in a text as it is written: «ces jours» does not speak of the CES."""
    start = text.find(acronym)
    while start >= 0:
        end = start + len(acronym)
        is_plural = text[end : end + 1] == "s"
        if not (
            _is_of_word(text[start - 1 : start]) or _is_of_word(text[end + is_plural : end + is_plural + 1])
        ):
            return True
        start = text.find(acronym, start + 1)
    return False


def _is_of_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


@lru_cache(maxsize=65536)
def _padded_name(name: str) -> str:
    """A name as it is looked for among words, worked out once for all decks; nothing if it is an acronym."""
    return "" if is_acronym(name) else _padded(name)


def _padded(text: str) -> str:
    """A folded text between spaces, so that only whole words are found in it."""
    return f" {genderless(text)} "

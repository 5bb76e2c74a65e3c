"""Masking: a definition without the words that would give its term away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from trainer.glossary.spelling import STOP_WORDS, akin, content_words, singular, unaccented
from trainer.glossary.terms import Term

BLANK = "[…]"
"""Of one width whatever it hides, so that its length tells nothing."""
LEAST_WORDS = 5
"""Content words that must remain for a definition to make sense."""
MOST_BLANKED = 0.25
"""The share of content words that may be hidden."""

_TOKEN = re.compile(r"[^\W_]+", re.UNICODE)
_ARTICLE = r"(?:\b(?:le|la|les|un|une|des|du|de la|de|au|aux|ce|cet|cette|ces)\s+|\b(?:[ldcs]|qu)[’'])"
_SWALLOW = re.compile(rf"{_ARTICLE}{{0,2}}{re.escape(BLANK)}", re.IGNORECASE)
_REPEATED = re.compile(rf"{re.escape(BLANK)}(?:[\s\u00a0/-]*(?:\(\s*)?{re.escape(BLANK)}\)?)+")


@lru_cache(maxsize=32768)
def roots(term: Term) -> frozenset[str]:
    """The words that name a term: those of its headword, acronym, expansion and synonyms."""
    return frozenset(word for name in term.names for word in content_words(name) if len(word) > 1)


@lru_cache(maxsize=32768)
def shown(term: Term) -> frozenset[str]:
    """The words of the name under which a term stands in a question."""
    return frozenset(word for word in content_words(term.term) if len(word) > 1)


def hidden_roots(term: Term, others: Iterable[Term] = ()) -> frozenset[str]:
    """What to hide in what a term means, when these others are options beside it: all its own words, and those that
    the others show; but not what the names of all of them share, which tells nothing."""
    own, *beside = roots(term), *map(shown, others)
    union = own.union(*beside)
    if not beside:
        return union
    shared = {
        word for word in union if all(any(akin(word, other) for other in each) for each in (own, *beside))
    }
    return union - shared


def mask(text: str, hidden: frozenset[str]) -> str | None:
    """The text with the hidden words blanked; None if too little of it would remain."""
    masked, kept, blanked = [], 0, 0
    position = 0
    for token in _TOKEN.finditer(text):
        folded = unaccented(token.group())
        if folded in STOP_WORDS:
            continue
        if _gives_away(singular(folded), hidden):
            masked.append(text[position : token.start()] + BLANK)
            position = token.end()
            blanked += 1
        else:
            kept += 1
    if not blanked:
        return text
    if kept < LEAST_WORDS or blanked > MOST_BLANKED * (kept + blanked):
        return None
    return _tidy("".join(masked) + text[position:])


def _tidy(text: str) -> str:
    """One blank for several in a row, its article swallowed since it would betray the gender."""
    merged = _REPEATED.sub(BLANK, _SWALLOW.sub(BLANK, text))
    return _REPEATED.sub(BLANK, merged)


@lru_cache(maxsize=65536)
def _gives_away(word: str, hidden: frozenset[str]) -> bool:
    return word in hidden or any(akin(word, root) for root in hidden)


def described(term: Term, hidden: frozenset[str]) -> str | None:
    """What the term means, in words that do not give it away; None if it cannot be said."""
    first = term.quiz_definition or term.definition
    return mask(first, hidden) or (mask(term.definition, hidden) if term.quiz_definition else None)

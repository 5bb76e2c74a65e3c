"""Rivals: pairs of terms to tell apart, the learner's own confusions before those that everybody makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from random import Random
from typing import NamedTuple

from trainer.drills.posing.masking import described, hidden_roots
from trainer.glossary.decks import Library
from trainer.glossary.pairs import opposable
from trainer.glossary.terms import Facet, Term
from trainer.memory import confusions
from trainer.memory.history import History

MOST_PAIRS = 10
"""Pairs of one session; each makes two questions."""
MOST_RIVALS = 4
"""Pairs of a session about one term, whose description comes back in each."""

Duo = tuple[str, str]
"""The ids of two terms."""


class Rivals(NamedTuple):
    """The pairs of a session, the most pressing first; `own` tells that the learner confused each of them."""

    pairs: tuple[Duo, ...] = ()
    own: bool = False


def rivals(library: Library, history: History) -> Rivals:
    """The learner's unsettled confusions; without any, what beginners confuse among the terms begun."""
    own = _first_askable(library, confusions.unsettled(history))
    if own:
        return Rivals(own, own=True)
    return Rivals(_first_askable(library, _declared(library, history.introduced)))


def rivals_of(library: Library, history: History, term: Term) -> tuple[Duo, ...]:
    """What a term may be told from: what the learner took it for, most often first, then its declared confusables."""
    taken_for = [other for other, _ in confusions.rivals(history, term.id).most_common()]
    declared = sorted(library.confusable_with(term.id))
    each_once = dict.fromkeys([*taken_for, *declared])
    return _first_askable(library, ((term.id, other) for other in each_once), MOST_RIVALS)


def confused(library: Library, history: History, term: Term) -> list[tuple[Term, int, int]]:
    """The terms that the learner took for this one or it for them: (other, times it was answered where this one was
    asked, times the reverse).

    Left out: what is no term of the library, and what is declared too close to be told from it.
    """
    found = []
    for other in confusions.rivals(history, term.id):
        rival = library.terms.get(other)
        if rival and opposable(term, rival):
            found.append((rival, _times(history, term.id, other), _times(history, other, term.id)))
    return sorted(found, key=lambda item: item[1] + item[2], reverse=True)


def _times(history: History, asked: str, chosen: str) -> int:
    confusion = history.confusions.get((asked, chosen))
    return confusion.times if confusion else 0


def stem_between(term: Term, rival: Term) -> str | None:
    """What the term means, in words that name neither of the two; None if it cannot be said."""
    return described(term, hidden_roots(term, [rival]))


def both_ways(pairs: Iterable[Duo], random: Random) -> Iterator[Duo]:
    """(asked, rival) of each pair in both directions, as far from one another as can be."""
    first = [pair if random.getrandbits(1) else pair[::-1] for pair in pairs]
    random.shuffle(first)
    yield from first
    for asked, rival in first:
        yield rival, asked


def _first_askable(library: Library, pairs: Iterable[Duo], most: int = MOST_PAIRS) -> tuple[Duo, ...]:
    """As many as a session holds, at most, of those pairs of which both terms can be asked against the other."""
    return tuple(islice((pair for pair in pairs if _askable(library, *pair)), most))


def _askable(library: Library, one: str, other: str) -> bool:
    if one == other or any(Facet.NAMING not in library.facets.get(term, ()) for term in (one, other)):
        return False
    term, rival = library.terms[one], library.terms[other]
    return opposable(term, rival) and bool(stem_between(term, rival) and stem_between(rival, term))


def _declared(library: Library, begun: Iterable[str]) -> Iterator[Duo]:
    """The pairs of declared confusables of which both terms were begun, each once, in the order begun."""
    known = dict.fromkeys(term for term in begun if term in library.terms)
    pairs = ((term, other) for term in known for other in library.terms[term].confusable if other in known)
    seen: set[frozenset[str]] = set()
    for pair in pairs:
        if frozenset(pair) not in seen:
            seen.add(frozenset(pair))
            yield pair

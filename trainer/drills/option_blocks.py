"""Option blocks: sets of terms of which each is equally likely to be the answer.

A set is drawn without knowing which member will be asked, so that nothing in the options can tell. Confusable
terms meet; terms declared «never with» do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from random import Random

from trainer.glossary.decks import Library
from trainer.glossary.terms import Facet, Kind, Term

CELL = 48
"""Terms partitioned together: enough for variety, few enough to be quick in a glossary of any size."""
ROUNDS = 8
"""Partitions drawn for a session; a term's block in one round differs from that in the next."""


class OptionBlocks:
    """The blocks of a library for one facet and one block size, drawn cell by cell when first asked for."""

    def __init__(self, library: Library, facet: Facet, size: int, seed: str) -> None:
        self._library = library
        self._size = size
        self._seed = f"{seed}:{facet.value}:{size}"
        self._cells = _cells(library, facet, size, self._seed)
        self._blocks: dict[tuple[int, int], dict[str, tuple[str, ...]]] = {}
        self._cell_of = {term.id: index for index, cell in enumerate(self._cells) for term in cell}

    def block(self, term: str, turn: int) -> tuple[str, ...] | None:
        """The ids of the options for a term in one round, itself among them; None if it has no sure-wrong options."""
        index = self._cell_of.get(term)
        if index is None:
            return None
        key = index, turn % ROUNDS
        if key not in self._blocks:
            random = Random(f"{self._seed}:{index}:{key[1]}")
            self._blocks[key] = _partition(self._library, self._cells[index], self._size, random)
        return self._blocks[key].get(term)


def _cells(library: Library, facet: Facet, size: int, seed: str) -> list[list[Term]]:
    """Terms of one category, like kinds side by side, in cells of a bounded number."""
    categories: dict[str, list[Term]] = {}
    for term in library.terms.values():
        if facet in term.facets:
            categories.setdefault(term.category, []).append(term)
    cells = []
    for category, terms in categories.items():
        Random(f"{seed}:{category}").shuffle(terms)
        terms.sort(key=lambda term: term.kind.value)
        count = max(1, round(len(terms) / CELL))
        bounds = [round(part * len(terms) / count) for part in range(count + 1)]
        cells += [terms[start:end] for start, end in pairwise(bounds)]
    return [cell for cell in cells if len(cell) >= size]


def _partition(
    library: Library, cell: Sequence[Term], size: int, random: Random
) -> dict[str, tuple[str, ...]]:
    """Each term's block: the cell cut into groups, those left over completed with terms of other groups."""
    kinds = {term.id: term.kind for term in cell}
    free = [term.id for term in cell]
    random.shuffle(free)
    blocks: dict[str, tuple[str, ...]] = {}
    while free:
        members = [free.pop()]
        _complete(members, free, library, kinds, size, random)
        free = [term for term in free if term not in members]
        own = tuple(members)
        if len(members) < size:
            rest = [term for term in kinds if term not in members]
            random.shuffle(rest)
            _complete(members, rest, library, kinds, size, random)
        if len(members) == size:
            blocks.update(dict.fromkeys(own, tuple(members)))
    return blocks


def _complete(
    members: list[str],
    candidates: Iterable[str],
    library: Library,
    kinds: dict[str, Kind],
    size: int,
    random: Random,
) -> None:
    """Add to a block the candidates most like its members, none that may not meet another."""
    pool = [term for term in candidates if not library.never_with(term) & set(members)]
    while pool and len(members) < size:
        best = max(pool, key=lambda term: _likeness(term, members, library, kinds) + random.random())
        members.append(best)
        apart = library.never_with(best)
        pool = [term for term in pool if term != best and term not in apart]


def _likeness(term: str, members: Sequence[str], library: Library, kinds: dict[str, Kind]) -> float:
    confusable = bool(library.confusable_with(term) & set(members))
    alike = sum(kinds[term] is kinds[member] for member in members) / len(members)
    return 3 * confusable + 2 * alike

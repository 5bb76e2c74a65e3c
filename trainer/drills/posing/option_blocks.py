"""Option blocks: sets of terms of which each is equally likely to be the answer.

A set is drawn without knowing which member will be asked, so that nothing in the options can tell. Confusable terms meet,
like sorts of things meet, names that echo in another's definition do not; nor do terms declared «never with».
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, pairwise, product
from random import Random
from typing import NamedTuple, TypeAlias

from trainer.drills.posing.genus import genera
from trainer.glossary.decks import Library
from trainer.glossary.spelling import content_words, fold
from trainer.glossary.terms import Facet, Kind, Term

ROUNDS = 8
"""Partitions drawn for a session; a term's block in one round differs from that in the next."""
STARTS = 3
"""How many of them a session may begin with: those after the first hold other pairs than the likeliest."""
MOST = 32
"""Terms partitioned together: enough for variety, few enough to be quick in a glossary of any size."""
LEAST = 3
"""A category of fewer terms than that many blocks is joined to another, and so is a term that may meet fewer."""

FAMILIES = (
    {Kind.PERSON, Kind.ORGANISATION},
    {Kind.DURATION, Kind.RATIO, Kind.AMOUNT, Kind.SCORE},
    {Kind.SOFTWARE, Kind.EQUIPMENT, Kind.FUNCTION, Kind.SITE},
    {Kind.DATA, Kind.DOCUMENT, Kind.LAW, Kind.SUPPORT},
    {Kind.METHOD, Kind.ACTION, Kind.MODE, Kind.CALL},
    {Kind.NOTION, Kind.RIGHT, Kind.STATUS},
)
"""Kinds whose definitions begin much alike."""
_FAMILY = {kind: family for family, kinds in enumerate(FAMILIES) for kind in kinds}

CONFUSABLE, SAME_CATEGORY, SAME_KIND, SAME_FAMILY = 4.0, 6.0, 4.0, 1.0
"""What speaks for two terms as options for one another …"""
ECHO, GENUS, BLANK = -8.0, -4.0, -1.0
"""… and against: sounds of one name in the other's definition, a genus that fits one of them, a word to hide."""
VARIETY = 7.0
"""How much chance weighs beside all that, so that rounds and seeds differ."""
MET = -1.5
"""What a round in which two terms met takes away from the next one."""
NEVER = -1000.0
LEAST_GAIN = 1e-9
SWEEPS = 4
"""Passes over all pairs of places in search of a better swap."""

Block: TypeAlias = tuple[str, ...]
Worth: TypeAlias = list[list[float]]
"""How well the terms of a cell, by their places in it, stand with one another."""
Cell: TypeAlias = Sequence[Term]


class OptionBlocks:
    """The blocks of a library for one facet and one block size, drawn cell by cell when first asked for."""

    def __init__(self, library: Library, facet: Facet, size: int, seed: str) -> None:
        self._library = library
        self._size = size
        self._seed = f"{seed}:{facet.value}:{size}"
        self._cells = _cells(library, facet, size, self._seed)
        self._cell_of = {term.id: index for index, cell in enumerate(self._cells) for term in cell}
        self._rounds: dict[int, _Rounds] = {}
        self._start = Random(self._seed).randrange(STARTS)

    def block(self, term: str, turn: int) -> Block | None:
        """The ids of the options for a term in one round, itself among them; None if this round has none for it."""
        index = self._cell_of.get(term)
        if index is None:
            return None
        if index not in self._rounds:
            self._rounds[index] = _Rounds(
                self._library, self._cells[index], self._size, f"{self._seed}:{index}"
            )
        return self._rounds[index].blocks((turn + self._start) % ROUNDS).get(term)


def _cells(library: Library, facet: Facet, size: int, seed: str) -> list[Cell]:
    """Terms of one category, like kinds side by side, in cells of a bounded number."""
    categories: dict[str, list[Term]] = {}
    for term, facets in library.facets.items():
        if facet in facets:
            found = library.terms[term]
            categories.setdefault(found.category, []).append(found)
    cells: list[Cell] = []
    for terms in _joined(library, list(categories.values()), LEAST * size):
        Random(f"{seed}:{terms[0].id}").shuffle(terms)
        terms.sort(key=lambda term: (term.category, term.kind.value))
        count = max(1, round(len(terms) / MOST))
        bounds = [round(part * len(terms) / count) for part in range(count + 1)]
        cells += [terms[start:end] for start, end in pairwise(bounds)]
    return cells


def _joined(library: Library, groups: list[list[Term]], least: int) -> list[list[Term]]:
    """The groups, those too small joined to the one that confuses most with them, and terms that may meet hardly any of
    their own moved in the same way."""
    groups = sorted(groups, key=len)
    while len(groups) > 1 and len(groups[0]) < least:
        small, *groups = groups
        _nearest(library, small, groups).extend(small)
        groups.sort(key=len)
    for group in groups:
        ids = {term.id for term in group}
        for term in [term for term in group if len(ids - library.never_with(term.id)) < least]:
            others = [other for other in groups if other is not group]
            if others and len(group) > least:
                group.remove(term)
                _nearest(library, [term], others).append(term)
    return groups


def _nearest(library: Library, terms: Cell, groups: Sequence[list[Term]]) -> list[Term]:
    """The group with most terms that are confused with these; of several, the smallest."""
    rivals = frozenset().union(*(library.confusable_with(term.id) for term in terms))
    return max(groups, key=lambda group: (sum(term.id in rivals for term in group), -len(group)))


class _Rounds:
    """The partitions of one cell, each drawn when first asked for, with other pairs than those before it."""

    def __init__(self, library: Library, cell: Cell, size: int, seed: str) -> None:
        self._ids = [term.id for term in cell]
        self._size = size
        self._seed = seed
        self._order = Random(seed).sample(range(len(cell)), len(cell))
        self._drawn: list[dict[str, Block]] = []
        self._worth: Worth = [[0.0] * len(cell) for _ in cell]
        traits = [Traits.of(term, library) for term in cell]
        for one, other in combinations(range(len(cell)), 2):
            self._worth[one][other] = self._worth[other][one] = _likeness(traits[one], traits[other])

    def blocks(self, turn: int) -> dict[str, Block]:
        """Each term's block in one round. Those left over have none, each term as rarely as any other: to fill their
        block up with terms of other blocks would make these more often a wrong option than an answer."""
        while len(self._drawn) <= turn:
            self._drawn.append(self._draw(len(self._drawn)))
        return self._drawn[turn]

    def _draw(self, turn: int) -> dict[str, Block]:
        over = len(self._order) % self._size
        start = turn * over % len(self._order)
        free = (self._order[start:] + self._order[:start])[over:]
        random = Random(f"{self._seed}:{turn}")
        random.shuffle(free)
        groups = [free[place : place + self._size] for place in range(0, len(free), self._size)]
        _improve(groups, self._blurred(random))
        blocks: dict[str, Block] = {}
        for group in groups:
            pairs = list(combinations(group, 2))
            if all(self._worth[one][other] > NEVER / 2 for one, other in pairs):
                block = tuple(self._ids[member] for member in group)
                blocks.update(dict.fromkeys(block, block))
            for one, other in pairs:
                self._worth[one][other] = self._worth[other][one] = self._worth[one][other] + MET
        return blocks

    def _blurred(self, random: Random) -> Worth:
        """What pairs are worth, changed by chance, so that rounds differ."""
        blurred = [row[:] for row in self._worth]
        chance = random.random
        for one, other in combinations(range(len(blurred)), 2):
            blurred[one][other] = blurred[other][one] = blurred[one][other] + VARIETY * chance()
        return blurred


def _improve(groups: list[list[int]], worth: Worth) -> None:
    """Swap members of two groups as long as it makes the two better together."""
    changed = True
    for _ in range(SWEEPS):
        if not changed:
            return
        changed = False
        for group, other_group in combinations(groups, 2):
            for place, other_place in product(range(len(group)), range(len(other_group))):
                one, other = group[place], other_group[other_place]
                mine, theirs = worth[one], worth[other]
                gain = (
                    -2 * mine[other]
                )  # each is counted below as if it stood beside itself in the other group
                for member in group:
                    gain += theirs[member] - mine[member]
                for member in other_group:
                    gain += mine[member] - theirs[member]
                if gain > LEAST_GAIN:
                    group[place], other_group[other_place] = other, one
                    changed = True


class Traits(NamedTuple):
    """What decides how well a term stands beside others: its name and its definition, as they sound and as they begin,
    and the sort of thing that each speaks of."""

    term: Term
    apart: frozenset[str]
    rivals: frozenset[str]
    name: frozenset[str]
    told: frozenset[str]
    words: frozenset[str]
    told_words: frozenset[str]
    genus: frozenset[int]
    told_genus: frozenset[int]

    @classmethod
    def of(cls, term: Term, library: Library) -> Traits:
        """The traits of a term of this library."""
        definition = term.quiz_definition or term.definition
        return cls(
            term,
            library.never_with(term.id),
            library.confusable_with(term.id),
            _sounds(term.term),
            _sounds(definition),
            _beginnings(term.term),
            _beginnings(definition),
            genera(term.term),
            genera(definition),
        )


def _likeness(one: Traits, other: Traits) -> float:
    """How well two terms stand as options for one another."""
    if other.term.id in one.apart:
        return NEVER
    return (
        CONFUSABLE * (other.term.id in one.rivals)
        + SAME_CATEGORY * (one.term.category == other.term.category)
        + SAME_KIND * (one.term.kind is other.term.kind)
        + SAME_FAMILY * (_FAMILY[one.term.kind] == _FAMILY[other.term.kind])
        + ECHO * (_echo(one, other) + _echo(other, one))
        + GENUS * (_sorted_apart(one, other) + _sorted_apart(other, one))
        + BLANK * (len(one.words & other.told_words) + len(other.words & one.told_words))
    )


def _echo(one: Traits, other: Traits) -> float:
    """How much more, or less, of a name sounds in another's definition than in its own: 0 to 1."""
    return abs(len(one.name & other.told) - len(one.name & one.told)) / max(len(one.name), 1)


def _sorted_apart(one: Traits, other: Traits) -> bool:
    """Whether the genus of a name fits one of the two definitions only."""
    return one.genus.isdisjoint(one.told_genus) is not one.genus.isdisjoint(other.told_genus)


@lru_cache(maxsize=16384)
def _sounds(text: str) -> frozenset[str]:
    """The runs of three letters of a text."""
    plain = f" {fold(text)} "
    return frozenset(plain[place : place + 3] for place in range(len(plain) - 2))


@lru_cache(maxsize=16384)
def _beginnings(text: str) -> frozenset[str]:
    """The first letters of its words: where two texts have one in common, a word will be hidden."""
    return frozenset(word[:4] for word in content_words(text) if len(word) > 2)

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
"""A session begins with one of the first rounds, so that sessions differ; each later one holds less likely pairs."""
MOST = 32
"""Terms partitioned together: enough for variety, few enough to be quick in a glossary of any size."""
LEAST_BLOCKS = 3
"""A category that cannot fill so many blocks is joined to another; a term that may meet fewer terms than that is moved."""

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
ECHO, GENUS, HIDDEN = -8.0, -4.0, -1.0
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
    for terms in _joined(library, list(categories.values()), LEAST_BLOCKS * size):
        Random(f"{seed}:{terms[0].id}").shuffle(terms)
        # A sort keeps the order of equals: chance remains among the terms of one category and kind.
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
        lonely = [term for term in group if len(ids - library.never_with(term.id)) < least]  # itself counted
        for term in lonely:
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
        # In this order members sit out, a few each round.
        self._sitting_out = Random(seed).sample(range(len(cell)), len(cell))
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
        """One partition of those whose turn it is not to sit out; the pairs that meet are worth less from now on."""
        playing = self._playing(turn)
        random = Random(f"{self._seed}:{turn}")
        random.shuffle(playing)
        groups = [playing[place : place + self._size] for place in range(0, len(playing), self._size)]
        _improve(groups, self._blurred(random))
        blocks: dict[str, Block] = {}
        for group in groups:
            pairs = list(combinations(group, 2))
            # Where swapping could not part what must never meet, the whole block is dropped; half, because of MET.
            if all(self._worth[one][other] > NEVER / 2 for one, other in pairs):
                block = tuple(self._ids[member] for member in group)
                blocks.update(dict.fromkeys(block, block))
            for one, other in pairs:
                self._worth[one][other] = self._worth[other][one] = self._worth[one][other] + MET
        return blocks

    def _playing(self, turn: int) -> list[int]:
        """The members of a round: as many as fill whole blocks."""
        left_over = len(self._sitting_out) % self._size
        first = (turn * left_over) % len(self._sitting_out)
        from_first = self._sitting_out[first:] + self._sitting_out[:first]
        return from_first[left_over:]

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
                # Below, the two are counted as neighbours, once in each group, which after the swap they are not.
                gain = -2 * mine[other]
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
    never_with: frozenset[str]
    rivals: frozenset[str]
    name_sounds: frozenset[str]
    told_sounds: frozenset[str]
    name_beginnings: frozenset[str]
    told_beginnings: frozenset[str]
    name_genus: frozenset[int]
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
    if other.term.id in one.never_with:
        return NEVER
    return (
        CONFUSABLE * (other.term.id in one.rivals)
        + SAME_CATEGORY * (one.term.category == other.term.category)
        + SAME_KIND * (one.term.kind is other.term.kind)
        + SAME_FAMILY * (_FAMILY[one.term.kind] == _FAMILY[other.term.kind])
        + ECHO * (_echo(one, other) + _echo(other, one))
        + GENUS * (_genus_tells(one, other) + _genus_tells(other, one))
        + HIDDEN * (_given_away(one, other) + _given_away(other, one))
    )


def _echo(one: Traits, other: Traits) -> float:
    """How much more, or less, of a name sounds in another's definition than in its own: 0 to 1.

    Either way one of the two definitions sounds more like the name, which points at it or away from it.
    """
    in_own = len(one.name_sounds & one.told_sounds)
    in_other = len(one.name_sounds & other.told_sounds)
    return abs(in_other - in_own) / max(len(one.name_sounds), 1)


def _genus_tells(one: Traits, other: Traits) -> bool:
    """Whether the genus of a name fits one of the two definitions only."""
    fits_own = bool(one.name_genus & one.told_genus)
    fits_other = bool(one.name_genus & other.told_genus)
    return fits_own is not fits_other


def _given_away(one: Traits, other: Traits) -> int:
    """How many words of a name will be hidden in the other's definition."""
    return len(one.name_beginnings & other.told_beginnings)


@lru_cache(maxsize=16384)
def _sounds(text: str) -> frozenset[str]:
    """The runs of three letters of a text."""
    plain = f" {fold(text)} "
    return frozenset(plain[place : place + 3] for place in range(len(plain) - 2))


@lru_cache(maxsize=16384)
def _beginnings(text: str) -> frozenset[str]:
    """The first four letters of its words, as many as `akin` asks for: where two texts have one in common, a word is hidden."""
    return frozenset(word[:4] for word in content_words(text) if len(word) > 2)

"""Boards of the matching game: six acronyms, eight expansions, and no pair that could be defended twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from trainer.drills.shapes import Matching, Pair
from trainer.glossary.decks import Deck, Library
from trainer.glossary.spelling import STOP_WORDS, fold, letters, words
from trainer.glossary.terms import Facet, Term
from trainer.memory.cards import Card

PAIRS = 6
EXTRA = 2
"""Expansions that belong to no acronym of the board, so that elimination does not finish it."""


def boards(
    library: Library, deck: Deck, seed: str, first: Sequence[str] = (), last: Sequence[str] = ()
) -> Iterator[Matching]:
    """Boards of a deck, each acronym on the left of at most one: the terms of `first`, then by level.

    Those of `last` come after all others, in the order given. There are none without enough acronyms in the deck for
    the left, or in the library for the right.
    """
    random = Random(f"{seed}:boards")
    early, late = _places(first), _places(last)
    free = [term for term in library.terms_of(deck) if Facet.EXPANSION in term.facets]
    random.shuffle(free)
    free.sort(key=lambda term: (late.get(term.id, -1), early.get(term.id, len(early)), term.level))
    everyone = [term for term in library.terms.values() if Facet.EXPANSION in term.facets]
    while True:
        drawn = _apart(library, free, PAIRS)
        random.shuffle(everyone)
        board = _apart(library, [*drawn, *everyone], PAIRS + EXTRA)
        if len(drawn) < PAIRS or len(board) < PAIRS + EXTRA:
            return
        free = [term for term in free if term not in drawn]
        yield _board(deck, board[:PAIRS], board[PAIRS:], random)


def _places(ids: Sequence[str]) -> dict[str, int]:
    return {subject: place for place, subject in enumerate(ids)}


def _board(deck: Deck, terms: Sequence[Term], extra: Sequence[Term], random: Random) -> Matching:
    left, more = [_pair(term) for term in terms], [_pair(term) for term in extra]
    right = [*left, *more]
    random.shuffle(left)
    random.shuffle(right)
    instruction = "Associez chaque sigle à ce qu’il veut dire."
    return Matching(deck.id, instruction, tuple(left), tuple(more), tuple(right))


def _pair(term: Term) -> Pair:
    return Pair(Card(term.id, Facet.EXPANSION), term.acronym, term.expansions[0])


def _apart(library: Library, terms: Sequence[Term], most: int) -> list[Term]:
    """The first of these terms of which no two could be taken for one another on a board."""
    drawn: list[Term] = []
    for term in terms:
        if len(drawn) == most:
            break
        if all(tellable(library, term, other) for other in drawn):
            drawn.append(term)
    return drawn


def tellable(library: Library, term: Term, other: Term) -> bool:
    """Whether each of two acronyms can stand for its own expansion only.

    Not so if they share a name (DMT and AHT are both «durée moyenne de traitement»; SVI is known as IVR), if they were
    declared apart, or if the words of one have the other for initials («Autocommutateur Privé sur IP» spells API).
    """
    return (
        other.id != term.id
        and other.id not in library.never_with(term.id)
        and _names(term).isdisjoint(_names(other))
        and letters(term.acronym) not in _initials(other)
        and letters(other.acronym) not in _initials(term)
    )


def _names(term: Term) -> set[str]:
    return {*map(fold, term.names), *map(letters, term.names)}


def _initials(term: Term) -> set[str]:
    """What the expansions of a term spell by their initials, with the small words and without them."""
    found = set()
    for expansion in term.expansions:
        each = words(expansion)
        found.add("".join(word[0] for word in each))
        found.add("".join(word[0] for word in each if word not in STOP_WORDS))
    return found

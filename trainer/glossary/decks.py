"""Decks and the library: the parsed whole, valid by construction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from trainer.glossary.past import Past
from trainer.glossary.terms import Category, Facet, LateTerms, Source, Term

EVERYTHING = "tout"
"""The id of the deck that always exists: every term and every question."""


LAST = 1000
"""The place of a deck that claims none: after all that do."""


class Format(StrEnum):
    """A drill: the way a question is put."""

    FLASHCARD = "flashcard"
    CHOICE = "choice"
    RECALL = "recall"
    MATCH = "match"


class OwnQuestion(NamedTuple):
    """A question written by hand; `wrong` options make it a choice, none makes it a typed recall.

    `id` is unique in the library: «deck:question». `terms` are those that whoever answers has to have met.
    """

    id: str
    deck: str
    prompt: str
    answer: str
    wrong: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    explanation: str = ""
    source: str = ""
    terms: tuple[str, ...] = ()

    @property
    def is_choice(self) -> bool:
        """Whether options are shown."""
        return bool(self.wrong)


class Deck(NamedTuple):
    """A supervisor's selection: the terms it names, in order, and its own questions.

    `order` is its place among decks; `pass_mark` the share of right answers, in percent, that counts as a success.
    """

    id: str
    title: str
    terms: tuple[str, ...] = ()
    questions: tuple[OwnQuestion, ...] = ()
    drills: tuple[Format, ...] = tuple(Format)
    description: str = ""
    new_per_day: int | None = None
    order: int = LAST
    pass_mark: int | None = None


@dataclass(frozen=True)
class Library:
    """All terms and decks; every id that one entry names in another exists."""

    terms: Mapping[str, Term] = field(default_factory=dict)
    decks: Mapping[str, Deck] = field(default_factory=dict)
    categories: Mapping[str, Category] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    past: Past = field(default_factory=Past)

    @cached_property
    def everything(self) -> Deck:
        """The deck of every term and every question: in the order of the decks, then of the glossary."""
        named = (term for deck in self.decks.values() for term in deck.terms)
        terms = tuple(dict.fromkeys((*named, *self.terms)))
        return Deck(EVERYTHING, "Séance du jour", terms, tuple(self.questions.values()))

    @cached_property
    def facets(self) -> Mapping[str, tuple[Facet, ...]]:
        """From which sides each term may be asked."""
        if isinstance(self.terms, LateTerms):
            return self.terms.facets
        return {term.id: term.facets for term in self.terms.values()}

    @cached_property
    def questions(self) -> Mapping[str, OwnQuestion]:
        """Every hand-written question by id."""
        return {question.id: question for deck in self.decks.values() for question in deck.questions}

    @cached_property
    def needs(self) -> Mapping[str, tuple[str, ...]]:
        """The terms that each hand-written question needs, by its id."""
        return {question.id: question.terms for question in self.questions.values()}

    @cached_property
    def asked(self) -> frozenset[str]:
        """Every subject that answers may be about: terms and questions."""
        return frozenset((*self.facets, *self.questions))

    @cached_property
    def _apart(self) -> Mapping[str, frozenset[str]]:
        apart: dict[str, set[str]] = {}
        for term in self.terms.values():
            for other in term.never_with:
                apart.setdefault(term.id, set()).add(other)
                apart.setdefault(other, set()).add(term.id)
        return {term: frozenset(others) for term, others in apart.items()}

    @cached_property
    def _confusable(self) -> Mapping[str, frozenset[str]]:
        pairs: dict[str, set[str]] = {}
        for term in self.terms.values():
            for other in term.confusable:
                pairs.setdefault(term.id, set()).add(other)
                pairs.setdefault(other, set()).add(term.id)
        return {term: frozenset(others) for term, others in pairs.items()}

    def never_with(self, term: str) -> frozenset[str]:
        """The terms that may never share a question with this one, whichever of the two declared it."""
        return self._apart.get(term, frozenset())

    def confusable_with(self, term: str) -> frozenset[str]:
        """The terms that beginners take for this one, whichever of the two declared it."""
        return self._confusable.get(term, frozenset())

    def deck(self, deck_id: str) -> Deck | None:
        """The deck of that id, the deck of everything included."""
        return self.everything if deck_id == EVERYTHING else self.decks.get(deck_id)

    def terms_of(self, deck: Deck) -> Iterator[Term]:
        """The terms of a deck, in its order."""
        return (self.terms[term] for term in deck.terms)

    def subjects(self, deck: Deck) -> Iterable[str]:
        """The ids of what a deck asks about, in the order of learning: each question follows the terms it is about."""
        if deck.id != EVERYTHING:
            return _subjects(deck)
        parts = (*self.decks.values(), deck._replace(questions=()))
        return dict.fromkeys(chain.from_iterable(map(_subjects, parts)))


def _subjects(deck: Deck) -> Iterable[str]:
    """The terms of a deck, each followed by the questions that had to wait for it; at the end those about no term."""
    if not deck.questions:
        return deck.terms
    places = {term: place for place, term in enumerate(dict.fromkeys(deck.terms))}
    after: dict[int, list[str]] = {}
    for question in deck.questions:
        last = max((places[term] for term in question.terms if term in places), default=len(places))
        after.setdefault(last, []).append(question.id)
    about_none = after.pop(len(places), [])
    return [each for term, place in places.items() for each in (term, *after.get(place, ()))] + about_none

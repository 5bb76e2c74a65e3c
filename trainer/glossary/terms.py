"""Terms: what a learner is to know, and under which angles they may be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple


class Facet(StrEnum):
    """One direction of knowing something; a term and a facet make a card."""

    MEANING = "meaning"
    """From the term to its sense."""
    NAMING = "naming"
    """From the sense to the term."""
    EXPANSION = "expansion"
    """From the acronym to its words."""
    QUESTION = "question"
    """A question written by hand in a deck."""


TERM_FACETS = (Facet.MEANING, Facet.NAMING, Facet.EXPANSION)


class Kind(StrEnum):
    """What sort of thing a term names, so that the options of a question are of one sort."""

    PERSON = "personne"
    ORGANISATION = "organisme"
    CALL = "appel"
    STATUS = "statut"
    DURATION = "duree"
    RATIO = "taux"
    AMOUNT = "montant"
    SCORE = "score"
    SOFTWARE = "logiciel"
    EQUIPMENT = "equipement"
    FUNCTION = "reglage"
    DATA = "fichier"
    DOCUMENT = "document"
    METHOD = "methode"
    ACTION = "action"
    MODE = "mode"
    LAW = "texte"
    RIGHT = "droit"
    NOTION = "notion"
    SITE = "site"
    SUPPORT = "support"


class Category(NamedTuple):
    """A family of terms; `id` is what decks write, `name` what people read."""

    id: str
    name: str


class Source(NamedTuple):
    """Where a fact comes from."""

    id: str
    name: str


class Term(NamedTuple):
    """One entry of the glossary; `id` is chosen by its author and survives every edit of the text.

    Empty text means «not given». `level` is 1 (needed on the first day), 2 (useful) or 3 (culture).
    """

    id: str
    term: str
    category: str
    kind: Kind
    level: int
    definition: str
    acronym: str = ""
    expansion: str = ""
    original: str = ""
    english: str = ""
    synonyms: tuple[str, ...] = ()
    quiz_definition: str = ""
    example: str = ""
    note: str = ""
    confusable: tuple[str, ...] = ()
    never_with: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    facets: tuple[Facet, ...] = ()

    @property
    def title(self) -> str:
        """The term, followed by what its acronym stands for."""
        if not self.acronym or not self.expansion:
            return self.term
        if self.term == self.acronym:
            return f"{self.term} ({self.expansion})"
        return f"{self.term} ({self.acronym})"

    @property
    def names(self) -> tuple[str, ...]:
        """Every text under which the term is known, the headword first, without repeats."""
        candidates = (self.term, self.acronym, self.expansion, self.original, *self.synonyms)
        return tuple(dict.fromkeys(name for name in candidates if name))

    @property
    def expansions(self) -> tuple[str, ...]:
        """What its acronym stands for: in French, and in its language of origin."""
        return tuple(dict.fromkeys(text for text in (self.expansion, self.original) if text))


class LateTerms(Mapping[str, Term]):
    """Terms whose ids and facets are known; each is read when somebody asks for it, and kept."""

    def __init__(self, facets: Mapping[str, tuple[Facet, ...]], read: Callable[[str], Term]) -> None:
        self.facets = facets
        self._read = read
        self._terms: dict[str, Term] = {}

    def __getitem__(self, term_id: str) -> Term:
        term = self._terms.get(term_id)
        if term is None:
            if term_id not in self.facets:
                raise KeyError(term_id)
            term = self._terms.setdefault(term_id, self._read(term_id))
        return term

    def __contains__(self, term_id: object) -> bool:
        return term_id in self.facets

    def __iter__(self) -> Iterator[str]:
        return iter(self.facets)

    def __len__(self) -> int:
        return len(self.facets)

"""What is said of a term: definitions that give it away or run long, absent examples, shared names."""

from __future__ import annotations

from collections.abc import Iterator

from trainer.drills.judging import Lexicon
from trainer.drills.masking import hidden_roots, mask
from trainer.editorial.remarks import Remark, quoted
from trainer.glossary.decks import Library
from trainer.glossary.terms import Facet, Term

MOST_WORDS = 60
"""A definition is read among others, in one go."""
_GIVEN_AWAY = "dit le terme ; une fois ses mots masqués, il n’en reste pas assez"


def about_term(term: Term, library: Library, lexicon: Lexicon) -> Iterator[Remark]:
    """Every remark about a term among the others."""
    if {Facet.MEANING, Facet.NAMING} & {*term.facets}:
        yield from _given_away(term)
    yield from _too_long(term)
    if not term.example:
        yield Remark("", "terme sans exemple ; ajoutez « example: … »")
    yield from _one_sided(term, library)
    yield from _shared_names(term, lexicon)


def _given_away(term: Term) -> Iterator[Remark]:
    """Said so often that masking it would leave too little: what questions show must not give the term away."""
    field = "quiz_definition" if term.quiz_definition else "definition"
    if mask(term.quiz_definition or term.definition, hidden_roots([term])) is None:
        what_to_do = (
            "dites-le autrement" if term.quiz_definition else "ajoutez « quiz_definition: … » sans eux"
        )
        yield Remark(field, f"{_GIVEN_AWAY} ; {what_to_do}")


def _too_long(term: Term) -> Iterator[Remark]:
    for field, text in (("definition", term.definition), ("quiz_definition", term.quiz_definition)):
        count = word_count(text)
        if count > MOST_WORDS:
            yield Remark(field, f"{count} mots ; n’en gardez pas plus de {MOST_WORDS}")


def word_count(text: str) -> int:
    """How many words a text has; a sign that stands alone is none."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def _one_sided(term: Term, library: Library) -> Iterator[Remark]:
    for other in term.confusable:
        if term.id not in library.terms[other].confusable:
            message = f"{quoted(other)} ne nomme pas {quoted(term.id)} en retour ; ajoutez-le à sa liste"
            yield Remark("confusable", message, other)


def _shared_names(term: Term, lexicon: Lexicon) -> Iterator[Remark]:
    """The names under which another term is known too: typed, they could mean either."""
    told: set[str] = set()
    for field, name in _names(term):
        others = lexicon.named(name) - {term.id} - told
        if others:
            told |= others
            message = (
                f"{quoted(name)} nomme aussi {quoted(min(others))} ; gardez ce nom pour un seul des deux"
            )
            yield Remark(field, message, name)


def _names(term: Term) -> Iterator[tuple[str, str]]:
    for field in ("term", "acronym", "expansion", "original"):
        name = getattr(term, field)
        if name:
            yield field, name
    yield from (("synonyms", name) for name in term.synonyms)

"""What is said of a term: definitions that give it away or run long, absent examples, shared names."""

from __future__ import annotations

from collections.abc import Iterator

from trainer.drills.judging import Lexicon
from trainer.drills.masking import described, hidden_roots, mask
from trainer.editorial.remarks import Remark, quoted
from trainer.glossary.decks import Library
from trainer.glossary.terms import Facet, Term

MOST_WORDS = 60
"""The words of a definition that can still be read among three."""


def about_term(term: Term, library: Library, lexicon: Lexicon) -> Iterator[Remark]:
    """Every remark about a term among the others."""
    yield from _given_away(term)
    yield from _too_long(term)
    if not term.example:
        yield Remark("", "pas d’exemple\u00a0; ajoutez «\u00a0example:\u00a0…\u00a0»")
    yield from _one_sided(term, library)
    yield from _shared_names(term, library, lexicon)


def _given_away(term: Term) -> Iterator[Remark]:
    """The definition, or the one written for questions, that says the term too often to be masked."""
    if not {Facet.MEANING, Facet.NAMING} & {*term.facets}:
        return
    hidden = hidden_roots([term])
    if term.quiz_definition and mask(term.quiz_definition, hidden) is None:
        message = "dit le terme, et ce qui en resterait une fois masqué ne suffit pas\u00a0; dites-le en d’autres mots"
        yield Remark("quiz_definition", message)
    elif described(term, hidden) is None:
        message = (
            "dit le terme, et ce qui en resterait une fois masqué ne suffit pas\u00a0; "
            "ajoutez «\u00a0quiz_definition:\u00a0…\u00a0» sans les mots du terme"
        )
        yield Remark("definition", message)


def _too_long(term: Term) -> Iterator[Remark]:
    for field, text in (("definition", term.definition), ("quiz_definition", term.quiz_definition)):
        count = word_count(text)
        if count > MOST_WORDS:
            yield Remark(field, f"{count} mots\u00a0; n’en gardez pas plus de {MOST_WORDS}")


def word_count(text: str) -> int:
    """How many words a text has, signs that stand alone not counted."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def _one_sided(term: Term, library: Library) -> Iterator[Remark]:
    for other in term.confusable:
        if term.id not in library.terms[other].confusable:
            message = f"{quoted(other)} ne nomme pas {quoted(term.id)} en retour\u00a0; ajoutez-le à son «\u00a0confusable\u00a0»"
            yield Remark("confusable", message, other)


def _shared_names(term: Term, library: Library, lexicon: Lexicon) -> Iterator[Remark]:
    """The names under which another term is known too."""
    fields = ("term", "acronym", "expansion", "original")
    named = [(field, getattr(term, field)) for field in fields] + [("synonyms", name) for name in term.synonyms]
    seen: set[str] = set()
    for field, name in named:
        others = lexicon.named(name) - {term.id} - seen if name else set()
        seen |= others
        if others:
            message = f"{quoted(name)} nomme aussi {quoted(min(others))}\u00a0; gardez ce nom pour un seul des deux"
            yield Remark(field, message, name)

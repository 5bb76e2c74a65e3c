"""What is said of a term: definitions that give it away or run long, absent examples, shared names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from trainer.drills.judging.lexicon import joined
from trainer.drills.posing.masking import hidden_roots, mask
from trainer.editorial.remarks import Remark, quoted
from trainer.glossary.decks import Library
from trainer.glossary.spelling import STOP_WORDS, is_acronym, letters, unaccented
from trainer.glossary.terms import Facet, Term

_PLAIN = {ord(letter): unaccented(letter) for letter in "àâäçéèêëîïôöùûüÿœæ"}
_WORD = re.compile(r"[^\W_]+")
Namesakes: TypeAlias = Mapping[str, set[str]]

MOST_WORDS = 60
"""A definition is read among others, in one go."""
_GIVEN_AWAY = "dit le terme ; une fois ses mots masqués, il n’en reste pas assez"


def about_term(term: Term, library: Library, namesakes: Namesakes) -> Iterator[Remark]:
    """Every remark about a term among the others."""
    if {Facet.MEANING, Facet.NAMING} & {*term.facets}:
        yield from _given_away(term)
    yield from _too_long(term)
    if not term.example:
        yield Remark("", "terme sans exemple ; ajoutez « example: … »")
    yield from _one_sided(term, library)
    yield from _shared_names(term, namesakes) if namesakes else ()


def _given_away(term: Term) -> Iterator[Remark]:
    """The text that questions show, if it says the term so often that masking would leave too little of it."""
    field = "quiz_definition" if term.quiz_definition else "definition"
    text = term.quiz_definition or term.definition
    if _says(text, term) and mask(text, hidden_roots(term)) is None:
        remedy = "reformulez" if term.quiz_definition else "ajoutez « quiz_definition: … » sans eux"
        yield Remark(field, f"{_GIVEN_AWAY} ; {remedy}")


def _says(text: str, term: Term) -> bool:
    """Whether a text may hold a word akin to those of the term: a quick look that spares most texts a long one."""
    said = text.lower().translate(_PLAIN)
    named = _WORD.findall(" ".join(term.names).lower().translate(_PLAIN))
    return any(_start(word) in said for word in named if word not in STOP_WORDS)


def _start(word: str) -> str:
    """How all words akin to a word begin, plural or not: «canaux» and «canal», «clés» and «clé»."""
    cut = 2 if word.endswith("aux") else 1 if word.endswith(("al", "s", "x")) else 0
    return word[: min(4, len(word) - cut)]


def _too_long(term: Term) -> Iterator[Remark]:
    for field, text in (("definition", term.definition), ("quiz_definition", term.quiz_definition)):
        if len(text.split()) > MOST_WORDS and (count := word_count(text)) > MOST_WORDS:
            yield Remark(field, f"{count} mots ; n’en gardez pas plus de {MOST_WORDS}")


def word_count(text: str) -> int:
    """How many words a text has; a sign that stands alone is none."""
    return sum(any(map(str.isalnum, piece)) for piece in text.split())


def _one_sided(term: Term, library: Library) -> Iterator[Remark]:
    for other in term.confusable:
        if term.id not in library.terms[other].confusable:
            message = f"{quoted(other)} ne nomme pas {quoted(term.id)} en retour ; ajoutez-le à sa liste"
            yield Remark("confusable", message, other)


def _shared_names(term: Term, namesakes: Namesakes) -> Iterator[Remark]:
    """The names under which another term is known too: typed, they could mean either."""
    told = {term.id}
    for field, name in names(term):
        others = namesakes.get(folded(name), set()) - told
        if others:
            told |= others
            message = f"{quoted(name)} nomme aussi {quoted(min(others))} ; ne le gardez que pour un des deux"
            yield Remark(field, message, name)


def names(term: Term) -> Iterator[tuple[str, str]]:
    """The names that are right answers for a term, each with its field."""
    for field in ("term", "acronym", "expansion", "original"):
        name = getattr(term, field)
        if name:
            yield field, name
    yield from (("synonyms", name) for name in term.synonyms)


def folded(name: str) -> str:
    """What the judge of typed answers makes of a name; acronyms, in capitals, stand apart from words."""
    return letters(name).upper() if " " not in name and is_acronym(name) else joined(name)


def namesakes(library: Library) -> Namesakes:
    """The names that several terms share, folded."""
    bearers: dict[str, set[str]] = {}
    for term in library.terms.values():
        for name in term.names:
            bearers.setdefault(folded(name), set()).add(term.id)
    return {name: terms for name, terms in bearers.items() if len(terms) > 1}

"""The proofreader: every remark about an entry of a library."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from trainer.editorial.decks import about_deck
from trainer.editorial.questions import about_question
from trainer.editorial.remarks import Remark
from trainer.editorial.terms import about_term, namesakes
from trainer.editorial.typography import about_typography
from trainer.glossary.decks import Deck, Library, OwnQuestion
from trainer.glossary.terms import Category, Source, Term

Entry: TypeAlias = Term | OwnQuestion | Deck | Category | Source
_TERM_TEXTS = ("term", "expansion", "definition", "quiz_definition", "example", "note")


class Proofreader:
    """Reads the entries of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._namesakes = namesakes(library)

    def remarks(self, entry: Entry) -> Iterator[Remark]:
        """What to change in an entry."""
        yield from about_typography(texts(entry))
        if isinstance(entry, Term):
            yield from about_term(entry, self._library, self._namesakes)
        elif isinstance(entry, OwnQuestion):
            yield from about_question(entry)
        elif isinstance(entry, Deck):
            yield from about_deck(entry)


def texts(entry: Entry) -> Iterator[tuple[str, str]]:
    """The texts of an entry that people read, each with the name of its field."""
    match entry:
        case Term():
            yield from ((name, getattr(entry, name)) for name in _TERM_TEXTS)
            yield from (("synonyms", text) for text in entry.synonyms)
        case OwnQuestion():
            yield from (("prompt", entry.prompt), ("answer", entry.answer))
            yield from (("wrong", text) for text in entry.wrong)
            yield "explanation", entry.explanation
        case Deck():
            yield from (("title", entry.title), ("description", entry.description))
        case Category() | Source():
            yield "name", entry.name

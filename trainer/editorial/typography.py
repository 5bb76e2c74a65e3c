"""French typography: the signs that are wrong in a text that people read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from trainer.editorial.remarks import Remark, quoted
from trainer.glossary.decks import Deck, OwnQuestion
from trainer.glossary.terms import Category, Source, Term

_STRAIGHT = re.compile(r"[^\W\d_]+'\w*")
_BEFORE = re.compile(
    r"""(?: [^\u00a0\u202f?!(\[] (?P<high> [;!?] ) (?= [\s?!)\]».,…] | $ )
        |   [^\u00a0\u202f] (?P<other> » | : (?= [\s»] | $ ) )
        |   \d [ ]? (?P<unit> [%€] ) )""",
    re.VERBOSE,
)
_AFTER = re.compile("«(?![\u00a0\u202f])")

_TERM_TEXTS = ("term", "expansion", "definition", "quiz_definition", "example", "note")


def texts(entry: Term | OwnQuestion | Deck | Category | Source) -> Iterator[tuple[str, str]]:
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
        case _:
            yield "name", entry.name


def about_typography(fields: Iterable[tuple[str, str]]) -> Iterator[Remark]:
    """Straight apostrophes and missing no-break spaces, each sort once a text."""
    for field, text in fields:
        yield from (Remark(field, message, text) for message in mistakes(text))


def mistakes(text: str) -> Iterator[str]:
    """What French typography would change in one text."""
    straight = _STRAIGHT.search(text)
    if straight:
        yield f"apostrophe droite dans {quoted(straight[0])}\u00a0; écrivez «\u00a0’\u00a0»"
    before = _BEFORE.search(text)
    if before:
        sign = before["high"] or before["other"] or before["unit"]
        yield f"{_missing(before.end(), text)} devant {quoted(sign)}\u00a0; mettez-en une (U+00A0)"
    after = _AFTER.search(text)
    if after:
        yield f"{_missing(after.end(), text)} après «\u00a0«\u00a0»\u00a0; mettez-en une (U+00A0)"


def _missing(end: int, text: str) -> str:
    near = text[max(0, end - 20) : end + 10].strip()
    return f"espace insécable manquante dans {quoted(f'…{near}…')},"

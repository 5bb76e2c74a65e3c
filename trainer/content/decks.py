"""`quizzes/*.yaml` -> decks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, count
from pathlib import Path

from trainer.content.former import Former
from trainer.content.loaded import ENDINGS, is_yaml
from trainer.content.syntax.fields import DECK_FILE, Fields, Shape, fields_of_file
from trainer.content.syntax.names import is_slug, slug
from trainer.content.syntax.parsing import Tree
from trainer.content.syntax.report import START, Report, quoted
from trainer.content.syntax.values import choice, flag, integer, tidy, valid_id
from trainer.content.terms import Glossary, unique
from trainer.glossary.decks import EVERYTHING, LAST, Deck, Format, OwnQuestion
from trainer.glossary.naming import Names
from trainer.glossary.terms import Term

_SELECT = Shape((), ("terms", "categories", "levels", "acronyms"))
_QUESTION = Shape(
    ("id", "prompt", "answer"), ("wrong", "accept", "explanation", "source", "terms", "formerly")
)
_ENDINGS = re.compile(r"(?:\.(?:ya?ml|txt))+$")
_format = choice(Format)
_level = integer(1, 3)
_new_per_day = integer(1, 100)
_order = integer(1, LAST - 1)
_percentage = integer(1, 100)


def deck_name(path: Path) -> str:
    """The name of a file without its ending, in small letters: Windows shows neither the one nor the other."""
    return path.stem.lower()


def read_deck_id(path: Path, report: Report) -> str | None:
    """The id of a deck, which is the name of its file."""
    name = deck_name(path)
    if is_slug(name) and name != EVERYTHING:
        return name
    proposal = slug("" if name == EVERYTHING else _ENDINGS.sub("", name)) or "mes-termes"
    why = "réservé" if name == EVERYTHING else "non valide"
    free = _free_name(path.parent, proposal)
    report.error(START, f"nom de fichier {quoted(path.name)} {why} ; renommez-le {quoted(free + ENDINGS[0])}")
    return None


def _free_name(folder: Path, wanted: str) -> str:
    """The name wanted for a deck, or the first one after it that no other file of the folder has."""
    taken: set[str] = set()
    with suppress(OSError):  # a file may be read in a folder that cannot be looked into
        taken = {deck_name(each) for each in folder.iterdir() if is_yaml(each.name)}
    numbered = (f"{wanted}-{number}" for number in count(2))
    return next(name for name in chain([wanted], numbered) if name not in taken)


def read_deck(
    deck_id: str, tree: Tree, glossary: Glossary, report: Report, formers: list[Former]
) -> Deck | None:
    """Everything that is right in the file of a deck; nothing if that leaves nothing to ask.

    What its questions were called before is added to `formers`.
    """
    file = fields_of_file(tree.root, DECK_FILE, report)
    if file is None:
        return None
    terms = _selection(file, glossary)
    questions = unique(_questions(deck_id, file, glossary, formers)).values()
    lessons = Names(glossary.terms[term] for term in terms if questions)
    deck = Deck(
        id=deck_id,
        title=file.text("title"),
        terms=terms,
        questions=tuple(_needing(question, lessons) for question in questions),
        drills=file.many("drills", _format) or tuple(Format),
        description=file.text("description"),
        new_per_day=file.one("new_per_day", _new_per_day),
        order=file.one("order", _order) or LAST,
        pass_mark=file.one("pass_mark", _percentage),
    )
    if not deck.terms and not deck.questions and tree.is_whole and glossary.is_whole:
        message = "ni terme ni question ; ajoutez « select: » ou « questions: »"
        report.error(file.place("select"), message)
    return deck if file.is_valid and (deck.terms or deck.questions) else None


def _selection(file: Fields, glossary: Glossary) -> tuple[str, ...]:
    """The terms listed, in order, then those that meet all the criteria given."""
    mapping = file.entry("select")
    if mapping is None:
        return ()
    select = Fields(mapping, _SELECT, file.report)
    listed = _existing(select, glossary)
    matching = (term.id for term in _matching(select, glossary))
    return tuple(dict.fromkeys((*listed, *matching)))


def _existing(fields: Fields, glossary: Glossary) -> tuple[str, ...]:
    return tuple(term for term in fields.many("terms", glossary.a_term) if term in glossary.terms)


def _matching(select: Fields, glossary: Glossary) -> Iterator[Term]:
    categories = select.many("categories", glossary.a_category)
    levels = select.many("levels", _level)
    acronyms = select.one("acronyms", flag)
    any_category, any_level = not select.has("categories"), not select.has("levels")
    if any_category and any_level and not select.has("acronyms"):
        return
    for term in glossary.terms.values():
        in_category = any_category or term.category in categories
        in_level = any_level or term.level in levels
        if in_category and in_level and acronyms in (None, bool(term.acronym)):
            yield term


def _questions(
    deck_id: str, file: Fields, glossary: Glossary, formers: list[Former]
) -> Iterable[tuple[Fields, OwnQuestion | None]]:
    for mapping in file.entries("questions"):
        fields = Fields(mapping, _QUESTION, file.report)
        question = _question(deck_id, fields, glossary)
        former = fields.many("formerly", _former)
        if question:
            formers += [_former_of(question, old, fields) for old in former]
        yield fields, question


def _needing(question: OwnQuestion, lessons: Names) -> OwnQuestion:
    """The question with all the terms it needs: those its author says, and those of its deck that it or its answer names."""
    text = " ; ".join((question.prompt, question.answer, *question.accept))
    return question._replace(terms=tuple(dict.fromkeys((*question.terms, *lessons.within(text)))))


def _former(text: str) -> str:
    """What a question was called before: «question» in this deck, or «deck:question»."""
    for part in text.split(":", 1):
        valid_id(part)
    return text


def _former_of(question: OwnQuestion, old: str, fields: Fields) -> Former:
    former = old if ":" in old else f"{question.deck}:{old}"
    return Former(former, question.id, fields.place("formerly", old), fields.report)


def _question(deck_id: str, fields: Fields, glossary: Glossary) -> OwnQuestion | None:
    question_id = fields.one("id", valid_id)
    question = OwnQuestion(
        id=f"{deck_id}:{question_id}",
        deck=deck_id,
        prompt=fields.text("prompt"),
        answer=fields.text("answer"),
        wrong=fields.texts("wrong"),
        accept=_accepted(fields),
        explanation=fields.text("explanation"),
        source=fields.text("source"),
        terms=_existing(fields, glossary),
    )
    if fields.is_valid and not fields.has("explanation"):
        fields.report.warn(fields.mapping, "question sans explication ; ajoutez « explanation: … »")
    whole = question.is_choice == fields.has("wrong") and _options_differ(fields, question.answer)
    return question if whole and fields.is_valid else None


def _accepted(fields: Fields) -> tuple[str, ...]:
    accept = fields.texts("accept")
    if not accept or not fields.has("wrong"):
        return accept
    fields.report.error(
        fields.mapping.names["accept"],
        "« accept » ne sert qu’aux réponses tapées ; retirez « accept », ou « wrong »",
    )
    return ()


def _options_differ(fields: Fields, answer: str) -> bool:
    """Whether no wrong option is the answer, or another option, written again."""
    seen = {_compared(answer)}
    for option in fields.scalars("wrong"):
        if _compared(option.text) in seen:
            message = (
                f"{quoted(option.text)} est déjà la réponse ou une autre option ; changez ou retirez ce texte"
            )
            fields.report.error(option, message)
            return False
        seen.add(_compared(option.text))
    return True


def _compared(text: str) -> str:
    """What tells an option from another; a full stop does not, unless it is all there is."""
    plain = tidy(text).casefold()
    return plain.rstrip(" .\u00a0") or plain

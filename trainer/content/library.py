"""A directory of content -> a library and its problems; never an exception, whatever stands there."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TypeAlias

from trainer.content.decks import deck_name, read_deck, read_deck_id
from trainer.content.folder import contents
from trainer.content.former import Former, renamed
from trainer.content.loaded import Loaded
from trainer.content.syntax.files import read_text
from trainer.content.syntax.pages import Page
from trainer.content.syntax.parsing import MOST_EVENTS, Tree, parse
from trainer.content.syntax.report import START, Report, quoted, shown
from trainer.content.terms import Glossary, read_glossary
from trainer.glossary.decks import Deck, Library
from trainer.glossary.past import Past
from trainer.glossary.problems import Problem


class Limits(NamedTuple):
    """How much of a file is read: bytes, and events that its YAML may be made of."""

    size: int
    events: int


_GLOSSARY = Limits(64_000_000, 5_000_000)
_DECK = Limits(2_000_000, MOST_EVENTS)
Keep: TypeAlias = Callable[[Page], None]


def _forget(page: Page) -> None:
    """Keep nothing of a page: an application that starts needs no places."""


@contextmanager
def _no_collection() -> Iterator[None]:
    """Spare the garbage collector: a tree has no cycles, and looking for some doubles the time of reading."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def load_library(root: Path, keep: Keep = _forget) -> Loaded:
    """The library under a directory, with the problems of all its files; `keep` is given each file as written."""
    found = contents(root)
    glossary, glossary_problems = load_glossary(found.glossary, keep)
    decks, deck_problems, past = load_decks(found.decks, glossary, keep)
    library = Library(glossary.terms, decks, glossary.categories, glossary.sources, past)
    return Loaded(library, in_order(chain(found.problems, glossary_problems, deck_problems)))


@_no_collection()
def load_glossary(path: Path, keep: Keep = _forget) -> tuple[Glossary, list[Problem]]:
    """The terms of one file."""
    report = Report(shown(path))
    glossary = read_glossary(_tree(path, _GLOSSARY, report, keep), report)
    return glossary, report.problems


@_no_collection()
def load_decks(
    paths: Iterable[Path], glossary: Glossary, keep: Keep = _forget
) -> tuple[dict[str, Deck], list[Problem], Past]:
    """The decks of some files by id, in their own order; of two with the same id, the first stays.

    With them comes what their questions and the terms were before.
    """
    decks: dict[str, Deck] = {}
    formers: list[Former] = []
    reports: list[Report] = []
    for path in paths:
        report, found = Report(shown(path)), list[Former]()
        deck_id = read_deck_id(path, report)
        deck = read_deck(deck_id or "", _tree(path, _DECK, report, keep), glossary, report, found)
        if deck_id and deck_id in decks:
            report.error(START, f"un autre fichier porte déjà le nom {quoted(deck_id)} ; renommez celui-ci")
        elif deck and deck_id:
            decks[deck_id] = deck
            formers += found
        reports.append(report)
    questions = {question.id for deck in decks.values() for question in deck.questions}
    former_ids = {**glossary.past.renamed, **renamed(formers, questions)}
    ordered = sorted(decks.values(), key=lambda deck: deck.order)
    problems = [problem for report in reports for problem in report.problems]
    return {deck.id: deck for deck in ordered}, problems, glossary.past._replace(renamed=former_ids)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems by path, line and column, each once."""
    return tuple(sorted(set(problems)))


def _tree(path: Path, limits: Limits, report: Report, keep: Keep) -> Tree:
    text = read_text(path, limits.size, report)
    tree = Tree(None, False) if text is None else parse(text, report, limits.events)
    keep(Page(report.path, deck_name(path), tree.root))
    return tree

"""The problems of the content files that an author names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from trainer.content.folder import deck_paths, glossary_of, is_glossary
from trainer.content.library import in_order, load_decks, load_glossary, load_library
from trainer.content.loaded import ENDINGS, TERMS
from trainer.content.syntax.pages import Page
from trainer.content.syntax.report import START, Report, shown
from trainer.content.terms import Glossary
from trainer.content.unread import never_read
from trainer.glossary.decks import Deck, Library
from trainer.glossary.past import Past
from trainer.glossary.problems import Problem, Severity


@dataclass(frozen=True)
class Proof:
    """Files that were read together, and the library that they came to."""

    library: Library
    pages: list[Page] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """What the files that an author names came to, and what is wrong in them."""

    proofs: list[Proof] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def check(paths: Sequence[Path], default_root: Path) -> tuple[Problem, ...]:
    """The problems of directories of content, glossaries and decks; of the default root if none is named."""
    return in_order(read(paths, default_root).problems)


def read(paths: Sequence[Path], default_root: Path) -> Reading:
    """The files that an author names, or those of the default root, as they came to be understood.

    A deck, or each deck of a directory without `terms.yaml`, is read against the terms of the default root.
    """
    reading = Reading()
    decks: list[list[Path]] = []
    for path in paths or [default_root]:
        if path == default_root or _exists(glossary_of(path)):
            _read_library(path, reading)
        elif is_glossary(path.name):
            _read_glossary(path, reading)
        else:
            found, refused = _decks_at(path)
            decks.append(found)
            reading.problems.extend(refused)
    if any(decks):
        _read_decks(decks, default_root, reading)
    return reading


def _read_library(root: Path, reading: Reading) -> None:
    pages: list[Page] = []
    loaded = load_library(root, pages.append)
    reading.proofs.append(Proof(loaded.library, pages))
    reading.problems.extend(loaded.problems)


def _read_glossary(path: Path, reading: Reading) -> None:
    pages: list[Page] = []
    glossary, problems = load_glossary(path, pages.append)
    reading.proofs.append(Proof(_library(glossary, {}, glossary.past), pages))
    reading.problems.extend(problems)


def _read_decks(decks: list[list[Path]], default_root: Path, reading: Reading) -> None:
    """Decks, and the problems of the terms too, where they keep a deck from being judged."""
    glossary, glossary_problems = load_glossary(glossary_of(default_root))
    if not glossary.is_whole:
        reading.problems.extend(glossary_problems)
    for paths in decks:
        pages: list[Page] = []
        found, problems, past = load_decks(paths, glossary, pages.append)
        reading.proofs.append(Proof(_library(glossary, found, past), pages))
        reading.problems.extend(problems)


def _library(glossary: Glossary, decks: dict[str, Deck], past: Past) -> Library:
    return Library(glossary.terms, decks, glossary.categories, glossary.sources, past)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _decks_at(path: Path) -> tuple[list[Path], list[Problem]]:
    """The deck files that a path names; one that does not exist is left to the reader of decks."""
    if not _exists(path):
        return [path], []
    if path.is_file():
        refused = never_read(path)
        return [] if refused else [path], refused
    found, problems = deck_paths(path)
    if not found and all(problem.severity is Severity.WARNING for problem in problems):
        problems = _problem(path, f"ni {TERMS} ni fichier {ENDINGS[0]} dans ce dossier ; vérifiez le chemin")
    return found, problems


def _problem(path: Path, message: str) -> list[Problem]:
    report = Report(shown(path))
    report.error(START, message)
    return report.problems

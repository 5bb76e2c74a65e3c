"""The problems of the content files that an author names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from trainer.content.library import (
    ENDINGS,
    deck_paths,
    in_order,
    load_decks,
    load_glossary,
    load_library,
)
from trainer.content.loaded import TERMS
from trainer.content.report import START, Report, shown
from trainer.glossary.problems import Problem


def check(paths: Sequence[Path], default_root: Path) -> tuple[Problem, ...]:
    """The problems of directories of content, glossaries and decks; of the default root if none is named.

    A deck, or each deck of a directory without `terms.yaml`, is read against the terms of the default root.
    """
    problems: list[Problem] = []
    decks: list[list[Path]] = []
    for path in paths or [default_root]:
        if path == default_root or _exists(path / TERMS):
            problems += load_library(path).problems
        elif path.name == TERMS:
            problems += load_glossary(path)[1]
        else:
            found, refused = _decks_at(path)
            decks.append(found)
            problems += refused
    return in_order(problems + _deck_problems(decks, default_root))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _decks_at(path: Path) -> tuple[list[Path], list[Problem]]:
    """The deck files that a path names; one that does not exist is left to the reader of decks."""
    if not _exists(path) or path.is_file():
        return [path], _ending_problems(path)
    found, problems = deck_paths(path)
    if not found and not problems:
        problems = _problem(path, f"ni {TERMS} ni fichier {ENDINGS[0]} dans ce dossier ; vérifiez le chemin")
    return found, problems


def _ending_problems(path: Path) -> list[Problem]:
    if not _exists(path) or path.suffix in ENDINGS:
        return []
    return _problem(path, f"ce fichier ne sera pas lu ; donnez-lui un nom en {ENDINGS[0]}")


def _problem(path: Path, message: str) -> list[Problem]:
    report = Report(shown(path))
    report.error(START, message)
    return report.problems


def _deck_problems(decks: list[list[Path]], default_root: Path) -> list[Problem]:
    """The problems of decks; those of the terms too, where they keep a deck from being judged."""
    if not any(decks):
        return []
    glossary, glossary_problems = load_glossary(default_root / TERMS)
    problems = [problem for paths in decks for problem in load_decks(paths, glossary)[1]]
    return problems if glossary.is_whole else glossary_problems + problems

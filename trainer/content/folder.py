"""What stands in a folder of content: the files that are read, by their names alone, so that a start may look each time.

What there is to say of the others is imported where there are others.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from trainer.content.loaded import ENDINGS, LOCK, QUIZZES, TERMS, is_yaml
from trainer.glossary.problems import Problem


class Contents(NamedTuple):
    """The files of a folder of content that are read, whether they exist or not, and the problems of its names."""

    glossary: Path
    decks: list[Path]
    problems: list[Problem]


def contents(root: Path) -> Contents:
    """What is read of a folder of content; a name in capitals counts like one in small letters."""
    entries, _ = _listed(root)
    glossaries = [path for path in entries if is_glossary(path.name)]
    folders = [path for path in entries if path.name.lower() == QUIZZES]
    glossary = _preferred(glossaries, root / TERMS)
    quizzes = _preferred(folders, root / QUIZZES)
    others = [path for path in entries if path not in (glossary, quizzes)]
    problems: list[Problem] = []
    if others:
        from trainer.content.unread import beside

        problems = [problem for path in others for problem in beside(path, glossary, quizzes)]
    decks, told = deck_paths(quizzes)
    return Contents(glossary, decks, problems + told)


def deck_paths(directory: Path) -> tuple[list[Path], list[Problem]]:
    """The deck files of a directory, by name, and what to say of its other files; an absent one counts as nothing."""
    entries, problems = _listed(directory)
    decks: list[Path] = []
    others: list[Path] = []
    for path in entries:
        is_deck = is_yaml(path.name) and not path.name.startswith((".", LOCK))
        (decks if is_deck else others).append(path)
    if problems or (decks and not others):
        return decks, problems
    from trainer.content.unread import among_decks, deckless

    told = [problem for path in others for problem in among_decks(path)]
    return decks, told if decks or told else deckless(directory)


def glossary_of(root: Path) -> Path:
    """The file of terms of a folder of content; where there is none, the one to be made."""
    entries, _ = _listed(root)
    return _preferred([path for path in entries if is_glossary(path.name)], root / TERMS)


def is_glossary(name: str) -> bool:
    """Whether a file has the name of a file of terms."""
    return name.lower() in {Path(TERMS).stem + ending for ending in ENDINGS}


def _preferred(paths: list[Path], usual: Path) -> Path:
    """The path of the usual name, else the first there is."""
    return usual if usual in paths or not paths else paths[0]


def _small_letters_first(path: Path) -> tuple[str, str]:
    """Where a path stands in a list: of two names that differ by their capitals, the usual one comes first."""
    return path.name.lower(), path.name.swapcase()


def _listed(directory: Path) -> tuple[list[Path], list[Problem]]:
    try:
        entries = sorted(directory.iterdir(), key=_small_letters_first)
        for path in entries[:1]:  # names may be had without the right to what they name
            path.lstat()
        return entries, []
    except FileNotFoundError:
        return [], []
    except (OSError, ValueError):
        from trainer.content.unread import unlisted

        return [], unlisted(directory)

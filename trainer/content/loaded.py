"""What reading a content directory comes to, and the names of what it holds."""

from __future__ import annotations

from typing import NamedTuple

from trainer.glossary.decks import Library
from trainer.glossary.problems import Problem

TERMS = "terms.yaml"
QUIZZES = "quizzes"
ENDINGS = (".yaml", ".yml")


class Loaded(NamedTuple):
    """What is right in the content files, and what is wrong, by path, line and column."""

    library: Library
    problems: tuple[Problem, ...]

"""What reading a content directory comes to, and the names of what it holds."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.glossary.decks import Library
from trainer.glossary.problems import Problem

TERMS = "terms.yaml"
QUIZZES = "quizzes"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is right in the content files, and what is wrong, by path, line and column."""

    library: Library
    problems: tuple[Problem, ...]

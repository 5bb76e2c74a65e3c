"""What reading a content directory comes to, and the names of what it holds."""

from __future__ import annotations

from typing import NamedTuple

from trainer.glossary.decks import Library
from trainer.glossary.problems import Problem, errors_of

TERMS = "terms.yaml"
QUIZZES = "quizzes"
ENDINGS = (".yaml", ".yml")
LOCK = "~$"
"""What Word and Excel put before the name of a file that they have open."""


def is_yaml(name: str) -> bool:
    """Whether a file is read, by its name."""
    return name.lower().endswith(ENDINGS)


class Loaded(NamedTuple):
    """What is right in the content files, and what is wrong, by path, line and column."""

    library: Library
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems for which something had to be left out."""
        return errors_of(self.problems)

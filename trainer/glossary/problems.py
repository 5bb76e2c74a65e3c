"""A problem found in a content file: a value, not an exception."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """Whether the entry had to be left out, or is only doubtful."""

    ERROR = "erreur"
    WARNING = "attention"


class Problem(NamedTuple):
    """Where (path, line and column from 1), what is wrong, and what to write instead; in French."""

    path: str
    line: int
    column: int
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        warning = "attention : " if self.severity is Severity.WARNING else ""
        return f"{self.path}:{self.line}:{self.column}: {warning}{self.message}"


def errors_of(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those for which something had to be left out, in their order."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)

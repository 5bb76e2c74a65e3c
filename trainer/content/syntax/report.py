"""What is wrong in one file: problems gathered as the readers go, worded for people."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Protocol

from trainer.glossary.problems import Problem, Severity

_LONGEST_QUOTE = 60
MOST_PROBLEMS = 500
"""Problems told of one file; nobody reads more, and a file made to have millions would fill the memory."""
_MORE = f"plus de {MOST_PROBLEMS} problèmes dans ce fichier, dont {MOST_PROBLEMS} sont montrés ; corrigez d’abord ceux-là"


class Place(NamedTuple):
    """A line and a column, both from 1."""

    line: int
    column: int


START = Place(1, 1)


class Placed(Protocol):
    """Anything that stands somewhere in a file."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


class Report:
    """The problems of one file, in the order in which they are met."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def error(self, place: Placed, message: str) -> None:
        """Something has to be put right: it was left out, or read as it was probably meant."""
        self._add(place, message, Severity.ERROR)

    def warn(self, place: Placed, message: str) -> None:
        """Something is kept but looks wrong."""
        self._add(place, message, Severity.WARNING)

    def take(self, other: Report) -> None:
        """All that another report of the same file says."""
        for problem in other.problems:
            self._add(Place(problem.line, problem.column), problem.message, problem.severity)

    @property
    def is_full(self) -> bool:
        """Whether it has said that it tells no more, and that there are errors among the rest."""
        return len(self.problems) > MOST_PROBLEMS and self.problems[-1].severity is Severity.ERROR

    def _add(self, place: Placed, message: str, severity: Severity) -> None:
        if self.is_full:
            return
        if len(self.problems) >= MOST_PROBLEMS:
            if len(self.problems) > MOST_PROBLEMS and severity is Severity.WARNING:
                return
            del self.problems[MOST_PROBLEMS:]
            place, message = START, _MORE
        self.problems.append(Problem(self.path, place.line, place.column, message, severity))


_NO_BREAK = "\u00a0\u2007\u202f"


def quoted(text: str) -> str:
    """A text from a file between « », on one line, without anything a terminal would obey; what hides in it is named."""
    visible = "".join(map(_visible, text[: 4 * _LONGEST_QUOTE]))
    if text.strip() and text[-1] in _NO_BREAK:
        visible = visible.rstrip() + "[espace insécable]"
    line = " ".join(visible.split())
    return f"« {line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + '…'} »"


def _visible(char: str) -> str:
    """A character as one sees it: blanks as spaces, and what shows nothing by its code, or «dmt» would differ from «dmt»."""
    if char.isprintable():
        return char
    return " " if char.isspace() else f"[U+{ord(char):04X}]"


def shown(path: Path) -> str:
    """A path as people know it: from the current directory if it lies below, else as it was given."""
    with suppress(ValueError, OSError):
        path = path.relative_to(Path.cwd())
    return "".join(char if char.isprintable() else "\ufffd" for char in str(path))

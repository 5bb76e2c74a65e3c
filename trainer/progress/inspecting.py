"""Looking into a journal without changing anything: every line, where it stands, and why it cannot be read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from json import JSONDecodeError
from pathlib import Path
from typing import NamedTuple

from trainer.memory.reviews import Fact
from trainer.progress.codec import OutOfBoundsError, decode
from trainer.progress.files import cause, status_of
from trainer.progress.learners import JOURNAL
from trainer.progress.reading import segment_names


class Line(NamedTuple):
    """A line that is not blank: its file, its number from 1, the byte of the file at which it begins, what it holds.

    Without a fact it was written by a later version of the program, or is unreadable, and `why` says so in French.
    Line 0 stands for a whole file that cannot be opened.
    """

    file: str
    number: int
    offset: int
    data: bytes = b""
    fact: Fact | None = None
    why: str = ""


def journal_files(folder: Path) -> list[Path]:
    """The files of a learner's journal, by name; OSError if the folder cannot be read."""
    journal = folder / JOURNAL
    return [journal / name for name in segment_names(journal)]


def lines(folder: Path, files: Collection[str] | None = None) -> Iterator[Line]:
    """Every line of a learner's journal, or of some of its files; each is read once, as it is at that moment."""
    try:
        paths = journal_files(folder)
    except OSError as error:
        yield Line(JOURNAL, 0, 0, why=f"dossier illisible : {cause(error)}")
        return
    for path in paths:
        if files is None or path.name in files:
            yield from _lines(path)


def _lines(path: Path) -> Iterator[Line]:
    try:
        status_of(path)
        content = path.read_bytes()
    except OSError as error:
        yield Line(path.name, 0, 0, why=f"fichier illisible : {cause(error)}")
        return
    offset = 0
    *whole, rest = content.split(b"\n")
    for number, data in enumerate(whole, 1):
        if data.strip():
            yield Line(path.name, number, offset, data, *_understood(data))
        offset += len(data) + 1
    if rest:
        why = "ligne inachevée : son écriture a été coupée"
        yield Line(path.name, len(whole) + 1, offset, rest, None, why)


def _understood(data: bytes) -> tuple[Fact | None, str]:
    try:
        return decode(data), ""
    except UnicodeDecodeError as error:
        why = f"l’octet {error.start + 1} de la ligne n’est pas de l’UTF-8"
    except JSONDecodeError as error:
        why = f"ce n’est pas du JSON à partir du caractère {error.pos + 1}"
    except OutOfBoundsError as error:
        why = str(error)
    except ValueError as error:
        missing = isinstance(error.__cause__, KeyError) and error.__cause__.args[0]
        why = (
            f"le champ « {missing} » manque, ou sa valeur est inconnue"
            if missing
            else "les champs ne sont pas ceux d’une réponse"
        )
    return None, why if data.strip(b"\0 ") else "rien que des octets nuls : une coupure de courant en laisse"

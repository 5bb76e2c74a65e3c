"""The settings that everyone of a data folder shares: one file, and its one owner; keys known to others stay."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from trainer.errors import ProgressError
from trainer.progress import documents
from trainer.progress.files import cause, make_private, set_aside, write_whole

NAME = "settings.json"
VERSION = 1
SPOILT = "fichier abîmé, ou mal modifié à la main"


class Settings(NamedTuple):
    """What the file says, key by key; `problem` says in French why it says nothing, `is_later` that it is too new."""

    values: Mapping[str, Any] = {}
    problem: str = ""
    is_later: bool = False


def load(data: Path) -> Settings:
    """The settings of a data folder; never raises. No file at all is no problem."""
    try:
        values = documents.read(data / NAME)
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except OSError as error:
        return Settings(problem=f"fichier inaccessible ({cause(error)})")
    except ValueError:
        return Settings(problem=SPOILT)
    version = values.get("v") if isinstance(values, dict) else None
    if type(version) is int and version > VERSION:
        return Settings(problem="réglages d’une version plus récente de trainer", is_later=True)
    if type(version) is not int or version != VERSION:
        return Settings(problem=SPOILT)
    return Settings(values)


def change(data: Path, key: str, value: Any, is_spoilt: bool = False) -> Path | None:
    """Set one key and leave the others; where the file was put aside, if it was damaged or `is_spoilt`.

    ProgressError, and nothing changed, if it cannot be written, or belongs to a later version of the program.
    """
    path, before = data / NAME, load(data)
    if before.is_later:
        raise ProgressError(
            f"{path}\u00a0: {before.problem}. Rien n’a changé\u00a0; mettez trainer à jour, ou déplacez ce fichier."
        )
    after = {"v": VERSION, **before.values, key: value}
    try:
        make_private(data)
        aside = set_aside(path) if before.problem or is_spoilt else None
        write_whole(path, documents.written(after, indent=1))
    except OSError as error:
        raise ProgressError(
            f"{path}\u00a0: réglage non enregistré ({cause(error)}). Rien n’a changé\u00a0; réglez cela, puis relancez."
        ) from error
    return aside

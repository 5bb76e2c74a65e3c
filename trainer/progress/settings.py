"""The settings that everyone of a data folder shares: one file, and its one owner; keys known to others stay.

An administrator of the computer may keep settings for all its data folders; what a folder says itself wins, key by key.
"""

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
    """What a file says, key by key, over what an administrator says in `common`.

    `problem` says in French why the file says nothing, `is_later` that it is too new.
    """

    path: Path
    values: Mapping[str, Any] = {}
    problem: str = ""
    is_later: bool = False
    common: Settings | None = None

    def get(self, key: str, default: Any) -> Any:
        """What the file says of a key, or else that of an administrator."""
        return self._saying(key).values.get(key, default)

    def path_of(self, key: str) -> Path:
        """The file that says something of a key."""
        return self._saying(key).path

    def _saying(self, key: str) -> Settings:
        return self.common if self.common and key not in self.values else self


def load(data: Path, shared: Path | None = None) -> Settings:
    """The settings of a data folder over those of an administrator's folder; never raises.

    No file at all is no problem. A file that says nothing makes the whole doubtful: it may have said otherwise.
    """
    own = _load(data / NAME)
    if shared is None or own.problem:
        return own
    common = _load(shared / NAME)
    return common if common.problem else own._replace(common=common)


def _load(path: Path) -> Settings:
    try:
        values = documents.read(path)
    except (FileNotFoundError, NotADirectoryError):
        return Settings(path)
    except OSError as error:
        return Settings(path, problem=f"fichier inaccessible ({cause(error)})")
    except ValueError:
        return Settings(path, problem=SPOILT)
    version = values.get("v") if isinstance(values, dict) else None
    if type(version) is int and version > VERSION:
        return Settings(path, problem="réglages d’une version plus récente de trainer", is_later=True)
    if type(version) is not int or version != VERSION:
        return Settings(path, problem=SPOILT)
    return Settings(path, values)


def change(data: Path, key: str, value: Any, is_spoilt: bool = False) -> Path | None:
    """Set one key and leave the others; where the file was put aside, if it was damaged or `is_spoilt`.

    ProgressError, and nothing changed, if it cannot be written, or belongs to a later version of the program.
    """
    path, before = data / NAME, load(data)
    if before.is_later:
        raise ProgressError(
            f"{path} : {before.problem}. Rien n’a changé ; mettez trainer à jour, ou déplacez ce fichier."
        )
    after = {"v": VERSION, **before.values, key: value}
    try:
        make_private(data)
        aside = set_aside(path) if before.problem or is_spoilt else None
        write_whole(path, documents.written(after, indent=1))
    except OSError as error:
        raise ProgressError(
            f"{path} : réglage non enregistré ({cause(error)}). Rien n’a changé ; réglez cela, puis relancez."
        ) from error
    return aside

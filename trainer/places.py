"""Where things are: content to read, data to keep."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from trainer.errors import ProgressError, UsageError

PACKAGE = Path(__file__).parent
NO_HOME = (
    "le dossier personnel de ce compte est inconnu (HOME n’est pas défini) : dites où garder les progrès, avec "
    "--data DOSSIER ou la variable TRAINER_DATA."
)


class Folders(NamedTuple):
    """The two folders of a run; `told` is where somebody said that the data is."""

    content: Path
    told: Path | None

    @property
    def data(self) -> Path:
        """The data folder; ProgressError if nobody said where, and the system does not know either."""
        return self.told or _usual_data()


def shared_settings(environ: Mapping[str, str], is_windows: bool) -> Path | None:
    """Where an administrator keeps settings for everyone on this computer; None if the system has no such place."""
    if not is_windows:
        return Path("/etc/trainer")
    common = environ.get("PROGRAMDATA")
    return Path(common, "trainer") if common else None


def shipped_content() -> Path:
    """The content that comes with the product: inside an installed wheel, beside the package in a clone."""
    inside = PACKAGE / "_content"
    with suppress(PermissionError):
        if inside.is_dir():
            return inside
    return PACKAGE.parent / "content"


def resolve(content: str | None, data: str | None, environ: Mapping[str, str]) -> Folders:
    """The folders from the command line, else from the environment, else the defaults; the data folder as a full path.

    UsageError if it is relative to a working directory that was deleted.
    """
    content = content or environ.get("TRAINER_CONTENT")
    data = data or environ.get("TRAINER_DATA")
    return Folders(_home(content) if content else shipped_content(), _whole(_home(data)) if data else None)


def _home(path: str) -> Path:
    """A path with the home folder for a leading «~», which no shell replaces after «=»; as it is if there is none."""
    with suppress(RuntimeError):
        return Path(path).expanduser()
    return Path(path)


def _whole(path: Path) -> Path:
    """The same path from the root, so that what is told of it can be found from anywhere."""
    try:
        return path.absolute()
    except OSError as error:
        raise UsageError(
            f"le dossier où vous êtes n’existe plus : donnez un chemin complet à la place de {path}."
        ) from error


def _usual_data() -> Path:
    """Where the system keeps the data of applications; ProgressError if it knows of no home of this user."""
    from platformdirs import user_data_path  # slow to import, and not needed when somebody says where

    try:
        folder = user_data_path("trainer", appauthor=False)
    except (RuntimeError, KeyError):
        raise ProgressError(NO_HOME) from None
    if not folder.is_absolute():  # «~», which no shell is there to explain
        raise ProgressError(NO_HOME)
    return folder

"""Erasing all that is kept of one learner, and telling what could not be erased."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from trainer.progress.files import cause, sync_folder
from trainer.progress.learners import PROFILE


class Left(NamedTuple):
    """A file or folder that is still there, and why, in a few French words."""

    path: Path
    why: str


def erase(folder: Path) -> tuple[Left, ...]:
    """Remove a learner's folder and all that is in it; what is left of it, nothing being the usual answer.

    The profile goes last, so that a learner of whom something is left can still be found by name. Links are removed,
    never followed.
    """
    left: list[Left] = []
    if folder.is_symlink():
        _remove(folder, left)
        return (*left, Left(folder.resolve(), "dossier d’un autre endroit, à effacer vous-même"))
    _empty(folder, left, spared=PROFILE)
    if not left:
        _remove(folder / PROFILE, left)
    if not left:
        _remove(folder, left)
    with suppress(OSError):
        sync_folder(folder.parent)
    return tuple(left)


def _empty(folder: Path, left: list[Left], spared: str = "") -> None:
    try:
        entries = [path for path in folder.iterdir() if path.name != spared]
    except FileNotFoundError:
        return
    except OSError as error:
        left.append(Left(folder, cause(error)))
        return
    for path in entries:
        if path.is_dir() and not path.is_symlink():
            before = len(left)
            _empty(path, left)
            if len(left) > before:
                continue
        _remove(path, left)


def _remove(path: Path, left: list[Left]) -> None:
    try:
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink()
    except FileNotFoundError:
        pass
    except OSError as error:
        left.append(Left(path, cause(error)))

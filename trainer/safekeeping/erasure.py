"""Erasing all that is kept of one learner, and telling what could not be erased."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISDIR
from typing import NamedTuple

from trainer.progress.files import cause, is_link, sync_folder
from trainer.progress.learners import PROFILE, Learner, Learners

_ATTEMPTS = 3
"""A window that is open meanwhile may put one more file into a folder that was just emptied."""
_ELSEWHERE = "un lien y menait depuis le dossier effacé ; à effacer vous-même si c’est à cette personne"
_FAR = f"injoignable d’ici, {_ELSEWHERE}"
"""Of a share or a disk that is not there today: what it holds is not erased."""


class Left(NamedTuple):
    """A file or folder that is still there, and why, in a few French words."""

    path: Path
    why: str


def forget(learners: Learners, learner: Learner) -> tuple[Left, ...]:
    """Erase a learner; what is left of them, folders of the same name that somebody copied or renamed included.

    Those are told rather than erased, since nobody knows for sure whose they are.
    """
    left = erase(learner.folder)
    copies = [
        Left(
            other.folder,
            f'même nom, dossier copié ou renommé à la main ; pour l’effacer : trainer data delete --yes --learner "{other.folder.name}"',
        )
        for other in learners.namesakes(learner)
    ]
    return (*left, *copies)


def erase(folder: Path) -> tuple[Left, ...]:
    """Remove a learner's folder and all that is in it; what is left of it, nothing being the usual answer.

    The profile goes last, so that a learner of whom something is left can still be found by name. Links are removed,
    never followed: what they lead to may be somebody else's, and is told. A window that still writes is outlasted.
    """
    eraser = _Eraser(Path(os.path.realpath(folder.parent)))
    for _ in range(_ATTEMPTS):
        eraser.left.clear()
        eraser.erase(folder)
        if not eraser.left:
            break
    with suppress(OSError):
        sync_folder(folder.parent)
    return (*eraser.left, *eraser.elsewhere)


@dataclass
class _Eraser:
    """Removes what lies below `learners`; notes what is `left`, and what of it lies `elsewhere`."""

    learners: Path
    left: list[Left] = field(default_factory=list)
    elsewhere: list[Left] = field(default_factory=list)

    def erase(self, folder: Path) -> None:
        """Remove a learner's folder, and their profile last, unless something of it stays."""
        if not is_link(folder):
            self._empty(folder, spared=PROFILE)
            if not self.left:
                self._remove(folder / PROFILE)
        if not self.left:
            self._remove(folder)

    def _empty(self, folder: Path, spared: str = "") -> None:
        try:
            entries = [path for path in folder.iterdir() if path.name != spared]
        except FileNotFoundError:
            return
        except OSError as error:
            self.left.append(Left(folder, cause(error)))
            return
        for path in entries:
            before = len(self.left)
            if _is_folder(path):
                self._empty(path)
            if len(self.left) == before:
                self._remove(path)

    def _remove(self, path: Path) -> None:
        """Remove a file, an empty folder or a link."""
        try:
            if is_link(path):
                self._unlink(path)
            elif _is_folder(path):
                path.rmdir()
            else:
                path.unlink()
        except FileNotFoundError:
            pass
        except OSError as error:
            self.left.append(Left(path, cause(error)))

    def _unlink(self, link: Path) -> None:
        """Remove a link, and note what it led to, unless that is among the folders of learners."""
        target = Path(os.path.realpath(link))
        link.unlink()
        if not target.is_relative_to(self.learners):
            self.elsewhere.append(Left(target, _ELSEWHERE if os.path.lexists(target) else _FAR))


def _is_folder(path: Path) -> bool:
    """Whether this is a folder and no link; what cannot be looked at is told when its removal fails."""
    try:
        return S_ISDIR(os.lstat(path).st_mode) and not is_link(path)
    except OSError:
        return False

"""Whether a directory of content is of any use, and if not, why; what is wrong in a part of it is another matter."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from trainer.content.folder import glossary_of
from trainer.content.loaded import TERMS, Loaded
from trainer.glossary.cleaning import argument

_ELSEWHERE = "corrigez le chemin (--content ou TRAINER_CONTENT)"


def obstacle(root: Path, loaded: Loaded) -> str:
    """Why nothing can be learnt from what was read there, and what to do, in French; nothing if something can."""
    if loaded.library.terms:  # the usual case, which costs no look at the disk
        return ""
    why = _missing(root)
    if not why and not loaded.library.asked:
        why = f"rien de lisible (« trainer check {argument(str(root))} » dit pourquoi, ligne par ligne)"
    return _unusable(root, why)


def closed(path: Path) -> str:
    """Why what somebody names as content cannot be looked at, and what to do; nothing if it can, or is not there."""
    try:
        _look_into(path)
    except OSError as error:
        return _unusable(path, _refusal(error))
    return ""


def _unusable(path: Path, why: str) -> str:
    return f"contenu inutilisable, {path} : {why}." if why else ""


def _look_into(path: Path) -> int:
    """The mode of what is there, 0 if nothing is; OSError if it is a folder of which no name, or only names, can be read."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return 0
    if S_ISDIR(mode):
        with os.scandir(path) as entries:
            for entry in entries:
                os.lstat(entry.path)
                break
    return mode


def _missing(root: Path) -> str:
    """What of a directory of content is not there, or may not be read."""
    try:
        mode = _look_into(root)
    except OSError as error:
        return _refusal(error)
    if not mode:
        return f"dossier absent ; {_ELSEWHERE}"
    if not S_ISDIR(mode):
        return f"ce n’est pas un dossier ; {_ELSEWHERE}"
    return _missing_terms(glossary_of(root))


def _missing_terms(glossary: Path) -> str:
    """Why there are no terms to be read, if there are none."""
    try:
        if not S_ISREG(_look_into(glossary)):
            return f"pas de fichier {TERMS} ; {_ELSEWHERE}, ou créez-le"
        with glossary.open("rb"):
            return ""
    except OSError:
        return (
            f"lecture interdite ou impossible de {glossary} ; donnez le droit de lire ce fichier, "
            "ou vérifiez le disque"
        )


def _refusal(error: OSError) -> str:
    """Why a folder cannot be looked into."""
    if error.errno == errno.ENAMETOOLONG:
        return f"nom trop long ; {_ELSEWHERE}"
    return "lecture interdite ou impossible ; donnez le droit de lire ce dossier, ou vérifiez le disque"

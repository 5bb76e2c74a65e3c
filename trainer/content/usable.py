"""Whether a directory of content is of any use, and if not, why; what is wrong in a part of it is another matter."""

from __future__ import annotations

from pathlib import Path

from trainer.content.folder import glossary_of
from trainer.content.loaded import TERMS, Loaded

_ELSEWHERE = "corrigez le chemin (--content ou TRAINER_CONTENT)"


def obstacle(root: Path, loaded: Loaded) -> str:
    """Why nothing can be learnt from what was read there, and what to do, in French; nothing if something can."""
    if loaded.library.terms:  # the usual case, which costs no look at the disk
        return ""
    why = _missing(root)
    if not why and not loaded.library.asked:
        why = f"rien de lisible («\u00a0trainer check {root}\u00a0» dit pourquoi, ligne par ligne)"
    return f"contenu inutilisable, {root}\u00a0: {why}." if why else ""


def _missing(root: Path) -> str:
    """What of a directory of content is not there, or may not be read."""
    try:
        if not root.exists():
            return f"dossier absent\u00a0; {_ELSEWHERE}"
        if not root.is_dir():
            return f"ce n’est pas un dossier\u00a0; {_ELSEWHERE}"
        glossary = glossary_of(root)
        if not glossary.is_file():
            return f"pas de fichier {TERMS}\u00a0; {_ELSEWHERE}, ou créez-le"
        with glossary.open("rb"):
            return ""
    except (OSError, ValueError):
        return (
            "lecture interdite ou impossible\u00a0; donnez le droit de lire ce dossier, ou vérifiez le disque"
        )

"""What to say of the files of a folder of content that are not read; imported where there is one."""

from __future__ import annotations

import os
import re
from pathlib import Path

from trainer.content.loaded import ENDINGS, LOCK, QUIZZES, TERMS, is_yaml
from trainer.content.syntax.report import START, Report, quoted, shown
from trainer.glossary.problems import Problem

# Windows hides the last ending of a name, so that nobody there sees «essai.yaml.txt».
_ENDED_AGAIN = r"(?i)(?P<meant>.+\.ya?ml)(?P<extra>\.[^.]+)"
_SHORTCUT = ".lnk"
_LEFT_BEHIND = (
    r"(?i)\..*|__.*|.*~|#.*#"  # hidden files, folders of tools, copies of editors
    r"|.*\.(?:bak|old|orig|rej|swp|tmp)"
    r"|thumbs\.db|desktop\.ini"
    r"|(?:readme|lisez-?moi|licen[cs]e)\b.*"
)
_TEXT = ("", ".txt", ".json")
"""Endings of files that may well hold a deck under a wrong name."""
_LIKE_TERMS = ("term", "lexique", "glossaire")
_LIKE_QUIZZES = ("quiz", "paquet", "deck")


def never_read(path: Path) -> list[Problem]:
    """What to say of a file that an author names as a deck, although it is not read; nothing if it is."""
    if path.name.startswith(LOCK):
        return _locked(path)
    if is_yaml(path.name):
        return []
    return _ended_again(path) or _told(path, f"fichier pas lu ; donnez-lui un nom en {quoted(ENDINGS[0])}")


def unlisted(directory: Path) -> list[Problem]:
    """What to say of a directory that cannot be looked into."""
    return _told(directory, "dossier illisible ; vérifiez que c’est un dossier, et le droit de le lire")


def deckless(directory: Path) -> list[Problem]:
    """What to say of a directory in which there is no deck; nothing if it is not there."""
    message = "aucun paquet dans ce dossier ; mettez-y un fichier en « .yaml »"
    return _told(directory, message, is_doubt=True) if _is_folder(directory) else []


def _is_folder(path: Path) -> bool:
    """Whether this is plainly a folder; what cannot be looked at, such as a link to a closed one, is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def beside(path: Path, glossary: Path, quizzes: Path) -> list[Problem]:
    """What to say of a file or a folder beside the file of terms."""
    if re.fullmatch(_LEFT_BEHIND, path.name):
        return []
    name, stem = path.name.lower(), path.stem.lower()
    if name.startswith(LOCK):
        return _locked(path)
    if re.fullmatch(_ENDED_AGAIN, name):
        return _ended_again(path)
    if name == QUIZZES or (name.startswith(_LIKE_QUIZZES) and _is_folder(path)):
        return _told(path, f"dossier pas lu ; mettez ses paquets dans {quoted(quizzes.name)}")
    if is_yaml(name) and stem.startswith(_LIKE_TERMS):
        message = f"fichier pas lu : les termes sont dans {quoted(glossary.name)} ; gardez un seul fichier, sous ce nom"
        return _told(path, message)
    if is_yaml(name):
        message = f"fichier pas lu ici ; un paquet va dans le dossier {quoted(quizzes.name)}, des termes dans {quoted(glossary.name)}"
        return _told(path, message)
    return _other(path) if stem == Path(TERMS).stem else []


def among_decks(path: Path) -> list[Problem]:
    """What to say of something among the decks that is not one."""
    if path.name.startswith(LOCK):
        return _locked(path)
    if re.fullmatch(_LEFT_BEHIND, path.name):
        return []
    if _is_folder(path) and path.parent.name.lower() != QUIZZES:
        return []  # a folder of drafts, which its author named to `check`
    if _is_folder(path):
        return _told(path, f"sous-dossier pas lu ; mettez ses paquets dans {quoted(path.parent.name)}")
    if path.suffix.lower() == _SHORTCUT:
        return _told(path, "raccourci, pas lu ; mettez ici le fichier lui-même")
    return _ended_again(path) or _other(path)


def _ended_again(path: Path) -> list[Problem]:
    """What to say of «essai.yaml.txt»; nothing of another name."""
    found = re.fullmatch(_ENDED_AGAIN, path.name)
    if found is None:
        return []
    name = found["meant"]
    todo = _taken(name) if _is_taken(path, name) else f"renommez-le {quoted(name)}"
    return _told(path, f"{quoted(found['extra'])} de trop : ce fichier n’est pas lu ; {todo}")


def _is_taken(path: Path, name: str) -> bool:
    """Whether another file beside this one has that name."""
    return os.path.lexists(path.with_name(name))


def _taken(name: str) -> str:
    return f"{quoted(name)} existe déjà : gardez l’un des deux, rangez l’autre ailleurs"


def _locked(path: Path) -> list[Problem]:
    name = quoted(path.name.removeprefix(LOCK))
    message = f"{name} est ouvert dans Word ou Excel ; fermez-le, et modifiez-le avec le Bloc-notes"
    return _told(path, message, is_doubt=True)


def _other(path: Path) -> list[Problem]:
    """A doubt about a file whose name says nothing: it may be a note, or a deck that its author waits for."""
    name = path.stem + ENDINGS[0]
    if path.suffix.lower() in _TEXT and _is_taken(path, name):
        message = f"fichier pas lu ; {_taken(name)}"
    elif path.suffix.lower() in _TEXT:
        message = (
            f"fichier pas lu ; si c’est du contenu, renommez-le {quoted(name)}, sinon rangez-le ailleurs"
        )
    else:
        message = f"fichier pas lu ; recopiez son texte dans un fichier en {quoted(ENDINGS[0])}, ou rangez-le ailleurs"
    return _told(path, message, is_doubt=True)


def _told(path: Path, message: str, *, is_doubt: bool = False) -> list[Problem]:
    report = Report(shown(path))
    if is_doubt:
        report.warn(START, message)
    else:
        report.error(START, message)
    return report.problems

"""What stands in a folder of content: the files that are read, and what to say of those that are not.

Only names are looked at, so that a start may do it each time.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from trainer.content.loaded import ENDINGS, QUIZZES, TERMS
from trainer.content.syntax.report import START, Report, quoted, shown
from trainer.glossary.problems import Problem

# The patterns are compiled when they are needed: in most folders all files are read, and a start looks at their names.
# Windows hides the last ending of a name, so that nobody there sees «essai.yaml.txt».
_ENDED_AGAIN = r"(?i)(?P<meant>.+\.ya?ml)(?P<extra>\.[^.]+)"
_LOCK = "~$"
"""What Word and Excel put before the name of a file that they have open."""
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


class Contents(NamedTuple):
    """The files of a folder of content that are read, whether they exist or not, and the problems of its names."""

    glossary: Path
    decks: list[Path]
    problems: list[Problem]


def contents(root: Path) -> Contents:
    """What is read of a folder of content; a name in capitals counts like one in small letters."""
    entries, _ = _listed(root)
    glossaries = [path for path in entries if is_glossary(path.name)]
    folders = [path for path in entries if path.name.lower() == QUIZZES]
    glossary = _preferred(glossaries, root / TERMS)
    quizzes = _preferred(folders, root / QUIZZES)
    problems = [
        problem
        for path in entries
        if path not in (glossary, quizzes) and not re.fullmatch(_LEFT_BEHIND, path.name)
        for problem in _beside(path, glossary, quizzes)
    ]
    decks, told = deck_paths(quizzes)
    return Contents(glossary, decks, problems + told)


def deck_paths(directory: Path) -> tuple[list[Path], list[Problem]]:
    """The deck files of a directory, by name, and what to say of its other files; an absent one counts as nothing."""
    entries, problems = _listed(directory)
    decks = []
    for path in entries:
        if is_yaml(path.name) and not path.name.startswith((".", _LOCK)):
            decks.append(path)
        else:
            problems += _among_decks(path)
    if not decks and not problems and _is_folder(directory):
        problems = _told(
            directory, "aucun paquet dans ce dossier ; mettez-y un fichier en « .yaml »", is_doubt=True
        )
    return decks, problems


def glossary_of(root: Path) -> Path:
    """The file of terms of a folder of content; where there is none, the one to be made."""
    entries, _ = _listed(root)
    return _preferred([path for path in entries if is_glossary(path.name)], root / TERMS)


def is_glossary(name: str) -> bool:
    """Whether a file has the name of a file of terms."""
    return name.lower() in {Path(TERMS).stem + ending for ending in ENDINGS}


def is_yaml(name: str) -> bool:
    """Whether a file is read, by its name."""
    return name.lower().endswith(ENDINGS)


def never_read(path: Path) -> list[Problem]:
    """What to say of a file that an author names as a deck, although it is not read; nothing if it is."""
    if path.name.startswith(_LOCK):
        return _locked(path)
    if is_yaml(path.name):
        return []
    return _ended_again(path) or _told(path, f"fichier pas lu ; donnez-lui un nom en {quoted(ENDINGS[0])}")


def _preferred(paths: list[Path], usual: Path) -> Path:
    """The path of the usual name, else the first there is."""
    return usual if usual in paths or not paths else paths[0]


def _small_letters_first(path: Path) -> tuple[str, str]:
    """Where a path stands in a list: of two names that differ by their capitals, the usual one comes first."""
    return path.name.lower(), path.name.swapcase()


def _listed(directory: Path) -> tuple[list[Path], list[Problem]]:
    try:
        entries = sorted(directory.iterdir(), key=_small_letters_first)
        for path in entries[:1]:  # names may be had without the right to what they name
            path.lstat()
        return entries, []
    except FileNotFoundError:
        return [], []
    except (OSError, ValueError):
        message = "dossier illisible ; vérifiez que c’est un dossier, et le droit de le lire"
        return [], _told(directory, message)


def _is_folder(path: Path) -> bool:
    """Whether this is plainly a folder; what cannot be looked at, such as a link to a closed one, is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _beside(path: Path, glossary: Path, quizzes: Path) -> list[Problem]:
    """What to say of a file or a folder beside the file of terms."""
    name, stem = path.name.lower(), path.stem.lower()
    if name.startswith(_LOCK):
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


def _among_decks(path: Path) -> list[Problem]:
    """What to say of something among the decks that is not one."""
    if path.name.startswith(_LOCK):
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
    message = (
        f"{quoted(found['extra'])} de trop : ce fichier n’est pas lu ; renommez-le {quoted(found['meant'])}"
    )
    return _told(path, message)


def _locked(path: Path) -> list[Problem]:
    name = quoted(path.name.removeprefix(_LOCK))
    message = f"{name} est ouvert dans Word ou Excel ; fermez-le, et modifiez-le avec le Bloc-notes"
    return _told(path, message, is_doubt=True)


def _other(path: Path) -> list[Problem]:
    """A doubt about a file whose name says nothing: it may be a note, or a deck that its author waits for."""
    if path.suffix.lower() in _TEXT:
        message = f"fichier pas lu ; si c’est du contenu, renommez-le {quoted(path.stem + ENDINGS[0])}, sinon rangez-le ailleurs"
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

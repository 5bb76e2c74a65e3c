"""A backup put into a data folder: what is there stays as it is, what is missing is added, answers are united."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from trainer.errors import ProgressError
from trainer.progress.files import cause, kind_refused, make_private, sweep, write_one_of_many
from trainer.safekeeping.archive import LEARNERS, LINES, Archive
from trainer.safekeeping.names import marked


@dataclass
class Merged:
    """What became of the files of a backup: added, or there already; `differing` are settings that were left alone.

    `folders` are the learners that the backup holds.
    """

    added: list[Path] = field(default_factory=list)
    same: int = 0
    differing: list[Path] = field(default_factory=list)
    folders: set[Path] = field(default_factory=set)


def merge(archive: Archive, data: Path, folder_name: str = "") -> Merged:
    """Add to a data folder what it lacks of a backup, or of that learner in it; nothing there is changed or removed.

    A file of lines that says something else than the one of its name comes to lie beside it: both are read, and their
    facts are a union. ProgressError if the disk refuses; doing it again then adds the rest.
    """
    merged = Merged()
    for name in sorted(archive.files):
        top, *rest = name.split("/")
        if top == LEARNERS and rest[0] == (folder_name or rest[0]):
            merged.folders.add(data / LEARNERS / rest[0])
        elif top == LEARNERS or folder_name:
            continue
        path = data.joinpath(top, *rest)
        try:
            _put(path, archive.read(name), len(rest) > 1 and rest[1] in LINES, merged)
        except OSError as error:
            raise ProgressError(
                f"{path} : écriture impossible ({cause(error)}). {len(merged.added)} fichiers ont été ajoutés, rien "
                "n’a été remplacé ; réglez cela, puis relancez : la suite s’ajoutera."
            ) from error
    _sweep(merged.added)
    return merged


def _sweep(added: Iterable[Path]) -> None:
    """Remove what an interrupted restoration left beside these files, folder by folder."""
    names: dict[Path, set[str]] = {}
    for path in added:
        names.setdefault(path.parent, set()).add(path.name)
    for folder, its_names in names.items():
        sweep(folder, its_names)


def _put(path: Path, content: bytes, has_lines: bool, merged: Merged) -> None:
    there = _there(path)
    while there is not None and has_lines and not there.startswith(content):
        path = path.with_name(marked(path.name, path.name.encode(errors="surrogatepass") + content))
        there = _there(path)
    if there is None:
        make_private(path.parent)
        write_one_of_many(path, content)
        merged.added.append(path)
    elif there == content or has_lines:
        merged.same += 1
    else:
        merged.differing.append(path)


def _there(path: Path) -> bytes | None:
    """What a file holds; None if nothing has its name. ProgressError if something else has, which would be replaced."""
    if path.is_file():
        return path.read_bytes()
    refused = kind_refused(path)
    if refused:
        raise ProgressError(
            f"{path} : {refused}, là où un fichier est à remettre. Rien n’a été remplacé ; déplacez-le, puis relancez."
        )
    return None

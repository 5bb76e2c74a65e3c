"""Files that only their owner reads, written whole or not at all; every write of `progress` to a disk goes through here.

The system is called as `os.…` each time, so that tests can put a failing one in its place.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG

from trainer.errors import ProgressError

_PRIVATE_FOLDER = 0o700
_BUSY = (5, 32, 33)
"""Windows: refused, shared, locked; an antivirus lets go after a moment."""
_DELAYS = (0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.24)
"""Seconds between attempts: 2.5 in all."""
_JUNCTION = 0xA0000003
"""What Windows marks a folder with that leads to another one; nothing else gives that mark."""
_STALE = 3600
"""Seconds after which an unfinished file belongs to nobody any more."""

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}
_GONE = {errno.ENOENT, getattr(errno, "ESTALE", errno.ENOENT)}
_UNREACHABLE = {
    getattr(errno, name)
    for name in (
        "ETIMEDOUT",
        "EHOSTDOWN",
        "EHOSTUNREACH",
        "ENETDOWN",
        "ENETUNREACH",
        "ENOTCONN",
        "ECONNRESET",
    )
    if hasattr(errno, name)
}
_UNABLE = {errno.EBADF, errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}
"""What file systems answer that have no way to save the names in a folder, such as some network ones."""
_WORDS = {
    errno.ENOTDIR: "un fichier est à la place d’un dossier",
    errno.EISDIR: "c’est un dossier",
    errno.ENXIO: "ce n’est pas un fichier",
    errno.ENODEV: "ce n’est pas un fichier",
    errno.ELOOP: "un lien tourne en rond",
    errno.ENAMETOOLONG: "nom trop long",
    errno.EIO: "disque défaillant",
    errno.EBADF: "fichier devenu inutilisable",
    errno.EINVAL: "nom ou opération que ce disque n’accepte pas",
    errno.EMFILE: "trop de fichiers ouverts",
    errno.ENFILE: "trop de fichiers ouverts",
}
_DOUBTFUL: set[Path] = set()
"""Folders made, or not, by a call that failed: the next attempt must not take them for safe."""


def make_private(folder: Path, inside: Path | None = None) -> None:
    """Create a folder, and those above it that are missing, for the owner alone; their names survive a power cut.

    With `inside`, a folder above that is never made: FileNotFoundError if it is not there.
    """
    if folder.is_dir() and folder not in _DOUBTFUL:
        return
    if inside is not None and not inside.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(inside))
    make_private(folder.parent, inside)
    _DOUBTFUL.add(folder)
    if folder != inside:  # it may have gone since
        with suppress(FileExistsError):
            os.mkdir(folder, _PRIVATE_FOLDER)  # noqa: PTH102
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    sync_folder(folder.parent)
    _DOUBTFUL.discard(folder)


def is_link(path: Path) -> bool:
    """Whether a name stands for something elsewhere: a symbolic link, or a junction of Windows."""
    try:
        status = os.lstat(path)
    except OSError:
        return False
    return S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == _JUNCTION


def mode_of(path: Path) -> int:
    """What has this name, links followed, as the mode of `stat`; 0 if nothing plainly has. OSError if nobody can tell.

    `Path.exists` and its like say no to what cannot be looked at, or fail, as the version of Python will have it.
    """
    try:
        return os.stat(path).st_mode  # noqa: PTH116
    except (FileNotFoundError, ValueError):  # no system gives such a name to anything
        return 0
    except OSError as error:
        if error.errno == errno.ELOOP:
            return 0
        raise


def status_of(path: Path | str) -> os.stat_result:
    """What the system says of a plain file; OSError if it cannot, or if this is none: a pipe would wait for its writer."""
    status = os.stat(path)  # noqa: PTH116
    if not S_ISREG(status.st_mode):
        number = errno.EISDIR if S_ISDIR(status.st_mode) else errno.ENXIO
        raise OSError(number, os.strerror(number), str(path))
    return status


def check_readable(entry: os.DirEntry[str]) -> None:
    """OSError if a file is there that cannot be read; one that has gone meanwhile is no matter.

    A start asks this of every file of a journal: most of them are known for plain files without another look.
    """
    try:
        if not entry.is_file():
            status_of(entry.path)
        os.close(os.open(entry.path, os.O_RDONLY))
    except FileNotFoundError:
        if os.path.lexists(entry.path):
            raise


def entries_of(folder: Path) -> list[os.DirEntry[str]]:
    """What a folder holds, nothing if it is not there; OSError if it cannot be looked into.

    A folder behind a link that leads nowhere cannot: it is not absent but out of reach.
    """
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except FileNotFoundError:
        if not _is_absent(folder):
            raise
        return []


def _is_absent(folder: Path) -> bool:
    """Whether nothing has this name, and no link above it leads nowhere."""
    nearest = next((path for path in (folder, *folder.parents) if os.path.lexists(path)), folder)
    return nearest != folder and nearest.exists()


def kind_refused(path: Path) -> str:
    """Why a file must not be written at this path, in a few French words; nothing if it is absent, or a plain file.

    OSError if nobody can tell.
    """
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return ""
    if S_ISREG(mode) and not is_link(path):
        return ""
    if is_link(path):
        return "c’est un lien vers un autre endroit"
    return "c’est un dossier" if S_ISDIR(mode) else "c’est un périphérique, ou un autre fichier spécial"


def sync_folder(folder: Path) -> None:
    """Make sure that the names in a folder survive a power cut, wherever the system has a way to ask for it."""
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:  # a folder that one may pass through but not read
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _UNABLE:
            raise
    finally:
        os.close(descriptor)


def sync_file(file: int) -> None:
    """Wait until all that was written to a file is on the disk."""
    getattr(os, "fdatasync", os.fsync)(file)


def write_all(file: int, data: bytes) -> None:
    """Write every byte, however few the system takes at once."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]


def write_whole(path: Path, data: bytes, sleep: Callable[[float], None] = time.sleep) -> None:
    """Replace a file in one step, so that a reader or a crash sees the old text or the new one; OSError if it fails."""
    write_one_of_many(path, data, sleep)
    sweep(path.parent, {path.name})


def write_one_of_many(path: Path, data: bytes, sleep: Callable[[float], None] = time.sleep) -> None:
    """The same for whoever sweeps the folder once at the end: looking through it for each file takes its square."""
    from tempfile import mkstemp  # slow to import, and most runs that only read never need it

    descriptor, name = mkstemp(".tmp", f".{path.name}.", path.parent)
    unfinished = Path(name)
    try:
        try:
            write_all(descriptor, data)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        _replace(unfinished, path, sleep)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise
    sync_folder(path.parent)


def free_names(path: Path) -> Iterator[Path]:
    """A path, then the same with -2, -3…: for whoever must not replace a file."""
    yield path
    yield from (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))


def set_aside(path: Path) -> Path:
    """Keep a damaged file under a free name, for another to take its place; where. OSError if that fails.

    It is copied, so that no crash leaves none; what cannot be read is moved.
    """
    names = free_names(path.with_suffix(f".damaged{path.suffix}"))
    aside = next(name for name in names if not name.exists())
    try:
        content = path.read_bytes() if path.is_file() else None
    except PermissionError:
        content = None
    if content is None:
        path.replace(aside)
    else:
        write_whole(aside, content)
    return aside


def _replace(unfinished: Path, path: Path, sleep: Callable[[float], None]) -> None:
    for delay in _DELAYS:
        try:
            unfinished.replace(path)
            return
        except OSError as error:
            if getattr(error, "winerror", None) not in _BUSY:
                raise
        sleep(delay)
    unfinished.replace(path)


def sweep(folder: Path, names: Collection[str]) -> None:
    """Remove what crashed writers of these files of a folder left; the time of the file itself serves as the clock."""
    with suppress(OSError):
        for unfinished in folder.glob(".*.*.tmp"):
            name = unfinished.name[1:].rpartition(".")[0].rpartition(".")[0]
            if name in names and unfinished.stat().st_mtime < (folder / name).stat().st_mtime - _STALE:
                unfinished.unlink()


def cause(error: OSError) -> str:
    """What went wrong, in a few French words."""
    if error.errno in _FULL:
        return "disque plein"
    if error.errno in _REFUSED:
        return "accès refusé"
    if error.errno in _GONE:
        leads_nowhere = isinstance(error.filename, str) and is_link(Path(error.filename))
        return "un lien ne mène nulle part" if leads_nowhere else "dossier disparu"
    if error.errno in _UNREACHABLE:
        return "partage injoignable"
    return _WORDS.get(error.errno or 0, f"erreur du système {error.errno}")


def not_saved(path: Path, error: OSError) -> ProgressError:
    """The error that tells a person why nothing was saved at that path, and what to do."""
    advice = {
        "disque plein": "Libérez de la place",
        "accès refusé": "Vérifiez que ce dossier vous appartient",
        "dossier disparu": "Rétablissez le dossier ou rebranchez le disque",
        "un lien ne mène nulle part": "Rétablissez le dossier ou rebranchez le disque",
        "un fichier est à la place d’un dossier": "Rétablissez le dossier",
        "partage injoignable": "Vérifiez le réseau",
    }.get(cause(error), "Prévenez la personne qui s’occupe de ce poste")
    return ProgressError(
        f"Enregistrement impossible dans {path} : {cause(error)}. {advice} : l’enregistrement reprendra "
        "de lui-même tant que cette fenêtre reste ouverte."
    )

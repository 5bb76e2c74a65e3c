"""A backup: one zip file of learners and settings, with a list of what it holds; nothing of it is believed unchecked."""

from __future__ import annotations

import io
import json
import os
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from stat import S_IFMT, S_ISREG
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from trainer.errors import ProgressError
from trainer.progress import parameters, settings
from trainer.progress.codec import write_time
from trainer.progress.files import cause, entries_of, status_of
from trainer.progress.learners import JOURNAL, PROFILE, QUARANTINE
from trainer.progress.reading import segment_names
from trainer.safekeeping.names import is_safe, marked, safe

VERSION = 1
MANIFEST = "manifest.json"
LEARNERS = "learners"
SHARED = (parameters.NAME, settings.NAME)
"""What all learners of a data folder share."""
LINES = (JOURNAL, QUARANTINE)
"""The folders of a learner that hold files of lines."""

MOST = 50_000
"""Files of a backup."""
LARGEST = 512 * 2**20
LARGEST_OF_ALL = 2 * 2**30
"""Bytes, of one file and of all of them, unpacked."""
DENSEST = 200
"""Times that a file may be larger than what is stored of it; answers come to about 15."""
_SMALL = 2**20
"""Bytes below which it does not matter how dense a file is."""
_LARGEST_LIST = 64 * 2**20
_PIECE = 2**20
_FIRST_YEAR, _LAST_YEAR = 1980, 2107
"""The years that a zip file has dates for."""
_BROKEN = (
    BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    IndexError,
    KeyError,
    TypeError,
)
"""All that a file that only looks like a zip makes of its readers."""


class _RefusedError(Exception):
    """The file is no backup that can be trusted; says in French why."""


class Stored(NamedTuple):
    """One file of a backup: bytes, and their checksum."""

    size: int
    sha256: str


def pack(data: Path, folders: Iterable[Path], now: datetime) -> bytes:
    """A backup of the settings of a data folder and of these learners; ProgressError if a part cannot be read."""
    manifest: dict[str, Stored] = {}
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, path in _sources(data, folders):
            try:
                status_of(path)
                content = path.read_bytes()
            except OSError as error:
                raise ProgressError(
                    f"{path} : fichier illisible ({cause(error)}). Rien n’est sauvegardé ; "
                    "rendez ce fichier lisible, puis relancez."
                ) from error
            manifest[name] = Stored(len(content), sha256(content).hexdigest())
            _add(archive, name, content, now)
        head = {
            "v": VERSION,
            "created": write_time(now),
            "files": {k: v._asdict() for k, v in manifest.items()},
        }
        _add(archive, MANIFEST, json.dumps(head, indent=1).encode(), now)
    with _refusing(data, "Rien n’est sauvegardé."):
        Archive(ZipFile(target), data)  # what could not be restored is no backup
    return target.getvalue()


def _sources(data: Path, folders: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """What goes into a backup, under names that are safe, and differ even where capitals count for nothing."""
    for shared in SHARED:
        if os.path.lexists(data / shared):
            yield shared, data / shared
    names: set[str] = set()
    for folder in folders:
        top = f"{LEARNERS}/{_unique(folder.name, names)}"
        try:
            paths = _files(folder)
        except OSError as error:
            raise ProgressError(
                f"{folder} : dossier illisible ({cause(error)}). Rien n’est sauvegardé ; "
                "rendez ce dossier lisible, puis relancez."
            ) from error
        taken: dict[str, set[str]] = {part: set() for part in LINES}
        for path in paths:
            if path.name == PROFILE:
                yield f"{top}/{PROFILE}", path
            else:
                part = path.parent.name
                yield f"{top}/{part}/{_unique(path.name, taken[part])}", path


def _files(folder: Path) -> list[Path]:
    """The files of a learner that a backup holds; OSError if a folder of them cannot be looked into."""
    has_profile = any(entry.name == PROFILE for entry in entries_of(folder))
    lines = [folder / part / name for part in LINES for name in segment_names(folder / part)]
    return [folder / PROFILE] * has_profile + lines


def _unique(name: str, taken: set[str]) -> str:
    found = safe(name)
    if found.casefold() in taken:
        found = marked(name, name.encode(errors="surrogatepass"))
    taken.add(found.casefold())
    return found


def _add(archive: ZipFile, name: str, content: bytes, now: datetime) -> None:
    info = ZipInfo(name, _date(now))
    info.compress_type = ZIP_STORED if _is_dense(content) else ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    archive.writestr(info, content)


def _date(now: datetime) -> tuple[int, int, int, int, int, int]:
    """What a zip file can say of a time: nothing before 1980 or after 2107, whatever the clock of this computer says."""
    if now.year < _FIRST_YEAR:
        return (_FIRST_YEAR, 1, 1, 0, 0, 0)
    if now.year > _LAST_YEAR:
        return (_LAST_YEAR, 12, 31, 23, 59, 58)
    return (now.year, now.month, now.day, now.hour, now.minute, now.second)


def _is_dense(content: bytes) -> bool:
    """Whether packing would make a file suspect, such as the empty bytes that a power cut leaves."""
    return len(content) > _SMALL and len(zlib.compress(content, 1)) * DENSEST < 2 * len(content)


class Archive:
    """A backup that was checked from the first byte to the last; `path` is what errors name."""

    def __init__(self, archive: ZipFile, path: Path) -> None:
        self._zip = archive
        self._path = path
        self._infos = _checked(archive.infolist())
        self.files = _manifest(self._head())
        if self.files.keys() | {MANIFEST} != self._infos.keys():
            raise _RefusedError("elle ne contient pas exactement les fichiers de sa liste")
        for name in self.files:
            for _ in self._pieces(name):
                pass

    def read(self, name: str) -> bytes:
        """A file of the backup; ProgressError if it is no longer what was checked."""
        with _refusing(self._path):
            return b"".join(self._pieces(name))

    def _pieces(self, name: str) -> Iterator[bytes]:
        """The content of a file, of the size and with the checksum that the list says."""
        stored, digest, size = self.files[name], sha256(), 0
        with self._zip.open(self._infos[name]) as file:
            while piece := file.read(_PIECE):
                size += len(piece)
                if size > stored.size:
                    break
                digest.update(piece)
                yield piece
        if (size, digest.hexdigest()) != stored:
            raise _RefusedError(f"{name} n’est plus tel qu’il a été sauvegardé")

    def _head(self) -> bytes:
        info = self._infos[MANIFEST]
        if info.file_size > _LARGEST_LIST:
            raise _RefusedError("la liste de ce qu’elle contient est trop longue")
        return self._zip.read(info)


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The backup at a path; ProgressError, before anything is taken from it, if it cannot be trusted entirely."""
    with _refusing(path):
        source = path.open("rb")
    with source:
        with _refusing(path):
            archive = Archive(ZipFile(source), path)
        yield archive


@contextmanager
def _refusing(path: Path, end: str = "Rien n’a été changé ; prenez une autre copie.") -> Iterator[None]:
    try:
        yield
    except (_RefusedError, OSError, *_BROKEN) as error:
        if isinstance(error, _RefusedError):
            why = f"sauvegarde refusée, {error}"
        elif isinstance(error, OSError):
            why = f"fichier illisible ({cause(error)})"
        else:
            why = "ce n’est pas une archive zip entière : le fichier est abîmé, ou autre chose"
        raise ProgressError(f"{path} : {why}. {end}") from error


def _checked(infos: list[ZipInfo]) -> dict[str, ZipInfo]:
    """The entries by name, as far as can be said before any is unpacked."""
    if len(infos) > MOST or sum(info.file_size for info in infos) > LARGEST_OF_ALL:
        raise _RefusedError("elle est trop grosse pour être une sauvegarde")
    for info in infos:
        if info.flag_bits & 0x1:
            raise _RefusedError("elle est chiffrée ; déchiffrez-la d’abord")
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise _RefusedError("elle est compressée d’une autre façon que celle de trainer")
        if not _is_expected(info):
            raise _RefusedError(f"elle contient {info.filename!r}, qui n’y a pas sa place")
        if info.file_size > LARGEST or info.file_size > max(_SMALL, DENSEST * info.compress_size):
            raise _RefusedError(f"{info.filename} y est anormalement gros")
    by_name = {info.filename: info for info in infos}
    if len({name.casefold() for name in by_name}) < len(infos):
        raise _RefusedError("deux de ses fichiers ont le même nom")
    if MANIFEST not in by_name:
        raise _RefusedError(
            "la liste de ce qu’elle contient manque : elle ne vient pas de « trainer backup »"
        )
    return by_name


def _is_expected(info: ZipInfo) -> bool:
    """Whether an entry is a plain file under one of the names that a backup gives."""
    kind = S_IFMT(info.external_attr >> 16)
    if info.filename != info.orig_filename or (kind and not S_ISREG(kind)):
        return False
    parts = info.filename.split("/")
    if not all(map(is_safe, parts)):
        return False
    match parts:
        case [name]:
            return name == MANIFEST or name in SHARED
        case ["learners", _, name]:
            return name == PROFILE
        case ["learners", _, folder, name]:
            return folder in LINES and PurePosixPath(name).suffix == ".jsonl"
    return False


def _manifest(content: bytes) -> dict[str, Stored]:
    try:
        head = json.loads(content)
        version, files = head["v"], head["files"]
        if type(version) is int and version > VERSION:
            raise _RefusedError("elle vient d’une version plus récente de trainer ; mettez trainer à jour")
        if version != VERSION:
            raise ValueError(f"no such version: {version}")
        found = {name: Stored(**stored) for name, stored in files.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _RefusedError("la liste de ce qu’elle contient est illisible") from error
    return found

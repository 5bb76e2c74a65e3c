"""Reading the journal: the facts of all its files, and by number the lines that hold none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from trainer.memory.reviews import Fact
from trainer.progress.codec import decode
from trainer.progress.files import cause, entries_of, status_of


class Segment(NamedTuple):
    """A journal file as far as its whole lines were read: bytes, time of its last change, checksum of the bytes."""

    size: int = 0
    changed: int = 0
    checksum: int = 0


class Unreadable(NamedTuple):
    """A line, from 1, that holds no fact; line 0 stands for the whole file."""

    file: str
    line: int
    why: str


class Reading:
    """What journal files hold.

    `unreadable` are lines inside the segments, `unfinished` what lies beyond them and may change: last lines without an
    end, files that cannot be opened or are none. `newer` counts the lines of later versions of the program.
    """

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self.unreadable: list[Unreadable] = []
        self.unfinished: list[Unreadable] = []
        self.newer = 0
        self.segments: dict[str, Segment] = {}


class ChangedError(Exception):
    """A journal file is no longer what it was, other than by growing."""


def read(folder: Path) -> Reading:
    """Everything that the files of a folder hold; never raises, whatever they contain."""
    return read_beyond(folder, {})


def read_beyond(folder: Path, known: Mapping[str, Segment]) -> Reading:
    """What was added since the known segments were read; ChangedError if those are not all still there."""
    reading = Reading()
    entries = _entries(folder, reading)
    if not known.keys() <= {entry.name for entry in entries}:
        raise ChangedError
    for entry in entries:
        _read_file(entry, known.get(entry.name, Segment()), reading)
    return reading


def segment_names(folder: Path) -> list[str]:
    """The names of the journal files in a folder, in order; OSError if it cannot be looked into."""
    return [entry.name for entry in segment_entries(folder)]


def segment_entries(folder: Path) -> list[os.DirEntry[str]]:
    """The journal files in a folder, in the order of their names; OSError if it cannot be looked into."""
    found = (
        entry for entry in entries_of(folder) if entry.name.endswith(".jsonl") and entry.name != ".jsonl"
    )
    return sorted(found, key=attrgetter("name"))


def _entries(folder: Path, reading: Reading) -> list[os.DirEntry[str]]:
    try:
        return segment_entries(folder)
    except OSError as error:
        reading.unfinished.append(Unreadable(folder.name, 0, f"dossier illisible : {cause(error)}"))
        return []


def _read_file(entry: os.DirEntry[str], known: Segment, reading: Reading) -> None:
    try:
        stat = status_of(entry.path)  # not of the entry: what Windows lists of a file in use is out of date
        if known.size and (stat.st_size, stat.st_mtime_ns) == (known.size, known.changed):
            reading.segments[entry.name] = known
            return
        data = Path(entry).read_bytes()
    except OSError as error:
        if known.size:
            raise ChangedError from error
        reading.unfinished.append(Unreadable(entry.name, 0, f"fichier illisible : {cause(error)}"))
        return
    if crc32(memoryview(data)[: known.size]) != known.checksum:
        raise ChangedError
    _read_lines(entry.name, data, known.size, reading)
    reading.segments[entry.name] = _segment(data, stat.st_mtime_ns)


def segment(path: Path) -> Segment:
    """A file as it is now; OSError if it cannot be read."""
    return _segment(path.read_bytes(), path.stat().st_mtime_ns)


def _segment(data: bytes, changed: int) -> Segment:
    end = data.rfind(b"\n") + 1
    return Segment(end, changed, crc32(memoryview(data)[:end]))


def _read_lines(name: str, data: bytes, start: int, reading: Reading) -> None:
    """Read the lines that begin at an offset; a last one without its end was never finished."""
    number = data.count(b"\n", 0, start)
    *lines, unfinished = _split(data[start:])
    for line in lines:
        number += 1
        try:
            fact = decode(line)
        except ValueError:
            if line.strip():
                reading.unreadable.append(Unreadable(name, number, "ligne illisible"))
            continue
        if fact is None:
            reading.newer += 1
        else:
            reading.facts.append(fact)
    if unfinished:
        reading.unfinished.append(Unreadable(name, number + 1, "ligne inachevée"))


def _split(data: bytes) -> list[str] | list[bytes]:
    """The lines as text, or as bytes if some of them are none."""
    try:
        return data.decode().split("\n")
    except UnicodeDecodeError:
        return data.split(b"\n")

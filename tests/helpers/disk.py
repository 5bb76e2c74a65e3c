"""A disk that fails when told to: the system's calls on the files of a folder, counted, over real files."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from enum import Enum, auto
from itertools import count, product
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple


class How(Enum):
    """What a failing call has done by the time it fails: nothing, half of it, or all of it."""

    NOTHING = auto()
    HALF = auto()
    ALL = auto()


class Fault(NamedTuple):
    """How a call fails, with which error, and whether all calls after it fail too until the disk is repaired."""

    code: int
    how: How
    lasting: bool

    def __str__(self) -> str:
        """For the names of tests."""
        return f"{errno.errorcode[self.code]}-{self.how.name}{'-lasting' if self.lasting else ''}".lower()


FAULTS = [
    Fault(*each)
    for each in product((errno.ENOSPC, errno.EIO, errno.EACCES, errno.ENOENT), How, (False, True))
]
FEW_FAULTS = [
    Fault(errno.ENOSPC, How.HALF, True),
    Fault(errno.EIO, How.ALL, False),
    Fault(errno.EACCES, How.NOTHING, True),
]
"""Those that differ most, for the test suite."""

_NAMES = ("open", "write", "fsync", "fdatasync", "ftruncate", "mkdir", "replace", "unlink", "rmdir")


class Disk:
    """In a `with`, the calls on what lies below a folder; the one of number `at`, from 1, fails.

    Nothing is really synced, which would only take time: what counts is that it is asked for. `unsynced` are the names
    of files and folders, and `unwritten` the files, that a power cut would take.
    """

    def __init__(self, root: Path, at: int = 0, fault: Fault = FEW_FAULTS[0]) -> None:
        self.calls = 0
        self.failures = 0
        self.unsynced: set[Path] = set()
        self.unwritten: set[Path] = set()
        self._root, self._at, self._fault = root, at, fault
        self._files: dict[int, Path] = {}
        self._real: dict[str, Callable[..., Any]] = {}

    def __enter__(self) -> Disk:
        for name in (*_NAMES, "close"):
            if hasattr(os, name):
                self._real[name] = getattr(os, name)
                setattr(os, name, self._close if name == "close" else self._wrapped(name))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name, real in self._real.items():
            setattr(os, name, real)

    def repair(self) -> None:
        """From now on every call works."""
        self._at = 0

    def _wrapped(self, name: str) -> Callable[..., Any]:
        def call(what: Any, *rest: Any, **more: Any) -> Any:
            path = self._files.get(what) if isinstance(what, int) else Path(os.fsdecode(what))
            if path is None or not path.is_relative_to(self._root):
                return self._real[name](what, *rest, **more)
            self.calls += 1
            if not self._fails:
                return self._do(name, path, what, *rest, **more)
            self.failures += 1
            if name == "open" and path.is_dir() and self._fault.code == errno.EACCES:
                self._sync(path)  # nobody can be asked to save the names in a folder that may not be opened
            self._fail(name, path, what, *rest, **more)
            raise OSError(self._fault.code, os.strerror(self._fault.code), str(path))

        return call

    @property
    def _fails(self) -> bool:
        return bool(self._at) and (self.calls >= self._at if self._fault.lasting else self.calls == self._at)

    def _fail(self, name: str, path: Path, what: Any, *rest: Any, **more: Any) -> None:
        if name == "write" and self._fault.how is How.HALF:
            self._do(name, path, what, rest[0][: len(rest[0]) // 2])
        elif self._fault.how is How.ALL:
            done = self._do(name, path, what, *rest, **more)
            if name == "open":
                self._close(done)

    def _do(self, name: str, path: Path, what: Any, *rest: Any, **more: Any) -> Any:
        if name in ("fsync", "fdatasync"):
            self._sync(path)
            return None
        new = name == "mkdir" or (name == "open" and not path.exists())
        done = self._real[name](what, *rest, **more)
        if name == "open":
            self._files[done] = path
        if name == "replace":
            self.unsynced.add(Path(rest[0]))
        elif name in ("unlink", "rmdir"):
            self.unsynced.discard(path)
        elif name == "write":
            self.unwritten.add(path)
        elif new:
            self.unsynced.add(path)
        return done

    def _sync(self, path: Path) -> None:
        self.unwritten.discard(path)
        self.unsynced -= {each for each in self.unsynced if each.parent == path}

    def _close(self, file: int) -> None:
        self._files.pop(file, None)
        self._real["close"](file)


def disks(fault: Fault, root: Callable[[], Path]) -> Iterator[tuple[Path, Disk]]:
    """A fresh folder and a disk that fails at its first call, then ones that fail at the second and so on.

    Ends after the first one at which nothing failed, and fails itself if there was only that one.
    """
    for at in count(1):
        folder = root()
        disk = Disk(folder, at, fault)
        yield folder, disk
        if not disk.failures:
            assert at > 1, "nothing was asked of the disk"
            return

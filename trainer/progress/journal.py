"""Writing the journal: append-only files of facts, one for each launch, each with one writer ever."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from trainer.progress.files import make_private, mode_of, not_saved, sync_file, sync_folder, write_all

_APPEND = os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0)


class Writer:
    """Appends lines to a file that it creates with the first one; beside `path` if that exists already.

    `size` is where the last whole line ends. `intact` is false once the file was found shorter than that. `inside` is
    a folder above that is never made anew.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self.intact = True
        self.inside: Path | None = None
        self._file: int | None = None
        self._created = False
        self._insists = False
        self._listed = False

    def append(self, lines: bytes) -> None:
        """Put whole lines on disk before returning; ProgressError, and nothing left behind, if that fails."""
        try:
            file = self._open()
            write_all(file, lines)
            sync_file(file)
            self._list()
            if not os.fstat(file).st_nlink:  # removed meanwhile: nobody would find these lines again
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self.path))
        except OSError as error:
            self._roll_back()
            raise not_saved(self.path, error) from error
        except BaseException:
            self._roll_back()
            raise
        self.size += len(lines)

    def close(self) -> None:
        """Let go of the file; a later `append` takes it up again."""
        file, self._file = self._file, None
        if file is not None:
            with suppress(OSError):
                os.close(file)

    def insist(self) -> None:
        """From now on make the folder anew if it has gone for good: rather there than nowhere."""
        self._insists = True
        with suppress(OSError):  # nobody can tell
            if not mode_of(self.path.parent):
                self._created = False

    def _open(self) -> int:
        """The open file, taken up again if it was closed or removed since."""
        if self._file is not None and os.fstat(self._file).st_nlink:
            return self._file
        self.close()
        if not self._created:
            make_private(self.path.parent, None if self._insists else self.inside)
        try:
            self._file = os.open(self.path, _APPEND | os.O_CREAT | os.O_EXCL, 0o600)
            self._created, self._listed = True, False
            if self.size:  # the one before is gone
                self.size, self.intact = 0, False
        except FileExistsError:
            if not self._created:  # of another launch, or left by a failure: never write into it
                self.path = self.path.with_stem(f"{self.path.stem}-2")
                return self._open()
            self._file = os.open(self.path, _APPEND)
        self._resume(self._file)
        return self._file

    def _resume(self, file: int) -> None:
        """Start behind the last whole line, whatever a failure left after it."""
        end = os.fstat(file).st_size
        if end > self.size:
            os.ftruncate(file, self.size)
        elif end < self.size:  # put back from elsewhere: begin a line of our own
            self.size, self.intact = end, False
            write_all(file, b"\n")
            self.size += 1

    def _list(self) -> None:
        """Make the name of a new file survive a power cut."""
        if not self._listed:
            sync_folder(self.path.parent)
            self._listed = True

    def _roll_back(self) -> None:
        if self._file is not None:
            with suppress(OSError):
                os.ftruncate(self._file, self.size)
        self.close()

"""Standard input, output and errors as one meets them: closed, full, or with nobody at the other end."""

from __future__ import annotations

import io
import os
import sys
from typing import Any, TextIO

from trainer.errors import ReaderGone, StreamError

CLOSED_OUTPUT = (
    "la sortie est fermée : relancez dans un terminal, ou écrivez dans un fichier (« > fichier »)."
)
CLOSED_INPUT = "l’entrée est fermée : relancez dans un terminal, ou donnez un fichier à lire (« < fichier »)."


def prepare() -> None:
    """Write UTF-8, read whatever comes without ever failing on a byte, and fail in French where a stream does.

    Streams that a test or another program put in place of the system's keep their own ways to fail.
    """
    sys.stdin = _reading(sys.stdin)
    sys.stdout = _writing(sys.stdout)
    sys.stderr = _telling(sys.stderr)


def _reading(stream: TextIO | None) -> TextIO:
    if stream is None:
        return io.TextIOWrapper(io.BufferedReader(_ClosedInput()))
    if _is_ours(stream, sys.__stdin__):
        raw = _Input(stream.fileno(), "r", closefd=False)
        return io.TextIOWrapper(io.BufferedReader(raw), stream.encoding, "replace")
    return _reconfigured(stream)


def _writing(stream: TextIO | None) -> TextIO:
    if stream is None:
        return io.TextIOWrapper(io.BufferedWriter(_ClosedOutput()), "utf-8", "replace")
    if _is_ours(stream, sys.__stdout__):
        raw = _Output(stream.fileno(), "w", closefd=False)
        return io.TextIOWrapper(io.BufferedWriter(raw), "utf-8", "replace")
    return _reconfigured(stream, encoding="utf-8")


def _telling(stream: TextIO | None) -> TextIO:
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123
    if _is_ours(stream, sys.__stderr__):
        raw = _Errors(stream.fileno(), "w", closefd=False)
        return io.TextIOWrapper(io.BufferedWriter(raw), "utf-8", "replace", line_buffering=True)
    return _reconfigured(stream, encoding="utf-8")


def _is_ours(stream: TextIO, system: TextIO | None) -> bool:
    """Whether this is the system's own stream, and no terminal: those of Windows are no files."""
    return stream is system and not stream.isatty()


def _reconfigured(stream: TextIO, **options: str) -> TextIO:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="replace", **options)
    return stream


class _Input(io.FileIO):
    def readinto(self, buffer: Any) -> int | None:
        try:
            return super().readinto(buffer)
        except OSError as error:
            raise StreamError(f"entrée illisible ({_cause(error)}).") from error


class _Output(io.FileIO):
    """Fails once; what is written after that, at the end of the program at the latest, goes nowhere."""

    _failed = False

    def write(self, data: Any) -> int | None:  # type: ignore[override]
        try:
            return len(data) if self._failed else super().write(data)
        except OSError as error:
            self._failed = True
            if isinstance(error, BrokenPipeError):
                raise ReaderGone from error
            raise StreamError(
                f"écriture impossible sur la sortie ({_cause(error)}). Tout n’a pas été écrit : réglez cela, puis relancez."
            ) from error


class _Errors(io.FileIO):
    """Where nothing can be told, nothing is."""

    def write(self, data: Any) -> int | None:  # type: ignore[override]
        try:
            return super().write(data)
        except OSError:
            return len(data)


class _ClosedInput(io.RawIOBase):
    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        raise StreamError(CLOSED_INPUT)


class _ClosedOutput(io.RawIOBase):
    _failed = False

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int | None:
        if self._failed:
            return len(data)
        self._failed = True
        raise StreamError(CLOSED_OUTPUT)


def _cause(error: OSError) -> str:
    from trainer.progress.files import cause  # few runs need it

    return cause(error)

"""How a run ends: with an exit code, and what failed told in French.

An unexpected failure leaves a log for whoever can mend it, and a few French lines for whoever met it. Neither holds the text of an error, a local variable, a name, an answer or a personal path: any of these may tell of a
person.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from trainer.errors import CRASHED, ReaderGone, TrainerError, UsageError
from trainer.glossary.cleaning import presented
from trainer.places import PACKAGE
from trainer.progress.files import make_private, write_whole
from trainer.terminal import streams

INTERRUPTED = 130
"""The exit code of whoever was stopped with Ctrl+C."""
ADRIFT = "le dossier courant n’existe plus, ou ne peut plus être lu : placez-vous dans un autre dossier (cd), puis relancez."
KEPT = 5
"""Logs kept in a data folder; older ones make room."""
_LIBRARIES = ("trainer", "textual", "rich", "click", "pyyaml", "fsrs-rs-python", "rapidfuzz", "platformdirs")
_FRAMES = 20
"""Frames told from each end of a stack; a recursion without end has a thousand alike between them."""
_CAUSES = 10


def guarded(action: Callable[[], object], log: Callable[[BaseException], Path | None]) -> int:
    """Do something that a command line asks for; its exit code.

    Every expected failure is one French line on stderr, every other one a few, and what `log` leaves.
    """
    streams.prepare()
    try:
        action()
        sys.stdout.flush()
    except ReaderGone as gone:
        return gone.exit_code
    except TrainerError as error:
        print(presented(f"Erreur : {error}"), file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    except Exception as error:
        if isinstance(error, OSError) and _is_adrift():
            print(presented(f"Erreur : {ADRIFT}"), file=sys.stderr)
            return UsageError.exit_code
        return _crashed(error, log)
    return 0


def end(code: int) -> NoReturn:
    """Leave with this code: all is told, and Ctrl+C has nothing left to interrupt."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if code == CRASHED:  # whatever failed may have left a thread that never ends
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _is_adrift() -> bool:
    """Whether the current folder was deleted, so that no relative path leads anywhere."""
    try:
        Path.cwd()
    except OSError:
        return True
    return False


def _crashed(error: Exception, log: Callable[[BaseException], Path | None]) -> int:
    """Leave a log, and say so."""
    left = None
    with suppress(Exception):  # whatever failed may fail once more; it must be told all the same
        left = log(error)
    with suppress(OSError):  # nobody may be reading any more
        print(presented(told(left)), file=sys.stderr)
    return CRASHED


def keep(error: BaseException, folder: Path, now: datetime) -> Path | None:
    """Write the log of a failure in a data folder, for its owner alone; where it is, or None if it cannot be written."""
    path = folder / f"plantage-{now:%Y%m%dT%H%M%S-%fZ}.log"
    try:
        make_private(folder)
        write_whole(path, "\n".join(_log(error, now)).encode("utf-8", "replace") + b"\n")
    except (OSError, ValueError):
        return None
    for old in sorted(folder.glob("plantage-*.log"))[:-KEPT]:
        with suppress(OSError):
            old.unlink()
    return path


def told(log: Path | None) -> str:
    """What happened, what became of the answers, where the log is and what to do."""
    where = f"Rapport, sans nom ni réponse : {log}" if log else "Le rapport n’a pas pu être écrit."
    helper = "donnez ce rapport à" if log else "prévenez"
    return (
        "Erreur inattendue : trainer a dû s’arrêter.\n"
        "Vos réponses enregistrées sont intactes ; la dernière est peut-être à refaire.\n"
        f"{where}\n"
        f"Relancez trainer ; si l’erreur revient, {helper} la personne qui s’occupe de ce poste."
    )


def _log(error: BaseException, now: datetime) -> Iterator[str]:
    # No start waits for these.
    import platform
    from importlib.metadata import PackageNotFoundError, version

    yield f"{now:%Y-%m-%dT%H:%M:%SZ}"
    yield f"python {platform.python_version()}, {platform.system()} {platform.release()} {platform.machine()}"
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            yield f"{name} {version(name)}"
    for each in _chain(error):
        yield ""
        yield _kind(each)
        yield from _stack(each)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error and what led to it, the latest first; a circle is told once."""
    told: list[BaseException] = []
    following: BaseException | None = error
    while following and following not in told and len(told) < _CAUSES:
        told.append(following)
        yield following
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)


def _kind(error: BaseException) -> str:
    """The type of an error, and the number that a system gave it."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    return f"{kind} {error.errno}" if isinstance(error, OSError) and error.errno else kind


def _stack(error: BaseException) -> Iterator[str]:
    """Where each function stood, from the outermost to the one that failed."""

    from traceback import walk_tb

    lines = [
        f"  {_shown(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"
        for frame, line in walk_tb(error.__traceback__)
    ]
    if len(lines) > 2 * _FRAMES:
        lines[_FRAMES:-_FRAMES] = [f"  … {len(lines) - 2 * _FRAMES} …"]
    yield from lines


def _shown(file: str) -> str:
    """A file as modules know it, without the folders above, which may bear a person's name."""
    path = Path(file)
    parents = sorted(filter(None, (str(PACKAGE.parent), *sys.path)), key=len, reverse=True)
    inside = (path.relative_to(parent) for parent in parents if path.is_relative_to(parent))
    return next((short.as_posix() for short in inside), path.name)

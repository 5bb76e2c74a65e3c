"""All that is kept of one learner, as one JSON document in a file of its own."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from stat import S_ISDIR
from typing import Any

from trainer.errors import ProgressError
from trainer.memory.cards import Card
from trainer.memory.history import History
from trainer.progress import documents
from trainer.progress.codec import encode, write_time
from trainer.progress.files import cause, entries_of, free_names, is_link, kind_refused, mode_of, status_of
from trainer.progress.inspecting import journal_files
from trainer.progress.learners import SNAPSHOT, Learner
from trainer.progress.store import Store

VERSION = 1
_CACHES = (SNAPSHOT,)
"""Files that only repeat what the others say."""


def usual_name(learner: Learner, now: datetime) -> str:
    """How an export is called: «trainer-zoe-2026-11-02.json»."""
    return f"trainer-{learner.folder.name.rpartition('-')[0]}-{now.date().isoformat()}.json"


def export(learner: Learner, store: Store, now: datetime, path: Path) -> Path:
    """Write all that is kept of a learner to a new file, there or in that folder; its path. ProgressError if that fails."""
    file = destination(path, usual_name(learner, now))
    return write_new(file, exported(learner, store, now))


def exported(learner: Learner, store: Store, now: datetime) -> str:
    """All that is kept of a learner, as JSON. ProgressError if it cannot be read."""
    return as_text(document(learner, store, now))


def document(learner: Learner, store: Store, now: datetime) -> dict[str, Any]:
    """Every file of a learner as it stands on disk, line by line, and what was derived from the answers.

    A line of the journal that is no JSON is given as text. Raises ProgressError if a file cannot be read.
    """
    paths = kept_files(learner)
    names = {path: path.relative_to(learner.folder).as_posix() for path in paths}
    try:
        texts = {
            names[path]: path.read_bytes().decode(errors="replace")
            for path in paths
            if path.name not in _CACHES
        }
        sizes = {names[path]: path.stat().st_size for path in paths}
    except OSError as error:
        raise _unreadable(learner, error) from error
    return {
        "trainer_export": VERSION,
        "exported": write_time(now),
        "learner": learner.name,
        "folder": str(learner.folder),
        "files": sizes,
        "contents": {name: _content(name, text) for name, text in texts.items()},
        "unsaved": [json.loads(encode(fact)) for fact in store.unsaved],
        "derived": _derived(store.history),
    }


def kept_files(learner: Learner) -> list[Path]:
    """Every file below a learner's folder, by name, and those of the journal even if a link leads to them.

    ProgressError if one of the folders, or of the files of the journal, cannot be looked at.
    """
    try:
        own = set(_files(learner.folder))
        for path in journal_files(learner.folder):
            status_of(path)
            own.add(path)
    except OSError as error:
        raise _unreadable(learner, error) from error
    return sorted(own)


def _files(folder: Path) -> Iterator[Path]:
    """The files below a folder; no link is followed."""
    for entry in entries_of(folder):
        path = folder / entry.name
        if is_link(path):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(path)
        elif entry.is_file(follow_symlinks=False):
            yield path


def _unreadable(learner: Learner, error: OSError) -> ProgressError:
    return ProgressError(
        f"{error.filename or learner.folder} : données illisibles ({cause(error)}). Rien n’est exporté ni changé ; "
        "rendez-les lisibles, puis recommencez."
    )


def _content(name: str, text: str) -> Any:
    if name.endswith(".jsonl"):
        return [_json(line) for line in text.split("\n") if line.strip()]
    return _json(text)


def _json(text: str) -> Any:
    """What a text says, or the text itself where it is no JSON that every reader would take back."""
    try:
        return documents.parse(text)
    except ValueError:
        return text


def _derived(history: History) -> dict[str, Any]:
    return {
        "cards": {card.key: card_figures(history, card) for card in history.tallies},
        "days": {
            day.isoformat(): {"answers": each.answers, "right": each.right}
            for day, each in history.days.items()
        },
        "games": {
            card.key: {"tries": each.answers, "right": each.right} for card, each in history.plays.items()
        },
        "confusions": [
            {"asked": asked, "answered": chosen, "times": each.times, "last": each.last.isoformat()}
            for (asked, chosen), each in history.confusions.items()
        ],
    }


def card_figures(history: History, card: Card) -> dict[str, Any]:
    """What is derived of a card: its answers, and its schedule if it has one."""
    tally, schedule = history.tallies[card], history.schedule(card)
    known: dict[str, Any] = {"answers": tally.answers, "right": tally.right}
    if schedule is not None:
        known |= {"due": schedule.due.isoformat(), "last": schedule.last.isoformat()}
        known |= {"stability": round(schedule.stability, 4), "difficulty": round(schedule.difficulty, 4)}
        known |= {"reviews": schedule.reviews, "lapses": schedule.lapses}
    return known


def as_text(content: dict[str, Any]) -> str:
    """The document as JSON, of characters that any file can hold."""
    return documents.written(content, indent=1).decode() + "\n"


def destination(path: Path, name: str) -> Path:
    """The file that is meant by a path: itself, or one of that name in the folder that it is.

    ProgressError if anything else has that name, such as a device or a link, or if nobody can tell.
    """
    try:
        if S_ISDIR(mode_of(path)):
            return path / name
        refused = kind_refused(path)
    except OSError as error:
        raise _not_written(path, error) from error
    if refused:
        raise ProgressError(f"{path} : {refused}. Rien n’y est écrit ; choisissez un autre nom.")
    return path


def write_new(path: Path, text: str) -> Path:
    """Write a file that was not there, under the next free name if need be; the path it got.

    ProgressError if it cannot be written.
    """
    for candidate in free_names(path):
        try:
            file = os.open(candidate, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        except OSError as error:
            raise _not_written(candidate, error) from error
        try:
            with os.fdopen(file, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
        except OSError as error:
            candidate.unlink(missing_ok=True)
            raise _not_written(candidate, error) from error
        return candidate
    raise AssertionError("numbers never end")


def _not_written(path: Path, error: OSError) -> ProgressError:
    return ProgressError(
        f"{path} : fichier non écrit ({cause(error)}). Rien n’a été perdu ; choisissez un autre endroit."
    )

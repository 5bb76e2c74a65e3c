"""The snapshot: a cache of a learner's state, so that a start reads no old answers; correctness never depends on it."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any
from zlib import crc32

from trainer.glossary.past import Past
from trainer.glossary.records import read_all, reader, shape
from trainer.memory.cards import Card
from trainer.memory.games import Play, Record
from trainer.memory.history import Confusion, History, Tally
from trainer.memory.schedule import Schedule, Scheduler
from trainer.progress.columns import DOUBTS, from_columns, to_columns
from trainer.progress.files import write_whole
from trainer.progress.reading import Segment, Unreadable
from trainer.progress.state import Order, State

FORMAT = 7
"""To be raised whenever the columns change, or the way in which answers become schedules."""
_RECORDS = (History, Schedule, Tally, Confusion, Record, Play, Card, Segment, Unreadable, State)
"""What a snapshot is made of; one of other fields was made by another program."""


def written(state: State) -> bytes:
    """What the file of a snapshot holds."""
    columns = {
        **_origin(state.history.scheduler, state.history.past),
        "segments": {name: [part.size, part.changed, part.checksum] for name, part in state.segments.items()},
        "unreadable": [[bad.file, bad.line, bad.why] for bad in state.unreadable],
        "newer": state.newer,
        "last": state.last,
        "retracted": sorted(state.retracted),
        "history": to_columns(state.history),
    }
    text = json.dumps(columns, separators=(",", ":")).encode()
    return b"%08x\n%b" % (crc32(text), text)


def save(path: Path, content: bytes) -> None:
    """Put a snapshot where the next start looks for it; that it cannot be written does no harm."""
    with suppress(OSError):
        write_whole(path, content)


def load(path: Path, scheduler: Scheduler, past: Past | None = None) -> State | None:
    """The state that was saved; None if there is none, if it is damaged, or if another scheduler or past made it."""
    try:
        checksum, _, text = path.read_bytes().partition(b"\n")
        if int(checksum, 16) != crc32(text):
            return None
        columns = json.loads(text)
        origin = _origin(scheduler, past)
        return _state(columns, scheduler, past) if columns.items() >= origin.items() else None
    except (OSError, *DOUBTS):
        return None


def _origin(scheduler: Scheduler, past: Past | None) -> dict[str, Any]:
    """What has to be the same for a snapshot to be of use."""
    parameters, retention, longest = scheduler.settings
    return {
        "format": [FORMAT, sys.byteorder, crc32("".join(map(shape, _RECORDS)).encode())],
        "scheduler": [list(parameters), retention, longest],
        "past": _digest(past) if past else "",
    }


def _digest(past: Past) -> str:
    from hashlib import sha256  # hardly anybody has a past

    changed = {term: day.isoformat() for term, day in past.changed.items()}
    return sha256(json.dumps([dict(past.renamed), changed], sort_keys=True).encode()).hexdigest()


def _state(columns: dict[str, Any], scheduler: Scheduler, past: Past | None) -> State:
    newer = reader(int)(columns["newer"])
    return State(
        from_columns(columns["history"], scheduler, past),
        _order(*columns["last"]),
        set(reader(tuple[str, ...])(columns["retracted"])),
        {name: reader(Segment)(part) for name, part in columns["segments"].items()},
        list(read_all(Unreadable, columns["unreadable"])),
        newer,
    )


def _order(counter: Any, device: Any, name: Any) -> Order:
    return (reader(int)(counter), *reader(tuple[str, ...])([device, name]))

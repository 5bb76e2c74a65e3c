"""Unreadable lines of the journal kept as a copy beside it; the journal itself is never changed, no copy ever deleted."""

from __future__ import annotations

import json
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path
from typing import Any

from trainer.progress.files import make_private, sweep, write_one_of_many
from trainer.progress.inspecting import Line, lines
from trainer.progress.learners import QUARANTINE


def preserve(folder: Path, files: Collection[str] | None = None) -> int:
    """Copy the unreadable lines of a learner's journal, or of some of its files, that have no copy yet; how many.

    OSError if that fails.
    """
    spoilt: dict[str, list[Line]] = {}
    for line in lines(folder, files):
        if line.why and line.number:
            spoilt.setdefault(line.file, []).append(line)
    copied = sum(_preserve(folder / QUARANTINE / file, found) for file, found in spoilt.items())
    if copied:
        sweep(folder / QUARANTINE, spoilt.keys())
    return copied


def copies(folder: Path) -> int:
    """How many lines have a copy."""
    try:
        return sum(path.read_bytes().count(b"\n") for path in (folder / QUARANTINE).glob("*.jsonl"))
    except OSError:
        return 0


def _preserve(path: Path, spoilt: list[Line]) -> int:
    """Add to the copies of one file those that are missing."""
    before = path.read_bytes() if path.exists() else b""
    known = set(before.splitlines())
    new = [copy for line in spoilt if (copy := _copy(line)) not in known]
    if new:
        make_private(
            path.parent, inside=path.parent.parent
        )  # never a folder for whoever was erased meanwhile
        end = b"" if not before or before.endswith(b"\n") else b"\n"
        write_one_of_many(path, before + end + b"".join(copy + b"\n" for copy in new))
    return len(new)


def _copy(line: Line) -> bytes:
    """A line in such a way that its bytes can be had again: those that are no UTF-8 as half characters."""
    fields: dict[str, Any] = {
        "line": line.number,
        "offset": line.offset,
        "sha256": sha256(line.data).hexdigest(),
        "text": line.data.decode(errors="surrogateescape"),
    }
    return json.dumps(fields, separators=(",", ":")).encode()

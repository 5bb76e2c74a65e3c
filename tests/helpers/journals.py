"""Journals on disk: what they hold, and a disk that takes no more of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from trainer.services import Services


def journal(bag: Services) -> list[dict[str, Any]]:
    """Every line that the learner's journal holds on disk, read anew."""
    return facts_under(bag.learner.folder)


def facts_under(folder: Path) -> list[dict[str, Any]]:
    """Every line of the journals somewhere below a folder, in the order of the counters."""
    lines = [line for path in folder.rglob("*.jsonl") for line in path.read_bytes().splitlines()]
    return sorted(map(json.loads, lines), key=lambda fact: int(fact["counter"]))


def break_disk(bag: Services) -> None:
    """Put a file where the journal should be; what was saved is kept beside."""
    folder = bag.learner.folder / "journal"
    if folder.exists():
        folder.rename(folder.with_name("kept"))
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_bytes(b"")


def repair_disk(bag: Services) -> None:
    """Put the journal back."""
    folder = bag.learner.folder / "journal"
    folder.unlink()
    kept = folder.with_name("kept")
    if kept.exists():
        shutil.move(kept, folder)

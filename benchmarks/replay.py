"""Opening a learner's store, and saving answers: beside reading the same lines, and appending bare lines."""

from __future__ import annotations

import gc
import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from benchmarks.cases import MANY, Case, Cases
from benchmarks.reviews import DEVICE
from benchmarks.table import Row, interleaved, medians, seconds
from trainer.glossary.decks import Format
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card
from trainer.memory.reviews import Rating, Review
from trainer.progress.codec import encode
from trainer.progress.store import Store

TIMES = 3
ANSWERS = 2_000
ANKI = 2_300
"""Answers a second of Anki's engine, synced, measured on such a machine (see docs)."""
_sync = getattr(os, "fdatasync", os.fsync)


def measure(cases: Cases) -> list[Row]:
    """Replays, then durable answers."""
    large = cases.large.copy(cases.scratch / "replay")
    _open(large).close()
    lines = [line for path in _journal(large) for line in path.read_bytes().splitlines()]
    runs: dict[str, Callable[[], float]] = {
        "json": lambda: _timed(lambda: [json.loads(line) for line in lines]),
        "snapshot": lambda: _timed(lambda: _open(large)),
        "replay": lambda: _without_snapshot(large),
        "bare": lambda: _append_bare(cases.scratch / "bare.jsonl"),
        "durable": lambda: _record(large),
    }
    times = medians(interleaved(runs, TIMES))
    floor, whole, kept = times["json"], times["replay"], times["snapshot"]
    bare, durable = ANSWERS / times["bare"], ANSWERS / times["durable"]
    return [
        Row(f"json.loads of {len(lines):,} lines", seconds(floor), count=TIMES),
        Row(
            f"Store.open, {MANY:,} reviews, no snapshot",
            seconds(whole),
            seconds(floor),
            whole / floor,
            count=TIMES,
        ),
        Row("Store.open, with snapshot", seconds(kept), seconds(floor), kept / floor, count=TIMES),
        Row("bare append + sync, a second", f"{bare:,.0f}", count=TIMES),
        _durable(durable, bare),
    ]


def _durable(value: float, bare: float) -> Row:
    """Met or missed only where the disk could do it at all."""
    wanted = 3 * ANKI
    target = f"≥ 3 × {ANKI:,} (Anki)" if bare >= wanted else f"≥ {wanted:,}; disk too slow to tell"
    met = value >= wanted if bare >= wanted else None
    return Row("durable answers a second", f"{value:,.0f}", f"{bare:,.0f}", bare / value, target, met, TIMES)


def _timed(action: Callable[[], object]) -> float:
    gc.collect()
    began = time.perf_counter()
    kept = action()
    took = time.perf_counter() - began
    del kept
    return took


def _journal(case: Case) -> list[Path]:
    return sorted((case.learner / "journal").iterdir())


def _open(case: Case, launch: str = "bench") -> Store:
    return Store.open(case.learner, DEVICE, launch)


def _without_snapshot(case: Case) -> float:
    snapshot = case.learner / "snapshot.json"
    aside = snapshot.rename(snapshot.with_suffix(".aside"))
    try:
        return _timed(lambda: _open(case))
    finally:
        aside.rename(snapshot)


def _reviews(first: int) -> list[Review]:
    at = datetime.now(UTC)
    make = partial(
        Review,
        device=DEVICE,
        rating=Rating.GOOD,
        correct=True,
        at=at,
        day=at.date(),
        took=2_000,
        format=Format.RECALL,
    )
    return [
        make(id=f"bench-{number}", counter=number, card=Card(f"mot-{number}", Facet.NAMING))
        for number in range(first, first + ANSWERS)
    ]


def _record(case: Case) -> float:
    """Save answers one by one, each on disk before the next."""
    store = _open(case, f"bench{time.time_ns()}")
    reviews = _reviews(store.next_counter)

    def run() -> None:
        for review in reviews:
            store.record(review)

    took = _timed(run)
    for path in _journal(case):
        if "bench" in path.name:
            path.unlink()
    return took


def _append_bare(path: Path) -> float:
    """Append lines of the same length, each on disk before the next."""
    lines = [encode(review) + b"\n" for review in _reviews(MANY)]
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_TRUNC)

    def run() -> None:
        for line in lines:
            os.write(file, line)
            _sync(file)

    try:
        return _timed(run)
    finally:
        os.close(file)

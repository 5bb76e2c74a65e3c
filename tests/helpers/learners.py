"""Learners who have answered some time ago, on disk."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from tests.helpers.reviews import START, review
from trainer.progress.learners import Learner, Learners
from trainer.progress.store import Store

DAY = timedelta(days=1)


def learnt(data: Path, name: str = "Zoé", began: datetime = START) -> Learner:
    """A learner who answered on three days, in files as old as the last answer."""
    learner = Learners(data).create(name, began, began)
    store = Store.open(learner.folder, "poste1", "essai1")
    for number in (1, 2, 3):
        store.record(review(number)._replace(at=began + number * DAY))
    store.close()
    left = (began + 3 * DAY).timestamp()
    for path in learner.folder.rglob("*"):
        os.utime(path, (left, left))
    return learner


def names(folder: Path) -> set[str]:
    """What lies somewhere below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}

"""What terms were called and meant before, so that old answers find the card that they are about today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

_SINCE = "@"
"""Parts a term from the day of its change in the name of what it meant before; no id holds it."""


class Past(NamedTuple):
    """Former ids with the id of today, and the day since which a term means something else.

    Both hold for ids of terms; those of hand-written questions are only ever renamed.
    """

    renamed: Mapping[str, str] = {}
    changed: Mapping[str, date] = {}

    def until(self, today: date) -> Past | None:
        """What has come about by a day; None if nothing has, which is the usual case and costs nothing."""
        changed = {term: day for term, day in self.changed.items() if day <= today}
        return Past(self.renamed, changed) if self.renamed or changed else None

    def subject(self, name: str, day: date) -> str:
        """What an answer given on a day, about the subject of that name, is about today.

        What a term meant before it changed is a subject of its own, which nothing asks about any more.
        """
        now = self.renamed.get(name, name)
        change = self.changed.get(now)
        return former_sense(now, change) if change and day < change else now


def former_sense(term: str, change: date) -> str:
    """The subject that a term was before it changed on that day."""
    return f"{term}{_SINCE}{change.isoformat()}"


def is_former_sense(subject: str) -> bool:
    """Whether a subject is what some term meant before."""
    return _SINCE in subject

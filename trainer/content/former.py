"""`formerly`: the ids that an entry had before, so that old answers count for it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import NamedTuple

from trainer.content.syntax.report import Placed, Report, quoted


class Former(NamedTuple):
    """An id of before, that of today which says it was called so, and where it says it."""

    former: str
    now: str
    place: Placed
    report: Report


def renamed(formers: Iterable[Former], taken: Container[str]) -> dict[str, str]:
    """The id of today for each former one; of two that say the same the first holds, and none on an id that is in use."""
    kept: dict[str, str] = {}
    for former, now, place, report in formers:
        if former in taken:
            report.error(
                place,
                f"{quoted(former)} est encore un identifiant en service ; retirez-le de « formerly »",
            )
        elif former in kept:
            message = f"{quoted(former)} est déjà l’ancien identifiant de {quoted(kept[former])} ; gardez-le à un seul endroit"
            report.error(place, message)
        else:
            kept[former] = now
    return kept

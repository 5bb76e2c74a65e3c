"""Ids: what a valid one looks like, and which one was probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterable

from trainer.content.syntax.report import quoted
from trainer.glossary.spelling import words

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LIKE_ENOUGH = 0.5


def is_slug(text: str) -> bool:
    """Whether an id is made of ascii letters and digits parted by single hyphens."""
    return _SLUG.fullmatch(text) is not None


def slug(text: str) -> str:
    """The valid id nearest to a text: «Mes Appels» gives `mes-appels`; nothing if it has no letter."""
    return "-".join(_SLUG.findall("-".join(words(text))))


def nearest(name: str, names: Iterable[str]) -> str:
    """The known name that was probably meant, or nothing; two letters swapped count as one slip."""
    # Imported here because it takes 60 ms and only a mistake needs it.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA, JaroWinkler

    written = slug(name[:100])
    scorer = OSA.normalized_similarity
    found = process.extract(written, list(names), scorer=scorer, score_cutoff=_LIKE_ENOUGH, limit=5)
    best = [other for other, score, _ in found if score == found[0][1]]
    return max(best, key=lambda other: JaroWinkler.similarity(written, other), default="")


def suggestion(name: str, names: Iterable[str]) -> str:
    """The end of a message about an unknown name: a question, or nothing."""
    meant = nearest(name, names)
    return f" ; vouliez-vous {quoted(meant)} ?" if meant else ""

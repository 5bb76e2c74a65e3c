"""Naming: which terms a text speaks of by one of their names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from trainer.glossary.spelling import fold, is_acronym, masculine
from trainer.glossary.terms import Term


def named_in(text: str, terms: Iterable[Term]) -> list[str]:
    """The ids of those terms that a text names: words in any number and gender, acronyms as they are written."""
    plain = _padded(text)
    return [term.id for term in terms if any(_stands_in(name, text, plain) for name in term.names)]


def _stands_in(name: str, text: str, plain: str) -> bool:
    if is_acronym(name):  # «ces jours» does not speak of the CES
        return re.search(rf"(?<!\w){re.escape(name)}s?(?!\w)", text) is not None
    return _padded(name) in plain


def _padded(text: str) -> str:
    """A folded text between spaces, so that only whole words are found in it."""
    return f" {masculine(fold(text))} "

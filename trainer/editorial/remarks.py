"""Remarks: what to change in which text of an entry."""

from __future__ import annotations

from dataclasses import dataclass

_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Remark:
    """What is doubtful and what to write instead, in French; `text` tells one text of a list from the others.

    Without a field, it is about the whole entry.
    """

    field: str
    message: str
    text: str = ""


def quoted(text: str) -> str:
    """A text between « », its end cut if it is long."""
    return f"« {text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + '…'} »"

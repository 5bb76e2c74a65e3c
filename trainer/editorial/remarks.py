"""Remarks: what to change in which text of an entry."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """What is doubtful and what to write instead, in French; `text` tells one text of a list from the others."""

    field: str
    message: str
    text: str = ""


def quoted(text: str) -> str:
    """A text between «»."""
    return f"«\u00a0{text}\u00a0»"

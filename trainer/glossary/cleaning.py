"""Text that others wrote, made harmless for a terminal."""

from __future__ import annotations

import unicodedata

_STACK = 3
"""Combining marks that a letter may carry; more would climb over the lines above."""
_KEPT = frozenset("\n\t\u200d\ufe0f")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def clean(text: str) -> str:
    """The same text without control characters, bidirectional overrides, tags and piled-up accents.

    French text, no-break spaces and emoji stay as they are.
    """
    if text.isascii() and text.isprintable():
        return text
    kept: list[str] = []
    stacked = 0
    for char in text:
        category = unicodedata.category(char)
        if category in _DROPPED and char not in _KEPT:
            continue
        stacked = stacked + 1 if category in ("Mn", "Me") else 0
        if stacked <= _STACK:
            kept.append(char)
    return "".join(kept)

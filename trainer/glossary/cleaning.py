"""Text made ready for a person: harmless for a terminal, and with the spaces of French typography."""

from __future__ import annotations

import re
import unicodedata

_BEFORE_NO_BREAK = r" (?=[:;!?»%])|(?<=«) "
_OR_TYPED = rf'"[^"\n]*"|{_BEFORE_NO_BREAK}'
_STACK = 3
"""Combining marks that a letter may carry; more would climb over the lines above."""
_JOINER = "\u200d"
_KEPT = frozenset(f"\n\t{_JOINER}\ufe0f")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def presented(text: str) -> str:
    """A text as a person reads it. Every door to a screen, a line or a file for people lets texts through here alone."""
    return typeset(clean(text))


def typeset(text: str) -> str:
    """The text with the no-break spaces of French typography, so that nobody has to write them.

    Between straight quotes stands what is typed or copied as it is, as an argument of a command.
    """
    if '"' in text:
        return re.sub(_OR_TYPED, lambda found: found[0] if found[0][0] == '"' else "\u00a0", text)
    return re.sub(_BEFORE_NO_BREAK, "\u00a0", text)


def argument(text: str) -> str:
    """A name or a path as it is typed after a command: between quotes unless it is one plain word."""
    return text if re.fullmatch(r"[\w./\\~:+@,=-]+", text) else f'"{text}"'


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
        if char != _JOINER:  # it shows nothing: what follows still stands on the letter before
            stacked = stacked + 1 if category in ("Mn", "Me") else 0
        if stacked <= _STACK:
            kept.append(char)
    return "".join(kept)


def escaped(json: str) -> str:
    """A JSON text that means the same, with escapes in place of what `clean` drops; its own line ends stay."""
    if json.isascii() and "\x7f" not in json:
        return json
    return "".join(
        _escape(char) if unicodedata.category(char) in _DROPPED and char not in _KEPT else char
        for char in json
    )


def _escape(char: str) -> str:
    """The one or two escapes by which JSON writes a character."""
    halves = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{high:02x}{low:02x}" for high, low in zip(halves[::2], halves[1::2], strict=True))

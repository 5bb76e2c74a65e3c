"""Of what a terminal sends, what hands can type: bounded before Textual sees it."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder

LONGEST_PASTE = 1000
"""Characters taken of what is pasted; no answer is longer."""
AT_ONCE = 1000
"""Characters that hands, a moving mouse and a starved program included, can send between two looks."""
IN_A_ROW = 10 * AT_ONCE
"""Characters that they can send without a pause."""
PAUSE = 0.05
"""Seconds of silence after which a flood is over."""
MOMENT = 0.01
"""Seconds that the beginning of a mark waits for its end, for it may be a key by itself."""

LONGEST_KEY = 32
"""Characters of what a terminal sends for a key or a click, at most."""
BEGIN, END = "\x1b[200~", "\x1b[201~"
"""What a terminal sends around a paste."""
_ESCAPES = re.compile("\x1b{3,}")


class Sieve:
    """Lets through what hands can type, and of a paste its beginning, as text.

    Textual takes seconds for each hundred kB of what is pasted with control sequences, and fails on bytes that are no
    UTF-8. Of a flood of keys, which a paste is where the terminal does not mark it, only the beginning counts.
    """

    def __init__(self) -> None:
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._pasting = False
        self._room = LONGEST_PASTE
        self._held = ""
        self._flooded = False
        self._in_a_row = 0

    @property
    def patience(self) -> float:
        """Seconds of silence that `pause` has to be told of."""
        return MOMENT if self._held else PAUSE

    def pause(self) -> bytes:
        """Note a silence; what was held back for what might have followed."""
        self._flooded, self._in_a_row = False, 0
        if self._pasting:
            return b""
        held, self._held = self._held, ""
        return held.encode()

    def take(self, data: bytes) -> bytes:
        """What is left of what was sent."""
        text = self._held + self._decode(data)
        self._held = ""
        left: list[str] = []
        while text:
            took, text = self._paste(text) if self._pasting else self._keys(text)
            left.append(took)
        return "".join(left).encode()

    def _keys(self, text: str) -> tuple[str, str]:
        """The keys up to a paste, and what follows."""
        keys, begin, rest = text.partition(BEGIN)
        if not begin:
            self._held, keys = _begun(keys, BEGIN)
        self._pasting = bool(begin)
        self._room = LONGEST_PASTE
        return self._bounded(_ESCAPES.sub("\x1b\x1b", keys)) + begin, rest

    def _bounded(self, keys: str) -> str:
        """The first keys of a flood, whole ones; nothing of what follows it at once."""
        if self._flooded:
            return ""
        self._in_a_row += len(keys)
        self._flooded = len(keys) > AT_ONCE or self._in_a_row > IN_A_ROW
        if len(keys) <= AT_ONCE:
            return keys
        whole, escape, cut = keys[:AT_ONCE].rpartition("\x1b")
        return whole if escape and len(cut) < LONGEST_KEY else keys[:AT_ONCE]

    def _paste(self, text: str) -> tuple[str, str]:
        """The beginning of a paste without its control sequences, and what follows it."""
        pasted, end, rest = text.partition(END)
        if not end:
            self._held, pasted = _begun(pasted, END)
        pasted = pasted.replace("\x1b", "")[: self._room]
        self._room -= len(pasted)
        self._pasting = not end
        return pasted + end, rest


def _begun(text: str, mark: str) -> tuple[str, str]:
    """The end of a text that may be the beginning of a mark, and what stands before it."""
    for length in range(len(mark) - 1, 0, -1):
        if text.endswith(mark[:length]):
            return text[-length:], text[:-length]
    return "", text

"""What a terminal shows of what Textual writes: absolute moves, text, and frames that are drawn as a whole."""

from __future__ import annotations

import re

from rich.cells import cell_len

_MOVE = re.compile(r"\x1b\[(\d+);(\d+)H")
_TOKEN = re.compile(
    r"\x1b(?:\[[0-9;:?<>=$ ]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\|[@-Z\\^_=>])|[^\x1b\r\n]+|[\r\n]"
)
_ENTER = "\x1b[?1049h"
_BEGIN, _END = "\x1b[?2026h", "\x1b[?2026l"


class Picture:
    """The cells of a screen; `is_whole` tells whether no frame is half drawn."""

    def __init__(self, width: int, height: int) -> None:
        self.is_whole = True
        self._left = ""
        self.resize(width, height)

    def resize(self, width: int, height: int) -> None:
        """Forget all; the program draws everything anew."""
        self._rows = [[" "] * width for _ in range(height)]
        self._x = self._y = 0

    @property
    def text(self) -> str:
        """The screen line by line; a space is a space."""
        return "\n".join("".join(row) for row in self._rows).replace("\u00a0", " ")

    def feed(self, data: str) -> None:
        """Take what was written; a sequence that is cut in two waits for its other half."""
        data = self._left + data
        end = 0
        while token := _TOKEN.match(data, end):
            end = token.end()
            self._take(token[0])
        self._left = data[end:]

    def _take(self, token: str) -> None:
        if not token.startswith("\x1b"):
            self._write(token)
        elif move := _MOVE.fullmatch(token):
            self._y, self._x = int(move[1]) - 1, int(move[2]) - 1
        elif token == _ENTER:
            self.resize(len(self._rows[0]), len(self._rows))
        elif token in (_BEGIN, _END):
            self.is_whole = token == _END

    def _write(self, text: str) -> None:
        if not 0 <= self._y < len(self._rows):  # drawn for the size before
            return
        row = self._rows[self._y]
        cells = [cell for character in text for cell in _cells(character)]
        cells = cells[: max(len(row) - self._x, 0)]
        row[self._x : self._x + len(cells)] = cells
        self._x += len(cells)


def _cells(character: str) -> tuple[str, ...]:
    """A character, and what it takes of the cells after it."""
    if character < "\u0300":
        return (character,)
    return (character, *[""] * (cell_len(character) - 1)) if cell_len(character) else ()

"""Text to read: its lines break at spaces only, so that « : » and « % » stay with the word they belong to."""

from __future__ import annotations

from math import ceil

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from trainer.widgets.literal import literal


class Prose(Widget):
    """Text in; its height is what its width makes of it."""

    DEFAULT_CSS = "Prose { height: auto; }"

    def __init__(self, text: Content | str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = _styled(text)

    def update(self, text: Content | str) -> None:
        """Show another text; a plain one is taken as it is, never as markup."""
        self._text = _styled(text)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The number of lines at that width; a word that is too long takes several."""
        lines = broken(self._text.plain, width).split("\n")
        return sum(max(ceil(cell_len(line) / max(width, 1)), 1) for line in lines)

    def render(self) -> Content:
        """The text, a line break in place of the last space that fits on each line."""
        lines = broken(self._text.plain, self.content_size.width)
        return Content(lines, list(self._text.spans))


def _styled(text: Content | str) -> Content:
    return literal(text) if isinstance(text, str) else text


def broken(text: str, width: int) -> str:
    """The same text with spaces turned into line breaks so that lines fit; no-break spaces never break."""
    lines = []
    for paragraph in text.split("\n"):
        words: list[str] = []
        used = 0
        for word in paragraph.split(" "):
            size = cell_len(word)
            if words and used + 1 + size > width > 0:
                words.append("\n")
                used = size
            else:
                words.append(" " if words else "")
                used += size + (1 if len(words) > 1 else 0)
            words.append(word)
        lines.append("".join(words))
    return "\n".join(lines)

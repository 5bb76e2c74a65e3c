"""What a page on which something is asked has: what to do, at the top, and what became of it, at the bottom."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widget import Widget

from trainer.widgets.literal import literal
from trainer.widgets.prose import Prose
from trainer.widgets.theme import LABEL, RIGHT, WRONG
from trainer.wording.feedback import Feedback


class Page(VerticalScroll):
    """An instruction and a verdict; what stands between is for those who know what is asked."""

    instruction = query_one("#instruction", Prose)
    told = query_one("#told", Prose)

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._instruction = ""

    @property
    def begin(self) -> Widget:
        """Where what is asked begins."""
        return self.instruction

    def on_mount(self) -> None:
        """Keep what is new in sight."""
        self.watch(self, "virtual_size", self._follow)

    def _follow(self) -> None:
        """Scroll to the end of what is shown, but no further than where the question begins."""
        if not self.children:  # left before it was built
            return
        self.scroll_to(y=min(self.max_scroll_y, self.begin.virtual_region.y), animate=False)

    def instruct(self, text: str) -> None:
        """Say what to do, which seldom changes: what stays is not drawn again. The verdict before goes."""
        self.told.display = False
        if text != self._instruction:
            self._instruction = text
            self.instruction.update(text)

    def hint(self, text: str) -> None:
        """Say why nothing is decided yet."""
        self._say(literal(text, LABEL))

    def tell(self, told: Feedback) -> None:
        """Show a verdict with its paragraphs."""
        parts = [literal(told.headline, RIGHT if told.correct else WRONG)]
        for label, paragraph in told.paragraphs:
            parts.append(literal(f"\n{label} : " if label else "\n", LABEL))
            parts.append(literal(paragraph))
        self._say(Content.assemble(*parts))

    def _say(self, text: Content) -> None:
        self.told.update(text)
        self.told.display = True

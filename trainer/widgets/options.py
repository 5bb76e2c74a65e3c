"""A list of options that stands keys and clicks which were meant for what it held before, and whose cursor hides nothing."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widgets import OptionList


class Options(OptionList):
    """Textual's list fails when it is paged before it is laid out, and when what was clicked is gone by then."""

    def action_page_up(self) -> None:
        """Move up a page, once there are pages."""
        if self._has_pages:
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """Move down a page, once there are pages."""
        if self._has_pages:
            super().action_page_down()  # type: ignore[no-untyped-call]

    @property
    def _has_pages(self) -> bool:
        return bool(self.options) and bool(self.scrollable_content_region)

    def render_line(self, y: int) -> Strip:
        """Draw all that lies under the cursor in the cursor's own colour: that of a mark may be as light as its ground."""
        strip = super().render_line(y)
        highlighted = self.highlighted
        if highlighted is None or self.options[highlighted].disabled or _option_of(strip) != highlighted:
            return strip
        cursor = self.get_visual_style("option-list--option", "option-list--option-highlighted").rich_style
        return Strip(Segment.apply_style(strip, post_style=Style(color=cursor.color)), strip.cell_length)

    async def _on_click(self, event: events.Click) -> None:
        """Leave a click on what is no more to nobody."""
        clicked = event.style.meta.get("option")
        if clicked is not None and clicked >= self.option_count:
            event.prevent_default()


def _option_of(strip: Strip) -> int | None:
    """The index of the option that a line belongs to."""
    styles = (segment.style for segment in strip if segment.style)
    return next((style.meta["option"] for style in styles if "option" in style.meta), None)

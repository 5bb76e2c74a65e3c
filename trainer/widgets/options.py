"""A list of options that stands keys and clicks which were meant for what it held before."""

from __future__ import annotations

from textual import events
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

    async def _on_click(self, event: events.Click) -> None:
        """Leave a click on what is no more to nobody."""
        clicked = event.style.meta.get("option")
        if clicked is not None and clicked >= self.option_count:
            event.prevent_default()

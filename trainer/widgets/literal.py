"""The one door through which text that is not ours reaches the screen."""

from __future__ import annotations

from textual.content import Content

from trainer.glossary.cleaning import presented


def literal(text: str, style: str = "") -> Content:
    """The text as it is but for its French spaces: no markup, no action, no control sequence.

    The style is that of these characters alone, whatever is joined to them.
    """
    return Content.styled(presented(text), style)

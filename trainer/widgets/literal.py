"""The one door through which text that is not ours reaches the screen."""

from __future__ import annotations

from rich.text import Text

from trainer.glossary.cleaning import clean


def literal(text: str, style: str = "") -> Text:
    """The text as it is: no markup, no action, no control sequence."""
    return Text(clean(text), style=style)

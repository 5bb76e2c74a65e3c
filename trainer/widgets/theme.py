"""The colours of the application, and what they mean: one meaning, one style.

Body text is never coloured: a colour is for a mark, its word, a bar. Every pair of text and ground keeps a contrast of
4.5 : 1, as grey (`NO_COLOR`) and on terminals of 16 colours too; the tests compute it.
"""

from __future__ import annotations

from textual.theme import Theme

RIGHT = "bold $text-success"
"""The mark of what is right, and its word."""
WRONG = "bold $text-error"
"""The mark of what is wrong, and its word."""
HEADING = "bold underline"
"""What stands over a part of a list."""
LABEL = "bold"
"""The title of a page, or what a paragraph is about."""
HELD = "bold"
"""What is chosen and waits for its other half."""

_GROUND = "#12161d"
_PANEL = "#1d2430"
_TEXT = "#e8ebf0"
_MUTED = "#9aa5b4"
_ACCENT = "#6cb6ff"
_RIGHT = "#7fd99a"
_WRONG = "#ff9a8f"
_DUE = "#f0c35e"

TRAINER = Theme(
    name="trainer",
    primary=_ACCENT,
    secondary=_ACCENT,
    accent=_ACCENT,
    success=_RIGHT,
    error=_WRONG,
    warning=_DUE,
    foreground=_TEXT,
    background=_GROUND,
    surface=_PANEL,
    panel=_PANEL,
    variables={
        "text": _TEXT,
        "text-muted": _MUTED,
        "text-disabled": _MUTED,
        "text-success": _RIGHT,
        "text-error": _WRONG,
        "block-cursor-foreground": _GROUND,
        "block-cursor-background": _ACCENT,
        "block-cursor-text-style": "bold",
        # On 16 colours the panel is as black as the ground, hence the line under it.
        "block-cursor-blurred-background": _PANEL,
        "block-cursor-blurred-text-style": "underline",
        "block-hover-background": _PANEL,
    },
)
"""Light on dark, with a contrast of 5.5 : 1 or more between every text and its ground."""

"""What several tests share: where things are, how long they wait, how they read."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
CONTENT = ROOT / "content"
"""The content that comes with the product."""
DATA = ROOT / "tests" / "data"
"""Tables, vectors and folders that tests compare with."""
PATIENCE = 60
"""Seconds after which what was waited for will not come, on the busiest machine."""


def plain(text: str) -> str:
    """A text with plain spaces in place of no-break ones, which are tested by themselves."""
    return text.replace("\u00a0", " ")

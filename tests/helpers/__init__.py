"""What several tests share: where things are, and how long they wait."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
CONTENT = ROOT / "content"
"""The content that comes with the product."""
DATA = ROOT / "tests" / "data"
"""Tables, vectors and folders that tests compare with."""
PATIENCE = 60
"""Seconds after which what was waited for will not come, on the busiest machine."""

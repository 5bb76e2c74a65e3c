"""What several tests share: the shipped content, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.content.library import load_library
from trainer.drills.lexicon import Lexicon
from trainer.glossary.decks import Library

CONTENT = Path(__file__).parent.parent / "content"


@pytest.fixture(scope="session")
def library() -> Library:
    """The shipped glossary and decks."""
    return load_library(CONTENT).library


@pytest.fixture(scope="session")
def lexicon(library: Library) -> Lexicon:
    """Every name of the shipped glossary."""
    return Lexicon(library)

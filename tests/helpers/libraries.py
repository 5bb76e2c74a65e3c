"""The shipped content, and small decks of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from trainer.content.library import load_library
from trainer.glossary.decks import Deck, Format, Library
from trainer.places import shipped_content

SIX = ("svi", "acd", "cti", "voip", "ipbx", "dmt")
"""Acronyms that fill one board of the matching game."""


@cache
def shipped() -> Library:
    """The content that comes with the product, read once."""
    return load_library(shipped_content()).library


@cache
def without_decks() -> Library:
    """The same terms, under a home screen that is quick to draw."""
    return replace(shipped(), decks={})


def small_deck(library: Library, *ids: str, drills: Sequence[Format] = tuple(Format)) -> Deck:
    """A deck of these terms, all of them new on one day."""
    return Deck("essai", "Essai", ids, drills=tuple(drills), new_per_day=len(ids))


BOARD = small_deck(shipped(), *SIX, drills=[Format.MATCH])
"""One board, and nothing else."""

"""Posing: from a card and a format to a question, with nothing left to chance once the seed is known."""

from __future__ import annotations

from collections.abc import Callable, Collection

from trainer.drills.kinds.kind import Bench, Kinds, nobody
from trainer.drills.kinds.registry import KINDS
from trainer.drills.shapes import Question
from trainer.glossary.decks import Deck, Format, Library
from trainer.memory.cards import Card


class Poser:
    """Draws questions of a deck by each of its drills; the same seed draws the same ones."""

    def __init__(
        self,
        library: Library,
        deck: Deck,
        seed: str,
        rivals: Callable[[str], Collection[str]] = nobody,
        kinds: Kinds = KINDS,
    ) -> None:
        self.kinds = kinds
        bench = Bench(library, deck, seed, rivals)
        self._poses = {form: kind.poser(bench) for form, kind in kinds.items()}

    def pose(self, card: Card, form: Format, turn: int = 0, again: bool = False) -> Question | None:
        """One question about a card by one drill, as `Pose` says; the game asks none."""
        pose = self._poses.get(form)
        return pose(card, turn, again) if pose else None

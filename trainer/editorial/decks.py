"""What is said of a deck: a pass mark that luck alone may reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from trainer.editorial.remarks import Remark
from trainer.glossary.decks import Deck

MOST_LUCK = 0.01
"""Of those who know nothing, one in a hundred at most may pass."""


def about_deck(deck: Deck) -> Iterator[Remark]:
    """Every remark about a deck as a whole."""
    if deck.pass_mark is None or not deck.questions:
        return
    chances = [1 / (len(question.wrong) + 1) if question.is_choice else 0 for question in deck.questions]
    chance = luck(chances, ceil(len(chances) * deck.pass_mark / 100))
    if chance > MOST_LUCK:
        often = f"une fois sur {round(1 / chance)}"
        remedy = "montez-le, ou ajoutez des questions ou des options"
        yield Remark(
            "pass_mark", f"seuil de {deck.pass_mark}\u00a0% atteint par pur hasard {often}\u00a0; {remedy}"
        )


def luck(chances: Sequence[float], needed: int) -> float:
    """The probability of at least `needed` right answers, each guessed with its own chance."""
    exactly = [1.0]
    for chance in chances:
        missed = [share * (1 - chance) for share in exactly] + [0.0]
        hit = [0.0] + [share * chance for share in exactly]
        exactly = [left + right for left, right in zip(missed, hit, strict=True)]
    return sum(exactly[needed:])

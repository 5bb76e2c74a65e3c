"""Claims: answers that learners had counted right against the judge, for a supervisor to look at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from trainer.glossary.spelling import spoken
from trainer.memory.cards import Card
from trainer.memory.history import answers
from trainer.memory.reviews import Fact


class Claim(NamedTuple):
    """What was written for a card, how often, and by how many learners."""

    card: Card
    answer: str
    times: int
    learners: int


def claims(pool: Iterable[Iterable[Fact]]) -> list[Claim]:
    """The claims in the facts of each learner, most learners first; ways of writing that sound the same are one."""
    found: dict[tuple[Card, str], list[tuple[int, str]]] = {}
    for learner, facts in enumerate(pool):
        for review in answers(facts).standing:
            if review.claimed:
                found.setdefault((review.card, spoken(review.answer)), []).append((learner, review.answer))
    summed = [
        Claim(card, min(text for _, text in each), len(each), len({learner for learner, _ in each}))
        for (card, _), each in found.items()
    ]
    return sorted(summed, key=lambda claim: (-claim.learners, -claim.times, claim.card.key, claim.answer))

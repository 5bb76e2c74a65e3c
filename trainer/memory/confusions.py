"""Which terms a learner takes for one another, and when that is over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from heapq import heapify, heappop

from trainer.memory.history import History

TOLD_APART = 3
"""Right answers on each of two terms, since they were last confused, after which they are known apart."""


def rivals(history: History, term: str) -> Counter[str]:
    """For each other term, how often it and this one were taken for one another, whichever was asked."""
    found: Counter[str] = Counter()
    for (asked, chosen), confusion in history.confusions.items():
        if term in (asked, chosen):
            found[chosen if term == asked else asked] += confusion.times
    return found


def unsettled(history: History) -> Iterator[tuple[str, str]]:
    """The pairs that are still confused: the most frequent first, of those the most recent."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for (asked, chosen), confusion in history.confusions.items():
        pair = (asked, chosen) if asked < chosen else (chosen, asked)
        times, last = -confusion.times, -confusion.last.toordinal()
        before = found.get(pair)  # the other way round
        found[pair] = (times + before[0], min(last, before[1])) if before else (times, last)
    ranked = [(rank, pair) for pair, rank in found.items()]
    heapify(ranked)  # a few of many thousands are wanted
    while ranked:
        _, pair = heappop(ranked)
        if not is_settled(history, *pair):
            yield pair


def current_rivals(history: History, term: str) -> tuple[str, ...]:
    """The terms that are still taken for this one, or it for them, most often first."""
    ranked = rivals(history, term).most_common()
    return tuple(other for other, _ in ranked if not is_settled(history, term, other))


def is_settled(history: History, one: str, other: str) -> bool:
    """Whether both terms got enough right answers, in whatever drill, since they were last confused.

    Right answers only ever add up: how many there were at the last confusion tells how many came since.
    """
    return _since(history, one, other) >= TOLD_APART and _since(history, other, one) >= TOLD_APART


def _since(history: History, term: str, rival: str) -> int:
    """The right answers on a term since it and a rival were last confused."""
    confusions = history.confusions
    asked, chosen = confusions.get((term, rival)), confusions.get((rival, term))
    before = max(asked.asked_right if asked else 0, chosen.chosen_right if chosen else 0)
    return history.right(term) - before

"""How far a rule for what counts as a review can be believed, on a published log of real reviews.

`python -m benchmarks.logs FILE.csv…` folds each log with the product's own history at the default parameters, once by
the rule of today and once by the one before it, and sets what was believed of a card beside what was recalled. Logs
are not part of this repository; README.md says where those were found that docs/grading.md speaks of.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from math import floor, log
from operator import attrgetter
from pathlib import Path
from statistics import mean
from typing import NamedTuple
from unittest.mock import patch

from benchmarks.table import Row, heading, printed
from tests.helpers.reviews import review
from trainer.glossary.decks import Format
from trainer.glossary.terms import Facet
from trainer.memory import schedule
from trainer.memory.calendar import study_day
from trainer.memory.cards import Card
from trainer.memory.history import History
from trainer.memory.reviews import Rating
from trainer.memory.schedule import Schedule

CHOSEN_ON = "review_logs_josh"
"""How the name of the log begins that the rule was chosen on; of others it is asked to be no worse than the one before."""
LIMIT = 0.01
MOST_LOSS = 0.465
LEAST_AUC = 0.72
"""How far the mean belief may be from what was recalled there, and what its log loss and its AUC have to be."""
CRAM = 3
"""The kinds of Anki's reviews from which on a line is no study: cramming, and rescheduling by hand."""

Rule = Callable[[Schedule | None, Rating, date], bool]
"""Whether an answer to a card is a review."""


def before(known: Schedule | None, rating: Rating, day: date) -> bool:
    """The rule before: the day's first answer, or the first success after a failure."""
    if known is None or known.last != day:
        return True
    return known.relearning and rating is not Rating.AGAIN


class Seen(NamedTuple):
    """A card that was asked on a later day than its last review: what was believed of it, and whether it was recalled.

    `bin` puts cards together that were asked on about as many days, forgotten on as many, and left alone for as long.
    """

    card: str
    belief: float
    recalled: bool
    bin: tuple[float, float, float]

    @property
    def loss(self) -> float:
        """The log loss of the belief, in nats."""
        return -log(self.belief if self.recalled else 1 - self.belief)


class Answer(NamedTuple):
    """One line of a log."""

    card: str
    rating: Rating
    at: datetime


def read(path: Path) -> list[Answer]:
    """The answers of a log, in order: that of py-fsrs (`card_id,review_rating,review_time`) or Anki's (`id,cid,ease,type`)."""
    with path.open(newline="", encoding="utf-8") as file:
        answers = list(map(_answer, filter(_is_study, csv.DictReader(file))))
    return sorted(answers, key=attrgetter("at"))


def _is_study(line: dict[str, str]) -> bool:
    """Whether a line is an answer at all; ratings of 0 were made by hand."""
    rated = line.get("review_rating") or line["ease"]
    return rated != "0" and int(line.get("type") or 0) < CRAM


def _answer(line: dict[str, str]) -> Answer:
    if "cid" in line:
        return Answer(line["cid"], Rating(int(line["ease"])), _instant(line["id"]))
    return Answer(line["card_id"], Rating(int(line["review_rating"])), _instant(line["review_time"]))


def _instant(text: str) -> datetime:
    """An instant written as ISO 8601, or in milliseconds since 1970."""
    if text.isdecimal():
        return datetime.fromtimestamp(int(text) / 1000, UTC)
    return datetime.fromisoformat(text)


def fold(answers: Iterable[Answer], rule: Rule) -> list[Seen]:
    """What the history believed of each card when it came back on a later day."""
    history, seen = History(), []
    past: dict[Card, Past] = {}
    with patch("trainer.memory.history.counts", rule):
        for number, answer in enumerate(answers, 1):
            card, day = Card(answer.card, Facet.MEANING), study_day(answer.at, UTC)
            right = answer.rating is not Rating.AGAIN
            known, met = history.schedule(card), past.get(card, Past())
            if known is not None and day > known.last:
                belief = history.scheduler.retrievability(known, day)
                seen.append(Seen(answer.card, belief, right, _bin(met, (day - known.last).days)))
            if met.last != day:
                past[card] = Past(day, met.days + 1, met.forgotten + (known is not None and not right))
            graded = review(
                number, of=card, rating=answer.rating, at=answer.at, on=day, form=Format.FLASHCARD
            )
            history.apply(graded)
    return seen


class Past(NamedTuple):
    """What happened to a card, whatever the rule: the last day, on how many it was asked, and first forgotten."""

    last: date | None = None
    days: int = 0
    forgotten: int = 0


def _bin(met: Past, delay: int) -> tuple[float, float, float]:
    """The bins of the benchmark by the authors of FSRS: delay, turn and lapses, each on a scale of its own."""
    return _step(delay, 2.48, 3.62), _step(met.days + 1, 1.99, 1.89), _step(met.forgotten, 1.65, 1.73)


def _step(value: float, first: float, growth: float) -> float:
    return round(first * growth ** floor(log(value, growth)), 2) if value else 0


def log_loss(seen: Sequence[Seen]) -> float:
    """The mean log loss in nats."""
    return mean(each.loss for each in seen)


def floor_loss(seen: Sequence[Seen]) -> float:
    """The log loss of somebody who says the mean recall of every card."""
    rate = mean(each.recalled for each in seen)
    return log_loss([each._replace(belief=rate) for each in seen])


def auc(seen: Sequence[Seen]) -> float:
    """The chance that of two cards, one recalled and one not, the recalled one was believed more; 1/2 of a tie."""
    ordered = sorted(seen, key=attrgetter("belief"))
    ranks: dict[float, list[int]] = defaultdict(list)
    for rank, each in enumerate(ordered, 1):
        ranks[each.belief].append(rank)
    of_recalled = sum(mean(ranks[each.belief]) for each in seen if each.recalled)
    recalled = sum(each.recalled for each in seen)
    return (of_recalled - recalled * (recalled + 1) / 2) / (recalled * (len(seen) - recalled))


def rmse(seen: Sequence[Seen]) -> float:
    """The difference between belief and recall in a bin: root of the mean square, bins weighed by their cards."""
    bins: dict[tuple[float, float, float], list[Seen]] = defaultdict(list)
    for each in seen:
        bins[each.bin].append(each)
    squares = [
        len(group) * (mean(each.belief for each in group) - mean(each.recalled for each in group)) ** 2
        for group in bins.values()
    ]
    return float((sum(squares) / len(seen)) ** 0.5)


def gain(old: Sequence[Seen], new: Sequence[Seen]) -> tuple[float, float]:
    """By how much the log loss fell, and the standard error of that: the answers to one card are one observation."""
    by_card: dict[str, float] = defaultdict(float)
    for one, other in zip(old, new, strict=True):
        by_card[one.card] += one.loss - other.loss
    fall = sum(by_card.values()) / len(old)
    each = len(old) / len(by_card)
    spread = sum((total - fall * each) ** 2 for total in by_card.values())
    return fall, float(spread**0.5 / len(old))


def rows(answers: Sequence[Answer], chosen: bool) -> Iterator[Row]:
    """The rule of today beside the one before it; `chosen` tells that it was chosen on this log."""
    old, new = fold(answers, before), fold(answers, schedule.counts)
    recall = mean(each.recalled for each in new)
    believed, used = (mean(each.belief for each in seen) for seen in (new, old))
    gap = abs(believed - recall)
    most, least = (MOST_LOSS, LEAST_AUC) if chosen else (log_loss(old), auc(old))
    loss, area = log_loss(new), auc(new)
    fall, error = gain(old, new)
    yield Row("recalled", f"{recall:.3f}", count=len(new))
    limit = f"{recall:.3f} ± {LIMIT}" if chosen else ""
    yield Row("mean belief", f"{believed:.3f}", f"{used:.3f}", None, limit, gap <= LIMIT if chosen else None)
    yield Row("log loss of the mean", f"{floor_loss(new):.4f}")
    yield Row("log loss", f"{loss:.4f}", f"{log_loss(old):.4f}", None, f"≤ {most:.4g}", loss <= most)
    yield Row("how much less", f"{fall:+.4f} ± {error:.4f}")
    yield Row("AUC", f"{area:.3f}", f"{auc(old):.3f}", None, f"≥ {least:.3g}", area >= least)
    yield Row("RMSE (bins)", f"{rmse(new):.4f}", f"{rmse(old):.4f}")


def main(paths: Sequence[str]) -> int:
    """Print the figures of these logs; 1 if a target is missed, 2 if no log is named."""
    if not paths:
        print("which logs? python -m benchmarks.logs FILE.csv…", file=sys.stderr)
        return 2
    found: list[Row] = []
    for path in map(Path, paths):
        answers = read(path)
        cards = len({answer.card for answer in answers})
        print(f"\n{heading(path.name)}\n{len(answers):,} answers to {cards:,} cards; beside: the rule before")
        figures = list(rows(answers, path.name.startswith(CHOSEN_ON)))
        print(printed(figures), flush=True)
        found += figures
    return int(any(row.met is False for row in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

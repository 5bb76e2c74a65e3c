"""What learners really remember beside what the memory believes, under three ways of grading a right choice.

The learners are simulated, so that the truth is known: FSRS-6 too, but told each time whether the card was recalled,
which the product cannot see of a choice. They study with the product's own planning, sessions and grading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import chain
from random import Random
from statistics import mean, stdev
from typing import NamedTuple

from benchmarks.learners import FIRST, Learner, Study
from benchmarks.table import Row
from trainer.content.library import load_library
from trainer.drills.grading import Standing, Verdict
from trainer.drills.judging.lexicon import Lexicon
from trainer.drills.kinds.kind import Kind
from trainer.drills.kinds.registry import KINDS, grade
from trainer.drills.posing.formats import askable
from trainer.drills.shapes import Answer, Pick, Question
from trainer.glossary.decks import Format, Library
from trainer.glossary.terms import Facet
from trainer.memory.history import History
from trainer.memory.reviews import Rating
from trainer.memory.schedule import Scheduler
from trainer.places import shipped_content

LEARNERS = 10
DAYS = 150
DECKS = ("jour-01", "jour-02")
"""What each learner studies: enough for options, few enough to be begun in a week or two."""
LIMIT = 0.01
"""How far from the truth a belief may be on average."""
MOST_GUESSED = 0.05
"""How many of the right choices that count may be guesses."""

Grader = Callable[[Question, Answer, Standing, Lexicon], Verdict]


def naive(question: Question, answer: Answer, standing: Standing, lexicon: Lexicon) -> Verdict:
    """Every right choice is Good."""
    return grade(question, answer, replace(standing, retrievability=1.0), lexicon)


def hard(question: Question, answer: Answer, standing: Standing, lexicon: Lexicon) -> Verdict:
    """Every right choice is Hard."""
    verdict = naive(question, answer, standing, lexicon)
    chosen = isinstance(question, Pick) and verdict.correct
    return replace(verdict, rating=Rating.HARD) if chosen else verdict


class _Graded:
    """A drill whose answers are graded by another rule."""

    def __init__(self, kind: Kind, grade: Grader) -> None:
        self.demand = kind.demand
        self.poser = kind.poser
        self.grade = grade


class Rule(NamedTuple):
    """A way of grading, and the chance that what was read after a lucky guess is recalled some questions later."""

    name: str
    grade: Grader
    echo: float = 0.0


OURS = Rule("ours", grade)
ECHO = Rule("ours, echo", grade, 1.0)
NAIVE = Rule("right choice = Good", naive)
HARD = Rule("right choice = Hard", hard)


class Mix(NamedTuple):
    """What is studied: cards of these facets, by these drills; `slips` is how often who knows fails to write it.

    `honest` is whether the rules can do something about guesses here, and so have a target to meet.
    """

    name: str
    facets: tuple[Facet, ...]
    drills: tuple[Format, ...]
    slips: float = 0.0
    rules: tuple[Rule, ...] = (OURS, ECHO, NAIVE, HARD)
    honest: bool = True


MIXES = (
    Mix("as shipped", tuple(Facet), tuple(Format)),
    Mix("3 options or flashcard", (Facet.MEANING,), (Format.CHOICE, Format.FLASHCARD)),
    Mix("4 options or typed", (Facet.NAMING,), (Format.CHOICE, Format.RECALL), rules=(OURS, ECHO, NAIVE)),
    Mix("3 options only", (Facet.MEANING,), (Format.CHOICE,), rules=(OURS, NAIVE, HARD), honest=False),
    Mix("4 options only", (Facet.NAMING,), (Format.CHOICE,), rules=(OURS, NAIVE, HARD), honest=False),
    Mix("typed only", (Facet.NAMING,), (Format.RECALL,), rules=(OURS,)),
    Mix("typed only, 2 % slips", (Facet.NAMING,), (Format.RECALL,), 0.02, (OURS,), honest=False),
)


class Found(NamedTuple):
    """What one learner came to: the mean chance of recall, true and believed, when a card was due, and how often one was.

    `guesses` says of each right choice that the memory was told of whether it was a guess.
    """

    true: float
    believed: float
    reviews: int
    guesses: list[bool]

    @property
    def gap(self) -> float:
        """How much more is remembered than believed."""
        return self.true - self.believed


@cache
def _library() -> Library:
    """The decks studied, cut out of the shipped content."""
    whole = load_library(shipped_content()).library
    decks = {name: whole.decks[name] for name in DECKS}
    terms = {term: whole.terms[term] for deck in decks.values() for term in deck.terms}
    return Library(terms, decks, whole.categories, whole.sources)


def study(mix: Mix, rule: Rule, number: int) -> Found:
    """What the learner of that number comes to in the working days of the simulated time."""
    library, scheduler = _library(), Scheduler()
    deck = library.everything._replace(drills=mix.drills)
    cards = [card for card in askable(library, deck) if card.facet in mix.facets]
    learner = Learner(Random(f"{mix.name}:{number}"), scheduler, rule.echo, mix.slips)
    kinds = {form: _Graded(kind, rule.grade) for form, kind in KINDS.items()}
    desk = Study(library, deck, cards, Lexicon(library), learner, History(scheduler), kinds)
    for day in range(DAYS):
        if (FIRST + timedelta(day)).weekday() < 5:
            desk.day(day)
    seen = desk.seen.values()
    true, believed = mean(each.true for each in seen), mean(each.believed for each in seen)
    return Found(true, believed, len(seen), desk.credited)


def measure() -> list[Row]:
    """The gap between truth and belief, rule by rule, for each mix of drills."""
    with ProcessPoolExecutor() as pool:
        tasks = [
            (mix, rule, [pool.submit(study, mix, rule, number) for number in range(LEARNERS)])
            for mix in MIXES
            for rule in mix.rules
        ]
        found = {(mix.name, rule.name): [each.result() for each in futures] for mix, rule, futures in tasks}
    return list(chain.from_iterable(_rows(mix, found) for mix in MIXES))


def _rows(mix: Mix, found: Mapping[tuple[str, str], Sequence[Found]]) -> Iterator[Row]:
    groups = {rule: found[mix.name, rule.name] for rule in mix.rules}
    gaps = {rule: mean(each.gap for each in group) for rule, group in groups.items()}
    usual = mean(each.reviews for each in groups[OURS])
    for rule, group in groups.items():
        target, met = "", None
        if mix.honest and rule.grade is grade:
            target, met = f"± {LIMIT}", abs(gaps[rule]) <= LIMIT
        error = stdev(each.gap for each in group) / len(group) ** 0.5
        true, believed = mean(each.true for each in group), mean(each.believed for each in group)
        reviews = mean(each.reviews for each in group)
        yield Row(
            f"{mix.name}: {rule.name}",
            f"{gaps[rule]:+.3f} ± {error:.3f}",
            f"{true:.3f} − {believed:.3f}",
            reviews / usual,
            target,
            met,
            round(reviews),
        )
    if NAIVE in groups:
        ours, rival = _guessed(groups[OURS]), _guessed(groups[NAIVE])
        recallable = mix.honest and Facet.QUESTION not in mix.facets
        met = ours <= MOST_GUESSED if recallable else None
        target = f"≤ {MOST_GUESSED:.0%}" if recallable else ""
        yield Row(f"{mix.name}: guesses that counted", f"{ours:.1%}", f"{rival:.1%}", None, target, met)


def _guessed(group: Sequence[Found]) -> float:
    """Of the right choices that counted, the share that were guesses."""
    return mean(chain.from_iterable(each.guesses for each in group))

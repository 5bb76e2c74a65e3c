"""What somebody gains who knows nothing of the trade: every clue of `editorial.clues`, and all of them together.

Sessions are dealt as a learner would get them: cards of both directions at random, no term twice. The learned guesser
is a logistic regression on the differences between right and wrong options; it is trained on some categories and
tried on others, so that hardly any terms of the two have met.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import islice
from random import Random
from typing import Any, NamedTuple

from benchmarks.table import Row
from trainer.content.library import load_library
from trainer.drills.kinds.choice import OPTIONS
from trainer.drills.posing.poser import Poser
from trainer.drills.shapes import Option, Pick
from trainer.editorial.clues import CLUES, Bank, Clue, Seen, share
from trainer.glossary.decks import Format, Library
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card
from trainer.places import shipped_content

SEEDS = 48
"""Enough for the gain of a clue to be known within half a hundredth …"""
FEWER = 16
"""… and for what takes long, or is compared, within a hundredth."""
SESSION = 30
FOLDS = 4
SINGLE, LEARNED, OPTIONS_ONLY = 0.03, 0.05, 0.01
"""What may be gained over chance by one clue, by all of them weighed, by one that looks at options only."""
SETS = 5
"""Sets of options that each card comes with over the seeds, at least."""
WITHIN, ASKED = 0.95, 0.99
"""The share of wrong options in the category of the right one, and of cards that can be asked, at least."""


class Asked(NamedTuple):
    """A question with what is known of it."""

    seen: Seen
    answer: int
    term: str
    category: str
    terms: tuple[str, ...]


Generator = Callable[[Library, str], Callable[[Card], Pick | None]]


def ours(library: Library, seed: str) -> Callable[[Card], Pick | None]:
    """The questions of the product."""
    poser = Poser(library, library.everything, seed)

    def pose(card: Card) -> Pick | None:
        question = poser.pose(card, Format.CHOICE)
        return question if isinstance(question, Pick) else None

    return pose


def naive(library: Library, seed: str) -> Callable[[Card], Pick | None]:
    """What a simple generator does: options at random from the category, nothing masked."""
    random = Random(seed)

    def pose(card: Card) -> Pick | None:
        term = library.terms[card.subject]
        others = [
            other
            for other in library.terms.values()
            if other.category == term.category and other.id != term.id and card.facet in other.facets
        ]
        terms = [term, *random.sample(others, OPTIONS[card.facet] - 1)]
        random.shuffle(terms)
        if card.facet is Facet.MEANING:
            stem, texts = term.term, [each.definition for each in terms]
        else:
            stem, texts = term.definition, [each.term for each in terms]
        options = tuple(Option(text, each.id) for text, each in zip(texts, terms, strict=True))
        return Pick(card, "", Format.CHOICE, "", stem, options, terms.index(term))

    return pose


def sessions(library: Library, seed: str) -> Iterator[list[Card]]:
    """Every card that a choice can ask, dealt into sessions in which no term comes twice."""
    random = Random(seed)
    for turn in range(2):
        facets = {term: Random(f"{seed}:{term}").sample(list(OPTIONS), 2)[turn] for term in library.terms}
        cards = [Card(term, facet) for term, facet in facets.items() if facet in library.facets[term]]
        random.shuffle(cards)
        rest = iter(cards)
        while chunk := list(islice(rest, SESSION)):
            yield chunk


def asked(library: Library, generator: Generator, seed: str) -> Iterator[tuple[Card, Asked | None]]:
    """Every question of a seed; None for a card that cannot be asked."""
    for number, cards in enumerate(sessions(library, seed)):
        pose = generator(library, f"{seed}:{number}")
        stems: list[str] = []
        answers: list[str] = []
        for card in cards:
            question = pose(card)
            if question is None:
                yield card, None
                continue
            texts = tuple(option.text for option in question.options)
            seen = Seen(question.stem, texts, Bank(), tuple(stems), tuple(answers))
            terms = tuple(option.term for option in question.options)
            yield (
                card,
                Asked(seen, question.answer, card.subject, library.terms[card.subject].category, terms),
            )
            stems.append(question.stem)
            answers.append(texts[question.answer])


def with_bank(seeds: Sequence[Sequence[Asked]]) -> list[Asked]:
    """The questions of all seeds, each seen by somebody who has read those of the other seeds, without their answers.

    Those of its own seed are left out: among them, how often an option stands tells which was drawn and which was
    asked, whatever the generator.
    """
    counts = [Counter(term for question in questions for term in question.terms) for questions in seeds]
    total = sum(counts, Counter[str]())
    words = Bank.of(
        {text for questions in seeds for question in questions for text in question.seen.options}
    ).words
    found = []
    for questions, own in zip(seeds, counts, strict=True):
        for question in questions:
            options = dict(
                zip(question.seen.options, (total[term] - own[term] for term in question.terms), strict=True)
            )
            found.append(question._replace(seen=question.seen._replace(bank=Bank(words, options))))
    return found


def gains(questions: Sequence[Asked], clues: Sequence[Clue], chance: float) -> dict[Clue, tuple[float, str]]:
    """For each clue what it gains over chance by the better of its two signs, and which sign that is."""
    found = {}
    for clue in clues:
        scores = [(clue.scores(question.seen), question.answer) for question in questions]
        shares = {
            sign: sum(share([factor * score for score in each], answer) for each, answer in scores)
            for sign, factor in (("most", 1), ("least", -1))
        }
        sign = max(shares, key=shares.__getitem__)
        found[clue] = shares[sign] / len(questions) - chance, sign
    return found


def learned(questions: Sequence[Asked], chance: float) -> float:
    """What a guesser gains over chance that has learnt how to weigh all clues, on categories it has not seen."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    categories = sorted({question.category for question in questions})
    Random(0).shuffle(categories)
    features = [_features(question.seen) for question in questions]
    right = 0.0
    for fold in range(FOLDS):
        held = set(categories[fold::FOLDS])
        rows, labels = [], []
        for question, figures in zip(questions, features, strict=True):
            for index in range(len(figures)):
                if question.category not in held and index != question.answer:
                    difference = figures[question.answer] - figures[index]
                    rows += [difference, -difference]
                    labels += [1, 0]
        model = LogisticRegression(C=0.1, fit_intercept=False, max_iter=500).fit(np.array(rows), labels)
        for question, figures in zip(questions, features, strict=True):
            if question.category in held:
                right += share(list(np.round(figures @ model.coef_[0], 9)), question.answer)
    return right / len(questions) - chance


def _features(seen: Seen) -> Any:
    """For each option its scores, beside those of the other options, and whether they are the highest or the lowest."""
    import numpy as np

    table = np.array([clue.scores(seen) for clue in CLUES]).T
    table = table - table.mean(axis=0)
    spread = table.std(axis=0)
    scaled = np.divide(table, spread, out=np.zeros_like(table), where=spread > 1e-9)
    tells = spread > 1e-9
    return np.hstack([scaled, (table == table.max(axis=0)) * tells, (table == table.min(axis=0)) * tells])


class Drawn(NamedTuple):
    """The questions of one direction, seed by seed, and how often each card was not asked."""

    seeds: list[list[Asked]]
    refused: Counter[str]


def draw(library: Library, generator: Generator, seeds: int) -> Mapping[Facet, Drawn]:
    """The questions of every seed, by direction."""
    drawn = {facet: Drawn([[] for _ in range(seeds)], Counter()) for facet in OPTIONS}
    for seed in range(seeds):
        for card, question in asked(library, generator, str(seed)):
            if question:
                drawn[card.facet].seeds[seed].append(question)
            else:
                drawn[card.facet].refused[card.subject] += 1
    return drawn


def measure() -> list[Row]:
    """What blind guessers gain on our questions and on naive ones, and what that costs our questions."""
    library = load_library(shipped_content()).library
    ours_drawn, naive_drawn = draw(library, ours, SEEDS), draw(library, naive, FEWER)
    rows: list[Row] = []
    for facet, size in OPTIONS.items():
        rows += _guessed(f"{facet.value}, {size} options", ours_drawn[facet], naive_drawn[facet], 1 / size)
        rows += _sound(facet.value, ours_drawn[facet], naive_drawn[facet], library)
    return rows


def _guessed(name: str, drawn: Drawn, beside: Drawn, chance: float) -> Iterator[Row]:
    """The gain of the best clue, of the best that sees options only, of all weighed, and of each one."""
    questions, others = with_bank(drawn.seeds), with_bank(beside.seeds)
    some = with_bank(drawn.seeds[:FEWER])
    alone = [clue for clue in CLUES if not clue.stem]
    own, naive_gains = gains(some, CLUES, chance), gains(others, CLUES, chance)
    own |= gains(questions, alone, chance)
    for what, limit, clues, count in (
        ("best clue", SINGLE, CLUES, len(some)),
        ("best clue of options only", OPTIONS_ONLY, alone, len(questions)),
    ):
        best, rival = (max(clues, key=lambda clue: found[clue][0]) for found in (own, naive_gains))
        yield _gain(f"{name}: {what}", own[best], naive_gains[rival], limit, count, best.name, rival.name)
    if find_spec("sklearn"):
        figure, other = learned(some, chance), learned(others, chance)
        yield _gain(f"{name}: all clues, learned", (figure, ""), (other, ""), LEARNED, len(some))
    else:
        yield Row(f"{name}: all clues, learned", "needs scikit-learn: the extra «bench»")
    for clue in sorted(CLUES, key=lambda clue: -own[clue][0])[:8]:
        yield _gain(f"  {clue.name}", own[clue], naive_gains[clue], None, 0)


def _gain(
    what: str,
    own: tuple[float, str],
    beside: tuple[float, str],
    limit: float | None,
    count: int,
    *names: str,
) -> Row:
    figures = [f"{gain:+.3f} {sign}".rstrip() for gain, sign in (own, beside)]
    figures = [f"{figure} {name}" for figure, name in zip(figures, names, strict=True)] if names else figures
    met = own[0] <= limit if limit is not None else None
    return Row(what, figures[0], figures[1], None, f"≤ +{limit}" if limit else "", met, count)


def _sound(name: str, drawn: Drawn, beside: Drawn, library: Library) -> Iterator[Row]:
    """What fairness must not cost."""
    own, other = (_soundness(each, library) for each in (drawn, beside))
    for what, target in (
        ("cards that can be asked", ASKED),
        ("wrong options of the category", WITHIN),
        ("questions with a confusable, where there is one", None),
        ("texts with a blank", None),
    ):
        met = own[what] >= target if target else None
        yield Row(
            f"{name}: {what}",
            f"{own[what]:.1%}",
            f"{other[what]:.1%}",
            None,
            f"≥ {target:.0%}" if target else "",
            met,
        )
    sets: dict[str, set[frozenset[str]]] = {}
    for question in _all(drawn):
        sets.setdefault(question.term, set()).add(frozenset(question.terms))
    fewest = min(map(len, sets.values()))
    yield Row(f"{name}: fewest sets of options of a card", str(fewest), "", None, f"≥ {SETS}", fewest >= SETS)


def _soundness(drawn: Drawn, library: Library) -> dict[str, float]:
    questions = list(_all(drawn))
    wrong = [
        library.terms[other].category == question.category
        for question in questions
        for other in question.terms
        if other != question.term
    ]
    rivals = [(question, library.confusable_with(question.term)) for question in questions]
    met = [bool(confusable & {*question.terms}) for question, confusable in rivals if confusable]
    texts = [text for question in questions for text in (question.seen.stem, *question.seen.options)]
    never = sum(count == len(drawn.seeds) for count in drawn.refused.values())
    return {
        "cards that can be asked": 1
        - never / len({question.term for question in questions} | drawn.refused.keys()),
        "wrong options of the category": sum(wrong) / len(wrong),
        "questions with a confusable, where there is one": sum(met) / len(met),
        "texts with a blank": sum("[…]" in text for text in texts if len(text) > 40)
        / sum(len(text) > 40 for text in texts),
    }


def _all(drawn: Drawn) -> Iterator[Asked]:
    return (question for questions in drawn.seeds for question in questions)

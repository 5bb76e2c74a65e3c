"""Clues: what points at an option for somebody who knows nothing of the trade.

After Haladyna, Downing & Rodriguez (2002) and the NBME's list of technical flaws: length, echoes of the stem, agreement,
convergence, absolutes and the like. A clue gives each option a figure; a blind guesser takes the highest, or the lowest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from trainer.drills.posing.genus import genera
from trainer.drills.posing.masking import BLANK
from trainer.glossary.spelling import akin, content_words, fold, is_acronym, unaccented, words


@dataclass(frozen=True, slots=True)
class Bank:
    """What somebody could learn of other questions without their answers: how common each word and each option is."""

    words: Mapping[str, int] = field(default_factory=dict)
    options: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, options: Iterable[str]) -> Bank:
        """How common the words of these options are."""
        return cls(Counter(word for option in options for word in set(_content(option))))


class Seen(NamedTuple):
    """A question as it is read, and what came before it in the session: stems, and right answers."""

    stem: str
    options: tuple[str, ...]
    bank: Bank = Bank()
    stems: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


class Clue(NamedTuple):
    """A figure for each option; `most` and `least` say in French what the option with the highest or lowest one is."""

    name: str
    scores: Callable[[Seen], list[float]]
    most: str = ""
    least: str = ""
    stem: bool = False
    """Whether it looks beyond the options."""


def share(scores: Sequence[float], answer: int) -> float:
    """How often a guesser who follows this clue finds the answer: 0 to 1, chance among options that score alike."""
    best = max(scores)
    return (scores[answer] == best) / sum(score == best for score in scores)


_content = lru_cache(maxsize=65536)(lambda text: tuple(content_words(text)))
_initials = lru_cache(maxsize=65536)(lambda text: "".join(word[0] for word in words(text)))


@lru_cache(maxsize=65536)
def _grams(text: str) -> frozenset[str]:
    plain = f" {fold(text)} "
    return frozenset(plain[place : place + 3] for place in range(len(plain) - 2))


def _each(score: Callable[[str], float]) -> Callable[[Seen], list[float]]:
    """A clue that looks at one option at a time."""
    return lambda seen: [float(score(option)) for option in seen.options]


def _with_stem(score: Callable[[str, str], float]) -> Callable[[Seen], list[float]]:
    """A clue that compares the stem with one option at a time."""
    return lambda seen: [float(score(seen.stem, option)) for option in seen.options]


def _count(pattern: str) -> Callable[[str], float]:
    found = re.compile(pattern)
    return lambda text: len(found.findall(text))


_absolute = _count(
    r"(?i)\b(?:toujours|jamais|tou(?:t|te|s|tes)|aucune?|uniquement|seul(?:e|s|es|ement)?|chaque)\b"
)
_hedge = _count(
    r"(?i)\b(?:souvent|parfois|peu[tx]|peuvent|généralement|en général|plutôt|surtout|certain\w*)\b"
)


def _middle(seen: Seen) -> list[float]:
    """How near an option's length is to the median one."""
    lengths = sorted(map(len, seen.options))
    median = (lengths[(len(lengths) - 1) // 2] + lengths[len(lengths) // 2]) / 2
    return [-abs(len(option) - median) for option in seen.options]


def _convergence(parts: Callable[[str], Iterable[str]]) -> Callable[[Seen], list[float]]:
    """How much an option shares with the others."""

    def scores(seen: Seen) -> list[float]:
        sets = [frozenset(parts(option)) for option in seen.options]
        return [sum(_dice(own, other) for other in sets) for own in sets]

    return scores


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def _rarity(seen: Seen) -> list[float]:
    def rarity(option: str) -> float:
        found = [log(1 + seen.bank.words.get(word, 0)) for word in _content(option)]
        return -sum(found) / len(found) if found else 0.0

    return [rarity(option) for option in seen.options]


def _alphabetical(seen: Seen) -> list[float]:
    order = sorted(seen.options, key=unaccented)
    return [-float(order.index(option)) for option in seen.options]


def _shared_words(stem: str, option: str) -> float:
    return len({*_content(stem)} & {*_content(option)})


def _shared_roots(stem: str, option: str) -> float:
    return sum(any(akin(word, other) for other in _content(stem)) for word in {*_content(option)})


def _shared_grams(stem: str, option: str) -> float:
    own = _grams(option)
    return len(_grams(stem) & own) / len(own) if own else 0.0


def _prefix(stem: str, option: str) -> float:
    """The longest beginning that a word of each have in common."""

    def shared(one: str, other: str) -> int:
        return next(
            (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
        )

    return max((shared(one, other) for one in _content(stem) for other in _content(option)), default=0)


def _common_substring(stem: str, option: str) -> float:
    one, other = unaccented(stem), unaccented(option)
    length = 0
    while any(other[place : place + length + 1] in one for place in range(len(other) - length)):
        length += 1
    return length


def _acronym_letters(stem: str, option: str) -> float:
    """How many letters of an acronym begin words of the other text, in order."""
    short, long = (stem, option) if is_acronym(stem) else (option, stem)
    if not is_acronym(short):
        return 0.0
    acronym = "".join(words(short))
    return LCSseq.similarity(acronym, _initials(long)) / len(acronym)


def _blank_room(stem: str, option: str) -> float:
    """Whether as many words were blanked as the option has."""
    return -abs(stem.count(BLANK) + option.count(BLANK) - min(len(_content(stem)), len(_content(option))))


_FEMININE = re.compile(r"(?:tion|sion|té|ence|ance|ure|ette|ie|ée|ise|esse|trice|euse|ère|elle|ine|ique)s?$")
_MASCULINE = re.compile(r"(?:age|ment|eur|isme|al|aux|oir|et|ier|el|ant|ent|in|on|ort|ub|if|il|er)s?$")


@lru_cache(maxsize=65536)
def _head(text: str) -> str:
    found = re.findall(r"[^\W\d_]+", text.replace(BLANK, " "))
    return found[0].casefold() if found else ""


def _gender(text: str) -> int:
    head = _head(text)
    return 1 if _FEMININE.search(head) else -1 if _MASCULINE.search(head) else 0


def _same_gender(stem: str, option: str) -> float:
    return _gender(stem) * _gender(option)


def _plural(text: str) -> bool:
    head = _head(text)
    return len(head) > 3 and head[-1] in "sx" and not head.endswith(("ss", "ès", "us", "is", "mps"))


def _same_number(stem: str, option: str) -> float:
    return float(_plural(stem) == _plural(option))


def _same_genus(stem: str, option: str) -> float:
    return len(genera(stem) & genera(option))


def _length_match(seen: Seen) -> list[float]:
    """A short stem with a short option, a long one with a long one, beside the other options."""
    mean = sum(map(len, seen.options)) / len(seen.options)
    usual = 14 if len(seen.stem) < 40 else 130
    return [log(len(seen.stem) / usual) * log(max(len(option), 1) / mean) for option in seen.options]


def _earlier(seen: Seen) -> list[float]:
    return [float(seen.answers.count(option)) for option in seen.options]


def _in_a_stem(seen: Seen) -> list[float]:
    """Whether an option stands in an earlier stem, or an earlier stem in it."""
    stems = [fold(stem) for stem in seen.stems]
    return [
        float(sum(option in stem or stem in option for stem in stems)) for option in map(fold, seen.options)
    ]


CLUES: tuple[Clue, ...] = (
    Clue("length", _each(len), "la plus longue", "la plus courte"),
    Clue(
        "words",
        _each(lambda text: len(text.split())),
        "celle qui a le plus de mots",
        "celle qui a le moins de mots",
    ),
    Clue("median length", _middle, "celle de longueur moyenne", "celle dont la longueur tranche"),
    Clue(
        "shared words",
        _convergence(_content),
        "celle qui ressemble le plus aux autres",
        "celle qui tranche sur les autres",
    ),
    Clue("shared n-grams", _convergence(_grams)),
    Clue(
        "capitals", _each(_count(r"[A-ZÀ-Ý]")), "celle qui a le plus de majuscules", "celle qui en a le moins"
    ),
    Clue("digits", _each(_count(r"\d")), "celle qui a des chiffres", "celle qui est sans chiffre"),
    Clue(
        "parentheses", _each(_count(r"[()]")), "celle qui a des parenthèses", "celle qui est sans parenthèses"
    ),
    Clue("hyphens", _each(_count(r"\w-\w"))),
    Clue(
        "commas",
        _each(_count(r"[,;:]")),
        "celle qui a le plus de virgules",
        "celle qui a le moins de virgules",
    ),
    Clue(
        "absolutes",
        _each(_absolute),
        "celle qui dit « tout », « jamais »…",
        "celle qui évite « tout », « jamais »…",
    ),
    Clue("hedges", _each(_hedge), "celle qui nuance", "celle qui ne nuance pas"),
    Clue("rarity", _rarity),
    Clue("blanks", _each(lambda text: text.count(BLANK))),
    Clue("bank frequency", lambda seen: [float(seen.bank.options.get(option, 0)) for option in seen.options]),
    Clue("position", lambda seen: [-float(index) for index in range(len(seen.options))]),
    Clue(
        "middle position",
        lambda seen: [-abs(index - (len(seen.options) - 1) / 2) for index in range(len(seen.options))],
    ),
    Clue("alphabetical", _alphabetical),
    Clue(
        "stem: words",
        _with_stem(_shared_words),
        "celle qui reprend l’énoncé",
        "celle qui s’éloigne de l’énoncé",
        True,
    ),
    Clue("stem: roots", _with_stem(_shared_roots), stem=True),
    Clue("stem: n-grams", _with_stem(_shared_grams), stem=True),
    Clue("stem: beginnings", _with_stem(_prefix), stem=True),
    Clue("stem: common substring", _with_stem(_common_substring), stem=True),
    Clue("stem: acronym", _with_stem(_acronym_letters), stem=True),
    Clue("stem: blanks", _with_stem(_blank_room), stem=True),
    Clue("stem: gender", _with_stem(_same_gender), stem=True),
    Clue("stem: number", _with_stem(_same_number), stem=True),
    Clue("stem: genus", _with_stem(_same_genus), stem=True),
    Clue("stem: length", _length_match, stem=True),
    Clue("session: answers", _earlier, stem=True),
    Clue("session: stems", _in_a_stem, stem=True),
)

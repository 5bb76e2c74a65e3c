"""What is asked, in the few shapes in which hands answer, fully drawn: options shuffled, texts masked; and the answers.

Drills make questions of these shapes, and faces know nothing but the shapes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.glossary.decks import Format
from trainer.memory.cards import Card
from trainer.memory.reviews import Rating


@dataclass(frozen=True, slots=True)
class Option:
    """One choice; `term` is the id of what it names or defines, empty in a hand-written question."""

    text: str
    term: str = ""


MOST_OPTIONS = 8
"""Options that may be ticked or put in order: a top row has keys for no more."""


def _check_number(options: Sequence[Option]) -> None:
    """ValueError if a hand could not take them."""
    if not 2 <= len(options) <= MOST_OPTIONS:
        raise ValueError(f"{len(options)} options")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What every shape has: the card, the deck that asks it, by which drill; what to do, and about what."""

    card: Card
    deck: str
    format: Format
    instruction: str
    stem: str


@dataclass(frozen=True, slots=True)
class Reveal(_Asked):
    """A front, then a back: the learner judges."""

    back: str


@dataclass(frozen=True, slots=True)
class Pick(_Asked):
    """One option to take; `answer` is the index of the right one."""

    options: tuple[Option, ...]
    answer: int

    @property
    def rival(self) -> str:
        """The id of the other term where there are just two to tell apart; empty in any other question."""
        return self.options[1 - self.answer].term if len(self.options) == 2 else ""


@dataclass(frozen=True, slots=True)
class Tick(_Asked):
    """Any number of options to tick, two to eight; `answers` holds the indices of the right ones."""

    options: tuple[Option, ...]
    answers: frozenset[int]

    def __post_init__(self) -> None:
        _check_number(self.options)


@dataclass(frozen=True, slots=True)
class Order(_Asked):
    """Options to put in order, two to eight; `answer` holds the index of each, from the one that comes first."""

    options: tuple[Option, ...]
    answer: tuple[int, ...]

    def __post_init__(self) -> None:
        _check_number(self.options)


@dataclass(frozen=True, slots=True)
class Write(_Asked):
    """A text to write; `accepted` holds every right text, the one to show first."""

    accepted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """An acronym and the words it stands for."""

    card: Card
    acronym: str
    expansion: str


@dataclass(frozen=True, slots=True)
class Matching:
    """Pairs to find: acronyms on the left; on the right their expansions and some that belong to none, shuffled.

    `expansions` is what stands on the right; `extra` are the pairs of which only the expansion is shown.
    """

    deck: str
    instruction: str
    pairs: tuple[Pair, ...]
    extra: tuple[Pair, ...]
    expansions: tuple[Pair, ...]
    format = Format.MATCH

    def is_right(self, pair: PairUp) -> bool:
        """Whether an expansion was put with its acronym."""
        return self.pairs[pair.left] == self.expansions[pair.right]


Listed = Pick | Tick | Order
"""What is answered from a numbered list."""
Question = Reveal | Pick | Tick | Order | Write
"""What is about one card; a board is about several, and is no question."""


@dataclass(frozen=True, slots=True)
class SelfGrade:
    """A flipped card, judged by the learner."""

    rating: Rating


@dataclass(frozen=True, slots=True)
class Choice:
    """The option at this index."""

    index: int


@dataclass(frozen=True, slots=True)
class Ticked:
    """The options at these indices."""

    indices: frozenset[int]


@dataclass(frozen=True, slots=True)
class Ordered:
    """The options at these indices, in this order: each of them once."""

    indices: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was written."""

    text: str


@dataclass(frozen=True, slots=True)
class DontKnow:
    """«Je ne sais pas»: always allowed, better than a guess."""


@dataclass(frozen=True, slots=True)
class PairUp:
    """The acronym at index `left` with the expansion at index `right`."""

    left: int
    right: int


Answer = SelfGrade | Choice | Ticked | Ordered | Typed | DontKnow
"""What a question can be given."""
Move = PairUp | DontKnow
"""What can be done on a board."""

"""What is said of a deck: a pass mark that luck may reach, answers that whoever knows nothing may find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from operator import itemgetter

from trainer.editorial.clues import CLUES, Seen, share
from trainer.editorial.remarks import Remark
from trainer.glossary.decks import Deck, OwnQuestion

MOST_LUCK = 0.01
"""Of those who know nothing, one in a hundred at most may pass."""
PLAIN_LUCK = 0.001
"""A clue that finds as many answers as these do is none by chance alone in a thousand decks; there are many clues."""


def about_deck(deck: Deck) -> Iterator[Remark]:
    """Every remark about a deck as a whole."""
    yield from _easy_mark(deck)
    yield from _telling_clue([question for question in deck.questions if question.is_choice])


def _easy_mark(deck: Deck) -> Iterator[Remark]:
    if deck.pass_mark is None or not deck.questions:
        return
    chances = [1 / (len(question.wrong) + 1) if question.is_choice else 0 for question in deck.questions]
    chance = luck(chances, ceil(len(chances) * deck.pass_mark / 100))
    if chance > MOST_LUCK:
        often = f"une fois sur {round(1 / chance)}"
        remedy = "montez-le, ou ajoutez des questions ou des options"
        yield Remark("pass_mark", f"seuil de {deck.pass_mark} % atteint par pur hasard {often} ; {remedy}")


def _telling_clue(questions: Sequence[OwnQuestion]) -> Iterator[Remark]:
    """The clue, if there is one, by which most right options of a deck are found without knowing the trade."""
    seen = [Seen(question.prompt, (question.answer, *question.wrong)) for question in questions]
    chances = [1 / len(each.options) for each in seen]
    found = []
    for clue in CLUES:
        scores = [clue.scores(each) for each in seen] if clue.most or clue.least else []
        for sign, which in ((1, clue.most), (-1, clue.least)):
            hits = int(sum(share([sign * score for score in each], 0) for each in scores)) if which else 0
            found.append((luck(chances, hits), hits, which))
    chance, hits, which = min(found, key=itemgetter(0))
    if chance < PLAIN_LUCK:
        yield Remark(
            "questions",
            f"dans {hits} questions à choix sur {len(seen)}, la bonne réponse est {which} ; "
            "qui ne sait rien la trouve ainsi, variez les options",
        )


def luck(chances: Sequence[float], needed: int) -> float:
    """The probability of at least `needed` right answers, each guessed with its own chance."""
    exactly = [1.0]
    for chance in chances:
        missed = [share * (1 - chance) for share in exactly] + [0.0]
        hit = [0.0] + [share * chance for share in exactly]
        exactly = [left + right for left, right in zip(missed, hit, strict=True)]
    return sum(exactly[needed:])

"""What is said of a hand-written question: options that give the answer away to whoever knows nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trainer.editorial.remarks import Remark, quoted
from trainer.glossary.decks import OwnQuestion
from trainer.glossary.spelling import content_words, unaccented, words

LONGER = 1.3
"""How many times the length of the next longest option the right one may have …"""
MUCH_LONGER = 12
"""… unless it is longer by fewer letters than this."""

_CATCH_ALL = re.compile(
    r"\b(?:toutes|tous|aucune?) (?:(?:de |d')?(?:ces|ses|les|des|l'une des) )?(?:autres |deux |trois )?"
    r"(?:reponses?|propositions?|options?|choix)\b"
    r"|\btout (?:ce qui precede|cela)\b|\brien de tout cela\b|\bles (?:deux|trois|quatre) (?:reponses|propositions)\b"
    r"|^(?:les deux|les trois|tous|toutes|aucune?)$"
)
_ABSOLUTES = frozenset(
    "toujours jamais uniquement obligatoirement systematiquement exclusivement forcement absolument "
    "seulement necessairement impossible".split()
)


def about_question(question: OwnQuestion) -> Iterator[Remark]:
    """Every remark about a question with options; one whose answer is typed shows nothing to guess from."""
    if question.is_choice:
        yield from _longest(question)
        yield from _catch_alls(question)
        yield from _absolutes(question)
        yield from _echo(question)


def _longest(question: OwnQuestion) -> Iterator[Remark]:
    longest = max(map(len, question.wrong))
    length = len(question.answer)
    if length > LONGER * longest and length - longest >= MUCH_LONGER:
        message = (
            f"réponse bien plus longue que les autres options ({length} caractères contre {longest} au plus)\u00a0; "
            "raccourcissez-la, ou étoffez-les"
        )
        yield Remark("answer", message)


def _options(question: OwnQuestion) -> Iterator[tuple[str, str]]:
    yield "answer", question.answer
    yield from (("wrong", option) for option in question.wrong)


def _catch_alls(question: OwnQuestion) -> Iterator[Remark]:
    for field, option in _options(question):
        if _CATCH_ALL.search(unaccented(option).strip(" .")):
            yield Remark(field, f"{quoted(option)} se devine\u00a0; écrivez une option précise", option)


def _absolutes(question: OwnQuestion) -> Iterator[Remark]:
    """Words without exception on one side only: among wrong options they are ruled out unread."""
    right = _absolute(question.answer)
    wrong = [(option, _absolute(option)) for option in question.wrong]
    first = next(((option, word) for option, word in wrong if word), None)
    if right and not first:
        message = f"seule la réponse dit {quoted(right)}\u00a0; nuancez-la, ou faites-le dire à une autre option"
        yield Remark("answer", message)
    if first and not right:
        option, word = first
        message = f"{quoted(word)} n’est que dans une option fausse\u00a0; nuancez-la"
        yield Remark("wrong", message, option)


def _absolute(text: str) -> str:
    return next((word for word in words(text) if word in _ABSOLUTES), "")


def _echo(question: OwnQuestion) -> Iterator[Remark]:
    """The words of the prompt that only the right option says again."""
    wrong = {word for option in question.wrong for word in content_words(option)}
    echoed = {*content_words(question.prompt)} & {*content_words(question.answer)} - wrong
    telling = sorted(word for word in echoed if len(word) > 3 and not word.isdecimal())
    if telling:
        message = f"seule la réponse reprend {quoted(telling[0])} de l’énoncé\u00a0; changez l’un des deux"
        yield Remark("answer", message)

"""What is said of a hand-written question: options that show the answer to whoever knows nothing of the trade."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trainer.editorial.remarks import Remark, quoted
from trainer.glossary.decks import OwnQuestion
from trainer.glossary.spelling import STOP_WORDS, singular, spoken, unaccented

MANY_TIMES = 1.3
"""The right option is much longer than the next if it is that many times as long …"""
MANY_LETTERS = 12
"""… and that many characters longer."""
_CATCH_ALL = re.compile(
    r"(?:tou(?:te)?s (?:les|ces)|aucune? (?:des|de ces)|les (?:deux|trois|quatre)) (?:autres )?"
    r"(?:reponses?|propositions?|options?|choix)(?: (?:ci-dessus|precedente?s|sont \w+|n'est \w+|conviennent))?"
    r"|(?:les )?reponses? [a-d1-4](?:,? [a-d1-4])* et [a-d1-4]"
    r"|tout (?:ce qui precede|cela)|rien de tout cela|l'une? (?:et|ou) l'autre"
    r"|(?:tou(?:te)?s )?les (?:deux|trois|quatre)|tou(?:te)?s|aucune?(?: d'entre (?:elles|eux))?"
)
_ABSOLUTE = re.compile(
    r"(?:^\W*|\bn(?:e |')[^.;:]*)\b(jamais)\b"
    r"|\b(toujours|uniquement|exclusivement|seulement|obligatoirement|systématiquement|forcément|absolument|"
    r"nécessairement)\b"
)
"""A word that allows no exception; «jamais» only where it denies something, not in «un client jamais contacté»."""
_TOO_COMMON = STOP_WORDS | frozenset(
    "votre notre quel quelle lequel laquelle tout toute etre etes avoir avez faire fait faites peut doit "
    "comme quand alors donc mais bien tres aussi encore deja apre avant depui entre sous ver chez moin".split()
)
"""Words of every sentence, without their plural marks."""


def about_question(question: OwnQuestion) -> Iterator[Remark]:
    """Every remark about a question with options; one to be answered in writing shows nothing."""
    if question.is_choice:
        yield from _longest(question)
        yield from _catch_alls(question)
        yield from _absolutes(question)
        yield from _echoed(question)


def _longest(question: OwnQuestion) -> Iterator[Remark]:
    length, next_length = len(question.answer), max(map(len, question.wrong))
    if length > MANY_TIMES * next_length and length >= next_length + MANY_LETTERS:
        sizes = f"{length} caractères contre {next_length}"
        yield Remark(
            "answer", f"réponse bien plus longue que les autres options ({sizes}) ; accordez les longueurs"
        )


def _catch_alls(question: OwnQuestion) -> Iterator[Remark]:
    options = (("answer", question.answer), *(("wrong", option) for option in question.wrong))
    for field, option in options:
        if _CATCH_ALL.fullmatch(unaccented(option).strip(" .")):
            yield Remark(
                field, f"{quoted(option)} s’écarte sans rien savoir ; écrivez une option précise", option
            )


def _absolutes(question: OwnQuestion) -> Iterator[Remark]:
    """A word without exception on one side only: wrong options are ruled out by it, or the right one found."""
    right = _absolute(question.answer)
    wrong = {option: word for option in question.wrong if (word := _absolute(option))}
    if right and not wrong:
        yield Remark(
            "answer", f"{quoted(right)} n’est que dans la réponse ; nuancez-la, ou une autre option aussi"
        )
    for option, word in wrong.items():
        if not right:
            yield Remark("wrong", f"{quoted(word)} n’est que dans une option fausse ; nuancez-la", option)


def _absolute(text: str) -> str:
    found = _ABSOLUTE.search(text.casefold().replace("’", "'"))
    return found[found.lastindex or 0] if found else ""


def _echoed(question: OwnQuestion) -> Iterator[Remark]:
    """A word of the prompt that the right option says again, where no wrong one does the like."""
    prompt = _telling(question.prompt)
    echoed = prompt.keys() & _telling(question.answer)
    if echoed and not any(prompt.keys() & _telling(option) for option in question.wrong):
        word = prompt[min(echoed)]
        yield Remark("answer", f"seule la réponse reprend {quoted(word)} de l’énoncé ; changez l’un des deux")


def _telling(text: str) -> dict[str, str]:
    """The words that make a text recognisable, by their unaccented singular."""
    found = {singular(unaccented(word)): word for word in spoken(text).split()}
    return {key: word for key, word in found.items() if len(key) > 3 and key not in _TOO_COMMON}

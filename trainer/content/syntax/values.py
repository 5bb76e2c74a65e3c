"""What one text of a file may mean; a ValueError says, in French, why it cannot."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Collection, Container, Iterable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from trainer.content.syntax.names import is_slug, slug, suggestion
from trainer.content.syntax.report import quoted

Choice = TypeVar("Choice", bound=StrEnum)
_LONGEST_ID = 100
_BLANKS = re.compile("[ \t\n]+")
_WHOLE_NUMBER = re.compile("[0-9]{1,6}")
_DAY = re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})")
_FRENCH_DAY = "([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})"
_FLAGS = {"oui": True, "true": True, "vrai": True, "non": False, "false": False, "faux": False}


class UnknownError(ValueError):
    """A name that is none of those there are; the nearest of them is looked for when somebody wants to know."""

    def __str__(self) -> str:
        what, text, names = self.args
        return f"{what} {quoted(text)}{suggestion(text, names)}"


def tidy(text: str) -> str:
    """The text on one line; its no-break spaces stay."""
    is_tidy = "  " not in text and "\n" not in text and "\t" not in text
    return (text if is_tidy else _BLANKS.sub(" ", text)).strip()


def valid_id(text: str) -> str:
    """The text, if it is a valid id."""
    if is_slug(text):
        return text
    near = slug(text[:_LONGEST_ID])
    proposal = f"écrivez {quoted(near)}" if near else "écrivez des lettres de a à z"
    raise ValueError(f"identifiant {quoted(text)} non valide ; {proposal}")


def flag(text: str) -> bool:
    """Yes or no."""
    try:
        return _FLAGS[text.lower()]
    except KeyError:
        raise ValueError(f"{quoted(text)} n’est ni oui ni non ; écrivez oui ou non") from None


def calendar_day(text: str) -> date:
    """A day written year first, as «2026-11-22»."""
    written = _DAY.fullmatch(text)
    french = None if written else re.fullmatch(_FRENCH_DAY, text)
    if not (written or french):
        raise ValueError(
            f"{quoted(text)} n’est pas une date ; écrivez l’année, le mois et le jour : 2026-11-22"
        )
    year, month, day = map(int, written.groups() if written else reversed(french.groups() if french else ()))
    month = min(max(month, 1), 12)
    nearest = date(max(year, 1), month, min(max(day, 1), monthrange(max(year, 1), month)[1]))
    if nearest.isoformat() == text:
        return nearest
    raise ValueError(
        f"{quoted(text)} n’est pas une date du calendrier, année d’abord ; écrivez {nearest.isoformat()}"
    )


def integer(lowest: int, highest: int) -> Callable[[str], int]:
    """A reader of whole numbers within bounds."""

    def read(text: str) -> int:
        if _WHOLE_NUMBER.fullmatch(text) and lowest <= int(text) <= highest:
            return int(text)
        raise ValueError(
            f"{quoted(text)} n’est pas permis ; écrivez un nombre entier de {lowest} à {highest}"
        )

    return read


def choice(options: Iterable[Choice]) -> Callable[[str], Choice]:
    """A reader of one word among a few."""
    by_name = {option.value: option for option in options}

    def read(text: str) -> Choice:
        if text in by_name:
            return by_name[text]
        end = suggestion(text, by_name) or f" ; écrivez {one_of(by_name)}"
        raise ValueError(f"valeur inconnue {quoted(text)}{end}")

    return read


def known(
    what: str, names: Collection[str], is_complete: bool = True, left_out: Container[str] = ()
) -> Callable[[str], str]:
    """A reader of names; nothing is said of one that was left out, nor, where not all could be read, of any other."""

    def read(text: str) -> str:
        if text in names:
            return text
        raise UnknownError(what, text, names) if is_complete and text not in left_out else ValueError

    return read


def one_of(names: Iterable[str]) -> str:
    """Valid words, in prose."""
    *others, last = names
    return f"{', '.join(others)} ou {last}" if others else last

"""Figures as answers: «25 %», «25,0» and «25 pour cent» are one; «−10» and «10» are not."""

from __future__ import annotations

import re

from trainer.glossary.spelling import STOP_WORDS, words

_FIGURE = re.compile(r"(?<![\w.,])[-−–+]?\s?\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))")
_SPELT = (
    (re.compile(r"\b(?:pour[\s-]?cents?|pourcents?)\b", re.IGNORECASE), "%"),
    (re.compile(r"\beuros?\b", re.IGNORECASE), "€"),
    (re.compile(r"\b(\d+)\s*h\s*(\d+)", re.IGNORECASE), r"\1 h \2"),
)
_SYMBOLS = "%€"


def is_figure(text: str) -> bool:
    """Whether an answer is a number, with or without its unit."""
    return bool(re.match(r"\s*[-−–+]?\s?\d", text)) and not re.match(r"\s*\d+[A-Za-z]", text)


def figures(text: str) -> tuple[float, ...]:
    """The numbers in a text, in order, with their signs."""
    return tuple(map(_value, _FIGURE.findall(_THOUSANDS.sub("", _spelt(text).replace(":", " ")))))


def same_figure(text: str, expected: str) -> bool:
    """Whether a text gives the numbers expected; it may leave their units out, not change them."""
    if figures(text) != figures(expected):
        return False
    symbols = {symbol for symbol in _SYMBOLS if symbol in _spelt(text)}
    units = {word for word in words(_spelt(text)) if not word.isdecimal() and word not in STOP_WORDS}
    return symbols <= set(_spelt(expected)) and units <= set(words(_spelt(expected)))


def _value(figure: str) -> float:
    sign = -1 if figure[0] in "-−–" else 1
    return sign * float(figure.lstrip("-−–+ \u00a0\u202f").replace(",", "."))


def _spelt(text: str) -> str:
    for pattern, symbol in _SPELT:
        text = pattern.sub(symbol, text)
    return text

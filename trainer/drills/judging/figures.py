"""Figures as answers: «25 %», «25,0» and «25 pour cent» are one; «−10» and «10» are not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from trainer.glossary.spelling import STOP_WORDS, singular, words

_WRITTEN = (
    (re.compile(r">=|⩾"), "≥"),
    (re.compile(r"<=|⩽"), "≤"),
    (re.compile(r"\+\s?/\s?[-−–]|\+[-−–]"), "±"),
    (re.compile(r"!=|<>"), "≠"),
    (re.compile(r"[=-]>|⇒"), "→"),
    (re.compile(r"<-(?!\s?\d)"), "←"),
    (re.compile(r"[≈∼˜]"), "~"),
    (re.compile(r"[−–—‐‑]"), "-"),
)
"""One sign as keyboards and typographers write it."""
_SAID = (
    (re.compile(r"\b(?:au moins|supérieur ou égal à)\s+(?=\d)", re.IGNORECASE), "≥ "),
    (re.compile(r"\b(?:au plus|au maximum|inférieur ou égal à)\s+(?=\d)", re.IGNORECASE), "≤ "),
    (re.compile(r"\b(?:plus de|supérieur à)\s+(?=\d)", re.IGNORECASE), "> "),
    (re.compile(r"\b(?:moins de|inférieur à)\s+(?=\d)", re.IGNORECASE), "< "),
    (re.compile(r"\b(?:environ|à peu près)\s+(?=\d)", re.IGNORECASE), "~ "),
)

_FIGURE = re.compile(r"(?<![\w.,])[-−–+]?\s?\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))")
_END = r"(?![^\W\d_])\s*"
_SPELT = (
    (re.compile(r"\b(?:pour[\s-]?cents?|pourcents?|pct)\b", re.IGNORECASE), "%"),
    (re.compile(r"\bpour[\s-]?mille\b", re.IGNORECASE), "‰"),
    (re.compile(r"\beuros?\b", re.IGNORECASE), "€"),
    (re.compile(r"(?<!\bau )\bmoins\s+(?=\d)", re.IGNORECASE), "-"),
    (re.compile(r"(?<=\d)\s*(?:heures?|h)" + _END, re.IGNORECASE), " h "),
    (re.compile(r"(?<=\d)\s*(?:secondes?|secs?|s|''|\"|″)" + _END, re.IGNORECASE), " sec "),
    (re.compile(r"(?<=\d)\s*(?:minutes?|mins?|mn|m|['’′])" + _END, re.IGNORECASE), " min "),
    (re.compile(r"\bpts?\b", re.IGNORECASE), "points"),
)
_SECONDS = re.compile(r" min (?:et )?\d+\s*$")
_SYMBOLS = "%‰€$£"
_HEDGES = STOP_WORDS | {"environ", "soit", "donc"}


def is_figure(text: str) -> bool:
    """Whether an answer is a number, with or without its unit."""
    return bool(re.match(r"\s*[<>≤≥≠~±]?\s*[-+]?\s?\d", _written(text))) and not re.match(
        r"\s*\d+[A-Za-z]", text
    )


def figures(text: str) -> tuple[float, ...]:
    """The numbers in a text, in order, with their signs."""
    return tuple(map(_value, _FIGURE.findall(_THOUSANDS.sub("", _spelt(text).replace(":", " ")))))


def same_figure(text: str, expected: str) -> bool:
    """Whether a text gives the numbers expected; it may leave their units out, not change them.

    What stands before a sign of equality is how the number was found.
    """
    text = _written(text).rpartition("=")[2]
    if figures(text) != figures(expected):
        return False
    symbols, wanted = _symbols(text), _symbols(expected)
    return bool(symbols and symbols == wanted) or (symbols <= wanted and _units(text) <= _units(expected))


def _symbols(text: str) -> set[str]:
    return {symbol for symbol in _SYMBOLS if symbol in _spelt(text)}


def _units(text: str) -> set[str]:
    """The words that say what is counted; minutes and a number imply seconds."""
    spelt = _spelt(text)
    implied = {"sec"} if _SECONDS.search(spelt) else set()
    return implied | {singular(word) for word in words(spelt) if not word.isdecimal() and word not in _HEDGES}


def _value(figure: str) -> float:
    sign = -1 if figure[0] in "-−–" else 1
    return sign * float(figure.lstrip("-−–+ \u00a0\u202f").replace(",", "."))


def one_way(text: str, *, figure: bool = True) -> str:
    """A text with each sign written in one way; of a figure, those put in words too: «au moins 80» is «≥ 80»."""
    return _replaced(_written(text), _SAID) if figure else _written(text)


def _written(text: str) -> str:
    return _replaced(text, _WRITTEN)


def _spelt(text: str) -> str:
    return _replaced(_written(text), _SAID + _SPELT)


def _replaced(text: str, patterns: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, symbol in patterns:
        text = pattern.sub(symbol, text)
    return text

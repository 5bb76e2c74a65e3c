"""Signs that carry meaning: «≥ 80 %» is not «≤ 80 %», «#31#» is not «*31#», «A-» is not «A»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trainer.drills.judging.figures import is_figure, one_way
from trainer.glossary.spelling import is_acronym, letters

_SIGNS = frozenset("<>≤≥≠→←~±+-*#@/\\&%‰€$£^")
_OPTIONAL_BETWEEN_WORDS = frozenset("/&+")
"""«N1/N2» may be typed «N1 N2», «bac+2» «bac 2», and «&» says «et»."""
_UNITS = frozenset("%‰€$£")
"""What `same_figure` compares; it lets them be left out."""
_NUMBER_SIGNS = frozenset("<>≤≥≠±-")
"""Before a number, they make another number of it."""
_HEDGES = frozenset("~→")
"""They may be added, not changed: «environ», «donc»."""
_SHORT = 4
_MINUS_AFTER_A_WORD = re.compile(r"[^\W_]{2}\s+$")
_STEP = re.compile(r"(?<=[^\W_])\s*([+-])\s*(?=\d)")
_EXPONENTS = dict(zip(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹"), (f"^{digit}" for digit in range(10)), strict=True))
_EXPONENT = re.compile(r"(?<![^\W\d_])[⁰¹²³⁴⁵⁶⁷⁸⁹]")
"""An exponent after a letter is that of a unit, «m²», typed «m2» where the keyboard has no other."""


def same_signs(text: str, form: str) -> bool:
    """Whether a text has the signs of an accepted one, in their order, and none that makes another answer of it."""
    expected = signs(form, figure=is_figure(form))
    if not _same_steps(text, form):
        return False
    return _compared(text, form) == expected if expected else not _changing(text, form)


def lacks_signs(text: str, form: str) -> bool:
    """Whether some signs of an accepted text were left out of a text, and no other put in."""
    written, expected = _compared(text, form), signs(form, figure=is_figure(form))
    left = iter(expected)
    in_order = all(sign in left for sign in written)
    exponents_kept = written.count("^") == expected.count("^")
    return len(written) < len(expected) and in_order and exponents_kept and _same_steps(text, form)


def signs(text: str, *, figure: bool = False) -> list[str]:
    """The signs of a text in order; of a figure, without its unit and whether it is negative, which are compared there."""
    plain = _EXPONENT.sub(lambda found: found[0].translate(_EXPONENTS), one_way(text, figure=figure))
    return [
        sign
        for sign, number in _found(plain)
        if not (figure and (sign in _UNITS or sign + number in ("+n", "-n")))
    ]


def _compared(text: str, form: str) -> list[str]:
    """The signs typed, without a caution that was not asked for; what is before «=» is how a number was found."""
    figure = is_figure(form)
    said = one_way(text, figure=figure)
    expected = signs(form, figure=figure)
    written = signs(said.rpartition("=")[2] if figure else said, figure=figure)
    return [sign for sign in written if sign in expected or sign not in _HEDGES]


def _found(text: str) -> Iterator[tuple[str, str]]:
    """Each sign that means something where it stands, with «n» if a number follows."""
    for place, sign in enumerate(text):
        if sign not in _SIGNS:
            continue
        before, after = text[:place], text[place + 1 :].lstrip()[:1]
        inner = _ends_a_word(before.rstrip()[-1:]) and after.isalnum()
        if sign == "-" and not _is_minus(before, text[place + 1 :]):
            continue
        if not (inner and sign in _OPTIONAL_BETWEEN_WORDS):
            yield sign, "n" if after.isdigit() else ""


def _ends_a_word(char: str) -> bool:
    return char.isalnum() or (bool(char) and char in "%‰€$£°)")


def _is_minus(before: str, after: str) -> bool:
    """Whether a dash is a minus, before a number or at the very end, rather than a hyphen between words."""
    stands_alone = not before.rstrip()[-1:].isalnum()
    if after.lstrip()[:1].isdigit():
        return stands_alone or (after[0].isdigit() and bool(_MINUS_AFTER_A_WORD.search(before)))
    return not stands_alone and not after.strip(" .!?»\"'\u00a0\u202f")


def _same_steps(text: str, form: str) -> bool:
    """Whether «N+1» was not made of «N-1» or of «N1»; a hyphen is free, and a step may be left out."""
    if is_figure(form):
        return True
    written, expected = (_STEP.findall(one_way(said, figure=False)) for said in (text, form))
    return written in ([], expected) or "+" not in written + expected


def _changing(text: str, form: str) -> bool:
    """Whether signs make another answer of one that has none: any in a short one, some before a number."""
    short = is_figure(form) or is_acronym(form) or len(letters(form)) <= _SHORT
    before_numbers = {sign for sign, number in _found(one_way(text, figure=False)) if number}
    if short and not is_figure(form):
        return bool(signs(_without_strays(text)))
    if short:
        return bool(_compared(_without_bullets(text), form))
    return bool(before_numbers & _NUMBER_SIGNS)


def _without_bullets(text: str) -> str:
    """A figure without the signs of a list around it: «* 24 €», «24 -»; a comparison set apart still compares."""
    return text.strip().removeprefix("* ").removeprefix("# ").removesuffix(" -")


def _without_strays(text: str) -> str:
    """A text without the signs that stand alone, as of a list: «* CA», «CA -»."""
    return " ".join(part for part in text.split() if any(map(str.isalnum, part)))

"""Words that are near in letters and far in sense: «dessus» for «dessous» is no slip of the finger."""

from __future__ import annotations

from trainer.glossary.spelling import singular

_PREFIXES = ("in", "im", "ir", "de", "non")
_BEGINNINGS = (
    ("in", "ex"),
    ("im", "ex"),
    ("in", "out"),
    ("maxim", "minim"),
    ("majeur", "mineur"),
    ("quantit", "qualit"),
    ("credit", "debit"),
    ("superieur", "inferieur"),
    ("ascend", "descend"),
    ("prescri", "proscri"),
)
"""What turns a word about where it stands for the other: «importer» and «exporter», «maximum» and «minimum»."""
_PAIRS = frozenset(
    frozenset(map(singular, pair.split()))
    for pair in (
        "dessus dessous, collision collusion, conjoncture conjecture, facture fracture, affectif effectif, "
        "infraction effraction, allocution elocution, devant avant, recevable redevable"
    ).split(", ")
)
_SHORT = 8
"""In words of more letters, the first may be a slip like any other."""


def is_contrary(written: list[str], expected: list[str]) -> bool:
    """Whether a word differs from one that is expected by what turns its sense: «inutile», «exporter», «dessus»."""
    pairs = [(singular(one), singular(two)) for one in written for two in expected]
    return any(_turned(*pair) or _turned(*pair[::-1]) or frozenset(pair) in _PAIRS for pair in pairs)


def begins_otherwise(written: list[str], expected: list[str]) -> bool:
    """Whether a short word that is the whole answer begins otherwise: «égal» is no slip for «légal».

    In a name of several words the others tell which one is meant: «faux uméro».
    """
    return len(written) == len(expected) == 1 and _other_beginning(written[0], expected[0])


def _other_beginning(word: str, expected: str) -> bool:
    swapped = word[:2] == expected[:2][::-1]
    return word[0] != expected[0] and not swapped and len(expected) <= _SHORT


def _turned(one: str, two: str) -> bool:
    if any(one == prefix + two for prefix in _PREFIXES):
        return True
    return any(one.startswith(left) and two == right + one.removeprefix(left) for left, right in _BEGINNINGS)

"""French spelling: what two ways of writing one thing have in common."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

STOP_WORDS = frozenset(
    "le la les l un une des du de d au aux a en et ou par pour sur dans avec sans son sa ses ce cet cette ces "
    "se s qui que qu est sont ne n pas plus il elle on leur leurs y entre comme comment parce to of the and by as".split()
)
"""Words that carry no sense of their own."""
_ARTICLES = frozenset("le la les l un une des du de d au aux a en et".split())
_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "×": "x"}
)
# These patterns are compiled once somebody answers: a start only needs the next one.
_LEADING_ARTICLE = r"^\W*(?:(?:les?|la|une?|des|du|de|aux?)\s+|[ld](?:'|\s)\s*)+"
_OPENING = (
    r"(?i)^\W*(?:(?:je (?:pense|crois|dirais)|on (?:dit|parle|appelle (?:[cç]a|cela))|(?:[cç]a|cela) (?:s'appelle|fait)"
    r"|il s'agit|c(?:'|\s)\s?est|ce sont|r[eé]ponse|peut[\s-][eê]tre|sans doute)(?:\s+(?:que|qu|de|d)(?=\W))?\W+"
    r"|(?-i:[MTSmts](?:on|a|es)|[NVnv](?:otre|os)|[Ll]eurs?|[Cc](?:et?|ette|es))\s+)+"
)
_FEMININE = (("trice", "teur"), ("euse", "eur"), ("eure", "eur"), ("ere", "er"))
_FEMININE_ENDINGS = tuple(ending for ending, _ in _FEMININE)
_WORD = re.compile(r"[^\W_]+(?:&[^\W_]+)?(?:[+#*]+(?![^\W_]|[+#*]))?")
"""Letters and digits, with the signs at their end that make another name of them: «R&D», «C++», «C#»."""
_APART = r"(?<=[^\W_])\s+(?=[+#*]+(?!\s*[^\W_]|[+#*]))"
"""Blanks before those signs: «C ++»."""
_INITIALS = r"(?<=\b[^\W_])\s*&\s*(?=[^\W_]\b)"
"""The sign between two initials: «R & D»."""
_USUAL_WORD = re.compile(r"[a-z0-9]++(?![^\x00-\x7f])|[^\W_]+")
"""The same without those signs; most words are ASCII, which is found much faster."""
_NAMING_SIGNS = frozenset("+#*&")
_BLANKS = r"[\s\ufe0e\ufe0f]+"
"""What is not seen between signs, the marks that choose how an emoji is drawn among it."""


class _Plain(dict[int, str]):
    """Each character's lower-case letters without accents, worked out once."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(code).translate(_LIGATURES)).casefold()
        self[code] = plain = "".join(char for char in decomposed if not unicodedata.combining(char))
        return plain


_PLAIN = _Plain()
_ADORNED = re.compile("[^\x00-_a-\x7f]+")
"""What is more than an ASCII character; the grave accent, which stands for an apostrophe, counts as one."""


def unaccented(text: str) -> str:
    """Lower case without accents, ligatures or typographic apostrophes: what search compares."""
    # Most letters have nothing to lose, and translating each of them takes five times as long.
    return _ADORNED.sub(_plainly, text).casefold()


def _plainly(found: re.Match[str]) -> str:
    return found[0].translate(_PLAIN)


def spoken(text: str) -> str:
    """Lower case with its accents, words parted by single spaces: what shows a missing accent."""
    lowered = unicodedata.normalize("NFKC", text.translate(_LIGATURES)).casefold()
    return " ".join(_found(unicodedata.normalize("NFC", lowered)) or _signs(text))


def words(text: str) -> list[str]:
    """All words, unaccented, in order; a text of nothing but signs is one word, since its signs are all it says."""
    return _found(unaccented(text)) or _signs(text)


def _found(text: str) -> list[str]:
    # Most texts have none of these signs, and looking for what stands around them takes long.
    if not _NAMING_SIGNS.isdisjoint(text):
        text = re.sub(_INITIALS, "&", re.sub(_APART, "", text))
        return _WORD.findall(text)
    return _USUAL_WORD.findall(text)


def is_worded(text: str) -> bool:
    """Whether a text has letters or digits, and is not of nothing but signs."""
    return bool(_WORD.search(unaccented(text)))


def _signs(text: str) -> list[str]:
    """The signs of a text as one word, however a keyboard writes its dashes, dots and quotes; none in a blank text."""
    plain = unicodedata.normalize("NFKC", text.translate(_LIGATURES))
    dashes = "".join("-" if char == "−" or unicodedata.category(char) == "Pd" else char for char in plain)
    signs = re.sub(_BLANKS, "", dashes)
    return [signs] if signs else []


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """An unaccented word without its plural mark: «canaux» and «canal» meet."""
    if len(word) <= 3 or (not word.isalpha() and any(char.isdigit() for char in word)):
        return word
    if word.endswith("eaux"):
        return word[:-1]
    if word.endswith("aux") and len(word) > 4:
        return word[:-3] + "al"
    return word[:-1] if word[-1] in "sx" else word


@lru_cache(maxsize=65536)
def _masculine(plural: str) -> str:
    """An unaccented word, singular and masculine."""
    word = singular(plural)
    if len(word) <= 5 or not word.endswith(_FEMININE_ENDINGS):
        return word
    ending, other = next(pair for pair in _FEMININE if word.endswith(pair[0]))
    return word.removesuffix(ending) + other


def kept_words(text: str) -> list[str]:
    """The unaccented words but for the articles and prepositions; these, where there is nothing else."""
    written = words(text)
    return [word for word in written if word not in _ARTICLES] or written


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """What remains when case, accents, hyphens, apostrophes, articles and plurals are taken away."""
    return " ".join(map(singular, kept_words(text)))


def genderless(text: str) -> str:
    """The folded text with the feminine of its words made masculine: «décideuse» and «décideur» meet."""
    return " ".join(map(_masculine, kept_words(text)))


def unopened(text: str) -> str:
    """What is said after «c’est», «je crois que», «mon»: the answer itself."""
    return re.sub(_OPENING, "", text.translate(_LIGATURES))


@lru_cache(maxsize=65536)
def letters(text: str) -> str:
    """The letters and digits of an acronym: «D.M.T.» and «dmt» meet."""
    return "".join(words(text))


def bare(text: str) -> str:
    """The letters of an acronym without the article before it: «les KPI», «l’IA»."""
    return letters(re.sub(_LEADING_ARTICLE, "", unaccented(text)))


def content_words(text: str) -> list[str]:
    """The words that carry sense, singular and unaccented."""
    return [singular(word) for word in words(text) if word not in STOP_WORDS]


def is_acronym(text: str) -> bool:
    """Whether a name is written like an acronym (DMT, BtoB, SaaS, N1) rather than as words."""
    if len(text) > 8 or " " in text:
        return False
    return sum(char.isupper() or char.isdigit() for char in text) >= 2


_STRANGERS = frozenset(
    frozenset(pair.split())
    for pair in (
        "texte texto, generation general, login logiciel, objection objectif, preview prevu, interet interface, "
        "geste gestion, court courant, court courante, interne internet, conversion convenu"
    ).split(", ")
)
"""Words that begin alike by chance."""


def akin(word: str, other: str) -> bool:
    """Whether two singular, unaccented words visibly share their root: «appelant» and «appel»."""
    if word == other:
        return True
    if word[:4] != other[:4]:  # most pairs, at once
        return False
    if frozenset((word, other)) in _STRANGERS:
        return False
    shorter, longer = sorted((word, other), key=len)
    shared = 0
    while shared < len(shorter) and shorter[shared] == longer[shared]:
        shared += 1
    return shared >= 0.7 * len(shorter) and shared >= 0.5 * len(longer)

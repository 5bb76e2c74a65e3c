"""The judge of typed answers: generous with spelling, strict with sense."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import process
from rapidfuzz.distance import OSA

from trainer.drills.figures import is_figure, same_figure
from trainer.glossary.decks import Library
from trainer.glossary.spelling import bare, fold, is_acronym, letters, singular, spoken, unaccented


class Judgement(StrEnum):
    """What a typed answer is worth; the last three give another try."""

    RIGHT = "right"
    ACCENTS = "accents"
    TYPO = "typo"
    WRONG = "wrong"
    OTHER_TERM = "other_term"
    EQUIVALENT = "equivalent"
    VAGUE = "vague"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement; `nearest` is the accepted text it is about, `other` the id of the term that was meant instead."""

    judgement: Judgement
    nearest: str = ""
    other: str = ""


class Lexicon:
    """Every name of every term, folded: who else could an answer mean.

    Acronyms stand apart from words, so that «taux» is not taken for TAL.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._terms: dict[str, set[str]] = {}
        self._acronyms: dict[str, set[str]] = {}
        for term in library.terms.values():
            for name in term.names:
                if is_acronym(name):
                    self._acronyms.setdefault(letters(name), set()).add(term.id)
                else:
                    self._terms.setdefault(fold(name), set()).add(term.id)
        self._names = list(self._terms)

    def named(self, text: str) -> set[str]:
        """The ids of the terms that this text names exactly."""
        acronyms = (self._acronyms.get(key, set()) for key in (letters(text), bare(text)))
        return self._terms.get(fold(text), set()).union(*acronyms)

    def nearest_other(self, folded: str, own: set[str], within: int) -> int:
        """The least distance, up to `within`, from a folded text to a name of none of these terms."""
        found = process.extract(
            folded, self._names, scorer=OSA.distance, score_cutoff=within, limit=12, processor=None
        )
        distances = [distance for name, distance, _ in found if not self._terms[name] <= own]
        return int(min(distances, default=within + 1))

    def equivalent(self, terms: set[str], other: str) -> bool:
        """Whether a term is too close to one of these to be a wrong answer for it."""
        return any(other in self._library.never_with(term) for term in terms)


def judge(text: str, accepted: Iterable[str], subject: str, lexicon: Lexicon) -> Judged:
    """Judge a typed answer to a question about `subject` whose right answers are `accepted`."""
    texts = tuple(accepted)
    exact = _exact(text, texts)
    if exact is not None:
        return exact
    own = {subject}.union(*map(lexicon.named, texts))
    named = lexicon.named(text) - {subject}
    if named:
        return _other(own, named, lexicon)
    typo = _typo(text, texts, own, lexicon)
    if typo is not None:
        return typo
    vague = next((form for form in texts if _is_part(text, form)), None)
    return Judged(Judgement.VAGUE, vague) if vague else Judged(Judgement.WRONG)


def _exact(text: str, accepted: tuple[str, ...]) -> Judged | None:
    for form in accepted:
        if is_figure(form):
            if same_figure(text, form):
                return Judged(Judgement.RIGHT, form)
        elif is_acronym(form):
            if letters(form) in (letters(text), bare(text)):
                return Judged(Judgement.RIGHT, form)
        elif fold(text) == fold(form) or _joined(text) == _joined(form):
            return Judged(Judgement.RIGHT if _accented(text, form) else Judgement.ACCENTS, form)
    return None


def _joined(text: str) -> str:
    return fold(text).replace(" ", "")


def _accented(text: str, form: str) -> bool:
    """Whether each word of the expected text that was written has its accents."""
    expected = {singular(unaccented(word)): _accents(word) for word in spoken(form).split()}
    written = {singular(unaccented(word)): _accents(word) for word in spoken(text).split()}
    if fold(text) != fold(form):
        return _accents(spoken(text)) == _accents(spoken(form))
    return all(expected.get(word, accents) == accents for word, accents in written.items())


def _accents(word: str) -> str:
    return "".join(char for char in word if not char.isascii())


def _other(own: set[str], others: set[str], lexicon: Lexicon) -> Judged:
    """Another term, or the one that a hand-written question is about, by a name that it does not take."""
    near = sorted(other for other in others if other in own or lexicon.equivalent(own, other))
    if near:
        return Judged(Judgement.EQUIVALENT, other=near[0])
    return Judged(Judgement.OTHER_TERM, other=min(others))


def _tolerance(length: int) -> int:
    """How many slips are a typo in a text of that many letters."""
    return 0 if length <= 4 else 1 if length <= 8 else 2


def _typo(text: str, accepted: tuple[str, ...], own: set[str], lexicon: Lexicon) -> Judged | None:
    folded = fold(text)
    best: tuple[int, str] | None = None
    for form in accepted:
        expected = fold(form)
        distance = OSA.distance(folded, expected, score_cutoff=_tolerance(len(expected.replace(" ", ""))))
        within = distance <= _tolerance(len(expected.replace(" ", "")))
        worded = not (is_acronym(form) or is_figure(form))
        if within and worded and _short_words_kept(folded, expected):
            best = min(best or (distance, form), (distance, form))
    if best is None:
        return None
    distance, form = best
    rival = lexicon.nearest_other(folded, own, distance)
    return Judged(Judgement.TYPO if rival > distance else Judgement.UNCLEAR, form)


def _short_words_kept(folded: str, expected: str) -> bool:
    """Whether words of three letters or fewer, or with digits, stand as they should."""
    written = folded.split()
    fragile = [word for word in expected.split() if len(word) <= 3 or any(char.isdigit() for char in word)]
    return all(word in written for word in fragile)


def _is_part(text: str, form: str) -> bool:
    """Whether the answer is some of the expected words, and nothing else."""
    written, expected = fold(text).split(), fold(form).split()
    if is_figure(form):
        return False
    return bool(written) and len(written) < len(expected) and set(written) < set(expected)

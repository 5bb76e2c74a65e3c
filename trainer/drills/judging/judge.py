"""The judge of typed answers: generous with spelling, strict with sense."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import OSA

from trainer.drills.judging.contraries import begins_otherwise, is_contrary
from trainer.drills.judging.figures import is_figure, same_figure
from trainer.drills.judging.lexicon import Lexicon, joined
from trainer.drills.judging.mentions import Mentions
from trainer.drills.judging.signs import lacks_signs, same_signs
from trainer.glossary.spelling import (
    bare,
    fold,
    genderless,
    is_acronym,
    is_worded,
    kept_words,
    letters,
    singular,
    spoken,
    unaccented,
    unopened,
)

_MOST_SLIPS = 2
_MOST_CHARACTERS = 500


class Judgement(StrEnum):
    """What a typed answer is worth; the last four give another try."""

    RIGHT = "right"
    ACCENTS = "accents"
    TYPO = "typo"
    WRONG = "wrong"
    OTHER_TERM = "other_term"
    EQUIVALENT = "equivalent"
    VAGUE = "vague"
    UNCLEAR = "unclear"
    WORDY = "wordy"


_SUCCESSES = frozenset({Judgement.RIGHT, Judgement.ACCENTS, Judgement.TYPO})


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement; `nearest` is the accepted text it is about, `other` the id of the term that was meant instead."""

    judgement: Judgement
    nearest: str = ""
    other: str = ""


def judge(text: str, accepted: Iterable[str], subject: str, lexicon: Lexicon) -> Judged:
    """Judge a typed answer to a question about `subject` whose right answers are `accepted`."""
    if len(text) > _MOST_CHARACTERS:
        return Judged(Judgement.WRONG)
    texts = tuple(accepted)
    judged = _judged_by_words(text, texts, subject, lexicon)
    worded = judged.judgement in _SUCCESSES and is_worded(judged.nearest)
    if not worded or same_signs(text, judged.nearest):
        return judged
    return _with_other_signs(text, texts, subject, lexicon)


def _with_other_signs(text: str, accepted: tuple[str, ...], subject: str, lexicon: Lexicon) -> Judged:
    """What an answer is worth whose words are right: right for another accepted text, or one with a sign forgotten."""
    fitting = tuple(form for form in accepted if same_signs(text, form))
    judged = _judged_by_words(text, fitting, subject, lexicon)
    if judged.judgement in _SUCCESSES:
        return judged
    near = [form for form in accepted if lacks_signs(text, form)]
    return Judged(Judgement.VAGUE, near[0]) if near else Judged(Judgement.WRONG)


def _judged_by_words(text: str, texts: tuple[str, ...], subject: str, lexicon: Lexicon) -> Judged:
    """The judgement but for the signs that stand beside words and numbers."""
    answered = set().union(*map(lexicon.named, texts))
    own = {subject} | answered
    for reading in _readings(text):
        judged = _exact(reading, texts)
        if judged is None and (answered or not is_figure(reading)):
            judged = _named(reading, texts, own, lexicon)
        if judged is not None:
            return judged
    said = unopened(text)
    mentions = Mentions(said, [form for form in texts if not is_figure(form)], lexicon.names(own))
    if mentions.accepted and (not mentions.rest or _vague(said, texts)):
        form = mentions.accepted[0]
        return Judged(Judgement.RIGHT if _accented(said, form) else Judgement.ACCENTS, form)
    return (
        _typo(said, texts, own, lexicon)
        or _typo(mentions.rest, texts, own, lexicon)
        or _nearly_equivalent(said, own, lexicon)
        or _vague(said, texts)
        or _wordy(mentions, own, lexicon)
        or Judged(Judgement.WRONG)
    )


def _readings(text: str) -> Iterator[str]:
    """The text, then what it says after «c’est», then an acronym without its plural mark («les KPIs»)."""
    said = unopened(text)
    yield text
    yield said
    single, mark = said.rstrip(" .!?")[:-1], said.rstrip(" .!?")[-1:]
    if mark == "s" and single[-1:].isalpha():
        yield single


def _exact(text: str, accepted: tuple[str, ...]) -> Judged | None:
    for form in accepted:
        if is_figure(form):
            if same_figure(text, form):
                return Judged(Judgement.RIGHT, form)
        elif is_acronym(form):
            if letters(form) in (letters(text), bare(text)):
                return Judged(Judgement.RIGHT, form)
        elif _same_words(text, form):
            return Judged(Judgement.RIGHT if _accented(text, form) else Judgement.ACCENTS, form)
    alike = (form for form in accepted if _worded(form) and genderless(text) == genderless(form))
    return next((Judged(Judgement.RIGHT, form) for form in alike), None)


def _worded(form: str) -> bool:
    """Whether it is written in words, which may be misspelt; a sign too many or too few is another answer."""
    return is_worded(form) and not (is_acronym(form) or is_figure(form))


def _same_words(text: str, form: str) -> bool:
    return joined(text) == joined(form) or letters(text) == letters(form)


def _accented(text: str, form: str) -> bool:
    """Whether each word of the expected text that was written has its accents."""
    expected = {singular(unaccented(word)): _accents(word) for word in spoken(form).split()}
    written = {singular(unaccented(word)): _accents(word) for word in spoken(text).split()}
    if not set(fold(form).split()) <= written.keys():
        return _accents(spoken(text)) == _accents(spoken(form))
    return all(written.get(word, accents) == accents for word, accents in expected.items())


def _accents(word: str) -> str:
    return "".join(char for char in word if not char.isascii())


def _named(text: str, accepted: tuple[str, ...], own: set[str], lexicon: Lexicon) -> Judged | None:
    """Another term; or the one that is asked, by a name that the question does not take."""
    named = lexicon.named(text)
    if named & own:
        worded = not any(map(is_acronym, accepted))
        if worded and lexicon.acronym(text) & own:
            return Judged(Judgement.VAGUE, accepted[0])
        return _vague(text, accepted) or Judged(Judgement.EQUIVALENT)
    near = named & lexicon.equivalents(own)
    if near:
        return Judged(Judgement.EQUIVALENT, other=min(near))
    return Judged(Judgement.OTHER_TERM, other=min(named)) if named else None


def _tolerance(length: int) -> int:
    """How many slips are a typo in a text of that many letters."""
    return 0 if length <= 4 else 1 if length <= 8 else _MOST_SLIPS


def _slips(text: str, form: str) -> int | None:
    """How many slips of the finger part a text from the words expected; None if they are too many."""
    written, expected = joined(text), joined(form)
    if not _worded(form) or abs(len(written) - len(expected)) > _MOST_SLIPS:
        return None
    most = _tolerance(len("".join(kept_words(form))))
    slips = OSA.distance(written, expected, score_cutoff=most)
    words = kept_words(text), kept_words(form)
    if slips > most or not _fragile_kept(*words):
        return None
    return None if is_contrary(*words) or begins_otherwise(*words) else slips


def _fragile_kept(written: list[str], expected: list[str]) -> bool:
    """Whether words of three letters or fewer stand in their order, and those with digits are the same."""
    left = iter(written)
    fragile = [word for word in expected if len(word) <= 3 or _numbered(word)]
    return all(word in left for word in fragile) and list(filter(_numbered, written)) == list(
        filter(_numbered, expected)
    )


def _numbered(word: str) -> bool:
    return any(char.isdigit() for char in word)


def _typo(text: str, accepted: tuple[str, ...], own: set[str], lexicon: Lexicon) -> Judged | None:
    slips = {form: _slips(text, form) for form in accepted}
    near = [(count, form) for form, count in slips.items() if count is not None]
    if not near:
        return None
    count, form = min(near)
    rival = lexicon.nearest_other(joined(text), own, count)
    return Judged(Judgement.TYPO if rival > count else Judgement.UNCLEAR, form)


def _nearly_equivalent(text: str, own: set[str], lexicon: Lexicon) -> Judged | None:
    """A term declared too close to be wrong, misspelt; or the term that is asked, in English."""
    if lexicon.english(text) & own:
        return Judged(Judgement.EQUIVALENT)
    for other in sorted(lexicon.equivalents(own) - own):
        if any(_slips(text, name) is not None for name in lexicon.names([other])):
            return Judged(Judgement.EQUIVALENT, other=other)
    return None


def _vague(text: str, accepted: tuple[str, ...]) -> Judged | None:
    """Some of the expected words, and nothing else."""
    written = fold(text).split()
    for form in accepted:
        expected = fold(form).split()
        part = 0 < len(written) < len(expected) and _worded(form)
        if part and all(any(_same_word(word, other) for other in expected) for word in written):
            return Judged(Judgement.VAGUE, form)
    return None


def _same_word(word: str, expected: str) -> bool:
    most = 0 if _numbered(expected) else _tolerance(len(expected))
    return OSA.distance(word, expected, score_cutoff=most) <= most


def _wordy(mentions: Mentions, own: set[str], lexicon: Lexicon) -> Judged | None:
    """A right answer with more words, none of which names a term that is wrong."""
    if not mentions.accepted:
        return None
    allowed = own | lexicon.equivalents(own)
    if any(not lexicon.named(span) <= allowed for span in mentions.spans()):
        return None
    return Judged(Judgement.WORDY, mentions.accepted[0])

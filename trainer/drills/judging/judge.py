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
"""Longer than any answer; comparing takes the square of the length."""


class Judgement(StrEnum):
    """What a typed answer is worth; EQUIVALENT, VAGUE, UNCLEAR and WORDY give another try."""

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
    if judged.judgement not in _SUCCESSES:
        return judged
    # Of a text of nothing but signs, these were its words, and are compared already.
    if not is_worded(judged.nearest) or same_signs(text, judged.nearest):
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
    # The subject may be a question of one's own: then the terms that its answers name are asked.
    expected = set().union(*map(lexicon.named, texts))
    own = {subject} | expected
    for reading in _readings(text):
        judged = _exact(reading, texts)
        # Where no term is asked, a number is a wrong number, and not a term that is called so.
        may_name = bool(expected) or not is_figure(reading)
        if judged is None and may_name:
            judged = _named(reading, texts, own, lexicon)
        if judged is not None:
            return judged
    said = unopened(text)
    # A figure is right by itself alone: among other words it may count something else.
    in_words = [form for form in texts if not is_figure(form)]
    mentions = Mentions(said, in_words, lexicon.names(own))
    # What stands beside it, if anything, belongs to a longer text that is accepted too.
    nothing_else = not mentions.rest or _vague(said, texts) is not None
    if mentions.accepted and nothing_else:
        return _right_but_for_accents(said, mentions.accepted[0])
    # From the most lenient to the least; what stands beside an acronym may be its words, misspelt.
    return (
        _typo(said, texts, own, lexicon)
        or _typo(mentions.rest, texts, own, lexicon)
        or _nearly_equivalent(said, own, lexicon)
        or _vague(said, texts)
        or _wordy(mentions, own, lexicon)
        or Judged(Judgement.WRONG)
    )


def _readings(text: str) -> Iterator[str]:
    """The text, then what it says after «c’est», then that without a final s: «les KPIs»; words are compared without it anyway."""
    said = unopened(text)
    yield text
    yield said
    ended = said.rstrip(" .!?")
    if ended[-1:] == "s" and ended[-2:-1].isalpha():
        yield ended[:-1]


def _exact(text: str, accepted: tuple[str, ...]) -> Judged | None:
    """The first accepted text that it is, but for case, accents and plural; of all of them last, but for gender."""
    for form in accepted:
        if is_figure(form):
            if same_figure(text, form):
                return Judged(Judgement.RIGHT, form)
        elif is_acronym(form):
            if letters(form) in (letters(text), bare(text)):
                return Judged(Judgement.RIGHT, form)
        elif _same_words(text, form):
            return _right_but_for_accents(text, form)
    for form in accepted:
        if _may_be_misspelt(form) and genderless(text) == genderless(form):
            return Judged(Judgement.RIGHT, form)
    return None


def _right_but_for_accents(text: str, form: str) -> Judged:
    return Judged(Judgement.RIGHT if _accented(text, form) else Judgement.ACCENTS, form)


def _may_be_misspelt(form: str) -> bool:
    """Whether it is written in words, which may be misspelt; a sign too many or too few is another answer."""
    return is_worded(form) and not (is_acronym(form) or is_figure(form))


def _same_words(text: str, form: str) -> bool:
    return joined(text) == joined(form) or letters(text) == letters(form)


def _accented(text: str, form: str) -> bool:
    """Whether each word of the expected text that was written has its accents."""
    expected, written = _accents_by_word(form), _accents_by_word(text)
    if not set(fold(form).split()) <= written.keys():  # joined or parted otherwise: «callback», «call-back»
        return _accents(spoken(text)) == _accents(spoken(form))
    # A word that was left out is an article, and lacks no accent.
    return all(written.get(word, accents) == accents for word, accents in expected.items())


def _accents_by_word(text: str) -> dict[str, str]:
    """The accented letters of each word, by the word without them and in the singular."""
    return {singular(unaccented(word)): _accents(word) for word in spoken(text).split()}


def _accents(word: str) -> str:
    return "".join(char for char in word if not char.isascii())


def _named(text: str, accepted: tuple[str, ...], own: set[str], lexicon: Lexicon) -> Judged | None:
    """The term that is asked, by a name that the question does not take; or another one."""
    named = lexicon.named(text)
    if named & own:
        asks_for_words = not any(map(is_acronym, accepted))
        if asks_for_words and lexicon.acronym(text) & own:
            return Judged(Judgement.VAGUE, accepted[0])
        return _vague(text, accepted) or Judged(Judgement.EQUIVALENT)
    near = named & lexicon.equivalents(own)
    if near:
        return Judged(Judgement.EQUIVALENT, other=min(near))
    return Judged(Judgement.OTHER_TERM, other=min(named)) if named else None


def _tolerance(length: int) -> int:
    """How many slips are a typo in a text of that many letters."""
    if length <= 4:
        return 0
    return 1 if length <= 8 else _MOST_SLIPS


def _slips(text: str, form: str) -> int | None:
    """How many slips of the finger part a text from the words expected; None if they are too many."""
    written, expected = joined(text), joined(form)
    if not _may_be_misspelt(form) or abs(len(written) - len(expected)) > _MOST_SLIPS:
        return None
    words, expected_words = kept_words(text), kept_words(form)
    most = _tolerance(len("".join(expected_words)))
    slips = OSA.distance(written, expected, score_cutoff=most)
    if slips > most or not _fragile_kept(words, expected_words):
        return None
    has_other_sense = is_contrary(words, expected_words) or begins_otherwise(words, expected_words)
    return None if has_other_sense else slips


def _fragile_kept(written: list[str], expected: list[str]) -> bool:
    """Whether words of three letters or fewer stand in their order, and those with digits are the same."""
    fragile = [word for word in expected if len(word) <= 3 or _numbered(word)]
    unread = iter(written)  # «in» reads on to the word: the next one has to stand after it
    are_in_order = all(word in unread for word in fragile)
    return are_in_order and [*filter(_numbered, written)] == [*filter(_numbered, expected)]


def _numbered(word: str) -> bool:
    return any(char.isdigit() for char in word)


def _typo(text: str, accepted: tuple[str, ...], own: set[str], lexicon: Lexicon) -> Judged | None:
    """The nearest accepted text with a few slips; unclear if another term is as near."""
    slips = {form: _slips(text, form) for form in accepted}
    near = [(count, form) for form, count in slips.items() if count is not None]
    if not near:
        return None
    count, form = min(near)
    to_another = lexicon.nearest_other(joined(text), own, count)  # one more than that if none is as near
    return Judged(Judgement.TYPO if to_another > count else Judgement.UNCLEAR, form)


def _nearly_equivalent(text: str, own: set[str], lexicon: Lexicon) -> Judged | None:
    """The term that is asked, in English; or one declared too close to be wrong, misspelt."""
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
        part = 0 < len(written) < len(expected) and _may_be_misspelt(form)
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
    if any(lexicon.named(span) - allowed for span in mentions.spans()):
        return None
    return Judged(Judgement.WORDY, mentions.accepted[0])

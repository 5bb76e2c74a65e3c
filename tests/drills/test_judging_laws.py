"""What holds for every answer that can be typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.helpers import CONTENT
from trainer.content.library import load_library
from trainer.drills.judging.figures import is_figure
from trainer.drills.judging.judge import Judgement, judge
from trainer.drills.judging.lexicon import Lexicon
from trainer.glossary.spelling import fold, is_acronym, unaccented, unopened
from trainer.glossary.terms import Facet

LIBRARY = load_library(CONTENT).library
LEXICON = Lexicon(LIBRARY)
QUESTIONS = [
    *((term.id, term.names) for term in LIBRARY.terms.values()),
    *((term.id, term.expansions) for term in LIBRARY.terms.values() if Facet.EXPANSION in term.facets),
    *((own.id, (own.answer, *own.accept)) for own in LIBRARY.questions.values() if not own.is_choice),
]
"""Every subject that can be asked, with its right answers."""
FORMS = [(subject, accepted, form) for subject, accepted in QUESTIONS for form in accepted]
WORDED = [(subject, accepted, form) for subject, accepted, form in FORMS if not is_figure(form)]
SUCCESS = {Judgement.RIGHT, Judgement.ACCENTS}
TYPED = st.one_of(
    st.text(max_size=60),
    st.text("aeiou éàçœrstlnmdpc’' .,;:()/-=%€0123456789", max_size=40),
    st.lists(st.sampled_from([form for _, _, form in FORMS]), min_size=1, max_size=4).map(" ".join),
)
BEFORE = [
    "",
    "le ",
    "la ",
    "les ",
    "un ",
    "une ",
    "des ",
    "l’",
    "l'",
    "c’est ",
    "c'est la ",
    "C’est le ",
    "je crois que c’est un ",
]
AFTER = ["", ".", " ?", " !", "…", "\u00a0!"]


@given(st.sampled_from(QUESTIONS), TYPED)
def test_any_text_is_judged_always_alike(question: tuple[str, tuple[str, ...]], typed: str) -> None:
    """No text raises, and the same text gets the same judgement."""
    subject, accepted = question
    judged = judge(typed, accepted, subject, LEXICON)
    assert judged == judge(typed, accepted, subject, LEXICON)
    assert judged.other in ("", *LIBRARY.terms)
    assert judged.nearest in ("", *accepted)


@settings(max_examples=400)
@given(
    st.sampled_from(WORDED),
    st.sampled_from(BEFORE),
    st.sampled_from(AFTER),
    st.sampled_from([str, str.upper, unaccented]),
)
def test_how_a_right_answer_is_said_costs_nothing(
    asked: tuple[str, tuple[str, ...], str], before: str, after: str, said: Callable[[str], str]
) -> None:
    """Capitals, absent accents, an article, «c’est», a full stop: still right."""
    subject, accepted, form = asked
    assert judge(f"{before}{said(form)}{after}", accepted, subject, LEXICON).judgement in SUCCESS


@given(
    st.sampled_from(
        [question for question in FORMS if is_acronym(question[2]) and not is_figure(question[2])]
    ),
    st.data(),
)
def test_changed_letter_of_an_acronym_is_never_a_typo(
    asked: tuple[str, tuple[str, ...], str], data: st.DataObject
) -> None:
    """One letter for another: another acronym, or none."""
    subject, accepted, form = asked
    place = data.draw(st.integers(0, len(form) - 1))
    letter = data.draw(st.sampled_from("BFGJKQWXZ"))
    changed = form[:place] + letter + form[place + 1 :]
    if changed.casefold() != form.casefold():
        judged = judge(changed, accepted, subject, LEXICON)
        assert judged.judgement is not Judgement.TYPO
        assert judged.judgement not in SUCCESS or changed.upper() in {name.upper() for name in accepted}


@given(st.sampled_from(WORDED), st.sampled_from(WORDED))
def test_two_answers_are_not_one(
    asked: tuple[str, tuple[str, ...], str], wrong: tuple[str, tuple[str, ...], str]
) -> None:
    """The right term beside another is not right."""
    subject, accepted, form = asked
    other = wrong[2]
    if (
        wrong[0] in LIBRARY.terms
        and subject in LIBRARY.terms
        and wrong[0] != subject
        and LEXICON.named(other) == {wrong[0]}
    ):
        judged = judge(f"{form} ou {other}", accepted, subject, LEXICON)
        assert judged.judgement not in SUCCESS


@pytest.mark.parametrize(
    "typed", ["x " * 5000, "é" * 10000, "DMT " * 18, "\x00", "\ud800", "👩🏽‍💻", "\u200b", "İ", "ß" * 9]
)
def test_odd_text_is_judged(typed: str) -> None:
    """Whatever the keyboard or the clipboard gives."""
    for subject, accepted in QUESTIONS[::20]:
        assert judge(typed, accepted, subject, LEXICON).judgement in Judgement


SIGNS = st.text(st.characters(categories=["P", "S"]), min_size=1, max_size=6).filter(
    lambda text: not any(map(str.isalnum, unaccented(text))) and bool(fold(text))
)
"""What an answer may be made of without a letter or a digit: «#», «->», «…», an emoji."""
EVERY_SUCCESS = SUCCESS | {Judgement.TYPO}


@given(SIGNS, st.one_of(SIGNS, TYPED))
@example("#", "n’importe quoi")
@example("*", "#")
@example("…", "—")
@example("-----", "----")
@example("☎", "☎️")
@example("–", " - ")
def test_of_an_answer_of_signs_only_the_same_signs_are_right(form: str, typed: str) -> None:
    """No word, no other sign, not one more or less: dashes and dots as any keyboard writes them."""
    judged = judge(typed, [form], "paquet:question", LEXICON)
    assert (judged.judgement in EVERY_SUCCESS) is (fold(unopened(typed)) == fold(form))


@given(SIGNS, st.sampled_from(WORDED))
def test_an_answer_of_signs_beside_words_changes_nothing_for_these(
    form: str, asked: tuple[str, tuple[str, ...], str]
) -> None:
    """«#» and «dièse» may be accepted for one question: each is right, and no other word."""
    subject, accepted, word = asked
    both = (form, *accepted)
    assert judge(word, both, subject, LEXICON).judgement in SUCCESS
    assert judge(form, both, subject, LEXICON).judgement in SUCCESS
    assert judge("bouilloire", both, subject, LEXICON).judgement not in EVERY_SUCCESS


@pytest.mark.parametrize(
    ("typed", "accepted", "right"),
    [
        ("C#", "C++", False),
        ("C", "C++", False),
        ("C++", "C", False),
        ("c++", "C++", True),
        ("le C++", "C++", True),
        ("C++.", "C++", True),
        ("C # ", "C++", False),
        ("VIP", "VIP+", False),
        ("bac 2", "bac+2", True),
        ("Appel sortant*", "Appel sortant", True),
    ],
)
def test_signs_at_the_end_of_a_name_are_part_of_it(typed: str, accepted: str, right: bool) -> None:
    """In a long name one of them is a slip of the finger; in a short one it makes another name."""
    judged = judge(typed, [accepted], "paquet:question", LEXICON)
    assert (judged.judgement in EVERY_SUCCESS) is right


SIGNED = st.sampled_from(
    ["≥ 80 %", "*21#", "##002#", "±5 jours", "A-", "#promo", "/stats", "< 3 s", "+33 #2"]
)
"""Answers with signs that mean something."""
MEANING = "#*@/\\<>≥≤±~"


@given(SIGNED, st.sampled_from(["{}", " {} ", "« {} »", "{}.", "{} !"]))
def test_blanks_and_punctuation_around_signs_cost_nothing(form: str, said: str) -> None:
    """Wherever blanks stand beside a sign, and whatever ends the sentence."""
    spaced = "".join(f" {char} " if char in MEANING else char for char in form)
    for typed in (form, spaced):
        assert judge(said.format(typed), [form], "paquet:question", LEXICON).judgement is Judgement.RIGHT


@given(SIGNED, st.data())
def test_a_sign_dropped_or_replaced_is_never_right(form: str, data: st.DataObject) -> None:
    """One sign for another, or none for it: another answer, or a part of it."""
    places = [place for place, char in enumerate(form) if char in f"{MEANING}-"]
    place = data.draw(st.sampled_from(places))
    put = data.draw(st.sampled_from(["", *MEANING]).filter(lambda sign: sign != form[place]))
    typed = form[:place] + put + form[place + 1 :]
    assert judge(typed, [form], "paquet:question", LEXICON).judgement not in EVERY_SUCCESS


@given(SIGNED, st.data())
def test_signs_in_another_order_are_never_right(form: str, data: st.DataObject) -> None:
    """«#21*» is not «*21#»."""
    signs = [char for char in form if char in MEANING]
    shuffled = data.draw(st.permutations(signs))
    left = iter(shuffled)
    typed = "".join(next(left) if char in MEANING else char for char in form)
    right = judge(typed, [form], "paquet:question", LEXICON).judgement in EVERY_SUCCESS
    assert right is (shuffled == signs)

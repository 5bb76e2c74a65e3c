"""What a learner takes for something else: how it is counted, when it is over, and the drill of such pairs."""

from __future__ import annotations

from itertools import pairwise, permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.libraries import shipped
from tests.helpers.reviews import Diary, card, day
from trainer.drills.grading import Verdict
from trainer.drills.judging.lexicon import Lexicon
from trainer.drills.posing.masking import roots, shown
from trainer.drills.posing.rivals import MOST_PAIRS, MOST_RIVALS, Duo, both_ways, confused, rivals, rivals_of
from trainer.drills.session import Session
from trainer.drills.shapes import Answer, Choice, DontKnow, Pick, Typed, Write
from trainer.drills.starting import Starter
from trainer.glossary.decks import Format, Library
from trainer.glossary.pairs import opposable, telling_apart
from trainer.glossary.spelling import akin, content_words
from trainer.glossary.terms import Facet
from trainer.memory.confusions import TOLD_APART, is_settled, unsettled
from trainer.memory.confusions import rivals as counted_rivals
from trainer.memory.history import Confusion, replay
from trainer.memory.queue import Plan
from trainer.memory.reviews import Draft, Rating
from trainer.wording.feedback import APART, feedback

AGAIN, GOOD = Rating.AGAIN, Rating.GOOD
NAME = Facet.NAMING


def mistaken(diary: Diary, asked: str, chosen: str, on: int = 0, form: Format = Format.CHOICE) -> None:
    """Write down that one term was answered for another."""
    diary.review(card(asked, NAME), AGAIN, on, form=form, chosen=chosen)


def right(diary: Diary, *terms: str, times: int = TOLD_APART) -> None:
    """Write down right answers on each of these terms, from one side and another."""
    for number in range(times):
        for term in terms:
            diary.review(card(term, list(Facet)[number % 3]), GOOD, 1)


# What is kept


def test_both_directions_are_counted() -> None:
    """DMC for DMT twice, DMT for DMC once: three times in all for each, whichever drill it was."""
    diary = Diary()
    mistaken(diary, "dmt", "dmc")
    mistaken(diary, "dmt", "dmc", 2, Format.RECALL)
    mistaken(diary, "dmc", "dmt", 1, Format.FLASHCARD)
    history = diary.history()
    assert history.confusions == {("dmt", "dmc"): Confusion(2, day(2)), ("dmc", "dmt"): Confusion(1, day(1))}
    assert counted_rivals(history, "dmt") == {"dmc": 3}
    assert counted_rivals(history, "dmc") == {"dmt": 3}
    assert counted_rivals(history, "svi") == {}


def test_a_wrong_pair_of_the_game_is_a_confusion_of_the_terms() -> None:
    """Expansions mixed up in the matching game count like any other confusion."""
    diary = Diary()
    diary.review(card("acd", Facet.EXPANSION), None, 0, correct=False, form=Format.MATCH, chosen="svi")
    assert list(unsettled(diary.history())) == [("acd", "svi")]


def test_the_most_frequent_come_first_then_the_most_recent() -> None:
    """Twice before once; of those confused once, the last day before the day before."""
    diary = Diary()
    mistaken(diary, "acd", "svi", 1)
    mistaken(diary, "client", "prospect", 3)
    mistaken(diary, "dmt", "dmc", 0)
    mistaken(diary, "dmc", "dmt", 0)
    assert list(unsettled(diary.history())) == [("dmc", "dmt"), ("client", "prospect"), ("acd", "svi")]


def test_an_undo_takes_a_confusion_back() -> None:
    """A retracted answer confuses nothing, and what is left is as if it had never been given."""
    diary = Diary()
    mistaken(diary, "dmt", "dmc")
    wrong = diary.review(card("dmt", NAME), AGAIN, 1, chosen="dmc")
    diary.retract(wrong)
    assert diary.history().confusions == {("dmt", "dmc"): Confusion(1, day(0))}
    only = Diary()
    only.retract(only.review(card("dmt", NAME), AGAIN, 0, chosen="dmc"))
    assert list(unsettled(only.history())) == []


# When it is over


def test_right_answers_on_both_terms_settle_a_confusion() -> None:
    """Neither the right answers before it, nor those on one of the two, nor one too few; but enough on both."""
    diary = Diary()
    right(diary, "dmt", "dmc")
    mistaken(diary, "dmt", "dmc")
    right(diary, "dmt")
    assert not is_settled(diary.history(), "dmt", "dmc")
    right(diary, "dmc", times=TOLD_APART - 1)
    assert not is_settled(diary.history(), "dmt", "dmc")
    right(diary, "dmc", times=1)
    assert is_settled(diary.history(), "dmt", "dmc")
    assert is_settled(diary.history(), "dmc", "dmt")
    assert list(unsettled(diary.history())) == []


@pytest.mark.parametrize("again", [("dmt", "dmc"), ("dmc", "dmt")])
def test_a_confusion_made_again_is_open_again(again: Duo) -> None:
    """In either direction, and all of the right answers are asked for anew."""
    diary = Diary()
    mistaken(diary, "dmt", "dmc")
    right(diary, "dmt", "dmc")
    mistaken(diary, *again)
    assert list(unsettled(diary.history())) == [("dmc", "dmt")]
    right(diary, "dmt", "dmc", times=TOLD_APART - 1)
    assert not is_settled(diary.history(), "dmt", "dmc")
    right(diary, "dmt", "dmc", times=1)
    assert is_settled(diary.history(), "dmt", "dmc")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["", *"abc"])), max_size=25), st.randoms())
def test_settled_means_enough_right_answers_since_the_last_confusion(
    answers: list[tuple[str, str]], random: Random
) -> None:
    """Whatever the order in which facts come to be known: counting by hand gives the same."""
    diary = Diary()
    for asked, chosen in answers:
        wrong = chosen not in ("", asked)
        diary.review(card(asked), AGAIN if wrong else GOOD, 0, chosen=chosen if wrong else "")
    mixed = [*diary.facts, *diary.facts[:3]]
    random.shuffle(mixed)
    history = replay(mixed)
    for pair in permutations("abc", 2):
        last = max((at for at, answer in enumerate(answers) if set(answer) == set(pair)), default=-1)
        since = [asked for asked, chosen in answers[last + 1 :] if chosen in ("", asked)]
        assert is_settled(history, *pair) == all(since.count(term) >= TOLD_APART for term in pair)
    assert set(unsettled(history)) == {
        pair
        for pair in permutations("abc", 2)
        if pair == tuple(sorted(pair))
        and any(set(answer) == set(pair) for answer in answers)
        and not is_settled(history, *pair)
    }


# Which pairs


def test_own_confusions_come_before_declared_ones() -> None:
    """Until they are settled; then the confusables among the terms begun, and none before two of them are."""
    library, diary = shipped(), Diary()
    assert rivals(library, diary.history()) == ((), False)
    right(diary, "acd", "svi", times=1)
    assert rivals(library, diary.history()) == ((("acd", "svi"),), False)
    mistaken(diary, "dmt", "dmc")
    assert rivals(library, diary.history()) == ((("dmc", "dmt"),), True)
    right(diary, "dmt", "dmc")
    pairs, own = rivals(library, diary.history())
    assert not own
    assert {frozenset(pair) for pair in pairs} == {frozenset(("acd", "svi")), frozenset(("dmc", "dmt"))}


def test_a_session_holds_a_bounded_number_of_pairs() -> None:
    """However much was confused, or begun."""
    library, diary = shipped(), Diary()
    right(diary, *library.terms, times=1)
    assert len(rivals(library, diary.history()).pairs) == MOST_PAIRS
    term = library.terms["dmt"]
    assert len(rivals_of(library, diary.history(), term)) <= MOST_RIVALS
    for other in library.terms:
        mistaken(diary, "dmt", other)
    assert len(rivals(library, diary.history()).pairs) == MOST_PAIRS
    assert len(rivals_of(library, diary.history(), term)) == MOST_RIVALS


def test_the_pairs_of_a_term_begin_with_the_learners_own() -> None:
    """What it was taken for, most often first, before what its author warns of; settled or not."""
    library, diary = shipped(), Diary()
    mistaken(diary, "dmt", "svi")
    mistaken(diary, "acd", "dmt")
    mistaken(diary, "dmt", "acd")
    right(diary, "dmt", "svi", "acd")
    pairs = rivals_of(library, diary.history(), library.terms["dmt"])
    assert pairs[:2] == (("dmt", "acd"), ("dmt", "svi"))
    assert {other for _, other in pairs[2:]} <= library.confusable_with("dmt")
    told = confused(library, diary.history(), library.terms["dmt"])
    assert [(term.id, *times) for term, *times in told] == [("acd", 1, 1), ("svi", 1, 0)]


def test_what_cannot_be_told_apart_is_never_a_pair() -> None:
    """Synonyms, terms no longer in the library, questions written by hand, and a term with itself."""
    library = shipped()
    term = next(term for term in library.terms.values() if term.never_with and NAME in term.facets)
    question = next(iter(library.questions))
    for asked, chosen in (
        (term.id, term.never_with[0]),
        (term.never_with[0], term.id),
        (term.id, "disparu"),
        ("disparu", term.id),
        (question, term.id),
        (term.id, term.id),
    ):
        diary = Diary()
        mistaken(diary, asked, chosen)
        history = diary.history()
        assert (asked, chosen) in history.confusions
        assert rivals(library, history) == ((), False)
        assert confused(library, history, term) == []
        assert not {term.never_with[0], "disparu", question} & {
            other for _, other in rivals_of(library, history, term)
        }


@given(st.integers(1, 12), st.integers(0, 99))
def test_each_pair_is_asked_in_both_directions_and_not_twice_running(count: int, seed: int) -> None:
    """Whatever the chance; a pair alone has no other to go between."""
    pairs = [(f"a{number}", f"b{number}") for number in range(count)]
    asked = list(both_ways(pairs, Random(seed)))
    assert sorted(asked) == sorted([*pairs, *(pair[::-1] for pair in pairs)])
    if count > 1:
        assert all(set(one) != set(other) for one, other in pairwise(asked))


# The session


class Desk:
    """A learner who works through pairs, each draft written down at once."""

    def __init__(self, *pairs: Duo, diary: Diary | None = None, library: Library | None = None) -> None:
        self.diary = diary or Diary()
        self.library = library or shipped()
        self.history = self.diary.history()
        starter = Starter(
            library=self.library,
            history=self.history,
            today=day(1),
            plan=lambda deck, formats: Plan(),
            lexicon=Lexicon(self.library),
            seed="7",
        )
        self.session: Session = starter.telling_apart(pairs)

    def answer(self, correct: bool = True) -> tuple[Pick | Write, Verdict, Draft]:
        """Answer, and go on; what was asked, and what became of it."""
        question = self.session.question
        assert isinstance(question, Pick | Write)
        if isinstance(question, Pick):
            verdict, (draft,) = self.session.answer(
                Choice(question.answer if correct else 1 - question.answer)
            )
        else:
            verdict, (draft,) = self.session.answer(Typed(question.accepted[0]) if correct else DontKnow())
        self.history.apply(self.diary.draft(draft, 1))
        self.session.advance()
        return question, verdict, draft


def known(*terms: str) -> Diary:
    """Terms whose naming was well known the day before."""
    diary = Diary()
    for term in terms:
        for on in (-60, -30, -10, 0):
            diary.review(card(term, NAME), Rating.EASY, on)
    return diary


def test_every_shipped_pair_is_a_fair_question() -> None:
    """Both terms as options, in a stem that holds a root of neither alone, and that the answer is about."""
    library = shipped()
    duos = {tuple(sorted((term.id, other))) for term in library.terms.values() for other in term.confusable}
    desk = Desk(*sorted((one, other) for one, other in duos))
    questions = [item for item in desk.session.cards if isinstance(item, Pick)]
    assert len(questions) > len(duos)
    for question in questions:
        term, rival = library.terms[question.card.subject], library.terms[question.rival]
        assert opposable(term, rival)
        assert question.card.facet is NAME
        assert sorted(option.text for option in question.options) == sorted((term.term, rival.term))
        assert question.options[question.answer].term == term.id
        shared = {word for word in roots(term) if any(akin(word, root) for root in shown(rival))}
        shared |= {word for word in shown(rival) if any(akin(word, root) for root in roots(term))}
        told = (roots(term) | shown(rival)) - shared
        assert not told & set(content_words(question.stem)), question


def test_what_is_new_is_recognised_then_recalled() -> None:
    """Two options are too easily guessed: nothing is rated before the term was written."""
    desk = Desk(("dmt", "dmc"), ("acd", "svi"))
    asked = [desk.answer() for _ in range(8)]
    assert desk.session.question is None
    choices = [draft for question, _, draft in asked if isinstance(question, Pick)]
    recalls = [draft for question, _, draft in asked if isinstance(question, Write)]
    assert [draft.rating for draft in choices] == [None] * 4
    assert [draft.rating for draft in recalls] == [GOOD] * 4
    assert {draft.card.subject for draft in choices} == {"dmt", "dmc", "acd", "svi"}


def test_what_is_well_known_is_rated_at_once() -> None:
    """Where a guess is unlikely enough, the choice counts, and no recall is asked for."""
    desk = Desk(("dmt", "dmc"), diary=known("dmt", "dmc"))
    assert [desk.answer()[2].rating for _ in range(2)] == [GOOD, GOOD]
    assert desk.session.question is None


def test_a_wrong_choice_is_a_confusion_and_comes_back_as_a_recall() -> None:
    """It fails the card, names the rival, and the term has to be written before the end."""
    desk = Desk(("dmt", "dmc"), diary=known("dmt", "dmc"))
    question, verdict, draft = desk.answer(correct=False)
    assert isinstance(question, Pick)
    assert (verdict.rating, draft.chosen) == (AGAIN, question.rival)
    assert list(unsettled(desk.history)) == [("dmc", "dmt")]
    desk.answer()
    again, _, last = desk.answer()
    assert isinstance(again, Write)
    assert (again.card, last.rating) == (question.card, GOOD)
    assert desk.session.question is None


def test_a_term_in_two_pairs_is_recalled_once() -> None:
    """Its recall waits in the queue for both."""
    desk = Desk(("dmt", "dmc"), ("dmt", "acd"))
    asked = []
    while desk.session.question:
        asked.append(desk.answer()[0])
    recalls = [question.card.subject for question in asked if isinstance(question, Write)]
    assert sorted(recalls) == ["acd", "dmc", "dmt"]


def test_an_undo_asks_the_pair_again_and_forgets_the_confusion() -> None:
    """The same two options; the history is as before."""
    desk = Desk(("dmt", "dmc"))
    before = desk.session.question
    desk.answer(correct=False)
    review = desk.diary.facts[-1]
    desk.diary.retract(review)  # type: ignore[arg-type]
    desk.session.undo(desk.diary.history())
    assert desk.session.question == before
    assert list(unsettled(desk.session.history)) == []


@pytest.mark.parametrize("how", ["right", "wrong", "unknown"])
def test_both_definitions_and_what_tells_them_apart_follow_every_answer(how: str) -> None:
    """Right, wrong or unknown."""
    desk = Desk(("dmt", "dmc"))
    question = desk.session.question
    assert isinstance(question, Pick)
    answers: dict[str, Answer] = {"right": Choice(question.answer), "unknown": DontKnow()}
    verdict, _ = desk.session.answer(answers.get(how, Choice(1 - question.answer)))
    told = feedback(question, verdict, desk.library, desk.session.history).paragraphs
    asked, rival = desk.library.terms[question.card.subject], desk.library.terms[question.rival]
    assert [text for _, text in told] == [asked.definition, rival.definition, telling_apart(asked, rival)]
    assert told[-1][0] == APART


def test_a_pair_that_cannot_be_said_is_left_out() -> None:
    """A description made of nothing but the two names leaves no question."""
    library = shipped()
    empty = library.terms["dmt"]._replace(quiz_definition="", definition="Durée moyenne de traitement.")
    desk = Desk(("dmt", "dmc"), library=Library({**library.terms, "dmt": empty}))
    assert [desk.answer()[0].card.subject for _ in range(2)] == ["dmc", "dmc"]
    assert desk.session.question is None

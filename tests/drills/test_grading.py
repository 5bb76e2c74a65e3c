"""From an answer to what the memory is told: the table of the rules, line by line."""

from __future__ import annotations

from typing import TypeVar

import pytest

from tests.helpers.players import pair
from trainer.drills.game import judged
from trainer.drills.grading import Outcome, Retry, Standing, Verdict
from trainer.drills.judging.lexicon import Lexicon
from trainer.drills.kinds.choice import credible
from trainer.drills.kinds.registry import grade
from trainer.drills.posing.boards import boards
from trainer.drills.posing.poser import Poser
from trainer.drills.shapes import (
    Answer,
    Choice,
    DontKnow,
    Matching,
    PairUp,
    Pick,
    Question,
    Reveal,
    SelfGrade,
    Typed,
    Write,
)
from trainer.glossary.decks import Format, Library
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card
from trainer.memory.history import History
from trainer.memory.reviews import Rating
from trainer.wording.feedback import GRADES, HEADLINES, RETRIES, feedback, pair_feedback

K = TypeVar("K", Write, Pick, Reveal)
AGAIN, HARD, GOOD, EASY = Rating
NEW = Standing()
KNOWN = Standing(0.9)
VAGUE_ONCE = Standing(0.9, helped=True, tries=frozenset({Retry.VAGUE}))


@pytest.fixture(scope="module")
def recall(library: Library) -> Write:
    """Call back, from its sense."""
    return posed(library, Write, "call-back", Facet.NAMING, Format.RECALL)


@pytest.fixture(scope="module")
def senses(library: Library) -> Pick:
    """DMT, among three definitions."""
    return posed(library, Pick, "dmt", Facet.MEANING, Format.CHOICE)


@pytest.fixture(scope="module")
def names(library: Library) -> Pick:
    """DMT, among four terms."""
    return posed(library, Pick, "dmt", Facet.NAMING, Format.CHOICE)


@pytest.fixture(scope="module")
def flashcard(library: Library) -> Reveal:
    """DMT, to flip."""
    return posed(library, Reveal, "dmt", Facet.MEANING, Format.FLASHCARD)


@pytest.fixture(scope="module")
def board(library: Library) -> Matching:
    """Six acronyms."""
    return next(boards(library, library.everything, "0"))


def posed(library: Library, kind: type[K], term: str, facet: Facet, form: Format) -> K:
    """A question of that kind."""
    question = Poser(library, library.everything, "0").pose(Card(term, facet), form)
    assert isinstance(question, kind)
    return question


# ── Typed ──


@pytest.mark.parametrize(
    ("typed", "standing", "outcome", "rating"),
    [
        pytest.param("call back", KNOWN, Outcome.RIGHT, GOOD, id="right"),
        pytest.param("call back", NEW, Outcome.RIGHT, GOOD, id="right when new"),
        pytest.param("call-bcak", KNOWN, Outcome.TYPO, GOOD, id="typo"),
        pytest.param("call back", VAGUE_ONCE, Outcome.RIGHT, HARD, id="right after «soyez plus précis»"),
        pytest.param("cal back", VAGUE_ONCE, Outcome.TYPO, HARD, id="typo after «soyez plus précis»"),
        pytest.param("télévente", KNOWN, Outcome.WRONG, AGAIN, id="wrong"),
        pytest.param("", KNOWN, Outcome.WRONG, AGAIN, id="nothing"),
        pytest.param("click to call", KNOWN, Outcome.OTHER_TERM, AGAIN, id="another term"),
        pytest.param("call", VAGUE_ONCE, Outcome.WRONG, AGAIN, id="vague twice"),
        pytest.param(
            "rappel",
            Standing(0.9, tries=frozenset({Retry.EQUIVALENT})),
            Outcome.OTHER_TERM,
            AGAIN,
            id="equivalent twice",
        ),
        pytest.param(
            "call back",
            Standing(0.9, tries=frozenset({Retry.EQUIVALENT})),
            Outcome.RIGHT,
            GOOD,
            id="right after equivalent",
        ),
        pytest.param(
            "call back",
            Standing(0.9, tries=frozenset({Retry.UNCLEAR})),
            Outcome.RIGHT,
            GOOD,
            id="right after unclear",
        ),
    ],
)
def test_typed_answer(
    recall: Write, lexicon: Lexicon, typed: str, standing: Standing, outcome: Outcome, rating: Rating
) -> None:
    """Right is Good, right after help is Hard, wrong is Again; spelling costs nothing."""
    verdict = grade(recall, Typed(typed), standing, lexicon)
    assert (verdict.outcome, verdict.rating, verdict.retry) == (outcome, rating, None)
    assert verdict.correct is (rating is not AGAIN)
    assert verdict.given == typed


def test_missing_accents_are_right_and_shown(library: Library, lexicon: Lexicon) -> None:
    """Without its accents an answer is Good, and the accents are told."""
    question = posed(library, Write, "teleconseiller", Facet.NAMING, Format.RECALL)
    verdict = grade(question, Typed("teleconseiller"), KNOWN, lexicon)
    assert verdict == Verdict(True, Outcome.ACCENTS, "Téléconseiller", "teleconseiller", GOOD)
    assert ("Bonne réponse", "Téléconseiller") in feedback(question, verdict, library, History()).paragraphs


def test_dont_know_is_again_in_every_drill(
    recall: Write, senses: Pick, flashcard: Reveal, lexicon: Lexicon
) -> None:
    """«Je ne sais pas» is a failure to recall, and no confusion."""
    for question in (recall, senses, flashcard):
        verdict = grade(question, DontKnow(), KNOWN, lexicon)
        assert (verdict.correct, verdict.rating, verdict.chosen, verdict.retry) == (False, AGAIN, "", None)


@pytest.mark.parametrize(
    ("typed", "retry"),
    [
        ("rappel", Retry.EQUIVALENT),
        ("call", Retry.VAGUE),
        ("un rappel programmé", Retry.EQUIVALENT),
        ("le bouton call back", Retry.WORDY),
    ],
)
def test_near_answer_gives_another_try(recall: Write, lexicon: Lexicon, typed: str, retry: Retry) -> None:
    """An equivalent, a part or words too many decide nothing the first time."""
    verdict = grade(recall, Typed(typed), KNOWN, lexicon)
    assert (verdict.retry, verdict.rating, verdict.correct) == (retry, None, False)


def test_tie_between_two_terms_asks_to_type_it_again_once(library: Library, lexicon: Lexicon) -> None:
    """As near to another term: another try; the second time it is wrong."""
    question = posed(library, Write, "externalisation", Facet.NAMING, Format.RECALL)
    assert grade(question, Typed("enternalisation"), KNOWN, lexicon).retry is Retry.UNCLEAR
    again = grade(
        question, Typed("enternalisation"), Standing(0.9, tries=frozenset({Retry.UNCLEAR})), lexicon
    )
    assert (again.retry, again.rating) == (None, AGAIN)


def test_other_name_of_the_term_asked_is_wrong_the_second_time_but_no_confusion(
    library: Library, lexicon: Lexicon
) -> None:
    """A term is not mistaken for itself: its English name costs the answer, and no pair is drilled."""
    question = posed(library, Write, "appel-entrant", Facet.NAMING, Format.RECALL)
    assert grade(question, Typed("inbound call"), KNOWN, lexicon).retry is Retry.EQUIVALENT
    standing = Standing(0.9, tries=frozenset({Retry.EQUIVALENT}))
    again = grade(question, Typed("inbound call"), standing, lexicon)
    assert (again.outcome, again.chosen, again.rating) == (Outcome.WRONG, "", AGAIN)


def test_each_sort_of_try_is_given_once(recall: Write, lexicon: Lexicon) -> None:
    """A vague answer after an equivalent one still has its own try."""
    standing = Standing(0.9, tries=frozenset({Retry.EQUIVALENT}))
    assert grade(recall, Typed("call"), standing, lexicon).retry is Retry.VAGUE


def test_another_term_is_kept_as_a_confusion(recall: Write, lexicon: Lexicon) -> None:
    """The term that was typed instead is named, so that the pair can be drilled."""
    assert grade(recall, Typed("click-to-call"), KNOWN, lexicon).chosen == "click-to-call"
    assert grade(recall, Typed("télévente"), KNOWN, lexicon).chosen == ""


# ── Choices ──


def test_wrong_choice_is_again_and_a_confusion(senses: Pick, lexicon: Lexicon) -> None:
    """Whatever was believed, a wrong option is a failure, and its term is kept."""
    for index, option in enumerate(senses.options):
        if index == senses.answer:
            continue
        for standing in (NEW, KNOWN, Standing(1.0, recognised=True)):
            verdict = grade(senses, Choice(index), standing, lexicon)
            assert verdict == Verdict(
                False, Outcome.WRONG, senses.options[senses.answer].text, option.text, AGAIN, option.term
            )


@pytest.mark.parametrize(("options", "threshold"), [(3, 0.8636), (4, 0.8261), (2, 0.9048)])
def test_credibility_threshold(options: int, threshold: float) -> None:
    """19 in 19 + k: below, a right choice is a guess in more than one case in twenty."""
    assert credible(threshold + 0.0001, options)
    assert not credible(threshold - 0.0001, options)
    believed = 19 / (19 + options)
    assert credible(believed, options)
    guessed = (1 - believed) / options
    assert guessed / (believed + guessed) == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("standing", "rating3", "rating4"),
    [
        pytest.param(Standing(0.95), GOOD, GOOD, id="well known"),
        pytest.param(Standing(0.8637), GOOD, GOOD, id="just credible of three"),
        pytest.param(Standing(0.8635), None, GOOD, id="just not credible of three"),
        pytest.param(Standing(0.8262), None, GOOD, id="just credible of four"),
        pytest.param(Standing(0.8260), None, None, id="just not credible of four"),
        pytest.param(Standing(None), None, None, id="new or relearning"),
        pytest.param(
            Standing(None, recognised=True), GOOD, GOOD, id="recognised, and no other drill can ask it"
        ),
        pytest.param(
            Standing(0.2, recognised=True), GOOD, GOOD, id="recognised at a low chance, no other drill"
        ),
    ],
)
def test_right_choice_counts_if_it_is_credible(
    senses: Pick,
    names: Pick,
    lexicon: Lexicon,
    standing: Standing,
    rating3: Rating | None,
    rating4: Rating | None,
) -> None:
    """Good from the threshold on; below it, and for a new or relearning card, nothing is told to the memory."""
    for question, rating in ((senses, rating3), (names, rating4)):
        verdict = grade(question, Choice(question.answer), standing, lexicon)
        assert (verdict.correct, verdict.outcome, verdict.rating) == (True, Outcome.RIGHT, rating)


# ── Flashcards and pairs ──


@pytest.mark.parametrize("rating", list(Rating))
def test_flashcard_takes_the_learners_own_grade(flashcard: Reveal, lexicon: Lexicon, rating: Rating) -> None:
    """What the learner says is what the memory is told."""
    verdict = grade(flashcard, SelfGrade(rating), NEW, lexicon)
    assert verdict.rating is rating
    assert verdict.correct is (rating is not AGAIN)
    assert verdict.outcome is (Outcome.AGAIN if rating is AGAIN else Outcome.RIGHT)


def test_pairs_never_rate(board: Matching) -> None:
    """Right, wrong or given up, the game tells the memory nothing."""
    verdicts = [judged(board, tried) for tried in (pair(board, 0, 0), pair(board, 0, 1), None)]
    assert [verdict.rating for verdict in verdicts] == [None] * 3
    assert [verdict.correct for verdict in verdicts] == [True, False, False]


def test_wrong_pair_is_a_confusion(board: Matching) -> None:
    """The term whose expansion was taken is named, even one that has no acronym on the board."""
    assert judged(board, pair(board, 0, 1)).chosen == board.pairs[1].card.subject
    extra = board.expansions.index(board.extra[0])
    assert judged(board, PairUp(2, extra)).chosen == board.extra[0].card.subject


# ── What the learner is told ──


def test_wrong_choice_is_told_what_it_really_is(library: Library, senses: Pick, lexicon: Lexicon) -> None:
    """Feedback names the chosen term, says what it defines, and what tells the two apart."""
    wrong = next(index for index, option in enumerate(senses.options) if option.term == "dmc")
    verdict = grade(senses, Choice(wrong), NEW, lexicon)
    told = dict(feedback(senses, verdict, library, History()).paragraphs)
    chosen = library.terms[senses.options[wrong].term]
    assert told[f"Votre réponse, « {chosen.term} »"] == chosen.definition
    assert told["Pour ne plus confondre"] == library.terms["dmt"].note
    assert told[library.terms["dmt"].title] == library.terms["dmt"].definition


def test_every_verdict_has_feedback(
    library: Library,
    recall: Write,
    senses: Pick,
    names: Pick,
    flashcard: Reveal,
    board: Matching,
    lexicon: Lexicon,
) -> None:
    """No question and answer are left without a headline, and no paragraph is empty."""
    tried: list[tuple[Question, Answer]] = [(flashcard, SelfGrade(rating)) for rating in Rating]
    tried += [(recall, Typed(text)) for text in ("call back", "call-bcak", "click to call", "?")]
    tried += [(question, Choice(index)) for question in (senses, names) for index in range(3)]
    tried.append((recall, DontKnow()))
    graded = [(question, grade(question, answer, NEW, lexicon)) for question, answer in tried]
    said = [(verdict, feedback(question, verdict, library, History())) for question, verdict in graded]
    paired = [judged(board, each) for each in (pair(board, 0, 0), pair(board, 0, 1), None)]
    said += [(verdict, pair_feedback(verdict, library)) for verdict in paired]
    for verdict, told in said:
        assert told.headline == HEADLINES[verdict.outcome]
        assert all(text for _, text in told.paragraphs)
    assert set(HEADLINES) == set(Outcome)
    assert set(RETRIES) == set(Retry)
    assert len(GRADES) == len(Rating)

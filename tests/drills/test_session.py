"""A session: which card is asked next, by which drill, and what an answer leads to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, pairwise, repeat
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.players import answer_to, pair
from tests.helpers.reviews import Diary, day
from trainer.drills.game import Game
from trainer.drills.grading import Retry, Verdict
from trainer.drills.judging.lexicon import Lexicon
from trainer.drills.posing.boards import boards as all_boards
from trainer.drills.posing.formats import askable
from trainer.drills.posing.interleaving import interleaved
from trainer.drills.posing.poser import Poser
from trainer.drills.session import FAILED_AFTER, MOST_FAILURES, RECALL_AFTER, Session
from trainer.drills.shapes import (
    Answer,
    DontKnow,
    Matching,
    Move,
    PairUp,
    Pick,
    Reveal,
    Typed,
    Write,
)
from trainer.glossary.decks import Deck, Format, Library
from trainer.glossary.terms import Category, Facet, Kind, Term
from trainer.memory.cards import Card
from trainer.memory.history import History
from trainer.memory.queue import plan
from trainer.memory.reviews import Draft, Rating

AGAIN, HARD, GOOD, EASY = Rating
SENSE, NAME, WORDS, OWN = Facet.MEANING, Facet.NAMING, Facet.EXPANSION, Facet.QUESTION
DRILLS = (Format.FLASHCARD, Format.CHOICE, Format.RECALL)
TERMS = (
    "dmt",
    "dmc",
    "svi",
    "acd",
    "churn",
    "prospect",
    "lead",
    "client",
    "relance",
    "rappel",
    "cnil",
    "arcep",
)

MOST_ANSWERS = 200
"""More than any session of these tests needs."""


class Desk:
    """A learner at work: a session, and the diary in which its drafts are written down at once."""

    def __init__(
        self,
        library: Library,
        lexicon: Lexicon,
        cards: Sequence[Card],
        diary: Diary | None = None,
        formats: Sequence[Format] = DRILLS,
        today: int = 0,
        boards: int = 0,
        seed: str = "0",
    ) -> None:
        self.diary = diary or Diary()
        self.today = today
        self.answers = 0
        self.history = self.diary.history()
        deck = Deck("d", "D", TERMS, drills=tuple(formats))
        poser = Poser(library, library.everything, seed)
        games = [
            board
            for board, _ in zip(all_boards(library, library.everything, seed), range(boards), strict=False)
        ]
        self.session = Session(
            library=library,
            deck=deck,
            history=self.history,
            cards=cards,
            poser=poser,
            random=Random(seed),
            today=day(today),
            lexicon=lexicon,
            game=Game(library=library, deck=deck, boards=games),
            formats=tuple(formats),
        )

    def answer(self, answer: Answer) -> tuple[Verdict, tuple[Draft, ...]]:
        """Answer, and write down what it makes."""
        return self._written(*self.session.answer(answer))

    def play(self, move: Move) -> tuple[Verdict, tuple[Draft, ...]]:
        """The same on a board."""
        return self._written(*self.session.game.answer(move))

    def _written(self, verdict: Verdict, drafts: tuple[Draft, ...]) -> tuple[Verdict, tuple[Draft, ...]]:
        self.answers += 1
        assert self.answers < MOST_ANSWERS, "the session does not end"
        for draft in drafts:
            self.session.history.apply(self.diary.draft(draft, self.today))
        return verdict, drafts

    def right(self) -> Draft:
        """Answer right, and go on."""
        verdict, drafts = self.answer(self.perfect())
        assert verdict.correct
        self.session.advance()
        return drafts[0]

    def wrong(self) -> Draft:
        """Say that one does not know, and go on."""
        _, drafts = self.answer(DontKnow())
        self.session.advance()
        return drafts[0]

    def perfect(self) -> Answer:
        """The right answer to the question being asked."""
        question = self.session.question
        assert question is not None
        return answer_to(question)

    def pair(self, left: int, right_of: int) -> PairUp:
        """The acronym at one index of the board with the expansion of that at another."""
        return pair(self.board, left, right_of)

    @property
    def board(self) -> Matching:
        """The board being played."""
        assert self.session.is_playing and self.session.game.board is not None
        return self.session.game.board

    @property
    def card(self) -> Card | None:
        """The card being asked."""
        question = self.session.question
        return question.card if question else None

    def undo(self) -> None:
        """Take the last answer back, in the diary too."""
        self.diary.facts.pop()
        self.history = self.diary.history()
        self.session.undo(self.history)


Sit = Callable[..., Desk]


@pytest.fixture
def sit(library: Library, lexicon: Lexicon) -> Sit:
    """Sit a learner down to some cards."""

    def seated(cards: Sequence[Card], diary: Diary | None = None, **more: object) -> Desk:
        return Desk(library, lexicon, cards, diary, **more)  # type: ignore[arg-type]

    return seated


def senses(count: int = len(TERMS)) -> list[Card]:
    """The senses of some terms."""
    return [Card(term, SENSE) for term in TERMS[:count]]


def names(count: int = len(TERMS)) -> list[Card]:
    """The names of some terms."""
    return [Card(term, NAME) for term in TERMS[:count]]


def learnt(*cards: Card, rating: Rating = EASY, on: int = -30) -> Diary:
    """A diary in which the cards were learnt."""
    diary = Diary()
    for card in cards:
        diary.review(card, rating, on)
    return diary


# ── The order of questions ──


def test_cards_are_asked_in_their_order_until_none_is_left(sit: Sit) -> None:
    """Each card that is known comes once, then the session is over."""
    cards = names(5)
    desk = sit(cards, learnt(*cards, on=-1), today=0)
    asked = []
    while desk.card:
        asked.append(desk.card)
        assert desk.session.remaining == 5 - len(asked)
        desk.right()
    assert asked == cards
    assert desk.session.question is None
    with pytest.raises(ValueError, match="over"):
        desk.session.answer(DontKnow())


def test_failed_card_comes_back_after_five_others(sit: Sit) -> None:
    """There is time to forget the answer that was just read, and the success then counts."""
    cards = names(9)
    desk = sit(cards, learnt(*cards, on=-1))
    failed = desk.card
    assert desk.wrong().rating is AGAIN
    between = 0
    while desk.card != failed:
        desk.right()
        between += 1
    assert between == FAILED_AFTER
    assert failed and desk.history.schedules[failed].relearning
    assert desk.right().rating is GOOD
    assert not desk.history.schedules[failed].relearning


def test_failed_card_comes_back_last_if_few_are_left(sit: Sit) -> None:
    """Even the last card of a session is asked again once it was failed."""
    desk = sit(names(1), learnt(*names(1), on=-1))
    desk.wrong()
    assert desk.card == names(1)[0]
    desk.right()
    assert desk.session.question is None


@pytest.mark.parametrize("boards", [0, 1])
@pytest.mark.parametrize("number", [2, 3, 4])
def test_a_failed_card_does_not_come_twice_in_a_row(sit: Sit, number: int, boards: int) -> None:
    """However few are left, another question comes between, or the game; alone, it is said to be the only one left."""
    for seed in range(5):
        desk = sit(names(number), learnt(*names(number), on=-1), seed=str(seed), boards=boards)
        chance = Random(seed)
        while not desk.session.is_over:
            card, left = desk.card, desk.session.remaining
            if desk.session.is_playing:
                desk.play(DontKnow())
                desk.session.advance()
            elif chance.random() < 0.6:
                desk.wrong()
            else:
                desk.right()
            if card is not None and desk.card == card:
                assert left == 0 and desk.session.is_repeated
            else:
                assert not desk.session.is_repeated


@given(st.integers(1, 6), st.lists(st.booleans(), max_size=12), st.integers(0, 1))
def test_what_is_left_only_falls(
    library: Library, lexicon: Lexicon, number: int, outcomes: list[bool], boards: int
) -> None:
    """From all cards down to none: a card counts until it is done with, however often it is asked."""
    desk = Desk(library, lexicon, names(number), boards=boards)
    assert desk.session.left == number
    before = number
    for right in chain(outcomes, repeat(True)):
        if desk.session.is_over:
            break
        if desk.session.is_playing:
            _, drafts = desk.play(DontKnow())
        else:
            _, drafts = desk.answer(desk.perfect() if right else DontKnow())
        told = desk.session.left
        desk.session.advance()
        assert desk.session.left == told <= before
        if any(draft.correct and draft.rating for draft in drafts):
            assert told == before - 1
        before = told
    assert desk.session.left == 0


def test_the_only_card_left_is_said_to_be(sit: Sit) -> None:
    """A card that comes at once is told apart from one that comes for the first time, and after an undo still is."""
    desk = sit(names(1), learnt(*names(1), on=-1))
    assert not desk.session.is_repeated
    desk.wrong()
    assert desk.session.is_repeated
    desk.answer(desk.perfect())
    desk.session.undo(desk.history)
    assert desk.session.is_repeated


def test_failed_card_is_recalled_not_recognised(sit: Sit) -> None:
    """A relearning card is asked without options where a drill can do so."""
    for seed in range(6):
        desk = sit(names(1), learnt(*names(1), on=-1), seed=str(seed))
        desk.wrong()
        assert isinstance(desk.session.question, Write)


def test_card_failed_three_times_waits_for_tomorrow(sit: Sit) -> None:
    """After three failures in a session a card is left alone, is still owed a success, and the rest goes on."""
    desk = sit(names(2))
    stubborn, failures = names(2)[0], 0
    while desk.card:
        if desk.card == stubborn:
            desk.wrong()
            failures += 1
        else:
            desk.right()
    assert failures == MOST_FAILURES == 3
    assert plan(names(2), desk.history, day(1)).due == (stubborn,)


# ── Recognising and recalling ──


def test_new_card_is_first_recognised_then_recalled(sit: Sit) -> None:
    """A right choice on a new card tells the memory nothing; the recall that follows three others later does."""
    desk = sit(names(6))
    first = desk.card
    assert isinstance(desk.session.question, Pick)
    assert desk.right().rating is None
    asked = []
    while desk.card != first:
        asked.append(desk.card)
        desk.wrong()
    assert len(asked) == RECALL_AFTER
    assert isinstance(desk.session.question, Write)
    assert desk.right().rating is GOOD
    assert first and first in desk.history.schedules and first not in desk.history.owed


def test_recognised_sense_is_recalled_on_a_flashcard(sit: Sit) -> None:
    """A sense cannot be typed: the learner flips a card and grades it, and that counts."""
    desk = sit(senses(1))
    assert isinstance(desk.session.question, Pick)
    desk.right()
    assert isinstance(desk.session.question, Reveal)
    assert desk.right().rating is GOOD


def test_card_owed_from_before_is_recalled_at_once(sit: Sit) -> None:
    """What was recognised in an earlier session is not recognised again."""
    diary = Diary()
    diary.review(names(1)[0], None, -1, form=Format.CHOICE)
    desk = sit(names(1), diary)
    assert isinstance(desk.session.question, Write)


@pytest.mark.parametrize("facet", [SENSE, NAME])
def test_doubtful_card_that_was_recognised_is_recalled(sit: Sit, facet: Facet) -> None:
    """A known card, recognised when it was probably forgotten, is asked again without options, whatever the seed."""
    card = Card("dmt", facet)
    recognised = 0
    for seed in range(12):
        desk = sit([card], learnt(card, rating=HARD, on=-200), seed=str(seed))
        before = desk.history.schedules[card]
        if not isinstance(desk.session.question, Pick):
            continue
        recognised += 1
        assert desk.right().rating is None
        assert desk.history.schedules[card] == before
        assert not isinstance(desk.session.question, Pick | None)
        assert desk.right().rating is GOOD
        assert desk.session.question is None
    assert recognised


def test_well_known_card_may_be_recognised(sit: Sit) -> None:
    """At a high chance of remembering, a right choice is credible and counts at once."""
    card = Card("dmt", SENSE)
    desk = sit([card], learnt(card, on=-2), formats=(Format.CHOICE,))
    assert desk.right().rating is GOOD
    assert desk.session.question is None
    assert desk.history.schedules[card].last == day(0)


@pytest.mark.parametrize("when", [None, -200])
def test_deck_of_choices_only_counts_the_second_recognition(sit: Sit, when: int | None) -> None:
    """Where no drill can ask for a recall, the second right choice of a session counts, and the session ends."""
    card = Card("dmt", SENSE)
    desk = sit([card], learnt(card, rating=HARD, on=when) if when else Diary(), formats=(Format.CHOICE,))
    first = desk.session.question
    assert desk.right().rating is None
    second = desk.session.question
    assert isinstance(first, Pick) and isinstance(second, Pick)
    assert {option.term for option in first.options} != {option.term for option in second.options}
    assert desk.right().rating is GOOD
    assert desk.session.question is None


def test_relearning_card_is_never_credited_with_one_choice(sit: Sit) -> None:
    """A card failed today was just read: the right choice that follows counts no more than on a new card."""
    card = Card("dmt", SENSE)
    desk = sit([card], learnt(card, on=-2), formats=(Format.CHOICE,))
    assert desk.wrong().rating is AGAIN
    failed = desk.history.schedules[card]
    assert desk.right().rating is None
    assert desk.history.schedules[card] == failed
    assert desk.right().rating is GOOD
    assert not desk.history.schedules[card].relearning


def test_recognition_owed_from_before_is_the_first_of_two(sit: Sit) -> None:
    """In a deck of choices only, what was recognised in an earlier session counts when it is recognised again."""
    card = Card("dmt", SENSE)
    diary = Diary()
    diary.review(card, None, -1, form=Format.CHOICE)
    desk = sit([card], diary, formats=(Format.CHOICE,))
    assert desk.right().rating is GOOD
    assert desk.session.question is None


def test_second_success_of_a_day_is_practice(sit: Sit) -> None:
    """A card that was known earlier in the day and is known again keeps its schedule."""
    card = Card("dmt", NAME)
    diary = learnt(card, on=-9)
    sit([card], diary).right()
    desk = sit([card], diary, seed="1")
    known = desk.history.schedules[card]
    assert known.last == day(0)
    desk.right()
    assert desk.history.schedules[card] == known


def test_failure_counts_even_after_a_success_of_the_day(sit: Sit) -> None:
    """It says more than the success before it: less is believed, and the card is due again until it is known."""
    card = Card("dmt", NAME)
    diary = learnt(card, on=-9)
    sit([card], diary).right()
    desk = sit([card], diary, seed="1")
    known = desk.history.schedules[card]
    desk.wrong()
    failed = desk.history.schedules[card]
    assert failed.relearning
    assert failed.due == day(0)
    desk.right()
    assert desk.history.schedules[card].stability < known.stability
    assert not desk.history.schedules[card].relearning


def test_own_question_with_options_counts_the_second_time(library: Library, lexicon: Lexicon) -> None:
    """A hand-written choice can only be chosen: recognised once, it is asked again and then counts."""
    choice = next(question for question in library.questions.values() if question.is_choice)
    desk = Desk(library, lexicon, [Card(choice.id, OWN)])
    assert (desk.right().rating, desk.right().rating, desk.session.question) == (None, GOOD, None)


# ── Another try ──


def test_vague_answer_is_helped_and_then_hard(sit: Sit) -> None:
    """«Soyez plus précis» leaves the question open, makes no review, and a right answer after it is Hard."""
    desk = sit(names(2), formats=(Format.RECALL,))
    question = desk.session.question
    assert desk.card == Card("dmt", NAME)
    verdict, drafts = desk.answer(Typed("durée moyenne"))
    assert (verdict.retry, drafts, desk.session.question) == (Retry.VAGUE, (), question)
    assert desk.session.answered == ()
    verdict, (draft,) = desk.answer(Typed("durée moyenne de traitement"))
    assert (draft.rating, draft.correct) == (HARD, True)


def test_equivalent_answer_costs_nothing(sit: Sit) -> None:
    """After an equivalent term the right one is Good."""
    desk = sit([Card("rappel", NAME)], formats=(Format.RECALL,))
    assert desk.answer(Typed("call back"))[0].retry is Retry.EQUIVALENT
    assert desk.answer(Typed("rappel"))[1][0].rating is GOOD


def test_help_does_not_carry_over_to_the_next_question(sit: Sit) -> None:
    """Tries belong to one question."""
    desk = sit(names(2), formats=(Format.RECALL,))
    desk.answer(Typed("durée"))
    desk.right()
    assert desk.card == Card("dmc", NAME)
    assert desk.answer(Typed("durée"))[0].retry is Retry.VAGUE
    desk.right()
    assert desk.session.question is None


# ── Undo ──


def test_undo_restores_question_queue_and_memory(sit: Sit) -> None:
    """After an undo everything is as it was before the answer: question, what is left, mistakes, memory."""
    desk = sit(names(4), learnt(*names(4), on=-1))
    desk.right()
    question, left = desk.session.question, desk.session.remaining
    schedules = dict(desk.history.schedules)
    desk.wrong()
    assert desk.session.mistakes and desk.session.remaining == left
    desk.undo()
    assert desk.session.question is question
    assert (desk.session.remaining, desk.session.mistakes, len(desk.session.answered)) == (left, (), 1)
    assert desk.history.schedules == schedules
    asked = []
    while desk.card:
        asked.append(desk.card)
        desk.right()
    assert asked == names(4)[1:]


def test_undone_recognition_is_forgotten(sit: Sit) -> None:
    """A recognition that was taken back does not make the next one count, nor ask for a recall."""
    desk = sit(senses(1), formats=(Format.CHOICE,))
    desk.right()
    desk.undo()
    assert desk.history.owed == set()
    assert desk.right().rating is None


def test_undone_failure_does_not_count_towards_three(sit: Sit) -> None:
    """A failure that was taken back leaves three more."""
    desk = sit(names(1))
    desk.wrong()
    desk.undo()
    for _ in range(MOST_FAILURES):
        assert desk.card
        desk.wrong()
    assert desk.session.question is None


def test_only_the_last_answer_can_be_taken_back(sit: Sit) -> None:
    """Before any answer, and after an undo, there is nothing to take back."""
    desk = sit(names(3), learnt(*names(3), on=-1))
    assert not desk.session.can_undo
    desk.right()
    desk.right()
    assert desk.session.can_undo
    desk.undo()
    assert not desk.session.can_undo
    with pytest.raises(ValueError, match="nothing"):
        desk.session.undo(desk.history)


def test_undo_from_a_board_keeps_the_board(sit: Sit) -> None:
    """Going back from the game that ends a session to the last question does not lose the game."""
    desk = sit(names(1), learnt(*names(1), on=-1), boards=1)
    desk.right()
    board = desk.board
    desk.undo()
    assert not desk.session.is_playing
    assert desk.card == names(1)[0]
    assert desk.session.remaining == 1
    desk.right()
    assert desk.board == board


def test_undo_of_a_retried_answer_keeps_the_help(sit: Sit) -> None:
    """The question comes back as it was, with the help that had been given."""
    desk = sit(names(1), formats=(Format.RECALL,))
    desk.answer(Typed("durée"))
    desk.answer(Typed("durée moyenne de traitement"))
    desk.undo()
    assert desk.answer(Typed("durée moyenne de traitement"))[1][0].rating is HARD


# ── Mistakes ──


def test_mistakes_are_listed_once_in_order(sit: Sit) -> None:
    """Cards answered wrong, each once, even if known later; right ones and boards are not."""
    desk = sit(names(4), boards=1)
    desk.wrong()
    desk.right()
    desk.wrong()
    failed = 0
    while desk.card:
        if desk.card == names(4)[0] and not failed:
            desk.wrong()
            failed += 1
        else:
            desk.right()
    desk.play(desk.pair(0, 1))
    assert desk.session.mistakes == (names(4)[0], names(4)[2])


# ── Boards ──


def test_boards_end_the_session(sit: Sit) -> None:
    """Games come after the questions; a board is done when every acronym has its expansion."""
    desk = sit(names(1), learnt(*names(1), on=-1), boards=2)
    assert desk.session.remaining == 2
    desk.right()
    for _ in range(2):
        for left in range(6):
            assert not desk.session.game.board_done
            desk.play(desk.pair(left, left))
        assert desk.session.game.board_done
        desk.session.advance()
    assert desk.session.is_over


def test_matching_never_rates(sit: Sit) -> None:
    """Right and wrong pairs are logged without a grade, in the matching format, and begin no card."""
    desk = sit([], boards=1)
    drafts = [*desk.play(desk.pair(0, 0))[1], *desk.play(desk.pair(1, 2))[1]]
    assert [(draft.rating, draft.format, draft.correct) for draft in drafts] == [
        (None, Format.MATCH, True),
        (None, Format.MATCH, False),
        (None, Format.MATCH, False),
    ]
    assert (desk.history.schedules, desk.history.owed, desk.history.introduced) == ({}, set(), {})


def test_wrong_pair_makes_both_scheduled_cards_due(sit: Sit) -> None:
    """The acronym and the owner of the expansion are both due today, each a confusion with the other; nothing else."""
    board = sit([], boards=1).board
    cards = [pair.card for pair in board.pairs]
    diary = learnt(*cards[:3], on=-1)
    desk = sit([], diary, boards=1)
    before = dict(desk.history.schedules)
    desk.play(desk.pair(0, 1))
    due = {card for card in cards if (schedule := desk.history.schedule(card)) and schedule.due <= day(0)}
    assert due == set(cards[:2])
    assert [desk.history.schedules[card].stability for card in cards[:3]] == [
        before[card].stability for card in cards[:3]
    ]
    assert set(desk.history.confusions) == {
        (cards[0].subject, cards[1].subject),
        (cards[1].subject, cards[0].subject),
    }
    assert set(plan(cards[:3], desk.history, day(0)).due) == set(cards[:2])
    assert desk.session.game.solved == frozenset()


def test_wrong_pair_does_not_make_an_overdue_card_less_urgent(sit: Sit) -> None:
    """A card that was already overdue keeps its place in the queue."""
    board = sit([], boards=1).board
    cards = [pair.card for pair in board.pairs[:2]]
    desk = sit([], learnt(*cards, rating=GOOD, on=-30), boards=1)
    before = dict(desk.history.schedules)
    assert all(schedule.due < day(0) for schedule in before.values())
    desk.play(desk.pair(0, 1))
    assert desk.history.schedules == before


def test_given_up_board_is_over_and_logs_nothing(sit: Sit) -> None:
    """«Je ne sais pas» ends a board."""
    desk = sit([], boards=1)
    verdict, drafts = desk.play(DontKnow())
    assert (verdict.correct, drafts, desk.session.game.board_done) == (False, (), True)


def test_pair_cannot_be_taken_back(sit: Sit) -> None:
    """In the middle of a board there is no undo, not even of the question before it."""
    desk = sit(names(1), learnt(*names(1), on=-1), boards=1)
    desk.right()
    assert desk.session.can_undo
    desk.play(desk.pair(0, 0))
    assert not desk.session.can_undo


# ── The order of cards ──


def test_interleaving_keeps_every_card(library: Library) -> None:
    """Due and new cards are mixed, none is lost or doubled, and new ones do not come in a lump."""
    cards = askable(library, library.everything)
    due, new = cards[:20], cards[200:208]
    mixed = interleaved(due, new, library, Random(0))
    assert sorted(mixed) == sorted(due + new)
    places = [mixed.index(card) for card in new]
    assert max(places) - min(places) > 12


def test_neighbours_are_of_different_categories(library: Library) -> None:
    """Categories are interleaved wherever another one is near."""
    cards = [Card(term.id, SENSE) for term in library.terms.values() if SENSE in term.facets]
    picked = Random(3).sample(cards, 30)
    mixed = interleaved(picked, (), library, Random(0))
    categories = [library.terms[card.subject].category for card in mixed]
    assert sum(one == other for one, other in pairwise(categories)) <= 2


def test_interleaving_follows_its_seed(library: Library) -> None:
    """Same seed, same order; another one, another order."""
    cards = askable(library, library.everything)[:25]
    orders = [interleaved(cards, (), library, Random(seed)) for seed in (1, 1, 2)]
    assert orders[0] == orders[1] != orders[2]


# ── Laws ──


@settings(max_examples=25)
@given(
    st.lists(st.sampled_from(TERMS), min_size=1, max_size=6, unique=True),
    st.sampled_from([SENSE, NAME]),
    st.lists(st.sampled_from(["right", "wrong", "undo"]), min_size=40, max_size=40),
    st.sampled_from([DRILLS, (Format.CHOICE,), (Format.FLASHCARD,), (Format.CHOICE, Format.RECALL)]),
    st.integers(0, 3),
)
def test_every_session_ends(
    sit: Sit, terms: list[str], facet: Facet, turns: list[str], formats: tuple[Format, ...], seed: int
) -> None:
    """However one answers, a session asks each card, then ends, with what it drafted equal to what is remembered."""
    cards = [Card(term, facet) for term in terms]
    desk = sit(cards, learnt(*cards[::2], rating=HARD, on=-60), formats=formats, seed=str(seed))
    for turn in turns:
        if turn == "undo" and desk.session.can_undo:
            desk.undo()
        elif desk.card:
            desk.right() if turn == "right" else desk.wrong()
    for _ in range(60):
        if desk.card:
            desk.right()
    assert desk.session.question is None
    assert desk.session.history == desk.diary.history(desk.session.history.scheduler)
    if formats != (Format.CHOICE, Format.RECALL) or facet is NAME:
        assert {item.question.card for item in desk.session.answered} == set(cards)


def test_session_drafts_but_changes_no_memory(library: Library, lexicon: Lexicon) -> None:
    """A session only proposes: the history it was given is what it was."""
    history = History()
    cards = names(3)
    deck = Deck("d", "D", TERMS, drills=DRILLS)
    session = Session(
        library=library,
        deck=deck,
        history=history,
        cards=cards,
        poser=Poser(library, deck, "0"),
        random=Random(0),
        today=day(0),
        lexicon=lexicon,
        game=Game(library=library, deck=deck),
    )
    session.answer(DontKnow())
    assert history == History(history.scheduler)


def test_name_that_can_only_be_recognised_is_not_asked_for_ever(lexicon: Lexicon) -> None:
    """Where a definition can be masked among its like but not alone, the second recognition counts."""
    words = ("court", "long", "neuf", "ancien", "proche")
    terms = [
        Term(
            word,
            f"Appel {word}",
            "appels",
            Kind.CALL,
            1,
            f"Un appel, puis un appel, enfin un appel vers un numéro {number} déjà noté hier.",
            facets=(NAME,),
        )
        for number, word in enumerate(words)
    ]
    deck = Deck("d", "D", words, drills=DRILLS)
    library = Library(
        {term.id: term for term in terms}, {"d": deck}, {"appels": Category("appels", "Appels")}
    )
    desk = Desk(library, lexicon, [Card("court", NAME)])
    ratings: list[Rating | None] = []
    while desk.card and len(ratings) < 9:
        assert isinstance(desk.session.question, Pick)
        ratings.append(desk.right().rating)
    assert ratings == [None, GOOD]

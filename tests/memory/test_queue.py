"""What is asked today: what is due, what is owed, what is new, and what waits for a sibling."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.reviews import Diary, card, day
from trainer.glossary.decks import Format
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card
from trainer.memory.history import History
from trainer.memory.queue import NEW_PER_DAY, Plan, plan
from trainer.memory.reviews import Rating
from trainer.memory.schedule import Schedule

AGAIN, HARD, GOOD, EASY = Rating
SENSE, NAME, WORDS = Facet.MEANING, Facet.NAMING, Facet.EXPANSION


def deck_of(subjects: int, *facets: Facet) -> list[Card]:
    """The cards of that many terms, term by term."""
    return [Card(f"t{number:02}", facet) for number in range(subjects) for facet in facets or (SENSE, NAME)]


def scheduled(**due: int) -> History:
    """A history in which the sense of each subject was last answered twenty days ago and is due on a day."""
    history = History()
    for subject, number in due.items():
        history.schedules[card(subject)] = Schedule(9, 5, day(-20), day(number))
        history.introduced[subject] = history.answered[subject] = day(-20)
    return history


# ── New terms ──


def test_new_terms_stop_at_the_limit() -> None:
    """On the first day, eight terms of a long deck are begun, in its order, one card each."""
    cards = deck_of(20)
    today = plan(cards, History(), day(0))
    assert [each.subject for each in today.new] == [f"t{number:02}" for number in range(NEW_PER_DAY)]
    assert today.due == today.waiting == ()


def test_limit_of_new_terms_holds_across_sessions() -> None:
    """What was begun among these cards earlier in the day leaves less room for the rest of it."""
    diary, cards = Diary(), deck_of(20)
    for each in plan(cards, diary.history(), day(0), 4).new[:2]:
        diary.review(each, GOOD, 0)
    left = plan(cards, diary.history(), day(0), 4).new
    assert [each.subject for each in left] == ["t02", "t03"]
    for each in left:
        diary.review(each, None, 0, form=Format.CHOICE)
    assert plan(cards, diary.history(), day(0), 4).new == ()


def test_what_was_begun_elsewhere_takes_no_room() -> None:
    """A deck has new words of its own, and so have its further facets; of a part of it, all of the deck counts."""
    diary, cards = Diary(), deck_of(20)
    for number in range(9):
        diary.review(card(f"elsewhere{number}"), GOOD, 0)
    assert len(plan(cards, diary.history(), day(0)).new) == NEW_PER_DAY
    for number in range(9):
        diary.review(card(f"elsewhere{number}", NAME), GOOD, 1)
    for each in cards[0:8:2]:
        diary.review(each, EASY, 0)
    assert len(plan(cards, diary.history(), day(1), 4).new) == 8
    part = [each for each in cards if each.facet is NAME]
    assert plan(part, diary.history(), day(0), 4, counted=cards).new == ()


NEEDS = {"q": ("t01", "t03", "elsewhere")}


@pytest.mark.parametrize(("limit", "asked"), [(4, False), (5, True)])
def test_question_waits_for_the_terms_it_needs(limit: int, asked: bool) -> None:
    """It is begun with the last of them, and never before; a term that no card teaches is not waited for."""
    cards = [card("q", Facet.QUESTION), *deck_of(4, SENSE)]
    new = plan([*cards[1:], cards[0]], History(), day(0), limit, NEEDS).new
    assert (cards[0] in new) is asked
    assert cards[0] not in plan(cards, History(), day(0), limit, NEEDS).new
    known = scheduled(t01=9, t03=9)
    assert cards[0] in plan(cards, known, day(0), 1, NEEDS).new


def test_due_question_waits_for_terms_that_are_not_begun() -> None:
    """Begun in a deck that does not teach them, it is not asked where they are taught before they are begun."""
    question, history = card("q", Facet.QUESTION), scheduled(t01=9)
    history.schedules[question] = Schedule(9, 5, day(-20), day(-3))
    history.introduced["q"] = history.answered["q"] = day(-20)
    assert plan([question], history, day(0), needs=NEEDS).due == (question,)
    found = plan([question, *deck_of(4, SENSE)], history, day(0), needs=NEEDS)
    assert (found.due, found.waiting) == ((), (question,))
    history.introduced["t03"] = history.answered["t03"] = day(-1)
    assert plan([question, *deck_of(4, SENSE)], history, day(0), needs=NEEDS).due == (question,)


def test_limit_counts_each_day_anew() -> None:
    """The next day has its own new terms."""
    diary, cards = Diary(), deck_of(12, SENSE)
    for each in plan(cards, diary.history(), day(0), 3).new:
        diary.review(each, EASY, 0)
    assert [each.subject for each in plan(cards, diary.history(), day(1), 3).new] == ["t03", "t04", "t05"]


def test_lowered_limit_leaves_no_room() -> None:
    """More begun than a deck allows is no trouble: nothing new comes."""
    diary, cards = Diary(), deck_of(9)
    for each in plan(cards, diary.history(), day(0)).new:
        diary.review(each, GOOD, 0)
    assert plan(cards, diary.history(), day(0), 2).new == ()


def test_retracted_beginning_leaves_its_room() -> None:
    """A new card whose answer was taken back is new again, and counts no more."""
    diary, cards = Diary(), deck_of(9, SENSE)
    first = diary.review(cards[0], GOOD, 0)
    assert len(plan(cards, diary.history(), day(0), 3).new) == 2
    diary.retract(first)
    assert plan(cards, diary.history(), day(0), 3).new == tuple(cards[:3])


def test_new_term_is_asked_from_one_side_only() -> None:
    """Siblings are kept apart from the start, and not every term begins with the same facet."""
    new = plan(deck_of(8, SENSE, NAME, WORDS), History(), day(0)).new
    assert len({each.subject for each in new}) == len(new) == 8
    assert {each.facet for each in new} == {SENSE, NAME, WORDS}


def test_further_facets_come_on_later_days() -> None:
    """The other sides of a term wait until the day after its last answer, one side a day."""
    diary, cards = Diary(), deck_of(1, SENSE, NAME, WORDS)
    diary.review(cards[0], EASY, 0)
    assert plan(cards, diary.history(), day(0)).new == ()
    assert plan(cards, diary.history(), day(1)).new == (cards[1],)
    diary.review(cards[1], EASY, 1)
    assert plan(cards, diary.history(), day(1)).new == ()
    assert plan(cards, diary.history(), day(2)).new == (cards[2],)


def test_further_facets_are_limited_too() -> None:
    """As many further facets a day as new terms, beside the new terms, across sessions."""
    diary, cards = Diary(), deck_of(12)
    for each in cards[:12:2]:
        diary.review(each, EASY, 0)
    first = plan(cards, diary.history(), day(1), 4)
    assert [each.facet for each in first.new[:4]] == [NAME] * 4
    assert [each.subject for each in first.new[4:]] == ["t06", "t07", "t08", "t09"]
    for each in (*first.new[:3], *first.new[4:6]):
        diary.review(each, EASY, 1)
    rest = plan(cards, diary.history(), day(1), 4)
    assert [each.subject for each in rest.new] == ["t03", "t08", "t09"]


def test_facet_does_not_join_a_sibling_that_is_due() -> None:
    """No new side of a term is begun on a day when another side of it is reviewed."""
    history = scheduled(t00=0)
    assert plan(deck_of(1), history, day(0)) == Plan(due=(card("t00"),))
    history = scheduled(t00=1)
    assert plan(deck_of(1), history, day(0)) == Plan(new=(card("t00", NAME),))


# ── Due cards ──


def test_nothing_is_asked_before_it_is_due() -> None:
    """A card due tomorrow stays out; one due today is in."""
    cards = deck_of(2, SENSE)
    assert plan(cards, scheduled(t00=1, t01=0), day(0)) == Plan(due=(card("t01"),))


def test_longest_overdue_comes_first() -> None:
    """Due cards are ordered by due day, then as in the deck."""
    cards = deck_of(5, SENSE)
    history = scheduled(t00=0, t01=-3, t02=-10, t03=0, t04=-3)
    assert [each.subject for each in plan(cards, history, day(0)).due] == ["t02", "t01", "t04", "t00", "t03"]


def test_siblings_due_on_one_day_are_kept_apart() -> None:
    """Of two sides of a term due today one waits, and comes first tomorrow, when it is overdue."""
    cards, history = deck_of(1), scheduled(t00=0)
    history.schedules[cards[1]] = Schedule(9, 5, day(-20), day(0))
    assert plan(cards, history, day(0)) == Plan(due=(cards[0],), waiting=(cards[1],))
    history.schedules[cards[0]] = Schedule(9, 5, day(0), day(9))
    history.answered["t00"] = day(0)
    assert plan(cards, history, day(0)) == Plan(waiting=(cards[1],))
    assert plan(cards, history, day(1)) == Plan(due=(cards[1],))


def test_overdue_siblings_never_wait() -> None:
    """Two sides of a term that are both overdue are both asked, and so is the one whose sibling was just answered."""
    cards, history = deck_of(1), scheduled(t00=-1)
    history.schedules[cards[1]] = Schedule(9, 5, day(-20), day(-2))
    assert plan(cards, history, day(0)) == Plan(due=(cards[1], cards[0]))
    history.schedules[cards[1]] = Schedule(9, 5, day(0), day(9))
    history.answered["t00"] = day(0)
    assert plan(cards, history, day(0)) == Plan(due=(cards[0],))


def test_failed_card_comes_back_the_same_day() -> None:
    """A card failed today is still due today, though its term was answered today, and it stays due until it is known."""
    diary, cards = Diary(), deck_of(1)
    diary.review(cards[0], AGAIN, 0)
    assert plan(cards, diary.history(), day(0)) == Plan(due=(cards[0],))
    assert plan(cards, diary.history(), day(3)) == Plan(due=(cards[0],))
    diary.review(cards[0], GOOD, 0)
    assert plan(cards, diary.history(), day(0)) == Plan()


@pytest.mark.parametrize("later", [0, 1, 5])
def test_owed_card_comes_back_to_be_recalled(later: int) -> None:
    """A card that was recognised but not recalled is asked again, that day and any later one, as no new card."""
    diary, cards = Diary(), deck_of(3, SENSE)
    diary.review(cards[1], None, 0, form=Format.CHOICE)
    today = plan(cards, diary.history(), day(later), 1)
    assert today.due == (cards[1],)
    assert today.new == ((cards[0],) if later else ())


def test_owed_card_takes_its_place_among_the_overdue() -> None:
    """It counts as due since the day it was recognised."""
    history = scheduled(t00=-1, t02=-9)
    history.owed.add(card("t01"))
    history.introduced["t01"] = history.answered["t01"] = day(-4)
    due = plan(deck_of(3, SENSE), history, day(0)).due
    assert [each.subject for each in due] == ["t02", "t01", "t00"]


def test_card_of_another_deck_is_not_asked() -> None:
    """Only what the deck holds is asked, due or owed elsewhere or not."""
    history = scheduled(elsewhere=-5)
    history.owed.add(card("owed"))
    assert plan(deck_of(1, SENSE), history, day(0)) == Plan(new=(card("t00"),))


def test_wrong_pair_brings_a_card_back_today() -> None:
    """A card that was not due is due after a mistake in the matching game."""
    diary, cards = Diary(), deck_of(1, WORDS)
    diary.review(cards[0], EASY, 0)
    assert plan(cards, diary.history(), day(1)) == Plan()
    diary.review(cards[0], None, 1, correct=False, form=Format.MATCH)
    assert plan(cards, diary.history(), day(1)) == Plan(due=(cards[0],))


def test_plan_depends_on_nothing_but_its_arguments() -> None:
    """The same deck, history and day give the same plan, however the history was put together."""
    cards = deck_of(30, SENSE, NAME, WORDS)
    diary = Diary()
    for number, each in enumerate(cards[:40]):
        diary.review(each, (AGAIN, GOOD, None, EASY)[number % 4], number % 7)
    backwards = Diary()
    backwards.facts = diary.facts[::-1]
    first = plan(cards, diary.history(), day(7))
    assert first.cards and first == plan(cards, backwards.history(), day(7))


@given(
    st.lists(
        st.tuples(st.integers(0, 11), st.none() | st.sampled_from(list(Rating)), st.integers(0, 6)),
        max_size=25,
    ),
    st.integers(0, 12),
    st.integers(0, 6),
)
def test_plan_asks_each_card_once_and_keeps_siblings_apart(
    answers: list[tuple[int, Rating | None, int]], today: int, limit: int
) -> None:
    """Whatever happened before: no card twice, new cards are new and few, siblings meet only overdue or begun."""
    cards, diary = deck_of(6), Diary()
    for which, rating, on in sorted(answers, key=lambda answer: answer[2]):
        if on <= today:
            diary.review(cards[which], rating, on)
    history = diary.history()
    found = plan(cards, history, day(today), limit)
    everything = found.cards + found.waiting
    assert len(set(everything)) == len(everything)
    assert all(history.is_new(each) for each in found.new)
    fresh = {each.subject for each in found.new if each.subject not in history.introduced}
    begun = sum(on == day(today) for on in history.introduced.values())
    assert len(fresh) <= max(limit - begun, 0)
    for each in found.cards:
        schedule = history.schedule(each)
        alone = all(other == each or other.subject != each.subject for other in found.cards)
        begun_card = each in history.owed or (schedule is not None and schedule.relearning)
        overdue = schedule is not None and schedule.due <= day(today) - timedelta(days=1)
        first = next(other for other in found.cards if other.subject == each.subject)
        assert alone or begun_card or overdue or first == each


# ── Clocks that were wrong ──


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from([AGAIN, GOOD, EASY]), st.integers(-4000, 4000)),
        max_size=8,
    )
)
def test_no_clock_keeps_a_card_away_for_longer_than_an_interval(
    answers: list[tuple[int, Rating, int]],
) -> None:
    """Whatever days the answers bear, within a year of the last one in order every card that was answered is asked."""
    diary, cards = Diary(), deck_of(4, SENSE)
    for subject, rating, on in answers:
        diary.review(cards[subject], rating, on)
    history = diary.history()
    asked = {each for number in range(366) for each in plan(cards, history, day(number)).due}
    for each in {cards[subject] for subject, _, _ in answers}:
        schedule = history.schedules[each]
        assert each in asked or schedule.due > day(365) >= schedule.last


def test_further_facets_do_not_wait_for_a_clock_that_was_ahead() -> None:
    """What was answered ten years from now holds back none of the subject's other cards; tomorrow's answer does."""
    for ahead, begun in ((3650, (card("t00", NAME),)), (1, ())):
        diary, cards = Diary(), deck_of(1)
        diary.review(cards[0], None, ahead, form=Format.MATCH)
        diary.review(cards[0], EASY, ahead)
        diary.review(cards[0], EASY, ahead)
        history = diary.history()
        history.schedules[cards[0]] = history.schedules[cards[0]]._replace(last=day(-1), due=day(9))
        assert plan(cards, history, day(0)).new == begun

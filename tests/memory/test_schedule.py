"""From reviews to schedules: the authors' vectors of FSRS-6, study days, and the laws of a replay."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.helpers import DATA
from tests.helpers.reviews import MONDAY, Diary, card, day
from trainer.glossary.decks import Format
from trainer.glossary.terms import Facet
from trainer.memory.calendar import study_day
from trainer.memory.history import Confusion, History, replay
from trainer.memory.reviews import Fact, Rating, Retraction, Review
from trainer.memory.schedule import LEECH_LAPSES, LONGEST, Schedule, Scheduler

VECTORS: dict[str, Any] = json.loads((DATA / "fsrs.json").read_text(encoding="utf-8"))
AGAIN, HARD, GOOD, EASY = Rating
DMT = card("dmt")
CARDS = (DMT, card("dmt", Facet.NAMING), card("dmc"), card("svi", Facet.EXPANSION))
PARIS = ZoneInfo("Europe/Paris")
SCHEDULER = Scheduler()


def recited(
    history: Sequence[tuple[int, int]], scheduler: Scheduler = SCHEDULER, start: date = MONDAY
) -> Schedule:
    """The schedule after reviews given as (rating, days since the one before)."""
    schedule, today = None, start
    for rating, elapsed in history:
        today += timedelta(days=elapsed)
        schedule = scheduler.after(schedule, Rating(rating), today)
    assert schedule is not None
    return schedule


def seen(stability: float, difficulty: float) -> Schedule:
    """A schedule last reviewed on the first day."""
    return Schedule(stability, difficulty, day(0), day(1))


# ── What the authors of FSRS published ──


def test_the_parameters_are_those_of_fsrs_6() -> None:
    """Without other parameters, the published defaults are used, to their four decimals."""
    assert SCHEDULER.settings[0] == pytest.approx(VECTORS["default_w"]["w"], abs=1e-6)


@pytest.mark.parametrize("rating", list(Rating))
def test_first_review_gives_the_initial_memory(rating: Rating) -> None:
    """Stability and difficulty after one review are the published ones of each grade."""
    schedule = SCHEDULER.after(None, rating, day(0))
    assert schedule.stability == pytest.approx(VECTORS["initial"]["S"][rating - 1], abs=1e-4)
    assert schedule.difficulty == pytest.approx(VECTORS["initial"]["D"][rating - 1], abs=1e-4)


@pytest.mark.parametrize("vector", VECTORS["memo"][:2], ids=["default", "without-short-term"])
def test_replayed_reviews_give_the_published_memory(vector: dict[str, Any]) -> None:
    """A failure and a success on one day, then successes 1, 3, 8 and 21 days later, by way of the journal."""
    parameters = list(SCHEDULER.settings[0])
    if "w17_19" in vector:
        parameters[17:20] = [vector["w17_19"]] * 3
    diary, today = Diary(), 0
    for rating, elapsed in zip(vector["ratings"], vector["dt"], strict=True):
        today += elapsed
        diary.review(DMT, Rating(rating), today)
    schedule = diary.history(Scheduler(parameters)).schedules[DMT]
    assert schedule.stability == pytest.approx(vector["S"], abs=1e-4)
    assert schedule.difficulty == pytest.approx(vector["D"], abs=1e-4)


def test_all_grades_give_the_published_memory() -> None:
    """A sequence that holds every grade, same-day Hard included, agrees with go-fsrs."""
    vector = VECTORS["memo"][2]
    schedule = recited(list(zip(vector["ratings"], vector["dt"], strict=True)))
    assert schedule.stability == pytest.approx(vector["S"], abs=1e-3)
    assert schedule.difficulty == pytest.approx(vector["D"], abs=1e-4)


@pytest.mark.parametrize("index", range(6))
def test_two_reviews_give_the_published_memory(index: int) -> None:
    """Two reviews a day or two apart agree with the optimiser's own model."""
    vector = VECTORS["two_step"]
    schedule = recited([(rating, elapsed) for rating, elapsed in vector["hist"][index]])
    assert schedule.stability == pytest.approx(vector["S"][index], abs=1e-4)
    assert schedule.difficulty == pytest.approx(vector["D"][index], abs=1e-4)


@pytest.mark.parametrize("rating", list(Rating))
def test_same_day_review_moves_stability_as_published(rating: Rating) -> None:
    """A review on the day of the last one uses the short-term formula."""
    schedule = SCHEDULER.after(seen(VECTORS["s_short"]["S0"], 5), rating, day(0))
    assert schedule.stability == pytest.approx(VECTORS["s_short"]["S"][rating - 1], abs=1e-4)


@pytest.mark.parametrize("rating", list(Rating))
def test_difficulty_moves_as_published(rating: Rating) -> None:
    """The next difficulty depends on the grade as in the reference."""
    schedule = SCHEDULER.after(seen(5, VECTORS["next_d"]["D0"]), rating, day(5))
    assert schedule.difficulty == pytest.approx(VECTORS["next_d"]["D"][rating - 1], abs=1e-4)


def test_forgetting_shrinks_stability_as_published() -> None:
    """After as many days as its stability a card is at 0.9, from where a failure leaves the published stability."""
    vector = VECTORS["s_forget"]
    schedule = SCHEDULER.after(seen(vector["S0"], vector["D"][0]), AGAIN, day(vector["S0"]))
    assert schedule.stability == pytest.approx(vector["S"][0], abs=1e-4)


@pytest.mark.parametrize("index", range(6))
def test_retrievability_follows_the_published_curve(index: int) -> None:
    """The chance of remembering falls with the days as in the reference."""
    curve = VECTORS["curve"]
    believed = SCHEDULER.retrievability(seen(curve["S"][index], 5), day(curve["t"][index]))
    assert believed == pytest.approx(curve["R"][index], abs=1e-5)


def test_reviews_at_due_give_the_published_intervals() -> None:
    """A card that is learnt in two steps and always known when due comes back after 2, 11, 46, 163 and 498 days."""
    vector = VECTORS["intervals_with_steps"]
    scheduler = Scheduler(longest=36500)
    schedule, intervals = scheduler.after(None, GOOD, day(0)), [0]
    today = schedule.last
    for rating in vector["ratings"][1:6]:
        schedule = scheduler.after(schedule, Rating(rating), today)
        today = schedule.due
        intervals.append((schedule.due - schedule.last).days)
    assert intervals == vector["days"][:6]


def test_parameters_of_fsrs_5_are_completed() -> None:
    """The 19 parameters of FSRS-5 give the published memory, and forgetting at the pace of FSRS-5."""
    vector = VECTORS["params19"]
    scheduler = Scheduler(vector["w"])
    before = recited(vector["hist"][:-1], scheduler)
    at = before.last + timedelta(days=vector["hist"][-1][1])
    for rating, (stability, difficulty) in zip(Rating, vector["next_at_21"].values(), strict=True):
        after = scheduler.after(before, rating, at)
        assert after.stability == pytest.approx(stability, abs=1e-3)
        assert after.difficulty == pytest.approx(difficulty, abs=1e-3)
    tenth = seen(10, 5)
    assert scheduler.retrievability(tenth, day(10)) == pytest.approx(0.9)
    assert scheduler.retrievability(tenth, day(100)) == pytest.approx((1 + 19 / 81 * 10) ** -0.5, abs=1e-4)


# ── Due dates ──

days = st.integers(0, 3000).map(day)
ratings = st.sampled_from(list(Rating))
schedules = st.builds(
    lambda stability, difficulty, last, wait, relearning, lapses: Schedule(
        stability, difficulty, last, last + timedelta(days=0 if relearning else wait), relearning, 9, lapses
    ),
    st.floats(0.01, 5000),
    st.floats(1, 10),
    days,
    st.integers(1, LONGEST),
    st.booleans(),
    st.integers(0, 6),
)


@given(st.none() | schedules, ratings, days)
@example(seen(0.01, 10), HARD, day(0))
def test_due_day_is_after_the_review_of_any_success(
    schedule: Schedule | None, rating: Rating, today: date
) -> None:
    """Whatever came before, and whatever the clock says, a success is due 1 to 365 days later, a failure at once."""
    after = SCHEDULER.after(schedule, rating, today)
    wait = (after.due - today).days
    assert after.last == today
    assert wait == 0 if rating is AGAIN else 1 <= wait <= LONGEST


@given(st.none() | schedules, days)
def test_better_grades_never_come_back_sooner(schedule: Schedule | None, today: date) -> None:
    """The four delays shown on a flashcard grow, or stay, with the grade."""
    waits = list(SCHEDULER.intervals(schedule, today).values())
    assert waits == sorted(waits)


@given(st.none() | schedules, ratings, st.integers(-3, 400))
def test_promised_intervals_are_kept(schedule: Schedule | None, rating: Rating, later: int) -> None:
    """What a grade is said to lead to is what an answer with that grade then does, practice of the day included."""
    today = (schedule.last if schedule else day(0)) + timedelta(days=later)
    promised = SCHEDULER.intervals(schedule, today)[rating]
    history = History(SCHEDULER, {DMT: schedule} if schedule else {})
    history.apply(Diary().review(DMT, rating, 0)._replace(day=today))
    assert (history.schedules[DMT].due - today).days == promised


def test_long_absence_counts_a_year_at_most() -> None:
    """Ten years without an answer weigh no more than the longest delay: a wrong clock cannot inflate a memory."""
    known = seen(300, 5)
    decade = SCHEDULER.after(known, GOOD, day(3650))
    assert decade.stability == SCHEDULER.after(known, GOOD, day(LONGEST + 1)).stability


def test_clock_that_jumps_back_counts_no_days() -> None:
    """A review dated before the last one is scheduled from its own day, with no days elapsed."""
    known = recited([(GOOD, 0), (GOOD, 2)], start=day(10))
    early = SCHEDULER.after(known, GOOD, day(3))
    assert early.last == day(3)
    assert early.due > day(3)
    assert early.stability == SCHEDULER.after(known, GOOD, known.last).stability


def test_review_dated_tomorrow_counts_as_made_today() -> None:
    """In another time zone the day may already be the next one: the card waits as long as if answered today."""
    ahead = SCHEDULER.after(None, EASY, day(1))
    assert ahead.due_on(day(0)) - day(0) == ahead.due - day(1) > timedelta(days=1)
    assert not ahead.is_due(day(0))
    assert ahead.due_on(day(1)) == ahead.due_on(day(400)) == ahead.due
    assert SCHEDULER.retrievability(ahead, day(0)) == 1


@pytest.mark.parametrize("years", [1, 10, 70])
def test_review_of_a_clock_that_was_years_ahead_keeps_no_card_away(years: int) -> None:
    """Nobody knows when it was answered: the card is due now, and scheduled from the day it is answered again."""
    ahead = SCHEDULER.after(None, EASY, day(365 * years))
    assert ahead.is_due(day(0))
    assert ahead.due_on(day(0)) == day(0)
    again = SCHEDULER.after(ahead, GOOD, day(0))
    assert again.last == day(0)
    assert day(0) < again.due <= day(LONGEST)
    assert not again.is_due(day(0))


def test_lapse_is_counted_once_until_relearnt() -> None:
    """Failing again before the next success is the same lapse; five lapses make a leech."""
    schedule = recited([(AGAIN, 0), (AGAIN, 1)])
    assert (schedule.lapses, schedule.relearning) == (0, True)
    for lapse in range(1, LEECH_LAPSES + 1):
        assert not schedule.is_leech
        for rating in (GOOD, AGAIN, AGAIN):
            schedule = SCHEDULER.after(schedule, rating, schedule.last + timedelta(days=1))
        assert schedule.lapses == lapse
    assert schedule.is_leech


def test_a_day_is_one_lapse_at_most() -> None:
    """Known, failed, known and failed again within a day is no leech; it is one lapse if it was known the day before."""
    answers = [(GOOD, 0), (AGAIN, 0), (GOOD, 0), (AGAIN, 0)]
    assert recited(answers).lapses == 0
    assert recited([*answers, (GOOD, 0), (AGAIN, 1), (GOOD, 0), (AGAIN, 0)]).lapses == 1


@pytest.mark.parametrize("retention", [0.85, 0.95])
def test_desired_retention_is_reached_when_due(retention: float) -> None:
    """A card comes back about when the chance of remembering it has fallen to what is wanted."""
    scheduler = Scheduler(retention=retention)
    schedule = recited([(GOOD, 0), (GOOD, 3), (GOOD, 9)], scheduler)
    assert scheduler.retrievability(schedule, schedule.due) == pytest.approx(retention, abs=0.01)


# ── Study days ──


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        pytest.param(datetime(2026, 11, 3, 2, 59, 59, tzinfo=UTC), date(2026, 11, 2), id="3:59 in winter"),
        pytest.param(datetime(2026, 11, 3, 3, 0, tzinfo=UTC), date(2026, 11, 3), id="4:00 in winter"),
        pytest.param(datetime(2026, 7, 3, 1, 59, 59, tzinfo=UTC), date(2026, 7, 2), id="3:59 in summer"),
        pytest.param(datetime(2026, 7, 3, 2, 0, tzinfo=UTC), date(2026, 7, 3), id="4:00 in summer"),
        pytest.param(datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 28), id="before the hour lost"),
        pytest.param(datetime(2026, 3, 29, 1, 59, tzinfo=UTC), date(2026, 3, 28), id="after the hour lost"),
        pytest.param(datetime(2026, 3, 29, 2, 0, tzinfo=UTC), date(2026, 3, 29), id="4:00 in March"),
        pytest.param(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 24), id="2:30, first time"),
        pytest.param(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), date(2026, 10, 24), id="2:30, second time"),
        pytest.param(datetime(2026, 10, 25, 2, 59, tzinfo=UTC), date(2026, 10, 24), id="3:59 in October"),
        pytest.param(datetime(2026, 10, 25, 3, 0, tzinfo=UTC), date(2026, 10, 25), id="4:00 in October"),
        pytest.param(datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2026, 12, 31), id="New Year's night"),
    ],
)
def test_study_day_begins_at_four_local_time(instant: datetime, expected: date) -> None:
    """A night belongs to the day before until four o'clock on the wall, on the nights the hour changes too."""
    assert study_day(instant, PARIS) == expected


def test_study_day_is_that_of_the_learner() -> None:
    """The same instant is another day elsewhere."""
    instant = datetime(2026, 11, 2, 12, tzinfo=UTC)
    assert study_day(instant, ZoneInfo("Pacific/Auckland")) == date(2026, 11, 2)
    assert study_day(instant + timedelta(hours=4), ZoneInfo("Pacific/Auckland")) == date(2026, 11, 3)


# ── Laws of the replay ──


@st.composite
def journals(draw: st.DrawFn) -> list[Fact]:
    """Facts of two machines about four cards, with practice, games, retractions and clocks that go back."""
    facts: list[Fact] = []
    for device in ("poste-1", "poste-2"):
        diary = Diary(device)
        for _ in range(draw(st.integers(0, 7))):
            rating = draw(st.none() | ratings)
            diary.review(
                draw(st.sampled_from(CARDS)),
                rating,
                draw(st.integers(0, 9)),
                correct=draw(st.booleans()) if rating is None else None,
                form=draw(st.sampled_from(list(Format))) if rating is None else Format.RECALL,
                chosen=draw(st.sampled_from(["", "dmc"])),
            )
        facts += diary.facts
    return facts


def undone(facts: Sequence[Fact], which: int) -> Retraction:
    """The retraction of one of the facts, as a third machine would write it."""
    fact = facts[which % len(facts)]
    return Retraction("poste-3-1", 99, "poste-3", fact.id, fact.at)


@settings(max_examples=50)
@given(journals(), st.randoms(use_true_random=False), st.integers(0, 20))
def test_replay_depends_on_neither_order_nor_repetition(
    facts: list[Fact], random: Random, which: int
) -> None:
    """The same facts, shuffled, some of them several times, a retraction before what it retracts: one history."""
    if facts:
        facts = [*facts, undone(facts, which)]
    shuffled = [*facts, *random.choices(facts, k=len(facts))] if facts else []
    random.shuffle(shuffled)
    assert replay(shuffled, SCHEDULER) == replay(facts, SCHEDULER)


@settings(max_examples=50)
@given(journals(), st.integers(0, 20))
def test_retracted_review_never_happened(facts: list[Fact], which: int) -> None:
    """Taking a review back leaves the history that there would be without it, but for the numbering."""
    if not facts:
        return
    retraction = undone(facts, which)
    without = replay([fact for fact in facts if fact.id != retraction.of], SCHEDULER)
    after = replay([retraction, *facts], SCHEDULER)
    assert after.counter == retraction.counter
    without.counter = after.counter
    assert after == without


@settings(max_examples=50)
@given(journals())
def test_practice_changes_no_schedule(facts: list[Fact]) -> None:
    """Answers without a grade, and right pairs, leave every due date and every memory where it was."""

    def is_practice(fact: Fact) -> bool:
        return isinstance(fact, Review) and fact.rating is None

    rated = [fact for fact in facts if not is_practice(fact)]
    practised = [fact for fact in facts if not (isinstance(fact, Review) and fact.format is Format.MATCH)]
    right = [
        fact
        for fact in facts
        if not (isinstance(fact, Review) and fact.format is Format.MATCH and not fact.correct)
    ]
    expected = replay(rated, SCHEDULER).schedules
    assert replay(practised, SCHEDULER).schedules == expected
    assert replay(right, SCHEDULER).schedules == expected


@given(st.none() | schedules, st.lists(ratings, min_size=1, max_size=6))
def test_first_answer_every_failure_and_first_success_after_one_are_reviews(
    schedule: Schedule | None, answers: list[Rating]
) -> None:
    """Of a day's answers to a card: a success after a failure counts as Good, one after a success not at all."""
    today = schedule.last + timedelta(days=4) if schedule else day(0)
    expected = SCHEDULER.after(schedule, answers[0], today)
    for last, answer in pairwise(answers):
        if answer is AGAIN:
            expected = SCHEDULER.after(expected, AGAIN, today)
        elif last is AGAIN:
            expected = SCHEDULER.after(expected, GOOD, today)
    history = History(SCHEDULER, {DMT: schedule} if schedule else {})
    for answer in answers:
        history.apply(Diary().review(DMT, answer, 0)._replace(day=today))
    assert history.schedules[DMT] == expected


FLOOR = 0.001
"""Days of stability below which FSRS-6 lets no card fall."""
FRAIL = Schedule(0.015625, 1.0, day(0), day(1), relearning=False, reviews=9, lapses=0)
"""A card that five failures bring there."""


@example(FRAIL, 4)
@example(FRAIL, 5)
@given(schedules, st.integers(1, 5))
def test_every_failure_of_a_day_is_told_to_the_memory(schedule: Schedule, failures: int) -> None:
    """The more often a card fails before it is known again, the less is believed of it the day after, down to the floor."""
    today = schedule.last + timedelta(days=4)

    def after(answers: list[Rating]) -> Schedule:
        history = History(SCHEDULER, {DMT: schedule})
        for answer in answers:
            history.apply(Diary().review(DMT, answer, 0)._replace(day=today))
        return history.schedules[DMT]

    def tomorrow(count: int) -> float:
        return SCHEDULER.retrievability(after([AGAIN] * count + [GOOD]), today + timedelta(days=1))

    if after([AGAIN] * failures).stability > FLOOR * 1.001:
        assert tomorrow(failures + 1) < tomorrow(failures)
    else:
        assert tomorrow(failures + 1) == pytest.approx(tomorrow(failures))


def test_replay_continues_where_the_numbering_stopped() -> None:
    """The counter is that of the last fact, retractions included, so that the next one comes after all."""
    diary = Diary()
    diary.retract(diary.review(DMT, GOOD, 0))
    history = diary.history()
    assert (history.counter, history.schedules, history.days) == (2, {}, {})


def test_replay_follows_the_numbering_whatever_the_clock_says() -> None:
    """An answer written down later is later, even if the clock had gone back by a day."""
    diary = Diary()
    diary.review(DMT, GOOD, 5)
    diary.review(DMT, AGAIN, 4)
    assert diary.history().schedules[DMT].relearning
    assert diary.history().answered == {"dmt": day(4)}


# ── What else a history knows ──


def test_wrong_pair_makes_a_scheduled_card_due_and_rates_nothing() -> None:
    """A mistake in the matching game brings the card back today without touching the memory of it."""
    diary = Diary()
    diary.review(DMT, EASY, 0)
    before = diary.history(SCHEDULER).schedules[DMT]
    diary.review(DMT, None, 1, correct=False, form=Format.MATCH, chosen="dmc")
    history = diary.history(SCHEDULER)
    assert history.schedules[DMT] == before._replace(due=day(1))
    assert history.confusions == {("dmt", "dmc"): Confusion(1, day(1), 1, 0)}


def test_matching_never_begins_a_card() -> None:
    """A card that was only met in the game is still new, whatever the pair."""
    diary = Diary()
    for correct in (True, False):
        diary.review(DMT, None, 0, correct=correct, form=Format.MATCH)
    history = diary.history()
    assert history.is_new(DMT)
    assert (history.schedules, history.owed, history.begun, history.introduced) == ({}, set(), {}, {})


def test_recognised_card_is_owed_until_it_is_rated() -> None:
    """A right choice on a new card leaves it without a schedule, no longer new, until a recall counts for good."""
    diary = Diary()
    diary.review(DMT, None, 0, form=Format.CHOICE)
    history = diary.history()
    assert (history.owed, history.schedules) == ({DMT}, {})
    assert not history.is_new(DMT)
    diary.review(DMT, GOOD, 0)
    diary.review(DMT, None, 1, form=Format.CHOICE)
    history = diary.history()
    assert (history.owed, set(history.schedules)) == (set(), {DMT})
    assert history.begun == {day(0): 1}

"""When answers are forgotten: never on one look, never on a jumping clock, never while somebody answers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trainer.memory.expiry import LONGEST_GAP, NOTICE, SIGHTINGS, Fate, Mark, expiry, weigh

LAST = date(2026, 3, 2)
GONE = date(2027, 3, 2)
DAY = timedelta(days=1)

days = st.dates(date(1970, 1, 1), date(9000, 12, 31))
near = st.dates(date(2026, 1, 1), date(2029, 12, 31))
marks = st.none() | st.builds(Mark, near, near, st.integers(-3, 9))


def look(*days: date, last: date = LAST, months: int = 12) -> tuple[Fate, Mark | None]:
    """What comes of looking on these days, one after the other."""
    fate, mark = Fate.KEPT, None
    for day in days:
        fate, mark = weigh(last, day, months, mark)
    return fate, mark


@pytest.mark.parametrize(
    ("last", "months", "expected"),
    [
        (date(2026, 3, 2), 12, date(2027, 3, 2)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(9999, 12, 1), 1, date.max),
    ],
)
def test_months_are_counted_in_the_calendar(last: date, months: int, expected: date) -> None:
    """The same day of the month, or the last one there is."""
    assert expiry(last, months) == expected


def test_answers_are_announced_then_erased() -> None:
    """Kept to the last day, announced for thirty, erased when three days have seen it."""
    assert look(GONE - DAY) == (Fate.KEPT, None)
    assert look(GONE) == (Fate.ANNOUNCED, Mark(GONE, GONE))
    seen = GONE + 10 * DAY
    assert look(GONE, seen, GONE + NOTICE - DAY)[0] is Fate.ANNOUNCED
    assert look(GONE, seen, GONE + NOTICE)[0] is Fate.ERASED


def test_an_answer_takes_the_announcement_back() -> None:
    """Whoever comes back is kept, and the grace begins anew when they leave for good."""
    mark = Mark(GONE, GONE + 20 * DAY, 2)
    assert weigh(GONE + DAY, GONE + 25 * DAY, 12, mark) == (Fate.KEPT, None)
    left = expiry(GONE + DAY, 12)
    assert weigh(GONE + DAY, left, 12, mark) == (Fate.ANNOUNCED, Mark(left, left))


def test_without_a_limit_or_a_sign_nothing_goes() -> None:
    """No limit, or a folder that says nothing of its age: kept."""
    late = date(2090, 1, 1)
    assert weigh(LAST, late, 0, Mark(GONE, late - DAY, 9)) == (Fate.KEPT, None)
    assert weigh(None, late, 12, Mark(GONE, late - DAY, 9)) == (Fate.KEPT, None)


@given(days, st.integers(0, 1200), days)
def test_one_look_never_erases(last: date, months: int, today: date) -> None:
    """Whatever the clock says."""
    assert weigh(last, today, months, None)[0] is not Fate.ERASED


@given(near, st.integers(0, 40), near, marks)
@example(LAST, 12, GONE + NOTICE, Mark(GONE, GONE, 2))
def test_nothing_is_erased_early(last: date, months: int, today: date, mark: Mark | None) -> None:
    """Not before the months and the grace are over, nor before enough days have seen it, however marks are spoilt."""
    fate, after = weigh(last, today, months, mark)
    if fate is Fate.ERASED:
        assert mark
        assert months
        assert expiry(last, months) <= mark.since
        assert today >= mark.since + NOTICE
        assert mark.times + (today > mark.seen) >= SIGHTINGS
        assert mark.seen <= today <= mark.seen + LONGEST_GAP
    else:
        assert (after is None) is (fate is Fate.KEPT)


@given(st.lists(near, max_size=8), st.integers(1, 24))
def test_a_clock_that_jumps_and_is_put_right_erases_nobody(wrong: list[date], months: int) -> None:
    """Looks on any wrong days, each followed by one on a right day on which the answers are young: no erasure, no mark."""
    today, mark = expiry(LAST, months) - DAY, None
    for day in wrong:
        fate, mark = weigh(LAST, day, months, mark)
        assert fate is not Fate.ERASED
        fate, mark = weigh(LAST, today, months, mark)
        assert (fate, mark) == (Fate.KEPT, None)


@given(st.lists(st.integers(int(LONGEST_GAP.days) + 1, 3000), max_size=20))
def test_jumps_ahead_are_no_witnesses(jumps: list[int]) -> None:
    """A clock that only ever leaps gathers no evidence."""
    day, seen = GONE, [GONE]
    for jump in jumps:
        day += timedelta(days=jump)
        seen.append(day)
    fate, mark = look(*seen)
    assert fate is Fate.ANNOUNCED
    assert mark == Mark(day, day)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=30))
def test_looking_often_in_one_day_counts_once(gaps: list[int]) -> None:
    """Sightings are days, not starts of the program; a regular watch does erase in the end."""
    seen = [GONE]
    for gap in gaps:
        seen.append(seen[-1] + timedelta(days=gap))
    fate, mark = look(*seen)
    assert mark
    assert mark.times == len(set(seen))
    assert (fate is Fate.ERASED) is (len(set(seen)) >= SIGHTINGS and seen[-1] >= GONE + NOTICE)

"""Reading published logs of reviews, and judging a rule on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.logs import Seen, auc, before, floor_loss, fold, gain, log_loss, read
from trainer.memory import schedule
from trainer.memory.reviews import Rating

AGAIN, _, GOOD, _ = Rating
NOWHERE = (0.0, 0.0, 0.0)
TWO_HARD_DAYS = """\
card_id,review_rating,review_time,review_duration
7,3,2024-03-02T09:00:00.000000+00:00,1500
7,1,2024-03-01T09:00:00.000000+00:00,1500
7,1,2024-03-01T09:05:00.000000+00:00,1500
7,3,2024-03-01T09:10:00.000000+00:00,1500
"""
THE_SAME_IN_ANKI = """\
id,cid,usn,ease,ivl,lastIvl,factor,time,type
1709283600000,7,1,1,-600,-60,0,1500,0
1709283900000,7,1,1,-600,-60,0,1500,0
1709284200000,7,1,3,1,-60,0,1500,0
1709284300000,7,1,0,1,-60,0,0,4
1709284400000,7,1,3,1,-60,0,1500,3
1709370000000,7,1,3,1,-60,0,1500,1
"""


@pytest.mark.parametrize("text", [TWO_HARD_DAYS, THE_SAME_IN_ANKI], ids=["py-fsrs", "Anki"])
def test_a_log_is_read_in_order_and_folded_by_each_rule(tmp_path: Path, text: str) -> None:
    """Cramming and rescheduling by hand are no answers; one failure more is believed less."""
    path = tmp_path / "log.csv"
    path.write_text(text, encoding="utf-8")
    answers = read(path)
    assert [answer.rating for answer in answers] == [AGAIN, AGAIN, GOOD, GOOD]
    (new,), (old,) = fold(answers, schedule.counts), fold(answers, before)
    assert new.recalled and old.recalled
    assert new.belief < old.belief
    assert new.bin == old.bin


def test_the_figures_are_those_of_the_definitions() -> None:
    """A tie is half a win; who says the mean of all has the entropy of it; a gain is a mean of differences."""
    seen = [
        Seen("a", 0.9, True, NOWHERE),
        Seen("b", 0.5, True, NOWHERE),
        Seen("c", 0.5, False, NOWHERE),
        Seen("d", 0.1, False, NOWHERE),
    ]
    assert auc(seen) == pytest.approx(3.5 / 4)
    assert floor_loss(seen) == pytest.approx(0.6931, abs=1e-4)
    assert log_loss(seen) == pytest.approx((0.1054 * 2 + 0.6931 * 2) / 4, abs=1e-4)
    sure = [each._replace(belief=0.99 if each.recalled else 0.01) for each in seen]
    assert gain(seen, sure)[0] == pytest.approx(log_loss(seen) - log_loss(sure))

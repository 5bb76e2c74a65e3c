"""`trainer optimize`: parameters fitted on what everyone remembered, kept if they foresee better, and taken back."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from math import isfinite
from pathlib import Path
from typing import Any

import pytest
from fsrs_rs_python import FSRS, FSRSItem, FSRSReview
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers import simulated
from tests.helpers.reviews import Diary, card, day
from tests.helpers.stories import stories
from tests.helpers.world import services
from trainer.cli.main import main
from trainer.glossary.decks import Format
from trainer.memory import schedule
from trainer.memory.history import replay
from trainer.memory.optimising import Step, Trail, fit, forecast, revisions, trails
from trainer.memory.reviews import Fact, Rating
from trainer.memory.schedule import DEFAULTS, LONGEST, Scheduler, are_usable
from trainer.progress import reading
from trainer.progress.parameters import NAME, Fit, load, save

Capture = pytest.CaptureFixture[str]
LEARNER = "Agent 1"
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
SLOWER = (*DEFAULTS[:2], 5.0, *DEFAULTS[3:])
"""Usable parameters that are not the defaults."""


@pytest.fixture(scope="module")
def everyone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of learners who remember far longer than the defaults believe."""
    data = tmp_path_factory.mktemp("tous")
    simulated.populate(data, simulated.STRONG, learners=7, days=65)
    return data


@pytest.fixture(autouse=True)
def _quick(few_terms: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parameters are fitted whatever the terms are."""
    monkeypatch.setenv("TRAINER_CONTENT", str(few_terms))


@pytest.fixture
def data(everyone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of their data that a test may change, which the verbs find by themselves."""
    monkeypatch.setenv("TRAINER_DATA", str(tmp_path / "data"))
    return shutil.copytree(everyone, tmp_path / "data")


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that holds nothing yet, which the verbs find by themselves."""
    monkeypatch.setenv("TRAINER_DATA", str(tmp_path / "vide"))
    return tmp_path / "vide"


def told(capsys: Capture, *options: str) -> str:
    """What the verb says when all goes well."""
    assert main(["optimize", *options]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def figures(capsys: Capture, *options: str) -> dict[str, Any]:
    """The same in JSON."""
    found = json.loads(told(capsys, "--json", *options))
    assert isinstance(found, dict)
    return found


def refused(capsys: Capture, *options: str) -> str:
    """The one line of a verb that can do nothing."""
    assert main(["optimize", *options]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Erreur : ")
    assert err.count("\n") == 1
    return err


def facts(data: Path, name: str = LEARNER) -> list[Fact]:
    """All that the journal of a learner holds."""
    return reading.read(services(data, name).learner.folder / "journal").facts


def files(data: Path) -> dict[Path, bytes]:
    """Every file of a data folder, but for the cache of the content."""
    paths = (path for path in data.rglob("*") if path.is_file() and "cache" not in path.parts)
    return {path.relative_to(data): path.read_bytes() for path in paths}


def dues(capsys: Capture) -> dict[str, str]:
    """When each card of a learner is due, as a verb tells it."""
    assert main(["stats", "--json", "--learner", LEARNER]) == 0
    told = json.loads(capsys.readouterr().out)
    cards = told["cards"] | told["gone"]  # the terms of these tests are in no glossary
    return {key: each["due"] for key, each in cards.items() if "due" in each}


# Kept or not


def test_better_parameters_are_kept_and_used(data: Path, capsys: Capture) -> None:
    """Everyone's next start schedules with them; what was answered stays as it was."""
    before, due_before = files(data), dues(capsys)
    said = told(capsys)
    assert "7 apprenants" in said
    assert "gardés" in said
    assert "--undo" in said
    kept = load(data)
    assert kept.parameters != DEFAULTS
    assert stat.S_IMODE((data / NAME).stat().st_mode) == 0o600
    after = files(data)
    assert {path: after[path] for path in before} == before
    expected = replay(facts(data), Scheduler(kept.parameters)).schedules
    due = dues(capsys)
    assert due == {key.key: each.due.isoformat() for key, each in expected.items()}
    assert due != due_before
    bag = services(data, "Agent 1")
    other = bag.for_learner(bag.learners.called("Agent 2"))
    assert other.history.scheduler.settings[0] == kept.parameters


def test_the_figures_are_those_of_the_later_revisions(data: Path, capsys: Capture) -> None:
    """A fifth of the revisions judges; the losses are those of the schedulers before and after."""
    found = figures(capsys)
    trail_list = [trail for number in range(7) for trail in trails(facts(data, f"Agent {number}"))]
    instants = sorted(step.at for trail in trail_list for step in revisions(trail))
    assert found["revisions"] == len(instants)
    assert len(instants) * 0.2 <= found["tested"] <= len(instants) * 0.2 + 7
    since = instants[len(instants) - found["tested"]]
    for parameters, name in ((DEFAULTS, "before"), (load(data).parameters, "after")):
        assert found[name]["loss"] == forecast(trail_list, Scheduler(parameters), since).loss
    assert found["after"]["loss"] < found["before"]["loss"]
    assert found["days"]["good"]["before"] == 2 < found["days"]["good"]["after"]
    assert found["kept"] is True
    assert found["learners"] == 7


def test_later_answers_do_not_shape_the_parameters(data: Path, capsys: Capture) -> None:
    """They judge parameters that never saw them: another last day changes the losses and nothing else."""
    before = figures(capsys, "--dry-run")
    for path in data.rglob("*.jsonl"):
        lines = [json.loads(line) for line in path.read_bytes().splitlines()]
        forgotten = [line | {"rating": 1} if line["day"] == before["last"] else line for line in lines]
        path.write_text("".join(json.dumps(line) + "\n" for line in forgotten))
    after = figures(capsys, "--dry-run")
    assert after["recall"] < before["recall"]
    assert after["parameters"] == before["parameters"]


def test_the_parameters_come_near_the_true_ones(data: Path, capsys: Capture) -> None:
    """A card known at once really holds 12 days, where the defaults say 2; one that was failed first 2, not 1."""
    days = figures(capsys)["days"]
    assert 8 <= days["good"]["after"] <= 17
    assert 2 <= days["again_then_good"]["after"] <= 6


def test_a_dry_run_says_the_same_and_changes_nothing(data: Path, capsys: Capture) -> None:
    """Same figures, no file."""
    before = files(data)
    dry = figures(capsys, "--dry-run")
    assert "rien n’a été changé" in told(capsys, "--dry-run")
    assert files(data) == before
    assert dry | {"kept": True} == figures(capsys)


def test_the_same_reviews_give_the_same_parameters(data: Path, capsys: Capture) -> None:
    """So that a second run, which has nothing better to offer, changes nothing."""
    told(capsys)
    before = files(data)
    assert "ne prévoient pas mieux" in told(capsys)
    assert files(data) == before
    again = figures(capsys)
    assert again["parameters"]["after"] == again["parameters"]["before"] == list(load(data).parameters)


def test_parameters_that_foresee_worse_are_not_kept(empty: Path, capsys: Capture) -> None:
    """Learners who begin to forget: what their first weeks suggest is wrong of the last ones."""
    simulated.populate(empty, simulated.STRONG, learners=8, days=65, later=simulated.WEAK)
    found = figures(capsys)
    assert found["after"]["loss"] > found["before"]["loss"]
    assert found["kept"] is found["improves"] is False
    assert "rien n’a changé" in told(capsys)
    assert load(empty).parameters == DEFAULTS
    assert not (empty / NAME).exists()


@pytest.mark.parametrize("memory", [DEFAULTS, simulated.WEAK], ids=["defaults", "weak"])
def test_what_is_kept_is_what_improves(empty: Path, capsys: Capture, memory: Sequence[float]) -> None:
    """Whatever the learners are like, the file is there if and only if the later loss went down."""
    simulated.populate(empty, memory, learners=5)
    found = figures(capsys)
    better = round(found["after"]["loss"], 4) < round(found["before"]["loss"], 4)
    assert found["kept"] is found["improves"] is better is (empty / NAME).exists()


def test_too_few_revisions_are_refused(empty: Path, capsys: Capture) -> None:
    """Nobody, or one beginner: how many there are, how many it takes, and nothing written."""
    empty.mkdir()
    assert "1\u202f000 révisions" in refused(capsys)
    assert list(empty.iterdir()) == []
    simulated.populate(empty, simulated.STRONG, learners=1)
    count = sum(len(revisions(trail)) for trail in trails(facts(empty, "Agent 0")))
    before = files(empty)
    assert f"il y en a {count}." in refused(capsys, "--json")
    assert files(empty) == before


def test_an_optimiser_that_finds_nothing_is_no_crash(empty: Path, capsys: Capture) -> None:
    """A clock years ahead on every first revision leaves the optimiser nothing to begin with."""
    diary = Diary()
    for subject in range(250):
        for number in (0, 3, 9, 20, 40, 80):
            review = diary.review(card(f"t{subject}"), Rating.GOOD, number)
            if number == 3:
                diary.facts[-1] = review._replace(at=review.at + timedelta(days=20_000))
    simulated.write(empty, "Zoé", diary.facts)
    assert "n’a rien donné" in refused(capsys)
    assert not (empty / NAME).exists()


def test_lines_that_cannot_be_read_are_said(data: Path, capsys: Capture) -> None:
    """They take no part, and do not stop the others."""
    path = next(data.rglob("*.jsonl"))
    path.write_bytes(path.read_bytes() + b"???\n")
    assert figures(capsys, "--dry-run")["unread"] == 1
    assert "1 ligne de journal illisible" in told(capsys, "--dry-run")


# Undone


def test_an_undo_returns_to_the_parameters_before(data: Path, capsys: Capture) -> None:
    """Due dates are what they were; a second undo has nothing to do and says so."""
    due = dues(capsys)
    told(capsys)
    kept = files(data)
    assert "sont retirés" in told(capsys, "--undo")
    assert load(data).parameters == DEFAULTS
    assert dues(capsys) == due
    assert "Rien à annuler" in refused(capsys, "--undo")
    told(capsys)
    assert load(data).parameters == tuple(json.loads(kept[Path(NAME)])["fits"][0]["parameters"])


def test_an_undo_returns_to_fitted_parameters_too(data: Path, capsys: Capture) -> None:
    """What better parameters replace is compared with them, and comes back."""
    save(data, (Fit(SLOWER, NOON, 1200, 4, 0.31, 0.29),))
    found = figures(capsys)
    assert found["parameters"]["before"] == list(SLOWER)
    assert found["kept"] is True
    told(capsys, "--undo")
    assert load(data).parameters == SLOWER


def test_undos_go_back_one_by_one(empty: Path, capsys: Capture) -> None:
    """From the second parameters to the first, then to the defaults."""
    empty.mkdir()
    first, second = (Fit(SLOWER, NOON, 1200, 4, 0.31, 0.29), Fit(simulated.STRONG, NOON, 2400, 5, 0.29, 0.28))
    save(empty, (first, second))
    assert load(empty).fits == (first, second)
    before = files(empty)
    assert "seraient retirés" in told(capsys, "--undo", "--dry-run")
    assert files(empty) == before
    assert "retour à ceux du 04/05/2026" in told(capsys, "--undo")
    assert load(empty).fits == (first,)
    found = figures(capsys, "--undo")
    assert found["undone"] is True
    assert found["days"]["good"] == {"before": 5, "after": 2}
    assert load(empty).parameters == DEFAULTS
    refused(capsys, "--undo")


# The file


def hostile(**fields: object) -> bytes:
    """A file that looks right but for these fields of its only fit."""
    fit = Fit(SLOWER, NOON, 1200, 4, 0.31, 0.29)._asdict() | {"at": "2026-05-04T12:00:00.000Z"} | fields
    return json.dumps({"v": 1, "fits": [fit]}).encode()


HOSTILE = {
    "empty": b"",
    "cut": hostile()[:-30],
    "a list": b"[]",
    "a number": b"1e999",
    "nested": b"[" * 100_000,
    "bytes": b"\xff\xfe\x00",
    "another version": b'{"v": 0, "fits": []}',
    "a later version": b'{"v": 2, "fits": []}',
    "too big": b" " * 2_000_000,
    "no fits": b'{"v": 1}',
    "not a number": hostile(parameters=[*DEFAULTS[:20], float("nan")]),
    "infinite": hostile(parameters=[float("inf"), *DEFAULTS[1:]]),
    "absurd": hostile(parameters=[10**400, *DEFAULTS[1:]]),
    "negative": hostile(parameters=[-1.0, *DEFAULTS[1:]]),
    "out of bounds": hostile(parameters=[*DEFAULTS[:20], 0.9]),
    "too few": hostile(parameters=DEFAULTS[:19]),
    "too many": hostile(parameters=[*DEFAULTS, 0.1]),
    "none": hostile(parameters=None),
    "texts": hostile(parameters=["1.0"] * 21),
    "truths": hostile(parameters=[True, *DEFAULTS[1:]]),
    "a text": hostile(parameters="x" * 21),
    "no loss": hostile(before=float("nan")),
    "no date": hostile(at="hier"),
    "more fields": hostile(more=1),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_file_that_cannot_be_used_stops_nothing(empty: Path, capsys: Capture, content: bytes) -> None:
    """The defaults and one French line; nothing of the file is lost when something is kept in its place."""
    empty.mkdir()
    simulated.write(empty, LEARNER, [diary_review()])
    (empty / NAME).write_bytes(content)
    assert main(["stats", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["cards"]["dmt/meaning"]["due"] == day(2).isoformat()
    assert err.startswith("Attention : ")
    assert err.count("\n") == 1
    assert main(["optimize", "--undo", "--dry-run"]) == 0
    assert "serait mis de côté" in capsys.readouterr().out
    assert (empty / NAME).read_bytes() == content
    assert main(["optimize", "--undo"]) == 0
    assert "est mis de côté" in capsys.readouterr().out
    assert (empty / "parameters.damaged.json").read_bytes() == content
    assert load(empty).warning == ""
    assert main(["stats"]) == 0
    assert capsys.readouterr().err == ""


def diary_review() -> Fact:
    """One answer: a card known at once, which comes back after two days."""
    return Diary().review(card("dmt"), Rating.GOOD, 0)


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_what_is_no_file_is_not_read(empty: Path, capsys: Capture, make: Any) -> None:
    """A pipe would never end."""
    empty.mkdir()
    make(empty / NAME)
    assert main(["stats"]) == 0
    assert "Attention" in capsys.readouterr().err


def test_better_parameters_replace_a_damaged_file(data: Path, capsys: Capture) -> None:
    """Which is put aside, not overwritten."""
    (data / NAME).write_bytes(b"{")
    assert main(["optimize"]) == 0
    out, err = capsys.readouterr()
    assert "gardés" in out
    assert "Attention" in err
    assert (data / "parameters.damaged.json").read_bytes() == b"{"
    assert len(load(data).fits) == 1


def test_a_disk_that_refuses_is_said(data: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 4, a French line, and the old parameters."""
    (data / NAME).write_bytes(b"{")

    def full(file: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    assert main(["optimize"]) == 4
    assert "non enregistrés" in capsys.readouterr().err
    assert (data / NAME).read_bytes() == b"{"


def test_what_was_put_aside_before_is_not_replaced(data: Path, capsys: Capture) -> None:
    """Each damaged file has a name of its own."""
    for content in (b"{", b"["):
        (data / NAME).write_bytes(content)
        assert main(["optimize", "--undo"]) == 0
    capsys.readouterr()
    kept = [data / "parameters.damaged.json", data / "parameters.damaged-2.json"]
    assert [each.read_bytes() for each in kept] == [b"{", b"["]


# The memory


def test_the_snapshot_of_other_parameters_is_not_used(data: Path, capsys: Capture) -> None:
    """The state is always what a replay with today's parameters gives, from the journal or from the new snapshot."""
    bag = services(data, LEARNER)
    bag.store.close()
    old = bag.history
    assert (bag.learner.folder / "snapshot.json").exists()
    told(capsys)
    scheduler = Scheduler(load(data).parameters)
    expected = replay(facts(data), scheduler).schedules
    assert expected != old.schedules
    for kept in (False, True):
        bag = services(data, LEARNER)
        assert bag.store.is_kept is kept
        assert bag.history.schedules == expected
        bag.store.close()
    told(capsys, "--undo")
    assert services(data, LEARNER).history.schedules == old.schedules


@given(stories())
def test_trails_are_what_the_history_schedules(story: list[Fact]) -> None:
    """Whatever devices wrote, and took back: as many steps as the schedules have reviews, and the same memory."""
    scheduler, history = Scheduler(), replay(story)
    found = trails(story)
    assert len(found) == len(history.schedules)
    folded = [fold(trail, scheduler) for trail in found]
    kept = [each._replace(due=date.min) for each in history.schedules.values()]
    assert sorted(folded) == sorted(kept)


def fold(trail: Trail, scheduler: Scheduler) -> schedule.Schedule:
    """The schedule that a trail ends with, but for its due date, which pairs may bring forward."""
    end = None
    for step in trail:
        end = scheduler.after(end, step.rating, step.day)
    assert end is not None
    return end._replace(due=date.min)


def test_only_what_counts_is_in_a_trail() -> None:
    """The first answer of a day, every failure and the first success after one; no practice, no pair, nothing taken back."""
    diary, dmt = Diary(), card("dmt")
    diary.review(dmt, None, 0)
    diary.review(dmt, Rating.AGAIN, 0)
    diary.review(dmt, Rating.AGAIN, 0)
    diary.review(dmt, Rating.EASY, 0)
    diary.review(dmt, Rating.EASY, 0)
    diary.review(dmt, None, 1, correct=False, form=Format.MATCH)
    diary.retract(diary.review(dmt, Rating.AGAIN, 2))
    diary.review(dmt, Rating.HARD, 3)
    (trail,) = trails(diary.facts)
    assert [(step.rating, step.day) for step in trail] == [
        (Rating.AGAIN, day(0)),
        (Rating.AGAIN, day(0)),
        (Rating.GOOD, day(0)),
        (Rating.HARD, day(3)),
    ]
    assert [step.day for step in revisions(trail)] == [day(3)]


def test_the_loss_is_that_of_the_engine(everyone: Path) -> None:
    """Our fold over trails foresees what the engine's own evaluation of the same revisions does."""
    found = trails(facts(everyone))
    since = datetime.min.replace(tzinfo=UTC)
    items = []
    for trail in found:
        reviews = []
        for last, step in zip((trail[0], *trail), trail, strict=False):
            reviews.append(FSRSReview(int(step.rating), (step.day - last.day).days))
            if step.day > last.day:
                items.append(FSRSItem(reviews))
    for parameters in (DEFAULTS, simulated.WEAK):
        engine = FSRS(list(parameters))
        theirs = [
            engine.evaluate([item]).log_loss for item in items
        ]  # of many at once, it weighs the later ones more
        ours = forecast(found, Scheduler(parameters), since).loss
        assert ours == pytest.approx(sum(theirs) / len(theirs), rel=1e-4)


usable = st.tuples(*(st.floats(*bounds) for bounds in schedule._BOUNDS))


@given(usable, st.lists(st.tuples(st.sampled_from(Rating), st.integers(0, 400)), min_size=1, max_size=8))
def test_usable_parameters_schedule_anything(
    parameters: tuple[float, ...], grades: list[tuple[Rating, int]]
) -> None:
    """Whatever their corner: a finite memory, a due date within a year."""
    assert are_usable(parameters)
    scheduler, end, at = Scheduler(parameters), None, day(0)
    for grade, elapsed in grades:
        at += timedelta(elapsed)
        end = scheduler.after(end, grade, at)
        assert isfinite(end.stability)
        assert end.stability > 0
        assert 0 <= (end.due - at).days <= LONGEST
        assert 0 <= scheduler.retrievability(end, at + timedelta(elapsed)) <= 1


@given(st.lists(st.floats(), max_size=25))
def test_other_numbers_are_not_usable(numbers: list[float]) -> None:
    """Only 21 numbers inside the bounds are."""
    assert not are_usable(numbers)


def test_the_optimiser_stays_inside_the_bounds() -> None:
    """What it makes of absurd memories is usable all the same."""
    for rating in Rating:
        trail = [
            Step(
                Rating.GOOD if number == 0 else rating,
                day(number),
                datetime.combine(day(number), time(9), UTC),
            )
            for number in range(40)
        ]
        found = fit([trail] * 40, datetime.max.replace(tzinfo=UTC))
        assert are_usable(found)

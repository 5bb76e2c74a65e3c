"""The store: nothing acknowledged is ever lost, and the state is always what a replay gives."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers import ROOT
from tests.helpers.reviews import review, undo
from tests.helpers.stores import assert_same, comparable, opened
from tests.helpers.stories import stories
from trainer.errors import ProgressError
from trainer.memory.history import replay
from trainer.memory.reviews import Fact, Rating, Retraction, Review
from trainer.memory.schedule import Schedule, Scheduler
from trainer.progress import reading, snapshot
from trainer.progress.codec import encode
from trainer.progress.reading import Reading
from trainer.progress.state import build
from trainer.progress.store import Store

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and limits")


def forbid_full_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path) -> Reading:
        raise AssertionError("the whole journal was read")

    monkeypatch.setattr(reading, "read", refuse)


def make_unreadable(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    read_bytes = Path.read_bytes

    def refuse(self: Path) -> bytes:
        if self.name == name:
            raise failing(errno.EIO)
        return read_bytes(self)

    monkeypatch.setattr(Path, "read_bytes", refuse)


def failing(code: int) -> OSError:
    return OSError(code, os.strerror(code))


def test_opening_creates_nothing(tmp_path: Path) -> None:
    """A read-only home lets one play, and looking leaves no trace."""
    for folder in (tmp_path / "lea", tmp_path):
        store = opened(folder, "1")
        assert store.next_counter == 1
        store.close()
    assert list(tmp_path.iterdir()) == []


def test_what_was_recorded_is_there_at_the_next_launch(tmp_path: Path) -> None:
    """With the snapshot that a closed store leaves, and without the one that a crash prevents."""
    facts = [review(1), review(2, rating=Rating.AGAIN), review(3, subject="nps")]
    store = opened(tmp_path, "1")
    for fact in facts:
        store.record(fact)
    assert_same(store, facts)
    assert_same(opened(tmp_path, "2"), facts)
    store.close()
    assert_same(opened(tmp_path, "3"), facts)
    assert opened(tmp_path, "4").next_counter == 4


def test_the_snapshot_spares_the_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what was written since is read, once."""
    first = opened(tmp_path, "1")
    first.record(review(1))
    first.close()
    second = opened(tmp_path, "2")
    second.record(review(2))
    forbid_full_reading(monkeypatch)
    make_unreadable(monkeypatch, "poste1-1.jsonl")
    third = opened(tmp_path, "3")
    assert_same(third, [review(1), review(2)])
    third.close()
    make_unreadable(monkeypatch, "poste1-2.jsonl")
    assert_same(opened(tmp_path, "4"), [review(1), review(2)])


def test_a_snapshot_may_be_left_before_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What had to be read at a start is kept for the next one, even if this one ends in a crash."""
    first = opened(tmp_path, "1")
    assert first.is_kept
    first.record(review(1))
    first.save()
    crashed = opened(tmp_path, "2")
    assert not crashed.is_kept
    crashed.keep()
    assert crashed.is_kept
    crashed.record(review(2))
    forbid_full_reading(monkeypatch)
    assert_same(opened(tmp_path, "3"), [review(1), review(2)])


def test_an_unchanged_snapshot_is_not_written_again(tmp_path: Path) -> None:
    """Looking at one's progress costs no write."""
    store = opened(tmp_path, "1")
    store.record(review(1))
    store.close()
    before = (tmp_path / "snapshot.json").stat().st_ino
    again = opened(tmp_path, "2")
    again.close()
    assert (tmp_path / "snapshot.json").stat().st_ino == before
    again.record(review(2))
    again.close()
    assert (tmp_path / "snapshot.json").stat().st_ino != before


def test_a_torn_last_line_costs_only_itself(tmp_path: Path) -> None:
    """A crash in the middle of a line is reported at the next launch, which writes elsewhere."""
    store = opened(tmp_path, "1")
    store.record(review(1))
    store.close()
    with (tmp_path / "journal" / "poste1-1.jsonl").open("ab") as file:
        file.write(encode(review(2))[:30])
    after = opened(tmp_path, "2")
    assert [(bad.file, bad.line) for bad in after.damage.unreadable] == [("poste1-1.jsonl", 2)]
    after.record(review(2))
    after.close()
    final = opened(tmp_path, "3")
    assert_same(final, [review(1), review(2)])
    assert final.damage == after.damage


def test_damage_and_later_versions_are_remembered_with_the_snapshot(tmp_path: Path) -> None:
    """What could not be read is told at every launch, not only at the first."""
    (tmp_path / "journal").mkdir()
    lines = [encode(review(1)), b"oops", b'{"v":9,"kind":"dream"}', b""]
    (tmp_path / "journal" / "autre-1.jsonl").write_bytes(b"\n".join(lines))
    first = opened(tmp_path, "1")
    first.close()
    assert (tmp_path / "snapshot.json").exists()
    for store in (first, opened(tmp_path, "2")):
        assert [(bad.line, bad.why) for bad in store.damage.unreadable] == [(2, "ligne illisible")]
        assert store.damage.newer == 1
        assert_same(store, [review(1)])


def test_damage_in_what_was_added_is_told_too(tmp_path: Path) -> None:
    """The lines beyond the snapshot are numbered from the start of their file."""
    store = opened(tmp_path, "1")
    store.record(review(1))
    store.close()
    with (tmp_path / "journal" / "poste1-1.jsonl").open("ab") as file:
        file.write(b'oops\n{"v":2,"kind":"dream"}\n')
    for launch in ("2", "3"):
        again = opened(tmp_path, launch)
        assert [(bad.file, bad.line) for bad in again.damage.unreadable] == [("poste1-1.jsonl", 2)]
        assert again.damage.newer == 1
        again.close()


def test_a_fact_repeated_beyond_the_snapshot_counts_once(tmp_path: Path) -> None:
    """A copied line is the same answer."""
    store = opened(tmp_path, "1")
    store.record(review(1))
    store.close()
    (tmp_path / "journal" / "copie-1.jsonl").write_bytes((encode(review(2)) + b"\n") * 2)
    assert_same(opened(tmp_path, "2"), [review(1), review(2)])


def test_an_answer_taken_back_before_it_arrives_never_counts(tmp_path: Path) -> None:
    """Files of several desks come in any order, and clocks and counters may lie."""
    store = opened(tmp_path, "1")
    store.record(review(1))
    store.retract(undo(review(7, "autre"), 2))
    store.close()
    again = opened(tmp_path, "2")
    again.record(review(7, "autre"))
    assert_same(again, [review(1), undo(review(7, "autre"), 2), review(7, "autre")])
    again.close()
    (tmp_path / "journal" / "autre-1.jsonl").write_bytes(encode(review(7, "autre")) + b"\n")
    assert opened(tmp_path, "3").history.schedules == replay([review(1)]).schedules


def test_two_windows_lose_nothing(tmp_path: Path) -> None:
    """Each writes its own file; whoever opens next sees the answers of both."""
    one, two = opened(tmp_path, "1"), opened(tmp_path, "2")
    mine = [review(number, "a") for number in (1, 2, 3)]
    theirs = [review(number, "b", "nps") for number in (1, 2)]
    for fact in mine:
        one.record(fact)
    for fact in theirs:
        two.record(fact)
    one.close()
    assert_same(opened(tmp_path, "3"), [*mine, *theirs])
    two.close()
    assert_same(opened(tmp_path, "4"), [*mine, *theirs])


def test_an_answer_taken_back_never_happened(tmp_path: Path) -> None:
    """At once, at the next launch, and whatever is recorded afterwards."""
    facts: list[Fact] = [review(1), review(2, rating=Rating.AGAIN)]
    store = opened(tmp_path, "1")
    for fact in (review(1), review(2, rating=Rating.AGAIN)):
        store.record(fact)
    back = undo(review(2), store.next_counter)
    store.retract(back)
    facts.append(back)
    assert_same(store, facts)
    assert store.history.schedules == replay([review(1)]).schedules
    assert store.next_counter == 4
    store.record(review(4))
    facts.append(review(4))
    assert_same(store, facts)
    store.close()
    assert_same(opened(tmp_path, "2"), facts)


def test_an_answer_taken_back_in_another_window_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A retraction that the snapshot does not know forces a replay."""
    one = opened(tmp_path, "1")
    one.record(review(1))
    one.record(review(2))
    one.close()
    two = opened(tmp_path, "2")
    two.retract(undo(review(1), 3))
    assert_same(opened(tmp_path, "3"), [review(1), review(2), undo(review(1), 3)])


def test_an_answer_that_comes_late_is_put_in_its_place(tmp_path: Path) -> None:
    """A file that arrives from another desk may hold answers older than the last one here."""
    store = opened(tmp_path, "1")
    store.record(review(5, rating=Rating.AGAIN))
    store.record(review(2))
    assert_same(store, [review(2), review(5, rating=Rating.AGAIN)])
    store.close()
    (tmp_path / "journal" / "autre-1.jsonl").write_bytes(encode(review(3, "autre")) + b"\n")
    facts = [review(2), review(3, "autre"), review(5, rating=Rating.AGAIN)]
    assert_same(opened(tmp_path, "2"), facts)


def test_an_answer_recorded_twice_counts_once(tmp_path: Path) -> None:
    """Facts are a set."""
    store = opened(tmp_path, "1")
    store.record(review(1))
    store.record(review(1))
    assert_same(store, [review(1)])
    store.close()
    assert_same(opened(tmp_path, "2"), [review(1)])


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff\xfe", b"00000000\n{}", b"zz\n{}", None])
def test_a_damaged_snapshot_is_rebuilt(tmp_path: Path, data: bytes | None) -> None:
    """Correctness never depends on it."""
    store = opened(tmp_path, "1")
    store.record(review(1))
    store.close()
    path = tmp_path / "snapshot.json"
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"dmt", b"nps") if data is None else data)
    again = opened(tmp_path, "2")
    assert_same(again, [review(1)])
    again.close()
    assert path.read_bytes() == whole


def test_the_snapshot_of_another_scheduler_is_not_used(tmp_path: Path) -> None:
    """Its schedules would not be ours."""
    store = opened(tmp_path, "1")
    store.record(review(1))
    store.close()
    other = Scheduler(retention=0.8)
    again = opened(tmp_path, "2", other)
    assert again.history.scheduler is other
    assert again.history.schedules == replay([review(1)], other).schedules
    assert again.history.schedules != store.history.schedules


def test_the_snapshot_of_an_earlier_rule_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Schedules folded when a day's further failures did not count are not those that the journal gives today."""
    story = _hard_day()
    with monkeypatch.context() as earlier:
        earlier.setattr(snapshot, "FORMAT", 6)
        earlier.setattr("trainer.memory.history.counts", _first_failure_alone)
        store = opened(tmp_path, "1")
        for each in story:
            store.record(each)
        store.close()
    again = opened(tmp_path, "2")
    assert again.history.schedules != store.history.schedules
    assert_same(again, story)


def test_the_snapshot_names_the_rule_that_made_it() -> None:
    """Whoever changes how answers become schedules changes these figures, and has to raise the format with them."""
    (schedule,) = replay(_hard_day()).schedules.values()
    figures = (round(schedule.stability, 2), round(schedule.difficulty, 2), schedule.reviews, schedule.lapses)
    assert (snapshot.FORMAT, figures) == (7, (0.14, 9.68, 6, 1))


def _hard_day() -> list[Review]:
    """Known on one day, then on another: failed twice, known twice, failed again and known."""
    again, hard, good, easy = Rating
    first = review(1)
    answers = enumerate((again, again, hard, easy, again, good), 2)
    return [first, *(review(number, rating=rating)._replace(day=review(9).day) for number, rating in answers)]


def _first_failure_alone(schedule: Schedule | None, rating: Rating, day: date) -> bool:
    """The rule that snapshots of format 6 were made with."""
    if schedule is None or schedule.last != day:
        return True
    return schedule.relearning and rating is not Rating.AGAIN


def test_a_rewritten_journal_is_noticed(tmp_path: Path) -> None:
    """The snapshot of what is no longer there is worth nothing."""
    store = opened(tmp_path, "1")
    store.record(review(1))
    store.close()
    (tmp_path / "journal" / "poste1-1.jsonl").write_bytes(encode(review(1, subject="nps")) + b"\n")
    assert_same(opened(tmp_path, "2"), [review(1, subject="nps")])
    (tmp_path / "journal" / "poste1-1.jsonl").unlink()
    assert_same(opened(tmp_path, "3"), [])


def test_answers_that_cannot_be_saved_count_and_are_saved_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The session goes on; the next success writes them first, in order."""
    store = opened(tmp_path, "1")
    store.record(review(1))
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda file, data: (_ for _ in ()).throw(failing(errno.ENOSPC)))
        for number in (2, 3):
            with pytest.raises(ProgressError, match="disque plein"):
                store.record(review(number))
        with pytest.raises(ProgressError):
            store.retract(undo(review(2), 4))
        with pytest.raises(ProgressError):
            store.save()
    waiting: tuple[Fact, ...] = (review(2), review(3), undo(review(2), 4))
    assert store.unsaved == waiting
    assert_same(store, [review(1), *waiting])
    assert_same(opened(tmp_path, "2"), [review(1)])
    store.record(review(5))
    assert not store.unsaved
    written = (tmp_path / "journal" / "poste1-1.jsonl").read_bytes().splitlines()
    assert written == [encode(fact) for fact in (review(1), *waiting, review(5))]
    store.close()
    assert_same(opened(tmp_path, "3"), [review(1), *waiting, review(5)])


def test_what_was_never_saved_is_not_in_the_snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A snapshot says what the journal says."""
    store = opened(tmp_path, "1")
    store.record(review(1))
    store.close()
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda file, data: (_ for _ in ()).throw(failing(errno.EIO)))
        with pytest.raises(ProgressError):
            store.record(review(2))
        store.close()
    assert_same(opened(tmp_path, "2"), [review(1)])
    store.close()
    assert_same(opened(tmp_path, "3"), [review(1), review(2)])


@posix_only
def test_taking_back_while_the_folder_is_gone_forgets_nothing(tmp_path: Path) -> None:
    """The history stays as it is until the journal can be read again, then both agree."""
    folder, copy = tmp_path / "lea", tmp_path / "copy"
    first = opened(folder, "1")
    first.record(review(1))
    store = opened(folder, "2")
    store.record(review(2))
    shutil.copytree(folder, copy)
    shutil.rmtree(folder)
    with pytest.raises(ProgressError, match="effacé ou déplacé"):
        store.retract(undo(review(1), 3))
    assert store.history.days.keys() == {review(1).day, review(2).day}
    assert store.next_counter == 4
    shutil.copytree(copy, folder)
    store.record(review(4))
    facts: list[Fact] = [review(1), review(2), undo(review(1), 3), review(4)]
    assert_same(store, facts)
    assert_same(opened(folder, "3"), facts)


@pytest.mark.parametrize("lost", ["poste1-1.jsonl", "poste1-2.jsonl"])
def test_taking_back_while_a_file_cannot_be_read_forgets_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    """Neither the history in memory nor the snapshot is built from a part of the journal."""
    first = opened(tmp_path, "1")
    first.record(review(1))
    store = opened(tmp_path, "2")
    store.record(review(2))
    back = undo(review(1), 3)
    with monkeypatch.context() as patch:
        make_unreadable(patch, lost)
        store.retract(back)
        assert store.history.days.keys() == {review(1).day, review(2).day}
    store.close()
    assert_same(opened(tmp_path, "3"), [review(1), review(2), back])
    store.record(review(4))
    assert_same(store, [review(1), review(2), back, review(4)])


def test_what_was_removed_behind_our_back_is_not_in_the_snapshot(tmp_path: Path) -> None:
    """The session keeps what it knows; the next one believes the journal."""
    store = opened(tmp_path, "1")
    store.record(review(1))
    store.record(review(2))
    (tmp_path / "journal" / "poste1-1.jsonl").unlink()
    store.record(review(3))
    store.retract(undo(review(3), 4))
    assert store.history.days.keys() == {review(number).day for number in (1, 2, 3)}
    store.close()
    assert_same(opened(tmp_path, "2"), [review(3), undo(review(3), 4)])


def test_the_snapshot_holds_what_the_journal_holds(tmp_path: Path) -> None:
    """Even after others removed our file, or wrote in it."""
    store = opened(tmp_path, "1")
    store.record(review(1))
    (tmp_path / "journal" / "poste1-1.jsonl").unlink()
    store.record(review(2))
    store.close()
    again = opened(tmp_path, "2")
    assert_same(again, [review(2)])
    again.record(review(3))
    with (tmp_path / "journal" / "poste1-2.jsonl").open("ab") as file:
        file.write(encode(review(4)) + b"\n")
    again.close()
    assert_same(opened(tmp_path, "3"), [review(2), review(3), review(4)])


def test_a_file_that_can_no_longer_be_read_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are read, and it is read again once it can be."""
    for launch, number in (("1", 1), ("2", 2)):
        store = opened(tmp_path, launch)
        store.record(review(number))
        store.close()
    os.utime(tmp_path / "journal" / "poste1-1.jsonl", (1, 1))
    with monkeypatch.context() as patch:
        make_unreadable(patch, "poste1-1.jsonl")
        store = opened(tmp_path, "3")
        assert_same(store, [review(2)])
        assert [(bad.file, bad.line) for bad in store.damage.unreadable] == [("poste1-1.jsonl", 0)]
        store.close()
    assert_same(opened(tmp_path, "4"), [review(1), review(2)])


@pytest.mark.parametrize("launch", ["", "../x", "a/b", "é"])
def test_a_launch_that_is_no_file_name_is_refused(tmp_path: Path, launch: str) -> None:
    """Names of files are ours, not anyone's."""
    with pytest.raises(ValueError):
        Store.open(tmp_path, "", launch)


@given(st.data())
def test_order_and_repetition_change_nothing(data: st.DataObject) -> None:
    """Any interleaving or duplication of the same facts gives the same state."""
    facts = data.draw(stories())
    again = data.draw(st.lists(st.sampled_from(facts), max_size=4)) if facts else []
    mixed = data.draw(st.permutations([*facts, *again]))
    assert comparable(replay(mixed)) == comparable(replay(facts))


@given(stories())
def test_what_is_kept_in_memory_is_what_a_replay_gives(
    tmp_path_factory: pytest.TempPathFactory, facts: list[Fact]
) -> None:
    """Fact by fact, in whatever order they come."""
    store = opened(tmp_path_factory.mktemp("lea"), "1")
    for number, fact in enumerate(facts, start=1):
        store.retract(fact) if isinstance(fact, Retraction) else store.record(fact)
        assert_same(store, facts[:number])


@given(stories(), st.integers(0, 12), st.booleans())
def test_snapshot_and_tail_are_a_full_replay(
    tmp_path_factory: pytest.TempPathFactory, facts: list[Fact], cut: int, in_order: bool
) -> None:
    """Wherever the snapshot was made, what follows in old and new files is added to it."""
    folder = tmp_path_factory.mktemp("lea")
    if in_order:
        facts = sorted(facts, key=lambda fact: (fact.counter, fact.device, fact.id))
    (folder / "journal").mkdir()
    for launch, part in (("1", facts[:cut]), ("1", facts[cut : cut + 2]), ("2", facts[cut + 2 :])):
        with (folder / "journal" / f"x-{launch}.jsonl").open("ab") as file:
            file.writelines(encode(fact) + b"\n" for fact in part)
        store = opened(folder, "3")
        store.close()
    assert_same(store, facts)
    assert_same(opened(folder, "4"), facts)


@given(stories())
def test_a_snapshot_brings_the_state_back(
    tmp_path_factory: pytest.TempPathFactory, facts: list[Fact]
) -> None:
    """Saving and loading change nothing, not even the order of things."""
    path = tmp_path_factory.mktemp("lea") / "snapshot.json"
    scheduler = Scheduler()
    whole = Reading()
    whole.facts += facts
    state = build(whole, scheduler)
    snapshot.save(path, snapshot.written(state))
    loaded = snapshot.load(path, scheduler)
    assert loaded == state
    assert repr(loaded.history.schedules) == repr(state.history.schedules)
    for name, table in vars(state.history).items():
        if isinstance(table, dict):
            assert list(getattr(loaded.history, name)) == list(table)


RECORD_FOR_EVER = """
import sys
from pathlib import Path
from tests.helpers.reviews import review
from trainer.progress.store import Store
store = Store.open(Path(sys.argv[1]), "poste1", sys.argv[2])
while True:
    answer = review(store.next_counter)
    store.record(answer)
    print(answer.id, flush=True)
"""


@posix_only
def test_no_acknowledged_answer_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    """`kill -9` in the middle of recording, twice."""
    acknowledged: list[str] = []
    for launch in ("1", "2"):
        command = [sys.executable, "-c", RECORD_FOR_EVER, str(tmp_path), launch]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout
            acknowledged += [child.stdout.readline().strip() for _ in range(40)]
            child.send_signal(signal.SIGKILL)
            acknowledged += child.stdout.read().split("\n")[:-1]
    found = {fact.id for fact in reading.read(tmp_path / "journal").facts}
    assert len(set(acknowledged)) >= 80
    assert set(acknowledged) <= found


FILL_THE_DISK = """
import resource, signal, sys
from pathlib import Path
from tests.helpers.reviews import review
from trainer.errors import ProgressError
from trainer.progress.store import Store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
_, most = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, most))
store = Store.open(Path(sys.argv[1]), "poste1", "1")
try:
    while True:
        store.record(review(store.next_counter))
except ProgressError as error:
    print(error)
print(store.history.counter, len(store.unsaved))
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
store.record(review(store.next_counter))
print(store.history.counter, len(store.unsaved))
"""


@posix_only
def test_a_full_disk_damages_nothing_and_saving_resumes(tmp_path: Path) -> None:
    """A real limit on the size of files, met in the middle of a line, then lifted."""
    (tmp_path / "journal").mkdir()
    (tmp_path / "journal" / "autre-1.jsonl").write_bytes(encode(review(1, "autre")) + b"\n")
    command = [sys.executable, "-c", FILL_THE_DISK, str(tmp_path)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    message, full, resumed = result.stdout.splitlines()
    assert "disque plein" in message
    assert str(tmp_path) in message
    last, unsaved = map(int, full.split())
    assert unsaved == 1
    assert resumed == f"{last + 1} 0"
    store = opened(tmp_path, "2")
    assert_same(store, [review(1, "autre"), *(review(number) for number in range(2, last + 2))])
    assert not store.damage.unreadable

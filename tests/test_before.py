"""What an earlier version of the program wrote is read by this one; nobody answers twice because a house was rebuilt."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree

import pytest

from tests.helpers import DATA
from trainer.cli.main import main
from trainer.memory.history import History
from trainer.memory.schedule import Scheduler
from trainer.progress import reading, snapshot
from trainer.progress.learners import Learner, Learners
from trainer.progress.state import build

ANSWERS, RIGHT, TRIES = 124, 31, 96
"""What the version that wrote the files said of them."""


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """A data folder of then: three days of questions, a game on each, undone answers and confusions among them."""
    return Path(copytree(DATA / "before", tmp_path / "data"))


def learner(data: Path) -> Learner:
    """The one who learnt then."""
    found = Learners(data).only()
    assert found is not None
    return found


def replayed(data: Path) -> History:
    """What the journal of then comes to, without the help of a snapshot."""
    return build(reading.read(learner(data).journal), Scheduler(), ()).history


def test_every_line_of_the_journal_is_read(before: Path) -> None:
    """None is damaged, none is of a later version, and the counts are those of then."""
    found = reading.read(learner(before).journal)
    assert not (found.unreadable or found.unfinished or found.newer)
    history = replayed(before)
    assert (history.total.answers, history.total.right, history.tries.answers) == (ANSWERS, RIGHT, TRIES)
    assert learner(before).name == "Zoé"
    assert learner(before).informed


def test_the_snapshot_is_taken_for_what_it_is(before: Path) -> None:
    """As long as nothing of what it holds has changed, it spares the reading; then it is made anew, to the same."""
    state = snapshot.load(learner(before).snapshot, Scheduler())
    assert state is not None
    whole = replayed(before)
    assert (state.history.schedules, state.history.tallies, state.history.confusions) == (
        whole.schedules,
        whole.tallies,
        whole.confusions,
    )


def test_the_figures_are_those_of_then(before: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A verb that reads them says the same, and the journal is found whole."""
    assert main(["stats", "--json", "--data", str(before)]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["answers"], figures["right"], figures["game"]["tries"]) == (ANSWERS, RIGHT, TRIES)
    assert (figures["unreadable"], figures["newer"]) == (0, 0)
    assert main(["journal", "verify", "--data", str(before)]) == 0

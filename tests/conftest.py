"""What several tests share: the shipped content, read once, and a content that verbs are quick to read."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.helpers import CONTENT, strays
from tests.helpers.content import write_content
from trainer.content.library import load_library
from trainer.drills.judging.lexicon import Lexicon
from trainer.glossary.decks import Library

# Half as many drawings as usual: no test may depend on how often there is one.
os.environ.setdefault("TEXTUAL_FPS", "30")
# Whoever starts the tests in the background has Ctrl+C ignored; the programs that they start would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
# However busy the machine: how long an example takes says nothing; fixtures hold nothing that examples would change.
settings.register_profile(
    "trainer",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("trainer")
_BEFORE = pytest.StashKey[set[Path]]()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Note what there is before any test runs."""
    if _is_in_charge(session):
        session.stash[_BEFORE] = strays.present()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that leaves files in the repository or where it was started, or takes some away."""
    if _is_in_charge(session):
        changed = sorted(map(str, session.stash[_BEFORE] ^ strays.present()))
        if changed:
            print("\nleft behind by the tests, or gone:", *changed, sep="\n  ")
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _is_in_charge(session: pytest.Session) -> bool:
    """Whether this process is the one that was started, not a worker of pytest-xdist."""
    return not hasattr(session.config, "workerinput")


@pytest.fixture
def capsys(capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    """What is printed, with plain spaces, so that tests read easily: the others are tested by themselves."""
    read = capsys.readouterr

    def plain() -> Any:
        return type(captured := read())(*(text.replace("\u00a0", " ") for text in captured))

    capsys.readouterr = plain  # type: ignore[method-assign]
    return capsys


@pytest.fixture(scope="session")
def library() -> Library:
    """The shipped glossary and decks."""
    return load_library(CONTENT).library


@pytest.fixture(scope="session")
def few_terms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small content for verbs that are about something else, where no test looks for what is left behind."""
    return write_content(tmp_path_factory.mktemp("few-terms"))


@pytest.fixture(scope="session")
def lexicon(library: Library) -> Lexicon:
    """Every name of the shipped glossary."""
    return Lexicon(library)

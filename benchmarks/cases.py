"""What the product is measured with: the shipped content, and a large one, each with a year of answers behind."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.fixtures import write_content
from benchmarks.reviews import LEARNER, write_year
from benchmarks.terminal import Terminal
from tests.helpers import ROOT
from trainer.content.library import load_library
from trainer.places import shipped_content

VERSION = 2
"""To be raised when the fixtures change."""
TERMS = 10_000
FEW, MANY = 5_000, 100_000
HOME = ("Bonjour", "Chercher dans le lexique", "Quitter")
"""What stands on the home screen: the greeting, the menu."""


@dataclass(frozen=True, slots=True)
class Case:
    """Content to read, and a data folder of one's own."""

    content: Path
    data: Path

    @property
    def learner(self) -> Path:
        """The folder of the one learner there is."""
        return next((self.data / "learners").iterdir())

    @property
    def env(self) -> Mapping[str, str]:
        """The environment of a run; nothing of the person who measures leaks in."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("TRAINER_", "XDG_"))
        }
        for name in ("COLUMNS", "LINES", "PYTHONPATH", "NO_COLOR"):
            kept.pop(name, None)
        places = {"TRAINER_CONTENT": str(self.content), "TRAINER_DATA": str(self.data)}
        places["XDG_CACHE_HOME"] = str(self.data / "cache")
        return kept | places | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}

    def copy(self, data: Path) -> Case:
        """The same with its own copy of the data."""
        shutil.copytree(self.data, data)
        return Case(self.content, data)

    def forget(self) -> None:
        """Remove all that can be built again: only the profile and the journal stay."""
        shutil.rmtree(self.data / "cache", ignore_errors=True)
        for entry in [*self.data.iterdir(), *self.learner.iterdir()]:
            if entry.name in ("learners", "journal", "profile.json"):
                continue
            if entry.is_dir():
                shutil.rmtree(entry)
            else:
                entry.unlink()

    def warm_up(self) -> None:
        """Start once and leave, so that the next start finds the snapshot and all caches."""
        with Terminal(TRAINER, self.env) as terminal:
            terminal.wait(*HOME)
            terminal.settle()
            terminal.quit()


@dataclass(frozen=True, slots=True)
class Cases:
    """The two cases, and a place for copies."""

    shipped: Case
    large: Case
    scratch: Path

    def copies(self, name: str) -> tuple[Case, Case]:
        """Both, warmed up, for one measure to change."""
        folder = self.scratch / name
        both = self.shipped.copy(folder / "shipped"), self.large.copy(folder / "large")
        for case in both:
            case.warm_up()
        return both


PYTHON = [sys.executable]
TRAINER = [*PYTHON, "-m", "trainer", "--learner", LEARNER]
MINIMAL = [*PYTHON, "-m", "benchmarks.minimal_app"]


def prepare(cache: Path, scratch: Path) -> Cases:
    """The cases in a cache of today's, generated unless they are there."""
    today = date.today()
    folder = cache / f"{VERSION}-{today:%Y%m%d}"
    content = folder / "content"
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        write_content(content, TERMS)
        write_year(folder / "shipped", load_library(shipped_content()).library, FEW, today)
        write_year(folder / "large", load_library(content).library, MANY, today)
        (folder / "ready").touch()
    assert (ROOT / "trainer").is_dir()
    return Cases(Case(shipped_content(), folder / "shipped"), Case(content, folder / "large"), scratch)

"""Content that is missing, unusable or partly broken: told at once, by every verb and at home; what is kept stays in reach."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from tests.helpers import plain
from tests.helpers.content import DECK, edited, write_content
from tests.helpers.desk import Desk
from tests.helpers.processes import run
from tests.helpers.screens import app_of, click, on_screen, shows
from tests.helpers.world import known, services
from trainer.app import TrainerApp
from trainer.cli.main import main
from trainer.content.library import load_library
from trainer.glossary.decks import Format
from trainer.glossary.terms import Facet
from trainer.memory.cards import Card
from trainer.memory.reviews import Draft, Rating
from trainer.screens.home import HomeScreen
from trainer.screens.problems import ProblemsScreen

Capture = pytest.CaptureFixture[str]
NEED = (
    ("decks",),
    ("terms",),
    ("questions",),
    ("stats",),
    ("stats", "--json"),
    ("drill", "--plain"),
    ("optimize",),
)
DO_WITHOUT = (
    ("data",),
    ("data", "show", "--answers"),
    ("data", "export", "-"),
    ("data", "notice"),
    ("data", "retention"),
    ("data", "purge"),
    ("journal", "verify"),
    ("journal", "verify", "--json"),
    ("journal", "rebuild"),
    ("backup", "copie.zip", "--force"),
    ("restore", "copie.zip"),
    ("suggestions",),
    ("data", "delete", "--yes"),
)


@pytest.fixture(autouse=True)
def _in_tmp_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRAINER_DATA", str(tmp_path / "data"))


def nothing(root: Path) -> None:
    """No folder at all."""


def without_terms(root: Path) -> None:
    """Decks, and nothing that they could choose from."""
    write_content(root)
    (root / "terms.yaml").unlink()


def broken(root: Path) -> None:
    """A file of terms that is no YAML, and no deck."""
    write_content(root, "terms: [", {})


def a_file(root: Path) -> None:
    """A file where the folder should be."""
    root.write_text("x")


def closed(root: Path) -> None:
    """A folder that its owner may not read."""
    write_content(root)
    root.chmod(0)


UNUSABLE: dict[str, tuple[Callable[[Path], None], str]] = {
    "nowhere": (nothing, "dossier absent"),
    "empty": (Path.mkdir, "pas de fichier terms.yaml"),
    "without terms": (without_terms, "pas de fichier terms.yaml"),
    "broken": (broken, "trainer check"),
    "a file": (a_file, "ce n’est pas un dossier"),
    "closed": (closed, "lecture interdite"),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_without_content_a_verb_that_needs_some_says_so(tmp_path: Path, capsys: Capture, name: str) -> None:
    """One line with the path and what to do, exit 3, nothing on stdout, nothing on disk."""
    make, why = UNUSABLE[name]
    root = tmp_path / "contenu"
    make(root)
    if name == "closed" and os.access(root, os.R_OK):
        pytest.skip("whoever runs this may read everything")
    for verb in NEED:
        assert main([*verb, "--content", str(root)]) == 3, verb
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("Erreur : contenu inutilisable")
        assert err.count("\n") == 1
        assert str(root) in err and why in err
    assert not (tmp_path / "data").exists()


def test_what_is_kept_is_in_reach_without_content(tmp_path: Path, capsys: Capture) -> None:
    """Shown, exported, verified, copied and erased, with a warning at most; nobody is told that words were removed."""
    known(tmp_path / "data", "Zoé")
    bag = services(tmp_path / "data")
    bag.recorder.record([Draft(Card("dmt", Facet.NAMING), Rating.GOOD, True, Format.RECALL)], 3)
    bag.close()
    for verb in DO_WITHOUT:
        assert main([*verb, "--content", "/nowhere"]) == 0, verb
        out, err = capsys.readouterr()
        assert out or verb == ("suggestions",)
        nothing_told = verb == ("suggestions",) and "Aucune réponse" in err
        assert not err or nothing_told or err.startswith("Attention : contenu inutilisable, /nowhere"), err
        assert "Absent" not in out


def test_the_application_does_not_open_on_nothing(tmp_path: Path) -> None:
    """In a terminal: the line, exit 3, and no screen before."""
    with Desk(tmp_path / "data", "--content", "/nowhere") as terminal:
        assert terminal.finish() == 3
    assert "contenu inutilisable, /nowhere" in terminal.text
    assert "\x1b[?1049h" not in terminal.raw


BAD = edited(DECK, "terms: [crm]", "terms: [crm, dtm]")


def partly(root: Path) -> Path:
    """A good deck, one that names an unknown term, and one that is no YAML."""
    return write_content(root, decks={"bon": DECK, "mal": BAD, "pire": "title: ["})


def test_a_broken_deck_is_told_on_stderr(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line that counts the errors and names the command that tells them; the rest works."""
    monkeypatch.setattr(sys, "stdin", StringIO())
    root = partly(tmp_path / "contenu")
    errors = load_library(root).errors
    assert main(["check", str(root)]) == 1
    checked = capsys.readouterr().out
    assert all(plain(str(error)) in checked for error in errors)
    for verb in NEED[:-1]:
        assert main([*verb, "--content", str(root)]) == 0
        lines = [line for line in capsys.readouterr().err.splitlines() if line.startswith("Attention")]
        assert lines == [
            f"Attention : {len(errors)} erreurs dans le contenu : ce qui ne peut être lu est laissé de côté, le reste "
            f"fonctionne. Pour savoir où : trainer check {root}"
        ]
    assert main(["decks", "--content", str(root)]) == 0
    assert "bon : Premiers jours" in capsys.readouterr().out


@pytest.mark.parametrize("hand", ["keys", "mouse"])
async def test_a_broken_deck_is_told_at_home(tmp_path: Path, hand: str) -> None:
    """One line that counts, on the smallest terminal; Enter or a click lists the errors as `check` does."""
    loaded = load_library(partly(tmp_path / "contenu"))
    bag = replace(services(tmp_path / "data", library=loaded.library), problems=loaded.problems)
    async with TrainerApp(bag).run_test(size=(60, 20)) as pilot:
        app, home = app_of(pilot), await on_screen(pilot, HomeScreen)
        label = f"⚠ Contenu : {len(loaded.errors)} erreurs"
        assert shows(app, label, "Commencer la séance du jour")
        if hand == "mouse":
            await click(pilot, label)
        else:
            rows = [plain(str(option.prompt)) for option in home.menu.options]
            place = next(index for index, row in enumerate(rows) if row.startswith(label))
            await pilot.press(*["down"] * place, "enter")
        await on_screen(pilot, ProblemsScreen)
        assert shows(app, "trainer check", str(loaded.errors[0])[-30:])
        await pilot.press("end")
        await pilot.wait_for_scheduled_animations()
        assert shows(app, str(loaded.errors[-1])[-30:])
        await pilot.press("escape")
        await on_screen(pilot, HomeScreen)


async def test_sound_content_is_not_told_of(tmp_path: Path) -> None:
    """Nor is a mere warning: nothing of it was left out."""
    loaded = load_library(write_content(tmp_path / "contenu"))
    bag = services(tmp_path / "data", library=loaded.library)
    async with TrainerApp(bag).run_test(size=(60, 20)) as pilot:
        await on_screen(pilot, HomeScreen)
        assert not shows(app_of(pilot), "Contenu")


def test_a_real_process_ends_with_that_code(tmp_path: Path) -> None:
    """As a person meets it."""
    done = run("drill", "--plain", "--content", "/nowhere", data=tmp_path / "data", lines=b"1\n")
    assert (done.returncode, done.stdout) == (3, b"")
    assert plain(done.stderr.decode()).startswith("Erreur : contenu inutilisable, /nowhere : dossier absent")

"""What only reads leaves nothing behind, wherever it is called and however the data folder is said."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from platformdirs.macos import MacOS
from platformdirs.unix import Unix

from tests.helpers import PATIENCE, ROOT
from tests.helpers.answering import answer
from tests.helpers.libraries import shipped, small_deck
from tests.helpers.screens import on_screen
from tests.helpers.world import drilling, services
from trainer.cli.main import main
from trainer.errors import UsageError
from trainer.glossary.decks import Format
from trainer.places import resolve
from trainer.screens.drill import DrillScreen

READING = (
    ("check",),
    ("data",),
    ("data", "delete"),
    ("data", "export", "-"),
    ("data", "notice"),
    ("data", "retention"),
    ("data", "show", "--answers"),
    ("decks",),
    ("drill",),
    ("drill", "--help"),
    ("journal", "verify"),
    ("optimize",),
    ("optimize", "--dry-run"),
    ("questions", "--count", "3"),
    ("stats",),
    ("stats", "--json"),
    ("suggestions",),
    ("terms", "dmt"),
    ("terms", "zut"),
    ("zut",),
    ("--help",),
    (),
)
"""Command lines that ask for something to be shown, or for nothing that can be done."""


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, few_terms: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working directory and a home of one's own."""
    (tmp_path / "here").mkdir()
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("TRAINER_CONTENT", str(few_terms))
    for name in ("TRAINER_DATA", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))


def held(folder: Path) -> Iterator[tuple[str, int, bytes]]:
    """All that lies below a folder: names, times, contents."""
    for path in sorted(folder.rglob("*")):
        yield (
            path.relative_to(folder).as_posix(),
            path.stat().st_mtime_ns,
            path.read_bytes() if path.is_file() else b"",
        )


@pytest.mark.parametrize("place", [(), ("--data", "1+1"), ("--data=~/mes données",)], ids=str)
@pytest.mark.parametrize("verb", READING, ids=" ".join)
def test_nobody_s_data_folder_is_made_by_looking(
    tmp_path: Path, verb: tuple[str, ...], place: tuple[str, ...]
) -> None:
    """Neither the usual folder, nor one from the current directory, nor one below home; no cache, no log."""
    assert main([*verb, *place]) in (0, 1, 2, 4)
    assert [name for name, _, _ in held(tmp_path)] == ["here", "home"]


async def test_what_is_kept_stays_as_it_is(tmp_path: Path) -> None:
    """With a learner and a journal there, but no cache and no snapshot, not a byte and not a time changes."""
    data = tmp_path / "here" / "1+1"
    bag = services(data)
    deck = small_deck(shipped(), "superviseur", drills=[Format.CHOICE])
    async with drilling(bag, deck).run_test() as pilot:
        await answer(pilot, await on_screen(pilot, DrillScreen))
    bag.close()
    (bag.learner.folder / "snapshot.json").unlink(missing_ok=True)
    before = list(held(tmp_path))
    for verb in READING:
        assert main([*verb, "--data", "1+1"]) in (0, 1, 2), verb
        assert list(held(tmp_path)) == before, verb


# Where data is


@pytest.mark.skipif(os.name == "nt", reason="the home of another system is asked for")
@pytest.mark.parametrize(
    ("system", "usual"), [(Unix, ".local/share/trainer"), (MacOS, "Library/Application Support/trainer")]
)
def test_the_usual_data_folder_never_moves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: type[Unix | MacOS], usual: str
) -> None:
    """Whatever release of the library finds it: answers kept in another place would be lost from sight."""
    assert system("trainer", appauthor=False).user_data_path == tmp_path / "home" / usual
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    assert system("trainer", appauthor=False).user_data_path == tmp_path / "xdg" / "trainer"


def test_a_data_folder_is_said_from_where_one_stands(tmp_path: Path) -> None:
    """Of the option and of the environment alike, as a full path; «~» is home, and content stays as it is written."""
    here, home = tmp_path / "here", tmp_path / "home"
    assert resolve(None, "d", {}).data == here / "d"
    assert resolve(None, None, {"TRAINER_DATA": "d"}).data == here / "d"
    assert resolve(None, "~/d", {}).data == home / "d"
    assert resolve("~/c", f"{tmp_path}/d", {}) == (home / "c", tmp_path / "d")
    assert resolve("c", f"{tmp_path}/d", {}).content == Path("c")
    assert resolve(None, "~nobody-of-that-name/d", {}).data == here / "~nobody-of-that-name" / "d"


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody delete the directory that one is in")
def test_a_deleted_working_directory_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From nowhere, only a full path can be found."""
    shutil.rmtree(tmp_path / "here")
    with pytest.raises(UsageError):
        resolve(None, "d", {})
    assert main(["decks", "--data", "d"]) == 2
    assert "chemin complet" in capsys.readouterr().err


# The suite itself

UNTIDY = """
from pathlib import Path
def test_tidy(): Path(".pytest_cache").mkdir(exist_ok=True)
def test_untidy(): (Path("content") / "1+1").mkdir(parents=True)
"""


def test_a_suite_that_leaves_files_behind_fails(tmp_path: Path) -> None:
    """In the repository or where it was started; what git ignores is no matter."""
    copy = tmp_path / "copy"
    (copy / "tests" / "helpers").mkdir(parents=True)
    for name in (
        "tests/__init__.py",
        "tests/conftest.py",
        "tests/helpers/__init__.py",
        "tests/helpers/strays.py",
        "tests/helpers/content.py",
        ".gitignore",
        "pyproject.toml",
    ):
        shutil.copy(ROOT / name, copy / name)
    (copy / "tests" / "test_untidy.py").write_text(UNTIDY)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0"],
        cwd=copy,
        env={"PYTHONPATH": str(ROOT), **os.environ},
        capture_output=True,
        text=True,
        timeout=3 * PATIENCE,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    left = done.stdout.partition("left behind by the tests, or gone:")[2].split()
    assert left[:2] == [str(copy / "content"), str(copy / "content" / "1+1")]
    assert "2 passed" in done.stdout
